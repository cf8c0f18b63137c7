"""The ways between the pages, as a page names forty of them: each is built once."""

from __future__ import annotations

from typing import Any

from flask import Flask, request, url_for

from finder.static_addresses import mark_of

MOST_KEPT = 20_000
# Of data/, static/ and the templates themselves: ways with anything else in them are built anew.
NAMES = frozenset(("municipality", "program_id", "question_id", "filename", "v", "in", "back", "_anchor"))

_KEPT: dict[tuple[Any, ...], str] = {}


def set_up(app: Flask) -> None:
    """Give the pages this `url_for`."""
    app.jinja_env.globals["url_for"] = way_to


def way_to(endpoint: str, **values: Any) -> str:
    """Return the way to a page, or of a file, whose address changes with what it holds."""
    if endpoint == "static":
        values["v"] = mark_of(values["filename"]) or None
    if not NAMES.issuperset(values):
        return url_for(endpoint, **values)
    key = (request.root_path, endpoint, *values.items())
    way = _KEPT.get(key)
    if way is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        way = _KEPT[key] = url_for(endpoint, **values)
    return way
