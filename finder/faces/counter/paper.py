"""The sheet to hand over: on A4, or on the 80 mm paper of a receipt printer."""

from __future__ import annotations

from flask import Response, request

from finder import forms
from finder.codes import qr
from finder.dialogue import search
from finder.faces.counter.page import counter, desk_of, page
from finder.handover import paper as paper_for
from finder.languages import LANGUAGES
from finder.serving import catalog_of, count, list_address, today_here


@counter.get("/paper")
def paper(municipality: str) -> Response:
    """Show the sheet of the chosen programs; `?form=receipt` for the narrow one.

    The code leads to the same list on the visitor's phone: ids stand behind the #, which no server sees.
    """
    catalog, desk, today = catalog_of(municipality), desk_of(municipality), today_here()
    ranked = {r.assessment.program.id: r for r in search(catalog, "", desk.told.answers, desk.told.as_of or today)}
    chosen = [ranked[i] for i in desk.chosen if i in ranked]
    standings = [(r.assessment.program, r.assessment.standing if r.assessment.program.for_residents else "") for r in chosen]
    count("printed", municipality, [p.id for p, _ in standings])
    link = list_address(municipality, [p.id for p, _ in standings], desk.language)
    chips = forms.chips(catalog, desk.told.answers)
    return page("paper.html", catalog, desk=desk, paper=paper_for(standings, catalog, today), link=link, chips=chips,
                code=qr(link), languages=LANGUAGES.values(),
                receipt=request.args.get("form") == "receipt", day=desk.told.as_of or today,
                on_paper=[c.text for c in chips if c.what in desk.on_paper])
