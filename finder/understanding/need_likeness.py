"""How much a text is like the texts in which each need was asked for, by the pieces of words in it.

Rules say which need is asked for; what they find in a text that speaks of something else is left out, and what no rule
holds but the text speaks for is added.  data/need_weights.csv says of each piece of one to three characters how much it
speaks for each need; it is worked out from the sentences of tests/ (`python -m bench.need_weights`), and adds up without
a surprise: a piece that is not in the file counts nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from finder.understanding.corrections import takes_back
from finder.understanding.facts import Need
from finder.understanding.grammar import Reading
from finder.understanding.pieces import LONGEST, known_in, one_of, packed, part, pieces_of, sums
from finder.understanding.told_only import going_well

# A weight is one letter: the middle one counts nothing, each further one more.
MIDDLE, FARTHEST = 80, 45
_PARTS = {letter: part(str(letter - MIDDLE)) for letter in range(128)}
# What speaks for a need beside the pieces, in their unit (natural logarithm of odds): that a rule gives it, that another need
# is likely; and from where on a need counts.  All were chosen on sentences of writers who were not learned from, read with
# the rules as they were before these sentences.
_RULE, _OTHER, _LEAST = 5.0, -.3, .85
_A_WORD = 6      # characters; so little says too little to speak against a rule: 「こわい」
_LETTER = 180     # characters; in a letter much is told, and the rules alone say what is asked for
# A worry has no name of its own beside another need (API.md), but a doubt of development; a wish to talk may stand beside any.
_WORRY = frozenset({"consult_parenting", "development"})
_WISH_TO_TALK = re.compile("相談|話|聞い|聴い|育児|子育て|talk|advice")


@dataclass(frozen=True, slots=True)
class NeedWeights:
    """The needs, how much each piece of a word speaks for them all, packed, one letter in hundredths, and what they begin with."""

    needs: tuple[str, ...] = ()
    pieces: Mapping[str, int] = field(default_factory=dict)
    letter: float = 0.0
    start: tuple[float, ...] = ()

    @classmethod
    def from_csv(cls, text: str) -> NeedWeights:
        """Read the weights from the text of need_weights.csv: the needs, what they begin with, then a piece and its letters to a line.

        A piece may be a comma or a quotation mark, and stands as it is.  Raises ValueError for what is no weight.
        """
        lines = [line for line in text.split("\n") if line and not line.startswith("# ")]
        if len(lines) < 2:
            return cls()
        needs = tuple(lines[0].split(",")[1:])
        letter, *start = (float(number) for number in lines[1].split(",")[1:])
        many = len(needs)
        if len(start) != many or any(len(line) < many + 2 or line[-many - 1] != "," or not line[-many:].isascii() for line in lines[2:]):
            raise ValueError("no weights")
        pieces = {line[: -many - 1]: packed([_PARTS[letter] for letter in line[-many:].encode()]) for line in lines[2:]}
        return cls(needs, pieces, letter / 100, tuple(one / 100 for one in start))


NO_WEIGHTS = NeedWeights()


def likelihood(text: str, weights: NeedWeights) -> tuple[float, ...]:
    """Return how much a text speaks for each need, as the natural logarithm of odds."""
    known = known_in(weights.pieces, pieces_of(text))
    scale = weights.letter / math.sqrt(max(1, len(known)))
    return tuple(one * scale + start for one, start in zip(sums(known, len(weights.needs)), weights.start, strict=True))


def weighed(found: tuple[Need, ...], reading: Reading, weights: NeedWeights, in_danger: bool) -> tuple[Need, ...]:
    """Return the needs that rules found without those the text speaks against, and with those it speaks for.

    Nothing is added to a text that tells of danger, which has its own need, or takes something back, nor where something goes well.
    """
    text = reading.text
    if not weights.pieces or not text or len(text) > _LETTER:
        return found
    speaks = likelihood(text, weights)
    first, second = sorted(speaks, reverse=True)[:2]
    chance = {need: one - _LEAST + _OTHER * (second if one == first else first) for need, one in zip(weights.needs, speaks, strict=True)}
    kept = tuple(need for need in found if chance.get(need.name, 0.0) + _RULE > 0 or len(text) < _A_WORD)
    names = {need.name for need in found}
    more = [name for name, one in chance.items() if one > 0 and name not in names]
    if in_danger or not more or takes_back(text):
        return kept
    if any(need.name not in _WORRY for need in kept) and not _WISH_TO_TALK.search(text):
        more = [name for name in more if name != "consult_parenting"]
    added = (Need(name, *telling(reading, weights.needs.index(name), weights)) for name in more)
    return (*kept, *(need for need in added if not going_well(reading, need.start)))


def telling(reading: Reading, number: int, weights: NeedWeights) -> tuple[int, int]:
    """Return where the words stand that speak most for a need: what stands out around the strongest character, in its clause."""
    text = reading.text
    gains = [0.0] * len(text)
    for length in range(1, LONGEST + 1):
        for at in range(len(text) - length + 1):
            if known := weights.pieces.get(text[at : at + length]):
                weight = one_of(known, number)
                for place in range(at, at + length):
                    gains[place] += weight / length
    even = max(0.0, sum(gains) / len(gains))
    strongest = max(range(len(text)), key=gains.__getitem__)
    start, end, clause = strongest, strongest + 1, reading.clause(strongest)
    while start > clause.start and gains[start - 1] > even:
        start -= 1
    while end < clause.end and gains[end] > even:
        end += 1
    return start, end
