"""How right the service is, in figures; and the form with which anybody says that a program is wrong."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder import cards, measured
from finder.accuracy import KNOWN_ON, MISSING, Share, counted
from finder.catalog import Catalog, Program
from finder.date_words import day_words
from finder.faces.resident.page import page, page_for_all, resident, to
from finder.measured import Accuracy
from finder.reports import REASONS, report_of
from finder.serving import catalog_of, count, settings_here, today_here
from finder.speaking import language_here
from finder.staff import from_here


@resident.get("/<municipality>/accuracy")
def accuracy(municipality: str) -> Response:
    """Say how right this municipality's pages are: counted now, and measured by the tests."""
    catalog, settings = catalog_of(municipality), settings_here()
    found = measured.accuracy(settings.data)
    return page_for_all("accuracy.html", catalog, known=counted(catalog, today_here()), found=found, shares=_shares(found, municipality),
                        missing=MISSING, known_on=KNOWN_ON, day_words=day_words)


def _shares(found: Accuracy | None, municipality: str) -> dict[str, Share]:
    """Return what was measured as shares, each under its name; nothing where nothing was."""
    if found is None:
        return {}
    hits, read, danger = found.hits.get(municipality), found.sentences.values(), found.danger
    shares = {"right": Share(sum(s.facts for s in read), sum(s.right for s in read)),
              "invented": Share(sum(s.given for s in read), sum(s.invented for s in read)),
              "danger": Share(danger.sentences, danger.found),
              "alarms": Share(danger.calm + sum(s.calm for s in read), danger.alarms + sum(s.alarms for s in read)),
              "furigana": Share(found.furigana.readings, found.furigana.right)}
    if hits:
        shares |= {"hits": Share(hits.musts, hits.found), "offered": Share(hits.must_nots, hits.offered)}
    return shares


# --- what is wrong ----------------------------------------------------------------------------------

@resident.get("/<municipality>/report")
def report(municipality: str) -> Response:
    """Show the form: which program, and what is wrong with it; no words, no name."""
    catalog = catalog_of(municipality)
    return _form(catalog, catalog.program(request.args.get("program", "")))


@resident.post("/<municipality>/report")
def send_report(municipality: str) -> AnyResponse:
    """Count one report, a program and a reason, and nothing else."""
    catalog = catalog_of(municipality)
    if not settings_here().counts:
        abort(404)
    if not from_here():
        abort(403)
    chosen, reason = _offered(catalog.program(request.form.get("program", ""))), request.form.get("reason", "")
    if chosen is None or reason not in REASONS:
        response = _form(catalog, chosen, wrong=True)
        response.status_code = 400
        return response
    count("reported", municipality, [report_of(chosen.id, reason)])
    return to("reported", municipality, program=chosen.id)


@resident.get("/<municipality>/report/thanks")
def reported(municipality: str) -> Response:
    """Thank for a report, and lead on."""
    catalog = catalog_of(municipality)
    return page("reported.html", catalog, program=_offered(catalog.program(request.args.get("program", ""))))


def _form(catalog: Catalog, program: Program | None, **values: Any) -> Response:
    program = _offered(program)
    shown = cards.about(program, catalog, today_here(), language_here()) if program else None
    response = page("report.html", catalog, program=program, card=shown, reasons=REASONS if settings_here().counts else {},
                    here=url_for("resident.send_report", municipality=catalog.municipality.id), **values)
    response.headers["Referrer-Policy"] = "same-origin"      # else browsers send the form as from nowhere (finder/staff.py)
    return response


def _offered(program: Program | None) -> Program | None:
    return program if program and program.for_residents else None
