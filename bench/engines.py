"""Ranking by words beside what one could use instead: the same documents, words and queries; time, memory and hits.

    python -m bench engines                   100, 1,000 and 10,000 programs
    SIZES=350000 python -m bench engines      a nation in one index (some minutes, 8 GB)

At 100, each of the five real municipalities has an index of its own, as it is used here, filled up to 100.
Above, one index holds the real programs and made ones of other municipalities (bench/made.py), and every
query asks only for those of its own municipality.  Queries are the sentences of tests/hits.toml; their words,
and the plans' words for them (words.csv), are made beforehand, for all alike.  Each engine and size runs in
a process of its own.  What is not installed is left out (bench/requirements.txt).
"""

from __future__ import annotations

import gc
import importlib.util
import multiprocessing
import os
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.figures import keep
from bench.made import Original, made_documents, originals, words_of
from bench.ranking import FIRST, Row, read_table
from finder import ranking
from finder.catalog import Catalog
from finder.files import read_folder
from finder.settings import ROOT
from finder.ternary import NO

SIZES = tuple(int(n) for n in os.environ.get("SIZES", "100 1000 10000").split())
OWN = 100                 # programs in the index of one municipality
LARGE = 100_000           # from here on few queries are enough
FEW, EACH = 40, 200
LONGEST = 300             # seconds for one engine and size


class Document(NamedTuple):
    """A program in an index: whose it is, its id, its words, and its name and text as they stand."""

    owner: str
    id: str
    words: Sequence[str]
    text: str


Asked = tuple[str, tuple[str, ...], tuple[str, ...]]      # a sentence, its words, the plans' words for them
Search = Callable[[Asked, str, int], list[tuple[str, float]]]     # of one municipality's programs the nearest, by id


def ours(documents: Sequence[Document], folder: Path, catalog: Catalog) -> Search:
    """rank-bm25 as it is used here: what a word gives is worked out when it is first asked for, then added up."""
    known, nearness = next(iter(catalog.by_id.values())), ranking._nearness
    everything = replace(catalog, programs=tuple(replace(known, id=f"{d.owner}/{d.id}") for d in documents),
                         documents={f"{d.owner}/{d.id}": list(d.words) for d in documents})
    ranking.index_of(everything)

    def search(asked: Asked, owner: str, most: int) -> list[tuple[str, float]]:
        near = nearness(everything, (asked[1], asked[2], ()))
        own = [(i.partition("/")[2], score) for i, score in near.items() if i.startswith(f"{owner}/")]
        return sorted(own, key=lambda one: -one[1])[:most]
    return search


def bm25s(documents: Sequence[Document], folder: Path, catalog: Catalog) -> Search:
    """bm25s: every word's part of every score worked out when the index is made."""
    import bm25s as library
    index = library.BM25()
    index.index([list(d.words) for d in documents], show_progress=False)
    places = _places(documents)
    known = index.vocab_dict

    def search(asked: Asked, owner: str, most: int) -> list[tuple[str, float]]:
        plain, wide = ([w for w in words if w in known] for words in asked[1:])
        first, last = places[owner]
        scores = np.zeros(last - first)
        for words, worth in ((plain, 1.0), (wide, ranking.EXPANSION)):
            if words:
                scores += worth * index.get_scores(words)[first:last]
        best = np.argsort(-scores)[:most]
        return [(documents[first + at].id, float(scores[at])) for at in best if scores[at] > 0]
    return search


def fts5_words(documents: Sequence[Document], folder: Path, catalog: Catalog) -> Search:
    """SQLite's FTS5 over our words."""
    return _fts5(documents, folder, "unicode61", lambda d: " ".join(d.words), lambda asked: dict.fromkeys((*asked[1], *asked[2])))


def fts5_trigram(documents: Sequence[Document], folder: Path, catalog: Catalog) -> Search:
    """SQLite's FTS5 over the text as it stands, in runs of three characters."""
    return _fts5(documents, folder, "trigram", lambda d: d.text,
                 lambda asked: dict.fromkeys(run[i:i + 3] for run in re.findall(r"\w+", asked[0]) for i in range(len(run) - 2)))


def _fts5(documents: Sequence[Document], folder: Path, cut: str, text: Callable[[Document], str],
          words: Callable[[Asked], Mapping[str, Any]]) -> Search:
    store = sqlite3.connect(folder / "fts5.db")
    store.execute(f"create virtual table program using fts5(text, content='', tokenize='{cut}')")
    store.executemany("insert into program (rowid, text) values (?, ?)", ((n, text(d)) for n, d in enumerate(documents)))
    store.execute("insert into program (program) values ('optimize')")
    store.commit()
    places = _places(documents)

    def search(asked: Asked, owner: str, most: int) -> list[tuple[str, float]]:
        wanted = " OR ".join('"' + w.replace('"', '""') + '"' for w in words(asked))
        if not wanted:
            return []
        first, last = places[owner]
        rows = store.execute("select rowid, bm25(program) as near from program where program match ? and rowid >= ? and rowid < ? "
                             "order by near limit ?", (wanted, first, last, most))
        return [(documents[n].id, -near) for n, near in rows]
    return search


def tantivy(documents: Sequence[Document], folder: Path, catalog: Catalog) -> Search:
    """tantivy over our words, on disk."""
    import tantivy as library
    schema = (library.SchemaBuilder().add_text_field("words", tokenizer_name="whitespace", index_option="freq")
              .add_text_field("owner", tokenizer_name="raw", index_option="basic").add_unsigned_field("place", stored=True, fast=True).build())
    (folder / "tantivy").mkdir()
    index = library.Index(schema, path=str(folder / "tantivy"))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for n, document in enumerate(documents):
        made = library.Document()
        made.add_text("words", " ".join(document.words))
        made.add_text("owner", document.owner)
        made.add_unsigned("place", n)
        writer.add_document(made)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, query, occur = index.searcher(), library.Query, library.Occur

    def search(asked: Asked, owner: str, most: int) -> list[tuple[str, float]]:
        words = [(occur.Should, query.boost_query(query.term_query(schema, "words", w), worth))
                 for group, worth in ((asked[1], 1.0), (asked[2], ranking.EXPANSION)) for w in group]
        if not words:
            return []
        only = query.const_score_query(query.term_query(schema, "owner", owner), 0.0)
        hits = searcher.search(query.boolean_query([(occur.Must, only), (occur.Must, query.boolean_query(words))]), most, count=False).hits
        found = searcher.fast_field_values("place", [address for _, address in hits])
        return [(documents[place].id, score) for place, (score, _) in zip(found, hits, strict=True)]
    return search


ENGINES: dict[str, tuple[str, Callable[[Sequence[Document], Path, Catalog], Search]]] = {
    "rank-bm25, as it is": ("rank_bm25", ours), "bm25s": ("bm25s", bm25s), "FTS5, our words": ("sqlite3", fts5_words),
    "FTS5, trigram": ("sqlite3", fts5_trigram), "tantivy": ("tantivy", tantivy)}


def _places(documents: Sequence[Document]) -> dict[str, tuple[int, int]]:
    """Return where each municipality's programs begin and end: they stand together."""
    found: dict[str, tuple[int, int]] = {}
    for n, document in enumerate(documents):
        found[document.owner] = (found.get(document.owner, (n, n))[0], n + 1)
    return found


def documents_of(catalogs: Mapping[str, Catalog], cities: Sequence[str], real: Sequence[Original], size: int) -> list[Document]:
    """Return the real programs of some municipalities, and made ones of others until there are so many."""
    found = [Document(city, p.id, ranking.document(p, catalogs[city]), f"{p.name}。{p.title.ja}。{p.text.ja}{p.source.quote}")
             for city in cities for p in catalogs[city].programs]
    for n, (original, name) in enumerate(made_documents(real, max(0, size - len(found)), EACH)):
        raw = original.raw
        text = f"{name}{raw['name']}。{raw['title']['ja']}。{raw['text']['ja']}{raw['source'].get('quote', '')}"
        found.append(Document(name, f"{original.id}-{n}", words_of(original, name), text))
    return found


Indexed = Sequence[tuple[Sequence[str], Sequence[Document]]]      # the municipalities that are asked for, and what their index holds


def measure(engine: str, size: int, catalogs: Mapping[str, Catalog], rows: Sequence[Row], asked: Mapping[tuple[str, str], Asked],
            indexes: Indexed) -> dict[str, Any]:
    """Make the index or indexes, ask everything once, and return what it took and what was found."""
    with tempfile.TemporaryDirectory() as name:
        gc.collect()
        before, begin = _memory(), time.perf_counter()
        searches: dict[str, Search] = {}
        for n, (group, documents) in enumerate(indexes):
            (Path(name) / str(n)).mkdir()
            search = ENGINES[engine][1](documents, Path(name) / str(n), catalogs[group[0]])
            searches.update(dict.fromkeys(group, search))
        built = time.perf_counter() - begin
        gc.collect()
        memory = _memory() - before
        disk = sum(p.stat().st_size for p in Path(name).rglob("*") if p.is_file())
        took, hits = [], []
        for row in rows:
            begin = time.perf_counter()
            found = searches[row.city](asked[row.city, row.said], row.city, FIRST)
            took.append((time.perf_counter() - begin) * 1000)
            ids = [i for i, _ in found]
            hits += [must in ids for must in row.musts]
        return {"engine": engine, "size": size, "programs": max(len(d) for _, d in indexes), "queries": len(rows),
                "build_s": built / len(indexes), "memory_mb": memory / len(indexes), "disk_mb": disk / 1e6 / len(indexes),
                "p50_ms": statistics.median(took), "p99_ms": statistics.quantiles(took, n=100)[98], "hits": sum(hits) / len(hits),
                **({"hits_in_the_list": _in_the_list(catalogs, rows, searches, asked)} if size <= OWN else {})}


def _in_the_list(catalogs: Mapping[str, Catalog], rows: Sequence[Row], searches: Mapping[str, Search],
                 asked: Mapping[tuple[str, str], Asked]) -> float:
    """Return the share of the musts in the first ten of the whole ranking, rules and needs with it, when an engine gives the words."""
    hits, kept = [], ranking._nearness
    try:
        for row in rows:
            near = searches[row.city](asked[row.city, row.said], row.city, 1000)
            best = max((score for _, score in near), default=1.0)
            shares = {i: score / best for i, score in near}
            ranking._nearness = lambda catalog, wanted, shares=shares: shares       # type: ignore[assignment,misc]
            ranked = ranking.rank(catalogs[row.city], row.assessments, row.answers, row.said, row.today)
            ids = [r.assessment.program.id for r in ranked if r.assessment.result != NO][:FIRST]
            hits += [must in ids for must in row.musts]
    finally:
        ranking._nearness = kept
    return sum(hits) / len(hits)


def _memory() -> float:
    found = re.search(r"^VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(), re.M)
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Run each engine at each size in a process of its own; print the table and keep it."""
    catalogs, table = read_table()
    table = [row for row in table if row.said]
    asked: dict[tuple[str, str], Asked] = {
        (row.city, row.said): (row.said, *ranking.asked_words(row.said, catalogs[row.city])[:2]) for row in table}
    real, rows = originals(read_folder(ROOT / "data").raw), []
    large = min(SIZES) >= LARGE
    ran = f"SIZES={SIZES[0]} python -m bench engines" if large else "python -m bench engines"
    print(f"{'':22}{'programs':>9}{'build s':>9}{'MB':>8}{'disk MB':>9}{'p50 ms':>10}{'p99 ms':>11}{'hits':>8}{'in the list':>12}")
    for size in SIZES:
        groups = [[city] for city in catalogs] if size <= OWN else [list(catalogs)]
        indexes = [(group, documents_of(catalogs, group, real, size)) for group in groups]
        chosen = table[::-(-len(table) // FEW)] if size >= LARGE else table
        for engine, (library, _) in ENGINES.items():
            if not importlib.util.find_spec(library):
                print(f"{engine}: {library} is not installed (bench/requirements.txt)")
                continue
            row = _apart(engine, size, catalogs, chosen, asked, indexes)
            if row is None:
                print(f"{engine:22}{size:9}  not within {LONGEST} s", flush=True)
                continue
            rows.append(row)
            print(f"{engine:22}{row['programs']:9}{row['build_s']:9.3f}{row['memory_mb']:8.1f}{row['disk_mb']:9.1f}{row['p50_ms']:10.3f}"
                  f"{row['p99_ms']:11.3f}{row['hits']:8.1%}{row.get('hits_in_the_list', float('nan')):12.1%}", flush=True)
            keep("engines_large" if large else "engines", ran, rows)


def _apart(*given: Any) -> dict[str, Any] | None:
    """Measure in a process of its own, which has all that was prepared; None when it ends too late or not at all."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=lambda: there.send(measure(*given)))
    process.start()
    there.close()
    try:
        row: dict[str, Any] | None = here.recv() if here.poll(LONGEST) else None
    except EOFError:
        row = None
    process.kill()
    process.join()
    return row


if __name__ == "__main__":
    main()
