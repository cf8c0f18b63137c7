"""The editing pages as staff see them: by keyboard, with and without script, two people, publication, one step back.

Pictures are left in artefacts/, to be looked at.
"""

from __future__ import annotations

import re
import threading

import pytest
from conftest import PICTURES, faint_words
from desks import AT, PROGRAM, WORD, office, published, quick
from werkzeug.serving import make_server

from finder.sheets import xlsx_bytes

pytestmark = pytest.mark.browser
__all__ = ["office", "quick"]       # fixtures


@pytest.fixture
def place(office):
    """The address of an office's application."""
    server = make_server("127.0.0.1", 0, office, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def desk(browser, place):
    """Somebody at a desk of their own, signed in by keyboard."""
    contexts = []

    def sit(name, script=True, scheme="light"):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=place, locale="ja-JP",
                                      java_script_enabled=script, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.picture = lambda called: page.screenshot(path=PICTURES / f"admin-{called}.png")
        page.errors = []
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        page.goto("/admin/")
        to(page, "#name")
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        page.keyboard.type(WORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/")
        return page
    yield sit
    for context in contexts:
        context.close()


def to(page, selector):
    """Go to a field or button with the Tab key alone, and see that it shows where it is."""
    target = page.locator(selector).first
    for _ in range(400):
        if target.evaluate("e => e === document.activeElement"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", selector
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with the Tab key")


def press(page, selector):
    """Press a button or link by keyboard, and wait for the page it leads to."""
    to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def button(words):
    return f"button:has-text('{words}')"


def field(page, label):
    return f"#{page.locator('label', has_text=re.compile(f'^{label}$')).get_attribute('for')}"


def test_a_program_is_edited_compared_published_by_another_and_taken_back(desk, office):
    editor, second, publisher, resident = desk("書く人"), desk("もう一人"), desk("公開する人"), desk("見る人")
    press(editor, "a:has-text('狛江市')")
    editor.picture("1-care")
    editor.goto(AT)
    second.goto(AT)
    editor.picture("2-form")
    # What it would be is shown while it is typed: the card, the cases, the households.
    to(editor, field(editor, "対象要件"))
    editor.keyboard.press("Control+A")
    editor.keyboard.type("小1からの子")
    editor.locator("#preview .cases .bad").first.wait_for()
    assert "当てはまらなくなる例" in editor.locator("#preview").inner_text()
    assert "のはずが" in editor.locator("#preview .cases .bad").first.inner_text()
    assert "直すところ" in editor.locator("#preview-says").inner_text()
    editor.picture("3-preview-red")
    editor.keyboard.press("Control+Z")
    editor.reload()
    to(editor, field(editor, "説明"))
    editor.keyboard.press("Control+A")
    editor.keyboard.type("一人目が書いた、新しい説明です。")
    editor.locator("#preview .say", has_text="一人目が書いた").wait_for()
    assert editor.locator("#preview .cases .bad").count() == 0
    assert editor.locator("#preview .cases .good").count() >= 2
    editor.picture("4-preview-green")
    press(editor, button("下書きを残して"))
    press(editor, "a:has-text('くらべて出す')")
    assert "説明が変わります" in editor.locator("main").inner_text()
    editor.picture("5-compare")
    press(editor, button("公開してもらう"))
    assert "ほかの人が確かめて公開します" in editor.locator("[role=status]").first.inner_text()
    # A second person publishes, and a resident sees it (other workers follow: tests/test_publish.py).
    publisher.goto("/admin/komae/drafts/1")
    publisher.picture("6-publish")
    press(publisher, button("確かめたので公開する"))
    resident.goto(f"/komae/programs/{PROGRAM}")
    assert "一人目が書いた、新しい説明です。" in resident.locator(".lead").inner_text()
    # The other editor had the same form open all the while: the clash is shown, and nothing is lost.
    to(second, field(second, "説明"))
    second.keyboard.press("Control+A")
    second.keyboard.type("二人目の説明です。")
    press(second, button("下書きを残して"))
    assert "書いたものは残っています" in second.locator("main").inner_text()
    press(second, "a:has-text('くらべて重ねる')")
    words = second.locator("table").inner_text()
    assert "一人目が書いた、新しい説明です。" in words
    assert "二人目の説明です。" in words
    second.picture("7-clash")
    press(second, button("公開されたものに重ねる"))
    second.goto(AT)
    assert second.input_value(field(second, "説明")) == "二人目の説明です。"
    # One step back.
    publisher.goto("/admin/versions")
    publisher.picture("8-versions")
    press(publisher, "a:text-is('版1')")
    publisher.picture("9-roll-back")
    press(publisher, button("この版の内容に戻す"))
    assert "版3として公開しました" in publisher.locator("[role=status]").first.inner_text()
    resident.reload()
    assert "一人目が書いた" not in resident.locator(".lead").inner_text()
    assert editor.errors == second.errors == publisher.errors == resident.errors == []


def test_without_script_a_button_shows_what_it_would_be(desk):
    page = desk("書く人", script=False)
    page.goto(AT)
    page.fill(field(page, "説明"), "まだ残していない説明です。")
    press(page, button("残さずに"))
    assert "まだ残していない説明です。" in page.locator("#preview .say").inner_text()
    assert page.input_value(field(page, "説明")) == "まだ残していない説明です。"


def test_a_table_is_sent_in_and_its_columns_confirmed(desk, office, tmp_path):
    name = published(office)[PROGRAM]["name"]
    (tmp_path / "一覧.xlsx").write_bytes(xlsx_bytes({"手当": [["うちの名", "説明", "電話番号", "メモ"],
                                                         [name, "表から来た説明です。", "０３－３４３０－１１１１", "内部"]]}))
    (tmp_path / "まちがい.xlsx").write_bytes(xlsx_bytes({"手当": [["制度名", "対象要件", "担当課", "確認日"],
                                                            [name, "3歳からと言う子", "ない課", "2026-02-30"]]}))
    page = desk("書く人")
    page.goto("/admin/komae/tables")
    page.picture("10-tables")
    page.set_input_files("#table", tmp_path / "まちがい.xlsx")
    press(page, button("読んで、どうなるか見る"))
    page.picture("11-table-wrong")
    assert page.locator(".error tbody tr").count() == 3
    page.goto("/admin/komae/tables")
    page.set_input_files("#table", tmp_path / "一覧.xlsx")
    press(page, button("読んで、どうなるか見る"))
    to(page, "select")
    page.keyboard.press("ArrowDown")
    press(page, button("この列で読みなおす"))
    page.picture("12-table")
    assert "変わるもの 1件" in page.locator("main").inner_text()
    press(page, button("この読み方で、下書きにする"))
    page.picture("13-drafts")
    assert "表から来た説明です。" in page.locator("main").inner_text()
    for address in ("programs", "departments", "counts"):
        page.goto(f"/admin/komae/{address}")
        page.picture(f"14-{address}")
    for scheme in ("light", "dark"):
        there = desk("書く人", scheme=scheme)
        for address in ("", "tables", "tables/1", "drafts", "counts", f"programs/{PROGRAM}"):
            there.goto(f"/admin/komae/{address}")
            assert faint_words(there) == [], address
        there.picture(f"15-{scheme}")
