"""The one date that a card names: an end within half a year, or a beginning within one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finder.answers import Answers, with_young_speaker
from finder.births import ANY_AGE, DAY, attained_on
from finder.eligibility import Assessment, Finding, assess, find
from finder.ternary import NO, YES, Ternary
from finder.timeline.lines import BEGINS, ENDS, Entry
from finder.timeline.windows import Person, Spell, Window, courses, people

CLOSING, OPENING = 6, 12  # months

_Asked = list[tuple[Person, dict[int, list[Spell]]]]      # everyone, with what was found of their requirements


def soon(assessments: Iterable[Assessment], answers: Answers, today: date) -> list[Entry | None]:
    """Return when each program ends for the last child, if it fits, or begins for the first; None when that is far.

    A program that does not fit has a beginning only when age alone stands in the way.
    """
    household = with_young_speaker(answers, today)
    half, year = attained_on(today, CLOSING) + DAY, attained_on(today, OPENING) + DAY
    then: dict[int, Finding] = {}
    asked: _Asked = [(person, {}) for person in people(household)]
    return [_begins(a, household, today, year, asked) if a.result == NO else _ends(a, household, today, half, then, asked) for a in assessments]


def _ends(assessment: Assessment, household: Answers, today: date, half: date, then: dict[int, Finding], asked: _Asked) -> Entry | None:
    if not _worsens(assessment, household, half, then) or (
            assess(assessment.program, household, half, then).result >= assessment.result):
        return None
    here = [w for w in _windows(assessment, household, today, assessment.result, asked) if w.standing(today) != NO]
    last = max(here, key=lambda w: w.ends.latest, default=None)
    if last is None or last.ends.earliest >= half:
        return None
    return Entry(assessment.program, ENDS, last.begins, last.ends)


def _worsens(assessment: Assessment, household: Answers, half: date, then: dict[int, Finding]) -> bool:
    """Tell whether anything that an age decides will be found less well than now: else no program ends."""
    for findings in (assessment.findings, *assessment.others):
        for now in findings:
            if now.result != NO and now.requirement.ages != ANY_AGE:
                if (later := then.get(id(now.requirement))) is None:
                    later = then[id(now.requirement)] = find(now.requirement, household, half)
                if later.result < now.result:
                    return True
    return False


def _begins(assessment: Assessment, household: Answers, today: date, year: date, asked: _Asked) -> Entry | None:
    way = assessment.in_the_way
    if way is None or way.requirement.kind not in ("child", "self"):
        return None
    ahead = [w for w in _windows(assessment, household, today, YES, asked) if w.begins.earliest > today and w.begins.latest <= year]
    first = min(ahead, key=lambda w: w.begins.earliest, default=None)
    return Entry(assessment.program, BEGINS, first.begins, first.ends) if first else None


def _windows(assessment: Assessment, household: Answers, today: date, level: Ternary, asked: _Asked) -> list[Window]:
    return [w for person, spells in asked for course in courses((assessment.program,), person, household, today, spells)
            for w in course.own(level)]
