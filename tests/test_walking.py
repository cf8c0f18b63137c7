"""The order of a walk: one building after the other, floor by floor, the unknown last."""

import pytest

from finder.catalog import Municipality, Texts
from finder.offices import Office
from finder.walking import CITY_HALL, ELSEWHERE, NOT_KNOWN, Stop, in_walking_order, stop

SOJA = Municipality("soja", "33208", Texts("総社市"), "岡山県", main_place="〒719-1192 岡山県総社市中央一丁目1番1号")


def office(name, place):
    return Office(name, (), place, "", "", ())


@pytest.mark.parametrize(("place", "at", "floor"), [
    ("久留米市役所 本庁舎16階", Stop(CITY_HALL, "", 16), "16階"),
    ("久留米市役所16階（子ども保育課）、各総合支所", Stop(CITY_HALL, "", 16), "16階"),
    ("高知市役所　本庁舎３階", Stop(CITY_HALL, "", 3), "3階"),
    ("市役所 地下1階", Stop(CITY_HALL, "", -1), "地下1階"),
    ("〒719-1192 総社市中央一丁目1番1号", Stop(CITY_HALL), ""),
    ("総社市中央1丁目1番1号", Stop(CITY_HALL), ""),
    ("総社市中央6丁目6-102 総社ふれあいセンター2F", Stop(ELSEWHERE, "総社市中央6丁目6-102 総社ふれあいセンター", 2), "2階"),
    ("あすてらす（市総合保健福祉センター、小郡市二森）", Stop(ELSEWHERE, "あすてらす"), ""),
    ("ひだまりセンター1F", Stop(ELSEWHERE, "ひだまりセンター", 1), "1階"),
    ("", Stop(NOT_KNOWN), ""), ("　", Stop(NOT_KNOWN), ""),
])
def test_a_place_says_building_and_floor(place, at, floor):
    found = stop(office("課", place), SOJA)
    assert found == at
    assert found.floor_words == floor


def test_a_city_hall_whose_address_is_not_known_is_told_by_its_name_only():
    nowhere = Municipality("x", "00000", Texts("ある市"), "ある県")
    assert stop(office("課", "中央1-1"), nowhere) == Stop(ELSEWHERE, "中央1-1")


def test_the_walk():
    ask = Office("聞く所", (), "市役所1階", "", "", (), known=False)
    told = [ask, office("どこか", ""), office("図書館", "中央図書館"), office("十六", "市役所 本庁舎16階"), office("本庁のどこか", "市役所"),
            office("あすてらす二階", "あすてらす2階"), office("三", "市役所3階"), office("あすてらす一階", "あすてらす（二森）1階"),
            office("地下", "市役所 地下1階")]
    assert [o.name for o in in_walking_order(told, SOJA)] == [
        "地下", "三", "十六", "本庁のどこか", "あすてらす一階", "あすてらす二階", "図書館", "どこか", "聞く所"]
