"""The one date that a card names: an end within half a year, or a beginning within one."""

from __future__ import annotations

from datetime import date

from finder.answers import Answers, with_young_speaker
from finder.births import DAY, attained_on
from finder.eligibility import Assessment, assess
from finder.ternary import NO, YES, Ternary
from finder.timeline.lines import BEGINS, ENDS, Entry
from finder.timeline.windows import Window, courses, people

CLOSING, OPENING = 6, 12  # months


def soon(assessment: Assessment, answers: Answers, today: date) -> Entry | None:
    """Return when a program that fits ends for the last child, or begins for the first; None when that is far.

    A program that does not fit has a beginning only when age alone stands in the way.
    """
    household = with_young_speaker(answers, today)
    if assessment.result == NO:
        way = assessment.in_the_way
        return _begins(assessment, household, today) if way and way.requirement.kind in ("child", "self") else None
    later = attained_on(today, CLOSING) + DAY
    if assess(assessment.program, household, later).result >= assessment.result:
        return None
    here = [w for w in _windows(assessment, household, today, assessment.result) if w.standing(today) != NO]
    last = max(here, key=lambda w: w.ends.latest, default=None)
    if last is None or last.ends.earliest >= later:
        return None
    return Entry(assessment.program, ENDS, last.begins, last.ends)


def _begins(assessment: Assessment, household: Answers, today: date) -> Entry | None:
    ahead = [w for w in _windows(assessment, household, today, YES) if w.begins.earliest > today]
    first = min(ahead, key=lambda w: w.begins.earliest, default=None)
    if first is None or first.begins.latest > attained_on(today, OPENING) + DAY:
        return None
    return Entry(assessment.program, BEGINS, first.begins, first.ends)


def _windows(assessment: Assessment, household: Answers, today: date, level: Ternary) -> list[Window]:
    return [w for person in people(household) for course in courses((assessment.program,), person, household, today)
            for w in course.own(level)]
