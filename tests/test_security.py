"""What docs/security.md promises and no other file of tests holds already; and that its tests are there."""

from __future__ import annotations

import ast
import logging
import re
import ssl
from contextlib import closing
from importlib.metadata import metadata

import pytest
from conftest import TODAY
from desks import AT, WORD, Desk, office, quick

from app import create_app
from finder.rates import Rates
from finder.settings import ROOT, Settings
from finder.store import open_store
from finder.store.accounts import BadAccount, add_account, audit, remove_account

__all__ = ["office", "quick"]       # fixtures
SECRET = "a secret of more than 32 letters!"
DOCS = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("privacy.md", "security.md")}


# --- the documents ------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", DOCS)
def test_every_test_that_the_documents_name_is_there(name):
    named = set(re.findall(r"`(tests/test_\w+\.py)(?:::(\w+))?`", DOCS[name]))
    assert len(named) > 10
    for file, test in sorted(named):
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert not test or test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{file}::{test}"


def test_every_promise_about_privacy_names_its_test():
    kept = DOCS["privacy.md"].partition("## 置く側が決めること")[0]
    promises = [line for line in kept.splitlines() if re.match(r"- |\d\. |\| (?!---|`|もの |名前 )", line)]
    assert len(promises) > 20
    assert [line for line in promises if "`tests/test_" not in line] == []


def test_every_item_stands_once_with_an_answer():
    lines = [line for line in DOCS["security.md"].splitlines() if re.match(r"\| \d+\.\d+\.\d+ ", line)]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    items = [row[0] for row in rows]
    assert len(items) == len(set(items))
    assert sum(row[1] == "1" for row in rows) == 70         # all of level 1 in ASVS 5.0.0
    for row in rows:
        assert row[3] in ("met", "partly", "not met", "n/a", "deployer"), row
        assert row[4], row
        assert row[3] != "met" or "`tests/" in row[5] or "above" in row[4], row      # above: what the standard wants written stands there


# --- other sites, other names -------------------------------------------------------------------------

@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/kurume/say", "/kurume/ask/single_parent", "/kurume/end", "/kurume/called", "/kiosk/kurume/clear"])
def test_a_form_of_another_site_answers_clears_and_counts_nothing(client, path, site):
    client.post("/kurume/say", data={"said": "小2の子がいます"})
    before = client.get_cookie("visit").value
    assert client.post(path, data={"said": "x", "choice": "0"}, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert client.get_cookie("visit").value == before
    assert client.post("/kurume/say", data={"said": "お金が心配"}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


@pytest.mark.parametrize(("origin", "status"), [
    ("https://elsewhere.example", 403), ("http://localhost.elsewhere.example", 403), ("http://[::1", 403),
    ("http://localhost", 303), ("https://localhost:8443", 303), ("null", 303), ("", 303)])
def test_an_older_browser_tells_another_site_by_its_origin(client, origin, status):
    answer = client.post("/kurume/leave", headers={"Origin": origin} if origin else {})
    assert (answer.status_code, bool(answer.headers.getlist("Set-Cookie"))) == (status, status == 303)


def test_the_api_asks_for_json_so_that_a_browser_asks_first_and_no_other_site_is_allowed(client):
    turn = "/api/v1/municipalities/kurume/turn"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert client.post(turn, data="{}", content_type=kind).status_code == 415
    for answer in (client.options(turn, headers={"Origin": "https://elsewhere.example"}), client.get("/api/v1/municipalities")):
        assert not any(name.startswith("Access-Control") for name, _ in answer.headers)


def test_only_open_data_may_be_read_by_other_sites_and_it_knows_no_visitor(client, app):
    client.post("/kurume/say", data={"said": "小2の子がいます"})
    fixed = {"municipality": "kurume", "program_id": "jido-teate", "office": "kosodate", "need": "money", "name": "programs.csv"}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= fixed.keys() and rule.endpoint != "static":
            way = app.url_map.bind("localhost").build(rule.endpoint, {a: fixed[a] for a in rule.arguments})
            answer = client.get(way)
            opened = "Access-Control-Allow-Origin" in answer.headers
            assert opened is (rule.endpoint.startswith("open_data.") and rule.endpoint != "open_data.index" and answer.status_code == 200), rule
            assert not opened or ("Set-Cookie" not in answer.headers and answer.data == app.test_client().get(way).data), rule


@pytest.fixture(scope="module")
def named(app, tmp_path_factory):
    return create_app(Settings(store=app.extensions["settings"].store, secret=SECRET, today=TODAY, hosts=("shien.example.lg.jp",)))


@pytest.mark.parametrize(("host", "status"), [
    ("shien.example.lg.jp", 200), ("127.0.0.1:8000", 200), ("localhost", 200), ("evil.example", 400), ("shien.example.lg.jp.evil.example", 400),
    ("evil.example:443@shien.example.lg.jp", 400)])
def test_only_the_names_of_the_deployment_are_answered(named, host, status):
    answer = named.test_client().get("/kurume/", headers={"Host": host})
    assert answer.status_code == status
    assert "evil" not in answer.text


@pytest.mark.parametrize("path", ["/api/v1/municipalities", "/api/v1/nothing", "/api/v1//municipalities", "/kurume", "/kurume//programs",
                                  "/nothing"])
def test_another_name_is_never_led_on_and_the_api_refuses_it_in_its_own_shape(named, path):
    answer = named.test_client().get(path, headers={"Host": "evil.example"})
    assert (answer.status_code, "Location" in answer.headers, "evil" in answer.text) == (400, False, False)
    assert not path.startswith("/api/") or answer.get_json()["error"]["code"] == "bad_request"


# --- what is sent ---------------------------------------------------------------------------------------

def test_every_kind_of_text_says_its_encoding(client, app):
    kinds = {}
    look = re.findall(r'href="(/kurume/look-[^"]+)"', client.get("/kurume/").text)
    for path in ("/kurume/", "/static/finder.css", "/static/list.js", "/static/icon.svg", "/sw.js", "/sitemap.xml", "/robots.txt",
                 "/kurume/closing.ics", "/kurume/open-data/",
                 "/kurume/open-data/programs.csv", "/api/v1/openapi.json", "/manifest.webmanifest", "/nowhere", *look):
        kinds[path] = client.get(path).headers["Content-Type"]
    for path, kind in kinds.items():
        if re.match(r"text/|.*[/+]xml", kind):
            assert "charset=utf-8" in kind.lower(), (path, kind)


def test_no_template_writes_a_text_unescaped_or_a_script_inline():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", "") and "autoescape" not in text, path.name
        assert not re.search(r'\son\w+="|style="|javascript:', text), path.name
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)[^>]*>", text), path.name
    for path in (ROOT / "static").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function|document\.write|insertAdjacentHTML|postMessage\(.*\*", text), path.name


@pytest.mark.parametrize("name", sorted(str(p.relative_to(ROOT)) for p in (ROOT / "finder").rglob("*.py")))
def test_no_room_runs_text_as_code_or_reads_what_could(name):
    for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec", "compile", "__import__"), name
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert not {a.name.split(".")[0] for a in node.names} & {"pickle", "marshal", "shelve", "random"}, name
        if isinstance(node, ast.keyword) and node.arg == "shell":
            raise AssertionError(f"{name}: shell=")


def test_requirements_are_pinned_and_nothing_else_is_installed():
    lines = [line for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)


def test_no_secret_is_compared_letter_by_letter():
    secret = r"\w*(?:token|secret|password|signature)\w*(?:\(.*?\))?"
    found = [line.strip() for path in (ROOT / "finder").rglob("*.py") for line in path.read_text(encoding="utf-8").splitlines()
             if re.search(rf"{secret}\s*[!=]=|[!=]=\s*{secret}", line)]
    assert found == []
    assert "hmac.compare_digest(" in (ROOT / "finder" / "faces" / "admin" / "page.py").read_text(encoding="utf-8")


def test_no_secret_is_in_the_repository():
    places = [*ROOT.glob("*"), ROOT / ".env.example", *(path for folder in ("finder", "deploy", "docs", "bench", "static", "templates")
                                                       for path in (ROOT / folder).rglob("*"))]
    told = re.compile(rb"BEGIN [A-Z ]*PRIVATE KEY|FINDER_SECRET=[^\s`]|\$argon2id\$|gAAAAA[\w-]{40}")
    assert [path.name for path in places if path.is_file() and path.suffix != ".pyc" and told.search(path.read_bytes())] == []


def test_each_requirement_has_a_licence_that_is_free_and_its_reason_written_down():
    table = (ROOT / "docs" / "decisions" / "0001-libraries.md").read_text(encoding="utf-8").partition("## 使用許諾")[2]
    told = {row[0]: row[1:] for row in re.findall(r"^\| ([a-z][\w-]+) \| (.+?) \| (.+?) \|$", table, re.ASCII | re.M)}
    ours, _, brought = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("# what these bring along")
    assert set(told) == set(re.findall(r"^([\w.-]+)==", ours, re.M))
    for name in re.findall(r"^([\w.-]+)==", ours + brought, re.M):
        about = metadata(name)
        kinds = [line.rpartition(":: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License")]
        licence = (about.get("License-Expression") or about.get("License") or "").partition("\n")[0] or " ".join(kinds)
        assert re.search(r"MIT|BSD|Apache|PSF|Public Domain", licence) and not re.search(r"GPL|SSPL|Commons Clause", licence), (name, licence)
        family = re.search(r"MIT|BSD|Apache|PSF", licence)
        assert name not in told or family[0] in told[name][0], (name, licence, told[name])
    for name, (_, reason) in told.items():
        for number in re.findall(r"\d{4}", reason):
            [file] = (ROOT / "docs" / "decisions").glob(f"{number}-*.md")
            assert name.removeprefix("flask-") in file.read_text(encoding="utf-8").lower(), (name, file.name)


@pytest.mark.parametrize("path", ["/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/data/", "/.git/config", "/instance/secret"])
def test_no_folder_is_listed_and_no_file_given_but_those_of_pages(client, path):
    assert client.get(path).status_code == 404


def test_whoever_is_spoken_to_over_tls_must_prove_who_they_are():
    redis = Rates("rediss://redis.example:6379/0", SECRET)._redis
    assert redis.connection_pool.make_connection().cert_reqs == ssl.CERT_REQUIRED
    assert not [path for path in (ROOT / "finder").rglob("*.py")
                if re.search(r"_create_unverified|CERT_NONE|check_hostname|ssl_cert_reqs", path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "DEBUG"])
def test_methods_that_show_what_was_sent_are_not_there(client, method):
    assert client.open("/kurume/", method=method, headers={"X-Secret": "abc"}).status_code == 405


def test_what_the_deployment_promises_stands_in_its_files():
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    blocks = site.split("\nserver {")[1:]
    for block in blocks:
        assert "access_log off;" in block and "error.log crit;" in block, "nobody's address is written down"
    rest, http, https = blocks
    assert "server_tokens off;" in http and "server_tokens off;" in https
    assert "default_server" in rest and "ssl_reject_handshake on;" in rest and "return 444;" in rest
    assert "return 301 https://" in http
    assert "location /api/ { return 403; }" in http
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in https
    assert 'Strict-Transport-Security "max-age=31536000; includeSubDomains" always;' in https
    assert "add_header" not in https.partition("location")[2], "one there would take the others away"
    unit = (ROOT / "deploy" / "shien-finder.service").read_text(encoding="utf-8")
    assert "InaccessiblePaths=-/opt/shien-finder/.git" in unit


# --- staff ----------------------------------------------------------------------------------------------

def change(desk, now=WORD, new="another long 合言葉です", again=None):
    token = re.search(r'name="token" value="(\w+)"', desk.text("/admin/password"))[1]
    return desk.client.post("/admin/password", data={"token": token, "now": now, "new": new, "again": new if again is None else again})


def test_a_password_is_changed_by_who_knows_it_and_every_other_session_ends(office):
    here, elsewhere = Desk(office, "書く人"), Desk(office, "書く人")
    before = here.client.get_cookie("staff", path="/admin").value
    assert change(here).status_code == 303
    assert here.client.get_cookie("staff", path="/admin").value != before
    assert "パスワードを変えました" in here.text("/admin/")
    assert elsewhere.get("/admin/").status_code == 303
    assert Desk(office, "書く人").entered.status_code == 401
    assert Desk(office, "書く人", "another long 合言葉です").entered.status_code == 303
    with closing(open_store(office.extensions["settings"].store)) as store:
        assert ("書く人", "パスワードを変える") in [(line.who, line.did) for line in audit(store)]


@pytest.mark.parametrize(("told", "status", "words"), [
    ({"now": "wrong"}, 401, "いまのパスワードが違います"), ({"again": "something else"}, 400, "二つの欄で違います"),
    ({"new": "short"}, 400, "12文字"), ({"new": "password1234"}, 400, "推測しやすい"),
    ({"new": "書く人書く人書く人書く人書く人"}, 400, "名前を含む")])
def test_a_password_that_cannot_be_changed_stays_and_the_page_says_why(office, told, status, words):
    desk = Desk(office, "書く人")
    answer = change(desk, **told)
    assert answer.status_code == status
    assert words in answer.text
    assert Desk(office, "書く人").entered.status_code == 303


@pytest.mark.parametrize("password", ["123456789012", "password1234", "qwertyuiop12", "1q2w3e4r5t6y", "iloveyou1234", "Password2026!",
                                      "aaaaaaaaaaab", "unbelievable", "shienfinder1"])
def test_a_common_or_easily_guessed_password_is_refused(office, password):
    with closing(open_store(office.extensions["settings"].store)) as store, pytest.raises(BadAccount):
        add_account(store, "新しい人", "viewer", password)


@pytest.mark.parametrize("password", ["あじさいとかたつむりの歌", "correct horse battery staple", "x7)Kd!pQz2,m", " three words, spaces ",
                                      "ん" * 3 + "をのがれた雨の日に" * 6, "a" * 3 + "long one! " * 19])
def test_any_characters_and_any_length_up_to_200_make_a_password(office, password):
    with closing(open_store(office.extensions["settings"].store)) as store:
        add_account(store, "新しい人", "viewer", password)
    assert Desk(office, "新しい人", password).entered.status_code == 303


def test_changing_a_password_tries_no_more_often_than_signing_in(office):
    desk = Desk(office, "書く人")
    assert [change(desk, now=f"wrong {n}").status_code for n in range(6)] == [401] * 5 + [429]


def test_whoever_signs_in_anew_has_a_new_session_and_the_old_one_is_over(office):
    desk = Desk(office, "書く人")
    old = desk.client.get_cookie("staff", path="/admin").value
    desk.client.post("/admin/sign-in", data={"name": "書く人", "password": WORD})
    assert desk.client.get_cookie("staff", path="/admin").value != old
    other = office.test_client()
    other.set_cookie("staff", old, path="/admin")
    assert other.get("/admin/").status_code == 303


def test_a_refused_sign_in_and_a_forbidden_press_are_logged_without_what_was_typed(office, caplog):
    with caplog.at_level(logging.WARNING):
        Desk(office, "秘密の言葉", "もう一つの秘密の言葉")
        Desk(office, "もう一人", "もう一つの秘密の言葉")
        viewer = Desk(office, "見る人")
        token = re.search(r'name="token" value="(\w+)"', viewer.text("/admin/"))[1]
        assert viewer.client.post(AT, data={"token": token}).status_code == 403
    assert "a sign-in was refused" in caplog.text
    assert "a sign-in as もう一人 was refused" in caplog.text
    assert "見る人 may not edit" in caplog.text
    assert "秘密" not in caplog.text


def test_going_out_takes_the_pages_out_of_the_browsers_cache(office):
    desk = Desk(office, "書く人")
    token = re.search(r'name="token" value="(\w+)"', desk.text("/admin/"))[1]
    assert desk.client.post("/admin/sign-out", data={"token": token}).headers["Clear-Site-Data"] == '"cache"'


def test_no_account_is_there_before_one_is_made(app):
    with closing(open_store(app.extensions["settings"].store)) as store:
        assert store["accounts"].count == 0 or {row["name"] for row in store["accounts"].rows} <= {"書く人", "公開する人"}


def test_an_account_that_is_removed_is_out_at_once(office):
    desk = Desk(office, "書く人")
    with closing(open_store(office.extensions["settings"].store)) as store:
        remove_account(store, "書く人")
    assert desk.get("/admin/").status_code == 303


def test_passwords_can_be_pasted_and_kept_by_a_password_manager_and_are_not_shown(office):
    for page in (office.test_client().get("/admin/sign-in").text, *map(Desk(office, "書く人").text, ("/admin/password", "/admin/account"))):
        fields = [field for field in re.findall(r"<input [^>]+>", page) if re.search(r'name="(?:password|now|new|again)"', field)]
        assert all('type="password"' in field and re.search(r'autocomplete="(?:current|new)-password"', field) for field in fields)
        assert fields or "ほかに入っている所はありません" in page
        assert "onpaste" not in page and "maxlength" not in page
