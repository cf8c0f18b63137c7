"""Ways of ranking, compared on the hit table: BM25 variants, what is indexed, and the weights."""

from __future__ import annotations

import statistics
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rank_bm25 import BM25L, BM25Okapi, BM25Plus

from finder import ranking
from finder.answers import Answers, read_answers
from finder.building import build_catalog
from finder.catalog import Catalog
from finder.dialogue import assess_all
from finder.eligibility import Assessment
from finder.files import read_folder
from finder.settings import ROOT
from finder.ternary import NO
from finder.understanding import merge, understand

TODAY = date(2026, 11, 22)
FIRST = 10
FOLDERS = {"kurume": "40203-kurume", "ogori": "40216-ogori", "kochi": "39201-kochi",
           "soja": "33208-soja", "komae": "13219-komae"}
WEIGHTS = ("WORDS", "NEED", "STANDING", "SPECIFIC", "KIND", "EXPANSION")
FACTORS = (0.0, 0.5, 2.0)


def plus(delta: float) -> Callable[..., BM25Okapi]:
    """Return BM25Plus with a given floor for every word that is there at all."""
    return lambda documents, **_: BM25Plus(documents, delta=delta)


def okapi(documents: Sequence[Sequence[str]], **_: float) -> BM25Okapi:
    """Return BM25Okapi, whatever else the project's own scorer is given."""
    return BM25Okapi(documents)


def longer(documents: Sequence[Sequence[str]], **_: float) -> BM25L:
    """Return BM25L, whatever else the project's own scorer is given."""
    return BM25L(documents)


@dataclass(frozen=True)
class Row:
    """A row of the table, understood and assessed: all that is left to do is to rank."""

    city: str
    name: str
    said: str
    answers: Answers
    today: date
    assessments: Sequence[Assessment]
    musts: tuple[str, ...]


@dataclass(frozen=True)
class Variant:
    """One way of ranking: the scorer, what is indexed, whether words.csv is used, and constants."""

    name: str
    scorer: Callable[..., BM25Okapi] | None = None
    word_rules: bool = True
    need_words: bool = True
    constants: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """Share of the musts in the first ten, their mean reciprocal rank, and milliseconds a query."""

    hits: float
    mrr: float
    milliseconds: float

    def __str__(self) -> str:
        return f"{self.hits:7.1%} {self.mrr:6.3f} {self.milliseconds:6.2f}"


def variants() -> list[Variant]:
    """Return what is compared; the first is how the project ranks."""
    return [
        Variant("as it is"),
        Variant("BM25Okapi", okapi),
        Variant("BM25L", longer),
        *(Variant(f"BM25Plus, delta {delta}", plus(delta)) for delta in (0, 0.5, 1)),
        *(Variant(f"name {n} times", constants={"NAME_COUNTS": n}) for n in (1, 2, 3)),
        *(Variant(f"BM25Okapi, name {n} times", okapi, constants={"NAME_COUNTS": n}) for n in (1, 2)),
        Variant("without words.csv", word_rules=False),
        Variant("without needs' words in the document", need_words=False),
        Variant("without both", word_rules=False, need_words=False),
    ]


def weights() -> list[Variant]:
    """Return the project's way with one weight at a time left out, halved or doubled."""
    return [Variant(f"{name} {getattr(ranking, name)} × {factor}",
                    constants={name: getattr(ranking, name) * factor})
            for name in WEIGHTS for factor in FACTORS]


@contextmanager
def using(variant: Variant) -> Iterator[None]:
    """Rank in another way for a while."""
    changed: dict[str, Any] = dict(variant.constants)
    if variant.scorer:
        changed["BM25Plus"] = variant.scorer
    kept = {name: getattr(ranking, name) for name in changed}
    try:
        for name, value in changed.items():
            setattr(ranking, name, value)
        yield
    finally:
        for name, value in kept.items():
            setattr(ranking, name, value)


def read_table() -> tuple[dict[str, Catalog], list[Row]]:
    """Return the catalogs and the rows of tests/hits.toml."""
    folder = read_folder(ROOT / "data")
    catalogs = {city: build_catalog(folder.raw, name) for city, name in FOLDERS.items()}
    table = tomllib.loads((ROOT / "tests" / "hits.toml").read_text(encoding="utf-8"))
    return catalogs, [read_row(hit, catalogs[hit["city"]]) for hit in table["hit"]]


def read_row(hit: Mapping[str, Any], catalog: Catalog) -> Row:
    """Understand and assess one row, as `take_turn` does."""
    today, said = hit.get("as_of", TODAY), hit.get("said", "")
    answers = read_answers(hit["answers"], today)
    found = understand(said, today, catalog.signs) if said else None
    if found and found.out_of_scope:
        said = ""
    elif found:
        answers = merge(answers, found.answers)
    return Row(hit["city"], hit["name"], said, answers, today, assess_all(catalog, answers, today), tuple(hit["musts"]))


def measure(catalogs: Mapping[str, Catalog], rows: Sequence[Row], variant: Variant) -> list[tuple[list[float], float]]:
    """Return, row by row, the reciprocal rank of each must and the milliseconds taken."""
    changed = {city: replace(c, words=c.words if variant.word_rules else (),
                             needs=c.needs if variant.need_words else {}) for city, c in catalogs.items()}
    measured = []
    with using(variant):
        for catalog in changed.values():
            ranking.index_of(catalog)
        for row in rows:
            begin = time.perf_counter()
            ranked = ranking.rank(changed[row.city], row.assessments, row.answers, row.said, row.today)
            took = (time.perf_counter() - begin) * 1000
            ids = [r.assessment.program.id for r in ranked if r.assessment.result != NO]
            measured.append(([1 / (ids.index(m) + 1) if m in ids else 0.0 for m in row.musts], took))
    return measured


def summed(measured: Sequence[tuple[list[float], float]]) -> Measured:
    """Return the figures of some measured rows."""
    places = [place for row, _ in measured for place in row]
    return Measured(sum(p >= 1 / FIRST for p in places) / len(places), statistics.fmean(places),
                    statistics.median(took for _, took in measured))


def main() -> None:
    """Print every variant on the whole table and on its halves (every second row)."""
    catalogs, rows = read_table()
    print(f"{len(rows)} rows, {sum(len(r.musts) for r in rows)} musts; hit rate in the first {FIRST}, "
          "mean reciprocal rank, ms a query; then hit rate and mean reciprocal rank of either half")
    for title, tried in (("ways", variants()), ("one weight changed", weights())):
        print(f"-- {title}")
        for variant in tried:
            measured = measure(catalogs, rows, variant)
            halves = [summed(measured[half::2]) for half in (0, 1)]
            print(f"{variant.name:38} {summed(measured)}   "
                  + "   ".join(f"{h.hits:6.1%} {h.mrr:.3f}" for h in halves), flush=True)


if __name__ == "__main__":
    main()
