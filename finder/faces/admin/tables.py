"""A table sent in: its columns confirmed and remembered, all that is wrong told, then drafts as if they had been typed."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from werkzeug.wrappers import Response

from finder.drafting import OFFICE, piece_of
from finder.faces.admin.page import (
    NONE_CHOSEN,
    Raw,
    account_here,
    admin,
    back,
    contents_here,
    folder_of,
    kept_for,
    may,
    page,
    sent_file,
    write_audit,
)
from finder.layouts.intake import Intake, confirmed, take_file
from finder.layouts.writing_out import LAYOUTS
from finder.serving import today_here
from finder.sheets import LARGEST, BadSheet, read_tables
from finder.staff import now_here, store_here
from finder.store import remember_columns, remembered_columns
from finder.store.drafts import drafts, keep_draft
from finder.store.uploads import Upload, drop_upload, keep_upload, upload_of, uploads

SHOWN = 200             # problems on one page
Pieces = dict[str, tuple[Raw | None, Raw]]


@admin.get("/<municipality>/tables")
def tables(municipality: str) -> Response:
    """Ask for a file, offer the template, and list the files that I have not finished with."""
    return _ask(municipality)


def _ask(municipality: str, wrong: str = "") -> Response:
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        waiting = uploads(store, folder, account_here().name)
        place = raw["municipalities"][folder]["municipality"]["name"]["ja"]
    return page("tables.html", 400 if wrong else 200, municipality=municipality, place=place, waiting=waiting, wrong=wrong,
                megabytes=LARGEST // 1024 // 1024)


@admin.post("/<municipality>/tables")
@may("edit")
def send_table(municipality: str) -> Response:
    """Keep a file that can be read as a table; say of any other why not."""
    if (chosen := sent_file("table")) is None:
        return _ask(municipality, NONE_CHOSEN)
    name, content = chosen[0], chosen[1].read()
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        try:
            read_tables(name, content, raw["municipalities"][folder]["municipality"]["code"])
        except BadSheet as error:
            return _ask(municipality, str(error))
        number = keep_upload(store, folder, account_here().name, name, content, now_here())
        write_audit(store, "表を送る", f"{folder}/{name}")
    return back("table", "ファイルを読みました。まだ何も変えていません。", municipality=municipality, number=number)


def _mine(store: Any, raw: Raw, municipality: str, number: int) -> tuple[str, Upload]:
    folder, upload = kept_for(raw, municipality, upload_of(store, number))
    if upload.editor != account_here().name:
        abort(404)
    return folder, upload


def _taken(store: Any, raw: Raw, folder: str, upload: Upload) -> Intake:
    sheets = read_tables(upload.name, upload.content, raw["municipalities"][folder]["municipality"]["code"])
    return take_file(raw, folder, sheets, list(LAYOUTS.values()), remembered_columns(store, folder), upload.name, today_here())


def _changed(raw: Raw, folder: str, intake: Intake) -> Pieces:
    """Return every program and department that the file changes or adds: as it is published, and as it would be."""
    found: Pieces = {}
    for office in intake.departments:
        before = piece_of(raw, folder, OFFICE + office["id"])
        if before != office:
            found[OFFICE + office["id"]] = (before, office)
    for program_id, program in intake.programs.items():
        before = piece_of(raw, folder, program_id)
        if before != program:
            found[program_id] = (before, program)
    return found


@admin.get("/<municipality>/tables/<int:number>")
@may("edit")
def table(municipality: str, number: int) -> Response:
    """Show how a file is read, what is wrong with it, and what it would change."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder, upload = _mine(store, raw, municipality, number)
        intake = _taken(store, raw, folder, upload)
        mine = {d.program_id for d in drafts(store, folder) if d.editor == account_here().name}
    changed = _changed(raw, folder, intake) if not intake.problems else {}
    samples = [heading.samples for reading in intake.readings for heading in reading.headings]
    return page("table.html", municipality=municipality, upload=upload, readings=intake.readings, problems=intake.problems[:SHOWN],
                more=max(len(intake.problems) - SHOWN, 0), any_table=intake.any_table,
                bare=bool(samples) and not any(samples),
                new=[p["name"] for b, p in changed.values() if b is None], changed=[p["name"] for b, p in changed.values() if b is not None],
                waiting=[p["name"] for place, (_, p) in changed.items() if place in mine])


@admin.post("/<municipality>/tables/<int:number>")
@may("edit")
def use_table(municipality: str, number: int) -> Response:
    """Remember the columns as they were confirmed; make drafts of what was seen, all of it or none."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder, upload = _mine(store, raw, municipality, number)
        before = remembered_columns(store, folder)
        intake = _taken(store, raw, folder, upload)
        seen = [h.column for r in intake.readings for h in r.headings]
        for at, reading in enumerate(intake.readings):
            chosen = [request.form.get(f"h{at}-{place}", "") for place in range(len(reading.headings))]
            remember_columns(store, folder, confirmed(reading, chosen))
        if remembered_columns(store, folder) != before:
            write_audit(store, "列を覚える", f"{folder}/{upload.name}")
            intake = _taken(store, raw, folder, upload)
        if request.form.get("go") != "draft" or seen != [h.column for r in intake.readings for h in r.headings]:
            return back("table", "列のえらび方を覚えました。下で、もう一度見てください。", municipality=municipality, number=number)
        made = _changed(raw, folder, intake)
        mine = {d.program_id for d in drafts(store, folder) if d.editor == account_here().name}
        if intake.problems or not made or mine & set(made):
            return back("table", "下書きにできません。下を見てください。何も変えていません。", municipality=municipality, number=number)
        with store.atomic():
            for place, (published, piece) in made.items():
                keep_draft(store, folder, place, account_here().name, published, piece, f"「{upload.name}」から", now_here())
            drop_upload(store, number)
            write_audit(store, "表を下書きに", f"{folder}/{upload.name}: {len(made)}件")
    return back("waiting", f"{len(made)}件の下書きを作りました。公開している内容は、まだ変わっていません。", municipality=municipality)


@admin.post("/<municipality>/tables/<int:number>/drop")
@may("edit")
def drop_table(municipality: str, number: int) -> Response:
    """Throw a file away."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder, upload = _mine(store, raw, municipality, number)
        drop_upload(store, number)
        write_audit(store, "ファイルを捨てる", f"{folder}/{upload.name}")
    return back("tables", "ファイルを捨てました。何も変えていません。", municipality=municipality)
