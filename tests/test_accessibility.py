"""Everyone can use it: axe-core and our own checks on every page and state of every face; the keyboard; what is announced."""

from __future__ import annotations

import os
import threading
import tomllib
from datetime import date

import pytest
from argon2 import PasswordHasher
from conftest import ROOT, TODAY
from walked import PHONE, Walk, family, record, rules_of, short, walk_everywhere
from werkzeug.serving import make_server

from app import create_app
from finder.faces import kiosk
from finder.settings import Settings

axe = pytest.importorskip("axe_playwright_python.base")
pytestmark = pytest.mark.browser
RECORD = ROOT / "data" / "measured" / "accessibility.toml"

# Routes that are no page to look at.
NO_PAGE = {
    "/static/<path:filename>": "a file",
    "/<municipality>/logo-<mark>.<kind>": "a picture",
    "/<municipality>/look-<mark>.css": "a style sheet",
    "/<municipality>/ask": "leads on to a question",
    "/<municipality>/manifest.webmanifest": "for the phone's first screen", "/manifest.webmanifest": "for the phone's first screen",
    "/sw.js": "a script", "/kiosk/<municipality>/worker.js": "a script",
    "/healthz": "one word for a script", "/readyz": "one word for a script", "/metrics": "for machines",
    "/<municipality>/closing.ics": "a file for calendars", "/<municipality>/open-data/metadata.json": "for programs",
    "/<municipality>/open-data/<name>": "a file to download",
    "/<municipality>/programs/<program_id>.jsonld": "for programs",
    "/sitemap.xml": "for search engines", "/<municipality>/sitemap.xml": "for search engines",
    "/api/v1/municipalities": "for programs",
    "/api/v1/municipalities/<municipality>/departments": "for programs",
    "/api/v1/municipalities/<municipality>/programs": "for programs",
    "/api/v1/municipalities/<municipality>/programs/<program_id>": "for programs",
    "/api/v1/openapi.json": "for programs",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The application with its counter open and staff who may sign in, served on this machine."""
    folder = tmp_path_factory.mktemp("accessibility")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("finder.store.accounts._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        app = create_app(Settings(store=folder / "finder.db", secret="a secret of more than 32 letters!", today=TODAY,
                                  counter="network", limits="off"))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield app, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def context(browser, served):
    """One browser window for the whole module; the policy for scripts is lifted, since axe-core is one from elsewhere."""
    made = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, base_url=served[1], locale="ja-JP", bypass_csp=True,
                               reduced_motion="reduce", service_workers="block")
    made.base = served[1]
    yield made
    made.close()


@pytest.fixture(scope="module")
def walked(served, context):
    """Every page and state, walked once."""
    walk = Walk(context.new_page(), served[0], axe.AXE_SCRIPT)
    walk_everywhere(walk)
    walk.page.close()
    return walk


def test_every_route_is_walked_or_is_no_page(served, walked):
    assert rules_of(served[0]) - walked.routes == set(NO_PAGE)


def test_axe_finds_nothing_in_any_state(walked):
    assert not walked.violations, "\n" + short(walked.violations)


def test_each_state_has_one_heading_right_languages_and_tied_errors(walked):
    assert not walked.ours, "\n" + short(walked.ours)


def test_with_more_space_between_letters_and_lines_nothing_is_cut(walked):
    assert not walked.cut, "\n" + short(walked.cut)


def test_at_four_hundred_percent_nothing_scrolls_sideways(walked):
    assert not walked.sideways, "\n" + short(walked.sideways)


def test_pages_are_told_apart_by_their_titles(walked):
    assert {title: at for title, at in walked.titles.items() if len(at) > 1} == {}


def test_on_a_phone_what_is_touched_is_44_pixels_high(walked):
    assert not walked.small, "\n" + short(walked.small)


def test_the_record_is_of_these_pages(walked):
    """The page /accessibility shows the record: `python -m bench accessibility` writes it anew."""
    found = record(walked, date.today().isoformat())
    if "WRITE_RECORD" in os.environ:
        RECORD.parent.mkdir(exist_ok=True)
        RECORD.write_text(found, encoding="utf-8")
    kept = tomllib.loads(RECORD.read_text(encoding="utf-8"))
    assert kept == {**tomllib.loads(found), "on": kept["on"]}


# --- by keyboard -----------------------------------------------------------------------------------

REACHED = """() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
  const e = document.activeElement, place = all.indexOf(e);
  if (e === document.body) return { all: all.length, place };
  const drawn = getComputedStyle(e.matches('.tile input') ? e.nextElementSibling : e), box = e.getBoundingClientRect();
  const seen = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].some(([x, y]) => {
    const at = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return at && (e.contains(at) || at.contains(e)) });
  return { all: all.length, place, what: `${e.tagName} ${e.id} ${e.textContent.trim().slice(0, 20)}`, seen,
    ring: drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2 } }"""


@pytest.fixture
def page(context):
    made = context.new_page()
    context.clear_cookies()
    yield made
    made.close()


@pytest.mark.parametrize("path", ["/kurume/", "/kurume/ask/needs", "/kurume/ask/children", "/kurume/chat", "/kurume/results", "/kurume/timeline",
                                  "/kurume/counter", "/admin/sign-in"])
def test_tab_goes_to_everything_in_its_order_and_is_always_seen(page, path):
    family(page)
    page.goto(path)
    places, first = [], page.evaluate(REACHED)
    for _ in range(first["all"] + 8):      # a date field has several stops
        page.keyboard.press("Tab")
        at = page.evaluate(REACHED)
        if at["place"] in (-1, *places[:-1]):
            break
        places += [at["place"]] if at["place"] not in places else []
        assert at.get("seen"), f"hidden: {at}"
        assert at["ring"], f"without a ring: {at}"
    assert places == list(range(first["all"]))


def test_what_is_closed_gives_the_focus_back(page, monkeypatch):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/kurume/counter")
    page.locator("#help").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('#keys').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "help"
    monkeypatch.setattr(kiosk, "IDLE", .5)
    page.goto("/kiosk/kurume/")
    page.goto("/kurume/")
    page.locator("#said").focus()
    page.locator("#still-there").wait_for()
    assert page.evaluate("document.activeElement.closest('[role=alertdialog]').id") == "still-there"
    assert page.locator("#seconds-told").inner_text() == "あと20秒です。"
    assert page.locator("#seconds-told").get_attribute("role") == "status"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "said"


def test_what_changes_is_heard_and_the_focus_goes_there(page):
    page.goto("/kurume/chat")
    heard = page.locator("#heard[role=status]").element_handle()
    page.fill("#said", "小2の子のシングルマザーです")
    page.locator("form.write button").focus()
    page.keyboard.press("Enter")
    page.locator("#reply:focus").wait_for()
    assert heard.evaluate("e => e.isConnected && e.textContent").startswith("まず見てほしい支援です")
    page.goto("/kurume/results")
    page.locator(".card summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".card details").first.get_attribute("open") is not None
    assert page.evaluate("document.activeElement.matches('summary')")
