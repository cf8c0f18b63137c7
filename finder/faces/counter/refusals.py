"""What staff at the counter read where something is refused, gone or broken: in their words, with the way back to the desk."""

from __future__ import annotations

from flask import g, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from finder.faces.counter.page import LIFETIMES, page
from finder.serving import served, settings_here
from finder.speaking import spoken
from finder.staff import as_refusal, refusal_words


def http_error(error: HTTPException) -> Response | None:
    """Say what happened; None at an address that is no counter's, or of a counter that is not open: residents' words say it."""
    municipality, face = [*request.path.split("/")[1:3], ""][:2]
    catalog = served(municipality) if face == "counter" and settings_here().counter in LIFETIMES else None
    if catalog is None:
        return None
    g.language, g.account = spoken("ja"), getattr(g, "account", None)
    return as_refusal(page("refused.html", catalog, error.code or 500, **refusal_words(error)), error)
