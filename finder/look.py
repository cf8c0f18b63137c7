"""A municipality's own look: one colour and a logo, checked when they are loaded.

From the one colour come all that the pages show in it, by day and by night, each pair of text and ground with a
contrast of 4.5:1 and more (JIS X 8341-3:2016 1.4.3, WCAG 2.2 SC 1.4.3).
"""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Colour = tuple[int, int, int]

ENOUGH = 4.5
LARGEST_LOGO = 64 * 1024      # bytes
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_SOFT: Colour = (0x59, 0x59, 0x59)                       # grounds and quiet words of static/finder.css
_NIGHT: Colour = (0x14, 0x14, 0x1A)
_NIGHT_SURFACE: Colour = (0x1F, 0x1F, 0x28)
_NIGHT_SOFT: Colour = (0xB8, 0xB8, 0xC0)
_NIGHT_INK_ON_KEY: Colour = (0x0B, 0x0B, 0x14)
_FAINTEST, _STRONGEST = 0, 10                            # percent of the colour in a tinted ground

# A picture needs no more than these; whatever acts, loads or hides something else is not among them.
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWS = {_SVG + name for name in ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "defs",
                                   "linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol", "use")}
_PNG = b"\x89PNG\r\n\x1a\n"
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Tints:
    """The colours of the buttons and marks on one ground: as themselves, pressed, the words on them, a tinted ground."""

    key: Colour
    hover: Colour
    on_key: Colour
    faint: Colour


def colour(text: str) -> Colour:
    """Return the colour written as `#00695c`; raises ValueError."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError(f"色「{text}」は使えません。#00695c のように、# と6桁で書いてください")
    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + .05) / (dark + .05)


def _luminance(one: Colour) -> float:
    red, green, blue = (v / 12.92 if v <= .04045 else ((v + .055) / 1.055) ** 2.4 for v in (c / 255 for c in one))
    return .2126 * red + .7152 * green + .0722 * blue


def colour_problem(text: str) -> str:
    """Return what is wrong with a municipality's colour and what to do, or ""."""
    try:
        found = contrast(colour(text), _WHITE)
    except ValueError as error:
        return str(error)
    if found >= ENOUGH:
        return ""
    darker = next(one for n in range(101) if contrast(one := mixed(_BLACK, colour(text), n), _WHITE) >= ENOUGH)
    return (f"色「{text}」は白との差が {found:.2f}:1 で、文字が読みにくくなります（4.5:1 以上が必要です）。"
            f"もっと濃い色にしてください（近い色では {_hex(darker)}）")


def mixed(one: Colour, other: Colour, percent: int) -> Colour:
    """Return a colour with so much of `one` and the rest of `other`."""
    red, green, blue = ((a * percent + b * (100 - percent)) // 100 for a, b in zip(one, other, strict=True))
    return red, green, blue


def by_day(own: Colour) -> Tints:
    """Return the tints of a colour on white; the colour itself is dark enough, as `colour_problem` says."""
    return Tints(own, mixed(_BLACK, own, 25), _WHITE, _faint(own, own, _WHITE, _SOFT))


def by_night(own: Colour) -> Tints:
    """Return the tints of a colour on a dark page: as much lighter as its contrast asks for."""
    key = next(one for n in range(101) if contrast(one := mixed(_WHITE, own, n), _NIGHT_SURFACE) >= ENOUGH)
    return Tints(key, mixed(_WHITE, key, 30), _NIGHT_INK_ON_KEY, _faint(own, key, _NIGHT, _NIGHT_SOFT))


def _faint(own: Colour, key: Colour, ground: Colour, soft: Colour) -> Colour:
    """Return the strongest tint of a ground on which the key colour and quiet words are still read."""
    tints = (mixed(own, ground, n) for n in range(_STRONGEST, _FAINTEST, -1))
    return next((one for one in tints if min(contrast(key, one), contrast(soft, one)) >= ENOUGH), ground)


@lru_cache(maxsize=256)
def stylesheet(text: str) -> str:
    """Return the style sheet of a municipality's colour, by day and by night."""
    own = colour(text)
    return f":root {{ {_values(by_day(own))} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {_values(by_night(own))} }} }}\n"


def _values(tints: Tints) -> str:
    return (f"--key: {_hex(tints.key)}; --key-hover: {_hex(tints.hover)}; --on-key: {_hex(tints.on_key)}; "
            f"--key-faint: {_hex(tints.faint)};")


def _hex(one: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*one)


# --- the logo ----------------------------------------------------------------------------------------

def logo_text(name: str, content: bytes) -> str:
    """Return a logo as it is kept: an SVG as its text, a PNG as base64; bytes that are no UTF-8 stay recognisable as broken."""
    return content.decode("utf-8", "replace") if name.endswith(".svg") else base64.b64encode(content).decode()


def logo_bytes(name: str, kept: str) -> bytes:
    """Return a logo's file."""
    return kept.encode() if name.endswith(".svg") else base64.b64decode(kept)


def logo_problem(name: str, kept: str) -> str:
    """Return what is wrong with a logo and what to do, or ""."""
    try:
        content = logo_bytes(name, kept)
    except ValueError:
        content = b""
    if len(content) > LARGEST_LOGO:
        return f"ロゴ {name} が大きすぎます（{len(content) // 1024} KB）。{LARGEST_LOGO // 1024} KB までにしてください"
    if name.endswith(".png"):
        return "" if content.startswith(_PNG) else f"ロゴ {name} は PNG ではありません。PNG で保存しなおしてください"
    return next(_svg_problems(name, kept), "")


def _svg_problems(name: str, text: str) -> Iterator[str]:
    # Without a document type there are no entities, so that nothing is loaded or blown up by the parser.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield f"ロゴ {name} に <!DOCTYPE> があります。その行を消してください"
        return
    try:
        root = ET.fromstring(text)      # noqa: S314  see above
    except ET.ParseError as error:
        yield f"ロゴ {name} は SVG として読めません（{error}）。SVG で保存しなおしてください"
        return
    if root.tag != f"{_SVG}svg":
        yield f"ロゴ {name} は SVG ではありません。SVG で保存しなおしてください"
    for one in root.iter():
        short = str(one.tag).removeprefix(_SVG)
        if one.tag not in _DRAWS:
            yield f"ロゴ {name} に <{short}> があります。図形だけにしてください（文字は図形に変えます）"
        for attribute, value in one.attrib.items():
            bare = attribute.rpartition("}")[2].lower()
            loads = "url(" in value.lower() and not re.fullmatch(r"\s*url\(\s*[\"']?#[^)]*\)\s*", value)
            if bare.startswith("on") or bare == "style" or (bare == "href" and not value.startswith("#")) or loads or "script:" in value.lower():
                yield f"ロゴ {name} の <{short}> に {bare} があります。動きや外の参照、style は使えません。消してください"
