"""Pages that are the same for everyone: all programs, one program, all places to ask, what this is."""

from __future__ import annotations

from typing import Any

from flask import Response, abort

from finder import cards, offices
from finder.catalog import Catalog
from finder.faces.resident.page import cards_of, page, resident, turn_of, visit_of
from finder.serving import catalog_of, count, today_here
from finder.speaking import language_here
from finder.visit import Visit


@resident.get("/<municipality>/programs")
def programs(municipality: str) -> Response:
    """List all programs that residents can use, by need."""
    catalog = catalog_of(municipality)
    by_need = [(need, words, [p for p in catalog.programs if p.for_residents and p.needs[0] == need])
               for need, words in catalog.needs.items()]
    return page("programs.html", catalog, by_need=[g for g in by_need if g[2]])


@resident.get("/<municipality>/programs/<program_id>")
def program(municipality: str, program_id: str) -> Response:
    """Show one program."""
    catalog = catalog_of(municipality)
    found = catalog.program(program_id)
    if found is None:
        abort(404)
    count("opened", municipality, [program_id])
    visit = visit_of(municipality)
    turn = turn_of(catalog, visit) if visit != Visit(municipality) else None
    mine = next((r for r in (*turn.programs, *turn.unlikely) if r.assessment.program is found), None) if turn else None
    shown = cards_of(catalog, visit, [mine])[0] if mine else cards.about(found, catalog, today_here(), language_here())
    return page("program.html", catalog, program=found, card=shown)


@resident.get("/<municipality>/contacts")
def contacts(municipality: str) -> Response:
    """List all departments, centres and hotlines by topic."""
    catalog, language = catalog_of(municipality), language_here()
    used: dict[str, list[Any]] = {}
    for p in catalog.programs:
        for d in p.departments:
            used.setdefault(d, []).append(p)
    by_need = [(words, _offices_for(catalog, need)) for need, words in catalog.needs.items()]
    known = [(offices.office(d, today_here(), language), d, used.get(d.id, [])) for d in catalog.departments.values()]
    return page("contacts.html", catalog, known=known, by_need=[g for g in by_need if g[1]], hotlines=catalog.hotlines, phones=offices.phones,
                 offices=offices.ask_anyway(catalog.municipality, today_here(),
                                   language.say("どこに聞けばよいか分からないときは、ここへ。"), language))


def _offices_for(catalog: Catalog, need: str) -> list[Any]:
    """Return the departments whose programs are, above all, for one need."""
    ids = [d for p in catalog.programs if p.for_residents and p.needs[0] == need for d in p.departments]
    return [catalog.departments[d] for d in dict.fromkeys(ids)]


@resident.get("/about")
def about() -> Response:
    """Say what this is, what it keeps (nothing), and how sure it is."""
    return page("about.html")
