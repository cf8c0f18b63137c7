"""What a visitor brings on a phone: the programs of their list and, if they choose, their answers, as one number.

Digits alone: a scanner types them like a keyboard, and neither the layout of the keyboard nor a
Japanese input method makes others of them.  Nothing of it is a link, so no server ever sees it in an
address.  The number (docs/decisions/0014-brought.md), in decimal places:

    1 format · 5 municipality · 5 day · 1 language · 2 programs · 7 each · 1 with answers?
    4 questions left open · 6 facts · 2 children and each person · 1 self and the person · 2 needs · 2 each · 5 check

A person: 1 forms of the age, each 1 kind and its places; 1 disability.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from finder.answers import BIRTH_FORMS, FACTS, MOST_CHILDREN, NEEDS, Answers, Child, read_child
from finder.births import GRADES
from finder.catalog import Catalog
from finder.ternary import NO, OPEN, YES

FORMAT = "9"              # a key that does nothing at the counter, should a scanner type it where there is no field
MOST_PROGRAMS = 30
# Their order is part of the format: what is new comes last.
LANGUAGES = ("ja", "easy", "en", "zh-Hans", "vi", "ne", "pt", "fil", "ko")
ASKED = (*FACTS, "children", "self", "child_birth", "needs")
_PLACES = {"birth_date": 8, "birth_month": 6, "birth_year": 4, "age_years": 3, "age_months": 3, "grade": 2}
_TERNARY = (OPEN, YES, NO)
_FIRST_DAY = date(2000, 1, 1)
_CODE = re.compile(r"\d{20,}")
_CHECK = 5
_NOT_READ = "コードを読みとれませんでした。もう一度、読みとってください。"


class BadCode(ValueError):
    """A number that is no code, was cut off, or is another municipality's: its message says which."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a code holds; `answers` is None where there are none, and ages in them are those of the day `told_on`."""

    programs: tuple[str, ...]
    answers: Answers | None
    language: str
    told_on: date
    missing: int = 0          # programs that are no longer there


# --- writing -------------------------------------------------------------------------------------

def code(catalog: Catalog, programs: Sequence[str], answers: Answers | None, language: str, today: date) -> str:
    """Return the number for a list and, unless they are None, for answers."""
    numbers = [program_number(p) for p in programs[:MOST_PROGRAMS]]
    parts = [FORMAT, city_number(catalog), _places((today - _FIRST_DAY).days, 5), str(LANGUAGES.index(language)),
             _places(len(numbers), 2), *numbers, "0" if answers is None else "1"]
    if answers is not None:
        people = answers.children
        parts += [_places(sum(1 << i for i, name in enumerate(ASKED) if name in answers.asked), 4),
                  *(str(_TERNARY.index(answers.fact(f))) for f in FACTS),
                  _places(0 if people is None else len(people) + 1, 2), *map(_person, people or ()),
                  "1" + _person(answers.myself) if answers.myself else "0",
                  _places(len(answers.needs), 2), *(_places(NEEDS.index(n), 2) for n in answers.needs)]
    whole = "".join(parts)
    return whole + _check(whole)


def program_number(program_id: str) -> str:
    """Return what stands for a program in a code: seven digits."""
    return _places(crc32(program_id.encode()) % 10**7, 7)


def _person(person: Child) -> str:
    forms = "".join(f"{BIRTH_FORMS.index(form)}{_form(form, value)}" for form, value in person.said)
    return f"{len(person.said)}{forms}{_TERNARY.index(person.disability)}"


def _form(form: str, value: Any) -> str:
    if form == "grade":
        return _places(GRADES.index(value), 2)
    return _places(int(str(value).replace("-", "")), _PLACES[form])


def _places(number: int, width: int) -> str:
    return f"{number:0{width}d}"


def city_number(catalog: Catalog) -> str:
    """Return what stands for a municipality in a code: five digits."""
    return catalog.municipality.code.zfill(5)[-5:]


def _check(digits: str) -> str:
    return _places(crc32(digits.encode()) % 10**_CHECK, _CHECK)


# --- reading -------------------------------------------------------------------------------------

def code_in(text: str) -> str:
    """Return the code that stands in a typed text, or ""; an input method may have made its digits wide.

    What was typed right before it, without a space, is left out; the first digit may have been lost on the way.
    """
    found = _CODE.search(unicodedata.normalize("NFKC", text))
    digits = found[0] if found else ""
    return next(filter(_sound, (FORMAT + digits, *(digits[at:] for at in range(len(digits))))), digits)


def read_code(digits: str, catalog: Catalog, today: date) -> Brought:
    """Return what a code holds; raises BadCode with words for the screen.

    Answers of another day are left out: "3歳" was true on the day it was told.
    """
    if not _sound(digits):
        raise BadCode(_NOT_READ)
    rest = _Digits(digits[1:-_CHECK])
    if rest.take(5) != city_number(catalog):
        raise BadCode("ほかの自治体のコードです。")
    try:
        return _brought(rest, catalog, today)
    except (ValueError, IndexError, OverflowError):       # sound, and yet made by nobody of ours
        raise BadCode(_NOT_READ) from None


def _sound(digits: str) -> bool:
    return digits.startswith(FORMAT) and digits[-_CHECK:] == _check(digits[:-_CHECK])


def _brought(rest: _Digits, catalog: Catalog, today: date) -> Brought:
    told_on = _FIRST_DAY + timedelta(days=rest.number(5))
    language = LANGUAGES[rest.number(1)]
    known = {program_number(p.id): p.id for p in catalog.programs}
    numbers = [rest.take(7) for _ in range(rest.number(2))]
    programs = tuple(known[n] for n in numbers if n in known)
    answers = _answers(rest, today) if rest.number(1) and told_on == today else None
    return Brought(programs, answers, language, told_on, len(numbers) - len(programs))


class _Digits:
    """The digits that are still to be read."""

    def __init__(self, digits: str) -> None:
        self.rest = digits

    def take(self, width: int) -> str:
        taken, self.rest = self.rest[:width], self.rest[width:]
        return taken

    def number(self, width: int) -> int:
        return int(self.take(width))


def _answers(rest: _Digits, today: date) -> Answers:
    asked = rest.number(4)
    facts: dict[str, Any] = {f: _TERNARY[rest.number(1)] for f in FACTS}
    people = rest.number(2)
    children = None if people == 0 else tuple(_read_person(rest, today) for _ in range(min(people - 1, MOST_CHILDREN)))
    myself = _read_person(rest, today) if rest.number(1) else None
    needs = tuple(NEEDS[rest.number(2)] for _ in range(rest.number(2)))
    names = frozenset(name for i, name in enumerate(ASKED) if asked >> i & 1)
    return replace(Answers(children=children, myself=myself, needs=needs, asked=names), **facts)


def _read_person(rest: _Digits, today: date) -> Child:
    said = {}
    for _ in range(rest.number(1)):
        form = BIRTH_FORMS[rest.number(1)]
        said[form] = _value(form, rest.take(_PLACES[form]))
    return replace(read_child(said, today, ""), disability=_TERNARY[rest.number(1)])


def _value(form: str, digits: str) -> Any:
    if form == "grade":
        return GRADES[int(digits)]
    if form.startswith("birth_") and form != "birth_year":
        return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:])))
    return int(digits)
