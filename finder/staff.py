"""Staff at a browser: who is signed in, for every face that is theirs; and that a form was sent from a page of ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import request
from werkzeug.wrappers import Response

from finder.serving import settings_here
from finder.store import connect
from finder.store.accounts import WHOLE, Account, BadAccount, Refused, change_password, note, session_of, sign_in, sign_out

log = logging.getLogger(__name__)
COOKIE = "staff"
REFUSED = "名前かパスワードが違います。"
LOCKED = "間違いが続いたので、15分のあいだ入れません。"
ELSEWHERE = "このアカウントは、ほかの自治体のものです。"
ONLY_SEES = "このアカウントでは書けません。書いていた人の名前で入ってください。"


@contextmanager
def store_here() -> Iterator[Any]:
    """The store, for as long as it is needed."""
    with closing(connect(settings_here().store)) as store:
        yield store


def now_here() -> datetime:
    """Return the moment: sessions and audit lines use the real one, whatever day is simulated."""
    return datetime.now(UTC)


def session_here() -> str:
    """Return the token of the session that the browser carries to this face, or ""."""
    return request.cookies.get(COOKIE, "")


def signed_in(session: str = "") -> Account | None:
    """Return whose session it is, that of the browser if no other is told, and keep it alive."""
    token = session or session_here()
    if not token:
        return None
    with store_here() as store:
        return session_of(store, token, now_here())


def come_in(name: str, password: str, municipality: str = "", edits: bool = False) -> tuple[str, str, int]:
    """Return a new session's token, or "" with what is wrong, in words, and its HTTP status.

    Five failures close the account for a quarter of an hour.  A face of one `municipality` lets
    nobody in who works for another; where somebody was writing (`edits`), nobody who may only look.
    """
    with store_here() as store:
        try:
            token = sign_in(store, name, password, now_here())
        except Refused as refused:
            log.warning("a sign-in was refused", extra={"told": {"locked": refused.locked, "route": _route()}})
            return ("", LOCKED, 429) if refused.locked else ("", REFUSED, 401)
        account = session_of(store, token, now_here())
        if session_here():
            sign_out(store, session_here())      # whoever signs in anew has one session in this browser, not two
        if municipality and account and account.municipality not in ("", municipality):
            sign_out(store, token)
            return "", ELSEWHERE, 403
        if edits and account and not account.may_edit:
            sign_out(store, token)
            return "", ONLY_SEES, 403
    return token, "", 200


def renew(name: str, now: str, new: str, again: str) -> tuple[str, str, str, int]:
    """Give an account a new password when the one it has is told; returns a new session's token.

    Or "" with what is wrong, in words, the field it is about, and its HTTP status.  Failures count like those of a sign-in.
    """
    if new != again:
        return "", "新しいパスワードが、二つの欄で違います。", "again", 400
    with store_here() as store:
        token = ""
        try:
            token = sign_in(store, name, now, now_here())
            change_password(store, name, new)
        except Refused as refused:
            log.warning("a change of password was refused", extra={"told": {"locked": refused.locked}})
            return ("", LOCKED, "now", 429) if refused.locked else ("", "いまのパスワードが違います。", "now", 401)
        except BadAccount as bad:
            sign_out(store, token)
            return "", f"{bad}。", "new", 400
        note(store, name, "パスワードを変える", "", now_here())
        return sign_in(store, name, new, now_here()), "", "", 200


def refused(account: Account, ability: str) -> None:
    """Log that an account asked for what its role may not do."""
    log.warning("%s may not %s", account.name, ability, extra={"told": {"route": _route()}})


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "-"


def go_out(response: Response, path: str) -> None:
    """End the session, and take it out of the browser."""
    with store_here() as store:
        sign_out(store, session_here())
    response.delete_cookie(COOKIE, path=path, httponly=True, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache"'


def keep_session(response: Response, token: str, path: str) -> None:
    """Put the session into a cookie that is sent to one face alone."""
    response.set_cookie(COOKIE, token, max_age=int(WHOLE.total_seconds()), path=path, httponly=True, samesite="Strict",
                        secure=request.is_secure)


def from_here() -> bool:
    """Tell whether a form was sent from a page of ours, as far as the browser says."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def keep_private(response: Response) -> None:
    """Let no cache and no search machine keep a page of staff.

    With "no-referrer" browsers send forms with "Origin: null", which could be anybody's.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
