"""The link check: every address is found, answers are told apart, a row of failures is remembered."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from finder import links
from finder.command_line import main
from finder.store import keep_link_answers, link_answers, open_store, publish

TODAY = date(2026, 11, 22)


class Site(BaseHTTPRequestHandler):
    """A site whose paths are the answers it gives."""

    def do_GET(self):
        code = int(self.path.strip("/") or 200)
        self.send_response(code)
        if code == 301:
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def site(monkeypatch):
    """The address of a site on this machine, taken for one outside."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(links, "_public", lambda host: True)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("code", "status"), [
    (200, "ok"), (301, "moved"), (404, "gone"), (410, "gone"), (403, "unsure"), (429, "unsure"), (500, "unsure"), (503, "unsure")])
def test_an_answer_is_told_apart(site, code, status):
    assert links.fetch(f"{site}/{code}").status == status


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/",
                                 "http://no-such-host.invalid/", "http://169.254.169.254/x"])
def test_addresses_of_our_own_network_are_not_asked_for(url):
    assert links.fetch(url).status == "unsure"


def test_a_site_that_is_not_there_is_unsure(monkeypatch):
    monkeypatch.setattr(links, "_public", lambda host: True)
    assert links.fetch("http://127.0.0.1:9/").status == "unsure"


def test_every_address_is_found_with_its_places(real_folder):
    found = {link.url: link.places for link in links.links_of(real_folder.raw, "40203-kurume")}
    assert "jido-fuyo-teate" in found["http://www3.city.kurume.fukuoka.jp/shisei/21_7_1/news/10.htm"]
    assert all(url.startswith("http") and "」" not in url for url in found)


def test_one_site_is_asked_with_pauses():
    pauses = []
    answers = links.ask_all(["http://a/1", "http://b/1", "http://a/2"], lambda url: links.Answer(url, "ok"), 2.0, pauses.append)
    assert len(list(answers)) == 3
    assert pauses == [2.0]


def test_failures_in_a_row_are_counted(tmp_path):
    with closing(open_store(tmp_path / "finder.db")) as store:
        for status in ("gone", "unsure", "gone"):
            keep_link_answers(store, [("http://a/", status, "404")], TODAY)
        assert link_answers(store)["http://a/"].failures == 2
        keep_link_answers(store, [("http://a/", "ok", "200")], TODAY)
        assert link_answers(store)["http://a/"].failures == 0


def test_the_command_names_dead_pages_and_who_points_to_them(site, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FINDER_STORE", str(tmp_path / "finder.db"))
    monkeypatch.setattr(links, "PAUSE", 0)
    office = {"id": "kodomo", "name": "子ども課", "url": f"{site}/404", "source": f"{site}/200"}
    with closing(open_store(tmp_path / "finder.db")) as store:
        publish(store, {"needs": {}, "questions": [], "hotlines": [], "words": [], "danger": {}, "municipalities": {
            "00000-x": {"municipality": {"id": "x", "code": "00000", "prefecture": "", "name": {"ja": "x", "easy": "", "en": ""}},
                        "departments": [office], "programs": {}}}})
    assert main(["catalog", "links"]) == 3
    said = capsys.readouterr().out
    assert f"見られません（404）: {site}/404 ← 00000-x/kodomo" in said
    assert "見られないもの: 1" in said
    assert main(["catalog", "links", "--municipality", "atlantis"]) == 2
