"""A part of a page that is the same for everyone, made once: `{% call once("name", what, it, shows) %}…{% endcall %}`.

Most of a list is what programs are called and say of themselves.  Everything that such a part
shows stands in its call, so that nothing of a visitor's can be kept or shown to another; the
language and the place of the application are added here (tests/test_once.py reads the templates).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from flask import Flask, g, request
from markupsafe import Markup

from finder.speaking import language_here

MOST_KEPT = 20_000        # parts, of about a kilobyte

_KEPT: dict[tuple[Hashable, ...], Markup] = {}


def set_up(app: Flask) -> None:
    """Give the pages `once`."""
    app.jinja_env.globals["once"] = once


def once(*shows: Hashable, caller: Callable[[], Markup]) -> Markup:
    """Return the part as it was made for the same values before, or make it."""
    here = g.get("here")
    if here is None:
        here = g.here = (language_here().id, request.root_path)
    key = (here, *shows)
    part = _KEPT.get(key)
    if part is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        part = _KEPT[key] = caller()
    return part
