"""People typed on one line: every word is read exactly, or given back with what is wrong."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from finder.answers import read_child
from finder.births import GRADES
from finder.one_line import NOT_READ, age_now, read_line

TODAY = date(2026, 11, 22)

READ = [
    # ages
    ("3", {"age_years": 3}), ("３", {"age_years": 3}), ("0", {"age_years": 0}), ("3歳", {"age_years": 3}),
    ("3才", {"age_years": 3}), ("3さい", {"age_years": 3}), ("三歳", {"age_years": 3}), ("19", {"age_years": 19}),
    ("39歳", {"age_years": 39}), ("120", {"age_years": 120}),
    # months
    ("8か月", {"age_months": 8}), ("8ヶ月", {"age_months": 8}), ("8カ月", {"age_months": 8}), ("８ヵ月", {"age_months": 8}),
    ("8m", {"age_months": 8}), ("8M", {"age_months": 8}), ("生後8か月", {"age_months": 8}), ("0か月", {"age_months": 0}),
    ("1歳6か月", {"age_months": 18}), ("1y6m", {"age_months": 18}), ("18m", {"age_months": 18}), ("1歳半", {"age_months": 18}),
    # grades
    ("小2", {"grade": "小2"}), ("小２", {"grade": "小2"}), ("小二", {"grade": "小2"}), ("小学2年生", {"grade": "小2"}),
    ("小学校2年", {"grade": "小2"}), ("中1", {"grade": "中1"}), ("中学3年", {"grade": "中3"}), ("高3", {"grade": "高3"}),
    ("高校1年生", {"grade": "高1"}), ("年少", {"grade": "年少"}), ("年中", {"grade": "年中"}), ("年長", {"grade": "年長"}),
    ("しょう2", {"grade": "小2"}), ("sho2", {"grade": "小2"}), ("shou6", {"grade": "小6"}), ("chu1", {"grade": "中1"}),
    ("chuu3", {"grade": "中3"}), ("ko2", {"grade": "高2"}), ("kou2", {"grade": "高2"}), ("nencho", {"grade": "年長"}),
    # Japanese years
    ("H30.5", {"birth_month": "2018-05"}), ("h30.5", {"birth_month": "2018-05"}), ("Ｈ３０．５", {"birth_month": "2018-05"}),
    ("H30.5.9", {"birth_date": "2018-05-09"}), ("H30/5/9", {"birth_date": "2018-05-09"}), ("H30-05-09", {"birth_date": "2018-05-09"}),
    ("H30", {"birth_year": 2018}), ("H.30.5", {"birth_month": "2018-05"}), ("平成30年5月", {"birth_month": "2018-05"}),
    ("平成30年5月9日生まれ", {"birth_date": "2018-05-09"}), ("㍻30.5", {"birth_month": "2018-05"}),
    ("R5.5.10", {"birth_date": "2023-05-10"}), ("r8", {"birth_year": 2026}), ("R8.11.22", {"birth_date": "2026-11-22"}),
    ("令和元年", {"birth_year": 2019}), ("R元.5", {"birth_month": "2019-05"}), ("H31.4", {"birth_month": "2019-04"}),
    ("S60.3.2", {"birth_date": "1985-03-02"}), ("昭和64年1月7日", {"birth_date": "1989-01-07"}),
    # Western years
    ("2018", {"birth_year": 2018}), ("2018年", {"birth_year": 2018}), ("2018.5", {"birth_month": "2018-05"}),
    ("2018年5月", {"birth_month": "2018-05"}), ("2018/5/10", {"birth_date": "2018-05-10"}), ("2018-05-10", {"birth_date": "2018-05-10"}),
    ("201805", {"birth_month": "2018-05"}), ("20180510", {"birth_date": "2018-05-10"}), ("2018年5月10日", {"birth_date": "2018-05-10"}),
    ("2024.2.29", {"birth_date": "2024-02-29"}), ("1985.3.2", {"birth_date": "1985-03-02"}),
    # two forms of one age, and a disability
    ("小2(H30.5)", {"grade": "小2", "birth_month": "2018-05"}), ("8(2018.5)", {"age_years": 8, "birth_month": "2018-05"}),
    ("小2障", {"grade": "小2", "disability": True}), ("3*", {"age_years": 3, "disability": True}),
    ("小2（障）", {"grade": "小2", "disability": True}), ("3障害あり", {"age_years": 3, "disability": True}),
    ("3障がい", {"age_years": 3, "disability": True}), ("小2障なし", {"grade": "小2", "disability": False}),
    ("小2(H30.5)障", {"grade": "小2", "birth_month": "2018-05", "disability": True}),
]


@pytest.mark.parametrize(("typed", "person"), READ)
def test_one_person(typed, person):
    line = read_line(typed, TODAY)
    assert line.unread == ()
    assert line.people == (person,)


@pytest.mark.parametrize(("typed", "people"), [
    ("3 小2 H30.5", [{"age_years": 3}, {"grade": "小2"}, {"birth_month": "2018-05"}]),
    ("3、小2，H30.5　8か月", [{"age_years": 3}, {"grade": "小2"}, {"birth_month": "2018-05"}, {"age_months": 8}]),
    ("3歳と小2", [{"age_years": 3}, {"grade": "小2"}]),
    ("3・5", [{"age_years": 3}, {"age_years": 5}]),
    ("  3  ", [{"age_years": 3}]),
    ("3×2", [{"age_years": 3}, {"age_years": 3}]),
    ("8mx2 sho1", [{"age_months": 8}, {"age_months": 8}, {"grade": "小1"}]),
    ("", []),
])
def test_several_people(typed, people):
    line = read_line(typed, TODAY)
    assert (list(line.people), line.unread, line.no_one, line.not_known) == (people, (), False, False)


@pytest.mark.parametrize("typed", ["なし", "いない", "0人", " なし "])
def test_that_there_are_no_children(typed):
    assert read_line(typed, TODAY).no_one


@pytest.mark.parametrize("typed", ["不明", "?", "？"])
def test_that_it_is_not_known(typed):
    assert read_line(typed, TODAY).not_known


@pytest.mark.parametrize(("typed", "why"), [
    ("小7", "小学校は1〜6年"), ("高4", "中学校と高校は1〜3年"), ("中0", "1〜3年"),
    ("121", "120歳まで"), ("H32.5", "平成は31年まで"), ("S65", "昭和は64年まで"), ("H0", "平成0年はありません"),
    ("H30.13", "2018年13月は、暦にない"), ("2023.2.29", "2023年2月29日は、暦にない"), ("20181301", "暦にない"),
    ("30.5", "R・H・S をつけて"), ("5/10", "R・H・S をつけて"),
    ("R9.3", "これから先"), ("2027.3", "これから先"), ("2030", "1年より先"),
    ("小2(H20.5)", "合っていません"), ("241m", "月齢は"), ("1900.1.1 S", NOT_READ),
    ("太郎", NOT_READ), ("3歳くらい", NOT_READ), ("小", NOT_READ), ("H", NOT_READ), ("1899", NOT_READ), ("なし 太郎", NOT_READ),
])
def test_what_cannot_be_read_says_what_to_write(typed, why):
    assert why in read_line(typed, TODAY).unread[-1].why


def test_nothing_is_lost_beside_what_cannot_be_read():
    line = read_line("3 太郎 小2 H", TODAY)
    assert list(line.people) == [{"age_years": 3}, {"grade": "小2"}]
    assert [(u.text, u.last) for u in line.unread] == [("太郎", False), ("H", True)]
    assert not read_line("3 H ", TODAY).unread[0].last


def test_at_most_twenty():
    line = read_line(" ".join(["3"] * 22), TODAY)
    assert (len(line.people), len(line.unread)) == (20, 2)


@given(st.text(max_size=40))
def test_every_word_is_a_person_or_comes_back(typed):
    line = read_line(typed, TODAY)
    for person in line.people:
        read_child(person, TODAY, "")
    assert all(u.text and u.why for u in line.unread)
    if typed.strip("、,;・ \t\n") and not line.people and not line.no_one and not line.not_known:
        assert line.unread or not typed.strip()


@given(st.dates(date(1990, 1, 1), TODAY), st.sampled_from(["{0}.{1}.{2}", "{0}-{1:02}-{2:02}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}"]))
def test_any_day_is_read_as_it_is(born, form):
    assert read_line(form.format(born.year, born.month, born.day), TODAY).people == ({"birth_date": born.isoformat()},)


@given(st.sampled_from(GRADES))
def test_any_grade_is_read_as_it_is(grade):
    assert read_line(grade, TODAY).people == ({"grade": grade},)


@pytest.mark.parametrize(("typed", "now"), [
    ("H30.5", "いま小2"), ("2019.4.1", "いま小2"), ("2019.4.2", "いま小1"), ("2019.4", ""), ("8", ""), ("小2", ""), ("40", ""),
    ("2020.5.1", "いま年長"), ("2008.12.1", "いま高3")])
def test_what_a_birth_says_of_school_is_shown_when_it_is_certain(typed, now):
    [person] = read_line(typed, TODAY).people
    assert age_now(read_child(person, TODAY, ""), TODAY) == now
