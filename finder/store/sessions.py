"""Sessions of staff: begun at a sign-in, alive while somebody works, seen and ended by whose they are."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from finder.store.accounts import Account, account_from, moment_text, note, token_hash

IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=9)       # a session's life: since the last page, since sign-in


@dataclass(frozen=True, slots=True)
class Session:
    """One session as its owner sees it; `mark` names it and is of no use for coming in, `place` is where its cookie goes."""

    mark: str
    begun: str
    last_seen: str
    place: str
    here: bool


def begin_session(store: Database, name: str, place: str, now: datetime, how: str = "") -> str:
    """Return the token of a new session of somebody who has proved who they are; failures before it are forgotten.

    `how` is a word for the audit on how they came in.
    """
    token = secrets.token_urlsafe(32)
    with store.atomic():
        store.execute("update accounts set failures = 0, locked_until = '' where name = ?", [name])
        store.execute("delete from sessions where last_seen < ? or begun < ?", [moment_text(now - IDLE), moment_text(now - WHOLE)])
        store.table("sessions").insert({"token": token_hash(token), "account": name, "begun": moment_text(now),
                                        "last_seen": moment_text(now), "place": place})
    note(store, name, "入る", how, now)
    return token


def session_of(store: Database, token: str, now: datetime) -> Account | None:
    """Return whose session a token is, while it lasts, and keep it alive."""
    row = next(iter(store.query(
        "select a.*, f.account as factor, s.last_seen from sessions s join accounts a on a.name = s.account "
        "left join second_factors f on f.account = a.name where s.token = ? and s.last_seen >= ? and s.begun >= ?",
        [token_hash(token), moment_text(now - IDLE), moment_text(now - WHOLE)])), None)
    if row is None:
        return None
    if row["last_seen"] < moment_text(now - timedelta(minutes=1)):
        with store.atomic():
            store.execute("update sessions set last_seen = ? where token = ?", [moment_text(now), token_hash(token)])
    return account_from(row)


def sessions_of(store: Database, name: str, token: str, now: datetime) -> list[Session]:
    """Return the sessions of an account that still last, the newest first; that of `token` is `here`."""
    here = _mark(token_hash(token))
    return [Session(mark := _mark(r["token"]), r["begun"], r["last_seen"], r["place"] or "", mark == here)
            for r in store.query("select * from sessions where account = ? and last_seen >= ? and begun >= ? order by begun desc, rowid desc",
                                 [name, moment_text(now - IDLE), moment_text(now - WHOLE)])]


def end_sessions(store: Database, name: str, marks: Collection[str]) -> None:
    """End the sessions of an account that have these marks."""
    with store.atomic():
        for row in list(store.query("select token from sessions where account = ?", [name])):
            if _mark(row["token"]) in marks:
                store.execute("delete from sessions where token = ?", [row["token"]])


def change_token(store: Database, token: str) -> str:
    """Return another token for a session, which goes on as it was; the old one is of no use any more."""
    new = secrets.token_urlsafe(32)
    with store.atomic():
        store.execute("update sessions set token = ? where token = ?", [token_hash(new), token_hash(token)])
    return new


def sign_out(store: Database, token: str) -> None:
    """End a session."""
    with store.atomic():
        store.execute("delete from sessions where token = ?", [token_hash(token)])


def _mark(kept: str) -> str:
    return hashlib.sha256(f"mark:{kept}".encode()).hexdigest()[:16]
