"""Carrying: one publishes, all pick it up; half of a version, or none, changes nothing."""

import json
import logging
import shutil
from contextlib import closing
from threading import Thread

import pytest
from test_publish import renamed

from finder.__main__ import main
from finder.files import read_folder
from finder.settings import ROOT
from finder.store import NotAStore, added_up, carry, contents, current, history, open_library, open_store, publish, roll_back, totals
from finder.store.carrying import pick_up
from finder.store.counts import Counts


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    data = tmp_path_factory.mktemp("carried") / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("40203-*", "40216-*", "39201-*", "33208-*"))
    return data


@pytest.fixture(scope="module")
def raw(small):
    return read_folder(small).raw


@pytest.fixture
def publisher(tmp_path, small):
    """One machine, which has published the files as they are, and another version 甲."""
    path = tmp_path / "one" / "finder.db"
    path.parent.mkdir()
    open_library(path, small)
    with closing(open_store(path)) as store:
        publish(store, renamed(contents(store, 1), "甲"), note="名前を甲に", who="山田")
        yield store


def name_at(library):
    return next(p.name for p in library.catalog("komae").programs if p.id in OWN)


OWN = {p.stem for p in (ROOT / "data" / "13219-komae" / "programs").glob("*.toml")}


def test_one_publishes_and_all_pick_it_up_at_the_next_look(tmp_path, small, publisher):
    folder = tmp_path / "versions"
    others = [open_library(tmp_path / f"{n}.db", small, folder) for n in range(2)]
    assert carry(publisher, folder) == (2, True)
    for other in others:
        assert other.refresh(1.0)
        assert name_at(other) == "甲"
        assert other.version == current(publisher)[1]
    with closing(open_store(tmp_path / "0.db")) as store:
        assert (history(store)[0].note, history(store)[0].who) == ("名前を甲に", "山田")
    assert not others[0].refresh(2.0), "nothing new"
    assert carry(publisher, folder) == (2, False), "already there"
    roll_back(publisher, 1)
    carry(publisher, folder)
    assert others[0].refresh(3.0)
    assert name_at(others[0]) != "甲"


def test_an_instance_that_starts_begins_with_what_has_arrived(tmp_path, small, publisher):
    carry(publisher, tmp_path / "versions")
    assert name_at(open_library(tmp_path / "new.db", small, tmp_path / "versions")) == "甲"
    assert name_at(open_library(tmp_path / "new.db", small, tmp_path / "versions")) == "甲", "data/ does not come back with a restart"


def spoil_file(folder):
    file = next(folder.glob("*.version"))
    file.write_bytes(file.read_bytes()[:-100])


def swap_contents(folder):
    """Another version under this one's name, with a checksum that fits it."""
    import hashlib
    import zlib
    file = next(folder.glob("*.version"))
    told = json.loads(zlib.decompress(file.read_bytes()))
    told["contents"]["plans"] = {}
    file.write_bytes(packed := zlib.compress(json.dumps(told).encode()))
    (folder / "current").write_text(f"{file.stem} {hashlib.sha256(packed).hexdigest()}\n")


@pytest.mark.parametrize("damage", [
    lambda folder: next(folder.glob("*.version")).unlink(),          # the pointer came first
    spoil_file, swap_contents,
    lambda folder: (folder / "current").write_text("../../etc/passwd x\n"),
    lambda folder: (folder / "current").write_bytes(b"\xff\xfe"),
    lambda folder: (folder / "current").write_text(""),
    lambda folder: shutil.rmtree(folder),
], ids=["not yet there", "cut off", "other contents", "elsewhere", "no text", "empty", "gone"])
def test_what_is_not_whole_is_not_taken_and_is_taken_when_the_rest_has_come(tmp_path, small, publisher, damage, caplog):
    folder, whole = tmp_path / "versions", tmp_path / "whole"
    library = open_library(tmp_path / "other.db", small, folder)
    carry(publisher, folder)
    shutil.copytree(folder, whole)
    damage(folder)
    with caplog.at_level(logging.WARNING):
        assert not library.refresh(1.0)
        assert not library.refresh(2.0)
    assert len([r for r in caplog.records if "not taken" in r.message]) <= 1, "said once"
    assert library.catalog("komae").programs
    shutil.copytree(whole, folder, dirs_exist_ok=True)
    assert library.refresh(3.0)
    assert name_at(library) == "甲"


def test_of_many_workers_one_publishes(tmp_path, small, publisher):
    folder, path = tmp_path / "versions", tmp_path / "other.db"
    open_library(path, small)
    carry(publisher, folder)
    workers = [Thread(target=pick_up, args=(path, folder)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with closing(open_store(path)) as store:
        assert [v.number for v in history(store)] == [2, 1]


def test_the_commands_carry_and_add_up(tmp_path, small, monkeypatch, capsys):
    monkeypatch.setenv("FINDER_DATA", str(small))
    monkeypatch.setenv("FINDER_STORE", str(tmp_path / "finder.db"))
    monkeypatch.setenv("FINDER_TODAY", "2026-11-22")
    assert main(["catalog", "publish"]) == 0
    assert main(["catalog", "carry", str(tmp_path / "versions")]) == 0
    assert main(["catalog", "carry", str(tmp_path / "versions")]) == 0
    assert main(["catalog", "carry", str(tmp_path / "versions"), "--version", "9"]) == 1
    out = capsys.readouterr().out
    assert "版1を" in out
    assert "もう版1です" in out
    counted(tmp_path / "finder.db", 4)
    counted(tmp_path / "two.db", 3)
    for _ in range(2):      # nothing is written: adding up twice gives the same
        assert main(["catalog", "counts", str(tmp_path / "two.db")]) == 0
        assert "\t7\n" in capsys.readouterr().out
    assert main(["catalog", "counts"]) == 0
    assert "5未満" in capsys.readouterr().out
    assert main(["catalog", "counts", str(tmp_path / "none.db")]) == 1
    assert "none.db" in capsys.readouterr().err


def counted(path, times):
    from datetime import date
    open_store(path).close()
    counts = Counts(path)
    for _ in range(times):
        counts.add(date(2026, 11, 22), "resident", "komae", "shown", ["a"])
    counts.write(0, at_once=True)


def test_small_numbers_of_many_machines_are_withheld_after_adding_not_before(tmp_path):
    from datetime import date
    paths = [tmp_path / f"{n}.db" for n in range(3)]
    for path, times in zip(paths, (2, 2, 1), strict=True):
        counted(path, times)
    day = date(2026, 11, 22)
    with added_up(paths) as store:
        assert [c.number for c in totals(store, day, day)] == [5]
    with added_up(paths[:2]) as store:
        assert [c.number for c in totals(store, day, day)] == [None]
    paths[0].write_bytes(b"no store")
    with pytest.raises(NotAStore, match=r"0\.db"), added_up(paths):
        pass
