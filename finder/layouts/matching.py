"""A table's headings matched with a layout's columns: by name, by a part of it, or as was confirmed before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finder.layouts.columns import Column, Layout
from finder.layouts.values import narrow

NAME_COLUMNS = ("制度名", "タイトル（制度名）", "institutionName.canonicalName")
ID_COLUMNS = ("制度id", "制度番号")
SKIPPED = "取りこみません"       # what is remembered of a heading that somebody does not want taken in
HEADING_ROWS = 15       # a title, a note and a blank row may stand above the headings


@dataclass(frozen=True, slots=True)
class Matched:
    """Which column of the table (from 0) holds which column of the layout; headings that were not understood."""

    layout: Layout
    heading_row: int
    columns: Mapping[int, Column]
    headings: tuple[str, ...]
    unknown: tuple[str, ...]


def plain_heading(heading: str) -> str:
    """Return a heading without line ends, spaces, marks and notes such as ※必須."""
    return re.sub(r"[\s*＊※★●◎]|[\[(【]?(?:必須|任意|必)[\])】]?", "", narrow(heading)).lower()


def match(rows: Sequence[Sequence[str]], layouts: Sequence[Layout], remembered: Mapping[str, str]) -> Matched | None:
    """Return the layout and heading row under which most headings are understood; None when hardly any is.

    `remembered` says which heading holds which column, as somebody confirmed before.
    """
    best: Matched | None = None
    for row, headings in enumerate(rows[:HEADING_ROWS]):
        for layout in layouts:
            found = under(layout, row, tuple(headings), remembered)
            named = any(c.name in (*NAME_COLUMNS, *ID_COLUMNS) for c in found.columns.values())
            if named and len(found.columns) >= 2 and (best is None or len(found.columns) > len(best.columns)):
                best = found
    return best


def under(layout: Layout, row: int, headings: tuple[str, ...], remembered: Mapping[str, str]) -> Matched:
    """Return which of a row's headings are understood as columns of a layout, be they enough for a table or not."""
    by_name = {plain_heading(n): c for c in reversed(layout.columns) for n in (*c.other_names, c.name)}
    by_name |= {plain_heading(c.name): c for c in layout.columns}       # a column's own name goes before another's other name
    said = {plain_heading(h): name for h, name in remembered.items()}
    columns: dict[int, Column] = {}
    for place, heading in enumerate(headings):
        plain = plain_heading(heading)
        if not plain or said.get(plain) == SKIPPED:
            continue
        column = by_name.get(plain_heading(said.get(plain, "")) or plain)
        if column is None and layout.fragments:
            near = {c.name: c for n, c in by_name.items() if n in plain}
            longest = max((len(plain_heading(n)) for n in near), default=0)
            close = [c for n, c in near.items() if len(plain_heading(n)) == longest]
            column = close[0] if len(close) == 1 else None
        if column is not None and column not in columns.values():
            columns[place] = column
    unknown = tuple(h for place, h in enumerate(headings) if h.strip() and place not in columns)
    return Matched(layout, row, columns, headings, unknown)
