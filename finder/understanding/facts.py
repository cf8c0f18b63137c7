"""A fact of a family that is yes or no, and whether it is said of the family that asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from finder.ternary import Ternary
from finder.understanding.grammar import Reading, of_a_friend

_OTHERS_AFTER = re.compile(
    r"[^、。]{0,6}?(?:な|た|る|の)(?:友達|友人|知人|知り合い|同僚|ママ友|親戚)(?!が(?:ほし|欲し|い(?:な|ませ)|おら))|"
    r"(?:した|して(?:い)?る|中)?(?:の|した)?(?:友達|友人|知人|知り合い|同僚|ママ友|芸能人|部下|社員|従業員|スタッフ|店員|牛|犬|猫|人(?:が|は|を|の話|も)|先輩|後輩|方の)"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What was understood of one fact, and where it stands."""

    value: Ternary
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Need:
    """A need, and where it stands."""

    name: str
    start: int
    end: int


_A_RELATIVE = re.compile(r"(?<!お)(?<!その)(?:兄|姉|弟|妹|いとこ|おじ|おば|叔[父母])(?:夫婦)?(?:は|が|も)[^。、]{0,6}$")
_OUR_OWN = re.compile("うち(?:に?は|の子は)")      # 「姉がシングルで…。うちは子なし」
_FOR_A_RELATIVE = re.compile(r"甥|姪|(?:[兄姉弟妹])の|ために|支援|助け|教え|手当|ありますか|使え")


def told_of_others(reading: Reading, end: int) -> bool:
    """Tell whether what ends there is said of the person named after it: 「産後うつを経験した友人」."""
    return _OTHERS_AFTER.match(reading.text, end) is not None


# 「妹のところにも子どもが生まれる」
_AT_A_RELATIVES = re.compile(r"(?<!お)(?:兄|姉|弟|妹|いとこ|親戚|おじ|おば)(?:夫婦)?の(?:ところ|家|うち|とこ)(?:に|も|で|は)+[^。、]{0,6}$")


def said_of_us(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether something is said of the family that help is asked for."""
    text = reading.text
    return not (
        of_a_friend(reading, match.start())
        or told_of_others(reading, match.end())
        or _AT_A_RELATIVES.search(text, max(0, match.start() - 20), match.start())
    )


def said_of_our_home(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether it is said of a home that help is asked for, not of a brother's or a sister's in passing."""
    before = reading.text[max(0, match.start() - 14) : match.start()]
    if _A_RELATIVE.search(before) and (_OUR_OWN.search(reading.text, match.end()) or not _FOR_A_RELATIVE.search(reading.text)):
        return False
    return said_of_us(reading, match)
