"""Read a PDF: what stands outside its ruled tables as lines, its tables as rows, page by page.

pypdf looks first: it knows passwords, and unpacks no more than it is told; pdfplumber finds the tables.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from finder.documents.pieces import BadDocument, Piece
from finder.sheets import BROKEN

MOST_PAGES = 600
FEWEST_LINES, MOSTLY = 5, .6        # lines of a page, and how many of them show how it is set
GAP = 1.5               # letters: what is wider parts words that do not belong to one another
OPEN = 3                # points between the end of a table's upright rules and its last level one
LARGEST_UNPACKED = 300 * 1024 * 1024
_PAGE_NUMBER = re.compile(r"[\s\-–—―‐]*(?:P\.?|p\.?|第)?\d{1,4}(?:\s*/\s*\d{1,4}|ページ|頁)?[\s\-–—―‐]*")
# Some fonts give the sign for a part of a letter, or a dot of another script: 「⼦‧⻘⺠」 for 「子・青民」.  NFKC knows ⼦, not ⻘.
_RADICALS = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")
_LOOKS_LIKE = str.maketrans("⻘⺠⻑⻄⻤⻝⻞⻩⻭⻲⻨⻫⻯⻆⻁⺟⻣⺝⺼⻌⺾⻖⻏⺅⺡⺘⻔⻋⻢⻥⻡⻎⺍⺌⺩⺭⺮⻂⻗⺢‧･",
                            "青民長西鬼食食黄歯亀麦斉竜角虎母骨月月辶艹阝阝亻氵扌門車馬魚頁辶小小王礻竹衤雨水・・")
_OFFICE_ENDS = re.compile(r"(?:課|室|係|局|部|署|所|センター|委員会)$")
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
    notes: list[str] = []
    number = 0
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                turned = _upright(pdf, page)
                read, doubt = _page(turned)
                pieces += [Piece(cells, f"{number}ページ", number) for cells in read]
                notes += [f"{name} {number}ページ: {doubt}"] if doubt else []
                turned.close()
                page.close()
    except (MalformedPDFException, PdfminerException, PDFException, PSException, *BROKEN) as error:
        raise _broken(name, number) from error
    if not pieces:
        raise BadDocument(f"{name} 1〜{number}ページ: 文字がありません。紙を写した画像の PDF のようです。"
                          "文字の入った PDF か Word のファイルを使うか、文字認識（OCR）をしてから、もう一度読ませてください")
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
        if not reader.pages:
            raise _broken(name, 0)
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


def _upright(pdf: Any, page: Any) -> Any:
    """Return a page turned so that most of its letters stand upright: wide tables are often laid on their side."""
    from pdfplumber.page import Page
    ways = Counter(_way(*char["matrix"][:2]) for char in page.chars)
    way = ways.most_common(1)[0][0] if ways else 0
    if not way:
        return page
    page.page_obj.rotate = (page.page_obj.rotate + way) % 360
    return Page(pdf, page.page_obj, page_number=page.page_number, initial_doctop=page.initial_doctop)


def _way(right: float, up: float) -> int:
    """Return by how many degrees clockwise letters are to be turned that are written in this direction."""
    if abs(right) >= abs(up):
        return 0 if right >= 0 else 180
    return 90 if up > 0 else 270


def _page(page: Any) -> tuple[list[tuple[str, ...]], str]:
    """Return a page's lines and rows from its top to its foot, tables side by side one after the other; and what is doubtful of it."""
    tables = [t for t in _tables(page) if len(t.rows) and max(len(r.cells) for r in t.rows) > 1]
    boxes = [t.bbox for t in tables]
    outside = page.filter(lambda o: o["object_type"] != "char" or not any(_inside(o, b) for b in boxes)) if boxes else page
    lines = outside.extract_text_lines()
    pieces = [*((line["top"], (_letters(line["text"].strip()),)) for line in lines),
              *((table.bbox[1], cells) for table in tables for cells in _rows(table))]
    read = [cells for _, cells in sorted(pieces, key=lambda piece: piece[0])
            if any(cells) and not (len(cells) == 1 and _PAGE_NUMBER.fullmatch(cells[0]))]
    return read, _doubt(lines, page)


def _doubt(lines: Sequence[Any], page: Any) -> str:
    """Return why the words of a page outside its tables cannot be trusted, "" when they can."""
    if not page.chars:
        return "文字がありません。画像なら、もとの文を見てください"
    words = [word for line in lines for word in line["text"].split()]
    if len(lines) >= FEWEST_LINES and sum(len(word) == 1 for word in words) > MOSTLY * len(words):
        return "縦書きのようです。読めないので、もとの文を見てください"
    gaps = [[(a["x1"], b["x0"]) for a, b in pairwise(line["chars"]) if b["x0"] - a["x1"] > GAP * a["size"]] for line in lines]
    width = page.bbox[2] - page.bbox[0]
    middle = [gap for line in gaps for gap in line if width / 4 < sum(gap) / 2 - page.bbox[0] < width * 3 / 4]
    most = max((sum(any(a <= (x0 + x1) / 2 <= b for a, b in line) for line in gaps) for x0, x1 in middle), default=0)
    if most >= FEWEST_LINES and most > MOSTLY * len(lines):
        return "段組みか、線のない表のようです。左右の文が一行にまざっているので、もとの文を見てください"
    return ""


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    """Yield a table's rows; what is merged downwards holds for each row, as in a workbook."""
    above: dict[int, tuple[float, str]] = {}        # of a column: where its last cell ends, and its text
    for row, cells in zip(table.rows, table.extract(), strict=True):
        top = max(cell[1] for cell in row.cells if cell)
        texts = []
        for place, (box, cell) in enumerate(zip(row.cells, cells, strict=True)):
            if box:
                above[place] = (box[3], _joined(cell or ""))
            foot, text = above.get(place, (0, ""))
            texts.append(text if box or foot > top + OPEN else "")
        yield tuple(texts)


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
    """Return a cell's text without the ends of its lines: Japanese is broken anywhere, an item begins anew, an office too."""
    text = ""
    lines = [_letters(part.strip()) for part in cell.split("\n")]
    offices = bool(_OFFICE_ENDS.search(lines[-1])) and "。" not in cell
    for line in lines:
        latin = text[-1:].isascii() and text[-1:].isalnum() and line[:1].isascii() and line[:1].isalpha()
        text += (" " if text and (_STARTS_ITEM.match(line) or latin or (offices and _OFFICE_ENDS.search(text))) else "") + line
    return text


def _letters(text: str) -> str:
    return _RADICALS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text.translate(_LOOKS_LIKE))
