"""Tokyo's registry of child-rearing programs (JSON): its records as rows of a table, and programs as its records.

The keys are those that public readers of 130001_kosodateshienseido_tokyo.json use; its code lists are
not published, so codes are neither written nor read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from finder.layouts.columns import About, Column, Layout, Raw, at, entries, one_line, put, text
from finder.layouts.standard import conditions_in_words, contact, empty, fact_of_kind, first_office, program_number, updated
from finder.layouts.values import BadCell, narrow

BOUNDS = {"greaterThanOrEqualTo": "from", "lessThan": "under", "lessThanOrEqualTo": "until"}
NAME = "institutionName.canonicalName"


def area_code(code: str) -> str:
    """Return a municipality's code with its check digit: 13210 is 132101 (全国地方公共団体コード)."""
    if len(code) != 5 or not code.isdecimal():
        return code
    total = sum(int(digit) * weight for digit, weight in zip(code, range(6, 1, -1), strict=True))
    return code + str((11 - total % 11) % 10)


def _age(limit: str) -> dict[str, int] | None:
    """「1歳6か月」 as the registry says it; None for what is no age (学年, 年度末)."""
    match = re.fullmatch(r"(?:(\d+)歳)?(?:(\d+)か月)?", limit)
    if not limit or not match:
        return None
    return {"targetAge": int(match[1] or 0), "targetAgeOfMonths": int(match[2] or 0)}


def _child(program: Raw) -> Raw:
    """The ages of the only child condition: several alternatives have no one bound."""
    alternatives = at(program, "eligible") or []
    return alternatives[0].get("child") or {} if len(alternatives) == 1 else {}


def _bound(key: str, ours: str) -> Column:
    def read(program: Raw, about: About) -> str:
        found = _age(_child(program).get(ours, ""))
        return json.dumps(found) if found else ""

    def write(program: Raw, cell: str, about: About) -> Raw:
        try:
            said = json.loads(cell)
            years, months = int(said.get("targetAge") or 0), int(said.get("targetAgeOfMonths") or 0)
        except (ValueError, TypeError, AttributeError):
            raise BadCell(f"年齢「{cell}」が読めません。{{\"targetAge\": 3, \"targetAgeOfMonths\": 0}} の形で書いてください") from None
        if not years and not months:
            return program
        limit = (f"{years}歳" if years else "") + (f"{months}か月" if months else "")
        alternatives = at(program, "eligible") or [{}]
        if len(alternatives) > 1:
            raise BadCell("対象要件がいくつもある制度の年齢は、ここからは変えられません")
        child = {**(alternatives[0].get("child") or {}), ours: limit}
        return put(program, "eligible", [{**alternatives[0], "child": child}])
    return Column(f"target.{key}", read, write)


def _only(name: str, read: Any) -> Column:
    return Column(name, read)


REGISTRY = Layout("registry", "東京都 子育て支援制度レジストリ", (
    one_line(NAME, "name", "タイトル（制度名）"), one_line("institutionName.shortName", "title.ja"), text("summary", "text.ja"),
    _only("target.targetPersons", conditions_in_words),
    _only("target.conditions", lambda p, about: "\n".join(c["text"] for c in at(p, "confirm") or ())),
    *(_bound(key, ours) for key, ours in BOUNDS.items()), empty("target.greaterThan"), empty("support.description"),
    fact_of_kind("support.monetarySupport", "amount"), empty("cost"),
    _only("area.areaCode", lambda p, about: f"{area_code(about.municipality.get('code', ''))};{about.municipality['name']['ja']}"),
    fact_of_kind("procedureMethod", "apply"), fact_of_kind("procedurePeriod", "deadline"), fact_of_kind("belongings", "bring"),
    one_line("relatedLink", "source.url"), updated("updateDate"), _only("contactName", first_office("name")),
    _only("contactPhone", first_office("phone")), _only("contactEx", first_office("extension")),
    _only("contactUrl", first_office("url")), _only("contactAddress", first_office("place")), contact("contactComment"),
    _only("basicInformation.psid", lambda p, about: ""), _only("basicInformation.number", program_number),
    entries("tag.keywords", "keywords"),
))
_NESTED = tuple(f"target.{key}" for key in (*BOUNDS, "greaterThan"))


def registry_json(rows: Iterable[Sequence[str]]) -> str:
    """Return a table with the registry's headings as its JSON: one record a row."""
    headings, *rest = rows
    records = []
    for row in rest:
        record: dict[str, Any] = {}
        for heading, cell in zip(headings, row, strict=True):
            *way, last = heading.split(".")
            inside = record
            for step in way:
                inside = inside.setdefault(step, {})
            inside[last] = (json.loads(cell) if cell else None) if heading in _NESTED else cell
        records.append(record)
    return json.dumps(records, ensure_ascii=False, indent=1)


def registry_rows(content: bytes, area: str = "") -> list[list[str]]:
    """Return the registry's JSON as a table, of one area (by its code) where one is named; raises BadCell."""
    try:
        records = json.loads(content.decode("utf-8-sig"))
        if isinstance(records, Mapping):
            records = next(v for v in records.values() if isinstance(v, list))
        if not all(isinstance(r, Mapping) for r in records):
            raise ValueError
    except (ValueError, TypeError, StopIteration, RecursionError):
        raise BadCell("JSON の制度の並び（[{…}, {…}]）として読めません。途中で切れていないか見てください") from None
    headings = [c.name for c in REGISTRY.columns]
    chosen = [r for r in records if not area or narrow(str(at(r, "area.areaCode") or "")).startswith(area)]
    return [headings, *([_cell(at(r, h)) for h in headings] for r in chosen)]


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
