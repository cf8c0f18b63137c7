"""The counts, as plots and as CSV; small numbers are withheld."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from flask import Response as FlaskResponse, request
from werkzeug.wrappers import Response

from finder.faces.admin.page import admin, contents_here, folder_of, page, store_here
from finder.serving import today_here
from finder.sheets import csv_bytes
from finder.store import count_rows, totals
from finder.store.counts import WORDS

DAYS = (7, 30, 90, 365)


@admin.get("/<municipality>/counts")
def counts(municipality: str) -> Response:
    """Show what was used how often."""
    asked = request.args.get("days", "30")
    days = int(asked) if asked.isdecimal() and int(asked) in DAYS else 30
    today = today_here()
    with store_here() as store:
        _, raw = contents_here(store)
        own = raw["municipalities"][folder_of(raw, municipality)]
        found = totals(store, today - timedelta(days=days - 1), today, municipality)
    if request.args.get("as") == "csv":
        return FlaskResponse(csv_bytes(count_rows(found)), content_type="text/csv; charset=utf-8", headers={
            "Content-Disposition": f'attachment; filename="counts_{municipality}_{today.isoformat()}.csv"'})
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in found:
        sums[one.what][own["programs"].get(one.of, {}).get("name", one.of)] += one.number or 0
    plots = [(WORDS[what], max(of.values()) or 1, sorted(of.items(), key=lambda p: -p[1])[:30]) for what, of in sums.items()]
    return page("counts.html", municipality=municipality, days=days, choices=DAYS, plots=plots, place=own["municipality"]["name"]["ja"])
