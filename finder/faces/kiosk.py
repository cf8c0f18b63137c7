"""The kiosk: the resident's pages on a large touch screen, begun afresh for each person."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.codes import qr
from finder.languages import LANGUAGES, message
from finder.other_sites import from_another_site
from finder.serving import catalog_of, settings_here
from finder.speaking import spoken
from finder.static_addresses import worker_script
from finder.visit import KIOSK_COOKIE, end_visit

kiosk = Blueprint("kiosk", __name__)
kiosk.add_app_template_global(qr)
_MARK = re.compile(r"[a-z0-9]{1,40}\.[\w-]{16}")    # the municipality, and chance
AWAY = (message("いま、つながりません"), message("少し待ってください。つながると、自動ではじめの画面にもどります。"),
        message("お急ぎのときは、近くの職員に声をかけてください。"))
SHELL = ("finder.css", "kiosk.css", "kiosk_away.js", "icon.svg")
EVERY = 5                     # seconds between looks for a server that is away
IDLE, COUNTDOWN = 60, 20      # seconds without a touch before 「続けますか」, and to answer it


@kiosk.app_template_global()
def on_kiosk() -> str:
    """Return the mark of this person's round on a kiosk, or "" on any other screen."""
    mark: str | None = g.get("kiosk_mark")
    if mark is None:
        mark = request.cookies.get(KIOSK_COOKIE, "")
        g.kiosk_mark = mark = mark if _MARK.fullmatch(mark) else ""
    return mark


@kiosk.app_template_global()
def may_print() -> bool:
    """Tell whether a list can be printed: on one's own screen, or on a kiosk with a printer beside it."""
    return not on_kiosk() or settings_here().kiosk_printer


@kiosk.app_context_processor
def _kiosk_here() -> dict[str, Any]:
    """Give every page what the kiosk's script needs; the way back stays in the municipality of the round."""
    if not on_kiosk():
        return {}
    municipality = (request.view_args or {}).get("municipality") or on_kiosk().partition(".")[0]
    return {"idle": IDLE, "countdown": COUNTDOWN, "languages": LANGUAGES,
            "kiosk_begin": url_for("kiosk.begin", municipality=municipality), "kiosk_city": municipality,
            "kiosk_worker": url_for("kiosk.worker", municipality=municipality)}


@kiosk.get("/kiosk/<municipality>/")
def begin(municipality: str) -> Response:
    """Begin afresh: nothing of the last person is left, and a new round has its own mark.

    What another site's link opens changes nothing until somebody presses: else it could clear a visitor's
    answers and make a kiosk of their phone.  On a kiosk, where only its own pages open, a round begins in any case.
    """
    if from_another_site() and not on_kiosk():
        response = make_response(render_template("kiosk/door.html", catalog=catalog_of(municipality)))
        response.headers["Cache-Control"] = "no-store"
        return response
    g.language, g.furigana = spoken("ja"), False
    g.kiosk_mark = f"{municipality}.{secrets.token_urlsafe(12)}"
    response = make_response(render_template("kiosk/begin.html", catalog=catalog_of(municipality), beginning=True))
    response.headers["Cache-Control"] = "no-store"
    end_visit(response)
    response.set_cookie(KIOSK_COOKIE, g.kiosk_mark, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@kiosk.post("/kiosk/<municipality>/clear")
def clear(municipality: str) -> AnyResponse:
    """Clear everything that the browser keeps, and begin again."""
    catalog_of(municipality)
    response = redirect(url_for("kiosk.begin", municipality=municipality), code=303)
    end_visit(response)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


# --- when the server goes away ----------------------------------------------------------------------

@kiosk.get("/kiosk/<municipality>/worker.js")
def worker(municipality: str) -> Response:
    """Give the worker that stands in for a page that does not come; it sees the resident's pages too, which a round leads to."""
    catalog_of(municipality)
    return worker_script("kiosk_worker.js", SHELL, [url_for("kiosk.away", municipality=municipality)], scope=url_for("resident.home"))


@kiosk.get("/kiosk/<municipality>/away")
def away(municipality: str) -> Response:
    """Show, in every language, that no page comes just now: the worker keeps this page, which is the same for everyone."""
    catalog_of(municipality)
    lines = [(one, *(spoken(one.id).say(text) for text in AWAY)) for one in LANGUAGES.values()]
    response = make_response(render_template("kiosk/away.html", city=municipality, lines=lines, every=EVERY))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
