"""Write CSV (UTF-8 with BOM) and XLSX; what a spreadsheet would run as a formula is only text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")       # full-width signs are run too
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
DAY = datetime(2000, 1, 1)          # the same contents give the same bytes, whenever they are written


def defused(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe is put before it; `fused` takes it away."""
    return "'" + text if FORMULA.match(text) else text


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a CSV that Japanese spreadsheets open as it is: UTF-8 with BOM, CRLF."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([defused(c) for c in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx_bytes(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """Return sheets of text, each with its headings in the first row, fixed there, and wrapped cells."""
    from openpyxl import Workbook  # taken here: few ask for a workbook, and every start would wait for it
    from openpyxl.utils import get_column_letter
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = DAY
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        page.freeze_panes = "C2"
        for number, row in enumerate(rows):
            if number == 0:
                for place in range(len(row)):
                    page.column_dimensions[get_column_letter(place + 1)].width = 24
            page.append([_text_cell(page, cell, bold=number == 0) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(page: Any, text: str, bold: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    cell = WriteOnlyCell(page, value=_NOT_IN_XML.sub("", text))
    cell.data_type = "s"              # text, also when it begins like a formula: it is never run
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
