"""A nation in one process: 1,741 municipalities of 200 programs each, made from the real ones, under one worker.

    MINUTES=10 A_SECOND=6 python -m bench nation

How long it starts, what the first turn of a municipality takes that is not in memory, what each that is
kept weighs, and whether a mixed load over all of them stays steady.  `NATION` may name a folder in which
the made nation stays for the next run; without it, it is made in a temporary one (about 1 GB, a minute or two).
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import queue
import random
import statistics
import tempfile
import threading
import time
import zlib
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bench.figures import keep, kept
from bench.made import Original, made_place, originals
from bench.server import APPS, TURN, Server
from finder.building import NATION
from finder.files import read_folder
from finder.settings import KEPT, ROOT
from finder.store import open_store
from finder.store.versions import PLACES, SHARED, WORDS

PLACES_MADE, PROGRAMS = 1741, 200
MINUTES, A_SECOND = float(os.environ.get("MINUTES", "0.5")), float(os.environ.get("A_SECOND", "8"))
COLD, VISITORS = 40, 4
STARTS, LONG = 3, 10
RAN = "python -m bench nation"
STEPS = (41, 64, 96, 128, 192)       # municipalities asked for, after which the memory is looked at


@cache
def _real() -> tuple[dict[str, Any], list[Original]]:
    raw = read_folder(ROOT / "data").raw
    return raw, originals(raw)


def _packed(part: Any) -> tuple[str, bytes]:
    """As the store keeps a part, but packed in a hurry."""
    plain = json.dumps(part, ensure_ascii=False).encode()
    return hashlib.sha256(plain).hexdigest()[:32], zlib.compress(plain, 1)


def _rows(number: int) -> tuple[str, dict[str, Any], list[tuple[str, str, bytes]]]:
    place = made_place(*_real(), number, PROGRAMS)
    return place.folder, place.part["municipality"], [(place.folder, *_packed(place.part)), (place.folder + WORDS, *_packed(place.words))]


def make_nation(path: Path) -> None:
    """Write a version with all municipalities into a new store, one after the other: in memory they would not fit."""
    raw, _ = _real()
    own = {SHARED: {k: v for k, v in raw.items() if k not in ("municipalities", "plans")}, NATION: raw["municipalities"][NATION]}
    rows, places = [(name, *_packed(part)) for name, part in own.items()], {}
    with closing(open_store(path)) as store, ProcessPoolExecutor(os.cpu_count()) as pool:
        keys = {}
        with store.atomic():
            for folder, about, made in pool.map(_rows, range(PLACES_MADE), chunksize=16):
                places[folder] = about
                rows += made
                keys.update({name: key for name, key, _ in rows})
                store.conn.executemany("insert or ignore into parts (hash, raw) values (?, ?)", [row[1:] for row in rows])
                rows = []
            keys[PLACES], packed = _packed(places)
            store.conn.execute("insert into parts (hash, raw) values (?, ?)", (keys[PLACES], packed))
            store.conn.executemany("insert into version_parts (version, part, hash) values (1, ?, ?)", list(keys.items()))
            store.table("versions").insert({"number": 1, "hash": "made", "note": "made", "who": "", "from_folder": "", "back_to": 0,
                                            "published_at": datetime.now(UTC).isoformat(timespec="seconds")})


def turn(link: http.client.HTTPConnection, number: int) -> float:
    """Take a turn in a municipality; returns the milliseconds it took."""
    begin = time.perf_counter()
    link.request("POST", f"/api/v1/municipalities/made{number}/turn", json.dumps(TURN), {"Content-Type": "application/json"})
    answer = link.getresponse()
    assert json.loads(answer.read())["programs"] and answer.status == 200, answer.status
    return (time.perf_counter() - begin) * 1000


class Load:
    """Visitors who ask for pages and turns of municipalities, large ones more often, at a steady rate."""

    def __init__(self, server: Server, seconds: float) -> None:
        self.port, self.waiting, self.took, self.failed = server.port, queue.Queue[float | None](), list[tuple[float, float]](), 0
        self.chance = random.Random(1)
        order = list(range(PLACES_MADE))
        self.chance.shuffle(order)
        self.places, self.weights = order, [1 / (n + 1) for n in range(PLACES_MADE)]
        self.memory: list[tuple[float, float]] = []
        visitors = [threading.Thread(target=self._visit) for _ in range(VISITORS)]
        for one in visitors:
            one.start()
        begin = looked = time.perf_counter()
        while (now := time.perf_counter()) - begin < seconds:
            self.waiting.put(now)
            if now - looked >= min(10, seconds / 12):
                looked = now
                self.memory.append((now - begin, server.memory()))
            time.sleep(max(0.0, 1 / A_SECOND - (time.perf_counter() - now)))
        for _ in visitors:
            self.waiting.put(None)
        for one in visitors:
            one.join()
        self.begin = begin

    def _visit(self) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while (asked := self.waiting.get()) is not None:
            number = self.chance.choices(self.places, self.weights)[0]
            try:
                if self.chance.random() < .5:
                    turn(link, number)
                else:
                    link.request("GET", f"/made{number}/" + self.chance.choice(("", "programs", "results", "contacts", "needs/money")))
                    answer = link.getresponse()
                    answer.read()
                    assert answer.status in (200, 303), answer.status
            except (OSError, http.client.HTTPException, AssertionError):
                self.failed += 1
                link.close()
            self.took.append((asked, (time.perf_counter() - asked) * 1000))
        link.close()

    def figures(self) -> dict[str, float]:
        """Return what was asked for, what failed, and how long it took at the beginning and at the end."""
        first, last = self.part(0, .25), self.part(.75, 1)
        return {"minutes": MINUTES, "a_second": A_SECOND, "requests": len(self.took), "failed": self.failed,
                "p50_first_quarter_ms": first[0], "p99_first_quarter_ms": first[1],
                "p50_last_quarter_ms": last[0], "p99_last_quarter_ms": last[1],
                "memory_first_mb": self.memory[0][1], "memory_most_mb": max(mb for _, mb in self.memory), "memory_last_mb": self.memory[-1][1]}

    def rows(self) -> list[dict[str, float]]:
        """Return the memory in the course of time."""
        return [{"second": at, "memory_mb": mb} for at, mb in self.memory]

    def part(self, first: float, last: float) -> tuple[float, float]:
        """Return median and 99th percentile of what was asked for between two shares of the time, in milliseconds."""
        end = max(at for at, _ in self.took) - self.begin
        took = [ms for at, ms in self.took if first <= (at - self.begin) / end <= last]
        return statistics.median(took), statistics.quantiles(took, n=100)[98]


def main() -> None:
    """Print and keep the figures; those of a load are kept apart, and only when it took ten minutes or is the first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.environ.get("NATION") or name)
        folder.mkdir(exist_ok=True)
        if not (folder / "finder.db").exists():
            begin = time.perf_counter()
            make_nation(folder / "finder.db")
            print(f"made in {time.perf_counter() - begin:.0f} s", flush=True)
        (folder / "ours.py").write_text(APPS["ours"])
        starts = []
        for _ in range(STARTS):
            server = Server("gunicorn", "ours", folder)
            starts.append(server.started)
            if len(starts) < STARTS:
                server.end()
        try:
            found, rows = _asked(server)
            found = {"municipalities": PLACES_MADE, "programs": PROGRAMS, "kept": int(os.environ.get("FINDER_KEPT") or KEPT),
                     "store_mb": (folder / "finder.db").stat().st_size / 1e6, "start_s": min(starts), "start_longest_s": max(starts), **found}
            keep("nation", RAN, rows, **found)
            _show(found)
            load = Load(server, MINUTES * 60)
        finally:
            server.end()
        steady = load.figures()
        _show(steady)
        if MINUTES >= LONG or not kept("nation_load"):
            keep("nation_load", f"MINUTES={MINUTES:g} A_SECOND={A_SECOND:g} {RAN}", load.rows(), **steady)


def _show(found: Mapping[str, float]) -> None:
    for key, value in found.items():
        print(f"{key:24} {value:10.2f}", flush=True)


def _asked(server: Server) -> tuple[dict[str, float], list[dict[str, float]]]:
    """Return what first and second turns take, and the memory after so many municipalities."""
    order = list(range(PLACES_MADE))
    random.Random(2).shuffle(order)
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    found = {"memory_start_mb": server.memory(), "first_of_all_ms": turn(link, order[0])}
    rows: list[dict[str, float]] = [{"asked": 0, "memory_mb": found["memory_start_mb"]}, {"asked": 1, "memory_mb": server.memory()}]
    cold = [turn(link, n) for n in order[1:COLD + 1]]
    again = [turn(link, n) for n in order[1:COLD + 1]]
    found |= {"cold_p50_ms": statistics.median(cold), "cold_max_ms": max(cold),
              "again_p50_ms": statistics.median(again), "again_max_ms": max(again)}
    done = COLD + 1
    for step in STEPS:
        for n in order[done:step]:
            turn(link, n)
        done = max(done, step)
        rows.append({"asked": done, "memory_mb": server.memory()})
    link.close()
    return found, rows


if __name__ == "__main__":
    main()
