"""`python -m finder guidebook …`: a municipality's guidebook, or one sheet for each department, as PDF or web book."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from finder import printing
from finder.guidebook import guidebook
from finder.speaking import spoken
from finder.store import Library

DONE, WRONG, WRONG_REQUEST = 0, 1, 2


def add_guidebook(verbs: Any) -> argparse.ArgumentParser:
    """Add `guidebook` to the command line; returns its parser."""
    book: argparse.ArgumentParser = verbs.add_parser("guidebook", help="ガイドブック（PDF）、または担当課ごとの A4 一枚")
    book.add_argument("municipality", help="kurume または 40203-kurume")
    book.add_argument("--out", type=Path, help="書き出すファイル")
    book.add_argument("--easy", action="store_true", help="やさしい日本語で、ふりがなを付けて")
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
    book = guidebook(catalog, today, spoken("easy" if chosen.easy else "ja"))
    places = tuple(p for p in book.places if chosen.departments or p.id == chosen.department)
    if chosen.department and not places:
        return _no(f"この担当課はありません。使える id: {'、'.join(catalog.departments)}", WRONG_REQUEST)
    kind = f"sheet-{chosen.department}" if chosen.department else "sheets" if chosen.departments else "guidebook"
    file = chosen.out or Path(f"{kind}-{catalog.municipality.id}{'-easy' if chosen.easy else ''}.{'html' if chosen.html else 'pdf'}")
    try:
        if chosen.html:
            made = (printing.sheets_html(book, catalog.readings, places) if places
                    else printing.book_html(book, catalog.readings)).encode()
        else:
            made = (printing.sheets_pdf(book, catalog.readings, places) if places
                    else printing.book_pdf(book, catalog.readings))
        file.write_bytes(made)
    except printing.CannotPrint as error:
        return _no(str(error), WRONG)
    except OSError as error:
        return _no(f"{file} に書けません（{error.strerror}）。--out で書ける場所を指定してください。", WRONG)
    print(f"{file}（{len(made) // 1024:,} KB）")
    return DONE


def _no(why: str, code: int) -> int:
    print(why, file=sys.stderr)
    return code
