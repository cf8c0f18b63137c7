"""The JSON contract, version 1: requests read, answers written; the same for HTTP and command line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn

from finder.answers import NOTHING_SAID, BadAnswer, read_answers, write_answers
from finder.catalog import Availability, Catalog, Department, Hotline, Municipality, Program, Requirement, Texts
from finder.dialogue import hotlines_for, take_turn
from finder.eligibility import RESULT, Finding
from finder.interview import Asked
from finder.ranking import Ranked
from finder.understanding import understand

LONGEST_SAID = 10_000     # characters; only the first 2,000 are read
MOST_PROGRAMS = 1_000
_REQUEST = ("as_of", "answers", "said", "limit", "include")


# --- requests ----------------------------------------------------------------------------------

def read_request(sent: bytes) -> Any:
    """Return the JSON that was sent; raises BadAnswer for what is none, NaN and Infinity among it."""
    try:
        return json.loads(sent.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadAnswer("bad_json", "JSON として読めません。", "") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def turn(catalog: Catalog, request: Any, today: date) -> dict[str, Any]:
    """Answer one turn request; raises BadAnswer for what was asked wrongly."""
    _object(request, _REQUEST)
    day = _day(request, today)
    answers = read_answers(request["answers"], day) if request.get("answers") is not None else NOTHING_SAID
    said = _said(request.get("said"))
    limit = _limit(request.get("limit"))
    include = _include(request.get("include"))
    done = take_turn(catalog, answers, said, day)
    shown = [*done.programs, *(done.unlikely if "unlikely" in include else ())]
    told = len(done.answers.children or ())
    return {
        "answers": write_answers(done.answers),
        "understood": [{"text": text, "gave": gave} for text, gave in done.understood],
        "danger": {"kind": done.danger, "hotlines": [hotline(h) for h in done.hotlines]} if done.danger else None,
        "out_of_scope": done.out_of_scope,
        "programs": [ranked_program(r, catalog, told) for r in shown[:limit]],
        "near_misses": [ranked_program(r, catalog, told) for r in done.near_misses],
        "word_matches": [ranked_program(r, catalog, told) for r in done.word_matches],
        "ask": ask_anyway(catalog.municipality),
        "next_question": question(done.next_question) if done.next_question else None,
        "as_of": day.isoformat(),
    }


def understanding(catalog: Catalog, request: Any, today: date) -> dict[str, Any]:
    """Answer what a sentence gives; raises BadAnswer."""
    _object(request, ("said", "as_of"))
    found = understand(_said(request.get("said")), _day(request, today), catalog.signs)
    answers = write_answers(found.answers)
    needs = answers.pop("needs", [])
    return {"answers": answers, "needs": needs, "danger": found.danger,
            "out_of_scope": found.out_of_scope,
            "hotlines": [hotline(h) for h in hotlines_for(catalog, found.danger)] if found.danger else [],
            "spans": [{"text": text, "gave": gave} for text, gave in found.spans]}


def _object(request: Any, known: tuple[str, ...]) -> None:
    if not isinstance(request, Mapping):
        raise BadAnswer("not_an_object", "{ … } の形の JSON を送ってください。", "")
    for key in request:
        if key not in known:
            raise BadAnswer("unknown_field", f"この項目はありません。使える項目: {', '.join(known)}", "")


def _day(request: Mapping[str, Any], today: date) -> date:
    return today if request.get("as_of") is None else read_day(request["as_of"])


def read_day(value: Any) -> date:
    """Return the day that `as_of` names, which is between 1950 and 2150; raises BadAnswer."""
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):      # fromisoformat also reads weeks: 2026-W40-1
            raise ValueError
        day = date.fromisoformat(value)
    except ValueError:
        raise BadAnswer("bad_date", "日付は 2026-11-22 の形で送ってください。", "as_of") from None
    if not 1950 <= day.year <= 2150:
        raise BadAnswer("bad_date", "1950年から2150年までの日付を送ってください。", "as_of")
    return day


def _said(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadAnswer("not_a_string", "said は文字列で送ってください。", "said")
    if len(value) > LONGEST_SAID:
        raise BadAnswer("too_long", f"文は{LONGEST_SAID}文字までにしてください。", "said")
    return value


def _limit(value: Any) -> int:
    if value is None:
        return MOST_PROGRAMS
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PROGRAMS:
        raise BadAnswer("bad_limit", f"limit は 0 から {MOST_PROGRAMS} までの整数で送ってください。", "limit")
    return value


def _include(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(v == "unlikely" for v in value):
        raise BadAnswer("bad_include", 'include に書けるのは "unlikely" です。', "include")
    return tuple(value)


# --- answers -------------------------------------------------------------------------------------

def texts(words: Texts) -> dict[str, str]:
    """Return the texts that there are, by language."""
    return {k: v for k, v in (("ja", words.ja), ("easy", words.easy), ("en", words.en)) if v}


def ranked_program(ranked: Ranked, catalog: Catalog, told: int) -> dict[str, Any]:
    """Return one program of a turn; `children` are places among the `told` children of the answers."""
    assessment = ranked.assessment
    p = assessment.program
    return {
        **catalog.once(("ranked", p.id), lambda: _always(p, catalog)),
        "standing": assessment.standing, "children": [i for i in assessment.children if i < told],
        "findings": [finding(f) for f in assessment.findings],
        "alternatives": [[finding(f) for f in other] for other in assessment.others],
        "score": ranked.score,
    }


def _always(p: Program, catalog: Catalog) -> dict[str, Any]:
    """Return what a turn says of a program to everyone, in its order; what the household makes of it is still empty."""
    return {
        "id": p.id, "name": p.name, "title": texts(p.title), "kind": p.kind, "needs": list(p.needs),
        "text": texts(p.text), "standing": "", "children": [], "findings": [], "alternatives": [],
        "confirm": [c.ja for c in p.confirm],
        "departments": departments_of(p, catalog),
        "source": source(p), "availability": _availability(p.availability),
    }


def finding(found: Finding) -> dict[str, Any]:
    """Return one requirement and what became of it."""
    return {"requirement": requirement_id(found.requirement), "result": RESULT[found.result],
            "text": found.requirement.text.ja, "settled_by": found.settled_by}


def requirement_id(requirement: Requirement) -> str:
    """Return what a requirement asks of: a fact's name, child, self or confirm."""
    return requirement.fact or requirement.kind


def departments_of(p: Program, catalog: Catalog) -> list[dict[str, Any]]:
    """Return the offices that a program names or is known to belong to; unknown stays empty."""
    out = []
    for place, name in enumerate(p.departments):
        office = department(catalog.departments[name])
        if place == 0:
            for key in ("phone", "place", "hours"):
                office[key] = getattr(p.contact, key) or office[key]
        out.append({**office, "confidence": p.contact.confidence})
    if not out and p.contact.phone:
        out.append({"id": None, "name": p.named_contacts[0] if p.named_contacts else p.name,
                    "phone": p.contact.phone, "place": p.contact.place or None,
                    "hours": p.contact.hours or None, "url": None, "source": p.contact.source,
                    "checked_on": p.contact.found_on, "confidence": p.contact.confidence})
    return out


def department(office: Department) -> dict[str, Any]:
    """Return an office; what is not known is null."""
    return {"id": office.id, "name": office.name, "division": office.division or None,
            "phone": office.phone or None, "extension": office.extension or None,
            "place": office.place or None, "hours": office.hours or None, "url": office.url or None,
            "source": office.source or None, "checked_on": office.checked_on or None,
            "status": office.status or None, "topics": office.topics, "note": office.note or None}


def source(p: Program) -> dict[str, Any]:
    """Return where a program stands in its plan."""
    s = p.source
    return {"document": s.document, "section": "、".join(s.sections) or None, "program": s.program,
            "quote": s.quote, "lines": list(s.lines), "url": s.url or None, "status": s.status,
            "checked_on": s.checked_on.isoformat() if s.checked_on else None}


def program(p: Program, catalog: Catalog) -> dict[str, Any]:
    """Return a program as it stands in the catalog, with its requirements."""
    return {
        "id": p.id, "name": p.name, "title": texts(p.title), "kind": p.kind, "needs": list(p.needs),
        "for_residents": p.for_residents, "departments": departments_of(p, catalog),
        "named_contacts": list(p.named_contacts), "text": texts(p.text), "source": source(p),
        "eligible": [[_requirement(r) for r in a.requirements] for a in p.alternatives if a.requirements],
        "confirm": [texts(c) for c in p.confirm],
        "facts": [{"kind": f.kind, "text": texts(f.text), "source": f.source,
                   "date": f.found_on or None, "status": f.status} for f in p.facts],
        "contact": {"confidence": p.contact.confidence, "source": p.contact.source or None,
                    "date": p.contact.found_on or None},
        "extends": p.extends or None, "availability": _availability(p.availability),
    }


def _availability(a: Availability) -> dict[str, Any]:
    return {"begins": a.begins.isoformat() if a.begins else None, "ends": a.ends.isoformat() if a.ends else None,
            "paused": a.paused, "note": texts(a.note) if a.note else None}


def _requirement(r: Requirement) -> dict[str, Any]:
    out: dict[str, Any] = {"requirement": requirement_id(r), "text": texts(r.text)}
    if r.kind in ("child", "self"):
        ages = {"from": r.ages.start, "until": r.ages.until, "under": r.ages.under, "at": list(r.ages.at)}
        out |= {k: v for k, v in ages.items() if v}
        if r.disability:
            out["disability"] = True
    if r.kind == "fact":
        out["value"] = "usually" if r.usual else r.wanted
    return out


def municipality(m: Municipality) -> dict[str, Any]:
    """Return a municipality: names, code, main number, plan."""
    return {"id": m.id, "code": m.code, "name": m.name.ja, "names": texts(m.name),
            "prefecture": m.prefecture, "plan": {"title": m.plan_title, "period": m.plan_period or None},
            "phone": m.main_phone or None, "place": m.main_place or None, "ask": ask_anyway(m)}


def ask_anyway(m: Municipality) -> list[dict[str, Any]]:
    """Return where to ask when no office is known: the plan's contact and the main number."""
    found = [(m.ask_name, m.ask_phone, m.ask_place, m.ask_source, m.ask_checked_on),
             (f"{m.name.ja}役所（代表）", m.main_phone if m.main_phone != m.ask_phone else "", m.main_place, m.main_source, m.main_checked_on)]
    return [{"name": name, "phone": phone, "place": place or None, "source": source or None,
             "checked_on": checked_on or None} for name, phone, place, source, checked_on in found if phone]


def hotline(h: Hotline) -> dict[str, Any]:
    """Return an urgent place to call."""
    return {"id": h.id, "name": h.name, "phone": h.phone, "hours": h.hours, "cost": h.cost or None,
            "url": h.url or None, "text": texts(h.texts), "source": h.source, "checked_on": h.checked_on}


def question(asked: Asked) -> dict[str, Any]:
    """Return a question with the number of programs that each choice leaves possible."""
    q = asked.question
    out = {"id": q.id, "text": q.text.ja, "texts": texts(q.text), "why": q.why.ja, "sensitive": q.sensitive,
           "settles": asked.settles, "can_wait": asked.can_wait,
           "choices": [{"value": c.value, "label": c.label.ja, "labels": texts(c.label), "programs": n}
                       for c, n in asked.choices if c.sets]}
    if asked.child is not None:
        out["child"] = asked.child
    return out
