"""PDF pages drawn by hand: words and rules where a test wants them, as no printer would put them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

WIDTH, HEIGHT, SIZE = 595, 842, 10      # points: A4


def words(x: float, y: float, text: str, size: int = SIZE) -> str:
    """Draw words from (x, y), measured from the page's top left."""
    return f"BT /F {size} Tf {x} {HEIGHT - y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """Draw a rule."""
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def table(rows: Sequence[Sequence[str]], lefts: Sequence[float], top: float = 60, high: float = 40, rules: bool = True) -> Iterable[str]:
    """Draw a table: the left edges of its columns and its right edge; a cell's lines one below the other."""
    for number, row in enumerate(rows):
        y = top + number * high
        for x, cell in zip(lefts, row, strict=False):
            yield from (words(x + 3, y + 12 + 12 * line, text) for line, text in enumerate(cell.split("\n")) if text)
    if rules:
        foot = top + len(rows) * high
        yield from (rule(lefts[0], top + n * high, lefts[-1], top + n * high) for n in range(len(rows) + 1))
        yield from (rule(x, top, x, foot) for x in lefts)


def paper(*pages: Iterable[str], change: Callable[[PdfWriter], None] | None = None) -> bytes:
    """Return a PDF of drawn pages; `change` may turn pages, or lock it."""
    writer = PdfWriter()
    descriptor = DictionaryObject({NameObject("/Type"): NameObject("/FontDescriptor"), NameObject("/FontName"): NameObject("/HeiseiMin-W3"),
                                   NameObject("/Flags"): NumberObject(6), NameObject("/Ascent"): NumberObject(880),
                                   NameObject("/Descent"): NumberObject(-120)})
    system = DictionaryObject({NameObject("/Registry"): TextStringObject("Adobe"), NameObject("/Ordering"): TextStringObject("Japan1"),
                               NameObject("/Supplement"): NumberObject(2)})
    signs = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/CIDFontType0"),
                              NameObject("/BaseFont"): NameObject("/HeiseiMin-W3"), NameObject("/CIDSystemInfo"): system,
                              NameObject("/DW"): NumberObject(1000), NameObject("/FontDescriptor"): writer._add_object(descriptor)})
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type0"),
                             NameObject("/BaseFont"): NameObject("/HeiseiMin-W3"), NameObject("/Encoding"): NameObject("/UniJIS-UCS2-H"),
                             NameObject("/DescendantFonts"): ArrayObject([writer._add_object(signs)])})
    fonts = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(font)})})
    for page in pages:
        drawn = DecodedStreamObject()
        drawn.set_data("\n".join(page).encode())
        made = writer.add_blank_page(WIDTH, HEIGHT)
        made[NameObject("/Resources")] = fonts
        made[NameObject("/Contents")] = writer._add_object(drawn)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
