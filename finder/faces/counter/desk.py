"""What lies on the desk during one visitor's time: their answers, what is opened, what goes on the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Request
from werkzeug.wrappers import Response

from finder.answers import NOTHING_SAID, Answers
from finder.languages import LANGUAGES
from finder.sealing import Seal
from finder.visit import LARGEST, Visit, opened, sealed, visit_from, written

COOKIE = "counter"
MOST_CHOSEN = 40          # programs on one sheet
LONGEST_LINE, LONGEST_SOUGHT = 800, 200        # characters of a typed field: twenty people in every form; words


@dataclass(frozen=True, slots=True)
class Told:
    """What the left column holds: the answers, the lines of people as they were typed, the day looked at (None: today)."""

    answers: Answers = NOTHING_SAID
    children: str = ""
    myself: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """One visitor's time at the counter; `supposed` is 「もし〜なら」, beside what was told.

    `on_paper` names the answers (as `forms.Chip.what`) that staff chose to print.
    """

    municipality: str
    told: Told = Told()
    supposed: Told | None = None
    opened: str = ""
    chosen: tuple[str, ...] = ()
    on_paper: tuple[str, ...] = ()
    unlikely: bool = False
    by_department: bool = False
    timetable: bool = False
    sought: str = ""
    language: str = "ja"
    readings: bool = False    # over the kanji of the sheet
    only_chosen: bool = False
    arrived: str = ""         # what was read from a visitor's phone by the last press, in words

    @property
    def shown(self) -> Told:
        """Return what the list is made from: what is supposed, or else what was told."""
        return self.supposed or self.told

    def with_shown(self, shown: Told) -> Desk:
        """Return the desk with other answers in the left column."""
        return replace(self, supposed=shown) if self.supposed else replace(self, told=shown)


def read_desk(request: Request, seal: Seal, municipality: str, today: date, lifetime: int) -> Desk:
    """Return the desk that the browser carries; an old, foreign or tampered one is an empty one."""
    kept = opened(request.cookies.get(COOKIE, ""), seal, lifetime)
    empty = Desk(municipality)
    try:
        more = kept["c"]
        told = _told(kept, kept["a"], more["told"], municipality, today)
        supposed = _told(kept, more["if"][0], more["if"][1], municipality, today) if more["if"] else None
        if told is None or (more["if"] and supposed is None):
            return empty
        return Desk(municipality, told, supposed, more["open"], tuple(more["chosen"]), tuple(more["paper"]), more["unlikely"],
                    more["by"], more["when"], more["sought"], more["lang"] if more["lang"] in LANGUAGES else "ja", more["read"],
                    more["only"], more["arrived"])
    except (KeyError, TypeError, ValueError):
        return empty


def _told(kept: Mapping[str, Any], answers: Any, lines: Any, municipality: str, today: date) -> Told | None:
    visit = visit_from({**kept, "a": answers}, municipality, today)
    children, myself, day = lines
    return Told(visit.answers, children, myself, date.fromisoformat(day) if day else None) if visit else None


def keep_desk(response: Response, desk: Desk, seal: Seal, secure: bool, path: str, lifetime: int) -> None:
    """Put the desk into a cookie of the counter alone: the shape of a visit's, and what lies beside the answers.

    Should it be too large for a cookie, the sheet loses its last programs.
    """
    token = sealed(_written(desk), seal)
    while len(token) > LARGEST and desk.chosen:
        desk = replace(desk, chosen=desk.chosen[:-1])
        token = sealed(_written(desk), seal)
    response.set_cookie(COOKIE, token, max_age=lifetime, path=path, httponly=True, samesite="Strict", secure=secure)


def _written(desk: Desk) -> dict[str, Any]:
    kept = written(Visit(desk.municipality, desk.told.answers))
    supposed = None
    if desk.supposed:
        supposed = [written(Visit(desk.municipality, desk.supposed.answers))["a"], _lines(desk.supposed)]
    return {**kept, "c": {"told": _lines(desk.told), "if": supposed, "open": desk.opened, "chosen": desk.chosen,
                          "paper": desk.on_paper, "unlikely": desk.unlikely, "by": desk.by_department, "when": desk.timetable,
                          "sought": desk.sought, "lang": desk.language, "read": desk.readings, "only": desk.only_chosen,
                          "arrived": desk.arrived}}


def _lines(told: Told) -> list[str]:
    return [told.children, told.myself, told.as_of.isoformat() if told.as_of else ""]
