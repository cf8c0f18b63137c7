"""Anonymous counts: how often what happened, per day and face.  Never who, never what was typed, never together.

A count is a plain total.  Nothing of a visit is kept, so no two counts can be joined to one person.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from sqlite_utils import Database

from finder.store.opening import connect
from finder.store.unfound import add_unfound, unfound_since

WHAT = ("shown", "opened", "called", "printed", "empty", "skipped", "word")
SMALL = 5                    # a total below this is withheld; so is a word that fewer days had
WITHHELD = "5未満"
WRITE_EVERY = 20.0           # seconds; a count lost in a crash is no loss
_WORD = re.compile(r"[ぁ-んァ-ヶー一-龠々]{2,12}")


@dataclass(frozen=True, slots=True)
class Count:
    """A total of one day and face: `of` is a program, a question or a word; `number` is None when it is small."""

    day: str
    face: str
    municipality: str
    what: str
    of: str
    number: int | None


class Counts:
    """Counts in memory, added to the store now and then."""

    def __init__(self, path: Path, on: bool = True, secret: str = "") -> None:
        self._path, self._on, self._secret, self._lock = path, on, secret, Lock()
        self._waiting: Counter[tuple[str, str, str, str, str]] = Counter()
        self._written = 0.0

    def add(self, day: date, face: str, municipality: str, what: str, of: Iterable[str] = ("",)) -> None:
        """Count something once for each of `of`."""
        if not self._on:
            return
        if what not in WHAT:
            raise ValueError(what)
        with self._lock:
            self._waiting.update((day.isoformat(), face, municipality, what, one) for one in of)

    def write(self, now: float, at_once: bool = False) -> bool:
        """Add what waits to the store; tells whether it did. `now` is in seconds and only grows."""
        with self._lock:
            if not self._waiting or not (at_once or now - self._written >= WRITE_EVERY):
                return False
            self._written, waiting, self._waiting = now, self._waiting, Counter()
        try:
            with closing(connect(self._path)) as store:
                _add(store, waiting, self._secret)
            return True
        except sqlite3.Error:
            with self._lock:
                self._waiting.update(waiting)
            return False


def _add(store: Database, counts: Counter[tuple[str, str, str, str, str]], secret: str) -> None:
    with store.atomic():
        store.conn.executemany(
            "insert into counts (day, face, municipality, what, of, number) values (?, ?, ?, ?, ?, ?) "
            "on conflict (day, face, municipality, what, of) do update set number = number + excluded.number",
            [(*key, number) for key, number in counts.items() if key[3] != "word"])
        words: Counter[tuple[str, str, str]] = Counter()
        for (day, _, municipality, what, word), number in counts.items():
            if what == "word":
                words[day, municipality, word] += number
        add_unfound(store, secret, words)


def countable_words(words: Iterable[str]) -> list[str]:
    """Return the words that may be counted when they found nothing: short, Japanese, without a digit or a sign."""
    return [w for w in dict.fromkeys(words) if _WORD.fullmatch(w)]


def totals(store: Database, since: date, until: date, municipality: str = "") -> list[Count]:
    """Return the totals of each day and face, small ones withheld; then the words that enough days had, without a day."""
    rows = store.query(
        "select day, face, municipality, what, of, number from counts "
        "where day between ? and ? and ? in ('', municipality) and what <> 'word' order by day desc, face, municipality, what, number desc",
        [since.isoformat(), until.isoformat(), municipality])
    found = [Count(**{**row, "number": row["number"] if row["number"] >= SMALL else None}) for row in rows]
    return found + [Count("", "", w.municipality, "word", w.word, w.number) for w in unfound_since(store, since, municipality)]


def count_rows(found: Iterable[Count]) -> list[list[str]]:
    """Return totals as a table."""
    return [["日", "画面", "自治体", "何が", "どれ", "回数"],
            *([c.day, c.face, c.municipality, WORDS[c.what], c.of, WITHHELD if c.number is None else str(c.number)] for c in found)]


WORDS = {"shown": "一覧に出た", "opened": "くわしく開いた", "called": "電話を押した", "printed": "印刷した", "empty": "一覧が空だった",
         "skipped": "質問をとばした", "word": "見つからなかった言葉"}
