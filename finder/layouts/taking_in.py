"""A table's rows -> a municipality's programs, changed and new; or everything wrong with the table, at once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from finder.layouts.columns import About, Column, at
from finder.layouts.matching import ID_COLUMNS, NAME_COLUMNS, Matched, plain_heading
from finder.layouts.values import SHEET_ERRORS, BadCell, narrow

Raw = Mapping[str, Any]
READ = "読みましたか"          # of a draft that was made from a plan: only rows that somebody read are taken in
UNSURE, RESTS_ON, STANDS = "気をつける所", "よりどころ", "計画の場所"      # and what stands beside it for whoever reads


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Something wrong in a table: file, sheet, row (from 1), column, what it is and what to do."""

    file: str
    sheet: str
    row: int
    column: str
    what: str

    def __str__(self) -> str:
        where = [self.file, self.sheet, f"{self.row}行目" if self.row else "", f"「{self.column}」" if self.column else ""]
        return f"{' '.join(w for w in where if w)}: {self.what}"


@dataclass
class Taken:
    """What came of a table: every program as it now stands, which changed, which are new, what is wrong; drafts nobody read."""

    programs: dict[str, Raw] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    unread: int = 0
    rows: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))      # of each program in the table, from 1


def take_in(programs: Mapping[str, Raw], rows: Sequence[Sequence[str]], matched: Matched, about: About, sheet: str = "") -> Taken:
    """Return the programs after taking in the rows under the headings.

    A row is a program's by its id, else by its name.  A cell that says what the program says already
    changes nothing; an empty one clears only in our own layout, and not in a plan's draft: there it is
    what the plan does not tell.  Programs without a row stay.
    """
    taken = Taken(dict(programs))
    names = {narrow(p.get("name", "")): i for i, p in programs.items()}
    asked = next((place for place, h in enumerate(matched.headings) if plain_heading(h) == plain_heading(READ)), None)
    for number, row in enumerate(rows[matched.heading_row + 1:], matched.heading_row + 2):
        cells = {column.name: row[place] if place < len(row) else "" for place, column in matched.columns.items()}
        if not any(c.strip() for c in cells.values()) or _is_remark(row):
            continue
        if beyond := next((c for c in row[len(matched.headings):] if c.strip()), ""):      # of a CSV: what follows has slipped to the right
            taken.problems.append(CellProblem(about.file, sheet, number, "", f"ます目が見出しより多く、「{beyond.strip()[:40]}」があまります。"
                                              "文の中に , があるときは、文を引用符「\"」で囲んでください"))
            continue
        if asked is not None and not (asked < len(row) and narrow(row[asked]) in ("はい", "読みました", "済")):
            taken.unread += 1
            continue
        name = next((cells[c].strip() for c in NAME_COLUMNS if cells.get(c, "").strip()), "")
        said_id = next((cells[c].strip() for c in ID_COLUMNS if cells.get(c, "").strip()), "")
        said_id = said_id.removeprefix(f"{about.municipality.get('code', '')}-")
        if not name and said_id not in programs:
            taken.problems.append(CellProblem(about.file, sheet, number, "制度id" if said_id else "制度名", (
                f"「{said_id}」という制度はありません。つづりを直すか、新しい制度なら制度名を書き足してください" if said_id else
                "制度の名前がありません。書き足すか、行を消してください")))
            continue
        program_id = said_id if said_id in programs else names.get(narrow("".join(name.split("\n"))), "")
        if not program_id:
            program_id = said_id if _good_id(said_id) else "p-" + hashlib.sha256(narrow(name).encode()).hexdigest()[:8]
        taken.rows[program_id].append(number)
        before = programs.get(program_id)
        if asked is not None:
            cells = {name: cell for name, cell in cells.items() if cell.strip()}
        after = _row(before or _new(matched, about), cells, matched, about, taken, sheet, number, program_id, before is None)
        if before is None:
            taken.new.append(program_id)
        elif after != before:
            taken.changed.append(program_id)
        taken.programs[program_id] = after
    for program_id, numbers in taken.rows.items():
        if len(numbers) > 1:
            name = taken.programs[program_id].get("name", program_id)
            taken.problems.append(CellProblem(about.file, sheet, numbers[1], "制度名", f"「{name}」の行が{len(numbers)}つあります（"
                                              f"{'、'.join(map(str, numbers))}行目）。一つにまとめるか、名前を変えてください"))
    return taken


def _is_remark(row: Sequence[str]) -> bool:
    """Tell whether a row is no program but a total, or one remark below the table: 「合計」「※ 内部資料」."""
    filled = list(dict.fromkeys(c.strip() for c in row if c.strip()))
    return bool(filled) and (filled[0] in ("合計", "小計", "総計", "計") or (len(filled) == 1 and filled[0].startswith("※")))


def _row(program: Raw, cells: Mapping[str, str], matched: Matched, about: About, taken: Taken, sheet: str,
         number: int, program_id: str, new: bool) -> Raw:
    for column in (c for c in matched.columns.values() if c.name in cells):
        cell = cells[column.name].replace("\r\n", "\n")
        if column.write is None or (not cell.strip() and (new or not matched.layout.ours)):
            continue
        try:
            if cell.strip() in SHEET_ERRORS:
                raise BadCell(f"「{cell.strip()}」は、式のまちがいです。もとの表で式を直すか、値を書いてください")
            if _says(column, program, program_id, about) != cell.strip():
                program = column.write(program, cell, about)
        except BadCell as error:
            taken.problems.append(CellProblem(about.file, sheet, number, _heading(matched, column), str(error)))
    return _completed(program) if new else program


def _says(column: Column, program: Raw, program_id: str, about: About) -> str:
    return column.read({**program, "id": program_id}, about).strip()


def _heading(matched: Matched, column: Column) -> str:
    place = next(p for p, c in matched.columns.items() if c is column)
    return "".join(matched.headings[place].split())


def _good_id(text: str) -> bool:
    return bool(text) and text.isascii() and text == text.lower() and text.replace("-", "").isalnum()


def _new(matched: Matched, about: About) -> Raw:
    """A program of which nothing is known but where it comes from: what is missing, the check says."""
    source = {"document": about.file, "checked_on": about.today.isoformat()}
    return {"name": "", "for_residents": True, "source": source if matched.layout.ours else {**source, "status": "official"}}


def _completed(program: Raw) -> Raw:
    """Say of a new program what follows from its row: its name is a title, a phone or department is a contact."""
    whole: dict[str, Any] = {"named_contacts": [], "keywords": [], **program}
    whole["title"] = {"ja": program.get("name", ""), **(program.get("title") or {})}
    known = bool(program.get("departments") or at(program, "contact.phone"))
    whole["contact"] = {"confidence": "plan" if known else "unknown", **(program.get("contact") or {})}
    return whole
