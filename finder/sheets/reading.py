"""Read XLSX and CSV: encodings, merged and wrapped cells, numbers and dates as text; bad files are told, not opened."""

from __future__ import annotations

import csv
import io
import itertools
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from defusedxml.common import DefusedXmlException

from finder.sheets.writing import FORMULA

LARGEST = 20 * 1024 * 1024          # bytes of a file
LARGEST_UNPACKED = 60 * 1024 * 1024
DANGEROUS = "{name}: 危険な仕掛けのあるファイルです。使わずに、もとの人に確かめてください"
MOST_TAGS = 600_000         # of XML in a workbook, four or more to a cell: a small file may hold millions, each costing memory and time
MOST_MERGED = 200_000       # cells
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 300, 20_000
# What reading broken bytes ends in, beside the libraries' own errors; a RuntimeError where a part is behind a password.
BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RuntimeError, EOFError, OSError, zlib.error,
          lzma.LZMAError, struct.error, zipfile.BadZipFile)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"       # an .xls, or an .xlsx behind a password
_PLAN = "計画の文書なら、「計画の文書を読む」（命令は catalog plan）で下書きの表にできます"


class BadSheet(ValueError):
    """A file that cannot be read as a table; its message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name ("" for a CSV) and its rows of text."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_sheets(name: str, content: bytes) -> list[Sheet]:
    """Return the tables of a file; raises BadSheet. `name` is only used in messages and to tell the kind."""
    refuse_large(name, len(content))
    if not content.strip():
        raise BadSheet(f"{name}: 中身のないファイルです。もとのファイルを確かめてください")
    if content.startswith(b"%PDF"):
        raise BadSheet(f"{name}: PDF は表として読めません。もとの表を CSV か XLSX で保存して選んでください。{_PLAN}")
    if content.startswith(_OLD_OFFICE):
        raise BadSheet(f"{name}: 古い形式（.xls）か、パスワードのついたファイルです。パスワードを外し、.xlsx で保存しなおしてください")
    if content.startswith(b"PK") and Path(name).suffix.lower() in (".docx", ".docm"):
        raise BadSheet(f"{name}: Excel のファイルではありません。表を Excel に写し、.xlsx で保存してください。{_PLAN}")
    if content.startswith(b"PK"):
        return _read_xlsx(name, content)
    if Path(name).suffix.lower() in (".xlsx", ".xlsm"):
        raise BadSheet(f"{name}: Excel のファイルとして読めません。壊れているか、途中で切れています。もう一度保存しなおしてください")
    return [Sheet("", tuple(_read_csv(name, content)))]


# --- CSV ---------------------------------------------------------------------------------------------

def _read_csv(name: str, content: bytes) -> Iterator[tuple[str, ...]]:
    text = decoded(name, content)
    if "\x00" in text:
        raise BadSheet(f"{name}: 表のファイルではありません。CSV か XLSX を選んでください")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_between(text[:4000]), strict=True)
    number = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            wrong = "引用符「\"」が閉じていません" if "unexpected end" in str(error) else "CSV として読めません"
            raise BadSheet(f"{name} {rows.line_num}行目あたり: {wrong}。ファイルが途中で切れていないか見て、保存しなおしてください") from None
        if row is None:
            return
        number += 1
        if number > MOST_ROWS or len(row) > MOST_COLUMNS or max(map(len, row), default=0) > LONGEST_CELL:
            raise BadSheet(f"{name} {number}行目: 表が大きすぎます（{MOST_ROWS}行、{MOST_COLUMNS}列、一つのます目に{LONGEST_CELL}文字まで）。"
                           "分けるか、使わない行や列を消してください")
        yield tuple(map(fused, row))


def _between(first: str) -> str:
    """Return what stands between the cells of a text: a semicolon where the first line with any sign has only that one."""
    heading = next((line for line in first.splitlines() if re.search("[\t,;]", line)), "")
    if ";" in heading and not re.search("[\t,]", heading):
        return ";"
    return "\t" if first.count("\t") > first.count(",") else ","


def fused(text: str) -> str:
    """Return a cell's text as it was before `writing.defused`."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def decoded(name: str, content: bytes) -> str:
    """Return a text file's text: UTF-8 with or without BOM, UTF-16, CP932; raises BadSheet."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet(f"{name}: 文字コードが分かりません。UTF-8 か Shift_JIS（CP932）で保存しなおしてください")


# --- XLSX --------------------------------------------------------------------------------------------

def _read_xlsx(name: str, content: bytes) -> list[Sheet]:
    from openpyxl import load_workbook  # taken here: few bring a workbook, and every start would wait for it
    from openpyxl.utils.exceptions import InvalidFileException
    try:
        refuse_bomb(name, content)
        _refuse_many_cells(name, content)
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        return [Sheet(page.title, _rows(name, page)) for page in book.worksheets if page.sheet_state == "visible"]
    except (InvalidFileException, SyntaxError, *BROKEN) as error:      # SyntaxError: XML, of whichever reader
        if isinstance(error, BadSheet):
            raise
        if any(isinstance(e, DefusedXmlException) for e in (error, error.__cause__, error.__context__)):
            raise BadSheet(DANGEROUS.format(name=name)) from None
        raise BadSheet(f"{name}: Excel のファイルとして読めません。壊れているか、途中で切れています。もう一度保存しなおしてください") from None


def refuse_large(name: str, size: int) -> None:
    """Raise BadSheet for a file of more bytes than is read."""
    if size > LARGEST:
        raise BadSheet(f"{name}: ファイルが大きすぎます（{size // 1024 // 1024}MB）。{LARGEST // 1024 // 1024}MB までにしてください。"
                       "写真や使わないシートを消すか、分けてください")


def refuse_bomb(name: str, content: bytes) -> None:
    """Raise BadSheet for an archive that would be too large when unpacked, zipfile.BadZipFile for one that is not whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # The sizes that the file tells are checked again while unpacking: zipfile reads no more than it was told.
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            raise BadSheet(f"{name}: 開くと大きくなりすぎるファイルです。中を確かめ、必要な所だけを新しいファイルに写してください")


def _refuse_many_cells(name: str, content: bytes) -> None:
    """Told before anything is made of it: a small file can ask for more memory and time than there is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _tags(name, archive) > MOST_TAGS or _merged(name, archive) > MOST_MERGED:
            raise BadSheet(f"{name}: 開くと大きくなりすぎるファイルです。中を確かめ、必要なシートだけを新しいファイルに写してください")


def _tags(name: str, archive: zipfile.ZipFile) -> int:
    """Return how many tags there are in all parts: a workbook may call its sheets by any name.

    Raises BadSheet for a part with a document type, which no workbook needs and which may hold entities.
    """
    found = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            end = b""
            while (piece := part.read(1024 * 1024)) and found <= MOST_TAGS:
                found += piece.count(b"<")
                if b"<!DOCTYPE" in (end + piece).replace(b"\0", b"") and not entry.filename.lower().startswith("xl/media/"):
                    raise BadSheet(DANGEROUS.format(name=name))
                end = piece[-20:]
    return found


def _may_be_sheet(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Tell whether a part is a sheet by its name, or could be one under another."""
    if entry.filename.lower().startswith("xl/worksheets/") and entry.filename.lower().endswith(".xml"):
        return True
    plain = archive.read(entry).replace(b"\0", b"")
    return b"mergeCell" in plain or b"sheetData" in plain


def _merged(name: str, archive: zipfile.ZipFile) -> int:
    """Return how many cells the merged ranges cover: reading makes each of them, however few words say so.

    Raises BadSheet for a formula that was never worked out: its cell would be read as an empty one.
    """
    from defusedxml.ElementTree import iterparse
    from openpyxl.utils.cell import range_boundaries
    found, seen = 0, set()
    for entry in archive.infolist():
        if _may_be_sheet(archive, entry):
            with archive.open(entry) as part:
                for _, element in iterparse(part):
                    tag = element.tag.rpartition("}")[2]
                    if tag == "f" or (tag == "v" and element.text):
                        seen.add(tag)
                    elif tag == "c":
                        if seen == {"f"} and element.get("t") != "str":      # which may be worked out and be an empty text
                            raise BadSheet(f"{name} {element.get('r')}: 式だけがあり、計算した値がありません。"
                                           "Excel で開き、保存しなおしてください")
                        seen.clear()
                    if tag == "mergeCell" and element.get("ref"):
                        left, top, right, bottom = (n or 1 for n in range_boundaries(element.get("ref")))
                        found += (right - left + 1) * (bottom - top + 1)
                    element.clear()
    return found


def _rows(name: str, page: Any) -> tuple[tuple[str, ...], ...]:
    if (page.max_row or 0) > MOST_ROWS or (page.max_column or 0) > MOST_COLUMNS:
        raise BadSheet(f"{name} シート「{page.title}」: 表が大きすぎます（{page.max_row}行、{page.max_column}列）。"
                       f"{MOST_ROWS}行、{MOST_COLUMNS}列までにしてください。下や右の空の行・列を消すと小さくなります")
    values = [[_cell(cell.value, cell.number_format) for cell in row] for row in page.iter_rows()]
    for merged in page.merged_cells.ranges:
        first = values[merged.min_row - 1][merged.min_col - 1]
        for row, column in itertools.product(range(merged.min_row, merged.max_row + 1), range(merged.min_col, merged.max_col + 1)):
            # What is merged downwards holds for each row; sideways it stands once, so that a heading is not doubled.
            values[row - 1][column - 1] = first if column == merged.min_col else ""
    return tuple(tuple(row) for row in values)


def _cell(value: Any, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and number_format and set(number_format) == {"0"}:
        return str(value).zfill(len(number_format))       # a code shown with its leading zeros
    return str(value)[:LONGEST_CELL + 1].replace("_x000D_", "").replace("\r\n", "\n")
