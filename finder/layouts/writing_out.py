"""A municipality's programs as a table in a layout: the headings, then one row a program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from finder.building import NATION
from finder.layouts.columns import About, Layout
from finder.layouts.own import OWN
from finder.layouts.registry import REGISTRY
from finder.layouts.standard import GIF, RECOMMENDED, TOKYO

LAYOUTS = {layout.id: layout for layout in (OWN, GIF, RECOMMENDED, TOKYO, REGISTRY)}
Raw = Mapping[str, Any]


def about(raw: Raw, folder: str, today: date, file: str = "") -> About:
    """Return what the columns need to know of a municipality."""
    own = raw["municipalities"][folder]
    national = raw["municipalities"].get(NATION, {"programs": {}})["programs"]
    return About(folder, own["municipality"], tuple(own["departments"]), raw["needs"], today, file, tuple(national))


def table(raw: Raw, folder: str, layout: Layout, today: date) -> list[list[str]]:
    """Return all programs of a municipality as rows under the layout's headings."""
    known = about(raw, folder, today)
    programs = raw["municipalities"][folder]["programs"]
    return [[c.name for c in layout.columns],
            *([c.read({**program, "id": program_id}, known) for c in layout.columns] for program_id, program in programs.items())]


