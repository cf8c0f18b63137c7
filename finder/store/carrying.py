"""A version as one file that anything may carry: rsync, an object store, a stick.

In a folder stand `<hash>.version`, one for each version, never changed once it is there, and
`current`, which names the one in force and the SHA-256 of its file.  The file is written first and
`current` replaced last, so whoever reads `current` finds a whole version; whoever receives them in
the other order, or half of them, keeps what they have until the rest has come.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from finder.store.opening import connect
from finder.store.versions import Overtaken, contents, current, hash_of, publish, version_of

log = logging.getLogger(__name__)
CURRENT, SUFFIX = "current", ".version"


class NotWhole(ValueError):
    """What arrived is not, or not yet, a whole version."""


def carry(store: Database, folder: Path, number: int = 0) -> tuple[int, bool]:
    """Put a version, the one in force unless told otherwise, into the folder as the current one.

    Returns its number and whether anything had to be written; raises NoVersion, OSError.
    """
    found = current(store)
    number = number or (found[0] if found else 0)
    about = version_of(store, number)
    pointer = folder / CURRENT
    if _pointed_at(folder)[0] == about.hash and (folder / f"{about.hash}{SUFFIX}").is_file():
        return number, False
    raw = contents(store, number)
    told = {"hash": about.hash, "published_at": about.published_at, "note": about.note, "who": about.who, "contents": raw}
    packed = zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 9)
    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / f"{about.hash}{SUFFIX}", packed)
    _put(pointer, f"{about.hash} {hashlib.sha256(packed).hexdigest()}\n".encode())
    return number, True


def _put(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after the power fails."""
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)


def _pointed_at(folder: Path) -> tuple[str, str]:
    try:
        name, _, checksum = (folder / CURRENT).read_text(encoding="ascii").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return (name, checksum) if name.isalnum() and checksum.isalnum() else ("", "")


def pick_up(path: Path, folder: Path) -> bool:
    """Publish what has arrived in the folder into the store at `path`, if it is another version; tells whether it did.

    What is not whole is left alone and said once; the version in force stays.  Of several workers that
    find the same version one publishes it.  Raises sqlite3.Error.
    """
    name, checksum = _pointed_at(folder)
    with closing(connect(path)) as store:
        found = current(store)
        if not name or (found and found[1] == name):
            return False
        try:
            told = _opened(folder / f"{name}{SUFFIX}", name, checksum)
            publish(store, told["contents"], told["note"] or "届いた版", told["who"], after=found[0] if found else 0)
            return True
        except Overtaken:
            pass
        except NotWhole as error:
            _say_once(f"{name}: {error}")
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError, zlib.error) as error:      # made by another program
            _say_once(f"{name}: it cannot be understood here ({type(error).__name__})")
    return False


def _opened(file: Path, name: str, checksum: str) -> dict[str, Any]:
    try:
        packed = file.read_bytes()
    except OSError:
        raise NotWhole("the file has not arrived") from None
    if hashlib.sha256(packed).hexdigest() != checksum:
        raise NotWhole("the file is not the one that was sent")
    told: dict[str, Any] = json.loads(zlib.decompress(packed))
    if hash_of(told["contents"]) != name:
        raise NotWhole("its contents are not what their name says")
    return told


_SAID: set[str] = set()


def _say_once(what: str) -> None:
    if what not in _SAID:
        _SAID.add(what)
        log.warning("a version that arrived is not taken: %s; the version in force stays", what)


def has_arrived(folder: Path | None) -> bool:
    """Tell whether a folder names a version at all."""
    return folder is not None and bool(_pointed_at(folder)[0])


def taken_up(path: Path, folder: Path | None) -> bool:
    """Pick up what has arrived, as `pick_up`; trouble with the store is logged and changes nothing."""
    try:
        return folder is not None and pick_up(path, folder)
    except sqlite3.Error as error:
        log.error("a version that arrived could not be published (%s)", type(error).__name__)
        return False
