"""Walk every page and state as the browser tests do, and write what was found to data/measured/accessibility.toml.

The page `/accessibility` shows these figures; tests/test_accessibility.py fails while they are not those of the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys

from finder.measured import RECORD
from finder.settings import ROOT


def main() -> None:
    """Run the tests, write the record anew, and print it."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_accessibility.py"]
    said = subprocess.run(command, cwd=ROOT, env={**os.environ, "WRITE_RECORD": "1"}, capture_output=True, text=True, check=False)
    print(said.stdout.strip().rpartition("\n")[2])
    print((ROOT / "data" / RECORD).read_text(encoding="utf-8"))
