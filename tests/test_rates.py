"""Rates: a shared address is enough for a whole counter, one that floods waits; Redis gone changes nothing for visitors."""

import logging
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from engines import free_port, redis_server

from app import create_app
from finder.rates import FEWER, MOST_ADDRESSES, Rates
from finder.settings import PER_MINUTE, Settings

SECRET = "a secret of more than 32 letters!"
HALL = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch):
    """The clock stands: the counts begin anew with each minute, and a test may not fall across one."""
    monkeypatch.setattr("finder.rates.time", SimpleNamespace(time=lambda: 1_790_000_000.0, monotonic=time.monotonic))


@pytest.fixture
def client(app):
    """Ten requests a minute, so that a test need not make 1,200."""
    settings = app.extensions["settings"]
    return create_app(Settings(store=settings.store, secret=SECRET, per_minute=10, counts=False)).test_client()


def test_who_asks_too_often_is_told_when_to_come_back_in_the_contracts_shape(client):
    answers = [client.post("/api/v1/municipalities/kurume/turn", json={}, environ_base=HALL) for _ in range(11)]
    assert [a.status_code for a in answers] == [200] * 10 + [429]
    assert answers[-1].get_json() == {"error": {"code": "too_many", "message": "少し待ってから、もう一度送ってください。", "field": None}}
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_a_page_says_kindly_to_wait_and_others_are_not_touched(client):
    for _ in range(10):
        client.get("/kurume/", environ_base=HALL)
    page = client.get("/kurume/", environ_base=HALL)
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) <= 60
    assert "一分ほど待ってから" in page.text
    assert "203.0.113.7" not in page.text
    assert client.get("/kurume/", environ_base={"REMOTE_ADDR": "203.0.113.8"}).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/finder.css"])
def test_what_costs_nothing_is_not_counted(client, path):
    assert {client.get(path, environ_base=HALL).status_code for _ in range(12)} == {200}


def test_a_relay_that_was_not_named_does_not_make_everyone_one(client):
    assert {client.get("/", environ_base={"REMOTE_ADDR": "127.0.0.1"}).status_code for _ in range(12)} == {200}


@pytest.mark.parametrize(("way", "form"), [("/admin/sign-in", "admin.sign_in"), ("/kurume/counter/sign-in", "counter.sign_in")])
def test_passwords_are_tried_thirty_times_a_minute_at_most(app, way, form):
    client = create_app(Settings(store=app.extensions["settings"].store, secret=SECRET, counts=False, counter="accounts")).test_client()
    statuses = [client.post(way, data={}, environ_base=HALL).status_code for _ in range(FEWER[form] + 1)]
    assert 429 not in statuses[:-1]
    assert statuses[-1] == 429


def test_sixty_people_behind_one_address_are_all_served():
    # each presses something every three seconds, for three minutes that follow each other
    rates = Rates("memory", SECRET)
    for minute in range(3):
        for _ in range(20 * 60):
            most = rates.asked("all", "203.0.113.7", minute * 60)
        assert most <= PER_MINUTE


@pytest.mark.parametrize(("one", "other", "shared"), [
    ("203.0.113.7", "203.0.113.7", True),
    ("203.0.113.7", "203.0.113.8", False),
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),        # one household's network
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("::ffff:203.0.113.7", "203.0.113.7", True),
    ("nonsense", "other nonsense", False),
])
def test_whose_requests_are_counted_together(one, other, shared):
    rates = Rates("memory", SECRET)
    rates.asked("all", one, 0)
    assert (rates.asked("all", other, 0) == 2) is shared


def test_nothing_of_an_address_is_kept_and_its_hash_goes_with_the_minute():
    rates = Rates("memory", SECRET)
    rates.asked("all", "203.0.113.7", 0)
    first = set(rates._counted)
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in first)
    rates.asked("all", "203.0.113.7", 60)
    assert not first & set(rates._counted), "the same address is another hash a minute later"
    assert len(rates._counted) == 1


def test_memory_is_bounded_however_many_addresses_ask(monkeypatch):
    monkeypatch.setattr("finder.rates.MOST_ADDRESSES", 100)
    rates = Rates("memory", SECRET)
    for n in range(1000):
        rates.asked("all", f"10.0.{n // 250}.{n % 250}", 0)
        assert len(rates._counted) <= 100
    assert MOST_ADDRESSES <= 200_000


def test_redis_is_shared_and_when_it_goes_counting_goes_on_in_the_process(tmp_path, caplog, monkeypatch):
    port = free_port()
    here, there = (Rates(f"redis://127.0.0.1:{port}/0", SECRET) for _ in range(2))
    with redis_server(tmp_path, port):
        assert [r.asked("all", "203.0.113.7", 0) for r in (here, there, here)] == [1, 2, 3]
        keys = here._redis.keys()
        assert len(keys) == 1
        assert b"203" not in keys[0]
        assert 0 < here._redis.ttl(keys[0]) <= 120
    with caplog.at_level(logging.WARNING):
        assert [here.asked("all", "203.0.113.7", 0) for _ in range(3)] == [1, 2, 3]
    assert len(caplog.records) == 1, "said once"
    assert "203.0.113.7" not in caplog.text
    with redis_server(tmp_path, port):
        here._redis_from = 0        # ten seconds have passed
        assert here.asked("all", "203.0.113.7", 0) == 1
        assert not here._gone


def test_a_service_whose_redis_never_was_serves(app):
    settings = Settings(store=app.extensions["settings"].store, secret=SECRET, limits=f"redis://127.0.0.1:{free_port()}/0", per_minute=3,
                        counts=False)
    client = create_app(settings).test_client()
    assert [client.get("/kurume/", environ_base=HALL).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_redis_and_prometheus_are_not_loaded_where_nobody_asked_for_them():
    code = "import sys, app, finder.rates, finder.watching; sys.exit(bool({'redis', 'prometheus_client'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
