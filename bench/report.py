"""docs/performance.md and its plots, from what was measured last (data/measured/): nothing is measured here.

    make performance                 measures everything that the page tells, and writes it
    python -m bench report           writes the page again
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.drawing import Axis, lines
from bench.figures import kept
from bench.server import JSON_ALONE, TEMPLATE_ALONE
from finder.settings import ROOT

PAGE, PLOTS = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance"
HEAD = """# How fast, how large

Written by `python -m bench report` from `data/measured/`, never by hand. `make performance` measures all of it again;
`MINUTES=10 A_SECOND=6 python -m bench nation` the ten minutes, and `SIZES=350000 python -m bench engines` the largest index.

Every section says when, on what and how it was measured. Such a machine is small and never alone: the busier it is, the longer
everything takes, so ratios within one run say more than milliseconds. *Load after* is how many programs wanted a processor in the
minute before the end; above the number of cores, times are upper bounds.
"""
Figures = dict[str, Any]


def main() -> None:
    """Write the page and its plots."""
    PLOTS.mkdir(parents=True, exist_ok=True)
    text = [HEAD]
    for name, title, section in SECTIONS:
        if figures := kept(name):
            text += ["", f"## {title}", "", *section(figures), "", _source(figures)]
    PAGE.write_text("\n".join(text) + "\n", encoding="utf-8")
    print(f"wrote {os.path.relpath(PAGE)}")


def _source(figures: Figures) -> str:
    return (f"*{figures['on']}, `{figures['ran']}`, {figures['machine']}; load after {figures['load_after']:g}; "
            f"program {figures['commit']}.*")


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|---" + "|---:" * (len(heads) - 1) + "|"
    for row in rows:
        yield "| " + " | ".join(_cell(value) for value in row) + " |"


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _aim(number: float, aim: float, unit: str, least: bool = False) -> str:
    """Say whether an aim is reached."""
    reached = number >= aim if least else number <= aim
    return f"{_cell(float(number))}{unit} (aim {'at least' if least else 'at most'} {aim:g}{unit}: {'reached' if reached else 'not reached'})"


def _turn(figures: Figures) -> Iterator[str]:
    rows = figures["row"]
    whole = next(r for r in rows if r["what"].startswith("a turn"))
    yield (f"久留米, {figures['programs']} programs, two children, all answers, a sentence of 40 characters; processor time on one core, "
           f"{figures['rounds']} rounds. Median {_aim(whole['p50_ms'], 1.5, ' ms')}, p99 {_aim(whole['p99_ms'], 4, ' ms')}.")
    yield ""
    yield from _table(("", "p50 ms", "p99 ms", "of its JSON"), [(r["what"], r["p50_ms"], r["p99_ms"], r["of_the_json"]) for r in rows])


def _server(figures: Figures) -> Iterator[str]:
    rows = figures["row"]

    def at(what: str, connections: int) -> Figures:
        return next(r for r in rows if r["what"] == what and r["connections"] == connections)
    turn, page = at("/turn", 100), at("results page", 100)
    yield ("One worker with four threads, beside a bare Flask “hello” and an API that only parses and echoes the same JSON, each under the "
           f"same server in the same run; wrk on the same machine, {figures['seconds']} s each. At 100 connections /turn has "
           f"{_aim(turn['of_echo'], 0.33, '', least=True)} of the echo's rate, the results page {_aim(page['of_hello'], 0.2, '', least=True)} "
           f"of the hello's; p99 is {_aim(turn['p99_ms'] / turn['p50_ms'], 5, '')} times p50 for /turn, "
           f"{_aim(page['p99_ms'] / page['p50_ms'], 5, '')} for the results page.")
    if any(r["what"] == JSON_ALONE for r in rows):
        answer, filled = at(JSON_ALONE, 1), at(TEMPLATE_ALONE, 1)
        for_turn, for_page = at("echo", 1)["work_ms"] / 0.33, at("hello", 1)["work_ms"] / 0.2
        yield ""
        yield ("Two floors: an API that works nothing out and only writes the JSON of that same answer, and a template that only joins the "
               f"texts of that same page. One connection at a time they have {_cell(answer['of_echo'])} of the echo's rate and "
               f"{_cell(filled['of_hello'])} of the hello's. The aims allow {_cell(for_turn)} ms of work for /turn and {_cell(for_page)} ms for "
               f"the results page, the floors take {_cell(answer['work_ms'])} and {_cell(filled['work_ms'])} ms of them: "
               f"{_cell(for_turn - answer['work_ms'])} and {_cell(for_page - filled['work_ms'])} ms are left for the turn itself (above) "
               "and, on the page, for the words and marks of a hundred cards.")
    yield ""
    yield from _table(("what", "connections", "a second", "of hello", "of echo", "work ms", "p50 ms", "p99 ms", "failed"),
                      [(r["what"], r["connections"], r["a_second"], r["of_hello"], r["of_echo"], r["work_ms"], r["p50_ms"], r["p99_ms"],
                        r["failed"]) for r in rows])
    yield ""
    yield ("*Work* is the server's processor time for one request. At 500 connections wrk itself takes its share of the two cores.")
    drawn = [what for what in dict.fromkeys(r["what"] for r in rows) if what not in (JSON_ALONE, TEMPLATE_ALONE)]
    series = {what: [(r["connections"], r["a_second"]) for r in rows if r["what"] == what] for what in drawn}
    yield from _plot("server", "Requests a second", series, Axis("connections", True), Axis("requests a second", True))


def _servers(figures: Figures) -> Iterator[str]:
    rows, seconds = figures["row"], figures["seconds"]
    names = list(dict.fromkeys(r["server"] for r in rows))
    yield (f"The same loads of {seconds} s under each; which was chosen, and why, is in "
           "[decision 0007](decisions/0007-server-and-ranking.md). Without a number of workers it is one, without a number of threads four.")
    yield ""
    shown = []
    for name in names:
        own = [r for r in rows if r["server"] == name]
        for what in ("/turn", "results page"):
            by = {r["connections"]: r for r in own if r["what"] == what}
            shown.append((name, what, *(by[n]["a_second"] for n in sorted(by)), by[100]["p50_ms"], by[100]["p99_ms"],
                          sum(r["failed"] for r in own), own[0]["memory_mb"]))
    yield from _table(("server", "what", "a second, 1", "10", "100", "500 connections", "p50 ms at 100", "p99 ms at 100", "failed of all",
                       "MB"), shown)
    series = {name: [(r["connections"], r["a_second"]) for r in rows if r["server"] == name and r["what"] == "/turn"] for name in names}
    yield from _plot("servers", "/turn under each server", series, Axis("connections", True), Axis("requests a second"))


def _engines(figures: Figures) -> Iterator[str]:
    large = kept("engines_large")
    rows = [*figures["row"], *(large.get("row", ()))]
    yield ("The same documents, words and queries (the sentences of tests/hits.toml, each asked once; of the largest index forty). At 100, "
           "one municipality's own index, as it is used here; above, one index of many municipalities, each query for its own one. *Hits*: "
           "share of the programs that must "
           "be among the first ten, by words alone; *in the list*: with rules and needs, as residents see it. Memory is what the index adds.")
    yield ""
    yield from _table(("", "programs", "p50 ms", "p99 ms", "made in s", "MB", "MB on disk", "hits", "in the list"),
                      [(r["engine"], r["programs"], r["p50_ms"], r["p99_ms"], r["build_s"], r["memory_mb"], r["disk_mb"], f"{r['hits']:.1%}",
                        f"{r['hits_in_the_list']:.1%}" if "hits_in_the_list" in r else "") for r in rows])
    yield ""
    yield ("A municipality has 20 to 250 programs and an index of its own, whatever the nation's total. There all but the trigrams find the "
           "same; which is used, and why, is in [decision 0007](decisions/0007-server-and-ranking.md).")
    if large:
        yield ""
        yield f"The largest size: {_source(large)}"
    series = {name: [(r["programs"], r["p50_ms"]) for r in rows if r["engine"] == name] for name in dict.fromkeys(r["engine"] for r in rows)}
    yield from _plot("engines", "A query by the number of programs in one index", series, Axis("programs in the index", True),
                     Axis("ms, median", True))


def _nation(figures: Figures) -> Iterator[str]:
    f = figures
    yield (f"{f['municipalities']:,} municipalities of {f['programs']} programs each, made from the real ones (bench/made.py), in one store of "
           f"{f['store_mb']:.0f} MB, one worker, `FINDER_KEPT={f['kept']}`. Over HTTP, the whole turn with its JSON.")
    yield ""
    asked = {r["asked"]: r["memory_mb"] for r in f["row"]}
    bounded = [mb for n, mb in asked.items() if n >= f["kept"]]
    yield from _table(("", "measured"), [
        ("start to the first answer, best of three", _aim(f["start_s"], 2, " s")),
        ("first turn of a municipality that is not in memory, median", _aim(f["cold_p50_ms"], 150, " ms")),
        ("… the longest of 40", f"{f['cold_max_ms']:.0f} ms"),
        ("the same turn again, median", f"{f['again_p50_ms']:.1f} ms"),
        ("memory at the start", f"{f['memory_start_mb']:.0f} MB"),
        *((f"memory with {n} asked for", f"{mb:.0f} MB") for n, mb in asked.items() if n > 1),
        ("each one kept", f"{(max(bounded) - f['memory_start_mb']) / f['kept']:.1f} MB")])
    yield from _plot("nation", "Memory of a nation's worker", {"one worker": sorted(asked.items())},
                     Axis(f"municipalities asked for (kept: {f['kept']})"), Axis("MB"))


def _load(figures: Figures) -> Iterator[str]:
    f = figures
    yield (f"Half turns, half pages, {f['a_second']:g} requests a second for {f['minutes']:g} minutes over all of the same nation; "
           "the n-th largest is asked for 1/n as often as the largest.")
    yield ""
    yield from _table(("", "first quarter", "last quarter"), [
        ("p50 ms", f["p50_first_quarter_ms"], f["p50_last_quarter_ms"]), ("p99 ms", f["p99_first_quarter_ms"], f["p99_last_quarter_ms"]),
        ("memory MB (first and last look)", f["memory_first_mb"], f["memory_last_mb"])])
    yield ""
    half = [r["memory_mb"] for r in f["row"]][len(f["row"]) // 2]
    yield (f"{f['requests']:,} requests, {f['failed']} failed; at most {f['memory_most_mb']:.0f} MB. Memory fills up to the kept "
           f"municipalities: {half:.0f} MB at half time, {f['memory_last_mb']:.0f} MB at the end.")
    yield from _plot("load", "Memory under a mixed load", {"one worker": [(r["second"] / 60, r["memory_mb"]) for r in f["row"]]},
                     Axis("minutes"), Axis("MB"))


def _footprint(figures: Figures) -> Iterator[str]:
    f = figures
    yield from _table(("", "measured"), [
        ("first start, to the first answer (reads, checks and publishes data/)", f"{f['first_start_s']:.2f} s"),
        ("start after that: best, longest of five", f"{f['start_s']:.2f} s, {f['start_longest_s']:.2f} s"),
        ("memory of one worker and its master, in use, five municipalities", f"{f['memory_1_mb']:.0f} MB"),
        ("each worker more", f"{f['memory_each_mb']:.0f} MB"),
        ("installed environment (requirements.txt)", f"{f['environment_mb']:.0f} MB")])
    yield ""
    yield "Memory is proportional: what workers share is counted once. The largest packages: " + ", ".join(
        f"{r['package']} {r['mb']:.0f} MB" for r in f["row"]) + "."


def _phone(figures: Figures) -> Iterator[str]:
    yield (f"Chromium, 360 × 740, nothing in its cache, a processor {figures['slower']} times slower, slow 4G (562.5 ms there and back, 1.44 "
           f"Mbit/s down); median of {figures['rounds']}. All of a page: HTML, style sheets, scripts, pictures.")
    yield ""
    yield from _table(("page", "requests", "KB over the line", "first words s", "largest part s", "loaded s"),
                      [(r["page"], round(r["requests"]), r["kb"], r["first_seen_s"], r["largest_seen_s"], r["loaded_s"])
                       for r in figures["row"]])


def _plot(name: str, title: str, series: dict[str, list[tuple[float, float]]], across: Axis, up: Axis) -> Iterator[str]:
    (PLOTS / f"{name}.svg").write_text(lines(title, series, across, up), encoding="utf-8")
    yield ""
    yield f"![{title}](performance/{name}.svg)"


SECTIONS: tuple[tuple[str, str, Callable[[Figures], Iterator[str]]], ...] = (
    ("turn", "One turn", _turn), ("server", "Under the server", _server), ("servers", "Which server", _servers),
    ("engines", "Ranking by words, beside others", _engines), ("nation", "A nation in one process", _nation),
    ("nation_load", "… under load", _load), ("footprint", "Start, memory, disk", _footprint), ("phone", "On a phone with a slow line", _phone))

if __name__ == "__main__":
    main()
