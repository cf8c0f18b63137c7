"""Read a Word document: its paragraphs and tables in order, also those inside tables; merged cells hold for each row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from finder.documents.pieces import BadDocument, Piece
from finder.sheets import BROKEN, BadSheet, refuse_bomb

MOST_ROWS = 20_000
_BULLETED = re.compile(r"list|箇条書き", re.IGNORECASE)


def word_pieces(name: str, content: bytes) -> list[Piece]:
    """Return a document's pieces; raises BadDocument."""
    from docx import Document as open_word  # taken here: few bring a document, and every start would wait for it
    from docx.oxml.exceptions import InvalidXmlError
    from docx.table import Table
    from lxml.etree import XMLSyntaxError
    try:
        refuse_bomb(name, content)
        word = open_word(io.BytesIO(content))
        pieces: list[Piece] = []
        tables = 0
        for block in word.iter_inner_content():
            if isinstance(block, Table):
                tables += 1
                pieces += _rows(block, f"表{tables}")
                if len(pieces) > MOST_ROWS:
                    raise BadDocument(f"{name} 表{tables}: 表が大きすぎます（{MOST_ROWS}行まで）。要る章だけを別のファイルにしてください")
            elif text := block.text.strip():
                bullet = "・" if _BULLETED.search((block.style.name or "") if block.style else "") and text[0] not in "・-●○" else ""
                pieces += [Piece((bullet + line.strip(),), f"「{line.strip()[:15]}」の段落") for line in text.split("\n") if line.strip()]
        return pieces
    except (InvalidXmlError, XMLSyntaxError, *BROKEN) as error:
        if isinstance(error, BadDocument):
            raise
        if isinstance(error, BadSheet):
            raise BadDocument(str(error)) from None
        raise BadDocument(f"{name}: Word の文書として読めません。壊れているか、途中で切れています。もう一度保存しなおしてください") from None


def _rows(table: Any, place: str) -> list[Piece]:
    """Return a table's rows: what is merged downwards holds for each row, sideways it stands once, as in a workbook."""
    found = []
    for number, row in enumerate(table.rows, 1):
        where = f"{place}の{number}行目"
        own = [cell for cell, first in _each(row) if first]
        if len(own) == 1 and own[0].tables:         # a table that only lays out the page: what counts stands in it
            found += [Piece((line.strip(),), where) for line in own[0].text.split("\n") if line.strip()]
            found += [piece for at, inner in enumerate(own[0].tables, 1) for piece in _rows(inner, f"{where}の中の表{at}")]
        elif any(texts := tuple(_cell(cell) if first else "" for cell, first in _each(row))):
            found.append(Piece(texts, where))
    return found


def _each(row: Any) -> Iterator[tuple[Any, bool]]:
    """Yield a row's cells, and whether each is where it begins: one merged over columns is given again for each."""
    before = None
    for cell in row.cells:
        yield cell, cell._tc is not before
        before = cell._tc


def _cell(cell: Any) -> str:
    inner = [_cell(c) for table in cell.tables for row in table.rows for c, first in _each(row) if first]
    return "\n".join(t for t in (cell.text.strip(), *inner) if t)
