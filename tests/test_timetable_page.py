"""The page of what comes: used without JavaScript, looked at in a browser, printed on A4 and on a postcard."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from conftest import PICTURES, SIZES
from ical.calendar_stream import IcsCalendarStream

HOUSEHOLDS = {
    "baby": {"p0-age": "age_months:4", "p0-year": "2026", "p0-month": "7"},
    "two": {"p0-age": "grade:年中", "p1-age": "grade:小5"},
    "leaving": {"p0-age": "grade:高3"},
    "ages": {"p0-age": "age_years:3", "p1-age": "age_years:8"},
}
CITIES = ("kurume", "ogori", "kochi", "soja", "komae")
LONGEST_FIRST_VIEW = 40 * 1024


def tell(client, city, household, **facts):
    """Answer the question of children, and others, as the forms post them."""
    client.post(f"/{city}/ask/children", data={**HOUSEHOLDS[household], "go": "next"})
    for question, choice in facts.items():
        client.post(f"/{city}/ask/{question}", data={"choice": choice})


def shown(client, city, query=""):
    response = client.get(f"/{city}/timeline{query}")
    html = response.get_data(as_text=True)
    return response, html, re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def sound(html):
    assert html.count("<h1") == 1 and '<html lang="ja">' in html
    for field in re.findall(r"<(?:select|textarea|input type=\"date\")[^>]*\sid=\"([^\"]+)\"", html):
        assert f'for="{field}"' in html
    assert " style=" not in html
    assert set(re.findall(r"<script[^>]*/(\w+\.js)", html)) <= {"list.js", "called.js", "print.js"}
    ids = re.findall(r"\bid=\"([^\"]+)\"", html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("household", HOUSEHOLDS)
def test_every_household_has_a_sound_short_page_in_every_city(client, city, household):
    tell(client, city, household)
    response, html, _ = shown(client, city)
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"
    sound(html)
    open_now = re.sub(r"<details.*?</details>", "", re.sub(r"<details[^>]*><summary>[^<]*</summary><ul>.*?</details>", "", html, flags=re.S),
                      flags=re.S)
    lines = html.count('class="life"')
    assert lines == len([k for k in HOUSEHOLDS[household] if k.endswith("-age")])
    assert open_now.count("<li>") <= 45 * lines, "a page for the fridge is short"


def test_what_is_over_is_not_said_to_end(client):
    tell(client, "kurume", "ages")
    past = re.findall(r'<details[^>]*-past">.*?</details>', shown(client, "kurume")[1], re.DOTALL)
    assert past and all("のあいだ" in one and "終わる" not in one for one in past[:1])


def test_before_anything_is_said_the_page_asks_for_the_age(client):
    response, html, text = shown(client, "kurume")
    assert response.status_code == 200
    sound(html)
    assert "お子さんの年齢や学年を入れると" in text and "カレンダー" not in text


def test_the_way_back_from_the_question_leads_to_the_page(client):
    response = client.post("/kurume/ask/children", data={**HOUSEHOLDS["baby"], "go": "next", "back": "timeline"})
    assert response.headers["Location"].endswith("/kurume/timeline")


def test_a_baby_sees_what_ends_and_what_comes_by_month(client):
    tell(client, "kurume", "baby")
    _, _, text = shown(client, "kurume")
    assert "2027年5月 10か月" in text
    assert re.search(r"はじまる 2027年4月30日〜5月21日のあいだ 10か月\s+赤ちゃんと小さい子の健診", text)
    assert re.search(r"おわる 2027年6月30日〜7月21日のあいだ 出産後1年未満の母子", text)
    assert "もう終わったもの" in text and "2042年3月31日まで" in text


def test_school_years_have_exact_first_days_and_two_years_where_only_the_age_is_known(client):
    tell(client, "kurume", "two")
    _, _, text = shown(client, "kurume")
    assert "2028年4月 小学1年生 あと1年4か月" in text and "はじまる 4月1日から" in text
    tell(client, "kurume", "ages")
    _, _, text = shown(client, "kurume")
    assert "2029年か2030年の4月 小学1年生" in text and "2029年か2030年の4月1日から" in text
    assert "生まれた年と月を入れる" in text


def test_what_only_may_have_ended_is_said_so(client):
    tell(client, "kurume", "leaving")
    _, _, text = shown(client, "kurume")
    assert "2027年3月までのどこか 18歳" in text


def test_a_pregnancy_has_ages_in_place_of_dates(client):
    client.post("/kurume/ask/pregnant", data={"choice": "0"})
    _, html, text = shown(client, "kurume")
    sound(html)
    assert "妊娠中と、生まれたあと" in text and "生まれたら" in text and re.search(r"10か月のころ", text)
    assert "カレンダー" not in text


def test_every_time_after_a_birth_has_a_name(client):
    client.post("/soja/ask/pregnant", data={"choice": "0"})
    _, html, text = shown(client, "soja")
    assert "生後57日のころ" in text
    assert not re.search(r"<h3>\s*</h3>", html)


def test_another_day_can_be_looked_at_and_is_said_so(client):
    tell(client, "kurume", "two")
    _, _, text = shown(client, "kurume", "?on=2028-04-01")
    assert "2028年4月1日の時点で見ています。" in text
    assert "きょうにもどる" in text
    _, _, text = shown(client, "kurume")
    assert "時点で見ています" not in text


@pytest.mark.parametrize("query", ["?on=tomorrow", "?on=2027-02-30", "?on=1873-01-01", "?on=9999-12-31", "?on=2027/04/01"])
def test_what_is_no_date_is_kindly_refused(client, query):
    tell(client, "kurume", "two")
    response, html, text = shown(client, "kurume", query)
    assert response.status_code == 400
    sound(html)
    assert "日付は、年・月・日で入れてください" in text and "2028年4月" in text


@pytest.mark.parametrize("query", ["?paper=postcard", "?paper=wall"])
def test_a_paper_that_is_not_there_is_a4(client, query):
    tell(client, "kurume", "two")
    _, html, _ = shown(client, "kurume", query)
    assert ("postcard" in re.search(r'<main[^>]*class="([^"]*)"', html)[1]) == (query == "?paper=postcard")


def test_the_list_leads_to_the_page_when_there_is_something_to_show(client):
    assert "/kurume/timeline" not in client.get("/kurume/results").get_data(as_text=True)
    tell(client, "kurume", "two")
    assert 'href="/kurume/timeline"' in client.get("/kurume/results").get_data(as_text=True)


ENDS, BEGINS = "あと4か月で終わります（2027年3月31日まで）", "2027年4月1日から使える見込みです"


def test_every_card_names_the_day_on_which_it_ends(client):
    """On the list, open and folded, in the talk and on its own page; not on the sheet, whose date would tell an age."""
    tell(client, "kurume", "leaving")
    pages = {at: client.get(f"/kurume/{at}").get_data(as_text=True) for at in ("results", "chat", "sheet")}
    shown, folded = pages["results"].split("ほかに合いそうな支援")
    assert ENDS in shown and ENDS in folded and ENDS in pages["chat"] and ENDS not in pages["sheet"]
    named = re.findall(r'<li class="card" id="([^"]+)"[^>]*>(?:(?!<li class="card").)*?' + re.escape(ENDS), shown, re.S)
    assert ENDS in client.get(f"/kurume/programs/{named[0]}").get_data(as_text=True)


@pytest.mark.parametrize(("city", "grade", "program"), [
    ("kurume", "年長", "gakudo-hoiku"), ("komae", "年長", "gakudo-club"), ("kurume", "中3", "koko-shugaku-shienkin")])
def test_what_begins_within_a_year_stands_on_the_list_with_its_day(client, city, grade, program):
    client.post(f"/{city}/ask/children", data={"p0-age": f"grade:{grade}", "go": "next"})
    html = client.get(f"/{city}/results").get_data(as_text=True)
    [section] = re.findall(r'<h2 id="coming">.*?(?=<h2)', html, re.S)
    card = section[section.index(f'/{city}/programs/{program}"'):].split("</li>")[0]
    assert BEGINS in card
    assert html.count(f'/{city}/programs/{program}"') == 1
    assert f'/{city}/results#coming"' in client.get(f"/{city}/chat").get_data(as_text=True)
    assert BEGINS in client.get(f"/{city}/programs/{program}").get_data(as_text=True)


@pytest.mark.parametrize("said", [{"p0-age": "grade:年中"}, {"none": "1"}])
def test_without_a_beginning_within_a_year_nothing_is_announced(client, said):
    client.post("/kurume/ask/children", data={**said, "go": "next"})
    assert 'id="coming"' not in client.get("/kurume/results").get_data(as_text=True)


def test_the_calendar_is_made_in_the_moment_and_not_kept(client):
    tell(client, "kurume", "two")
    response = client.post("/kurume/timeline.ics", data={"program": ["gakudo-hoiku", "jido-teate"], "who": "1"})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == 'attachment; filename="yotei.ics"'
    found = IcsCalendarStream.calendar_from_ics(response.get_data(as_text=True)).events
    assert sorted((str(e.dtstart), e.summary[-5:]) for e in found) == [
        ("2028-03-31", "（上の子）"), ("2028-04-01", "（下の子）"), ("2034-03-31", "（上の子）"), ("2034-03-31", "（下の子）"),
        ("2040-03-31", "（下の子）")]
    page = client.get(str(found[0].url).removeprefix("http://localhost"))
    assert page.status_code == 200


def test_a_calendar_of_nothing_goes_back_to_the_page(client):
    tell(client, "kurume", "two")
    response = client.post("/kurume/timeline.ics", data={})
    assert response.status_code == 400 and "一つ以上えらんでください" in response.get_data(as_text=True)
    assert client.post("/kurume/timeline.ics", data={"on": "2060-01-01", "program": "jido-teate"}).status_code == 400


def test_the_first_view_is_light(client):
    tell(client, "kurume", "two")
    style = len(client.get("/static/finder.css").data)
    _, html, _ = shown(client, "komae")
    assert len(html.encode()) + style < LONGEST_FIRST_VIEW


# --- in a browser --------------------------------------------------------------------------------------

def opened(browser, live, said, size="phone", **more):
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP", base_url=live, **more).new_page()
    page.goto("/kurume/")
    page.fill("#said", said)
    page.get_by_role("button", name="さがす").click()
    page.wait_for_load_state()
    page.goto("/kurume/results")
    page.get_by_role("link", name="これからの予定").click()
    page.wait_for_url("**/timeline")
    return page


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_the_line_reads_well_at_every_size(browser, live, size):
    page = opened(browser, live, "4か月の赤ちゃんと小5の子がいます", size)
    page.screenshot(path=PICTURES / f"{size}-timeline.png", full_page=True)
    assert page.locator(".road .today").count() == 2
    assert page.locator("details.later").first.get_attribute("open") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    page.locator("details.later summary").first.click()
    assert page.locator("details.later .road li h3").first.is_visible()
    page.context.close()


@pytest.mark.browser
def test_as_plain_text_it_stands_in_the_order_of_time(browser, live):
    page = opened(browser, live, "4か月の赤ちゃんがいます")
    words = page.locator("main").inner_text()
    order = [words.index(w) for w in ("これからの予定", "もう終わったもの", "いま", "10か月\n", "1歳\n", "その先", "電話で聞くところ",
                                      "日付をカレンダーに入れる")]
    assert order == sorted(order)
    page.context.close()


@pytest.mark.browser
def test_a_calendar_can_be_downloaded_with_two_taps(browser, live):
    page = opened(browser, live, "4か月の赤ちゃんがいます", accept_downloads=True, java_script_enabled=False)
    page.get_by_text("日付をカレンダーに入れる").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="カレンダーのファイルを作る").click()
    assert download.value.suggested_filename == "yotei.ics"
    assert Path(download.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    page.context.close()


@pytest.mark.browser
def test_another_day_is_chosen_by_its_form(browser, live):
    page = opened(browser, live, "小5の子がいます")
    page.get_by_text("もし日付が…なら").click()
    page.fill("#on", "2028-04-01")
    page.get_by_role("button", name="この日で見る").click()
    assert page.get_by_text("2028年4月1日の時点で見ています。").is_visible()
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("paper", "pages"), [("", 1), ("?paper=postcard", 1)])
def test_two_children_fit_on_one_sheet(browser, live, paper, pages):
    page = opened(browser, live, "年中と小5の子がいます", "desk")
    page.goto(f"/kurume/timeline{paper}")
    name = PICTURES / f"print-timeline{'-postcard' if paper else ''}.pdf"
    page.pdf(path=name, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", name.read_bytes())) == pages
    size = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", name.read_bytes())
    assert [round(float(n) / 72 * 25.4) for n in size.groups()] == ([100, 148] if paper else [210, 297])
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_the_line_stand_out_from_their_ground(browser, live, scheme):
    page = opened(browser, live, "4か月の赤ちゃんがいます", color_scheme=scheme)
    low = page.evaluate("""() => {
      const parse = c => c.match(/[\\d.]+/g).map(Number);
      const lum = ([r, g, b]) => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 };
        return .2126 * f(r) + .7152 * f(g) + .0722 * f(b) };
      const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
        if (c.length < 4 || c[3] > 0) return c } return [255, 255, 255] };
      return [...document.querySelectorAll('main *')].filter(e => e.checkVisibility()
        && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).filter(e => {
          const a = lum(parse(getComputedStyle(e).color)), b = lum(ground(e));
          return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5 }).map(e => e.textContent.trim().slice(0, 20)) }""")
    assert low == []
    page.context.close()
