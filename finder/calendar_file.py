"""Dates to keep, as a calendar file (RFC 5545): made in the moment, and nothing of the family in it unless wished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vText

from finder.births import Span
from finder.cards import about
from finder.catalog import Catalog, Program
from finder.date_words import stage_words
from finder.languages import JAPANESE, Language
from finder.ranking import KIND_WORTH
from finder.timeline import BEGINS, PREGNANCY, Entry, Line, known_to_a_month

PRODID = "-//Shien Finder//timeline//JA"
ZONE = "Asia/Tokyo"
ALARM = timedelta(days=-13, hours=-15)      # two weeks before, at nine in the morning: a day begins at midnight
DAY = timedelta(days=1)
PHONES = 2
CLOSES = "closes"         # the last day on which a program takes applications
HELPS = 0.6               # of ranking.KIND_WORTH: money, services, consultation


@dataclass(frozen=True, slots=True)
class Kept:
    """One date of a chosen program, and the children it is for."""

    entry: Entry
    children: tuple[str, ...]


def dated_programs(lines: Sequence[Line], today: date) -> list[tuple[Program, bool]]:
    """Return the programs that have a date to keep, and whether to offer it first: it comes next and helps much."""
    soon = {e.program.id for line in lines for e in _dates(line, today, later=False)
            if e.point or e.what == CLOSES or KIND_WORTH[e.program.kind] >= HELPS}
    every = {e.program.id: e.program for line in lines for e in _dates(line, today)}
    return sorted(((p, i in soon) for i, p in every.items()), key=lambda found: not found[1])


def calendar_file(catalog: Catalog, lines: Sequence[Line], chosen: frozenset[str], today: date, names: bool,
                  link: Callable[[str], str], language: Language = JAPANESE) -> bytes | None:
    """Return the calendar of the chosen programs' dates, or None when there is none.

    `names` writes which child a date is for (「上の子」); `link` gives a program's public page; `today`
    is when it is made.
    """
    kept = _kept(lines, chosen, today, language)
    return _calendar(kept, catalog, today, names, link, language, language.say("これからの予定")) if kept else None


def closing_calendar(catalog: Catalog, today: date, link: Callable[[str], str], language: Language = JAPANESE) -> bytes:
    """Return the last days for applications that are still to come, of every program that names one: the same for everyone."""
    entries = (entry for program in catalog.programs for entry in _closing(program, today))
    return _calendar({_uid(entry): Kept(entry, ()) for entry in entries}, catalog, today, False, link, language, language.say("期限"))


def _calendar(kept: dict[str, Kept], catalog: Catalog, today: date, names: bool, link: Callable[[str], str], language: Language,
              title: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(f"{catalog.municipality.name.in_language(language.id)} {title}"))
    calendar.add("x-wr-timezone", ZONE)
    for uid, date_ in kept.items():
        calendar.add_component(_event(uid, date_, catalog, today, names, link, language))
    made: bytes = calendar.to_ical()
    return made


def _dates(line: Line, today: date, later: bool = True) -> Iterator[Entry]:
    """Return the dates of a line that are known to a month or better, and the last days for applications."""
    if line.kind == PREGNANCY:
        return
    coming = [group for node in (*line.next, *(line.later if later else ())) for group in node.groups]
    for entry in (*line.now, *(e for group in coming for e in group.entries)):
        yield from _closing(entry.program, today)
    yield from (e for group in coming if known_to_a_month(group.turns) for e in group.entries)


def _closing(program: Program, today: date) -> Iterator[Entry]:
    if (last := program.availability.ends) and last >= today:
        yield Entry(program, CLOSES, Span(last, last), Span(last, last))


def _uid(entry: Entry) -> str:
    return "-".join(filter(None, (entry.program.id, entry.what, entry.point and "check", f"{entry.day.latest:%Y%m%d}")))


def _kept(lines: Sequence[Line], chosen: frozenset[str], today: date, language: Language) -> dict[str, Kept]:
    """Return the dates by what names them for ever: program, kind and day; children who share one share it."""
    names = _siblings(lines, language)
    found: dict[str, Kept] = {}
    for line, name in zip(lines, names, strict=True):
        for entry in _dates(line, today):
            if entry.program.id in chosen:
                uid = _uid(entry)
                before = found[uid].children if uid in found else ()
                found[uid] = Kept(entry, tuple(dict.fromkeys((*before, *filter(None, (name,))))))
    return found


def _siblings(lines: Sequence[Line], language: Language) -> list[str]:
    """Return what a parent calls each child among the others: nothing of an age or a birth."""
    born = [line.child.born.earliest if line.child.born and line.kind != PREGNANCY else None for line in lines]
    order = sorted(day for day in born if day)
    if len(order) < 2:
        return ["" for _ in lines]
    names = {len(order) - 1: language.say("下の子"), 0: language.say("上の子")}
    return [names.get(order.index(day)) or language.say("上から%(n)s番目の子", n=order.index(day) + 1) if day else "" for day in born]


def _event(uid: str, kept: Kept, catalog: Catalog, today: date, names: bool, link: Callable[[str], str], language: Language) -> Event:
    entry = kept.entry
    event = Event()
    event.add("uid", f"{catalog.municipality.id}-{uid}@shien-finder")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", entry.day.earliest)
    event.add("dtend", entry.day.latest + DAY)
    event.add("summary", _summary(entry, language) + (f"（{language.say('・').join(kept.children)}）" if names and kept.children else ""))
    event.add("description", "\n".join(_description(entry.program, catalog, today, link, language)))
    event.add("url", link(entry.program.id))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if entry.day.earliest + ALARM > today:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _summary(entry, language))
        alarm.add("trigger", ALARM)
        event.add_component(alarm)
    return event


def _summary(entry: Entry, language: Language) -> str:
    title = entry.program.title.in_language(language.id)
    if entry.point:
        return f"{stage_words(entry.point, language)}｜{title}｜{language.say('このころから')}"
    if entry.what == CLOSES:
        said = language.say("申し込みはこの日まで")
    elif not entry.day.exact:
        said = language.say("このころに始まる見込み") if entry.what == BEGINS else language.say("このころに終わる見込み")
    else:
        said = language.say("この日から使える見込み") if entry.what == BEGINS else language.say("この日までの見込み")
    return f"{title}｜{said}"


def _description(program: Program, catalog: Catalog, today: date, link: Callable[[str], str], language: Language) -> Iterator[str]:
    """Return the program, where to ask, and the page: the same for everyone."""
    card = about(program, catalog, today, language)
    yield card.text
    for office in card.offices:
        yield " ".join((language.say("窓口"), office.name, *(p.shown for p in office.phones[:PHONES])))
    yield from (f"{note.name} {note.text}" for note in card.facts if note.kind == "deadline")
    yield language.say("使えるかどうかは、担当課が決めます。日付は年齢から計算した見込みです。")
    yield link(program.id)
