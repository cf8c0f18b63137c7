"""Read a Word document: its paragraphs and tables in order; merged cells stand once."""

from __future__ import annotations

import io
import re
from typing import Any

from finder.documents.pieces import BROKEN, BadDocument, Piece
from finder.sheets import BadSheet, refuse_bomb

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
                pieces += _rows(block, tables)
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


def _rows(table: Any, number: int) -> list[Piece]:
    above: tuple[Any, ...] = ()
    found = []
    for place, row in enumerate(table.rows, 1):
        cells = tuple(row.cells)
        texts, seen = [], set()
        for at, cell in enumerate(cells):
            # A cell merged over columns or rows is given again for each: it stands once, what is below inherits.
            again = cell._tc in seen or (at < len(above) and above[at]._tc is cell._tc)
            seen.add(cell._tc)
            texts.append("" if again else _cell(cell))
        above = cells
        if any(texts):
            found.append(Piece(tuple(texts), f"表{number}の{place}行目"))
    return found


def _cell(cell: Any) -> str:
    inner = [_cell(c) for table in cell.tables for row in table.rows for c in row.cells]
    return "\n".join(t for t in (cell.text.strip(), *inner) if t)
