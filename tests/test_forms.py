"""Form fields read into answers, and answers shown again in the fields that told them."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from finder import forms
from finder.answers import Answers, BadAnswer, change, read_answers, write_answers

TODAY = date(2026, 11, 22)


@pytest.fixture
def catalog(real_catalogs):
    return real_catalogs["40203-kurume"]


def posted(catalog, question, fields, before=None):
    answers = read_answers(before or {}, TODAY)
    given = forms.given(question, MultiDict(fields), catalog.question(question), answers)
    written = write_answers(change(answers, given, TODAY))
    for child in written.get("children", []) if isinstance(written.get("children"), list) else []:
        child.pop("born")
    if isinstance(written.get("self"), dict):
        written["self"].pop("born")
    return written


@pytest.mark.parametrize(("question", "fields", "gives"), [
    ("needs", [("need", "money"), ("need", "food")], {"needs": ["money", "food"]}),
    ("needs", [], {"asked": ["needs"]}),
    ("needs", [("need", "お金")], {}),
    ("single_parent", [("choice", "0")], {"single_parent": True}),
    ("single_parent", [("choice", "1")], {"single_parent": "unknown", "divorcing": True}),
    ("single_parent", [("choice", "2")], {"single_parent": False, "divorcing": False, "widow": False}),
    ("single_parent", [("choice", "3")], {"single_parent": "unknown", "divorcing": False, "widow": False}),
    ("children", [("p0-age", "grade:小2")], {"children": [{"grade": "小2"}]}),
    ("children", [("p0-age", "age_months:5"), ("p1-age", "")], {"children": [{"age_months": 5}]}),
    ("children", [("p0-age", ""), ("p0-year", "2023"), ("p0-month", "5"), ("p0-disability", "yes")],
     {"children": [{"birth_month": "2023-05", "disability": True}]}),
    ("children", [("p0-age", ""), ("p0-year", "2023"), ("p0-month", "")], {"children": [{"birth_year": 2023}]}),
    ("children", [("choice", "1")], {"children": []}),
    ("children", [("choice", "2")], {"children": "unknown"}),
    ("children", [("p0-age", ""), ("go", "more")], {}),
    ("self", [("p0-age", "age_years:39")], {"self": {"age_years": 39}}),
    ("self", [("p0-age", "")], {"self": "unknown"}),
])
def test_what_a_form_answers(catalog, question, fields, gives):
    assert posted(catalog, question, fields) == gives


def test_a_birth_month_is_added_to_what_was_known_and_ends_the_question(catalog):
    after = posted(catalog, "child_birth", [("p0-age", "age_years:3"), ("p0-year", "2023"), ("p0-month", "5")],
                   {"children": [{"age_years": 3}]})
    assert after == {"children": [{"age_years": 3, "birth_month": "2023-05"}], "asked": ["child_birth"]}


def test_what_the_select_cannot_say_is_kept_as_it_was_told(catalog):
    before = {"children": [{"birth_date": "2023-05-10", "disability": True}]}
    [row] = forms.rows(read_answers(before, TODAY).children, one_more=False)
    assert (row.age, row.kept, row.disability) == ("kept:0", "2023年5月10日生まれ", "yes")
    assert posted(catalog, "children", [("p0-age", row.age), ("p0-disability", "yes")], before) == before


def test_a_child_without_an_age_has_an_empty_row():
    [row] = forms.rows(read_answers({"children": [{}]}, TODAY).children, one_more=False)
    assert (row.age, row.kept) == ("", "")


@pytest.mark.parametrize("fields", [
    [("choice", "9")], [("choice", "x")], [("p0-age", "")], [("p0-age", "nothing:3")], [("p0-age", "age_years:x")],
    [("p0-age", "grade:小2"), ("p0-year", "2023"), ("p0-month", "5")],
    [("p0-year", "20x3")], [("p0-year", "2023"), ("p0-month", "13")], [("p0-age", "kept:7")]])
def test_a_form_that_no_page_makes_is_refused(catalog, fields):
    with pytest.raises(BadAnswer):
        posted(catalog, "children", fields)


BEFORE = {"children": [{"grade": "小2"}, {"age_years": 3}], "single_parent": True, "needs": ["money", "food"],
          "self": {"age_years": 39}}


@pytest.mark.parametrize(("what", "gone"), [
    ("children:0", {"children": [{"age_years": 3}]}), ("needs:food", {"needs": ["money"]}),
    ("single_parent", {"single_parent": None}), ("self", {"self": None}), ("children", {"children": None}),
    ("children:9", {}), ("nothing", {}), ("", {})])
def test_one_answer_is_taken_back_and_the_rest_stays(what, gone):
    before = read_answers(BEFORE, TODAY)
    wanted = {k: v for k, v in {**BEFORE, **gone}.items() if v is not None}
    assert forms.without(before, what, TODAY) == read_answers(wanted, TODAY)


def test_the_last_of_a_kind_leaves_nothing_behind():
    one = read_answers({"children": [{"grade": "小2"}], "needs": ["money"]}, TODAY)
    assert forms.without(forms.without(one, "children:0", TODAY), "needs:money", TODAY) == Answers()


def test_everything_known_is_a_chip(catalog):
    answers = read_answers({**BEFORE, "pregnant": False, "disability": True, "divorcing": True}, TODAY)
    assert [c.text for c in forms.chips(catalog, answers)] == [
        "小2", "3歳", "妊娠していない", "ひとり親", "離婚を考えている・話し合い中", "障害のあるお子さんがいる",
        "ご本人 39歳", "お金・生活費", "食べもの"]
    assert [c.text for c in forms.chips(catalog, read_answers({"children": []}, TODAY))] == ["子どもはいない"]


def test_an_answer_left_open_is_not_the_same_as_none(catalog):
    lines = {q: said for q, _, said in forms.lines(
        catalog, read_answers({"pregnant": "unknown"}, TODAY), ("needs", "pregnant", "self"))}
    assert lines == {"needs": "まだ答えていません", "pregnant": "わからない・答えたくない", "self": "まだ答えていません"}


def test_a_grade_and_a_birth_month_are_both_shown_again():
    told = {"children": [{"grade": "小2", "birth_month": "2018-05"}]}
    [row] = forms.rows(read_answers(told, TODAY).children, one_more=False)
    assert (row.age, row.year, row.month) == ("grade:小2", "2018", "5")
