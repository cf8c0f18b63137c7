"""Any text and any table at all, made by a fuzzer that sees which branches it reaches: never an exception but the reader's own.

    python -m bench.fuzz [texts|tables] [--seconds N]

Texts are read as a visitor's, tables as staff send them: CSV, XLSX and the registry's JSON, begun from
the tables that we write out ourselves, then taken in as drafts would be.  Needs atheris
(tests/requirements.txt), of which there are builds for some Pythons and Linux only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["finder.understanding", "finder.answers", "finder.births", "finder.sheets", "finder.layouts"]):
    from bench.understanding import ROOT, read_phrases, read_signs
    from finder.answers import read_answers, write_answers
    from finder.files import read_folder
    from finder.layouts.intake import take_file
    from finder.layouts.registry import registry_json
    from finder.layouts.writing_out import LAYOUTS, table
    from finder.sheets import BadSheet, csv_bytes, read_tables, xlsx_bytes
    from finder.understanding import understand

FIRST_DAY = date(1990, 1, 1)
MANY_DAYS = 60 * 365
CITY, CODE, TODAY = "13219-komae", "13219", date(2026, 11, 22)
KINDS = {ord("c"): "x.csv", ord("x"): "x.xlsx", ord("j"): "x.json"}      # the first byte of a made-up file says what it is called


def pieces() -> Iterator[str]:
    """Yield the words of the phrases that may be looked at, cut at every mark."""
    for phrase in read_phrases(ROOT / "tests" / "phrases.toml"):
        yield from (piece for piece in phrase.said.replace("、", "。").split("。") if piece)


def texts(seeds: Path) -> Callable[[bytes], None]:
    """Return what reads any bytes as a sentence on any day."""
    signs, words = read_signs(), sorted(set(pieces()))

    def read_any(data: bytes) -> None:
        made = atheris.FuzzedDataProvider(data)
        today = FIRST_DAY + timedelta(days=made.ConsumeIntInRange(0, MANY_DAYS))
        if made.ConsumeBool():
            text = "".join(words[made.ConsumeIntInRange(0, len(words) - 1)] for _ in range(made.ConsumeIntInRange(1, 12)))
        else:
            text = made.ConsumeUnicode(made.remaining_bytes())
        got = understand(text, today, signs)
        assert read_answers(write_answers(got.answers), today) == got.answers, text
    return read_any


def tables(seeds: Path) -> Callable[[bytes], None]:
    """Return what takes any bytes in as a table; puts the tables that it begins with into a folder."""
    raw = read_folder(ROOT / "data").raw
    for name, layout in LAYOUTS.items():
        rows = table(raw, CITY, layout, TODAY)[:6]
        for kind, content in (("c", csv_bytes(rows)), ("x", xlsx_bytes({"a": rows}))):
            (seeds / f"{name}-{kind}").write_bytes(kind.encode() + content)
        with suppress(KeyError, ValueError):      # only one layout has a JSON of its own
            (seeds / f"{name}-j").write_bytes(b"j" + registry_json(rows).encode())

    def read_any(data: bytes) -> None:
        name = KINDS.get(data[0] if data else 0, "x.csv")
        try:
            sheets = read_tables(name, data[1:], CODE)
        except BadSheet:
            return
        take_file(raw, CITY, sheets, list(LAYOUTS.values()), {}, name, TODAY)
    return read_any


def main() -> None:
    """Read made-up texts or tables for so many seconds; an exception ends it and leaves the bytes that raised it."""
    options = argparse.ArgumentParser(prog="bench.fuzz")
    options.add_argument("what", nargs="?", choices=["texts", "tables"], default="texts")
    options.add_argument("--seconds", type=int, default=10)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        read_any = {"texts": texts, "tables": tables}[given.what](Path(folder))
        most = "-max_len=3000" if given.what == "texts" else "-max_len=20000"
        atheris.Setup([sys.argv[0], f"-max_total_time={given.seconds}", most, "-verbosity=0", "-print_final_stats=1", folder], read_any)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
