"""Read a PDF: what stands outside its ruled tables as lines, its tables as rows, page by page.

pypdf looks first: it knows passwords, and unpacks no more than it is told; pdfplumber finds the tables.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from finder.documents.pieces import BROKEN, BadDocument, Piece

MOST_PAGES = 600
OPEN = 3                # points between the end of a table's upright rules and its last level one
LARGEST_UNPACKED = 300 * 1024 * 1024
_PAGE_NUMBER = re.compile(r"[\s\-–—―‐]*(?:P\.?|p\.?|第)?\d{1,4}(?:\s*/\s*\d{1,4}|ページ|頁)?[\s\-–—―‐]*")
# Some fonts give the sign for a part of a letter, or a dot of another script: 「⼦‧⻘⺠」 for 「子・青民」.  NFKC knows ⼦, not ⻘.
_RADICALS = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")
_LOOKS_LIKE = str.maketrans("⻘⺠⻑⻄⻤⻝⻞⻩⻭⻲⻨⻫⻯⻆⻁⺟⻣⺝⺼⻌⺾⻖⻏⺅⺡⺘⻔⻋⻢⻥⻡⻎⺍⺌⺩⺭⺮⻂⻗⺢‧･",
                            "青民長西鬼食食黄歯亀麦斉竜角虎母骨月月辶艹阝阝亻氵扌門車馬魚頁辶小小王礻竹衤雨水・・")
_STARTS_ITEM = re.compile(r"[・●○◯■□◆◇▪•①-⑳]|[(（]\d+[)）]|※")


def pdf_pieces(name: str, content: bytes) -> tuple[list[Piece], tuple[str, ...]]:
    """Return a PDF's pieces, and the pages without text; raises BadDocument."""
    import pdfplumber  # taken here: few bring a PDF, and every start would wait for it
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    _look_first(name, content)
    pieces: list[Piece] = []
    empty: list[int] = []
    number = 0
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                if not page.chars:
                    empty.append(number)
                pieces += [Piece(cells, f"{number}ページ", number) for cells in _page(page)]
                page.close()
    except (MalformedPDFException, PdfminerException, PDFException, PSException, *BROKEN) as error:
        raise _broken(name, number) from error
    if not pieces:
        raise BadDocument(f"{name} 1〜{number}ページ: 文字がありません。紙を写した画像の PDF のようです。"
                          "文字の入った PDF か Word のファイルを使うか、文字認識（OCR）をしてから、もう一度読ませてください")
    notes = [f"{name} {n}ページ: 文字がありません。画像なら、もとの文を見てください" for n in empty]
    return pieces, tuple(notes)


def _broken(name: str, page: int) -> BadDocument:
    where = f" {page + 1}ページあたり" if page else ""
    return BadDocument(f"{name}{where}: PDF として読めません。壊れているか、途中で切れています。"
                       "もう一度保存しなおすか、ダウンロードしなおしてください")


def _look_first(name: str, content: bytes) -> None:
    """Raise BadDocument for a password, too many pages, and what would be too large when unpacked."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError
    from pypdf.generic import StreamObject
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadDocument(f"{name}: パスワードのついた PDF です。パスワードを外して保存しなおしてください")
        if len(reader.pages) > MOST_PAGES:
            raise BadDocument(f"{name}: {len(reader.pages)}ページあります。{MOST_PAGES}ページまでです。要る章だけを別のファイルにしてください")
        unpacked = 0
        for number in [n for numbers in reader.xref.values() for n in numbers] + list(reader.xref_objStm):
            part = reader.get_object(number)
            if isinstance(part, StreamObject) and part.get("/Subtype") != "/Image":
                unpacked += len(part.get_data())
            if unpacked > LARGEST_UNPACKED:
                raise LimitReachedError(name)
    except LimitReachedError:
        raise BadDocument(f"{name}: 開くと大きくなりすぎる PDF です。中を確かめ、要るページだけを新しいファイルに保存してください") from None
    except FileNotDecryptedError:
        raise BadDocument(f"{name}: パスワードのついた PDF です。パスワードを外して保存しなおしてください") from None
    except (PyPdfError, *BROKEN) as error:
        if isinstance(error, BadDocument):
            raise
        raise _broken(name, 0) from error


def _page(page: Any) -> Iterator[tuple[str, ...]]:
    """Yield a page's lines and rows from its top to its foot."""
    tables = [t for t in _tables(page) if len(t.rows) and max(len(r.cells) for r in t.rows) > 1]
    boxes = [t.bbox for t in tables]
    outside = page.filter(lambda o: o["object_type"] != "char" or not any(_inside(o, b) for b in boxes)) if boxes else page
    lines = [(line["top"], (_letters(line["text"].strip()),)) for line in outside.extract_text_lines(return_chars=False)]
    rows = []
    for table in tables:
        for row, cells in zip(table.rows, table.extract(), strict=True):
            rows.append((row.bbox[1], tuple(_joined(cell or "") for cell in cells)))
    for _, cells in sorted([*lines, *rows], key=lambda piece: piece[0]):
        if any(cells) and not (len(cells) == 1 and _PAGE_NUMBER.fullmatch(cells[0])):
            yield cells


def _tables(page: Any) -> list[Any]:
    """Return a page's tables; a row that goes on over the page's end has no rule there, and is closed."""
    tables = page.find_tables()
    upright = [e for e in page.edges if e["orientation"] == "v"]
    if not upright:
        return list(tables)
    top, foot = min(e["top"] for e in upright), max(e["bottom"] for e in upright)
    ends = [y for y, open_end in ((top, all(t.bbox[1] - top > OPEN for t in tables)), (foot, all(foot - t.bbox[3] > OPEN for t in tables)))
            if open_end]
    return list(page.find_tables({"explicit_horizontal_lines": ends})) if ends else list(tables)


def _inside(thing: Any, box: tuple[float, float, float, float]) -> bool:
    middle, centre = (thing["top"] + thing["bottom"]) / 2, (thing["x0"] + thing["x1"]) / 2
    return bool(box[0] <= centre <= box[2] and box[1] <= middle <= box[3])


def _joined(cell: str) -> str:
    """Return a cell's text without the ends of its lines: Japanese is broken anywhere, an item begins anew."""
    text = ""
    for line in (_letters(part.strip()) for part in cell.split("\n")):
        latin = text[-1:].isascii() and text[-1:].isalnum() and line[:1].isascii() and line[:1].isalpha()
        text += (" " if text and (_STARTS_ITEM.match(line) or latin) else "") + line
    return text


def _letters(text: str) -> str:
    return _RADICALS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text.translate(_LOOKS_LIKE))
