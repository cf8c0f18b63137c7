"""A column of a layout: how its cell is read from a program, and how a changed cell changes the program."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from finder.checking import STANDING_WORDS
from finder.layouts.values import BadCell, narrow, read_date, read_lines, read_list, read_phone, read_record, write_list, write_record
from finder.requirement_rows import BadRow, read_row, write_row
from finder.schema import EligibleFile
from finder.schema_words import problems_of
from finder.toml_text import toml_text

Raw = Mapping[str, Any]
Read = Callable[[Raw, "About"], str]
Write = Callable[[Raw, str, "About"], Raw]


@dataclass(frozen=True, slots=True)
class About:
    """What a cell may need to know beside its program: the municipality, its offices, the needs' names, file, day and nation's programs."""

    folder: str
    municipality: Raw
    departments: tuple[Raw, ...]
    needs: Mapping[str, Raw]
    today: date
    file: str = ""
    national: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, other names it goes by, and the way between cell and program.

    A column without `write` is for readers only: what stands in it is never taken in.  `choices`
    are the values that it may have; `long`: it takes several lines.
    """

    name: str
    read: Read
    write: Write | None = None
    other_names: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of programs; in a layout of ours an empty cell clears, in others it says nothing.

    `fragments`: headings are matched by a part of them too.
    """

    id: str
    name: str
    columns: tuple[Column, ...]
    ours: bool = False
    fragments: bool = False


def at(program: Raw, path: str) -> Any:
    """Return what stands at "source.url", or None."""
    found: Any = program
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def put(program: Raw, path: str, value: Any) -> Raw:
    """Return the program with a value at "source.url"; an empty value is taken out."""
    first, _, rest = path.partition(".")
    if rest:
        inner = program.get(first)
        changed = put(inner if isinstance(inner, Mapping) else {}, rest, value)
        return {k: v for k, v in program.items() if k != first} if not changed else {**program, first: changed}
    if value in (None, "", []):
        return {k: v for k, v in program.items() if k != first}
    return {**program, first: value}


def text(name: str, path: str, *other_names: str) -> Column:
    """A column of plain words."""
    return Column(name, lambda p, about: str(at(p, path) or ""), lambda p, cell, about: put(p, path, cell.strip()), other_names,
                  long=True)


def one_line(name: str, path: str, *other_names: str) -> Column:
    """A column of words that stand on one line, however the cell was wrapped."""
    return Column(name, lambda p, about: str(at(p, path) or ""),
                  lambda p, cell, about: put(p, path, "".join(line.strip() for line in read_lines(cell))), other_names)


def day(name: str, path: str, *other_names: str) -> Column:
    """A column of a date."""
    return Column(name, lambda p, about: str(at(p, path) or ""),
                  lambda p, cell, about: put(p, path, read_date(cell) if cell.strip() else ""), other_names)


def phone(name: str, path: str, *other_names: str) -> Column:
    """A column of a phone number."""
    return Column(name, lambda p, about: str(at(p, path) or ""), lambda p, cell, about: put(p, path, read_phone(cell)), other_names)


def entries(name: str, path: str, *other_names: str, keep: bool = False) -> Column:
    """A column of several short entries; `keep`: an empty one stands as an empty list."""
    def write(program: Raw, cell: str, about: About) -> Raw:
        found = read_list(cell)
        return {**program, path: []} if keep and not found else put(program, path, found)
    return Column(name, lambda p, about: write_list(at(p, path) or ()), write, other_names)


def numbers(name: str, path: str) -> Column:
    """A column of whole numbers."""
    def write(program: Raw, cell: str, about: About) -> Raw:
        found = read_list(narrow(cell))
        if not all(n.removesuffix(".0").isdecimal() for n in found):
            raise BadCell(f"「{cell}」は番号として読めません。163 か 163、217 の形で書いてください")
        return put(program, path, [int(n.removesuffix(".0")) for n in found])
    return Column(name, lambda p, about: write_list(map(str, at(p, path) or ())), write)


def choice(name: str, path: str, words: Mapping[Any, str], *other_names: str) -> Column:
    """A column with one of a few values, written in words; the value itself is read too."""
    back = {**{str(k): k for k in words}, **{w: k for k, w in words.items()}}

    def write(program: Raw, cell: str, about: About) -> Raw:
        said = narrow(cell)
        found = next((k for w, k in back.items() if narrow(w) == said), None)
        if said and found is None:
            raise BadCell(f"「{cell}」は使えません。使える値: {'、'.join(words.values())}")
        return put(program, path, found)
    return Column(name, lambda p, about: words.get(at(p, path), str(at(p, path) or "")), write, other_names, tuple(words.values()))


# --- lists of records, a line each -----------------------------------------------------------------

def _records(name: str, key: str, fields: tuple[str, ...], what: str, kinds: Mapping[str, Mapping[Any, str]] | None = None) -> Column:
    """A column of records: `fields` in order, some of them one of a few words."""
    kinds = kinds or {}
    back = {field: {**{str(k): k for k in words}, **{w: k for k, w in words.items()}} for field, words in kinds.items()}

    def read(program: Raw, about: About) -> str:
        return "\n".join(write_record(str(kinds.get(f, {}).get(r.get(f), r.get(f) or "")) for f in fields)
                         for r in at(program, key) or ())

    def write(program: Raw, cell: str, about: About) -> Raw:
        records = []
        for line in read_lines(cell):
            record: dict[str, Any] = dict(zip(fields, read_record(line, len(fields), what), strict=True))
            for field, values in back.items():
                if record[field] and record[field] not in values:
                    raise BadCell(f"「{record[field]}」は使えません。使える値: {'、'.join(kinds[field].values())}")
                record[field] = values.get(record[field], "")
            records.append({f: v for f, v in record.items() if v not in ("", None)})
        return put(program, key, records)
    return Column(name, read, write, long=True)


FACT_KINDS = {"apply": "申請", "bring": "持ち物", "amount": "金額", "income_limit": "所得の制限", "eligibility": "対象", "deadline": "期限",
              "hours": "時間", "place": "場所", "phone": "電話", "link": "リンク", "note": "メモ"}
STATUS = {"official": "公式ページ", "second-hand": "人づて"}


def facts(name: str) -> Column:
    """種類｜日本語｜出典｜日付｜確かさ｜やさしい日本語｜英語."""
    return _records(name, "fact", ("kind", "text", "source", "date", "status", "easy", "en"), "事実",
                    {"kind": FACT_KINDS, "status": STATUS})


def confirmations(name: str) -> Column:
    """日本語｜やさしい日本語｜英語."""
    return _records(name, "confirm", ("text", "easy", "en"), "窓口で確認すること")


def variants(name: str) -> Column:
    """計画の行｜その行の文."""
    def read(program: Raw, about: About) -> str:
        return "\n".join(write_record((str(v["line"]), v["quote"])) for v in at(program, "source.variants") or ())

    def write(program: Raw, cell: str, about: About) -> Raw:
        found = []
        for line in read_lines(cell):
            number, quote = read_record(line, 2, "計画の行と文")
            if not narrow(number).isdecimal():
                raise BadCell(f"「{line}」の始めに、計画の行の番号を書いてください")
            found.append({"line": int(narrow(number)), "quote": quote})
        return put(program, "source.variants", found)
    return Column(name, read, write, long=True)


def conditions(name: str) -> Column:
    """ひとり親 かつ 18歳年度末までの子: a line for each alternative."""
    def write(program: Raw, cell: str, about: About) -> Raw:
        found = []
        for line in read_lines(cell):
            try:
                found.append(read_row(line))
                EligibleFile.model_validate(found[-1])
            except BadRow as error:
                raise BadCell(str(error)) from None
            except ValidationError as error:
                raise BadCell(f"「{line}」: {'、'.join(what for _, what in problems_of(error))}") from None
        return put(program, "eligible", found)
    return Column(name, lambda p, about: "\n".join(write_row(a) for a in at(p, "eligible") or ()), write, long=True)




def cases(name: str) -> Column:
    """名前｜今日｜答え｜見込み; the answers as they stand in a program's file."""
    def read(program: Raw, about: About) -> str:
        return "\n".join(write_record((c["name"], c["today"], _inline(c.get("answers", {})),
                                       STANDING_WORDS.get(c["expect"], c["expect"]))) for c in at(program, "case") or ())

    def write(program: Raw, cell: str, about: About) -> Raw:
        found: list[dict[str, Any]] = []
        back = {**{k: k for k in STANDING_WORDS}, **{w: k for k, w in STANDING_WORDS.items()}}
        for line in read_lines(cell):
            called, today, answers, expect = read_record(line, 4, "例")
            if expect not in back:
                raise BadCell(f"例「{called}」の見込みは {'、'.join(STANDING_WORDS.values())} のどれかを、四つ目に書いてください")
            try:
                said = tomllib.loads(f"answers = {{ {answers} }}")["answers"]
            except tomllib.TOMLDecodeError:
                raise BadCell(f"例「{called}」の答え「{answers}」が読めません。"
                              "children = [\"小2\"], single_parent = true の形で書いてください") from None
            found.append({"name": called, "today": read_date(today), "answers": _plain(said), "expect": back[expect]})
        return {**program, "case": found}
    return Column(name, read, write, long=True)


def _inline(answers: Raw) -> str:
    whole = toml_text({"x": [answers, 0]})          # a mixed list is written inside: [{ … }, 0]
    inside = whole.removeprefix("x = [").strip().removesuffix("]").rstrip().removesuffix(",").rstrip()
    return inside[:inside.rindex("}")].removeprefix("{").strip()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list) else value


# --- words of the catalog ------------------------------------------------------------------------------

def needs(name: str, *other_names: str) -> Column:
    """The needs by their names; their ids are read too."""
    def write(program: Raw, cell: str, about: About) -> Raw:
        known = {**{narrow(t["ja"]): n for n, t in about.needs.items()}, **{n: n for n in about.needs}}
        found = []
        for entry in read_list(cell):
            if narrow(entry) not in known:
                raise BadCell(f"「{entry}」という困りごとはありません。使える値: {'、'.join(t['ja'] for t in about.needs.values())}")
            found.append(known[narrow(entry)])
        return {**program, "needs": found}
    return Column(name, lambda p, about: write_list(about.needs[n]["ja"] if n in about.needs else n for n in at(p, "needs") or ()),
                  write, other_names)


def offices(name: str, *other_names: str) -> Column:
    """The departments by name, or by id where a name is not its own; ids and former names are read too."""
    def read(program: Raw, about: About) -> str:
        return write_list(office_name(d, about) for d in at(program, "departments") or ())

    def write(program: Raw, cell: str, about: About) -> Raw:
        known: dict[str, str] = {}
        for office in about.departments:
            known |= {narrow(alias): office["id"] for alias in office.get("aliases", "").split("／") if alias}
        known |= {narrow(office_name(o["id"], about)): o["id"] for o in about.departments}
        known |= {o["id"]: o["id"] for o in about.departments}
        found = []
        for entry in [cell] if narrow(cell) in known else read_list(cell):
            if narrow(entry) not in known:
                raise BadCell(f"担当課「{entry}」は、担当課の一覧（departments.csv）にありません。先に書き足すか、つづりを直してください")
            found.append(known[narrow(entry)])
        return put(program, "departments", found)
    return Column(name, read, write, other_names)


def office_name(office_id: str, about: About) -> str:
    """Return a department's name, or its id where the name is another's too or cannot stand in a list."""
    names = {o["id"]: o["name"] for o in about.departments}
    found = names.get(office_id, office_id)
    alone = list(names.values()).count(found) == 1 and read_list(found) == [found]
    return str(found) if alone else office_id
