"""What every page of the counter needs: who may come in, the desk, and nothing kept by a cache."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.catalog import Catalog
from finder.faces.counter.desk import COOKIE, Desk, keep_desk, read_desk
from finder.serving import settings_here, today_here
from finder.speaking import spoken
from finder.staff import from_here, keep_private, signed_in
from finder.visit import LIFETIME

counter = Blueprint("counter", __name__, url_prefix="/<municipality>/counter")
KEYS_COOKIE = "counter_keys"       # "off": no single-key shortcuts on this machine
# Where staff sign in, the desk outlives an idle session by half an hour: they come back to the visitor still sitting there.
LIFETIMES = {"network": LIFETIME, "accounts": 2 * LIFETIME}     # seconds
PLACES = {"paper": "receipt", "timeline": "postcard"}      # sheets to come back to, and their other form
# These show nothing: what was typed is kept, or cleared, whether or not the session lasted until then.
FOR_ANYONE = ("counter.sign_in", "counter.sign_out", "counter.press", "counter.next_visitor")


@counter.before_request
def _let_in() -> AnyResponse | None:
    """Open the counter as the deployment says, in Japanese; whoever has to sign in comes back to where they were.

    A form of another site changes nothing here.
    """
    how = settings_here().counter
    if how not in LIFETIMES:
        abort(404)
    if request.method == "POST" and not from_here():
        abort(403)
    g.language = spoken("ja")
    municipality = str((request.view_args or {}).get("municipality"))
    g.account = signed_in() if how == "accounts" else None
    if g.account and g.account.municipality not in ("", municipality):
        g.account = None
    if how == "network" or g.account or request.endpoint in FOR_ANYONE:
        return None
    place = next((p for p in PLACES if request.endpoint == f"counter.{p}"), None)
    return to("sign_in", municipality, to=place, form=request.args.get("form") if place else None)


@counter.after_request
def _private(response: Response) -> Response:
    keep_private(response)
    return response


def desk_of(municipality: str) -> Desk:
    """Return what lies on this desk."""
    return read_desk(request, current_app.extensions["counter_seal"], municipality, today_here(), LIFETIMES[settings_here().counter])


def kept(response: AnyResponse, desk: Desk) -> AnyResponse:
    """Put the desk into the response."""
    keep_desk(response, desk, current_app.extensions["counter_seal"], request.is_secure, cookie_path(desk.municipality),
              LIFETIMES[settings_here().counter])
    return response


def cleared(response: AnyResponse, municipality: str) -> AnyResponse:
    """Take the desk out of the browser, and its pages out of its cache."""
    response.delete_cookie(COOKIE, path=cookie_path(municipality), httponly=True, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def cookie_path(municipality: str) -> str:
    """Return where the counter's cookies are sent: to its own pages alone."""
    return url_for("counter.screen", municipality=municipality)


def page(template: str, catalog: Catalog, status: int = 200, **values: Any) -> Response:
    """Return a page of the counter."""
    keys = request.cookies.get(KEYS_COOKIE) != "off"
    return make_response(render_template(f"counter/{template}", catalog=catalog, city=catalog.municipality.id,
                                         today=today_here(), keys=keys, account=g.account, **values), status)


def to(endpoint: str, municipality: str, **values: Any) -> AnyResponse:
    """Send the browser on to a page of the counter."""
    return redirect(url_for(f"counter.{endpoint}", municipality=municipality, **values), code=303)
