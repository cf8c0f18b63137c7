"""Measure how right the answers are on the tests' tables; write it to data/measured/accuracy.toml and the README.

    python -m bench accuracy

The page `/<municipality>/accuracy` shows these figures.  The tests that work through the same tables anyway
fail while the record does not say what they find: tests/test_hits.py, test_understanding.py, test_danger.py,
test_furigana.py.  Sentences that nobody may look at are run here, never printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.furigana import PHRASES as READINGS, score as score_readings
from bench.ranking import FIRST, FOLDERS, TODAY
from bench.understanding import Score, measure, read_phrases, read_signs
from finder.answers import read_answers
from finder.building import build_catalog
from finder.dialogue import take_turn
from finder.files import read_folder
from finder.furigana import Readings as Exceptions, build_readings
from finder.measured import ACCURACY, Accuracy, Danger, Hits, Readings, Sentences
from finder.settings import ROOT
from finder.understanding import DangerSigns, understand

KEPT = ("phrases_kept", "phrases_kept2")
JAPAN = timedelta(hours=9)
IN_README = "## どれだけ読み取れるか"
HEAD = "# What the tests' tables give; written anew by `python -m bench accuracy`, never by hand.\n"


def hits_of(table: Sequence[Mapping[str, Any]], lists: Sequence[Sequence[str]]) -> dict[str, Hits]:
    """Return the score of each municipality: `lists` are the ids that each row of the table is offered."""
    rows = list(zip(table, lists, strict=True))
    return {city: Hits(
        households=len(own), musts=sum(len(hit["musts"]) for hit, _ in own),
        found=sum(program in ids[:FIRST] for hit, ids in own for program in hit["musts"]),
        must_nots=sum(len(hit.get("must_nots", ())) for hit, _ in own),
        offered=sum(program in ids for hit, ids in own for program in hit.get("must_nots", ())),
    ) for city in FOLDERS if (own := [row for row in rows if row[0]["city"] == city])}


def sentences_of(score: Score) -> Sentences:
    """Return what a score of `bench.understanding` says, without its sentences."""
    return Sentences(score.phrases, score.meant, score.right, score.given, score.invented, score.dangers, score.found,
                     score.calm, score.alarms)


def danger_of(phrases: Mapping[str, Sequence[str]], signs: DangerSigns) -> Danger:
    """Return how many sentences of each kind of danger are found, and how many calm ones raise an alarm."""
    told = [understand(said, TODAY, signs).danger is not None for kind, all_ in phrases.items() if kind != "calm" for said in all_]
    calm = [understand(said, TODAY, signs).danger is not None for said in phrases["calm"]]
    return Danger(len(told), sum(told), len(calm), sum(calm))


def readings_of(checked: Mapping[str, list[str]], exceptions: Exceptions) -> Readings:
    """Return how many of the readings that a person checked are right."""
    phrases = [phrase for drawn in checked.values() for phrase in drawn]
    right, all_, _ = score_readings(phrases, exceptions)
    return Readings(len(phrases), all_, right)


def measured(today: date) -> Accuracy:
    """Work through all the tables."""
    raw = read_folder(ROOT / "data").raw
    catalogs = {city: build_catalog(raw, folder) for city, folder in FOLDERS.items()}
    table = tomllib.loads((ROOT / "tests" / "hits.toml").read_text(encoding="utf-8"))["hit"]
    lists = []
    for hit in table:
        day = hit.get("as_of", TODAY)
        turn = take_turn(catalogs[hit["city"]], read_answers(hit["answers"], day), hit.get("said", ""), day)
        lists.append([r.assessment.program.id for r in turn.programs])
    signs = read_signs()
    danger = tomllib.loads((ROOT / "tests" / "phrases_danger.toml").read_text(encoding="utf-8"))["kept2"]
    checked = tomllib.loads(READINGS.read_text(encoding="utf-8"))
    return Accuracy(today, hits_of(table, lists),
                    {name: sentences_of(measure(read_phrases(ROOT / "tests" / f"{name}.toml"), signs)) for name in KEPT},
                    danger_of(danger, signs), readings_of(checked, build_readings(raw["readings"])))


def written(found: Accuracy) -> str:
    """Return the record as its file holds it."""
    tables = {**{f"hits.{k}": asdict(v) for k, v in found.hits.items()}, **{f"sentences.{k}": asdict(v) for k, v in found.sentences.items()},
              "danger": asdict(found.danger), "furigana": asdict(found.furigana)}
    lines = [HEAD, f"on = {found.on}\n"]
    for name, table in tables.items():
        lines += [f"\n[{name}]\n", *(f"{key} = {value}\n" for key, value in table.items())]
    return "".join(lines)


def in_readme(found: Accuracy) -> str:
    """Return what the README says of it, under its heading."""
    first, later = (found.sentences[name] for name in KEPT)

    def row(what: str, *pairs: tuple[int, int]) -> str:
        return f"| {what} | " + " | ".join(f"{all_:,} のうち {part:,}（{100 * part / all_:.1f} %）" for part, all_ in pairs) + " |"
    return "\n".join([
        f"{IN_README}（{found.on.year}年{found.on.month}月{found.on.day}日）", "",
        "作るあいだ開かなかった文で測った数です。`python -m bench accuracy` が、`data/measured/accuracy.toml` といっしょに書きます。", "",
        "| | はじめの文 | あとから書いた文 |", "|---|---|---|",
        row("言った事実を正しく読む", (first.right, first.facts), (later.right, later.facts)),
        row("読み取ったもののうち、言っていないこと", (first.invented, first.given), (later.invented, later.given)),
        row("危険のしるしに気づく", (first.found, first.dangers), (later.found, later.dangers)),
        row("ふつうの文での誤報", (first.alarms, first.calm), (later.alarms, later.calm)), "",
        f"分かりにくい危険の文では {found.danger.sentences} のうち {found.danger.found} に気づき、危険に似たふつうの文では "
        f"{found.danger.calm} のうち {found.danger.alarms} が誤報です。目標は、事実 95 % 以上、言っていないこと 2 % 未満、誤報 1 % 未満です。"
        "読み取ったことは、いつも画面に出て、一度おすだけで直せます。", "", ""])


def main() -> None:
    """Write the record and what the README says of it anew, and print the record."""
    found = measured((datetime.now(UTC) + JAPAN).date())
    (ROOT / "data" / ACCURACY).write_text(written(found), encoding="utf-8")
    readme = ROOT / "README.md"
    readme.write_text(re.sub(rf"^{IN_README}.*?(?=^## )", lambda _: in_readme(found), readme.read_text(encoding="utf-8"),
                             flags=re.MULTILINE | re.DOTALL), encoding="utf-8")
    print(written(found))
