"""A plan as lines, one below the other: words, or the cells of a table's row; each with its place in the document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_TAG = re.compile(r"<(?P<name>[a-zA-Z]+)[^<>]*>|</[a-zA-Z]+>")
_RULE = re.compile(r"[\s|:+\-=─―ー_]*")
_FOOTNOTE = re.compile(r"\^?\{\*\d+\}|\^\d+|[※*]\d+")
_BREAK_INSIDE = re.compile(r"\s*\n\s*")
_SPELLINGS = (("こども", "子ども"), ("子供", "子ども"), ("障がい", "障害"), ("障碍", "障害"), ("ヶ月", "か月"), ("カ月", "か月"),
              ("ケ月", "か月"), ("ヵ月", "か月"), ("取り組み", "取組"), ("取組み", "取組"), ("~", "から"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number (from 1), its words, its cells when it is a table's row, and where a reader finds it, its page."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    place: str = ""
    page: int = 0


def text_lines(text: str, first: int = 1) -> list[Line]:
    """Return the lines of a plan kept as plain text: tabs, or the | of Markdown, stand between cells."""
    return [Line(number, line.strip(), _cells(line), f"{number - first + 1}行目") for number, line in enumerate(text.split("\n"), first)]


def numbered(pieces: Iterable[tuple[Sequence[str], str, int]], first: int = 1) -> Iterator[Line]:
    """Yield pieces of a document (cells, place, page) as lines; what a cell holds on several lines stands on one."""
    for number, (cells, place, page) in enumerate(pieces, first):
        clean = tuple(_BREAK_INSIDE.sub(" ", cell.strip()).replace("\t", " ") for cell in cells)
        yield Line(number, "\t".join(clean).rstrip("\t"), clean if len(clean) > 1 else (), place, page)


def _cells(line: str) -> tuple[str, ...]:
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        return tuple(cell.strip() for cell in stripped[1:-1].split("|"))
    return ()


def is_rule(line: Line) -> bool:
    """Tell whether a line only draws a rule below or above rows."""
    return bool(line.text) and bool(_RULE.fullmatch(line.text))


def plain(text: str) -> str:
    """Return text without the marks of a page: tags, notes' numbers, doubled spaces.  Letters stay as they stand."""
    text = _TAG.sub(lambda m: "\n" if (m["name"] or "").lower() in ("br", "li", "p") else " ", text)
    return re.sub(r"[ \t]+", " ", _FOOTNOTE.sub("", text)).strip()


def folded(text: str) -> str:
    """Return text for comparing: widths, spellings that vary inside one document, spaces and quotation marks gone."""
    text = re.sub(r"[\s「」『』\"'“”]", "", unicodedata.normalize("NFKC", plain(text)))
    for one, other in _SPELLINGS:
        text = text.replace(one, other)
    return text
