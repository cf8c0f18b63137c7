"""A draft on its way: compared in words, handed in, published by somebody else, or sent back."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from flask import abort, current_app, request
from werkzeug.wrappers import Response

from finder.dialogue import warm
from finder.drafting import Clash, check_piece, completed, join, piece_of, place_words, preview, replaced
from finder.faces.admin.page import NOT_MINE, Raw, account_here, admin, back, contents_here, edit_page, kept_for, may, page, write_audit
from finder.layouts.writing_out import about
from finder.serving import today_here
from finder.staff import store_here
from finder.store import Library, Overtaken, publish as publish_version
from finder.store.drafts import READY, Draft, draft_of, drop_draft, hand_in as mark_ready, rebase_draft

TRIES = 3


def _joined(raw: Raw, draft: Draft) -> tuple[Raw | None, Raw | None, list[Clash]]:
    """What is published now, the draft's changes put on that, and where both changed the same."""
    theirs = piece_of(raw, draft.folder, draft.program_id)
    joined, clashes = join(draft.base, draft.program, theirs, about(raw, draft.folder, today_here(), "編集画面"), draft.program_id)
    return theirs, completed(draft.program_id, joined) if joined is not None else None, clashes


@admin.get("/<municipality>/drafts/<int:number>")
def draft(municipality: str, number: int) -> Response:
    """Compare a draft with what is published, in words, and show what it would be."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder, found = kept_for(raw, municipality, draft_of(store, number))
    theirs, joined, clashes = _joined(raw, found)
    shown = preview(raw, folder, found.program_id, joined, today_here()) if joined is not None else None
    gone = check_piece(replaced(raw, folder, found.program_id, None), folder, found.program_id) if joined is None else []
    me = account_here()
    edit = edit_page(municipality, found.program_id)
    return page("draft.html", municipality=municipality, draft=found, clashes=clashes, preview=shown, ready=found.state == READY,
                name=(found.program or found.base or {}).get("name", found.program_id), moved=theirs != found.base,
                mine=me.name == found.editor, can_publish=me.may_publish and me.name != found.editor,
                edit=edit, gone=gone)


@admin.post("/<municipality>/drafts/<int:number>/join")
@may("edit")
def join_up(municipality: str, number: int) -> Response:
    """Put my draft on what was published in between; where both changed, mine stays and was shown."""
    with store_here() as store:
        _, raw = contents_here(store)
        _, found = kept_for(raw, municipality, draft_of(store, number))
        if found.editor != account_here().name:
            abort(403, NOT_MINE)
        theirs, joined, _ = _joined(raw, found)
        rebase_draft(store, number, theirs, joined)
        write_audit(store, "重ねる", f"{found.folder}/{found.program_id}")
    return back("draft", "公開された変更に、あなたの変更を重ねました。", municipality=municipality, number=number)


@admin.post("/<municipality>/drafts/<int:number>/hand-in")
@may("edit")
def hand_in(municipality: str, number: int) -> Response:
    """Say that my draft is ready; refused while anything in it is wrong."""
    with store_here() as store:
        _, raw = contents_here(store)
        folder, found = kept_for(raw, municipality, draft_of(store, number))
        if found.editor != account_here().name:
            abort(403, NOT_MINE)
        _, joined, clashes = _joined(raw, found)
        if clashes:
            return back("draft", "ほかの人の変更とぶつかっています。先に重ねてください。", municipality=municipality, number=number)
        if check_piece(replaced(raw, folder, found.program_id, joined), folder, found.program_id):
            return back("draft", "まだ間違いがあります。直してから出してください。", municipality=municipality, number=number)
        mark_ready(store, number)
        write_audit(store, "出す", f"{folder}/{found.program_id}")
    return back("draft", "出しました。ほかの人が確かめて公開します。", municipality=municipality, number=number)


@admin.post("/<municipality>/drafts/<int:number>/send-back")
@may("publish")
def send_back(municipality: str, number: int) -> Response:
    """Give a draft back to its editor."""
    with store_here() as store:
        _, raw = contents_here(store)
        _, found = kept_for(raw, municipality, draft_of(store, number))
        mark_ready(store, number, ready=False)
        write_audit(store, "戻す", f"{found.folder}/{found.program_id}")
    return back("draft", "書いた人に戻しました。", municipality=municipality, number=number)


@admin.post("/<municipality>/drafts/<int:number>/drop")
@may("edit")
def drop(municipality: str, number: int) -> Response:
    """Throw my draft away."""
    with store_here() as store:
        _, raw = contents_here(store)
        _, found = kept_for(raw, municipality, draft_of(store, number))
        if found.editor != account_here().name:
            abort(403, NOT_MINE)
        drop_draft(store, number)
        write_audit(store, "下書きを捨てる", f"{found.folder}/{found.program_id}")
    return back("programs", "下書きを捨てました。", municipality=municipality)


@admin.post("/<municipality>/drafts/<int:number>/publish")
@may("publish")
def publish(municipality: str, number: int) -> Response:
    """Publish somebody else's draft, in one transaction, on top of what is published now."""
    made = publish_drafts(municipality, {number: request.form.get("seen", "")})
    if isinstance(made, str):
        return back("draft", made, municipality=municipality, number=number)
    return back("care", f"版{made}として公開しました。", municipality=municipality)


def publish_drafts(municipality: str, seen: Mapping[int, str]) -> int | str:
    """Publish others' drafts together, as they were seen: the new version's number, or why nothing was published."""
    me = account_here()
    with store_here() as store:
        for _ in range(TRIES):
            version, raw = contents_here(store)
            found = [kept_for(raw, municipality, draft_of(store, number)) for number in seen]
            if any(d.editor == me.name for _, d in found):
                return "自分の下書きは公開できません。ほかの人に頼んでください。"
            if any(d.state != READY for _, d in found):
                return "まだ出されていません。"
            if any(seen[d.id] != d.changed_at for _, d in found):
                return "見ているあいだに下書きが変わりました。もう一度見てください。"
            new, wrong = applied(raw, [d for _, d in found])
            if wrong:
                return "公開できません。間違いか、ぶつかりがあります：" + "、".join(_name(d) for _, d in found if d.id in wrong)
            folder = found[0][0]
            try:
                made = publish_version(store, new, _note([d for _, d in found]),
                                       "、".join(dict.fromkeys([*(d.editor for _, d in found), me.name])), after=version)
            except Overtaken:
                continue
            for _, one in found:
                drop_draft(store, one.id, one.changed_at)
                write_audit(store, "公開", f"版{made} {folder}/{one.program_id}（書いた人: {one.editor}）")
            follow()
            return made
    return "ほかの公開と重なりました。もう一度押してください。"


def applied(raw: Raw, found: Sequence[Draft]) -> tuple[Raw, dict[int, list[str]]]:
    """Return contents with all of these drafts, and what stands in the way of each that cannot be published so."""
    new, wrong = raw, {}
    for one in found:
        _, joined, clashes = _joined(raw, one)
        new = replaced(new, one.folder, one.program_id, joined)
        if clashes:
            wrong[one.id] = ["ほかの人の変更とぶつかっています"]
    for one in found:
        if problems := check_piece(new, one.folder, one.program_id):
            wrong.setdefault(one.id, []).extend(f"{place_words(p.place)}：{p.what}" for p in problems)
    return new, wrong


def _name(draft: Draft) -> str:
    return str((draft.program or draft.base or {}).get("name", draft.program_id))


def _note(found: Sequence[Draft]) -> str:
    notes = dict.fromkeys(d.note for d in found if d.note)
    names = [f"「{_name(d)}」" for d in found]
    return "、".join(notes) or "、".join(names[:3]) + (f"など{len(names)}件" if len(names) > 3 else "") + "を直す"


def follow() -> None:
    """Let this worker serve the newest version at once; the others follow within a second."""
    library: Library = current_app.extensions["library"]
    library.refresh(time.monotonic(), warm, at_once=True)
