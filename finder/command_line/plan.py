"""`catalog plan`: plan documents -> a draft for people to read, in a folder of its own; nothing of it is served."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from finder.documents import BadDocument, Document, read_document
from finder.files import read_folder
from finder.plan_files import NAMED, ReadPlan, read_documents

DONE, WRONG, WRONG_USE, INCOMPLETE = 0, 1, 2, 3
DRAFT, TEXT = "下書き.xlsx", "plan.txt"


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
    try:
        made = read_documents(documents, chosen.document, read_folder(data).raw["needs"])
    except BadDocument as error:
        return _wrong(f"{error}\n何も書いていません", WRONG)
    out.mkdir(parents=True, exist_ok=True)
    (out / TEXT).write_text(made.text, encoding="utf-8", newline="")
    (out / DRAFT).write_bytes(made.workbook)
    _say(out, made)
    return INCOMPLETE


def _say(out: Path, made: ReadPlan) -> None:
    for note in made.notes:
        print(note, file=sys.stderr)
    if made.notes:
        print("上の所は、計画を見て、制度があれば下書きに行を足してください", file=sys.stderr)
    print(f"{made.rows}行から{made.programs}の事業を読み、{out / DRAFT} に下書きを書きました。まだ何も公開していません")
    if made.named:
        print(f"文の中に名前だけ出るものが{made.named}あります（シート「{NAMED}」）。制度かどうか、人が見てください")
    print(f"確かな推測 {made.sure}（欄に入れました）、不確かな推測 {made.unsure}（「気をつける所」に書きました）、"
          f"読めなかった所 {len(made.notes)}")
    print("計画と見くらべて直し、読んだ行の「読みましたか」を「はい」にしてください。つぎは: "
          f"catalog import {out / DRAFT} --municipality 自治体")


def _wrong(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
