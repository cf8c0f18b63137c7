"""The one screen: answers on the left, the list in the middle, the open program on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_lowercase
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from finder import cards, forms, offices
from finder.answers import FACTS, read_answers
from finder.catalog import Catalog, Question
from finder.date_words import days_ahead
from finder.dialogue import Turn, dangers_of, hotlines_for, search
from finder.faces.counter.desk import Desk, Told
from finder.faces.counter.page import KEYS_COOKIE, cleared, cookie_path, counter, desk_of, kept, page, to
from finder.faces.counter.press import pressed, turn_of
from finder.faces.counter.timetable import lines_of
from finder.one_line import Unread, age_now, read_line
from finder.serving import catalog_of, today_here
from finder.ternary import NO, OPEN, YES
from finder.walking import Stop, in_walking_order, stop
from finder.what_if import difference

_KEYS = {"True": ("y", "はい"), "False": ("n", "いいえ"), "unknown": ("u", "？")}
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the list under one heading: an office with its floor, or none."""

    heading: str
    rows: Sequence[cards.Card]
    office: offices.Office | None = None
    at: Stop | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """One answer to a question: its place among the question's choices, its words, its key when it is yes, no or unknown."""

    place: int
    words: str
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A yes-or-no question in the left column: in few words and in full, its answers, whether it is the next to ask."""

    question: Question
    statement: str
    offered: Sequence[Offered]
    chosen: int | None
    is_next: bool


@counter.get("")
def screen(municipality: str) -> Response:
    """Show the screen as the desk stands."""
    catalog, desk, today = catalog_of(municipality), desk_of(municipality), today_here()
    told = desk.shown
    turn = turn_of(told, catalog, today)
    asked = turn.next_question
    return page(
        "screen.html", catalog, desk=desk, told=told, turn=turn, day=told.as_of or today,
        people=_people(told, today), myself=_myself(told, today),
        questions=_questions(catalog, told, turn), asked=asked, asked_brings=forms.short_question(asked),
        needs=list(zip(ascii_lowercase, catalog.needs.items(), strict=False)),
        **_middle(catalog, desk, turn, today), likely=_count(turn, "likely"), check=_count(turn, "check"), unlikely=len(turn.unlikely),
        opened=_opened(catalog, desk, today), changes=_changes(catalog, desk, turn, today), chips=forms.chips(catalog, desk.told.answers),
        supposed_chips=_differing(catalog, desk),
        hotlines=hotlines_for(catalog, *dangers_of(catalog, told.answers.needs)), phones=offices.phones)


@counter.post("")
def press(municipality: str) -> AnyResponse:
    """Take what was pressed and typed, and show the screen anew."""
    catalog, desk = catalog_of(municipality), desk_of(municipality)
    desk = pressed(desk, request.form, catalog, today_here())
    if request.form.get("back") != "paper":
        return kept(to("screen", municipality), desk)
    return kept(to("paper", municipality, form="receipt" if request.form.get("form") == "receipt" else None), desk)


@counter.post("/next")
def next_visitor(municipality: str) -> AnyResponse:
    """Clear everything: the next visitor's screen is empty."""
    catalog_of(municipality)
    return cleared(to("screen", municipality), municipality)


@counter.post("/keys")
def keys(municipality: str) -> AnyResponse:
    """Switch the single-key shortcuts off on this machine, or on again."""
    catalog_of(municipality)
    response = to("screen", municipality)
    if request.form.get("keys") == "off":
        response.set_cookie(KEYS_COOKIE, "off", max_age=A_YEAR, path=cookie_path(municipality), httponly=True, samesite="Strict",
                            secure=request.is_secure)
    else:
        response.delete_cookie(KEYS_COOKIE, path=cookie_path(municipality), httponly=True, samesite="Strict")
    return response


# --- the left column -----------------------------------------------------------------------------

def _people(told: Told, today: date) -> dict[str, Any]:
    """Return who was read from the line of children, and what could not be read."""
    line = read_line(told.children, today)
    marked = {YES: "障害あり", NO: "障害なし", OPEN: ""}
    return {"read": [(cards.child_name(c), age_now(c, today), marked[c.disability]) for c in told.answers.children or ()],
            "no_one": line.no_one, "not_known": line.not_known, "unread": line.unread}


def _myself(told: Told, today: date) -> dict[str, Any]:
    line = read_line(told.myself, today)
    more = tuple(Unread(cards.child_name(p), "ご本人は一人だけです。")
                 for p in read_answers({"children": list(line.people[1:])}, today).children or ())
    return {"read": cards.child_name(told.answers.myself) if told.answers.myself else "", "unread": (*line.unread, *more)}


def _questions(catalog: Catalog, told: Told, turn: Turn) -> list[Asking]:
    return [Asking(q, forms.statement(q), _offered(q), forms.chosen(q, told.answers),
                   turn.next_question is not None and turn.next_question.question.id == q.id)
            for q in catalog.questions if q.id in FACTS]


def _offered(question: Question) -> list[Offered]:
    """Return yes, no and unknown first, side by side; then what else a question offers."""
    every = [Offered(i, c.label.ja, *_KEYS.get(str(c.value), ("", c.label.ja))) for i, c in enumerate(question.choices)]
    return sorted(every, key=lambda one: not one.key)


# --- the list ------------------------------------------------------------------------------------

def _middle(catalog: Catalog, desk: Desk, turn: Turn, today: date) -> dict[str, Any]:
    """Return what the middle column holds: the list in its parts, or what comes for each child, and when."""
    if not desk.timetable or desk.sought:
        return {"groups": list(_groups(catalog, desk, turn, today)), "lines": None}
    return {"groups": (), "days": days_ahead(today), **lines_of(catalog, desk.shown, today)}


def _groups(catalog: Catalog, desk: Desk, turn: Turn, today: date) -> Iterable[Group]:
    """Yield the list in its parts: what was sought, all programs by department, or what fits."""
    told = desk.shown
    if desk.sought:
        found = search(catalog, desk.sought, told.answers, told.as_of or today)
        yield Group(f"「{desk.sought}」に近い制度", _cards(catalog, told, found, today))
    elif desk.only_chosen and desk.chosen:
        ranked = {r.assessment.program.id: r for r in search(catalog, "", told.answers, told.as_of or today)}
        yield Group("紙にのせる制度", _cards(catalog, told, [ranked[i] for i in desk.chosen if i in ranked], today))
    elif desk.by_department:
        every = search(catalog, "", told.answers, told.as_of or today)
        yield from _by_department(catalog, _cards(catalog, told, every, today))
    else:
        if desk.supposed is None:       # what is supposed shows what it changes, not all that fits
            yield Group("", _cards(catalog, told, turn.programs, today))
        if desk.unlikely:
            yield Group("対象外の見込み", _cards(catalog, told, turn.unlikely, today))


def _cards(catalog: Catalog, told: Told, ranked: Iterable[Any], today: date) -> list[cards.Card]:
    """Return programs ready for the page; one that residents cannot apply for has no standing."""
    return [cards.card(r, catalog, told.answers, today) if r.assessment.program.for_residents
            else cards.about(r.assessment.program, catalog, today) for r in ranked]


def _by_department(catalog: Catalog, every: Sequence[cards.Card]) -> Iterable[Group]:
    standings = ("likely", "check", "unlikely", "")
    doors: dict[tuple[str, str], list[cards.Card]] = {}
    for one in every:
        doors.setdefault((one.offices[0].name, one.offices[0].place), []).append(one)
    first = {group[0].offices[0]: group for group in doors.values()}
    for office in in_walking_order(first, catalog.municipality):
        rows = sorted(first[office], key=lambda c: (standings.index(c.standing), c.id))
        name = office.name if office.known else f"担当課の記載なし（聞く所：{office.name}）"
        yield Group(name, rows, office, stop(office, catalog.municipality))


def _count(turn: Turn, standing: str) -> int:
    return sum(r.assessment.standing == standing for r in turn.programs)


# --- もし〜なら ------------------------------------------------------------------------------------

def _changes(catalog: Catalog, desk: Desk, then: Turn, today: date) -> dict[str, Any] | None:
    """Return what is supposed in words of the list: what comes, what goes and why, what changes its standing.

    Beside the timetable a day ahead is supposed enough.
    """
    ahead = desk.timetable and desk.told.as_of is not None and desk.told.as_of > today
    if desk.supposed is None and not ahead:
        return None
    before = desk.told if desk.supposed else replace(desk.told, as_of=None)
    told = difference(turn_of(before, catalog, today), then)
    return {"appears": _cards(catalog, desk.shown, told.appears, today), "goes": _cards(catalog, desk.shown, told.goes, today),
            "changes": list(zip(_cards(catalog, before, [now for now, _ in told.changes], today),
                                _cards(catalog, desk.shown, [then for _, then in told.changes], today), strict=True))}


def _differing(catalog: Catalog, desk: Desk) -> list[str]:
    """Return in words what is supposed and was not told; what was told and is not supposed counts too."""
    if desk.supposed is None:
        return []
    told, supposed = desk.told.answers, desk.supposed.answers
    new = forms.new_chips(catalog, told, supposed)
    gone = forms.new_chips(catalog, supposed, told) if not new else []
    return [*new, *(f"「{text}」でない" for text in gone)]


# --- the open program -----------------------------------------------------------------------------

def _opened(catalog: Catalog, desk: Desk, today: date) -> dict[str, Any] | None:
    """Return the program on the right: its card, the other ways to qualify, its rule's own cases."""
    program = catalog.program(desk.opened)
    if program is None:
        return None
    told = desk.shown
    mine = next(r for r in search(catalog, "", told.answers, told.as_of or today) if r.assessment.program is program)
    [card] = _cards(catalog, told, [mine], today)
    if program.for_residents:
        [card] = cards.with_dates([card], cards.near_dates([mine], told.answers, told.as_of or today), told.as_of or today)
    return {"program": program, "card": card, "other_ways": cards.other_ways(mine),
            "places": [(one, stop(one, catalog.municipality)) for one in card.offices],
            "cases": [(case, [c.text for c in forms.chips(catalog, read_answers(case.answers, case.today))],
                       cards.STANDING_WORDS[case.expect]) for case in program.cases],
            "alone": [r.text.ja for r in program.alternatives[0].requirements]}
