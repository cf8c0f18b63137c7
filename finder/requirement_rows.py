"""Conditions as rows that people read and write: 「ひとり親 かつ 18歳年度末までの子」."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

AND = " かつ "
USUALLY = "（ふつう）"
FACTS = {("pregnant", True): "妊娠中", ("single_parent", True): "ひとり親", ("single_parent", False): "ひとり親ではない",
         ("divorcing", True): "離婚の話し合い中", ("widow", True): "寡婦", ("disability", True): "障害のある子がいる",
         ("low_income", True): "家計が苦しい"}
_FACT_OF = {words: key for key, words in FACTS.items()}
_USUAL = {"ひとり親" + USUALLY: "single_parent", "家計が苦しい" + USUALLY: "low_income"}
_PERSON = re.compile(r"(?:(?P<start>[^ ]+?)から)?(?:(?P<until>[^ ]+?)まで|(?P<under>[^ ]+?)未満)?(?:(?P<at>[^ ]+?)ごろ)?"
                     r"(?:の(?=[障子本お]))?(?P<disability>障害のある)?(?P<who>子|子ども|お子さん|本人)")
_CONFIRM = re.compile(r"窓口で確認〔(?P<inside>.*)〕", re.DOTALL)
_AND = re.compile(r"[ 　]+かつ[ 　]+")
_NARROW_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_ORDER = ("pregnant", "single_parent", "divorcing", "widow", "disability", "low_income", "child", "self", "confirm")


class BadRow(ValueError):
    """A row that cannot be read; its message names the part and what may be written."""


def write_row(alternative: Mapping[str, Any]) -> str:
    """Return one alternative as a row: all of its parts must hold."""
    parts = []
    for key in _ORDER:
        value = alternative.get(key)
        if value is None:
            continue
        if key in ("child", "self"):
            parts.append(_person(value, "子" if key == "child" else "本人"))
        elif key == "confirm":
            inside = "｜".join(_marked(value.get(k, "")) for k in ("text", "easy", "en"))
            parts.append(f"窓口で確認〔{inside}〕")
        elif value == "usually":
            parts.append(FACTS[key, True] + USUALLY)
        else:
            parts.append(FACTS[key, value])
    return AND.join(parts)


def _person(ages: Mapping[str, Any], who: str) -> str:
    words = (f"{ages['from']}から" if ages.get("from") else "") + (f"{ages['until']}まで" if ages.get("until") else "")
    words += f"{ages['under']}未満" if ages.get("under") else ""
    words += f"{'・'.join(ages['at'])}ごろ" if ages.get("at") else ""
    return words + ("の" if words else "") + ("障害のある" if ages.get("disability") else "") + who


def read_row(row: str) -> dict[str, Any]:
    """Return the alternative that a row says; raises BadRow."""
    found: dict[str, Any] = {}
    # What the counter asks stands last and may hold any words, かつ too.
    if confirm := _CONFIRM.search(row):
        if row[confirm.end():].strip():
            raise BadRow(f"「{row}」の「窓口で確認〔…〕」は行の最後に書いてください")
        texts = [_plain(part) for part in re.split(r"(?<!\\)｜", confirm["inside"])]
        found["confirm"] = dict(zip(("text", "easy", "en"), [*texts, "", ""], strict=False))
        row = re.sub(r"[ 　]*かつ[ 　]*$", "", row[:confirm.start()])
    for part in _AND.split(row.strip().translate(_NARROW_DIGITS)):
        if part := part.strip():
            key, value = _part(part)
            if key in found:
                raise BadRow(f"「{row}」に「{part}」のような条件が二つあります。別の行に分けるか、一つにしてください")
            found[key] = value
    if not found:
        raise BadRow("条件の行が空です。条件がなければ、行ごと消してください")
    return {key: found[key] for key in _ORDER if key in found}


def _part(part: str) -> tuple[str, Any]:
    if part in _FACT_OF:
        return _FACT_OF[part]
    if part in _USUAL:
        return _USUAL[part], "usually"
    match = _PERSON.fullmatch(part)
    if not match or (match["who"] == "本人" and match["disability"]):
        raise BadRow(f"「{part}」は条件として読めません。使える書き方: {'、'.join(FACTS.values())}、"
                     "小1から18歳年度末までの子、20歳未満の障害のある子、4か月・10か月ごろの子、39歳までの本人")
    ages: dict[str, Any] = {k: v for k, v in (("from", match["start"]), ("until", match["until"]),
                                              ("under", match["under"])) if v}
    if match["at"]:
        ages["at"] = match["at"].split("・")
    if match["disability"]:
        ages["disability"] = True
    return ("self" if match["who"] == "本人" else "child"), ages


def _marked(text: str) -> str:
    return re.sub(r"([\\｜])", r"\\\1", text).replace("\n", "\\n")


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text)
