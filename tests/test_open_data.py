"""Open data over HTTP: stable, dated, the same catalog; a map of the pages."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from test_import import TODAY, taken

from finder.layouts.own import OWN
from finder.layouts.writing_out import table
from finder.sheets import read_sheets

FILES = ["programs.csv", "recommended.csv", "support_system.csv", "programs.xlsx", "registry.json", "programs.json"]


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_given_with_its_date_and_again_from_memory(client, name):
    first = client.get(f"/kurume/open-data/{name}")
    assert first.status_code == 200
    assert first.headers["Last-Modified"]
    assert client.get(f"/kurume/open-data/{name}").data == first.data
    again = client.get(f"/kurume/open-data/{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_index_names_every_file(client):
    page = client.get("/kurume/open-data/").get_data(as_text=True)
    assert all(f"/kurume/open-data/{name}" in page for name in FILES)
    assert "市がまだ決めていません" in page


def test_the_workbook_is_the_catalog(client, real_folder):
    programs, departments = read_sheets("x.xlsx", client.get("/kurume/open-data/programs.xlsx").data)
    assert [list(r) for r in programs.rows] == table(real_folder.raw, "40203-kurume", OWN, TODAY)
    found, _ = taken(real_folder.raw, programs.rows)
    assert (found.changed, found.new, found.problems) == ([], [], [])
    assert len(departments.rows) == len(real_folder.raw["municipalities"]["40203-kurume"]["departments"]) + 1


def test_a_program_is_a_government_service(client):
    answer = client.get("/kurume/programs/jido-fuyo-teate.jsonld")
    service = json.loads(answer.data)
    assert answer.content_type == "application/ld+json"
    assert (service["@type"], service["name"]) == ("GovernmentService", "児童扶養手当の支給")
    assert service["availableChannel"][0]["servicePhone"]["telephone"]
    assert service["url"].endswith("/kurume/programs/jido-fuyo-teate")
    assert "/kurume/programs/jido-fuyo-teate.jsonld" in client.get("/kurume/programs/jido-fuyo-teate").get_data(as_text=True)


@pytest.mark.parametrize("address", ["/kurume/open-data/secret.csv", "/atlantis/open-data/programs.csv", "/atlantis/open-data/",
                                     "/kurume/programs/nothing.jsonld"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_the_map_names_pages_that_are_there(client):
    maps = located(client, "/sitemap.xml")
    assert set(maps) == {f"/{city}/sitemap.xml" for city in ("kurume", "ogori", "kochi", "soja", "komae")}
    pages = [page for one in maps for page in located(client, one)]
    assert len(pages) == len(set(pages)) > 200
    for page in pages[::40]:
        assert client.get(page).status_code == 200


def located(client, path):
    root = ElementTree.fromstring(client.get(path).data)
    return [e.text.removeprefix("http://localhost") for e in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
