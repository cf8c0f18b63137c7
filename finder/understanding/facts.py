"""A fact of a family that is yes or no, and whether it is said of the family that asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from finder.ternary import Ternary
from finder.understanding.grammar import Reading, of_a_friend

_OTHERS_AFTER = re.compile(
    r"(?:した|して(?:い)?る|中)?(?:の|した)?(?:友達|友人|知人|知り合い|同僚|ママ友|芸能人|人(?:が|は|を|の話|も)|先輩|後輩|方の)"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What was understood of one fact, and where it stands."""

    value: Ternary
    start: int
    end: int


def said_of_us(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether something is said of the family that help is asked for."""
    return not of_a_friend(reading, match.start()) and not _OTHERS_AFTER.match(reading.text, match.end())
