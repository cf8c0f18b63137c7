"""Requests lost while instances are killed, restarted and replaced under load, directly and behind a real nginx.

Visitors take whole visits at once, each carrying its own cookie: three answers, then the list, which
must be the one that these answers give.  A request is lost when it gets no answer, or another than
that.  What is measured is how many, never how fast.  `KILLS=200` and `VISITORS=8` may be set.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from finder.settings import ROOT

KILLS = int(os.environ.get("KILLS", "200"))
VISITORS = int(os.environ.get("VISITORS", "8"))
SECONDS = float(os.environ.get("SECONDS", "10"))
SECRET = "the same secret of more than 32 letters"
WAY = (("/kurume/ask/children", "p0-age=age_years:3&p1-age=grade:%E5%B0%8F5&go=next"),
       ("/kurume/ask/single_parent", "choice=0"), ("/kurume/ask/needs", "need=money"))


class Instance:
    """One gunicorn with a store of its own; its listening socket may be held for it, as systemd does."""

    def __init__(self, folder: Path, name: str, held: socket.socket | None = None, port: int = 0, proxies: int = 0) -> None:
        self.folder, self.held, self.proxies = folder / name, held, proxies
        self.folder.mkdir(exist_ok=True)
        self.port = held.getsockname()[1] if held else port or free_port()
        self.pid_file, self.replaced_by = self.folder / "pid", 0
        self.start()

    def start(self) -> None:
        """Start and wait until it answers."""
        given = {**os.environ, "FINDER_STORE": str(self.folder / "finder.db"), "FINDER_SECRET": SECRET, "PORT": str(self.port),
                 "FINDER_TODAY": "2026-11-22", "FINDER_PROXIES": str(self.proxies)}
        # The program, not `python -m gunicorn`: with that, a new master (USR2) would find gunicorn's `http` before Python's own.
        command = [str(Path(sys.executable).with_name("gunicorn")), "--config", str(ROOT / "deploy" / "gunicorn.conf.py"),
                   "--pid", str(self.pid_file), "app:create_app()"]
        self.pid_file.unlink(missing_ok=True)
        log = (self.folder / "log").open("ab")
        if self.held:       # what systemd does: the socket is the third file of the process that is named in LISTEN_PID
            number = self.held.fileno()
            shell = f"exec 3<&{number}; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$@\""
            command = ["bash", "-c", shell, "bash", *command]
            self.process = subprocess.Popen(command, cwd=ROOT, env=given, pass_fds=(number,), stderr=log)
        else:
            self.process = subprocess.Popen(command, cwd=ROOT, env=given, stderr=log)
        log.close()
        wait_for(self.port, self.process)

    def workers(self, master: int = 0) -> list[int]:
        """Return the processes that serve, of a master."""
        master = master or self.process.pid
        try:
            tasks = list(Path(f"/proc/{master}/task").iterdir())
            return [int(one) for task in tasks for one in (task / "children").read_text().split()]
        except OSError:
            return []

    def end(self, how: int = signal.SIGTERM) -> None:
        """Stop it and wait."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(60)

    def gone(self) -> None:
        """Stop whoever serves there, whatever happened before."""
        if self.replaced_by:
            os.kill(self.replaced_by, signal.SIGTERM)
        self.end()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait until a server there answers a request."""
    for _ in range(3000):
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            link.request("GET", "/healthz")
            if link.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            link.close()
        if process and process.poll() is not None:
            raise RuntimeError("the server did not start")
        time.sleep(.02)
    raise RuntimeError("the server never answered")


class Nginx:
    """A real nginx with the site of deploy/nginx.conf, without TLS, for the ports given."""

    def __init__(self, folder: Path, ports: list[int], connections: int = 0) -> None:
        self.folder, self.port = folder / "nginx", free_port()
        self.folder.mkdir()
        self.file = self.folder / "nginx.conf"
        self.file.write_text(site(self.folder, self.port, ports, connections), encoding="utf-8")
        self.process = subprocess.Popen([nginx(), "-c", str(self.file), "-e", str(self.folder / "error.log")])
        wait_for(self.port, self.process)

    def end(self) -> None:
        """Stop it."""
        self.process.terminate()
        self.process.wait(10)


def nginx() -> str:
    """Return where nginx is, or an empty text."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or ""


def site(folder: Path, port: int, ports: list[int], connections: int = 0) -> str:
    """Return deploy/nginx.conf as a whole configuration for this machine: other ports, no TLS.

    Without `connections` (of one of nginx's processes) there is one process and no limit for the one address that asks here.
    """
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    servers = "\n".join(f"    server 127.0.0.1:{one} max_fails=0;" for one in ports)
    text = re.sub(r"(?:    server 127\.0\.0\.1:8000 max_fails=0;\n)+", lambda _: servers + "\n", text)
    text = re.sub(r"server \{\n    listen 80.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"    ssl_\w+ [^;]*;.*\n" if connections else r"    (ssl_\w+|limit_req|limit_conn) [^;]*;.*\n", "", text)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    text = text.replace("/var/log/nginx/shien-finder.error.log", str(folder / "site.log"))
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    processes = f"worker_processes {'auto' if connections else 1};\nevents {{ worker_connections {connections or 1024}; }}"
    return f"daemon off;\npid {folder / 'pid'};\n{processes}\nhttp {{\n{temporary}{text}}}\n"


class Visitors:
    """People who take visits until they are told to stop, and what became of each request."""

    def __init__(self, port: int, keep_alive: bool = False) -> None:
        self.port, self.keep_alive, self.stopping = port, keep_alive, threading.Event()
        self.fates: Counter[str] = Counter()
        self.expected = ""
        self.threads = [threading.Thread(target=self._visit_again) for _ in range(VISITORS)]
        for thread in self.threads:
            thread.start()

    def end(self) -> str:
        """Stop them; returns how many requests there were and how many were lost."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)
        lost = {fate: number for fate, number in self.fates.items() if fate != "answered"}
        return f"{sum(self.fates.values())} requests, {sum(lost.values())} lost" + (f" {lost}" if lost else "")

    def _visit_again(self) -> None:
        while not self.stopping.is_set():
            visit = ""
            for path, body in (*WAY, ("/kurume/results", "")):
                status, kept, page = self._ask(path, body, visit)
                right = status == (303 if body else 200) or (body and status == 302)
                if right and not body:
                    names = re.sub(r"(nonce|csrf)[^>]*", "", "".join(re.findall(r"<h[23][^>]*>.*?</h[23]>", page, re.DOTALL)))
                    self.expected = self.expected or names
                    right = names == self.expected and len(names) > 500
                self.fates["answered" if right else f"status {status}" if status else kept] += 1
                if not right:
                    break
                visit = kept or visit

    def _ask(self, path: str, body: str, visit: str) -> tuple[int, str, str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            head = {"Cookie": visit} | ({} if self.keep_alive else {"Connection": "close"})
            if body:
                link.request("POST", path, body, head | {"Content-Type": "application/x-www-form-urlencoded"})
            else:
                link.request("GET", path, headers=head)
            answer = link.getresponse()
            page = answer.read().decode()
            return answer.status, answer.getheader("Set-Cookie", "").split(";")[0], page
        except (OSError, http.client.HTTPException) as error:
            return 0, type(error).__name__, ""
        finally:
            link.close()


def under_load(name: str, port: int, happens: Callable[[], object]) -> None:
    """Print what was lost while something happened to whoever serves at the port."""
    visitors = Visitors(port)
    time.sleep(1.5)
    happened = happens()
    time.sleep(1.5)
    print(f"{name}: {visitors.end()}" + (f"; {happened}" if happened else ""), flush=True)


def kill_workers(instance: Instance, times: int) -> str:
    """Kill one worker after another without warning; each time its master starts another."""
    killed, end = 0, time.monotonic() + 300
    while killed < times and time.monotonic() < end:
        workers = instance.workers()
        if len(workers) >= 2:
            os.kill(workers[killed % len(workers)], signal.SIGKILL)
            killed += 1
        time.sleep(.1)
    return f"{killed} workers killed"


def exchange_master(instance: Instance) -> str:
    """Replace a running gunicorn by a new one on the same socket (USR2, then TERM to the old one when the new one is up)."""
    old = instance.process.pid
    os.kill(old, signal.SIGUSR2)
    second, end = instance.folder / "pid.2", time.monotonic() + 120
    while not second.exists() or not instance.workers(int(second.read_text() or 0)):
        if time.monotonic() > end:
            return "the new master did not come"
        time.sleep(.1)
    time.sleep(1)
    instance.replaced_by = int(second.read_text())
    instance.end()
    return "a new master serves"


def restart(instance: Instance) -> str:
    """Stop and start again, as `systemctl restart` does."""
    begin = time.monotonic()
    instance.end()
    instance.start()
    return f"away for {time.monotonic() - begin:.1f} s"


def main() -> None:
    """Print a line for each thing that can happen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        directly(folder)
        if nginx():
            behind_nginx(folder)
        else:
            print("nginx がありません（apt-get install nginx-light）。その分は飛ばします。")


def directly(folder: Path) -> None:
    """Print what is lost of one instance with nothing in front."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        held.listen(2048)
        third = Instance(folder, "three", held)
        try:
            under_load("direct, restart while the socket is held", third.port, lambda: restart(third))
        finally:
            third.gone()
    one = Instance(folder, "one")
    try:
        under_load("direct, HUP", one.port, lambda: (one.process.send_signal(signal.SIGHUP), time.sleep(SECONDS / 2))[1])
        under_load(f"direct, {KILLS} workers killed", one.port, lambda: kill_workers(one, KILLS))
        under_load("direct, a new master takes over (USR2)", one.port, lambda: exchange_master(one))
    finally:
        one.gone()


def behind_nginx(folder: Path) -> None:
    """Print what is lost behind nginx: one instance, then two that take turns within each visit."""
    four, five = Instance(folder, "four"), Instance(folder, "five")
    relay = Nginx(folder, [four.port, five.port])
    try:
        def kill_one() -> str:
            workers = five.workers()
            five.process.kill()
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            time.sleep(SECONDS / 2)
            five.process.wait()
            return "one was gone till the end"
        under_load("nginx, two by turns", relay.port, lambda: time.sleep(SECONDS / 2))
        under_load("nginx, two by turns, one killed whole", relay.port, kill_one)
        five.start()
        under_load("nginx, two restarted one after the other", relay.port, lambda: (restart(four), restart(five))[1])
        under_load(f"nginx, two by turns, {KILLS} workers of one killed", relay.port, lambda: kill_workers(four, KILLS))
        relay.end()
        shutil.rmtree(folder / "nginx")
        relay = Nginx(folder, [four.port, four.port])
        under_load(f"nginx, one instance, {KILLS} workers killed", relay.port, lambda: kill_workers(four, KILLS))
    finally:
        relay.end()
        four.gone()
        five.gone()


if __name__ == "__main__":
    main()
