"""窓口で見せる: a code for the counter, drawn from what the visitor's own browser carries; with answers only if they say so."""

from __future__ import annotations

from flask import Response, abort, request

from finder.answers import NOTHING_SAID
from finder.brought import code
from finder.brought.contents import contents
from finder.codes import qr_once
from finder.faces.resident.lists import SHEET
from finder.faces.resident.page import cards_of, page, resident, turn_of, visit_of
from finder.one_line import write_line
from finder.serving import catalog_of, counter_reads_codes, today_here
from finder.speaking import language_here

resident.add_app_template_global(counter_reads_codes)


@resident.route("/<municipality>/at-counter", methods=["GET", "POST"])
def at_counter(municipality: str) -> Response:
    """Show what the code would hold, in words, and the code; a form brings the answers into it.

    The form is answered in place: coming back to the page, or loading it anew, is a code without answers.
    """
    if not counter_reads_codes():
        abort(404)
    catalog, visit, language = catalog_of(municipality), visit_of(municipality), language_here()
    programs = turn_of(catalog, visit).programs[:SHEET]
    with_answers = request.form.get("answers") == "yes" and visit.answers != NOTHING_SAID
    digits = code(catalog, [r.assessment.program.id for r in programs], visit.answers if with_answers else None, language.id, today_here())
    return page("at_counter.html", catalog, visit=visit, with_answers=with_answers, shown=cards_of(catalog, visit, programs, reasons=False),
                contents=list(contents(catalog, visit.answers, language)), line=write_line(visit.answers.children or ()),
                picture=qr_once(digits) if programs or with_answers else "")
