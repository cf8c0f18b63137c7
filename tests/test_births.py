"""births.py against the law, read here a second time and day by day.

`Life` walks through someone's days one at a time and does nothing but what the statutes say;
it shares no arithmetic with `finder.births`.  年齢計算ニ関スル法律, 民法143条, 学校教育法17条,
学校教育法施行規則59条, 母子保健法12条1項.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import pytest
from hypothesis import assume, example, given, settings, strategies as st

from finder import births
from finder.births import (
    GRADES,
    Ages,
    Span,
    age_standing,
    begins,
    births_that_meet,
    ends,
    span_of_age,
    span_of_grade,
    span_of_month,
    span_of_year,
)
from finder.ternary import NO, OPEN, YES, Ternary

DAY = timedelta(days=1)


def d(text: str) -> date:
    return date.fromisoformat(text)


def days(text: str) -> Span:
    first, _, last = text.partition("…")
    return Span(d(first), d(last or first))


def holds(ages: Ages, born: date, today: date) -> bool:
    """Tell whether the condition's own days hold this one."""
    return any(first <= today <= last for first, last in ages.windows(born))


# --- the law, day by day -------------------------------------------------------------------------

class Life:
    """The days of someone born on a day, walked one by one."""

    def __init__(self, born: date) -> None:
        self.born = born
        self._reached: dict[int, date] = {}
        self._day, self._months = born, 0

    def reached(self, months: int) -> date:
        """The day at whose end that many months of life are complete.

        A period counted from its first day ends the day before the corresponding day; where
        the last month has no corresponding day, with that month (民法143条2項).
        """
        while months not in self._reached:
            tomorrow = self._day + DAY
            eve_of_corresponding_day = tomorrow.day == self.born.day
            month_without_that_day = tomorrow.day == 1 and self.born.day > self._day.day
            if eve_of_corresponding_day or month_without_that_day:
                self._months += 1
                self._reached[self._months] = self._day
            self._day = tomorrow
        return self._reached[months]

    def years_reached(self, years: int) -> date:
        return self.reached(years * 12)

    def school_year(self, number: int) -> tuple[date, date]:
        """First and last day of the nth year since primary school began; 0 is the year before."""
        day = self.years_reached(6) + DAY            # 達した日の翌日
        while (day.month, day.day) != (4, 1):        # 以後における最初の学年の初め
            day += DAY
        first = date(day.year + number - 1, 4, 1)    # 学年は4月1日に始まり
        last = first
        while (last.month, last.day) != (3, 31):     # 翌年3月31日に終わる
            last += DAY
        return first, last

    def fiscal_year_end_after(self, years: int) -> date:
        """「years歳に達する日以後の最初の3月31日」: the day itself counts."""
        day = self.years_reached(years)
        while (day.month, day.day) != (3, 31):
            day += DAY
        return day


life = lru_cache(maxsize=None)(Life)
YEAR_OF_GRADE = {"年少": -2, "年中": -1, "年長": 0, "小1": 1, "小2": 2, "小3": 3, "小4": 4, "小5": 5,
                 "小6": 6, "中1": 7, "中2": 8, "中3": 9, "高1": 10, "高2": 11, "高3": 12}
# A limit, and its age in months.
AGES = {"0か月": 0, "1か月": 1, "3か月": 3, "6か月": 6, "1歳": 12, "1歳6か月": 18, "2歳": 24, "3歳": 36,
        "6歳": 72, "10歳": 120, "15歳": 180, "18歳": 216, "20歳": 240, "39歳": 468, "40歳": 480}
FISCAL_ENDS = {"15歳年度末": 15, "18歳年度末": 18, "22歳年度末": 22}
STARTS = [*AGES, *YEAR_OF_GRADE, "就学", "中学校卒業後", "生後57日"]
UNTILS = [*(a for a in AGES if a != "0か月"), *YEAR_OF_GRADE, *FISCAL_ENDS, "就学前"]
UNDERS = [*(a for a in AGES if a != "0か月"), *YEAR_OF_GRADE, "就学", "産後1年", "産後6か月"]
POINTS = {"4か月": (4, 5), "10か月": (10, 11), "1歳": (12, 24), "1歳6か月": (18, 24), "3歳": (36, 48)}


def law_comes(born: date, limit: str) -> date:
    """The day on which someone has come to a limit: 達する日, or the first day of school."""
    if limit in AGES:
        return life(born).reached(AGES[limit]) if AGES[limit] else born
    if limit in YEAR_OF_GRADE:
        return life(born).school_year(YEAR_OF_GRADE[limit])[0]
    return {"就学": lambda: life(born).school_year(1)[0],
            "中学校卒業後": lambda: life(born).school_year(9)[1] + DAY,
            "生後57日": lambda: born + 57 * DAY}[limit]()


def law_leaves(born: date, limit: str) -> date:
    """The last day of 「…まで」: an age lasts to the day at whose end the next one is reached."""
    if limit in AGES:
        whole_years = "か月" not in limit
        return life(born).reached(AGES[limit] + (12 if whole_years else 1))
    if limit in YEAR_OF_GRADE:
        return life(born).school_year(YEAR_OF_GRADE[limit])[1]
    if limit in FISCAL_ENDS:
        return life(born).fiscal_year_end_after(FISCAL_ENDS[limit])
    assert limit == "就学前"
    return life(born).school_year(1)[0] - DAY


def law_last_under(born: date, limit: str) -> date:
    """The last day of 「…未満」: the day before 達する日 (「3歳の誕生日の前々日まで」).

    「産後1年未満」 is a time since the birth and no age: up to the eve of the first birthday.
    """
    months = {"産後1年": 12, "産後6か月": 6}.get(limit)
    return life(born).reached(months) if months else law_comes(born, limit) - DAY


def law_holds(ages: Ages, born: date, today: date) -> bool:
    """The age condition of one birth date, asked of the law."""
    if today < born:
        return False
    if ages.at:
        return any(life(born).reached(POINTS[p][0]) <= today <= life(born).reached(POINTS[p][1])
                   for p in ages.at)
    return ((ages.start is None or law_comes(born, ages.start) <= today)
            and (ages.until is None or today <= law_leaves(born, ages.until))
            and (ages.under is None or today <= law_last_under(born, ages.under)))


def months_by_end_of(day: date, born: date) -> int:
    """How many months of life are complete when a day ends, counted on the calendar."""
    tomorrow = day + DAY
    return ((tomorrow.year - born.year) * 12 + tomorrow.month - born.month
            - (tomorrow.day < born.day))


# --- days on which mistakes are made -------------------------------------------------------------

EDGES = [(1, 1), (1, 31), (2, 28), (2, 29), (3, 1), (3, 30), (3, 31), (4, 1), (4, 2), (4, 30),
         (5, 31), (8, 31), (9, 30), (12, 31)]


@st.composite
def edge_days(draw: st.DrawFn, first: int, last: int) -> date:
    year = draw(st.integers(first, last))
    month, day = draw(st.sampled_from(EDGES))
    return date(year, month, min(day, monthrange(year, month)[1]))


def any_days(first: int, last: int) -> st.SearchStrategy[date]:
    return st.one_of(edge_days(first, last),
                     st.dates(date(first, 1, 1), date(last, 12, 31)))


BIRTHS = any_days(2000, 2030)


@st.composite
def age_conditions(draw: st.DrawFn) -> Ages:
    if draw(st.integers(0, 3)) == 0:
        chosen = draw(st.lists(st.sampled_from(list(POINTS)), min_size=1, max_size=4, unique=True))
        return Ages(at=tuple(p for p in POINTS if p in chosen))
    start = draw(st.none() | st.sampled_from(STARTS))
    until, under = draw(st.sampled_from(
        [(None, None), *((u, None) for u in UNTILS), *((None, u) for u in UNDERS)]))
    assume(start or until or under)
    return Ages(start, until, under)


# --- attained ages -------------------------------------------------------------------------------

@pytest.mark.parametrize(("born", "months", "reached"), [
    ("2008-04-01", 18 * 12, "2026-03-31"),
    ("2008-04-02", 18 * 12, "2026-04-01"),
    ("2020-02-29", 12, "2021-02-28"),
    ("2020-02-29", 48, "2024-02-28"),
    ("2020-02-28", 12, "2021-02-27"),
    ("2020-03-01", 12, "2021-02-28"),
    ("2023-03-01", 12, "2024-02-29"),
    ("2025-01-31", 1, "2025-02-28"),
    ("2025-01-31", 2, "2025-03-30"),
    ("2025-01-31", 3, "2025-04-30"),
    ("2025-03-31", 1, "2025-04-30"),
    ("2025-01-01", 12, "2025-12-31"),
    ("2023-11-30", 3, "2024-02-29"),
    ("2023-12-30", 2, "2024-02-29"),
])
def test_an_age_is_reached_at_the_end_of_the_day_before_the_birthday(born, months, reached):
    assert births.attained_on(d(born), months) == d(reached)
    assert life(d(born)).reached(months) == d(reached)


@given(BIRTHS, st.integers(1, 300))
@example(d("2024-02-29"), 12)
@example(d("2025-01-31"), 1)
def test_every_age_is_reached_on_the_day_that_walking_through_the_days_gives(born, months):
    assert births.attained_on(born, months) == life(born).reached(months)


@given(BIRTHS, st.integers(1, 300))
def test_counting_months_on_the_calendar_agrees_with_walking_through_the_days(born, months):
    reached = life(born).reached(months)
    assert months_by_end_of(reached, born) == months
    assert months_by_end_of(reached - DAY, born) == months - 1


# --- when limits begin and end -------------------------------------------------------------------

@pytest.mark.parametrize(("born", "limit", "first"), [
    ("2020-05-10", "3歳", "2023-05-09"),
    ("2020-05-10", "1歳6か月", "2021-11-09"),
    ("2020-05-10", "0か月", "2020-05-10"),
    ("2020-05-10", "6か月", "2020-11-09"),
    ("2024-02-29", "1歳", "2025-02-28"),
    ("2026-01-01", "生後57日", "2026-02-27"),
    ("2020-05-10", "産後1年", "2021-05-10"),
    ("2024-02-29", "産後1年", "2025-03-01"),
    ("2019-04-01", "小1", "2025-04-01"),
    ("2019-04-02", "小1", "2026-04-01"),
    ("2019-04-01", "就学", "2025-04-01"),
    ("2019-04-02", "就学", "2026-04-01"),
    ("2019-04-01", "年少", "2022-04-01"),
    ("2019-04-02", "年少", "2023-04-01"),
    ("2008-04-01", "高1", "2023-04-01"),
    ("2008-04-02", "高1", "2024-04-01"),
    ("2008-04-01", "中学校卒業後", "2023-04-01"),
    ("2008-04-02", "中学校卒業後", "2024-04-01"),
])
def test_a_limit_begins_on_a_day(born, limit, first):
    assert begins(d(born), limit) == d(first)


@pytest.mark.parametrize(("born", "limit", "last"), [
    ("2008-04-01", "18歳年度末", "2026-03-31"),
    ("2008-04-02", "18歳年度末", "2027-03-31"),
    ("2008-03-31", "18歳年度末", "2026-03-31"),
    ("2004-02-29", "18歳年度末", "2022-03-31"),
    ("2002-04-01", "22歳年度末", "2024-03-31"),
    ("2002-04-02", "22歳年度末", "2025-03-31"),
    ("2020-05-10", "3歳", "2024-05-09"),
    ("2020-05-10", "0歳", "2021-05-09"),
    ("2024-02-29", "0歳", "2025-02-28"),
    ("2020-05-10", "6か月", "2020-12-09"),
    ("2020-05-10", "1歳6か月", "2021-12-09"),
    ("2019-04-01", "就学前", "2025-03-31"),
    ("2019-04-02", "就学前", "2026-03-31"),
    ("2019-04-01", "年長", "2025-03-31"),
    ("2019-04-01", "小6", "2031-03-31"),
    ("2019-04-02", "小6", "2032-03-31"),
    ("2010-04-01", "中3", "2025-03-31"),
    ("2010-04-02", "中3", "2026-03-31"),
    ("1986-05-10", "39歳", "2026-05-09"),
])
def test_a_limit_ends_on_a_day(born, limit, last):
    assert ends(d(born), limit) == d(last)


@pytest.mark.parametrize("limit", [s for s in STARTS if s != "0か月"])
@settings(max_examples=15)
@given(BIRTHS)
@example(d("2008-04-01"))
@example(d("2008-04-02"))
@example(d("2004-02-29"))
@example(d("2007-08-31"))
def test_a_limit_begins_when_the_law_says_so(limit, born):
    assert begins(born, limit) == law_comes(born, limit)


@pytest.mark.parametrize("limit", UNTILS)
@settings(max_examples=15)
@given(BIRTHS)
@example(d("2008-04-01"))
@example(d("2008-04-02"))
@example(d("2004-02-29"))
@example(d("2007-08-31"))
def test_a_limit_ends_when_the_law_says_so(limit, born):
    assert ends(born, limit) == law_leaves(born, limit)


@given(st.sampled_from(UNDERS), BIRTHS)
@example("20歳", d("2006-11-23"))
@example("産後1年", d("2024-02-29"))
@example("小1", d("2019-04-01"))
def test_under_a_limit_holds_to_the_day_that_the_law_says(limit, born):
    last = law_last_under(born, limit)
    assert holds(Ages(under=limit), born, last)
    assert not holds(Ages(under=limit), born, last + DAY)


@pytest.mark.parametrize(("condition", "last_day"), [
    (Ages(under="18歳"), "2026-03-30"),
    (Ages(until="18歳年度末"), "2026-03-31"),
    (Ages(until="18歳"), "2027-03-31"),
])
def test_three_different_limits_at_eighteen_for_a_birth_on_1_april_2008(condition, last_day):
    born, last = d("2008-04-01"), d(last_day)
    assert holds(condition, born, last)
    assert not holds(condition, born, last + DAY)


@pytest.mark.parametrize(("condition", "last_day"), [
    (Ages(under="18歳"), "2026-03-31"),
    (Ages(until="18歳年度末"), "2027-03-31"),
    (Ages(until="18歳"), "2027-04-01"),
])
def test_three_different_limits_at_eighteen_for_a_birth_on_2_april_2008(condition, last_day):
    born, last = d("2008-04-02"), d(last_day)
    assert holds(condition, born, last)
    assert not holds(condition, born, last + DAY)


@given(BIRTHS)
def test_under_18_ends_before_18_does_and_the_fiscal_year_end_lies_from_one_to_the_other(born):
    under, fiscal, until = (law_last_under(born, "18歳"), ends(born, "18歳年度末"), ends(born, "18歳"))
    assert under < fiscal <= until
    assert (until - under).days in (366, 367)


@pytest.mark.parametrize("limit", ["", "三歳", "3才", "小7", "高4", "18歳年度", "歳", "か月", "大学生"])
def test_what_is_no_limit_is_not_known_and_raises(limit):
    assert not births.known_limit(limit)
    with pytest.raises(ValueError):
        begins(d("2020-05-10"), limit)
    with pytest.raises(ValueError):
        ends(d("2020-05-10"), limit)
    with pytest.raises(ValueError):
        births.point_ends(d("2020-05-10"), limit)


@pytest.mark.parametrize("limit", [*STARTS, *UNTILS, *UNDERS])
def test_every_limit_that_a_program_may_write_is_known(limit):
    assert births.known_limit(limit)


# --- whole conditions ----------------------------------------------------------------------------

@pytest.mark.parametrize(("condition", "born", "holding"), [
    # 児童手当: to 18歳年度末
    (Ages(until="18歳年度末"), "2008-04-01", "2008-04-01…2026-03-31"),
    # 産後ケア: 産後1年未満
    (Ages(under="産後1年"), "2025-11-22", "2025-11-22…2026-11-21"),
    (Ages(under="産後1年"), "2024-02-29", "2024-02-29…2025-02-28"),
    # 若者相談: 概ね中学校卒業後から39歳
    (Ages(start="中学校卒業後", until="39歳"), "1990-04-01", "2005-04-01…2030-03-31"),
    (Ages(start="中学校卒業後", until="39歳"), "1990-04-02", "2006-04-01…2030-04-01"),
    # 小児・AYA世代: 40歳未満
    (Ages(under="40歳"), "1990-04-02", "1990-04-02…2030-03-31"),
    # 就学前
    (Ages(until="就学前"), "2020-04-01", "2020-04-01…2026-03-31"),
    (Ages(until="就学前"), "2020-04-02", "2020-04-02…2027-03-31"),
    # 子ども医療費: 中学校3年生まで
    (Ages(until="中3"), "2010-04-02", "2010-04-02…2026-03-31"),
    # 放課後児童クラブ: 小学生
    (Ages(start="小1", until="小6"), "2014-04-02", "2021-04-01…2027-03-31"),
    # 重度障害: 小学生以上
    (Ages(start="就学", under="20歳"), "2010-04-01", "2016-04-01…2030-03-30"),
    # check-ups at points
    (Ages(at=("4か月",)), "2026-01-15", "2026-05-14…2026-06-14"),
    (Ages(at=("11か月",)), "2025-06-15", "2026-05-14…2026-06-14"),
    (Ages(at=("12か月",)), "2025-05-15", "2026-05-14…2026-06-14"),
    (Ages(at=("1歳",)), "2025-05-15", "2026-05-14…2027-05-14"),
    (Ages(at=("1歳6か月",)), "2024-05-20", "2025-11-19…2026-05-19"),
    (Ages(at=("3歳",)), "2022-11-23", "2025-11-22…2026-11-22"),
])
def test_a_condition_holds_from_one_day_to_another(condition, born, holding):
    span = days(holding)
    assert holds(condition, d(born), span.earliest)
    assert holds(condition, d(born), span.latest)
    assert not holds(condition, d(born), span.earliest - DAY)
    assert not holds(condition, d(born), span.latest + DAY)


@given(age_conditions(), BIRTHS, st.integers(0, 45 * 366))
def test_a_condition_holds_on_exactly_the_days_that_the_law_says(ages, born, age_in_days):
    today = born + age_in_days * DAY
    assert holds(ages, born, today) == law_holds(ages, born, today)


@settings(max_examples=150)
@given(age_conditions(), any_days(2020, 2035), st.data())
def test_the_births_that_meet_a_condition_are_those_of_which_the_law_says_so(ages, today, data):
    """Asked at both edges of every span, where mistakes are, and anywhere."""
    spans = births_that_meet(ages, today)
    edges = [edge + n * DAY for s in spans for edge in (s.earliest, s.latest) for n in (-1, 0, 1)]
    anywhere = data.draw(st.lists(any_days(today.year - 45, today.year), min_size=3, max_size=3))
    for born in [b for b in (*edges, *anywhere) if b.year >= 1940]:
        inside = any(s.earliest <= born <= s.latest for s in spans)
        assert inside == law_holds(ages, born, today), f"{ages} の {today} に、{born} 生まれ"


@pytest.mark.parametrize("ages", [
    Ages(under="産後1年"), Ages(until="6か月"), Ages(start="生後57日", until="2歳"),
    Ages(at=("4か月", "10か月", "1歳6か月")), Ages(start="6か月", under="1歳6か月"),
])
@pytest.mark.parametrize("today", ["2024-02-29", "2025-02-28", "2026-03-31", "2026-04-01", "2026-05-31"])
def test_every_birth_of_the_last_years_agrees_with_the_law_one_by_one(ages, today):
    day, spans = d(today), births_that_meet(ages, d(today))
    births_of_years = [day - n * DAY for n in range(-2, 3 * 366)]
    by_spans = {b for b in births_of_years if any(s.earliest <= b <= s.latest for s in spans)}
    assert by_spans == {b for b in births_of_years if law_holds(ages, b, day)}


@pytest.mark.parametrize("today", ["2024-04-01", "2024-09-20", "2025-03-31"])
def test_the_birth_years_published_for_fiscal_year_reiwa_6(today):
    """高校生年代 2006-04-02…2009-04-01, 大学生年代 2002-04-02…2006-04-01 (長南町 2024-09-20)."""
    high_school = [span_of_grade(g, d(today)) for g in ("高3", "高2", "高1")]
    assert Span(high_school[0].earliest, high_school[-1].latest) == days("2006-04-02…2009-04-01")
    children = births_that_meet(Ages(until="18歳年度末"), d(today))
    assert [s.earliest for s in children] == [d("2006-04-02")]
    students = births_that_meet(Ages(until="22歳年度末"), d(today))
    assert [s.earliest for s in students] == [d("2002-04-02")]
    assert children[0].earliest - DAY == d("2006-04-01")


# --- conditions asked of a span ------------------------------------------------------------------

def law_standing(born: Span, ages: Ages, today: date) -> Ternary:
    """True for every day: yes; for some: open; for none: no, unless a check-up is still ahead."""
    all_days = [born.earliest + n * DAY for n in range((born.latest - born.earliest).days + 1)]
    held = [law_holds(ages, b, today) for b in all_days]
    if all(held):
        return YES
    if any(held):
        return OPEN
    ahead = ages.at and any(today <= life(b).reached(POINTS[ages.at[-1]][1]) for b in all_days)
    return OPEN if ahead else NO


@pytest.mark.parametrize(("born", "ages", "today", "standing"), [
    ("2023-05-10", Ages(until="3歳"), "2026-11-22", YES),
    ("2022-11-23…2023-11-22", Ages(until="3歳"), "2026-11-22", YES),
    ("2022-11-23…2023-11-22", Ages(start="年少"), "2026-11-22", OPEN),
    ("2023-04-02…2023-11-22", Ages(start="年少"), "2026-11-22", NO),
    ("2008-04-01…2008-04-30", Ages(until="18歳年度末"), "2026-04-01", OPEN),
    ("2008-04-01", Ages(until="18歳年度末"), "2026-04-01", NO),
    ("2008-04-02", Ages(until="18歳年度末"), "2026-04-01", YES),
    # of those who say 19, one has the birthday tomorrow and reaches 20 today
    ("2006-11-23…2007-11-22", Ages(under="20歳"), "2026-11-22", OPEN),
    ("2006-11-24…2007-11-22", Ages(under="20歳"), "2026-11-22", YES),
    ("2005-11-23…2006-11-22", Ages(under="20歳"), "2026-11-22", NO),
    # between two check-ups: the next one is ahead, never a no
    ("2026-04-22", Ages(at=("4か月", "10か月")), "2026-11-22", OPEN),
    ("2026-07-22", Ages(at=("4か月", "10か月")), "2026-11-22", YES),
    ("2025-11-22", Ages(at=("4か月", "10か月")), "2026-11-22", NO),
    # a birth that is still to come
    ("2027-03-01…2027-03-31", Ages(under="1歳"), "2026-11-22", NO),
    ("2026-11-01…2026-11-30", Ages(under="1歳"), "2026-11-22", OPEN),
    ("2027-03-01…2027-03-31", Ages(at=("4か月",)), "2026-11-22", OPEN),
])
def test_a_condition_is_asked_of_every_day_of_a_span(born, ages, today, standing):
    assert age_standing(days(born), ages, d(today)) == standing


SHORT = ["0か月", "1か月", "6か月", "1歳", "1歳6か月", "2歳", "3歳"]


@st.composite
def short_conditions(draw: st.DrawFn) -> Ages:
    """Conditions of the first years, whose spans can be walked day by day."""
    if draw(st.booleans()):
        return Ages(at=tuple(draw(st.sampled_from([
            ("4か月",), ("4か月", "10か月"), ("10か月", "1歳6か月"), ("4か月", "10か月", "1歳6か月", "3歳")]))))
    start = draw(st.none() | st.sampled_from(SHORT))
    under = draw(st.none() | st.sampled_from([*SHORT[1:], "産後1年"]))
    return Ages(start, None, under) if under else Ages(start, draw(st.sampled_from(SHORT[1:])))


@given(short_conditions(), any_days(2024, 2028), st.integers(-60, 1500), st.integers(0, 366))
def test_a_condition_asked_of_a_span_is_what_the_law_says_of_its_days(ages, today, age, width):
    latest = today - age * DAY
    born = Span(latest - width * DAY, latest)
    assert age_standing(born, ages, today) == law_standing(born, ages, today)


@settings(max_examples=60)
@given(age_conditions(), any_days(2024, 2028), st.sampled_from(GRADES))
def test_a_school_year_is_asked_of_its_first_and_last_day(ages, today, grade):
    born = span_of_grade(grade, today)
    first, last = law_holds(ages, born.earliest, today), law_holds(ages, born.latest, today)
    standing = age_standing(born, ages, today)
    if first != last:
        assert standing == OPEN
    elif standing == YES:
        assert first and last
    elif standing == NO:
        assert not first and not last


def test_check_ups_that_follow_each_other_without_a_gap_leave_nothing_open():
    """1歳6か月児 lasts to the day 2歳 is reached: together with 2歳 every day of the span is met."""
    ages, today = Ages(at=("1歳6か月", "2歳")), d("2026-11-22")
    born = days("2024-10-01…2024-12-31")
    assert all(holds(ages, born.earliest + n * DAY, today) for n in range(92))
    assert age_standing(born, ages, today) == YES


def test_check_ups_may_stand_in_any_order():
    born, today = days("2026-04-22"), d("2026-11-22")
    assert age_standing(born, Ages(at=("10か月", "4か月")), today) == OPEN


@given(age_conditions(), any_days(2020, 2030), st.integers(-300, 7000), st.integers(0, 400),
       st.integers(0, 400), st.integers(0, 400))
def test_knowing_a_birth_better_never_turns_an_answer_round(ages, today, age, width, less, more):
    latest = today - age * DAY
    wide = Span(latest - (width + less + more) * DAY, latest)
    narrow = Span(wide.earliest + less * DAY, wide.latest - more * DAY)
    before, after = age_standing(wide, ages, today), age_standing(narrow, ages, today)
    assert before in (OPEN, after)


# --- what people say of an age -------------------------------------------------------------------

@pytest.mark.parametrize(("months", "width", "today", "span"), [
    (36, 12, "2026-11-22", "2022-11-23…2023-11-22"),      # 3歳, docs of the API
    (0, 12, "2026-11-22", "2025-11-23…2026-11-22"),
    (39 * 12, 12, "2026-11-22", "1986-11-23…1987-11-22"),
    (3, 1, "2026-11-22", "2026-07-23…2026-08-22"),        # 生後3か月
    (18, 1, "2026-11-22", "2025-04-23…2025-05-22"),
    (0, 1, "2026-11-22", "2026-10-23…2026-11-22"),
    (12, 12, "2025-02-28", "2023-03-01…2024-02-28"),      # 29 February is not yet one
    (12, 12, "2025-03-01", "2023-03-02…2024-03-01"),
    (12, 12, "2024-02-29", "2022-03-01…2023-02-28"),
    (1, 1, "2025-03-31", "2025-02-01…2025-02-28"),
    (1, 1, "2025-02-28", "2024-12-29…2025-01-28"),
    (2, 1, "2025-04-30", "2025-01-31…2025-02-28"),
])
def test_an_age_that_is_said_allows_a_span_of_births(months, width, today, span):
    assert span_of_age(months, d(today), width) == days(span)


def said_age(born: date, today: date) -> int:
    """The age in months as people count it: up by one on the day itself, not on its eve."""
    return (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)


@given(any_days(2022, 2028), st.integers(0, 40 * 366))
def test_everybody_is_one_age_in_years_and_one_in_months(today, age):
    born = today - age * DAY
    months = said_age(born, today)
    for width, said in ((1, months), (12, months // 12 * 12)):
        mine = span_of_age(said, today, width)
        assert mine.earliest <= born <= mine.latest
        assert span_of_age(said + width, today, width).latest == mine.earliest - DAY
        if said:
            assert span_of_age(said - width, today, width).earliest == mine.latest + DAY


@pytest.mark.parametrize(("grade", "today", "span"), [
    ("小2", "2026-11-22", "2018-04-02…2019-04-01"),
    ("小2", "2027-03-31", "2018-04-02…2019-04-01"),
    ("小2", "2027-04-01", "2019-04-02…2020-04-01"),
    ("年長", "2026-11-22", "2020-04-02…2021-04-01"),
    ("年少", "2026-11-22", "2022-04-02…2023-04-01"),
    ("中3", "2026-11-22", "2011-04-02…2012-04-01"),
    ("高3", "2026-03-31", "2007-04-02…2008-04-01"),
    ("高1", "2024-09-20", "2008-04-02…2009-04-01"),
    ("高3", "2024-09-20", "2006-04-02…2007-04-01"),
])
def test_a_school_year_holds_the_births_from_2_april_to_1_april(grade, today, span):
    assert span_of_grade(grade, d(today)) == days(span)


@given(any_days(2022, 2030), st.sampled_from(GRADES))
def test_everybody_in_a_school_year_is_in_it_by_the_law_and_nobody_else(today, grade):
    span = span_of_grade(grade, today)
    for born, inside in ((span.earliest - DAY, False), (span.earliest, True), (span.latest, True),
                         (span.latest + DAY, False)):
        first, last = life(born).school_year(YEAR_OF_GRADE[grade])
        assert (first <= today <= last) == inside


@pytest.mark.parametrize(("year", "month", "span"), [
    (2019, 11, "2019-11-01…2019-11-30"), (2024, 2, "2024-02-01…2024-02-29"),
    (2025, 2, "2025-02-01…2025-02-28"), (2025, 12, "2025-12-01…2025-12-31"),
])
def test_a_birth_month_is_all_its_days(year, month, span):
    assert span_of_month(year, month) == days(span)


def test_a_birth_year_is_all_its_days():
    assert span_of_year(2015) == days("2015-01-01…2015-12-31")


# --- spans ---------------------------------------------------------------------------------------

def test_a_span_cannot_end_before_it_begins():
    with pytest.raises(ValueError):
        Span(d("2026-01-02"), d("2026-01-01"))


@pytest.mark.parametrize(("one", "other", "both"), [
    ("2026-01-01…2026-01-31", "2026-01-31…2026-02-28", "2026-01-31"),
    ("2026-01-01…2026-12-31", "2026-03-01…2026-04-01", "2026-03-01…2026-04-01"),
    ("2026-01-01…2026-01-31", "2026-02-01…2026-02-28", None),
])
def test_two_spans_share_the_days_in_both(one, other, both):
    expected = days(both) if both else None
    assert days(one).overlap(days(other)) == expected
    assert days(other).overlap(days(one)) == expected


def test_a_span_of_one_day_is_exact():
    assert days("2026-01-01").exact
    assert not days("2026-01-01…2026-01-02").exact
