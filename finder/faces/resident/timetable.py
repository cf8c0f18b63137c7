"""What comes for each child, and the dates of it to keep."""

from __future__ import annotations

from datetime import date

from flask import Response, make_response, request, url_for

from finder import cards, date_words, offices
from finder.answers import with_young_speaker
from finder.availability import availability_notice
from finder.calendar_file import calendar_file, dated_programs
from finder.catalog import Catalog
from finder.faces.resident.page import on_a_kiosk, page, resident, visit_of
from finder.languages import message
from finder.serving import catalog_of, list_address, today_here
from finder.speaking import language_here
from finder.timeline import Line, coming, timetable, to_ask, unsure

CARRIED = 12              # programs in a kiosk's code: as many as a phone's camera reads with ease
OFFICES = 6               # numbers to call below the lines
PAPERS = ("", "postcard")     # A4, and a postcard for the fridge
YEARS = range(2000, 2101)
NOT_A_DATE = message("日付は、年・月・日で入れてください（2000年から2100年まで）。きょうの予定を出しています。")
NOTHING_CHOSEN = message("カレンダーに入れる制度を、一つ以上えらんでください。")


@resident.get("/<municipality>/timeline")
def timeline(municipality: str) -> Response:
    """Show what begins and ends for each child, as of today or of the day that is asked for."""
    on = _day(request.args.get("on", ""))
    return _page(catalog_of(municipality), on or today_here(), "" if on else NOT_A_DATE)


@resident.post("/<municipality>/timeline.ics")
def timeline_calendar(municipality: str) -> Response:
    """Make a calendar of the chosen programs' dates; nothing of it is kept."""
    catalog = catalog_of(municipality)
    on = _day(request.form.get("on", "")) or today_here()
    chosen = frozenset(request.form.getlist("program"))
    made = calendar_file(catalog, _lines(catalog, on), chosen, today_here(), "who" in request.form, lambda program_id: url_for(
        "resident.program", municipality=municipality, program_id=program_id, _external=True), language_here())
    if made is None:
        return _page(catalog, on, NOTHING_CHOSEN)
    response = make_response(made)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="yotei.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _day(text: str) -> date | None:
    """Return the day that is asked for, today when none is, None when it is no date."""
    if not text:
        return today_here()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _lines(catalog: Catalog, on: date) -> tuple[Line, ...]:
    answers = visit_of(catalog.municipality.id).answers
    return timetable(catalog, with_young_speaker(answers, today_here()), on)


def _page(catalog: Catalog, on: date, wrong: str) -> Response:
    lines = _lines(catalog, on)
    next_ = coming(lines)
    paper = request.args.get("paper", "")
    shown = page(
        "timeline.html", catalog, lines=lines, on=on, wrong=language_here().translate(wrong) if wrong else "",
        take_along=list_address(catalog.municipality.id, next_[:CARRIED], language_here().id) if on_a_kiosk() else "",
        paper=paper if paper in PAPERS else "", child_name=cards.child_name, dates=date_words,
        dated=dated_programs(lines, today_here()), asks=to_ask(lines),
        offices=offices.to_call(cards.about(catalog.by_id[i], catalog, today_here(), language_here()).offices[0] for i in next_)[:OFFICES],
        notice=lambda program: availability_notice(program.availability, on), unsure=unsure(lines))
    if wrong:
        shown.status_code = 400
    return shown
