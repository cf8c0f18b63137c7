"""Pieces of words, and numbers for each of several things packed into one long number: those of all pieces add up at once."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from operator import add

LONGEST = 3
_BITS, _ZERO = 32, 4096     # a packed number stands above 0, and a million pieces add up without running over


def pieces_of(text: str) -> set[str]:
    """Return the different pieces of one to three characters."""
    pairs = [*map(add, text, text[1:])]
    return {*text, *pairs, *map(add, pairs, text[2:])}


@cache
def part(number: str) -> bytes:
    """Return a number from -4096 to 4095, written in digits, as a part of a packed one.  Raises ValueError for what is no such number."""
    if not -_ZERO <= int(number) < _ZERO:
        raise ValueError("no such number")
    return struct.pack("<I", int(number) + _ZERO)


def packed(parts: Collection[bytes]) -> int:
    """Return the parts in one long number."""
    return int.from_bytes(b"".join(parts), "little")


def known_in(weights: Mapping[str, int], pieces: Iterable[str]) -> list[int]:
    """Return the packed weights of those pieces that have any."""
    return [*filter(None, map(weights.get, pieces))]


def sums(known: Collection[int], many: int) -> tuple[int, ...]:
    """Return what packed numbers add up to, for each of the many things they tell of."""
    over = _ZERO * len(known)
    return tuple(one - over for one in struct.unpack(f"<{many}I", sum(known).to_bytes(_BITS // 8 * many, "little")))


def one_of(known: int, place: int) -> int:
    """Return one of the numbers of a packed one."""
    return (known >> _BITS * place & (1 << _BITS) - 1) - _ZERO
