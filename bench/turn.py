"""One turn on 久留米: two children, every answer, a sentence of 40 characters."""

from __future__ import annotations

import statistics
import time
from datetime import date

from finder.answers import read_answers
from finder.building import build_catalog
from finder.dialogue import assess_all, take_turn, warm
from finder.files import read_folder
from finder.ranking import rank
from finder.settings import ROOT
from finder.understanding import understand

TODAY = date(2026, 11, 22)
SAID = "ひとり親で年中と小5の子がいます。お金のことと放課後の預け先が心配で相談したいです"
ANSWERS = {"children": [{"birth_date": "2021-09-03"}, {"grade": "小5"}], "pregnant": False, "single_parent": True,
           "disability": False, "low_income": True, "self": {"age_years": 36}, "needs": ["money", "after_school"]}
ROUNDS = 500


def main() -> None:
    """Print median and p99 of a turn and of its parts, in milliseconds."""
    catalog = build_catalog(read_folder(ROOT / "data").raw, "40203-kurume")
    warm(catalog)
    answers = read_answers(ANSWERS, TODAY)
    assessments = assess_all(catalog, answers, TODAY)
    print(f"{len(catalog.programs)} programs, a sentence of {len(SAID)} characters, {ROUNDS} rounds")
    for name, work in (
            ("whole turn", lambda: take_turn(catalog, answers, SAID, TODAY)),
            ("  understand", lambda: understand(SAID, TODAY, catalog.signs)),
            ("  assess", lambda: assess_all(catalog, answers, TODAY)),
            ("  rank", lambda: rank(catalog, assessments, answers, SAID, TODAY))):
        median, p99 = timed(work)
        print(f"{name:14} median {median:6.2f} ms   p99 {p99:6.2f} ms")


def timed(work) -> tuple[float, float]:
    """Return median and 99th percentile of `work` in milliseconds."""
    work()
    took = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        took.append((time.perf_counter() - begin) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=100)[98]
