"""How long it starts, what a worker weighs in memory, and how large the installed environment is."""

from __future__ import annotations

import importlib.metadata
import re
import tempfile
import urllib.request
from pathlib import Path

from bench.figures import Row, keep
from bench.server import APPS, Server, cookie
from finder.settings import ROOT

STARTS, ASKED = 5, 40
PAGES = ("", "results", "programs", "contacts", "programs/jido-teate")


def main() -> None:
    """Print and keep the figures."""
    rows: list[Row] = []
    about: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ours.py").write_text(APPS["ours"])
        starts = []
        for _ in range(STARTS + 1):
            server = Server("gunicorn", "ours", folder)
            starts.append(server.started)
            server.end()
        about = {"first_start_s": starts[0], "start_s": min(starts[1:]), "start_longest_s": max(starts[1:])}
        for workers, kind in enumerate(("gunicorn", "gunicorn, 2 workers", "gunicorn, 3 workers"), 1):
            server = Server(kind, "ours", folder)
            try:
                visit = cookie(server.port)
                for n in range(ASKED * workers):
                    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{server.port}/kurume/{PAGES[n % len(PAGES)]}",
                                                                  headers={"Cookie": visit})).read()
                about[f"memory_{workers}_mb"] = server.memory()
            finally:
                server.end()
    about["memory_each_mb"] = (about["memory_3_mb"] - about["memory_1_mb"]) / 2
    sizes = {name: _size(name) for name in _required()}
    about["environment_mb"] = sum(sizes.values())
    rows += [{"package": name, "mb": size} for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:6]]
    keep("footprint", "python -m bench footprint", rows, **about)
    for key, value in {**about, **{str(row["package"]): float(row["mb"]) for row in rows}}.items():
        print(f"{key:24} {value:10.2f}")


def _required() -> list[str]:
    return [line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line and not line.startswith("#")]


def _size(name: str) -> float:
    """Return what a package and its compiled files take on disk, in MB."""
    folders: set[Path] = set()
    total = 0
    for file in importlib.metadata.files(re.sub(r"\[.*", "", name)) or ():
        path = Path(str(file.locate()))
        if path.is_file() and path.suffix != ".pyc":
            total += path.stat().st_size
            folders.add(path.parent)
    total += sum(p.stat().st_size for folder in folders for p in folder.glob("__pycache__/*.pyc") if folder.name != "site-packages")
    return total / 1e6


if __name__ == "__main__":
    main()
