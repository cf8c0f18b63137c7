"""A ranked program as a resident reads it: plain values for a page, in the language chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

from finder.answers import Answers, Child
from finder.births import fiscal_year
from finder.catalog import Catalog, Fact, Municipality, Program
from finder.eligibility import RESULT, Assessment, Finding
from finder.offices import OLD_YEARS, Office, age_of, dated, offices
from finder.ranking import Ranked
from finder.ternary import NO, OPEN, YES

STANDING_WORDS = {"likely": "対象の見込み", "check": "要確認", "unlikely": "対象外の見込み"}
RESULT_WORDS = {YES: ("✓", "合っています"), OPEN: ("？", "まだ分かりません"), NO: ("✕", "合っていません")}
FACT_NAMES = {"apply": "申し込み", "bring": "持ち物", "amount": "金額", "income_limit": "所得の制限",
              "eligibility": "くわしい対象", "deadline": "期限", "hours": "時間", "place": "場所",
              "phone": "電話", "link": "ページ", "note": "メモ"}
FACT_ORDER = tuple(FACT_NAMES)
KIND_NAMES = {"cash": "手当・給付金", "subsidy": "費用の助成", "service": "サービス", "consultation": "相談",
              "class_event": "教室・催し", "place": "場所", "loan": "貸付", "school": "学校の取組",
              "institutional": "市の取組"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One requirement in words: a mark, its meaning, the requirement, and what would settle it."""

    result: str
    mark: str
    meaning: str
    text: str
    settled_by: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A known fact with its name, date and source."""

    name: str
    text: str
    dated: str
    source: str


@dataclass(frozen=True, slots=True)
class Card:
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
    open_words: tuple[str, ...] = ()


def card(ranked: Ranked, catalog: Catalog, answers: Answers, today: date, language: str = "ja") -> Card:
    """Return one ranked program, ready for a page."""
    assessment = ranked.assessment
    return replace(
        about(assessment.program, catalog, today, language),
        standing=assessment.standing, standing_word=STANDING_WORDS[assessment.standing],
        for_whom=_for_whom(assessment, answers),
        reasons=tuple(_reason(f, language) for f in assessment.findings),
        open_words=tuple(f.requirement.text.in_language(language) for f in assessment.findings if f.result == OPEN)
        if assessment.result == OPEN else ())


_ABOUT: WeakKeyDictionary[Catalog, tuple[date, dict[tuple[str, str], Card]]] = WeakKeyDictionary()


def about(program: Program, catalog: Catalog, today: date, language: str = "ja") -> Card:
    """Return a program without anyone's answers; the same for all on a day, so made once."""
    day, made = _ABOUT.get(catalog, (None, {}))
    if day != today:
        made = {}
        _ABOUT[catalog] = (today, made)
    if program is not catalog.by_id.get(program.id):
        return _about(program, catalog, today, language)
    if (program.id, language) not in made:
        made[program.id, language] = _about(program, catalog, today, language)
    return made[program.id, language]


def _about(program: Program, catalog: Catalog, today: date, language: str) -> Card:
    """Return what, where, and the plan's own words."""
    title = program.title.in_language(language)
    facts = sorted(program.facts, key=lambda f: FACT_ORDER.index(f.kind))
    return Card(
        id=program.id, title=title, name="" if title == program.name else program.name,
        kind=KIND_NAMES[program.kind], text=program.text.in_language(language),
        standing="", standing_word="", for_whom="", reasons=(),
        confirm=tuple(c.in_language(language) for c in program.confirm),
        facts=tuple(_note(f, today, language) for f in facts),
        offices=offices(program, catalog, today),
        quote=program.source.quote, source=_source(program, catalog.municipality),
        source_url=program.source.url, japanese_name=program.name,
        source_notice=catalog.municipality.plan_notice.in_language(language) if program.source.status == "plan" else "",
    )


def _for_whom(assessment: Assessment, answers: Answers) -> str:
    children = answers.children or ()
    if len(children) < 2 or assessment.result == NO:
        return ""
    if len(assessment.children) == len(children):
        return "お子さんみんな"
    return "・".join(child_name(children[i]) for i in assessment.children if i < len(children))


def _reason(found: Finding, language: str) -> Reason:
    mark, meaning = RESULT_WORDS[found.result]
    if found.requirement.kind == "confirm":
        meaning = "窓口で確認"
    return Reason(RESULT[found.result], mark, meaning, found.requirement.text.in_language(language),
                  found.settled_by)


def child_name(child: Child) -> str:
    """Return a child as their parent told us: 「小2」「3歳」「2023年5月生まれ」."""
    said = dict(child.said)
    if "grade" in said:
        return str(said["grade"])
    if "age_years" in said:
        return f"{said['age_years']}歳"
    if "age_months" in said:
        years, months = divmod(said["age_months"], 12)
        return (f"{years}歳" if years else "") + (f"{months}か月" if months or not years else "")
    if "birth_date" in said:
        born = date.fromisoformat(said["birth_date"])
        return f"{born.year}年{born.month}月{born.day}日生まれ"
    if "birth_month" in said:
        year, month = said["birth_month"].split("-")
        return f"{year}年{int(month)}月生まれ"
    if "birth_year" in said:
        return f"{said['birth_year']}年生まれ"
    return "お子さん"


# --- where it stands --------------------------------------------------------------------------------

def _note(fact: Fact, today: date, language: str) -> Note:
    shown = [dated(fact.found_on) + "の情報"] if dated(fact.found_on) else []
    years = age_of(fact.found_on, today)
    if fact.kind == "amount" and _past_fiscal_year(fact.found_on, today):
        shown.append("今年度の金額は窓口で確認してください")
    elif years is not None and years > OLD_YEARS:
        shown.append("最新の内容は窓口で確認してください")
    if fact.status == "second-hand":
        shown.append("公式ページ以外の情報")
    return Note(FACT_NAMES[fact.kind], fact.text.in_language(language), "。".join(shown), fact.source)


def _past_fiscal_year(found_on: str, today: date) -> bool:
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
