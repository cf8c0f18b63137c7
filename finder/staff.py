"""Staff at a browser, for every face that is theirs: who is signed in, that a form was sent from a page of ours, what a refusal says."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from finder.sealing import Seal, seal_for
from finder.serving import settings_here
from finder.store import connect
from finder.store.accounts import Account
from finder.store.sessions import WHOLE, session_of, sign_out

log = logging.getLogger(__name__)
COOKIE = "staff"
ASK = "続くときは、情報システムの担当の方に知らせてください。"
REFUSALS = {      # status: title, and what is said where nothing closer is known
    403: ("できませんでした", "ほかのサイトから送られたものは、受け取りません。この画面のボタンから、もう一度お試しください。"),
    404: ("見つかりませんでした", "アドレスがちがうか、もう消されたか、受けもちでない自治体のものです。"),
    413: ("送ったものが長すぎました", "文を短くして、もう一度送ってください。"),
    429: ("ただいま混みあっています", "一分ほど待ってから、もう一度お試しください。"),
}
OTHERWISE = ("うまくいきませんでした", f"もう一度お試しください。{ASK}")


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
    """Return whose session it is, that of the browser if no other is told, and keep it alive.

    Where a second factor is required, a session that began before it was is none: its owner signs in anew, and gets one there.
    """
    token = session or session_here()
    if not token:
        return None
    with store_here() as store:
        account = session_of(store, token, now_here())
    return None if account is None or account.handed_out or lacks_factor(account) else account


def factor_offered() -> bool:
    """Tell whether this deployment knows second factors."""
    return settings_here().second_factor != "off"


def lacks_factor(account: Account) -> bool:
    """Tell whether an account has to get a second factor before anything else."""
    return settings_here().second_factor == "required" and not account.second_factor


def factor_seal() -> Seal:
    """Return the seal of the keys of second factors: no cookie can be read with it, and none of them with a cookie's."""
    return seal_for(settings_here().secret, "second factor")


def offer_seal() -> Seal:
    """Return the seal of a key that is offered, while a form carries it."""
    return seal_for(settings_here().secret, "offered key")


def refused(account: Account, ability: str) -> None:
    """Log that an account asked for what its role may not do."""
    log.warning("%s may not %s", account.name, ability, extra={"told": {"route": route_here()}})


def refusal_words(error: HTTPException) -> dict[str, Any]:
    """Return what a page of staff says of a refusal: its title, why, and whether to say that nothing changed."""
    status = error.code or 500
    title, otherwise = REFUSALS.get(status, OTHERWISE)
    said_why = status == 403 and error.description and error.description != type(error).description
    return {"title": title, "why": error.description if said_why else otherwise, "unchanged": request.method == "POST" and status != 404}


def as_refusal(response: Response, error: HTTPException) -> Response:
    """Keep a page of refusal private, also at an address that is none of staff's pages, and tell how long to wait."""
    for name, value in error.get_headers():
        if name == "Retry-After":
            response.headers[name] = value
    keep_private(response)
    return response


def route_here() -> str:
    """Return the pattern of the address that was asked for, for the log."""
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
