"""What the server itself answers to a request that it cannot read: the error shape of the API, and not a word of what was sent.

The server's own page is in English and quotes the line or the header that it could not read.
"""

from __future__ import annotations

import json
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]

CODES = {414: "too_long", 431: "too_large"}      # an address, the heads of a request
MESSAGE = "受け取れませんでした。"


def quote_nothing() -> None:
    """Let the server of this process refuse so."""
    util.write_error = refuse


def refuse(connection: Any, status: int, reason: str, message: str) -> None:
    """Write an error before any page of ours was reached; `message`, which quotes what was sent, stays here."""
    body = json.dumps({"error": {"code": CODES.get(status, "bad_request"), "message": MESSAGE, "field": None}}, ensure_ascii=False).encode()
    head = (f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n")
    util.write_nonblock(connection, head.encode("latin-1") + body)
