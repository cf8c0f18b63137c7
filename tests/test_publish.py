"""Publishing: old or new, never a mixture, whatever happens to whoever publishes; readers follow within a second."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import closing
from itertools import pairwise

import pytest

from finder.files import read_folder
from finder.settings import ROOT
from finder.store import (
    NotAStore,
    NoVersion,
    Overtaken,
    back_up,
    connect,
    contents,
    current,
    history,
    open_library,
    open_store,
    publish,
    put_back,
    roll_back,
    verify,
)
from finder.store.library import LOOK_EVERY

DATA = ROOT / "data"
KILLS = 200


@pytest.fixture
def small(tmp_path):
    """A data folder with one municipality, quick to read."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("40203-*", "40216-*", "39201-*", "33208-*"))
    return data


@pytest.fixture
def raw(small):
    """Its contents."""
    folder = read_folder(small)
    assert folder.problems == []
    return folder.raw


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    with closing(open_store(tmp_path / "finder.db")) as store:
        yield store


def renamed(raw, name):
    """The same contents with every program of 狛江 and every need carrying a mark."""
    other = json.loads(json.dumps(raw))
    for program in other["municipalities"]["13219-komae"]["programs"].values():
        program["name"] = name
    for need in other["needs"].values():
        need["ja"] = name
    other["plans"]["13219-komae"] = name * 20000
    return other


def marks(raw):
    """The marks that stand in contents: one, when they are one version's."""
    return ({p["name"] for p in raw["municipalities"]["13219-komae"]["programs"].values()}
            | {n["ja"] for n in raw["needs"].values()} | {raw["plans"]["13219-komae"][:1]})


def test_what_is_published_is_what_comes_back(store, raw):
    assert contents(store, publish(store, raw)) == raw


def test_the_same_contents_have_the_same_hash_and_are_not_published_twice(store, raw):
    assert publish(store, raw) == publish(store, json.loads(json.dumps(raw))) == 1
    assert publish(store, renamed(raw, "甲")) == 2


def test_the_history_says_who_when_and_why(store, raw):
    publish(store, raw, "はじめ", "山")
    publish(store, renamed(raw, "甲"), "名前を直す", "川")
    assert [(v.number, v.who, v.note) for v in history(store)] == [(2, "川", "名前を直す"), (1, "山", "はじめ")]


def test_rolling_back_is_a_new_version_with_the_old_contents(store, raw):
    publish(store, raw)
    publish(store, renamed(raw, "甲"))
    assert roll_back(store, 1, "山") == 3
    assert contents(store, 3) == raw
    assert history(store)[0].back_to == 1


def test_there_is_no_going_back_to_a_version_that_never_was(store, raw):
    publish(store, raw)
    with pytest.raises(NoVersion):
        roll_back(store, 7)
    assert current(store)[0] == 1


def test_whoever_was_overtaken_is_told_and_nothing_changes(store, raw):
    publish(store, raw)
    publish(store, renamed(raw, "甲"), after=1)
    with pytest.raises(Overtaken):
        publish(store, renamed(raw, "乙"), after=1)
    assert marks(contents(store, current(store)[0])) == {"甲"}


def test_a_version_whose_part_was_changed_behind_its_back_is_not_whole(store, raw):
    publish(store, raw)
    assert verify(store, 1)
    key = next(store.query("select hash from version_parts where part = 'shared'"))["hash"]
    other = next(store.query("select raw from parts where hash <> ?", [key]))["raw"]
    store.execute("update parts set raw = ? where hash = ?", [other, key])
    store.commit()
    assert not verify(store, 1)


def test_killed_at_any_moment_leaves_the_old_or_the_new_version(tmp_path, raw):
    """`kill -9` while publishing, hundreds of times: one whole version is found each time."""
    path = tmp_path / "finder.db"
    del raw["municipalities"]["00-japan"]
    raw["danger"] = {}
    programs = raw["municipalities"]["13219-komae"]["programs"]
    raw["municipalities"]["13219-komae"]["programs"] = dict(list(programs.items())[:3])
    with closing(open_store(path)) as store:
        publish(store, renamed(raw, "初"))
        begun = time.monotonic()
        publish(store, renamed(raw, "次"))
        takes = time.monotonic() - begun        # on this machine, now: kills fall before, in and after a publication
    chance = random.Random(4)
    numbers = [2]
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:
            try:
                with closing(connect(path)) as store:
                    while True:
                        publish(store, renamed(raw, chr(0x4e00 + current(store)[0] % 20000)))
            finally:
                os._exit(1)
        time.sleep(chance.uniform(.1, 4) * takes)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with closing(connect(path)) as store:
            number = current(store)[0]
            assert len(marks(contents(store, number))) == 1
            assert next(store.query("select count(*) as n from versions"))["n"] == number
            assert next(store.query("select max(version) as n from version_parts"))["n"] == number
        numbers.append(number)
    moved = sum(a != b for a, b in pairwise(numbers))
    assert 0 < moved < KILLS, "every publisher was killed before, or every one after it had published: nothing was tried"


def test_a_copy_made_while_others_write_is_whole_and_can_be_put_back(tmp_path, raw):
    path, copy = tmp_path / "finder.db", tmp_path / "copy.db"
    with closing(open_store(path)) as store:
        publish(store, renamed(raw, "甲"))
    stop = threading.Event()

    def write():
        with closing(connect(path)) as mine:
            while not stop.is_set():
                publish(mine, renamed(raw, "乙" if current(mine)[0] % 2 else "甲"))
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(10):
            back_up(path, copy)
            with closing(connect(copy)) as there:
                assert len(marks(contents(there, current(there)[0]))) == 1
        number = _last(copy)
        kept = put_back(path, copy)
        assert _last(kept) >= number
    finally:
        stop.set()
        writer.join()
    with closing(open_store(path)) as store:
        assert all(verify(store, v.number) for v in history(store))


def _last(path):
    with closing(connect(path)) as store:
        return current(store)[0]


def test_a_copy_put_back_has_what_was_there_then_and_keeps_what_was_there_now(tmp_path, raw):
    path, copy = tmp_path / "finder.db", tmp_path / "copy.db"
    with closing(open_store(path)) as store:
        publish(store, raw)
        back_up(path, copy)
        publish(store, renamed(raw, "甲"))
    assert _last(put_back(path, copy)) == 2
    assert _last(path) == 1


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_what_is_no_copy_is_not_put_back(tmp_path, raw, content):
    path, copy = tmp_path / "finder.db", tmp_path / "copy.db"
    with closing(open_store(path)) as store:
        publish(store, raw)
    if content is not None:
        copy.write_bytes(content)
    with pytest.raises(NotAStore):
        put_back(path, copy)
    assert _last(path) == 1


def test_readers_get_the_newer_version_and_keep_the_old_one_when_the_file_fails(tmp_path, small, raw):
    path = tmp_path / "finder.db"
    library = open_library(path, small)
    held = library.catalog("komae")
    with closing(open_store(path)) as store:
        publish(store, renamed(raw, "甲"))
    assert library.refresh(1.0)
    assert {p.name for p in library.catalog("komae").programs if p.id in raw["municipalities"]["13219-komae"]["programs"]} == {"甲"}
    assert held.programs[0].name != "甲"
    assert not library.refresh(1.2), "looked again too soon"
    assert not library.refresh(2.0)
    path.rename(tmp_path / "gone.db")
    assert not library.refresh(3.0)
    assert library.catalog("komae").programs


def test_what_was_edited_is_not_overwritten_by_changed_files(tmp_path, small, raw, caplog):
    path = tmp_path / "finder.db"
    open_library(path, small)
    with closing(open_store(path)) as store:
        publish(store, renamed(raw, "甲"))
    assert open_library(path, small).number == 2
    next((small / "13219-komae" / "programs").glob("*.toml")).open("a").write("# a comment\n")
    assert open_library(path, small).number == 2
    assert "catalog publish" in caplog.text


def test_a_store_of_the_first_kind_is_made_again_from_the_files(tmp_path, small):
    with closing(connect(tmp_path / "finder.db")) as old:
        old.table("versions").insert({"number": 9, "hash": "x", "published_at": "", "note": ""}, pk="number")
        old.table("contents").insert({"version": 9, "part": "shared", "raw": b""}, pk=("version", "part"))
    assert open_library(tmp_path / "finder.db", small).catalog("komae").programs


def test_workers_look_more_than_once_a_second():
    assert LOOK_EVERY < 1


def test_workers_follow_and_drop_no_request(tmp_path, small, raw):
    path = tmp_path / "finder.db"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"),
         "--bind", f"127.0.0.1:{port}", "--workers", "2", "app:create_app()"], cwd=ROOT,
        env={**os.environ, "FINDER_STORE": str(path), "FINDER_DATA": str(small)})
    try:
        address = f"http://127.0.0.1:{port}/api/v1/municipalities/komae/programs"
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(address, timeout=30).read()
                break
            except OSError:
                time.sleep(.1)
        own = set(raw["municipalities"]["13219-komae"]["programs"])
        whole = [{p["name"] for p in raw["municipalities"]["13219-komae"]["programs"].values()}, {"甲"}, {"乙"}, {"丙"}]
        for name in ("甲", "乙", "丙"):
            with closing(open_store(path)) as store:
                publish(store, renamed(raw, name))
            followed, deadline = 0, time.monotonic() + 180
            while followed < 20:        # two workers, by turns: both have followed long before
                with urllib.request.urlopen(address, timeout=90) as answer:     # raises for anything but 200
                    names = {p["name"] for p in json.load(answer) if p["id"] in own}
                assert names in whole, "a mixture was served"
                followed = followed + 1 if names == {name} else 0
                assert time.monotonic() < deadline, "a worker never followed"
    finally:
        server.terminate()
        server.wait(20)
