"""The language of a request, and whether with furigana: chosen by the visitor, kept in a cookie, spoken from data/translations/.

The catalogs are .po files, compiled in memory when a language is first spoken: what a
translator corrects is what is shown, with no step between (docs/decisions/0009-languages.md).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

from babel.support import NullTranslations
from flask import Flask, current_app, g, redirect, request, url_for
from flask_babel import Babel, Domain
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError
from werkzeug.wrappers import Response

from finder.catalog import Texts
from finder.languages import LANGUAGES, Language, language_for
from finder.messages import translations
from finder.requirement_words import requirement_words
from finder.visit import FURIGANA_COOKIE, LANGUAGE_COOKIE

# what `?lang=` and `?furigana=` may choose, and the cookie that keeps it
_CHOICES = {"lang": (LANGUAGE_COOKIE, tuple(LANGUAGES)), "furigana": (FURIGANA_COOKIE, ("on", "off"))}

# Pages that are the same for everyone; each has an address of its own in each language.
PUBLIC = ("resident.programs", "resident.program", "resident.need", "resident.department", "resident.contacts")


class _Spoken(Domain):  # type: ignore[misc]
    def get_translations(self) -> NullTranslations:
        return translations(language_here().id)


class _Babel(Babel):  # type: ignore[misc]
    domain_instance = _Spoken()


def set_up(app: Flask) -> None:
    """Give the pages `_()`, the language of the request, and the switch between languages."""
    _Babel(app, default_locale="ja", default_timezone="Asia/Tokyo",
           locale_selector=lambda: language_here().folder or "ja")
    app.before_request(_choose)
    app.after_request(_keep)
    app.context_processor(lambda: {"language": language_here(), "language_links": _links, "furigana": furigana_here(),
                                   "furigana_link": _furigana_link})
    app.jinja_env.globals.update(_=_said, words=words, lang_of=lang_of, lang=lang, other_languages=_others,
                                 requirement_words=lambda one: requirement_words(one, language_here()))


@cache
def spoken(language_id: str) -> Language:
    """Return a language with its catalog."""
    return replace(LANGUAGES[language_id], translate=lambda text: translations(language_id).ugettext(text))


def language_here() -> Language:
    """Return the language of this request: as chosen, or as the browser asks, or Japanese."""
    found: Language | None = g.get("language")
    if found is None:
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        if chosen not in LANGUAGES:
            chosen = language_for(tag for tag, quality in request.accept_languages if quality > 0)
        found = g.language = spoken(chosen)
    return found


def furigana_here() -> bool:
    """Tell whether this request's page is in Japanese, and readings are wanted over its kanji."""
    if "furigana" not in g:
        g.furigana = request.cookies.get(FURIGANA_COOKIE) == "on"
    return bool(g.furigana) and language_here().tag == "ja"


def _choose() -> Response | None:
    """Keep what `?lang=` or `?furigana=` names, and go to the same page without it.

    The way back is built from the page's own route, so it never leads to another host.  Pages that
    are the same for everyone have an address in each language, for search engines: they stay there.
    """
    if (request.method != "GET" or not _CHOICES.keys() & request.args.keys() or request.url_rule is None
            or request.path.startswith("/api/")):
        return None
    if request.endpoint in PUBLIC and request.args.get("lang") in LANGUAGES and "furigana" not in request.args:
        g.language = spoken(request.args["lang"])
        return None
    rest = [(k, v) for k, v in request.args.items(multi=True) if k not in _CHOICES]
    here = url_for(str(request.endpoint), **(request.view_args or {}))
    response = redirect(f"{here}?{urlencode(rest)}" if rest else here, code=303)
    response.headers["Cache-Control"] = "no-store"
    for name, (cookie, values) in _CHOICES.items():
        if request.args.get(name) in values:
            response.set_cookie(cookie, request.args[name], httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _keep(response: Response) -> Response:
    """Keep the language of a page's own address for the pages after it, unless it is kept already."""
    if request.method == "GET" and request.endpoint in PUBLIC and (chosen := request.args.get("lang")) in LANGUAGES \
            and request.cookies.get(LANGUAGE_COOKIE) != chosen:
        response.set_cookie(LANGUAGE_COOKIE, str(chosen), httponly=True, samesite="Lax", secure=request.is_secure)
        response.headers["Cache-Control"] = response.headers.get("Cache-Control", "").replace("public", "private")
    return response


def _links() -> list[tuple[Language, str]]:
    """Return every language with the address of this page in it."""
    here = _here()
    return [(one, f"{here}lang={one.id}") for one in LANGUAGES.values()]


def _furigana_link() -> str:
    """Return the address of this page with readings over its kanji, or without where it has them."""
    return f"{_here()}furigana={'off' if furigana_here() else 'on'}"


def _here() -> str:
    """Return the address of this page, ready for a choice; of the first page, where this one only answers a form."""
    if "here_with" not in g:
        way, rest = _way_here()
        g.here_with = f"{way}?{urlencode(rest)}&" if rest else f"{way}?"
    return str(g.here_with)


def _way_here() -> tuple[str, list[tuple[str, str]]]:
    """Return the way of this page and what else its address says, without the choices."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, values = adapter.match(request.path, method="GET") if adapter else ("", {})
        return url_for(endpoint, **values), [(k, v) for k, v in request.args.items(multi=True) if k not in _CHOICES]
    except (HTTPException, BuildError):
        municipality = (request.view_args or {}).get("municipality")
        return url_for("resident.start", municipality=municipality) if municipality else url_for("resident.home"), []


# --- on pages ------------------------------------------------------------------------------------

def _said(text: str, **values: Any) -> Markup:
    """Return a message in the language of the request; what is put into it is escaped."""
    return _in(language_here().id, text) % values if values else _plain(language_here().id, text)


@cache
def _in(language_id: str, text: str) -> Markup:
    return Markup(translations(language_id).ugettext(text))      # noqa: S704  messages are ours, and may carry tags


@cache
def _plain(language_id: str, text: str) -> Markup:
    return _in(language_id, text) % {}


def _others(texts: Texts) -> list[Language]:
    """Return the languages, other than the page's, in which a text of data/ exists."""
    return [one for one in LANGUAGES.values() if one.id != texts.written_in(language_here().id) and texts.written_in(one.id) == one.id]


def words(texts: Texts) -> str:
    """Return a text of data/ in the language of the request."""
    return texts.in_language(language_here().id)


def lang_of(texts: Texts) -> Any:
    """Return the `lang` attribute for a text of data/, where it is not in the language of the page."""
    return lang(texts.written_in(language_here().id))


def lang(language_id: str) -> Any:
    """Return a `lang` attribute, where a part of a page is in another language than the page."""
    tag = LANGUAGES[language_id].tag
    return Markup("") if tag == language_here().tag else Markup(' lang="{}"').format(tag)
