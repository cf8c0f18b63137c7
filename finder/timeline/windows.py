"""When a program is open to one person: the rules of `eligibility`, asked for their days.

Nothing of a rule stands here: an age condition names its own days (`births.Ages.windows`), every
other requirement is asked as it is for a day (`eligibility.find`).  So a `Course` says of any day
what `assess` says of it for a household with that person alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import product
from typing import NamedTuple

from finder.answers import Answers, Child
from finder.births import ANY_AGE, Ages, Span
from finder.catalog import Alternative, Program, Requirement
from finder.eligibility import disability_of, find
from finder.ternary import NO, OPEN, YES, Ternary, any_of

# Named tuples: dozens are made for one list, and a frozen dataclass takes four times as long to make.

class Window(NamedTuple):
    """A time in which a condition holds: its first and its last day, each a span while the birth date is one.

    `points` are the check-ups inside it, each with its own first and last day.
    """

    begins: Span
    ends: Span
    points: tuple[tuple[str, Span, Span], ...] = ()

    def standing(self, day: date) -> Ternary:
        """Return whether the day lies inside: open while that depends on the birth date."""
        if self.begins.latest <= day <= self.ends.earliest:
            return YES
        return OPEN if self.begins.earliest <= day <= self.ends.latest else NO


ALWAYS = Window(Span(date.min, date.min), Span(date.max, date.max))


class Spell(NamedTuple):
    """A window in which an alternative holds as surely as `level`; `own` when the person's age bounds it."""

    level: Ternary
    window: Window
    own: bool = False

    def standing(self, day: date) -> Ternary:
        """Return the standing that this spell alone gives a day."""
        return min(self.level, self.window.standing(day))


@dataclass(frozen=True, slots=True)
class Course:
    """A program over a life: every spell in which it is open to one person, or may be."""

    program: Program
    spells: tuple[Spell, ...]

    def standing(self, day: date) -> Ternary:
        """Return the standing of the program on a day, as `assess` gives it."""
        return any_of([s.standing(day) for s in self.spells])

    def own(self, level: Ternary) -> tuple[Window, ...]:
        """Return the windows that the person's age bounds, at least as sure as `level`, in order."""
        return joined([s.window for s in self.spells if s.own and s.level >= level])

    @property
    def beside(self) -> Ternary:
        """Return the standing that the program has whatever the person's age."""
        return any_of([s.level for s in self.spells if s.window is ALWAYS])


@dataclass(frozen=True, slots=True)
class Person:
    """Whose windows are asked for: the place among the children, None for the one who speaks.

    `child` carries what is said of the disability, of this person or of all.
    """

    place: int | None
    child: Child
    speaks: bool = False


def people(answers: Answers) -> tuple[Person, ...]:
    """Return everyone whose age is known: the children, and the speaker when no child is spoken of."""
    children = answers.children or ()
    known = [Person(i, replace(c, disability=disability_of(c, answers)), _speaks(c, answers))
             for i, c in enumerate(children) if c.born]
    if not children and answers.myself and answers.myself.born:
        return (Person(None, answers.myself, True),)
    return tuple(known)


def _speaks(child: Child, answers: Answers) -> bool:
    """A young speaker is counted among the children (`answers.with_young_speaker`)."""
    return answers.myself is not None and child.said == answers.myself.said and child.born == answers.myself.born


def courses(programs: Sequence[Program], person: Person, answers: Answers, today: date,
            asked: dict[int, list[Spell]] | None = None) -> list[Course]:
    """Return every program whose days depend on this person's age; facts of the household are as told today.

    `asked` carries what was found of this person's requirements from call to call, as many programs share them.
    """
    asked = {} if asked is None else asked
    made = (Course(p, _spells(p, person, answers, today, asked)) for p in programs)
    return [c for c in made if any(s.own for s in c.spells)]


def _spells(program: Program, person: Person, answers: Answers, today: date,
            asked: dict[int, list[Spell]]) -> tuple[Spell, ...]:
    found = [_alternative(a, person, answers, today, asked) for a in program.alternatives]
    return tuple(s for spells in found for s in spells)


def _alternative(alternative: Alternative, person: Person, answers: Answers, today: date,
                 asked: dict[int, list[Spell]]) -> list[Spell]:
    """Everything must hold: the windows of its requirements, cut with each other."""
    parts = []
    for requirement in alternative.requirements:
        if (spells := asked.get(id(requirement))) is None:
            spells = asked[id(requirement)] = _requirement(requirement, person, answers, today)
        parts.append(spells)
    cut = parts[0] if len(parts) == 1 else [reduce(_both, p, Spell(YES, ALWAYS)) for p in product(*parts)]
    return [s for s in cut if s.level != NO and s.window.begins.earliest <= s.window.ends.latest]


def _both(one: Spell, other: Spell) -> Spell:
    """Return the time in which both hold; one that ends before it begins is none."""
    a, b = one.window, other.window
    if a is ALWAYS or b is ALWAYS:
        return Spell(min(one.level, other.level), b if a is ALWAYS else a, one.own or other.own)
    begins = Span(max(a.begins.earliest, b.begins.earliest), max(a.begins.latest, b.begins.latest))
    ends = Span(min(a.ends.earliest, b.ends.earliest), min(a.ends.latest, b.ends.latest))
    return Spell(min(one.level, other.level), Window(begins, ends, a.points or b.points), one.own or other.own)


def _requirement(requirement: Requirement, person: Person, answers: Answers, today: date) -> list[Spell]:
    if requirement.kind == "child" and person.place is not None:
        level = person.child.disability if requirement.disability else YES
        return [Spell(level, ALWAYS)] if requirement.ages == ANY_AGE else _of_age(requirement.ages, person.child, level, True)
    if requirement.kind == "self" and answers.myself is not None:
        return _of_age(requirement.ages, answers.myself, YES, person.speaks)
    return [Spell(find(requirement, answers, today).result, ALWAYS)]


def _of_age(ages: Ages, person: Child, level: Ternary, own: bool) -> list[Spell]:
    """Return the windows of an age condition; up to the end of the last check-up the next may be ahead (要確認)."""
    if person.born is None:
        return [Spell(min(level, OPEN), ALWAYS)]
    windows = windows_of(ages, person.born)
    if not ages.at:
        return [Spell(level, w, own) for w in windows]
    last = max(w.ends.latest for w in windows)
    return [Spell(min(level, OPEN), Window(ALWAYS.begins, Span(last, last))), *(Spell(level, w, own) for w in windows)]


def windows_of(ages: Ages, born: Span) -> tuple[Window, ...]:
    """Return the windows of an age condition for someone born on one of these days.

    Later births come to every limit later, so the first and the last birth bound each edge.
    """
    early, late = ages.windows(born.earliest), ages.windows(born.latest)
    return joined([Window(Span(a, b), Span(c, d), ((point, Span(a, b), Span(c, d)),) if point else ())
                   for point, (a, c), (b, d) in zip(ages.at or ("",), early, late, strict=True)])


def joined(windows: Sequence[Window]) -> tuple[Window, ...]:
    """Join windows that overlap or follow each other without a gap, for every birth date."""
    out: list[Window] = []
    for window in sorted(windows, key=lambda w: (w.begins.earliest, w.begins.latest)):
        if out and _follows(out[-1], window):
            before = out.pop()
            window = Window(before.begins,
                            Span(max(before.ends.earliest, window.ends.earliest), max(before.ends.latest, window.ends.latest)),
                            before.points + window.points)
        out.append(window)
    return tuple(out)


def _follows(before: Window, after: Window) -> bool:
    return (after.begins.earliest.toordinal() <= before.ends.earliest.toordinal() + 1
            and after.begins.latest.toordinal() <= before.ends.latest.toordinal() + 1)
