"""docs/operating.md: the commands that it says are run here are run, in its order; what it names is there."""

from __future__ import annotations

import re
import shlex
import shutil
from contextlib import closing

import pytest

from finder.__main__ import main
from finder.settings import ROOT
from finder.store import open_store, publish
from finder.store.versions import contents

TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"試験で動かす命令:\n\n```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]


def test_every_command_does_what_it_says(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("40203-*", "40216-*", "39201-*", "33208-*"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FINDER_DATA", "data")
    monkeypatch.setenv("FINDER_STORE", "finder.db")
    assert main(["catalog", "publish"]) == 0
    with closing(open_store(tmp_path / "finder.db")) as store:
        publish(store, {**contents(store, 1), "plans": {}})
    open_store(tmp_path / "other.db").close()
    assert len(COMMANDS) >= 9
    for command in COMMANDS:
        program, *arguments = shlex.split(command, comments=True)
        assert program == "finder"
        code = main(arguments)
        told = capsys.readouterr()
        assert code == (3 if arguments[1] == "diff" else 0), (command, told.err)
        assert told.out, command
    assert (tmp_path / "versions" / "current").exists()
    assert (tmp_path / "copy.db").exists()
    assert (tmp_path / "finder.db.before-restore").exists()
    assert (tmp_path / "counts.csv").exists()


@pytest.mark.parametrize("file", sorted(set(re.findall(r"(?:deploy|tests)/[\w./-]+\w", TEXT))))
def test_every_file_that_it_names_is_there(file):
    assert (ROOT / file).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"FINDER_\w+", TEXT))))
def test_every_setting_that_it_names_is_one(name):
    assert name in (ROOT / ".env.example").read_text(encoding="utf-8")
