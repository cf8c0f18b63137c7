"""Staff accounts: passwords as argon2 hashes, roles, lock-out, sessions that expire, and an audit line for every change."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlite_utils import Database

ROLES = {"viewer": "見る", "editor": "編集する", "publisher": "公開する"}
MOST_FAILURES, LOCKED = 5, timedelta(minutes=15)
IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=9)       # a session's life: since the last page, since sign-in
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
    """Who works with the catalog: name, role, and the one municipality, or "" for all."""

    name: str
    role: str
    municipality: str

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


def add_account(store: Database, name: str, role: str, password: str, municipality: str = "") -> None:
    """Make an account; raises BadAccount."""
    if role not in ROLES:
        raise BadAccount(f"役割は {'、'.join(ROLES)} のどれかにしてください")
    if not name.strip() or len(name) > 60 or any(not c.isprintable() for c in name):
        raise BadAccount("名前を60文字までで書いてください")
    _check_password(password, name)
    if store.table("accounts").count_where("name = ?", [name]):
        raise BadAccount(f"「{name}」はもうあります。別の名前にしてください")
    store.table("accounts").insert({"name": name, "role": role, "municipality": municipality, "hash": _HASHER.hash(password),
                                    "failures": 0, "locked_until": ""})


def change_password(store: Database, name: str, password: str) -> None:
    """Give an account a new password; its sessions end and its lock opens. Raises BadAccount."""
    _known(store, name)
    _check_password(password, name)
    with store.atomic():
        store.execute("update accounts set hash = ?, failures = 0, locked_until = '' where name = ?", [_HASHER.hash(password), name])
        store.execute("delete from sessions where account = ?", [name])


def remove_account(store: Database, name: str) -> None:
    """Take an account away; what it did stays in the audit. Raises BadAccount."""
    _known(store, name)
    with store.atomic():
        store.execute("delete from accounts where name = ?", [name])
        store.execute("delete from sessions where account = ?", [name])


def accounts(store: Database) -> list[Account]:
    """Return all accounts by name."""
    return [Account(r["name"], r["role"], r["municipality"]) for r in store.query("select * from accounts order by name")]


def _known(store: Database, name: str) -> None:
    if not store.table("accounts").count_where("name = ?", [name]):
        raise BadAccount(f"「{name}」はありません")


def sign_in(store: Database, name: str, password: str, now: datetime) -> str:
    """Return a new session's token; raises Refused. Failures are counted and lock the account for a while."""
    row = next(iter(store.query("select * from accounts where name = ?", [name])), None)
    locked = bool(row and row["locked_until"] and datetime.fromisoformat(row["locked_until"]) > now)
    try:
        if row is None:       # somebody who is not there takes as long to refuse as somebody who is
            _HASHER.hash(password[:LONGEST + 1])
        right = row is not None and _HASHER.verify(row["hash"], password[:LONGEST + 1])
    except (VerificationError, InvalidHashError):
        right = False
    if locked:
        raise Refused(locked=True)
    if row is None or not right:
        if row is not None:
            _count_failure(store, name, now)
        raise Refused
    token = secrets.token_urlsafe(32)
    with store.atomic():
        store.execute("update accounts set failures = 0, locked_until = '' where name = ?", [name])
        store.execute("delete from sessions where last_seen < ? or begun < ?", [_text(now - IDLE), _text(now - WHOLE)])
        store.table("sessions").insert({"token": _kept(token), "account": name, "begun": _text(now), "last_seen": _text(now)})
        if _HASHER.check_needs_rehash(row["hash"]):
            store.execute("update accounts set hash = ? where name = ?", [_HASHER.hash(password), name])
    note(store, name, "入る", "", now)
    return token


def _count_failure(store: Database, name: str, now: datetime) -> None:
    with store.atomic():
        store.execute("update accounts set failures = failures + 1 where name = ?", [name])
        store.execute("update accounts set failures = 0, locked_until = ? where name = ? and failures >= ?",
                      [_text(now + LOCKED), name, MOST_FAILURES])
    if next(iter(store.query("select failures from accounts where name = ?", [name])))["failures"] == 0:
        note(store, name, "鍵がかかる", f"パスワードの間違い{MOST_FAILURES}回", now)


def session_of(store: Database, token: str, now: datetime) -> Account | None:
    """Return whose session a token is, while it lasts, and keep it alive."""
    row = next(iter(store.query(
        "select a.name, a.role, a.municipality, s.last_seen from sessions s join accounts a on a.name = s.account "
        "where s.token = ? and s.last_seen >= ? and s.begun >= ?",
        [_kept(token), _text(now - IDLE), _text(now - WHOLE)])), None)
    if row is None:
        return None
    if row["last_seen"] < _text(now - timedelta(minutes=1)):
        with store.atomic():
            store.execute("update sessions set last_seen = ? where token = ?", [_text(now), _kept(token)])
    return Account(row["name"], row["role"], row["municipality"])


def sign_out(store: Database, token: str) -> None:
    """End a session."""
    with store.atomic():
        store.execute("delete from sessions where token = ?", [_kept(token)])


def _kept(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit: when, who, what was done, to what."""

    at: str
    who: str
    did: str
    what: str


def note(store: Database, who: str, did: str, what: str, now: datetime) -> None:
    """Write a line of the audit; lines are never changed."""
    store.table("audit").insert({"at": _text(now), "who": who, "did": did, "what": what})


def audit(store: Database, most: int = 200) -> list[Line]:
    """Return the last lines of the audit, the newest first."""
    return [Line(r["at"], r["who"], r["did"], r["what"])
            for r in store.query("select * from audit order by id desc limit ?", [most])]
