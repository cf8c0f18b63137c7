"""What other visitors see while somebody floods the service: a real gunicorn behind a real nginx, both as deploy/ sets them.

Eight visitors with addresses of their own each take a turn or a page four times a second, each on a
new connection; one more address does harm meanwhile.  Printed for each flood: the share of the
visitors' requests that were served rightly, their median and 99 of 100 in milliseconds, beside the
calm before; and what became of the flood.  Visitors and flood run on the machine that serves, so times
hold as a comparison in one run.  `SECONDS=12` may be set: longer than nginx's patience (10 s).
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import multiprocessing
import os
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from bench.server import TURN, cookie
from bench.two_instances import Instance, Nginx, nginx

SECONDS = float(os.environ.get("SECONDS", "12"))
DEBIAN, RAISED = 768, 8192          # connections of one of nginx's processes: as Debian sets it, as docs/operating.md raises it
PEOPLE, EVERY, PATIENCE = 8, .25, 10.0
HARM = "127.0.0.66"                 # the address that floods
IDLE, SLOW = 1000, 2000             # connections; more slow ones than nginx has as Debian sets it, with two processes
HUGE = 10**9                        # bytes of a body


# --- those who should notice nothing --------------------------------------------------------------

@dataclass
class Seen:
    """What the visitors saw: seconds of each request that was served rightly, and what became of the others."""

    times: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)

    def row(self, calm: Seen | None = None) -> str:
        """Return the share served, the median and 99 of 100 in milliseconds, and both as multiples of the calm."""
        whole = len(self.times) + self.failed.total()
        middle, most = statistics.median(self.times or [PATIENCE]) * 1000, sorted(self.times or [PATIENCE])[int(len(self.times) * .99)] * 1000
        ratio = ""
        if calm:
            before = statistics.median(calm.times) * 1000, sorted(calm.times)[int(len(calm.times) * .99)] * 1000
            ratio = f"  {middle / before[0]:5.1f} {most / before[1]:5.1f}"
        failed = f" {dict(self.failed)}" if self.failed else ""
        return f"{len(self.times) / whole:8.1%} {whole:6} {middle:8.1f} {most:8.1f}{ratio:13}{failed}"


def visit(port: int, visitor: str, seconds: float) -> Seen:
    """Return what eight visitors saw for some seconds."""
    seen, end = Seen(), time.monotonic() + seconds
    body = json.dumps(TURN)

    def one(number: int) -> None:
        turns, begin = number % 2, time.monotonic() + number * EVERY / PEOPLE
        time.sleep(number * EVERY / PEOPLE)
        while time.monotonic() < end:
            turns, asked = turns + 1, time.perf_counter()
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=(f"127.0.1.{number + 1}", 0))
            try:
                if turns % 2:
                    link.request("POST", "/api/v1/municipalities/kurume/turn", body, {"Content-Type": "application/json", "Connection": "close"})
                else:
                    link.request("GET", "/kurume/results", headers={"Cookie": visitor, "Connection": "close"})
                answer = link.getresponse()
                told = answer.read()
                if answer.status == 200 and len(told) > 5000:
                    seen.times.append(time.perf_counter() - asked)
                else:
                    seen.failed[f"status {answer.status}"] += 1
            except (OSError, http.client.HTTPException) as error:
                seen.failed[type(error).__name__] += 1
            finally:
                link.close()
            begin += EVERY
            time.sleep(max(0, begin - time.monotonic()))
    people = [threading.Thread(target=one, args=(number,)) for number in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return seen


# --- those who flood ------------------------------------------------------------------------------

Asks = Callable[[int, float, Counter[str]], Awaitable[None]]


async def _open(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port, local_addr=(HARM, 0)), 5)


async def _answer(reader: asyncio.StreamReader, seconds: float = PATIENCE) -> str:
    """Return the status that comes, or how the connection ended."""
    try:
        line = await asyncio.wait_for(reader.readline(), seconds)
    except TimeoutError:
        return "held open"
    return f"status {line.split()[1].decode()}" if line.startswith(b"HTTP/") else "closed"


async def idle(port: int, end: float, fates: Counter[str]) -> None:
    """Hold a connection and say nothing; when it is closed, open another."""
    reader, writer = await _open(port)
    fates[await _answer(reader, end - time.monotonic())] += 1
    writer.close()


async def _drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, drop: bytes, end: float, fates: Counter[str]) -> None:
    fate = "held open"
    while fate == "held open" and time.monotonic() < end:
        writer.write(drop)
        await writer.drain()
        fate = await _answer(reader, min(2, max(.1, end - time.monotonic())))
    fates[fate] += 1
    writer.close()


async def slow_head(port: int, end: float, fates: Counter[str]) -> None:
    """Send one line of a head every two seconds, and never the last."""
    reader, writer = await _open(port)
    writer.write(b"GET /kurume/ HTTP/1.1\r\nHost: x\r\n")
    await _drip(reader, writer, b"X-More: 1\r\n", end, fates)


async def slow_body(port: int, end: float, fates: Counter[str]) -> None:
    """Promise a body of 100 KB and send a byte of it every two seconds."""
    reader, writer = await _open(port)
    writer.write(b"POST /kurume/say HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                 b"Content-Length: 100000\r\n\r\nsaid=")
    await _drip(reader, writer, b"a", end, fates)


async def huge_body(port: int, end: float, fates: Counter[str], head: bytes = b"Content-Length: 1000000000") -> None:
    """Send as much of a body of 1 GB as is taken; what is said early is an answer."""
    reader, writer = await _open(port)
    writer.write(b"POST /kurume/say HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
    piece, sent = b"a" * 65536, 0
    if b"chunked" in head:
        piece = b"10000\r\n" + piece + b"\r\n"
    told = asyncio.ensure_future(_answer(reader, max(1, end - time.monotonic())))
    with contextlib.suppress(OSError):
        while sent < HUGE and not told.done():
            writer.write(piece)
            await writer.drain()
            sent += len(piece)
            await asyncio.sleep(0)
    fate = await told
    fates[f"{fate} after {sent / 1e6:.0f} MB" if sent > 10e6 else f"{fate} within 10 MB"] += 1
    writer.close()


async def huge_chunks(port: int, end: float, fates: Counter[str]) -> None:
    """Send the same in pieces, without saying how much it will be."""
    await huge_body(port, end, fates, b"Transfer-Encoding: chunked")


async def many(port: int, end: float, fates: Counter[str]) -> None:
    """Ask for a page as fast as answers come, twenty at once on one connection."""
    reader, writer = await _open(port)
    while time.monotonic() < end:
        writer.write(b"GET /kurume/ HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
        await writer.drain()
        for _ in range(20):
            line = await reader.readline()
            if not line:
                fates["closed"] += 1
                return
            fates[f"status {line.split()[1].decode()}"] += 1
            length = 0
            chunked = False
            while (line := await reader.readline()) not in (b"\r\n", b""):
                name, _, value = line.lower().partition(b":")
                length = int(value) if name == b"content-length" else length
                chunked = chunked or (name == b"transfer-encoding")
            while chunked and (size := int(await reader.readline(), 16)):
                await reader.readexactly(size + 2)
            if chunked:
                await reader.readline()
            await reader.readexactly(length)
    writer.close()


async def heads(port: int, end: float, fates: Counter[str]) -> None:
    """Send heads of 300 lines of 8 KB as fast as they are taken."""
    reader, writer = await _open(port)
    with contextlib.suppress(OSError):
        writer.write(b"GET /kurume/ HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: " % n + b"a" * 8000 + b"\r\n" for n in range(300)) + b"\r\n")
        await writer.drain()
    fates[await _answer(reader)] += 1
    writer.close()


def flood(harm: Asks, connections: int, port: int, seconds: float, told: Queue[Counter[str]]) -> None:
    """Do harm over some connections at once, each begun anew when it ends."""
    fates: Counter[str] = Counter()
    end = time.monotonic() + seconds

    async def again() -> None:
        while time.monotonic() < end:
            try:
                await harm(port, end, fates)
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
                fates[type(error).__name__] += 1
                await asyncio.sleep(.05)

    async def everybody() -> None:
        tasks: list[Coroutine[Any, Any, None]] = [again() for _ in range(connections)]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*tasks), seconds + 2)
    asyncio.run(everybody())
    told.put(fates)


FLOODS: dict[str, tuple[Asks, int]] = {
    "1,000 idle connections": (idle, IDLE),
    "2,000 slow heads": (slow_head, SLOW),
    "1,000 slow bodies": (slow_body, IDLE),
    "bodies of 1 GB, 8 at once": (huge_body, 8),
    "the same in chunks": (huge_chunks, 8),
    "one address, as fast as it can": (many, 8),
    "heads of 2.4 MB, 50 at once": (heads, 50),
}


def main() -> None:
    """Print a row for the calm and for each flood, with nginx as Debian sets it and with more connections."""
    if not nginx():
        print("nginx がありません（apt-get install nginx-light）。飛ばします。")
        return
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)       # nginx' processes are another account's when it was started by root
        instance = Instance(Path(name), "flooded", proxies=1)
        visitor = cookie(instance.port)
        visit(instance.port, visitor, 2)
        try:
            for connections in (DEBIAN, RAISED):
                folder = Path(name) / str(connections)
                folder.mkdir()
                relay = Nginx(folder, [instance.port, instance.port], connections)
                try:
                    _measure(f"worker_connections {connections}", relay.port, visitor)
                finally:
                    relay.end()
        finally:
            instance.gone()


def _measure(title: str, port: int, visitor: str) -> None:
    print(f"\n{title}\n{'':32}{'served':>8} {'asked':>6} {'p50 ms':>8} {'p99 ms':>8}  {'of calm: p50, p99':13}", flush=True)
    calm = visit(port, visitor, SECONDS)
    print(f"{'calm':32}{calm.row()}", flush=True)
    for name, (harm, connections) in FLOODS.items():
        told: Queue[Counter[str]] = multiprocessing.Queue()
        other = multiprocessing.Process(target=flood, args=(harm, connections, port, SECONDS + 1, told))
        other.start()
        time.sleep(1)
        seen = visit(port, visitor, SECONDS)
        fates = told.get(timeout=60)
        other.join(20)
        print(f"{name:32}{seen.row(calm)}\n{'':34}the flood: {dict(fates.most_common(4))}", flush=True)


if __name__ == "__main__":
    main()
