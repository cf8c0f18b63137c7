"""Sign-ins on their way: the password was right, and more is asked before a session begins."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from finder.store.accounts import Account, account_from, moment_text, token_hash

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Whose password was right, and whether a code of the second factor was too."""

    token: str
    account: Account
    code: bool


def begin_sign_in(store: Database, name: str, now: datetime, code: bool = False) -> str:
    """Return the token of a new one, which the form of the next page carries."""
    token = secrets.token_urlsafe(32)
    with store.atomic():
        store.execute("delete from sign_ins where begun < ?", [moment_text(now - LASTS)])
        store.table("sign_ins").insert({"token": token_hash(token), "account": name, "begun": moment_text(now), "code": int(code)})
    return token


def sign_in_of(store: Database, token: str, now: datetime) -> SignIn | None:
    """Return the sign-in of a token, while it lasts."""
    row = next(iter(store.query(
        "select a.*, f.account as factor, s.code from sign_ins s join accounts a on a.name = s.account "
        "left join second_factors f on f.account = a.name where s.token = ? and s.begun >= ?",
        [token_hash(token), moment_text(now - LASTS)])), None)
    return SignIn(token, account_from(row), bool(row["code"])) if row else None


def end_sign_in(store: Database, token: str) -> bool:
    """Take a sign-in away; tells whether it was still there, so that it can become one session and no more."""
    with store.atomic():
        return store.execute("delete from sign_ins where token = ?", [token_hash(token)]).rowcount == 1
