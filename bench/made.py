"""Municipalities and programs made from the real ones, with other names, numbers and rules; the same seed gives the same.

They stand for nobody: for measuring sizes, in a temporary folder.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from finder.building import NATION, build_catalog
from finder.ranking import NAME_COUNTS, document
from finder.understanding.danger import NO_SIGNS
from finder.words import terms

SEED = 20261122
# Signs of the old calendar: no municipality is called so.
FIRST, SECOND, THIRD, SORT = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "木火土金水", "市町村"
SCHOOL = ("小3", "小6", "中3", "18歳年度末")
UNDER = (("1歳", "2歳", "3歳"), ("18歳", "20歳"), ("30歳", "35歳", "40歳"))
PHONE = re.compile(r"\d{2,4}-\d{2,4}-\d{4}")
MONEY = re.compile(r"\d[\d,]*(?=0円|00 yen)")


class Original(NamedTuple):
    """A real program: the folder and id it comes from, what is in its file, and the words it is found under."""

    folder: str
    id: str
    raw: Mapping[str, Any]
    words: Sequence[str]


def originals(raw: Mapping[str, Any]) -> list[Original]:
    """Return every municipality's own programs."""
    found = []
    for folder, part in raw["municipalities"].items():
        if folder != NATION:
            catalog = build_catalog(raw, folder, signs=NO_SIGNS)
            found += [Original(folder, i, program, document(catalog.by_id[i], catalog)) for i, program in part["programs"].items()]
    return found


def made_name(number: int) -> str:
    """Return the name of a municipality that is none: one for each number below 1,800."""
    rest, first = divmod(number, len(FIRST))
    rest, second = divmod(rest, len(SECOND))
    rest, third = divmod(rest, len(THIRD))
    return f"{FIRST[first]}{SECOND[second]}{THIRD[third]}{SORT[rest % len(SORT)]}"


@lru_cache(maxsize=4096)
def _name_words(name: str) -> tuple[str, ...]:
    return terms(name) * NAME_COUNTS


def words_of(original: Original, name: str) -> list[str]:
    """Return the words of a program made from it, called after a municipality."""
    return [*_name_words(name), *original.words]


def made_program(original: Original, name: str, departments: Sequence[str], chance: random.Random) -> dict[str, Any]:
    """Return a program's file with another name, other amounts, other ages, and one of the departments given."""
    made: dict[str, Any] = json.loads(json.dumps(original.raw))
    made["name"], made["title"]["ja"] = f"{name}{made['name']}", f"{name}の{made['title']['ja']}"
    made["departments"] = [chance.choice(departments)] if departments and made.get("departments") else []
    for fact in made.get("fact", ()):
        for language in ("text", "easy", "en"):
            if language in fact:
                fact[language] = MONEY.sub(lambda _: str(chance.randint(1, 99) * 10), fact[language])
    for alternative in made.get("eligible", ()):
        for who in ("child", "self"):
            if who in alternative:
                _change_ages(alternative[who], chance)
    return made


def _change_ages(ages: dict[str, Any], chance: random.Random) -> None:
    if ages.get("until") in SCHOOL and ages.get("from") in (None, "小1"):
        ages["until"] = chance.choice(SCHOOL)
    for alike in UNDER:
        if ages.get("under") in alike and "from" not in ages:
            ages["under"] = chance.choice(alike)


class Place(NamedTuple):
    """A made municipality: its folder, its part of a version, and its programs' words by id."""

    folder: str
    part: dict[str, Any]
    words: dict[str, list[str]]


def made_place(raw: Mapping[str, Any], real: Sequence[Original], number: int, programs: int, seed: int = SEED) -> Place:
    """Return the municipality of a number: like one of the real ones, with so many programs of all of them."""
    chance = random.Random(seed * 10_000 + number)
    like = chance.choice([folder for folder in raw["municipalities"] if folder != NATION])
    part: dict[str, Any] = json.loads(json.dumps({k: v for k, v in raw["municipalities"][like].items() if k != "programs"}))
    name = made_name(number)
    part["municipality"].update(id=f"made{number}", code=f"{number:05}", name={"ja": name, "easy": name, "en": f"Place {number}"})
    for row in part["departments"]:
        row.update({k: PHONE.sub(f"000-000-{chance.randint(0, 9999):04}", v) for k, v in row.items() if k in ("phone", "place", "note")})
    departments = [row["id"] for row in part["departments"]]
    chosen = [*chance.sample(real, min(programs, len(real))), *chance.choices(real, k=max(0, programs - len(real)))]
    part["programs"] = {f"{o.id}-{n}": made_program(o, name, departments, chance) for n, o in enumerate(chosen)}
    return Place(f"{number:05}-made{number}", part, {f"{o.id}-{n}": words_of(o, name) for n, o in enumerate(chosen)})


def made_documents(real: Sequence[Original], count: int, programs: int, seed: int = SEED) -> Iterator[tuple[Original, str]]:
    """Return so many programs as what they are made from and the municipality they are called after, one municipality after the other."""
    for number in range(-(-count // programs)):
        chance, name = random.Random(seed * 10_000 + number), made_name(number)
        for original in chance.choices(real, k=min(programs, count - number * programs)):
            yield original, name
