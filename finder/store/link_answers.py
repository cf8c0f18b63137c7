"""What came of the last link check: every address, its answer, and how often in a row it failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """An address, the day it was asked for, its answer, and the failures in a row."""

    url: str
    checked_on: str
    status: str
    detail: str
    failures: int


def keep_link_answers(store: Database, answers: Iterable[tuple[str, str, str]], today: date) -> None:
    """Keep (address, status, detail) as of today; "ok" ends a row of failures, "gone" adds to it."""
    with store.atomic():
        store.conn.executemany(
            "insert into links (url, checked_on, status, detail, failures) values (?1, ?2, ?3, ?4, ?3 = 'gone') "
            "on conflict (url) do update set checked_on = ?2, status = ?3, detail = ?4, "
            "failures = case ?3 when 'gone' then failures + 1 when 'unsure' then failures else 0 end",
            [(url, today.isoformat(), status, detail) for url, status, detail in answers])


def link_answers(store: Database) -> dict[str, LinkAnswer]:
    """Return the last answer of every address."""
    return {row["url"]: LinkAnswer(**row) for row in store.query("select * from links")}
