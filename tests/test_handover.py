"""The sheet that a visitor takes along: doors in walking order, what to say, what to bring."""

from dataclasses import replace
from datetime import date

import pytest

from finder.catalog import Availability
from finder.handover import paper, what_to_say

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def kurume(real_catalogs):
    return real_catalogs["40203-kurume"]


def sheet(catalog, **chosen):
    return paper([(catalog.by_id[i.replace("_", "-")], standing) for i, standing in chosen.items()], catalog, TODAY)


@pytest.mark.parametrize(("program", "standing", "say"), [
    ("jido-fuyo-teate", "likely", "「児童扶養手当」の申請をしたいです。"),
    ("jido-fuyo-teate", "check", "「児童扶養手当」を使えるか、聞きたいです。"),
    ("jido-fuyo-teate", "unlikely", "「児童扶養手当」について聞きたいです。"),
    ("kodomo-iryohi", "likely", "「子ども医療費の助成」の手続きをしたいです。"),
    ("ichiji-azukari", "likely", "「一時預かり事業」を使いたいです。"),
    ("josei-kenko-sodan", "likely", "「女性の健康相談」のことで相談したいです。"),
    ("maternity-koryukai", "likely", "「マタニティ交流会」に参加したいです。"),
    ("boshi-fushi-kafu-shikin", "likely", "「母子父子寡婦福祉資金の貸付」の相談をしたいです。"),
    ("hitorioya-nichijo-seikatsu-shien", "likely", "「ひとり親家庭日常生活支援」を使いたいです。"),
    ("hoikushi-kakuho", "", "「保育士人材確保推進事業」について聞きたいです。"),
    ("school-counselor", "check", "「スクールカウンセラー活用事業」について聞きたいです。"),
])
def test_what_to_say_at_the_desk(kurume, program, standing, say):
    assert what_to_say(kurume.by_id[program], standing) == say


@pytest.mark.parametrize(("availability", "say"), [
    (Availability(), "「児童扶養手当」の申請をしたいです。"),
    (Availability(ends=TODAY), "「児童扶養手当」の申請をしたいです。"),
    (Availability(ends=date(2026, 11, 21)), "「児童扶養手当」を使えるか、聞きたいです。"),
    (Availability(begins=date(2027, 4, 1)), "「児童扶養手当」を使えるか、聞きたいです。"),
    (Availability(paused=True), "「児童扶養手当」を使えるか、聞きたいです。"),
])
def test_what_is_not_to_be_had_just_now_is_asked_about(kurume, availability, say):
    program = replace(kurume.by_id["jido-fuyo-teate"], availability=availability)
    [door] = paper([(program, "likely")], kurume, TODAY).doors
    assert door.errands[0].say == say
    assert bool(door.errands[0].card.notice) == (availability != Availability())


def test_doors_stand_in_walking_order_and_each_office_once(kurume):
    made = sheet(kurume, kodomo_iryohi="likely", kosodate_sedai_hokatsu_shien="likely", bansogata_sodan_shien="likely", akachan_no_eki="likely",
                 sango_care="check", hitorioya_iryohi="check")
    assert [(d.office.name, d.at.floor_words, len(d.errands)) for d in made.doors] == [
        ("子ども政策課", "15階", 1), ("こども子育てサポートセンター", "16階", 3), ("医療・年金課", "", 2)]
    second = made.doors[1]
    assert [p.shown for p in second.office.phones] == ["0942-30-9302"]
    assert [p.shown for e in second.errands for p in e.card.offices[0].phones if e.card.id == "sango-care"] == ["0942-30-9731"]


def test_a_program_without_a_known_office_goes_where_one_can_ask(kurume):
    [door] = sheet(kurume, shugaku_enjo="check").doors
    assert not door.office.known
    assert door.office.phones


def test_what_to_bring_stands_once_with_the_programs_that_need_it(kurume):
    made = sheet(kurume, ninpu_kenko_shinsa="likely", jido_teate="likely")
    [(thing, programs)] = made.bring
    assert "親子健康手帳" in thing.text
    assert [card.id for card in programs] == ["ninpu-kenko-shinsa"]
    assert made.bring_not_known
    assert not sheet(kurume, ninpu_kenko_shinsa="likely").bring_not_known


def test_nothing_chosen_is_an_empty_sheet(kurume):
    assert sheet(kurume).doors == ()
