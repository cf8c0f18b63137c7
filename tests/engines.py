"""Real servers for the tests that need one: started on a free port, stopped at the end."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Return when somebody listens."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as link:
            link.settimeout(1)
            if link.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "the server did not start"
        time.sleep(.02)
    raise AssertionError("the server did not start in time")


@contextmanager
def redis_server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis that keeps nothing on disk."""
    found = shutil.which("redis-server") or pytest.skip("redis-server がありません（tests/get_servers.sh が入れます）")
    process = subprocess.Popen([found, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                                "--dir", str(folder)], stdout=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def clamd(folder: Path, signatures: str) -> Iterator[str]:
    """A real clamd that knows these signatures alone (lines of an .hdb file); gives the path of its socket."""
    found = shutil.which("clamd") or pytest.skip("clamd がありません（Debian の clamav-daemon。試験には、なくてもかまいません）")
    (folder / "known").mkdir()
    (folder / "known" / "ours.hdb").write_text(signatures)
    (folder / "clamd.conf").write_text(f"DatabaseDirectory {folder}/known\nLocalSocket {folder}/ctl\nForeground yes\nMaxThreads 2\n"
                                       f"StreamMaxLength 21M\nTemporaryDirectory {folder}\n")
    process = subprocess.Popen([found, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 30
        while not (folder / "ctl").exists():
            assert process.poll() is None and time.monotonic() < end, "clamd did not start"
            time.sleep(.02)
        yield f"{folder}/ctl"
    finally:
        process.terminate()
        process.wait(10)
