"""The command line: turn, catalog check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from finder.files import read_folder

DATA = Path(__file__).resolve().parent.parent / "data"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, or 1 when something is wrong with what was given."""
    parser = argparse.ArgumentParser(prog="python -m finder")
    verbs = parser.add_subparsers(dest="verb", required=True)
    catalog = verbs.add_parser("catalog")
    catalog.add_argument("action", choices=["check"])
    catalog.add_argument("only", nargs="?", default="")
    chosen = parser.parse_args(arguments)
    folder = read_folder(DATA)
    problems = [p for p in folder.problems if chosen.only in p.file]
    for problem in problems:
        print(problem, file=sys.stderr)
    counts = {k: len(v["programs"]) for k, v in folder.raw["municipalities"].items()}
    print(f"{counts} 制度, {len(problems)}件の問題", file=sys.stderr)
    return 1 if problems else 0
