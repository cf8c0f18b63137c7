"""What every page of the counter needs: who may come in, the desk, and nothing kept by a cache."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.catalog import Catalog
from finder.faces.counter.desk import Desk, keep_desk, read_desk
from finder.serving import today_here
from finder.settings import Settings
from finder.speaking import spoken

counter = Blueprint("counter", __name__, url_prefix="/<municipality>/counter")
KEYS_COOKIE = "counter_keys"       # "off": no single-key shortcuts on this machine


@counter.before_request
def _let_in() -> None:
    """Open the counter as the deployment says, in Japanese; a sign-in of staff belongs here too.

    A form of another site changes nothing here.
    """
    settings: Settings = current_app.extensions["settings"]
    if settings.counter != "network":
        abort(404)
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    g.language = spoken("ja")


def desk_of(municipality: str) -> Desk:
    """Return what lies on this desk."""
    return read_desk(request, current_app.extensions["cipher"], municipality, today_here())


def kept(response: AnyResponse, desk: Desk) -> AnyResponse:
    """Put the desk into the response."""
    keep_desk(response, desk, current_app.extensions["cipher"], request.is_secure, cookie_path(desk.municipality))
    return response


def cookie_path(municipality: str) -> str:
    """Return where the counter's cookies are sent: to its own pages alone."""
    return url_for("counter.screen", municipality=municipality)


def page(template: str, catalog: Catalog, **values: Any) -> Response:
    """Return a page that no cache keeps."""
    keys = request.cookies.get(KEYS_COOKIE) != "off"
    response = make_response(render_template(f"counter/{template}", catalog=catalog, city=catalog.municipality.id,
                                             today=today_here(), keys=keys, **values))
    response.headers["Cache-Control"] = "no-store"
    return response


def to(endpoint: str, municipality: str) -> AnyResponse:
    """Send the browser on to a page of the counter."""
    return redirect(url_for(f"counter.{endpoint}", municipality=municipality), code=303)
