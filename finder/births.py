"""A birth date known as a span of days, and the limits that Japanese law puts on ages.

Whatever someone says of an age (a date, "3歳", "小2", "2022年生まれ") allows a span of
birth dates.  Every limit of a program is asked of the whole span: true for every day,
for none, or for some.  Sources: 年齢計算ニ関スル法律, 民法143条, 学校教育法17条,
学校教育法施行規則59条.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import NamedTuple

from finder.ternary import NO, OPEN, YES, Ternary

GRADES = ("年少", "年中", "年長", "小1", "小2", "小3", "小4", "小5", "小6",
          "中1", "中2", "中3", "高1", "高2", "高3")
_FIRST_PRIMARY = GRADES.index("小1")
EARLIEST_BIRTH = date(1900, 1, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days, first and last included, on which someone may have been born."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("a span ends before it begins")

    def overlap(self, other: Span) -> Span | None:
        """Return the days in both spans, or None when there are none."""
        earliest, latest = max(self.earliest, other.earliest), min(self.latest, other.latest)
        return Span(earliest, latest) if earliest <= latest else None

    def within(self, other: Span) -> bool:
        """Tell whether every day of this span lies in the other."""
        return other.earliest <= self.earliest and self.latest <= other.latest

    @property
    def exact(self) -> bool:
        """Tell whether the birth date itself is known."""
        return self.earliest == self.latest


# --- ages as the law counts them ---------------------------------------------------------

def attained_on(born: date, months: int) -> date:
    """Return the day at whose end the age of `months` is reached: the day before the birthday.

    Where the month has no such day (29 February, the 31st), the period ends with the last
    day of that month (民法143条2項).
    """
    years, month = divmod(born.month - 1 + months, 12)
    year, month = born.year + years, month + 1
    if born.day > 28 and born.day > (last := monthrange(year, month)[1]):
        return date(year, month, last)
    return date(year, month, born.day) - DAY


def fiscal_year(day: date) -> int:
    """Return the 年度 of a day: it begins on 1 April."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def fiscal_year_end_after(born: date, years: int) -> date:
    """Return 「years歳に達する日以後の最初の3月31日」."""
    reached = attained_on(born, years * 12)
    return date(fiscal_year(reached) + 1, 3, 31)


def school_entry(born: date) -> date:
    """Return the 1 April on which primary school begins (学校教育法17条1項)."""
    return fiscal_year_end_after(born, 6) + DAY


def grade_begins(born: date, grade: str) -> date:
    """Return the 1 April on which the 学年 begins for someone born that day."""
    entry = school_entry(born)
    return entry.replace(year=entry.year + GRADES.index(grade) - _FIRST_PRIMARY)


# --- limits: "18歳年度末", "小1", "1歳6か月" ----------------------------------------------------

_AGE = re.compile(r"(?:(\d{1,3})歳)?(?:(\d{1,2})か月)?")
_FISCAL = re.compile(r"(\d{1,3})歳年度末")
_DAYS = re.compile(r"生後(\d{1,3})日")
_AFTER_BIRTH = re.compile(r"産後(?:(\d)年|(\d{1,2})か月)")


@lru_cache(maxsize=1024)
def _age_months(text: str) -> int | None:
    match = _AGE.fullmatch(text)
    if not match or not text:
        return None
    return int(match[1] or 0) * 12 + int(match[2] or 0)


def known_limit(text: str) -> bool:
    """Tell whether `text` names a point in a life that `begins` understands."""
    return (text in GRADES or text in ("就学", "中学校卒業後", "就学前")
            or _age_months(text) is not None
            or any(p.fullmatch(text) for p in (_FISCAL, _DAYS, _AFTER_BIRTH)))


def known_point(text: str) -> bool:
    """Tell whether `text` is an age that a check-up can be held at: 「4か月」「1歳6か月」."""
    return bool(_age_months(text))


def begins(born: date, limit: str) -> date:
    """Return the first day on which someone has come to the limit.

    `limit` is an age ("3歳", "1歳6か月", "生後57日"), a 学年 ("小1"), "就学",
    "中学校卒業後", or a time since the birth ("産後1年": a period, not an age, so it is
    full on the same day a year later, 民法140条).  Raises ValueError for anything else.
    """
    if (months := _age_months(limit)) is not None:
        return attained_on(born, months) if months else born
    if match := _DAYS.fullmatch(limit):
        return born + int(match[1]) * DAY
    if match := _AFTER_BIRTH.fullmatch(limit):
        return attained_on(born, int(match[1] or 0) * 12 + int(match[2] or 0)) + DAY
    if limit in GRADES:
        return grade_begins(born, limit)
    if limit == "就学":
        return school_entry(born)
    if limit == "中学校卒業後":
        return grade_begins(born, "高1")
    raise ValueError(f"not a limit that begins: {limit}")


def ends(born: date, limit: str) -> date:
    """Return the last day that still lies within "until limit".

    "until 12歳" holds up to the day at whose end 13 is reached (the day before the birthday),
    "until 小6" to the end of that school year, "until 就学前" to the day before school,
    "until 18歳年度末" to 31 March.
    """
    if (months := _age_months(limit)) is not None:
        whole_years = months % 12 == 0 and "か月" not in limit
        return attained_on(born, months + (12 if whole_years else 1))
    if match := _FISCAL.fullmatch(limit):
        return fiscal_year_end_after(born, int(match[1]))
    if limit == "就学前":
        return school_entry(born) - DAY
    if limit in GRADES:
        start = grade_begins(born, limit)
        return start.replace(year=start.year + 1) - DAY
    if match := _DAYS.fullmatch(limit):
        return born + int(match[1]) * DAY
    raise ValueError(f"not a limit that ends: {limit}")


def point_ends(born: date, limit: str) -> date:
    """Return the last day of a check-up at a point: 「4か月児」「1歳6か月児」「3歳児」.

    1歳6か月児 and 3歳児 end when 2歳 and 4歳 are reached (母子保健法12条1項); a point in
    months ends when the next month of age is reached.
    """
    months = _age_months(limit)
    if months is None:
        raise ValueError(f"not a point: {limit}")
    after = (months // 12 + 1) * 12 if "歳" in limit else months + 1
    return attained_on(born, after)


class Ages(NamedTuple):
    """An age condition: from (inclusive), until (inclusive), under (exclusive), or points.

    A named tuple, because it is looked up by its value for every requirement of every turn.
    """

    start: str | None = None
    until: str | None = None
    under: str | None = None
    at: tuple[str, ...] = ()

    def windows(self, born: date) -> tuple[tuple[date, date], ...]:
        """Return the first and the last day of each time in which someone born that day meets the condition.

        Without an end the last is `date.max`; where no day meets it, the first comes after the last.
        """
        if self.at:
            return tuple((begins(born, p), point_ends(born, p)) for p in self.at)
        lasts = [ends(born, self.until)] if self.until else []
        lasts += [begins(born, self.under) - DAY] if self.under else []
        return ((begins(born, self.start) if self.start else born, min(lasts, default=date.max)),)


ANY_AGE = Ages()


def _first_day(true_of: Callable[[date], bool], today: date) -> date:
    """Return the earliest birth date for which `true_of` holds, where it holds for all later."""
    low, high = EARLIEST_BIRTH.toordinal(), today.toordinal() + 1
    while low < high:
        middle = (low + high) // 2
        if true_of(date.fromordinal(middle)):
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(low)


def _point_ahead(born: date, point: str, today: date) -> bool:
    return point_ends(born, point) >= today


@lru_cache(maxsize=8192)
def births_that_meet(ages: Ages, today: date) -> tuple[Span, ...]:
    """Return the spans of birth dates for which the age condition holds today.

    Later births come to every limit later, so one search for each edge is enough.
    """
    def span(come_to: str | None, still_in: Callable[[date], bool]) -> Span | None:
        earliest = _first_day(still_in, today)
        too_young = _first_day(lambda b: come_to is not None and begins(b, come_to) > today, today)
        latest = min(too_young - DAY, today)
        return Span(earliest, latest) if earliest <= latest else None

    if ages.at:
        spans = [span(p, partial(_point_ahead, point=p, today=today)) for p in ages.at]
    else:
        spans = [span(ages.start, lambda b: (
            (ages.until is None or ends(b, ages.until) >= today)
            and (ages.under is None or begins(b, ages.under) > today)))]
    return _joined(sorted((s for s in spans if s), key=lambda s: s.earliest))


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or follow each other without a gap."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.earliest <= joined[-1].latest + DAY:
            span = Span(joined[-1].earliest, max(joined.pop().latest, span.latest))
        joined.append(span)
    return tuple(joined)


def age_standing(born: Span, ages: Ages, today: date) -> Ternary:
    """Ask an age condition of every day on which someone may have been born.

    Between two check-ups the next one is still ahead: that is open, never a no.
    """
    earliest, latest = born.earliest, born.latest
    for span in births_that_meet(ages, today):       # no two of them touch
        if earliest <= span.latest and span.earliest <= latest:
            return YES if span.earliest <= earliest and latest <= span.latest else OPEN
    if ages.at and any(_point_ahead(latest, point, today) for point in ages.at):
        return OPEN
    return NO


# --- what people say of an age -----------------------------------------------------------------

def _whole_years_before(day: date, months: int) -> date:
    """Return the same day `months` earlier, or the last day of that month."""
    years, month = divmod(day.month - 1 - months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def span_of_age(months: int, today: date, width: int = 12) -> Span:
    """Return the births of someone who says they are `months` old, known to `width` months.

    People count an age from the birthday itself: 3歳 on 2026-11-22 is 2022-11-23 … 2023-11-22.
    """
    latest = _whole_years_before(today, months)
    return Span(_whole_years_before(today, months + width) + DAY, latest)


def span_of_grade(grade: str, today: date) -> Span:
    """Return the births of someone in that 学年 today: 2 April to 1 April."""
    entry = fiscal_year(today) - (GRADES.index(grade) - _FIRST_PRIMARY)
    return Span(date(entry - 7, 4, 2), date(entry - 6, 4, 1))


def span_of_month(year: int, month: int) -> Span:
    """Return all days of a birth month."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def span_of_year(year: int) -> Span:
    """Return all days of a birth year."""
    return Span(date(year, 1, 1), date(year, 12, 31))
