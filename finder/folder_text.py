"""A catalog's contents -> the texts of the files of data/: what `files.read_folder` reads back the same."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from finder.look import logo_bytes
from finder.toml_text import toml_text

DEPARTMENT_COLUMNS = ("id", "name", "division", "aliases", "phone", "extension", "place", "hours",
                      "url", "source", "checked_on", "status", "topics", "note")
WORD_COLUMNS = ("said", "needs", "expands")
_WEIGHTS = {"weights": "danger_weights.csv", "need_weights": "need_weights.csv"}
READING_COLUMNS = ("word", "reading", "after", "before", "note")


def folder_texts(raw: Mapping[str, Any]) -> dict[str, str | bytes]:
    """Return every file's text, or a picture's bytes, by its path inside the folder."""
    signs = {key: value for key, value in raw["danger"].items() if key not in _WEIGHTS}
    files: dict[str, str | bytes] = {"needs.toml": toml_text(raw["needs"]), "danger.toml": toml_text(signs),
             "questions.toml": toml_text({"question": raw["questions"]}),
             "hotlines.toml": toml_text({"hotline": raw["hotlines"]}),
             "words.csv": _csv(WORD_COLUMNS, raw["words"]),
             "readings.csv": _csv(READING_COLUMNS, raw.get("readings", ()))}
    files.update({file: raw["danger"][key] for key, file in _WEIGHTS.items() if key in raw["danger"]})
    for folder in raw["municipalities"]:
        files.update(_municipality_texts(raw, folder))
    return files


def _municipality_texts(raw: Mapping[str, Any], folder: str) -> Iterator[tuple[str, str | bytes]]:
    content = raw["municipalities"][folder]
    about = content["municipality"]
    if (look := about.get("look") or {}).get("logo"):
        about = {**about, "look": {key: value for key, value in look.items() if key != "file"}}
        yield f"{folder}/{look['logo']}", logo_bytes(look["logo"], look["file"])
    yield f"{folder}/municipality.toml", toml_text(about)
    if content["departments"]:
        yield f"{folder}/departments.csv", _csv(DEPARTMENT_COLUMNS, content["departments"])
    if folder in raw.get("plans", {}):
        yield f"{folder}/plan.txt", raw["plans"][folder]
    for program_id, program in content["programs"].items():
        yield f"{folder}/programs/{program_id}.toml", program_text(program)


def program_text(program: Mapping[str, Any]) -> str:
    """Return a program's file."""
    return toml_text(with_dates(program))


def with_dates(program: Mapping[str, Any]) -> dict[str, Any]:
    """Return a program with its dates as dates: contents are kept as JSON, which has none.

    What is no date is let be, for the check to find.
    """
    dated = dict(program)
    for table, days in (("source", ("checked_on",)), ("availability", ("begins", "ends"))):
        if isinstance(found := program.get(table), Mapping):
            dated[table] = {k: _date(v) if k in days else v for k, v in found.items()}
    if isinstance(cases := program.get("case"), list):
        dated["case"] = [{k: _date(v) if k == "today" else v for k, v in case.items()} if isinstance(case, Mapping) else case
                         for case in cases]
    return dated


def _date(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


class _Lines(list[str]):
    """What csv writes into, kept in memory."""

    write = list.append


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    lines = _Lines()
    writer = csv.DictWriter(lines, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "".join(lines)
