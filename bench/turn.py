"""One turn on 久留米, beside the parsing and writing of its own JSON: with every answer, and with a first sentence only."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable
from datetime import date

from bench.figures import keep
from finder import exchange
from finder.answers import NOTHING_SAID, read_answers
from finder.building import build_catalog
from finder.dialogue import assess_all, take_turn, warm
from finder.files import read_folder
from finder.interview import next_question
from finder.ranking import rank
from finder.settings import ROOT
from finder.understanding import understand

TODAY = date(2026, 11, 22)
SAID = "ひとり親で年中と小5の子がいます。お金のことと放課後の預け先が心配で相談したいです"
ANSWERS = {"children": [{"birth_date": "2021-09-03"}, {"grade": "小5"}], "pregnant": False, "single_parent": True,
           "disability": False, "low_income": True, "self": {"age_years": 36}, "needs": ["money", "after_school"]}
ROUNDS = 500


def main() -> None:
    """Print a table of processor time in milliseconds, in the middle and at 99 of 100, and its ratio to the JSON."""
    catalog = build_catalog(read_folder(ROOT / "data").raw, "40203-kurume")
    warm(catalog)
    gc.collect()
    gc.freeze()      # as the server does before it begins
    answers = read_answers(ANSWERS, TODAY)
    assessments = assess_all(catalog, answers, TODAY)
    told = understand(SAID, TODAY, catalog.signs).answers
    half = assess_all(catalog, told, TODAY)
    written = json.dumps(exchange.turn(catalog, {"answers": ANSWERS, "said": SAID, "as_of": TODAY.isoformat(), "limit": 20}, TODAY))
    print(f"{len(catalog.programs)} programs, a sentence of {len(SAID)} characters, {ROUNDS} rounds, processor time\n")
    print(f"| {'':38} | {'p50 ms':>7} | {'p99 ms':>7} | {'of the JSON':>11} |\n|{'-' * 40}|{'-' * 8}:|{'-' * 8}:|{'-' * 12}:|")
    base, rows = 0.0, []
    for name, work in (
            ("its JSON, parsed and written", lambda: json.dumps(json.loads(written))),
            ("a turn with two children, all answers", lambda: take_turn(catalog, answers, SAID, TODAY)),
            ("… understand", lambda: understand(SAID, TODAY, catalog.signs)),
            ("… assess", lambda: assess_all(catalog, answers, TODAY)),
            ("… rank", lambda: rank(catalog, assessments, answers, SAID, TODAY)),
            ("a first turn, the sentence only", lambda: take_turn(catalog, NOTHING_SAID, SAID, TODAY)),
            ("… next question", lambda: next_question(catalog, half, told, TODAY))):
        median, p99 = timed(work)
        base = base or median
        rows.append({"what": name, "p50_ms": median, "p99_ms": p99, "of_the_json": median / base})
        print(f"| {name:38} | {median:7.2f} | {p99:7.2f} | {median / base:11.1f} |")
    keep("turn", "python -m bench turn", rows, programs=len(catalog.programs), rounds=ROUNDS)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return median and 99th percentile of the processor time of `work`, in milliseconds."""
    work()
    took = []
    for _ in range(ROUNDS):
        begin = time.thread_time()
        work()
        took.append((time.thread_time() - begin) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=100)[98]
