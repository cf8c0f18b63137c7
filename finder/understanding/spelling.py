"""One spelling for what people type in many: kana, dialect, kanji numerals, spaces.

Every rule of the other rooms is written in this one spelling, and each character keeps the
place where it was typed, so that the resident's own words can be shown again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from finder.understanding.family_spellings import FAMILY_SPELLINGS
from finder.understanding.patterns import Many, pattern
from finder.understanding.spellings import SPELLINGS
from finder.words import fold_with_places


@dataclass(frozen=True, slots=True)
class Spelled:
    """Text in one spelling, the places of its characters in what was typed, and what was typed."""

    text: str
    places: tuple[int, ...]
    typed: str

    def as_typed(self, start: int, end: int) -> str:
        """Return the resident's own words for a part of the spelled text."""
        return self.typed[self.places[start] : max(self.places[end], self.places[start] + 1)].strip()



# One pattern after the other: each begins with a plain word and is skipped at once, where a
# single large alternation would be tried at every character.
_WORDS = tuple((pattern(typed), one) for typed, one in (*SPELLINGS, *FAMILY_SPELLINGS))
_TYPED = Many(typed for typed, _ in (*SPELLINGS, *FAMILY_SPELLINGS))
_LATIN, _QUOTE = re.compile("[A-Z]+"), re.compile("[’‘`´]")
_COMMA, _LINE = re.compile("[,，､](?=[^ 0-9a-z])"), re.compile(r"[ \t]*\n\s*")
_DOT = re.compile(r"[・･/]")
_AGES_WITH_DOTS = re.compile(r"(?<![0-9.])[0-9]{1,2}(?:\.[0-9]{1,2}){2,}(?=歳|才|さい)")      # 「3人6.4.2才です」
_AGE_MARK = pattern("(?<=[0-9])(?:才|さい(?![ごし])|サイ)")
_TWO = re.compile("ふたり(?!で暮|とも)|ふたり(?=とも)")

_KANA_NUMBERS = {
    "れい": 0,
    "ぜろ": 0,
    "いっ": 1,
    "いち": 1,
    "に": 2,
    "さん": 3,
    "よん": 4,
    "よ": 4,
    "ご": 5,
    "ろく": 6,
    "ろっ": 6,
    "なな": 7,
    "しち": 7,
    "はち": 8,
    "はっ": 8,
    "きゅう": 9,
    "く": 9,
    "じゅう": 10,
    "じゅっ": 10,
    "じっ": 10,
}
_KANA_UNIT = r"(?:いち|いっ|に|さん|よん|ご|ろく|ろっ|なな|しち|はち|はっ|きゅう)"
_KANA = (
    # 「ください」「いっさい（一切）」「うるさい」を歳と読まない
    (
        re.compile(
            rf"(?<![だうなるくちみ])(?P<n>(?:じゅう{_KANA_UNIT}?|じゅっ|{_KANA_UNIT}|ぜろ|れい))さい"
            r"(?=[のでとがはもを、。 \n]|仕事|保育|学童|男|女|はん|に|じ|$|い[まる]|く)"
        ),
        "歳",
    ),
    (re.compile(rf"(?P<n>(?:じゅう{_KANA_UNIT}|じゅっ|{_KANA_UNIT}))[かヶケ]げつ"), "か月"),
    (re.compile(r"(?<=[小中]学)校?の?(?P<n>いち|に|さん|よ|よん|ご|ろく)(?:年|ねん)(?=生|の|です|で|、|。|$)"), "年"),
    (re.compile(r"(?<![ぁ-ん])(?P<n>いち|に|さん|よ|よん|ご|ろく)年生|(?<=[のはがも])(?P<m>いち|さん|よ|ご|ろく)年生"), "年生"),
)
_KANA_SCHOOL = re.compile(r"(?:(?<![ぁ-ん])|(?<=[はがもと]))(?P<s>しょう|ちゅう)(?P<n>いち|に|さん|よん|ご|ろく)(?=です|の|と|で|が|、|。|$)")
_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KANJI_NUMBER = pattern(
    r"(?:(?<![一-龥々])|(?<=[満今男女子娘孫月年週]))[〇零一二三四五六七八九十]{1,4}(?=歳|才|さい|か月|年生|年(?![中間前ぶ後目])|週|月(?!曜|雨)|日(?!中|本|曜|々)|"
    r"人(?!親|息|娘))"
    r"|(?<=小学|中学|高校|学校|令和|平成|昭和|生後|産後|妊娠)[〇零一二三四五六七八九十]{1,3}(?=年|か月|日|週|の|で|、)"
    r"|(?<=歳)[〇一二三四五六七八九十]{1,2}(?=か月)|(?<=年|月)[〇一二三四五六七八九十]{1,3}(?=月|日|年)"
)
_KANJI_GRADE = pattern(
    r"(?:(?<![一-龥々])|(?<=[新男女子娘孫上下]))(?P<s>[小中高])(?P<n>[一二三四五六])(?!(?![男女長次末弟妹上下])[一-龥番つ々]|度(?!目))|"
    r"(?P<t>[小中高])(?P<m>[一二三四五六])(?=の(?:子|娘|息)|です)"
)
# 「十三になった娘」「十六ぞ」
_KANJI_TEENS = pattern("(?<![一-龥々])[一二三四五六七八]?十[一二三四五六七八九]?(?=に(?:なる|なった|なり)|の(?:子|娘|息子|孫|男|"
    "女|祖?[父母]|主婦)|で妊娠|"
    "(?:ぞ|じゃ|ばい|です)?(?:。|$))|"
    r"(?:(?<=もう)|(?<=まだ)|(?<=今)|(?<=[男女子娘孫])|(?<=息子[はがも]))[一二]?十[一二三四五六七八九]?(?=。|、|です|$|で、)")
# 「上から十七、十四、九つ」
_KANJI_LIST = pattern("(?:(?<=上から)|(?<=[2-5]人、)|"
    "(?<=[2-5]人で、))(?:順に)?(?:[一二三四五六七八九十]{1,3}[歳つ]?[、・と])+[一二三四五六七八九十]{1,3}(?=[歳つでとに。、])")
_KANJI_RUN = re.compile("[〇零一二三四五六七八九十]+")
_WORD_NUMBERS = {
    w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
}
_ENGLISH_NUMBER = re.compile(
    r"(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![a-z])"
    r"(?=[ -](?:years?|yrs?|months?|weeks?|days?)(?![a-z]))"
)
# 「my son is five」「the kids are three and six」
_ENGLISH_AGE = pattern(r"(?<=[a-z, ] )(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=[.,。、]|$| and(?![a-z])| now(?![a-z]))")
_AGES_BEFORE = re.compile(
    r"(?<![a-z])(?:sons?|daughters?|child(?:ren)?|kids?|boys?|girls?|twins|he|she|they|(?:old|young)est)(?: is| are| was|'s|'re|"
    r" turned| aged?| of)+ "
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:, and |, | and ))*$")
_OTHER_NUMBERS = pattern(r"はたち|ハタチ|二十歳|元年")

# やさしい日本語 typed in katakana alone: 「ワタシ、ジュウロクサイ。ニホンゴ スコシ」
_IN_KATAKANA, _SPOKEN = re.compile("[ァ-ヶー、。,. !?0-9]{8,}"), re.compile("[ゴク0-9]サイ|マス|デス|タイ(?:[。 ]|$)|マシタ|コドモ|ワタシ")
_KATAKANA = re.compile("[ァ-ヴ]")
_SPACE = re.compile(r"[ \t]+")
_MONTHS_NEXT = re.compile(r"\d{1,2} ?(?:[かカケヶヵ箇]月|[かカ](?:げつ|つき))")
# 「4か月 ぜんぶ」 is two things, 「4か月 です」 one
_AGE_ENDS = re.compile("(?:か月|ヶ月|かげつ|歳|才|[0-9一-龥さんごくちいにい]さい|[0-9]年)$")
_GOES_ON = re.compile("は(?![はなやたい])|が(?![っくん])|も(?!う)|に(?!ほ|ゅ)|で(?!き|ん)|と(?![もてし])|や(?!す)|よ(?=[。、ねう]|$)|"
    "ね(?=[。、]|$)|か(?=[。、な]|$)|"
    r"じ[ゃ]|[のをだ半]|です|なの|ばい|から|まで|くらい|ぐらい|ほど|はん|たい|けん|けど|ころ|ごろ|せい|生|"
    "さん|児|前|後|間|[0-9]")
_AFTER_PARTICLE = re.compile(r"[のはがをにでともへやかられよね]")


def _kanji_value(digits: str) -> int:
    if "十" not in digits:
        return int("".join(str(_KANJI_DIGITS[c]) for c in digits))
    tens, _, ones = digits.partition("十")
    ones = ones.replace("十", "")
    return (_kanji_value(tens) if tens else 1) * 10 + (_kanji_value(ones) if ones else 0)


def _kana_value(digits: str) -> int:
    if digits in _KANA_NUMBERS:
        return _KANA_NUMBERS[digits]
    return 10 + _KANA_NUMBERS.get(digits.removeprefix("じゅう"), 0)


def swap(text: Spelled, pattern: re.Pattern[str], one: Callable[[re.Match[str]], str]) -> Spelled:
    """Put one spelling in place of every match, keeping the places."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in pattern.finditer(text.text):
        spelled = one(match)
        if match.start() == match.end() or spelled == match[0]:
            continue
        parts.append(text.text[at : match.start()])
        places.extend(text.places[at : match.start()])
        parts.append(spelled)
        whole = text.places[match.start() : match.end()]
        places.extend(whole[min(i, len(whole) - 1)] for i in range(len(spelled)))
        at = match.end()
    if not at:
        return text
    parts.append(text.text[at:])
    places.extend(text.places[at:])
    return Spelled("".join(parts), tuple(places), text.typed)


def _space(match: re.Match[str]) -> str:
    """Return what a space stands for: nothing inside やさしい日本語, a comma between facts."""
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if not before or not after:
        return ""
    if before == "つ" and text[match.start() - 2 : match.start() - 1].isdigit():
        return "、"
    if before.isascii() and after.isascii() and (before.isalpha() or after.isalpha() or before in ",.!?;:"):
        return " "
    if not (before.isalnum() or before == "ー"):
        return ""
    if _AGE_ENDS.search(text, max(0, match.start() - 4), match.start()) and not _GOES_ON.match(text, match.end()):
        return "、"
    if "ぁ" <= after <= "ん" or (_AFTER_PARTICLE.match(before) and not after.isascii()):
        return ""
    if _AFTER_PARTICLE.match(before) and after.isdigit():
        return ""
    # 「1さい 6かげつ」 is one age
    if text[: match.start()].endswith(("歳", "才", "さい")) and _MONTHS_NEXT.match(text, match.end()):
        return ""
    if before in "校学" and after.isdigit():
        return ""
    if before.isdigit() and after in "歳才か年月日ヶケ人" and text[match.end() : match.end() + 2] not in ("年少", "年中", "年長"):
        return ""
    return "、"


def _lower(match: re.Match[str]) -> str:
    return match[0].lower()


def spell(said: str) -> Spelled:
    """Return what was typed in the one spelling that all rules are written in."""
    folded = fold_with_places(said)
    text = Spelled(folded.text, folded.places, said)
    if _IN_KATAKANA.fullmatch(text.text) and _SPOKEN.search(text.text):
        text = swap(text, _KATAKANA, lambda m: chr(ord(m[0]) - 0x60))
    text = swap(text, _LATIN, _lower)
    text = swap(text, _QUOTE, lambda m: "'")
    text = swap(text, _COMMA, lambda m: "、")
    text = swap(text, _LINE, lambda m: "。")
    text = swap(text, _SPACE, _space)
    text = swap(text, _AGES_WITH_DOTS, lambda m: m[0].replace(".", "、"))
    text = swap(text, _DOT, lambda m: m[0] if _inside_date(m) else "・")
    text = respelled(text, _WORDS, _TYPED)
    text = swap(text, _OTHER_NUMBERS, lambda m: "1年" if m[0] == "元年" else "20歳")
    for number, unit in _KANA:
        text = swap(text, number, lambda m, unit=unit: f"{_kana_value(next(g for g in m.groups() if g))}{unit}")  # type: ignore[misc]
    text = swap(text, _KANA_SCHOOL, lambda m: f"{'小' if m['s'] == 'しょう' else '中'}{_kana_value(m['n'])}")
    if _KANJI_RUN.search(text.text):
        text = swap(text, _KANJI_NUMBER, lambda m: str(_kanji_value(m[0])))
        text = swap(text, _KANJI_TEENS, lambda m: str(_kanji_value(m[0])))
        text = swap(text, _KANJI_LIST, lambda m: _KANJI_RUN.sub(lambda n: str(_kanji_value(n[0])), m[0]))
        text = swap(text, _KANJI_GRADE, lambda m: (m["s"] or m["t"]) + str(_kanji_value(m["n"] or m["m"])))
    text = swap(text, _ENGLISH_NUMBER, lambda m: str(_WORD_NUMBERS[m[0]]))
    text = swap(text, _ENGLISH_AGE, lambda m: str(_WORD_NUMBERS[m[0]]) if _AGES_BEFORE.search(m.string, 0, m.start()) else m[0])
    text = swap(text, _AGE_MARK, lambda m: "歳")
    return swap(text, _TWO, lambda m: "が2人" if m.string[m.start() - 1 : m.start()].isdigit() else "2人")


def respelled(text: Spelled, words: Sequence[tuple[re.Pattern[str], str]], typed: Many) -> Spelled:
    """Return a text with every word in its one spelling, one after the other; only those that may stand in it are tried."""
    left = typed.in_(text.text)
    while left:
        last = left & -left
        left ^= last
        word, one = words[last.bit_length() - 1]
        if word.search(text.text):
            text = swap(text, word, lambda m, one=one: one)  # type: ignore[misc]
            left = typed.in_(text.text) & -(last << 1)      # what comes after it may stand only now
    return text


def _inside_date(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return match[0] == "/" and before.isdigit() and after.isdigit()
