"""Free text -> proposed answers, needs and danger signs, each with the words that gave it.

The contract is 「What a sentence gives」 in the API: only what is said is given, and what is
not said stays absent.  Rules over one spelling of the text, with tables of what each word speaks for; no clock, no files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from finder.answers import FACTS, MOST_CHILDREN, Answers, Child
from finder.ternary import NO, OPEN, YES, Ternary
from finder.understanding import children as people_told, danger, needs
from finder.understanding.children import Household, Told
from finder.understanding.corrections import Correction, corrected, correction
from finder.understanding.danger import DangerSigns
from finder.understanding.disability import given_to
from finder.understanding.facts import Fact
from finder.understanding.grammar import read
from finder.understanding.greetings import greeting, unsure
from finder.understanding.income import low_income
from finder.understanding.one_parent import one_parent
from finder.understanding.outside import outside
from finder.understanding.pregnancy import pregnancy
from finder.understanding.spelling import Spelled, spell

MOST_READ = 2_000
Gave = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence gives: proposed answers, the most urgent danger, and the words behind each.

    `greeting` ("hello", "thanks", "bye", "unsure") is set only for what is otherwise out of scope.
    `takes_back` is what the sentence says was wrong before; it matters only to a later turn.
    """

    answers: Answers = field(default_factory=Answers)
    danger: str | None = None
    out_of_scope: bool = False
    spans: tuple[Gave, ...] = ()
    greeting: str = ""
    takes_back: Correction | None = None


_A_CHILD = re.compile("(?<![卵精様菓調椅帽電分原])子")


def understand(said: str, today: date, signs: DangerSigns) -> Understood:
    """Return what was said on a day, read up to its first 2,000 characters; never raises.  Blanks alone say nothing."""
    if not said.strip():
        return Understood()
    spelled = spell(said[:MOST_READ])
    reading = read(spelled.text)
    if unsure(reading.text):
        return Understood(out_of_scope=True, greeting="unsure")
    dangers = danger.find_danger(reading, signs)
    home = people_told.household(reading, today)
    pregnant = pregnancy(reading, tuple(c.child for c in home.children), today)
    expected = pregnant.value if pregnant else OPEN
    family = bool(home.children) or expected is YES or (_A_CHILD.search(reading.text) is not None and expected is not NO and not home.none)
    alone, divorcing = one_parent(reading, family)
    given = given_to(reading, home)
    poor = low_income(reading)
    asked = needs.needs(reading, _minor(home), _school_age(home), bool(dangers), signs.need_weights)
    told = bool(given.children or pregnant or alone or divorcing or given.anyone or poor or dangers)
    only_a_worry = not told and {n.name for n in asked} == {"consult_parenting"}
    anything = told or bool(home.myself or asked or home.none)
    if outside(reading.text, anything, bool(given.children or dangers or poor), only_a_worry):
        return Understood(out_of_scope=True, greeting=greeting(reading.text))
    names = tuple(dict.fromkeys([signs.need_of(d.kind) for d in dangers] + [n.name for n in asked]))
    answers = Answers(
        children=tuple(c.child for c in given.children) or (() if home.none else None),
        pregnant=_value(pregnant),
        single_parent=_value(alone),
        divorcing=_value(divorcing),
        disability=given.anyone.value if given.anyone else OPEN,
        low_income=_value(poor),
        myself=home.myself.child if home.myself else None,
        needs=names,
    )
    spans = [*_people(spelled, given.children, home, given.places)]
    told_facts = (
        ("pregnant", pregnant),
        ("single_parent", alone),
        ("divorcing", divorcing),
        ("disability", given.anyone),
        ("low_income", poor),
    )
    for name, fact in told_facts:
        if fact is not None:
            spans.append((spelled.as_typed(fact.start, fact.end), f"{name}={_written(fact.value)}"))
    spans.extend((spelled.as_typed(d.start, d.end), f"needs={signs.need_of(d.kind)}") for d in dangers)
    spans.extend((spelled.as_typed(n.start, n.end), f"needs={n.name}") for n in asked)
    takes_back = correction(
        reading.text,
        lambda words: tuple(told.child for told in people_told.household(read(words), today).children),
        lambda words: frozenset(need.name for need in needs.needs(read(words), False, False, False)),
    )
    return Understood(answers, dangers[0].kind if dangers else None, False, tuple(dict.fromkeys(spans)), takes_back=takes_back)


def _value(fact: Fact | None) -> Ternary:
    return fact.value if fact else OPEN


def _written(value: Ternary) -> str:
    return {YES: "true", NO: "false"}.get(value, "unknown")


def _minor(home: Household) -> bool:
    """Tell whether someone told of may be a child who cares for others: so it is unless an adult speaks of their own age."""
    return home.myself is None


def _school_age(home: Household) -> bool:
    grades = [dict(c.child.said).get("grade", "") for c in home.children]
    years = [dict(c.child.said).get("age_years", 0) for c in home.children]
    return bool(home.children) and all(g[:1] in ("小", "中") or y >= 7 for g, y in zip(grades, years, strict=True))


def _people(spelled: Spelled, told: tuple[Told, ...], home: Household, places: dict[int, tuple[int, int]]) -> list[Gave]:
    spans: list[Gave] = []
    for index, one in enumerate(told):
        for (start, end), (form, value) in zip(one.stretches, one.child.said, strict=False):
            spans.append((spelled.as_typed(start, end), f"children[{index}].{form}={value}"))
        if one.child.disability is not OPEN and index in places:
            spans.append((spelled.as_typed(*places[index]), f"children[{index}].disability={_written(one.child.disability)}"))
    if home.myself:
        form, value = home.myself.child.said[0]
        spans.append((spelled.as_typed(*home.myself.stretches[0]), f"self.{form}={value}"))
    if home.none:
        spans.append((spelled.as_typed(*home.none), "children=[]"))
    return spans


# --- what was pressed and what was typed --------------------------------------------------------


def merge(pressed: Answers, understood: Answers) -> Answers:
    """Return pressed and typed answers together: what was typed never overrides what was pressed.

    What was asked and left open may be filled.  A typed child that may be one of the pressed
    ones refines nothing; another is added at the end, up to `MOST_CHILDREN`; pressed "no children" stays.
    """
    filled: dict[str, Any] = {fact: understood.fact(fact) for fact in FACTS if pressed.fact(fact) is OPEN}
    if pressed.single_parent is not OPEN:
        filled["divorcing"] = pressed.divorcing
    return replace(
        pressed,
        **filled,
        myself=pressed.myself or understood.myself,
        children=_merged_children(pressed.children, understood.children),
        needs=tuple(dict.fromkeys((*pressed.needs, *understood.needs))),
    )


def _merged_children(pressed: tuple[Child, ...] | None, typed: tuple[Child, ...] | None) -> tuple[Child, ...] | None:
    if pressed is None:
        return typed
    if not pressed or not typed:
        return pressed
    return (*pressed, *(child for child in typed if not any(_may_be(child, one) for one in pressed)))[:MOST_CHILDREN]


def _may_be(child: Child, other: Child) -> bool:
    return child.born is None or other.born is None or child.born.overlap(other.born) is not None


__all__ = ("DangerSigns", "Understood", "corrected", "merge", "understand")
