"""Servers side by side under the same four loads: gunicorn with other workers and threads, and granian.

What is not installed is left out (bench/requirements.txt).
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from pathlib import Path

from bench import server
from bench.figures import keep

SECONDS = 2               # of each load: there are many
COMPARED = ("gunicorn", "gunicorn, 2 workers", "gunicorn, 16 threads", "granian", "granian, 1 thread", "granian, 2 workers")


def main() -> None:
    """Print and keep the loads of every server."""
    if not shutil.which("wrk"):
        print("wrk がありません（apt-get install wrk）。飛ばします。")
        return
    server.SECONDS = SECONDS
    rows: list[dict[str, str | int | float]] = []
    for name in COMPARED:
        if importlib.util.find_spec(name.split(",")[0]):
            with tempfile.TemporaryDirectory() as folder:
                loads, about = server.measure(name, Path(folder), few=True)
            rows += [{**row, **about} for row in loads]
    keep("servers", "python -m bench servers", rows, seconds=SECONDS)


if __name__ == "__main__":
    main()
