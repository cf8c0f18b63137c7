"""Words that found nothing: a word is written down only from the fifth different day on.

Before that the store holds a keyed mark of it, of which nobody without the key can tell the word,
and a number of days: no day but the last one, so that words of one sentence do not stand together.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

ENOUGH_DAYS = 5
FORGOTTEN = timedelta(days=90)      # without the word: it is as if it had never been
MOST_WORDS = 20_000                 # marks in one store; more are not begun


@dataclass(frozen=True, slots=True)
class Unfound:
    """A word that found nothing on at least five different days, and how often."""

    municipality: str
    word: str
    number: int


def add_unfound(store: Database, secret: str, found: Mapping[tuple[str, str, str], int]) -> None:
    """Add how often words were typed: by day (ISO), municipality and word."""
    key = hashlib.sha256(b"unfound:" + secret.encode()).digest()
    room = MOST_WORDS - store.table("unfound").count
    for (day, municipality, word), number in sorted(found.items()):
        mark = hmac.new(key, f"{municipality}\0{word}".encode(), hashlib.sha256).hexdigest()[:32]
        known = store.table("unfound").count_where("municipality = ? and mark = ?", [municipality, mark])
        if not known and room <= 0:
            continue
        room -= not known
        store.execute("insert into unfound (municipality, mark, days, last_day, number, word) values (?, ?, 1, ?, ?, '') "
                      "on conflict (municipality, mark) do update set days = days + (excluded.last_day > last_day), "
                      "number = number + excluded.number, last_day = max(last_day, excluded.last_day)",
                      [municipality, mark, day, number])
        store.execute("update unfound set word = ? where municipality = ? and mark = ? and days >= ?",
                      [word, municipality, mark, ENOUGH_DAYS])
        store.execute("delete from unfound where last_day < ?", [(date.fromisoformat(day) - FORGOTTEN).isoformat()])


def unfound_since(store: Database, since: date, municipality: str) -> Iterator[Unfound]:
    """Return the words of a municipality ("" for all) that were typed since a day, the most frequent first."""
    for row in store.query("select municipality, word, number from unfound where word <> '' and last_day >= ? and ? in ('', municipality) "
                           "order by number desc, word", [since.isoformat(), municipality]):
        yield Unfound(**row)
