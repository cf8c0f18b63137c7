"""An address as a QR code that a phone's camera opens."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=512)
def qr(address: str) -> Markup:
    """Return an address as an SVG picture to stand in a page; raises ValueError for more than a code can hold."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704 - made here
