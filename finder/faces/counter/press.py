"""What a press does to the desk: every button and every key posts the one form, with what was typed until then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from finder import forms
from finder.answers import FACTS, change
from finder.brought import code_in
from finder.catalog import Catalog
from finder.dialogue import Turn, take_turn
from finder.faces.counter.arrival import NO_CODE, arrived
from finder.faces.counter.desk import LONGEST_LINE, LONGEST_SOUGHT, MOST_CHOSEN, Desk, Told
from finder.languages import LANGUAGES
from finder.one_line import Line, read_line

FIRST = 6                 # programs that one press puts on the sheet: what a resident's list shows first
SCANNED = ("brought", "children", "self", "sought")      # where a scanner may type a code
EARLIEST, LATEST = date(1950, 1, 1), date(2150, 12, 31)


def pressed(desk: Desk, form: Mapping[str, str], catalog: Catalog, today: date) -> Desk:
    """Return the desk after a press: `do` is a verb, or verb and what it is done to ("open:jido-teate")."""
    desk = replace(desk, arrived="")
    if digits := next(filter(None, (code_in(form.get(field, "")) for field in SCANNED)), ""):
        return arrived(desk, digits, catalog, today)
    if form.get("brought", "").strip():
        return replace(desk, arrived=NO_CODE)
    desk = replace(desk.with_shown(_typed(desk.shown, form, today)), sought=form.get("sought", desk.sought)[:LONGEST_SOUGHT].strip())
    verb, _, what = form.get("do", "").partition(":")
    if verb == "answer":
        return desk.with_shown(_answered(desk.shown, what, catalog, today))
    if verb == "need":
        return desk.with_shown(_need(desk.shown, what, catalog, today))
    if verb in ("open", "choose") and catalog.program(what):
        return replace(desk, opened=what) if verb == "open" else replace(desk, chosen=_other(desk.chosen, what)[:MOST_CHOSEN])
    if verb == "choose-first":
        first = [r.assessment.program.id for r in turn_of(desk.shown, catalog, today).programs[:FIRST]]
        return replace(desk, chosen=tuple(dict.fromkeys((*desk.chosen, *first)))[:MOST_CHOSEN])
    return _turned(desk, verb, what, catalog, today)


def turn_of(told: Told, catalog: Catalog, today: date) -> Turn:
    """Take the turn that the left column stands at; ages are as of today, whatever day is looked at."""
    return take_turn(catalog, told.answers, "", told.as_of or today)


def _turned(desk: Desk, verb: str, what: str, catalog: Catalog, today: date) -> Desk:
    """Return the desk after one of the presses that change neither answers nor programs."""
    if verb == "choose-none":
        return replace(desk, chosen=())
    if verb == "unlikely":
        return replace(desk, unlikely=not desk.unlikely)
    if verb == "by-department":
        return replace(desk, by_department=not desk.by_department, timetable=False, only_chosen=False, sought="")
    if verb == "timetable":
        return replace(desk, timetable=not desk.timetable, by_department=False, only_chosen=False, sought="")
    if verb == "only-chosen":
        return replace(desk, only_chosen=not desk.only_chosen, by_department=False, timetable=False, sought="")
    if verb == "suppose":
        return replace(desk, supposed=None if desk.supposed else desk.told)
    if verb == "take-supposed" and desk.supposed:
        return replace(desk, told=desk.supposed, supposed=None)
    if verb == "today":
        return desk.with_shown(replace(desk.shown, as_of=None))
    if verb == "day":
        return desk.with_shown(replace(desk.shown, as_of=_day(what, desk.shown.as_of, today)))
    if verb == "paper" and what in {chip.what for chip in forms.chips(catalog, desk.told.answers)}:
        return replace(desk, on_paper=_other(desk.on_paper, what))
    if verb == "readings":
        return replace(desk, readings=not desk.readings)
    if verb == "language" and what in LANGUAGES:
        return replace(desk, language=what)
    return desk


def _other(before: tuple[str, ...], what: str) -> tuple[str, ...]:
    return tuple(one for one in before if one != what) if what in before else (*before, what)


def _typed(told: Told, form: Mapping[str, str], today: date) -> Told:
    """Return the left column with the text fields as they stand; a field that was not sent is as before."""
    children = form.get("children", told.children)[:LONGEST_LINE]
    myself = form.get("self", told.myself)[:LONGEST_LINE]
    given: dict[str, Any] = {}
    if children != told.children:
        given["children"] = _people(read_line(children, today))
    if myself != told.myself:
        given["self"] = _one(read_line(myself, today))
    answers = change(told.answers, given, today) if given else told.answers
    return Told(answers, children, myself, _day(form.get("as_of"), told.as_of, today))


def _people(line: Line) -> Any:
    if line.not_known:
        return "unknown"
    return [] if line.no_one else list(line.people) or None


def _one(line: Line) -> Any:
    if line.not_known:
        return "unknown"
    return line.people[0] if line.people else None


def _day(typed: str | None, before: date | None, today: date) -> date | None:
    """Return the day to look at, None for today; what is no day leaves it as it is."""
    if typed is None:
        return before
    try:
        day = date.fromisoformat(typed) if typed else today
    except ValueError:
        return before
    if not EARLIEST <= day <= LATEST:
        return before
    return None if day == today else day


def _answered(told: Told, what: str, catalog: Catalog, today: date) -> Told:
    """Return the left column with one choice made, or taken back when it was made before."""
    question_id, _, place = what.partition(":")
    question = catalog.question(question_id)
    if question is None or question_id not in FACTS or not place.isdigit() or int(place) >= len(question.choices):
        return told
    given: Mapping[str, Any] = forms.given(question_id, {"choice": place}, question, told.answers)
    if forms.chosen(question, told.answers) == int(place):
        given = dict.fromkeys(given)
    return replace(told, answers=change(told.answers, given, today))


def _need(told: Told, need: str, catalog: Catalog, today: date) -> Told:
    if need not in catalog.needs:
        return told
    return replace(told, answers=change(told.answers, {"needs": list(_other(told.answers.needs, need)) or None}, today))
