"""Lighthouse on a phone: performance, accessibility, best practices and SEO of the pages that people see most.

Lighthouse comes from npm into a temporary folder and runs with the Chromium of this machine, on its own phone
settings (a slow line and a slow processor, simulated); what is below 100 is listed with its reasons.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench.server import APPS, Server, cookie

VERSION = "12.2.1"        # the last line that runs on Node 18 to 20
PAGES = {"start": "/kurume/", "results": "/kurume/results", "program": "/kurume/programs/jido-fuyo-teate",
         "mylist": "/kurume/mylist#p=jido-fuyo-teate,jido-teate", "chat": "/kurume/chat"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LONGEST = 240             # seconds for one page
ROUNDS = 3                # the middle one is shown: whatever else the machine does weighs on a processor that is made four times slower


def main() -> None:
    """Print the four figures of each page, and why one is below 100."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not shutil.which("npm") or not browser:
        print("npm（Node 18 以上）か chromium がありません。飛ばします。")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        got = subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", name, f"lighthouse@{VERSION}"],
                             env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}, capture_output=True, text=True, check=False)
        if got.returncode:
            print(f"lighthouse@{VERSION} を npm から入れられません。飛ばします。")
            return
        (folder / "ours.py").write_text(APPS["ours"])
        server = Server("gunicorn", "ours", folder)
        try:
            headers = folder / "headers.json"
            # As a phone in Japan: asked in English, a page says that its English address is the one to find, and is marked down for it.
            headers.write_text(json.dumps({"Cookie": cookie(server.port), "Accept-Language": "ja"}))
            print(f"lighthouse {VERSION}, phone" + "".join(f"{one:>16}" for one in CATEGORIES))
            for page, path in PAGES.items():
                _show(page, [_report(folder, f"http://127.0.0.1:{server.port}{path}", browser, headers) for _ in range(ROUNDS)])
        finally:
            server.end()


def _report(folder: Path, address: str, browser: str, headers: Path) -> dict[str, Any] | None:
    out = folder / "report.json"
    out.unlink(missing_ok=True)
    command = [str(folder / "node_modules" / ".bin" / "lighthouse"), address, "--quiet", "--output=json", f"--output-path={out}",
               f"--only-categories={','.join(CATEGORIES)}", f"--extra-headers={headers}",
               "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    try:
        subprocess.run(command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return None
    if not out.exists():
        return None
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def _speed(report: dict[str, Any]) -> float:
    return float(report["categories"]["performance"]["score"] or 0)


def _show(page: str, tried: list[dict[str, Any] | None]) -> None:
    reports = sorted(filter(None, tried), key=_speed)
    if not reports:
        print(f"{page:24}  no report")
        return
    report = reports[len(reports) // 2]
    categories = report["categories"]
    scores = [categories[one]["score"] for one in CATEGORIES]
    print(f"{page:24}" + "".join(f"{'–' if one is None else round(one * 100):>16}" for one in scores)
          + f"    performance {_speed(reports[0]) * 100:.0f} to {_speed(reports[-1]) * 100:.0f}", flush=True)
    for one in CATEGORIES:
        for part in categories[one]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1 and categories[one]["score"] != 1:
                print(f"    {one}: {audit['title']} {audit.get('displayValue', '')} ({audit['score']:.2f} of weight {part['weight']})")
