"""How much a sentence is like the sentences in which someone was in danger, by the pieces of words in it.

Danger is told in so many ways that no list of signs holds them all.  data/danger_weights.csv says of
each piece of one to three characters, and of two words near each other (「夫…蹴」: who did what), how
much it speaks for each kind of danger, in hundredths of a natural logarithm of odds; it is worked out
from some thousands of sentences from life, in danger and calm (`python -m bench.danger_weights`), and
adds up without a surprise: a piece that is not in the file counts nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from finder.understanding.grammar import Part, Reading
from finder.understanding.pieces import LONGEST, known_in, one_of, packed, part as part_of, pieces_of as short_pieces_of, sums

# What carries the sense, and how many of these on the second of a pair may stand: 「夫に何度も蹴られ」 holds 「夫…蹴」.
_BEARING, _NEAR = re.compile(r"[一-龥々ァ-ヶ]|[a-z]+|[0-9]+"), 9
# From how much danger on a text is taken for danger, and below how much a sign in it is passed over; both were
# chosen on sentences that were not learned from.  In a letter much is told, and chance has many goes.
_LIKELY, _UNLIKELY = .315, .02
_LIKELY_IN_A_LETTER, _UNLIKELY_IN_A_LETTER = .6, .3
_LIKELY_BESIDE_HARMLESS = .6     # where a sign stands but is denied or harmless: 「犬が何も食べていない」
_UNLIKELY_BESIDE_CALM = .2      # below which a sign is passed over beside a word that calms: 「検査したら陰性でした」
_LETTER = 5     # so many sentences are a letter
_ENOUGH, _MORE_IN_A_WORD = 16, .3      # characters; less says little: more danger is needed, and nothing speaks against a sign
_ANOTHER, _FAR = .4, 3.0     # another kind stands in the place of a sign's own when it is so likely, and so many times likelier
_AT_HOME = {"abuse", "dv"}
_LONG, _STEP = 160, 80      # a text without full stops is read in stretches


@dataclass(frozen=True, slots=True)
class Weights:
    """The kinds, how much each piece of a word speaks for them all, packed, and what they begin with."""

    kinds: tuple[str, ...] = ()
    pieces: Mapping[str, int] = field(default_factory=dict)
    start: tuple[int, ...] = ()

    @classmethod
    def from_csv(cls, text: str) -> Weights:
        """Read the weights from the text of danger_weights.csv; the piece without characters is the beginning.

        A piece may be a comma or a quotation mark, and stands as it is.  Raises ValueError for what is no number.
        """
        said, *rows = [line for line in text.split("\n") if line and not line.startswith("# ")] or [""]
        kinds = tuple(said.split(",")[1:])
        pieces = {piece: packed([*map(part_of, weights)]) for piece, *weights in (row.rsplit(",", len(kinds)) for row in rows)}
        start = pieces.pop("", packed([part_of("0")] * len(kinds)))
        return cls(kinds, pieces, tuple(one_of(start, number) for number in range(len(kinds))))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely each kind of danger is in a stretch of text (0 to 1), and the pieces that say so."""

    part: Part
    chances: tuple[float, ...]
    text: str
    weights: Weights

    @property
    def danger(self) -> float:
        """How likely any danger is, from 0 to 1."""
        return sum(self.chances)

    def telling(self) -> tuple[int, int, int]:
        """Return the number of the likeliest kind, and where the words stand that speak most for it."""
        number = self.chances.index(max(self.chances))
        known = self.weights.pieces
        places = [(one_of(known[piece], number), at, end) for piece, (at, end) in places_of(self.text).items() if piece in known]
        start, end = _telling(len(self.text), places)
        return number, self.part.start + start, self.part.start + end


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


def pieces_of(text: str) -> set[str]:
    """Return the different pieces of one to three characters and of two words near each other.

    「^」 and 「$」 tell where the text begins and ends: 「…ますか$」 asks, 「…ません$」 tells.
    """
    bearing = _BEARING.findall(text)
    pairs = [map("…".join, zip(bearing, bearing[near:], strict=False)) for near in range(1, _NEAR + 1)]
    return short_pieces_of(f"^{text}$").union(*pairs)


def places_of(text: str) -> dict[str, tuple[int, int]]:
    """Return where each of the pieces of a text stands first."""
    told, whole = f"^{text}$", len(text)
    found = {told[at : at + length]: (max(0, at - 1), min(whole, at + length - 1))
             for length in range(1, LONGEST + 1) for at in range(whole + 2 - length, -1, -1)}
    bearing = [(one[0], *one.span()) for one in _BEARING.finditer(text)]
    for number, (first, at, _) in enumerate(bearing, 1):
        for second, _, end in bearing[number : number + _NEAR]:
            found.setdefault(f"{first}…{second}", (at, end))
    return found


@dataclass(frozen=True, slots=True)
class Likenesses:
    """How much each stretch of a text is like danger, and whether the text is a letter."""

    kinds: tuple[str, ...]
    parts: tuple[Likeness, ...] = ()
    letter: bool = False

    def likely(self, harmless: bool = False) -> tuple[str, int, int] | None:
        """Return the kind that the stretch most like danger tells of and where its words stand, when it is like enough.

        `harmless` tells that a sign was found and is denied or harmless: then more is needed.
        """
        most = max(self.parts, key=lambda one: one.danger, default=None)
        if most is None:
            return None
        least = _LIKELY_BESIDE_HARMLESS if harmless else _LIKELY
        if most.part.end - most.part.start < _ENOUGH:
            least += _MORE_IN_A_WORD
        if most.danger <= (_LIKELY_IN_A_LETTER if self.letter else least):
            return None
        number, start, end = most.telling()
        return self.kinds[number], start, end

    def speak_against(self, start: int, end: int, calm: bool = False) -> bool:
        """Tell whether what stands around some words is too much like calm for a sign found there, sooner beside a word that calms."""
        around = [one.danger if one.part.end - one.part.start >= _ENOUGH else 1.0 for one in self._around(start, end)]
        least = _UNLIKELY_BESIDE_CALM if calm else _UNLIKELY
        return bool(around) and max(around) < (max(least, _UNLIKELY_IN_A_LETTER) if self.letter else least)

    def rather(self, kind: str, start: int, end: int, signed: Collection[str] = ()) -> str:
        """Return the kind that what stands around a sign tells of, when that is far likelier than the sign's own; else the sign's own.

        A kind that is `signed` has a sign of its own: 「死にたい。夫に殴られる」 tells of both, unless the sign's kind is next to impossible,
        or both are violence at home, which one sign often calls by the other's name.
        """
        around = [one.chances for one in self._around(start, end)]
        if not around or kind not in self.kinds:
            return kind
        chances = tuple(map(max, zip(*around, strict=True)))
        most, own = max(chances), chances[self.kinds.index(kind)]
        rather = self.kinds[chances.index(most)]
        both = rather in signed and own >= _UNLIKELY and {kind, rather} != _AT_HOME
        return rather if most > max(_ANOTHER, _FAR * own) and not both else kind

    def _around(self, start: int, end: int) -> list[Likeness]:
        return [one for one in self.parts if one.part.start < end and start < one.part.end]


def likenesses(reading: Reading, weights: Weights) -> Likenesses:
    """Return the likenesses of all stretches; none without weights."""
    told = stretches(reading) if weights.pieces else ()
    return Likenesses(weights.kinds, tuple(_of(reading.text, part, weights) for part in told), len(reading.sentences) >= _LETTER)


def _of(text: str, part: Part, weights: Weights) -> Likeness:
    told = text[part.start : part.end]
    known = known_in(weights.pieces, pieces_of(told))
    scale = 100 * math.sqrt(max(1, len(known)))
    odds = [math.exp(min(60.0, one / scale + start / 100)) for one, start in
            zip(sums(known, len(weights.kinds)), weights.start, strict=True)] if known else [0.0] * len(weights.kinds)
    whole = 1 + sum(odds)
    return Likeness(part, tuple(chance / whole for chance in odds), told, weights)


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
