"""Plan documents, read: PDF, Word, Excel, CSV and text become lines and table rows, each with its page or row.

The libraries are taken only here, and only when a document is read: no start waits for them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finder.documents.pieces import BadDocument, Document, Piece
from finder.plans.lines import Line, numbered, text_lines
from finder.sheets import BadSheet, decoded, read_sheets

LARGEST = 60 * 1024 * 1024          # bytes: plans with photographs have 10 to 40 MB
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ASK = "表の文字がある PDF・DOCX・XLSX・CSV・TXT を選んでください"


def read_document(path: Path, first: int = 1) -> Document:
    """Return a document's lines, numbered from `first`; raises BadDocument with file, place, what is wrong and what to do."""
    name = path.name
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadDocument(f"{name}: ファイルが大きすぎます（{size // 1024 // 1024}MB）。{LARGEST // 1024 // 1024}MB までにしてください。"
                              "要る章だけを別のファイルにすると小さくなります")
        content = path.read_bytes()
    except OSError as error:
        raise BadDocument(f"{path}: 読めません（{error.strerror}）。ファイルの場所と権限を見てください") from None
    return read_content(name, content, first)


def read_content(name: str, content: bytes, first: int = 1) -> Document:
    """Return the same of a document that is in memory; `name` tells its kind where its bytes do not, and stands in messages."""
    if not content.strip():
        raise BadDocument(f"{name}: 中身のないファイルです。もとのファイルを確かめてください")
    return _reader(name, content)(name, content, first)


def _reader(name: str, content: bytes) -> Callable[[str, bytes, int], Document]:
    suffix = Path(name).suffix.lower()
    if content[:1024].lstrip().startswith(b"%PDF") or b"%PDF-" in content[:1024]:
        return _pdf
    if content.startswith(_OLD_OFFICE):
        raise BadDocument(f"{name}: 古い形式（.doc・.xls）か、パスワードのついたファイルです。"
                          "パスワードを外し、.docx か .xlsx で保存しなおしてください")
    if content.startswith(b"PK"):
        return _word if suffix in (".docx", ".docm") or b"word/" in content[:4096] else _sheets
    if suffix in (".pdf", ".docx", ".docm", ".xlsx", ".xlsm"):
        raise BadDocument(f"{name}: {suffix} のファイルとして読めません。壊れているか、途中で切れています。もう一度保存しなおしてください")
    return _sheets if suffix in (".csv", ".tsv") else _text


def _text(name: str, content: bytes, first: int) -> Document:
    try:
        text = decoded(name, content)
    except BadSheet as error:
        raise BadDocument(str(error)) from None
    if "\x00" in text:
        raise BadDocument(f"{name}: 文のファイルではありません。{_ASK}")
    return Document(name, tuple(text_lines(text.replace("\r\n", "\n"), first)))


def _sheets(name: str, content: bytes, first: int) -> Document:
    try:
        sheets = read_sheets(name, content)
    except BadSheet as error:
        raise BadDocument(str(error)) from None
    pieces: list[Piece] = []
    for sheet in sheets:
        where = f"シート「{sheet.name}」 " if sheet.name else ""
        pieces += [*([Piece((sheet.name,))] if sheet.name else []),
                   *(Piece(row, f"{where}{number}行目") for number, row in enumerate(sheet.rows, 1) if any(c.strip() for c in row))]
    return _whole(name, pieces, first)


def _word(name: str, content: bytes, first: int) -> Document:
    from finder.documents.word import word_pieces
    return _whole(name, word_pieces(name, content), first)


def _pdf(name: str, content: bytes, first: int) -> Document:
    from finder.documents.pdf import pdf_pieces
    pieces, notes = pdf_pieces(name, content)
    return _whole(name, pieces, first, notes)


def _whole(name: str, pieces: list[Piece], first: int, notes: tuple[str, ...] = ()) -> Document:
    if not pieces:
        raise BadDocument(f"{name}: 文字がありません。{_ASK}")
    return Document(name, tuple(numbered(((p.cells, p.place, p.page) for p in pieces), first)), notes)


__all__ = ["BadDocument", "Document", "Line", "read_content", "read_document"]
