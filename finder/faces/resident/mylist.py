"""わたしのリスト: programs kept on the phone; which ones stands behind the # of the link, which no server sees."""

from __future__ import annotations

from flask import Response

from finder import cards
from finder.faces.resident.page import page, resident
from finder.serving import catalog_of, today_here
from finder.speaking import language_here


@resident.get("/<municipality>/mylist")
def mylist(municipality: str) -> Response:
    """Show the list; every program comes along, and the browser alone knows which are to be shown."""
    catalog = catalog_of(municipality)
    shown = [(cards.about(p, catalog, today_here(), language_here()),
              [f.text for f in p.facts if f.kind == "bring"]) for p in catalog.programs]
    return page("mylist.html", catalog, shown=shown)
