"""支援ファインダー: create_app() reads the settings, opens the catalogs and registers the faces."""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, Response, request
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from werkzeug.exceptions import BadRequest, HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from finder import compression, json_answers, once, other_sites, rates, ruby_pages, speaking, static_addresses, watching, ways
from finder.dialogue import warm
from finder.faces import admin, api, counter, health, kiosk, open_data, resident
from finder.sealing import seal_for
from finder.settings import JAPAN, Settings, WrongSetting, read_settings
from finder.store import Counts, Library, open_library
from finder.tls_cookies import with_long_names

FEW = 8                   # municipalities that are ready at the start; more are each made when first asked for
HERE = ("127.0.0.1", "localhost")      # whoever watches over the service asks on this machine
SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                               "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
                               "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",      # of whatever does not say that it is the same for everyone
}


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application; raises WrongSetting or store.NoCatalog when it cannot serve."""
    settings = settings or read_settings()
    app = Flask(__name__)
    app.secret_key = settings.secret or None
    app.config.update(MAX_CONTENT_LENGTH=256 * 1024, SEND_FILE_MAX_AGE_DEFAULT=3600,
                      SESSION_COOKIE_NAME="told", SESSION_COOKIE_PATH="/admin", SESSION_COOKIE_SAMESITE="Strict",
                      TRUSTED_HOSTS=[*settings.hosts, *HERE] if settings.hosts else None)
    library = open_library(settings.store, settings.data, settings.versions, settings.kept)
    if settings.municipality and settings.municipality not in library.municipalities:
        raise WrongSetting(f"FINDER_MUNICIPALITY: 「{settings.municipality}」はありません。"
                           f"使える値: {', '.join(library.municipalities)}")
    app.extensions.update(library=library, settings=settings, visit_seal=seal_for(settings.secret, "visit"),
                          counter_seal=seal_for(settings.secret, "counter"),
                          now=_now(settings), counts=(counts := Counts(settings.store, settings.counts, settings.secret)))
    atexit.register(counts.write, 0.0, at_once=True)
    _make_ready(library, settings.municipality)
    app.wsgi_app = with_long_names(app.wsgi_app)  # type: ignore[method-assign,assignment]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies,  # type: ignore[method-assign]
                                x_host=settings.proxies)
    compression.set_up(app)
    json_answers.set_up(app)
    static_addresses.set_up(app)
    watching.set_up(app, settings, library)
    rates.set_up(app, settings)
    other_sites.set_up(app)
    speaking.set_up(app)
    once.set_up(app)
    ways.set_up(app)
    ruby_pages.set_up(app)
    app.register_blueprint(admin.admin)
    app.register_blueprint(api.api)
    app.register_blueprint(health.health)
    app.register_blueprint(kiosk.kiosk)
    app.register_blueprint(resident.resident)
    app.register_blueprint(open_data.open_data)
    app.register_blueprint(counter.counter)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(ParseException, lambda broken: _http_error(BadRequest()))      # chunks of a body that are none
    app.before_request(lambda: _look_for_a_newer_version(library))
    app.after_request(_safe_headers)
    app.teardown_request(lambda error: _write_counts(counts))
    return app


def _make_ready(library: Library, only: str) -> None:
    """Make the catalogs of a small deployment before its workers are forked, which then share them; of many, none waits."""
    served = [only] if only else list(library.municipalities)
    for municipality in served if len(served) <= FEW else ():
        if catalog := library.catalog(municipality):
            warm(catalog)


def _look_for_a_newer_version(library: Library) -> None:
    library.refresh(time.monotonic(), warm)


def _write_counts(counts: Counts) -> None:
    counts.write(time.monotonic())


def _now(settings: Settings) -> Callable[[], datetime]:
    """Return Japan's clock, without its zone; or one that stands still."""
    if settings.today is None:
        return lambda: datetime.now(JAPAN).replace(tzinfo=None)
    fixed = datetime.combine(settings.today, settings.at)
    return lambda: fixed


def _http_error(error: HTTPException) -> Any:
    if request.path.startswith("/api/"):
        return api.http_error(error)
    if isinstance(error, SecurityError):      # asked for under another name: no page, as a page has addresses
        return Response("この名前では、お答えできません。", 400, mimetype="text/plain")
    if f"{request.path}/".startswith(f"{admin.PATH}/"):
        return admin.http_error(error)
    return counter.http_error(error) or resident.http_error(error)


def _safe_headers(response: Response) -> Response:
    for name, value in SAFE_HEADERS.items():
        if name not in response.headers:
            response.headers.add(name, value)
    return response
