"""A file of programs as tables: a workbook or CSV, or the registry's JSON."""

from __future__ import annotations

from pathlib import Path

from finder.layouts.registry import registry_rows
from finder.layouts.values import BadCell
from finder.sheets.reading import LARGEST, BadSheet, Sheet, read_sheets


def read_tables(name: str, content: bytes, code: str) -> list[Sheet]:
    """Return the tables of a file, of a registry only the records of the municipality with that code; raises BadSheet."""
    if Path(name).suffix.lower() != ".json" or len(content) > LARGEST:
        return read_sheets(name, content)
    try:
        return [Sheet("", tuple(tuple(row) for row in registry_rows(content, code)))]
    except BadCell as error:
        raise BadSheet(f"{name}: {error}") from None
