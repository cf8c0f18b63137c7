"""Editing a program: the form made from its columns, and at once what it would be."""

from __future__ import annotations

import re

from flask import abort, request
from werkzeug.wrappers import Response

from finder.drafting import fields, preview, read_form
from finder.faces.admin.page import Raw, account_here, admin, back, contents_here, folder_of, may, now_here, page, store_here, write_audit
from finder.layouts.writing_out import about
from finder.serving import today_here
from finder.store import NoVersion, part_of, version_of
from finder.store.drafts import Draft, drafts, keep_draft

_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")
EMPTY: Raw = {"name": "", "for_residents": True, "needs": [], "named_contacts": [], "keywords": [], "case": [],
              "contact": {"confidence": "unknown"}}


@admin.get("/<municipality>/programs")
def programs(municipality: str) -> Response:
    """List all programs, with those who are at work on them."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        working = {d.program_id: d for d in drafts(store, folder)}
    return page("programs.html", municipality=municipality, programs=raw["municipalities"][folder]["programs"], drafts=working,
                place=raw["municipalities"][folder]["municipality"]["name"]["ja"])


@admin.get("/<municipality>/programs/<program_id>")
def program(municipality: str, program_id: str) -> Response:
    """Show a program's form: as I left it, else as it is published."""
    with store_here() as store:
        number, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        working = [d for d in drafts(store, folder) if d.program_id == program_id]
    mine = next((d for d in working if d.editor == account_here().name), None)
    published = raw["municipalities"][folder]["programs"].get(program_id)
    if not _ID.fullmatch(program_id) or (published is None and mine is None and not account_here().may_edit):
        abort(404)
    shown = mine.program if mine and mine.program is not None else published or EMPTY
    return _form(raw, folder, municipality, program_id, shown, number, working, published, mine=mine)


def _form(raw: Raw, folder: str, municipality: str, program_id: str, shown: Raw, number: int, working: list[Draft],
          published: Raw | None, typed: dict[str, str] | None = None, wrong: dict[str, str] | None = None, mine: Draft | None = None,
          status: int = 200) -> Response:
    known = about(raw, folder, today_here())
    found = preview(raw, folder, program_id, shown, today_here()) if not wrong and shown is not EMPTY else None
    others = [d for d in working if d.editor != account_here().name]
    return page("program.html", status, municipality=municipality, program_id=program_id, name=shown.get("name") or "新しい制度",
                fields=fields({**shown, "id": program_id}, known, typed, wrong), preview=found, number=number, others=others,
                published=published, mine=mine, wrong=wrong, note=mine.note if mine else "",
                moved=mine is not None and mine.base != published)


@admin.post("/<municipality>/programs/<program_id>")
@may("edit")
def save(municipality: str, program_id: str) -> Response:
    """Check what was typed, keep it as my draft, and show what it would be; nothing typed is ever lost."""
    if not _ID.fullmatch(program_id):
        abort(404)
    me = account_here()
    with store_here() as store:
        number, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        working = [d for d in drafts(store, folder) if d.program_id == program_id]
        mine = next((d for d in working if d.editor == me.name), None)
        published = raw["municipalities"][folder]["programs"].get(program_id)
        seen = mine.base if mine else _as_seen(store, folder, program_id, request.form.get("number", ""))
        start_from = mine.program if mine and mine.program is not None else seen or EMPTY
        changed, typed, wrong = read_form({**start_from, "id": program_id}, request.form.to_dict(flat=False),
                                          about(raw, folder, today_here(), "編集画面"))
        shown = {k: v for k, v in changed.items() if k != "id"}
        words = request.form.get("note", "")[:300]
        if wrong:
            return _form(raw, folder, municipality, program_id, shown, number, working, published, typed, wrong, mine, 400)
        if shown != start_from or mine is None:
            keep_draft(store, folder, program_id, me.name, seen, shown, words, now_here())
            write_audit(store, "下書き", f"{folder}/{program_id}")
    return back("program", "下書きを残しました。下の「こうなります」を見てください。", municipality=municipality, program_id=program_id)


@admin.post("/<municipality>/programs/<program_id>/remove")
@may("edit")
def remove(municipality: str, program_id: str) -> Response:
    """Draft that a program be taken out; a second person publishes that too."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        published = raw["municipalities"][folder]["programs"].get(program_id)
        if published is None:
            abort(404)
        number = keep_draft(store, folder, program_id, account_here().name, published, None, request.form.get("note", "")[:300],
                            now_here())
        write_audit(store, "消す下書き", f"{folder}/{program_id}")
    return back("draft", "消す下書きを作りました。", municipality=municipality, number=number)


@admin.post("/<municipality>/new")
@may("edit")
def new(municipality: str) -> Response:
    """Begin a new program."""
    program_id = request.form.get("id", "").strip()
    if not _ID.fullmatch(program_id):
        return back("programs", "id は半角の小文字、数字、ハイフンで、2文字から書いてください（例: jido-teate）", municipality=municipality)
    return back("program", "新しい制度を書いてください。", municipality=municipality, program_id=program_id)


def _as_seen(store: object, folder: str, program_id: str, number: str) -> Raw | None:
    """Return the program as it was when its form was opened."""
    try:
        version_of(store, int(number))      # type: ignore[arg-type]
    except (NoVersion, ValueError):
        abort(400)
    part = part_of(store, int(number), folder)      # type: ignore[arg-type]
    found: Raw | None = (part or {}).get("programs", {}).get(program_id)
    return found
