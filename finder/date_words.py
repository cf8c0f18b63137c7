"""Days, spans of days and times as people write them, in every language."""

from __future__ import annotations

from datetime import date

from finder.births import DAY, Span, attained_on, fiscal_year
from finder.languages import JAPANESE, Language
from finder.requirement_words import point_words
from finder.timeline import BEGINS, SCHOOL_ENDS, Entry, known_to_a_month, time_left, two_aprils


def day_words(day: date, language: Language = JAPANESE) -> str:
    """Return a day: 「2027年4月1日」."""
    return language.say("%(year)s年%(month)s月%(day)s日", year=day.year, month=day.month, day=day.day)


def _without_year(day: date, language: Language) -> str:
    return language.say("%(month)s月%(day)s日", month=day.month, day=day.day)


def month_words(turns: Span, on: date, language: Language = JAPANESE) -> str:
    """Return the month in which something changes, or what is known of it: 「2027年4月」, 「2029年か2030年の4月」."""
    first, last = turns.earliest, turns.latest
    month = language.say("%(year)s年%(month)s月", year=last.year, month=last.month)
    if known_to_a_month(turns):
        return month
    if two_aprils(turns):
        return language.say("%(first)s年か%(last)s年の4月", first=first.year, last=last.year)
    if first <= on:
        return language.say("%(month)sまでのどこか", month=month)
    return language.say("%(first)s〜%(last)sのあいだ",
                        first=language.say("%(year)s年%(month)s月", year=first.year, month=first.month), last=month)


def edge_words(what: str, days: Span, turns: Span, language: Language = JAPANESE, year: int = 0, labelled: bool = False) -> str:
    """Return when something begins or ends: 「4月1日から」, 「2029年か2030年の3月31日まで」.

    `year` is written above it already; `labelled` tells that 「はじまる」 or 「おわる」 stands beside it.
    """
    either = two_aprils(turns)
    if not days.exact and not either:
        last = _without_year(days.latest, language) if days.earliest.year == days.latest.year else day_words(days.latest, language)
        span = language.say("%(first)s〜%(last)sのあいだ", first=day_words(days.earliest, language), last=last)
        if labelled:
            return span
        return language.say("%(days)sに始まる", days=span) if what == BEGINS else language.say("%(days)sに終わる", days=span)
    if either:
        day = language.say("%(first)s年か%(last)s年の%(month)s月%(day)s日", first=days.earliest.year, last=days.latest.year,
                           month=days.latest.month, day=days.latest.day)
    elif days.latest.year == year:
        day = _without_year(days.latest, language)
    else:
        day = day_words(days.latest, language)
    return language.say("%(day)sから", day=day) if what == BEGINS else language.say("%(day)sまで", day=day)


def entry_words(entry: Entry, language: Language = JAPANESE, labelled: bool = False) -> str:
    """Return the date of an entry, "" where no age ends it; `labelled` as in `edge_words`."""
    if entry.what != BEGINS and entry.endless:
        return ""
    return edge_words(entry.what, entry.day, entry.turns, language, labelled=labelled)


def left_words(on: date, day: date, language: Language = JAPANESE) -> str:
    """Return how long it is until a day: 「あと9日」, 「あと1年4か月」."""
    number, unit = time_left(on, day)
    if unit == "days":
        return language.say("あと%(n)s日", n=number) if number > 0 else language.say("きょう")
    if unit == "years":
        return language.say("あと%(n)s年", n=number)
    years, months = divmod(number, 12)
    if years and months:
        return language.say("あと%(years)s年%(months)sか月", years=years, months=months)
    return language.say("あと%(n)s年", n=years) if years else language.say("あと%(n)sか月", n=months)


def stage_words(stage: str, language: Language = JAPANESE) -> str:
    """Return what a child comes to: 「小学1年生」, 「1歳6か月」, 「18歳の年度が終わる」."""
    return language.say("18歳の年度が終わる") if stage == SCHOOL_ENDS else point_words(stage, language)


def soon_words(entry: Entry, today: date, language: Language = JAPANESE) -> str:
    """Return what a card says of a near date: 「あと4か月で終わります（2027年3月31日まで）」."""
    day, clear = entry_words(entry, language), entry.day.exact or two_aprils(entry.turns)
    if entry.what == BEGINS:
        return language.say("%(day)s使える見込みです", day=day) if clear else language.say("使えるようになる見込みです（%(day)s）", day=day)
    if entry.day.earliest < today:
        return language.say("もうすぐ終わるか、もう終わりました（%(day)s）", day=day)
    return language.say("%(left)sで終わります（%(day)s）", left=left_words(today, entry.day.earliest, language), day=day)


def days_ahead(today: date) -> list[tuple[str, date]]:
    """Return the days to look ahead to with one press, in order."""
    april = date(fiscal_year(today) + 1, 4, 1)
    days = [("つぎの4月1日", april), ("半年後", attained_on(today, 6) + DAY), ("1年後", attained_on(today, 12) + DAY)]
    return sorted(days, key=lambda found: found[1])
