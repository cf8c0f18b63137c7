"""What the tests found, as they wrote it down in data/measured/: about accessibility, and about how right the answers are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

RECORD = Path("measured") / "accessibility.toml"
ACCURACY = Path("measured") / "accuracy.toml"


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


@dataclass(frozen=True, slots=True)
class Hits:
    """Households of the hit table: programs that must be among the first ten and are, that must not be offered and were."""

    households: int
    musts: int
    found: int
    must_nots: int
    offered: int


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences that were not looked at: facts told and read right, facts given and invented, danger found, calm ones alarmed."""

    sentences: int
    facts: int
    right: int
    given: int
    invented: int
    dangers: int
    found: int
    calm: int
    alarms: int


@dataclass(frozen=True, slots=True)
class Danger:
    """Sentences that tell of danger in a roundabout way, and the alarms among the calm ones of the same writer."""

    sentences: int
    found: int
    calm: int
    alarms: int


@dataclass(frozen=True, slots=True)
class Readings:
    """Phrases whose readings a person checked: how many readings, and how many are right."""

    phrases: int
    readings: int
    right: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One run over the tests' tables: `hits` by municipality, `sentences` by the file that they stand in."""

    on: date
    hits: Mapping[str, Hits]
    sentences: Mapping[str, Sentences]
    danger: Danger
    furigana: Readings


@cache
def accessibility(data: Path) -> Measured | None:
    """Return the record that stands in a data folder; None where nothing was measured."""
    try:
        return Measured(**tomllib.loads((data / RECORD).read_text(encoding="utf-8")))
    except (FileNotFoundError, tomllib.TOMLDecodeError, TypeError):
        return None


@cache
def accuracy(data: Path) -> Accuracy | None:
    """Return what was measured of the answers, as it stands in a data folder; None where nothing was."""
    try:
        found = tomllib.loads((data / ACCURACY).read_text(encoding="utf-8"))
        return Accuracy(found["on"], {k: Hits(**v) for k, v in found["hits"].items()},
                        {k: Sentences(**v) for k, v in found["sentences"].items()},
                        Danger(**found["danger"]), Readings(**found["furigana"]))
    except (FileNotFoundError, tomllib.TOMLDecodeError, TypeError, KeyError):
        return None
