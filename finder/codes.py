"""QR codes: an address that a phone's camera opens, a number that a counter's scanner types."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=512)
def qr(address: str) -> Markup:
    """Return an address as an SVG picture to stand in a page; raises ValueError for more than a code can hold."""
    return qr_once(address)


def qr_once(text: str) -> Markup:
    """Return a text as a picture that nothing here remembers: for what is a visitor's alone."""
    code = segno.make(text, error="m", micro=False)
    return Markup(code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704 - made here
