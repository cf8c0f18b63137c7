"""One line per person: what is open now, what begins and ends within a year, what comes later, what is past."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from finder.answers import Answers, Child
from finder.births import DAY, GRADES, Span, attained_on, grade_begins
from finder.catalog import Catalog, Program
from finder.eligibility import disability_of, find
from finder.ranking import KIND_WORTH
from finder.ternary import OPEN, YES, all_of
from finder.timeline.windows import Course, Person, Window, courses, people

BEGINS, ENDS, IS_OPEN = "begins", "ends", "open"
CHILD, SPEAKER, PREGNANCY = "child", "self", "pregnancy"
ASKED_FOR, CHECK_UP = 1.0, 2.0      # worth of a stated need and of a check-up, beside ranking.KIND_WORTH
SCHOOL_ENDS = "18歳年度末"  # the stage after the last school year
LOOK_AHEAD = 20           # years that a line reaches
ONE_MONTH = 31            # days: a date known to a month stands at that month
MANY_MONTHS = 24          # from here people count in years
FIRST_DAYS = 100          # days of life that have a number of their own: 「生後57日」
FIRST_YEARS = 19          # months after a birth that a pregnancy looks ahead


@dataclass(frozen=True, slots=True)
class Entry:
    """A date of a program: it `begins`, it `ends`, or it is `open`.

    `sure` while only age decides; `then_ask` when the counter may still say yes after the end.
    `point` names the check-up.
    """

    program: Program
    what: str
    begins: Span
    ends: Span
    sure: bool = True
    then_ask: bool = False
    point: str = ""

    @property
    def day(self) -> Span:
        """Return the day that is written: the first of what begins, else the last."""
        return self.begins if self.what == BEGINS else self.ends

    @property
    def turns(self) -> Span:
        """Return the first day on which it is different: the day after an end."""
        return self.begins if self.what == BEGINS else Span(self.ends.earliest + DAY, self.ends.latest + DAY)

    @property
    def endless(self) -> bool:
        """Tell whether no age ends it."""
        return self.ends.latest == date.max


@dataclass(frozen=True, slots=True)
class Group:
    """All that begins on the same day, or ends on the same day, the most helpful first."""

    what: str
    day: Span
    turns: Span
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A month on the line (or a span of them, while the birth date is one), with what changes then.

    `stages` are what the child comes to: 「1歳6か月」, 「小1」.
    """

    turns: Span
    stages: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What comes for one person.

    `next` are the months of the year that follows, or the first month in which anything changes;
    `asks` are programs of which the counter or a further answer decides.
    """

    kind: str
    place: int | None
    child: Child
    now: tuple[Entry, ...]
    next: tuple[Node, ...]
    later: tuple[Node, ...]
    past: tuple[Entry, ...]
    asks: tuple[Entry, ...]


def timetable(catalog: Catalog, answers: Answers, on: date) -> tuple[Line, ...]:
    """Return a line for the pregnancy and for each person whose age is known, as seen on a day.

    Conditions other than age are as the answers have them: what they exclude is left out, what
    they leave open stands under `asks`.
    """
    programs = [p for p in catalog.programs if p.for_residents]
    lines = [_line(courses(programs, person, answers, on), person, answers, on) for person in people(answers)]
    return (*((_pregnancy(programs, answers, on),) if answers.pregnant == YES else ()), *lines)


def _line(found: Sequence[Course], person: Person, answers: Answers, on: date) -> Line:
    entries = [e for course in found for e in _entries(course, on)]
    changes = [e for e in entries if e.sure and e.what != IS_OPEN]
    born = person.child.born
    assert born
    year, horizon = attained_on(on, 12) + DAY, attained_on(on, LOOK_AHEAD * 12) + DAY
    nodes = _nodes([e for e in changes if e.day.latest >= on and e.turns.earliest <= horizon], born, answers)
    near = [n for n in nodes if n.turns.earliest <= year] or list(nodes[:1])
    return Line(
        CHILD if person.place is not None else SPEAKER, person.place, person.child,
        now=_ordered((e for e in entries if e.sure and e.what == IS_OPEN), answers),
        next=tuple(near), later=nodes[len(near):],
        past=tuple(sorted((e for e in changes if e.what == ENDS and e.day.latest < on),
                          key=lambda e: (-e.day.latest.toordinal(), e.program.id))),
        asks=_ordered((e for e in entries if not e.sure and e.begins.earliest <= year), answers))


# --- the dates of one program -----------------------------------------------------------------------

def _entries(course: Course, on: date) -> Iterable[Entry]:
    """Return a course's dates; nothing where the program is open whatever the age."""
    if course.beside == YES:
        return
    sure, possible = course.own(YES), course.own(OPEN)
    for window in sure:
        yield from _dates(course, window, on, _goes_on(course, window, possible))
    for window in possible:
        if not any(_inside(w, window) and w.ends.latest >= on for w in sure) and window.ends.latest >= on:
            ahead = window.begins.latest > on
            yield Entry(course.program, BEGINS if ahead else IS_OPEN, window.begins, window.ends, sure=False)


def _dates(course: Course, window: Window, on: date, then_ask: bool) -> Iterable[Entry]:
    entry = Entry(course.program, ENDS, window.begins, window.ends, then_ask=then_ask)
    for point, begins, ends in window.points:
        what = BEGINS if begins.latest > on else IS_OPEN if ends.earliest >= on else ENDS
        yield replace(entry, what=what, begins=begins, ends=ends, point=point)
    if window.points:
        return
    if window.begins.latest > on:
        yield replace(entry, what=BEGINS)
    elif window.ends.earliest >= on:
        yield replace(entry, what=IS_OPEN)
    if not entry.endless:
        yield entry


def _goes_on(course: Course, window: Window, possible: Sequence[Window]) -> bool:
    return course.beside == OPEN or any(_inside(window, p) and p.ends.latest > window.ends.latest for p in possible)


def _inside(inner: Window, outer: Window) -> bool:
    return outer.begins.earliest <= inner.begins.earliest and inner.ends.latest <= outer.ends.latest


# --- months on a line ---------------------------------------------------------------------------------

def two_aprils(turns: Span) -> bool:
    """Tell whether it is one of two 1 Aprils: then a school year is all that the birth date leaves open."""
    first, last = turns.earliest, turns.latest
    return (first.month, first.day, last.month, last.day) == (4, 1, 4, 1) and last.year == first.year + 1


def known_to_a_month(turns: Span) -> bool:
    """Tell whether a date is known well enough to stand in a calendar."""
    return (turns.latest - turns.earliest).days <= ONE_MONTH


def time_left(on: date, day: date) -> tuple[int, str]:
    """Return how long it is until a day, as people say it: (9, "days"), (3, "months"), (6, "years")."""
    months = (day.year - on.year) * 12 + day.month - on.month - (day.day < on.day)
    if months < 1:
        return (day - on).days, "days"
    return (months, "months") if months < MANY_MONTHS else (months // 12, "years")


def _nodes(entries: Sequence[Entry], born: Span, answers: Answers) -> tuple[Node, ...]:
    months: dict[tuple[int, ...], list[Entry]] = {}
    for entry in entries:
        months.setdefault(_months(entry.turns), []).append(entry)
    made = [_node(together, born, answers) for together in months.values()]
    return tuple(sorted(made, key=lambda n: (n.turns.earliest, n.turns.latest)))


def _months(turns: Span) -> tuple[int, ...]:
    first, last = turns.earliest, turns.latest
    if known_to_a_month(turns):
        return last.year, last.month
    return first.year, first.month, last.year, last.month


def _node(together: Sequence[Entry], born: Span, answers: Answers) -> Node:
    same: dict[tuple[date, date, str], list[Entry]] = {}
    for entry in together:
        same.setdefault((entry.turns.earliest, entry.turns.latest, entry.what), []).append(entry)
    groups = tuple(Group(key[2], found[0].day, found[0].turns, _ordered(found, answers)) for key, found in sorted(
        same.items(), key=lambda pair: pair[0]))
    turns = Span(groups[0].turns.earliest, max(g.turns.latest for g in groups))
    stages = dict.fromkeys(stage(born, t) for t in dict.fromkeys(g.turns for g in groups))
    return Node(turns, tuple(s for s in stages if s), groups)


def stage(born: Span, turns: Span) -> str:
    """Return what a child comes to when something changes: a 学年, the end of the last one, or an age; else "".

    It must be so for the first and for the last birth date that is possible.
    """
    either = _stages(born.latest, turns.latest)
    return next((s for s in _stages(born.earliest, turns.earliest) if s in either), "")


def _stages(born: date, day: date) -> tuple[str, ...]:
    found = []
    if (day.month, day.day) == (4, 1):
        year = day.year - grade_begins(born, GRADES[0]).year
        found = [(*GRADES, SCHOOL_ENDS)[year]] if 0 <= year <= len(GRADES) else []
    months = (day.year - born.year) * 12 + day.month - born.month
    for reached in (months, months + 1):
        if reached > 0 and attained_on(born, reached) in (day - DAY, day):
            years, rest = divmod(reached, 12)
            found.append((f"{years}歳" if years else "") + (f"{rest}か月" if rest else ""))
    days = (day - born).days
    return (*found, *((f"生後{days}日",) if 0 < days < FIRST_DAYS else ()))


def _ordered(entries: Iterable[Entry], answers: Answers) -> tuple[Entry, ...]:
    """Order entries by how much they help: check-ups, what was asked for, money, services; ties by date and id."""
    return tuple(sorted(entries, key=lambda e: (-worth(e, answers), e.day.earliest, e.program.id)))


def worth(entry: Entry, answers: Answers) -> float:
    """Return how much an entry helps a household."""
    asked = ASKED_FOR if not set(answers.needs).isdisjoint(entry.program.needs) else 0.0
    return KIND_WORTH[entry.program.kind] + asked + (CHECK_UP if entry.point else 0.0)


# --- before a birth -----------------------------------------------------------------------------------

def _pregnancy(programs: Sequence[Program], answers: Answers, on: date) -> Line:
    """Return what is for the time until the birth, and what comes with it, as if the child were born today.

    The due date is not asked: the days of what comes after a birth stand for ages, never for dates.
    """
    while_pregnant = [e for p in programs if (e := _while_pregnant(p, answers, on))]
    child = replace(Child(Span(on, on)), disability=disability_of(Child(), answers))
    ahead = any(c.born and c.born.latest > on for c in answers.children or ())
    after = [] if ahead else courses(programs, Person(len(answers.children or ()), child), answers, on)
    line = _line(after, Person(None, child), answers, on - DAY)
    until = attained_on(on, FIRST_YEARS)
    born = Span(on, on)
    entries = [e for n in (*line.next, *line.later) for g in n.groups for e in g.entries
               if e.what == BEGINS and e.begins.latest < until]
    return Line(PREGNANCY, None, Child(), now=_ordered((e for e in while_pregnant if e.sure), answers),
                next=_nodes(entries, born, answers), later=(), past=(),
                asks=_ordered((e for e in while_pregnant if not e.sure), answers))


def _while_pregnant(program: Program, answers: Answers, on: date) -> Entry | None:
    """Return the entry of a program that the pregnancy opens, sure or to be asked."""
    results = [all_of([find(r, answers, on).result for r in a.requirements]) for a in program.alternatives
               if any(r.fact == "pregnant" and r.wanted for r in a.requirements)]
    best = max(results, default=None)
    if not best:
        return None
    return Entry(program, IS_OPEN, Span(on, on), Span(date.max, date.max), sure=best == YES)
