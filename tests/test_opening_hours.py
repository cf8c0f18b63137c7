"""Open now or closed: what hours mean on a day, and what is said when nobody knows."""

from __future__ import annotations

import csv
import tomllib
from datetime import date, datetime, time

import pytest
from conftest import DATA
from hypothesis import given, strategies as st

from finder.opening_hours import opening, opening_words, read_hours

OFFICE = "月曜日から金曜日 8時30分〜17時15分（木曜日は19時まで、祝日と12月29日〜1月3日は休み）"
LUNCH = "月〜金曜日 9:00〜12:00、13:00〜15:00（土曜・日曜・祝日は休み）"


@pytest.mark.parametrize(("hours", "now", "words"), [
    # 2026-11-24 is a Tuesday
    (OFFICE, "2026-11-24 08:29", "いまは閉まっています。今日 8:30から"),
    (OFFICE, "2026-11-24 08:30", "17:15まで受付"),
    (OFFICE, "2026-11-24 17:14", "17:15まで受付"),
    (OFFICE, "2026-11-24 17:15", "いまは閉まっています。水曜日 8:30から"),
    (OFFICE, "2026-11-26 18:59", "19:00まで受付"),                                     # Thursday, longer
    (OFFICE, "2026-11-26 19:00", "いまは閉まっています。金曜日 8:30から"),
    (OFFICE, "2026-11-27 20:00", "いまは閉まっています。月曜日 8:30から"),              # Friday evening
    (OFFICE, "2026-11-21 12:00", "いまは閉まっています。火曜日 8:30から"),              # Saturday before 勤労感謝の日
    (OFFICE, "2026-11-23 12:00", "いまは閉まっています。火曜日 8:30から"),              # 勤労感謝の日, a Monday
    (OFFICE, "2026-09-21 12:00", "いまは閉まっています。木曜日 8:30から"),              # 敬老の日, 国民の休日, 秋分の日
    (OFFICE, "2026-05-06 12:00", "いまは閉まっています。木曜日 8:30から"),              # 振替休日 of 憲法記念日
    (OFFICE, "2026-12-28 18:00", "いまは閉まっています。1月4日 8:30から"),
    (OFFICE, "2026-12-29 12:00", "いまは閉まっています。月曜日 8:30から"),
    (OFFICE, "2026-12-31 12:00", "いまは閉まっています。月曜日 8:30から"),
    (LUNCH, "2026-11-24 11:59", "12:00まで受付"),
    (LUNCH, "2026-11-24 12:30", "いまは閉まっています。今日 13:00から"),
    (LUNCH, "2026-11-24 14:00", "15:00まで受付"),
    # nothing is said of holidays
    ("月曜から金曜 8時30分〜17時15分", "2026-11-23 12:00", "祝日や年末年始は、閉まっていることがあります。"),
    ("月曜から金曜 8時30分〜17時15分", "2026-11-23 18:00", "いまは閉まっています。火曜日 8:30から"),
    ("月曜から金曜 8時30分〜17時15分", "2026-11-22 18:00", "いまは閉まっています。火曜日 8:30から"),
    ("平日 8時30分〜17時15分", "2026-11-23 12:00", "いまは閉まっています。火曜日 8:30から"),
    ("平日 8時30分〜17時15分", "2026-12-30 12:00", "祝日や年末年始は、閉まっていることがあります。"),
    ("毎日16時〜21時（12月29日〜1月3日は休み）", "2026-11-23 20:00", "21:00まで受付"),
    ("毎日16時〜21時", "2026-12-31 20:00", "祝日や年末年始は、閉まっていることがあります。"),
    ("毎日16時〜21時（12月29日〜1月3日は休み）", "2026-11-22 20:59", "21:00まで受付"),
    ("毎日16時〜21時（12月29日〜1月3日は休み）", "2026-12-29 20:00", "いまは閉まっています。月曜日 16:00から"),
    ("火〜日曜日 10時〜16時。祝日も開所（月曜日と年末年始は休み）", "2026-11-23 12:00", "いまは閉まっています。火曜日 10:00から"),
    ("火〜日曜日 10時〜16時。祝日も開所（月曜日と年末年始は休み）", "2026-11-03 12:00", "16:00まで受付"),
    ("火・木 9時〜12時", "2026-11-24 09:00", "12:00まで受付"),
    ("日〜木曜日 9:00〜16:00", "2026-11-27 12:00", "いまは閉まっています。日曜日 9:00から"),
])
def test_what_is_said_at_a_time(hours, now, words):
    at = datetime.fromisoformat(now)
    assert opening_words(opening(read_hours(hours), at), at.date()) == words


@pytest.mark.parametrize("text", [
    "", "24時間", "時間は確認できていません", "都道府県によって違います（夜や休日が中心）",
    "平日8時30分〜17時15分（都道府県によって違います）",
    "月曜から金曜 8時30分〜17時15分（木曜は19時まで）※ヤングケアラー相談・支援窓口の時間",
    "火〜日曜日 10:00〜12:00、12:30〜15:30。祝日も開所（月曜日、GW、年末年始は休み）",
    "月〜金曜日 9:30〜12:00、12:30〜15:30。土曜日（月2回） 9:30〜12:00",
    "日〜木曜日 9:00〜16:00、第1・3月曜日 9:00〜14:00（金曜・土曜・祝日は休み）",
    "平日 17時〜9時", "平日 25時〜26時", "平日", "木曜は19時まで", "平日 9時〜17時（土曜は12時まで）", "学校が終わってから18時まで",
])
def test_hours_that_are_not_wholly_understood_say_nothing(text):
    assert read_hours(text) is None


@given(st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31)), st.sampled_from([OFFICE, LUNCH, "毎日16時〜21時", "平日 9時〜17時"]))
def test_who_comes_when_it_opens_finds_it_open(now, text):
    hours = read_hours(text)
    found = opening(hours, now)
    if found.open is False:
        assert found.opens is not None
        assert found.opens > now
        assert opening(hours, found.opens).open is True
    else:
        assert now.time() < found.until
        assert opening(hours, datetime.combine(now.date(), found.until)).until != found.until


def test_the_hours_in_data_that_are_understood_are_these():
    texts = {row["hours"] for path in DATA.glob("*/departments.csv") for row in csv.DictReader(path.open(encoding="utf-8"))}
    texts |= {one["hours"] for one in tomllib.loads((DATA / "hotlines.toml").read_text(encoding="utf-8"))["hotline"]}
    read = {text for text in texts if read_hours(text)}
    assert len(read) >= 9
    assert all(time(7) <= begin < end <= time(23) for text in read for spans in read_hours(text).week.values() for begin, end in spans)
    assert read_hours("平日 8時30分〜17時15分").on(date(2026, 11, 23)) == ()


HOTLINE = "妊娠ほっとライン（久留米市）"


@pytest.mark.parametrize(("now", "words"), [
    (datetime(2026, 11, 26, 18), "19:00まで受付"),
    (datetime(2026, 11, 27, 18), "いまは閉まっています。月曜日 8:30から"),
    (datetime(2026, 12, 28, 18), "いまは閉まっています。1月4日 8:30から"),
    (datetime(2027, 3, 26, 12), ""),                       # three years and more since it was seen
])
def test_pages_say_whether_an_office_is_open_at_this_moment(client, app, monkeypatch, now, words):
    monkeypatch.setitem(app.extensions, "now", lambda: now)
    contacts = client.get("/kurume/contacts").get_data(as_text=True)
    card = contacts[contacts.index('id="ninshin-hotline"'):].split("</li>")[0]
    line = contacts[contacts.index(HOTLINE):].split("</li>")[0]
    program = client.get("/kurume/programs/ninshin-hotline").get_data(as_text=True)
    for part in (card, line, program[program.index(">窓口</h"):]):
        assert (f'<p class="opening no-print">{words}</p>' in part) if words else ("opening" not in part)


def test_a_list_says_so_too_in_its_language_and_a_sheet_to_print_does_not(client, app, monkeypatch):
    client.get("/kurume/?lang=en")
    for now, words in ((datetime(2026, 11, 26, 18), "Open until 19:00"), (datetime(2026, 11, 27, 18), "Closed now. Opens Monday at 8:30")):
        monkeypatch.setitem(app.extensions, "now", lambda now=now: now)
        client.post("/kurume/say", data={"said": "予期しない妊娠で悩んでいます"})
        assert f'<span class="opening no-print">{words}</span>' in client.get("/kurume/results").get_data(as_text=True)
    assert "opening" not in client.get("/kurume/sheet").get_data(as_text=True)
