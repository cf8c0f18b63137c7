"""What this deployment serves: its catalogs, its settings, its day; for every face alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from flask import abort, current_app, request, url_for

from finder.catalog import Catalog, Municipality
from finder.settings import Settings
from finder.store import Counts, Library, countable_words
from finder.visit import KIOSK_COOKIE
from finder.words import plain_nouns


def settings_here() -> Settings:
    """Return the settings of this deployment."""
    settings: Settings = current_app.extensions["settings"]
    return settings


def today_here() -> date:
    """Return today in Japan, or the fixed day of a deployment."""
    return now_here().date()


def now_here() -> datetime:
    """Return the time in Japan, without its zone; of a fixed day the hour that was fixed with it."""
    now: datetime = current_app.extensions["now"]()
    return now


def only_here() -> str:
    """Return the one municipality of this deployment, or "" when it serves all of them."""
    return settings_here().municipality


def municipalities_here() -> dict[str, Municipality]:
    """Return the municipalities that this deployment serves, by id."""
    return {k: m for k, m in _library().municipalities.items() if only_here() in ("", k)}


def served(municipality: str) -> Catalog | None:
    """Return a municipality's catalog, if this deployment serves it."""
    return _library().catalog(municipality) if only_here() in ("", municipality) else None


def catalog_of(municipality: str) -> Catalog:
    """Return a municipality's catalog; a page that is not there when this deployment does not serve it."""
    catalog = served(municipality)
    if catalog is None:
        abort(404)
    return catalog


def counter_reads_codes() -> bool:
    """Tell whether a counter reads what visitors bring on their phones: one of ours, or one that runs elsewhere."""
    return settings_here().counter != ""


def count(what: str, municipality: str, of: Iterable[str] = ("",)) -> None:
    """Count what happened on this face today: a plain total, nothing of who or what was typed."""
    counts: Counts = current_app.extensions["counts"]
    face = "kiosk" if request.blueprint == "resident" and KIOSK_COOKIE in request.cookies else request.blueprint or ""
    counts.add(today_here(), face, municipality, what, of)


def count_unfound(municipality: str, said: str) -> None:
    """Count the ordinary nouns of a sentence that found nothing; shown only when five different days had them."""
    count("word", municipality, countable_words(plain_nouns(said)))


def address_of(way: str) -> str:
    """Return a way on this site as others reach it."""
    return f"{settings_here().public_url or request.host_url.rstrip('/')}{way}"


def list_address(municipality: str, programs: Iterable[str], language: str = "ja") -> str:
    """Return where a visitor's phone finds わたしのリスト with these programs: ids stand behind the #, which no server sees."""
    way = url_for("resident.mylist", municipality=municipality, lang=language if language != "ja" else None)
    return f"{address_of(way)}#p={','.join(programs)}"


def _library() -> Library:
    library: Library = current_app.extensions["library"]
    return library
