"""The results page and `/turn` beside a bare Flask "hello" and an API that parses and echoes the same JSON.

All run under the same server in the same run, at 1, 10, 100 and 500 connections; `bench.servers` compares
servers.  What the machine does meanwhile shows in all rows, so read the ratios.  Two floors stand beside: an
API that works nothing out and writes the JSON of that same answer, and a template that fills the same page
from texts that are at hand.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import keep
from finder.settings import ROOT

SECONDS = int(os.environ.get("SECONDS", "3"))
CONNECTIONS = (1, 10, 100, 500)
CARD = '<li class="card"'
APPS = {
    "hello": "from flask import Flask\napp = Flask(__name__)\n@app.get('/')\ndef hello(): return 'hello'\n",
    "echo": "from flask import Flask, jsonify, request\napp = Flask(__name__)\n@app.get('/')\ndef up(): return ''\n"
            "@app.post('/echo')\ndef echo(): return jsonify(request.get_json())\n",
    "ours": "from app import create_app\napp = create_app()\n",
}
ALONE = ("import json\nfrom pathlib import Path\nfrom flask import Flask, jsonify, request\napp = Flask(__name__)\n"
         "@app.get('/')\ndef up(): return ''\n")
# Each needs what ours answered before, in a file beside it.
FLOORS = {
    "answer": ALONE + "ANSWER = json.loads(Path(__file__).with_name('answer.json').read_bytes())\n"
              "@app.post('/turn')\ndef turn():\n    request.get_json()\n    return jsonify(ANSWER)\n",
    "filled": ALONE + f"BEGIN, *CARDS = Path(__file__).with_name('page.html').read_text().split({CARD!r})\n"
              f"PAGE = app.jinja_env.from_string('{{{{ begin|safe }}}}{{% for one in cards %}}{CARD}{{{{ one|safe }}}}{{% endfor %}}')\n"
              "@app.get('/results')\ndef results(): return PAGE.render(begin=BEGIN, cards=CARDS)\n",
}
TURN = {"answers": {"children": [{"age_years": 3}, {"grade": "小5"}], "single_parent": True, "needs": ["money"]},
        "said": "お金のことと放課後の預け先が心配です", "limit": 20}
JSON_ALONE, TEMPLATE_ALONE = "the answer's JSON alone", "the page's template alone"
TURN_WAY = "/api/v1/municipalities/kurume/turn"
PYTHON = (sys.executable, "-m")
GUNICORN = (*PYTHON, "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"), "--bind")
GRANIAN = (*PYTHON, "granian", "--interface", "wsgi", "--no-ws", "--port")
# What stands before the address and what after it; one worker where none are named.
SERVERS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "gunicorn": (GUNICORN, ("--workers", "1")),
    "gunicorn, 2 workers": (GUNICORN, ("--workers", "2")),
    "gunicorn, 3 workers": (GUNICORN, ("--workers", "3")),
    "gunicorn, 16 threads": (GUNICORN, ("--workers", "1", "--threads", "16")),
    "gunicorn sync": (GUNICORN, ("--workers", "1", "--worker-class", "sync", "--threads", "1")),
    "granian": (GRANIAN, ("--workers", "1", "--blocking-threads", "4")),
    "granian, 1 thread": (GRANIAN, ("--workers", "1", "--blocking-threads", "1")),
    "granian, 2 workers": (GRANIAN, ("--workers", "2", "--blocking-threads", "4")),
    "waitress": ((*PYTHON, "waitress", "--threads", "4", "--listen"), ()),
    "cheroot": ((*PYTHON, "cheroot", "--threads", "4", "--bind"), ()),
}


@dataclass(frozen=True)
class Load:
    """What one address bore: requests per second, milliseconds at the middle and at 99 of 100, and how many failed.

    `work` is the processor time of the server for one request, in milliseconds: it says more than
    the rate where other programs keep the machine busy.
    """

    rate: float
    work: float
    p50: float
    p99: float
    failed: int


class Server:
    """One application under one server, on a free port."""

    def __init__(self, server: str, name: str, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        before, after = SERVERS[server]
        address = str(self.port) if server.startswith("granian") else f"127.0.0.1:{self.port}"
        app = f"{name}:app"
        command = [*before[:2], before[2], app, *before[3:], address, *after] if server == "cheroot" else [*before, address, *after, app]
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            command, cwd=folder, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"FINDER_PER_MINUTE": "9999999", **os.environ, "PYTHONPATH": str(ROOT), "FINDER_STORE": str(folder / "finder.db")})
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2).read()
                break
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError(f"{server} does not start {app}") from None
                time.sleep(.02)
        self.started = time.perf_counter() - begin

    def memory(self) -> float:
        """Return the proportional memory of the server's processes, in MB."""
        found = [re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M) for one in self._processes()]
        return sum(int(one[1]) / 1024 for one in found if one)

    def worked(self) -> float:
        """Return the processor time that the server has used, in seconds."""
        fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in self._processes()]
        return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Wait until the server has done with those who asked before and are gone."""
        worked = -1.0
        while worked < (worked := self.worked()):
            time.sleep(.3)

    def _processes(self) -> list[int]:
        ours = [self.process.pid]
        for one in ours:
            for task in Path(f"/proc/{one}/task").iterdir():
                ours += map(int, (task / "children").read_text().split())
        return ours

    def end(self) -> None:
        """Stop the server."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def main() -> None:
    """Print and keep start, memory and weights, and a table of loads with their ratios."""
    if not shutil.which("wrk"):
        print("wrk がありません（apt-get install wrk）。飛ばします。")
        return
    with tempfile.TemporaryDirectory() as name:
        rows, about = measure("gunicorn", Path(name))
    keep("server", "python -m bench server", rows, seconds=SECONDS, **about)


def measure(server: str, folder: Path, few: bool = False) -> tuple[list[dict[str, str | int | float]], dict[str, float]]:
    """Return, and print, what each address bore at each number of connections, and what the server weighs; `few` addresses or all."""
    for name, source in APPS.items():
        (folder / f"{name}.py").write_text(source)
    first = Server(server, "ours", folder)
    (folder / "answer.json").write_bytes(_asked(first.port, TURN_WAY, body=json.dumps(TURN).encode()))
    (folder / "page.html").write_bytes(_asked(first.port, "/kurume/results", cookie(first.port)))
    first.end()
    for name, source in FLOORS.items():
        (folder / f"{name}.py").write_text(source)
    running = {name: Server(server, name, folder) for name in (*APPS, *(() if few else FLOORS))}
    rows: list[dict[str, str | int | float]] = []
    try:
        hello, echo, ours = running["hello"], running["echo"], running["ours"]
        visit = cookie(ours.port)
        about = {"first_start_s": first.started, "start_s": ours.started, "memory_mb": ours.memory()}
        print(f"\n{server}: first start {first.started:.2f} s (reads and checks data/), again {ours.started:.2f} s; "
              f"workers and master {about['memory_mb']:.0f} MB")
        print("weights: " + ", ".join(f"{path} {_weight(ours.port, path, visit)}" for path in ("/kurume/", "/kurume/results")))
        script = folder / "post.lua"
        script.write_text('wrk.method="POST"\nwrk.headers["Content-Type"]="application/json"\n'
                          f"wrk.body={json.dumps(json.dumps(TURN, ensure_ascii=True))}\n")
        print(f"{'connections':>11}  {'':26}{'a second':>9}{'of hello':>9}{'of echo':>8}{'work ms':>8}{'of hello':>9}{'of echo':>8}"
              f"{'p50 ms':>8}{'p99 ms':>8}{'p99/p50':>8}{'failed':>7}")
        for connections in CONNECTIONS:
            loads = {
                "hello": _load(hello, "/", connections),
                "echo": _load(echo, "/echo", connections, script=script),
                "/turn": _load(ours, TURN_WAY, connections, script=script),
                "results page": _load(ours, "/kurume/results", connections, visit),
            }
            if not few:
                loads["start page"] = _load(ours, "/kurume/", connections)
                loads["results page, gzip"] = _load(ours, "/kurume/results", connections, visit, encoding="gzip")
                loads[JSON_ALONE] = _load(running["answer"], "/turn", connections, script=script)
                loads[TEMPLATE_ALONE] = _load(running["filled"], "/results", connections)
            for name, load in loads.items():
                row = {"a_second": load.rate, "of_hello": _of(load.rate, loads["hello"].rate), "of_echo": _of(load.rate, loads["echo"].rate),
                       "work_ms": load.work, "p50_ms": load.p50, "p99_ms": load.p99, "failed": load.failed}
                rows.append({"server": server, "connections": connections, "what": name, **row})
                print(f"{connections:11}  {name:26}{row['a_second']:9.0f}{row['of_hello']:9.2f}{row['of_echo']:8.2f}"
                      f"{load.work:8.2f}{_of(load.work, loads['hello'].work):9.1f}{_of(load.work, loads['echo'].work):8.1f}"
                      f"{load.p50:8.1f}{load.p99:8.1f}{load.p99 / load.p50:8.1f}{load.failed:7}", flush=True)
    finally:
        for one in running.values():
            one.end()
    return rows, about


def _of(number: float, other: float) -> float:
    return number / other if other else 0.0


def _asked(port: int, path: str, visit: str = "", body: bytes | None = None) -> bytes:
    headers = {"Cookie": visit, "Content-Type": "application/json"}
    answer: bytes = urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)).read()
    return answer


def _weight(port: int, path: str, visit: str) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": visit, "Accept-Encoding": "gzip"})
    packed = urllib.request.urlopen(request).read()
    return f"{len(gzip.decompress(packed)) / 1000:.1f} KB, {len(packed) / 1000:.1f} KB gzip"


def cookie(port: int) -> str:
    """Return the cookie of a visit with two children, a single parent, and a need."""
    kept = ""
    for path, body in (("ask/children", "p0-age=age_years:3&p1-age=grade:%E5%B0%8F5&go=next"),
                       ("ask/single_parent", "choice=0"), ("ask/needs", "need=money")):
        link = http.client.HTTPConnection("127.0.0.1", port)
        link.request("POST", f"/kurume/{path}", body,
                     {"Content-Type": "application/x-www-form-urlencoded", "Cookie": kept})
        kept = link.getresponse().getheader("Set-Cookie", "").split(";")[0]
    return kept


def _load(server: Server, path: str, connections: int, visit: str = "", encoding: str = "", script: Path | None = None) -> Load:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "20s", "--latency"]
    command += ["-H", f"Cookie: {visit}"] if visit else []
    command += ["-H", f"Accept-Encoding: {encoding}"] if encoding else []
    command += ["-s", str(script)] if script else []
    server.rest()
    before = server.worked()
    out = subprocess.run([*command, f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True, check=True).stdout
    work = server.worked() - before
    rate, answered = re.search(r"Requests/sec:\s+([\d.]+)", out), re.search(r"(\d+) requests in", out)
    assert rate and answered, out
    if not int(answered[1]):        # nobody got an answer within the time
        return Load(float(rate[1]), 0.0, SECONDS * 1000.0, SECONDS * 1000.0, connections)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    lost = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
    failed = (int(wrong[1]) if wrong else 0) + (sum(map(int, lost.groups())) if lost else 0)
    return Load(float(rate[1]), work / int(answered[1]) * 1000, _milliseconds(out, 50), _milliseconds(out, 99), failed)


def _milliseconds(out: str, share: int) -> float:
    found = re.search(rf"{share}%\s+([\d.]+)(us|ms|s|m)\b", out)
    assert found, out
    return float(found[1]) * {"us": .001, "ms": 1, "s": 1000, "m": 60_000}[found[2]]
