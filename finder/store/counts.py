"""Anonymous counts: how often what happened, per day and face.  Never who, never what was typed, never together.

A count is a plain total.  Nothing of a visit is kept, so no two counts can be joined to one person.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from sqlite_utils import Database

from finder.store.opening import TABLES, NotAStore, connect
from finder.store.unfound import add_unfound, unfound_since
from finder.store.versions import changed_on

WHAT = ("shown", "opened", "called", "printed", "empty", "skipped", "word", "reported")
SMALL = 5                    # a total below this is withheld; so is a word that fewer days had
EDITIONS = 30                # versions back in which a program's last change is looked for
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
        on = day.isoformat()
        with self._lock:
            self._waiting.update([(on, face, municipality, what, one) for one in of])

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


def reports_since(store: Database, since: date, municipality: str, folder: str) -> dict[str, int | None]:
    """Return how often each report was sent, the most often first; a small number is None.

    What was reported before the day on which its program last changed is taken as mended.
    """
    rows = list(store.query("select day, of, number from counts where what = 'reported' and municipality = ? and day >= ?",
                            [municipality, since.isoformat()]))
    changed = changed_on(store, folder, EDITIONS) if rows else {}
    sums: Counter[str] = Counter()
    for row in rows:
        if row["day"] >= changed.get(row["of"].partition("/")[0], ""):
            sums[row["of"]] += row["number"]
    return {of: number if number >= SMALL else None for of, number in sums.most_common()}


@contextmanager
def added_up(paths: Iterable[Path]) -> Iterator[Database]:
    """Give the counts of several instances' stores as one, in memory: nothing is written, so nothing can be added twice.

    A word that found nothing is added where one of the machines had it on enough days.  Raises NotAStore,
    naming the file, when one cannot be read.
    """
    sums: Counter[tuple[str, str, str, str, str]] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], str] = {}
    for path in paths:
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as store:
                for *key, number in store.execute("select day, face, municipality, what, of, number from counts"):
                    sums[tuple(key)] += number
                for *key, number, day in store.execute("select municipality, word, number, last_day from unfound where word <> ''"):
                    words[tuple(key)] += number
                    last[tuple(key)] = max(day, last.get(tuple(key), ""))
        except sqlite3.Error:
            raise NotAStore(f"{path} の回数を読めません。その機械のストア（FINDER_STORE）か、その控えの場所を書いてください。") from None
    with closing(sqlite3.connect(":memory:")) as memory:
        together = Database(memory)
        for name in ("counts", "unfound"):
            columns, of = TABLES[name]
            together.table(name).create(columns, pk=of)
        _add(together, sums, "")
        together.table("unfound").insert_all({"municipality": municipality, "mark": word, "days": SMALL, "word": word, "number": number,
                                              "last_day": last[municipality, word]} for (municipality, word), number in words.items())
        yield together


def count_rows(found: Iterable[Count]) -> list[list[str]]:
    """Return totals as a table."""
    return [["日", "画面", "自治体", "何が", "どれ", "回数"],
            *([c.day, c.face, c.municipality, WORDS[c.what], c.of, WITHHELD if c.number is None else str(c.number)] for c in found)]


WORDS = {"shown": "一覧に出た", "opened": "くわしく開いた", "called": "電話を押した", "printed": "印刷した", "empty": "一覧が空だった",
         "skipped": "質問をとばした", "reported": "違うと知らせた", "word": "見つからなかった言葉"}
