"""A municipality's departments as a table: out with headings in words, in by those or by departments.csv's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from finder.folder_text import DEPARTMENT_COLUMNS
from finder.layouts.columns import About
from finder.layouts.matching import HEADING_ROWS, plain_heading
from finder.layouts.taking_in import CellProblem
from finder.layouts.values import SHEET_ERRORS, narrow
from finder.schema_texts import UNSEEN

SHEET = "担当課"
HEADINGS = dict(zip(DEPARTMENT_COLUMNS, ("担当課id", "担当課名", "部", "別名", "電話番号", "内線", "場所", "時間", "ページ", "出典", "確認日",
                                         "確かさ", "聞けること", "メモ"), strict=True))
_OF_HEADING = {plain_heading(w): c for c, w in HEADINGS.items()} | {c: c for c in DEPARTMENT_COLUMNS}


def department_table(departments: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """Return the departments as rows under headings in words."""
    return [list(HEADINGS.values()), *([d.get(c, "") for c in DEPARTMENT_COLUMNS] for d in departments)]


def department_rows(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the row of the headings, when the table is one of departments."""
    for number, row in enumerate(rows[:HEADING_ROWS]):
        found = {_OF_HEADING.get(plain_heading(h)) for h in row}
        if {"id", "name"} <= found and len(found) > 2 and "制度名" not in row:
            return number
    return None


def take_in_departments(departments: Sequence[Mapping[str, str]], rows: Sequence[Sequence[str]], heading_row: int, about: About,
                        sheet: str = "") -> tuple[list[dict[str, str]], list[CellProblem]]:
    """Return the departments after taking in the rows, by id; those without a row stay.

    One of which a plan tells the name only is the department that has this name already.
    """
    columns = {place: c for place, h in enumerate(rows[heading_row]) if (c := _OF_HEADING.get(plain_heading(h)))}
    kept = {d["id"]: dict(d) for d in departments}
    names = {narrow(d["name"]) for d in departments}
    seen: dict[str, int] = {}
    problems = []
    for number, row in enumerate(rows[heading_row + 1:], heading_row + 2):
        cells = {c: row[place].strip() if place < len(row) else "" for place, c in columns.items()}
        if not any(cells.values()):
            continue
        cells |= {"name": "".join(line.strip() for line in cells["name"].splitlines())} if "name" in cells else {}      # however it was wrapped
        office = narrow(cells["id"])
        if office not in kept and cells.get("status") == "plan" and narrow(cells["name"]) in names:
            continue
        for column, what in wrong_cells(cells, office, seen.get(office)):
            problems.append(CellProblem(about.file, sheet, number, HEADINGS[column], what))
        seen[office] = number
        before: dict[str, Any] = kept.get(office, dict.fromkeys(DEPARTMENT_COLUMNS, ""))
        kept[office] = {**before, **cells, "id": office}
    return list(kept.values()), problems


def wrong_cells(cells: Mapping[str, str], office: str, before: int | None) -> list[tuple[str, str]]:
    """Return what is wrong with a department's row, by column; `before` is the row that has its id already."""
    found = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", office):
        found.append(("id", f"「{office}」は id に使えません。半角の小文字、数字、ハイフンで書いてください"))
    if not cells.get("name"):
        found.append(("name", "担当課の名前がありません。書き足すか、行を消してください"))
    if UNSEEN.search(cells.get("name", "")):
        found.append(("name", "担当課の名前に、改行や、目に見えない文字があります。消してください"))
    if before:
        found.append(("id", f"id「{office}」の行が二つあります（{before}行目）。片方を変えてください"))
    found += [(column, f"「{cell}」は、式のまちがいです。もとの表で式を直すか、値を書いてください")
              for column, cell in cells.items() if cell in SHEET_ERRORS]
    if re.fullmatch(r"[1-9]\d{7,9}", narrow(cells.get("phone", "")).replace("-", "")):
        found.append(("phone", f"「{cells['phone']}」は 0 で始まっていません。表計算が先頭の 0 を消していないか見て、文字として書いてください"))
    return found
