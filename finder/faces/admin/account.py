"""One's own account: what it may do, its password, its second factor, where it is signed in."""

from __future__ import annotations

from flask import abort, current_app, g, request
from werkzeug.wrappers import Response

from finder.faces.admin.page import PATH, account_here, admin, back, page
from finder.offers import Offer, offer_here
from finder.own_account import Change, leave_factor, leave_sessions, renew_codes, renew_password, take_factor
from finder.serving import settings_here
from finder.staff import factor_offered, keep_session, now_here, session_here, signed_in, store_here
from finder.store import Library
from finder.store.accounts import LONGEST, ROLES, SHORTEST
from finder.store.second_factor import factor_since, recovery_codes_left
from finder.store.sessions import sessions_of

LEFT = "ほかの所で入っていた人は、出ました。"


@admin.route("/account", methods=["GET", "POST"])
def account() -> Response:
    """Show one's account and where it is signed in; end sessions elsewhere."""
    form, change = request.form, Change()
    if request.method == "POST":
        change = leave_sessions(account_here(), form.get("now", ""), form.getlist("end"), others=form.get("do") == "others")
        if change.session:
            return _going_on(back("account", "えらんだ所を、出ました。"), change)
    with store_here() as store:
        sessions = sessions_of(store, account_here().name, session_here(), now_here())
    return page("account.html", change.status, change=change, role=ROLES[account_here().role], city=_city(account_here().municipality),
                offered=factor_offered(), sessions=[(one, _place(one.place)) for one in sessions], chosen=form.getlist("end"))


def _city(municipality: str) -> str:
    library: Library = current_app.extensions["library"]
    found = library.municipalities.get(municipality)
    return found.name.ja if found else municipality


def _place(place: str) -> str:
    """Return in words to which face a session belongs; "" for one that began before this was kept."""
    if place == PATH or not place:
        return "編集画面" if place else ""
    return f"{_city(place.split('/')[1])}の窓口"


@admin.route("/password", methods=["GET", "POST"])
def password() -> Response:
    """Change one's own password; every session of the account ends but this one, which begins anew."""
    form, change = request.form, Change()
    if request.method == "POST":
        change = renew_password(account_here(), form.get("now", ""), form.get("new", ""), form.get("again", ""), form.get("code", ""), PATH)
        if change.session:
            return _going_on(back("start", f"パスワードを変えました。{LEFT}"), change)
    return page("password.html", change.status, change=change, shortest=SHORTEST, longest=LONGEST,
                with_code=account_here().second_factor and factor_offered())


@admin.route("/second-factor", methods=["GET", "POST"])
def second_factor() -> Response:
    """Get a second factor, new recovery codes, or leave it; each when one shows who one is."""
    if not factor_offered():
        abort(404)
    me, form = account_here(), request.form
    offer = None if me.second_factor else offer_here(me.name, form.get("offer", ""))
    change = Change()
    if request.method == "POST":
        now, code = form.get("now", ""), form.get("code", "")
        if offer:
            change = take_factor(me, now, offer, code, PATH)
        elif form.get("do") == "leave":
            change = leave_factor(me, now, code, PATH)
            if change.session:
                return _going_on(back("second_factor", f"二段階認証を外しました。{LEFT}"), change)
        else:
            change = renew_codes(me, now, code, PATH)
    response = _factor_page(offer, change, renewed=offer is None)
    return _going_on(response, change) if change.session else response


def _factor_page(offer: Offer | None, change: Change, renewed: bool) -> Response:
    if change.session:
        g.account, g.session = signed_in(change.session), change.session
    with store_here() as store:
        since, left = factor_since(store, account_here().name), recovery_codes_left(store, account_here().name)
    return page("second_factor.html", change.status, change=change, offer=None if change.session else offer, since=since, left=left,
                renewed=renewed, required=settings_here().second_factor == "required")


def _going_on(response: Response, change: Change) -> Response:
    keep_session(response, change.session, PATH)
    return response
