"""The languages of the pages: their names, their tags, and how a message is said in one of them.

Pure rooms say their words through a `Language` that is handed in; where the translations
come from (`speaking`, the catalogs in data/translations/) is none of their business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its id in data/ and cookie, its tag for HTML (BCP 47), its own name, its catalog.

    `folder` is the locale of its catalog in data/translations/ ("" for Japanese, in which messages are
    written).  `instead` is what is shown where a text of data/ does not exist in this language;
    `typed` tells that sentences written in it are understood.
    """

    id: str
    tag: str
    name: str
    folder: str = ""
    instead: str = "ja"
    typed: bool = False
    translate: Callable[[str], str] = field(default=str, compare=False)

    def say(self, message: str, **values: Any) -> str:
        """Return a message, written in Japanese, in this language: `say("%(n)s歳", n=3)`."""
        return self.translate(message) % values


JAPANESE = Language("ja", "ja", "日本語", typed=True)

# Which language comes instead: see docs/decisions/0009-languages.md.
LANGUAGES = {one.id: one for one in (
    JAPANESE,
    Language("easy", "ja", "やさしい日本語", "ja@easy", typed=True),
    Language("en", "en", "English", "en", typed=True),
    Language("zh-Hans", "zh-Hans", "简体中文", "zh_Hans", "easy"),
    Language("vi", "vi", "Tiếng Việt", "vi", "easy"),
    Language("ne", "ne", "नेपाली", "ne", "en"),
    Language("pt", "pt", "Português", "pt", "easy"),
    Language("fil", "fil", "Filipino", "fil", "en"),
    Language("ko", "ko", "한국어", "ko", "easy"),
)}
_OF_BROWSERS = {"ja": "ja", "en": "en", "zh": "zh-Hans", "vi": "vi", "ne": "ne", "pt": "pt",
                "fil": "fil", "tl": "fil", "ko": "ko"}


def message(text: str) -> str:
    """Mark a text of a table for the catalogs; it is said later, with `Language.say`."""
    return text


def language_for(tags: Iterable[str]) -> str:
    """Return the id of the first language that we have, of those a browser asks for; else Japanese."""
    known = (_OF_BROWSERS.get(tag.lower().replace("_", "-").split("-")[0]) for tag in tags)
    return next((one for one in known if one), "ja")
