"""The guidebook of 久留米 and of the other cities: seconds until the PDF is there, pages, size.

    python -m bench.guidebook [folder …]

A book is printed until its page numbers are true, two times as a rule; the seconds hang on what
else the machine does, so the seconds of an empty page stand beside them.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from datetime import date

from pypdf import PdfReader

from finder.building import build_catalog
from finder.files import read_folder
from finder.guidebook import guidebook
from finder.printing import book_html, book_pdf, pdf, sheets_pdf
from finder.settings import ROOT
from finder.speaking import spoken

TODAY = date(2026, 11, 22)
LIMIT = 30.0              # seconds, for a book of 久留米, and for both of its books by one command


def main(*folders: str) -> None:
    """Print what each book takes; the limits are for 40203-kurume."""
    raw = read_folder(ROOT / "data").raw
    begin = time.perf_counter()
    pdf("<!doctype html><p>空")
    print(f"an empty page     {time.perf_counter() - begin:6.1f} s")
    for folder in folders or ("40203-kurume",):
        catalog = build_catalog(raw, folder)
        for language in ("ja", "easy"):
            begin = time.perf_counter()
            book = guidebook(catalog, TODAY, spoken(language))
            html = book_html(book, catalog.readings)
            made = time.perf_counter()
            printed = book_pdf(book, catalog.readings)
            done = time.perf_counter()
            sheets = sheets_pdf(book, catalog.readings, book.places)
            print(f"{folder} {language:4}  {done - begin:6.1f} s (web book {made - begin:.2f} s, {len(html) // 1024} KB)  "
                  f"{len(PdfReader(io.BytesIO(printed)).pages)} pages, {len(printed) // 1024} KB;  "
                  f"{len(book.places)} sheets {time.perf_counter() - done:.1f} s, {len(PdfReader(io.BytesIO(sheets)).pages)} pages"
                  + (f"   limit {LIMIT:.0f} s" if folder == "40203-kurume" else ""))
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "finder", "guidebook", "40203-kurume", "--both", "--out", out]
        begin = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, env=os.environ | {"FINDER_STORE": f"{out}/finder.db"}, stdout=subprocess.DEVNULL)
    print(f"40203-kurume, both books by one command, from an empty store  {time.perf_counter() - begin:.1f} s   limit {LIMIT:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
