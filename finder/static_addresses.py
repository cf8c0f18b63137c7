"""The address of a static file names its contents: what a browser keeps is never old, and need not be asked for again.

A worker of the browser (service worker) is such a file too, headed by what it keeps.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, url_for

FOR_EVER = "public, max-age=31536000, immutable"


def set_up(app: Flask) -> None:
    """Give every `url_for("static", …)` the mark of what the file holds."""
    def with_mark(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values and (mark := mark_of(str(values.get("filename")))):
            values["v"] = mark

    def lasting(response: Response) -> Response:
        values = dict(request.view_args or {})
        if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
            with_mark("static", values)
            if values.get("v") == request.args["v"]:
                response.headers["Cache-Control"] = FOR_EVER
        return response

    app.url_defaults(with_mark)
    app.after_request(lasting)


def mark_of(filename: str) -> str:
    """Return the mark of what a static file holds now, or "" when there is no such file."""
    path = f"{current_app.static_folder}/{filename}"      # asked six times a page: a Path would take as long as the look itself
    try:
        return _mark(path, os.stat(path).st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=256)
def _mark(path: str, changed: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:8]


def worker_script(name: str, files: Iterable[str], pages: Iterable[str] = (), scope: str = "") -> Response:
    """Return the worker `static/<name>` with its SHELL: a version, the addresses of static files, and of pages.

    A browser looks for a new one at each visit; a change in any file or in the worker is a new
    version.  `scope` widens what it may see beyond its own folder.
    """
    script = (Path(str(current_app.static_folder)) / name).read_text(encoding="utf-8")
    shell = {"files": [url_for("static", filename=file) for file in files], "pages": list(pages)}
    version = hashlib.sha256((json.dumps(shell) + script).encode()).hexdigest()[:12]
    response = Response(f"const SHELL = {json.dumps({'version': version, **shell})};\n{script}", content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    if scope:
        response.headers["Service-Worker-Allowed"] = scope
    return response
