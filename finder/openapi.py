"""The OpenAPI description of the API, made from the same vocabulary that the rooms use."""

from __future__ import annotations

from typing import Any, get_args

from finder.answers import FACTS, MOST_AGE, MOST_CHILDREN, NEEDS
from finder.births import GRADES
from finder.catalog import KINDS
from finder.exchange import LONGEST_SAID, MOST_PROGRAMS
from finder.schema import Danger

TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
NEED = {"enum": list(NEEDS)}
DANGER = {"enum": list(get_args(Danger))}
TERNARY: dict[str, Any] = {"enum": [True, False, "unknown"]}
DATE = {"type": "string", "format": "date"}
DAY = {**DATE, "pattern": "^(19[5-9]|20[0-9]|21[0-4]|2150)"}      # 1950 to 2150
SAID = {"type": "string", "maxLength": LONGEST_SAID}
MONTH = {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$"}


def _object(properties: dict[str, Any], required: list[str] | None = None, more: bool = True) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required or [],
            "additionalProperties": more}


def _list(items: Any, **limits: int) -> dict[str, Any]:
    return {"type": "array", "items": items, **limits}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """In a request, null is the same as saying nothing."""
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> dict[str, Any]:
    person: dict[str, Any] = {
        "birth_date": DATE, "birth_month": MONTH,
        "birth_year": {"type": "integer", "minimum": 1900, "maximum": 2200},
        "age_years": {"type": "integer", "minimum": 0, "maximum": MOST_AGE},
        "age_months": {"type": "integer", "minimum": 0, "maximum": 240},
        "grade": {"enum": list(GRADES)}, "disability": TERNARY,
        "born": _list(DATE, minItems=2, maxItems=2),
    }
    settles = {**MAYBE, "description": "The question that settles an open one; null when only the counter can, or it was asked and left open."}
    finding = _object({"requirement": TEXT, "result": {"enum": ["met", "unmet", "open"]}, "text": TEXT, "settled_by": settles},
                      ["requirement", "result", "text", "settled_by"])
    named = dict.fromkeys(("phone", "place", "hours", "url", "source", "checked_on"), MAYBE)
    office = _object({"id": MAYBE, "name": TEXT, **named}, ["id", "name", *named])
    source = _object({"document": TEXT, "section": MAYBE, "program": MAYBE, "quote": TEXT},
                     ["document", "section", "program", "quote"])
    hotline = _object({"name": TEXT, "phone": TEXT, "hours": TEXT, "url": MAYBE}, ["name", "phone", "hours", "url"])
    ranked = _object({
        "id": TEXT, "name": TEXT, "standing": {"enum": ["likely", "check", "unlikely"]},
        "children": _list({"type": "integer"}), "findings": _list(_ref("Finding")),
        "confirm": _list(TEXT), "departments": _list(_ref("Department")), "source": _ref("Source"),
        "availability": _ref("Availability"), "score": {"type": "number"}},
        ["id", "name", "standing", "children", "findings", "confirm", "departments", "source", "availability", "score"])
    asked = _object({
        "id": TEXT, "text": TEXT, "why": TEXT, "settles": {"type": "integer"},
        "choices": _list(_object({"label": TEXT, "programs": {"type": ["integer", "null"]}}, ["value", "label", "programs"]))},
        ["id", "text", "why", "settles", "choices"])
    program = {"id": TEXT, "name": TEXT, "kind": {"enum": list(KINDS)}, "needs": _list(NEED), "for_residents": {"type": "boolean"},
               "departments": _list(_ref("Department")), "text": _object({"ja": TEXT, "easy": TEXT, "en": TEXT}), "source": _ref("Source"),
               "eligible": _list(_list(_object({"requirement": TEXT, "text": _object({})}, ["requirement", "text"]))),
               "confirm": _list(_object({})), "facts": _list(_object({"kind": TEXT, "text": _object({}), "source": TEXT, "date": MAYBE})),
               "availability": _ref("Availability")}
    availability = {"begins": {**DATE, "type": ["string", "null"]}, "ends": {**DATE, "type": ["string", "null"]},
                    "paused": {"type": "boolean"}, "note": {"type": ["object", "null"]}}
    answers: dict[str, Any] = {
        "children": {"anyOf": [_list(_ref("Person"), maxItems=MOST_CHILDREN), {"enum": ["unknown", None]}]},
        **dict.fromkeys(FACTS, _or_null(TERNARY)),
        "self": {"anyOf": [_ref("Person"), {"enum": ["unknown", None]}]},
        "needs": _or_null(_list(NEED, maxItems=60)),
        "asked": _or_null(_list(TEXT, maxItems=60)), "child_birth": {"enum": ["unknown", None]},
    }
    return {
        "Person": _object({name: _or_null(said) for name, said in person.items()}, more=False), "Answers": _object(answers, more=False),
        "Finding": finding, "Department": office, "Source": source, "Hotline": hotline,
        "Availability": _object(availability, list(availability)), "RankedProgram": ranked, "Question": asked,
        "Program": _object(program, list(program)),
        "Municipality": _object({"id": TEXT, "code": TEXT, "name": TEXT}, ["id", "code", "name"]),
        "TurnRequest": _object({
            "as_of": _or_null(DAY), "answers": {"anyOf": [_ref("Answers"), {"type": "null"}]}, "said": _or_null(SAID),
            "limit": _or_null({"type": "integer", "minimum": 0, "maximum": MOST_PROGRAMS}),
            "include": _or_null(_list({"enum": ["unlikely"]}))}, more=False),
        "TurnResponse": _object({
            "answers": _object({}), "understood": _list(_object({"text": TEXT, "gave": TEXT}, ["text", "gave"])),
            "danger": {"anyOf": [{"type": "null"}, _object(
                {"kind": DANGER, "hotlines": _list(_ref("Hotline"))}, ["kind", "hotlines"])]},
            "out_of_scope": {"type": "boolean"}, "programs": _list(_ref("RankedProgram")),
            "next_question": {"anyOf": [{"type": "null"}, _ref("Question")]}},
            ["answers", "understood", "danger", "out_of_scope", "programs", "next_question"]),
        "UnderstandRequest": _object({"said": _or_null(SAID), "as_of": _or_null(DAY)}, more=False),
        "UnderstandResponse": _object({
            "answers": _object({}), "needs": _list(NEED), "danger": _or_null(DANGER), "out_of_scope": {"type": "boolean"},
            "spans": _list(_object({"text": TEXT, "gave": TEXT}, ["text", "gave"]))},
            ["answers", "needs", "danger", "out_of_scope", "spans"]),
        "Error": _object({"error": _object({"code": TEXT, "message": TEXT, "field": MAYBE},
                                           ["code", "message", "field"])}, ["error"]),
    }


def _answer(schema: Any, *errors: int) -> dict[str, Any]:
    def content(s: Any) -> dict[str, Any]:
        return {"application/json": {"schema": s}}
    wrong = {400: "Asked wrongly", 404: "Not there", 413: "Too large", 415: "Not JSON", 429: "Too often: Retry-After says when"}
    return {"200": {"description": "OK", "content": content(schema)},
            **{str(e): {"description": wrong[e], "content": content(_ref("Error"))} for e in (*errors, 429)}}


def _get(name: str, schema: Any, parameters: list[str]) -> dict[str, Any]:
    return {"get": {"operationId": name, "parameters": [_parameter(p) for p in parameters],
                    "responses": _answer(schema, *([404] if parameters else []))}}


def _post(name: str, request: str, response: str, parameters: list[str]) -> dict[str, Any]:
    errors = [400, 413, 415, *([404] if parameters else [])]
    return {"post": {"operationId": name, "parameters": [_parameter(p) for p in parameters],
                     "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(request)}}},
                     "responses": _answer(_ref(response), *errors)}}


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": TEXT}


def description() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description."""
    city = "/api/v1/municipalities"
    return {
        "openapi": "3.1.0",
        "info": {"title": "支援ファインダー API", "version": "1",
                 "description": "The same answers give the same list here as on every page. Nothing sent is kept."},
        "paths": {
            city: _get("municipalities", _list(_ref("Municipality")), []),
            city + "/{id}/programs": _get("programs", _list(_ref("Program")), ["id"]),
            city + "/{id}/programs/{program_id}": _get("program", _ref("Program"), ["id", "program_id"]),
            city + "/{id}/departments": _get("departments", _list(_ref("Department")), ["id"]),
            city + "/{id}/turn": _post("turn", "TurnRequest", "TurnResponse", ["id"]),
            "/api/v1/understand": _post("understand", "UnderstandRequest", "UnderstandResponse", []),
        },
        "components": {"schemas": _schemas()},
    }
