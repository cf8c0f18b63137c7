"""A ranked program as a resident reads it: plain values for a page, in the language chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

from finder.answers import Answers, Child
from finder.availability import availability_notice
from finder.births import fiscal_year
from finder.catalog import Catalog, Fact, Municipality, Program, Texts
from finder.date_words import soon_words
from finder.eligibility import RESULT, Assessment, Finding
from finder.languages import JAPANESE, Language, message
from finder.offices import OLD_YEARS, Office, age_of, dated, offices
from finder.ranking import Ranked
from finder.requirement_words import requirement_words
from finder.ternary import NO, OPEN, YES
from finder.timeline import Entry, soon

STANDING_WORDS = {"likely": message("対象の見込み"), "check": message("要確認"), "unlikely": message("対象外の見込み")}
RESULT_WORDS = {YES: ("✓", message("合っています")), OPEN: ("？", message("まだ分かりません")), NO: ("✕", message("合っていません"))}
FACT_NAMES = {"apply": message("申し込み"), "bring": message("持ち物"), "amount": message("金額"),
              "income_limit": message("所得の制限"), "eligibility": message("くわしい対象"), "deadline": message("期限"),
              "hours": message("時間"), "place": message("場所"), "phone": message("電話"), "link": message("ページ"),
              "note": message("メモ")}
FACT_ORDER = tuple(FACT_NAMES)
KIND_NAMES = {"cash": message("手当・給付金"), "subsidy": message("費用の助成"), "service": message("サービス"),
              "consultation": message("相談"), "class_event": message("教室・催し"), "place": message("場所"),
              "loan": message("貸付"), "school": message("学校の取組"), "institutional": message("市の取組")}


@dataclass(frozen=True, slots=True)
class Reason:
    """One requirement in words: a mark, its meaning, the requirement, and what would settle it."""

    result: str
    mark: str
    meaning: str
    text: str
    settled_by: str | None
    lang: str = "ja"          # the language of the text


@dataclass(frozen=True, slots=True)
class Note:
    """A known fact with its name, date and source."""

    name: str
    text: str
    dated: str
    source: str
    kind: str                 # of FACT_NAMES
    lang: str = "ja"          # the language of the text


class Card(NamedTuple):      # a hundred are made for one list
    """Everything that is shown of one program."""

    id: str
    title: str
    name: str
    kind: str
    text: str
    standing: str
    standing_word: str
    for_whom: str
    reasons: tuple[Reason, ...]
    confirm: tuple[str, ...]
    facts: tuple[Note, ...]
    offices: tuple[Office, ...]
    quote: str
    source: str
    source_url: str
    source_notice: str
    japanese_name: str
    cost: Note | None = None         # the amount or cost in one sentence
    notice: Texts | None = None      # not yet, no longer or not now to be had
    open_words: tuple[str, ...] = ()
    soon: str = ""
    lang: str = "ja"          # the language of the title, the text and what to confirm
    from_plan: bool = False   # the quotation is the plan's own


def card(ranked: Ranked, catalog: Catalog, answers: Answers, today: date, language: Language = JAPANESE,
         reasons: bool = True) -> Card:
    """Return one ranked program, ready for a page; a list in brief needs no `reasons`."""
    assessment = ranked.assessment
    shown = about(assessment.program, catalog, today, language)._replace(
        standing=assessment.standing, standing_word=language.say(STANDING_WORDS[assessment.standing]),
        for_whom=_for_whom(assessment, answers, language))
    if not reasons:
        return shown
    return shown._replace(
        reasons=tuple(_reason(f, language) for f in assessment.findings),
        open_words=tuple(requirement_words(f.requirement, language) for f in assessment.findings if f.result == OPEN)
        if assessment.result == OPEN else ())


def other_ways(ranked: Ranked, language: Language = JAPANESE) -> tuple[tuple[Reason, ...], ...]:
    """Return the reasons of the alternatives that fit less well than the one on the card."""
    return tuple(tuple(_reason(f, language) for f in findings) for findings in ranked.assessment.others)


def near_dates(ranked: Sequence[Ranked], answers: Answers, today: date) -> dict[str, Entry]:
    """Return the end or the beginning that is near of each program that has one, by its id; worked out once for all of a page."""
    entries = soon([r.assessment for r in ranked], answers, today)
    return {entry.program.id: entry for entry in entries if entry}


def with_dates(shown: Sequence[Card], near: Mapping[str, Entry], today: date, language: Language = JAPANESE) -> list[Card]:
    """Return cards that name the end or the beginning that is near."""
    return [card._replace(soon=soon_words(near[card.id], today, language)) if card.id in near else card for card in shown]


_ABOUT: WeakKeyDictionary[Catalog, tuple[date, dict[tuple[str, str], Card]]] = WeakKeyDictionary()


def about(program: Program, catalog: Catalog, today: date, language: Language = JAPANESE) -> Card:
    """Return a program without anyone's answers; the same for all on a day, so made once."""
    day, made = _ABOUT.get(catalog, (None, {}))
    if day != today:
        made = {}
        _ABOUT[catalog] = (today, made)
    if program is not catalog.by_id.get(program.id):
        return _about(program, catalog, today, language)
    if (program.id, language.id) not in made:
        made[program.id, language.id] = _about(program, catalog, today, language)
    return made[program.id, language.id]


def _about(program: Program, catalog: Catalog, today: date, language: Language) -> Card:
    """Return what, where, and the plan's own words."""
    title = program.title.in_language(language.id)
    facts = sorted(program.facts, key=lambda f: FACT_ORDER.index(f.kind))
    costs = [_note(f, today, language) for f in facts if f.kind == "amount"]
    return Card(
        id=program.id, title=title, name="" if title == program.name else program.name,
        kind=language.say(KIND_NAMES[program.kind]), text=program.text.in_language(language.id),
        standing="", standing_word="", for_whom="", reasons=(),
        confirm=tuple(c.in_language(language.id) for c in program.confirm),
        facts=tuple(_note(f, today, language) for f in facts),
        offices=offices(program, catalog, today, language),
        quote=program.source.quote, source=_source(program, catalog.municipality),
        source_url=program.source.url, japanese_name=program.name,
        source_notice=catalog.municipality.plan_notice.in_language(language.id) if program.source.status == "plan" else "",
        cost=replace(costs[0], text=_first_sentence(costs[0].text)) if costs else None,
        lang=program.text.written_in(language.id), notice=availability_notice(program.availability, today),
        from_plan=program.source.status == "plan",
    )


def _for_whom(assessment: Assessment, answers: Answers, language: Language) -> str:
    children = answers.children or ()
    if len(children) < 2 or assessment.result == NO:
        return ""
    places = assessment.children
    if len(places) == len(children):
        return language.say("お子さんみんな")
    return language.say("・").join([child_name(children[i], language) for i in places if i < len(children)])


def _reason(found: Finding, language: Language) -> Reason:
    mark, meaning = RESULT_WORDS[found.result]
    if found.requirement.kind == "confirm":
        meaning = message("窓口で確認")
    return Reason(RESULT[found.result], mark, language.say(meaning), requirement_words(found.requirement, language),
                  found.settled_by, found.requirement.text.written_in(language.id) if found.requirement.kind == "confirm" else language.id)


def child_name(child: Child, language: Language = JAPANESE) -> str:
    """Return a child as their parent told us: 「小2」「3歳」「2023年5月生まれ」."""
    said = dict(child.said)
    if "grade" in said:
        return grade_name(str(said["grade"]), language)
    if "age_years" in said:
        return language.say("%(years)s歳", years=said["age_years"])
    if "age_months" in said:
        years, months = divmod(said["age_months"], 12)
        if years and months:
            return language.say("%(years)s歳%(months)sか月", years=years, months=months)
        return language.say("%(years)s歳", years=years) if years else language.say("%(months)sか月", months=months)
    if "birth_date" in said:
        born = date.fromisoformat(said["birth_date"])
        return language.say("%(year)s年%(month)s月%(day)s日生まれ", year=born.year, month=born.month, day=born.day)
    if "birth_month" in said:
        year, month = said["birth_month"].split("-")
        return language.say("%(year)s年%(month)s月生まれ", year=year, month=int(month))
    if "birth_year" in said:
        return language.say("%(year)s年生まれ", year=said["birth_year"])
    return language.say("お子さん")


def grade_name(grade: str, language: Language = JAPANESE) -> str:
    """Return a school year in short: 「小2」「年長」."""
    return language.say(_GRADES[grade[0]], n=grade[1]) if grade[0] in _GRADES else language.say(_NURSERY[grade])


_GRADES = {"小": message("小%(n)s"), "中": message("中%(n)s"), "高": message("高%(n)s")}
_NURSERY = {"年少": message("年少"), "年中": message("年中"), "年長": message("年長")}


# --- where it stands --------------------------------------------------------------------------------

def _note(fact: Fact, today: date, language: Language) -> Note:
    shown = [language.say("%(date)sの情報", date=dated(fact.found_on, language))] if dated(fact.found_on) else []
    years = age_of(fact.found_on, today)
    if fact.kind == "amount" and past_fiscal_year(fact.found_on, today):
        shown.append(language.say("今年度の金額は窓口で確認してください"))
    elif years is not None and years > OLD_YEARS:
        shown.append(language.say("最新の内容は窓口で確認してください"))
    if fact.status == "second-hand":
        shown.append(language.say("公式ページ以外の情報"))
    return Note(language.say(FACT_NAMES[fact.kind]), fact.text.in_language(language.id), language.say("。").join(shown), fact.source, fact.kind,
                fact.text.written_in(language.id))


def _first_sentence(text: str) -> str:
    """Return a text up to its first 「。」 that stands in no brackets."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in "（「") - (letter in "）」")
        if letter == "。" and depth <= 0:
            return text[:place + 1]
    return text


def past_fiscal_year(found_on: str, today: date) -> bool:
    """Tell whether a fact was found before this fiscal year, or nobody knows when."""
    match = re.match(r"(\d{4})(?:-(\d{2}))?", found_on)
    if not match:
        return True
    return fiscal_year(date(int(match[1]), int(match[2] or 12), 1)) < fiscal_year(today)


def _source(program: Program, municipality: Municipality) -> str:
    s = program.source
    if s.status != "plan":
        when = f"（{s.checked_on.year}年{s.checked_on.month}月{s.checked_on.day}日に確認）" if s.checked_on else ""
        return f"{s.document}{when}"
    parts = [municipality.plan_title or s.document]
    if s.sections:
        parts.append("、".join(_section(x) for x in s.sections))
    if s.program:
        parts.append(f"「{s.program}」の中")
    if s.lines:
        parts.append(f"{'・'.join(map(str, s.lines))}行目")
    return " ".join(parts)


def _section(section: str) -> str:
    match = re.fullmatch(r"(\d+)-\(?(\d+)\)?", section)
    return f"基本目標{match[1]}({match[2]})" if match else section
