"""A link as a QR code: SVG for the page itself, with no style and no other file."""

from __future__ import annotations

import segno


def qr_svg(link: str, title: str) -> str:
    """Return the code as an inline SVG without a size (the page gives it one); black on white in every colour scheme.

    Fifteen per cent of it may be unreadable (level M): paper is folded.
    """
    svg: str = segno.make(link, error="m", micro=False).svg_inline(omitsize=True, border=4, light="#fff", title=title, svgclass="qr")
    return svg.replace("<svg ", '<svg role="img" ', 1)
