"""What comes for each child: on the one screen as of the day looked at, and as a sheet for the fridge."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, request

from finder import cards, date_words
from finder.answers import with_young_speaker
from finder.availability import availability_notice
from finder.catalog import Catalog
from finder.codes import qr
from finder.faces.counter.desk import Told
from finder.faces.counter.page import counter, desk_of, page
from finder.offices import to_call
from finder.serving import catalog_of, list_address, today_here
from finder.timeline import coming, timetable, to_ask, unsure

OFFICES = 6               # numbers to call on the sheet
CARRIED = 12              # programs in the code: as many as a phone's camera reads with ease


@counter.get("/timeline")
def timeline(municipality: str) -> Response:
    """Show the sheet of what comes; `?form=postcard` for the fridge."""
    catalog, desk, today = catalog_of(municipality), desk_of(municipality), today_here()
    lines = lines_of(catalog, desk.shown, today)
    next_ = coming(lines["lines"])
    link = list_address(municipality, next_[:CARRIED], desk.language)
    return page("timeline.html", catalog, desk=desk, **lines, postcard=request.args.get("form") == "postcard", code=qr(link),
                carried=next_[:CARRIED], offices=to_call(cards.about(catalog.by_id[i], catalog, today).offices[0] for i in next_)[:OFFICES])


def lines_of(catalog: Catalog, told: Told, today: date) -> dict[str, Any]:
    """Return what the page of the timetable needs: the same lines as the resident's own page has for these answers."""
    day = told.as_of or today
    lines = timetable(catalog, with_young_speaker(told.answers, today), day)
    return {"lines": lines, "on": day, "asks": to_ask(lines), "unsure": unsure(lines), "dates": date_words,
            "child_name": cards.child_name, "notice": lambda program: availability_notice(program.availability, day)}
