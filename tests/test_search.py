"""Search at the counter: over everything, also what residents cannot apply for; and what another answer would change."""

from datetime import date

import pytest

from finder.answers import NOTHING_SAID, read_answers
from finder.dialogue import search, take_turn
from finder.what_if import difference

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def kurume(real_catalogs):
    return real_catalogs["40203-kurume"]


def ids(ranked):
    return [r.assessment.program.id for r in ranked]


@pytest.mark.parametrize(("sought", "first"), [
    ("児童扶養手当", "jido-fuyo-teate"), ("児童扶", "jido-fuyo-teate"), ("母子手当", "jido-fuyo-teate"), ("ジドウ", None),
    ("ファミサポ", "family-support-center"), ("ﾌｧﾐﾘｰ･ｻﾎﾟｰﾄ", "family-support-center"),
    ("jidō fuyō t", "jido-fuyo-teate"), ("協議会", "yohogo-jido-kyogikai"), ("らるご", "futoko-taio-rarugo"),
    ("児童 扶養", "jido-fuyo-teate"),
])
def test_what_is_sought_comes_first(kurume, sought, first):
    found = ids(search(kurume, sought, NOTHING_SAID, TODAY))
    assert found[:1] == ([first] if first else []), [kurume.by_id[i].name for i in found[:4]]


def test_what_residents_cannot_apply_for_is_found_too(kurume):
    found = search(kurume, "保育士 研修", NOTHING_SAID, TODAY)
    assert not all(r.assessment.program.for_residents for r in found)
    assert ids(search(kurume, "", NOTHING_SAID, TODAY)) == [p.id for p in kurume.programs]
    assert search(kurume, "   ", NOTHING_SAID, TODAY) == ()


def test_every_letter_typed_narrows_or_keeps(kurume):
    """While a name is typed, the program is in sight from its second letter on."""
    name = kurume.by_id["jido-fuyo-teate"].name
    assert all("jido-fuyo-teate" in ids(search(kurume, name[:n], NOTHING_SAID, TODAY)) for n in range(2, len(name) + 1))


def test_what_is_found_is_assessed_for_the_household(kurume):
    single = read_answers({"children": [{"grade": "小2"}], "single_parent": True}, TODAY)
    couple = read_answers({"children": [{"grade": "小2"}], "single_parent": False}, TODAY)
    assert [search(kurume, "児童扶養手当", a, TODAY)[0].assessment.standing for a in (single, couple)] == ["likely", "unlikely"]


# --- もし〜なら -------------------------------------------------------------------------------------

def turn(catalog, today=TODAY, **answers):
    return take_turn(catalog, read_answers(answers, TODAY), "", today)


def test_the_same_answers_change_nothing(kurume):
    assert not difference(turn(kurume, single_parent=True), turn(kurume, single_parent=True))


def test_one_answer_makes_programs_go_and_come_back(kurume):
    unknown, single, couple = (turn(kurume, children=[{"grade": "小2"}], single_parent=s) for s in ("unknown", True, False))
    gone = difference(single, couple)
    assert "jido-fuyo-teate" in ids(gone.goes)
    assert all(r.assessment.standing == "unlikely" for r in gone.goes)
    assert ids(difference(couple, single).appears) == [i for i in ids(single.programs) if i in ids(gone.goes)]
    surer = {b.assessment.program.id: (a.assessment.standing, b.assessment.standing) for a, b in difference(unknown, single).changes}
    assert surer["jido-fuyo-teate"] == ("check", "likely")


@pytest.mark.parametrize("city", ["40203-kurume", "40216-ogori", "39201-kochi", "33208-soja", "13219-komae"])
def test_now_and_what_changes_give_what_would_be(real_catalogs, city):
    """Nothing is told twice and nothing left out, for an answer and for a day."""
    now = turn(real_catalogs[city], children=[{"grade": "小6"}])
    for then in (turn(real_catalogs[city], children=[{"grade": "小6"}], low_income=False, single_parent=True),
                 turn(real_catalogs[city], date(2027, 4, 1), children=[{"grade": "小6"}])):
        told = difference(now, then)
        assert (set(ids(now.programs)) - set(ids(told.goes))) | set(ids(told.appears)) == set(ids(then.programs))
        standings = {r.assessment.program.id: r.assessment.standing for r in now.programs}
        standings |= {b.assessment.program.id: b.assessment.standing for _, b in told.changes}
        assert all(standings.get(r.assessment.program.id, r.assessment.standing) == r.assessment.standing for r in then.programs)
