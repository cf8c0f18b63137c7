"""The list of programs, and the sheet to print."""

from __future__ import annotations

from flask import Response

from finder import cards, offices
from finder.faces.resident.page import cards_of, coming_of, near_dates, on_a_kiosk, page, resident, state_of, turn_of, visit_of
from finder.serving import catalog_of, count, list_address, today_here
from finder.speaking import language_here

FIRST = 6                 # programs shown open on the list; the rest one tap away
SHEET = 12                # programs on the printed sheet


@resident.get("/<municipality>/results")
def results(municipality: str) -> Response:
    """Show the programs that fit, those one answer away, the near misses, and where to ask anyway."""
    catalog, visit, language = catalog_of(municipality), visit_of(municipality), language_here()
    turn = turn_of(catalog, visit)
    near = near_dates(visit, (*turn.programs, *turn.unlikely))
    coming = coming_of(catalog, visit, turn, near)
    shown = {c.id for c in coming}
    count("shown" if turn.programs else "empty", municipality, [r.assessment.program.id for r in turn.programs] or [""])
    return page(
        "results.html", catalog, **state_of(catalog, visit, turn),
        take_along=list_address(municipality, [r.assessment.program.id for r in turn.programs[:SHEET]], language.id) if on_a_kiosk() else "",
        first=cards_of(catalog, visit, turn.programs[:FIRST], near),
        more=cards_of(catalog, visit, turn.programs[FIRST:], near, reasons=False),
        near=cards_of(catalog, visit, turn.near_misses, near), coming=coming,
        by_words=cards_of(catalog, visit, [r for r in turn.word_matches if r.assessment.program.id not in shown], near),
        offices=offices.ask_anyway(catalog.municipality, today_here(),
                                   language.say("どれも違うとき、迷うときは、ここで聞けます。"), language))


@resident.get("/<municipality>/sheet")
def sheet(municipality: str) -> Response:
    """Show the list for printing on A4, grouped by department."""
    catalog, visit = catalog_of(municipality), visit_of(municipality)
    turn = turn_of(catalog, visit)
    count("printed", municipality, [r.assessment.program.id for r in turn.programs[:SHEET]] or [""])
    groups: dict[str, tuple[offices.Office, list[cards.Card]]] = {}
    for shown in cards_of(catalog, visit, turn.programs[:SHEET]):
        groups.setdefault(shown.offices[0].name, (shown.offices[0], []))[1].append(shown)
    return page("sheet.html", catalog, groups=list(groups.values()), count=min(SHEET, len(turn.programs)))
