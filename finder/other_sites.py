"""What another site makes a browser send: its forms are refused, so that no page elsewhere can answer, clear or count in a visitor's name."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, request

CHANGES_NOTHING = ("GET", "HEAD", "OPTIONS")


def set_up(app: Flask) -> None:
    """Refuse them on every face but the API, which takes JSON alone, reads no cookie and keeps nothing.

    The browser says from where.  One too old for `Sec-Fetch-Site` says it of forms by `Origin`, unless the page that sends
    names no referrer, as ours do ("null"); it sends no cookie along (SameSite), and staff's forms carry a token.
    """
    def look() -> None:
        if request.method not in CHANGES_NOTHING and from_another_site() and request.blueprint != "api":
            abort(403)
    app.before_request(look)


def from_another_site() -> bool:
    """Tell whether the browser says that a page of another site led here, by a link, a form or a script."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("cross-site", "same-site")
    try:
        named, ours = (urlsplit(address).hostname for address in (request.headers.get("Origin", ""), f"//{request.host}"))
    except ValueError:
        return True
    return named is not None and named != ours      # without the port, which a relay may have changed
