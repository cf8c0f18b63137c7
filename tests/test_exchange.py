"""The JSON contract, asked directly."""

from datetime import date

import pytest

from finder import exchange
from finder.answers import read_answers
from finder.dialogue import ask

TODAY = date(2026, 11, 22)


@pytest.fixture
def kurume(real_catalogs):
    return real_catalogs["40203-kurume"]


def test_null_is_the_same_as_absent(kurume):
    empty = {"answers": {"children": None, "needs": None, "single_parent": None, "self": None}, "said": None,
             "limit": None, "include": None, "as_of": None}
    assert exchange.turn(kurume, empty, TODAY) == exchange.turn(kurume, {}, TODAY)
    assert exchange.turn(kurume, {"answers": None}, TODAY) == exchange.turn(kurume, {}, TODAY)


@pytest.mark.parametrize(("given", "said", "many"), [
    ({"children": [{"age_years": 3}] * 20}, "小6の子もいます", 20), ({"children": [{"age_years": 3}] * 19}, "小6の子もいます", 20),
    ({"children": [{"age_years": 3}] * 15}, "子どもが10歳と11歳と12歳と13歳と14歳と15歳と16歳です", 20),
    ({"children": [{"age_years": 3}] * 20}, "17歳です。一人で悩んでいます", 20),
    ({"children": [{"age_years": 3}] * 20, "self": {"age_years": 16}}, "", 20),
])
def test_a_family_of_twenty_may_say_more_and_its_answers_can_be_sent_back(kurume, given, said, many):
    found = exchange.turn(kurume, {"answers": given, "said": said}, TODAY)
    assert len(found["answers"]["children"]) == many
    assert exchange.turn(kurume, {"answers": found["answers"]}, TODAY)["answers"] == found["answers"]


def test_a_question_about_a_birth_month_names_the_child(kurume):
    everything = {"children": [{"birth_date": "2015-05-05"}, {"age_years": 0}], "pregnant": False, "single_parent": False,
                  "divorcing": False, "widow": False, "disability": False, "low_income": False, "self": {"age_years": 50}}
    put = ask(kurume, "child_birth", read_answers(everything, TODAY), TODAY)
    assert exchange.question(put)["child"] == 1


def test_a_danger_gives_its_kind_its_need_and_its_hotlines(kurume):
    found = exchange.understanding(kurume, {"said": "もう死にたいです"}, TODAY)
    assert found["danger"] == "suicide"
    assert "self_harm" in found["needs"]
    assert [h["phone"] for h in found["hotlines"]][:1] == ["119"]


def test_what_is_not_for_us_sets_nothing(kurume):
    answer = exchange.turn(kurume, {"said": "ごみの日を教えて"}, TODAY)
    assert answer["out_of_scope"] is True
    assert answer["answers"] == {}


def test_a_speaker_under_18_is_a_person_for_whom_help_is_asked(kurume):
    answer = exchange.turn(kurume, {"answers": {"children": [], "self": {"age_years": 15}}}, TODAY)
    found = {p["id"]: p["standing"] for p in answer["programs"]}
    assert found["kodomo-sodan-madoguchi"] == "likely"
    assert answer["answers"]["children"] == []


def test_the_places_of_children_are_those_of_the_answers(kurume):
    answer = exchange.turn(kurume, {"answers": {"self": {"age_years": 15}}}, TODAY)
    assert all(p["children"] == [] for p in answer["programs"])


def test_whoever_raises_a_child_in_the_parents_place_is_not_sent_away(kurume):
    answers = {"children": [{"grade": "小2"}], "single_parent": "guardian"}
    answer = exchange.turn(kurume, {"answers": answers}, TODAY)
    found = {p["id"]: p["standing"] for p in answer["programs"]}
    assert found["jido-fuyo-teate"] == "check"
    assert found["hitorioya-iryohi"] == "check"
    assert answer["answers"]["single_parent"] == "unknown"
