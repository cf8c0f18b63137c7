"""Where to go: departments with their numbers, how sure and how old what is known of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from finder.catalog import Catalog, Department, Municipality, Program
from finder.languages import JAPANESE, Language
from finder.opening_hours import opening, opening_words, read_hours

OLD_YEARS = 3
_NO_NUMBER = "電話番号は分かっていません"
_PHONE = re.compile(r"(?<![\d-])(?:#\d{4}|0\d{1,4}-\d{1,4}-\d{3,5}|0\d{3}-\d{6}|0\d{9,10}|1\d{2})(?![\d-])")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is shown, and as a telephone dials it."""

    shown: str
    dials: str


@dataclass(frozen=True, slots=True)
class Office:
    """Where to go: name, numbers, place, hours, and how sure and how old this is."""

    name: str
    phones: tuple[Phone, ...]
    place: str
    hours: str
    url: str
    notes: tuple[str, ...]
    known: bool = True
    remark: str = ""          # in Japanese, as data/ has it
    also: str = ""            # other names, in Japanese
    hours_found_on: str = ""


def phones(text: str) -> tuple[Phone, ...]:
    """Return every number that a contact's text names."""
    found = _PHONE.findall(text)
    return tuple(Phone(n, n.replace("-", "").replace("#", "%23")) for n in dict.fromkeys(found))


def age_of(found_on: str, today: date) -> float | None:
    """Return how many years ago a fact was found ("2021-07", "2019"), or None when unknown."""
    match = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", found_on)
    if not match:
        return None
    seen = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    return (today - seen).days / 365.25


def dated(found_on: str, language: Language = JAPANESE) -> str:
    """Return a date as people write it: 「2021年7月」."""
    match = re.match(r"(\d{4})(?:-(\d{2}))?", found_on)
    if not match:
        return ""
    if match[2]:
        return language.say("%(year)s年%(month)s月", year=match[1], month=int(match[2]))
    return language.say("%(year)s年", year=match[1])


def freshness(found_on: str, status: str, today: date, language: Language = JAPANESE) -> tuple[str, ...]:
    """Return what must be said of a fact's age and origin."""
    notes = []
    years = age_of(found_on, today)
    if years is not None and years > OLD_YEARS:
        notes.append(language.say("%(date)sの情報です。最新の内容は窓口で確認してください。", date=dated(found_on, language)))
    elif years is not None:
        notes.append(language.say("%(date)sに確認した情報です。", date=dated(found_on, language)))
    if status == "second-hand":
        notes.append(language.say("市の公式ページ以外の情報です。市の代表番号でも確認できます。"))
    return tuple(notes)


def office(department: Department, today: date, language: Language = JAPANESE) -> Office:
    """Return a department as a resident sees it."""
    number = department.phone + (f"（内線{department.extension}）" if department.extension else "")
    notes = [*freshness(department.checked_on, department.status, today, language)]
    if department.extension:
        notes.insert(0, language.say("内線 %(number)s", number=department.extension))
    found = phones(number)
    remark = department.note if found or department.note.rstrip("。") != _NO_NUMBER else ""      # every page says that in its own language
    return Office(department.name, found, department.place, department.hours, department.url, tuple(notes),
                  remark=remark, also="、".join(department.aliases), hours_found_on=department.checked_on)


def open_now(hours: str, found_on: str, now: datetime, language: Language = JAPANESE) -> str:
    """Return whether an office is open, in words; "" when its hours are not understood, of no known date, or old."""
    read, years = read_hours(hours), age_of(found_on, now.date())
    if read is None or years is None or years > OLD_YEARS:
        return ""
    return opening_words(opening(read, now), now.date(), language)


def offices(program: Program, catalog: Catalog, today: date, language: Language = JAPANESE) -> tuple[Office, ...]:
    """Return where to go for a program; when no office is known, the place to ask, said as such."""
    found = [office(catalog.departments[d], today, language) for d in program.departments]
    contact = program.contact
    if found:
        first = found[0]
        notes = tuple(first.notes)
        if contact.confidence == "inferred":
            notes = (language.say("たぶん、ここがこの制度の担当です（関係するページから考えました）。"), *notes)
        found[0] = replace(first, phones=phones(contact.phone) or first.phones, place=contact.place or first.place,
                           hours=contact.hours or first.hours, notes=notes,
                           hours_found_on=contact.found_on if contact.hours else first.hours_found_on)
        if all(not o.phones for o in found):
            found += ask_anyway(catalog.municipality, today, language.say("電話番号が分からないときは、ここで聞けます。"), language)
        return tuple(found)
    if contact.phone:
        name = program.named_contacts[0] if program.named_contacts else program.name
        return (Office(name, phones(contact.phone), contact.place, contact.hours, "",
                       freshness(contact.found_on, "official", today, language), hours_found_on=contact.found_on),)
    return ask_anyway(catalog.municipality, today,
                      language.say("計画に担当課の記載がありません。どこに行けばよいか、ここで聞けます。"), language)


def to_call(found: Iterable[Office]) -> list[Office]:
    """Return those of some offices that have a number, each once."""
    return list({o.name: o for o in found if o.known and o.phones}.values())


def ask_anyway(municipality: Municipality, today: date, why: str, language: Language = JAPANESE) -> tuple[Office, ...]:
    """Return the places to ask when the office is not known: the plan's contact, the main number."""
    m = municipality
    found = []
    if m.ask_name:
        found.append(Office(m.ask_name, phones(m.ask_phone), m.ask_place, "", "",
                            freshness(m.ask_checked_on, "", today, language), known=False))
    if m.main_phone and m.main_phone != m.ask_phone:
        # That the main number can be asked too is said of every other number.
        origin = (language.say("市の公式ページ以外の情報です。"),) if m.main_status == "second-hand" else ()
        found.append(Office(f"{m.name.ja}役所（代表）", phones(m.main_phone), m.main_place, "", "",
                            (*freshness(m.main_checked_on, "", today, language), *origin), known=False))
    if not found:
        return (Office(f"{m.name.ja}役所", (), "", "", "", (why,), known=False),)
    return (replace(found[0], notes=(why, *found[0].notes)), *found[1:])
