"""What a document gives: pieces with their places; or why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from finder.plans.lines import Line


class BadDocument(ValueError):
    """A document that cannot be read; its message says where, why and what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of words (one cell) or a table's row, where a reader finds it, and its page (0 where there are none)."""

    cells: tuple[str, ...]
    place: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document's name and lines, and what whoever reads the draft should know of it."""

    name: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
