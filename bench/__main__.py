"""`python -m bench [name …]`: run all measurements, or the named ones; `performance`: those of docs/performance.md."""

import importlib
import sys

NAMES = ("turn", "ranking", "understanding", "interview", "timeline", "furigana", "guidebook", "plans", "server", "carrying",
         "two_instances", "floods", "lighthouse", "servers", "engines", "nation", "footprint", "phone", "report")
PERFORMANCE = ("turn", "server", "servers", "engines", "nation", "footprint", "phone", "report")      # what docs/performance.md tells

for name in PERFORMANCE if sys.argv[1:] == ["performance"] else sys.argv[1:] or NAMES:
    print(f"\n== {name} ==", flush=True)
    importlib.import_module(f"bench.{name}").main()
