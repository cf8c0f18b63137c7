"""The timetable of three children over all of 久留米: a birth date, a school year, an age; new births each round."""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta

from finder.answers import read_answers
from finder.building import build_catalog
from finder.files import read_folder
from finder.settings import ROOT
from finder.timeline import courses, people, timetable

TODAY = date(2026, 11, 22)
GRADES = ("年中", "小2", "小5", "中3", "高3")
ROUNDS = 200


def main() -> None:
    """Print median and p99 of a timetable and of its windows, in milliseconds of processor time; the limit is 20."""
    catalog = build_catalog(read_folder(ROOT / "data").raw, "40203-kurume")
    households = [read_answers({"single_parent": True, "children": [
        {"birth_date": (TODAY - timedelta(days=30 + 9 * n)).isoformat()}, {"grade": GRADES[n % 5]}, {"age_years": n % 18}]}, TODAY)
        for n in range(ROUNDS)]
    programs = [p for p in catalog.programs if p.for_residents]
    print(f"{len(programs)} programs, three children, {ROUNDS} households")
    for name, work in (
            ("whole timetable", lambda a: timetable(catalog, a, TODAY)),
            ("  windows", lambda a: [courses(programs, p, a, TODAY) for p in people(a)])):
        took = []
        for answers in households:
            begin = time.process_time()
            work(answers)
            took.append((time.process_time() - begin) * 1000)
        print(f"{name:16} median {statistics.median(took):6.2f} ms   p99 {statistics.quantiles(took, n=100)[98]:6.2f} ms")
