"""The results page and `/turn` under the production server, beside a bare Flask "hello" in the same run."""

from __future__ import annotations

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
from pathlib import Path

from finder.settings import ROOT

SECONDS = 5
CONNECTIONS = 10
HELLO = "from flask import Flask\napp = Flask(__name__)\n@app.get('/')\ndef hello(): return 'hello'\n"
TURN = {"answers": {"children": [{"age_years": 3}, {"grade": "小5"}], "single_parent": True, "needs": ["money"]},
        "said": "お金のことと放課後の預け先が心配です", "limit": 20}


class Server:
    """gunicorn with one worker, as in production, on a free port."""

    def __init__(self, target: str, folder: Path, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"),
             "--bind", f"127.0.0.1:{self.port}", "--workers", "1", target], cwd=folder,
            env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2).read()
                break
            except OSError:
                time.sleep(.02)
        self.started = time.perf_counter() - begin

    def worker_memory(self) -> float:
        """Return the proportional memory of the worker, in MB."""
        child = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()[0]
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{child}/smaps_rollup").read_text(), re.M)
        return int(found[1]) / 1024 if found else 0.0

    def end(self) -> None:
        """Stop the server."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def main() -> None:
    """Print start time, memory, and requests per second with their ratio to the hello."""
    if not shutil.which("wrk"):
        print("wrk がありません（apt-get install wrk）。飛ばします。")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "hello.py").write_text(HELLO)
        store = {"FINDER_STORE": str(folder / "finder.db")}
        first = Server("app:create_app()", ROOT, store)
        first.end()
        ours, hello = Server("app:create_app()", ROOT, store), Server("hello:app", folder, {})
        try:
            print(f"start: first {first.started:.2f} s (reads and checks data/), again {ours.started:.2f} s; "
                  f"one worker {ours.worker_memory():.0f} MB")
            base = measured(f"http://127.0.0.1:{hello.port}/")
            show("hello", base, base)
            show("results page", measured(f"http://127.0.0.1:{ours.port}/kurume/results", cookie(ours.port)), base)
            show("start page", measured(f"http://127.0.0.1:{ours.port}/kurume/"), base)
            script = folder / "turn.lua"
            script.write_text('wrk.method="POST"\nwrk.headers["Content-Type"]="application/json"\n'
                              f"wrk.body={json.dumps(json.dumps(TURN, ensure_ascii=True))}\n")
            show("/turn", measured(f"http://127.0.0.1:{ours.port}/api/v1/municipalities/kurume/turn", "", script), base)
        finally:
            ours.end()
            hello.end()


def cookie(port: int) -> str:
    """Return the cookie of a visit with two children, a single parent, and a need."""
    import http.client
    kept = ""
    for path, body in (("ask/children", "p0-age=age_years:3&p1-age=grade:%E5%B0%8F5&go=next"),
                       ("ask/single_parent", "choice=0"), ("ask/needs", "need=money")):
        link = http.client.HTTPConnection("127.0.0.1", port)
        link.request("POST", f"/kurume/{path}", body,
                     {"Content-Type": "application/x-www-form-urlencoded", "Cookie": kept})
        kept = link.getresponse().getheader("Set-Cookie", "").split(";")[0]
    return kept


def measured(address: str, cookie: str = "", script: Path | None = None) -> tuple[float, str, str]:
    """Return requests per second, p50 and p99 of an address under load."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    command += ["-s", str(script)] if script else []
    out = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise RuntimeError(f"{address}: {out}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    p50, p99 = re.search(r"50%\s+(\S+)", out), re.search(r"99%\s+(\S+)", out)
    assert rate and p50 and p99
    return float(rate[1]), p50[1], p99[1]


def show(name: str, found: tuple[float, str, str], base: tuple[float, str, str]) -> None:
    """Print one line with the ratio to the hello."""
    print(f"{name:14} {found[0]:8.0f} requests/s   {found[0] / base[0]:5.2f} of hello   p50 {found[1]}  p99 {found[2]}")
