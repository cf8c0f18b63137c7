"""The virus scanner: every file that staff send goes through it before anything reads it; what it finds, and all when it is silent, is refused.

The test string of EICAR (harmless, made to be found) is put together here, so that no scanner stops this file.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import socketserver
import struct
import threading
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import pytest
from conftest import TODAY
from desks import WORD, Desk, quick
from engines import clamd, free_port
from test_tables_page import send

from app import create_app
from finder.settings import ROOT, Settings
from finder.store import open_store
from finder.store.accounts import add_account, audit
from finder.store.uploads import uploads
from finder.virus_scan import NoAnswer, scanner_answers, virus_in

__all__ = ["quick"]       # a fixture
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
TABLE = "制度名,電話\n見守りたく,03-3430-1111\n".encode()


@pytest.fixture(scope="module")
def office(app, tmp_path_factory):
    path = tmp_path_factory.mktemp("scanned") / "finder.db"
    shutil.copy(app.extensions["settings"].store, path)
    with closing(open_store(path)) as store:
        add_account(store, "書く人", "editor", WORD)
        add_account(store, "見る人", "viewer", WORD)
    return create_app(Settings(store=path, secret="a secret of more than 32 letters!", today=TODAY))


class StandIn(socketserver.StreamRequestHandler):
    """What clamd does, as far as its manual says: PING, and INSTREAM with pieces that begin with their length."""

    said: bytes | None = None      # in the place of an answer to a file

    def handle(self):
        command = self.rfile.readline()
        if command == b"nPING\n":
            self.wfile.write(b"PONG\n")
        assert command in (b"nPING\n", b"nINSTREAM\n")
        got = b""
        while command == b"nINSTREAM\n" and (length := struct.unpack("!L", self.rfile.read(4))[0]):
            got += self.rfile.read(length)
        if command == b"nINSTREAM\n":
            found = b"stream: Eicar-Test-Signature FOUND\n" if EICAR in got else b"stream: OK\n"
            self.wfile.write(found if self.said is None else self.said)


@pytest.fixture(params=["unix", "tcp"])
def stand_in(request, tmp_path):
    if request.param == "tcp":
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), StandIn)
        place = f"clamd:127.0.0.1:{server.server_address[1]}"
    else:
        server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "ctl"), StandIn)
        place = f"clamd:{tmp_path}/ctl"
    thread = threading.Thread(target=server.serve_forever, args=(.02,), daemon=True)
    thread.start()
    yield place
    server.shutdown()
    server.server_close()
    thread.join()


def ask_for(office, scanner):
    office.extensions["settings"] = replace(office.extensions["settings"], virus_scan=scanner)
    return Desk(office, "書く人")


def left(office):
    with closing(open_store(office.extensions["settings"].store)) as store:
        return uploads(store, "13219-komae", "書く人"), [(line.did, line.what) for line in audit(store)]


def plan(desk, content):
    token = desk.text("/admin/komae/plans").partition('name="token" value="')[2].partition('"')[0]
    return desk.client.post("/admin/komae/plans", data={"token": token, "plan": (io.BytesIO(content), "計画.txt")}, follow_redirects=True).text


def test_a_file_with_a_virus_is_refused_unread_and_one_without_is_taken(office, stand_in, monkeypatch):
    desk, before = ask_for(office, stand_in), len(left(office)[0])
    with monkeypatch.context() as patch:
        for reader in ("tables.read_tables", "plans.read_apart"):
            patch.setattr(f"finder.faces.admin.{reader}", lambda *_: pytest.fail("it was read"))
        answer, page = send(desk, "表.csv", TABLE + EICAR)
        assert answer.status_code == 200 and "ウイルス検査が「表.csv」を止めました（Eicar-Test-Signature）" in page
        assert "ウイルス検査が「計画.txt」を止めました" in plan(desk, EICAR)
    kept, lines = left(office)
    assert len(kept) == before
    assert {line for line in lines if line[0] == "ウイルス検査で止める"} == {
        ("ウイルス検査で止める", f"13219-komae/{name}: Eicar-Test-Signature") for name in ("表.csv", "計画.txt")}
    assert "まだ何も変えていません" in send(desk, "表.csv", TABLE)[1]
    assert office.test_client().get("/readyz").get_json()["virus_scan"] == "answers"


@pytest.mark.parametrize("said", [b"", b"stream: Can't allocate memory ERROR\n", b"INSTREAM size limit exceeded. ERROR\n", b"?\xff\n", None],
                         ids=["nothing", "an error", "too large", "nonsense", "nobody there"])
def test_a_scanner_that_does_not_answer_lets_no_file_through_and_it_is_told(office, tmp_path, monkeypatch, caplog, said):
    place = f"clamd:127.0.0.1:{free_port()}"
    server = None
    if said is not None:
        monkeypatch.setattr(StandIn, "said", said)
        server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "ctl"), StandIn)
        threading.Thread(target=server.serve_forever, args=(.02,), daemon=True).start()
        place = f"clamd:{tmp_path}/ctl"
    try:
        desk, before = ask_for(office, place), len(left(office)[0])
        assert "ウイルス検査が答えないので" in send(desk, "表.csv", TABLE)[1]
        assert len(left(office)[0]) == before
        assert [r.levelname for r in caplog.records if r.name == "finder.virus_scan"] == ["ERROR"]
        assert "表" not in "".join(r.getMessage() for r in caplog.records if r.name == "finder.virus_scan")
        ready = office.test_client().get("/readyz")
        assert (ready.status_code, ready.get_json()["virus_scan"]) == (200, "answers" if server else "silent")
    finally:
        if server:
            server.shutdown()
            server.server_close()


def test_nobody_who_may_not_send_files_has_one_scanned(office, stand_in, monkeypatch):
    ask_for(office, stand_in)
    monkeypatch.setattr("finder.faces.admin.page.virus_in", lambda *_: pytest.fail("it was scanned"))
    assert send(Desk(office, "見る人"), "表.csv", EICAR)[0].status_code == 403


def test_there_is_one_way_to_a_file_that_is_sent():
    rooms = [path for path in (ROOT / "finder").rglob("*.py") if "request.files" in path.read_text(encoding="utf-8")]
    assert [room.relative_to(ROOT / "finder").as_posix() for room in rooms] == ["faces/admin/page.py"]
    page = rooms[0].read_text(encoding="utf-8")
    assert page.count("request.files") == 1
    assert all(page.index(a) < page.index(b) for a, b in pairwise(("def sent_file(", "request.files", "virus_scan:", "return name, sent")))


def test_a_real_clamd_says_the_same(tmp_path):
    with clamd(tmp_path, f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Ours.Eicar\n") as socket:
        place = f"clamd:{socket}"
        assert scanner_answers(place)
        assert virus_in(io.BytesIO(EICAR), place).startswith("Ours.Eicar")
        clean = io.BytesIO(TABLE)
        assert virus_in(clean, place) == "" and clean.read() == TABLE
        with pytest.raises(NoAnswer):
            virus_in(io.BytesIO(bytes(22 * 1024 * 1024)), place)      # more than it takes
    assert not scanner_answers(place)
