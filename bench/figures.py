"""Figures of the measurements: kept in data/measured/, each with its day, its machine and what ran, so that the page can be made again."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from finder.settings import ROOT

FOLDER = ROOT / "data" / "measured"
Row = Mapping[str, str | int | float | bool]


def machine() -> str:
    """Return what it was measured on: processors, memory, system, Python."""
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    kind = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return (f"{os.cpu_count()} cores ({kind[1].strip() if kind else platform.machine()}), {int(memory[1]) / 1e6 if memory else 0:.0f} GB, "
            f"{platform.system()}, Python {platform.python_version()}")


def keep(name: str, ran: str, rows: Sequence[Row], **about: str | int | float) -> None:
    """Write what was measured under a name; `ran` is what was run."""
    lines = [f"# Measured; written anew by `{ran}`, never by hand.", f"on = {date.today().isoformat()}"]
    commit = subprocess.run(["git", "log", "-1", "--format=%h", "--", "finder", "app.py", "templates", "deploy"], cwd=ROOT, capture_output=True,
                            text=True, check=False).stdout.strip()      # the last change of what is measured
    load = os.getloadavg()[0]
    about = {"ran": ran, "commit": commit, "machine": machine(), "load_after": round(load, 1), **about}
    lines += [f"{key} = {_written(value)}" for key, value in about.items()]
    for row in rows:
        lines += ["", "[[row]]", *(f"{key} = {_written(value)}" for key, value in row.items())]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def kept(name: str) -> dict[str, Any]:
    """Return what was measured last under a name: `on`, `ran`, `machine`, …, and its `row`s; empty when nothing was."""
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _written(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{value:.4g}" if isinstance(value, float) and abs(value) < 1000 else str(round(value))
