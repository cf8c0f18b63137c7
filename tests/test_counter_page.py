"""The counter in a real browser: the keyboard alone all the way, at the sizes of a desk; pictures are left in artefacts/."""

import re
import shutil
import subprocess
import threading

import pytest
from conftest import PICTURES, TODAY, faint_words
from werkzeug.serving import make_server

from app import create_app
from finder.codes import qr_once
from finder.settings import Settings

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser
SIZES = {"1280": (1280, 800), "1920": (1920, 1080)}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The application with its counter open, served on this machine."""
    folder = tmp_path_factory.mktemp("counter")
    app = create_app(Settings(store=folder / "finder.db", secret="a secret of more than 32 letters!", today=TODAY, counter="network"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def open_desk(browser, address, size="1280", path="/kurume/counter", **more):
    width, height = SIZES.get(size, (390, 844))
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=address, locale="ja-JP", **more)
    page = context.new_page()
    page.asked, page.wrong = [], []
    page.on("request", lambda r: page.asked.append((r.method, r.url, r.post_data or "")))
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
    page.picture = lambda name, **how: page.screenshot(path=PICTURES / f"counter-{size}-{name}.png", **how)
    page.goto(path)
    return page


@pytest.fixture(params=SIZES)
def desk(request, browser, address):
    """The counter at each size; no mouse is used, nothing fails, no other host is asked."""
    page = open_desk(browser, address, request.param)
    yield page
    assert page.wrong == []
    assert all(url.startswith(address) for _, url, _ in page.asked)
    page.context.close()


def keys(page, *pressed):
    """Press keys one after the other, each after what the last one did has come."""
    for key in pressed:
        page.keyboard.press(key)
        page.wait_for_selector("#desk:not([aria-busy])", timeout=10_000)


def write(page, words):
    page.keyboard.type(words)
    page.wait_for_selector("#desk:not([aria-busy])", timeout=10_000)


def names(page):
    return page.locator("#rows .name").all_inner_texts()


def focus(page):
    return page.evaluate("document.activeElement.id")


def narrow(page):
    """Nothing is wider than the screen, and the columns stand side by side in it."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight")
    for column in page.locator(".column").all():
        assert column.evaluate("e => e.scrollWidth <= e.clientWidth"), column.get_attribute("class")


def test_the_whole_way_by_keyboard_alone(desk):
    desk.picture("1-empty")
    keys(desk, "c")
    write(desk, "3 小2 H30.5 太郎 ")
    assert desk.locator("#children-read li").count() == 3
    assert "読めません" in desk.locator("#children-read").inner_text()
    desk.picture("2-children")
    narrow(desk)
    for _ in "太郎 ":
        desk.keyboard.press("Backspace")
    keys(desk, "Enter")
    assert focus(desk).startswith("question-")
    keys(desk, "n", "y")
    assert desk.locator("#questions [aria-pressed=true]").count() == 2
    before = names(desk)
    keys(desk, "k", "a", "b", "Escape")
    assert desk.locator("#needs [aria-pressed=true]").all_inner_texts() == ["a\nお金・生活費", "b\n医療費・健診の費用"]
    assert names(desk) != before
    keys(desk, "ArrowDown", "ArrowDown", "ArrowUp")
    assert desk.locator("#program-title").inner_text() == names(desk)[0]
    assert desk.locator("#program .reasons li").count() >= 1
    keys(desk, "x", "ArrowDown", "ArrowDown", "x")
    assert desk.locator(".tally").inner_text().startswith("2")
    desk.picture("3-open")
    narrow(desk)
    desk.keyboard.press("p")
    desk.wait_for_url("**/counter/paper")
    assert desk.locator(".say").count() == 2
    desk.picture("8-sheet", full_page=True)
    desk.keyboard.press("8")
    desk.wait_for_url("**/paper?form=receipt")
    desk.picture("9-receipt", full_page=True)
    desk.keyboard.press("Escape")
    desk.wait_for_url("**/counter")
    keys(desk, "Delete")
    expect(desk.locator("#children")).to_have_value("")
    assert desk.locator("[aria-pressed=true]").count() == 0
    desk.go_back()
    assert desk.locator("#questions [aria-pressed=true]").count() == 0
    assert desk.locator("#children").input_value() == ""


def test_supposing_searching_departments_and_another_day(desk):
    keys(desk, "c")
    write(desk, "小2")
    keys(desk, "Enter", "Escape")
    keys(desk, "m")
    desk.locator("#question-single_parent").focus()
    keys(desk, "n")
    assert "もし「ひとり親ではない」なら" in desk.locator("#rows").inner_text()
    assert desk.locator(".minus").inner_text() == "減る　10件"
    desk.picture("4-suppose")
    narrow(desk)
    keys(desk, "m", "b")
    assert desk.locator(".group-title").count() > 5
    desk.picture("5-departments")
    narrow(desk)
    keys(desk, "b", "t")
    assert "合わない条件" in desk.locator("#rows").inner_text() or desk.locator(".mark.unlikely").count()
    keys(desk, "f")
    write(desk, "保育士")
    assert "保育士になる・戻る人への支援と、園への助成" in names(desk)
    desk.picture("6-search")
    keys(desk, "Enter", "Enter")
    assert desk.locator("#program-title").inner_text() == names(desk)[0]
    keys(desk, "f")
    write(desk, "\b")
    desk.fill("#sought", "")
    desk.locator("#as_of").fill("2027-04-01")
    desk.wait_for_selector("#desk:not([aria-busy])")
    assert "2027年4月1日の見込みを見ています" in desk.locator(".banner").inner_text()
    desk.picture("7-another-day")
    narrow(desk)
    desk.keyboard.press("Escape")
    keys(desk, "0")
    assert desk.locator(".banner").count() == 0


def test_what_comes_by_keyboard_alone_and_on_paper(desk):
    keys(desk, "c")
    write(desk, "4m 小5")
    keys(desk, "Enter", "Escape", "i")
    assert desk.locator(".road .today").count() == 2
    assert desk.locator("#timetable").get_attribute("aria-pressed") == "true"
    desk.picture("10-what-comes")
    narrow(desk)
    seen = []
    for _ in range(4):
        keys(desk, "ArrowDown")
        seen.append(desk.locator("#program-title").inner_text())
    assert len(set(seen)) == 4
    desk.locator("#line-1-now summary").click()
    keys(desk, "ArrowDown")
    assert desk.locator("#line-1-now").get_attribute("open") is not None, "what staff unfolded stays so"
    keys(desk, "d")
    desk.locator("#as_of").fill("2027-04-01")
    desk.wait_for_selector("#desk:not([aria-busy])")
    keys(desk, "Escape")
    assert "今日から2027年4月1日までに変わること" in desk.locator("#rows").inner_text()
    desk.picture("11-what-comes-then")
    narrow(desk)
    opened = []
    for _ in range(desk.locator("#rows .suppose [data-row]").count() + 3):
        keys(desk, "ArrowDown")
        opened.append(desk.evaluate("[...document.querySelectorAll('[data-row][aria-current]')].map(e => e.id).join()"))
    assert any(o.startswith("when-1") for o in opened), "the keys go on from what changes to what comes"
    keys(desk, "0")
    desk.keyboard.press("p")
    desk.wait_for_url("**/counter/timeline")
    desk.picture("12-sheet-of-what-comes", full_page=True)
    desk.pdf(path=PICTURES / "counter-timeline.pdf", prefer_css_page_size=True)
    assert pages_of(PICTURES / "counter-timeline.pdf") == (1, 210, 297)
    desk.keyboard.press("h")
    desk.wait_for_url("**/timeline?form=postcard")
    desk.pdf(path=PICTURES / "counter-timeline-postcard.pdf", prefer_css_page_size=True)
    assert pages_of(PICTURES / "counter-timeline-postcard.pdf") == (1, 100, 148)
    desk.keyboard.press("4")
    desk.wait_for_url("**/counter/paper")
    desk.keyboard.press("i")
    desk.wait_for_url("**/counter/timeline")
    desk.keyboard.press("Escape")
    desk.wait_for_url("**/counter")
    assert desk.locator(".road").count()


def test_the_list_changes_with_every_character(browser, address):
    page = open_desk(browser, address)
    keys(page, "c")
    seen = []
    for character in "3 17":
        write(page, character)
        seen.append(page.locator("#counts").inner_text())
    assert len(set(seen)) >= 3
    assert focus(page) == "children"
    assert page.locator("#children").input_value() == "3 17"
    assert "見込み" in page.locator("#heard").inner_text()
    page.context.close()


def test_no_key_is_lost_when_they_come_fast(browser, address):
    page = open_desk(browser, address)
    page.keyboard.press("c")
    page.keyboard.type("小2 8m")
    page.keyboard.press("Enter")
    for key in ("n", "u", *["ArrowDown"] * 7, "ArrowUp", "x", "t", "k", "c", "Escape"):
        page.keyboard.press(key)
    page.wait_for_selector("#desk:not([aria-busy])", timeout=20_000)
    kept = page.locator("main").inner_text()
    assert page.locator("#children").input_value() == "小2 8m"
    assert page.locator("#needs [aria-pressed=true]").count() == 1
    assert page.locator(".tally").inner_text().startswith("1")
    page.reload()
    assert page.locator("main").inner_text() == kept
    page.context.close()


def test_the_desk_is_cleared_even_while_an_answer_is_under_way(browser, address):
    page = open_desk(browser, address)
    for key in ("y", "ArrowDown", "y", "m", "c"):
        page.keyboard.press(key)
    page.keyboard.type("3")
    page.keyboard.press("Escape")
    page.keyboard.press("Delete")
    expect(page.locator("#children")).to_have_value("", timeout=20_000)
    page.reload()
    assert page.locator("#desk [aria-pressed=true]").count() == 0
    assert page.locator("#children").input_value() == ""
    page.context.close()


def test_keys_do_nothing_while_one_writes_or_holds_a_modifier(browser, address):
    page = open_desk(browser, address)
    keys(page, "f")
    write(page, "ynxmt?1")
    assert page.locator("#sought").input_value() == "ynxmt?1"
    assert page.locator("[aria-pressed=true]").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#list-title").focus()
    for held in ("Control+m", "Alt+m", "Meta+m"):
        page.keyboard.press(held)
    assert page.locator("[aria-pressed=true]").count() == 0
    page.context.close()


def test_the_keys_are_shown_and_can_be_switched_off(browser, address):
    page = open_desk(browser, address)
    keys(page, "?")
    assert page.locator("#keys").is_visible()
    page.picture("keys")
    keys(page, "m")
    assert page.locator("#suppose").get_attribute("aria-pressed") == "false"
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    keys(page, "?", "Shift+Tab", "Enter")
    page.wait_for_selector("body[data-keys=off]")
    for key in ("m", "?", "Delete", "c"):
        page.keyboard.press(key)
    assert page.locator("#suppose").get_attribute("aria-pressed") == "false"
    assert not page.locator("#keys").is_visible()
    page.locator("#help").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-keys=on]")
    page.context.close()


def test_a_visitors_phone_is_read_by_a_scanner_wherever_the_cursor_is(browser, address, monkeypatch):
    drawn = []
    monkeypatch.setattr("finder.faces.resident.at_counter.qr_once", lambda text: drawn.append(text) or qr_once(text))
    phone = open_desk(browser, address, "phone", "/kurume/")
    phone.request.post("/kurume/ask/children", form={"p0-age": "grade:小2", "p0-year": "2018", "p0-month": "5", "go": "next"})
    phone.request.post("/kurume/ask/single_parent", form={"choice": "0"})
    phone.goto("/kurume/answers")
    phone.get_by_role("link", name="窓口で見せる").click()
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="コードを作りなおす").click()
    expect(phone.locator("main [role=status]")).to_contain_text("下の答えが入っています")
    assert faint_words(phone) == []
    phone.picture("at-counter", full_page=True)
    assert phone.wrong == []
    phone.context.close()
    for cursor in ("", "c", "f", "r"):
        page = open_desk(browser, address)
        if cursor:
            page.keyboard.press(cursor)
        else:       # as fast as a scanner, however busy the machine is that runs this
            page.evaluate("begin => [...begin].forEach(key => document.body.dispatchEvent("
                          "new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))", drawn[-1][:2])
        page.keyboard.type(drawn[-1] if cursor else drawn[-1][2:])
        page.keyboard.press("Enter")
        page.wait_for_selector(".arrived", timeout=10_000)
        expect(page.locator("#children")).to_have_value("小2(2018.5)")
        assert page.locator("#answer-single_parent-0").get_attribute("aria-pressed") == "true"
        assert page.locator("#brought").input_value() == page.locator("#sought").input_value() == ""
        assert not any(drawn[-1][:12] in url for _, url, _ in page.asked)
        narrow(page)
        page.picture("arrived")
        page.context.close()


def test_one_digit_still_answers(browser, address):
    page = open_desk(browser, address)
    keys(page, "c")
    write(page, "小2")
    keys(page, "Enter", "2")
    page.wait_for_selector("#questions [aria-pressed=true]")
    assert page.locator("#brought").input_value() == ""
    page.context.close()


def test_it_works_without_javascript(browser, address):
    page = open_desk(browser, address, java_script_enabled=False)
    page.fill("#children", "3 小2")
    page.keyboard.press("Enter")
    page.wait_for_selector("#children-read li")
    assert page.locator("#children-read li").count() == 2
    page.locator("#answer-single_parent-0").click()
    page.locator("#open-jido-fuyo-teate").click()
    assert "ひとり親家庭への手当" in page.locator("#program-title").inner_text()
    page.locator("#choose-opened").click()
    page.locator("#to-paper").click()
    assert "申請をしたいです" in page.locator(".say").inner_text()
    page.context.close()


def test_if_the_server_goes_away_what_was_typed_stays(browser, address):
    page = open_desk(browser, address)
    page.route("**/counter", lambda route: route.abort())
    keys(page, "c")
    write(page, "3 小2")
    assert "つながりません" in page.locator("#heard").inner_text()
    assert page.locator("#children").input_value() == "3 小2"
    page.unroute("**/counter")
    write(page, " 5")
    assert page.locator("#children-read li").count() == 3
    assert "つながりません" not in page.locator("#heard").inner_text()
    page.context.close()


def test_nothing_of_a_visitor_is_in_an_address(browser, address):
    page = open_desk(browser, address)
    keys(page, "c")
    write(page, "3 小2")
    keys(page, "Enter", "y", "x", "k", "a", "Escape", "ArrowDown", "m")
    page.keyboard.press("p")
    page.wait_for_url("**/paper")
    assert {url.removeprefix(address) for _, url, _ in page.asked if "/static/" not in url} == {"/kurume/counter", "/kurume/counter/paper"}
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser, address, scheme):
    page = open_desk(browser, address, color_scheme=scheme)
    keys(page, "c")
    write(page, "3 小2 太郎 ")
    keys(page, "Enter", "y", "ArrowDown", "x", "t", "k", "s", "Escape")
    assert faint_words(page) == []
    page.picture(f"{scheme}")
    page.goto("/kurume/counter/paper")
    assert faint_words(page) == []
    page.context.close()


def test_at_four_hundred_percent_it_is_one_column(browser, address):
    page = open_desk(browser, address, "phone")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


# --- paper ---------------------------------------------------------------------------------------------------

def pages_of(pdf):
    """How many pages a PDF has, and the size of each in millimetres."""
    if not shutil.which("pdfinfo"):
        pytest.skip("pdfinfo がありません")
    said = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", said).groups()
    return int(re.search(r"Pages:\s+(\d+)", said)[1]), round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)


def test_six_programs_fit_on_one_a4_page_and_a_receipt_is_as_long_as_its_words(browser, address):
    page = open_desk(browser, address)
    keys(page, "c")
    write(page, "3 小2")
    keys(page, "Enter")
    page.locator("#question-single_parent").focus()
    keys(page, "y", "a")
    page.keyboard.press("p")
    page.wait_for_url("**/paper")
    page.pdf(path=PICTURES / "counter-a4.pdf", prefer_css_page_size=True)
    assert pages_of(PICTURES / "counter-a4.pdf") == (1, 210, 297)
    page.request.post("/kurume/counter", form={"do": "readings"})
    for language in ("ja", "en", "zh-Hans"):
        page.request.post("/kurume/counter", form={"do": f"language:{language}"})
        page.goto("/kurume/counter/paper")
        assert page.locator("ruby").count() > 10
        page.pdf(path=PICTURES / f"counter-a4-{language}.pdf", prefer_css_page_size=True)
        assert pages_of(PICTURES / f"counter-a4-{language}.pdf") == (1, 210, 297), language
    page.goto("/kurume/counter/paper?form=receipt")
    page.pdf(path=PICTURES / "counter-receipt.pdf", prefer_css_page_size=True)
    pages, width, height = pages_of(PICTURES / "counter-receipt.pdf")
    assert (pages, width) == (1, 80)
    assert 150 < height < 700
    page.context.close()


# --- わたしのリスト -----------------------------------------------------------------------------------------------

def test_the_link_opens_the_list_on_the_phone_and_the_server_is_not_told_which(browser, address):
    page = open_desk(browser, address, "phone", "/kurume/mylist?lang=en#p=jido-fuyo-teate,ninpu-kenko-shinsa,no-such-program")
    shown = page.locator("[data-program]:visible")
    assert [one.get_attribute("data-program") for one in shown.all()] == ["jido-fuyo-teate", "ninpu-kenko-shinsa"]
    assert "Allowance for single-parent families" in shown.first.inner_text()
    assert "児童扶養手当の支給" in shown.first.inner_text()
    assert page.locator("#bring > ul > li").count() == 1
    assert page.locator("#missing").is_visible()
    page.picture("mylist", full_page=True)
    assert page.url == f"{address}/kurume/mylist"
    assert not any("jido" in url + body for _, url, body in page.asked)
    page.goto("/kurume/mylist")
    assert shown.count() == 2
    page.goto("/kurume/mylist#p=jido-teate")
    assert shown.count() == 3
    page.locator("[data-program=jido-teate] [data-remove]").click()
    assert shown.count() == 2
    page.locator("#clear").click()
    assert page.locator("#empty").is_visible()
    assert page.wrong == []
    page.context.close()
