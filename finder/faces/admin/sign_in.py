"""In and out."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from finder.faces.admin.page import admin, page
from finder.staff import come_in, go_out, keep_session

PATH = "/admin"


@admin.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """Ask for name and password."""
    if request.method == "GET":
        return redirect(url_for("admin.start"), code=303) if g.account else page("sign_in.html")
    name = request.form.get("name", "").strip()
    token, wrong, status = come_in(name, request.form.get("password", ""))
    if wrong:
        return page("sign_in.html", status, wrong=wrong, name=name)
    response = redirect(url_for("admin.start"), code=303)
    keep_session(response, token, PATH)
    return response


@admin.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    response = redirect(url_for("admin.sign_in"), code=303)
    go_out(response, PATH)
    return response
