"""In and out, where the deployment has staff sign in; what lies on the desk stays there meanwhile."""

from __future__ import annotations

from flask import abort, g, request
from werkzeug.wrappers import Response

from finder.faces.counter.desk import Desk
from finder.faces.counter.page import PLACES, cleared, cookie_path, counter, desk_of, page, to
from finder.serving import catalog_of, settings_here
from finder.signing_in import FIRST, next_question
from finder.staff import go_out, keep_session
from finder.store.accounts import LONGEST, SHORTEST


@counter.route("/sign-in", methods=["GET", "POST"])
def sign_in(municipality: str) -> Response:
    """Ask for name and password, then for whatever else the account needs, and go on to where one was.

    `begin=fresh` leaves the last visitor behind.
    """
    if settings_here().counter != "accounts":
        abort(404)
    catalog = catalog_of(municipality)
    given = request.form if request.method == "POST" else request.args
    place = given.get("to", "") if given.get("to") in PLACES else "screen"
    form = given.get("form") if given.get("form") == PLACES.get(place, "") else None
    back = to(place, municipality, form=form)
    if request.method == "GET" and g.account:
        return back
    question = FIRST
    fresh = request.form.get("begin") == "fresh"
    if request.method == "POST":
        question = next_question(cookie_path(municipality), municipality)
        if not question.asks:
            if fresh:
                back = cleared(to("screen", municipality), municipality)
            keep_session(back, question.session, cookie_path(municipality))
            return back
    return page("sign_in.html", catalog, question.status, question=question, place=place, form=form, fresh=fresh,
                lengths=(SHORTEST, LONGEST), waiting=desk_of(municipality) != Desk(municipality))


@counter.post("/sign-out")
def sign_out(municipality: str) -> Response:
    """End the session, and clear the desk."""
    response = cleared(to("sign_in", municipality), municipality)
    go_out(response, cookie_path(municipality))
    return response
