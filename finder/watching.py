"""What those who keep the service running may see: plain totals for Prometheus, and one line for each request.

Only what a request was for stands there: the pattern of its address (never what filled it, but for a
municipality's name), its face, its status, how long it took, the kind of error.  No address of a
visitor, no query, no word, no answer; neither in the totals nor in the lines, nor in what is logged
of a fault (docs/decisions/0016-watching.md).
"""

from __future__ import annotations

import logging
import os
import time
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, Response, g, request

from finder.settings import Settings
from finder.store import Library

log = logging.getLogger("finder.requests")
faults = logging.getLogger("finder.faults")
refusals = logging.getLogger("finder.refusals")
REFUSED = (403, 413, 429)      # not allowed or from elsewhere; too large; too often
QUIET = 60.0              # seconds in which one kind of refusal of one page is logged once, so that no flood fills the log
NOWHERE = "-"             # the pattern of an address that is not ours
SECONDS = (.002, .005, .01, .02, .05, .1, .2, .5, 1.0, 2.0, 5.0)


def set_up(app: Flask, settings: Settings, library: Library) -> None:
    """Count and log requests as the settings say; a fault is always logged by its kind and places alone."""
    app.log_exception = _log_fault  # type: ignore[method-assign]
    logged: dict[tuple[int, str], float] = {}
    app.after_request(lambda response: _log_refusal(response, logged))
    if not (settings.metrics or settings.log_lines):
        return

    def begin() -> None:
        g.begun = time.perf_counter()

    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("begun", time.perf_counter())
        told = _told(library)
        if settings.metrics:
            _count(told, response.status_code, seconds)
        if settings.log_lines:
            log.info("request", extra={"told": {**told, "status": response.status_code, "ms": round(seconds * 1000, 1)}})
        return response
    app.before_request(begin)
    app.after_request(end)


def _log_refusal(response: Response, logged: dict[tuple[int, str], float]) -> Response:
    """Log that something was tried that is not allowed: its status and the pattern of the page, never who or what."""
    if response.status_code in REFUSED:
        refused = response.status_code, request.url_rule.rule if request.url_rule else NOWHERE
        if (now := time.monotonic()) - logged.get(refused, -QUIET) >= QUIET:
            logged[refused] = now
            refusals.warning("%s on %s", *refused, extra={"told": {"route": refused[1], "status": refused[0]}})
    return response


def _told(library: Library) -> dict[str, str]:
    rule = request.url_rule
    asked = (request.view_args or {}).get("municipality", "")
    return {"face": (request.blueprint or "") if rule else "", "method": request.method if rule else NOWHERE,
            "route": rule.rule if rule else NOWHERE, "municipality": asked if asked in library.municipalities else ""}


def _log_fault(exc_info: Any) -> None:
    """Log what went wrong: its kind and where in our files.  Its message may hold what somebody typed."""
    kind, _, trace = exc_info
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    rule = request.url_rule.rule if request.url_rule else NOWHERE
    faults.error("%s on %s: %s", kind.__name__, rule, " < ".join(places[:-8:-1]),
                 extra={"told": {"route": rule, "error": kind.__name__}})


def totals() -> tuple[bytes, str]:
    """Return all totals in Prometheus' own form, those of every worker when gunicorn gave them a folder."""
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess
    _measures()
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _count(told: dict[str, str], status: int, seconds: float) -> None:
    measures = _measures()
    measures.requests.labels(told["face"], told["method"], told["route"], status).inc()
    measures.seconds.labels(told["face"], told["route"]).observe(seconds)
    if told["municipality"]:
        measures.municipalities.labels(told["municipality"]).inc()


@cache
def _measures() -> SimpleNamespace:
    from prometheus_client import Counter, Histogram  # only a deployment that is watched needs it
    return SimpleNamespace(
        requests=Counter("finder_requests", "Requests answered", ("face", "method", "route", "status")),
        seconds=Histogram("finder_request_seconds", "Seconds from a request to its response", ("face", "route"), buckets=SECONDS),
        municipalities=Counter("finder_municipality_requests", "Requests for a municipality", ("municipality",)))
