"""Whatever a form or an address carries, it is taken or refused: no page of any face fails.

Nothing typed on a face of visitors stands in the address that its form leads to.
"""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import quote, unquote_plus, urlencode

import pytest
from argon2 import PasswordHasher
from conftest import TODAY
from hypothesis import given, settings, strategies as st

from app import create_app
from finder.drafting import piece_of
from finder.settings import ROOT, Settings
from finder.store import contents, current, open_store, publish
from finder.store.accounts import add_account
from finder.store.drafts import hand_in, keep_draft
from finder.store.uploads import keep_upload

WORD = "a long enough 合言葉"
FOLDER, DRAFTED = "13219-komae", "yurikago-komae"
DRAFT, TABLE = "/admin/komae/drafts/1", "/admin/komae/tables/1"
PROGRAM, OFFICE = f"/admin/komae/programs/{DRAFTED}", "/admin/komae/departments/hidamari"
VISITOR, STAFF, OTHER, THIRD, FOURTH, FIFTH = "a visitor", "公開する人", "もう一人", "三人目", "四人目", "五人目"

# Of each address that takes a form: who sends it, the page on which the form stands, and the address.
FORMS = {
    "resident.say": (VISITOR, "/komae/", "/komae/say"),
    "resident.answer": (VISITOR, "/komae/ask/children", "/komae/ask/children"),
    "resident.answer of myself": (VISITOR, "/komae/ask/self", "/komae/ask/self"),
    "resident.answer of needs": (VISITOR, "/komae/ask/needs", "/komae/ask/needs"),
    "resident.answer of one's situation": (VISITOR, "/komae/ask/single_parent", "/komae/ask/single_parent"),
    "resident.take_back": (VISITOR, "/komae/answers", "/komae/take-back"),
    "resident.at_counter": (VISITOR, "/komae/at-counter", "/komae/at-counter"),
    "resident.timeline_calendar": (VISITOR, "/komae/timeline", "/komae/timeline.ics"),
    "resident.send_report": (VISITOR, "/komae/report", "/komae/report"),
    "resident.called": (VISITOR, "", "/komae/called"),
    "resident.end": (VISITOR, "", "/komae/end"),
    "resident.leave": (VISITOR, "", "/komae/leave"),
    "kiosk.clear": (VISITOR, "", "/kiosk/komae/clear"),
    "counter.sign_in": (VISITOR, "/komae/counter/sign-in", "/komae/counter/sign-in"),
    "counter.press": (STAFF, "/komae/counter", "/komae/counter"),
    "counter.next_visitor": (STAFF, "/komae/counter", "/komae/counter/next"),
    "counter.keys": (STAFF, "/komae/counter", "/komae/counter/keys"),
    "counter.sign_out": (THIRD, "/komae/counter", "/komae/counter/sign-out"),
    "admin.sign_in": (VISITOR, "/admin/sign-in", "/admin/sign-in"),
    "admin.new": (STAFF, "/admin/komae/programs", "/admin/komae/new"),
    "admin.save_program": (STAFF, PROGRAM, PROGRAM),
    "admin.preview_program": (STAFF, PROGRAM, f"{PROGRAM}/preview"),
    "admin.remove_program": (STAFF, PROGRAM, f"{PROGRAM}/remove"),
    "admin.save_department": (STAFF, OFFICE, OFFICE),
    "admin.preview_department": (STAFF, OFFICE, f"{OFFICE}/preview"),
    "admin.remove_department": (STAFF, OFFICE, f"{OFFICE}/remove"),
    "admin.send_table": (STAFF, "/admin/komae/tables", "/admin/komae/tables"),
    "admin.read_plan": (STAFF, "/admin/komae/plans", "/admin/komae/plans"),
    "admin.use_table": (STAFF, TABLE, TABLE),
    "admin.drop_table": (STAFF, TABLE, f"{TABLE}/drop"),
    "admin.hand_in": (OTHER, DRAFT, f"{DRAFT}/hand-in"),
    "admin.join_up": (OTHER, DRAFT, f"{DRAFT}/join"),
    "admin.send_back": (STAFF, DRAFT, f"{DRAFT}/send-back"),
    "admin.publish": (STAFF, DRAFT, f"{DRAFT}/publish"),
    "admin.drop": (OTHER, DRAFT, f"{DRAFT}/drop"),
    "admin.hand_in_all": (OTHER, "/admin/komae/drafts", "/admin/komae/drafts/hand-in"),
    "admin.publish_chosen": (STAFF, "/admin/komae/drafts", "/admin/komae/drafts/publish"),
    "admin.go_back": (STAFF, "/admin/versions/1", "/admin/versions/1/roll-back"),
    "admin.account": (FOURTH, "/admin/account", "/admin/account"),
    "admin.password": (THIRD, "/admin/password", "/admin/password"),
    "admin.second_factor": (FIFTH, "/admin/second-factor", "/admin/second-factor"),
    "admin.sign_out": (STAFF, "/admin/", "/admin/sign-out"),
}
ELSEWHERE = {"api.turn", "api.understand"}      # no form: tests/test_openapi.py
# All fields at once hold each of these, and are still no more than a body may be.
ODD = ["", "9" * 5000, "\0\r\nX-More: 1", "\ud800", "[" * 1500, "-1", "a:b:c:d", "2026-02-30", "𠮷" * 300]
SOURCES = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "finder").rglob("*.py"))
READ, ASKED = (set(re.findall(rf'{of}(?:\.get|\.getlist)\("([\w-]+)"', SOURCES)) for of in ("form", "args"))
GOOD = {"municipality": "komae", "program_id": DRAFTED, "office": "hidamari", "question_id": "children", "need": "money", "number": "1",
        "name": "programs.csv", "filename": "finder.css", "mark": "000000000000", "kind": "svg"}
HEADS = ("Accept-Language", "Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since", "Sec-Fetch-Site", "X-Forwarded-For", "Origin")
COOKIES = ("visit", "counter", "language", "furigana", "kiosk", "told", "staff", "counter_keys")
VALUES = st.sampled_from([*ODD, "1e9", "٣", "../../../etc/passwd", "children:0", "9999-12-31", "0000-00-00"]) | st.text(max_size=40)


class _Fields(HTMLParser):
    """Reads of each address what its forms on a page send: every name with the values that it offers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page
        self.of: dict[str, dict[str, list[str]]] = {}
        self._here, self._also, self._select = {}, [], ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self._here = self.of.setdefault(given.get("action", self._page), {})
        if "formaction" in given:
            self.of[given["formaction"]] = self._here
        if tag == "select":
            self._select = given.get("name", "")
        name = self._select if tag == "option" else given.get("name", "")
        if name and tag in ("input", "textarea", "select", "button", "option"):
            self._here.setdefault(name, []).append(given.get("value") or "")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """One city with staff who sign in, also at its counter; a draft and a table that wait."""
    folder = tmp_path_factory.mktemp("forms")
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("40203-*", "40216-*", "39201-*", "33208-*", "translations"))
    app = create_app(Settings(data=folder / "data", store=folder / "finder.db", secret="a secret of more than 32 letters!", today=TODAY,
                              counter="accounts"))
    with pytest.MonkeyPatch.context() as patched, closing(open_store(folder / "finder.db")) as store:
        patched.setattr("finder.store.accounts._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        for name in (STAFF, OTHER, THIRD, FOURTH, FIFTH):
            add_account(store, name, "publisher", WORD)
        publish(store, {**contents(store, 1), "plans": {}})
        yield app


def come_in(app, who):
    """A browser with answers in it, or of somebody of the staff, at both their desks."""
    client = app.test_client()
    if who == VISITOR:
        client.post("/komae/say", data={"said": "小2と3歳の子がいます。お金が心配です"})
        client.post("/komae/ask/self", data={"p0-age": "age_years:35", "go": "next"})
    for place in () if who == VISITOR else ("/admin/sign-in", "/komae/counter/sign-in"):
        assert client.post(place, data={"name": who, "password": WORD}).status_code == 303
    return client


def form_of(client, page, action):
    """What the form on a page sends to an address."""
    found = _Fields(page)
    found.feed(client.get(page).text if page else "")
    return found.of.get(action, {})


def test_every_address_that_takes_a_form_is_listed(app):
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    assert {name.partition(" ")[0] for name in FORMS} | ELSEWHERE == posts


def made_ready(app, name):
    """Put a draft into the store, handed in where it is somebody else's turn; and a table that waits."""
    with closing(open_store(app.extensions["settings"].store)) as store:
        before = piece_of(contents(store, current(store)[0]), FOLDER, DRAFTED)
        store.execute("delete from drafts")
        store.execute("delete from sqlite_sequence")
        store.execute("delete from uploads")
        after = {**before, "text": {**before["text"], "ja": f"{name} の前の説明です。"}}
        keep_draft(store, FOLDER, DRAFTED, OTHER, before, after, "", datetime.now(UTC))
        keep_upload(store, FOLDER, STAFF, "x.csv", "制度名,説明\n新しい制度,説明です\n".encode(), datetime.now(UTC))
        if FORMS[name][0] == STAFF:
            hand_in(store, 1)


@pytest.mark.parametrize("name", FORMS)
def test_whatever_a_form_sends_it_is_taken_or_refused(app, name):
    who, page, action = FORMS[name]
    client = come_in(app, who)
    made_ready(app, name)
    offered = form_of(client, page, action)
    assert offered or not page or name == "admin.join_up", f"no form for {action} on {page}"
    token = offered.pop("token", [""])[0]

    def sent(told):
        body = urlencode({"token": token, **told}, doseq=True, errors="surrogatepass")
        answer = client.post(action, data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 204, 303, 400, 401, 403, 404, 409, 413, 429), (answer.status_code, told)
        way = unquote_plus(answer.headers.get("Location", ""))
        if not name.startswith("admin."):
            typed = {one for field, values in told.items() for one in values if len(one) > 3 and one not in offered.get(field, ())}
            assert not [one for one in typed if one in way], way

    for odd in ODD if name != "admin.go_back" else ODD[:1]:       # each goes back indeed, which takes a second
        sent({field: [odd] for field in {*offered, *READ}})
    mixed = st.fixed_dictionaries({}, optional={field: st.lists(st.sampled_from(values) | VALUES, min_size=1, max_size=2)
                                                for field, values in {**{key: [""] for key in sorted(READ)}, **offered}.items()})
    settings(max_examples=1 if name == "admin.go_back" else 4)(given(mixed)(sent))()


def test_a_way_back_that_is_none_of_ours_stands_in_no_address(app):
    for way, kept in (("somewhere", False), ("results", True)):
        answer = come_in(app, VISITOR).post("/komae/ask/children", data={"p0-age": "age_years:3", "go": "more", "back": way})
        assert answer.status_code == 303
        assert (way in unquote_plus(answer.headers["Location"])) is kept


@pytest.mark.parametrize("who", [VISITOR, STAFF])
def test_whatever_an_address_carries_no_page_fails(app, who):
    client = come_in(app, who)
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    some = st.sampled_from(ODD) | st.text(max_size=20)
    latin = st.sampled_from(["9" * 1500, "bytes=9-1", "*", ";=,"]) | st.text(
        st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=20)
    told = st.tuples(st.sampled_from(rules), st.sampled_from(["", *GOOD]), some,
                     st.dictionaries(st.sampled_from(sorted(ASKED)), some, max_size=3),
                     st.dictionaries(st.sampled_from(HEADS), latin, max_size=2), st.sampled_from(["", *COOKIES]), latin)

    @settings(max_examples=100)
    @given(told)
    def holds(told):
        rule, odd, value, query, heads, cookie, kept = told
        parts = {**GOOD, odd: quote(value, safe="", errors="surrogatepass")}
        way = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: parts.get(m[1], "x"), rule.rule)
        if cookie:
            client.set_cookie(cookie, quote(kept), path=way[:30])      # beside the good one of that name
        answer = client.get(way, query_string=urlencode(query, errors="surrogatepass"), headers=heads)
        assert answer.status_code < 500, way
        if cookie:
            client.delete_cookie(cookie, path=way[:30])
    holds()
