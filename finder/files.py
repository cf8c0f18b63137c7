"""data/ -> checked contents, or all their problems at once: file, place, what is wrong, what to do."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from finder.answers import FACTS, NEEDS, BadAnswer, read_answers
from finder.building import NATION, build_case, build_program, joined_programs
from finder.eligibility import assess
from finder.schema import DangerFile, HotlineFile, MunicipalityFile, ProgramFile, QuestionFile, SourceFile, TextsFile
from finder.schema_words import problems_of

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
    """The contents of a data folder, plain and JSON-ready, and everything wrong with them.

    A file with problems is left out of the contents, so that the others are still checked.
    """

    raw: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, file: str, place: str, what: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(file, place, what))


def folder_hash(root: Path) -> str:
    """Return a hash of every data file's name and bytes: the version of the folder."""
    digest = hashlib.sha256()
    for path in sorted(_data_files(root)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _data_files(root: Path) -> Iterator[Path]:
    for pattern in ("*.toml", "*.csv", "*/municipality.toml", "*/departments.csv", "*/plan.txt", "*/programs/*.toml"):
        yield from root.glob(pattern)


def read_folder(root: Path) -> Folder:
    """Read and check a whole data folder; never raises for what stands in the files."""
    folder = Folder()
    raw: dict[str, Any] = {
        "needs": _needs(root, folder), "questions": _tables(root, "questions.toml", "question", QuestionFile, folder),
        "hotlines": _tables(root, "hotlines.toml", "hotline", HotlineFile, folder),
        "danger": _checked(DangerFile, _toml(root / "danger.toml", root, folder), "danger.toml", folder) or {},
        "words": _rows(root / "words.csv", root, WORD_COLUMNS, folder), "municipalities": {}, "plans": {},
    }
    places = sorted(p.parent for p in root.glob("*/municipality.toml"))
    for place in places:
        plan = _plan(place, root, folder)
        raw["municipalities"][place.name] = _municipality(place, root, folder, plan)
        raw["plans"] |= {} if plan is None else {place.name: plan}
    if not places:
        folder.add(str(root), "", "自治体のフォルダがありません。municipality.toml のあるフォルダを置いてください")
    folder.raw = json.loads(json.dumps(raw, default=str, ensure_ascii=False))
    for place in places:
        folder.problems += _cross_checks(folder.raw, place.name)
    return folder


# --- single files ------------------------------------------------------------------------------

def _text(path: Path, root: Path, folder: Folder) -> str | None:
    name = path.relative_to(root).as_posix()
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        folder.add(name, "", "ファイルがありません。この名前で置いてください")
    except UnicodeDecodeError:
        folder.add(name, "", "文字コードが UTF-8 ではありません。UTF-8 で保存してください")
    except OSError as error:
        folder.add(name, "", f"読めません（{error.strerror}）。ファイルの場所と権限を見てください")
    return None


def _toml(path: Path, root: Path, folder: Folder) -> dict[str, Any] | None:
    text = _text(path, root, folder)
    try:
        return None if text is None else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        folder.add(path.relative_to(root).as_posix(), "",
                   f"TOML として読めません（{error}）。引用符や括弧の閉じ忘れを見てください")
    return None


def _checked(model: type[BaseModel], raw: Any, name: str, folder: Folder, at: str = "") -> Any:
    """Return what was read if it has the model's shape, else None; an unread file is passed over."""
    if raw is None:
        return None
    try:
        model.model_validate(raw)
    except ValidationError as error:
        folder.problems += [Problem(name, at + place, what) for place, what in problems_of(error)]
        return None
    return raw


def _needs(root: Path, folder: Folder) -> dict[str, Any]:
    needs = _toml(root / "needs.toml", root, folder)
    if needs is None:
        return {}
    for need in NEEDS:
        if need not in needs:
            folder.add("needs.toml", need, "困りごとの言葉がありません。書き足してください")
    for need in set(needs) - set(NEEDS):
        folder.add("needs.toml", need, f"この困りごとはありません。使える値: {', '.join(NEEDS)}")
    return {n: t for n, t in needs.items() if _checked(TextsFile, t, "needs.toml", folder, f"{n}.")}


def _tables(root: Path, file: str, key: str, model: type[BaseModel], folder: Folder) -> list[Any]:
    read = _toml(root / file, root, folder)
    if read is None:
        return []
    tables = read.get(key, [])
    if not isinstance(tables, list) or set(read) - {key}:
        folder.add(file, "", f"[[{key}]] の並びで書いてください")
        return []
    checked = [_checked(model, t, file, folder, f"{key}[{i + 1}].") for i, t in enumerate(tables)]
    return [t for t in checked if t is not None]


def _rows(path: Path, root: Path, columns: tuple[str, ...], folder: Folder) -> list[dict[str, str]]:
    name = path.relative_to(root).as_posix()
    text = _text(path, root, folder)
    if text is None:
        return []
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != columns:
        folder.add(name, "1行目", f"見出しは {','.join(columns)} にしてください")
        return []
    rows: list[dict[str, str]] = []
    for row in reader:
        if None in row or None in row.values():
            folder.add(name, f"{reader.line_num}行目", "列の数が見出しと違います。カンマを含む文は \"…\" で囲んでください")
        else:
            rows.append(row)
    return rows


# --- one municipality ------------------------------------------------------------------------------

def _municipality(place: Path, root: Path, folder: Folder, plan: str | None) -> dict[str, Any]:
    name = place.name
    about = _checked(MunicipalityFile, _toml(place / "municipality.toml", root, folder),
                     f"{name}/municipality.toml", folder)
    departments = (_rows(place / "departments.csv", root, DEPARTMENT_COLUMNS, folder)
                   if name != NATION else [])
    for double, count in Counter(d["id"] for d in departments).items():
        if count > 1:
            folder.add(f"{name}/departments.csv", double, "同じ id が二つあります。片方を変えてください")
    programs, sources = {}, {}
    for path in sorted(place.glob("programs/*.toml")):
        file = path.relative_to(root).as_posix()
        read = _toml(path, root, folder)
        raw = _checked(ProgramFile, read, file, folder)
        source = _checked(SourceFile, (read or {}).get("source"), file, Folder())
        if source is not None:
            sources[path.stem] = source
        if raw is not None:
            programs[path.stem] = raw
            folder.problems += [Problem(file, where, what) for where, what in _program_problems(raw, departments)]
    if plan is not None:
        folder.problems += _quotes_missing(sources, plan.split("\n"), name)
    return {"municipality": about, "departments": departments, "programs": programs}


def _plan(place: Path, root: Path, folder: Folder) -> str | None:
    plan = place / "plan.txt"
    return _text(plan, root, folder) if plan.exists() else None


def _program_problems(raw: dict[str, Any], departments: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    known = {d["id"] for d in departments}
    for department in raw.get("departments", ()):
        if department not in known:
            yield "departments", f"担当課「{department}」は departments.csv にありません。書き足すか、つづりを直してください"
    if raw["contact"]["confidence"] == "unknown" and (raw.get("departments") or raw["contact"].get("phone")):
        yield "contact.confidence", "unknown なのに担当課か電話があります。どちらかを直してください"
    if raw["for_residents"] and not raw["needs"]:
        yield "needs", "住民が使える制度には、困りごとを一つ以上書いてください"
    results = {c["expect"] for c in raw["case"]}
    conditions = [set(a) for a in raw.get("eligible", ())]
    # With an alternative that only the counter can judge, every household stays 要確認.
    if conditions and {"confirm"} not in conditions and len(results) < 2:
        yield "case", "当てはまる例と、当てはまらない（または要確認の）例の両方を書いてください"


def _quotes_missing(sources: dict[str, Any], lines: list[str], folder: str) -> Iterator[Problem]:
    for program_id, source in sources.items():
        if source.get("status", "plan") != "plan":
            continue
        cited = [(next(iter(source.get("lines", ())), 0), source.get("quote", ""))]
        cited += [(v["line"], v["quote"]) for v in source.get("variants", ())]
        for line, quote in cited:
            text = lines[line - 1] if 0 < line <= len(lines) else ""
            if not quote or quote not in text:
                yield Problem(f"{folder}/programs/{program_id}.toml", "source.quote",
                              f"計画の{line}行目にこの文がありません。plan.txt の文をそのまま写してください")


# --- across files -------------------------------------------------------------------------------------

def _cross_checks(raw: dict[str, Any], folder: str) -> Iterator[Problem]:
    """Check what a program extends, and run its own cases as it stands with that."""
    nation = raw["municipalities"].get(NATION, {"programs": {}})["programs"]
    own = raw["municipalities"][folder]["programs"]
    for program_id, program in own.items():
        extends = program.get("extends", "")
        if extends and (folder == NATION or extends not in nation):
            yield Problem(f"{folder}/programs/{program_id}.toml", "extends",
                          f"全国の制度「{extends}」がありません。00-japan の id を書くか、消してください")
    for program_id, joined in joined_programs(raw, folder).items():
        if program_id in own:
            yield from _case_problems(program_id, joined, folder)


def _case_problems(program_id: str, joined: dict[str, Any], folder: str) -> Iterator[Problem]:
    program = build_program(program_id, joined)
    file = f"{folder}/programs/{program_id}.toml"
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
            yield Problem(file, f"case「{built.name}」", f"{built.expect} のはずが {got} になります。条件か例のどちらかを直してください")
