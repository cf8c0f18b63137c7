"""The resident's pages: one question at a time, the list, the sheet, the places to ask."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from finder import cards, forms, offices
from finder.answers import BadAnswer, change
from finder.catalog import Catalog
from finder.dialogue import Turn, ask, danger_of, hotlines_for, take_turn
from finder.settings import Settings
from finder.store import Library
from finder.visit import MOST_WORDS, Visit, end_visit, keep_visit, read_visit

resident = Blueprint("resident", __name__)
FIRST = 6                 # programs shown open on the list; the rest one tap away
SHEET = 12                # programs on the printed sheet
QUESTIONS = ("needs", "children", "pregnant", "single_parent", "disability", "low_income", "self")


# --- what every page needs -----------------------------------------------------------------------

def _today() -> date:
    today: date = current_app.extensions["today"]()
    return today


def _catalog(municipality: str) -> Catalog:
    library: Library = current_app.extensions["library"]
    settings: Settings = current_app.extensions["settings"]
    catalog = library.catalog(municipality)
    if catalog is None or settings.municipality not in ("", municipality):
        abort(404)
    return catalog


def _visit(municipality: str) -> Visit:
    return read_visit(request, current_app.extensions["cipher"], municipality, _today())


def _kept(response: AnyResponse, visit: Visit) -> AnyResponse:
    keep_visit(response, visit, current_app.extensions["cipher"], request.is_secure)
    return response


def _page(template: str, catalog: Catalog | None = None, **values: Any) -> Response:
    response = make_response(render_template(template, catalog=catalog, today=_today(), **values))
    response.headers["Cache-Control"] = "no-store"
    return response


def _turn(catalog: Catalog, visit: Visit) -> Turn:
    return take_turn(catalog, visit.answers, "", _today(), visit.words)


def _to(endpoint: str, municipality: str, **values: Any) -> AnyResponse:
    return redirect(url_for(f"resident.{endpoint}", municipality=municipality, **values), code=303)


# --- the way -----------------------------------------------------------------------------------------

@resident.get("/")
def home() -> AnyResponse:
    """Choose the municipality, unless the deployment has fixed one."""
    settings: Settings = current_app.extensions["settings"]
    library: Library = current_app.extensions["library"]
    if settings.municipality:
        return _to("start", settings.municipality)
    return _page("home.html", municipalities=library.municipalities.values())


@resident.get("/<municipality>/")
def start(municipality: str) -> Response:
    """Begin: a sentence, a need, or a question."""
    catalog = _catalog(municipality)
    visit = _visit(municipality)
    return _page("start.html", catalog, visit=visit, needs=catalog.needs, longest=forms.LONGEST_SAID,
                 begun=visit != Visit(municipality))


@resident.post("/<municipality>/say")
def say(municipality: str) -> AnyResponse:
    """Take a sentence in one's own words; go to what it gives."""
    catalog, visit = _catalog(municipality), _visit(municipality)
    said = request.form.get("said", "")[:forms.LONGEST_SAID].strip()
    if not said:
        return _to("results" if visit != Visit(municipality) else "start", municipality)
    turn = take_turn(catalog, visit.answers, said, _today(), visit.words)
    if turn.out_of_scope:
        return _page("out_of_scope.html", catalog, offices=offices.ask_anyway(
            catalog.municipality, _today(), "市のほかのことは、ここで聞けます。"))
    words = f"{visit.words} {said}".strip()[-MOST_WORDS:]
    visit = replace(visit, answers=turn.answers, words=words, danger=turn.danger or visit.danger)
    return _kept(_to("results", municipality), visit)


@resident.get("/<municipality>/ask")
def ask_next(municipality: str) -> AnyResponse:
    """Go to the question that settles most, or to the list when none would change it."""
    catalog, visit = _catalog(municipality), _visit(municipality)
    if not visit.answers.settled("needs") and not visit.words and not visit.answers.asked:
        return _to("question", municipality, question_id="needs")
    asked = _turn(catalog, visit).next_question
    if asked is None or asked.can_wait:
        return _to("results", municipality)
    return _to("question", municipality, question_id=asked.question.id)


@resident.get("/<municipality>/ask/<question_id>")
def question(municipality: str, question_id: str) -> Response:
    """Put one question."""
    return _question_page(_catalog(municipality), _visit(municipality), question_id)


def _question_page(catalog: Catalog, visit: Visit, question_id: str, wrong: str = "") -> Response:
    possible = len(_turn(catalog, visit).programs)
    if question_id == "needs":
        return _page("needs.html", catalog, visit=visit, needs=catalog.needs, possible=possible)
    asked = ask(catalog, question_id, visit.answers, _today())
    if asked is None:
        abort(404)
    values = {"visit": visit, "asked": asked, "possible": possible, "wrong": wrong}
    if question_id in ("children", "child_birth", "self"):
        people = visit.answers.children or ()
        if question_id == "self":
            people = (visit.answers.myself,) if visit.answers.myself else ()
        rows = forms.rows(people, _today(), one_more=question_id == "children" and (
            not people or "more" in request.args))
        if question_id == "self" and not rows:
            rows = forms.rows((), _today(), one_more=True)
        page = _page("people.html", catalog, rows=rows, ages=forms.ages(question_id == "self"),
                     years=forms.years(_today()), child_name=cards.child_name, **values)
    else:
        page = _page("question.html", catalog, chosen=forms.chosen(asked.question, visit.answers), **values)
    if wrong:
        page.status_code = 400
    return page


@resident.post("/<municipality>/ask/<question_id>")
def answer(municipality: str, question_id: str) -> AnyResponse:
    """Take an answer and go on: to the next question, or back to where a change was asked for."""
    catalog, visit = _catalog(municipality), _visit(municipality)
    if question_id != "needs" and catalog.question(question_id) is None:
        abort(404)
    try:
        given = forms.given(question_id, request.form, catalog.question(question_id), visit.answers)
        answers = change(visit.answers, given, _today())
    except BadAnswer as error:
        return _question_page(catalog, visit, question_id, error.message)
    visit = replace(visit, answers=answers)
    if request.form.get("go") == "more" or "remove" in request.form:
        more = {"more": 1} if request.form.get("go") == "more" else {}
        return _kept(_to("question", municipality, question_id=question_id, **more), visit)
    back = request.form.get("back")
    return _kept(_to(back if back in ("results", "answers") else "ask_next", municipality), visit)


@resident.get("/<municipality>/answers")
def answers_page(municipality: str) -> Response:
    """Show every answer, each one changeable."""
    catalog, visit = _catalog(municipality), _visit(municipality)
    return _page("answers.html", catalog, visit=visit,
                 lines=forms.lines(catalog, visit.answers, QUESTIONS), child_name=cards.child_name)


@resident.post("/<municipality>/take-back")
def take_back(municipality: str) -> AnyResponse:
    """Take one answer, one need or the typed words back."""
    _catalog(municipality)
    visit = _visit(municipality)
    what = request.form.get("what", "")
    if what == "words":
        return _kept(_to("results", municipality), replace(visit, words="", danger=None))
    left = forms.without(visit.answers, what, _today())
    return _kept(_to("results", municipality), replace(visit, answers=left))


@resident.get("/<municipality>/results")
def results(municipality: str) -> Response:
    """Show the programs that fit, those one answer away, the near misses, and where to ask anyway."""
    catalog, visit = _catalog(municipality), _visit(municipality)
    turn = _turn(catalog, visit)
    danger = visit.danger or danger_of(catalog, visit.answers.needs)
    return _page(
        "results.html", catalog, visit=visit, turn=turn,
        first=_cards(catalog, visit, turn.programs[:FIRST]),
        more=_cards(catalog, visit, turn.programs[FIRST:]),
        near=_cards(catalog, visit, turn.near_misses), by_words=_cards(catalog, visit, turn.word_matches),
        hotlines=hotlines_for(catalog, danger) if danger else (), danger=danger,
        chips=forms.chips(catalog, visit.answers, visit.words), asked=turn.next_question,
        asked_texts=forms.short_question(turn.next_question), phones=offices.phones,
        offices=offices.ask_anyway(catalog.municipality, _today(), "どれも違うとき、迷うときは、ここで聞けます。"))


def _cards(catalog: Catalog, visit: Visit, ranked: Any) -> list[cards.Card]:
    return [cards.card(r, catalog, visit.answers, _today()) for r in ranked]


@resident.get("/<municipality>/sheet")
def sheet(municipality: str) -> Response:
    """Show the list for printing on A4, grouped by department."""
    catalog, visit = _catalog(municipality), _visit(municipality)
    turn = _turn(catalog, visit)
    groups: dict[str, tuple[offices.Office, list[cards.Card]]] = {}
    for shown in _cards(catalog, visit, turn.programs[:SHEET]):
        groups.setdefault(shown.offices[0].name, (shown.offices[0], []))[1].append(shown)
    return _page("sheet.html", catalog, groups=list(groups.values()), count=min(SHEET, len(turn.programs)))


@resident.post("/<municipality>/end")
def end(municipality: str) -> AnyResponse:
    """Clear everything that the browser carries."""
    response = _page("ended.html", _catalog(municipality))
    end_visit(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@resident.post("/<municipality>/leave")
def leave(municipality: str) -> AnyResponse:
    """Clear everything and put a harmless page in the place of this one, at once."""
    _catalog(municipality)
    response = redirect(url_for("resident.calendar"), code=303)
    end_visit(response)
    return response


@resident.get("/calendar")
def calendar() -> Response:
    """Show a calendar of this month: what someone looking over a shoulder may see."""
    today = _today()
    weeks = Calendar(firstweekday=6).monthdayscalendar(today.year, today.month)
    return _page("calendar.html", weeks=weeks)


# --- pages for everyone ---------------------------------------------------------------------------------

@resident.get("/<municipality>/programs")
def programs(municipality: str) -> Response:
    """List all programs that residents can use, by need."""
    catalog = _catalog(municipality)
    by_need = [(need, words, [p for p in catalog.programs if p.for_residents and p.needs[0] == need])
               for need, words in catalog.needs.items()]
    return _page("programs.html", catalog, by_need=[g for g in by_need if g[2]])


@resident.get("/<municipality>/programs/<program_id>")
def program(municipality: str, program_id: str) -> Response:
    """Show one program."""
    catalog = _catalog(municipality)
    found = catalog.program(program_id)
    if found is None:
        abort(404)
    visit = _visit(municipality)
    turn = _turn(catalog, visit) if visit != Visit(municipality) else None
    mine = next((r for r in (*turn.programs, *turn.unlikely) if r.assessment.program is found), None) if turn else None
    shown = _cards(catalog, visit, [mine])[0] if mine else cards.about(found, catalog, _today())
    return _page("program.html", catalog, program=found, card=shown)


@resident.get("/<municipality>/contacts")
def contacts(municipality: str) -> Response:
    """List all departments, centres and hotlines by topic."""
    catalog = _catalog(municipality)
    used: dict[str, list[Any]] = {}
    for p in catalog.programs:
        for d in p.departments:
            used.setdefault(d, []).append(p)
    by_need = [(words, _offices_for(catalog, need)) for need, words in catalog.needs.items()]
    known = [(offices.office(d, _today()), d, used.get(d.id, [])) for d in catalog.departments.values()]
    return _page("contacts.html", catalog, known=known, by_need=[g for g in by_need if g[1]], hotlines=catalog.hotlines, phones=offices.phones,
                 offices=offices.ask_anyway(catalog.municipality, _today(), "どこに聞けばよいか分からないときは、ここへ。"))


def _offices_for(catalog: Catalog, need: str) -> list[Any]:
    """Return the departments whose programs are, above all, for one need."""
    ids = [d for p in catalog.programs if p.for_residents and p.needs[0] == need for d in p.departments]
    return [catalog.departments[d] for d in dict.fromkeys(ids)]


@resident.get("/about")
def about() -> Response:
    """Say what this is, what it keeps (nothing), and how sure it is."""
    return _page("about.html")


def http_error(error: HTTPException) -> tuple[str, int]:
    """Show an error kindly, with the way on."""
    status = error.code or 500
    return render_template("error.html", catalog=None, status=status), status

