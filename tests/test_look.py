"""A municipality's own colour and logo: checked when they are loaded, readable by day and by night, harmless when served."""

from __future__ import annotations

import base64
import re
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from conftest import faint_words, fits, kept_by, until
from flask import Flask
from hypothesis import given, strategies as st
from test_files import CITY, a_folder
from werkzeug.serving import make_server

from app import create_app
from finder.files import folder_hash, read_folder
from finder.folder_text import folder_texts
from finder.look import by_day, by_night, colour, colour_problem, contrast, logo_problem, logo_text, stylesheet
from finder.settings import Settings

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><title>見本市</title><circle cx="4" cy="4" r="4" fill="#00695c"/></svg>'
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
ALT = 'alt = { ja = "見本市のマーク", easy = "見本市の マーク", en = "Emblem of Mihon City" }'
colours = st.tuples(*[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(("one", "other", "ratio"), [
    ("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(colour(one), colour(other)) == pytest.approx(ratio, abs=.06)


@given(colours)
def test_a_colour_is_taken_when_it_can_be_read_and_then_every_pair_can(own):
    text = "#{:02x}{:02x}{:02x}".format(*own)
    assert (colour_problem(text) == "") == (contrast(own, (255, 255, 255)) >= 4.5)
    if colour_problem(text):
        darker = colour_problem(text).rpartition("近い色では ")[2].rstrip("）")
        assert colour_problem(darker) == ""
        own = colour(darker)
    for tints, grounds, soft in ((by_day(own), ["#ffffff"], "#595959"), (by_night(own), ["#14141a", "#1f1f28"], "#b8b8c0")):
        for ground in (*map(colour, grounds), tints.faint):
            assert contrast(tints.key, ground) >= 4.5
            assert contrast(colour(soft), ground) >= 4.5
        assert contrast(tints.on_key, tints.key) >= 4.5
        assert contrast(tints.on_key, tints.hover) >= 4.5
    assert stylesheet(text).count("--on-key: ") == 2


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#0017c1;}"])
def test_what_is_no_colour_is_said(text):
    assert "使えません" in colour_problem(text)


@pytest.mark.parametrize(("name", "content", "said"), [
    ("logo.svg", SVG, ""), ("logo.png", PNG, ""),
    ("logo.svg", SVG.replace("<title>", "<script>alert(1)</script><title>"), "<script>"),
    ("logo.svg", SVG.replace("<title>", "<foreignObject/><title>"), "<foreignObject>"),
    ("logo.svg", SVG.replace("<title>", '<image href="https://example.jp/a.png"/><title>'), "<image>"),
    ("logo.svg", SVG.replace("<title>", "<style>@import url(//example.jp)</style><title>"), "<style>"),
    ("logo.svg", SVG.replace("<title>", "<animate/><title>"), "<animate>"),
    ("logo.svg", SVG.replace("<circle", '<circle onload="alert(1)"'), "onload"),
    ("logo.svg", SVG.replace("<circle", '<circle style="fill: url(//example.jp)"'), "style"),
    ("logo.svg", SVG.replace('fill="#00695c"', 'fill="url(https://example.jp/#a)"'), "fill"),
    ("logo.svg", SVG.replace('fill="#00695c"', 'fill="url(#a)"'), ""),
    ("logo.svg", SVG.replace("<title>", '<use href="https://example.jp/#a"/><title>'), "href"),
    ("logo.svg", SVG.replace("<title>", '<use href="#a"/><title>'), ""),
    ("logo.svg", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "<!DOCTYPE>"),
    ("logo.svg", "<svg", "読めません"), ("logo.svg", "<html/>", "SVG ではありません"), ("logo.svg", PNG, "読めません"),
    ("logo.svg", SVG + " " * 70_000, "大きすぎます"),
    ("logo.png", SVG, "PNG ではありません"), ("logo.png", PNG + b"0" * 70_000, "大きすぎます"),
])
def test_a_logo_only_draws(name, content, said):
    kept = logo_text(name, content.encode() if isinstance(content, str) else content)
    found = logo_problem(name, kept)
    assert said in found if said else found == ""


def with_look(root: Path, look: str, name: str = "logo.svg", content: bytes | None = SVG.encode()) -> Path:
    """The made-up city with a look of its own."""
    path = a_folder(root) / CITY
    about = path / "municipality.toml"
    about.write_text(about.read_text(encoding="utf-8") + f"\n[look]\n{look}\n", encoding="utf-8")
    if content is not None:
        (path / name).write_bytes(content)
    return path.parent


@pytest.mark.parametrize(("look", "place", "said"), [
    ('color = "#ffcc00"', "look", "白との差が 1.5"), ('color = "green"', "look", "#00695c のように"),
    ('logo = "other.svg"\n' + ALT, "look.logo", "ありません。置くか"), ('logo = "logo.svg"', "look", "alt"),
    ('logo = "../logo.svg"\n' + ALT, "look.logo", "形が違います"), ('logo = "logo.gif"', "look.logo", "形が違います"),
    ('kolor = "#00695c"', "look.kolor", "知らない項目"),
])
def test_what_is_wrong_with_a_look_is_said_with_its_file(tmp_path, look, place, said):
    found = read_folder(with_look(tmp_path, look)).problems
    assert [(p.file, p.place) for p in found if said in p.what] == [(f"{CITY}/municipality.toml", place)], found


@pytest.mark.parametrize(("name", "content"), [("logo.svg", SVG.encode()), ("logo.png", PNG)])
def test_a_look_goes_out_and_comes_back_the_same(tmp_path, name, content):
    root = with_look(tmp_path / "a", f'color = "#00695c"\nlogo = "{name}"\n{ALT}', name, content)
    folder = read_folder(root)
    assert folder.problems == []
    for path, text in folder_texts(folder.raw).items():
        (tmp_path / "b" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "b" / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    assert (tmp_path / "b" / CITY / name).read_bytes() == content
    assert read_folder(tmp_path / "b").raw == folder.raw
    before = folder_hash(root)
    (root / CITY / name).write_bytes(content + b"\n")
    assert folder_hash(root) != before


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that serves the made-up city in green, with a logo."""
    root = tmp_path_factory.mktemp("city")
    data = with_look(root / "data", f'color = "#00695c"\nlogo = "logo.svg"\n{ALT}')
    return create_app(Settings(data=data, store=root / "finder.db", secret="a secret of more than 32 letters!", today=date(2026, 11, 22),
                               counter="network"))


def test_pages_show_the_colour_and_the_logo(city):
    client = city.test_client()
    page = client.get("/mihon/").get_data(as_text=True)
    assert '<meta name="theme-color" content="#00695c" media="(prefers-color-scheme: light)">' in page
    assert client.get("/mihon/manifest.webmanifest").get_json()["theme_color"] == "#00695c"
    style = client.get(page.split('<link rel="stylesheet" href="')[2].split('"')[0])
    assert style.mimetype == "text/css"
    assert "--key: #00695c" in style.get_data(as_text=True)
    logo = page.split('<img class="logo" src="')[1].split('"')[0]
    assert 'alt="見本市のマーク"' in page
    picture = client.get(logo)
    assert picture.get_data(as_text=True) == SVG
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    for one in (style, picture):
        assert "immutable" in one.headers["Cache-Control"]
    english = client.get("/mihon/?lang=en", follow_redirects=True).get_data(as_text=True)
    assert 'alt="Emblem of Mihon City"' in english


def test_the_counter_and_its_papers_have_the_same_look(city):
    client = city.test_client()
    client.post("/mihon/counter", data={"do": "choose:sodan", "children": "3"})
    links = set()
    for path in ("counter", "counter/paper", "counter/timeline"):
        html = client.get(f"/mihon/{path}").get_data(as_text=True)
        links.add(re.search(r'<link rel="stylesheet" href="(/mihon/look-[0-9a-f]{12}\.css)">', html)[1])
        assert re.search(r'<h1><img class="logo" src="/mihon/logo-[0-9a-f]{12}\.svg" alt="">', html), path
    assert "--key: #00695c" in client.get(links.pop()).get_data(as_text=True)
    assert not links


@pytest.mark.parametrize("path", ["look-000000000000.css", "logo-000000000000.svg", "logo-000000000000.png"])
def test_a_look_that_is_not_the_present_one_is_not_there(city, client, path):
    assert city.test_client().get(f"/mihon/{path}").status_code == 404
    assert client.get(f"/kurume/{path}").status_code == 404


def test_a_city_without_a_look_has_the_ordinary_one(client):
    page = client.get("/kurume/").get_data(as_text=True)
    assert "look-" not in page
    assert 'class="logo"' not in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_day_and_by_night(city, browser, scheme):
    server = make_server("127.0.0.1", 0, city, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, locale="ja-JP")
    page = context.new_page()
    for path in ("", "ask/needs", "chat", "results", "counter"):
        page.goto(f"http://127.0.0.1:{server.server_port}/mihon/{path}")
        assert faint_words(page) == []
        if path != "counter":
            fits(page)
    assert page.evaluate("document.querySelector('.logo').naturalWidth") > 0
    page.goto(f"http://127.0.0.1:{server.server_port}/mihon/programs")
    page.locator(".keep").first.click()
    until(lambda: {"/mihon/mylist", "/mihon/offline"} <= {path for _, path, _ in kept_by(page)})
    context.set_offline(True)               # わたしのリスト has the city's look without a line, too
    page.goto(f"http://127.0.0.1:{server.server_port}/mihon/mylist")
    assert page.evaluate("document.querySelector('.logo').naturalWidth") > 0
    assert page.evaluate("getComputedStyle(document.querySelector('#print')).borderColor") != "rgb(0, 23, 193)"
    fits(page)
    context.close()
    server.shutdown()
    thread.join()
