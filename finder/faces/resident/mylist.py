"""わたしのリスト: programs kept on the phone; which ones stands behind the # of the link, which no server sees."""

from __future__ import annotations

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder import cards
from finder.brought import LANGUAGES as BROUGHT_LANGUAGES, MOST_PROGRAMS, city_number
from finder.calendar_file import closing_calendar
from finder.faces.resident.page import lasting_page, on_a_kiosk, resident, to
from finder.serving import catalog_of, today_here
from finder.speaking import language_here


@resident.get("/<municipality>/mylist")
def mylist(municipality: str) -> AnyResponse:
    """Show the list; every program comes along, and the browser alone knows which are to be shown."""
    catalog, today = catalog_of(municipality), today_here()
    if on_a_kiosk():
        return to("results", municipality)
    shown = [(cards.about(p, catalog, today, language_here()), p, bool(p.availability.ends and p.availability.ends >= today))
             for p in catalog.programs]
    return lasting_page("mylist.html", catalog, shown=shown, city_number=city_number(catalog),
                        language_number=BROUGHT_LANGUAGES.index(language_here().id), most=MOST_PROGRAMS)


@resident.get("/<municipality>/closing.ics")
def closing(municipality: str) -> Response:
    """Give the last days for applications of all programs; the phone takes those of its list out of it."""
    made = closing_calendar(catalog_of(municipality), today_here(), lambda program_id: url_for(
        "resident.program", municipality=municipality, program_id=program_id, _external=True), language_here())
    response = Response(made, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
