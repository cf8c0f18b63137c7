"""Open, copy and put back the SQLite file: its tables, and what happens when it is no good."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

log = logging.getLogger(__name__)
TABLES: dict[str, tuple[dict[str, type], str | tuple[str, ...]]] = {
    "versions": ({"number": int, "hash": str, "published_at": str, "note": str, "who": str, "from_folder": str,
                  "back_to": int}, "number"),
    "parts": ({"hash": str, "raw": bytes}, "hash"),
    "version_parts": ({"version": int, "part": str, "hash": str}, ("version", "part")),
    "counts": ({"day": str, "face": str, "municipality": str, "what": str, "of": str, "number": int},
               ("day", "face", "municipality", "what", "of")),
    "unfound": ({"municipality": str, "mark": str, "days": int, "last_day": str, "number": int, "word": str}, ("municipality", "mark")),
    "links": ({"url": str, "checked_on": str, "status": str, "detail": str, "failures": int}, "url"),
    "accounts": ({"name": str, "role": str, "municipality": str, "hash": str, "failures": int, "locked_until": str, "handed_out": int},
                 "name"),
    "sessions": ({"token": str, "account": str, "begun": str, "last_seen": str, "place": str}, "token"),
    "sign_ins": ({"token": str, "account": str, "begun": str, "code": int}, "token"),
    "second_factors": ({"account": str, "key": str, "since": str, "last_step": int}, "account"),
    "recovery_codes": ({"account": str, "hash": str}, ("account", "hash")),
    "audit": ({"id": int, "at": str, "who": str, "did": str, "what": str}, "id"),
    "columns": ({"municipality": str, "heading": str, "column": str}, ("municipality", "heading")),
}
# The number of a draft that is gone is never given again: an old page must not act on another draft.
DRAFTS = ("create table if not exists drafts (id integer primary key autoincrement, folder text, program_id text, editor text, "
          "base text, program text, state text, note text, changed_at text)")
UPLOADS = ("create table if not exists uploads (id integer primary key autoincrement, folder text, editor text, name text, "
           "content blob, at text)")
LARGE = 64_000_000          # bytes: what is read whole at every start in a tenth of a second
OLD_TABLE = "contents"      # of stores made before parts were shared between versions


class NotAStore(ValueError):
    """A file that cannot be put back as a store; its message says why and what to do."""


class NoStore(OSError):
    """The store cannot be opened or written now, though nothing says that it is damaged; its message says what to do."""


def open_store(path: Path) -> Database:
    """Open the store, making its tables; a file that is no good is set aside as *.broken.

    Raises NoStore, and leaves the file alone, when the place is the trouble: locked, full, read-only, out of reach.
    """
    try:
        return _opened(path)
    except sqlite3.OperationalError as error:
        raise NoStore(f"FINDER_STORE: {path} を開けません（{error}）。書ける場所か、空きがあるか、使用中でないかを見てください。") from None
    except sqlite3.DatabaseError:
        for end in ("", "-wal", "-shm"):
            old = path.with_name(path.name + end)
            if old.exists():
                old.replace(path.with_name(path.name + ".broken" + end))
        log.warning("store was not readable: set aside as %s.broken and made again", path.name)
        return _opened(path)


def connect(path: Path) -> Database:
    """Return a connection to a store that is known to be good: no check, no making of tables."""
    connection = sqlite3.connect(path, check_same_thread=False, timeout=10)
    connection.execute("pragma secure_delete = on")      # what is thrown away is written over, not only let go
    return Database(connection)


def is_readable(path: Path) -> bool:
    """Tell whether the store is there, can be read and holds a version.  Makes nothing."""
    try:
        # `mode=rw`: as readers open it, but a file that is gone is not made again, empty.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=1)) as store:
            return store.execute("select 1 from versions limit 1").fetchone() is not None
    except sqlite3.Error:
        return False


def _opened(path: Path) -> Database:
    store = connect(path)
    try:
        store.enable_wal()
        # Parts are nearly all of a large store, and each is packed with a sum of its own: a damaged one must cost
        # one municipality, not every account and count.
        _check(store, [table for table in store.table_names() if table != "parts"] if path.stat().st_size > LARGE else ())
        store.execute("begin immediate")      # two that start at once: the second waits, and then finds the columns there
        with store.atomic():
            if OLD_TABLE in store.table_names():      # everything in it came from data/ and is made again from there
                store.table(OLD_TABLE).drop()
                store.table("versions").drop()
            store.execute(DRAFTS)
            store.execute(UPLOADS)
            for name, (columns, key) in TABLES.items():
                store.table(name).create(columns, pk=key, if_not_exists=True)
                for column in [one for one in columns if one not in store.table(name).columns_dict]:      # of a store made before
                    store.table(name).add_column(column, columns[column])
            store.execute("delete from counts where what = 'word'")      # stores made before: words stood there from the first day on
        store.commit()
    except BaseException:
        store.close()
        raise
    return store


def _check(store: Database, tables: Sequence[str] = ()) -> None:
    """Raise DatabaseError where the file is damaged, or one of the tables when some are named."""
    for pragma in [f"pragma quick_check('{table}')" for table in tables] or ["pragma quick_check"]:
        check = next(iter(store.query(pragma)))
        if check["quick_check"] != "ok":
            raise sqlite3.DatabaseError("quick_check failed")


def back_up(path: Path, target: Path) -> None:
    """Copy the store, whole, while it is being read and written; `target` is replaced at once or not at all.

    Raises NotAStore when there is nothing to copy: a copy of nothing would be found out on the day it is needed.
    """
    if not _there(path):
        raise NotAStore(f"{path} にストアがありません。FINDER_STORE を見てください。控えは作っていません。")
    unfinished = target.with_name(target.name + ".part")
    unfinished.write_bytes(b"")       # where it cannot be written, said as of any file
    store, copy = connect(path), connect(unfinished)
    try:
        store.conn.backup(copy.conn)
        copy.disable_wal()        # one file, nothing beside it
    except sqlite3.Error as error:
        unfinished.unlink()
        if isinstance(error, sqlite3.OperationalError):
            raise NoStore(f"{path} を写せません（{error}）。空きがあるか、使用中でないかを見てください。") from None
        raise
    finally:
        copy.close()
        store.close()
    os.replace(unfinished, target)


def _there(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def put_back(path: Path, copy: Path) -> Path | None:
    """Put a copy in the store's place, in one transaction; returns where the store of before was kept.

    Readers and writers need not stop.  Raises NotAStore and changes nothing when the copy is no store, NoStore when
    there is no room for it.
    """
    if not copy.is_file():
        raise NotAStore(f"{copy} がありません。控えのファイルの場所を書いてください。")
    kept = None
    source = Database(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False))
    try:
        try:
            _check(source)
            whole = {"versions", "parts", "version_parts"} <= set(source.table_names())
        except sqlite3.DatabaseError:
            whole = False
        if not whole:
            raise NotAStore(f"{copy} は控えのファイルではないか、壊れています。別の控えを使ってください。")
        if _there(path):
            kept = path.with_name(path.name + ".before-restore")
            try:
                back_up(path, kept)
            except sqlite3.DatabaseError:      # damaged, which may be why it is put back: opening it sets it aside
                kept = path.with_name(path.name + ".broken")
        store = open_store(path)
        try:
            source.conn.backup(store.conn)
        finally:
            store.close()
        open_store(path).close()        # tables that came after the copy was made
    finally:
        source.close()
    return kept
