"""calendar_file.py: what RFC 5545 asks of every line, a second parser that reads it, and nothing of the family in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from ical.calendar_stream import IcsCalendarStream

from finder.answers import read_answers
from finder.calendar_file import calendar_file, dated_programs
from finder.catalog import Availability, Catalog
from finder.timeline import timetable

TODAY = date(2026, 11, 22)
BABY = {"children": [{"birth_date": "2026-07-10"}]}
TWO = {"children": [{"birth_date": "2026-07-10"}, {"birth_date": "2019-05-03"}]}
CHECK_UPS, ALLOWANCE, AFTER_SCHOOL = "nyuyoji-kenko-shinsa", "jido-teate", "gakudo-hoiku"


@pytest.fixture(scope="module")
def kurume(real_catalogs: dict[str, Catalog]) -> Catalog:
    return real_catalogs["40203-kurume"]


def made(catalog: Catalog, said: dict, *chosen: str, names: bool = False, today: date = TODAY) -> bytes | None:
    lines = timetable(catalog, read_answers(said, TODAY), today)
    return calendar_file(catalog, lines, frozenset(chosen), today, names, lambda i: f"https://example.jp/kurume/programs/{i}")


def events(file: bytes) -> list:
    return IcsCalendarStream.calendar_from_ics(file.decode()).events


def unfolded(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_every_line_is_as_rfc_5545_wants_it(kurume):
    file = made(kurume, TWO, *[p.id for p in kurume.programs], names=True)
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"") and b"\r" not in file.replace(b"\r\n", b"")
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()               # no character is cut in two
    lines = unfolded(file)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("VERSION:2.0") == 1 and sum(x.startswith("PRODID:") for x in lines) == 1
    assert "X-WR-TIMEZONE:Asia/Tokyo" in lines
    assert all(re.match(r"(?:[A-Z-]+)(?:;[A-Z-]+=[^:;]+)*:", x) for x in lines[:-1])
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 40


def test_a_second_parser_reads_the_same_days(kurume):
    found = {e.uid: e for e in events(made(kurume, BABY, CHECK_UPS, ALLOWANCE))}
    assert {u: (e.dtstart, e.dtend) for u, e in found.items()} == {
        "kurume-nyuyoji-kenko-shinsa-begins-check-20270509@shien-finder": (date(2027, 5, 9), date(2027, 5, 10)),
        "kurume-nyuyoji-kenko-shinsa-begins-check-20280109@shien-finder": (date(2028, 1, 9), date(2028, 1, 10)),
        "kurume-nyuyoji-kenko-shinsa-begins-check-20290709@shien-finder": (date(2029, 7, 9), date(2029, 7, 10)),
        "kurume-jido-teate-ends-20450331@shien-finder": (date(2045, 3, 31), date(2045, 4, 1))}
    first = found["kurume-nyuyoji-kenko-shinsa-begins-check-20270509@shien-finder"]
    assert first.summary.startswith("10か月｜赤ちゃんと小さい子の健診")
    assert first.dtstamp == datetime(2026, 11, 22, tzinfo=UTC)
    assert str(first.url) == "https://example.jp/kurume/programs/nyuyoji-kenko-shinsa"
    assert "0942-30-" in first.description and "担当課が決めます" in first.description


def test_an_alarm_comes_two_weeks_before_at_nine(kurume):
    [alarm] = next(e for e in events(made(kurume, BABY, CHECK_UPS))).alarm
    assert alarm.action == "DISPLAY" and alarm.description
    assert datetime(2027, 5, 9) + alarm.trigger == datetime(2027, 4, 25, 9)


def test_an_alarm_that_would_be_past_is_not_set(kurume):
    [event, *_] = events(made(kurume, BABY, CHECK_UPS, today=date(2027, 4, 26)))
    assert event.dtstart == date(2027, 5, 9) and not event.alarm


def test_the_same_dates_have_the_same_names_another_day(kurume):
    first, later = (made(kurume, BABY, CHECK_UPS, today=TODAY + timedelta(days=n)) for n in (0, 30))
    assert [e.uid for e in events(first)] == [e.uid for e in events(later)]
    assert len({e.uid for e in events(made(kurume, TWO, *[p.id for p in kurume.programs]))}) == len(
        events(made(kurume, TWO, *[p.id for p in kurume.programs])))


def test_nothing_of_the_family_is_in_it_unless_wished(kurume):
    said = {**TWO, "single_parent": True, "needs": ["dv"]}
    every = [p.id for p in kurume.programs]
    plain, named = made(kurume, said, *every), made(kurume, said, *every, names=True)
    assert not any(word in "\n".join(unfolded(plain)) for word in ("上の子", "下の子", "2026-07-10", "20260710", "2026年7月10日", "2019"))
    assert {e.summary for e in events(plain)} != {e.summary for e in events(named)}
    assert any("（下の子）" in e.summary for e in events(named)) and any("（上の子）" in e.summary for e in events(named))
    assert [e.uid for e in events(plain)] == [e.uid for e in events(named)]


def test_children_who_share_a_date_share_it_in_the_calendar(kurume):
    twins = {"children": [{"birth_date": "2026-07-10"}, {"birth_date": "2026-07-11"}]}
    ends = events(made(kurume, twins, ALLOWANCE, names=True))
    assert [e.summary[-9:] for e in ends] == ["（上の子・下の子）"]


def test_three_children_are_told_apart(kurume):
    three = {"children": [{"grade": "小2"}, {"birth_date": "2026-07-10"}, {"grade": "中1"}]}
    assert {re.search("（([^（）]*)）$", e.summary)[1] for e in events(made(kurume, three, ALLOWANCE, names=True))} == {
        "上の子", "上から2番目の子", "下の子"}


def test_a_date_known_to_a_month_spans_it_and_a_wider_one_is_left_out(kurume):
    month = events(made(kurume, {"children": [{"birth_month": "2026-07"}]}, CHECK_UPS))
    assert (month[1].dtstart, month[1].dtend) == (date(2027, 4, 30), date(2027, 5, 31))
    assert month[1].summary.endswith("｜このころから")
    assert events(made(kurume, {"children": [{"birth_month": "2026-07"}]}, "sango-care"))[0].summary.endswith("｜このころに終わる見込み")
    assert made(kurume, {"children": [{"age_years": 3}]}, CHECK_UPS, "famisapo-riyoryo-josei") is None


@pytest.mark.parametrize("said", [{}, {"pregnant": True}, {"children": [{"disability": True}]}])
def test_without_a_date_there_is_no_file(kurume, said):
    assert made(kurume, said, ALLOWANCE, CHECK_UPS) is None


def test_nothing_that_was_not_chosen_is_in_it(kurume):
    assert made(kurume, BABY) is None
    assert made(kurume, BABY, "no-such-program") is None
    assert {e.uid.split("-begins")[0] for e in events(made(kurume, BABY, AFTER_SCHOOL)) if "begins" in e.uid} == {"kurume-gakudo-hoiku"}


def test_what_comes_next_and_helps_is_offered_first(kurume):
    offered = dated_programs(timetable(kurume, read_answers(BABY, TODAY), TODAY), TODAY)
    soon = [p.id for p, first in offered if first]
    assert soon and offered[:len(soon)] == [(p, True) for p, first in offered if first]
    assert CHECK_UPS in soon and ALLOWANCE not in soon and AFTER_SCHOOL not in soon
    assert {ALLOWANCE, AFTER_SCHOOL} <= {p.id for p, _ in offered}


def test_the_last_day_for_applications_is_a_date_to_keep(kurume):
    def taken_until(day):
        return replace(kurume, programs=tuple(
            replace(p, availability=Availability(ends=day)) if p.id == ALLOWANCE else p for p in kurume.programs))
    closing = taken_until(date(2027, 2, 26))
    event = events(made(closing, BABY, ALLOWANCE))[0]
    assert (event.uid, event.dtstart) == ("kurume-jido-teate-closes-20270226@shien-finder", date(2027, 2, 26))
    assert event.summary.endswith("｜申し込みはこの日まで")
    assert (ALLOWANCE, True) in [(p.id, soon) for p, soon in dated_programs(timetable(closing, read_answers(BABY, TODAY), TODAY), TODAY)]
    assert "closes" not in made(taken_until(date(2026, 11, 21)), BABY, ALLOWANCE).decode()
