"""What staff read where something is refused, gone or broken: what happened, that nothing changed, and the way on."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import g, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from finder.drafting import OFFICE
from finder.faces.admin.page import TYPED, StaleForm, admin, municipalities_here, page, page_at
from finder.faces.admin.programs import typed_again
from finder.staff import as_refusal, refusal_words


def http_error(error: HTTPException) -> Response:
    """Say in staff's words what happened, and lead back to where they were."""
    named = (request.view_args or {}).get("municipality")
    account = getattr(g, "account", None)
    municipality = named if account and named in municipalities_here() else None
    words = refusal_words(error)
    return as_refusal(page("refused.html", error.code or 500, municipality=municipality, way=_way(municipality), **words), error)


def _way(municipality: str | None) -> tuple[str, str]:
    """Return the address to go on to, and its words: the page where the button was, else the list."""
    if getattr(g, "account", None) is None:
        return url_for("admin.sign_in"), "職員の入口へ"
    before = urlsplit(request.referrer or "").path
    if page_at(before, "GET")[0] and before != request.path:
        return before, "前の画面にもどる"
    return (url_for("admin.care", municipality=municipality), "今日の手入れへ") if municipality else (url_for("admin.start"), "はじめの画面へ")


@admin.errorhandler(StaleForm)
def _stale(error: StaleForm) -> Response:
    """Show again what was typed into an old form, not kept yet; whatever else was pressed there did nothing."""
    named, account = request.view_args or {}, g.account
    if request.endpoint not in TYPED or not account.may_edit:
        return http_error(error)
    place = named["program_id"] if "program_id" in named else OFFICE + named["office"]
    try:
        response = typed_again(named["municipality"], place, request.form)
    except HTTPException as gone:      # what a handler raises would be told as a fault
        return http_error(gone)
    response.status_code = 403
    return response
