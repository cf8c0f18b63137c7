"""deploy/: what stands there is what the programs it is for accept, and what it promises is so."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import signal
import socket
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from conftest import until

from bench.container import steps
from bench.two_instances import Instance, Nginx, Visitors, kill_workers, nginx, restart
from finder.settings import ROOT
from finder.store import open_store, verify

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "shien-finder.service"
READ = re.compile(r"""(?:given|environ)(?:\.get\(|\[)["'](FINDER_\w+|HOST|PORT)["']""")


def names_read() -> set[str]:
    sources = [ROOT / "finder" / "settings.py", DEPLOY / "gunicorn.conf.py"]
    return {name for source in sources for name in READ.findall(source.read_text(encoding="utf-8"))}


def test_the_example_and_the_readme_name_every_setting_and_no_other():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## 設定")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.M)) == names_read()
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == names_read()


def test_the_service_may_do_little_and_systemd_agrees():
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze がありません")
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", str(UNIT)], capture_output=True, text=True)
    if "Failed to" in done.stderr and "unrecognized option" in done.stderr:
        pytest.skip("an older systemd")
    assert done.returncode == 0, done.stdout.splitlines()[-1]       # 1.5 of 10 at most


def test_systemd_can_read_the_units(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze がありません")
    for name in ("shien-finder.service", "shien-finder.socket", "kiosk/shien-kiosk.service"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        unit = tmp_path / Path(name).name
        unit.write_text(re.sub(r"(?m)^(Exec\w+=)/(?:opt|usr/bin/chromium)\S*", r"\1/bin/true", text).replace("/opt/shien-finder", "/"))
    for unit in tmp_path.iterdir():
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *(["--user"] if "kiosk" in unit.name else []), str(unit)],
                              capture_output=True, text=True, env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "XDG_RUNTIME_DIR": str(tmp_path),
                                                                   "PATH": "/usr/bin:/bin"})
        ours = [line for line in done.stderr.splitlines() if unit.name in line]
        assert not ours, ours


def test_the_container_runs_what_the_service_runs_as_somebody_without_rights():
    told = steps((DEPLOY / "Containerfile").read_text(encoding="utf-8"))
    words = [word for word, _ in told]
    command = json.loads(told[-1][1])
    assert words[0] == "FROM"
    assert words.index("USER") < words.index("CMD")
    assert dict(told)["USER"] not in ("root", "0")
    assert " ".join(command) in UNIT.read_text(encoding="utf-8")
    copied = {rest.split()[0] for word, rest in told if word == "COPY"}
    assert copied == {"requirements.txt", "app.py", "finder", "templates", "static", "data", "deploy/gunicorn.conf.py"}
    assert all((ROOT / source).exists() for source in copied)


# --- behind a real nginx -------------------------------------------------------------------------

@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two instances with stores of their own and the same secret."""
    if not nginx():
        pytest.skip("nginx がありません（tests/get_servers.sh が入れます）")
    folder = tmp_path_factory.mktemp("two")
    held = socket.create_server(("127.0.0.1", 0), backlog=2048)       # as shien-finder.socket holds it
    instances = [Instance(folder, "one", held), Instance(folder, "two")]
    yield folder, instances
    held.close()
    for instance in instances:
        instance.end(signal.SIGKILL if instance.process.poll() is None and instance.folder.name == "gone" else signal.SIGTERM)


def test_nginx_accepts_the_site_as_it_stands(tmp_path):
    if not nginx() or not shutil.which("openssl"):
        pytest.skip("nginx か openssl がありません")
    for kind, place in (("key", "/etc/ssl/private/shien-finder.key"), ("pem", "/etc/ssl/certs/shien-finder.pem")):
        assert place in (DEPLOY / "nginx.conf").read_text(encoding="utf-8"), kind
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x", "-keyout", tmp_path / "k",
                    "-out", tmp_path / "c"], check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8").replace("/etc/ssl/private/shien-finder.key", str(tmp_path / "k"))
    text = text.replace("/etc/ssl/certs/shien-finder.pem", str(tmp_path / "c")).replace("/var/log/nginx", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path / 'pid'};\nevents {{}}\nhttp {{\n{text}}}\n", encoding="utf-8")
    done = subprocess.run([nginx(), "-t", "-c", str(whole), "-e", str(tmp_path / "log")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


TWO_ENDS = [
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhellox",
    b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", b"Content-Length: +5\r\n\r\nhello",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", b"Content-Length: 5\n\rX: y\r\n\r\nhello",
]


@pytest.mark.parametrize("ends", TWO_ENDS)
def test_a_message_whose_end_can_be_read_in_two_ways_is_refused(two, ends):
    hidden = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", two[1][0].port), timeout=20) as link:
        link.sendall(b"POST /kurume/say HTTP/1.1\r\nHost: x\r\n" + ends + hidden)
        told = b"".join(iter(lambda: link.recv(65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", told) in ([b"400"], [b"501"]), told[:200]


def test_a_restart_under_load_loses_no_request(two, monkeypatch):
    monkeypatch.setattr("bench.two_instances.VISITORS", 2)
    one = two[1][0]
    visitors = Visitors(one.port)
    try:
        until(lambda: visitors.fates["answered"] >= 8, 30)
        restart(one)
        before = visitors.fates["answered"]
        until(lambda: visitors.fates["answered"] >= before + 8 or len(visitors.fates) > 1, 30)
    finally:
        told = visitors.end()
    assert ", 0 lost" in told, told


def test_workers_that_are_killed_cost_what_they_were_saying_and_nothing_else(two, monkeypatch):
    folder, (one, other) = two
    monkeypatch.setattr("bench.two_instances.VISITORS", 2)
    (folder / "killed").mkdir()
    relay = Nginx(folder / "killed", [one.port, other.port])
    visitors = Visitors(relay.port)
    try:
        assert kill_workers(one, 8) == "8 workers killed"
        after = visitors.fates["answered"]
        until(lambda: visitors.fates["answered"] >= after + 20, 30)
    finally:
        told = visitors.end()
        relay.end()
    assert int(re.search(r"(\d+) lost", told)[1]) <= 2 * 8, told      # of two visitors: bench/two_instances.py counts them for 200
    assert "status 5" not in told, "another answers in the place of the one that was killed"
    with closing(open_store(one.folder / "finder.db")) as store:
        assert verify(store, 1)


def test_a_visitor_notices_nothing_when_the_instance_that_serves_is_killed(two, monkeypatch):
    folder, (one, other) = two
    monkeypatch.setattr("bench.two_instances.VISITORS", 2)
    relay = Nginx(folder, [one.port, other.port])
    try:
        visitors = Visitors(relay.port)
        while visitors.fates["answered"] < 20:
            assert len(visitors.fates) <= 1, visitors.fates
        for worker in other.workers():      # without warning, and whatever it was doing
            subprocess.run(["kill", "-KILL", str(other.process.pid), str(worker)], check=False)
        before = visitors.fates["answered"]
        while visitors.fates["answered"] < before + 40 and len(visitors.fates) == 1:
            pass
        told = visitors.end()
    finally:
        relay.end()
    assert ", 0 lost" in told, told


@pytest.mark.browser
def test_a_kiosk_browser_shows_the_kiosk(live, tmp_path):
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read(DEPLOY / "kiosk" / "shien-kiosk.service", encoding="utf-8")
    program, *flags, address = shlex.split(unit["Service"]["ExecStart"].replace("%t", str(tmp_path)))
    policy = json.loads((DEPLOY / "kiosk" / "policy.json").read_text(encoding="utf-8"))
    assert {"--kiosk", "--incognito"} <= set(flags)
    assert any(address.startswith(allowed) for allowed in policy["URLAllowlist"])
    browser = shutil.which(program) or shutil.which("chromium")
    if not browser:
        pytest.skip("chromium がありません")
    done = subprocess.run([browser, *flags, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom",
                           address.replace("http://127.0.0.1:8000", live)], capture_output=True, text=True, timeout=60)
    assert "久留米市" in done.stdout, done.stderr[-500:]
