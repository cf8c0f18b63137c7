"""The SQLite file: whole, immutable catalog versions. The only room with SQL.

Each version is written in one transaction and never changed; readers see the last whole one.
A store that is missing, broken or older than data/ is made again from data/.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import zlib
from collections import OrderedDict
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlite_utils import Database

from finder.building import NATION, build_catalog, build_municipality
from finder.catalog import Catalog, Municipality
from finder.files import Problem, folder_hash, read_folder
from finder.ranking import document
from finder.understanding.danger import NO_SIGNS, DangerSigns

log = logging.getLogger(__name__)
SHARED = "shared"         # the part of a version that belongs to no one municipality
MOST_CATALOGS = 64


class NoCatalog(RuntimeError):
    """There is neither a good version in the store nor good files to make one from."""

    def __init__(self, problems: list[Problem]) -> None:
        lines = "\n".join(f"  {p}" for p in problems)
        super().__init__(f"data/ に{len(problems)}件の問題があり、公開できる版がありません。\n{lines}")
        self.problems = problems


def open_store(path: Path) -> Database:
    """Open the store, making its tables; a file that is no good is set aside as *.broken."""
    try:
        return _opened(path)
    except sqlite3.DatabaseError:
        for end in ("", "-wal", "-shm"):
            old = path.with_name(path.name + end)
            if old.exists():
                old.replace(path.with_name(path.name + ".broken" + end))
        log.warning("store was not readable: set aside as %s.broken and made again", path.name)
        return _opened(path)


def _opened(path: Path) -> Database:
    store = Database(sqlite3.connect(path, check_same_thread=False, timeout=10))
    store.enable_wal()
    check = next(iter(store.query("pragma quick_check")))
    if check["quick_check"] != "ok":
        store.conn.close()
        raise sqlite3.DatabaseError("quick_check failed")
    with store.conn:
        store.table("versions").create({"number": int, "hash": str, "published_at": str, "note": str},
                                       pk="number", if_not_exists=True)
        store.table("contents").create({"version": int, "part": str, "raw": bytes},
                                       pk=("version", "part"), if_not_exists=True)
    return store


def publish(store: Database, raw: dict[str, Any], content_hash: str, note: str) -> int:
    """Write a whole version in one transaction; returns its number."""
    parts = {SHARED: {k: v for k, v in raw.items() if k != "municipalities"},
             **{folder: {**content, "documents": _documents(raw, folder)}
                for folder, content in raw["municipalities"].items()}}
    with store.conn:
        number = next(iter(store.query("select coalesce(max(number), 0) + 1 as n from versions")))["n"]
        store.conn.executemany(
            "insert into contents (version, part, raw) values (?, ?, ?)",
            [(number, part, zlib.compress(json.dumps(content, ensure_ascii=False).encode()))
             for part, content in parts.items()])
        store.conn.execute("insert into versions (number, hash, published_at, note) values (?, ?, ?, ?)",
                           (number, content_hash, datetime.now(UTC).isoformat(timespec="seconds"), note))
    return int(number)


def _documents(raw: dict[str, Any], folder: str) -> dict[str, list[str]]:
    """Return every program's words: cutting text into words is the slow part of a start."""
    if folder == NATION:
        return {}
    catalog = build_catalog(raw, folder, signs=NO_SIGNS)
    return {p.id: document(p, catalog) for p in catalog.programs}


def current(store: Database) -> tuple[int, str] | None:
    """Return the number and hash of the last whole version."""
    row = next(iter(store.query("select number, hash from versions order by number desc limit 1")), None)
    return (row["number"], row["hash"]) if row else None


def part_of(store: Database, number: int, part: str) -> dict[str, Any] | None:
    """Return one part of a version: what is shared, or one municipality's folder."""
    rows = store.query("select raw from contents where version = ? and part = ?", [number, part])
    row = next(iter(rows), None)
    return json.loads(zlib.decompress(row["raw"])) if row else None


def parts_of(store: Database, number: int) -> list[str]:
    """Return the names of a version's municipality folders."""
    rows = store.query("select part from contents where version = ? and part <> ? order by part",
                       [number, SHARED])
    return [r["part"] for r in rows]


class Library:
    """The catalogs of the version in force, each built when first asked for."""

    def __init__(self, store: Database) -> None:
        self._store, self._lock = store, Lock()
        self._catalogs: OrderedDict[str, Catalog] = OrderedDict()
        self._open()

    def _open(self) -> None:
        found = current(self._store)
        assert found, "a library is opened after a version was published"
        self.number, self.version = found
        self._shared = part_of(self._store, self.number, SHARED) or {}
        self._signs = DangerSigns.from_toml(self._shared.get("danger", {}))
        self._folders = {}
        self.municipalities: dict[str, Municipality] = {}
        for folder in parts_of(self._store, self.number):
            if folder == NATION:
                continue
            about = (part_of(self._store, self.number, folder) or {})["municipality"]
            self._folders[about["id"]] = folder
            self.municipalities[about["id"]] = build_municipality(about)

    def catalog(self, municipality: str) -> Catalog | None:
        """Return a municipality's catalog, or None when there is no such municipality."""
        if municipality not in self._folders:
            return None
        with self._lock:
            if municipality not in self._catalogs:
                self._catalogs[municipality] = self._build(municipality)
            self._catalogs.move_to_end(municipality)
            while len(self._catalogs) > MOST_CATALOGS:
                self._catalogs.popitem(last=False)
            return self._catalogs[municipality]

    def _build(self, municipality: str) -> Catalog:
        folder = self._folders[municipality]
        raw = {**self._shared, "municipalities": {
            name: part for name in (NATION, folder)
            if (part := part_of(self._store, self.number, name)) is not None}}
        return build_catalog(raw, folder, self.version, self._signs)


def open_library(path: Path, data: Path) -> Library:
    """Return the catalogs in force, after bringing the store up to data/; raises NoCatalog.

    Files with problems change nothing: they are logged, and the last good version stays.
    """
    store = open_store(path)
    content_hash = folder_hash(data)
    found = current(store)
    if found is None or found[1] != content_hash:
        folder = read_folder(data)
        if not folder.problems:
            number = publish(store, folder.raw, content_hash, "data/")
            log.warning("published version %s (%s) from data/", number, content_hash)
        elif found is None:
            raise NoCatalog(folder.problems)
        else:
            log.error("data/ has %s problems; version %s stays in force", len(folder.problems), found[0])
            for problem in folder.problems:
                log.error("%s", problem)
    return Library(store)
