"""A municipality's own look, as files of their own: the style sheet of its colour, and its logo; their names change with them."""

from __future__ import annotations

import hashlib

from flask import Response, abort, make_response, url_for

from finder.catalog import Municipality
from finder.faces.resident.page import resident
from finder.look import TYPES, logo_bytes, stylesheet
from finder.serving import catalog_of

# Opened by itself, a logo is a page of this host: it gets no script, no form, nothing from elsewhere.
_PICTURE_ALONE = "default-src 'none'; sandbox"


@resident.app_template_global()
def colour_address(place: Municipality) -> str:
    """Return where a municipality's style sheet is, or "" when it has no colour of its own."""
    if not place.look.color:
        return ""
    return url_for("resident.colour", municipality=place.id, mark=_mark(stylesheet(place.look.color).encode()))


@resident.app_template_global()
def logo_address(place: Municipality) -> str:
    """Return where a municipality's logo is, or ""."""
    look = place.look
    if not look.logo:
        return ""
    return url_for("resident.logo", municipality=place.id, mark=_mark(logo_bytes(look.logo, look.file)), kind=look.logo[-3:])


@resident.get("/<municipality>/look-<mark>.css")
def colour(municipality: str, mark: str) -> Response:
    """Give the style sheet of the municipality's colour."""
    look = catalog_of(municipality).municipality.look
    content = stylesheet(look.color).encode() if look.color else b""
    return _file(content, mark, "text/css; charset=utf-8")


@resident.get("/<municipality>/logo-<mark>.<kind>")
def logo(municipality: str, mark: str, kind: str) -> Response:
    """Give the municipality's logo."""
    look = catalog_of(municipality).municipality.look
    content = logo_bytes(look.logo, look.file) if look.logo.endswith(f".{kind}") else b""
    response = _file(content, mark, TYPES.get(kind, ""))
    response.headers["Content-Security-Policy"] = _PICTURE_ALONE
    return response


def _file(content: bytes, mark: str, kind: str) -> Response:
    if not content or mark != _mark(content):
        abort(404)
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
