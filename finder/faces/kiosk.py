"""The kiosk: the resident's pages on a large touch screen, begun afresh for each person."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.codes import qr
from finder.languages import LANGUAGES
from finder.serving import catalog_of
from finder.speaking import spoken
from finder.visit import KIOSK_COOKIE, end_visit

kiosk = Blueprint("kiosk", __name__)
kiosk.add_app_template_global(qr)
_MARK = re.compile(r"[a-z0-9]{1,40}\.[\w-]{16}")    # the municipality, and chance
IDLE, COUNTDOWN = 60, 20      # seconds without a touch before 「続けますか」, and to answer it


@kiosk.app_template_global()
def on_kiosk() -> str:
    """Return the mark of this person's round on a kiosk, or "" on any other screen."""
    mark: str | None = g.get("kiosk_mark")
    if mark is None:
        mark = request.cookies.get(KIOSK_COOKIE, "")
        g.kiosk_mark = mark = mark if _MARK.fullmatch(mark) else ""
    return mark


@kiosk.app_context_processor
def _kiosk_here() -> dict[str, Any]:
    """Give every page what the kiosk's script needs; the way back stays in the municipality of the round."""
    if not on_kiosk():
        return {}
    municipality = (request.view_args or {}).get("municipality") or on_kiosk().partition(".")[0]
    return {"idle": IDLE, "countdown": COUNTDOWN, "languages": LANGUAGES,
            "kiosk_begin": url_for("kiosk.begin", municipality=municipality), "kiosk_city": municipality}


@kiosk.get("/kiosk/<municipality>/")
def begin(municipality: str) -> Response:
    """Begin afresh: nothing of the last person is left, and a new round has its own mark."""
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
