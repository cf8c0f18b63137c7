"""A file's tables as a municipality's departments and programs: how each was read, what would come of it, all that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from finder.layouts.columns import Layout
from finder.layouts.departments import department_rows, take_in_departments
from finder.layouts.matching import HEADING_ROWS, SKIPPED, Matched, match, under
from finder.layouts.own import OWN
from finder.layouts.taking_in import READ, RESTS_ON, STANDS, UNSURE, CellProblem, take_in
from finder.layouts.writing_out import about

Raw = Mapping[str, Any]
SAMPLES = 2             # cells shown beside a heading


class Table(Protocol):
    """One sheet of a file: its name and its rows of text."""

    @property
    def name(self) -> str:
        """The sheet's name; "" in a CSV."""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows, from the first."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a table, the column that it holds ("" for none), and the first cells under it."""

    text: str
    column: str
    samples: tuple[str, ...]
    only_read: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sheet was read: its layout and heading row (from 1), and each heading; `choices` are the columns to choose from.

    A sheet in which no table was recognised has no `layout`; one of departments has no headings to choose for.
    """

    sheet: str
    layout: str
    heading_row: int
    headings: tuple[Heading, ...] = ()
    choices: tuple[str, ...] = ()
    unread: int = 0         # rows of a plan's draft that nobody has read yet: they are not taken in


@dataclass
class Intake:
    """What would come of a file: the programs and departments as they would stand, how it was read, what is wrong."""

    programs: Mapping[str, Raw]
    departments: list[Any]
    readings: list[Reading] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def any_table(self) -> bool:
        """Tell whether any sheet was read."""
        return any(r.layout for r in self.readings)


def take_file(raw: Raw, folder: str, tables: Sequence[Table], layouts: Sequence[Layout], remembered: Mapping[str, str], file: str,
              today: date) -> Intake:
    """Return what would come of a file's tables; `raw` is not changed. Departments come first, for programs name them."""
    own = raw["municipalities"][folder]
    found = Intake(own["programs"], list(own["departments"]))
    stood: dict[str, str] = {}          # in which sheet a program had its row
    for table in sorted(tables, key=lambda t: department_rows(t.rows) is None):
        now = {**raw, "municipalities": {**raw["municipalities"], folder: {**own, "departments": found.departments}}}
        known = about(now, folder, today, file)
        row = department_rows(table.rows)
        if row is not None:
            found.departments, wrong = take_in_departments(found.departments, table.rows, row, known, table.name)
            found.readings.append(Reading(table.name, "担当課の表", row + 1))
            found.problems += wrong
        elif matched := match(table.rows, layouts, remembered):
            taken = take_in(found.programs, table.rows, matched, known, table.name)
            found.programs = dict(sorted(taken.programs.items()))
            found.readings.append(replace(_reading(table, matched), unread=taken.unread))
            found.problems += taken.problems
            found.problems += [CellProblem(file, table.name, rows[0], "制度名", f"「{found.programs[i].get('name', i)}」の行が、シート"
                                           f"「{stood[i]}」にもあります。一つにまとめるか、名前を変えてください")
                               for i, rows in taken.rows.items() if i in stood]
            stood |= dict.fromkeys(taken.rows, table.name)
        elif any(cell.strip() for line in table.rows for cell in line):
            found.readings.append(_unread(table, remembered))
    return found


def _reading(table: Table, matched: Matched, recognised: bool = True) -> Reading:
    columns = matched.columns
    return Reading(table.name, matched.layout.name if recognised else "", matched.heading_row + 1, tuple(
        Heading(_plain(h), columns[place].name if place in columns else "", _samples(table, matched.heading_row, place),
                place in columns and columns[place].write is None)
        for place, h in enumerate(matched.headings) if h.strip() and not _beside(h, matched)), _choices(matched.layout))


def _beside(heading: str, matched: Matched) -> bool:
    """Tell whether a plan's draft has this heading for its reader only: nobody need choose a column for it."""
    return READ in matched.headings and _plain(heading) in (READ, UNSURE, RESTS_ON, STANDS)


def _unread(table: Table, remembered: Mapping[str, str]) -> Reading:
    """The row that names the most columns is taken for the headings, so that somebody can say what they are."""
    rows = table.rows[:HEADING_ROWS]
    row = max(range(len(rows)), key=lambda n: (len({c.strip() for c in rows[n] if c.strip()}), -n))
    return _reading(table, under(OWN, row, rows[row], remembered), recognised=False)


def _choices(layout: Layout) -> tuple[str, ...]:
    return tuple(c.name for c in layout.columns if c.write)


def _plain(heading: str) -> str:
    return "".join(heading.split())


def _samples(table: Table, row: int, place: int) -> tuple[str, ...]:
    cells = (line[place].strip() for line in table.rows[row + 1:] if place < len(line))
    return tuple(c for c in cells if c)[:SAMPLES]


def confirmed(reading: Reading, chosen: Sequence[str]) -> dict[str, str]:
    """Return what is to be remembered of a sheet: each heading with the column chosen for it, or that it is not taken."""
    return {h.text: column if column in reading.choices else h.column if h.only_read else SKIPPED
            for h, column in zip(reading.headings, chosen, strict=True)}
