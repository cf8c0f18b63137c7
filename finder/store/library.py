"""The catalogs of the version in force; a newer version takes over whole, between two requests."""

from __future__ import annotations

import logging
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from sys import intern
from threading import Lock
from typing import Any

from sqlite_utils import Database

from finder.building import NATION, build_catalog, build_municipality
from finder.catalog import Catalog, Municipality
from finder.checking import Problem
from finder.files import folder_hash, read_folder
from finder.settings import KEPT
from finder.store.carrying import has_arrived, taken_up
from finder.store.opening import connect, open_store
from finder.store.versions import SHARED, WORDS, current, last_folder, part_of, places_of, publish, version_of
from finder.understanding.danger import DangerSigns

log = logging.getLogger(__name__)
READY = 8                 # of those used last, made before a newer version takes over; the others when asked for
LOOK_EVERY = .5           # seconds between two looks at the store


class NoCatalog(RuntimeError):
    """There is neither a good version in the store nor good files to make one from."""

    def __init__(self, problems: list[Problem]) -> None:
        lines = "\n".join(f"  {p}" for p in problems)
        super().__init__(f"data/ に{len(problems)}件の問題があり、公開できる版がありません。\n{lines}")
        self.problems = problems


class Edition:
    """One version's catalogs, each built when first asked for; of more than `kept` the least used is let go."""

    def __init__(self, path: Path, store: Database, number: int, version: str, kept: int = KEPT) -> None:
        self._path, self._lock, self._kept = path, Lock(), kept
        self._catalogs: OrderedDict[str, Catalog] = OrderedDict()
        self._building: dict[str, Lock] = {}
        self.number, self.version = number, version
        self.published_at = datetime.fromisoformat(version_of(store, number).published_at)
        self._shared: dict[str, Any] = part_of(store, number, SHARED) or {}
        self._signs = DangerSigns.from_toml(self._shared.get("danger", {}))
        places = places_of(store, number)
        self._folders = {about["id"]: folder for folder, about in places.items()}
        self.municipalities: dict[str, Municipality] = {about["id"]: build_municipality(about) for about in places.values()}

    def catalog(self, municipality: str) -> Catalog | None:
        """Return a municipality's catalog, or None when there is no such municipality.

        Whoever asks for one that is being built waits for it; those who ask for others do not.
        """
        if municipality not in self._folders:
            return None
        with self._lock:
            if (found := self._found(municipality)) is not None:
                return found
            building = self._building.setdefault(municipality, Lock())
        with building:
            with self._lock:
                if (found := self._found(municipality)) is not None:
                    return found
            built = self._built(municipality)
            with self._lock:
                self._catalogs[municipality] = built
                self._building.pop(municipality, None)
                while len(self._catalogs) > self._kept:
                    self._catalogs.popitem(last=False)
            return built

    def _found(self, municipality: str) -> Catalog | None:
        if municipality in self._catalogs:
            self._catalogs.move_to_end(municipality)
        return self._catalogs.get(municipality)

    def _built(self, municipality: str) -> Catalog:
        # A connection lives no longer than it is needed: workers are forked after the first catalogs.
        with closing(connect(self._path)) as store:
            return self._build(store, self._folders[municipality])

    def raw(self, municipality: str) -> tuple[dict[str, Any], str]:
        """Return a municipality's contents as they were published, with what holds everywhere; and its folder."""
        folder = self._folders[municipality]
        with closing(connect(self._path)) as store:
            parts = {name: part for name in (NATION, folder)
                     if (part := part_of(store, self.number, name)) is not None}
        return {**self._shared, "municipalities": parts}, folder

    def built(self) -> list[str]:
        """Return the municipalities whose catalogs are in memory, the one used last at the end."""
        with self._lock:
            return list(self._catalogs)

    def _build(self, store: Database, folder: str) -> Catalog:
        parts = {name: part for name in (NATION, folder)
                 if (part := part_of(store, self.number, name)) is not None}
        # The same words stand in programs of every municipality: each is kept once, which more than halves a catalog.
        documents = part_of(store, self.number, folder + WORDS) or {}
        parts[folder]["documents"] = {program: [intern(word) for word in words] for program, words in documents.items()}
        return build_catalog({**self._shared, "municipalities": parts}, folder, self.version, self._signs)


class Library:
    """What readers ask: the edition in force.  `refresh` brings in a newer one."""

    def __init__(self, path: Path, versions: Path | None = None, kept: int = KEPT) -> None:
        self._path, self._versions, self._refreshing, self._looked = path, versions, Lock(), 0.0
        self._kept = kept
        with closing(connect(path)) as store:
            found = current(store)
            assert found, "a library is opened after a version was published"
            self._edition = Edition(path, store, *found, kept)

    @property
    def edition(self) -> Edition:
        """The version in force; whoever holds it keeps seeing the same one."""
        return self._edition

    @property
    def number(self) -> int:
        """The number of the version in force."""
        return self._edition.number

    @property
    def version(self) -> str:
        """The hash of the version in force."""
        return self._edition.version

    @property
    def municipalities(self) -> Mapping[str, Municipality]:
        """The municipalities by their id."""
        return self._edition.municipalities

    def catalog(self, municipality: str) -> Catalog | None:
        """Return a municipality's catalog, or None when there is no such municipality."""
        return self._edition.catalog(municipality)

    def refresh(self, now: float, warm: Callable[[Catalog], object] = lambda catalog: None,
                at_once: bool = False) -> bool:
        """Bring in a newer version, if there is one; tells whether it did.

        `now` is in seconds and only grows.  One thread builds the newer edition; the others go on
        with the old one.  Trouble with the file leaves the old one in force.
        """
        if (now - self._looked < LOOK_EVERY and not at_once) or not self._refreshing.acquire(blocking=False):
            return False
        try:
            self._looked = now
            taken_up(self._path, self._versions)
            with closing(connect(self._path)) as store:
                found = current(store)
                if found is None or found == (self.number, self.version):
                    return False
                newer = Edition(self._path, store, *found, self._kept)
            for municipality in self._edition.built()[-READY:]:
                if catalog := newer.catalog(municipality):
                    warm(catalog)
            self._edition = newer
            log.warning("version %s (%s) is in force", newer.number, newer.version)
            return True
        except sqlite3.Error as error:
            log.error("the store could not be read (%s): version %s stays in force", error, self.number)
            return False
        finally:
            self._refreshing.release()


def open_library(path: Path, data: Path, versions: Path | None = None, kept: int = KEPT) -> Library:
    """Return the catalogs in force, after bringing the store up to data/; raises NoCatalog.

    Files with problems change nothing: they are logged, and the last good version stays.  So does
    what was edited, imported or rolled back since the files were last published: changed files then
    wait for `catalog publish`, so that nobody's work is overwritten by a restart.  Where versions
    arrive in a folder, they are in force, and data/ only serves until the first has come.
    """
    with closing(open_store(path)) as store:
        taken_up(path, versions)
        if not has_arrived(versions) or current(store) is None:
            _bring_up(store, data)
    return Library(path, versions, kept)


def _bring_up(store: Database, data: Path) -> None:
    seen, found, last = folder_hash(data), current(store), last_folder(store)
    if found and last and last[1] == seen:
        return
    if found and (last is None or last[0] != found[0]):
        log.warning("data/ has changed, but version %s was edited since: see `catalog diff`, `catalog publish`", found[0])
        return
    folder = read_folder(data)
    if not folder.problems:
        number = publish(store, folder.raw, "data/", from_folder=seen)
        log.warning("published version %s (%s) from data/", number, seen)
    elif found is None:
        raise NoCatalog(folder.problems)
    else:
        log.error("data/ has %s problems; version %s stays in force", len(folder.problems), found[0])
        for problem in folder.problems:
            log.error("%s", problem)
