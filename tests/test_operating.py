"""docs/operating.md: the commands that it says are run here are run, in its order; what it names is there."""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys

import pytest

from finder.__main__ import main
from finder.settings import ROOT
from finder.store import open_store

TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"試験で動かす命令:\n\n```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]


def test_every_command_does_what_it_says(two_versions, capsys):
    open_store(two_versions / "other.db").close()
    assert len(COMMANDS) >= 9
    for command in COMMANDS:
        program, *arguments = shlex.split(command, comments=True)
        assert program == "finder"
        code = main(arguments)
        told = capsys.readouterr()
        assert code == (3 if arguments[1] == "diff" else 0), (command, told.err)
        assert told.out, command
    assert (two_versions / "versions" / "current").exists()
    assert (two_versions / "copy.db").exists()
    assert (two_versions / "finder.db.before-restore").exists()
    assert (two_versions / "counts.csv").exists()


# What stands in for programs that change a whole machine; each is told so that the order can be seen.
STUBS = {
    "apt-get": "", "systemctl": "", "nginx": "",
    "git": 'if [ "$1" = clone ]; then mkdir -p "$3"; for one in "$SOURCE"/* "$SOURCE"/.env.example; do ln -s "$one" "$3"; done; fi',
    "python3": 'mkdir -p .venv/bin; cp "$(dirname "$0")/systemctl" .venv/bin/pip; ln -s "$PYTHON" .venv/bin/python',
}


def test_the_way_from_nothing_to_a_service_and_to_its_next_version_can_be_typed_as_it_stands(tmp_path):
    install, prepare, update = (block for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) if "/opt/shien-finder" in block)
    root, stubs = tmp_path / "root", tmp_path / "stubs"
    for place in ("opt", "var/lib/shien-finder", "var/backups", "etc/systemd/system", "etc/nginx/sites-available", "etc/nginx/sites-enabled",
                  "etc/nginx/modules-enabled"):
        (root / place).mkdir(parents=True)
    (root / "etc/nginx/sites-enabled/default").touch()
    (root / "etc/nginx/nginx.conf").write_text("events {\n\tworker_connections 768;\n}\n")
    open_store(root / "var/lib/shien-finder/finder.db").close()
    stubs.mkdir()
    for name, does in STUBS.items():
        (stubs / name).write_text(f'#!/bin/sh\necho "{name} $*" >> "{tmp_path}/told"\n{does}\n')
        (stubs / name).chmod(0o755)
    script = re.sub(r"(?<![\w.])/(opt|etc|var)/", rf"{root}/\1/", "\n".join(("shopt -s expand_aliases", install, prepare, update)))
    python = stubs / "run"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, timeout=60, cwd=tmp_path, env={
        **os.environ, "PATH": f"{stubs}:/usr/bin:/bin", "SOURCE": str(ROOT), "PYTHON": python})
    assert done.returncode == 0, done.stderr[-800:]
    assert stat.S_IMODE((root / "etc/shien-finder.env").stat().st_mode) == 0o600
    assert {p.name for p in (root / "etc/systemd/system").iterdir()} == {"shien-finder.service", "shien-finder.socket"}
    assert [p.resolve().read_text() for p in (root / "etc/nginx/sites-enabled").iterdir()] == [(ROOT / "deploy" / "nginx.conf").read_text()]
    assert "worker_connections 8192" in (root / "etc/nginx/nginx.conf").read_text()
    assert (root / "var/backups/shien-before.db").stat().st_size > 0
    told = (tmp_path / "told").read_text().splitlines()
    assert told[-3:] == ["git pull", "systemctl install -r requirements.txt", "systemctl restart shien-finder.service"]


@pytest.mark.parametrize("file", sorted(set(re.findall(r"(?:deploy|tests)/[\w./-]+\w", TEXT))))
def test_every_file_that_it_names_is_there(file):
    assert (ROOT / file).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"FINDER_\w+", TEXT))))
def test_every_setting_that_it_names_is_one(name):
    assert name in (ROOT / ".env.example").read_text(encoding="utf-8")
