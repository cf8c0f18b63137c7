"""A program as a resident reads it: numbers that can be dialled, dates said, nothing invented."""

from dataclasses import replace
from datetime import date

import pytest

from finder import cards, exchange, offices
from finder.answers import read_answers
from finder.births import ANY_AGE
from finder.catalog import Contact, Department, Fact, Municipality, Program, Source, Texts
from finder.dialogue import take_turn
from finder.languages import LANGUAGES

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("text", "numbers"), [
    ("0942-30-9227", [("0942-30-9227", "0942309227")]),
    ("0942-35-3806(課)／0120-369656(みらくる相談専用ダイヤル)", [("0942-35-3806", "0942353806"), ("0120-369656", "0120369656")]),
    ("0120-0-78310", [("0120-0-78310", "0120078310")]),
    ("#8000", [("#8000", "%238000")]), ("189", [("189", "189")]), ("110", [("110", "110")]),
    ("0942-72-2111（内線442）", [("0942-72-2111", "0942722111")]),
    ("0570-013904", [("0570-013904", "0570013904")]), ("", []), ("電話はありません", []),
])
def test_every_number_of_a_text_can_be_dialled(text, numbers):
    assert [(p.shown, p.dials) for p in offices.phones(text)] == numbers


def test_every_hotline_shows_its_whole_number(real_catalogs):
    for catalog in real_catalogs.values():
        for line in catalog.hotlines:
            assert "".join(p.shown for p in offices.phones(line.phone)) == line.phone


@pytest.mark.parametrize(("said", "name"), [
    ({"grade": "小2"}, "小2"), ({"age_years": 3}, "3歳"), ({"age_months": 5}, "5か月"), ({"age_months": 18}, "1歳6か月"),
    ({"age_months": 24}, "2歳"), ({"age_months": 0}, "0か月"), ({"birth_date": "2023-05-10"}, "2023年5月10日生まれ"),
    ({"birth_month": "2019-11"}, "2019年11月生まれ"), ({"birth_year": 2015}, "2015年生まれ"), ({}, "お子さん")])
def test_a_child_is_called_as_the_parent_told_it(said, name):
    assert cards.child_name(read_answers({"children": [said]}, TODAY).children[0]) == name


@pytest.mark.parametrize(("found_on", "status", "says"), [
    ("2021-07-01", "official", ["2021年7月の情報です。最新の内容は窓口で確認してください。"]),
    ("2025-10-31", "official", ["2025年10月に確認した情報です。"]),
    ("2019", "second-hand", ["2019年の情報です。最新の内容は窓口で確認してください。",
                             "市の公式ページ以外の情報です。市の代表番号でも確認できます。"]),
    ("2025-04以降", "official", ["2025年4月に確認した情報です。"]), ("", "official", [])])
def test_the_age_and_origin_of_a_fact_are_said(found_on, status, says):
    assert list(offices.freshness(found_on, status, TODAY)) == says


def fact(kind="amount", found_on="2026-05-01", status="official"):
    return Fact(kind, Texts("月に1円"), "https://example.jp", found_on, status)


@pytest.mark.parametrize(("known", "says"), [
    (fact(), "2026年5月の情報"),
    (fact(found_on="2025-05-01"), "2025年5月の情報。今年度の金額は窓口で確認してください"),
    (fact(found_on=""), "今年度の金額は窓口で確認してください"),
    (fact("apply", "2020-05-01"), "2020年5月の情報。最新の内容は窓口で確認してください"),
    (fact("apply", "2026-05-01", "second-hand"), "2026年5月の情報。公式ページ以外の情報")])
def test_an_amount_of_a_past_year_is_not_shown_as_todays(real_catalogs, known, says):
    program = replace(PROGRAM, facts=(known,))
    [note] = cards.about(program, real_catalogs["40203-kurume"], TODAY).facts
    assert note.dated == says


PROGRAM = Program(id="x", name="見本の制度", kind="cash", needs=("money",), for_residents=True, title=Texts("見本"),
                  text=Texts("見本の文"), source=Source("見本のページ", url="https://example.jp", status="official"), alternatives=())
OFFICE = Department("d", "見本課", phone="0942-00-0001", extension="12", aliases=("前の課",), note="昼は休み", checked_on="2026-01-01")
CITY = Municipality("mihon", "99999", Texts("見本市"), "見本県")


def test_an_office_says_its_extension_its_note_and_its_former_name():
    shown = offices.office(OFFICE, TODAY)
    assert [p.shown for p in shown.phones] == ["0942-00-0001"]
    assert "内線 12" in shown.notes
    assert (shown.remark, shown.also) == ("昼は休み", "前の課")


def test_a_program_with_a_number_of_its_own_and_no_office_shows_the_number(real_catalogs):
    catalog = real_catalogs["40203-kurume"]
    program = replace(PROGRAM, contact=Contact("confirmed", phone="0942-00-0002", found_on="2026-01-01"), named_contacts=("見本ライン",))
    [shown] = offices.offices(program, catalog, TODAY)
    assert (shown.name, [p.shown for p in shown.phones]) == ("見本ライン", ["0942-00-0002"])
    [in_api] = exchange.departments_of(program, catalog)
    assert (in_api["name"], in_api["phone"]) == ("見本ライン", "0942-00-0002")


def test_an_office_without_a_number_sends_on_to_the_place_to_ask(real_catalogs):
    catalog = real_catalogs["40203-kurume"]
    quiet = next(d.id for d in catalog.departments.values() if not d.phone)
    shown = offices.offices(replace(PROGRAM, departments=(quiet,)), catalog, TODAY)
    assert not shown[0].phones
    assert shown[-1].phones
    assert "ここで聞けます" in shown[-1].notes[0]


def test_where_nothing_at_all_is_known_no_number_is_invented():
    [shown] = offices.ask_anyway(CITY, TODAY, "ここで聞けます。")
    assert (shown.name, shown.phones, shown.known) == ("見本市役所", (), False)


def test_both_the_plans_contact_and_the_main_number_are_offered():
    city = replace(CITY, ask_name="計画の課", ask_phone="0942-00-0003", main_phone="0942-00-0004", main_status="second-hand")
    assert [o.name for o in offices.ask_anyway(city, TODAY, "ここで。")] == ["計画の課", "見本市役所（代表）"]
    assert [o["phone"] for o in exchange.ask_anyway(city)] == ["0942-00-0003", "0942-00-0004"]


def test_the_main_number_does_not_send_on_to_itself():
    [shown] = offices.ask_anyway(replace(CITY, main_phone="0942-00-0004", main_status="second-hand"), TODAY, "ここで。")
    assert shown.notes == ("ここで。", "市の公式ページ以外の情報です。")


def test_a_page_as_source_is_named_with_the_day_it_was_checked(real_catalogs):
    program = replace(PROGRAM, source=replace(PROGRAM.source, checked_on=date(2026, 11, 22)))
    shown = cards.about(program, real_catalogs["40203-kurume"], TODAY)
    assert shown.source == "見本のページ（2026年11月22日に確認）"
    assert shown.source_notice == ""


def test_a_card_says_for_which_of_several_children_it_is(real_catalogs):
    catalog = real_catalogs["40203-kurume"]
    answers = read_answers({"children": [{"grade": "小2"}, {"age_months": 5}]}, TODAY)
    turn = take_turn(catalog, answers, "", TODAY)
    shown = {r.assessment.program.id: cards.card(r, catalog, answers, TODAY) for r in turn.programs}
    assert shown["jido-teate"].for_whom == "お子さんみんな"
    assert shown["bookstart"].for_whom == "5か月"


def test_a_card_names_what_is_still_open(real_catalogs):
    catalog = real_catalogs["40203-kurume"]
    answers = read_answers({"children": [{"grade": "小2"}]}, TODAY)
    ranked = next(r for r in take_turn(catalog, answers, "", TODAY).programs if r.assessment.program.id == "jido-fuyo-teate")
    assert cards.card(ranked, catalog, answers, TODAY).open_words == ("ひとり親家庭",)
    assert cards.card(ranked, catalog, answers, TODAY, LANGUAGES["en"]).open_words == ("Single-parent family",)


def test_a_program_of_any_age_has_no_age_words(real_catalogs):
    for catalog in real_catalogs.values():
        for program in catalog.programs:
            for alternative in program.alternatives:
                for requirement in alternative.requirements:
                    assert requirement.text.ja
                    assert requirement.text.easy
                    assert requirement.text.en
                    assert requirement.ages is ANY_AGE or requirement.kind in ("child", "self")


@pytest.mark.parametrize(("amount", "cost"), [
    ("1歳まで15,000円です。3歳から10,000円です。", "1歳まで15,000円です。"),
    ("無料です（2024年のとき。いまは窓口で）。予約が要ります。", "無料です（2024年のとき。いまは窓口で）。"),
    ("月5,000円", "月5,000円")])
def test_what_it_costs_or_pays_is_one_sentence_with_its_date(real_catalogs, amount, cost):
    catalog = real_catalogs["40203-kurume"]
    program = replace(catalog.by_id["jido-fuyo-teate"], id="new", facts=(
        Fact("amount", Texts(amount), "https://www.example.lg.jp/", "2024-05"),))
    shown = cards.about(program, catalog, TODAY).cost
    assert shown.text == cost
    assert "2024年5月" in shown.dated
    assert "今年度の金額は窓口で確認してください" in shown.dated
    assert cards.about(replace(program, facts=()), catalog, TODAY).cost is None
