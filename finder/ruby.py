"""Readings laid over the kanji of a finished page: its text becomes `<ruby>`, everything else stays byte for byte.

Not over what the visitor wrote (`data-plain`: a name would be read wrongly, and who wrote it can
read it), nor where markup would be shown or spoken as text, nor over another language.

The pages are our own templates', so a tag ends at the first `>` outside quotation marks; the parser
of the standard library says the same of them and takes ten times as long (tests/test_ruby.py,
docs/decisions/0006-furigana-and-guidebook.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any

from finder.catalog import Catalog
from finder.furigana import Readings, has_kanji, ruby

_TOKENS = re.compile(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+|<""", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_LANGUAGE = re.compile(r'\slang="([^"]*)"')
_NOT_INSIDE = {"head", "script", "style", "textarea", "select", "ruby", "svg"}
_ENDLESS = {"input", "br", "img", "link", "meta", "hr", "wbr"}      # elements without an end
_TAG_IN_MESSAGE = re.compile(r"<[^>]*>")


def with_readings(page: str, read: Callable[[str], str]) -> str:
    """Return a Japanese page of HTML in which every text with kanji is what `read` makes of it.

    `read` gets the text unescaped, without the white space around it, and returns HTML.
    """
    out: list[str] = []
    closed, depth = "", 0               # the element inside which nothing is read, and how often it is open
    for token in _TOKENS.findall(page):
        if token[0] != "<":
            out.append(token if closed or not has_kanji(token) else _read(token, read))
            continue
        out.append(token)
        if tag := _NAME.match(token):
            ends, name = tag.groups()
            if name == closed:
                depth += -1 if ends else 1
                closed = closed if depth else ""
            elif not closed and not ends and name not in _ENDLESS and _stays(name, token):
                closed, depth = name, 1
    return "".join(out)


def _stays(name: str, tag: str) -> bool:
    language = _LANGUAGE.search(tag)
    return (name in _NOT_INSIDE or " data-plain" in tag or "hidden-words" in tag
            or (language is not None and language[1] != "ja"))


def _read(token: str, read: Callable[[str], str]) -> str:
    text = token.strip()
    begin = token.index(text)
    return f"{token[:begin]}{read(unescape(text))}{token[begin + len(text):]}"


def reader(readings: Readings, kept: dict[str, str | None]) -> Callable[[str], str]:
    """Return what `with_readings` asks for; for one page, since nothing outlives it but what is in `kept`.

    `kept` holds the fixed texts, those not yet read as None.  What is composed for a visitor is not
    among them: it is read anew, and forgotten with the page.
    """
    seen: dict[str, str] = {}

    def read(text: str) -> str:
        found = kept.get(text) or seen.get(text)
        if found is None:
            fixed = text in kept
            # one element around it all: in a button or another flex box, each part would stand apart
            found = f"<span>{ruby(text, readings, keep=fixed)}</span>"
            if fixed:
                kept[text] = found
            else:
                seen[text] = found
        return found

    return read


def fixed_texts(catalog: Catalog, messages: Iterable[str]) -> dict[str, str | None]:
    """Return every text that pages show to everyone alike, not yet read: those of a catalog, and the messages."""
    of_catalog = _strings((catalog.municipality, catalog.programs, catalog.departments, catalog.questions, catalog.needs, catalog.hotlines))
    of_pages = (part for message in messages for part in _TAG_IN_MESSAGE.split(message))
    return {text.strip(): None for found in (of_catalog, of_pages) for text in found if has_kanji(text)}


def _strings(value: Any) -> Iterator[str]:
    """Yield every text in a value of the catalog."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _strings(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
