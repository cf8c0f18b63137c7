"""わたしのリスト: kept on the phone alone, readable without a line, sent as a link that no server reads, and gone at the end."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import segno
from conftest import PICTURES, TODAY, faint_words, fits, kept_by, until
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from test_resident import go

from finder.brought import code
from finder.calendar_file import closing_calendar
from finder.catalog import Availability, Catalog
from finder.faces.resident import phone
from finder.languages import LANGUAGES

PUBLIC = ["mylist", "offline"]         # pages that a phone may keep
SECRET = "夫に殴られています。小5の子がいて、離婚したばかりです"
TOLD = ("殴", "小5", "離婚", "single_parent", "children")


# --- what is sent --------------------------------------------------------------------------------------------

@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_that_a_phone_keeps_is_the_same_for_whoever_has_answered_what(app: Flask, path: str) -> None:
    somebody, nobody = app.test_client(), app.test_client()
    go(somebody, "say", said=SECRET)
    kept = somebody.get(f"/kurume/{path}")
    assert kept.data == nobody.get(f"/kurume/{path}").data
    assert kept.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in kept.headers


@pytest.mark.parametrize("path", PUBLIC)
def test_what_is_read_later_says_nothing_of_now(client: FlaskClient, path: str) -> None:
    assert 'class="opening' in client.get("/kurume/contacts").get_data(as_text=True)
    assert 'class="opening' not in client.get(f"/kurume/{path}").get_data(as_text=True)


@pytest.mark.parametrize(("chosen", "language"), [("lang=easy", "easy"), ("furigana=on", "ja-furigana")])
@pytest.mark.parametrize("path", PUBLIC)
def test_it_is_sent_again_only_in_another_language(client: FlaskClient, path: str, chosen: str, language: str) -> None:
    first = client.get(f"/kurume/{path}")
    assert first.headers["Page-Language"] == "ja"
    assert client.get(f"/kurume/{path}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    client.get(f"/kurume/{path}?{chosen}")
    other = client.get(f"/kurume/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (other.status_code, other.headers["Page-Language"]) == (200, language)


def test_pages_with_answers_are_kept_by_nobody(client: FlaskClient) -> None:
    go(client, "say", said=SECRET)
    for path in ("", "chat", "results", "answers", "sheet", "timeline", "programs/jido-teate"):
        assert client.get(f"/kurume/{path}").headers["Cache-Control"] == "no-store", path


@pytest.fixture
def counter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment whose counter reads codes."""
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], counter="elsewhere"))


def test_the_list_comes_whole_and_the_link_is_never_asked_about(client: FlaskClient, counter: None) -> None:
    html = client.get("/kurume/mylist").get_data(as_text=True)
    programs = client.get("/api/v1/municipalities/kurume/programs").get_json()
    assert re.findall(r'data-program="([^"]+)"', html) == [p["id"] for p in programs]
    # No press on a number is counted here.
    assert set(re.findall(r'<script src="/static/([^?]+)', html)) == {"list.js", "codes.js", "mylist.js"}
    assert "data-called" not in html
    for name in ("list.js", "codes.js", "mylist.js"):
        script = client.get(f"/static/{name}").get_data(as_text=True)
        assert set(re.findall(r"\bfetch\(([^)]*)\)", script)) <= {"dates.dataset.file"}
        assert not re.search(r"XMLHttp|sendBeacon|\.src\s*=[^=]|import\(", script)


def test_every_program_can_be_put_on_the_list_where_it_is_shown(client: FlaskClient) -> None:
    go(client, "say", said="小5の子がいて、離婚したばかり。お金が心配")
    for path, least in (("results", 30), ("chat", 3), ("programs", 60), ("programs/jido-teate", 1)):
        html = client.get(f"/kurume/{path}").get_data(as_text=True)
        assert len(re.findall(r'data-keep="[a-z0-9-]+"', html)) >= least, path
        assert html.count('<template id="keep">') == 1
    cards = client.get("/kurume/results").get_data(as_text=True)
    assert cards.count('<li class="card"') == cards.count("data-keep=")


@pytest.mark.parametrize("path", ["/", "/about", "/admin/sign-in", "/kiosk/kurume/"])
def test_elsewhere_nothing_is_put_on_a_list(client: FlaskClient, path: str) -> None:
    html = client.get(path).get_data(as_text=True)
    assert "list.js" not in html
    assert "sw.js" not in html


def test_a_kiosk_keeps_no_list_and_no_page(client: FlaskClient) -> None:
    client.get("/kiosk/kurume/")
    assert client.get("/kurume/mylist").headers["Location"] == "/kurume/results"
    assert client.get("/kurume/offline").headers["Cache-Control"] == "no-store"
    html = client.get("/kurume/programs").get_data(as_text=True)
    assert not re.search(r"list\.js|sw\.js|webmanifest|<template|mylist", html)


def test_both_ways_out_empty_the_list(client: FlaskClient) -> None:
    assert '"storage"' in client.post("/kurume/end").headers["Clear-Site-Data"]
    assert '"storage"' in client.post("/kurume/leave").headers["Clear-Site-Data"]
    go(client, "say", said=SECRET)
    html = client.get("/kurume/results").get_data(as_text=True)
    assert len(re.findall(r'<form method="post" data-ends action="/kurume/(?:end|leave)"', html)) == 2


def test_the_worker_keeps_files_that_are_there_and_never_change(client: FlaskClient, counter: None) -> None:
    got = client.get("/sw.js")
    assert got.headers["Cache-Control"] == "no-cache"
    assert got.mimetype == "text/javascript"
    shell = json.loads(re.match(r"const SHELL = (\{.*\});\n", got.get_data(as_text=True))[1])
    for address in shell["files"]:
        file = client.get(address)
        assert file.status_code == 200
        assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    page = client.get("/kurume/mylist").get_data(as_text=True)
    assert set(re.findall(r'(?:src|rel="stylesheet" href)="(/static/[^"]+)"', page)) <= set(shell["files"])


def test_the_workers_version_is_that_of_all_it_keeps(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def version() -> str:
        return re.search(r'"version": "(\w{12})"', client.get("/sw.js").get_data(as_text=True))[1]

    before = version()
    assert version() == before
    monkeypatch.setattr(phone, "SHELL", (*phone.SHELL, "chat.js"))
    assert version() != before


def test_an_address_with_another_mark_is_not_kept_for_ever(client: FlaskClient) -> None:
    assert "immutable" not in client.get("/static/finder.css?v=00000000").headers["Cache-Control"]
    assert "immutable" not in client.get("/static/finder.css").headers["Cache-Control"]


def test_a_worker_and_a_manifest_come_from_here_alone(client: FlaskClient) -> None:
    policy = client.get("/kurume/").headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_home_screen_gets_the_citys_name_and_icons_of_the_size_they_say(app: Flask, language: str) -> None:
    browser = app.test_client()
    browser.get(f"/kurume/?lang={language}")
    link = re.search(r'<link rel="manifest" href="([^"]+)">', browser.get("/kurume/").get_data(as_text=True))[1]
    manifest = app.test_client().get(link)               # asked for without cookies
    assert manifest.mimetype == "application/manifest+json"
    said = manifest.get_json()
    assert said["lang"] == LANGUAGES[language].tag
    assert said["start_url"] == "/kurume/"
    assert [s["url"] for s in said["shortcuts"]] == ["/kurume/mylist"]
    if language == "ja":
        assert said["name"] == "久留米市 支援ファインダー"
    for icon in said["icons"]:
        png = browser.get(icon["src"]).data
        assert f"{struct.unpack('>II', png[16:24])[0]}x{struct.unpack('>II', png[16:24])[1]}" == icon["sizes"]
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}


def test_pages_without_a_city_can_go_on_a_home_screen_too(client: FlaskClient) -> None:
    assert client.get("/manifest.webmanifest?in=en").get_json()["start_url"] == "/"
    assert client.get("/atlantis/manifest.webmanifest").status_code == 404


@pytest.mark.parametrize(("ends", "found"), [(TODAY + timedelta(days=90), 1), (TODAY, 1), (TODAY - timedelta(days=1), 0), (None, 0)])
def test_last_days_are_in_one_file_for_everyone(real_catalogs: dict[str, Catalog], ends: date | None, found: int) -> None:
    kurume = real_catalogs["40203-kurume"]
    kurume = replace(kurume, programs=tuple(
        replace(p, availability=Availability(ends=ends if p.id == "jido-fuyo-teate" else None)) for p in kurume.programs))
    made = Calendar.from_ical(closing_calendar(kurume, TODAY, lambda i: f"https://shien.example/{i}"))
    events = made.walk("VEVENT")
    assert len(events) == found
    for event in events:
        assert "-jido-fuyo-teate-closes-" in event["UID"]      # by which the phone finds its own
        assert event["DTSTART"].dt == ends


def test_the_file_of_last_days_is_there_when_there_are_none(client: FlaskClient) -> None:
    got = client.get("/kurume/closing.ics")
    assert got.mimetype == "text/calendar"
    assert len(Calendar.from_ical(got.data).walk("VEVENT")) == 0


# --- on a phone ----------------------------------------------------------------------------------------------

STORES = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"


def phone_of(browser: Any, live: str, **more: Any) -> Any:
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live, locale="ja-JP", **more)
    page = context.new_page()
    page.wrong, page.asked = [], []
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.on("request", lambda r: page.asked.append(r.url + (r.post_data or "")))
    page.picture = lambda name, **how: page.screenshot(path=PICTURES / f"mylist-{name}.png", **how)
    return page


def shown(page: Any) -> list[str]:
    return [one.get_attribute("data-program") for one in page.locator("[data-program]:visible").all()]


def pictures_of(digits: str) -> list[list[str]]:
    """The QR codes of a number by the server's library, one for each mask: readers accept any."""
    made = (segno.make(digits, error="m", boost_error=False, micro=False, mask=mask) for mask in range(8))
    return [["".join(map(str, row)) for row in one.matrix] for one in made]


def drawn(page: Any) -> list[str]:
    size = int(page.locator("#code svg").get_attribute("viewBox").split()[2]) - 8
    dark = set(re.findall(r"M(\d+) (\d+)\.5h1", page.locator("#code path").last.get_attribute("d")))
    return ["".join(str(int((str(x + 4), str(y + 4)) in dark)) for x in range(size)) for y in range(size)]


@pytest.mark.browser
def test_the_whole_life_of_a_list(browser: Any, live: str, real_catalogs: dict[str, Catalog], counter: None,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    page = phone_of(browser, live)
    page.goto("/kurume/")
    page.fill("#said", "小5の子がいて、離婚したばかり。お金が心配")
    page.get_by_role("button", name="さがす").click()
    assert page.locator(".newest .keep").count() == 3                 # in the talk too, where parts of the page come and go
    page.goto("/kurume/results")
    assert kept_by(page) == []                                        # who keeps nothing has no worker
    assert page.locator("#kept").is_hidden()
    first, second = page.locator(".keep").nth(0), page.locator(".keep").nth(1)
    first.click()
    second.click()
    wanted = [one.get_attribute("value") for one in (first, second)]
    assert [one.get_attribute("aria-pressed") for one in (first, second)] == ["true", "true"]
    assert page.locator("#kept").inner_text().split() == ["2", "リスト"]
    assert page.locator("#kept-said").inner_text() == "リストに入れました。いま2件です。"
    assert json.loads(page.evaluate(STORES)) == [{"list:kurume": json.dumps(wanted, separators=(",", ":"))}, {}, ""]
    page.picture("card")
    fits(page)
    until(lambda: {"/kurume/mylist", "/kurume/offline"} <= {path for _, path, _ in kept_by(page)})

    page.context.set_offline(True)
    page.goto("/kurume/mylist")
    assert shown(page) == wanted
    page.get_by_role("button", name="窓口で見せる").click()             # drawn by the phone alone
    assert page.locator("#code svg").is_visible()
    page.picture("code")
    assert drawn(page) in pictures_of(code(real_catalogs["40203-kurume"], wanted, None, "ja", datetime.now(ZoneInfo("Asia/Tokyo")).date()))
    for n in (1, 4, 9, 13, 21, 30):      # the length for so many programs: every size of picture (at 8 and 20, segno adds an idle byte)
        digits = f"{7 ** 300}"[:20 + 7 * n]
        assert page.evaluate("(digits) => codes.matrix(digits).map((row) => row.join(''))", digits) in pictures_of(digits)
    page.get_by_role("button", name="窓口で見せる").click()
    assert page.locator("#code").is_hidden()
    until(lambda: page.locator("[data-program]:visible a.call").count() == 2)
    assert page.locator("#no-line").is_visible()
    assert faint_words(page) == []
    page.picture("list", full_page=True)
    page.reload()
    page.locator("[data-program]:visible [data-move='1']").first.click()
    assert shown(page) == wanted[::-1]
    page.goto("/kurume/results")
    assert page.get_by_role("heading", level=1).inner_text() == "いま、つながりません"
    assert faint_words(page) == []
    page.picture("offline")
    page.get_by_role("link", name="わたしのリストを見る").click()
    assert shown(page) == wanted[::-1]
    page.context.set_offline(False)

    other = phone_of(browser, live, permissions=["clipboard-read", "clipboard-write"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#copy, #share").first.click()
    until(lambda: page.locator("#kept-said").inner_text() == "リンクをコピーしました。")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{live}/kurume/mylist#p={','.join(wanted[::-1])}"
    other.goto(link)
    assert shown(other) == wanted[::-1]
    assert other.url == f"{live}/kurume/mylist"
    assert not [url for url in other.asked if any(i in url for i in wanted)]
    other.context.close()

    # In another language, or with furigana, the kept page follows.
    for choice, sign in (("furigana=on", "<html lang=\"ja\" data-furigana"), ("lang=vi", "<html lang=\"vi\"")):
        page.goto(f"/kurume/results?{choice}")
        until(lambda sign=sign: any(sign in text for _, path, text in kept_by(page) if path == "/kurume/mylist"))
    # A new version of ours takes the place of the old one, and takes the list along.
    before = {name for name, _, _ in kept_by(page)}
    monkeypatch.setattr(phone, "SHELL", (*phone.SHELL, "chat.js"))
    page.evaluate("navigator.serviceWorker.getRegistration().then((ours) => ours.update())")      # a browser does so in its own time
    until(lambda: (now := {name for name, path, _ in kept_by(page) if path == "/kurume/mylist"}) and now.isdisjoint(before))

    everything = page.evaluate(STORES) + "".join(text for _, path, text in kept_by(page) if not path.startswith("/static/"))
    for told in ("小5", "離婚したばかり", "お金が心配"):
        assert told not in everything
    assert {path for _, path, _ in kept_by(page) if not path.startswith("/static/")} == {"/kurume/mylist", "/kurume/offline"}

    page.locator("form[data-ends] button").first.click()
    page.wait_for_url("**/end")
    assert kept_by(page) == []
    assert json.loads(page.evaluate(STORES))[:2] == [{}, {}]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    page.goto("/kurume/mylist")
    assert shown(page) == []
    assert page.locator("#empty").is_visible()
    assert page.wrong == []
    page.context.close()


@pytest.mark.browser
def test_what_to_bring_stands_once_and_the_browsers_own_sheet_sends_the_list(browser: Any, live: str) -> None:
    page = phone_of(browser, live)
    page.add_init_script("navigator.share = async (what) => { window.shared = what }")
    alike, other = "健康保険証と戸籍謄本が必要です。", "戸籍謄本などが必要です。"

    def made_alike(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(other, alike))

    page.route("**/soja/mylist", made_alike)
    page.goto("/soja/mylist#p=hitorioya-iryohi,jido-fuyo-teate,shussan-gift,toshi-koen")
    things = page.locator("#bring > ul > li")
    assert [one.locator(".thing").inner_text() for one in things.all()] == [alike, "母子健康手帳が必要です。"]
    titles = [page.locator(f"[data-program={i}] h2 a").inner_text() for i in ("hitorioya-iryohi", "jido-fuyo-teate")]
    assert things.first.locator("li").all_inner_texts() == titles
    page.picture("bring", full_page=True)
    assert page.locator("#copy").count() == 0
    page.get_by_role("button", name="送る").click()
    assert page.evaluate("shared.url") == f"{live}/soja/mylist#p={','.join(shown(page))}"
    assert page.evaluate("Object.keys(shared).sort().join()") == "title,url"
    page.context.close()


@pytest.mark.browser
def test_the_quick_exit_leaves_no_list_behind(browser: Any, live: str) -> None:
    page = phone_of(browser, live)
    page.goto("/kurume/programs/boshi-seikatsu-shien-shisetsu")
    page.locator(".keep").click()
    until(lambda: any(path == "/kurume/mylist" for _, path, _ in kept_by(page)))
    page.goto("/kurume/")
    page.fill("#said", SECRET)
    page.get_by_role("button", name="さがす").click()
    page.get_by_role("button", name="すぐにこのページを閉じる").first.click()
    page.wait_for_url("**/calendar")
    assert kept_by(page) == []
    assert json.loads(page.evaluate(STORES)) == [{}, {}, ""]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert "visit" not in {one["name"] for one in page.context.cookies()}
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("furigana", ["off", "on"])
def test_the_list_of_a_city_brings_everything_once(browser: Any, live: str, furigana: str) -> None:
    page = phone_of(browser, live)
    page.goto(f"/soja/?furigana={furigana}")
    page.goto("/soja/mylist#p=hitorioya-iryohi,jido-fuyo-teate,no-such-program")
    assert shown(page) == ["hitorioya-iryohi", "jido-fuyo-teate"]
    assert page.locator("#missing").is_visible()
    assert page.locator("#bring > ul > li").count() == len(set(page.locator("#bring > ul > li > span:first-child").all_inner_texts()))
    page.picture("bring", full_page=True)
    page.emulate_media(media="print")
    assert page.locator("button:visible, .top:visible, .foot:visible").count() == 0
    page.pdf(path=PICTURES / "mylist.pdf", prefer_css_page_size=True)
    page.emulate_media(media="screen")
    page.locator("[data-remove]:visible").first.click()
    assert shown(page) == ["jido-fuyo-teate"]
    assert page.evaluate("document.activeElement.closest('[data-program]').dataset.program") == "jido-fuyo-teate"
    page.locator("#clear").click()
    assert page.locator("#empty").is_visible()
    until(lambda: kept_by(page) == [])
    assert page.wrong == []
    page.context.close()


@pytest.mark.browser
def test_without_javascript_the_link_shows_every_program(browser: Any, live: str) -> None:
    page = phone_of(browser, live, java_script_enabled=False)
    page.goto("/kurume/mylist#p=jido-teate")
    assert page.locator("noscript").inner_text().startswith("この端末では")
    assert page.locator("[data-program]:visible").count() > 60
    assert page.locator("button:visible").count() == 1                # 「消して終わる」
    page.picture("plain")
    page.context.close()
