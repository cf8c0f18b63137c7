"""timeline: the days of every program's windows, and that they agree with `assess` on every day.

What is checked on the real programs of all five cities: for children born around 1 April, on 29
February and in spans (a month, a school year, an age, a year), over their first 20 years,
- every age condition that occurs, on every 7th day and on each day within 2 of an edge, against `age_standing`;
- every program, on each day within 1 of an edge of any program and on random days between, against `assess`.
Between edges neither side can change: each is made of the age conditions checked first.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings, strategies as st

from finder.answers import Answers, Child, read_answers, with_young_speaker
from finder.births import EARLIEST_BIRTH, Ages, Span, age_standing, span_of_age, span_of_grade, span_of_month, span_of_year
from finder.building import build_case, build_program
from finder.catalog import Catalog, Program
from finder.date_words import soon_words
from finder.dialogue import assess_all
from finder.eligibility import Finding, assess
from finder.ranking import CLOSING, rank
from finder.schema import EligibleFile
from finder.ternary import OPEN, YES, any_of
from finder.timeline import (
    BEGINS,
    ENDS,
    PREGNANCY,
    SPEAKER,
    Course,
    Entry,
    Line,
    coming,
    courses,
    known_to_a_month,
    people,
    soon,
    time_left,
    timetable,
    to_ask,
    two_aprils,
    unsure,
)
from finder.timeline.lines import stage
from finder.timeline.windows import windows_of

CASES = tomllib.loads((Path(__file__).parent / "timeline.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
YEARS_20 = 20 * 365 + 5
WORDS = {"ja": "例", "easy": "れい", "en": "Example"}
ASK = {"text": "窓口で確認します", "easy": "まどぐちで 聞（き）きます", "en": "Ask at the counter"}

EXACT = [date(2008, 4, 1), date(2008, 4, 2), date(2008, 2, 29), date(2007, 12, 31)]
BIRTHS = [*[Span(b, b) for b in EXACT], span_of_month(2008, 2), span_of_grade("小2", date(2015, 6, 1)),
          span_of_age(36, date(2011, 4, 1)), span_of_year(2008)]
FACTS: list[dict[str, Any]] = [
    {}, {"single_parent": True, "low_income": True, "pregnant": False, "disability": False},
    {"single_parent": False, "widow": False, "low_income": False, "pregnant": True, "disability": True}]


def program(*eligible: dict[str, Any]) -> Program:
    """A small made-up program; its conditions are checked as those of a file are."""
    conditions = [{**e, "confirm": ASK} if e.get("confirm") else e for e in eligible]
    for alternative in conditions:
        EligibleFile.model_validate(alternative)
    return build_program("mihon", {
        "name": "見本", "kind": "cash", "needs": ["money"], "for_residents": True, "title": WORDS, "text": WORDS,
        "source": {"document": "mihon-plan"}, "contact": {"confidence": "unknown"}, "eligible": conditions})


def household(said: dict[str, Any], on: date) -> Answers:
    """Answers as a case has them: its children may stand in short."""
    case = build_case({"name": "", "today": on, "answers": said, "expect": "check"})
    return with_young_speaker(read_answers(case.answers, on), on)


def with_one_child(born: Span, **facts: Any) -> Answers:
    return replace(read_answers(facts, TODAY), children=(Child(born),))


def written(span: Span) -> str:
    if span.latest == date.max:
        return ""
    return span.earliest.isoformat() if span.exact else f"({span.earliest}, {span.latest})"


# --- cases in data -----------------------------------------------------------------------------------

@pytest.mark.parametrize("case", CASES["window"], ids=lambda c: c["name"])
def test_a_window_has_the_days_that_the_law_gives(case):
    child = household({"children": [case["born"]]}, case.get("on", TODAY)).children[0]
    raw = case["ages"]
    ages = Ages(raw.get("from"), raw.get("until"), raw.get("under"), tuple(raw.get("at", ())))
    assert [f"{written(w.begins)}…{written(w.ends)}" for w in windows_of(ages, child.born)] == case["windows"]


def said_of(entry: Entry) -> str:
    asked = "?" if entry.then_ask else ""
    if entry.what in (BEGINS, ENDS):
        return f"{entry.what} {written(entry.day)}{asked if entry.what == ENDS else ''}" + (f" {entry.point}" if entry.point else "")
    return f"{entry.point}…{written(entry.ends)}"


@pytest.mark.parametrize("case", CASES["line"], ids=lambda c: c["name"])
def test_a_line_says_what_is_open_what_comes_and_what_is_past(case, small_catalog):
    catalog = replace(small_catalog, programs=(program(*case["eligible"]),))
    [line] = timetable(catalog, household(case["answers"], case["on"]), case["on"])
    changes = [said_of(e) for n in (*line.next, *line.later) for g in n.groups for e in g.entries]
    assert [said_of(e) for e in line.now] == case.get("now", [])
    assert changes == case.get("changes", [])
    assert [said_of(e) for e in line.asks] == case.get("asks", [])
    assert [f"…{written(e.ends)}{'?' if e.then_ask else ''}" for e in line.past] == case.get("past", [])


@pytest.mark.parametrize("case", CASES["program"], ids=lambda c: c["name"])
def test_each_kind_of_window_stands_on_the_line_of_a_real_program(case, real_catalogs):
    [line] = timetable(real_catalogs[case["city"]], household(case["answers"], TODAY), TODAY)
    changes = [e for n in (*line.next, *line.later) for g in n.groups for e in g.entries]
    for where, entries in (("now", line.now), ("changes", changes), ("asks", line.asks)):
        assert [said_of(e) for e in entries if e.program.id == case["program"]] == case.get(where, []), where


@pytest.mark.parametrize("case", CASES["april"], ids=lambda c: c["name"])
def test_the_first_of_april_tells_what_begins_and_what_ends(case, real_catalogs):
    [line] = timetable(real_catalogs[case["city"]], household({"children": [case["grade"]]}, TODAY), TODAY)
    [april] = [n for n in line.next if n.turns == Span(date(2027, 4, 1), date(2027, 4, 1))]
    found = {what: {e.program.id for g in april.groups if g.what == what for e in g.entries} for what in (BEGINS, ENDS)}
    assert set(case["begins"]) <= found[BEGINS] and set(case["ends"]) <= found[ENDS]
    assert all(g.day.earliest == date(2027, 4, 1) if g.what == BEGINS else g.day.earliest == date(2027, 3, 31) for g in april.groups)


@pytest.fixture(scope="module")
def small_catalog(real_catalogs: dict[str, Catalog]) -> Catalog:
    return real_catalogs["40203-kurume"]


# --- the timetable and assess agree on every day -----------------------------------------------------

def conditions(catalogs: dict[str, Catalog]) -> set[Ages]:
    return {r.ages for c in catalogs.values() for p in c.programs for a in p.alternatives for r in a.requirements
            if r.kind in ("child", "self")}


def edges(course: Course) -> Iterator[date]:
    for spell in course.spells:
        yield from (spell.window.begins.earliest, spell.window.begins.latest)
        yield from (e + DAY for e in (spell.window.ends.earliest, spell.window.ends.latest) if e < date.max)


def around(days: set[date], born: Span, width: int) -> set[date]:
    last = born.earliest + YEARS_20 * DAY
    return {d + n * DAY for d in days for n in range(-width, width + 1)
            if EARLIEST_BIRTH < d <= last and born.earliest - width * DAY <= d + n * DAY}


ADJOINING = {Ages(at=("4か月", "5か月")), Ages(at=("1歳6か月", "2歳", "3歳"))}


def test_every_age_condition_agrees_with_the_standing_of_each_day(real_catalogs):
    asked = {a: program({"child": {k: v for k, v in (("from", a.start), ("until", a.until), ("under", a.under), ("at", list(a.at)))
                                   if v}}) for a in conditions(real_catalogs) | ADJOINING if a != Ages()}
    assert len(asked) > 50
    wrong = []
    for ages, one in asked.items():
        found = [courses([one], person, a, TODAY)[0] for a in (with_one_child(b) for b in BIRTHS) for person in people(a)]
        days = {d for b, c in zip(BIRTHS, found, strict=True) for d in around(set(edges(c)), b, 2)}
        days |= {BIRTHS[0].earliest + n * DAY for n in range(0, YEARS_20, 7)}
        wrong += [(ages, born, day) for day in sorted(days) for born, course in zip(BIRTHS, found, strict=True)
                  if course.standing(day) != age_standing(born, ages, day)]
    assert wrong == []


@pytest.mark.parametrize("born", BIRTHS, ids=lambda b: f"{b.earliest}-{b.latest}")
def test_every_program_agrees_with_assess_on_every_day_of_the_first_20_years(born, real_catalogs):
    chance = random.Random(born.earliest.toordinal())
    households = [with_one_child(born, **facts) for facts in FACTS]
    found = {(name, i): {c.program.id: c for c in courses(catalog.programs, people(answers)[0], answers, TODAY)}
             for name, catalog in real_catalogs.items() for i, answers in enumerate(households)}
    days = around({d for courses_ in found.values() for c in courses_.values() for d in edges(c)}, born, 1)
    days |= {born.earliest + chance.randrange(YEARS_20) * DAY for _ in range(60)}
    assert len(days) > 100
    wrong, same = [], {}
    for day in sorted(days):
        for name, catalog in real_catalogs.items():
            for i, answers in enumerate(households):
                once: dict[int, Finding] = {}
                for one in catalog.programs:
                    result = assess(one, answers, day, once).result
                    course = found[name, i].get(one.id)
                    expected = course.standing(day) if course else same.setdefault((name, i, one.id), result)
                    if result != expected:
                        wrong.append((name, i, one.id, day, result, expected))
    assert wrong == []


@pytest.mark.parametrize("on", [date(2010, 11, 22), date(2015, 3, 31), date(2015, 4, 1), date(2024, 2, 29)])
@pytest.mark.parametrize("born", EXACT, ids=str)
def test_what_a_line_shows_is_so_on_its_days(born, on, real_catalogs):
    """Every program of all five cities: 「いま」 is likely today, and each date is a day on which that changes."""
    for catalog in real_catalogs.values():
        answers = with_one_child(Span(born, born), single_parent=True)
        [line] = timetable(catalog, answers, on)
        offered = {c.program.id: c for c in courses([p for p in catalog.programs if p.for_residents], people(answers)[0], answers, on)}
        here = {e.program.id for e in line.now}
        assert here == {i for i, c in offered.items() if c.standing(on) == YES and c.beside != YES}
        for entry in (e for n in (*line.next, *line.later) for g in n.groups for e in g.entries):
            course = offered[entry.program.id]
            assert entry.day.exact
            if entry.what == BEGINS:
                assert on < entry.day.latest
                assert (course.standing(entry.day.latest - DAY) < YES or entry.point) and course.standing(entry.day.latest) == YES
            else:
                assert on <= entry.day.latest
                assert course.standing(entry.day.latest) == YES and course.standing(entry.day.latest + DAY) < YES
                assert entry.then_ask == (course.standing(entry.day.latest + DAY) == OPEN)
        for entry in line.asks:
            assert offered[entry.program.id].standing(on) != YES
        for entry in line.past:
            assert offered[entry.program.id].standing(entry.ends.latest) == YES


ages_told = st.one_of(
    st.builds(lambda n: {"birth_date": (TODAY - n * DAY).isoformat()}, st.integers(0, 8000)),
    st.builds(lambda n: {"age_years": n}, st.integers(0, 20)), st.builds(lambda g: {"grade": g}, st.sampled_from(["年中", "小1", "中3", "高3"])))
someone = st.builds(lambda age, d: {**age, **({"disability": d} if d is not None else {})}, ages_told, st.sampled_from([True, False, None]))
said = st.fixed_dictionaries({"children": st.lists(someone, min_size=1, max_size=3)}, optional={
    f: st.booleans() for f in ("single_parent", "low_income", "disability", "pregnant")})


@given(said=said, ahead=st.integers(0, 7000))
@settings(max_examples=25)
def test_no_line_says_more_of_a_family_than_assess(said, ahead, small_catalog):
    """And together they say as much, once it is known which child has a disability."""
    answers, day = read_answers(said, TODAY), TODAY + ahead * DAY
    each = [{c.program.id: c.standing(day) for c in courses(small_catalog.programs, p, answers, TODAY)} for p in people(answers)]
    clear = all("disability" in c for c in said["children"])
    for assessment in assess_all(small_catalog, answers, day):
        found = [e[assessment.program.id] for e in each if assessment.program.id in e]
        if found and "widow" not in {r.fact for a in assessment.program.alternatives for r in a.requirements}:
            assert any_of(found) == assessment.result if clear else any_of(found) <= assessment.result


@given(born=st.dates(date(1990, 1, 1), date(2030, 12, 31)), wide=st.integers(0, 366), day=st.dates(date(1990, 1, 1), date(2060, 12, 31)),
       start=st.sampled_from([None, "2か月", "1歳6か月", "3歳", "年少", "小1", "中学校卒業後", "18歳"]),
       until=st.sampled_from([None, "20歳", "高3", "18歳年度末", "22歳年度末"]), under=st.sampled_from([None, "20歳", "30歳", "産後1年"]))
def test_any_age_condition_agrees_with_the_standing_of_any_day(born, wide, day, start, until, under):
    span, ages = Span(born, born + wide * DAY), Ages(start, until, under)
    assert any_of([w.standing(day) for w in windows_of(ages, span)]) == age_standing(span, ages, day)


def test_later_births_leave_no_day_between_their_windows(real_catalogs):
    """What `windows_of` builds on: each day between two births' windows lies in one of them."""
    for ages in conditions(real_catalogs):
        before = None
        for n in range(800):
            each = ages.windows(date(2019, 3, 1) + n * DAY)
            assert all(first <= last for first, last in each), ages
            if before:
                assert all(a <= c and b <= d and (b == date.max or c <= b + DAY)
                           for (a, b), (c, d) in zip(before, each, strict=True)), ages
            before = each


# --- what a line is made of ----------------------------------------------------------------------------

@pytest.mark.parametrize(("born", "day", "name"), [
    ("2026-07-10", "2027-05-09", "10か月"), ("2026-07-10", "2027-05-10", "10か月"), ("2026-07-10", "2027-05-11", ""),
    ("2026-07-10", "2028-01-09", "1歳6か月"), ("2026-07-10", "2027-07-10", "1歳"), ("2026-07-10", "2033-04-01", "小1"),
    ("2026-04-01", "2033-04-01", "小2"), ("2026-04-02", "2033-04-01", "小1"), ("2026-04-01", "2032-04-01", "小1"),
    ("2026-07-10", "2045-04-01", "18歳年度末"), ("2026-07-10", "2046-04-01", ""), ("2026-07-10", "2044-07-09", "18歳"),
    ("2008-02-29", "2028-02-28", "20歳"), ("2008-02-29", "2009-02-28", "1歳"), ("2026-07-10", "2026-08-07", "生後28日"),
    ("2026-07-10", "2026-10-30", "")])
def test_a_day_has_the_name_of_what_a_child_comes_to(born, day, name):
    b, d = date.fromisoformat(born), date.fromisoformat(day)
    assert stage(Span(b, b), Span(d, d)) == name


def test_a_name_that_only_one_birth_date_gives_is_not_used():
    assert stage(span_of_grade("高3", TODAY), Span(date(2026, 4, 1), date(2027, 3, 31))) == "18歳"
    assert stage(span_of_grade("高3", TODAY), Span(date(2026, 4, 1), date(2027, 2, 1))) == ""


@pytest.mark.parametrize(("day", "left"), [
    ("2026-11-22", (0, "days")), ("2026-12-01", (9, "days")), ("2026-12-21", (29, "days")), ("2026-12-22", (1, "months")),
    ("2027-03-31", (4, "months")), ("2028-11-21", (23, "months")), ("2028-11-22", (2, "years")), ("2045-03-31", (18, "years"))])
def test_the_time_left_is_counted_as_people_count(day, left):
    assert time_left(TODAY, date.fromisoformat(day)) == left


@pytest.mark.parametrize(("first", "last", "two"), [
    ("2029-04-01", "2030-04-01", True), ("2029-04-01", "2029-04-01", False), ("2029-04-01", "2031-04-01", False),
    ("2029-04-01", "2030-03-31", False), ("2029-03-31", "2030-03-31", False)])
def test_two_aprils_are_one_or_the_other(first, last, two):
    assert two_aprils(Span(date.fromisoformat(first), date.fromisoformat(last))) is two


def test_a_month_is_near_enough_for_a_calendar():
    assert known_to_a_month(Span(date(2027, 1, 31), date(2027, 2, 28)))
    assert not known_to_a_month(Span(date(2027, 1, 1), date(2027, 2, 28)))


def line_of(catalog: Catalog, said: dict[str, Any], on: date = TODAY) -> Line:
    return timetable(catalog, household(said, on), on)[0]


def test_months_come_in_order_and_only_once(small_catalog):
    line = line_of(small_catalog, {"children": ["2026-07-10"]})
    months = [(n.turns.latest.year, n.turns.latest.month) for n in (*line.next, *line.later)]
    assert months == sorted(set(months))
    assert all(n.turns.earliest <= date(2027, 11, 22) for n in line.next)


def test_without_a_change_within_a_year_the_first_later_one_is_next(small_catalog):
    line = line_of(small_catalog, {"children": ["年中"]})
    assert [n.stages for n in line.next] == [("小1",)]
    assert line.next[0].turns == Span(date(2028, 4, 1), date(2028, 4, 1))


def test_check_ups_and_what_was_asked_for_stand_first(small_catalog):
    line = line_of(small_catalog, {"children": ["2026-07-10"], "needs": ["childcare"]})
    assert line.now[0].point == "4か月"
    assert "childcare" in line.now[1].program.needs


def test_a_pregnancy_has_a_line_of_its_own_without_dates(small_catalog):
    line = line_of(small_catalog, {"pregnant": True})
    assert line.kind == PREGNANCY and line.child.born is None
    assert "ninpu-kenko-shinsa" in {e.program.id for e in line.now}
    assert [n.stages for n in line.next] == [(), ("2か月",), ("3か月",), ("4か月",), ("10か月",), ("1歳6か月",)]
    assert "jido-teate" in {e.program.id for e in line.next[0].groups[0].entries}
    assert "hoikusho-riyo-moshikomi" in {e.program.id for e in line.asks}
    assert "jido-teate" not in {e.program.id for e in line.now}


def test_a_child_to_come_has_dates_in_place_of_that(small_catalog):
    pregnancy, child = timetable(small_catalog, household({"pregnant": True, "children": ["2027-03"]}, TODAY), TODAY)
    assert pregnancy.next == () and pregnancy.now
    assert child.now == () and child.next[0].turns == Span(date(2027, 3, 1), date(2027, 3, 31))


@pytest.mark.parametrize("said", [{}, {"children": [{"disability": True}]}, {"pregnant": False}, {"children": []}])
def test_without_an_age_there_is_no_line(said, small_catalog):
    assert timetable(small_catalog, household(said, TODAY), TODAY) == ()


def test_who_asks_for_themself_alone_has_a_line(small_catalog):
    line = line_of(small_catalog, {"self": {"age_years": 30}, "children": []})
    assert line.kind == SPEAKER
    assert {"wakamono-sodan", "wakamono-ibasho"} <= {e.program.id for e in line.now}


def test_a_parents_own_age_bounds_no_line_of_a_child(small_catalog):
    answers = household({"self": {"age_years": 30}, "children": ["小2"]}, TODAY)
    [person] = people(answers)
    ids = {c.program.id for c in courses(small_catalog.programs, person, answers, TODAY)}
    assert "kekkon-shinseikatsu-hojokin" not in ids


def test_nothing_that_residents_cannot_use_is_on_a_line(real_catalogs):
    for catalog in real_catalogs.values():
        for line in timetable(catalog, household({"children": ["2026-07-10"], "pregnant": True}, TODAY), TODAY):
            every = (*line.now, *line.asks, *line.past, *(e for n in (*line.next, *line.later) for g in n.groups for e in g.entries))
            assert all(e.program.for_residents for e in every)


def test_what_is_to_ask_stands_once_for_the_whole_family_with_its_first_end(small_catalog):
    lines = timetable(small_catalog, household({"children": ["年中", "小5"]}, TODAY), TODAY)
    asked = to_ask(lines)
    assert len({e.program.id for e in asked}) == len(asked) == len({e.program.id for x in lines for e in x.asks})
    assert next(e for e in asked if e.program.id == "famisapo-riyoryo-josei").ends.latest == date(2028, 3, 31)


def test_what_comes_next_for_the_whole_family_stands_in_the_order_of_time(small_catalog):
    lines = timetable(small_catalog, household({"children": ["年中", "2026-07-10"]}, TODAY), TODAY)
    ids = coming(lines)
    assert len(set(ids)) == len(ids)
    first = {e.program.id for n in lines[1].next[:1] for g in n.groups for e in g.entries}
    assert set(ids[:len(first)]) == first
    assert unsure(lines) and not unsure(lines[1:])


# --- the near date on a card ---------------------------------------------------------------------------

@pytest.mark.parametrize(("eligible", "said", "words"), [
    ([{"child": {"until": "18歳年度末"}}], {"children": ["高3"]}, "あと4か月で終わります（2027年3月31日まで）"),
    ([{"child": {"until": "18歳年度末"}}], {"children": ["高3", "小2"]}, ""),
    ([{"child": {"until": "18歳年度末"}}], {"children": ["小2"]}, ""),
    ([{"child": {"under": "産後6か月"}}, {"child": {"under": "産後1年"}, "confirm": True}], {"children": ["2026-06-01"]},
     "あと8日で終わります（2026年11月30日まで）"),
    ([{"child": {"under": "20歳"}}, {"single_parent": True}], {"children": ["2006-12-01"], "single_parent": True}, ""),
    ([{"child": {"under": "6か月"}}], {"children": ["2026-07"]}, "あと1か月で終わります（2026年12月30日〜2027年1月29日のあいだに終わる）"),
    ([{"child": {"under": "18歳"}}], {"children": ["高3"]},
     "もうすぐ終わるか、もう終わりました（2026年3月31日〜2027年3月30日のあいだに終わる）"),
    ([{"child": {"under": "18歳"}}], {"children": ["2008-11-24"]}, "きょうで終わります（2026年11月22日まで）"),
    ([{"single_parent": True, "child": {"until": "18歳年度末"}}], {"children": ["高3"]}, "あと4か月で終わります（2027年3月31日まで）"),
    ([{"child": {"from": "小1", "until": "小6"}}], {"children": ["年長"]}, "2027年4月1日から使える見込みです"),
    ([{"child": {"from": "小1", "until": "小6"}}], {"children": ["年中"]}, ""),
    ([{"child": {"from": "6か月", "until": "小6"}}], {"children": ["2026-07"]},
     "使えるようになる見込みです（2026年12月31日〜2027年1月30日のあいだに始まる）"),
    ([{"child": {"from": "小1", "until": "小6"}}], {"children": ["中1"]}, ""),
    ([{"child": {"under": "1歳"}}], {"children": ["2026-05-23"]}, "あと5か月で終わります（2027年5月21日まで）"),
    ([{"child": {"under": "1歳"}}], {"children": ["2026-05-24"]}, ""),
    ([{"child": {"from": "1歳"}}], {"children": ["2026-11-23"]}, "2027年11月22日から使える見込みです"),
    ([{"child": {"from": "1歳"}}], {"children": ["2026-11-24"]}, ""),
    ([{"single_parent": True, "child": {"from": "小1"}}], {"children": ["年長"], "single_parent": False}, ""),
    ([{"single_parent": True, "child": {"from": "小1"}}], {"children": ["年長"], "single_parent": True}, "2027年4月1日から使える見込みです"),
    ([{"single_parent": True, "child": {"from": "小1"}}], {"children": ["年長"]}, ""),
    ([{"child": {"from": "5か月", "under": "8か月"}}], {"children": ["2026-07-10"]}, "2026年12月9日から使える見込みです"),
    ([{"self": {"from": "高1", "until": "39歳"}}], {"self": "中3"}, "2027年4月1日から使える見込みです"),
    ([{"self": {"under": "40歳"}}], {"children": ["小2"], "self": "1987-01-05"}, ""),
    ([{"pregnant": True}], {"pregnant": False}, ""),
])
def test_a_card_names_an_end_within_half_a_year_and_a_beginning_within_one(eligible, said, words):
    answers = household(said, TODAY)
    [entry] = soon([assess(program(*eligible), answers, TODAY)], answers, TODAY)
    assert (soon_words(entry, TODAY) if entry else "") == words


@pytest.mark.parametrize(("said", "ahead"), [
    ({"children": ["小6"]}, True), ({"children": ["小6", "中2"]}, True), ({"children": ["小6", "小3"]}, False), ({"children": ["小3"]}, False)])
def test_what_closes_soon_stands_a_little_higher(said, ahead, small_catalog):
    closing = replace(program({"child": {"from": "小1", "until": "小6"}}), id="closing")
    other = replace(program({"child": {"from": "小2", "until": "中1"}}), id="another")
    catalog, answers = replace(small_catalog, programs=(other, closing), by_id={}, documents={}), household(said, TODAY)
    scores = {r.assessment.program.id: r.score for r in rank(catalog, assess_all(catalog, answers, TODAY), answers, "", TODAY)}
    assert scores["closing"] - scores["another"] == pytest.approx(CLOSING if ahead else 0, abs=0.01)


def test_what_closes_soon_never_stands_before_what_was_asked_for(small_catalog):
    closing = replace(program({"child": {"from": "小1", "until": "小6"}}), id="closing")
    asked = replace(program({"child": {"from": "小2", "until": "中1"}}), id="asked", needs=("childcare",), kind="class_event")
    catalog = replace(small_catalog, programs=(closing, asked), by_id={}, documents={})
    answers = household({"children": ["小6"], "needs": ["childcare"]}, TODAY)
    ranked = rank(catalog, assess_all(catalog, answers, TODAY), answers, "", TODAY)
    assert [r.assessment.program.id for r in ranked] == ["asked", "closing"]


@given(born=st.dates(date(2008, 1, 1), date(2026, 1, 1)), wide=st.integers(0, 366), mine=st.dates(date(1980, 1, 1), date(2010, 12, 31)),
       width=st.integers(0, 366), ahead=st.integers(-3000, 7000))
def test_two_ages_in_one_condition_agree_with_assess(born, wide, mine, width, ahead):
    one = program({"child": {"from": "6か月", "until": "中3"}, "self": {"from": "18歳", "under": "40歳"}},
                  {"self": {"until": "30歳"}, "confirm": True})
    answers = Answers(children=(Child(Span(born, born + wide * DAY)),), myself=Child(Span(mine, mine + width * DAY), said=(("me", 1),)))
    found = courses([one], people(answers)[0], answers, TODAY)
    assume(found)
    [course] = found
    day = TODAY + ahead * DAY
    assert course.standing(day) == assess(one, answers, day).result
