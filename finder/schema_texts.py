"""The shapes of words in data/: texts and titles, in three languages or in every one."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Line = Annotated[str, Field(min_length=1, max_length=600)]


def _one_line(text: str) -> str:
    """Refuse what would end a line, is not seen, or turns the direction of what follows: a name stands in many files and heads."""
    if UNSEEN.search(text):
        raise ValueError("改行や、目に見えない文字があります。消してください")
    return text


UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
Short = Annotated[str, Field(min_length=1, max_length=160), AfterValidator(_one_line)]

ADDRESS = re.compile(r"https?://[^\s\"'<>]+")      # what a page may lead to: nothing that would be run


def _an_address(text: str) -> str:
    if text and not ADDRESS.fullmatch(text):
        raise ValueError(NO_ADDRESS)
    return text


NO_ADDRESS = "ページのアドレスは、https:// か http:// で始めて書いてください"
Address = Annotated[str, AfterValidator(_an_address)]


class Strict(BaseModel):
    """A table in which every key is known and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextsFile(Strict):
    """Our own words in three languages."""

    ja: Line
    easy: Line
    en: Line


class Others(Strict):
    """The languages besides Japanese, やさしい日本語 and English; what is missing is shown in one of these."""

    zh_hans: Line | None = Field(None, alias="zh-Hans")
    vi: Line | None = None
    ne: Line | None = None
    pt: Line | None = None
    fil: Line | None = None
    ko: Line | None = None


class EveryTextFile(TextsFile, Others):
    """Words that stand in every language: questions, needs, hotlines."""


class TitleFile(Strict):
    """The name in plain words."""

    ja: Short
    easy: Short
    en: Short


class EveryTitleFile(TitleFile, Others):
    """A name in every language."""


class ConfirmFile(Strict):
    """A condition for the counter."""

    text: Line
    easy: Line
    en: Line
