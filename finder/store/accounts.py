"""Staff accounts: passwords as argon2 hashes, roles, lock-out, and an audit line for every change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlite_utils import Database

ROLES = {"viewer": "見る", "editor": "編集する", "publisher": "公開する"}
MOST_FAILURES, LOCKED = 5, timedelta(minutes=15)
SHORTEST, LONGEST = 12, 200
# Passwords that need fewer than 10⁸ guesses are refused: those of the lists of leaked ones, words, names, dates, rows of keys.
SURE_ENOUGH, LONGEST_GUESSED = 3, 72
OURS = ("支援ファインダー", "支援", "shien", "finder", "shien-finder", "shienfinder", "kosodate", "city", "admin", "counter", "madoguchi",
        "kurume", "ogori", "kochi", "soja", "komae")       # what somebody who works here would think of first
_HASHER = PasswordHasher()


class BadAccount(ValueError):
    """An account that cannot be made or changed so; its message says why."""


class Refused(Exception):
    """A sign-in that failed; `locked` when there were too many failures."""

    def __init__(self, locked: bool = False) -> None:
        super().__init__("locked" if locked else "refused")
        self.locked = locked


@dataclass(frozen=True, slots=True)
class Account:
    """Who works with the catalog: name, role, and the one municipality, or "" for all.

    `handed_out` while the password is one that somebody else chose.
    """

    name: str
    role: str
    municipality: str
    second_factor: bool = False
    handed_out: bool = False

    @property
    def may_edit(self) -> bool:
        """Tell whether drafts may be written."""
        return self.role in ("editor", "publisher")

    @property
    def may_publish(self) -> bool:
        """Tell whether others' drafts may be published and versions rolled back."""
        return self.role == "publisher"


def _check_password(password: str, name: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadAccount(f"パスワードは{SHORTEST}文字から{LONGEST}文字にしてください")
    if name.lower() in password.lower() or len(set(password)) < 5:
        raise BadAccount("名前を含むもの、同じ文字ばかりのものは使えません。別のパスワードにしてください")
    from zxcvbn import zxcvbn  # taken here: only who makes or changes an account waits for its lists
    if zxcvbn(password[:LONGEST_GUESSED], user_inputs=[name, *OURS])["score"] < SURE_ENOUGH:
        raise BadAccount("よく使われているか、推測しやすいパスワードです。言葉をいくつかつなげるなど、別のパスワードにしてください")


def account_from(row: Mapping[str, Any]) -> Account:
    """Return the account of a row of `accounts`, whose `factor` tells of a second factor."""
    return Account(row["name"], row["role"], row["municipality"], row["factor"] is not None, bool(row["handed_out"]))


def hash_of(text: str) -> str:
    """Return what is kept of a password or recovery code."""
    return _HASHER.hash(text)


def fits(kept: str, text: str) -> bool:
    """Tell whether a password or recovery code is the one of which a hash is kept."""
    try:
        return _HASHER.verify(kept, text)
    except (VerificationError, InvalidHashError):
        return False


def add_account(store: Database, name: str, role: str, password: str, municipality: str = "", handed_out: bool = False) -> None:
    """Make an account; raises BadAccount. A password that is `handed_out` has to be changed at the first sign-in."""
    if role not in ROLES:
        raise BadAccount(f"役割は {'、'.join(ROLES)} のどれかにしてください")
    if not name.strip() or len(name) > 60 or any(not c.isprintable() for c in name):
        raise BadAccount("名前を60文字までで書いてください")
    _check_password(password, name)
    if store.table("accounts").count_where("name = ?", [name]):
        raise BadAccount(f"「{name}」はもうあります。別の名前にしてください")
    store.table("accounts").insert({"name": name, "role": role, "municipality": municipality, "hash": hash_of(password),
                                    "failures": 0, "locked_until": "", "handed_out": int(handed_out)})


def change_password(store: Database, name: str, password: str, handed_out: bool = False) -> None:
    """Give an account a new password; its sessions end and its lock opens. Raises BadAccount.

    Whoever chooses their own takes another one than before; one that is `handed_out` has to be changed at the next sign-in.
    """
    before = _row(store, name)
    if before is None:
        raise BadAccount(f"「{name}」はありません")
    _check_password(password, name)
    if not handed_out and fits(before["hash"], password):
        raise BadAccount("いまと同じパスワードです。別のパスワードにしてください")
    with store.atomic():
        store.execute("update accounts set hash = ?, failures = 0, locked_until = '', handed_out = ? where name = ?",
                      [hash_of(password), int(handed_out), name])
        end_all(store, name)


def remove_account(store: Database, name: str) -> None:
    """Take an account away; what it did stays in the audit. Raises BadAccount."""
    if _row(store, name) is None:
        raise BadAccount(f"「{name}」はありません")
    with store.atomic():
        for table in ("second_factors", "recovery_codes"):
            store.table(table).delete_where("account = ?", [name])
        store.execute("delete from accounts where name = ?", [name])
        end_all(store, name)


def end_all(store: Database, name: str) -> None:
    """End every session of an account, and its sign-ins on their way."""
    store.execute("delete from sessions where account = ?", [name])
    store.execute("delete from sign_ins where account = ?", [name])


def accounts(store: Database) -> list[Account]:
    """Return all accounts by name."""
    return [account_from(r) for r in store.query("select a.*, f.account as factor from accounts a "
                                                 "left join second_factors f on f.account = a.name order by a.name")]


def _row(store: Database, name: str) -> dict[str, Any] | None:
    return next(iter(store.query("select * from accounts where name = ?", [name])), None)


def check_password(store: Database, name: str, password: str, now: datetime) -> None:
    """Raise Refused when a password is wrong or the account is locked; failures are counted and lock it for a while.

    They are forgotten only when a session begins: a right password alone must not open the way to trying codes for ever.
    """
    row = _row(store, name)
    password = password[:LONGEST + 1]
    if row is None:       # somebody who is not there takes as long to refuse as somebody who is
        hash_of(password)
    right = row is not None and fits(row["hash"], password)
    check_lock(store, name, now)
    if row is None or not right:
        if row is not None:
            count_failure(store, name, now)
        raise Refused
    if _HASHER.check_needs_rehash(row["hash"]):
        with store.atomic():
            store.execute("update accounts set hash = ? where name = ? and hash = ?", [hash_of(password), name, row["hash"]])


def check_lock(store: Database, name: str, now: datetime) -> None:
    """Raise Refused while an account is locked."""
    row = _row(store, name)
    if row and row["locked_until"] and datetime.fromisoformat(row["locked_until"]) > now:
        raise Refused(locked=True)


def count_failure(store: Database, name: str, now: datetime) -> None:
    """Count a wrong password or code; the last of several locks the account."""
    with store.atomic():
        store.execute("update accounts set failures = failures + 1 where name = ?", [name])
        store.execute("update accounts set failures = 0, locked_until = ? where name = ? and failures >= ?",
                      [moment_text(now + LOCKED), name, MOST_FAILURES])
    if next(iter(store.query("select failures from accounts where name = ?", [name])))["failures"] == 0:
        note(store, name, "鍵がかかる", f"パスワードかコードの間違い{MOST_FAILURES}回", now)


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def moment_text(moment: datetime) -> str:
    """Return a moment as the store holds it: in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit: when, who, what was done, to what."""

    at: str
    who: str
    did: str
    what: str


ROLLED_BACK = "版を戻す"      # which changes every municipality


def note(store: Database, who: str, did: str, what: str, now: datetime) -> None:
    """Write a line of the audit; lines are never changed."""
    store.table("audit").insert({"at": moment_text(now), "who": who, "did": did, "what": what})


def audit(store: Database, most: int = 200, municipality: str = "") -> list[Line]:
    """Return the last lines of the audit, the newest first; of one `municipality` what its people did, or what was done to it."""
    return [Line(r["at"], r["who"], r["did"], r["what"]) for r in store.query(
        "select * from audit where ? = '' or who in (select name from accounts where municipality = ?) or instr(what, ?) or did = ? "
        "order by id desc limit ?", [municipality, municipality, f"-{municipality}/", ROLLED_BACK, most])]
