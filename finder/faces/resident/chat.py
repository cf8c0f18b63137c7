"""The talk: what the visitor said and what came of it, message by message; the newest reply with the list's first programs."""

from __future__ import annotations

from flask import Response

from finder import forms, offices
from finder.faces.resident.page import cards_of, coming_of, near_dates, page, resident, state_of, turn_of, visit_of
from finder.serving import catalog_of, count, today_here
from finder.speaking import language_here

FIRST = 3                 # programs shown in the talk; all of them on the list
FIRST_NEEDS = 8           # needs offered as a reply; all of them on their own page


@resident.get("/<municipality>/chat")
def chat(municipality: str) -> Response:
    """Show the talk so far, and what comes next."""
    catalog, visit, language = catalog_of(municipality), visit_of(municipality), language_here()
    turn = turn_of(catalog, visit)
    near = near_dates(visit, (*turn.programs[:FIRST], *turn.unlikely))
    if visit.talk:
        count("shown" if turn.programs else "empty", municipality, [r.assessment.program.id for r in turn.programs[:FIRST]] or [""])
    return page(
        "chat.html", catalog, **state_of(catalog, visit, turn),
        asked_before={q: forms.question_text(catalog, q, language) for q in {said.question for said in visit.talk}},
        coming=coming_of(catalog, visit, turn, near), first=cards_of(catalog, visit, turn.programs[:FIRST], near), longest=forms.LONGEST_SAID,
        needs=() if visit.answers.settled("needs") else list(catalog.needs.items())[:FIRST_NEEDS],
        offices=offices.ask_anyway(catalog.municipality, today_here(),
                                   language.say("市のほかのことは、ここで聞けます。"), language))
