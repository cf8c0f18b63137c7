"""The second factor of an account: a key in somebody's phone whose codes change every half minute (RFC 6238), and recovery codes.

The key is kept sealed with what is handed in, recovery codes as hashes like those of
passwords: the store alone lets nobody make a code.
"""

from __future__ import annotations

import json
import logging
import secrets
import unicodedata
from datetime import datetime

import pyotp
from pyotp.exceptions import OTPVerificationError
from sqlite_utils import Database

from finder.sealing import Seal, close, open_sealed
from finder.store.accounts import end_all, fits, hash_of, moment_text

log = logging.getLogger(__name__)
ISSUER = "Shien Finder"       # in ASCII: each letter of Japanese makes the picture of the key nine letters larger
CLOCK_APART = 1               # steps of half a minute that a phone's clock may be wrong by
MOST_CODES = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"       # none that looks like another; 10 of them are 50 random bits
LENGTH = 10


def make_key() -> str:
    """Return a new key of 160 random bits, as base32."""
    return pyotp.random_base32()


def key_address(key: str, name: str) -> str:
    """Return the address (otpauth:) by which a phone takes a key in."""
    return pyotp.TOTP(key).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(key: str, code: str, now: datetime) -> int | None:
    """Return the step of time, half minutes since 1970, of which a code is; None for a wrong one.

    >>> step_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082", datetime.fromisoformat("1970-01-01T00:01:29Z"))
    1
    """
    try:
        return pyotp.TOTP(key).verify_and_get_timecode(_plain(code), for_time=now, valid_window=CLOCK_APART)
    except OTPVerificationError:
        return None


def keep_second_factor(store: Database, name: str, key: str, step: int, seal: Seal, now: datetime) -> tuple[str, ...]:
    """Give an account its second factor, whose code of `step` was told, and end its sessions, which began without it.

    Returns its recovery codes, which nobody can read again.
    """
    sealed = close(json.dumps([name, key]).encode(), seal)      # with the name: no use in another account's row
    with store.atomic():
        store.table("second_factors").upsert({"account": name, "key": sealed, "since": moment_text(now), "last_step": step}, pk="account")
        end_all(store, name)
    return make_recovery_codes(store, name)


def use_code(store: Database, name: str, code: str, seal: Seal, now: datetime) -> bool:
    """Tell whether a code is right, and use it up: neither it nor one before it is taken again."""
    row = next(iter(store.query("select * from second_factors where account = ?", [name])), None)
    if row is None:
        return False
    kept = open_sealed(row["key"], seal)
    if kept is None:
        log.error("the key of a second factor cannot be read: was FINDER_SECRET changed?")
        return False
    whose, key = json.loads(kept)
    step = step_of(key, code, now) if whose == name else None
    if step is None:
        return False
    with store.atomic():      # one statement: of two that send the same code at once, one comes in; the key is sealed as keys now are
        return store.execute("update second_factors set last_step = ?, key = ? where account = ? and last_step < ?",
                             [step, close(kept, seal), name, step]).rowcount == 1


def use_recovery_code(store: Database, name: str, code: str) -> bool:
    """Tell whether a recovery code is right, and use it up."""
    typed = _plain(code).upper()
    if len(typed) != LENGTH:
        return False
    for row in list(store.query("select hash from recovery_codes where account = ?", [name])):
        if fits(row["hash"], typed):
            with store.atomic():
                return store.execute("delete from recovery_codes where account = ? and hash = ?", [name, row["hash"]]).rowcount == 1
    return False


def make_recovery_codes(store: Database, name: str) -> tuple[str, ...]:
    """Return new recovery codes of an account, in the place of all that it had."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(MOST_CODES)]
    rows = [{"account": name, "hash": hash_of(code)} for code in codes]
    with store.atomic():
        store.execute("delete from recovery_codes where account = ?", [name])
        store.table("recovery_codes").insert_all(rows)
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def recovery_codes_left(store: Database, name: str) -> int:
    """Return how many recovery codes an account still has."""
    return store.table("recovery_codes").count_where("account = ?", [name])


def factor_since(store: Database, name: str) -> str:
    """Return since when an account has its second factor, "" when it has none."""
    return next((str(r["since"]) for r in store.query("select since from second_factors where account = ?", [name])), "")


def drop_second_factor(store: Database, name: str) -> bool:
    """Take an account's second factor away, and end its sessions; tells whether there was one."""
    with store.atomic():
        had = store.execute("delete from second_factors where account = ?", [name]).rowcount == 1
        store.execute("delete from recovery_codes where account = ?", [name])
        end_all(store, name)
    return had


def _plain(code: str) -> str:
    """Return a code as it is meant: full-width digits, spaces and hyphens are how people write it."""
    return "".join(c for c in unicodedata.normalize("NFKC", code) if c.isalnum())[:40]
