"""The first pages on a phone: Chromium with a processor four times slower and a slow 4G line; weight and time.

The line is that of Chromium's own tools: 562.5 ms there and back, 1.44 Mbit/s down, 0.675 Mbit/s up; nothing is in the cache.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench.figures import Row, keep
from bench.server import APPS, Server, cookie

PAGES = {"start page": "/kurume/", "results page": "/kurume/results", "list of programs": "/kurume/programs"}
LINE = {"offline": False, "latency": 562.5, "downloadThroughput": 1_440_000 / 8, "uploadThroughput": 675_000 / 8}
SLOWER, ROUNDS = 4, 3
SEEN = """() => new Promise(done => {
  const first = performance.getEntriesByName('first-contentful-paint')[0], way = performance.getEntriesByType('navigation')[0];
  new PerformanceObserver(list => done({ first: first.startTime, largest: list.getEntries().at(-1).startTime, loaded: way.loadEventEnd }))
    .observe({ type: 'largest-contentful-paint', buffered: true }) })"""


def main() -> None:
    """Print and keep, for each page, what went over the line and when its first and largest part were seen."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("playwright がありません（tests/requirements.txt）。飛ばします。")
        return
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        print("chromium がありません。飛ばします。")
        return
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "ours.py").write_text(APPS["ours"])
        server = Server("gunicorn", "ours", folder)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        try:
            visit = cookie(server.port)
            for page, path in PAGES.items():
                tried = [_visit(browser, f"http://127.0.0.1:{server.port}{path}", visit) for _ in range(ROUNDS)]
                row = {key: statistics.median(one[key] for one in tried) for key in tried[0]}
                rows.append({"page": page, **row})
                print(f"{page:20}" + "".join(f"  {key} {value:8.1f}" for key, value in row.items()), flush=True)
        finally:
            browser.close()
            server.end()
    keep("phone", "python -m bench phone", rows, slower=SLOWER, rounds=ROUNDS)


def _visit(browser: Any, address: str, visit: str) -> dict[str, float]:
    name, _, value = visit.partition("=")
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, locale="ja-JP")
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    tools = context.new_cdp_session(page)
    sent: list[float] = []
    tools.on("Network.loadingFinished", lambda told: sent.append(told["encodedDataLength"]))
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", LINE)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)
    seen = page.evaluate(SEEN)
    context.close()
    return {"requests": len(sent), "kb": sum(sent) / 1000, "first_seen_s": seen["first"] / 1000, "largest_seen_s": seen["largest"] / 1000,
            "loaded_s": seen["loaded"] / 1000}


if __name__ == "__main__":
    main()
