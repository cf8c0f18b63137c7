"""Everyone can read it: the choice of a language, and that every language says everything."""

import re

import pytest

from finder.catalog import Ages, Requirement
from finder.languages import LANGUAGES, language_for
from finder.requirement_words import requirement_words, self_words
from finder.speaking import spoken

CITY = "/kurume"


@pytest.mark.parametrize(("asked", "language"), [
    ([], "ja"), (["*"], "ja"), (["fr-FR", "de"], "ja"),
    (["ja-JP", "en"], "ja"), (["en-US", "en", "ja"], "en"), (["fr", "en"], "en"),
    (["zh-CN"], "zh-Hans"), (["zh"], "zh-Hans"), (["zh_Hant_TW"], "zh-Hans"),
    (["pt-BR", "pt"], "pt"), (["tl-PH"], "fil"), (["fil"], "fil"), (["VI"], "vi"), (["ne-NP"], "ne"), (["ko-KR"], "ko"),
])
def test_a_browsers_wish_is_met_where_we_can(asked, language):
    assert language_for(asked) == language


def lang_of(response):
    return re.search(r'<html lang="([^"]+)">', response.get_data(as_text=True))[1]


def test_japanese_is_what_comes_when_nothing_is_asked(client):
    assert lang_of(client.get(f"{CITY}/")) == "ja"


def test_the_browser_is_heard_until_the_visitor_chooses(client):
    vietnamese = {"Accept-Language": "vi-VN,vi;q=0.9,en;q=0.5"}
    assert lang_of(client.get(f"{CITY}/", headers=vietnamese)) == "vi"
    assert lang_of(client.get(f"{CITY}/", headers={"Accept-Language": "vi;q=0, ko;q=0.3"})) == "ko"
    client.get(f"{CITY}/?lang=ja", headers=vietnamese)
    assert lang_of(client.get(f"{CITY}/", headers=vietnamese)) == "ja"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_holds_for_all_pages_and_comes_back_to_this_one(client, language):
    response = client.get(f"{CITY}/ask/children?back=answers&lang={language}&more=1")
    assert response.status_code == 303
    assert response.headers["Location"] == f"{CITY}/ask/children?back=answers&more=1"
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    for path in ("/", "/about", f"{CITY}/", f"{CITY}/results", "/nothing-here/"):
        assert lang_of(client.get(path)) == LANGUAGES[language].tag


@pytest.mark.parametrize(("path", "goes"), [
    ("/kurume/?lang=xx", "/kurume/"),
    ("/kurume/?lang=en&_external=1&_scheme=javascript&_anchor=x", "/kurume/?_external=1&_scheme=javascript&_anchor=x"),
    ("/kurume/?lang=en&next=//evil.example", "/kurume/?next=%2F%2Fevil.example"),
    ("/kurume/?lang=en&endpoint=x&municipality=soja&lang=vi", "/kurume/?endpoint=x&municipality=soja"),
    ("/%5Cevil.example/?lang=en", "/%5Cevil.example/"),
    ("/kurume/?lang=en&said=%0d%0aSet-Cookie:x", "/kurume/?said=%0D%0ASet-Cookie%3Ax"),
])
def test_the_way_back_never_leads_elsewhere(client, path, goes):
    assert client.get(path).headers["Location"] == goes


@pytest.mark.parametrize("path", ["//evil.example/?lang=en", "///evil.example?lang=en", "/%2F%2Fevil.example/?lang=en"])
def test_an_address_that_looks_like_another_host_stays_here(client, path):
    response = client.get(path)
    where = response.headers.get("Location", "")
    assert not re.match(r"(https?:)?//(?!localhost/)", where), where


def test_a_wrong_cookie_is_no_choice(client):
    client.set_cookie("language", "../../etc")
    assert lang_of(client.get("/")) == "ja"


@pytest.mark.parametrize("way", ["end", "leave"])
def test_the_next_person_begins_afresh(client, way):
    client.get(f"{CITY}/?lang=ne")
    ended = client.post(f"{CITY}/{way}")
    if way == "end":
        assert lang_of(ended) == "ne"
    assert client.get_cookie("language") is None
    assert lang_of(client.get(f"{CITY}/")) == "ja"


@pytest.mark.parametrize(("path", "way"), [("end", f"{CITY}/?lang=vi"), ("ask/children", f"{CITY}/ask/children?lang=vi")])
def test_the_switch_on_a_page_that_answers_a_form_leads_to_a_page(client, path, way):
    html = client.post(f"{CITY}/{path}", data={}).get_data(as_text=True)
    assert f'<a href="{way}" lang="vi" hreflang="vi">Tiếng Việt</a>' in html
    assert client.get(way).status_code == 303


def test_the_api_knows_no_language(client):
    response = client.get("/api/v1/municipalities?lang=en")
    assert response.status_code != 303
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(("language", "words"), [("ja", "ご本人が39歳まで"), ("en", "You are up to age 39"), ("vi", "39"), ("ko", "39")])
def test_the_age_of_the_person_asking_is_said_in_every_language(language, words):
    ages = Ages(until="39歳")
    said = requirement_words(Requirement("self", self_words(ages), ages=ages), spoken(language))
    assert words in said
    assert (language == "ja") == ("ご本人" in said)
