"""A municipality's plan -> a draft of its programs: its tables' rows, and what their words let guess.

What is sure stands in the draft's fields; what is only likely stands beside them, to be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finder.plans.guesses import Guess
from finder.plans.kinds import kind_of
from finder.plans.lines import Line, text_lines
from finder.plans.merging import Listed, join_rows
from finder.plans.named import named_in
from finder.plans.people import eligibility
from finder.plans.rows import Row, lines_unread, read_rows
from finder.plans.wants import needs_of


@dataclass(frozen=True, slots=True)
class Drafted:
    """A program of a plan with the guesses of its kind, needs and eligibility."""

    listed: Listed
    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What was read of a plan: its rows, its programs, those that its texts only name, and the places that were not understood."""

    rows: tuple[Row, ...]
    programs: tuple[Drafted, ...]
    unread: tuple[str, ...]
    named: tuple[Drafted, ...] = ()


def read_plan(lines: Sequence[Line]) -> Plan:
    """Return the programs that a plan's lines list, with guesses."""
    reading = read_rows(lines)
    programs, named = (tuple(Drafted(listed, tuple(guesses(listed))) for listed in join_rows(rows))
                       for rows in (reading.rows, named_in(reading.rows)))
    return Plan(tuple(reading.rows), programs, tuple(lines_unread(reading)), named)


def guesses(listed: Listed) -> list[Guess]:
    """Return what a program's words let guess; of a policy, or of a name alone, nothing is sure."""
    own = listed.own
    kind = kind_of(listed.name, listed.text)
    found = [*([kind] if kind else []), *needs_of(listed.name, listed.text, kind.value if kind and kind.sure else None),
             *eligibility(listed.name, listed.text, "" if own.shared else own.target, " ".join(b for r in listed.rows for b in r.beside))]
    if own.policy or own.inside:
        only = "施策の文からの推測です" if own.policy else "名前だけからの推測です"
        return [Guess(g.field, g.value, g.words, False, g.doubt or only) for g in found]
    return found


__all__ = ["Drafted", "Guess", "Line", "Listed", "Plan", "Row", "read_plan", "text_lines"]
