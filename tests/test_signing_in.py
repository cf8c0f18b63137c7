"""Signing in and one's own account: the second factor, recovery codes, a first password, sessions seen and ended."""

from __future__ import annotations

import html
import io
import logging
import re
import sqlite3
import sys
from base64 import b32encode
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pyotp
import pytest
from conftest import TODAY
from desks import quick

from app import create_app
from finder import staff
from finder.command_line import main
from finder.settings import Settings
from finder.store import back_up, connect, open_store, put_back
from finder.store.accounts import ROLES, accounts, add_account, audit
from finder.store.second_factor import step_of

__all__ = ["quick"]       # a fixture
WORD, OWN = "a long enough 合言葉", "another long 合言葉です"
DOORS = {"/admin": "/admin/sign-in", "/kurume/counter": "/kurume/counter/sign-in"}
NUMBERS = count(1)


@pytest.fixture(scope="module")
def served(app, tmp_path_factory):
    """The application with a counter to sign in at, and a store of its own."""
    path = tmp_path_factory.mktemp("doors") / "finder.db"
    back_up(app.extensions["settings"].store, path)
    return create_app(Settings(store=path, secret="a secret of more than 32 letters!", today=TODAY, counter="accounts", limits="off"))


@pytest.fixture
def asks(served, monkeypatch):
    """Let the deployment ask for second factors otherwise than by choice."""
    settings = served.extensions["settings"]

    def set_to(how):
        monkeypatch.setitem(served.extensions, "settings", replace(settings, second_factor=how))
    return set_to


@pytest.fixture
def clock(monkeypatch):
    """Time that goes on only when it is told to, from the middle of a half minute."""
    now = [datetime.now(UTC).replace(second=10, microsecond=0)]
    monkeypatch.setattr(staff, "now_here", lambda: now[0])

    def go_on(**by):
        now[0] += timedelta(**by)
    return go_on


def the_store(served):
    return closing(open_store(served.extensions["settings"].store))


class Person:
    """Somebody of the staff with an account of their own, at one browser."""

    def __init__(self, served, role="editor", name="", **more):
        self.served, self.client, self.name = served, served.test_client(), name or f"職員{next(NUMBERS)}"
        if not name:
            with the_store(served) as store:
                add_account(store, self.name, role, WORD, **more)
        self.key, self.codes = "", []

    def elsewhere(self):
        """The same person at another browser."""
        other = Person(self.served, name=self.name)
        other.key, other.codes = self.key, self.codes
        return other

    def come_in(self, password=WORD, door="/admin"):
        return self.client.post(DOORS[door], data={"name": self.name, "password": password})

    def next(self, page, door="/admin", **told):
        """Answer what a page of the sign-in asks, with what it carries."""
        return self.client.post(DOORS[door], data={**carried(page), **told})

    def form(self, path, **told):
        """Send the form of a page of the account."""
        page = self.client.get(path)
        return self.client.post(path, data={**carried(page), **told})

    def code(self):
        return pyotp.TOTP(self.key).at(staff.now_here())

    def get_factor(self):
        """Come in, and get a second factor."""
        assert self.come_in().status_code == 303
        page = self.client.get("/admin/second-factor")
        self.key = key_of(page)
        done = self.client.post("/admin/second-factor", data={**carried(page), "now": WORD, "code": self.code(), "do": "take"})
        self.codes = codes_of(done)
        return done

    def is_in(self, path="/admin/"):
        return self.client.get(path).status_code == 200


def carried(page):
    return {k: html.unescape(v) for k, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)}


def key_of(page):
    return re.search(r'<code lang="zxx" translate="no">([A-Z2-7 ]+)</code>', page.text)[1].replace(" ", "")


def codes_of(page):
    return re.findall(r"<li><code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>", page.text)


def heading(page):
    return re.search(r"<h1>(.*?)</h1>", page.text)[1]


def lines(served, who):
    with the_store(served) as store:
        return [(line.did, line.what) for line in audit(store) if line.who == who]


# --- codes -----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("moment", "code"), [      # RFC 6238, appendix B, in six digits
    (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")])
@pytest.mark.parametrize(("late", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_is_that_of_the_standard_and_a_clock_may_be_wrong_by_half_a_minute(moment, code, late, right):
    key, at = b32encode(b"12345678901234567890").decode(), datetime.fromtimestamp(moment + late, UTC)
    assert (step_of(key, code, at) == moment // 30) is right


@pytest.mark.parametrize("typed", ["287 082", "２８７０８２", " 287082\n", "287-082"])
def test_a_code_may_be_typed_as_people_write_it(typed):
    assert step_of(b32encode(b"12345678901234567890").decode(), typed, datetime.fromtimestamp(59, UTC)) == 1


# --- getting a second factor -------------------------------------------------------------------------

def test_a_second_factor_is_got_with_the_password_and_a_code_of_its_key(served, clock):
    one = Person(served)
    other = one.elsewhere()
    one.come_in()
    other.come_in()
    before = one.client.get_cookie("staff", path="/admin").value
    page = one.client.get("/admin/second-factor")
    assert 'role="img" aria-label="認証アプリで読みとるQRコード"><svg' in page.text
    one.key = key_of(page)
    for told, status, words in (({"now": "wrong", "code": one.code()}, 401, "いまのパスワードが違います"),
                                ({"now": WORD, "code": "000000"}, 400, "コードが違います"), ({"now": WORD, "code": ""}, 400, "コードを入れて")):
        page = one.client.post("/admin/second-factor", data={**carried(page), **told, "do": "take"})
        assert (page.status_code, words in page.text, key_of(page)) == (status, True, one.key)
    done = one.client.post("/admin/second-factor", data={**carried(page), "now": WORD, "code": one.code(), "do": "take"})
    assert len(set(codes_of(done))) == 10
    assert one.client.get_cookie("staff", path="/admin").value != before
    assert one.is_in()
    assert not other.is_in()
    assert ("二段階認証をつける", "") in lines(served, one.name)


def test_opening_the_page_changes_nothing_and_a_key_is_for_whom_it_was_offered(served, clock):
    one, other = Person(served), Person(served)
    one.come_in()
    other.come_in()
    page = one.client.get("/admin/second-factor")
    assert key_of(one.client.get("/admin/second-factor")) != key_of(page)
    told = {**carried(other.client.get("/admin/second-factor")), "offer": carried(page)["offer"], "now": WORD, "do": "take",
            "code": pyotp.TOTP(key_of(page)).at(staff.now_here())}
    assert other.client.post("/admin/second-factor", data=told).status_code == 400
    assert [a.second_factor for a in account_rows(served, one, other)] == [False, False]


def account_rows(served, *people):
    with the_store(served) as store:
        return [a for person in people for a in accounts(store) if a.name == person.name]


def test_neither_key_nor_codes_stand_in_the_store_the_audit_a_log_or_a_later_page(served, clock, caplog):
    caplog.set_level(logging.DEBUG)
    one = Person(served)
    one.get_factor()
    clock(minutes=1)
    again = one.elsewhere()
    used = again.code()
    asked = again.next(again.come_in(), code="000000")
    assert again.next(asked, code=used).status_code == 303
    third = one.elsewhere()
    assert third.next(third.come_in(), recovery=one.codes[0]).status_code == 303
    shown = "".join(third.client.get(f"/admin/{path}").text for path in ("account", "second-factor", "password", "versions"))
    with the_store(served) as store:
        told = "".join(f"{line.what}" for line in audit(store))
        store.execute("pragma wal_checkpoint(truncate)")
    folder = served.extensions["settings"].store.parent
    kept = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    for secret in (one.key, *one.codes, *(code.replace("-", "") for code in one.codes), used):
        for where in (told, caplog.text, shown):
            assert secret not in where
        assert secret.encode() not in kept or secret == used


# --- signing in with it ------------------------------------------------------------------------------

@pytest.mark.parametrize("door", DOORS)
def test_after_the_password_a_code_is_asked_for_and_taken_once(served, clock, door):
    one = Person(served)
    one.get_factor()
    here, there, late = one.elsewhere(), one.elsewhere(), one.elsewhere()
    first = here.come_in(door=door)
    assert (first.status_code, heading(first)) == (200, "確認コードを入れる")
    assert "Set-Cookie" not in first.headers
    assert not here.is_in("/admin/account")
    assert here.next(first, door, code=one.code()).status_code == 401       # that with which the second factor was got
    before = one.code()
    clock(seconds=30)
    assert here.next(first, door, code=one.code()).status_code == 303
    assert here.client.get("/admin/" if door == "/admin" else door).status_code == 200
    assert there.next(there.come_in(door=door), door, code=one.code()).status_code == 401
    assert late.next(late.come_in(door=door), door, code=before).status_code == 401
    clock(seconds=30)
    assert there.next(there.come_in(door=door), door, code=one.code()).status_code == 303


def test_one_right_password_begins_one_session_and_only_for_ten_minutes(served, clock):
    one = Person(served)
    one.get_factor()
    clock(minutes=1)
    here = one.elsewhere()
    asked = here.come_in()
    assert here.next(asked, code=one.code()).status_code == 303
    clock(minutes=1)
    again = one.elsewhere()
    late = again.next(asked, code=one.code())
    assert (late.status_code, "時間がたったので" in late.text) == (401, True)
    asked = again.come_in()
    clock(minutes=11)
    assert again.next(asked, code=one.code()).status_code == 401
    assert not again.is_in()


@pytest.mark.parametrize("wrong", ["PPPPP", "CCCCC", "PCPCR", "RRRRR"])
def test_five_wrong_passwords_or_codes_close_the_account_and_a_right_password_forgets_none(served, clock, wrong):
    one = Person(served)
    one.get_factor()
    clock(minutes=1)
    other = one.elsewhere()
    for kind in wrong:
        if kind == "P":
            assert other.come_in("wrong").status_code == 401
        else:
            asked = other.come_in()
            told = {"recovery": "AAAAA-AAAAA"} if kind == "R" else {"code": "000000"}
            answer = other.next(asked, **told)
            assert answer.status_code == 401
            assert 'aria-invalid="true"' in answer.text
    assert other.come_in().status_code == 429
    assert one.is_in()
    assert ("鍵がかかる", "パスワードかコードの間違い5回") in lines(served, one.name)
    clock(minutes=16)
    assert other.next(other.come_in(), code=one.code()).status_code == 303


def test_a_locked_account_takes_no_right_code_either(served, clock):
    one = Person(served)
    one.get_factor()
    clock(minutes=1)
    here, other = one.elsewhere(), one.elsewhere()
    asked = here.come_in()
    for _ in range(5):
        other.come_in("wrong")
    assert here.next(asked, code=one.code()).status_code == 429


def test_an_empty_code_is_asked_for_again_and_not_counted(served, clock):
    one = Person(served)
    one.get_factor()
    clock(minutes=1)
    here = one.elsewhere()
    asked = here.come_in()
    for _ in range(7):
        asked = here.next(asked, code=" ")
        assert (asked.status_code, "コードを入れてください" in asked.text) == (401, True)
    assert here.next(asked, code=one.code()).status_code == 303


def test_a_recovery_code_lets_in_once(served, clock):
    one = Person(served)
    one.get_factor()
    first, second = one.codes[3], one.codes[7]
    here = one.elsewhere()
    assert here.next(here.come_in(), recovery=first).status_code == 303
    assert "あと<strong>9</strong>" in here.client.get("/admin/second-factor").text
    wrong = one.elsewhere()
    answer = wrong.next(wrong.come_in(), recovery=first)
    assert (answer.status_code, "もう使ってあります" in answer.text, "<details open>" in answer.text) == (401, True, True)
    assert wrong.next(answer, recovery=f" {second.lower().replace('-', ' ')} ").status_code == 303
    assert [what for did, what in lines(served, one.name) if did == "予備のコードを使う"] == ["残り8", "残り9"]


def test_what_was_typed_comes_through_the_code_too(served, clock):
    one = Person(served)
    one.get_factor()
    clock(minutes=1)
    here = one.elsewhere()
    there = "/admin/kurume/programs/jido-fuyo-teate"
    asked = here.client.post("/admin/sign-in", data={"name": one.name, "password": WORD, "to": there, "typed": '{"number": ["1"]}'})
    wrong = here.next(asked, code="000000")
    assert (carried(wrong)["to"], carried(wrong)["typed"]) == (there, '{"number": ["1"]}')
    assert "まだ下書きには残していません" in here.next(wrong, code=one.code()).text
    with the_store(served) as store:
        add_account(store, "よその市の人", "editor", WORD, "soja", handed_out=True)
    other = Person(served, name="よその市の人")
    asked = other.come_in()
    assert other.next(asked, to=there, typed='{"number": ["1"]}', new=OWN, again=OWN).status_code == 403


def test_another_accounts_row_or_another_secret_makes_no_code_right_but_recovery_codes_go_on(served, clock, monkeypatch, caplog):
    one, other = Person(served), Person(served)
    one.get_factor()
    other.get_factor()
    clock(minutes=1)
    with the_store(served) as store, store.atomic():
        store.execute("update second_factors set key = (select key from second_factors where account = ?) where account = ?",
                      [one.name, other.name])
    here = other.elsewhere()
    assert here.next(here.come_in(), code=one.code()).status_code == 401
    monkeypatch.setitem(served.extensions, "settings", replace(served.extensions["settings"], secret="another secret of more letters than 32"))
    here = one.elsewhere()
    asked = here.next(here.come_in(), code=one.code())
    assert (asked.status_code, "was FINDER_SECRET changed?" in caplog.text) == (401, True)
    assert here.next(asked, recovery=one.codes[0]).status_code == 303


# --- changing and leaving it --------------------------------------------------------------------------

def test_the_password_recovery_codes_and_the_factor_itself_are_changed_with_both(served, clock):
    one = Person(served)
    one.get_factor()
    clock(minutes=1)
    assert one.form("/admin/second-factor", now=WORD, code="000000", do="leave").status_code == 401
    assert one.form("/admin/second-factor", now="wrong", code=one.code(), do="leave").status_code == 401
    renewed = one.form("/admin/second-factor", now=WORD, code=one.code(), do="codes")
    assert len(codes_of(renewed)) == 10
    assert not set(codes_of(renewed)) & set(one.codes)
    assert one.form("/admin/password", now=WORD, new=OWN, again=OWN, code="000000").status_code == 401
    assert one.form("/admin/password", now=WORD, new=OWN, again=OWN, code=one.codes[0]).status_code == 401
    assert one.form("/admin/password", now=WORD, new=OWN, again=OWN, code=codes_of(renewed)[0]).status_code == 303
    assert one.form("/admin/second-factor", now=OWN, code=codes_of(renewed)[1], do="leave").status_code == 303
    assert "二段階認証を外しました" in one.client.get("/admin/account").text
    assert one.elsewhere().come_in(OWN).status_code == 303


def test_a_second_factor_is_not_replaced_with_the_password_alone(served, clock):
    one = Person(served)
    one.come_in()
    offer = carried(one.client.get("/admin/second-factor"))["offer"]
    one.get_factor()
    clock(minutes=1)
    page = one.client.get("/admin/second-factor")
    answer = one.client.post("/admin/second-factor", data={**carried(page), "offer": offer, "now": WORD, "code": "", "do": "take"})
    assert answer.status_code == 401
    here = one.elsewhere()
    assert here.next(here.come_in(), code=one.code()).status_code == 303


# --- as the deployment says -----------------------------------------------------------------------------

@pytest.mark.parametrize("door", DOORS)
def test_where_it_is_required_nobody_comes_in_without_one(served, asks, clock, door):
    one = Person(served, "viewer")
    assert one.come_in(door=door).status_code == 303
    page = "/admin/account" if door == "/admin" else door
    assert one.is_in(page)
    asks("required")
    assert not one.is_in(page), "a session that began before"
    asked = one.come_in(door=door)
    assert (heading(asked), "Set-Cookie" in asked.headers) == ("二段階認証をつけて入る", False)
    one.key = key_of(asked)
    wrong = one.next(asked, door, code="000000")
    assert (wrong.status_code, key_of(wrong)) == (400, one.key)
    shown = one.next(wrong, door, code=one.code())
    assert (heading(shown), len(codes_of(shown)), one.is_in(page)) == ("予備のコードを控えて入る", 10, False)
    assert one.next(shown, door).status_code == 303
    assert one.is_in(page)
    assert one.elsewhere().next(shown, door).status_code == 401
    if door == "/admin":
        clock(minutes=1)
        assert "外して、つけなおす" in one.client.get("/admin/second-factor").text
        one.form("/admin/second-factor", now=WORD, code=one.code(), do="leave")
        assert not one.is_in(page)
        assert heading(one.come_in()) == "二段階認証をつけて入る"


def test_where_it_is_off_nobody_is_asked(served, asks, clock):
    one = Person(served)
    one.get_factor()
    asks("off")
    here = one.elsewhere()
    assert here.come_in().status_code == 303
    assert here.client.get("/admin/second-factor").status_code == 404
    assert "二段階認証" not in here.client.get("/admin/account").text
    assert "確認コード" not in here.client.get("/admin/password").text


# --- a password that somebody else chose ------------------------------------------------------------------

@pytest.mark.parametrize("door", DOORS)
def test_a_first_password_is_changed_before_anything_else(served, clock, door):
    one = Person(served, handed_out=True)
    asked = one.come_in(door=door)
    assert (heading(asked), "Set-Cookie" in asked.headers) == ("パスワードを決めて入る", False)
    for new, again, words in ((WORD, WORD, "いまと同じ"), (OWN, "x", "二つの欄で違います"), ("short", "short", "12文字")):
        asked = one.next(asked, door, new=new, again=again)
        assert (asked.status_code, words in asked.text, 'aria-invalid="true"' in asked.text) == (400, True, True)
    assert one.next(asked, door, new=OWN, again=OWN).status_code == 303
    assert one.is_in("/admin/account" if door == "/admin" else door)
    assert one.elsewhere().come_in().status_code == 401
    assert one.elsewhere().come_in(OWN).status_code == 303
    assert ("パスワードを変える", "") in lines(served, one.name)


def test_a_password_set_for_somebody_with_a_second_factor_asks_for_the_code_first(served, clock, asks, run):
    one = Person(served)
    one.get_factor()
    assert run(f"{OWN}\n", "password", one.name)[0] == 0
    assert not one.is_in()
    clock(minutes=1)
    here = one.elsewhere()
    asked = here.come_in(OWN)
    assert heading(asked) == "確認コードを入れる"
    asked = here.next(asked, code=one.code())
    assert heading(asked) == "パスワードを決めて入る"
    assert here.next(asked, new="a third one, 長い合言葉", again="a third one, 長い合言葉").status_code == 303


# --- the command line ---------------------------------------------------------------------------------------

@pytest.fixture
def run(served, monkeypatch, capsys):
    """Run `staff …` with lines on standard input; returns its code and what it said."""
    monkeypatch.setenv("FINDER_STORE", str(served.extensions["settings"].store))

    def run(typed, *arguments):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(["staff", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err
    return run


def test_a_lost_second_factor_is_taken_off_by_a_command_and_the_audit_says_so(served, clock, run):
    one = Person(served)
    one.get_factor()
    assert "\t二段階認証" in next(line for line in run("", "list")[1].splitlines() if line.startswith(one.name))
    assert run("", "reset-factor", one.name) == (0, f"{one.name} の二段階認証を外しました\n")
    assert not one.is_in()
    assert one.elsewhere().come_in().status_code == 303
    assert ("アカウント", f"{one.name} の二段階認証を外しました") in lines(served, "命令")
    for name in (one.name, "いない人"):
        code, said = run("", "reset-factor", name)
        assert (code, "ついていません" in said) == (1, True)


def test_an_account_made_by_a_command_has_its_password_changed_first(served, run):
    name = f"新しい人{next(NUMBERS)}"
    assert run(f"{WORD}\n", "add", name, "--role", "viewer")[0] == 0
    assert "はじめのパスワード" in next(line for line in run("", "list")[1].splitlines() if line.startswith(name))
    assert heading(Person(served, name=name).come_in()) == "パスワードを決めて入る"
    code, said = run(f"{WORD}\n", "add", f"新しい人{next(NUMBERS)}", "--role", "editor", "--municipality", "Kurume")
    assert (code, "自治体「Kurume」はありません" in said) == (1, True)


# --- sessions --------------------------------------------------------------------------------------------------

def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(served, clock):
    here = Person(served)
    there, desk, stranger = here.elsewhere(), here.elsewhere(), Person(served)
    here.come_in()
    clock(minutes=3)
    there.come_in()
    desk.come_in(door="/kurume/counter")
    stranger.come_in()
    page = here.client.get("/admin/account")
    assert page.text.count('<th scope="row">') == 3
    assert "久留米市の窓口</label>" in page.text
    assert "編集画面（この画面）" in page.text
    marks = re.findall(r'name="end" value="(\w+)"', page.text)
    tokens = {p.client.get_cookie("staff", path=at).value for p, at in ((here, "/admin"), (there, "/admin"), (desk, "/kurume/counter"))}
    assert not [t for t in tokens if t in page.text]
    before = here.client.get_cookie("staff", path="/admin").value
    for told, status in (({"now": "wrong", "end": marks}, 401), ({"now": WORD}, 400), ({"now": WORD, "end": "0" * 16}, 400)):
        assert here.form("/admin/account", **told).status_code == status
        assert there.is_in()
    at_desk = re.search(r'value="(\w+)"[^>]*>久留米市の窓口', page.text)[1]
    assert here.form("/admin/account", now=WORD, end=at_desk, do="chosen").status_code == 303
    assert [p.is_in(at) for p, at in ((here, "/admin/"), (there, "/admin/"), (desk, "/kurume/counter"))] == [True, True, False]
    assert here.client.get_cookie("staff", path="/admin").value != before
    assert here.form("/admin/account", now=WORD, do="others").status_code == 303
    assert [p.is_in() for p in (here, there, stranger)] == [True, False, True]
    assert "ほかに入っている所はありません" in here.client.get("/admin/account").text
    assert [what for did, what in lines(served, here.name) if did == "ほかの所を出る"] == ["1か所", "1か所"]


def test_nobody_ends_anothers_session(served, clock):
    one, other = Person(served), Person(served)
    one.come_in()
    other.come_in()
    second = other.elsewhere()
    second.come_in()
    mark = re.search(r'name="end" value="(\w+)"', second.client.get("/admin/account").text)[1]
    assert one.form("/admin/account", now=WORD, end=mark).status_code == 400
    assert other.is_in()


# --- stores made before ------------------------------------------------------------------------------------------

OLD = """create table accounts (name text primary key, role text, municipality text, hash text, failures integer, locked_until text);
create table sessions (token text primary key, account text, begun text, last_seen text);"""


@pytest.mark.parametrize("put_in", [False, True])
def test_a_store_made_before_takes_its_accounts_and_sessions_along(served, tmp_path, clock, put_in):
    """A store of before, or a copy of it that is put back: nobody has to do anything, and each may get a second factor."""
    one = Person(served)
    one.come_in()
    path = tmp_path / "finder.db"
    back_up(served.extensions["settings"].store, path)
    with closing(sqlite3.connect(path)) as old:
        kept = [old.execute(f"select {columns} from {table}").fetchall() for table, columns in (
            ("accounts", "name, role, municipality, hash, failures, locked_until"), ("sessions", "token, account, begun, last_seen"))]
        for table in ("accounts", "sessions", "sign_ins", "second_factors", "recovery_codes"):
            old.execute(f"drop table {table}")
        old.executescript(OLD)
        old.executemany("insert into accounts values (?, ?, ?, ?, ?, ?)", kept[0])
        old.executemany("insert into sessions values (?, ?, ?, ?)", kept[1])
        old.commit()
    if put_in:
        copy, path = path, tmp_path / "other.db"
        put_back(path, copy)
    else:
        open_store(path).close()
    open_store(path).close()
    with closing(connect(path)) as store:
        assert one.name in [a.name for a in accounts(store)]
        assert {(a.handed_out, a.second_factor) for a in accounts(store)} == {(False, False)}
        assert {a.role for a in accounts(store)} <= set(ROLES)
    settings = served.extensions["settings"]
    served.extensions["settings"] = replace(settings, store=path)
    try:
        assert one.is_in()
        assert "編集画面（この画面）" in one.client.get("/admin/account").text
        assert len(codes_of(one.get_factor())) == 10
    finally:
        served.extensions["settings"] = settings
