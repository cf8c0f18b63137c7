"""The store: whole versions only; missing, old or broken, it is made again from data/."""

import gc
import logging
import shutil
import sqlite3
import threading
import weakref
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from finder.dialogue import warm
from finder.files import read_folder
from finder.settings import ROOT
from finder.store import Library, NoCatalog, contents, current, open_library, open_store, opening, publish, verify
from finder.store.drafts import draft_of, drop_draft, keep_draft
from finder.store.library import Edition
from finder.store.versions import PLACES, changed_on, places_of

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


def test_only_a_program_that_changed_has_a_day_on_which_it_did(tmp_path, small):
    raw = read_folder(small).raw
    with closing(open_store(tmp_path / "finder.db")) as store:
        publish(store, raw)
        raw["municipalities"]["13219-komae"]["programs"]["yurikago-komae"]["name"] += "（新）"
        publish(store, raw)
        assert list(changed_on(store, "13219-komae", 10)) == ["yurikago-komae"]


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


def test_a_page_damaged_in_a_large_store_costs_one_part_and_nothing_else(tmp_path, small, monkeypatch):
    monkeypatch.setattr(opening, "LARGE", 0)
    path = tmp_path / "finder.db"
    open_library(path, small)
    with closing(sqlite3.connect(path)) as store:
        raw = store.execute("select raw from parts join version_parts using (hash) where part = '13219-komae'").fetchone()[0]
    at = path.read_bytes().index(raw[:64])
    content = bytearray(path.read_bytes())
    content[at:at + 2000] = b"\xa5" * 2000
    path.write_bytes(bytes(content))
    library = open_library(path, small)
    assert "komae" in library.municipalities and not path.with_name("finder.db.broken").exists()
    with pytest.raises((zlib.error, sqlite3.DatabaseError)):
        library.catalog("komae")


# --- catalogs in memory ----------------------------------------------------------------------------

@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """A store with three municipalities."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("40203-*", "40216-*"))
    path = folder / "finder.db"
    with closing(open_store(path)) as store:
        publish(store, read_folder(folder / "data").raw)
    return path


@pytest.mark.parametrize(("kept", "asked", "held"), [
    (1, "komae soja", "soja"),
    (2, "komae soja kochi", "soja kochi"),
    (2, "komae soja komae kochi", "komae kochi"),
    (3, "komae soja kochi komae", "soja kochi komae"),
    (2, "komae komae atlantis", "komae"),
])
def test_of_more_than_the_setting_the_least_used_is_let_go(three, kept, asked, held):
    library = Library(three, kept=kept)
    for municipality in asked.split():
        library.catalog(municipality)
    assert library.edition.built() == held.split()


def test_what_was_let_go_leaves_the_memory_and_comes_back_the_same(three):
    library = Library(three, kept=1)
    first = library.catalog("komae")
    programs, gone = first.programs, weakref.ref(first)
    warm(first)
    del first
    library.catalog("soja")
    gc.collect()
    assert gone() is None
    assert library.catalog("komae").programs == programs


def test_a_start_opens_no_municipality(three, monkeypatch):
    monkeypatch.setattr(Edition, "_built", lambda *_: pytest.fail("a catalog was built"))
    assert set(Library(three).municipalities) == {"komae", "soja", "kochi"}


def test_many_at_once_get_one_catalog_each_built_once(three, monkeypatch):
    built, build = [], Edition._built
    monkeypatch.setattr(Edition, "_built", lambda edition, municipality: built.append(municipality) or build(edition, municipality))
    library, begin = Library(three), threading.Barrier(12)

    def ask(municipality):
        begin.wait()
        return library.catalog(municipality)
    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(ask, ("komae", "soja", "kochi") * 4))
    assert sorted(built) == ["kochi", "komae", "soja"]
    assert [c.municipality.id for c in found] == ["komae", "soja", "kochi"] * 4
    assert len({id(c) for c in found}) == 3


def test_who_asks_for_another_does_not_wait_for_one_that_is_being_built(three, monkeypatch):
    build, go_on = Edition._built, threading.Event()

    def slowly(edition, municipality):
        assert municipality != "komae" or go_on.wait(60)
        return build(edition, municipality)
    monkeypatch.setattr(Edition, "_built", slowly)
    library = Library(three)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(library.catalog, "komae")
        assert library.catalog("soja").programs
        assert not waiting.done()
        go_on.set()
        assert waiting.result().programs


def test_an_edition_stays_one_version_while_a_newer_one_comes(three):
    library = Library(three, kept=1)
    old = library.edition
    with closing(open_store(three)) as store:
        raw = contents(store, library.number)
        for part in raw["municipalities"].values():
            for program in part["programs"].values():
                program["name"] = "新しい名"
        number = publish(store, raw)
        try:
            assert library.refresh(1e9, at_once=True)
            for municipality in ("komae", "soja"):
                assert {p.name for p in library.catalog(municipality).programs} == {"新しい名"}
                assert "新しい名" not in {p.name for p in old.catalog(municipality).programs}
        finally:
            store.execute("delete from versions where number = ?", [number])
            store.conn.commit()


def test_a_store_of_before_is_read_as_it_is(three):
    with closing(open_store(three)) as store:
        told = places_of(store, 1)
        kept = list(store.query("select * from version_parts where part = ?", [PLACES]))
        assert verify(store, 1)
        with store.atomic():
            store.execute("delete from version_parts where part = ?", [PLACES])
        try:
            assert places_of(store, 1) == told
            assert verify(store, 1)
        finally:
            store.table("version_parts").insert_all(kept)


def test_a_draft_that_changed_meanwhile_is_not_dropped_with_what_was_published(tmp_path):
    now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    with closing(open_store(tmp_path / "finder.db")) as store:
        number = keep_draft(store, "13219-komae", "x", "書く人", None, {"name": "見たもの"}, "", now)
        seen = draft_of(store, number)
        keep_draft(store, "13219-komae", "x", "書く人", None, {"name": "あとの"}, "", now + timedelta(milliseconds=1))
        drop_draft(store, number, seen.changed_at)
        assert draft_of(store, number).program == {"name": "あとの"}
        drop_draft(store, number, draft_of(store, number).changed_at)
        assert draft_of(store, number) is None
