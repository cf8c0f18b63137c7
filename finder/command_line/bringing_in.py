"""`catalog import` and `catalog new`: a table or another catalog's file into a municipality's files."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from finder.checking import check_municipality
from finder.differences import differences
from finder.drafting import place_words
from finder.files import read_folder
from finder.folder_text import DEPARTMENT_COLUMNS, folder_texts
from finder.layouts.intake import Reading, take_file
from finder.layouts.taking_in import READ
from finder.layouts.writing_out import LAYOUTS
from finder.sheets import BadSheet, read_tables, refuse_large
from finder.store import open_store, remember_columns, remembered_columns

DONE, WRONG, WRONG_USE, INCOMPLETE = 0, 1, 2, 3


def bring_in(chosen: argparse.Namespace, data: Path, store_path: Path, today: date) -> int:
    """Take a file in; without --yes, only say what would come of it.  Nothing is written while anything is wrong."""
    folder = read_folder(data)
    name = folder_name(folder.raw, chosen.municipality)
    if name is None:
        return _wrong_use(f"自治体「{chosen.municipality}」のフォルダがありません。先に catalog new で作ってください")
    folder.raw["municipalities"][name]["programs"] |= folder.incomplete.get(name, {})
    unread = [p for p in data.glob(f"{name}/programs/*.toml") if p.stem not in folder.raw["municipalities"][name]["programs"]]
    if unread:
        for wrong in (p for p in folder.problems if p.file.rpartition("/")[2] in {u.name for u in unread}):
            print(wrong, file=sys.stderr)
        return _wrong("このフォルダに間違いのあるファイルがあります。書きつぶさないように、先に直してください")
    raw: dict[str, Any] = json.loads(json.dumps(folder.raw))
    try:
        said = dict(pair.split("=", 1) for pair in chosen.column)
    except ValueError:
        return _wrong_use("--column は 表の見出し=列の名前 の形で書いてください（例: --column 事業の名=制度名）")
    path = Path(chosen.file)
    try:
        refuse_large(path.name, path.stat().st_size)
        content = path.read_bytes()
        sheets = read_tables(path.name, content, raw["municipalities"][name]["municipality"]["code"])
    except OSError as error:
        return _wrong(f"{path}: 読めません（{error.strerror}）。ファイルの場所と権限を見てください")
    except BadSheet as error:
        return _wrong(str(error))
    with closing(open_store(store_path)) as store:
        remembered = {**remembered_columns(store, name), **said}
    layouts = [LAYOUTS[chosen.layout]] if chosen.layout else list(LAYOUTS.values())
    found = take_file(raw, name, sheets, layouts, remembered, path.name, today)
    for reading in found.readings:
        _say_columns(reading)
    if not found.any_table:
        return _wrong(f"{path.name}: 制度の表が見つかりません。見出しの行に「制度名」か「事業名」があるか見てください。"
                      "見出しの名前が違うときは --column 表の見出し=制度名 を付けてください")
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if found.problems:
        print(f"{len(found.problems)}件の間違いがあります。何も変えていません。直してから、もう一度取りこんでください")
        return WRONG
    raw["municipalities"][name] |= {"programs": found.programs, "departments": found.departments}
    return _write(folder.raw, raw, name, data, chosen.yes, today, store_path, said)


def _say_columns(reading: Reading) -> None:
    if not reading.layout:
        return
    print(f"{reading.sheet or '表'}: {reading.layout} として読みます。見出しは{reading.heading_row}行目です")
    if same := [h.text for h in reading.headings if h.text == h.column and not h.only_read]:
        print(f"  名前のとおりに読む列: {'、'.join(same)}")
    for heading in reading.headings:
        if heading.column and heading.text not in same:
            print(f"  {heading.text} → {heading.column}{'（読むだけ。取りこみません）' if heading.only_read else ''}")
    for heading in reading.headings:
        if not heading.column and heading.text in same:
            print(f"  もう一つの {heading.text} → 取りこみません（使うほうだけを残してください）")
        elif not heading.column:
            print(f"  {heading.text} → 取りこみません（使うときは --column {heading.text}=列の名前）")
    if reading.unread:
        print(f"{reading.unread}行は、まだ読んでいない下書きなので取りこみません（読んだら「{READ}」を「はい」に）")


def _write(before: dict[str, Any], raw: dict[str, Any], name: str, data: Path, yes: bool, today: date, store_path: Path,
           said: dict[str, str]) -> int:
    changes = differences(before, raw, today)
    for change in changes:
        print(change)
    gaps = check_municipality(raw, name)
    for gap in gaps:
        program = raw["municipalities"][name]["programs"].get(Path(gap.file).stem)
        print(f"「{program['name']}」の{place_words(gap.place)}: {gap.what}（{gap.file} {gap.place}）" if program else gap, file=sys.stderr)
    if not changes:
        print("変わるところはありません")
        return DONE
    if not yes:
        print(f"{len(changes)}件の変更です。まだ何も書いていません。これでよければ --yes を付けて、もう一度動かしてください")
        return DONE
    write_folder(data, folder_texts(before), folder_texts(raw))
    with closing(open_store(store_path)) as store:
        remember_columns(store, name, said)
    print(f"{len(changes)}件の変更を {data / name} に書きました。" + (f"あと{len(gaps)}件、書き足すところがあります（上を見てください）。"
          "そろうまで、公開している版はそのままです" if gaps else "catalog publish で公開できます"))
    return INCOMPLETE if gaps else DONE


def write_folder(data: Path, before: Mapping[str, str | bytes], after: Mapping[str, str | bytes]) -> None:
    """Write the files that changed: each is there whole, or as it was."""
    for name, text in after.items():
        path = data / name
        if before.get(name) != text or not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(path.name + ".part")
            unfinished.write_bytes(text if isinstance(text, bytes) else text.encode())
            os.replace(unfinished, path)
    for name in set(before) - set(after):
        (data / name).unlink(missing_ok=True)


def folder_name(raw: dict[str, Any], municipality: str) -> str | None:
    """Return the folder of a municipality, named by its folder or its id."""
    return next((f for f, c in raw["municipalities"].items()
                 if municipality in (f, (c["municipality"] or {}).get("id"))), None)


def new_municipality(chosen: argparse.Namespace, data: Path) -> int:
    """Make a municipality's folder: its name and code, departments and programs still to come."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", chosen.id) or not re.fullmatch(r"\d{5}", chosen.code):
        return _wrong_use("id は半角の小文字とハイフン（例: mihon）、番号は全国地方公共団体コードの5桁（例: 40203）で書いてください")
    place = data / f"{chosen.code}-{chosen.id}"
    if place.exists() or any(data.glob(f"*-{chosen.id}")):
        return _wrong(f"{chosen.id} はもうあります。別の id にするか、今のフォルダを使ってください")
    about = {"id": chosen.id, "code": chosen.code, "prefecture": chosen.prefecture,
             "name": {"ja": chosen.name, "easy": chosen.easy or chosen.name, "en": chosen.en or chosen.name}}
    write_folder(data, {}, {n: t for n, t in folder_texts({
        "needs": {}, "danger": {}, "questions": [], "hotlines": [], "words": [], "municipalities": {
            place.name: {"municipality": about, "departments": [], "programs": {}}}}).items() if n.startswith(place.name)}
        | {f"{place.name}/departments.csv": ",".join(DEPARTMENT_COLUMNS) + "\n"})
    print(f"{place} を作りました。つぎは: catalog import 表.xlsx --municipality {chosen.id}")
    return DONE


def _wrong(message: str) -> int:
    print(message, file=sys.stderr)
    return WRONG


def _wrong_use(message: str) -> int:
    print(message, file=sys.stderr)
    return WRONG_USE
