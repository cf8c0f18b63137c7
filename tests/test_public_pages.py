"""Pages that search engines and other sites point at: stable, the same for everyone, in every language, with what machines read."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from test_resident import sound

from finder.languages import LANGUAGES

CITIES = ("kurume", "ogori", "kochi", "soja", "komae")
PAGES = ("/kurume/programs", "/kurume/accuracy", "/kurume/needs/money", "/kurume/departments/katei-kodomo-sodan")


def addresses(client):
    maps = located(client, "/sitemap.xml")
    return [page for one in maps for page in located(client, one)]


def located(client, path):
    root = ElementTree.fromstring(client.get(path).data)
    return [e.text.removeprefix("http://localhost") for e in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_holds_no_answer_and_may_be_kept(client, page):
    client.post("/kurume/ask/children", data={"p0-age": "grade:小2", "go": "next"})
    client.post("/kurume/ask/needs", data={"need": ["dv"]})
    with_answers = client.get(page)
    without = client.application.test_client().get(page)
    assert with_answers.data == without.data
    assert without.headers["Cache-Control"] == "public, max-age=300"
    assert {"Cookie", "Accept-Language"} <= set(re.split(", *", without.headers["Vary"]))
    assert "Set-Cookie" not in without.headers
    assert "X-Robots-Tag" not in without.headers
    assert 'name="robots"' not in without.get_data(as_text=True)
    again = client.get(page, headers={"If-None-Match": without.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    sound(without.get_data(as_text=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_public_page_has_an_address_in_each_language_and_the_next_page_follows(client, language):
    page = client.get(f"/kurume/needs/money?lang={language}")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert f'<html lang="{LANGUAGES[language].tag}">' in text
    assert "public" not in page.headers["Cache-Control"], "a page that sets a cookie is nobody else's"
    for one in set(LANGUAGES) - {"ja", "easy"}:
        assert f'hreflang="{LANGUAGES[one].tag}" href="http://localhost/kurume/needs/money?lang={one}"' in text
    assert f'<html lang="{LANGUAGES[language].tag}">' in client.get("/kurume/").get_data(as_text=True)


def test_a_page_on_a_kiosk_is_not_kept(client):
    client.get("/kiosk/kurume/")
    assert client.get(PAGES[0]).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("city", CITIES)
def test_every_need_department_and_program_is_on_the_map_and_every_third_page_is_there(client, city):
    on_map = [a for a in addresses(client) if a.startswith(f"/{city}/")]
    listed = set(re.findall(r'href="([^"]+)"', client.get(f"/{city}/programs").get_data(as_text=True)))
    assert {a for a in listed if re.search("/(needs|programs)/", a)} <= set(on_map)
    for address in on_map[::3]:
        assert client.get(address).status_code == 200, address


def test_a_need_lists_every_program_for_it_those_above_all_for_it_first(client, real_catalogs):
    catalog = real_catalogs["40203-kurume"]
    listed = re.findall(r'href="/kurume/programs/([\w-]+)"', client.get("/kurume/needs/money").get_data(as_text=True))
    assert sorted(listed) == sorted(p.id for p in catalog.programs if p.for_residents and "money" in p.needs)
    first = [catalog.program(i).needs[0] == "money" for i in listed]
    assert first == sorted(first, reverse=True)


@pytest.mark.parametrize("address", ["/kurume/needs/nothing", "/atlantis/needs/money", "/kurume/departments/nothing", "/atlantis/departments/x"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("city", CITIES)
def test_a_programs_page_holds_its_government_service_as_data(client, city):
    for address in [a for a in addresses(client) if re.match(f"/{city}/programs/", a)][::10]:
        page = client.get(address).get_data(as_text=True)
        found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
        assert found == json.loads(client.get(address + ".jsonld").data)
        assert found["@type"] == "GovernmentService"


def test_every_page_of_a_city_leads_to_its_open_data(client):
    for page in ("/kurume/", *PAGES, "/kurume/results", "/kurume/programs/jido-fuyo-teate"):
        assert "/kurume/open-data/" in client.get(page).get_data(as_text=True), page


def test_the_files_are_described_with_day_licence_and_source(client):
    file = client.get("/kurume/open-data/programs.csv")
    described = re.match('<http://localhost(.*)>; rel="describedby"', file.headers["Link"])[1]
    found = client.get(described).get_json()
    assert found["license"] is None, "the city has not decided"
    assert found["source"].startswith("久留米市こども計画")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["modified"])
    for one in found["distribution"]:
        assert "license" in one
        assert client.get(one["downloadURL"].removeprefix("http://localhost")).status_code == 200
