"""What goes over the line: the same page in every encoding, light, and told to nobody by its length."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest
from backports import zstd
from flask import Flask
from flask.testing import FlaskClient

UNPACKED = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress, None: bytes}
CHROME, OLD = "gzip, deflate, br, zstd", "gzip, deflate"


@pytest.fixture
def visitor(client: FlaskClient) -> FlaskClient:
    """Somebody with answers."""
    client.post("/kurume/ask/children", data={"p0-age": "grade:小5", "go": "next"})
    return client


@pytest.mark.parametrize(("accepts", "encoding"), [
    (CHROME, "zstd"), ("gzip, deflate, br", "br"), (OLD, "gzip"), ("identity", None), ("", None),
])
@pytest.mark.parametrize("path", ["/kurume/results", "/static/finder.css", "/api/v1/municipalities/kurume/programs"])
def test_a_response_is_the_same_in_every_encoding(visitor: FlaskClient, path: str, accepts: str, encoding: str | None) -> None:
    got = visitor.get(path, headers={"Accept-Encoding": accepts})
    assert got.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in got.headers["Vary"]
    assert UNPACKED[encoding](got.data) == visitor.get(path).data


@pytest.mark.parametrize(("site", "compressed"), [
    (None, True), ("none", True), ("same-origin", True), ("same-site", False), ("cross-site", False),
])
def test_a_page_with_answers_is_not_compressed_for_another_site(visitor: FlaskClient, site: str | None, compressed: bool) -> None:
    got = visitor.get("/kurume/results", headers={"Accept-Encoding": CHROME, **({"Sec-Fetch-Site": site} if site else {})})
    assert ("Content-Encoding" in got.headers) is compressed


def test_who_comes_from_the_citys_own_pages_gets_the_first_page_compressed(client: FlaskClient) -> None:
    got = client.get("/kurume/", headers={"Accept-Encoding": CHROME, "Sec-Fetch-Site": "cross-site"})
    assert got.headers["Content-Encoding"] == "zstd"


@pytest.mark.parametrize("accepts", [CHROME, OLD])
def test_what_the_browser_has_already_is_not_sent_again(client: FlaskClient, accepts: str) -> None:
    first = client.get("/static/finder.css", headers={"Accept-Encoding": accepts})
    again = client.get("/static/finder.css", headers={"Accept-Encoding": accepts, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("accepts", [CHROME, OLD])
@pytest.mark.parametrize("path", ["/kurume/", "/kurume/results", "/kurume/chat"])
def test_a_first_view_weighs_less_than_40_kb(app: Flask, path: str, accepts: str) -> None:
    browser = app.test_client()
    browser.post("/kurume/ask/children", data={"p0-age": "grade:小5", "go": "next"})
    page = browser.get(path)
    parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert {re.sub(r".*/|\?.*", "", part) for part in parts} >= {"finder.css", "list.js", "icon.svg"}
    assert sum(len(browser.get(part, headers={"Accept-Encoding": accepts}).data) for part in (path, *parts)) < 40_000
