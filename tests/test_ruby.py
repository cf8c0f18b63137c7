"""Furigana on the pages: over every kanji that is ours, over nothing that a visitor wrote, and nothing else changed."""

from __future__ import annotations

import gc
import re
from html.parser import HTMLParser

import pytest
from conftest import fits
from hypothesis import given, strategies as st
from test_resident import go

from finder import ruby_pages
from finder.furigana import NO_READINGS
from finder.ruby import reader, with_readings

SAID = "年中と小5がいて、離婚したばかり。お金が心配。名前は陽翔です"
PAGES = ["", "chat", "results", "answers", "contacts", "programs", "programs/jido-fuyo-teate", "timeline", "mylist", "sheet", "ask/needs",
         "ask/children", "ask/single_parent"]


def noted(page: str) -> str:
    """A page with its readings as 漢字《かんじ》."""
    return re.sub(r'<ruby>(.*?)<rp>（</rp><rt aria-hidden="true">(.*?)</rt><rp>）</rp></ruby>', r"\1《\2》", page)


@pytest.mark.parametrize(("page", "shown"), [
    ("<p>支援</p>", "<p><span>支援《しえん》</span></p>"),
    ("<p> 支援\n </p>", "<p> <span>支援《しえん》</span>\n </p>"),
    ("<p>しえん</p>", "<p>しえん</p>"),
    ("<p>A &amp; 金 &lt;b&gt;</p>", "<p><span>A &amp; 金《きん》 &lt;b&gt;</span></p>"),
    ("<p>窓口（まどぐち）</p>", "<p><span>窓口《まどぐち》</span></p>"),
    ('<a title="支援 > 金">金</a>', '<a title="支援 > 金"><span>金《きん》</span></a>'),
    ("<head><title>支援</title></head>金", "<head><title>支援</title></head><span>金《きん》</span>"),
    ("<select><option>支援</option></select>金", "<select><option>支援</option></select><span>金《きん》</span>"),
    ("<textarea>支援</textarea>", "<textarea>支援</textarea>"),
    ("<script>if (1 < 2) '支援'</script>", "<script>if (1 < 2) '支援'</script>"),
    ("<ruby>支援<rt>しえん</rt></ruby>", "<ruby>支援<rt>しえん</rt></ruby>"),
    ('<p lang="zh-Hans">支援<b>支援</b></p>金', '<p lang="zh-Hans">支援<b>支援</b></p><span>金《きん》</span>'),
    ('<div lang="ko"><div>支援</div>支援</div>金', '<div lang="ko"><div>支援</div>支援</div><span>金《きん》</span>'),
    ('<p lang="ja">支援</p>', '<p lang="ja"><span>支援《しえん》</span></p>'),
    ("<p data-plain>支援<b>支援</b></p>", "<p data-plain>支援<b>支援</b></p>"),
    ('<span class="hidden-words">支援</span>', '<span class="hidden-words">支援</span>'),
    ('<input lang="en">金', '<input lang="en"><span>金《きん》</span>'),
    ("<!-- <p>支援</p> -->金", "<!-- <p>支援</p> --><span>金《きん》</span>"),
])
def test_text_gets_readings_and_nothing_else_does(page, shown):
    assert noted(with_readings(page, reader(NO_READINGS, {}))) == shown


@given(st.text(alphabet="<>/&;\"'= pa!-支援金しb\n", max_size=60))
def test_whatever_the_page_nothing_of_it_is_lost(page):
    assert with_readings(page, lambda text: text.replace("&", "&amp;").replace("<", "&lt;")).replace("&amp;", "&").replace("&lt;", "<") \
        == page.replace("&amp;", "&").replace("&lt;", "<")


class Outline(HTMLParser):
    """A page's tags and words as the standard library's parser reads them, without readings."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        super().__init__()
        self.seen: list[str] = []
        self.over = 0

    def handle_starttag(self, tag, attrs):
        self.over += tag in ("rt", "rp")
        if tag not in ("ruby", "rt", "rp", "span"):
            self.seen.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        self.over -= tag in ("rt", "rp")
        if tag not in ("ruby", "rt", "rp", "span"):
            self.seen.append(tag)

    def handle_data(self, data):
        if not self.over:
            self.seen.append(data)


def outline(page: str) -> str:
    parser = Outline()
    parser.feed(page)
    return re.sub("（[ぁ-ゖー ]+）", "", "".join(parser.seen))      # readings in brackets stand over their words, where there are any


@pytest.mark.parametrize("language", ["ja", "easy"])
def test_every_page_has_readings_where_they_are_wanted_and_is_otherwise_the_same(client, language):
    client.get(f"/kurume/?lang={language}")
    go(client, "say", said=SAID)
    without = {path: client.get(f"/kurume/{path}").get_data(as_text=True) for path in PAGES}
    client.get("/kurume/?furigana=on")
    for path, before in without.items():
        after = client.get(f"/kurume/{path}").get_data(as_text=True)
        assert "<ruby>支援<rp>" in after, path
        switched = before.replace('<html lang="ja"', '<html lang="ja" data-furigana').replace("furigana=on", "furigana=off")
        switched = switched.replace("ふりがなをつける", "ふりがなを消す").replace("ふりがなを つける", "ふりがなを 消す")
        assert outline(after) == outline(switched), path
    client.get("/kurume/?furigana=off")
    assert {path: client.get(f"/kurume/{path}").get_data(as_text=True) for path in PAGES} == without


def test_what_a_visitor_wrote_has_no_readings_and_is_not_kept(client):
    client.get("/kurume/?furigana=on")
    go(client, "say", said=SAID)
    for path in ("chat", "answers", "results", "timeline"):
        client.get(f"/kurume/{path}")
    assert f"</span>{SAID}</p>" in client.get("/kurume/chat").get_data(as_text=True)
    assert f"<strong>{SAID}</strong>" in client.get("/kurume/answers").get_data(as_text=True)
    gc.collect()
    held = [one for kept in ruby_pages._KEPT.values() for texts in kept.values() for one in texts.items()]
    held += [(text, "") for catalog in ruby_pages._KEPT for text in catalog.readings.kept]
    assert held
    assert any(made for _, made in held)
    assert not [text for text, made in held if "陽翔" in text + (made or "")]


@pytest.mark.parametrize("composed", ["お子さんは3歳と小2です", "陽翔は名前"])
def test_what_is_not_a_fixed_text_is_read_and_forgotten(real_catalogs, composed):
    readings, kept = real_catalogs["40203-kurume"].readings, {"支援": None}
    read = reader(readings, kept)
    assert "<ruby>" in read(composed)
    assert "<ruby>" in read("支援")
    assert list(kept) == ["支援"]
    assert composed not in readings.kept


@pytest.mark.parametrize(("language", "path"), [("en", "/kurume/"), ("zh-Hans", "/kurume/"), ("ja", "/admin/sign-in")])
def test_other_languages_and_the_pages_of_staff_stay_as_they_are(client, language, path):
    client.set_cookie("language", language)
    client.set_cookie("furigana", "on")
    response = client.get(path)
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "data-furigana" not in page
    assert "<span><ruby>" not in page


def test_the_choice_ends_with_the_visit_and_with_a_round_at_the_kiosk(client):
    for way_out in (lambda: client.post("/kurume/end"), lambda: client.post("/kurume/leave"), lambda: client.get("/kiosk/kurume/")):
        client.get("/kurume/?furigana=on")
        assert client.get_cookie("furigana").value == "on"
        way_out()
        assert client.get_cookie("furigana") is None


def test_the_kiosk_begins_without_and_offers_both_at_once(client):
    client.set_cookie("furigana", "on")
    begin = client.get("/kiosk/kurume/").get_data(as_text=True)
    assert "data-furigana" not in begin
    assert 'href="/kurume/?lang=easy&amp;furigana=on"' in begin
    assert "data-furigana" in client.get("/kurume/?lang=easy&furigana=on", follow_redirects=True).get_data(as_text=True)


def test_readings_come_before_compression(client):
    client.get("/kurume/?furigana=on")
    response = client.get("/kurume/contacts", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(response.get_data())
    assert len(response.get_data()) < 40 * 1024


def test_lines_do_not_jump_and_what_is_heard_is_said_once(browser, live):
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP", base_url=live)
    page = context.new_page()
    page.goto("/kurume/?furigana=on")
    fits(page)
    heights = page.evaluate("""() => [...document.querySelectorAll('main p:not(.row):not([hidden])')].map(p => {
        const style = getComputedStyle(p);
        return [p.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom), parseFloat(style.lineHeight)] })""")
    assert len(heights) >= 4
    for height, line in heights:
        assert abs(height / line - round(height / line)) < .05, "a reading pushes its line apart"
    page.goto("/kurume/chat")
    page.fill("#said", "ひとり親です")
    send = page.locator(".write button")
    tree = context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    assert "送る" in [one["name"]["value"] for one in tree if one.get("role", {}).get("value") == "button" and "name" in one]
    send.click()
    page.locator("#heard", has_text="まず見てほしい支援です").wait_for(state="attached")
    assert page.locator("#reply rt").count() > 0
    assert page.locator(".yours ruby").count() == 0
    assert "ふりがなを消す" in page.locator("a.furigana").inner_text()
    context.close()
