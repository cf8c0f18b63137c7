"""Editing a program: the form made from its columns, and at once what it would be."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from finder.drafting import OFFICE, completed, fields, piece_of, preview, read_form
from finder.faces.admin.page import Raw, account_here, admin, back, contents_here, edit_page, folder_of, may, page, write_audit
from finder.layouts.values import narrow
from finder.layouts.writing_out import about
from finder.serving import today_here
from finder.staff import now_here, store_here
from finder.store import NoVersion, part_of, version_of
from finder.store.drafts import Draft, drafts, keep_draft

_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")
EMPTY: Raw = {"name": "", "for_residents": True, "needs": [], "named_contacts": [], "keywords": [], "case": [],
              "contact": {"confidence": "unknown"}}


@admin.get("/<municipality>/programs")
def programs(municipality: str) -> Response:
    """List all programs, or those with the words looked for, with those who are at work on them."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        working = {d.program_id: d for d in drafts(store, folder)}
    found, sought = raw["municipalities"][folder]["programs"], request.args.get("q", "").strip()[:100]
    shown = {i: p for i, p in found.items() if all(part in _words_of(i, p) for part in narrow(sought).lower().split())}
    return page("programs.html", municipality=municipality, programs=shown, all=len(found), sought=sought, drafts=working,
                place=raw["municipalities"][folder]["municipality"]["name"]["ja"])


def _words_of(program_id: str, program: Raw) -> str:
    """Return the words by which an editor looks for a program: its id, names, words to search and text."""
    texts = (program.get("text") or {}).get("ja", "")
    told = (program_id, program["name"], *program.get("title", {}).values(), *program.get("keywords", ()), texts)
    return narrow(" ".join(told)).lower()


@admin.get("/<municipality>/departments")
def departments(municipality: str) -> Response:
    """List all departments."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        working = {d.program_id.removeprefix(OFFICE): d for d in drafts(store, folder) if d.program_id.startswith(OFFICE)}
    return page("departments.html", municipality=municipality, departments=raw["municipalities"][folder]["departments"],
                drafts=working, place=raw["municipalities"][folder]["municipality"]["name"]["ja"])


@admin.get("/<municipality>/programs/<program_id>")
def program(municipality: str, program_id: str) -> Response:
    """Show a program's form: as I left it, else as it is published."""
    return _show(municipality, program_id)


@admin.get("/<municipality>/departments/<office>")
def department(municipality: str, office: str) -> Response:
    """Show a department's form."""
    return _show(municipality, OFFICE + office)


def _show(municipality: str, place: str) -> Response:
    if not _ID.fullmatch(place.removeprefix(OFFICE)):
        abort(404)
    with store_here() as store:
        number, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        working = [d for d in drafts(store, folder) if d.program_id == place]
    mine = next((d for d in working if d.editor == account_here().name), None)
    published = piece_of(raw, folder, place)
    if published is None and mine is None and not account_here().may_edit:
        abort(404)
    shown = mine.program if mine and mine.program is not None else published or _empty(place)
    return _form(raw, folder, municipality, place, shown, number, working, published, mine=mine,
                 note=mine.note if mine else "")


def _empty(place: str) -> Raw:
    return {} if place.startswith(OFFICE) else EMPTY


def _form(raw: Raw, folder: str, municipality: str, place: str, shown: Raw, number: int, working: list[Draft],
          published: Raw | None, typed: dict[str, str] | None = None, wrong: dict[str, str] | None = None, mine: Draft | None = None,
          note: str = "", status: int = 200, unsaved: bool = False) -> Response:
    known = about(raw, folder, today_here())
    found = preview(raw, folder, place, shown, today_here()) if shown != _empty(place) else None
    others = [d for d in working if d.editor != account_here().name]
    return page("program.html", status, municipality=municipality, program_id=place.removeprefix(OFFICE),
                name=shown.get("name") or "新しいもの", fields=fields({**shown, "id": place}, known, typed, wrong, place), preview=found,
                number=number, others=others, published=published, mine=mine, wrong=wrong, note=note, unsaved=unsaved,
                address=edit_page(municipality, place),
                moved=mine is not None and mine.base != published, is_office=place.startswith(OFFICE),
                remove=url_for(f"admin.remove_{'department' if place.startswith(OFFICE) else 'program'}", municipality=municipality,
                               place=place.removeprefix(OFFICE)))


@admin.post("/<municipality>/programs/<program_id>")
@may("edit")
def save_program(municipality: str, program_id: str) -> Response:
    """Check what was typed, keep it as my draft, and show what it would be; nothing typed is ever lost."""
    return _save(municipality, program_id)


@admin.post("/<municipality>/departments/<office>")
@may("edit")
def save_department(municipality: str, office: str) -> Response:
    """The same for a department."""
    return _save(municipality, OFFICE + office)


@admin.post("/<municipality>/programs/<program_id>/preview")
@may("edit")
def preview_program(municipality: str, program_id: str) -> Response:
    """Show what was typed and what it would be; nothing is kept."""
    return _save(municipality, program_id, keep=False)


@admin.post("/<municipality>/departments/<office>/preview")
@may("edit")
def preview_department(municipality: str, office: str) -> Response:
    """The same for a department."""
    return _save(municipality, OFFICE + office, keep=False)


def typed_again(municipality: str, place: str, typed: MultiDict[str, str]) -> Response:
    """Show what somebody typed before they had to sign in again; it is not kept before they press the button once more."""
    flash("書いたものは、ここに残っています。まだ下書きには残していません。見なおして、もう一度ボタンを押してください。")
    return _save(municipality, place, keep=False, typed_before=typed)


def _save(municipality: str, place: str, keep: bool = True, typed_before: MultiDict[str, str] | None = None) -> Response:
    if not _ID.fullmatch(place.removeprefix(OFFICE)):
        abort(404)
    me, form = account_here(), request.form if typed_before is None else typed_before
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        working = [d for d in drafts(store, folder) if d.program_id == place]
        mine = next((d for d in working if d.editor == me.name), None)
        published = piece_of(raw, folder, place)
        number, as_seen = _as_seen(store, folder, place, form.get("number", ""))
        words = form.get("note", "")[:300]
        seen = mine.base if mine else as_seen
        start_from = mine.program if mine and mine.program is not None else seen or _empty(place)
        changed, typed, wrong = read_form({**start_from, "id": place}, form.to_dict(flat=False),
                                          about(raw, folder, today_here(), "編集画面"), place)
        shown = completed(place, changed)
        if wrong or not keep:
            return _form(raw, folder, municipality, place, shown, number, working, published, typed, wrong, mine, words,
                         400 if keep else 200, unsaved=typed_before is not None)
        if shown != start_from or mine is None or words != mine.note:
            keep_draft(store, folder, place, me.name, seen, shown, words, now_here())
            write_audit(store, "下書き", f"{folder}/{place}")
    flash("下書きを残しました。「こうなります」を見てください。")
    return redirect(edit_page(municipality, place), code=303)


@admin.post("/<municipality>/programs/<place>/remove")
@may("edit")
def remove_program(municipality: str, place: str) -> Response:
    """Draft that a program be taken out; a second person publishes that too."""
    return _remove(municipality, place)


@admin.post("/<municipality>/departments/<place>/remove")
@may("edit")
def remove_department(municipality: str, place: str) -> Response:
    """The same for a department."""
    return _remove(municipality, OFFICE + place)


def _remove(municipality: str, place: str) -> Response:
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        published = piece_of(raw, folder, place)
        if published is None:
            abort(404)
        number = keep_draft(store, folder, place, account_here().name, published, None, request.form.get("note", "")[:300],
                            now_here())
        write_audit(store, "消す下書き", f"{folder}/{place}")
    return back("draft", "消す下書きを作りました。", municipality=municipality, number=number)


@admin.post("/<municipality>/new")
@may("edit")
def new(municipality: str) -> Response:
    """Begin a new program or department."""
    place, office = request.form.get("id", "").strip(), request.form.get("kind") == "office"
    if not _ID.fullmatch(place):
        return back("departments" if office else "programs", "id は半角の小文字、数字、ハイフンで、2文字から書いてください（例: jido-teate）",
                    municipality=municipality)
    return redirect(edit_page(municipality, (OFFICE if office else "") + place), code=303)


def _as_seen(store: Any, folder: str, place: str, number: str) -> tuple[int, Raw | None]:
    """Return the version that a form was opened with, and the program or department as it was then."""
    try:
        seen = version_of(store, int(number)).number
    except (NoVersion, ValueError):
        abort(400)
    part = part_of(store, seen, folder)
    return seen, piece_of({"municipalities": {folder: part}}, folder, place) if part else None
