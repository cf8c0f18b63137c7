"""What is wrong with a catalog's contents: file, place, what it is and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from finder.answers import FACTS, BadAnswer, read_answers
from finder.building import NATION, build_case, build_program, joined_programs
from finder.eligibility import assess
from finder.folder_text import with_dates
from finder.schema import MunicipalityFile, ProgramFile, SourceFile
from finder.schema_texts import ADDRESS, NO_ADDRESS
from finder.schema_words import problems_of

Raw = Mapping[str, Any]
STANDING_WORDS = {"likely": "対象の見込み", "check": "要確認", "unlikely": "対象外の見込み"}
_HIRAGANA = re.compile("[ぁ-ゖー]*")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file of data/, and what to do about it."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.what}" if self.place else f"{self.file}: {self.what}"


def _file(folder: str, program_id: str) -> str:
    return f"{folder}/programs/{program_id}.toml"


def check_program(raw: Raw, folder: str, program_id: str) -> list[Problem]:
    """Return everything wrong with one program of a catalog's contents, its cases and its quote too."""
    own = raw["municipalities"][folder]
    program, file = own["programs"][program_id], _file(folder, program_id)
    problems = _shape_problems(ProgramFile, with_dates(program), file)
    if not problems:
        problems = program_problems(program_id, program, own["departments"], folder)
        problems += [p for p in cross_problems(only(raw, folder, program_id), folder) if p.file == file]
    plan = raw.get("plans", {}).get(folder)
    source = with_dates({"source": program.get("source")})["source"]
    if plan is not None and not _shape_problems(SourceFile, source, file):
        problems += quotes_missing({program_id: source}, plan.split("\n"), folder)
    return problems


def check_municipality(raw: Raw, folder: str) -> list[Problem]:
    """Return everything wrong with one municipality of a catalog's contents."""
    own = raw["municipalities"][folder]
    problems = _shape_problems(MunicipalityFile, own["municipality"], f"{folder}/municipality.toml")
    problems += department_problems(own["departments"], folder)
    return problems + [p for program_id in own["programs"] for p in check_program(raw, folder, program_id)]


def only(raw: Raw, folder: str, program_id: str) -> dict[str, Any]:
    """Return contents with but one of a municipality's programs, and the national ones."""
    own = raw["municipalities"][folder]
    return {**raw, "municipalities": {**raw["municipalities"],
                                      folder: {**own, "programs": {program_id: own["programs"][program_id]}}}}


def _shape_problems(model: type[BaseModel], raw: Any, file: str) -> list[Problem]:
    try:
        model.model_validate(raw)
    except ValidationError as error:
        return [Problem(file, place, what) for place, what in problems_of(error)]
    return []


def department_problems(departments: Sequence[Mapping[str, str]], folder: str) -> list[Problem]:
    """Return what is wrong with a municipality's departments."""
    counted = Counter(d["id"] for d in departments)
    found = [Problem(f"{folder}/departments.csv", double, "同じ id が二つあります。片方を変えてください")
             for double, count in counted.items() if count > 1]
    return found + [Problem(f"{folder}/departments.csv", d["id"], f"url: {NO_ADDRESS}")
                    for d in departments if d.get("url") and not ADDRESS.fullmatch(d["url"])]


def reading_problems(rows: Sequence[Mapping[str, str]]) -> list[Problem]:
    """Return what is wrong with the exceptions of readings.csv."""
    found = [Problem("readings.csv", row["word"] or "空の行",
                     "word に言葉を、reading に読みをひらがなで書いてください（分からない読みは空のまま）")
             for row in rows if not row["word"] or not _HIRAGANA.fullmatch(row["reading"])]
    counted = Counter((row["word"], row["after"], row["before"]) for row in rows)
    return found + [Problem("readings.csv", word, "同じ言葉が二行あります。片方を消すか、after か before で分けてください")
                    for (word, _, _), count in counted.items() if count > 1]


def program_problems(program_id: str, raw: Raw, departments: Sequence[Mapping[str, str]], folder: str) -> list[Problem]:
    """Return what is wrong with a program of the right shape, apart from its cases."""
    file = _file(folder, program_id)
    return [Problem(file, place, what) for place, what in _program_problems(raw, departments)]


def _program_problems(raw: Raw, departments: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    known = {d["id"] for d in departments}
    for department in raw.get("departments", ()):
        if department not in known:
            yield "departments", f"担当課「{department}」は departments.csv にありません。書き足すか、つづりを直してください"
    if raw["contact"]["confidence"] == "unknown" and (raw.get("departments") or raw["contact"].get("phone")):
        yield "contact.confidence", "不明（unknown）なのに担当課か電話があります。どちらかを直してください"
    if raw["for_residents"] and not raw["needs"]:
        yield "needs", "住民が使える制度には、困りごとを一つ以上書いてください"
    results = {c["expect"] for c in raw["case"]}
    conditions = [set(a) for a in raw.get("eligible", ())]
    # With an alternative that only the counter can judge, every household stays 要確認.
    if conditions and {"confirm"} not in conditions and len(results) < 2:
        yield "case", "当てはまる例と、当てはまらない（または要確認の）例の両方を書いてください"


def quotes_missing(sources: Mapping[str, Any], lines: Sequence[str], folder: str) -> Iterator[Problem]:
    """Yield the programs whose quote does not stand in the line of the plan that they name."""
    for program_id, source in sources.items():
        if source.get("status", "plan") != "plan":
            continue
        cited = [(next(iter(source.get("lines", ())), 0), source.get("quote", ""))]
        cited += [(v["line"], v["quote"]) for v in source.get("variants", ())]
        for line, quote in cited:
            text = lines[line - 1] if 0 < line <= len(lines) else ""
            if not quote or quote not in text:
                yield Problem(_file(folder, program_id), "source.quote",
                              f"計画の{line}行目にこの文がありません。plan.txt の文をそのまま写してください")


def cross_problems(raw: Raw, folder: str) -> Iterator[Problem]:
    """Check what a program extends, and run its own cases as it stands with that."""
    nation = raw["municipalities"].get(NATION, {"programs": {}})["programs"]
    own = raw["municipalities"][folder]["programs"]
    for program_id, program in own.items():
        extends = program.get("extends", "")
        if extends and (folder == NATION or extends not in nation):
            yield Problem(_file(folder, program_id), "extends",
                          f"全国の制度「{extends}」がありません。00-japan の id を書くか、消してください")
    for program_id, joined in joined_programs(raw, folder).items():
        if program_id in own:
            yield from case_problems(program_id, joined, folder)


def case_problems(program_id: str, joined: Raw, folder: str) -> Iterator[Problem]:
    """Run a program's own cases."""
    program = build_program(program_id, joined)
    file = _file(folder, program_id)
    for case in joined["case"]:
        built = build_case(case)
        unknown = set(built.answers) - {*FACTS, "children", "self", "needs"}
        if unknown:
            yield Problem(file, f"case「{built.name}」", f"答えの項目 {', '.join(sorted(unknown))} はありません。"
                          f"使える値: children, self, needs, {', '.join(FACTS)}")
            continue
        try:
            answers = read_answers(built.answers, built.today)
        except BadAnswer as error:
            yield Problem(file, f"case「{built.name}」", f"{error.field.removeprefix('answers.')}: {error.message}")
            continue
        got = assess(program, answers, built.today).standing
        if got != built.expect:
            yield Problem(file, f"case「{built.name}」", f"{STANDING_WORDS[built.expect]} のはずが {STANDING_WORDS[got]} になります。"
                          "条件か例のどちらかを直してください")
