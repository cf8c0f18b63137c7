"""What the tests share: bounded property tests, and the real catalog, read once."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from werkzeug.serving import make_server

from app import create_app
from finder.building import NATION, build_catalog
from finder.catalog import Catalog
from finder.command_line import main
from finder.files import Folder, read_folder
from finder.settings import Settings
from finder.store import contents, open_store, publish

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SHOWN = 15      # how many problems of data/ a failing test prints

# `bounded` is the same everywhere and every time; HYPOTHESIS_PROFILE=wide looks further, anew.
settings.register_profile("bounded", max_examples=80, deadline=None, derandomize=True)
settings.register_profile("wide", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "bounded"))


@pytest.fixture(scope="session")
def real_folder() -> Folder:
    """data/ as `read_folder` gives it, with whatever is wrong with it."""
    return read_folder(DATA)


@pytest.fixture(scope="session")
def real_catalogs(real_folder: Folder) -> dict[str, Catalog]:
    """Every municipality's catalog; fails with the list of problems while data/ has any."""
    if real_folder.problems:
        shown = "\n  ".join(str(p) for p in real_folder.problems[:SHOWN])
        pytest.fail(f"data/ に {len(real_folder.problems)} 件の問題があるので、実際の制度での試験ができません。"
                    f"先に data/ を直してください:\n  {shown}", pytrace=False)
    folders = [name for name in real_folder.raw["municipalities"] if name != NATION]
    return {name: build_catalog(real_folder.raw, name) for name in folders}


TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The whole application over the real data, on a fixed day."""
    folder = tmp_path_factory.mktemp("instance")
    return create_app(Settings(store=folder / "finder.db", secret="a secret of more than 32 letters!", today=TODAY))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, with a cookie jar of its own."""
    return app.test_client()


@pytest.fixture(scope="session")
def live(app: Flask) -> Iterator[str]:
    """The address of the application, served on this machine for real browsers and clients."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def two_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run commands in: the data of one city, and a store with two versions of it."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("40203-*", "40216-*", "39201-*", "33208-*", "translations"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FINDER_DATA", "data")
    monkeypatch.setenv("FINDER_STORE", "finder.db")
    assert main(["catalog", "publish"]) == 0
    with closing(open_store(tmp_path / "finder.db")) as store:
        publish(store, {**contents(store, 1), "plans": {}})
    return tmp_path


# --- a real browser -------------------------------------------------------------------------------

PICTURES = ROOT / "artefacts"
SIZES = {"phone": (360, 740), "tall": (390, 844), "tablet": (768, 1024), "desk": (1280, 800), "wide": (1920, 1080), "kiosk": (1080, 1920)}
WAYS = [("phone", False), ("phone", True), ("tall", True), ("tablet", False), ("desk", True), ("wide", True)]      # a size, with JavaScript?


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a test with a real browser a second go: on a busy machine a page is now and then later than anybody waits."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium, once for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "chromium がありません。make test が入れます（または WITHOUT_BROWSER=1 make test）。"
    PICTURES.mkdir(exist_ok=True)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(params=WAYS, ids=lambda p: f"{p[0]}-{'script' if p[1] else 'plain'}")
def page(request: pytest.FixtureRequest, browser: Any, live: str) -> Iterator[Any]:
    """A page at each size, some without JavaScript; it asks no other host."""
    size, script = request.param
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script,
                                  locale="ja-JP", base_url=live)
    page = context.new_page()
    page.picture = lambda name: page.screenshot(path=PICTURES / f"{size}-{name}.png", full_page=True)
    elsewhere: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(live) else elsewhere.append(r.url))
    yield page
    assert elsewhere == [], "a page asked another host"
    context.close()


def fits(page: Any) -> None:
    """Nothing is wider than the screen."""
    width = page.viewport_size["width"]
    box = page.locator("body").bounding_box()
    assert box["width"] <= width
    for part in ("main", ".foot", ".top"):
        assert page.locator(part).bounding_box()["width"] <= width


def faint_words(page: Any) -> list[Any]:
    """Every visible text whose contrast with its ground is below 4.5:1 (JIS X 8341-3 / WCAG AA)."""
    found: list[Any] = page.evaluate("""() => {
      const parse = c => c.match(/[\\d.]+/g).map(Number);
      const lum = ([r, g, b]) => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 };
        return .2126 * f(r) + .7152 * f(g) + .0722 * f(b) };
      const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
        if (c.length < 4 || c[3] > 0) return c } return [255, 255, 255] };
      const bad = [];
      for (const e of document.querySelectorAll('body *')) {
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
        if (!e.checkVisibility()) continue;
        const a = lum(parse(getComputedStyle(e).color)), b = lum(ground(e));
        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        if (ratio < 4.5) bad.push([e.className, e.textContent.trim().slice(0, 20), ratio.toFixed(2)]);
      }
      return bad }""")
    return found


KEPT = """async () => {
  const pages = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) pages.push([name, new URL(request.url).pathname, await (await cache.match(request)).text()]);
  }
  return pages;
}"""


def kept_by(page: Any) -> list[tuple[str, str, str]]:
    """Every page in every cache of the browser: cache, path, contents."""
    found: list[tuple[str, str, str]] = page.evaluate(KEPT)
    return found


def until(true: Callable[[], Any], seconds: float = 10) -> None:
    """Wait for what a worker does in its own time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(.05)
