"""Watching: alive and ready, plain totals, lines of JSON; nothing of a visitor in any of them."""

import json
import logging
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request

import pytest
from engines import free_port, wait_for

from app import create_app
from finder.log_lines import JsonLine, without_addresses
from finder.settings import ROOT, Settings

SECRET = "a secret of more than 32 letters!"
MARKS = ("203.0.113.77", "まれな文", "1987-06-05", "rare-program", "rarequery")


@pytest.fixture(scope="module")
def store(tmp_path_factory, app):
    path = tmp_path_factory.mktemp("watched") / "finder.db"
    shutil.copy(app.extensions["settings"].store, path)
    return path


def watched(store, **chosen):
    return create_app(Settings(store=store, secret=SECRET, **chosen))


def test_it_says_that_it_is_alive_and_ready_and_nobody_keeps_that(client):
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    assert client.get("/readyz").get_json().keys() == {"ready", "store", "municipalities", "version"}


def test_what_is_refused_is_logged_once_a_minute_by_its_page_and_status_alone(store, caplog):
    client = watched(store).test_client()
    for said in ("小5の秘密", "小6の秘密"):
        assert client.post("/kurume/say", data={"said": said}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    client.post("/kurume/say", data={"said": "秘密" * 200_000})
    client.get("/kurume/say/秘密")
    told = [r.getMessage() for r in caplog.records if r.name == "finder.refusals"]
    assert told == ["403 on /<municipality>/say", "413 on /<municipality>/say"]
    assert "秘密" not in caplog.text


def test_without_its_store_it_is_alive_but_not_ready_and_goes_on_serving(tmp_path, store):
    own = tmp_path / "finder.db"
    shutil.copy(store, own)
    client = watched(own).test_client()
    for damage in (lambda: own.write_bytes(b"no store"), own.unlink):
        damage()
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
        assert (answer.status_code, answer.get_json()["store"]) == (503, "unreadable")
        assert client.get("/kurume/").status_code == 200
    assert not own.exists(), "asking makes no store"


@pytest.mark.parametrize(("setting", "environ", "headers", "status"), [
    ("", {"REMOTE_ADDR": "127.0.0.1"}, {}, 404),
    ("loopback", {"REMOTE_ADDR": "127.0.0.1"}, {}, 200),
    ("loopback", {"REMOTE_ADDR": "::1"}, {}, 200),
    ("loopback", {"REMOTE_ADDR": "203.0.113.77"}, {}, 404),
    ("loopback", {"REMOTE_ADDR": "127.0.0.1"}, {"X-Forwarded-For": "203.0.113.77"}, 404),     # a relay asks for somebody
    ("network", {"REMOTE_ADDR": "203.0.113.77"}, {}, 200),
])
def test_totals_are_shown_only_to_whom_the_setting_names(store, setting, environ, headers, status):
    assert watched(store, metrics=setting).test_client().get("/metrics", environ_base=environ, headers=headers).status_code == status


def rare_visit(client):
    """Requests that carry marks in every place a visitor can put one."""
    there = {"environ_base": {"REMOTE_ADDR": MARKS[0]}, "headers": {"User-Agent": MARKS[1].encode().decode("latin-1")}}
    client.get("/kurume/programs/rare-program?q=rarequery", **there)
    client.get("/rare-program/まれな文", **there)
    client.get("/kurume/?lang=en&q=rarequery", **there)
    client.post("/api/v1/municipalities/kurume/turn", json={"said": MARKS[1], "answers": {"children": [{"birth_date": MARKS[2]}]}}, **there)
    client.open("/kurume/", method="RAREQUERY", **there)


def test_totals_hold_patterns_statuses_and_faces_and_nothing_of_a_visit(store):
    client = watched(store, metrics="loopback").test_client()
    rare_visit(client)
    told = client.get("/metrics").text
    assert 'finder_requests_total{face="api",method="POST",route="/api/v1/municipalities/<municipality>/turn",status="200"}' in told
    assert 'finder_requests_total{face="",method="-",route="-",status="404"}' in told
    assert 'finder_municipality_requests_total{municipality="kurume"}' in told
    assert re.search(r'finder_request_seconds_bucket\{face="resident",le="0.1",route="/<municipality>/"\} \d', told)
    for mark in MARKS:
        assert mark.lower() not in told.lower()


def test_a_line_for_each_request_names_what_for_and_nothing_of_a_visit(store, caplog):
    with caplog.at_level(logging.INFO, "finder.requests"):
        rare_visit(watched(store, log_lines=True).test_client())
    lines = [JsonLine().format(r) for r in caplog.records if r.name == "finder.requests"]
    turn = next(json.loads(line) for line in lines if '"POST"' in line)
    assert turn.pop("ms") >= 0
    assert turn.pop("at").endswith("+00:00")
    assert turn == {"level": "info", "from": "finder.requests", "event": "request", "face": "api", "method": "POST", "status": 200,
                    "route": "/api/v1/municipalities/<municipality>/turn", "municipality": "kurume"}
    for mark in MARKS:
        assert mark.lower() not in "".join(lines).lower()


@pytest.mark.parametrize("lines", [False, True])
def test_a_fault_is_logged_by_its_kind_and_place_and_not_by_what_was_typed(store, caplog, monkeypatch, lines):
    def fails(*_):
        raise ValueError(MARKS[1])
    monkeypatch.setattr("finder.exchange.turn", fails)
    answer = watched(store, log_lines=lines).test_client().post("/api/v1/municipalities/kurume/turn", json={"said": MARKS[1]})
    assert answer.status_code == 500
    assert MARKS[1] not in answer.text
    told = caplog.text + "".join(JsonLine().format(r) for r in caplog.records)
    assert "ValueError" in told
    assert "test_watching.py" in told
    assert MARKS[1] not in told


def test_of_an_exception_a_line_holds_the_kind_alone():
    try:
        raise sqlite3.OperationalError(MARKS[1])
    except sqlite3.Error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "it %s", ("failed",), sys.exc_info())
    line = json.loads(JsonLine().format(record))
    assert (line["event"], line["error"]) == ("it failed", "OperationalError")
    assert MARKS[1] not in str(line)


@pytest.mark.parametrize(("said", "args", "left"), [
    ("Invalid request from ip=203.0.113.77: Invalid request line: '/?q=rarequery'", (), "Invalid request"),
    ("Error handling request %s", ("/kurume/?q=rarequery",), "Error handling request"),
    ("Ignored premature client disconnection. %s", ("No more data after: b'rarequery'",), "Ignored premature client disconnection"),
    ("Booting worker with pid: %s", (7,), "Booting worker with pid: 7"),
])
def test_what_the_server_says_names_no_visitor(said, args, left):
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 0, said, args, None)
    assert without_addresses(record)
    assert record.getMessage() == left


def test_two_workers_are_added_up_and_every_line_of_the_server_is_json(tmp_path, store):
    port = free_port()
    own = tmp_path / "finder.db"
    shutil.copy(store, own)
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"), "app:create_app()"], stderr=log, cwd=ROOT,
            env={**os.environ, "PORT": str(port), "FINDER_STORE": str(own), "FINDER_METRICS": "loopback", "FINDER_LOG_LINES": "json",
                 "FINDER_LOG": "info", "TMPDIR": str(tmp_path)})
        try:
            wait_for(port, server)
            for _ in range(12):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").read()
            told = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Bad header rarequery": "x"}))
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(30) == 0
    assert 'finder_requests_total{face="health",method="GET",route="/healthz",status="200"} 12.0' in told
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert sum(line["event"] == "request" for line in lines) >= 13
    assert any("Invalid request" in line["event"] for line in lines)
    assert "rarequery" not in str(lines)
    assert "127.0.0.1" not in str([line for line in lines if not line["event"].startswith("Listening at")])
