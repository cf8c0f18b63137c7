"""Tables on their way in: a file as somebody sent it, kept until its rows are drafts or it is thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that an editor sent for a municipality."""

    id: int
    folder: str
    editor: str
    name: str
    content: bytes
    at: str


def keep_upload(store: Database, folder: str, editor: str, name: str, content: bytes, now: datetime) -> int:
    """Keep a file; returns its number.  Files that nobody went on with are thrown away after a week."""
    with store.atomic():
        store.execute("delete from uploads where at < ?", [_text(now - KEPT)])
        return int(store.table("uploads").insert({"folder": folder, "editor": editor, "name": name, "content": content,
                                                  "at": _text(now)}).last_pk or 0)


def upload_of(store: Database, number: int) -> Upload | None:
    """Return a file by its number."""
    return next((Upload(**row) for row in store.query("select * from uploads where id = ?", [number])), None)


def uploads(store: Database, folder: str, editor: str) -> list[tuple[int, str, str]]:
    """Return an editor's files for a municipality, the newest first: number, name, when."""
    rows = store.query("select id, name, at from uploads where folder = ? and editor = ? order by id desc", [folder, editor])
    return [(r["id"], r["name"], r["at"]) for r in rows]


def drop_upload(store: Database, number: int) -> None:
    """Throw a file away."""
    with store.atomic():
        store.execute("delete from uploads where id = ?", [number])


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
