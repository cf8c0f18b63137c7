"""`python -m finder guidebook …`: a municipality's guidebook, or one sheet for each department, as PDF or web book."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from finder import printing
from finder.catalog import Catalog
from finder.guidebook import Guidebook, guidebook
from finder.speaking import spoken
from finder.store import Library

DONE, WRONG, WRONG_REQUEST = 0, 1, 2


def add_guidebook(verbs: Any) -> argparse.ArgumentParser:
    """Add `guidebook` to the command line; returns its parser."""
    book: argparse.ArgumentParser = verbs.add_parser("guidebook", help="ガイドブック（PDF）、または担当課ごとの A4 一枚")
    book.add_argument("municipality", help="kurume または 40203-kurume")
    book.add_argument("--out", type=Path, help="書き出すファイル")
    languages = book.add_mutually_exclusive_group()
    languages.add_argument("--easy", action="store_true", help="やさしい日本語で、ふりがなを付けて")
    languages.add_argument("--both", action="store_true", help="日本語とやさしい日本語の二冊（--out は書き出すフォルダ）")
    book.add_argument("--html", action="store_true", help="PDF でなく、一つのファイルのウェブの本に")
    sheets = book.add_mutually_exclusive_group()
    sheets.add_argument("--department", metavar="ID", help="この担当課の一枚だけ")
    sheets.add_argument("--departments", action="store_true", help="すべての担当課の一枚ずつ")
    return book


def run_guidebook(chosen: argparse.Namespace, library: Library, today: date) -> int:
    """Write the file; returns 0, 1 when this machine cannot, 2 for a wrong request, said in one sentence."""
    place = next((m for m in library.municipalities.values() if chosen.municipality in (m.id, f"{m.code}-{m.id}")), None)
    catalog = library.catalog(place.id) if place else None
    if catalog is None:
        return _no(f"この自治体はありません。使える id: {'、'.join(library.municipalities)}", WRONG_REQUEST)
    if chosen.department and chosen.department not in catalog.departments:
        return _no(f"この担当課はありません。使える id: {'、'.join(catalog.departments)}", WRONG_REQUEST)
    kind = f"sheet-{chosen.department}" if chosen.department else "sheets" if chosen.departments else "guidebook"

    def made(language: str) -> tuple[Path, bytes]:
        book = guidebook(catalog, today, spoken(language))
        name = Path(f"{kind}-{catalog.municipality.id}{'-easy' if language == 'easy' else ''}.{'html' if chosen.html else 'pdf'}")
        file = (chosen.out or Path()) / name if chosen.both else chosen.out or name
        return file, _made(chosen, book, catalog)

    # Two browsers print at the same time: most of the time goes to waiting for them.
    try:
        with ThreadPoolExecutor() as together:
            books = list(together.map(made, ("ja", "easy") if chosen.both else ("easy",) if chosen.easy else ("ja",)))
    except printing.CannotPrint as error:
        return _no(str(error), WRONG)
    for file, contents in books:
        try:
            file.write_bytes(contents)
        except OSError as error:
            return _no(f"{file} に書けません（{error.strerror}）。--out で書ける場所を指定してください。", WRONG)
        print(f"{file}（{len(contents) // 1024:,} KB）")
    return DONE


def _made(chosen: argparse.Namespace, book: Guidebook, catalog: Catalog) -> bytes:
    places = tuple(p for p in book.places if chosen.departments or p.id == chosen.department)
    if chosen.html:
        return (printing.sheets_html(book, catalog.readings, places) if places
                else printing.book_html(book, catalog.readings)).encode()
    return (printing.sheets_pdf(book, catalog.readings, places) if places
            else printing.book_pdf(book, catalog.readings))


def _no(why: str, code: int) -> int:
    print(why, file=sys.stderr)
    return code
