"""Yes, no, or open: what is not known is never a no."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum


class Ternary(IntEnum):
    """Kleene's three values, in the order no < open < yes."""

    NO = 0
    OPEN = 1
    YES = 2


NO, OPEN, YES = Ternary.NO, Ternary.OPEN, Ternary.YES


def all_of(values: Collection[Ternary]) -> Ternary:
    """Return the weakest value; yes when there is none."""
    return NO if NO in values else OPEN if OPEN in values else YES


def any_of(values: Collection[Ternary]) -> Ternary:
    """Return the strongest value; no when there is none."""
    return YES if YES in values else OPEN if OPEN in values else NO
