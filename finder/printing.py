"""The guidebook on paper and as a web book: templates filled, and printed by the browser of this machine.

Chromium sets Japanese best of what is free (0006): ruby, 禁則, spacing.  What it cannot do, numbers
of other pages, is read from a first print and written into the second.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from pypdf import PdfReader
from pypdf.generic import Destination

from finder.furigana import Readings, ruby, without_readings
from finder.guidebook import Guidebook, Place
from finder.guidebook.labels import ABOUT, label
from finder.offices import phones
from finder.settings import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 300            # seconds for one print
MOST_PRINTS = 4           # until the page numbers stay as they are
NOT_YET = "00"            # as wide as most page numbers
ROW = 40                  # characters that a program takes on a sheet beside its words
DENSITIES = (700, 1300, 2100, 3000)
DENSEST = 5
QUIET = ("--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--no-first-run",
         "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer")
FOR_READERS = ("--generate-pdf-document-outline",)       # and tags, which Chromium writes unless told not to
DRAFT = ("--disable-pdf-tagging",)
# Chromium lays a page out for its window, once more in the width of that window to learn the size of the
# paper, and then for the paper.  Ruby makes each of these dear, and only the last is wanted.
WINDOW = 1600             # pixels; far wider than a page, so that a rule can tell which layout it is
ONCE = f"<style>@media screen, print and (min-width: {WINDOW * 3 // 4}px) {{ body {{ display: none; }} }}</style></head>"


class CannotPrint(RuntimeError):
    """Something that printing needs is not on this machine; the message says what, and what to do."""


def book_html(book: Guidebook, readings: Readings, pages: Mapping[str, int] | None = None, blank: bool = False) -> str:
    """Return the book as one file without scripts or other files.

    With `pages` it is for paper: where each anchor stands, {} before that is known.
    `blank`: a page for notes, so that the hotlines come to stand on the back.
    """
    return _filled("book.html", book, readings, pages=pages, blank=blank)


def sheets_html(book: Guidebook, readings: Readings, places: tuple[Place, ...], density: Mapping[str, int] | None = None) -> str:
    """Return a sheet for each department: how to reach it, and what it is responsible for.

    `density`, by anchor, from 0 (large) to DENSEST (small, without who it is for); where it is not given, by length.
    """
    close = density or {p.anchor: _density(p) for p in places}
    return _filled("sheets.html", book, readings, places=places, pages={}, density=close, densest=DENSEST)


def sheets_pdf(book: Guidebook, readings: Readings, places: tuple[Place, ...]) -> bytes:
    """Return the sheets as PDF, one A4 page each, printed again denser where one ran over; raises CannotPrint."""
    density = {p.anchor: _density(p) for p in places}
    while True:
        printed = pdf(sheets_html(book, readings, places, density))
        reader = PdfReader(io.BytesIO(printed))
        begins = [reader.get_destination_page_number(one) or 0 for one in reader.outline if isinstance(one, Destination)]
        ends = [*begins[1:], len(reader.pages)]
        over = [p.anchor for p, begin, end in zip(places, begins, ends, strict=True) if end - begin > 1 and density[p.anchor] < DENSEST]
        if not over:
            return printed
        density |= {anchor: density[anchor] + 1 for anchor in over}


def _density(place: Place) -> int:
    length = sum(len(e.card.title) + len(e.card.text) + sum(map(len, (w for those in e.who for w in those))) + ROW
                 for e in place.entries)
    return sum(length > limit for limit in DENSITIES)


def book_pdf(book: Guidebook, readings: Readings) -> bytes:
    """Return the book as PDF, printed again until its page numbers are true; raises CannotPrint."""
    pages: dict[str, int] = {}
    blank = False
    for number in range(MOST_PRINTS):
        printed = pdf(book_html(book, readings, pages, blank), draft=number == 0)
        reader = PdfReader(io.BytesIO(printed))
        found = {name.removeprefix("/"): (reader.get_destination_page_number(place) or 0) + 1
                 for name, place in reader.named_destinations.items() if name != "/hotlines"}      # the back
        one_side = len(reader.pages) % 2 == 1
        if found == pages and not one_side:
            break
        pages, blank = found, blank != one_side
    return printed


def pdf(html: str, draft: bool = False) -> bytes:
    """Return HTML printed by Chromium; a draft is only for reading its page numbers.  Raises CannotPrint."""
    printed = _printed(html.replace("</head>", ONCE, 1), draft)
    # Another Chromium may measure otherwise; then nothing at all was shown, and it prints the slower way.
    return printed if _shows_something(printed) else _printed(html, draft)


def _shows_something(printed: bytes) -> bool:
    """Tell whether there is more than one empty page."""
    pages = PdfReader(io.BytesIO(printed)).pages
    return len(pages) > 1 or bool(pages[0].extract_text().strip())


def _printed(html: str, draft: bool) -> bytes:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise CannotPrint("PDF を作るには Chromium（または Google Chrome）が必要です。Debian・Ubuntu では "
                          "apt-get install chromium fonts-noto-cjk で入ります。"
                          "入れられないときは、--html を付けると、印刷もできるウェブの本を作れます。")
    _need_japanese()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "book.html"), Path(folder, "book.pdf")
        source.write_text(html, encoding="utf-8")
        # Root, as in a container, has no sandbox; the page is ours, has no script and no network.
        alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        said = _wait_for([browser, *QUIET, *(DRAFT if draft else FOR_READERS), *alone, f"--user-data-dir={folder}/profile",
                          f"--window-size={WINDOW},1000", f"--print-to-pdf={target}", source.as_uri()])
        if not target.exists():
            raise CannotPrint(f"Chromium が PDF を作れませんでした: {said}")
        return target.read_bytes()


def _wait_for(command: list[str]) -> str:
    """Run a browser to its end, with all that it starts; returns the last line that it says."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as running:  # noqa: S603
        try:
            said = running.communicate(timeout=PATIENCE)[1]
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise CannotPrint(f"Chromium が{PATIENCE}秒たっても終わりませんでした。もう一度動かしてください。") from None
    return next(reversed(said.decode(errors="replace").strip().splitlines()), "")


def _need_japanese() -> None:
    """Raise CannotPrint when this machine can tell that it has no Japanese font."""
    fonts = shutil.which("fc-list")
    if fonts and not subprocess.run([fonts, ":lang=ja"], capture_output=True, check=False).stdout.strip():  # noqa: S603
        raise CannotPrint("日本語の文字（フォント）がありません。Debian・Ubuntu では apt-get install fonts-noto-cjk で入ります。")


# --- templates ---------------------------------------------------------------------------------------

@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(ROOT / "templates" / "guidebook"), autoescape=True,
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _filled(template: str, book: Guidebook, readings: Readings, **values: object) -> str:
    easy = book.language == "easy"

    def put(text: str) -> Markup:
        return ruby(text, readings, on_paper=values.get("pages") is not None) if easy else escape(without_readings(text, readings))

    def words(name: str) -> Markup:
        return put(label(name, book.language))

    def plain(text: str) -> str:
        return without_readings(text, readings)

    city = plain(book.municipality.name.in_language(book.language))
    count = sum(len(c.entries) for c in book.chapters)
    about = [put(p.in_language(book.language).format(
        plan=book.municipality.plan_title or city, city=city, count=count)) for p in ABOUT]
    return _templates().get_template(template).render(
        book=book, easy=easy, city=city, put=put, t=words, plain=plain, label=lambda n: label(n, book.language),
        dated=_day(book.data_until) + label("data_until", book.language),
        made=f"{label('made_on', book.language)}：{_day(book.made_on)}",
        css_text=_css_text, numbers=_numbers, not_yet=NOT_YET, phones=phones, about=about,
        source_number={source: n for n, source in enumerate(book.sources, 1)},
        style=Markup((ROOT / "static" / "guidebook.css").read_text(encoding="utf-8")), **values)  # noqa: S704


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _css_text(text: str) -> Markup:
    """Return text as a CSS string, safe inside a style element."""
    plain = (c if c.isalnum() or c in " ・（）〜、。" else f"\\{ord(c):x} " for c in text)
    return Markup('"' + "".join(plain) + '"')  # noqa: S704


def _numbers(anchors: tuple[str, ...], pages: Mapping[str, int]) -> str:
    """Return the pages of some anchors, each once, in order."""
    return ", ".join(map(str, sorted({pages[a] for a in anchors if a in pages}))) or NOT_YET
