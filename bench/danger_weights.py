"""Work out data/danger_weights.csv from the sentences of tests/ and data/danger.toml: python -m bench.danger_weights.

Sentences that are kept for measuring are never read.  A regression on the pieces of words (one to
three characters, and two words near each other) with seven answers: calm, and the six kinds of danger.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from finder.understanding.danger import DangerSigns, find_danger
from finder.understanding.grammar import read
from finder.understanding.kana import mended
from finder.understanding.likeness import pieces_of, stretches
from finder.understanding.spelling import spell

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "data" / "danger_weights.csv"
KINDS = ("suicide", "medical", "abuse", "dv", "unexpected_pregnancy", "hunger")
_STEEP = .3
_URGENT = {"self_harm", "emergency_medical", "abuse", "dv", "unexpected_pregnancy", "food"}
_SEEN, _STEPS, _FREEDOM, _SMALL = 2, 400, 100, 20     # times a piece must be seen; steps; strength; hundredths that are left out


def _toml(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


def sentences() -> list[tuple[str, str]]:
    """Return the sentences that may be learned from, each with its kind or "calm"."""
    return sorted(dict([*_of_every_day(), *_of_danger()]).items())


def _of_every_day() -> Iterator[tuple[str, str]]:
    for said, *meant in (phrase for group in _toml("tests/phrases.toml")["group"] for phrase in group["phrases"]):
        dangers = [fact for fact in meant if "危険" in fact]
        if not dangers or dangers[0].startswith("危険:"):
            yield said, dangers[0].removeprefix("危険:") if dangers else "calm"
    for said, *meant in (phrase for group in _toml("tests/phrases_needs.toml")["group"] for phrase in group["phrases"]):
        if not _URGENT & {fact.removeprefix("?") for fact in meant} and not any("危険" in fact for fact in meant):
            yield said, "calm"
    signs = DangerSigns.from_toml(_toml("data/danger.toml"))
    for one in (*_toml("tests/hits.toml")["hit"], *(one for city in _toml("tests/households.toml")["city"] for one in city["households"])):
        urgent = _URGENT.intersection((*one.get("needs", ()), *one["answers"].get("needs", ())))
        # these tables need not say that someone is in danger: what a sign sees is not taken for calm
        if one.get("said") and not urgent and not find_danger(read(spell(one["said"]).text), signs):
            yield one["said"], "calm"


def _of_danger() -> Iterator[tuple[str, str]]:
    for sign in _toml("data/danger.toml")["sign"]:
        yield from ((said, sign["kind"]) for said in sign["triggers"])
        yield from ((said, "calm") for said in sign["does_not"])
    for part, kinds in _toml("tests/phrases_danger.toml").items():
        if not part.startswith("kept"):
            yield from ((said, kind) for kind, told in kinds.items() for said in told)


def digest() -> str:
    """Return what tells whether the file was made from the sentences of danger as they are now."""
    return hashlib.sha256(repr(sorted(_of_danger())).encode()).hexdigest()[:16]


def worked_out(said: list[tuple[str, str]]) -> tuple[list[str], np.ndarray]:
    """Return the pieces and, for each and for the beginning, how much it speaks for each kind rather than for calm."""
    found: list[set[str]] = []
    kinds: list[str] = []
    for one, kind in said:
        text = mended(spell(one).text)[0]
        parts = [text, *(text[part.start : part.end] for part in stretches(read(text)))] if kind == "calm" else [text]
        told = list(dict.fromkeys(parts))       # a calm letter is calm in each of its stretches
        found += map(pieces_of, told)
        kinds += [kind] * len(told)
    seen = Counter(piece for pieces in found for piece in pieces)
    names = sorted(piece for piece, times in seen.items() if times >= _SEEN)
    number = {piece: at for at, piece in enumerate(names)}
    rows = [sorted(number[piece] for piece in pieces if piece in number) or [0] for pieces in found]
    answers = np.eye(7, dtype=np.float32)[[("calm", *KINDS).index(kind) for kind in kinds]]
    lengths = np.array([len(row) for row in rows])
    column, row = np.concatenate([np.array(row) for row in rows]), np.repeat(np.arange(len(rows)), lengths)
    rarity = np.log(len(rows) / np.bincount(column)).astype(np.float32)        # a rare piece tells more than a common one
    rarity /= np.sqrt((rarity[column] ** 2).mean())
    value = (np.repeat(1 / np.sqrt(lengths), lengths).astype(np.float32) * rarity[column])[:, None]
    begins = np.r_[0, np.cumsum(lengths)[:-1]]
    order = np.argsort(column, kind="stable")
    turned, turned_begins = (row[order], value[order]), np.searchsorted(column[order], np.arange(len(names)))
    weights = before = np.zeros((len(names), 7), np.float32)
    start = start_before = np.zeros(7, np.float32)
    for step in range(_STEPS):      # Nesterov's accelerated descent
        pace = step / (step + 3)
        ahead, start_ahead = weights + pace * (weights - before), start + pace * (start - start_before)
        before, start_before = weights, start
        score = np.add.reduceat(ahead[column] * value, begins) + start_ahead
        chance = np.exp(score - score.max(1, keepdims=True))
        wrong = (chance / chance.sum(1, keepdims=True) - answers) / len(rows)
        slope = np.add.reduceat(wrong[turned[0]] * turned[1], turned_begins) + ahead / (_FREEDOM * len(rows))
        weights, start = ahead - slope / _STEEP, start_ahead - wrong.sum(0) / _STEEP
    whole = np.vstack([weights * rarity[:, None], start])
    return names, np.rint(100 * (whole[:, 1:] - whole[:, :1])).astype(int)


def as_csv(said: list[tuple[str, str]]) -> str:
    """Return the text of data/danger_weights.csv."""
    names, weights = worked_out(said)
    rows = [(name, *row) for name, row in zip(names, weights, strict=False) if abs(row).max() >= _SMALL]
    return "\n".join([f"# python -m bench.danger_weights が {len(said)} の文から作りました。手では直しません（{digest()}）",
                      *(",".join(map(str, row)) for row in (("ことば", *KINDS), ("", *weights[-1]), *rows)), ""])


def main() -> None:
    """Write the file."""
    said = sentences()
    FILE.write_text(as_csv(said), encoding="utf-8")
    print(f"{FILE.name}: {len(said)} sentences, {FILE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
