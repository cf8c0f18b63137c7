"""All drafts of a municipality: compared in words, handed in and published together."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from finder.building import joined_programs
from finder.differences import DEPARTMENT_FIELDS, names_of, program_differences, row_differences, standing_changes
from finder.drafting import OFFICE, replaced
from finder.faces.admin.drafts import applied, publish_drafts
from finder.faces.admin.page import Raw, account_here, admin, back, contents_here, folder_of, may, page, write_audit
from finder.households import standard_households
from finder.serving import today_here
from finder.staff import store_here
from finder.store.drafts import READY, Draft, drafts, hand_in as mark_ready

MOST = 12               # changes told of one draft; the rest on its own page


@dataclass(frozen=True, slots=True)
class Row:
    """A draft with what it changes, in words, and what stands in its way."""

    draft: Draft
    name: str
    changes: tuple[str, ...]
    more: int
    wrong: tuple[str, ...]
    mine: bool
    ready: bool


@admin.get("/<municipality>/drafts")
def waiting(municipality: str) -> Response:
    """List all drafts with what each would change."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        found = sorted(drafts(store, folder), key=lambda d: (d.editor, d.state, d.program_id))
    me = account_here()
    wrong: dict[int, list[str]] = {}
    for editor in {d.editor for d in found}:
        wrong |= applied(raw, [d for d in found if d.editor == editor])[1]
    rows = [_row(raw, folder, d, wrong.get(d.id, []), me.name) for d in found]
    return page("waiting.html", municipality=municipality, place=raw["municipalities"][folder]["municipality"]["name"]["ja"],
                mine=[r for r in rows if r.mine], theirs=[r for r in rows if not r.mine],
                can_hand_in=any(r.mine and not r.ready and not r.wrong for r in rows),
                can_publish=me.may_publish and any(r.ready and not r.mine and not r.wrong for r in rows))


def _row(raw: Raw, folder: str, draft: Draft, wrong: list[str], me: str) -> Row:
    piece, base = draft.program, draft.base
    if draft.program_id.startswith(OFFICE):
        changes = list(row_differences(base, piece, DEPARTMENT_FIELDS))
    else:
        changes = list(program_differences(base, piece, names_of(raw, folder)))
        if base and piece and base.get("eligible") != piece.get("eligible"):
            was, now = (joined_programs(replaced(raw, folder, draft.program_id, p), folder)[draft.program_id] for p in (base, piece))
            changes += standing_changes(was, now, standard_households(today_here()), today_here())
    return Row(draft, str((piece or base or {}).get("name", draft.program_id)), tuple(changes[:MOST]), max(len(changes) - MOST, 0),
               tuple(wrong[:MOST]), draft.editor == me, draft.state == READY)


@admin.post("/<municipality>/drafts/hand-in")
@may("edit")
def hand_in_all(municipality: str) -> Response:
    """Hand in all of my drafts in which nothing is wrong."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        mine = [d for d in drafts(store, folder) if d.editor == account_here().name]
        _, wrong = applied(raw, mine)
        ready = [d for d in mine if d.id not in wrong and d.state != READY]
        for one in ready:
            mark_ready(store, one.id)
            write_audit(store, "出す", f"{folder}/{one.program_id}")
    rest = f"直すところのある{len(wrong)}件は、出していません。" if wrong else ""
    return back("waiting", f"{len(ready)}件を出しました。{rest}ほかの人が確かめて公開します。", municipality=municipality)


@admin.post("/<municipality>/drafts/publish")
@may("publish")
def publish_chosen(municipality: str) -> Response:
    """Publish the chosen drafts together: all of them, or none."""
    chosen = [int(n) for n in request.form.getlist("number") if n.isdecimal()]
    if not chosen:
        return back("waiting", "公開する下書きを、えらんでください。", municipality=municipality)
    made = publish_drafts(municipality, {n: request.form.get(f"seen-{n}", "") for n in chosen})
    words = made if isinstance(made, str) else f"{len(chosen)}件を、版{made}として公開しました。"
    return back("waiting", words, municipality=municipality)
