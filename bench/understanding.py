"""Measure the understanding of free text on the phrases of tests/: facts right, invented, danger, time.

    python -m bench.understanding [--missed]
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

from finder.answers import Child, span_of_form
from finder.births import GRADES, Span
from finder.ternary import NO, OPEN, YES
from finder.understanding import DangerSigns, Understood, understand

ROOT = Path(__file__).resolve().parents[1]
FACTS = {"妊娠": ("pregnant", YES), "妊娠なし": ("pregnant", NO), "ひとり親": ("single_parent", YES),
         "ひとり親でない": ("single_parent", NO), "離婚前": ("divorcing", YES), "障害": ("disability", YES),
         "障害なし": ("disability", NO), "低所得": ("low_income", YES), "低所得でない": ("low_income", NO)}

TODAY = date(2026, 11, 22)
LONG = 1_000
# What a rule may stumble over when it is said again and again.
PIECES = ("3歳と", "3歳、", "子", "子どもが", "子どもが2人", "1", "あ", "離婚", "お父さんが", "小2、", "1歳3か月の", " ", "妊娠", "夫に", "ﾞ",
          "薬を", "、", "。", "お金", "日本語", "の", "学校に", "いじめ", "家", "友達の", "2026年", "ない", "my ", "死", "叩",
          "👦5年 ", "娘5歳、")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, the day it is said, and what it means."""

    about: str
    day: date
    said: str
    means: tuple[str, ...]


@dataclass
class Score:
    """What was right, missed and invented, and how danger was seen."""

    right: int = 0
    meant: int = 0
    invented: int = 0
    given: int = 0
    dangers: int = 0
    found: int = 0
    calm: int = 0
    alarms: int = 0
    whole: int = 0
    phrases: int = 0
    faults: list[str] = field(default_factory=list)


def read_phrases(path: Path) -> tuple[Phrase, ...]:
    """Read a file of phrases."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Phrase(group["about"], group["day"], line[0], tuple(line[1:]))
                 for group in raw["group"] for line in group["phrases"])


def read_signs() -> DangerSigns:
    """Read the signs of danger of data/, with their weights and those of needs."""
    texts = {key: (ROOT / "data" / f"{file}.csv").read_text(encoding="utf-8")
             for key, file in (("weights", "danger_weights"), ("need_weights", "need_weights"))}
    return DangerSigns.from_toml({**tomllib.loads((ROOT / "data" / "danger.toml").read_text(encoding="utf-8")), **texts})


def born(words: str, day: date) -> Span:
    """Return the births that 「小2」「5歳」「18か月」「2023-05」 allow."""
    if words in GRADES:
        return span_of_form("grade", words, day, "")
    if words.endswith("か月"):
        return span_of_form("age_months", int(words.removesuffix("か月")), day, "")
    if words.endswith("歳"):
        return span_of_form("age_years", int(words.removesuffix("歳")), day, "")
    if words.endswith("年生"):
        return span_of_form("birth_year", int(words.removesuffix("年生")), day, "")
    return span_of_form("birth_date" if words.count("-") == 2 else "birth_month", words, day, "")


def _is_child(words: str) -> bool:
    return words[:1].isdigit() or words[:2] in GRADES


def _same(child: Child, span: Span) -> bool:
    return child.born is not None and (child.born.within(span) or span.within(child.born))


def faults(phrase: Phrase, got: Understood, score: Score) -> Iterator[str]:
    """Yield what is missing and what is invented in one answer, and count it."""
    answers = got.answers
    left = list(answers.children or ())
    given: set[str] = set()
    optional = {m.removeprefix("?") for m in phrase.means if m.startswith("?")}
    meant = [m for m in phrase.means if not m.startswith("?")]
    for kind in [m.removeprefix("危険:") for m in (*meant, *optional) if m.startswith("危険:")]:
        optional.add({"suicide": "self_harm", "hunger": "food", "medical": "emergency_medical"}.get(kind, kind))
    got_facts = {name for name, (fact, value) in FACTS.items() if answers.fact(fact) is value}
    got_facts |= set(answers.needs) | ({f"危険:{got.danger}"} if got.danger else set())
    got_facts |= ({"対象外"} if got.out_of_scope else set()) | ({"子なし"} if answers.children == () else set())
    for words in sorted([*meant, *optional], key=lambda m: m in optional):
        needed = words in meant
        score.meant += needed
        found = False
        if words.startswith("自分"):
            found = answers.myself is not None and _same(answers.myself, born(words[2:], phrase.day))
            given.add("self") if found else None
        elif _is_child(words):
            bare = words.removesuffix("+障害").removesuffix("-障害")
            span = born(bare, phrase.day)
            wanted = YES if words.endswith("+障害") else NO if words.endswith("-障害") else OPEN
            match = next((c for c in left if _same(c, span) and c.disability is wanted), None) or next(
                (c for c in left if _same(c, span)), None)
            if match:
                left.remove(match)
                given.add(words)
                found = match.disability is wanted
                if not found and match.disability is not OPEN:
                    score.invented += 1
                    yield f"invented disability of {words}"
        else:
            found = words in got_facts
            if found:
                given.add(words)
        score.right += found and needed
        if needed and not found:
            yield f"missed {words}"
    for child in left:
        score.invented += 1
        yield f"invented child {dict(child.said)}"
    if answers.myself is not None and "self" not in given:
        score.invented += 1
        yield f"invented self {dict(answers.myself.said)}"
    for name in sorted(got_facts - given):
        score.invented += 1
        yield f"invented {name}"
    score.given += len(given) + len(left) + len(got_facts - given)


def measure(phrases: tuple[Phrase, ...], signs: DangerSigns) -> Score:
    """Understand every phrase and compare."""
    score = Score()
    for phrase in phrases:
        got = understand(phrase.said, phrase.day, signs)
        told = list(faults(phrase, got, score))
        score.phrases += 1
        score.whole += not told
        kinds = {m.lstrip("?") for m in phrase.means if "危険:" in m}
        needed = any(m.startswith("危険:") for m in phrase.means)
        score.dangers += needed
        score.found += needed and f"危険:{got.danger}" in kinds
        score.calm += not kinds
        score.alarms += not kinds and got.danger is not None
        if told:
            score.faults.append(f"{phrase.day} {phrase.said[:60]} :: {'; '.join(told)}")
    return score


def _times(phrases: tuple[Phrase, ...], signs: DangerSigns) -> str:
    short = sorted(_took(p.said, signs) for p in phrases if len(p.said) <= 40)
    shuffled = Random(1)
    letters = ["".join(p.said + "。" for p in shuffled.sample(phrases, 150))[:LONG] for _ in range(40)]
    long = sorted(_took(text, signs) for text in letters)
    worst = {piece: _took((piece * LONG)[:LONG], signs) for piece in PIECES}
    slowest = max(worst, key=lambda piece: worst[piece])
    return (f"up to 40 characters: median {median(short):.1f} ms, slowest {short[-1]:.1f} ms; "
            f"{LONG:,} characters of {len(long)} letters: median {median(long):.0f} ms, slowest {long[-1]:.0f} ms; "
            f"of {len(PIECES)} pieces said over and over: slowest {worst[slowest]:.0f} ms ({slowest!r})")


def _took(text: str, signs: DangerSigns) -> float:
    """Return the milliseconds of the processor for one reading, the better of two."""
    def once() -> float:
        begun = process_time()
        understand(text, TODAY, signs)
        return (process_time() - begun) * 1000
    return min(once(), once())


def main() -> None:
    """Print the figures of both sets; `--missed` prints the faults of the open one only."""
    signs = read_signs()
    for name in ("phrases.toml", "phrases_kept.toml", "phrases_kept2.toml"):
        phrases = read_phrases(ROOT / "tests" / name)
        score = measure(phrases, signs)
        print(f"{name}: {score.phrases} phrases, {score.whole} whole ({100 * score.whole / score.phrases:.1f} %); "
              f"facts right {100 * score.right / score.meant:.1f} % of {score.meant}; "
              f"invented {100 * score.invented / max(1, score.given):.1f} % of {score.given} given; "
              f"danger found {score.found} of {score.dangers}; false alarms {score.alarms} of {score.calm}")
        if name == "phrases.toml":
            print(_times(phrases, signs))
            if "--missed" in sys.argv:
                print("\n".join(score.faults))


if __name__ == "__main__":
    main()
