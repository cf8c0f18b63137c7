"""What the browser tests found about accessibility, as they wrote it down: data/measured/accessibility.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

RECORD = Path("measured") / "accessibility.toml"


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: the day, the engine and how many of its rules, what was walked, and what was found.

    `routes` are sorts of pages, `states` what was looked at; `unsure` is what no program can decide.
    """

    on: date
    engine: str
    rules: int
    routes: int
    states: int
    languages: int
    violations: int
    unsure: int


@cache
def accessibility(data: Path) -> Measured | None:
    """Return the record that stands in a data folder; None where nothing was measured."""
    try:
        return Measured(**tomllib.loads((data / RECORD).read_text(encoding="utf-8")))
    except (FileNotFoundError, tomllib.TOMLDecodeError, TypeError):
        return None
