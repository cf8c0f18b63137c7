"""How much a sentence is like the sentences in which someone was in danger, by the pieces of words in it.

Danger is told in so many ways that no list of signs holds them all.  data/danger_weights.csv says of
each piece of one to three characters how much it speaks for each kind of danger, in hundredths of a
natural logarithm of odds; it is worked out from some thousands of sentences from life, in danger and
calm (`python -m bench.danger_weights`), and adds up without a surprise: a piece that is not in the
file counts nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from finder.understanding.grammar import Part, Reading

LONGEST = 3
_LIKELY = .6     # chosen on sentences of a writer none of whose sentences was learned from
_LONG, _STEP = 160, 80      # a text without full stops is read in stretches


@dataclass(frozen=True, slots=True)
class Weights:
    """The kinds, how much each piece of a word speaks for each of them, and what they begin with."""

    kinds: tuple[str, ...] = ()
    pieces: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    start: tuple[int, ...] = ()

    @classmethod
    def from_csv(cls, text: str) -> Weights:
        """Read the weights from the text of danger_weights.csv; the piece without characters is the beginning.

        A piece may be a comma or a quotation mark, and stands as it is.  Raises ValueError for what is no number.
        """
        said, *rows = [line for line in text.split("\n") if line and not line.startswith("# ")] or [""]
        kinds = tuple(said.split(",")[1:])
        pieces = {piece: tuple(map(int, weights)) for piece, *weights in (row.rsplit(",", len(kinds)) for row in rows)}
        return cls(kinds, pieces, pieces.pop("", (0,) * len(kinds)))


@dataclass(frozen=True, slots=True)
class Likeness:
    """The kind that a stretch of text is most like, how likely each kind is (0 to 1), and where its words stand."""

    kind: str
    chances: Mapping[str, float]
    start: int
    end: int

    @property
    def danger(self) -> float:
        """How likely any danger is, from 0 to 1."""
        return sum(self.chances.values())

    @property
    def likely(self) -> bool:
        """Whether it is more like danger than like calm."""
        return self.danger > _LIKELY


def stretches(reading: Reading) -> Iterator[Part]:
    """Yield what is judged together: two sentences that follow each other, in reach of a reader's breath."""
    one = [part for whole in reading.sentences for part in _in_reach(whole)]
    if len(one) <= 2:
        yield from (Part(one[0].start, one[-1].end),) if one else ()
    else:
        yield from (Part(first.start, second.end) for first, second in pairwise(one))


def _in_reach(part: Part) -> Iterator[Part]:
    if part.end - part.start <= _LONG:
        yield part
    else:
        yield from (Part(at, min(at + _STEP, part.end)) for at in range(part.start, part.end, _STEP))


def pieces_of(text: str) -> dict[str, int]:
    """Return the different pieces of one to three characters, and where each stands first."""
    found: dict[str, int] = {}
    for length in range(1, LONGEST + 1):
        for at in range(len(text) - length + 1):
            found.setdefault(text[at : at + length], at)
    return found


def likeness(reading: Reading, weights: Weights) -> Likeness | None:
    """Return the likeness of the stretch that is most like danger; nothing without text or weights."""
    if not weights.pieces:
        return None
    return max((_of(reading.text, part, weights) for part in stretches(reading)), key=lambda one: one.danger, default=None)


def _of(text: str, part: Part, weights: Weights) -> Likeness:
    known = [(weights.pieces[piece], piece, at) for piece, at in pieces_of(text[part.start : part.end]).items() if piece in weights.pieces]
    scale = 100 * math.sqrt(max(1, len(known)))
    odds = [math.exp(min(60.0, sum(column) / scale + start / 100)) for column, start in
            zip(zip(*(row for row, _, _ in known), strict=True), weights.start, strict=True)] if known else [0.0] * len(weights.kinds)
    chances = {kind: chance / (1 + sum(odds)) for kind, chance in zip(weights.kinds, odds, strict=True)}
    kind = max(chances, key=lambda one: chances[one])
    column = weights.kinds.index(kind)
    start, end = _telling(part.end - part.start, [(row[column], at, at + len(piece)) for row, piece, at in known])
    return Likeness(kind, chances, part.start + start, part.start + end)


def _telling(length: int, weighed: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Return the run of characters that speaks most for the kind."""
    gains = [0.0] * length
    for weight, start, end in weighed:
        for at in range(start, end):
            gains[at] += weight / (end - start)
    best, run, begun, found = 0.0, 0.0, 0, (0, length)
    for at, gain in enumerate(gains):
        if run <= 0:
            run, begun = 0.0, at
        run += gain
        if run > best:
            best, found = run, (begun, at + 1)
    return found
