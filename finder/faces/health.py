"""For machines that watch over this one: is it alive, can it serve, how much does it do."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, jsonify, request

from finder.serving import settings_here
from finder.store import Library, is_readable
from finder.virus_scan import scanner_answers
from finder.watching import totals

health = Blueprint("health", __name__)
FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded")


@health.after_request
def not_kept(response: Response) -> Response:
    """Nobody between us keeps what was true a moment ago."""
    response.headers["Cache-Control"] = "no-store"
    return response


@health.get("/healthz")
def alive() -> Response:
    """Tell that this process answers."""
    return jsonify({"alive": True})


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    """Tell whether there is a catalog and the store can be read; 503 when not.

    A catalog that is in memory is served on without the store; but what is not yet in memory could not be.
    Without the virus scanner residents are served as ever, and staff's files are refused: that is told, and no 503.
    """
    library: Library = current_app.extensions["library"]
    readable = is_readable(settings_here().store)
    told = {"ready": readable and bool(library.municipalities), "store": "readable" if readable else "unreadable",
            "municipalities": len(library.municipalities), "version": library.version}
    if scanner := settings_here().virus_scan:
        told["virus_scan"] = "answers" if scanner_answers(scanner) else "silent"
    return jsonify(told), 200 if told["ready"] else 503


@health.get("/metrics")
def metrics() -> Response:
    """Give Prometheus the totals, where the settings open them."""
    settings = settings_here()
    if settings.metrics != "network" and not (settings.metrics == "loopback" and _from_this_machine()):
        abort(404)
    body, kind = totals()
    return Response(body, content_type=kind)


def _from_this_machine() -> bool:
    """Tell whether a program on this machine asks, and not a relay on it for somebody else."""
    before_relays = request.environ.get("werkzeug.proxy_fix.orig", request.environ)["REMOTE_ADDR"]
    return before_relays in ("127.0.0.1", "::1") and not any(name in request.headers for name in FORWARDED)
