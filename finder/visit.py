"""What a visitor's browser carries from page to page: answers and the talk so far, in an encrypted, short-lived cookie."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Request
from werkzeug.wrappers import Response

from finder.answers import NOTHING_SAID, Answers, BadAnswer, read_answers, write_answers
from finder.sealing import Seal, close, open_sealed

COOKIE = "visit"
LANGUAGE_COOKIE = "language"     # the language of the pages; kept until the browser is closed or the visit ends
FURIGANA_COOKIE = "furigana"     # whether readings stand over kanji; kept as long as the language
KIOSK_COOKIE = "kiosk"           # the mark of one person's round on a kiosk
LIFETIME = 30 * 60        # seconds
MOST_WORDS = 600          # characters of one message, kept to be shown again and to order the list
LARGEST = 3800            # bytes: what every browser keeps in one cookie


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the visitor: what was typed, or pressed in answer to a question, and what came of it.

    `gave` is what was understood, in words; `programs` how many then fitted, None for what is
    not for us (`gave` then names a greeting): such words order nothing.  What was typed answers
    no `question`.
    """

    text: str
    question: str = ""
    gave: str = ""
    programs: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: the municipality, the answers, the talk so far, a danger seen."""

    municipality: str = ""
    answers: Answers = NOTHING_SAID
    talk: tuple[Said, ...] = ()
    danger: str | None = None

    @property
    def words(self) -> str:
        """What was typed: it orders the list."""
        return " ".join(s.text for s in self.talk if not s.question and s.programs is not None)

    def with_said(self, said: Said) -> Visit:
        """Return the visit with one more message; the same one sent twice is one."""
        said = replace(said, text=said.text[:MOST_WORDS])
        before = self.talk[:-1] if self.talk and self.talk[-1].text == said.text else self.talk
        return replace(self, talk=(*before, said))


def read_visit(request: Request, seal: Seal, municipality: str, today: date) -> Visit:
    """Return the visit that the browser carries; an old, foreign or tampered one is an empty one."""
    kept = opened(request.cookies.get(COOKIE, ""), seal)
    return visit_from(kept, municipality, today) or Visit(municipality)


def visit_from(kept: dict[str, Any], municipality: str, today: date) -> Visit | None:
    """Return the visit that a cookie's contents tell of; None for one of another municipality or shape."""
    try:
        if kept["m"] != municipality:
            return None
        return Visit(municipality, read_answers(kept["a"], today), tuple(Said(*said) for said in kept["t"]), kept["d"])
    except (BadAnswer, ValueError, KeyError, TypeError):
        return None


def opened(token: str, seal: Seal, lifetime: int = LIFETIME) -> dict[str, Any]:
    """Return what a cookie holds; nothing of one that is older than `lifetime` seconds, foreign or tampered with."""
    if not token or len(token) > LARGEST:
        return {}
    try:
        kept = json.loads(zlib.decompress(open_sealed(token, seal, lifetime) or b""))
    except (zlib.error, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def sealed(kept: dict[str, Any], seal: Seal) -> str:
    """Return a cookie's contents sealed, with the moment from which its time runs."""
    return close(zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()), seal)


def keep_visit(response: Response, visit: Visit, seal: Seal, secure: bool, lasting: bool = True) -> None:
    """Put the visit into the response's cookie; the oldest messages go first when it would be too large.

    One that is not `lasting` is gone with the browser, whose screen is not its owner's.
    """
    token = sealed(written(visit), seal)
    while len(token) > LARGEST and visit.talk:
        visit = replace(visit, talk=visit.talk[1:])
        token = sealed(written(visit), seal)
    response.set_cookie(COOKIE, token, max_age=LIFETIME if lasting else None, httponly=True, samesite="Lax", secure=secure)


def written(visit: Visit) -> dict[str, Any]:
    """Return a visit as a cookie holds it: ages as they were told, not the births they allow."""
    answers = write_answers(visit.answers)
    people = [c for c in (*(answers.get("children") or ()), answers.get("self")) if isinstance(c, dict)]
    for person in people:
        person.pop("born", None)
    talk = [(said.text, said.question, said.gave, said.programs) for said in visit.talk]
    return {"m": visit.municipality, "a": answers, "t": talk, "d": visit.danger}


def end_visit(response: Response) -> None:
    """Take the visit out of the browser, and the language with its furigana: the next person begins afresh."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    response.delete_cookie(LANGUAGE_COOKIE, httponly=True, samesite="Lax")
    response.delete_cookie(FURIGANA_COOKIE, httponly=True, samesite="Lax")
