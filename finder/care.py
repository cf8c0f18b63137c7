"""What needs care today: facts past their date, programs without a department, amounts of last year, deadlines passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from finder.births import fiscal_year

Raw = Mapping[str, Any]
OLD_MONTHS = 12             # a fact older than this is to be looked at again
KINDS = {"deadline": "期限がすぎています", "amount": "前の年度の金額です", "contact": "担当課も電話も分かっていません",
         "phone": "担当課の電話が分かっていません", "old": "1年より前に確かめた事実です", "undated": "日付のない事実です",
         "second-hand": "人づての情報です", "translation": "やさしい日本語か英語が、まだありません", "link": "ページが見られません"}
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Care:
    """One thing to look at: its kind, the program or department, and the words."""

    kind: str
    place: str
    name: str
    words: str


def _day(text: str) -> date | None:
    match = _DAY.match(text or "")
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None


def care_of(raw: Raw, folder: str, today: date, gone: Mapping[str, tuple[str, ...]] | None = None) -> list[Care]:
    """Return what needs care in a municipality, the most pressing kinds first.

    `gone` are the pages that the last link check could not find, with the places that point to them.
    """
    own = raw["municipalities"][folder]
    offices = {d["id"]: d for d in own["departments"]}
    found: list[Care] = []
    for program_id, program in own["programs"].items():
        found += [Care(kind, program_id, program["name"], words) for kind, words in _program(program, offices, today)]
    for office in own["departments"]:
        if not office.get("phone"):
            found.append(Care("phone", office["id"], office["name"], ""))
    for url, places in (gone or {}).items():
        for place in places:
            name = own["programs"].get(place, {}).get("name") or offices.get(place, {}).get("name", place)
            found.append(Care("link", place, name, url))
    order = list(KINDS)
    return sorted(found, key=lambda c: (order.index(c.kind), c.place))


def _program(program: Raw, offices: Mapping[str, Raw], today: date) -> Iterator[tuple[str, str]]:
    ends = _day((program.get("availability") or {}).get("ends", ""))
    if ends and ends < today:
        yield "deadline", f"受付は {ends} まででした"
    contact = program.get("contact") or {}
    known = contact.get("phone") or any(offices.get(d, {}).get("phone") for d in program.get("departments", ()))
    if program.get("for_residents") and not program.get("departments") and not contact.get("phone"):
        yield "contact", ""
    elif program.get("for_residents") and not known:
        yield "phone", ""
    for fact in program.get("fact", ()):
        seen = _day(fact.get("date", ""))
        if fact["kind"] in ("amount", "income_limit") and seen and fiscal_year(seen) < fiscal_year(today):
            yield "amount", f"{fact['text']}（{fact['date']}）"
        elif seen is None:
            yield "undated", fact["text"]
        elif (today - seen).days > OLD_MONTHS * 30.5:
            yield "old", f"{fact['text']}（{fact['date']}）"
        if fact.get("status") == "second-hand":
            yield "second-hand", fact["text"]
        if not fact.get("easy") or not fact.get("en"):
            yield "translation", fact["text"]
