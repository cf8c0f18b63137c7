"""A part of a page that is the same for everyone, made once: `{% call once("name", what, it, shows) %}…{% endcall %}`.

Most of a list is what programs are called and say of themselves.  Everything that such a part
shows stands in its call, so that nothing of a visitor's can be kept or shown to another; the
language and the place of the application are added here (tests/test_once.py reads the templates).
A long list names the fields that its parts show, and its parts see nothing else:
`{% call(it) once_each(them, ["id", "title"], ["for_whom"], "name") %}…{{ it.title }}…{% endcall %}`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from flask import Flask, g, request
from markupsafe import Markup, escape

from finder.speaking import language_here

MOST_KEPT = 20_000        # parts, of about a kilobyte

_HOLE = Markup("\ue000")   # where what is told is put in: a character that no text has

_KEPT: dict[tuple[Hashable, ...], Markup] = {}
_IN_PIECES: dict[tuple[Hashable, ...], list[str]] = {}


def set_up(app: Flask) -> None:
    """Give the pages `once` and `once_each`."""
    app.jinja_env.globals.update(once=once, once_each=once_each)


def once(*shows: Hashable, caller: Callable[[], Markup]) -> Markup:
    """Return the part as it was made for the same values before, or make it."""
    key = (_here(), *shows)
    part = _KEPT.get(key)
    if part is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        part = _KEPT[key] = caller()
    return part


def once_each(them: Iterable[Any], of: Sequence[str], told: Sequence[str], *shows: Hashable, caller: Callable[[Any], str]) -> Markup:
    """Return a part for each one of a list, as it was made for the same values of its fields `of` before, or make it.

    Its fields `told` are the visitor's: they are put in each time, where the part has them, once and in this order.
    """
    here, filled = _here(), list[str]()
    for one in them:
        shown, own = [getattr(one, name) for name in of], [getattr(one, name) for name in told]
        key = (here, *shows, *shown, *map(bool, own))
        pieces = _IN_PIECES.get(key)
        if pieces is None:
            if len(_IN_PIECES) >= MOST_KEPT:
                _IN_PIECES.clear()
            holes = [_HOLE if word else "" for word in own]
            seen = SimpleNamespace(**dict(zip((*of, *told), (*shown, *holes), strict=True)))
            pieces = _IN_PIECES[key] = str(caller(seen)).split(_HOLE)
        filled.append(pieces[0])
        for word, piece in zip(filter(None, own), pieces[1:], strict=True):
            filled += (escape(word), piece)
    return Markup("".join(filled))      # noqa: S704  parts of our own templates, and between them what was escaped


def _here() -> tuple[str, str]:
    here: tuple[str, str] | None = g.get("here")
    if here is None:
        here = g.here = (language_here().id, request.root_path)
    return here
