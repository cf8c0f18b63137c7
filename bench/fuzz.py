"""Any text at all, made by a fuzzer that sees which branches it reaches: never an exception.

    python -m bench.fuzz [--seconds N]

Needs atheris (tests/requirements.txt), of which there are builds for some Pythons and Linux only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import atheris

with atheris.instrument_imports(include=["finder.understanding", "finder.answers", "finder.births"]):
    from bench.understanding import ROOT, read_phrases, read_signs
    from finder.answers import read_answers, write_answers
    from finder.understanding import understand

FIRST_DAY = date(1990, 1, 1)
MANY_DAYS = 60 * 365


def pieces() -> Iterator[str]:
    """Yield the words of the phrases that may be looked at, cut at every mark."""
    for phrase in read_phrases(ROOT / "tests" / "phrases.toml"):
        yield from (piece for piece in phrase.said.replace("、", "。").split("。") if piece)


def main() -> None:
    """Read made-up texts for so many seconds; an exception ends it and leaves the text that raised it."""
    options = argparse.ArgumentParser(prog="bench.fuzz")
    options.add_argument("--seconds", type=int, default=10)
    seconds = options.parse_args().seconds
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

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=3000", "-verbosity=0", "-print_final_stats=1"], read_any)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
