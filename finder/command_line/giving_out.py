"""`catalog export`: a version as files, as a table, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from finder.building import NATION, build_catalog
from finder.command_line.bringing_in import folder_name, write_folder
from finder.folder_text import folder_texts
from finder.layouts.departments import SHEET, department_table
from finder.layouts.own import OWN
from finder.layouts.registry import REGISTRY, registry_json
from finder.layouts.standard import GIF
from finder.layouts.writing_out import LAYOUTS, table
from finder.open_data import catalog_json
from finder.sheets import csv_bytes, xlsx_bytes
from finder.store import contents, current, open_store, version_of

DONE, WRONG, WRONG_USE = 0, 1, 2


def give_out(chosen: argparse.Namespace, store_path: Path, today: date) -> int:
    """Write a version out; the target's name tells how: a folder, .csv, .xlsx or .json."""
    with closing(open_store(store_path)) as store:
        found = current(store)
        if found is None:
            print("公開した版がまだありません。catalog publish で公開してください", file=sys.stderr)
            return WRONG
        number = chosen.version or found[0]
        raw = contents(store, number)
        published = version_of(store, number).published_at
    target = Path(chosen.target)
    suffix = target.suffix.lower()
    if not suffix or target.is_dir():
        return _folder(target, raw)
    if suffix not in (".csv", ".xlsx", ".json"):
        print(f"{target.suffix} には書けません。フォルダ（TOML）か、.csv .xlsx .json のファイルを書いてください", file=sys.stderr)
        return WRONG_USE
    folder = folder_name(raw, chosen.municipality)
    if folder is None:
        known = "、".join(c["municipality"]["id"] for f, c in raw["municipalities"].items() if f != NATION)
        print(f"--municipality に自治体を書いてください。使える id: {known}", file=sys.stderr)
        return WRONG_USE
    target.write_bytes(_bytes(raw, folder, suffix, chosen.layout, published, today))
    print(f"版{number}の {folder} を {target} に書きました")
    return DONE


def _folder(target: Path, raw: dict[str, Any]) -> int:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        print(f"{target} は空のフォルダではありません。新しい場所を書いてください", file=sys.stderr)
        return WRONG
    texts = folder_texts(raw)
    write_folder(target, {}, texts)
    print(f"{len(texts)}のファイルを {target} に書きました")
    return DONE


def _bytes(raw: dict[str, Any], folder: str, suffix: str, layout: str, published: str, today: date) -> bytes:
    if suffix == ".json" and layout == REGISTRY.id:
        return registry_json(table(raw, folder, REGISTRY, today)).encode()
    if suffix == ".json":
        catalog = catalog_json(build_catalog(raw, folder), published[:10])
        return (json.dumps(catalog, ensure_ascii=False, indent=1) + "\n").encode()
    if suffix == ".csv":
        return csv_bytes(table(raw, folder, LAYOUTS.get(layout, GIF), today))
    sheets = {"制度": table(raw, folder, LAYOUTS.get(layout, OWN), today)}
    if layout in ("", OWN.id):
        sheets[SHEET] = department_table(raw["municipalities"][folder]["departments"])
    return xlsx_bytes(sheets)
