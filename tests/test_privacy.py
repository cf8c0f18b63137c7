"""Nothing of a visitor stays anywhere: whole visits with marked answers through every face, then a search for the marks.

The marks are a rare birth date, a rare sentence and a rare nickname.  They are told on every page that
takes an answer, and in every way that fails; then all logs, files, addresses, headers and totals of a real server, and
the profile of a real browser, are searched for them, also encoded and packed.
"""

from __future__ import annotations

import base64
import gzip
import http.client
import io
import json
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from backports import zstd
from conftest import TODAY
from engines import free_port, wait_for
from werkzeug.exceptions import HTTPException

from app import create_app
from finder import exchange
from finder.answers import read_answers
from finder.brought import code
from finder.faces.resident import way
from finder.log_lines import JsonLine
from finder.settings import ROOT, Settings
from finder.store import open_store
from finder.store.accounts import add_account
from finder.tls_cookies import long_name, with_long_names

SECRET = "a secret of more than 32 letters!"
WORD = "a long enough 合言葉"
NICK, SENTENCE = "ぴょこまるこ", "藤色のきりんが毎晩ベランダで鳴いて眠れません"
DATE = "2017-09-13"
MARKS = {NICK: (NICK,), SENTENCE: (SENTENCE, SENTENCE[:6]),
         DATE: (DATE, "20170913", "2017/9/13", "2017.9.13", "2017年9月13日", "2017年09月13日", "H29.9.13", "平成29年9月13日")}
SAID = f"{NICK}は2017年9月13日生まれです。お金が心配です。{SENTENCE}"
BROKEN = "こわれて"          # whoever says it meets a fault that holds all that was said


# --- looking for a trace -----------------------------------------------------------------------------

def _forms(text: str) -> Iterator[bytes]:
    """A text as it may be written somewhere: encoded, escaped, in an address, in base64 from any of three places."""
    raw = text.encode()
    yield from (raw, text.encode("utf-16-le"), text.encode("cp932"))
    if not text.isascii():
        percent, once = quote(text), json.dumps(text)[1:-1]
        yield from (one.encode() for one in (percent, percent.lower(), quote(percent), once, once.replace("\\", "\\\\"), str(raw)[2:-1]))
        yield text.encode("ascii", "xmlcharrefreplace")
    for told in (raw, text.encode("utf-16-le")):
        for before in range(3):
            whole = base64.b64encode(b"\0" * before + told)
            inner = whole[[0, 2, 3][before]:len(whole) - (4 if len(told) + before else 0)]
            yield from (inner, inner.replace(b"+", b"-").replace(b"/", b"_"))


FORMS = {mark: tuple({form for text in texts for form in _forms(text) if len(form) >= 8}) for mark, texts in MARKS.items()}
PACKED = {b"\x1f\x8b\x08": lambda told: zlib.decompressobj(47).decompress(told, 2**22),
          b"\x28\xb5\x2f\xfd": lambda told: zstd.ZstdDecompressor().decompress(told, 2**22),
          **{bytes((0x78, one)): lambda told: zlib.decompressobj().decompress(told, 2**22) for one in (0x01, 0x5e, 0x9c, 0xda)}}


def traces(content: bytes, depth: int = 2) -> set[str]:
    """Return the marks of which a trace is in some bytes, also in what is packed inside them."""
    found = {mark for mark, forms in FORMS.items() if any(form in content for form in forms)}
    for begin, unpacked in PACKED.items() if depth else ():
        at = content.find(begin)
        while at >= 0:
            try:
                inner = unpacked(content[at:at + 2**22])
            except (zlib.error, zstd.ZstdError, EOFError):
                inner = b""
            found |= traces(inner, depth - 1) if len(inner) > 8 else set()
            at = content.find(begin, at + 1)
    return found


WAYS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda t: t.encode(), "utf-16": lambda t: t.encode("utf-16-le"), "percent": lambda t: quote(t).encode(),
    "json": lambda t: json.dumps({"said": t}).encode(),
    "base64": lambda t: base64.b64encode(f"x{t}y".encode()), "base64 of addresses": lambda t: base64.urlsafe_b64encode(f"xy{t}".encode()),
    "zlib": lambda t: b"..." + zlib.compress(t.encode()), "gzip": lambda t: b"ab" + gzip.compress(json.dumps(t).encode()) + b"more",
    "zstandard": lambda t: zstd.compress(t.encode()),
    "base64 in zlib": lambda t: zlib.compress(base64.b64encode(t.encode())), "repr": lambda t: repr(t.encode()).encode(),
}


@pytest.mark.parametrize("written", WAYS.values(), ids=WAYS)
def test_a_trace_is_seen_however_it_is_written(written: Callable[[str], bytes]) -> None:
    for mark, texts in MARKS.items():
        assert traces(written(f"of {texts[0]} and more")) == {mark}
    assert traces(written("of nobody")) == set()


# --- the visits --------------------------------------------------------------------------------------

@dataclass
class Answer:
    """What came back of one request."""

    asked: str
    status: int
    head: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((v for k, v in self.head if k.lower() == name.lower()), "")


@dataclass
class Browser:
    """A browser without JavaScript and its cookies; it remembers every answer."""

    send: Callable[[str, str, bytes, dict[str, str]], Answer]
    kept: list[Answer] = field(default_factory=list)
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | dict[str, Any] | None = None, **head: str) -> Answer:
        if isinstance(body, dict):
            body, head = urlencode(body, doseq=True).encode(), {"Content-Type": "application/x-www-form-urlencoded"} | head
        told = "; ".join(f"{name}={value}" for name, (value, of) in self.cookies.items() if path.startswith(of))
        answer = self.send(method, path, body or b"", {k.replace("_", "-"): v for k, v in head.items()} | ({"Cookie": told} if told else {}))
        for name, value in answer.head:
            if name.lower() == "set-cookie":
                for cookie in SimpleCookie(value).values():
                    self.cookies[cookie.key] = (cookie.value, cookie["path"])
                    if cookie["max-age"] == "0":
                        del self.cookies[cookie.key]
        self.kept.append(answer)
        return answer

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, /, **form: Any) -> Answer:
        return self.ask("POST", path, form)


def resident(browser: Browser) -> None:
    """Talk, answer, look, keep dates, show the code, take back, clear; then once more and away."""
    browser.get("/kurume/")
    browser.post("/kurume/say", said=SAID)
    browser.post("/kurume/say", said=f"{SENTENCE} {NICK}")      # finds nothing
    browser.post("/kurume/ask/children", **{"p0-age": f"birth_date:{DATE}", "p0-year": "2017", "p0-month": "9", "go": "next"})
    browser.post("/kurume/ask/children", **{"p0-year": NICK, "p0-month": SENTENCE, "go": "next"})
    for path in ("chat", "results", "results?lang=en", "results", "answers", "sheet", "timeline", "timeline?on=2027-04-01",
                 "timeline?paper=postcard", "mylist", "offline", "contacts", "programs", "programs/jido-teate", "ask", "ask/children",
                 "ask/self", "at-counter", f"chat?q={quote(NICK)}", "needs/money", "departments/kodomo-seisaku", "closing.ics", "report/thanks",
                 "look-0.css", "logo-0.svg", "manifest.webmanifest", "sitemap.xml", "open-data/", "open-data/programs.csv",
                 "open-data/metadata.json", "programs/jido-teate.jsonld"):
        browser.get(f"/kurume/{path}")
    for path in ("", "about", "accessibility", "calendar", "manifest.webmanifest", "sw.js", "sitemap.xml", "static/finder.css", "healthz",
                 "readyz"):
        browser.get(f"/{path}")
    browser.post("/kurume/at-counter", answers="yes")
    browser.post("/kurume/timeline.ics", who="on", program=["jido-teate", "shugaku-enjo", "jido-fuyo-teate", "kosodate-shien"])
    browser.post("/kurume/take-back", what=f"children:{NICK}")
    browser.ask("POST", "/kurume/called", f"jido-teate {SENTENCE}".encode())
    browser.get("/kurume/report?program=jido-teate")
    browser.post("/kurume/report", program="jido-teate", reason=SENTENCE, more=SAID)
    browser.post("/kurume/report", program="jido-teate", reason="phone", more=SAID)
    browser.get("/kurume/accuracy")
    browser.post("/kurume/end")
    browser.post("/kurume/say", said=SAID)
    browser.post("/kurume/leave")


def kiosk(browser: Browser) -> None:
    """A round on a kiosk, its reset, and its end."""
    for _ in range(2):
        browser.get("/kiosk/kurume/")
        browser.post("/kurume/say", said=SAID)
        for path in ("kurume/chat", "kurume/results", "kurume/timeline", "kiosk/kurume/away", "kiosk/kurume/worker.js"):
            browser.get(f"/{path}")
    browser.post("/kiosk/kurume/clear")


def counter(browser: Browser, digits: str) -> None:
    """A visitor at the desk, typed and brought; the sheets; the next one."""
    desk = "/kurume/counter"
    browser.post(desk, do="take", children=f"2017.9.13 {NICK}", self="S60.3", sought=SENTENCE)
    for path in ("", "/paper", "/paper?form=receipt", "/timeline"):
        browser.get(desk + path)
    for typed in (digits, digits[:-3]):
        browser.post(desk, do="take", brought=typed)
        browser.get(desk)
    browser.post(f"{desk}/keys", keys="on", children=NICK)
    browser.post(f"{desk}/next")
    browser.post(f"{desk}/sign-in", name=NICK, password=SENTENCE)      # not there, where no account is asked for
    browser.post(f"{desk}/sign-out", children=NICK)


def machine(browser: Browser) -> None:
    """The API, and who watches over the service."""
    for path in ("api/v1/openapi.json", "api/v1/municipalities", "api/v1/municipalities/kurume/departments",
                 "api/v1/municipalities/kurume/programs", "api/v1/municipalities/kurume/programs/jido-teate", "metrics"):
        browser.get(f"/{path}")
    for told in ({"said": SAID, "answers": {"children": [{"birth_date": DATE}]}}, {"said": SAID, "answers": {NICK: SENTENCE}},
                 {"answers": {"children": [{"birth_date": f"{DATE}{NICK}"}]}}):
        browser.ask("POST", "/api/v1/municipalities/kurume/turn", json.dumps(told).encode(), Content_Type="application/json")
    browser.ask("POST", "/api/v1/understand", json.dumps({"said": SAID}, ensure_ascii=False).encode(), Content_Type="application/json")


def errors(browser: Browser) -> None:
    """All that can go wrong with what is told."""
    json_ = {"Content_Type": "application/json"}
    turn = "/api/v1/municipalities/kurume/turn"
    for body in (f'{{"said": "{SAID}', f'["{DATE}"', json.dumps({"said": 5, "answers": DATE}), SENTENCE):
        browser.ask("POST", turn, body.encode(), **json_)
    browser.ask("POST", turn, SAID.encode(), Content_Type="text/plain")
    browser.ask("POST", turn, (SAID * 9000).encode(), **json_)
    browser.ask("POST", "/kurume/say", {"said": SAID * 9000})
    for method, path in (("GET", f"/kurume/{quote(NICK)}"), ("GET", f"/{quote(SENTENCE)}/"),
                         ("GET", f"/api/v1/municipalities/{quote(NICK)}/programs"), ("PUT", "/kurume/say"), ("DELETE", turn),
                         ("GET", f"/kurume/programs/{DATE}"), ("POST", f"/kurume/ask/{quote(NICK)}")):
        browser.ask(method, path, SAID.encode(), Content_Type="application/x-www-form-urlencoded")
    browser.ask("POST", "/kurume/say", f'--x\r\nContent-Disposition: form-data; name="said"\r\n\r\n{SAID}'.encode(),
                Content_Type="multipart/form-data; boundary=y")
    browser.ask("GET", "/kurume/answers", Cookie=f"visit={quote(SAID)}", X_More=quote(NICK), Referer=f"https://example.com/?q={quote(SENTENCE)}")
    browser.ask("GET", "/kurume/counter", Cookie=f"counter={quote(SAID)}")
    browser.post("/kurume/counter", do=f"answer:{NICK}:0", as_of=f"{DATE}x")
    browser.ask("POST", "/kurume/say", {"said": SAID}, Sec_Fetch_Site="cross-site")
    assert browser.post("/kurume/say", said=SAID + BROKEN).status == 500
    assert browser.ask("POST", turn, json.dumps({"said": SAID + BROKEN}, ensure_ascii=False).encode(), **json_).status == 500


def staff(browser: Browser) -> None:
    """Somebody types a visitor's words into the wrong field; the counts; files with a visitor's name in them."""
    browser.post("/admin/sign-in", name=NICK, password=SENTENCE)
    browser.post("/admin/sign-in", name="公開する人", password=SENTENCE)
    assert browser.post("/admin/sign-in", name="公開する人", password=WORD).status == 303
    for path in ("counts", "counts?days=30", "counts?form=csv", f"programs?q={quote(NICK)}", "tables"):
        browser.get(f"/admin/kurume/{path}")
    page = browser.get("/admin/kurume/tables").body.decode()
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token
    whole = f"制度名,説明\n{NICK},{SENTENCE}".encode()
    for place, content in (("plan", whole), ("table", f"{NICK},\"{SENTENCE}".encode()), ("table", whole)):
        body = io.BytesIO()
        for name, value, more in (("token", token[1].encode(), ""), (place, content, '; filename="x.csv"')):
            body.write(f'--xx\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n")
        sent = browser.ask("POST", f"/admin/kurume/{place}s", body.getvalue() + b"--xx--\r\n", Content_Type="multipart/form-data; boundary=xx")
    assert sent.status == 303
    browser.get(sent.header("Location"))
    assert browser.post(f"{sent.header('Location')}/drop", token=token[1]).status == 303
    browser.get("/admin/audit")


def whole_visits(send: Callable[[str, str, bytes, dict[str, str]], Answer], digits: str) -> list[Answer]:
    """Go through every face, each in a browser of its own."""
    browsers = [Browser(send) for _ in range(6)]
    for browser, go in zip(browsers, (resident, kiosk, lambda b: counter(b, digits), machine, errors, staff), strict=True):
        go(browser)
    return [answer for browser in browsers for answer in browser.kept]


FAULTY = f"""
from app import create_app
from finder import exchange
from finder.faces.resident import way

def fails(work, place):
    def either(*told, **more):
        if {BROKEN!r} in str(told[place]):
            raise ValueError(f"could not read {{told[place]}}")
        return work(*told, **more)
    return either

way.take_turn, exchange.turn = fails(way.take_turn, 2), fails(exchange.turn, 1)
app = create_app()
"""


@dataclass
class Left:
    """What was sent back, and what is left when the visits are over: by the name of the place."""

    answers: list[Answer]
    totals: Answer
    log: bytes
    files: dict[str, bytes]


def files_of(*folders: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def folder(app, tmp_path_factory) -> Path:
    """A store with one account of staff."""
    folder = tmp_path_factory.mktemp("private")
    shutil.copy(app.extensions["settings"].store, folder / "finder.db")
    with closing(open_store(folder / "finder.db")) as store:
        add_account(store, "公開する人", "publisher", WORD)
    return folder


@pytest.fixture(scope="module")
def digits(app) -> str:
    """What a phone shows at the counter, with the marked birth date in it."""
    answers = read_answers({"children": [{"birth_date": DATE}], "single_parent": True}, TODAY)
    told = code(app.extensions["library"].catalog("kurume"), ["jido-teate"], answers, "ja", TODAY)
    assert traces(told.encode()) == {DATE}
    return told


@pytest.fixture(scope="module")
def left(folder, digits, tmp_path_factory) -> Left:
    """The visits on a real server that logs and counts all it can, and what it leaves."""
    made, temporary = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("temporary")
    shutil.copytree(folder, made / "store")
    (made / "faulty.py").write_text(FAULTY, encoding="utf-8")
    port = free_port()
    with (made / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"), "faulty:app"],
            stdout=log, stderr=log, cwd=ROOT, env={**os.environ, "PORT": str(port), "FINDER_STORE": str(made / "store" / "finder.db"),
                 "FINDER_METRICS": "loopback",
                 "FINDER_LOG": "debug", "FINDER_LOG_LINES": "json", "FINDER_COUNTER": "network", "FINDER_SECRET": SECRET,
                 "FINDER_TODAY": TODAY.isoformat(), "PYTHONPATH": str(made), "TMPDIR": str(temporary)})

        def send(method: str, path: str, body: bytes, head: dict[str, str]) -> Answer:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            link.request(method, path, body, head)
            told = link.getresponse()
            answer = Answer(f"{method} {path}", told.status, told.getheaders(), told.read())
            link.close()
            return answer
        try:
            wait_for(port, server)
            answers = whole_visits(send, digits)
            with socket.create_connection(("127.0.0.1", port)) as link:      # what is no request at all
                link.sendall(f"GET /{SENTENCE} {NICK}\r\n\r\n".encode())
                link.recv(1000)
            with socket.create_connection(("127.0.0.1", port)) as link:      # what breaks off in the middle
                link.sendall(f"POST /kurume/say HTTP/1.1\r\nCookie: x={NICK}".encode())
            with socket.create_connection(("127.0.0.1", port)) as link:
                link.sendall(f"POST /kurume/say HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n{SAID}".encode())
            totals, running = send("GET", "/metrics", b"", {}), files_of(made, temporary)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
    return Left(answers, totals, (made / "log").read_bytes(), running | {f"{k} at the end": v for k, v in files_of(made, temporary).items()})


def test_the_visits_told_the_marks_and_met_every_kind_of_error(left: Left) -> None:
    shown = [a for a in left.answers if traces(unescape(a.body.decode(errors="replace")).encode())]
    for face in ("/kurume/chat", "/kurume/answers", "/kurume/counter", "/kurume/counter/paper", "/api/v1/municipalities/kurume/turn"):
        assert any(face in a.asked for a in shown), face
    assert {a.status for a in left.answers} >= {200, 303, 400, 401, 403, 404, 405, 413, 415, 500}


def test_the_visits_went_through_every_page_of_every_face(left: Left, app) -> None:
    routes, met = app.url_map.bind("127.0.0.1"), set()
    for answer in left.answers:
        method, _, path = answer.asked.partition(" ")
        with suppress(HTTPException):
            met.add(routes.match(path.partition("?")[0], method)[0])
    every = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("admin.")}
    assert every - met == set()
    assert {"admin.sign_in", "admin.counts", "admin.programs", "admin.tables", "admin.read_plan", "admin.send_table", "admin.table",
            "admin.drop_table",
            "admin.audit"} <= met


def test_no_log_of_a_server_holds_an_answer(left: Left) -> None:
    assert len(left.log.splitlines()) > 3
    assert b"ValueError" in left.log
    assert traces(left.log) == set()


def test_no_file_holds_an_answer(left: Left) -> None:
    made = {re.sub(r"\d+", "", Path(name.removesuffix(" at the end")).name) for name in left.files if "__pycache__" not in name}
    assert made - {"finder.db-wal", "finder.db-shm"} == {"finder.db", "log", "faulty.py", "counter_.db", "histogram_.db"}, "no other file"
    assert {name: found for name, content in left.files.items() if not name.removesuffix(" at the end").endswith("faulty.py")
            and (found := traces(content))} == {}


def test_no_address_redirect_or_header_holds_an_answer(left: Left) -> None:
    for answer in left.answers:
        head = "\n".join(f"{k}: {v}" for k, v in answer.head)
        assert traces(head.encode()) == set(), answer.asked
        if not traces(answer.asked.encode()) and answer.header("Content-Type").startswith("text/html"):
            # What is asked of nobody is no address: a draft of a plan comes back as `data:`, the file itself.
            for address in re.findall(r'(?:href|action|formaction|src|content)="(?!data:)([^"]*)"', answer.body.decode()):
                assert traces(unescape(address).encode()) == set(), (answer.asked, address)


def test_no_total_and_no_count_holds_an_answer(left: Left) -> None:
    assert b"finder_requests_total" in left.totals.body
    assert traces(left.totals.body) == set()
    for answer in left.answers:
        if "/counts" in answer.asked or "/audit" in answer.asked:
            assert answer.status == 200
            assert traces(answer.body) == set()


# Pages that are the same for everyone; every other answer is somebody's own.
FOR_ALL = re.compile(r"GET /(kurume/(programs|needs|departments|mylist|offline|accuracy|open-data|closing|manifest|look|logo|sitemap)"
                     r"|kiosk/kurume/(away|worker)|api/|static/|sitemap|sw|manifest)")


def test_whatever_shows_an_answer_is_kept_by_no_cache_and_tells_no_other_site(left: Left) -> None:
    for answer in left.answers:
        own = not FOR_ALL.match(answer.asked) or traces(unescape(answer.body.decode(errors="replace")).encode()) or answer.header("Set-Cookie")
        if own:
            assert answer.header("Cache-Control") == "no-store", (answer.asked, answer.status)
        policy = answer.header("Referrer-Policy")
        staffs = re.match(r"\w+ (/admin|/kurume/(counter|report))", answer.asked)
        assert policy == "no-referrer" or (policy == "same-origin" and staffs), answer.asked


def test_no_record_within_the_process_holds_an_answer(folder, digits, tmp_path, caplog, monkeypatch) -> None:
    shutil.copytree(folder, tmp_path / "store")
    given: dict[str, Any] = {}
    exec(compile(FAULTY.replace("app = create_app()", ""), "faulty.py", "exec"), given)
    monkeypatch.setattr(way, "take_turn", way.take_turn)
    monkeypatch.setattr(exchange, "turn", exchange.turn)
    client = create_app(Settings(store=tmp_path / "store" / "finder.db", secret=SECRET, today=TODAY, counter="network", log_lines=True,
                                 metrics="network")).test_client(use_cookies=False)

    def send(method: str, path: str, body: bytes, head: dict[str, str]) -> Answer:
        told = client.open(path, method=method, data=body, headers=head)
        return Answer(f"{method} {path}", told.status_code, list(told.headers), told.data)
    with caplog.at_level(logging.DEBUG):
        whole_visits(send, digits)
    told = caplog.text + "".join(JsonLine().format(record) + repr(vars(record)) for record in caplog.records)
    assert len(caplog.records) > 50
    assert traces(told.encode()) == set()


# --- cookies, as the table of docs/privacy.md says -----------------------------------------------------

LIVES = {None: "ブラウザーを閉じるまで", "1800": "30分", "32400": "9時間", "31536000": "1年"}


def told_cookies() -> dict[str, tuple[str, ...]]:
    """Each row of the table: name over TLS, path, HttpOnly, Secure, SameSite, seconds or 0 for as long as the browser is open."""
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8").partition("## クッキー")[2].partition("\n## ")[0]
    rows = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| `")]
    return {row[0]: (row[2], row[3], row[4], row[5], row[6].partition("（")[0]) for row in rows}


def test_every_cookie_is_as_the_table_says(folder, tmp_path) -> None:
    shutil.copytree(folder, tmp_path / "store")
    app = create_app(Settings(store=tmp_path / "store" / "finder.db", secret=SECRET, today=TODAY, counter="network", proxies=1))
    seen: dict[str, tuple[str, ...]] = {}

    def send(method: str, path: str, body: bytes, head: dict[str, str]) -> Answer:
        told = app.test_client(use_cookies=False).open(path, method=method, data=body, headers=head | {"X-Forwarded-Proto": "https"})
        for cookie in told.headers.getlist("Set-Cookie"):
            name, _, rest = cookie.partition("=")
            parts = {k.lower(): v for k, _, v in (part.strip().partition("=") for part in rest.split(";")[1:])}
            if parts.get("max-age") != "0":
                seen[name] = (parts["path"].replace("/kurume/", "/自治体/"), "あり" if "httponly" in parts else "なし", "あり",
                              parts["samesite"], LIVES[parts.get("max-age")])
        return Answer(path, told.status_code, list(told.headers), told.data)
    visitor, staff = Browser(send), Browser(send)
    visitor.get("/kurume/?lang=en")
    visitor.get("/kurume/?furigana=on")
    visitor.post("/kurume/say", said=SAID)
    assert "__Host-visit" in visitor.cookies
    assert "2017" in visitor.get("/kurume/answers").body.decode()      # the long name is read again
    visitor.get("/kiosk/kurume/")
    staff.post("/kurume/counter", do="take", children="3")
    staff.post("/kurume/counter/keys", keys="off")
    staff.post("/admin/sign-in", name="公開する人", password=WORD)
    token = re.search(r'name="token" value="(\w+)"', staff.get("/admin/kurume/tables").body.decode())
    staff.post("/admin/kurume/tables/9", token=token[1] if token else "")
    page = staff.get("/admin/versions").body.decode()
    assert "公開する人" in page
    staff.ask("POST", "/admin/kurume/drafts/hand-in", {"token": token[1] if token else ""})
    assert seen == told_cookies()


@pytest.mark.parametrize(("came", "read"), [
    ("__Host-visit=1; __Secure-staff=2", "visit=1; staff=2"), ("visit=1; staff=2", ""), ("__Secure-visit=1; __Host-staff=2", ""),
    ("__Host-=1; other=2; __Host-language=en", "language=en"), ("", ""),
])
def test_over_tls_a_cookie_under_another_name_is_not_ours(came: str, read: str) -> None:
    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Set-Cookie", "visit=x; Path=/"), ("Set-Cookie", "staff=y; Secure; Path=/admin")])
        return [environ.get("HTTP_COOKIE", "-").encode()]
    for scheme, expected in (("https", [f"{long_name('visit')}=x; Path=/; Secure", f"{long_name('staff')}=y; Secure; Path=/admin"]),
                             ("http", ["visit=x; Path=/", "staff=y; Secure; Path=/admin"])):
        sent: list[tuple[str, str]] = []
        body = with_long_names(application)({"wsgi.url_scheme": scheme, "HTTP_COOKIE": came}, lambda _, head, sent=sent: sent.extend(head))
        assert b"".join(body).decode() == (read if scheme == "https" else came)
        assert [value for _, value in sent] == expected


# --- a real browser -----------------------------------------------------------------------------------

@pytest.mark.browser
def test_the_profile_of_a_browser_holds_no_answer_after_the_end(browser, live, tmp_path) -> None:
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"], base_url=live, locale="ja-JP")
    page, asked = context.pages[0], []
    page.on("request", lambda request: asked.append((request.url, request.all_headers())))
    page.goto("/kurume/")
    page.locator("#said").press_sequentially(SAID)
    page.get_by_role("button", name="さがす").click()
    page.locator(".yours").first.wait_for()
    page.goto("/kurume/results")
    page.locator("details:has(#said) summary").click()
    page.locator("#said").press_sequentially(SAID)      # typed and not sent
    for path in ("ask/children", "answers", "timeline", "sheet", "mylist", "programs/jido-teate", "chat"):
        page.goto(f"/kurume/{path}")
    assert traces(page.content().encode()) == {NICK, SENTENCE, DATE}
    page.go_back()
    page.go_forward()
    page.get_by_role("button", name="消して終わる").click()
    page.get_by_role("heading", name="答えをすべて消しました").wait_for()
    assert context.cookies() == []
    context.close()
    for url, head in asked:
        assert traces(url.encode()) == set()
        assert not head.get("referer"), url
    files = files_of(profile)
    assert any(b"/kurume/results" in content for content in files.values()), "where one was is there, so it is the right folder"
    assert {name: found for name, content in files.items() if (found := traces(content))} == {}
