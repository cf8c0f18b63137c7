"""In and out."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from finder.faces.admin import page as here
from finder.faces.admin.page import COOKIE, admin, page, store_here
from finder.store.accounts import WHOLE, Refused, sign_in as begin, sign_out as end

REFUSED = "名前かパスワードが違います。"
LOCKED = "間違いが続いたので、15分のあいだ入れません。"


@admin.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """Ask for name and password; five failures close the account for a quarter of an hour."""
    if request.method == "GET":
        return redirect(url_for("admin.start"), code=303) if g.account else page("sign_in.html")
    name = request.form.get("name", "").strip()
    try:
        with store_here() as store:
            token = begin(store, name, request.form.get("password", ""), here.now_here())
    except Refused as refused:
        return page("sign_in.html", 429 if refused.locked else 401, wrong=LOCKED if refused.locked else REFUSED, name=name)
    response = redirect(url_for("admin.start"), code=303)
    response.set_cookie(COOKIE, token, max_age=int(WHOLE.total_seconds()), path="/admin", httponly=True, samesite="Strict",
                        secure=request.is_secure)
    return response


@admin.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    with store_here() as store:
        end(store, request.cookies.get(COOKIE, ""))
    response = redirect(url_for("admin.sign_in"), code=303)
    response.delete_cookie(COOKIE, path="/admin", httponly=True, samesite="Strict")
    return response
