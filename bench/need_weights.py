"""Work out data/need_weights.csv from the sentences of tests/: python -m bench.need_weights.

Sentences that are kept for measuring are never read.  For each need a regression on the pieces of one to three
characters; a need that a sentence may give or not says nothing of that sentence.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from finder.understanding.grammar import read
from finder.understanding.need_likeness import FARTHEST, MIDDLE, pieces_of
from finder.understanding.plain_words import in_plain_words
from finder.understanding.spelling import spell

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "data" / "need_weights.csv"
NEEDS = ("money", "medical_cost", "childcare", "after_school", "consult_parenting", "housework_help", "friends", "development",
         "school_refusal", "study", "work", "housing", "food", "sick_child", "emergency_medical", "young_carer", "marriage",
         "foreign_language")
_DANGER = {"危険:hunger": "food", "危険:medical": "emergency_medical"}
_SEEN, _STEPS, _FREEDOM, _STEEP = 4, 500, 100, .3     # times a piece must be seen; steps; strength; length of a step

Said = tuple[str, frozenset[str], frozenset[str]]


def sentences() -> list[Said]:
    """Return the sentences that may be learned from, each with the needs that it gives and those that it may give."""
    return [_meant(*phrase) for name in ("phrases", "phrases_needs") if (ROOT / "tests" / f"{name}.toml").exists()
            for group in _toml(f"tests/{name}.toml")["group"] for phrase in group["phrases"]]


def _toml(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


def _meant(said: str, *meant: str) -> Said:
    given = frozenset(meant) & frozenset(NEEDS)
    maybe = {fact.removeprefix("?") for fact in meant}
    return said, given, frozenset({*maybe, *(_DANGER[fact] for fact in maybe if fact in _DANGER)} & {*NEEDS}) - given


def digest() -> str:
    """Return what tells whether the file was made from the sentences of needs as they are now."""
    return hashlib.sha256(repr(_toml("tests/phrases_needs.toml")).encode()).hexdigest()[:16]


def as_read(said: str) -> str:
    """Return a sentence as the room of needs reads it."""
    return in_plain_words(read(spell(said).text))[0].text


def worked_out(said: list[Said]) -> tuple[list[str], np.ndarray]:
    """Return the pieces and, for each and for the beginning, how much it speaks for each need, as natural logarithms."""
    found = [pieces_of(as_read(one)) for one, _, _ in said]
    seen = Counter(piece for pieces in found for piece in pieces)
    names = sorted(piece for piece, times in seen.items() if times >= _SEEN)
    number = {piece: at for at, piece in enumerate(names)}
    rows = [sorted(number[piece] for piece in pieces if piece in number) or [0] for pieces in found]
    answers = np.array([[need in given for need in NEEDS] for _, given, _ in said], np.float32)
    counts = np.array([[need not in maybe for need in NEEDS] for _, _, maybe in said], np.float32) / len(rows)
    lengths = np.array([len(row) for row in rows])
    column, row = np.concatenate([np.array(row) for row in rows]), np.repeat(np.arange(len(rows)), lengths)
    rarity = np.log(len(rows) / np.bincount(column)).astype(np.float32)        # a rare piece tells more than a common one
    rarity /= np.sqrt((rarity[column] ** 2).mean())
    value = (np.repeat(1 / np.sqrt(lengths), lengths).astype(np.float32) * rarity[column])[:, None]
    begins = np.r_[0, np.cumsum(lengths)[:-1]]
    order = np.argsort(column, kind="stable")
    turned, turned_begins = (row[order], value[order]), np.searchsorted(column[order], np.arange(len(names)))
    weights = before = np.zeros((len(names), len(NEEDS)), np.float32)
    start = start_before = np.full(len(NEEDS), -3, np.float32)
    for step in range(_STEPS):      # Nesterov's accelerated descent
        pace = step / (step + 3)
        ahead, start_ahead = weights + pace * (weights - before), start + pace * (start - start_before)
        before, start_before = weights, start
        score = np.add.reduceat(ahead[column] * value, begins) + start_ahead
        wrong = (1 / (1 + np.exp(-score)) - answers) * counts
        slope = np.add.reduceat(wrong[turned[0]] * turned[1], turned_begins) + ahead / (_FREEDOM * len(rows))
        weights, start = ahead - slope / _STEEP, start_ahead - wrong.sum(0) / _STEEP
    return names, np.vstack([weights * rarity[:, None], start])


def as_csv(said: list[Said]) -> str:
    """Return the text of data/need_weights.csv: a weight is one letter, so many steps from the middle one."""
    names, weights = worked_out(said)
    step = round(100 * float(np.quantile(abs(weights[:-1]), .9999)) / FARTHEST, 2)      # the very farthest weights are cut
    letters = MIDDLE + np.clip(np.rint(100 * weights[:-1] / step), -FARTHEST, FARTHEST).astype(int)
    rows = [name + "," + "".join(map(chr, row)) for name, row in zip(names, letters, strict=True) if (row != MIDDLE).any()]
    return "\n".join([f"# python -m bench.need_weights が {len(said)} の文から作りました。手では直しません（{digest()}）",
                      "# 一字が一つの困りごとの重み。P が 0、一字うしろ（前）に行くごとに、次の行のはじめの数（百分の一）だけ大きい（小さい）",
                      ",".join(("ことば", *NEEDS)), ",".join(map(str, ("", step, *np.rint(100 * weights[-1]).astype(int)))), *rows, ""])


def main() -> None:
    """Write the file."""
    said = sentences()
    FILE.write_text(as_csv(said), encoding="utf-8")
    print(f"{FILE.name}: {len(said)} sentences, {FILE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
