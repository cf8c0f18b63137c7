"""Standard households: what a change of a program's conditions means is shown with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from finder.answers import FACTS, Answers, Child
from finder.births import Span
from finder.catalog import Program
from finder.eligibility import assess
from finder.ternary import NO, YES, Ternary


@dataclass(frozen=True, slots=True)
class Household:
    """A household that answered every question: its name in words, and its answers."""

    name: str
    answers: Answers


# Years and months of age; each age is a household of its own, in the middle of that age.
AGES = (("生後2か月", 0, 2), ("8か月", 0, 8), *((f"{year}歳", year, 6) for year in range(1, 23)))
CIRCUMSTANCES: tuple[tuple[str, Mapping[str, Ternary], bool], ...] = (
    ("", {}, False),
    ("ひとり親", {"single_parent": YES}, False),
    ("家計が苦しい", {"low_income": YES}, False),
    ("障害がある", {}, True),
    ("離婚の話し合い中", {"divorcing": YES}, False),
)
_NO: dict[str, Any] = dict.fromkeys(FACTS, NO)


def standard_households(today: date) -> list[Household]:
    """Return one household for every age of a child and circumstance, and those without children."""
    found = [Household("妊娠中、子どもはいない", _answers((), today, {"pregnant": YES})),
             Household("子どもはいない", _answers((), today, {})),
             Household("以前ひとり親で、子どもは22歳", _answers((_child(today, 22, 6, NO),), today, {"widow": YES}))]
    for said, facts, disability in CIRCUMSTANCES:
        for age, years, months in AGES:
            name = f"{age}の子" + (f"、{said}" if said else "")
            child = _child(today, years, months, YES if disability else NO)
            found.append(Household(name, _answers((child,), today, {**facts, "disability": YES if disability else NO})))
    return found


def _child(today: date, years: int, months: int, disability: Ternary) -> Child:
    born = today - timedelta(days=round(years * 365.2425 + months * 30.44))
    return Child(Span(born, born), disability)


def _answers(children: tuple[Child, ...], today: date, facts: Mapping[str, Ternary]) -> Answers:
    parent = today - timedelta(days=round(35.5 * 365.2425))
    return replace(Answers(children=children, myself=Child(Span(parent, parent), NO)), **{**_NO, **facts})


def standings(program: Program, households: list[Household], today: date) -> dict[str, str]:
    """Return the standing of a program for each household, by the household's name."""
    return {h.name: assess(program, h.answers, today).standing for h in households}
