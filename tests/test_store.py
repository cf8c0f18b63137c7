"""The store: whole versions only; missing, old or broken, it is made again from data/."""

import logging
import shutil
import sqlite3

import pytest

from finder.files import read_folder
from finder.settings import ROOT
from finder.store import NoCatalog, current, open_library, open_store, publish

DATA = ROOT / "data"


@pytest.fixture
def small(tmp_path):
    """A data folder with one municipality, quick to read."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns(
        "40203-*", "40216-*", "39201-*", "33208-*"))
    return data


def test_a_missing_store_is_made_from_the_files(tmp_path, small, caplog):
    caplog.set_level(logging.WARNING)
    library = open_library(tmp_path / "finder.db", small)
    assert set(library.municipalities) == {"komae"}
    assert library.version == current(open_store(tmp_path / "finder.db"))[1]
    assert len([r for r in caplog.records if "published" in r.message]) == 1


def test_an_unchanged_folder_is_not_published_again(tmp_path, small):
    open_library(tmp_path / "finder.db", small)
    open_library(tmp_path / "finder.db", small)
    assert current(open_store(tmp_path / "finder.db"))[0] == 1


def test_changed_files_become_a_new_version(tmp_path, small):
    open_library(tmp_path / "finder.db", small)
    next((small / "13219-komae" / "programs").glob("*.toml")).open("a").write("# a comment\n")
    assert open_library(tmp_path / "finder.db", small).number == 2


def test_broken_files_leave_the_last_good_version_serving(tmp_path, small, caplog):
    before = open_library(tmp_path / "finder.db", small)
    next((small / "13219-komae" / "programs").glob("*.toml")).write_text("name = ", encoding="utf-8")
    after = open_library(tmp_path / "finder.db", small)
    assert (after.number, after.version) == (before.number, before.version)
    assert "programs/" in caplog.text
    assert "TOML" in caplog.text


def test_broken_files_and_no_version_say_every_problem(tmp_path, small):
    broken = sorted((small / "13219-komae" / "programs").glob("*.toml"))[:2]
    for path in broken:
        path.write_text("name = ", encoding="utf-8")
    with pytest.raises(NoCatalog) as error:
        open_library(tmp_path / "finder.db", small)
    for path in broken:
        assert path.name in str(error.value)


@pytest.mark.parametrize("damage", [b"this is no database", b"SQLite format 3\x00" + b"\x00" * 50])
def test_a_corrupt_store_is_set_aside_and_made_again(tmp_path, small, caplog, damage):
    path = tmp_path / "finder.db"
    path.write_bytes(damage)
    library = open_library(path, small)
    assert library.catalog("komae").programs
    assert (tmp_path / "finder.db.broken").read_bytes() == damage
    assert len([r for r in caplog.records if "not readable" in r.message]) == 1


def test_a_truncated_store_is_made_again(tmp_path, small):
    path = tmp_path / "finder.db"
    open_library(path, small)
    path.write_bytes(path.read_bytes()[:5000])
    assert open_library(path, small).catalog("komae").programs


def test_publishing_is_all_or_nothing(tmp_path, small):
    store = open_store(tmp_path / "finder.db")
    raw = read_folder(small).raw
    publish(store, raw, "first")
    first, parts = current(store), list(store["parts"].rows)
    store.execute("create trigger half_way before insert on versions begin select raise(abort, 'no'); end")
    raw["questions"] = []
    with pytest.raises(sqlite3.IntegrityError):
        publish(store, raw, "second")
    assert current(store) == first
    assert list(store["parts"].rows) == parts


def test_an_unknown_municipality_has_no_catalog(tmp_path, small):
    assert open_library(tmp_path / "finder.db", small).catalog("atlantis") is None


def test_a_page_damaged_inside_is_noticed_at_the_start(tmp_path, small):
    path = tmp_path / "finder.db"
    open_library(path, small)
    content = bytearray(path.read_bytes())
    content[4096:4096 + 2000] = b"\xa5" * 2000
    path.write_bytes(bytes(content))
    assert open_library(path, small).catalog("komae").programs


def test_only_so_many_catalogs_are_held_at_once(tmp_path, small, monkeypatch):
    monkeypatch.setattr("finder.store.library.MOST_CATALOGS", 0)
    library = open_library(tmp_path / "finder.db", small)
    assert library.catalog("komae").programs
    assert library._edition.built() == []
