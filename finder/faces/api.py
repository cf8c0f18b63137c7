"""The JSON API, version 1: the contract over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from finder import exchange
from finder.answers import BadAnswer
from finder.catalog import Catalog
from finder.openapi import description
from finder.serving import count, municipalities_here, served, today_here

api = Blueprint("api", __name__, url_prefix="/api/v1")
LARGEST_BODY = 128 * 1024


class Refused(Exception):
    """A request that gets an error of the contract's shape."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        super().__init__(code)
        self.status, self.body = status, {"error": {"code": code, "message": message, "field": field}}


def _too_large() -> Refused:
    return Refused(413, "too_large", "送られた内容が大きすぎます。文は短くしてください。")


def _catalog(municipality: str) -> Catalog:
    catalog = served(municipality)
    if catalog is None:
        known = "、".join(municipalities_here())
        raise Refused(404, "unknown_municipality", f"この自治体はありません。使える id: {known}")
    return catalog


def _body() -> Any:
    if (request.content_length or 0) > LARGEST_BODY:
        raise _too_large()
    if request.mimetype != "application/json":
        raise Refused(415, "not_json", "Content-Type: application/json で送ってください。")
    sent = request.get_data(cache=False)
    if len(sent) > LARGEST_BODY:        # in chunks, which tell no length
        raise _too_large()
    return exchange.read_request(sent)


def _answer(work: Callable[[], dict[str, Any]]) -> Response:
    try:
        response = jsonify(work())
    except BadAnswer as wrong:
        raise Refused(400, wrong.code, wrong.message, wrong.field or None) from None
    response.headers["Cache-Control"] = "no-store"
    return response


@api.get("/municipalities")
def municipalities() -> Response:
    """List the municipalities."""
    return jsonify([exchange.municipality(m) for m in municipalities_here().values()])


@api.get("/municipalities/<municipality>/programs")
def programs(municipality: str) -> Response:
    """List all programs of a municipality."""
    catalog = _catalog(municipality)
    return jsonify([exchange.program(p, catalog) for p in catalog.programs])


@api.get("/municipalities/<municipality>/programs/<program_id>")
def program(municipality: str, program_id: str) -> Response:
    """Show one program, whole."""
    catalog = _catalog(municipality)
    found = catalog.program(program_id)
    if found is None:
        raise Refused(404, "unknown_program", "この制度はありません。")
    return jsonify(exchange.program(found, catalog))


@api.get("/municipalities/<municipality>/departments")
def departments(municipality: str) -> Response:
    """List the offices of a municipality."""
    return jsonify([exchange.department(d) for d in _catalog(municipality).departments.values()])


@api.post("/municipalities/<municipality>/turn")
def turn(municipality: str) -> Response:
    """Take one turn."""
    catalog = _catalog(municipality)
    return _answer(lambda: _counted(municipality, exchange.turn(catalog, _body(), today_here())))


def _counted(municipality: str, turn: dict[str, Any]) -> dict[str, Any]:
    count("shown" if turn["programs"] else "empty", municipality, [p["id"] for p in turn["programs"]] or [""])
    return turn


@api.post("/understand")
def understand() -> Response:
    """Say what a sentence gives."""
    catalog = _catalog(next(iter(municipalities_here())))
    return _answer(lambda: exchange.understanding(catalog, _body(), today_here()))


@api.get("/openapi.json")
def openapi() -> Response:
    """Describe this API."""
    return jsonify(description())


@api.errorhandler(Refused)
def refused(error: Refused) -> tuple[Response, int]:
    """Answer in the contract's error shape."""
    return jsonify(error.body), error.status


HTTP_MESSAGES = {404: ("not_found", "この場所はありません。"), 405: ("method_not_allowed", "この方法では使えません。"),
                 413: ("too_large", "送られた内容が大きすぎます。"), 415: ("not_json", "JSON で送ってください。"),
                 429: ("too_many", "少し待ってから、もう一度送ってください。")}


NOT_TAKEN = ("bad_request", "受け取れませんでした。")
OUR_FAULT = ("server_error", "うまくいきませんでした。もう一度お試しください。")


def http_error(error: HTTPException) -> tuple[Response, int]:
    """Answer any other HTTP error under /api in the contract's shape."""
    status = error.code or 500
    code, message = HTTP_MESSAGES.get(status, OUR_FAULT if status >= 500 else NOT_TAKEN)
    response = jsonify({"error": {"code": code, "message": message, "field": None}})
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response, status
