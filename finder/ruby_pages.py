"""Furigana on the pages: where a visitor switched them on, the finished page gets readings over its kanji.

The page asks for it, in base.html (`data-furigana`), so that the pages of staff, which do not, stay
as they are.  Compression comes after (app.py).
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from flask import Flask, Response, current_app, request

from finder.catalog import Catalog
from finder.furigana import ruby
from finder.messages import words_of
from finder.ruby import fixed_texts, reader, with_readings
from finder.speaking import furigana_here, language_here
from finder.store import Library

_ASKS = b'<html lang="ja" data-furigana'

# The fixed texts of a catalog and language, as they were read; gone with the version of the catalog.
_KEPT: WeakKeyDictionary[Catalog, dict[str, dict[str, str | None]]] = WeakKeyDictionary()


def set_up(app: Flask) -> None:
    """Lay readings over the pages that ask for them."""
    app.jinja_env.globals["ruby"] = ruby
    app.after_request(_with_readings)


def _with_readings(response: Response) -> Response:
    if not (furigana_here() and response.mimetype == "text/html" and not response.is_streamed and _ASKS in response.get_data()[:100]):
        return response
    library: Library = current_app.extensions["library"]
    municipality = (request.view_args or {}).get("municipality", "")
    catalog = library.catalog(municipality) or library.catalog(next(iter(library.municipalities)))
    if catalog is not None:
        read = reader(catalog.readings, _kept(catalog))
        response.set_data(with_readings(response.get_data(as_text=True), read))
    return response


def _kept(catalog: Catalog) -> dict[str, str | None]:
    """Return what is kept of a catalog's fixed texts in the language of the request."""
    language = language_here().id
    by_language = _KEPT.setdefault(catalog, {})
    if language not in by_language:
        by_language[language] = fixed_texts(catalog, words_of(language))
    return by_language[language]
