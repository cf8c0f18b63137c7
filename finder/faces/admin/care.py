"""The start page: what needs care today, and what is being worked on."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from werkzeug.wrappers import Response

from finder.care import KINDS, care_of
from finder.faces.admin.page import admin, contents_here, folder_of, municipalities_here, page
from finder.links import links_of
from finder.serving import today_here
from finder.staff import store_here
from finder.store import earlier_parts, link_answers, reports_since, totals
from finder.store.drafts import drafts

EDITIONS = 30               # versions back in which a translation may have fallen behind
WORDS_OF = 30               # days of words that found nothing
REPORTS_OF = 90             # days in which somebody reported that something is wrong


@admin.get("/")
def start() -> Response:
    """Choose the municipality."""
    return page("start.html", municipalities=municipalities_here())


@admin.get("/<municipality>/")
def care(municipality: str) -> Response:
    """Say what needs care in a municipality."""
    today = today_here()
    with store_here() as store:
        _, raw = contents_here(store)
        folder = folder_of(raw, municipality)
        failed = {url for url, a in link_answers(store).items() if a.status == "gone"}
        gone = {link.url: link.places for link in links_of(raw, folder) if link.url in failed}
        earlier = [part["programs"] for part in earlier_parts(store, folder, EDITIONS)]
        working = drafts(store, folder)
        words = [c for c in totals(store, today - timedelta(days=WORDS_OF), today, municipality) if c.what == "word"]
        reports = reports_since(store, today - timedelta(days=REPORTS_OF), municipality, folder)
    found = care_of(raw, folder, today, gone, earlier, reports)
    groups = [(kind, KINDS[kind], list(rows)) for kind, rows in groupby(found, key=lambda c: c.kind)]
    own = raw["municipalities"][folder]
    return page("care.html", municipality=municipality, place=own["municipality"]["name"]["ja"], groups=groups, drafts=working,
                words=words, programs=own["programs"])
