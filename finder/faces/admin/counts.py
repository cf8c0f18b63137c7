"""The counts, as plots with a table beside each, and as CSV; small numbers are withheld."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response as FlaskResponse, request
from werkzeug.wrappers import Response

from finder.faces.admin.page import Raw, admin, contents_here, folder_of, page
from finder.plots import Plot, by_day, plot
from finder.reports import REASONS, report_of
from finder.serving import settings_here, today_here
from finder.sheets import csv_bytes
from finder.staff import store_here
from finder.store import Count, count_rows, totals
from finder.store.counts import WORDS

DAYS = (7, 30, 90, 365)
FACES = {"resident": "住民のページ", "kiosk": "キオスク", "counter": "窓口", "api": "API"}
MOST = 30               # programs or questions in one table


@dataclass(frozen=True, slots=True)
class Kind:
    """What was counted, in words: a plot by day, a table by face, and one by program, question or word."""

    words: str
    plot: Plot | None
    faces: tuple[tuple[str, int | None], ...]
    days: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, int | None], ...]


@admin.get("/<municipality>/counts")
def counts(municipality: str) -> Response:
    """Show what was used how often."""
    asked = request.args.get("days", "30")
    days = int(asked) if asked.isdecimal() and int(asked) in DAYS else 30
    today = today_here()
    since = today - timedelta(days=days - 1)
    with store_here() as store:
        _, raw = contents_here(store)
        own = raw["municipalities"][folder_of(raw, municipality)]
        found = totals(store, since, today, municipality)
    if request.args.get("as") == "csv":
        return FlaskResponse(csv_bytes(count_rows(found)), content_type="text/csv; charset=utf-8", headers={
            "Content-Disposition": f'attachment; filename="counts_{municipality}_{today.isoformat()}.csv"'})
    kinds = [_kind(what, [c for c in found if c.what == what], raw, own, since, today) for what in WORDS]
    return page("counts.html", municipality=municipality, days=days, choices=DAYS, kinds=[k for k in kinds if k.rows],
                place=own["municipality"]["name"]["ja"], on=settings_here().counts)


def _kind(what: str, found: list[Count], raw: Raw, own: Raw, since: Any, today: Any) -> Kind:
    names = {i: p["name"] for i, p in own["programs"].items()} | {q["id"]: q["text"]["ja"] for q in raw["questions"]}
    if what == "reported":
        names = {report_of(i, r): f"{name}：{words}" for i, name in names.items() for r, words in REASONS.items()}
    days = by_day((c.day, c.number or 0) for c in found if c.day)
    return Kind(WORDS[what], plot(days, since, today) if days else None,
                _sums((FACES.get(c.face, c.face), c.number) for c in found if c.day),
                tuple((f"{day.year}年{day.month}月{day.day}日", number) for day, number in sorted(days.items()) if number),
                _sums((names.get(c.of, c.of) or "—", c.number) for c in found)[:MOST])


def _sums(found: Iterable[tuple[str, int | None]]) -> tuple[tuple[str, int | None], ...]:
    """Add up by name, the largest first; None where every number was withheld."""
    sums: dict[str, int | None] = {}
    for name, number in found:
        sums[name] = sums.get(name) if number is None else (sums.get(name) or 0) + number
    return tuple(sorted(sums.items(), key=lambda pair: (-(pair[1] or 0), pair[0])))
