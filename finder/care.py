"""What needs care today: facts past their date, programs without a department, amounts of last year, deadlines passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from finder.births import fiscal_year
from finder.layouts.values import BadCell, narrow, read_date
from finder.reports import read_report

Raw = Mapping[str, Any]
OLD_MONTHS = 12             # a fact older than this is to be looked at again
KINDS = {"reported": "「違う」という知らせがあります", "deadline": "期限がすぎています",
         "amount": "前の年度の金額です", "contact": "担当課も電話も分かっていません",
         "phone": "担当課の電話が分かっていません", "old": "1年より前に確かめた事実です", "undated": "日付のない事実です",
         "second-hand": "人づての情報です", "lagging": "日本語だけが変わり、訳が前のままです",
         "translation": "やさしい日本語か英語が、まだありません", "link": "ページが見られません"}
_TOLD = re.compile(r"(?:(?:令和|平成|R|H)\.?(?:元|\d{1,2})|\d{4})[年./-]\d{1,2}[月./-]\d{1,2}日?")
TRANSLATED = ("easy", "en")
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
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    except ValueError:
        return None


def _last_day_told(text: str) -> date | None:
    """Return the last whole date that stands in words: 「令和8年9月30日まで」."""
    days = []
    for said in _TOLD.findall(narrow(text)):
        try:
            days.append(date.fromisoformat(read_date(said)))
        except BadCell:
            continue
    return max(days, default=None)


def care_of(raw: Raw, folder: str, today: date, gone: Mapping[str, tuple[str, ...]] | None = None,
            earlier: Sequence[Mapping[str, Raw]] = (), reports: Mapping[str, int | None] | None = None) -> list[Care]:
    """Return what needs care in a municipality, the most pressing kinds first.

    `gone` are the pages that the last link check could not find, with the places that point to them;
    `earlier` the municipality's programs as they were published before, the oldest first; `reports` how
    often it was reported what is wrong with which program, None for a small number.
    """
    own = raw["municipalities"][folder]
    offices = {d["id"]: d for d in own["departments"]}
    found: list[Care] = []
    for program_id, program in own["programs"].items():
        found += [Care(kind, program_id, program["name"], words) for kind, words in _program(program, offices, today)]
    for office in own["departments"]:
        seen = _day(office.get("checked_on", ""))
        if not office.get("phone"):
            found.append(Care("phone", office["id"], office["name"], ""))
        elif seen is None:
            found.append(Care("undated", office["id"], office["name"], office["phone"]))
        elif _old(seen, today):
            found.append(Care("old", office["id"], office["name"], f"{office['phone']}（{office['checked_on']}）"))
    found += [Care("lagging", i, own["programs"][i]["name"], words) for i, words in lagging([*earlier, own["programs"]])]
    for url, places in (gone or {}).items():
        for place in places:
            name = own["programs"].get(place, {}).get("name") or offices.get(place, {}).get("name", place)
            found.append(Care("link", place, name, url))
    for report, number in (reports or {}).items():
        place, reason = read_report(report)
        if place in own["programs"]:
            found.append(Care("reported", place, own["programs"][place]["name"], f"{reason}（{number or '5未満'}）"))
    order = list(KINDS)
    return sorted(found, key=lambda c: (order.index(c.kind), c.place))


def _old(seen: date, today: date) -> bool:
    return (today - seen).days > OLD_MONTHS * 30.5


def lagging(editions: Sequence[Mapping[str, Raw]]) -> Iterator[tuple[str, str]]:
    """Yield the programs whose Japanese changed after a translation last did: id, and which words.

    `editions` are a municipality's programs as they were published, the oldest first, the present ones last.
    """
    behind: dict[str, dict[str, str]] = {}
    for was, now in pairwise(editions):
        for program_id, program in now.items():
            before = was.get(program_id)
            if before is not None and before != program:
                _follow(behind.setdefault(program_id, {}), before, program)
    for program_id in editions[-1]:
        yield from ((program_id, words) for words in behind.get(program_id, {}).values())


def _follow(behind: dict[str, str], before: Raw, now: Raw) -> None:
    """Bring what lags up to one edition more."""
    for key, words in (("title", "名前"), ("text", "説明")):
        old, new = before.get(key) or {}, now.get(key) or {}
        for language in TRANSLATED:
            at = f"{key}.{language}"
            if new.get(language) != old.get(language) or not new.get(language):
                behind.pop(at, None)
            elif new.get("ja") != old.get("ja"):
                behind[at] = f"{words}（{'やさしい日本語' if language == 'easy' else '英語'}）：{new[language]}"
    told = {(f.get("easy"), f.get("en")): f["text"] for f in before.get("fact", ()) if f.get("easy") or f.get("en")}
    facts = {(f.get("easy"), f.get("en")): f["text"] for f in now.get("fact", ())}
    for gone in [at for at in behind if at.startswith("fact") and at not in {f"fact{pair}" for pair in facts}]:
        del behind[gone]
    for pair, text in facts.items():
        if pair in told and told[pair] != text:
            behind[f"fact{pair}"] = f"事実：{text}"


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
        told = _last_day_told(fact["text"]) if fact["kind"] == "deadline" else None
        if told and told < today:
            yield "deadline", fact["text"]
        seen = _day(fact.get("date", ""))
        if fact["kind"] in ("amount", "income_limit") and seen and fiscal_year(seen) < fiscal_year(today):
            yield "amount", f"{fact['text']}（{fact['date']}）"
        elif seen is None:
            yield "undated", fact["text"]
        elif _old(seen, today):
            yield "old", f"{fact['text']}（{fact['date']}）"
        if fact.get("status") == "second-hand":
            yield "second-hand", fact["text"]
        if not fact.get("easy") or not fact.get("en"):
            yield "translation", fact["text"]
