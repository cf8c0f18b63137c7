"""How long a published version takes from the folder into the pages of another instance, and how large its file is."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import closing
from pathlib import Path

from finder.dialogue import warm
from finder.settings import ROOT
from finder.store import carry, contents, open_library, open_store, publish


def main() -> None:
    """Print the size of the file, and the seconds of each step with all of data/, one program's name changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_library(folder / "one.db", ROOT / "data")
        with closing(open_store(folder / "one.db")) as store:
            carry(store, folder / "versions")
            other = open_library(folder / "other.db", ROOT / "data", folder / "versions")
            for municipality in other.municipalities:
                other.catalog(municipality)
            raw = json.loads(json.dumps(contents(store, 1)))
            next(iter(raw["municipalities"]["40203-kurume"]["programs"].values()))["name"] += "（新）"
            publish(store, raw)
            begin = time.perf_counter()
            carry(store, folder / "versions")
            carried = time.perf_counter() - begin
        begin = time.perf_counter()
        assert other.refresh(1e9, warm)
        taken = time.perf_counter() - begin
        size = max(p.stat().st_size for p in (folder / "versions").glob("*.version"))
        begin = time.perf_counter()
        for n in range(100):
            other.refresh(2e9 + n, warm)
        look = (time.perf_counter() - begin) / 100
        print(f"file {size / 1e6:.2f} MB; carried {carried:.2f} s; taken up and warm {taken:.2f} s; "
              f"a look that finds nothing {look * 1000:.2f} ms")


if __name__ == "__main__":
    main()
