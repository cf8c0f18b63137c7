"""data/ -> checked contents, or all their problems at once: file, place, what is wrong, what to do."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from finder.answers import NEEDS
from finder.building import NATION
from finder.checking import Problem, cross_problems, department_problems, program_problems, quotes_missing, reading_problems
from finder.folder_text import DEPARTMENT_COLUMNS, READING_COLUMNS, WORD_COLUMNS
from finder.look import TYPES, logo_text
from finder.schema import DangerFile, HotlineFile, MunicipalityFile, ProgramFile, QuestionFile, SourceFile
from finder.schema_texts import EveryTextFile
from finder.schema_words import only_lacking, problems_of
from finder.understanding.likeness import Weights
from finder.understanding.need_likeness import NeedWeights


@dataclass
class Folder:
    """The contents of a data folder, plain and JSON-ready, and everything wrong with them.

    A file with problems is left out of the contents, so that the others are still checked; a
    program in which something is missing is kept, apart, for whoever completes it.
    """

    raw: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    incomplete: dict[str, dict[str, Any]] = field(default_factory=dict)      # by folder, by program

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
    for pattern in ("*.toml", "*.csv", "*/municipality.toml", "*/departments.csv", "*/plan.txt", "*/*.svg", "*/*.png",
                    "*/programs/*.toml"):
        yield from root.glob(pattern)


def read_folder(root: Path) -> Folder:
    """Read and check a whole data folder; never raises for what stands in the files."""
    folder = Folder()
    raw: dict[str, Any] = {
        "needs": _needs(root, folder), "questions": _tables(root, "questions.toml", "question", QuestionFile, folder),
        "hotlines": _tables(root, "hotlines.toml", "hotline", HotlineFile, folder),
        "danger": _danger(root, folder),
        "words": _rows(root / "words.csv", root, WORD_COLUMNS, folder), "municipalities": {}, "plans": {},
        "readings": _rows(root / "readings.csv", root, READING_COLUMNS, folder),
    }
    folder.problems += reading_problems(raw["readings"])
    places = sorted(p.parent for p in root.glob("*/municipality.toml"))
    for place in places:
        plan = _plan(place, root, folder)
        raw["municipalities"][place.name] = _municipality(place, root, folder, plan)
        raw["plans"] |= {} if plan is None else {place.name: plan}
    if not places:
        folder.add(str(root), "", "自治体のフォルダがありません。municipality.toml のあるフォルダを置いてください")
    folder.raw = json.loads(json.dumps(raw, default=str, ensure_ascii=False))
    for place in places:
        folder.problems += cross_problems(folder.raw, place.name)
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
    return {n: t for n, t in needs.items() if _checked(EveryTextFile, t, "needs.toml", folder, f"{n}.")}


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


def _danger(root: Path, folder: Folder) -> dict[str, Any]:
    """Return the signs of danger, with the text of their weights and those of needs where there are any."""
    signs = _checked(DangerFile, _toml(root / "danger.toml", root, folder), "danger.toml", folder) or {}
    for key, of, read in (("weights", "danger", Weights.from_csv), ("need_weights", "need", NeedWeights.from_csv)):
        path = root / f"{of}_weights.csv"
        if not path.exists():
            continue
        text = _text(path, root, folder) or ""
        try:
            read(text)
        except ValueError:
            folder.add(path.name, "", f"数でない所があります。python -m bench.{of}_weights で作り直してください")
        else:
            signs = {**signs, key: text}
    return signs


def _rows(path: Path, root: Path, columns: tuple[str, ...], folder: Folder) -> list[dict[str, str]]:
    name = path.relative_to(root).as_posix()
    text = _text(path, root, folder)
    if text is None:
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""))
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
    about = _checked(MunicipalityFile, _with_logo(_toml(place / "municipality.toml", root, folder), place, root, folder),
                     f"{name}/municipality.toml", folder)
    departments = (_rows(place / "departments.csv", root, DEPARTMENT_COLUMNS, folder)
                   if name != NATION else [])
    folder.problems += department_problems(departments, name)
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
            folder.problems += program_problems(path.stem, raw, departments, name)
        elif read is not None and only_lacking(ProgramFile, read):
            folder.incomplete.setdefault(name, {})[path.stem] = json.loads(json.dumps(read, default=str))
    if plan is not None:
        folder.problems += quotes_missing(sources, plan.split("\n"), name)
    return {"municipality": about, "departments": departments, "programs": programs}


def _with_logo(about: dict[str, Any] | None, place: Path, root: Path, folder: Folder) -> dict[str, Any] | None:
    """Return what municipality.toml says, with the file of its logo."""
    look = about.get("look") if about else None
    if about is None or not isinstance(look, dict) or not isinstance(logo := look.get("logo"), str):
        return about
    if logo.rpartition(".")[2] not in TYPES:
        return about
    path = place / Path(logo).name
    try:
        return {**about, "look": {**look, "file": logo_text(path.name, path.read_bytes())}}
    except OSError:
        folder.add(f"{place.name}/municipality.toml", "look.logo",
                   f"ファイル {logo} が {place.relative_to(root).as_posix()}/ にありません。置くか、logo の行を消してください")
        return {**about, "look": {key: value for key, value in look.items() if key not in ("logo", "file")}}


def _plan(place: Path, root: Path, folder: Folder) -> str | None:
    plan = place / "plan.txt"
    return _text(plan, root, folder) if plan.exists() else None
