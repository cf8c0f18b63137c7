"""`catalog plan`: plan documents -> a draft for people to read, in a folder of its own; nothing of it is served."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from finder.documents import BadDocument, Document, read_document
from finder.files import read_folder
from finder.folder_text import DEPARTMENT_COLUMNS
from finder.layouts.departments import SHEET, department_table
from finder.plans import Plan, read_plan
from finder.plans.drafts import draft_table, named_table, offices, unread_table
from finder.sheets import xlsx_bytes

DONE, WRONG, WRONG_USE, INCOMPLETE = 0, 1, 2, 3
DRAFT, TEXT = "下書き.xlsx", "plan.txt"
NAMED = "文の中の名前"


def draft_plan(chosen: argparse.Namespace, data: Path) -> int:
    """Read plan documents and write a draft and the plan's text; nothing is written while anything is wrong."""
    out = Path(chosen.out)
    if out.resolve().is_relative_to(data.resolve()):
        return _wrong(f"{out}: 公開するデータのフォルダの中には書きません。ほかの場所にしてください", WRONG_USE)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        return _wrong(f"{out}: もう何かあります。書きつぶさないように、空の場所にしてください", WRONG_USE)
    documents: list[Document] = []
    wrong = False
    for file in chosen.files:
        try:
            documents.append(read_document(Path(file), sum(len(d.lines) for d in documents) + 1))
        except BadDocument as error:
            print(error, file=sys.stderr)
            wrong = True
    if wrong:
        return _wrong("読めないファイルがあります。何も書いていません", WRONG)
    plan = read_plan([line for document in documents for line in document.lines])
    if not plan.programs:
        return _wrong(f"{'、'.join(d.name for d in documents)}: 制度の表が見つかりません。見出しの行に「施策・事業名」か「事業名」と、"
                      "「概要」「内容」「担当課」のどれかがあるか見てください。何も書いていません", WRONG)
    notes = [*(n for d in documents for n in d.notes), *plan.unread]
    _write(out, documents, plan, notes, chosen.document, read_folder(data).raw["needs"])
    _say(out, plan, notes)
    return INCOMPLETE


def _write(out: Path, documents: list[Document], plan: Plan, notes: list[str], document: str, needs: dict[str, Any]) -> None:
    rows = [{**dict.fromkeys(DEPARTMENT_COLUMNS, ""), **office} for office in offices(plan)]
    sheets = {"下書き": draft_table(plan, document, needs), **({NAMED: named_table(plan, document, needs)} if plan.named else {}),
              **({SHEET: department_table(rows)} if rows else {}),
              **({"読めなかった所": unread_table(notes)} if notes else {})}
    content = xlsx_bytes(sheets)
    out.mkdir(parents=True, exist_ok=True)
    (out / TEXT).write_text("\n".join(line.text for d in documents for line in d.lines) + "\n", encoding="utf-8", newline="")
    (out / DRAFT).write_bytes(content)


def _say(out: Path, plan: Plan, notes: list[str]) -> None:
    for note in notes:
        print(note, file=sys.stderr)
    sure = sum(g.sure for p in plan.programs for g in p.guesses)
    unsure = sum(not g.sure for p in plan.programs for g in p.guesses)
    print(f"{len(plan.rows)}行から{len(plan.programs)}の事業を読み、{out / DRAFT} に下書きを書きました。まだ何も公開していません")
    if plan.named:
        print(f"文の中に名前だけ出るものが{len(plan.named)}あります（シート「{NAMED}」）。制度かどうか、人が見てください")
    print(f"確かな推測 {sure}（欄に入れました）、不確かな推測 {unsure}（「気をつける所」に書きました）、読めなかった所 {len(notes)}")
    print("計画と見くらべて直し、読んだ行の「読みましたか」を「はい」にしてください。つぎは: "
          f"catalog import {out / DRAFT} --municipality 自治体")


def _wrong(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
