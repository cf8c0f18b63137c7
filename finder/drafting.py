"""A program as a form, made from the columns of our own layout; and two people's changes of one program, joined."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from finder.building import build_catalog, joined_programs
from finder.cards import Card, about as card_about
from finder.checking import STANDING_WORDS, Problem, check_program, only
from finder.differences import DEPARTMENT_FIELDS, FIELDS, names_of, program_differences, row_differences, standing_changes
from finder.folder_text import DEPARTMENT_COLUMNS
from finder.households import standard_households
from finder.layouts.columns import About, Column, office_name, one_line
from finder.layouts.departments import HEADINGS, wrong_cells
from finder.layouts.own import OWN
from finder.layouts.values import LISTS, BadCell, read_list
from finder.understanding.danger import NO_SIGNS

Raw = Mapping[str, Any]
GROUPS = {"制度名": "制度", "ふだんの名前": "住民に見せる言葉", "対象要件": "だれが対象か", "出典の文書": "出典",
          "担当の確かさ": "連絡先", "受付の始まり": "受付の期間"}
HINTS = {
    "対象要件": "一行に一つ。どれか一つに合えば対象です。例: ひとり親 かつ 18歳年度末までの子",
    "窓口で確認": "質問では分からない条件。一行に一つ: 文｜やさしい日本語｜英語",
    "事実": "一行に一つ: 種類｜文｜出典｜日付｜確かさ｜やさしい日本語｜英語",
    "例": "二つ以上。一行に一つ: 名前｜2026-11-22｜children = [\"小2\"], single_parent = true｜対象の見込み",
    "計画の文": "plan.txt の文を一字もかえずに", "計画の行": "plan.txt の行の番号", "計画の節": "「、」で区切る",
    "検索の言葉": "住民が使いそうな言い方。「、」で区切る", "計画に出る窓口": "「、」で区切る",
    "全国の制度": "00-japan の id。その事実が加わります",
    "確認日": "2026-11-22 か 令和8年11月22日", "受付の始まり": "まだなら「受付は○月○日から」と出ます",
    "受付の終わり": "すぎたら「受付は○月○日で終わりました」と出ます。制度は消えません", "電話": "この制度だけの番号。担当課と同じなら空に",
    "別の行の文": "一行に一つ: 計画の行｜その行の文", "説明": "私たちの言葉で、一、二文。計画の文を写さない",
}

# What a part of a program is called when all of it is missing.
WHOLE = {"title": "ふだんの名前", "text": "説明", "source": "出典", "contact": "連絡先", "availability": "受付の期間"}
OFFICE_HINTS = {"別名": "前の名前など。「／」で区切る", "出典": "どのページか、だれに聞いたか", "確認日": "2026-11-22、2026-11 か 2026",
                "確かさ": "official（公式ページ）、second-hand（人づて）、plan（計画に名前だけ）", "聞けること": "空白で区切る"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: `many` of the choices may be chosen; `wrong` says what cannot be read."""

    key: str
    name: str
    value: str
    hint: str
    choices: tuple[str, ...]
    chosen: tuple[str, ...]
    many: bool
    long: bool
    group: str = ""
    wrong: str = ""


# A department goes the same way as a program: its place in the drafts begins with this.
OFFICE = "office:"
_OFFICE_COLUMNS = tuple(one_line(HEADINGS[c], c) for c in DEPARTMENT_COLUMNS if c != "id")


def _columns(place: str = "") -> list[tuple[str, Column]]:
    columns = _OFFICE_COLUMNS if place.startswith(OFFICE) else OWN.columns
    return [(f"f{number}", column) for number, column in enumerate(columns) if column.write]


def piece_of(raw: Raw, folder: str, place: str) -> Raw | None:
    """Return what is published at a place: a program, or a department's row; None when there is none."""
    own = raw["municipalities"][folder]
    if place.startswith(OFFICE):
        return next((d for d in own["departments"] if OFFICE + d["id"] == place), None)
    found: Raw | None = own["programs"].get(place)
    return found


def completed(place: str, piece: Raw) -> dict[str, Any]:
    """Return a piece as it is published: a department's row has every column."""
    if place.startswith(OFFICE):
        return {**{c: piece.get(c, "") for c in DEPARTMENT_COLUMNS}, "id": place.removeprefix(OFFICE)}
    return {k: v for k, v in piece.items() if k != "id"}


def check_piece(raw: Raw, folder: str, place: str) -> list[Problem]:
    """Return everything wrong with a program, or with a department and the programs that name it."""
    if not place.startswith(OFFICE):
        return check_program(raw, folder, place) if piece_of(raw, folder, place) is not None else []
    office = place.removeprefix(OFFICE)
    row = piece_of(raw, folder, place)
    file = f"{folder}/departments.csv"
    if row is not None:
        return [Problem(file, HEADINGS[column], what) for column, what in wrong_cells(row, office, None)]
    named = [p["name"] for p in raw["municipalities"][folder]["programs"].values() if office in p.get("departments", ())]
    return [Problem(file, office, f"「{name}」の担当課です。先に、その制度の担当課を変えてください") for name in named]


def place_words(place: str) -> str:
    """Return the place of a problem as the form calls it: `case「…」` is an example, `contact.phone` a phone number."""
    if place.startswith("case「"):
        return place.replace("case", "例", 1)
    plain = re.sub(r"\[\d+\]", "", place)
    steps = plain.split(".")
    return next((words for n in range(len(steps), 0, -1) if (words := FIELDS.get(".".join(steps[:n])))), WHOLE.get(steps[0], place))


def fields(program: Raw, known: About, typed: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None,
           place: str = "") -> list[Field]:
    """Return the form of a program or department; what was `typed` but could not be read stands as it was typed."""
    found, group = [], ""
    for key, column in _columns(place):
        group = "" if place.startswith(OFFICE) else GROUPS.get(column.name, group)
        value = (typed or {}).get(key, column.read(program, known))
        choices, many = column.choices, False
        if column.name == "困りごと":
            choices, many = tuple(t["ja"] for t in known.needs.values()), True
        elif column.name == "担当課":
            choices, many = tuple(office_name(o["id"], known) for o in known.departments), True
        chosen = tuple(read_list(value)) if many else (value,)
        if many:        # the order says which comes first: what is chosen stands first, as it is
            choices = (*chosen, *(c for c in choices if c not in chosen))
        hint = OFFICE_HINTS.get(column.name, "") if place.startswith(OFFICE) else HINTS.get(column.name, "")
        found.append(Field(key, column.name, value, hint, choices, chosen, many, column.long, group,
                           (wrong or {}).get(key, "")))
    return found


def read_form(program: Raw, form: Mapping[str, list[str]], known: About, place: str = "") -> tuple[Raw, dict[str, str], dict[str, str]]:
    """Return the program as the form says, what was typed, and what is wrong with it, by field."""
    typed, wrong = {}, {}
    for key, column in _columns(place):
        if key not in form:
            continue
        cell = LISTS.join(v for v in form[key] if v).replace("\r\n", "\n")
        typed[key] = cell
        if cell.strip() == column.read(program, known).strip() or column.write is None:
            continue
        try:
            program = column.write(program, cell, known)
        except BadCell as error:
            wrong[key] = str(error)
    return program, typed, wrong


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed differently."""

    name: str
    mine: str
    theirs: str


def join(base: Raw | None, mine: Raw | None, theirs: Raw | None, known: About, place: str = "") -> tuple[Raw | None, list[Clash]]:
    """Return my changes put on theirs, field by field; where both changed one, mine stands and the clash is told."""
    if theirs == base or mine == theirs:
        return mine, []
    if mine is None or theirs is None or base is None:
        return mine, [Clash("制度", "消す" if mine is None else "残す", "消された" if theirs is None else "変えられた")]
    joined, clashes = theirs, []
    for _, column in _columns(place):
        was, my, their = (column.read(p, known).strip() for p in (base, mine, theirs))
        if my in (was, their) or column.write is None:
            continue
        if their != was:
            clashes.append(Clash(column.name, my, their))
        joined = column.write(joined, my, known)
    return joined, clashes


def replaced(raw: Raw, folder: str, program_id: str, program: Raw | None) -> dict[str, Any]:
    """Return contents with one program (or department) of a municipality changed, added or (None) taken out."""
    own = raw["municipalities"][folder]
    if program_id.startswith(OFFICE):
        rows = [d for d in own["departments"] if OFFICE + d["id"] != program_id]
        if program is not None:
            at = next((n for n, d in enumerate(own["departments"]) if OFFICE + d["id"] == program_id), len(rows))
            rows.insert(at, completed(program_id, program))
        return {**raw, "municipalities": {**raw["municipalities"], folder: {**own, "departments": rows}}}
    programs = {k: v for k, v in own["programs"].items() if k != program_id}
    if program is not None:
        programs[program_id] = program
    return {**raw, "municipalities": {**raw["municipalities"], folder: {**own, "programs": dict(sorted(programs.items()))}}}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a program would be: the card, its cases and whether each holds, what is wrong, what changes and for whom."""

    card: Card | None
    cases: tuple[tuple[str, str, str], ...]          # name, the standing that is said to come of it, what is wrong
    problems: tuple[Problem, ...]
    changes: tuple[str, ...]
    households: tuple[str, ...]


def preview(raw: Raw, folder: str, program_id: str, program: Raw, today: date) -> Preview:
    """Return what a changed program would be, beside what is published in `raw`."""
    new = replaced(raw, folder, program_id, program)
    problems = tuple(check_piece(new, folder, program_id))
    old_program = piece_of(raw, folder, program_id)
    if program_id.startswith(OFFICE):
        row = completed(program_id, program)
        return Preview(None, (), problems, tuple(row_differences(old_program, row, DEPARTMENT_FIELDS)), ())
    changes = tuple(program_differences(old_program, program, names_of(new, folder))) if old_program != program else ()
    shaped = all(p.place.startswith(("case「", "source.quote", "departments", "extends", "contact.", "needs")) or p.place == "case"
                 for p in problems)
    if not shaped:
        return Preview(None, (), problems, changes, ())
    wrong = {p.place.removeprefix("case「").removesuffix("」"): p.what for p in problems if p.place.startswith("case「")}
    cases = tuple((c["name"], STANDING_WORDS[c["expect"]], wrong.get(c["name"], "")) for c in program["case"])
    catalog = build_catalog(only(new, folder, program_id), folder, signs=NO_SIGNS)
    built = catalog.program(program_id)
    card = card_about(built, catalog, today) if built else None
    households: tuple[str, ...] = ()
    if old_program:
        pair = joined_programs(raw, folder)[program_id], joined_programs(new, folder)[program_id]
        households = tuple(standing_changes(*pair, standard_households(today), today))
    return Preview(card, cases, problems, changes, households)
