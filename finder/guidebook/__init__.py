"""The guidebook of a municipality: every program for residents once, and the ways to find it.

Pure: a catalog in, a `Guidebook` out; `finder.printing` puts it on paper.  What a block says
is a `Card`, as on the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from finder.births import Ages, births_that_meet
from finder.cards import Card, about
from finder.catalog import Catalog, Hotline, Municipality, Program
from finder.furigana import in_kana, without_readings
from finder.guidebook.kana_order import row_of, sort_key
from finder.guidebook.labels import AGE_BANDS, ANY_AGE, EVERY_CHILD, GROWN_UP, PREGNANT, label
from finder.languages import JAPANESE, Language
from finder.offices import Office, ask_anyway, freshness, office
from finder.requirement_words import requirement_words

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One program: its card, who it is for (one of these lists must hold), where its source stands."""

    anchor: str
    card: Card
    who: tuple[tuple[str, ...], ...]
    offices: tuple[Office, ...]           # the card's, without what stands in the list of departments
    departments: tuple[str, ...]          # their anchors there, in the same order
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading: a need, an age, a department."""

    anchor: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A department or a centre, with its programs; `others` are not for residents to apply for."""

    anchor: str
    id: str
    office: Office
    division: str
    topics: tuple[str, ...]
    entries: tuple[Entry, ...]
    others: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IndexWord:
    """A word, how it is read, and where it leads."""

    word: str
    reading: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guidebook:
    """A whole book; `data_until` is the last day on which anything in it was confirmed."""

    municipality: Municipality
    language: str
    made_on: date
    data_until: date
    version: str
    chapters: tuple[Group, ...]
    by_age: tuple[Group, ...]
    by_department: tuple[Group, ...]
    places: tuple[Place, ...]
    index: tuple[tuple[str, tuple[IndexWord, ...]], ...]
    sources: tuple[str, ...]
    hotlines: tuple[Hotline, ...]
    ask: tuple[Office, ...]


def guidebook(catalog: Catalog, today: date, language: Language = JAPANESE) -> Guidebook:
    """Return the book of a municipality, in Japanese or やさしい日本語."""
    entries = {p.id: _entry(p, catalog, today, language) for p in catalog.programs}
    offered = [p for p in catalog.programs if p.for_residents]
    chapters = tuple(
        Group(f"n-{need}", words.in_language(language.id), those) for need, words in catalog.needs.items()
        if (those := tuple(entries[p.id] for p in offered if p.needs[0] == need)))
    places = tuple(_places(catalog, entries, today, language))
    return Guidebook(
        municipality=catalog.municipality, language=language.id, made_on=today,
        data_until=min(today, max(_days(catalog), default=today)), version=catalog.version,
        chapters=chapters, by_age=tuple(_by_age(offered, entries, today, language)),
        by_department=tuple(_by_department(offered, places, entries, language)), places=places,
        index=tuple(_index(catalog, offered, entries, places)),
        sources=tuple(dict.fromkeys(f.source for chapter in chapters for e in chapter.entries for f in e.card.facts)),
        hotlines=tuple(replace(h, hours=_said(h.hours, language), cost=_said(h.cost, language)) for h in catalog.hotlines),
        ask=ask_anyway(catalog.municipality, today, label("why_ask", language.id), language))


def _said(text: str, language: Language) -> str:
    """Return a text of data/ that stands in the catalogs; an empty one stays empty (gettext keeps a catalog's head there)."""
    return language.translate(text) if text else ""


def _entry(program: Program, catalog: Catalog, today: date, language: Language) -> Entry:
    card = about(program, catalog, today, language)
    who = tuple(tuple(requirement_words(r, language) for r in a.requirements) for a in program.alternatives)
    return Entry(f"p-{program.id}", card, tuple(w for w in who if w), tuple(_brief(program, card, catalog, today, language)),
                 tuple(f"d-{d}" for d in program.departments),
                 card.source.removeprefix(catalog.municipality.plan_title).strip())


def _brief(program: Program, card: Card, catalog: Catalog, today: date, language: Language) -> Iterator[Office]:
    """Return the offices with what is special to this program, and how old that is; the rest is said once, elsewhere.

    A department has its place in the list of departments, and whom to ask anyway on the page about the book.
    """
    why_said = False
    for number, one in enumerate(card.offices):
        if number < len(program.departments):
            d = catalog.departments[program.departments[number]]
            elsewhere = set(office(d, today, language).notes) - set(freshness(d.checked_on, d.status, today, language))
            yield replace(one, notes=tuple(n for n in one.notes if n not in elsewhere))
        elif one.known:
            yield one
        else:
            yield replace(one, place="", notes=one.notes[:0 if why_said else 1])
            why_said = True


def _days(catalog: Catalog) -> Iterator[date]:
    """Return every day on which something of the book was confirmed."""
    for program in catalog.programs:
        if program.source.checked_on:
            yield program.source.checked_on
    found = [d.checked_on for d in catalog.departments.values()] + [h.checked_on for h in catalog.hotlines]
    for day in filter(None, map(_DAY.fullmatch, found)):
        yield date(*map(int, day.groups()))


# --- the ways to find a program --------------------------------------------------------------------

def _by_age(offered: list[Program], entries: dict[str, Entry], today: date, language: Language) -> Iterator[Group]:
    """Return programs by the ages that they ask for; what every child can have stands once."""
    bands = {p.id: age_bands(p, today) for p in offered}
    children = {words.ja for words, _ in AGE_BANDS}
    for number, words in enumerate((PREGNANT, *(w for w, _ in AGE_BANDS), EVERY_CHILD, GROWN_UP[0], ANY_AGE)):
        those = tuple(
            entries[p.id] for p in offered
            if (children <= bands[p.id] if words is EVERY_CHILD else
                words.ja in bands[p.id] and not (words.ja in children and children <= bands[p.id])))
        if those:
            yield Group(f"a-{number}", words.in_language(language.id), those)


def age_bands(program: Program, today: date) -> frozenset[str]:
    """Return the bands (by their Japanese names) whose children or people may meet a program's ages today."""
    found = set()
    for alternative in program.alternatives:
        limits = [r.ages for r in alternative.requirements if r.kind in ("child", "self") and r.ages != Ages()]
        pregnant = any(r.kind == "fact" and r.fact == "pregnant" and r.wanted for r in alternative.requirements)
        if pregnant:
            found.add(PREGNANT.ja)
        found |= {words.ja for words, ages in (*AGE_BANDS, GROWN_UP)
                  if limits and all(_meet(ages, limit, today) for limit in limits)}
        if not limits and not pregnant:
            found.add(ANY_AGE.ja)
    return frozenset(found)


def _meet(one: Ages, other: Ages, today: date) -> bool:
    return any(a.overlap(b) for a in births_that_meet(one, today) for b in births_that_meet(other, today))


def _by_department(offered: list[Program], places: tuple[Place, ...], entries: dict[str, Entry],
                   language: Language) -> Iterator[Group]:
    yield from (Group(p.anchor, p.office.name, p.entries) for p in places if p.entries)
    if left := tuple(entries[p.id] for p in offered if not p.departments):
        yield Group("d-none", label("no_department", language.id), left)


def _places(catalog: Catalog, entries: dict[str, Entry], today: date, language: Language) -> Iterator[Place]:
    for d in catalog.departments.values():
        here = [p for p in catalog.programs if d.id in p.departments]
        yield Place(f"d-{d.id}", d.id, office(d, today, language), d.division, tuple(d.topics.split()),
                    tuple(entries[p.id] for p in here if p.for_residents),
                    tuple(entries[p.id].card for p in here if not p.for_residents))


def _index(catalog: Catalog, offered: list[Program], entries: dict[str, Entry],
           places: tuple[Place, ...]) -> Iterator[tuple[str, tuple[IndexWord, ...]]]:
    """Return every name and every other way to say it, by 五十音 rows."""
    leads: dict[str, list[str]] = {}
    for program in offered:
        for word in (program.name, *program.named_contacts, *program.keywords):
            leads.setdefault(word, []).append(entries[program.id].anchor)
    for place in places:
        for word in (place.office.name, *catalog.departments[place.id].aliases):
            leads.setdefault(word, []).append(place.anchor)
    words = [IndexWord(without_readings(w, catalog.readings), in_kana(w, catalog.readings), tuple(dict.fromkeys(anchors)))
             for w, anchors in leads.items()]
    yield from _rows(sorted(words, key=lambda w: sort_key(w.reading)))


def _rows(words: Iterable[IndexWord]) -> Iterator[tuple[str, tuple[IndexWord, ...]]]:
    rows: dict[str, list[IndexWord]] = {}
    for word in words:
        rows.setdefault(row_of(word.reading), []).append(word)
    yield from ((row, tuple(those)) for row, those in rows.items())
