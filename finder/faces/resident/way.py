"""The way to the list: a sentence or a need, one question at a time, every answer changeable."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from finder import forms
from finder.answers import BadAnswer, change
from finder.catalog import Catalog
from finder.dialogue import ask, take_turn
from finder.faces.resident.page import BACK, back_to, kept, page, resident, to, turn_of, visit_of
from finder.serving import catalog_of, count, count_unfound, municipalities_here, only_here, today_here
from finder.speaking import language_here
from finder.visit import Said, Visit

QUESTIONS = ("needs", "children", "pregnant", "single_parent", "disability", "low_income", "self")


@resident.get("/")
def home() -> AnyResponse:
    """Choose the municipality, unless the deployment has fixed one."""
    if only := only_here():
        return to("start", only)
    return page("home.html", municipalities=municipalities_here().values())


@resident.get("/<municipality>/")
def start(municipality: str) -> Response:
    """Begin: a sentence, a need, or a question."""
    catalog = catalog_of(municipality)
    visit = visit_of(municipality)
    return page("start.html", catalog, visit=visit, needs=catalog.needs, longest=forms.LONGEST_SAID,
                 begun=visit != Visit(municipality))


@resident.post("/<municipality>/say")
def say(municipality: str) -> AnyResponse:
    """Take a sentence in one's own words; go on with the talk, or back to the list where it was written."""
    catalog, visit, language = catalog_of(municipality), visit_of(municipality), language_here()
    said = request.form.get("said", "")[:forms.LONGEST_SAID].strip()
    if not said:
        return back_to("chat" if visit != Visit(municipality) else "start", municipality)
    if (answered := _typed_answer(catalog, visit, said)) is not None:
        return answered
    turn = take_turn(catalog, visit.answers, said, today_here(), visit.words)
    if turn.out_of_scope or not turn.programs:
        count_unfound(municipality, "" if turn.greeting else said)
    if turn.out_of_scope:
        return kept(back_to("chat", municipality), visit.with_said(Said(said, gave=turn.greeting)))
    gave = forms.new_chips(catalog, visit.answers, turn.answers, language)
    waits = visit.danger and turn.danger in catalog.signs.can_wait       # the numbers told before stay, and the exit
    visit = replace(visit, answers=turn.answers, danger=visit.danger if waits else turn.danger or visit.danger)
    visit = visit.with_said(Said(said, "", language.say("、").join(gave), len(turn.programs)))
    return kept(back_to("chat", municipality, danger=turn.danger), visit)


def _typed_answer(catalog: Catalog, visit: Visit, said: str) -> AnyResponse | None:
    """Take 「はい」 or 「いいえ」, typed where the talk has just put a question, as that answer; None for any other sentence."""
    asked = turn_of(catalog, visit).next_question if visit.talk and visit.answers.settled("needs") else None
    choice = forms.typed_choice(asked.question, said) if asked else None
    if asked is None or choice is None:
        return None
    question_id = asked.question.id
    answers = change(visit.answers, forms.given(question_id, {"choice": choice}, asked.question, visit.answers), today_here())
    if question_id in answers.asked - visit.answers.asked:
        count("skipped", catalog.municipality.id, [question_id])
    visit = replace(visit, answers=answers)
    told = Said(said, question_id, programs=len(turn_of(catalog, visit).programs))
    return kept(back_to("chat", catalog.municipality.id), visit.with_said(told))


@resident.get("/<municipality>/ask")
def ask_next(municipality: str) -> AnyResponse:
    """Go to the question that settles most, or to the list when none would change it."""
    catalog, visit = catalog_of(municipality), visit_of(municipality)
    if not visit.answers.settled("needs") and not visit.words and not visit.answers.asked:
        return to("question", municipality, question_id="needs")
    asked = turn_of(catalog, visit).next_question
    if asked is None or asked.can_wait:
        return to("results", municipality)
    return to("question", municipality, question_id=asked.question.id)


@resident.get("/<municipality>/ask/<question_id>")
def question(municipality: str, question_id: str) -> Response:
    """Put one question."""
    return _question_page(catalog_of(municipality), visit_of(municipality), question_id)


def _question_page(catalog: Catalog, visit: Visit, question_id: str, wrong: str = "") -> Response:
    language = language_here()
    possible = len(turn_of(catalog, visit).programs)
    if question_id == "needs":
        return page("needs.html", catalog, visit=visit, needs=catalog.needs, possible=possible)
    asked = ask(catalog, question_id, visit.answers, today_here())
    if asked is None:
        abort(404)
    values = {"visit": visit, "asked": asked, "possible": possible, "wrong": wrong}
    if question_id in ("children", "child_birth", "self"):
        people = visit.answers.children or ()
        if question_id == "self":
            people = (visit.answers.myself,) if visit.answers.myself else ()
        rows = forms.rows(people, one_more=question_id == "children" and (
            not people or "more" in request.args), language=language)
        if question_id == "self" and not rows:
            rows = forms.rows((), one_more=True, language=language)
        shown = page("people.html", catalog, rows=rows, ages=forms.ages(question_id == "self", language),
                     years=forms.years(today_here()), **values)
    else:
        shown = page("question.html", catalog, chosen=forms.chosen(asked.question, visit.answers), **values)
    if wrong:
        shown.status_code = 400
    return shown


@resident.post("/<municipality>/ask/<question_id>")
def answer(municipality: str, question_id: str) -> AnyResponse:
    """Take an answer and go on: to the next question, or back to where a change was asked for."""
    catalog, visit = catalog_of(municipality), visit_of(municipality)
    if question_id != "needs" and catalog.question(question_id) is None:
        abort(404)
    try:
        given = forms.given(question_id, request.form, catalog.question(question_id), visit.answers)
        answers = change(visit.answers, given, today_here())
    except BadAnswer as error:
        return _question_page(catalog, visit, question_id, language_here().translate(error.message))
    if question_id in answers.asked - visit.answers.asked:
        count("skipped", municipality, [question_id])
    visit = replace(visit, answers=answers)
    if request.form.get("go") == "more" or "remove" in request.form:
        more, asked = 1 if request.form.get("go") == "more" else None, request.form.get("back")
        return kept(to("question", municipality, question_id=question_id, more=more, back=asked if asked in BACK else None), visit)
    told = Said(forms.told(catalog, question_id, request.form, answers, language_here()), question_id,
                programs=len(turn_of(catalog, visit).programs))
    return kept(back_to("ask_next", municipality), visit.with_said(told))


@resident.get("/<municipality>/answers")
def answers_page(municipality: str) -> Response:
    """Show every answer, each one changeable."""
    catalog, visit = catalog_of(municipality), visit_of(municipality)
    return page("answers.html", catalog, visit=visit,
                 lines=forms.lines(catalog, visit.answers, QUESTIONS, language_here()))


@resident.post("/<municipality>/take-back")
def take_back(municipality: str) -> AnyResponse:
    """Take one answer, one need or the typed words back."""
    catalog_of(municipality)
    visit = visit_of(municipality)
    what = request.form.get("what", "")
    if what == "words":
        left = replace(visit, talk=tuple(said for said in visit.talk if said.question), danger=None)
    else:
        left = replace(visit, answers=forms.without(visit.answers, what, today_here()))
    return kept(back_to("results", municipality), left)
