"""五十音順: how words stand in a Japanese index (after JIS X 4061, 日本語文字列照合順番)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import jaconv

ROWS = "あかさたなはまやらわ"
OTHERS = "数字・英字ほか"      # also a name whose reading nobody could confirm
_LAST_OF_ROW = "おこそとのほもよろん"
_SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
_VOWELS = dict(zip("あいうえお", ("あかさたなはまやらわ", "いきしちにひみりゐ", "うくすつぬふむゆる",
                             "えけせてねへめれゑ", "おこそとのほもよろを"), strict=True))
_KANA = re.compile("[ぁ-ゖ]")


def sort_key(reading: str) -> tuple[bool, str, str, str]:
    """Return what a reading is sorted by: kana or not, the kana without marks, then with them, then all of it.

    Small kana count as large ones, voiced ones as unvoiced, and ー as the vowel before it; signs
    and spaces do not count.  What begins with no kana comes before あ.
    """
    hiragana = jaconv.kata2hira(unicodedata.normalize("NFKC", reading)).lower()
    plain = "".join(_long_vowels(_unvoiced(c) for c in hiragana if c.isalnum() or c == "ー"))
    return bool(_KANA.match(plain)), plain, "".join(c for c in hiragana if c.isalnum() or c == "ー"), reading


def row_of(reading: str) -> str:
    """Return the 行 under which a reading stands: 「が」 under か, 「AYA」 under 数字・英字ほか."""
    kana, plain, _, _ = sort_key(reading)
    if not kana:
        return OTHERS
    first = plain[0]
    return next(row for row, last in zip(ROWS, _LAST_OF_ROW, strict=True) if first <= last)


def _unvoiced(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return _SMALL.get(base, base)


def _long_vowels(characters: Iterable[str]) -> list[str]:
    out: list[str] = []
    for character in characters:
        if character == "ー":
            character = next((v for v, those in _VOWELS.items() if out and out[-1] in those), "")
        if character:
            out.append(character)
    return out
