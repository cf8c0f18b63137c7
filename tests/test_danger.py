"""Danger comes first: sentences from life, half of them never looked at while the signs were written."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from finder.understanding import understand
from finder.understanding.danger import DangerSigns

HERE = Path(__file__).resolve().parent
TODAY = date(2026, 11, 22)
SIGNS = DangerSigns.from_toml(tomllib.loads((HERE.parent / "data" / "danger.toml").read_text(encoding="utf-8")))
PHRASES: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "phrases_danger.toml").read_text(encoding="utf-8"))


def danger(said: str) -> str | None:
    return understand(said, TODAY, SIGNS).danger


def missed(part: str) -> tuple[list[str], int]:
    told = [said for kind, sentences in PHRASES[part].items() if kind != "calm" for said in sentences]
    return [said for said in told if danger(said) is None], len(told)


def alarmed(part: str) -> tuple[list[str], int]:
    calm = PHRASES[part]["calm"]
    return [said for said in calm if danger(said) is not None], len(calm)


@pytest.mark.parametrize(("part", "floor"), [("tune", .99), ("kept", .98)])
def test_someone_in_danger_is_found(part, floor):
    not_found, told = missed(part)
    assert 1 - len(not_found) / told >= floor, not_found if part == "tune" else len(not_found)


@pytest.mark.parametrize(("part", "most"), [("tune", .05), ("kept", .09)])
def test_hard_calm_sentences_seldom_raise_an_alarm(part, most):
    """These sentences were chosen to be mistaken: jokes, news, the past, denials, tiredness."""
    alarms, calm = alarmed(part)
    assert len(alarms) / calm <= most, alarms if part == "tune" else len(alarms)


@pytest.mark.parametrize("kind", ["suicide", "medical", "abuse", "dv", "unexpected_pregnancy", "hunger"])
def test_the_kind_is_right(kind):
    said = [*PHRASES["tune"][kind], *PHRASES["kept"][kind]]
    assert sum(danger(s) == kind for s in said) / len(said) >= .9
