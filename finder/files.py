"""data/ -> checked contents, or all their problems at once: file, place, what is wrong, what to do."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from finder.answers import FACTS, NEEDS, BadAnswer, read_answers
from finder.building import NATION, build_case, build_program, joined_programs
from finder.eligibility import assess
from finder.schema import DangerFile, HotlineFile, MunicipalityFile, ProgramFile, QuestionFile, TextsFile, problems_of

DEPARTMENT_COLUMNS = ("id", "name", "division", "aliases", "phone", "extension", "place", "hours",
                      "url", "source", "checked_on", "status", "topics", "note")
WORD_COLUMNS = ("said", "needs", "expands")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file of data/, and what to do about it."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.what}" if self.place else f"{self.file}: {self.what}"


@dataclass
class Folder:
    """The contents of a data folder, plain and JSON-ready, and everything wrong with them."""

    raw: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def folder_hash(root: Path) -> str:
    """Return a hash of every data file's name and bytes: the version of the folder."""
    digest = hashlib.sha256()
    for path in sorted(_data_files(root)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _data_files(root: Path) -> Iterator[Path]:
    for pattern in ("*.toml", "*.csv", "*/municipality.toml", "*/departments.csv", "*/programs/*.toml"):
        yield from root.glob(pattern)


def read_folder(root: Path) -> Folder:
    """Read and check a whole data folder; never raises for what stands in the files."""
    folder = Folder()
    raw: dict[str, Any] = {
        "needs": _needs(root, folder), "questions": _tables(root, "questions.toml", "question", QuestionFile, folder),
        "hotlines": _tables(root, "hotlines.toml", "hotline", HotlineFile, folder),
        "danger": _checked(DangerFile, _toml(root / "danger.toml", root, folder), "danger.toml", folder),
        "words": _rows(root / "words.csv", root, WORD_COLUMNS, folder), "municipalities": {},
    }
    for place in sorted(p.parent for p in root.glob("*/municipality.toml")):
        raw["municipalities"][place.name] = _municipality(place, root, folder)
    if not raw["municipalities"]:
        folder.problems.append(Problem(str(root), "", "自治体のフォルダがありません。municipality.toml のあるフォルダを置いてください"))
    folder.raw = json.loads(json.dumps(raw, default=_plain, ensure_ascii=False))
    broken = {p.file.split("/")[0] for p in folder.problems if "source.quote" not in p.place}
    for name in raw["municipalities"]:
        if not broken & {name, NATION}:
            folder.problems += _cross_checks(folder.raw, name)
    return folder


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} in a data file")


def _toml(path: Path, root: Path, folder: Folder) -> dict[str, Any]:
    name = path.relative_to(root).as_posix()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        folder.problems.append(Problem(name, "", "ファイルがありません"))
    except UnicodeDecodeError:
        folder.problems.append(Problem(name, "", "文字コードが UTF-8 ではありません。UTF-8 で保存してください"))
    except tomllib.TOMLDecodeError as error:
        folder.problems.append(Problem(name, "", f"TOML として読めません（{error}）。引用符や括弧の閉じ忘れを見てください"))
    return {}


def _checked(model: type[BaseModel], raw: Any, name: str, folder: Folder, at: str = "") -> Any:
    try:
        model.model_validate(raw)
    except ValidationError as error:
        folder.problems += [Problem(name, at + place, what) for place, what in problems_of(error)]
    return raw


def _needs(root: Path, folder: Folder) -> dict[str, Any]:
    needs = _toml(root / "needs.toml", root, folder)
    for need in NEEDS:
        if need not in needs:
            folder.problems.append(Problem("needs.toml", need, "困りごとの言葉がありません。書き足してください"))
    for need, texts in needs.items():
        _checked(TextsFile, texts, "needs.toml", folder, f"{need}.")
    return needs


def _tables(root: Path, file: str, key: str, model: type[BaseModel], folder: Folder) -> list[Any]:
    tables = _toml(root / file, root, folder).get(key, [])
    return [_checked(model, t, file, folder, f"{key}[{i + 1}].") for i, t in enumerate(tables)]


def _rows(path: Path, root: Path, columns: tuple[str, ...], folder: Folder) -> list[dict[str, str]]:
    name = path.relative_to(root).as_posix()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        folder.problems.append(Problem(name, "", "ファイルがありません"))
        return []
    except UnicodeDecodeError:
        folder.problems.append(Problem(name, "", "文字コードが UTF-8 ではありません。UTF-8 で保存してください"))
        return []
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != columns:
        folder.problems.append(Problem(name, "1行目", f"見出しは {','.join(columns)} にしてください"))
        return []
    rows = []
    for row in reader:
        if None in row or None in row.values():
            folder.problems.append(Problem(name, f"{reader.line_num}行目", "列の数が見出しと違います。カンマを含む文は \"…\" で囲んでください"))
        else:
            rows.append(row)
    return rows


def _municipality(place: Path, root: Path, folder: Folder) -> dict[str, Any]:
    name = place.name
    about = _checked(MunicipalityFile, _toml(place / "municipality.toml", root, folder),
                     f"{name}/municipality.toml", folder)
    departments = (_rows(place / "departments.csv", root, DEPARTMENT_COLUMNS, folder)
                   if name != NATION else [])
    programs = {}
    for path in sorted(place.glob("programs/*.toml")):
        file = path.relative_to(root).as_posix()
        before = len(folder.problems)
        raw = _checked(ProgramFile, _toml(path, root, folder), file, folder)
        programs[path.stem] = raw
        if len(folder.problems) == before:
            folder.problems += [Problem(file, "", w) for w in _program_problems(path.stem, raw, departments)]
    ids = [d["id"] for d in departments]
    for double in {i for i in ids if ids.count(i) > 1}:
        folder.problems.append(Problem(f"{name}/departments.csv", double, "同じ id が二つあります。片方を変えてください"))
    plan = place / "plan.txt"
    if plan.exists():
        folder.problems += _quotes_missing(programs, plan.read_text(encoding="utf-8").split("\n"), name)
    return {"municipality": about, "departments": departments, "programs": programs}


def _program_problems(program_id: str, raw: dict[str, Any], departments: list[dict[str, str]]) -> Iterator[str]:
    known = {d["id"] for d in departments}
    for department in raw.get("departments", ()):
        if department not in known:
            yield f"departments: 担当課「{department}」は departments.csv にありません"
    confidence = raw["contact"]["confidence"]
    if confidence == "unknown" and (raw.get("departments") or raw["contact"].get("phone")):
        yield "contact.confidence: unknown なのに担当課か電話があります"
    if raw["for_residents"] and not raw["needs"]:
        yield "needs: 住民が使える制度には、困りごとを一つ以上書いてください"
    results = {c["expect"] for c in raw["case"]}
    conditions = [set(a) for a in raw.get("eligible", ())]
    # With an alternative that only the counter can judge, every household stays 要確認.
    if conditions and {"confirm"} not in conditions and len(results) < 2:
        yield "case: 当てはまる例と、当てはまらない（または要確認の）例の両方を書いてください"


def _quotes_missing(programs: dict[str, Any], lines: list[str], folder: str) -> Iterator[Problem]:
    for program_id, raw in programs.items():
        source = raw.get("source", {})
        if source.get("status", "plan") != "plan":
            continue
        file = f"{folder}/programs/{program_id}.toml"
        cited = [(source.get("lines", [0])[0] if source.get("lines") else 0, source.get("quote", ""))]
        cited += [(v["line"], v["quote"]) for v in source.get("variants", ())]
        for line, quote in cited:
            text = lines[line - 1] if 0 < line <= len(lines) else ""
            if not quote or quote not in text:
                yield Problem(file, "source.quote", f"計画の{line}行目にこの文がありません。plan.txt の文をそのまま写してください")


def _cross_checks(raw: dict[str, Any], folder: str) -> Iterator[Problem]:
    """Run every program's own cases, as the program stands with what it extends."""
    nation = raw["municipalities"].get(NATION, {"programs": {}})["programs"]
    for program_id, own in raw["municipalities"][folder]["programs"].items():
        extends = own.get("extends", "")
        if extends and (folder == NATION or extends not in nation):
            yield Problem(f"{folder}/programs/{program_id}.toml", "extends", f"全国の制度「{extends}」がありません")
    own_ids = set(raw["municipalities"][folder]["programs"])
    for program_id, joined in joined_programs(raw, folder).items():
        if program_id in own_ids:
            yield from _case_problems(program_id, joined, folder)


def _case_problems(program_id: str, joined: dict[str, Any], folder: str) -> Iterator[Problem]:
    program = build_program(program_id, joined)
    file = f"{folder}/programs/{program_id}.toml"
    for case in joined["case"]:
        built = build_case(case)
        unknown = set(built.answers) - {*FACTS, "children", "self", "needs"}
        if unknown:
            yield Problem(file, f"case「{built.name}」", f"答えの項目 {', '.join(unknown)} はありません")
            continue
        try:
            answers = read_answers(built.answers, built.today)
        except BadAnswer as error:
            yield Problem(file, f"case「{built.name}」", f"{error.field}: {error.message}")
            continue
        got = assess(program, answers, built.today).standing
        if got != built.expect:
            yield Problem(file, f"case「{built.name}」", f"{built.expect} のはずが {got} になります。条件か例のどちらかを直してください")
