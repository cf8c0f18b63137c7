"""The kiosk: large targets, nothing that leads away, and no trace of the last person for the next."""

import json
import re
import threading
from dataclasses import replace

import pytest
from conftest import PICTURES, faint_words, fits, kept_by, until
from test_resident import go
from werkzeug.serving import make_server

from finder.faces import kiosk
from finder.languages import LANGUAGES
from finder.serving import list_address

BEGIN = "/kiosk/kurume/"
SECRET = "夫に殴られています。小5の子がいます"


def test_each_person_begins_a_round_of_their_own(client):
    marks = set()
    for _ in range(3):
        html = client.get(BEGIN).get_data(as_text=True)
        marks.add(re.search(r'data-round="(kurume\.[\w-]{16})"', html)[1])
    assert len(marks) == 3


def test_beginning_leaves_nothing_of_the_last_person(client):
    client.get(BEGIN)
    go(client, "say", said=SECRET)
    client.get("/kurume/?lang=vi")
    html = client.get(BEGIN).get_data(as_text=True)
    assert client.get_cookie("visit") is None
    assert client.get_cookie("language") is None
    assert '<html lang="ja"' in html
    assert "小5" not in client.get("/kurume/chat").get_data(as_text=True)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_of_another_site_clears_nothing_and_makes_no_kiosk_until_somebody_presses(client, site):
    go(client, "say", said=SECRET)
    before = client.get_cookie("visit").value
    door = client.get(BEGIN, headers={"Sec-Fetch-Site": site})
    assert (door.status_code, door.headers.getlist("Set-Cookie"), door.headers["Cache-Control"]) == (200, [], "no-store")
    assert 'class="kiosk"' not in door.text and f'action="{BEGIN}clear"' in door.text and "小5" not in door.text
    assert client.get_cookie("visit").value == before
    pressed = client.post(f"{BEGIN}clear", headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=True)
    assert 'class="kiosk"' in pressed.text and client.get_cookie("visit") is None


@pytest.mark.parametrize("site", ["none", "same-origin", "cross-site", None])
def test_on_a_kiosk_the_beginning_clears_however_it_is_reached(client, site):
    client.get(BEGIN, headers={"Sec-Fetch-Site": "none"})
    go(client, "say", said=SECRET)
    assert 'data-beginning="1"' in client.get(BEGIN, headers={"Sec-Fetch-Site": site} if site else {}).text
    assert client.get_cookie("visit") is None


def test_the_end_of_a_round_clears_all_that_a_browser_keeps(client):
    client.get(BEGIN)
    response = client.post("/kiosk/kurume/clear")
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.headers["Location"] == BEGIN


def test_a_visit_on_a_kiosk_is_gone_with_the_browser(client):
    client.get(BEGIN)
    cookie = client.post("/kurume/ask/single_parent", data={"choice": "0"}).headers["Set-Cookie"]
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie


@pytest.mark.parametrize("path", ["", "chat", "results", "contacts", "programs", "programs/jido-fuyo-teate", "sheet", "answers",
                                  "accuracy", "report?program=jido-fuyo-teate", "report/thanks"])
def test_nothing_on_a_kiosk_leads_away(client, path):
    client.get(BEGIN)
    go(client, "say", said=SECRET)
    html = client.get(f"/kurume/{path}").get_data(as_text=True)
    assert "tel:" not in html
    assert not re.search(r'href="https?:', html)
    assert 'class="kiosk"' in html


def test_a_page_of_the_city_is_a_code_for_ones_own_phone(client):
    client.get(BEGIN)
    html = client.get("/kurume/programs/jido-fuyo-teate").get_data(as_text=True)
    assert '<details class="code">' in html
    assert "<svg" in html


@pytest.mark.parametrize("path", ["results", "timeline"])
def test_the_list_is_taken_along_as_a_code_that_holds_no_answer(client, path):
    client.get(BEGIN)
    go(client, "say", said="小5の子がいます。お金が心配")
    assert "この一覧を持ち帰れます" in client.get(f"/kurume/{path}").get_data(as_text=True)
    with client.application.test_request_context():
        address = list_address("kurume", ["jido-teate", "shugaku-enjo"], "vi")
    assert address == "http://localhost/kurume/mylist?lang=vi#p=jido-teate,shugaku-enjo"


def test_the_timetable_on_a_kiosk_has_nothing_to_download_or_print_and_a_code_that_a_phone_reads(client, monkeypatch):
    def page():
        return client.get("/kurume/timeline").get_data(as_text=True)
    go(client, "say", said="4か月の赤ちゃんと年長の子がいます")
    assert "timeline.ics" in page() and "はがき" in page()
    client.get(BEGIN)
    go(client, "say", said="4か月の赤ちゃんと年長の子がいます")
    links = []
    monkeypatch.setattr("finder.faces.resident.timetable.list_address", lambda *said: links.append(list_address(*said)) or links[-1])
    shown = page()
    assert 'class="kiosk"' in shown and "もし日付が" in shown
    assert "timeline.ics" not in shown and "はがき" not in shown and "印刷" not in shown
    ids = links[0].partition("#p=")[2].split(",")
    assert len(ids) == 12 and len(set(ids)) == 12


@pytest.mark.parametrize("printer", [False, True])
def test_a_kiosk_prints_only_where_a_printer_stands_and_ends_with_the_end(client, app, monkeypatch, printer):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], kiosk_printer=printer))
    client.get(BEGIN)
    go(client, "say", said="小5の子がいます。お金が心配")
    results = client.get("/kurume/results").get_data(as_text=True)
    assert ("/kurume/sheet" in results) is printer
    assert results.index("この一覧を持ち帰れます") < results.rindex(f'action="{BEGIN}clear"')
    sheet = client.get("/kurume/sheet").get_data(as_text=True)
    assert ('id="print"' in sheet) is printer
    assert "ブラウザーの「印刷」" not in sheet


@pytest.mark.parametrize("mark", ["", "x", "kurume.short", "a/b.0123456789abcdef", "kurume.0123456789abcde<"])
def test_a_mark_that_was_never_given_is_no_kiosk(client, mark):
    client.set_cookie("kiosk", mark)
    assert 'class="kiosk"' not in client.get("/kurume/").get_data(as_text=True)


def test_a_kiosk_of_a_city_that_is_not_served_is_not_there(client):
    assert client.get("/kiosk/atlantis/").status_code == 404
    assert client.post("/kiosk/atlantis/clear").status_code == 404


def served(app, port=0):
    """A server of its own, that can go away, and its address."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def stop(server):
    server.shutdown()
    server.server_close()


# --- on the screen ----------------------------------------------------------------------------------

@pytest.fixture(params=[(1080, 1920), (1920, 1080), (1280, 800)], ids=lambda p: f"{p[0]}x{p[1]}")
def screen(request, browser, live):
    context = browser.new_context(viewport={"width": request.param[0], "height": request.param[1]}, base_url=live,
                                  locale="ja-JP", has_touch=True)
    page = context.new_page()
    page.picture = lambda name: page.screenshot(path=PICTURES / f"kiosk-{request.param[0]}-{name}.png")
    page.goto(BEGIN)
    yield page
    context.close()


def follow(screen, way):
    """Touch what leads to another page, and wait for it."""
    with screen.expect_navigation():
        way.tap()


@pytest.mark.browser
def test_the_whole_way_by_touch_and_without_a_keyboard(screen):
    language = {1080: "ja", 1920: "vi", 1280: "easy"}[screen.viewport_size["width"]]
    screen.picture("1-begin")
    fits(screen)
    furigana = screen.locator(".languages-large").nth(1).bounding_box()
    assert furigana["y"] + furigana["height"] < screen.viewport_size["height"] - 110      # seen above the tools, without scrolling
    urgent = screen.locator(".begin .notice").bounding_box()
    assert urgent["y"] + urgent["height"] < screen.viewport_size["height"] - 110
    follow(screen, screen.locator(f".languages-large a[href$='lang={language}']").first)
    assert screen.locator("html").get_attribute("lang") == LANGUAGES[language].tag
    screen.picture("2-start")
    follow(screen, screen.locator("main a[href$='/kurume/ask']"))
    screen.locator("[value=money]").check()
    follow(screen, screen.locator("form:has(.tiles) .button.main"))
    screen.locator("#p0-age").tap()                       # what it unfolds is as large as all else, and within the screen
    second_year = screen.locator("#p0-age option[value='grade:小2']")
    second_year.scroll_into_view_if_needed()
    box = second_year.bounding_box()
    assert box["height"] >= 64 and 0 <= box["y"] <= screen.viewport_size["height"] - 64
    screen.picture("2-ages")
    second_year.tap()
    follow(screen, screen.locator("form:has(#p0-age) .button.main"))
    screen.picture("3-question")
    screen.goto("/kurume/results")
    screen.picture("4-results")
    fits(screen)
    assert small(screen) == []
    screen.goto("/kurume/timeline")
    screen.picture("8-timeline")
    fits(screen)
    assert small(screen) == []
    screen.locator(".code").scroll_into_view_if_needed()
    screen.picture("9-timeline-code")
    screen.goto("/kurume/results")
    follow(screen, screen.locator("main form[action$='/clear'] button"))
    assert screen.url.endswith(BEGIN)


@pytest.mark.browser
def test_without_scripts_the_way_is_whole_and_a_kiosk_left_alone_begins_anew(browser, live, monkeypatch):
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, base_url=live, locale="ja-JP", has_touch=True,
                                  java_script_enabled=False)
    page = context.new_page()
    page.goto(BEGIN)
    follow(page, page.locator(".languages-large a[href$='lang=vi']").first)
    follow(page, page.locator("main a[href$='/kurume/ask']"))
    page.locator("[value=money]").check()
    follow(page, page.locator("form:has(.tiles) .button.main"))
    page.locator("#p0-age").select_option("grade:小2")
    follow(page, page.locator("form:has(#p0-age) .button.main"))
    monkeypatch.setattr("finder.faces.kiosk.IDLE", 1)
    page.goto("/kurume/results")
    page.screenshot(path=PICTURES / "kiosk-1080-10-results-plain.png", full_page=True)
    assert page.locator(".card").count() > 5
    page.wait_for_url(f"**{BEGIN}", timeout=15_000)
    assert [c["name"] for c in context.cookies()] == ["kiosk"]
    page.goto("/kurume/answers")
    assert page.get_by_text("まだ答えていません").count() >= 5
    page.goto(BEGIN)
    assert page.locator("noscript").count() == 0
    context.close()


def small(screen):
    """Whatever is touched and is not as high as a finger needs."""
    return screen.evaluate("""() => [...document.querySelectorAll('a, button, summary, select')].filter(e => e.checkVisibility()
      && !e.closest('.skip')).map(e => [e.textContent.trim().slice(0, 20), Math.round(e.getBoundingClientRect().height)])
      .filter(([, height]) => height > 1 && height < 64)""")


@pytest.mark.browser
@pytest.mark.parametrize("screen", [(1280, 800)], indirect=True, ids=str)
def test_left_alone_it_asks_and_then_clears_everything(screen, monkeypatch):
    assert (kiosk.IDLE, kiosk.COUNTDOWN) == (60, 20)
    monkeypatch.setattr(kiosk, "IDLE", 3)
    monkeypatch.setattr(kiosk, "COUNTDOWN", 2)
    screen.goto("/kurume/")
    screen.fill("#said", SECRET)
    screen.get_by_role("button", name="さがす").tap()
    screen.locator(".danger").wait_for()
    screen.evaluate("localStorage.setItem('left', 'behind')")
    screen.get_by_text("続けますか？").wait_for()
    screen.picture("5-still-there")
    screen.get_by_role("button", name="続ける").tap()
    assert not screen.get_by_text("続けますか？").is_visible()
    screen.get_by_text("続けますか？").wait_for()
    screen.wait_for_url(f"**{BEGIN}")
    assert [c["name"] for c in screen.context.cookies()] == ["kiosk"]
    assert screen.evaluate("localStorage.length + sessionStorage.length") == 0
    screen.goto("/kurume/chat")
    assert screen.locator(".yours").count() == 0
    screen.goto("/kurume/answers")
    assert screen.get_by_text("まだ答えていません").count() >= 5


@pytest.mark.browser
@pytest.mark.parametrize("screen", [(1280, 800)], indirect=True, ids=str)
def test_in_danger_the_first_numbers_are_seen_without_scrolling(screen):
    screen.goto("/kurume/")
    screen.fill("#said", SECRET)
    screen.get_by_role("button", name="さがす").tap()
    screen.locator(".danger").wait_for()
    fold = screen.locator(".write").bounding_box()["y"]
    assert [screen.locator(".danger .number").nth(n).bounding_box()["y"] < fold - 64 for n in range(3)] == [True] * 3


@pytest.mark.browser
@pytest.mark.parametrize("screen", [(1280, 800)], indirect=True, ids=str)
def test_no_page_of_an_earlier_round_is_seen_again(screen):
    """Back and Forward lead to the beginning, and not for a moment is it seen what the last person looked at."""
    seen = []
    screen.expose_function("seen", lambda path: seen.append(path))
    screen.add_init_script("""new MutationObserver(() => document.documentElement?.classList.contains('ready') && seen(location.pathname))
      .observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] })""")
    screen.goto("/kurume/?lang=vi")
    for path in ("/kurume/needs/dv", "/kurume/programs/jido-fuyo-teate"):
        screen.goto(path)
    until(lambda: "/kurume/programs/jido-fuyo-teate" in seen)
    with screen.expect_navigation():
        screen.locator("#end-round button").tap()
    until(lambda: screen.locator("html").get_attribute("data-beginning"))
    seen.clear()
    for step in ("back", "back", "back", "forward", "forward", "back"):
        screen.evaluate(f"history.{step}()")
        screen.wait_for_timeout(250)
        until(lambda: screen.url.endswith(BEGIN) and screen.locator("html.ready[data-beginning]").count())
        assert screen.locator("html").get_attribute("lang") == "ja"
    screen.reload()
    assert set(seen) == {BEGIN}


@pytest.mark.browser
@pytest.mark.parametrize("screen", [(1280, 800)], indirect=True, ids=str)
def test_kana_can_be_typed_with_a_finger(screen):
    screen.goto("/kurume/")
    screen.locator("#said").tap()
    for key in ("か", "゛", "゛", "゛", "つ", "小", "こ", "う"):      # a second press takes it back
        screen.locator(".kana").get_by_role("button", name={"゛": "濁点・半濁点", "小": "小さい字にする"}.get(key, key), exact=True).tap()
    assert screen.locator("#said").input_value() == "がっこう"
    assert screen.evaluate("""[...document.querySelectorAll('#said, .kana button')].every((e) => { const box = e.getBoundingClientRect();
      return e.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)) })"""), "something is out of sight"
    assert small(screen) == []
    screen.picture("6-kana")


VOICE = """window.said = [];
Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => LANGUAGES.map((lang) => ({ lang })), addEventListener() {},
  speaking: false, cancel() { this.speaking = false }, speak(what) { said.push([what.lang, what.text]); this.speaking = true } } });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };"""


@pytest.mark.browser
@pytest.mark.parametrize("screen", [(1280, 800)], indirect=True, ids=str)
def test_it_reads_aloud_each_word_once_where_the_browser_has_a_voice(screen):
    screen.add_init_script(VOICE.replace("LANGUAGES", "['ja-JP']"))
    screen.goto("/kurume/?furigana=on")
    screen.goto("/kurume/programs/jido-fuyo-teate")
    assert screen.locator("main rt").count() > 10
    screen.locator("#aloud").tap()
    language, text = screen.evaluate("said[0]")
    assert language == "ja"
    assert "児童扶養手当" in text
    assert "じどうふようてあて" not in text
    screen.locator("#aloud").tap()             # and is silent again
    assert screen.evaluate("[said.length, speechSynthesis.speaking]") == [1, False]
    screen.goto("/kurume/?lang=vi")
    assert screen.locator("#aloud").is_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("screen", [(1280, 800)], indirect=True, ids=str)
def test_nothing_is_marked_dragged_or_made_larger_by_two_fingers(screen):
    screen.goto("/kurume/programs/jido-fuyo-teate")
    how = screen.evaluate("(({ userSelect, touchAction, overscrollBehaviorX }) => [userSelect, touchAction, overscrollBehaviorX])"
                          "(getComputedStyle(document.documentElement))")
    assert how == ["none", "pan-x pan-y", "none"]
    for event in ("contextmenu", "dragstart"):
        assert not screen.evaluate(f"document.querySelector('h1').dispatchEvent(new Event('{event}', {{ bubbles: true, cancelable: true }}))")


@pytest.mark.browser
@pytest.mark.parametrize("screen", [(1280, 800)], indirect=True, ids=str)
def test_words_grow_and_stand_out_when_wished(screen):
    screen.get_by_role("button", name="文字の大きさ").tap()
    screen.get_by_role("button", name="はっきり見える色").tap()
    assert screen.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert screen.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    follow(screen, screen.get_by_role("link", name="日本語", exact=True).last)
    assert screen.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    fits(screen)
    screen.picture("7-large")
    screen.goto(BEGIN)
    assert screen.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"


# --- when the server goes away ------------------------------------------------------------------------

def test_the_page_for_a_server_that_is_away_is_the_same_for_everyone_and_leads_nowhere(app):
    somebody, nobody = app.test_client(), app.test_client()
    somebody.get(BEGIN)
    go(somebody, "say", said=SECRET)
    somebody.get("/kurume/?lang=vi")
    away = somebody.get(f"{BEGIN}away")
    assert away.data == nobody.get(f"{BEGIN}away").data
    html = away.get_data(as_text=True)
    assert not re.search(r"<a |<form|tel:", html)
    for one in LANGUAGES.values():
        assert f'lang="{one.tag}"' in html
    for text in kiosk.AWAY:
        assert text in html
    assert nobody.get(re.search(r'data-health="([^"]+)"', html)[1]).status_code == 200


def test_the_kiosks_worker_keeps_that_page_and_what_it_is_made_of_and_nothing_else(client):
    worker = client.get(f"{BEGIN}worker.js")
    assert worker.headers["Service-Worker-Allowed"] == "/"
    shell = json.loads(re.match(r"const SHELL = (\{.*\});\n", worker.get_data(as_text=True))[1])
    assert shell["pages"] == [f"{BEGIN}away"]
    html = client.get(f"{BEGIN}away").get_data(as_text=True)
    assert set(re.findall(r'(?:href|src)="([^"]+)"', html)) == set(shell["files"])
    assert {client.get(file).status_code for file in shell["files"]} == {200}
    for path in ("worker.js", "away"):
        assert client.get(f"/kiosk/atlantis/{path}").status_code == 404


@pytest.mark.browser
def test_a_server_that_goes_away_is_told_kindly_and_comes_back_by_itself(browser, app, monkeypatch):
    monkeypatch.setattr(kiosk, "EVERY", 1)
    server, address = served(app)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address, locale="ja-JP", has_touch=True)
    screen = context.new_page()
    screen.goto(BEGIN)
    until(lambda: screen.evaluate("!!navigator.serviceWorker.controller"))
    screen.goto("/kurume/")
    screen.fill("#said", SECRET)
    screen.get_by_role("button", name="さがす").tap()
    screen.locator(".danger").first.wait_for()
    screen.evaluate("sessionStorage.setItem('left', 'behind')")
    stop(server)
    screen.get_by_role("link", name="制度の一覧").tap()
    screen.get_by_role("heading", name="いま、つながりません").wait_for()
    screen.screenshot(path=PICTURES / "kiosk-1280-8-away.png")
    assert faint_words(screen) == []
    assert screen.evaluate("localStorage.length + sessionStorage.length") == 0
    server, _ = served(app, int(address.rpartition(":")[2]))
    screen.wait_for_url(f"**{BEGIN}")
    assert [c["name"] for c in context.cookies()] == ["kiosk"]
    screen.goto("/kurume/chat")
    assert screen.locator(".yours").count() == 0
    context.close()
    stop(server)


@pytest.mark.browser
@pytest.mark.parametrize("screen", [(1280, 800)], indirect=True, ids=str)
def test_after_the_end_no_cache_holds_anything_of_the_last_person(screen):
    until(lambda: screen.evaluate("!!navigator.serviceWorker.controller"))
    screen.goto("/kurume/")
    screen.fill("#said", SECRET)
    screen.get_by_role("button", name="さがす").tap()
    screen.locator(".danger").first.wait_for()
    screen.goto("/kurume/results")
    assert {path for _, path, _ in kept_by(screen) if not path.startswith("/static/")} == {f"{BEGIN}away"}
    screen.evaluate("caches.open('left').then((cache) => cache.put('/left', new Response('小5')))")
    with screen.expect_navigation():
        screen.locator("#end-round button").tap()
    until(lambda: {path for _, path, _ in kept_by(screen) if not path.startswith("/static/")} == {f"{BEGIN}away"})
    assert not any("小5" in text or "殴" in text for _, _, text in kept_by(screen))
    assert screen.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert [c["name"] for c in screen.context.cookies()] == ["kiosk"]
    screen.go_back()
    until(lambda: screen.url.endswith(BEGIN))
    assert "小5" not in screen.content()
