"""The counter where staff sign in: who comes in, and that a session's end loses nothing of the visitor still sitting there."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from conftest import TODAY

from app import create_app
from finder import staff
from finder.settings import Settings
from finder.store import open_store
from finder.store.accounts import add_account, audit

CITY = "/kurume/counter"
WORD = "a long enough 合言葉"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The application with a counter to sign in at; anybody's account will do, but not another city's."""
    path = tmp_path_factory.mktemp("staff") / "finder.db"
    app = create_app(Settings(store=path, secret="a secret of more than 32 letters!", today=TODAY, counter="accounts"))
    with pytest.MonkeyPatch.context() as patch, closing(open_store(path)) as store:
        patch.setattr("finder.store.accounts._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        add_account(store, "窓口の人", "viewer", WORD)
        add_account(store, "久留米の人", "editor", WORD, "kurume")
        add_account(store, "よその人", "publisher", WORD, "soja")
    return app


@pytest.fixture
def desk(opened):
    """A browser of staff, not yet signed in."""
    return opened.test_client()


def come_in(client, name="窓口の人", password=WORD, **more):
    return client.post(f"{CITY}/sign-in", data={"name": name, "password": password, **more})


def where(response):
    return response.status_code, response.headers.get("Location")


@pytest.mark.parametrize(("path", "leads_to"), [
    ("", "/sign-in"), ("/paper", "/sign-in?to=paper"), ("/paper?form=receipt", "/sign-in?to=paper&form=receipt"),
    ("/timeline?form=postcard", "/sign-in?to=timeline&form=postcard")])
def test_whoever_has_to_sign_in_comes_back_to_where_they_were(desk, path, leads_to):
    assert where(desk.get(CITY + path)) == (303, CITY + leads_to)
    page = desk.get(CITY + leads_to).get_data(as_text=True)
    given = dict(re.findall(r'name="(to|form)" value="(\w+)"', page))
    assert where(come_in(desk, **given)) == (303, CITY + path)
    assert desk.get(CITY + path).status_code == 200
    assert where(desk.get(f"{CITY}/sign-in")) == (303, CITY)


@pytest.mark.parametrize(("name", "password", "code", "words"), [
    ("窓口の人", WORD, 303, ""), ("久留米の人", WORD, 303, ""), ("よその人", WORD, 403, "ほかの自治体のものです"),
    ("窓口の人", "wrong", 401, "名前かパスワードが違います"), ("いない人", WORD, 401, "名前かパスワードが違います")])
def test_who_comes_in(desk, name, password, code, words):
    response = come_in(desk, name, password)
    assert response.status_code == code
    assert words in response.get_data(as_text=True)
    assert desk.get(CITY).status_code == (200 if code == 303 else 303)


def test_a_session_of_the_counter_is_for_this_counter_alone(desk):
    come_in(desk)
    assert desk.get("/soja/counter").status_code == 303
    assert desk.get("/admin/").status_code == 303
    cookie = desk.get_cookie("staff", path=CITY)
    assert (cookie.path, cookie.http_only, cookie.same_site) == (CITY, True, "Strict")


@pytest.mark.parametrize("minutes", [31, 59])
def test_nothing_typed_is_lost_when_the_session_ends(desk, monkeypatch, minutes):
    come_in(desk)
    desk.post(CITY, data={"do": "answer:single_parent:0", "children": "小2", "self": "32"})
    before = desk.get(CITY).get_data(as_text=True)
    later = timedelta(minutes=minutes)
    with monkeypatch.context() as patch:
        patch.setattr(staff, "now_here", lambda: datetime.now(UTC) + later)
        real = datetime.now().timestamp()
        patch.setattr("finder.sealing.time.time", lambda: real + later.total_seconds())
        pressed = desk.post(CITY, data={"do": "choose:jido-teate", "children": "小2 5", "self": "32"}, follow_redirects=True)
        asked = pressed.get_data(as_text=True)
        assert "書いたものは残っています" in asked
        assert "小2" not in asked
        assert "児童手当" not in asked
        come_in(desk)
        after = desk.get(CITY).get_data(as_text=True)
    assert 'value="小2 5"' in after
    assert 'id="answer-single_parent-0" data-choice="1" data-answer="y" aria-pressed="true"' in after
    assert 'class="tally">1' in after
    assert before != after


def test_signing_in_anew_can_leave_the_last_visitor_behind(desk):
    desk.post(CITY, data={"do": "take", "children": "小2"})
    come_in(desk, begin="fresh")
    assert 'name="children" value=""' in desk.get(CITY).get_data(as_text=True)


def test_going_out_clears_the_desk_and_ends_the_session(desk):
    come_in(desk)
    desk.post(CITY, data={"do": "take", "children": "小2"})
    assert "窓口の人さん、出る" in desk.get(CITY).get_data(as_text=True)
    token = desk.get_cookie("staff", path=CITY).value
    assert where(desk.post(f"{CITY}/sign-out")) == (303, f"{CITY}/sign-in")
    assert desk.get_cookie("counter", path=CITY) is None
    desk.set_cookie("staff", token, path=CITY)
    assert desk.get(CITY).status_code == 303
    assert "書いたものは残っています" not in desk.get(f"{CITY}/sign-in").get_data(as_text=True)


def test_a_form_of_another_site_neither_presses_nor_signs_in(desk):
    for path in ("", "/sign-in", "/sign-out", "/next"):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
            assert desk.post(CITY + path, data={"do": "need:money"}, headers=headers).status_code == 403


def test_pages_of_staff_are_kept_by_no_cache_and_found_by_no_search(desk):
    for response in (desk.get(f"{CITY}/sign-in"), come_in(desk), desk.get(CITY)):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"


def test_who_came_in_is_in_the_audit_and_nothing_of_visitors_is(opened, desk):
    come_in(desk)
    desk.post(CITY, data={"do": "take", "children": "H30.5.9"})
    with closing(open_store(opened.extensions["settings"].store)) as store:
        lines = audit(store)
    assert ("窓口の人", "入る") in [(line.who, line.did) for line in lines]
    assert not any("H30" in f"{line}" for line in lines)


def test_without_accounts_there_is_nowhere_to_sign_in(client):
    assert client.get(f"{CITY}/sign-in").status_code == 404
