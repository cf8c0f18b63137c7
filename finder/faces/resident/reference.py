"""Pages that are the same for everyone: all programs, one program, all places to ask, what this is."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for

from finder import cards, date_words, measured, offices
from finder.catalog import Catalog
from finder.faces.resident.page import cards_of, near_dates, page, page_for_all, resident, turn_of, visit_of
from finder.open_data import program_jsonld
from finder.serving import address_of, catalog_of, count, municipalities_here, settings_here, today_here
from finder.speaking import language_here
from finder.visit import Visit

MOST_CITIES = 20          # named on a page that belongs to none of them


@resident.get("/<municipality>/programs")
def programs(municipality: str) -> Response:
    """List all programs that residents can use, by need."""
    catalog = catalog_of(municipality)
    by_need = [(need, words, [p for p in catalog.programs if p.for_residents and p.needs[0] == need])
               for need, words in catalog.needs.items()]
    return page_for_all("programs.html", catalog, by_need=[g for g in by_need if g[2]])


@resident.get("/<municipality>/needs/<need>")
def need(municipality: str, need: str) -> Response:
    """List the programs for one need: those that are above all for it first."""
    catalog = catalog_of(municipality)
    found = sorted((p for p in catalog.programs if p.for_residents and need in p.needs), key=lambda p: p.needs[0] != need)
    if need not in catalog.needs or not found:
        abort(404)
    return page_for_all("need.html", catalog, texts=catalog.needs[need], programs=found)


@resident.get("/<municipality>/departments/<office>")
def department(municipality: str, office: str) -> Response:
    """Show one department and its programs."""
    catalog = catalog_of(municipality)
    found = catalog.departments.get(office)
    if found is None:
        abort(404)
    language = language_here()
    one = offices.office(found, today_here(), language)
    instead = () if one.phones else offices.ask_anyway(
        catalog.municipality, today_here(), language.say("電話番号が分からないときは、ここで聞けます。"), language)
    return page_for_all("department.html", catalog, department=found, one=one, instead=instead,
                        programs=[p for p in catalog.programs if office in p.departments and p.for_residents])


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
    shown = (cards_of(catalog, visit, [mine], near_dates(visit, [mine]))[0] if mine
             else cards.about(found, catalog, today_here(), language_here()))
    way = address_of(url_for("resident.program", municipality=municipality, program_id=program_id))
    return page("program.html", catalog, program=found, card=shown, way=way, service=program_jsonld(found, catalog, way))


@resident.post("/<municipality>/called")
def called(municipality: str) -> Response:
    """Count that a program's number was pressed; the browser sends the program's id and nothing else, no cookie either."""
    found = catalog_of(municipality).program(request.get_data(as_text=True)[:100])
    if found is not None and found.for_residents:
        count("called", municipality, [found.id])
    return Response(status=204)


@resident.app_template_global()
def counting() -> bool:
    """Tell whether this deployment counts."""
    return settings_here().counts


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
    ask = offices.ask_anyway(catalog.municipality, today_here(), language.say("どこに聞けばよいか分からないときは、ここへ。"), language)
    return page("contacts.html", catalog, way=address_of(url_for("resident.contacts", municipality=municipality)), known=known,
                by_need=[g for g in by_need if g[1]], hotlines=catalog.hotlines, phones=offices.phones, offices=ask)


def _offices_for(catalog: Catalog, need: str) -> list[Any]:
    """Return the departments whose programs are, above all, for one need."""
    ids = [d for p in catalog.programs if p.for_residents and p.needs[0] == need for d in p.departments]
    return [catalog.departments[d] for d in dict.fromkeys(ids)]


@resident.get("/about")
def about() -> Response:
    """Say what this is, what it keeps (nothing), and how sure it is."""
    return page("about.html")


@resident.get("/accessibility")
def accessibility() -> Response:
    """Say what was checked so that everyone can use the pages, when, with what result, and what was not."""
    served = list(municipalities_here().values())
    return page("accessibility.html", found=measured.accessibility(settings_here().data), day_words=date_words.day_words,
                cities=served if len(served) <= MOST_CITIES else ())
