"""Regular expressions of many words, ready to search with: places where none of the words begins are stepped over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, reduce
from itertools import product
from operator import add, or_
from typing import Any

# How `re` reads an expression; not promised by the language, so everything works without it, only slower.
_PARSER: Any = getattr(re, "_parser", None)
_CLASSES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}
_ANYTHING = frozenset({""})
_WIDEST_RANGE = 12
_LONG = 4_000


class _AnythingError(Exception):
    """The expression may begin with anything."""


def pattern(words: str) -> re.Pattern[str]:
    """Return an expression ready to search with, which finds just what `re.compile(words)` finds.

    `re` tries every word at every character; here a look at the first characters of all words
    comes before it, which is three to twenty times as fast over a long text.
    """
    firsts = _firsts_of(words)
    return re.compile(words if len(firsts) < 2 else f"(?=[{''.join(firsts)}])(?:{words})")


class Many:
    """Many expressions: one look at a text tells which of them may stand in it, by the two characters they begin with."""

    def __init__(self, expressions: Iterable[str]) -> None:
        self.bits: dict[str, int] = {"": 0}
        self.all = 0
        for place, words in enumerate(expressions):
            self.all |= 1 << place
            for opening in openings(words):
                self.bits[opening] = self.bits.get(opening, 0) | 1 << place

    def in_(self, text: str) -> int:
        """Return, as the bits of a number, the places of those that may stand in a text; in a long one all may."""
        if len(text) > _LONG:
            return self.all
        here = self.bits.keys() & {*text, *map(add, text, text[1:])}
        return reduce(or_, map(self.bits.__getitem__, here), self.bits[""])

    def standing(self, text: str) -> Iterator[int]:
        """Yield the places of those that may stand in a text, in order."""
        return ones(self.in_(text))


def ones(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set in a number, the lowest first."""
    while bits:
        last = bits & -bits
        bits ^= last
        yield last.bit_length() - 1


def openings(words: str) -> frozenset[str]:
    """Return the two characters, or the one, that a match of an expression begins with; the empty one where it may begin with anything."""
    if not _PARSER:
        return _ANYTHING
    whole, cut = _openings(_PARSER.parse(words))
    return _ANYTHING if "" in whole | cut else whole | cut


def _openings(steps: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return how a match of the steps begins: what may be all of it, and what anything may follow, or is long enough."""
    whole, cut = _ANYTHING, frozenset[str]()
    for kind, step in ((str(kind), step) for kind, step in steps):
        if kind in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        then_whole, then_cut = _opening(kind, step)
        joined = {before + after for before, after in product(whole, then_whole)}
        cut |= {opening[:2] for opening in joined if len(opening) > 1} | {(before + after)[:2] for before, after in product(whole, then_cut)}
        whole = frozenset(opening for opening in joined if len(opening) < 2)
        if not whole:
            break
    return whole, cut


def _opening(kind: str, step: Any) -> tuple[frozenset[str], frozenset[str]]:
    """Return how a match of one step begins, as `_openings` does."""
    none = frozenset[str]()
    if kind == "SUBPATTERN":
        return _openings(step[-1])
    if kind == "BRANCH":
        parts = [_openings(part) for part in step[1]]
        return none.union(*(whole for whole, _ in parts)), none.union(*(cut for _, cut in parts))
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, body = step
        whole, cut = _openings(body)
        unsaid = _ANYTHING if least == 0 else none
        return (whole | unsaid, cut) if most == 1 else (unsaid, whole | cut)
    try:
        return frozenset(_each(kind, step)), none
    except _AnythingError:
        return none, _ANYTHING


def _each(kind: str, step: Any) -> Iterator[str]:
    """Yield every character that one step may be, where they are few."""
    for one, what in step if kind == "IN" else [(kind, step)]:
        match str(one):
            case "LITERAL":
                yield chr(what)
            case "RANGE" if what[1] - what[0] < _WIDEST_RANGE:
                yield from map(chr, range(what[0], what[1] + 1))
            case _:
                raise _AnythingError


@cache
def _firsts_of(words: str) -> list[str]:
    """Return, as pieces of a character class, what a match begins with; nothing when it may begin with anything."""
    steps = _PARSER.parse(words) if _PARSER else None
    try:
        return sorted(set(_firsts(steps))) if steps and steps.getwidth()[0] else []
    except _AnythingError:
        return []


def _firsts(steps: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """Yield, as pieces of a character class, what the steps of an expression may begin with."""
    for kind, step in ((str(kind), step) for kind, step in steps):
        if kind in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        if kind not in ("BRANCH", "SUBPATTERN", "MAX_REPEAT", "MIN_REPEAT"):
            yield from _characters(kind, step)
            return
        parts = step[1] if kind == "BRANCH" else [step[-1]]
        for part in parts:
            yield from _firsts(part)
        if all(part.getwidth()[0] for part in parts) and not (kind.endswith("REPEAT") and step[0] == 0):
            return


def _characters(kind: str, step: Any) -> Iterator[str]:
    for one, what in step if kind == "IN" else [(kind, step)]:
        match str(one):
            case "LITERAL":
                yield re.escape(chr(what))
            case "RANGE":
                yield f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
            case "CATEGORY" if str(what) in _CLASSES:
                yield _CLASSES[str(what)]
            case _:
                raise _AnythingError
