"""The sheet to hand over: on A4, or on the 80 mm paper of a receipt printer."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from markupsafe import Markup, escape

from finder import forms
from finder.catalog import Catalog
from finder.codes import qr
from finder.dialogue import search
from finder.faces.counter.desk import Desk
from finder.faces.counter.page import counter, desk_of, page
from finder.furigana import ruby
from finder.handover import paper as paper_for
from finder.languages import LANGUAGES, Language
from finder.serving import catalog_of, count, list_address, today_here
from finder.speaking import spoken


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
    language, chips = spoken(desk.language), forms.chips(catalog, desk.told.answers)
    made = paper_for(standings, catalog, today, language)
    told = [c.text for c in forms.chips(catalog, desk.told.answers, language) if c.what in desk.on_paper]
    return page("paper.html", catalog, desk=desk, chips=chips, languages=LANGUAGES.values(),
                receipt=request.args.get("form") == "receipt", empty=not made.doors, on_paper=told,
                sheet=_sheet(desk, language, catalog=catalog, paper=made, code=qr(link), day=desk.told.as_of or today, on_paper=told))


def _sheet(desk: Desk, language: Language, catalog: Catalog, **values: Any) -> Markup:
    """Return the sheet itself in the visitor's language; everything around it is for staff."""
    def rb(text: str) -> Markup:
        return ruby(text, catalog.readings, on_paper=True) if desk.readings else escape(text)

    around, g.language = g.language, language
    try:
        return Markup(render_template("handover.html", catalog=catalog, rb=rb, **values))   # noqa: S704 - made here
    finally:
        g.language = around
