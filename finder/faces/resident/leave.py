"""The ways out: clear everything, or put a harmless page in the place of this one."""

from __future__ import annotations

from calendar import Calendar

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.faces.resident.page import page, resident
from finder.serving import catalog_of, today_here
from finder.visit import end_visit


@resident.post("/<municipality>/end")
def end(municipality: str) -> AnyResponse:
    """Clear everything that the browser carries."""
    response = page("ended.html", catalog_of(municipality))
    end_visit(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@resident.post("/<municipality>/leave")
def leave(municipality: str) -> AnyResponse:
    """Clear everything and put a harmless page in the place of this one, at once."""
    catalog_of(municipality)
    response = redirect(url_for("resident.calendar"), code=303)
    end_visit(response)
    response.headers["Clear-Site-Data"] = '"storage"'      # the list; pages with answers are in no cache
    return response


@resident.get("/calendar")
def calendar() -> Response:
    """Show a calendar of this month: what someone looking over a shoulder may see."""
    today = today_here()
    weeks = Calendar(firstweekday=6).monthdayscalendar(today.year, today.month)
    return page("calendar.html", weeks=weeks)
