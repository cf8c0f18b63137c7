"""Whole, immutable catalog versions: written in one transaction, never changed, verified by their hash."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from sqlite_utils import Database

from finder.building import NATION, build_catalog
from finder.ranking import document
from finder.settings import JAPAN
from finder.understanding.danger import NO_SIGNS

SHARED = "shared"           # the part of a version that belongs to no one municipality
PLAN, WORDS = "/plan", "/words"      # beside a municipality's part: its plan's text; its programs' words
PLACES = "shared/places"             # what every municipality says of itself: a start need not open each one's part


class Overtaken(RuntimeError):
    """Somebody published in between; nothing was changed."""


class NoVersion(LookupError):
    """There is no version of that number."""


@dataclass(frozen=True, slots=True)
class Version:
    """One line of the history; `back_to` is the version whose contents it brought back, or 0."""

    number: int
    hash: str
    published_at: str
    note: str
    who: str
    from_folder: str
    back_to: int


def publish(store: Database, raw: Mapping[str, Any], note: str = "", who: str = "", from_folder: str = "",
            after: int | None = None, back_to: int = 0) -> int:
    """Write a whole version in one transaction; returns its number.

    `from_folder` is the hash of the data folder it was read from, if it was; `after` the number that
    must still be the last one, else Overtaken is raised.  Contents that are the last version's
    already are not written again: its number is returned.
    """
    content = {name: _packed(part) for name, part in _parts(raw)}
    version_hash = _hash_of({name: key for name, (key, _) in content.items()})
    before = current(store)
    old = _keys(store, before[0]) if before else {}
    if before and after is None and before[1] == version_hash and not back_to and not from_folder:
        return before[0]
    words = {name: _words(raw, name, content, old) for name in raw["municipalities"] if name != NATION}
    with store.atomic():
        store.execute("update versions set number = number where 0")     # take the write lock before reading
        last = current(store)
        if after is not None and last and last[0] != after:
            raise Overtaken
        number = (last[0] if last else 0) + 1
        keys = {name: key for name, (key, _) in content.items()}
        rows = list(content.values())
        for name, packed in words.items():
            keys[name + WORDS] = packed if isinstance(packed, str) else packed[0]
            rows += [] if isinstance(packed, str) else [packed]
        keys[PLACES], _ = places = _packed({name: part["municipality"] for name, part in raw["municipalities"].items() if name != NATION})
        rows.append(places)
        store.conn.executemany("insert or ignore into parts (hash, raw) values (?, ?)", rows)
        store.conn.executemany("insert into version_parts (version, part, hash) values (?, ?, ?)",
                               [(number, name, key) for name, key in keys.items()])
        store.table("versions").insert({
            "number": number, "hash": version_hash, "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "note": note, "who": who, "from_folder": from_folder, "back_to": back_to})
    return number


def _parts(raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield SHARED, {k: v for k, v in raw.items() if k not in ("municipalities", "plans")}
    yield from raw["municipalities"].items()
    for folder, text in raw.get("plans", {}).items():
        yield folder + PLAN, text


def _packed(part: Any) -> tuple[str, bytes]:
    plain = json.dumps(part, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(plain).hexdigest()[:32], zlib.compress(json.dumps(part, ensure_ascii=False).encode())


def _hash_of(keys: Mapping[str, str]) -> str:
    told = sorted((name, key) for name, key in keys.items() if not name.endswith(WORDS) and name != PLACES)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def hash_of(raw: Mapping[str, Any]) -> str:
    """Return the hash that a version with these contents has."""
    return _hash_of({name: _packed(part)[0] for name, part in _parts(raw)})


def _words(raw: Mapping[str, Any], folder: str, content: Mapping[str, tuple[str, bytes]],
           old: Mapping[str, str]) -> str | tuple[str, bytes]:
    """Return every program's words, or the key of those kept: cutting text into words is the slow part of a start."""
    if folder + WORDS in old and all(old.get(p) == content[p][0] for p in (SHARED, NATION, folder) if p in content):
        return old[folder + WORDS]
    catalog = build_catalog(raw, folder, signs=NO_SIGNS)
    return _packed({p.id: document(p, catalog) for p in catalog.programs})


def current(store: Database) -> tuple[int, str] | None:
    """Return the number and hash of the last whole version."""
    row = next(iter(store.query("select number, hash from versions order by number desc limit 1")), None)
    return (row["number"], row["hash"]) if row else None


def history(store: Database) -> list[Version]:
    """Return all versions, the newest first."""
    return [Version(**row) for row in store.query("select * from versions order by number desc")]


def version_of(store: Database, number: int) -> Version:
    """Return one line of the history; raises NoVersion."""
    for row in store.query("select * from versions where number = ?", [number]):
        return Version(**row)
    raise NoVersion(number)


def last_folder(store: Database) -> tuple[int, str] | None:
    """Return the last version that came from a data folder: its number and the folder's hash."""
    row = next(iter(store.query("select number, from_folder from versions where from_folder <> '' "
                                "order by number desc limit 1")), None)
    return (row["number"], row["from_folder"]) if row else None


def part_of(store: Database, number: int, part: str) -> Any:
    """Return one part of a version, or None: what is shared, a municipality's folder, its plan or its words."""
    row = next(iter(store.query("select raw from version_parts join parts using (hash) where version = ? and part = ?",
                                [number, part])), None)
    return json.loads(zlib.decompress(row["raw"])) if row else None


def earlier_parts(store: Database, part: str, most: int) -> list[Any]:
    """Return a part as it was in the last versions in which it changed, the oldest first, without the present one."""
    rows = store.query("select max(version) as version from version_parts where part = ? group by hash order by version desc limit ?",
                       [part, most + 1])
    return [part_of(store, r["version"], part) for r in rows][:0:-1]


def changed_on(store: Database, part: str, most: int) -> dict[str, str]:
    """Return on which day each program of a municipality last changed, as far as the last versions tell: id and day in Japan."""
    rows = list(store.query("select min(version) as version from version_parts where part = ? group by hash order by version desc limit ?",
                            [part, most]))
    days: dict[str, str] = {}
    parts = ((r["version"], part_of(store, r["version"], part)["programs"]) for r in rows)
    for (now, new), (_, old) in pairwise(parts):
        at = datetime.fromisoformat(version_of(store, now).published_at).astimezone(JAPAN).date().isoformat()
        for program_id, program in new.items():
            if old.get(program_id) != program:
                days.setdefault(program_id, at)
    return days


def _keys(store: Database, number: int) -> dict[str, str]:
    rows = store.query("select part, hash from version_parts where version = ?", [number])
    return {r["part"]: r["hash"] for r in rows}


def folders_of(store: Database, number: int) -> list[str]:
    """Return the names of a version's municipality folders."""
    return sorted(p for p in _keys(store, number) if p not in (SHARED, PLACES) and not p.endswith((PLAN, WORDS)))


def places_of(store: Database, number: int) -> dict[str, Any]:
    """Return what each municipality of a version says of itself, by its folder."""
    told: dict[str, Any] | None = part_of(store, number, PLACES)
    if told is None:        # a version written before this was kept beside the parts
        told = {folder: part_of(store, number, folder)["municipality"] for folder in folders_of(store, number) if folder != NATION}
    return dict(sorted(told.items()))


def contents(store: Database, number: int) -> dict[str, Any]:
    """Return a version's whole contents, as `files.read_folder` gave them; raises NoVersion."""
    if not verify(store, number):
        raise NoVersion(number)
    folders = folders_of(store, number)
    plans = {f: text for f in folders if (text := part_of(store, number, f + PLAN)) is not None}
    return {**part_of(store, number, SHARED), "municipalities": {f: part_of(store, number, f) for f in folders},
            "plans": plans}


def verify(store: Database, number: int) -> bool:
    """Tell whether a version is there and whole: every part is what its hash says."""
    row = next(iter(store.query("select hash from versions where number = ?", [number])), None)
    keys = _keys(store, number)
    return (row is not None and _hash_of(keys) == row["hash"]
            and all(_packed(part_of(store, number, name))[0] == key for name, key in keys.items()))


def roll_back(store: Database, number: int, who: str = "", note: str = "") -> int:
    """Publish the contents of an earlier version again, as a new one; raises NoVersion."""
    return publish(store, contents(store, number), note or f"版{number}に戻す", who, back_to=number)
