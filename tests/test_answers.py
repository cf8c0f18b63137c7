"""answers.py: the JSON forms of a household's answers, and what bad input gets."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, strategies as st

from finder.answers import (
    BIRTH_FORMS,
    FACTS,
    MOST_CHILDREN,
    NEEDS,
    Answers,
    BadAnswer,
    Child,
    change,
    read_answers,
    read_child,
    span_of_form,
    write_answers,
)
from finder.births import GRADES, Span
from finder.ternary import NO, OPEN, YES

TODAY = date(2026, 11, 22)


def d(text: str) -> date:
    return date.fromisoformat(text)


def days(text: str) -> Span:
    first, _, last = text.partition("…")
    return Span(d(first), d(last or first))


# --- every form of a child -----------------------------------------------------------------------

@pytest.mark.parametrize(("given_child", "born"), [
    ({"birth_date": "2023-05-10"}, "2023-05-10"),
    ({"birth_date": "2024-02-29"}, "2024-02-29"),
    ({"birth_month": "2019-11"}, "2019-11-01…2019-11-30"),
    ({"birth_month": "2024-02"}, "2024-02-01…2024-02-29"),
    ({"birth_year": 2015}, "2015-01-01…2015-12-31"),
    ({"age_years": 3}, "2022-11-23…2023-11-22"),
    ({"age_years": 0}, "2025-11-23…2026-11-22"),
    ({"age_months": 18}, "2025-04-23…2025-05-22"),
    ({"age_months": 0}, "2026-10-23…2026-11-22"),
    ({"grade": "小2"}, "2018-04-02…2019-04-01"),
    ({"grade": "年長"}, "2020-04-02…2021-04-01"),
    ({"grade": "高3"}, "2008-04-02…2009-04-01"),
    # two forms narrow each other
    ({"age_years": 7, "grade": "小2"}, "2018-11-23…2019-04-01"),
    ({"grade": "小1", "birth_month": "2019-04"}, "2019-04-02…2019-04-30"),
    ({"birth_year": 2018, "grade": "小2"}, "2018-04-02…2018-12-31"),
    # next year's birth, known from the due date
    ({"birth_month": "2027-03"}, "2027-03-01…2027-03-31"),
])
def test_every_way_of_telling_an_age_is_a_span_of_births(given_child, born):
    child = read_child(given_child, TODAY, "answers.children[0]")
    assert child.born == days(born)
    assert dict(child.said) == given_child


def test_a_child_of_whom_nothing_is_said_is_still_a_child():
    assert read_child({}, TODAY, "x") == Child(None, OPEN, ())


@pytest.mark.parametrize("grade", GRADES)
def test_every_school_year_can_be_said(grade):
    born = read_child({"grade": grade}, TODAY, "x").born
    assert born and (born.latest - born.earliest).days in (364, 365)


@pytest.mark.parametrize(("said", "value"), [
    (True, YES), (False, NO), ("unknown", OPEN), (None, OPEN)])
def test_a_childs_disability_is_yes_no_or_open(said, value):
    assert read_child({"grade": "小2", "disability": said}, TODAY, "x").disability == value


def test_the_span_that_an_earlier_answer_carried_along_is_not_read_back():
    """Tomorrow "3歳" means other days than today; what was said counts, not what was understood."""
    carried = {"age_years": 3, "born": ["1999-01-01", "1999-12-31"]}
    assert read_child(carried, TODAY, "x").born == days("2022-11-23…2023-11-22")


# --- a household ---------------------------------------------------------------------------------

def test_nothing_said_leaves_everything_open():
    assert read_answers({}, TODAY) == Answers()
    assert Answers().children is None
    assert all(Answers().fact(f) == OPEN for f in FACTS)


def test_no_children_is_an_answer_and_an_absent_key_is_none():
    assert read_answers({"children": []}, TODAY).children == ()
    assert read_answers({"children": None}, TODAY).children is None
    assert read_answers({}, TODAY).children is None


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize(("said", "value", "asked"), [
    (True, YES, False), (False, NO, False), ("unknown", OPEN, True), (None, OPEN, False)])
def test_a_fact_is_yes_no_open_or_asked_and_not_known(fact, said, value, asked):
    answers = read_answers({fact: said}, TODAY)
    assert answers.fact(fact) == value
    assert (fact in answers.asked) == asked


def test_the_request_of_the_api_document_is_read():
    answers = read_answers({
        "children": [{"birth_date": "2023-05-10", "disability": False}, {"birth_month": "2019-11"},
                     {"birth_year": 2015}, {"age_years": 3}, {"age_months": 18}, {"grade": "小2"}],
        "pregnant": True, "single_parent": "unknown", "disability": False, "low_income": True,
        "self": {"age_years": 39}, "needs": ["money", "childcare"]}, TODAY)
    assert answers.children is not None
    assert [c.born for c in answers.children] == [days(s) for s in (
        "2023-05-10", "2019-11-01…2019-11-30", "2015-01-01…2015-12-31", "2022-11-23…2023-11-22",
        "2025-04-23…2025-05-22", "2018-04-02…2019-04-01")]
    assert answers.children[0].disability == NO
    assert (answers.pregnant, answers.single_parent, answers.low_income) == (YES, OPEN, YES)
    assert answers.asked == {"single_parent"}
    assert answers.myself and answers.myself.born == days("1986-11-23…1987-11-22")
    assert answers.needs == ("money", "childcare")


def test_a_need_said_twice_is_one_need():
    assert read_answers({"needs": ["money", "food", "money"]}, TODAY).needs == ("money", "food")


@pytest.mark.parametrize("many", [0, 1, MOST_CHILDREN])
def test_as_many_children_as_allowed_are_read(many):
    answers = read_answers({"children": [{"age_years": 3}] * many}, TODAY)
    assert answers.children is not None and len(answers.children) == many


@pytest.mark.parametrize(("given_answers", "question", "settled"), [
    ({}, "children", False), ({"children": []}, "children", True),
    ({"children": "unknown"}, "children", True),
    ({}, "self", False), ({"self": {"age_years": 39}}, "self", True), ({"self": "unknown"}, "self", True),
    ({}, "needs", False), ({"needs": ["food"]}, "needs", True),
    ({}, "pregnant", False), ({"pregnant": False}, "pregnant", True),
    ({"pregnant": "unknown"}, "pregnant", True), ({"pregnant": None}, "pregnant", False),
    ({"disability": True}, "disability", True),
    ({"children": [{"grade": "小2", "disability": True}]}, "disability", True),
    ({"children": [{"grade": "小2"}]}, "disability", False),
    ({"asked": ["child_birth"]}, "child_birth", True), ({}, "child_birth", False),
])
def test_a_question_answered_or_put_is_not_put_again(given_answers, question, settled):
    assert read_answers(given_answers, TODAY).settled(question) == settled


# --- written and read again ----------------------------------------------------------------------

CHILDREN = st.fixed_dictionaries({}, optional={"disability": st.sampled_from([True, False, "unknown", None])}
                                 ).flatmap(lambda rest: st.one_of(
    st.just({}),
    st.dates(d("1990-01-01"), d("2027-06-30")).map(lambda b: {"birth_date": b.isoformat()}),
    st.dates(d("1990-01-01"), d("2027-06-30")).map(lambda b: {"birth_month": b.isoformat()[:7]}),
    st.integers(1950, 2027).map(lambda y: {"birth_year": y}),
    st.integers(0, 100).map(lambda y: {"age_years": y}),
    st.integers(0, 240).map(lambda m: {"age_months": m}),
    st.sampled_from(GRADES).map(lambda g: {"grade": g}),
    st.just({"age_years": 7, "grade": "小2"}),
).map(lambda form: {**form, **rest}))

HOUSEHOLDS = st.fixed_dictionaries({}, optional={
    "children": st.just("unknown") | st.lists(CHILDREN, max_size=4),
    **{fact: st.sampled_from([True, False, "unknown", None]) for fact in FACTS},
    "self": st.just("unknown") | CHILDREN,
    "needs": st.lists(st.sampled_from(NEEDS), max_size=4),
    "asked": st.lists(st.sampled_from(["child_birth", "needs", "where"]), max_size=3),
})


@given(HOUSEHOLDS)
def test_answers_written_and_read_again_are_the_same_answers(household):
    answers = read_answers(household, TODAY)
    written = json.loads(json.dumps(write_answers(answers)))
    assert read_answers(written, TODAY) == answers
    assert write_answers(read_answers(written, TODAY)) == written


@given(HOUSEHOLDS)
def test_what_was_not_said_stays_absent(household):
    written = write_answers(read_answers(household, TODAY))
    said = {k for k, v in household.items() if v is not None and (v != [] or k == "children")}
    assert set(written) == said


@given(HOUSEHOLDS, st.integers(1, 4000))
def test_a_birth_that_was_told_by_the_calendar_stays_the_same_on_another_day(household, later):
    answers = read_answers(household, TODAY)
    again = read_answers(write_answers(answers), TODAY + timedelta(days=later))
    for before, after in zip(answers.children or (), again.children or (), strict=True):
        if set(dict(before.said)) <= {"birth_date", "birth_month", "birth_year"}:
            assert before == after


def test_each_written_child_carries_the_span_that_was_understood():
    written = write_answers(read_answers({"children": [{"age_years": 3}, {}]}, TODAY))
    assert written == {"children": [{"age_years": 3, "born": ["2022-11-23", "2023-11-22"]}, {}]}


def test_a_question_that_was_put_and_then_answered_is_written_as_answered():
    answers = read_answers({"asked": ["pregnant", "children", "self"], "pregnant": True,
                            "children": [], "self": {"age_years": 30}}, TODAY)
    again = read_answers(write_answers(answers), TODAY)
    assert again == replace(answers, asked=frozenset())
    assert all(again.settled(q) for q in ("pregnant", "children", "self"))


# --- some answers given anew ---------------------------------------------------------------------

@pytest.mark.parametrize(("before", "anew", "after"), [
    ({}, {"pregnant": True}, {"pregnant": True}),
    ({"pregnant": True}, {"pregnant": False}, {"pregnant": False}),
    ({"pregnant": True, "low_income": False}, {"pregnant": None}, {"low_income": False}),
    ({"pregnant": "unknown"}, {"pregnant": True}, {"pregnant": True}),
    ({"pregnant": "unknown"}, {"pregnant": None}, {}),
    ({"children": [{"grade": "小2"}]}, {"children": []}, {"children": []}),
    ({"children": []}, {"children": None}, {}),
    ({}, {"single_parent": "divorcing"}, {"single_parent": "unknown", "divorcing": True}),
    ({}, {"single_parent": "widow"}, {"single_parent": False, "widow": True}),
    ({"needs": ["food"]}, {"needs": ["money"]}, {"needs": ["money"]}),
    ({}, {"child_birth": "unknown"}, {"child_birth": "unknown"}),
    ({"child_birth": "unknown"}, {"asked": ["needs"]}, {"child_birth": "unknown", "asked": ["needs"]}),
    ({"children": [{"age_years": 3}]}, {"pregnant": False}, {"children": [{"age_years": 3}], "pregnant": False}),
])
def test_answers_given_anew_take_the_place_of_those_before_and_none_takes_one_away(before, anew, after):
    changed = change(read_answers(before, TODAY), anew, TODAY)
    assert changed == read_answers(after, TODAY)


@given(HOUSEHOLDS)
def test_giving_nothing_anew_changes_nothing(household):
    answers = read_answers(household, TODAY)
    assert change(answers, {}, TODAY) == answers


# --- bad input -----------------------------------------------------------------------------------

CHILD = "answers.children[0]"


@pytest.mark.parametrize(("given_answers", "code", "field"), [
    # not the right shape
    ([], "not_an_object", "answers"),
    ("小2", "not_an_object", "answers"),
    (None, "not_an_object", "answers"),
    ({"child": []}, "unknown_field", "answers"),
    ({"name": "久留米太郎"}, "unknown_field", "answers"),
    ({"children": {"age_years": 3}}, "not_a_list", "answers.children"),
    ({"children": 3}, "not_a_list", "answers.children"),
    ({"children": "3"}, "not_a_list", "answers.children"),
    ({"children": True}, "not_a_list", "answers.children"),
    ({"children": [3]}, "not_an_object", CHILD),
    ({"children": ["小2"]}, "not_an_object", CHILD),
    ({"children": [{"age_years": 3}, None]}, "not_an_object", "answers.children[1]"),
    ({"children": [{"age_years": 3}] * (MOST_CHILDREN + 1)}, "too_many_children", "answers.children"),
    ({"children": [{}] * 30}, "too_many_children", "answers.children"),
    ({"children": [{"age": 3}]}, "unknown_field", CHILD),
    ({"children": [{"grade": "小2", "name": "はなこ"}]}, "unknown_field", CHILD),
    ({"self": 39}, "not_an_object", "answers.self"),
    ({"self": []}, "not_an_object", "answers.self"),
    ({"self": {"age": 39}}, "unknown_field", "answers.self"),
    # facts
    ({"pregnant": "yes"}, "not_a_ternary", "answers.pregnant"),
    ({"pregnant": 1}, "not_a_ternary", "answers.pregnant"),
    ({"single_parent": 0}, "not_a_ternary", "answers.single_parent"),
    ({"disability": []}, "not_a_ternary", "answers.disability"),
    ({"low_income": {}}, "not_a_ternary", "answers.low_income"),
    ({"divorcing": ""}, "not_a_ternary", "answers.divorcing"),
    ({"widow": "UNKNOWN"}, "not_a_ternary", "answers.widow"),
    ({"single_parent": "married"}, "not_a_ternary", "answers.single_parent"),
    ({"child_birth": True}, "not_a_ternary", "answers.child_birth"),
    ({"children": [{"disability": "no"}]}, "not_a_ternary", f"{CHILD}.disability"),
    # needs, questions put
    ({"needs": "money"}, "not_a_list", "answers.needs"),
    ({"needs": [1]}, "not_a_list", "answers.needs"),
    ({"needs": ["money", "gold"]}, "unknown_need", "answers.needs[1]"),
    ({"needs": ["<script>"]}, "unknown_need", "answers.needs[0]"),
    ({"needs": ["money"] * 61}, "too_many", "answers.needs"),
    ({"asked": "child_birth"}, "not_a_list", "answers.asked"),
    ({"asked": ["x"] * 61}, "too_many", "answers.asked"),
    # birth dates
    *[({"children": [{"birth_date": value}]}, "bad_birth_date", f"{CHILD}.birth_date") for value in (
        "2023-02-29", "2023-13-01", "2023-00-10", "2023-5-10", "20230510", "2023/05/10", "", "小2", 20230510,
        True, [], {}, 2023.5, "1899-12-31", "0001-01-01", "2999-01-01", "2027-11-23", "2023-05-10T00:00:00",
        " 2023-05-10", "２０２３-０５-１０", "'; DROP TABLE programs;--")],
    *[({"children": [{"birth_month": value}]}, "bad_birth_month", f"{CHILD}.birth_month") for value in (
        "2019-13", "2019-00", "2019-1", "2019", "201911", "2019-11-01", 201911, "", [], "0000-05", "1899-12",
        "2027-12")],
    *[({"children": [{"birth_year": value}]}, "bad_birth_year", f"{CHILD}.birth_year") for value in (
        "2015", 2015.0, True, 0, -1, 10000, 1899, 2028, 10**30, [])],
    *[({"children": [{"age_years": value}]}, "bad_age_years", f"{CHILD}.age_years") for value in (
        -1, 121, 130, "3", 3.0, True, 10**30, [], {})],
    *[({"children": [{"age_months": value}]}, "bad_age_months", f"{CHILD}.age_months") for value in (
        -1, 241, "18", 1.5, False, 10**30)],
    *[({"children": [{"grade": value}]}, "bad_grade", f"{CHILD}.grade") for value in (
        "小7", "小０", "小２", "高4", "大1", "", 2, True, [], {}, "小2 ", "<b>小2</b>", "保育園")],
    ({"self": {"age_years": -5}}, "bad_age_years", "answers.self.age_years"),
    ({"self": {"grade": "大学生"}}, "bad_grade", "answers.self.grade"),
    ({"children": [{}, {}, {"grade": "小9"}]}, "bad_grade", "answers.children[2].grade"),
    # forms that contradict each other
    ({"children": [{"age_years": 3, "grade": "小2"}]}, "ages_disagree", CHILD),
    ({"children": [{"birth_year": 2015, "birth_date": "2016-01-01"}]}, "ages_disagree", CHILD),
    ({"self": {"age_years": 39, "birth_year": 2015}}, "ages_disagree", "answers.self"),
])
def test_what_cannot_be_read_is_refused_with_its_place_and_a_code(given_answers, code, field):
    with pytest.raises(BadAnswer) as refused:
        read_answers(given_answers, TODAY)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert re.search("[ぁ-ん]", refused.value.message), "人が読む文は日本語で"


SAID = "ぜったいに写してはいけない言葉"


@pytest.mark.parametrize("given_answers", [
    {SAID: 1}, {"children": SAID}, {"children": [SAID]}, {"children": [{SAID: 1}]}, {"needs": [SAID]},
    {"pregnant": SAID}, {"self": SAID}, *({"children": [{form: SAID}]} for form in BIRTH_FORMS)])
def test_a_refusal_never_repeats_what_was_said(given_answers):
    with pytest.raises(BadAnswer) as refused:
        read_answers(given_answers, TODAY)
    assert SAID not in f"{refused.value.message}{refused.value.field}{refused.value.code}"


def test_the_place_begins_where_the_answers_stand():
    with pytest.raises(BadAnswer) as refused:
        read_answers({"children": [{"grade": "小9"}]}, TODAY, at="request.answers")
    assert refused.value.field == "request.answers.children[0].grade"


@pytest.mark.parametrize(("form", "last_allowed", "first_refused"), [
    ("birth_date", "2027-11-22", "2027-11-23"), ("birth_month", "2027-11", "2027-12"),
    ("birth_year", 2027, 2028),
])
def test_a_birth_may_lie_a_year_ahead_and_no_further(form, last_allowed, first_refused):
    assert span_of_form(form, last_allowed, TODAY, "x").latest > TODAY
    with pytest.raises(BadAnswer):
        span_of_form(form, first_refused, TODAY, "x")


@pytest.mark.parametrize(("form", "first_allowed"), [
    ("birth_date", "1900-01-01"), ("birth_month", "1900-01"), ("birth_year", 1900)])
def test_a_birth_may_not_lie_before_1900(form, first_allowed):
    assert span_of_form(form, first_allowed, TODAY, "x").earliest == d("1900-01-01")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["unknown", "小2", "2019-11", "2023-05-10", "money"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from([*BIRTH_FORMS, "disability", "born"]) | st.text(max_size=6), inner, max_size=4),
    max_leaves=10)


@given(st.dictionaries(st.sampled_from([*FACTS, "children", "self", "needs", "asked"]), ANY_JSON, max_size=5))
@example({"children": [{"birth_month": "9999-12"}]})
@example({"children": [{"birth_date": "9999-12-31"}]})
@example({"children": [{"age_years": 10**400}]})
def test_whatever_json_comes_it_is_read_or_refused_and_nothing_else(given_answers):
    try:
        answers = read_answers(given_answers, TODAY)
    except BadAnswer as refused:
        assert refused.field.startswith("answers") and refused.code and refused.message
    else:
        assert read_answers(write_answers(answers), TODAY).children == answers.children


@pytest.mark.parametrize("today", ["1900-01-01", "1999-02-28", "2024-02-29", "2199-12-31"])
@pytest.mark.parametrize("child", [{"age_years": 120}, {"age_months": 240}, {"grade": "高3"}, {"birth_year": 2015},
                                   {"birth_date": "2015-01-01"}])
def test_whatever_day_is_asked_about_a_child_is_read_or_refused_and_nothing_else(today, child):
    try:
        born = read_child(child, d(today), "x").born
    except BadAnswer as refused:
        assert refused.code.startswith("bad_")
    else:
        assert born and born.earliest <= born.latest


def test_the_last_day_of_the_calendar_is_a_day_like_any_other():
    assert read_child({"birth_date": "2015-01-01"}, date.max, "x").born == days("2015-01-01")
