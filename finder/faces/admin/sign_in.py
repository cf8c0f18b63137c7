"""In and out; whoever was asked to sign in again comes back to where they were, with what they had typed."""

from __future__ import annotations

import json

from flask import g, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from finder.drafting import OFFICE
from finder.faces.admin.page import PATH, TYPED, admin, page, page_at
from finder.faces.admin.programs import typed_again
from finder.signing_in import FIRST, next_question
from finder.staff import go_out, keep_session, signed_in
from finder.store.accounts import LONGEST, SHORTEST


@admin.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """Ask for name and password, then for whatever else the account needs, and go on to where one was."""
    given = request.form if request.method == "POST" else request.args
    place, typed = given.get("to", ""), _typed(request.form.get("typed", ""))
    if request.method == "GET":
        return _back_to(place) if g.account else page("sign_in.html", question=FIRST, place=place)
    endpoint, named = page_at(place, "POST") if typed else ("", {})
    question = next_question(PATH, named.get("municipality", ""), edits=endpoint in TYPED)
    if question.asks:
        return page("sign_in.html", question.status, question=question, place=place, typed=request.form.get("typed", ""),
                    lengths=(SHORTEST, LONGEST))
    response = _back_to(place)
    if endpoint in TYPED:
        g.account, g.session = signed_in(question.session), question.session
        at = named["program_id"] if "program_id" in named else OFFICE + named["office"]
        response = typed_again(named["municipality"], at, typed)
    keep_session(response, question.session, PATH)
    return response


def _typed(text: str) -> MultiDict[str, str]:
    """Return what was typed, as the sign-in page held it: a form's fields, or nothing when it is anything else."""
    try:
        told = json.loads(text)
        return MultiDict((key, value) for key, values in told.items() for value in values if isinstance(value, str))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return MultiDict()


def _back_to(place: str) -> Response:
    endpoint, named = page_at(place, "GET")
    return redirect(url_for(endpoint or "admin.start", **named), code=303)


@admin.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    response = redirect(url_for("admin.sign_in"), code=303)
    go_out(response, PATH)
    return response
