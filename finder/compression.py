"""What goes over the line is compressed, unless another site sent a visitor here (docs/decisions/0007-server-and-ranking.md)."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

# zstd and brotli where the browser takes them, gzip else; levels by measurement: 69 KB become 15 KB in 0.2 to 0.6 ms.
SETTINGS = {
    "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"], "COMPRESS_ALGORITHM_STREAMING": ["zstd", "br", "gzip"],
    "COMPRESS_ZSTD_LEVEL": 3, "COMPRESS_BR_LEVEL": 1, "COMPRESS_LEVEL": 3, "COMPRESS_REGISTER": False,
}


def set_up(app: Flask) -> None:
    """Compress every response of the application; call it first, so that it sees each response last."""
    app.config.update(SETTINGS)
    compress = Compress(app)
    app.after_request(lambda response: response if _sent_by_another_site() else _compressed(compress, response))


def _compressed(compress: Compress, response: Response) -> Response:
    compressed: Response = compress.after_request(response)
    return compressed


def _sent_by_another_site() -> bool:
    """Tell whether another site made the browser ask for a page that shows a visitor's answers.

    Such a site could put guesses into the address and learn from the compressed length, seen on the
    line, whether the page says the same (BREACH).
    """
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") and bool(request.cookies)
