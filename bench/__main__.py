"""`python -m bench [name …]`: run all measurements, or the named ones."""

import importlib
import sys

NAMES = ("turn", "ranking", "understanding", "interview", "timeline", "furigana", "guidebook", "plans", "server", "carrying",
         "two_instances", "floods", "lighthouse")

for name in sys.argv[1:] or NAMES:
    print(f"\n== {name} ==", flush=True)
    importlib.import_module(f"bench.{name}").main()
