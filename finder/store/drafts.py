"""Drafts: one program each as somebody would have it, beside what was published when they began."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

OPEN, READY = "open", "ready"
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a program by one editor; `base` is what was published when it was begun (None: a new program).

    `program` is None when the program is to be taken out.
    """

    id: int
    folder: str
    program_id: str
    editor: str
    base: Raw | None
    program: Raw | None
    state: str
    note: str
    changed_at: str


def keep_draft(store: Database, folder: str, program_id: str, editor: str, base: Raw | None, program: Raw | None, note: str,
               now: datetime) -> int:
    """Keep an editor's draft of a program, in place of the one they had; returns its number."""
    row = {"folder": folder, "program_id": program_id, "editor": editor, "base": _packed(base), "program": _packed(program),
           "state": OPEN, "note": note, "changed_at": now.astimezone(UTC).isoformat(timespec="microseconds")}
    with store.atomic():
        found = next(iter(store.query("select id from drafts where folder = ? and program_id = ? and editor = ?",
                                      [folder, program_id, editor])), None)
        if found:
            store.table("drafts").update(found["id"], row)
            return int(found["id"])
        return int(store.table("drafts").insert(row).last_pk or 0)


def draft_of(store: Database, number: int) -> Draft | None:
    """Return a draft by its number."""
    return next((_draft(r) for r in store.query("select * from drafts where id = ?", [number])), None)


def drafts(store: Database, folder: str = "") -> list[Draft]:
    """Return the drafts of a municipality, or all, the newest first."""
    return [_draft(r) for r in store.query("select * from drafts where ? in ('', folder) order by changed_at desc, id desc", [folder])]


def hand_in(store: Database, number: int, ready: bool = True) -> None:
    """Mark a draft as ready for somebody else to publish, or take that back."""
    with store.atomic():
        store.execute("update drafts set state = ? where id = ?", [READY if ready else OPEN, number])


def rebase_draft(store: Database, number: int, base: Raw | None, program: Raw | None) -> None:
    """Put a draft on what is published now: its editor has seen both."""
    with store.atomic():
        store.execute("update drafts set base = ?, program = ?, state = ? where id = ?", [_packed(base), _packed(program), OPEN, number])


def drop_draft(store: Database, number: int, as_of: str = "") -> None:
    """Take a draft away; where `as_of` is told, only as it was then: what its editor has written since stays."""
    with store.atomic():
        store.execute("delete from drafts where id = ? and ? in ('', changed_at)", [number, as_of])


def _packed(program: Raw | None) -> str:
    return json.dumps(program, ensure_ascii=False)


def _draft(row: Mapping[str, Any]) -> Draft:
    return Draft(row["id"], row["folder"], row["program_id"], row["editor"], json.loads(row["base"]), json.loads(row["program"]),
                 row["state"], row["note"], row["changed_at"])
