"""Programs not yet begun, paused or ended say so, and do not vanish."""

from __future__ import annotations

import json
from datetime import date

import pytest

from finder import cards
from finder.availability import availability_notice
from finder.building import build_catalog
from finder.catalog import Availability, Texts
from finder.checking import check_program
from finder.folder_text import program_text

TODAY = date(2026, 11, 22)
NOTE = Texts("来年度の予算を待っています。", "まって ください。", "Waiting for the budget.")


@pytest.mark.parametrize(("availability", "said"), [
    (Availability(), None),
    (Availability(begins=date(2026, 4, 1)), None),
    (Availability(begins=TODAY), None),
    (Availability(begins=date(2027, 4, 1)), "受付は2027年4月1日からです。"),
    (Availability(ends=TODAY), "受付は2026年11月22日までです。"),
    (Availability(ends=date(2026, 11, 21)), "受付は2026年11月21日で終わりました。"),
    (Availability(paused=True), "いまは受付を休んでいます。"),
    (Availability(paused=True, note=NOTE), "いまは受付を休んでいます。来年度の予算を待っています。"),
    (Availability(note=NOTE), "来年度の予算を待っています。"),
    (Availability(ends=date(2026, 3, 31), paused=True), "受付は2026年3月31日で終わりました。"),
])
def test_what_is_said_today(availability, said):
    found = availability_notice(availability, TODAY)
    assert (found.ja if found else None) == said
    assert found is None or (found.easy and found.en)


def changed(real_folder, availability):
    raw = json.loads(json.dumps(real_folder.raw))
    raw["municipalities"]["40203-kurume"]["programs"]["jido-fuyo-teate"]["availability"] = availability
    return raw


def test_a_program_that_is_not_open_is_still_listed_and_says_so(real_folder):
    raw = changed(real_folder, {"begins": "2027-04-01"})
    assert check_program(raw, "40203-kurume", "jido-fuyo-teate") == []
    catalog = build_catalog(raw, "40203-kurume")
    assert cards.about(catalog.program("jido-fuyo-teate"), catalog, TODAY).notice.ja == "受付は2027年4月1日からです。"
    assert "begins = 2027-04-01" in program_text(raw["municipalities"]["40203-kurume"]["programs"]["jido-fuyo-teate"])


@pytest.mark.parametrize(("availability", "said"), [
    ({"begins": "2027-04-01", "ends": "2026-04-01"}, "始まりが終わりより後"),
    ({"begins": "あした"}, "日付は"), ({"closed": True}, "知らない項目"),
])
def test_a_wrong_availability_is_told(real_folder, availability, said):
    problems = check_program(changed(real_folder, availability), "40203-kurume", "jido-fuyo-teate")
    assert any(said in p.what for p in problems)
