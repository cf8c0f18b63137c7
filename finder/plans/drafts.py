"""A plan's programs as a table in our own layout, to be read by people: what is sure in its column, what is not beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from finder.layouts.columns import About
from finder.layouts.own import KINDS, OWN
from finder.layouts.taking_in import READ, RESTS_ON, STANDS, UNSURE
from finder.plans import Drafted, Plan
from finder.plans.guesses import Guess
from finder.requirement_rows import write_row

NOT_YET = "いいえ"
NAMES = {"kind": "種類", "needs": "困りごと", "eligible": "対象要件"}
EVERYBODY = "対象要件が空です。このままだと、だれでも対象になります"
NOT_FOR_RESIDENTS = "住民が使うものではないようです。「住民向け」を決めてください"
_LEFT_OUT = ("制度id", "制度名")


def office_id(name: str) -> str:
    """Return the id of an office that is known by its name only."""
    return "d-" + hashlib.sha256(name.encode()).hexdigest()[:8]


def offices(plan: Plan) -> list[dict[str, str]]:
    """Return the offices that a plan names, in its order."""
    names = dict.fromkeys(name for drafted in plan.programs for name in drafted.listed.departments)
    return [{"id": office_id(name), "name": name, "source": "計画", "status": "plan"} for name in names]


def draft_table(plan: Plan, document: str, needs: Mapping[str, Any]) -> list[list[str]]:
    """Return the draft: our own columns, and before them whether it was read, what to mind, and what each guess rests on."""
    return _table(plan.programs, plan, document, needs)


def named_table(plan: Plan, document: str, needs: Mapping[str, Any]) -> list[list[str]]:
    """Return the same for the programs that the plan's texts only name."""
    return _table(plan.named, plan, document, needs)


def _table(programs: Iterable[Drafted], plan: Plan, document: str, needs: Mapping[str, Any]) -> list[list[str]]:
    known = About("", {}, tuple(offices(plan)), needs, today=None)  # type: ignore[arg-type]  # no column reads the day
    columns = [c for c in OWN.columns if c.name not in _LEFT_OUT]
    rows = [[READ, "制度名", UNSURE, RESTS_ON, STANDS, *(c.name for c in columns)]]
    for drafted in programs:
        program = draft(drafted, document)
        rows.append([NOT_YET, drafted.listed.name, "\n".join(doubts(drafted, needs)), "\n".join(grounds(drafted, needs)),
                     "、".join(dict.fromkeys(r.place for r in drafted.listed.rows)), *(c.read(program, known) for c in columns)])
    return rows


def draft(drafted: Drafted, document: str) -> dict[str, Any]:
    """Return a program as far as its plan tells it for sure; what is missing the check will say."""
    listed, sure = drafted.listed, [g for g in drafted.guesses if g.sure]
    program: dict[str, Any] = {"name": listed.name}
    if kind := next((g.value for g in sure if g.field == "kind"), ""):
        program["kind"] = kind
        if kind != "institutional":
            program["for_residents"] = True
    for field, values in (("needs", [g.value for g in sure if g.field == "needs"]),
                          ("eligible", [g.value for g in sure if g.field == "eligible"]),
                          ("departments", [office_id(n) for n in listed.departments] if listed.offices_sure else [])):
        if values:
            program[field] = values
    source = {"document": document, "sections": list(listed.sections), "lines": list(listed.lines),
              **({"program": listed.own.inside} if listed.own.inside else {}), "quote": listed.own.quote,
              "variants": [{"line": line, "quote": quote} for line, quote in listed.variants]}
    return {**program, "source": source, **({"contact": {"confidence": "plan"}} if program.get("departments") else {})}


def doubts(drafted: Drafted, needs: Mapping[str, Any]) -> list[str]:
    """Return what a reader should mind: the doubts of the row, the guesses that are not sure, what stays empty."""
    found = list(drafted.listed.doubts)
    if not drafted.listed.offices_sure and drafted.listed.departments:
        found.append("担当課の案: " + "、".join(drafted.listed.departments))
    found += [f"{NAMES[g.field]}の案: {_value(g, needs)}（計画の「{g.words}」から）。{g.doubt}" for g in drafted.guesses if not g.sure]
    found += [f"{NAMES[g.field]}: {g.note}" for g in drafted.guesses if g.sure and g.note]
    sure = {g.field: g.value for g in drafted.guesses if g.sure}
    guessed = {g.field for g in drafted.guesses}
    found += [f"{NAMES[field]}が分かりません。選んでください" for field in ("kind", "needs") if field not in guessed]
    if sure.get("kind") == "institutional":
        found.append(NOT_FOR_RESIDENTS)
    elif "eligible" not in sure:
        found.append(EVERYBODY)
    return list(dict.fromkeys(found))


def grounds(drafted: Drafted, needs: Mapping[str, Any]) -> list[str]:
    """Return what each sure guess rests on, in the plan's own words."""
    return [f"{NAMES[g.field]} {_value(g, needs)} ←「{g.words}」" for g in drafted.guesses if g.sure]


def _value(guess: Guess, needs: Mapping[str, Any]) -> str:
    if guess.field == "kind":
        return KINDS[guess.value]
    return str(needs.get(guess.value, {}).get("ja", guess.value)) if guess.field == "needs" else write_row(guess.value)


def unread_table(notes: Iterable[str]) -> list[list[str]]:
    """Return what was not understood as a table of its own."""
    return [["読めなかった所", "すること"], *([note, "計画を見て、制度があれば「下書き」に行を足してください"] for note in notes)]
