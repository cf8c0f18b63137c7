"""What every page of a resident needs: the day, the catalog, the visit, the turn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder import cards, forms, offices
from finder.catalog import Catalog
from finder.dialogue import Turn, dangers_of, hotlines_for, take_turn
from finder.serving import address_of, now_here, today_here
from finder.speaking import furigana_here, language_here
from finder.timeline import Entry
from finder.visit import KIOSK_COOKIE, Visit, keep_visit, read_visit

resident = Blueprint("resident", __name__)
BACK = {"chat": "chat", "results": "results", "answers": "answers_page", "timeline": "timeline"}     # what a form may name
NO_DATES: Mapping[str, Entry] = MappingProxyType({})
KEPT = 300                # seconds in which a page that is the same for everyone need not be asked for again


def visit_of(municipality: str) -> Visit:
    """Return what the browser carries of a visit here."""
    return read_visit(request, current_app.extensions["visit_seal"], municipality, today_here())


def kept(response: AnyResponse, visit: Visit) -> AnyResponse:
    """Put the visit into the response."""
    keep_visit(response, visit, current_app.extensions["visit_seal"], request.is_secure, lasting=not on_a_kiosk())
    return response


@resident.app_template_global()
def open_offices(those: tuple[offices.Office, ...]) -> tuple[str, ...]:
    """Return of each office whether it is open at this moment; parts of a page that are kept name it, since it changes."""
    return tuple(open_now(one.hours, one.hours_found_on) for one in those)


@resident.app_template_global()
def open_now(hours: str, found_on: str) -> str:
    """Return whether an office with these hours is open at this moment, in words, as far as it is known."""
    return offices.open_now(hours, found_on, now_here(), language_here())


def page(template: str, catalog: Catalog | None = None, **values: Any) -> Response:
    """Return a page that no cache keeps."""
    response = make_response(render_template(template, catalog=catalog, today=today_here(), **values))
    response.headers["Cache-Control"] = "no-store"
    return response


def page_for_all(template: str, catalog: Catalog, **values: Any) -> Response:
    """Return a page that is the same for everyone: it holds no answer, and caches may keep it for a while."""
    way = url_for(str(request.endpoint), **(request.view_args or {}))
    response = make_response(render_template(template, catalog=catalog, today=today_here(), way=address_of(way), **values))
    response.headers["Cache-Control"] = "no-store" if on_a_kiosk() else f"public, max-age={KEPT}"
    response.vary.update(("Cookie", "Accept-Language"))
    response.set_etag(hashlib.sha256(response.data + bytes(furigana_here())).hexdigest()[:32])      # readings are put in later
    response.make_conditional(request)
    return response


def lasting_page(template: str, catalog: Catalog, **values: Any) -> Response:
    """Return a page for all that a phone keeps: asked after each time, in the language that it names; no use of it is counted."""
    response = page_for_all(template, catalog, kept=True, **values)
    if not on_a_kiosk():
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Page-Language"] = language_here().id + ("-furigana" if furigana_here() else "")
    return response


def on_a_kiosk() -> bool:
    """Tell whether the screen is not its reader's own."""
    return KIOSK_COOKIE in request.cookies


def turn_of(catalog: Catalog, visit: Visit) -> Turn:
    """Take the turn that a visit stands at."""
    return take_turn(catalog, visit.answers, "", today_here(), visit.words)


def state_of(catalog: Catalog, visit: Visit, turn: Turn) -> dict[str, Any]:
    """Return what the list and the talk both show: the answers, the dangers with their hotlines, the next question."""
    dangers = tuple(dict.fromkeys(filter(None, (visit.danger, *dangers_of(catalog, visit.answers.needs)))))
    return {"visit": visit, "turn": turn, "dangers": dangers, "hotlines": hotlines_for(catalog, *dangers),
            "phones": offices.phones, "chips": forms.chips(catalog, visit.answers, language_here()),
            "asked": turn.next_question, "asked_texts": forms.short_question(turn.next_question, language_here())}


def to(endpoint: str, municipality: str, **values: Any) -> AnyResponse:
    """Send the browser on to a page of the municipality."""
    return redirect(url_for(f"resident.{endpoint}", municipality=municipality, **values), code=303)


def back_to(otherwise: str, municipality: str, danger: str | None = None) -> AnyResponse:
    """Send the browser back to the page where a form was, or on; in the talk, to what is new there."""
    endpoint = BACK.get(request.form.get("back", ""), otherwise)
    return to(endpoint, municipality, _anchor="now" if endpoint == "chat" and not danger else None)


def near_dates(visit: Visit, ranked: Iterable[Any]) -> dict[str, Entry]:
    """Return the dates that are near of all that a page shows, by the program's id."""
    return cards.near_dates(tuple(ranked), visit.answers, today_here())


def coming_of(catalog: Catalog, visit: Visit, turn: Turn, near: Mapping[str, Entry]) -> list[cards.Card]:
    """Return what only an age keeps from fitting and begins within a year, and is shown nowhere else on the list, the most helpful first."""
    rest = [r for r in turn.unlikely if r not in turn.near_misses and r.assessment.program.id in near]
    return cards_of(catalog, visit, rest, near)


def cards_of(catalog: Catalog, visit: Visit, ranked: Iterable[Any], near: Mapping[str, Entry] = NO_DATES,
             reasons: bool = True) -> list[cards.Card]:
    """Return ranked programs, ready for a page; a list in brief needs no `reasons`.

    With the dates that are `near`, but on paper: they would tell the children's ages.
    """
    today, language = today_here(), language_here()
    shown = [cards.card(r, catalog, visit.answers, today, language, reasons) for r in ranked]
    return cards.with_dates(shown, near, today, language)
