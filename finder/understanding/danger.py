"""Signs of danger: ways of speaking handed in from data/danger.toml, so that a city can read and correct them.

A sign is a row of words that follow each other with small gaps.  All words of all signs are
looked up in one walk over the sentence, and rows are put together from their places: the time
grows with the length of the text only, however the signs are written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise, product
from typing import Any

from finder.understanding.grammar import Part, Reading
from finder.understanding.spelling import spell

_GAP, _INNER_GAP = 16, 8
_MOST_OF_A_WORD = 40
# 打ち消しは言い切りだけ。「死にたいわけじゃない」は見落とさないほうをとる。
_DENIED = re.compile(
    r"(?<=[てで])(?:は|も)?い?(?:ない(?!か|と|方|ほう)|ません(?!か))|(?=は|も|では|じゃ|など|なんて|なんか|とか|という|こと|つもり|"
    r"と(?:は|思|まで)|され|受け|を?し(?:て|ま|な)|が(?:な|あ|一|全))(?:の?よう)?(?:な(?:ど|んて|んか)|とか|という|って|的)?(?:こと|"
    r"事実|もの|心配|恐れ|様子|つもり|気持ち|ほど)?(?:では|じゃ|は|も|が|と(?:は|まで)?|とは|など|なんて)?(?:全く|一切|一度も|特に|"
    r"まだ|もう|別に|思って)?(?:も|は)?"
    r"(?:ありません(?!か)|ない(?!か|と|と思|方|ほう|ので|から|よ(?:う)?に|で|し|。?た|ん|す)(?:です)?(?=。|、|が|けど|$|！|!)|"
    r"なかった|なく(?=、)|(?:し|受け|され|思)(?:て|って)(?:は)?い(?:ません|ない)|しません|しないよう|(?:い|し)なくて|(?:思|"
    r"考え)(?:って|て)(?:い)?(?:ない|ません)|思いません|違います|ちがいます|無縁|されていません|ゼロ)"
)
# 打ちまちがいで残ったローマ字：「死にtai」「けいれn」「食べるものgない」
_STRAY = re.compile("(?<=[ぁ-んァ-ヶ一-龥])[a-z]{1,3}(?=[ぁ-ん]|$)|(?<=[ぁ-ん])[a-z]{1,3}(?=[。、ー一-龥]|$)")
_ROMAN = {"tai": "たい", "ta": "た", "te": "て", "ru": "る", "nai": "ない", "na": "な", "ni": "に", "ga": "が", "wo": "を",
          "ha": "は", "no": "の", "to": "と", "de": "で", "ka": "か", "n": "ん", "i": "い", "u": "う", "a": "あ", "e": "え", "o": "お"}

Words = tuple[str, ...]
Step = tuple[Words, ...]
Places = dict[str, list[int]]
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """Words that follow each other: each step is one of several, each of those a word or pieces of one."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One way to tell of a danger, and what makes the same words harmless.

    `unless` speaks of the whole sentence, `harmless` only takes away the words it covers itself.
    """

    kind: str
    says: tuple[Row, ...]
    across: bool = False
    deniable: bool = True
    unless: tuple[Row, ...] = ()
    harmless: tuple[Row, ...] = ()


@dataclass(frozen=True)
class DangerSigns:
    """All signs, the need that each kind gives, and the order of urgency."""

    signs: tuple[Sign, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    longest: Mapping[str, tuple[int, ...]] = field(default_factory=dict, compare=False)
    vocabulary: frozenset[str] = field(default_factory=frozenset, compare=False)

    @classmethod
    def from_toml(cls, raw: Mapping[str, Any]) -> DangerSigns:
        """Build the signs from the plain dict of danger.toml."""
        names = _names(line for sign in raw.get("sign", ()) for line in sign["says"])
        signs = tuple(
            Sign(
                sign["kind"],
                _rows(sign["says"], names),
                bool(sign.get("across")),
                bool(sign.get("deniable", True)),
                _rows([line for line in sign.get("unless", ()) if not line.startswith("=")], names),
                _rows([line[1:] for line in sign.get("unless", ()) if line.startswith("=")], names),
            )
            for sign in raw.get("sign", ())
        )
        vocabulary = {word.strip("^$") for sign in signs for rows in (sign.says, sign.unless, sign.harmless)
                      for row in rows for step in row.steps for words in step for word in words}
        longest: dict[str, set[int]] = {}
        for word in vocabulary:
            longest.setdefault(word[0], set()).add(len(word))
        lengths = {first: tuple(sorted(sizes)) for first, sizes in longest.items()}
        return cls(signs, tuple(raw.get("needs", {}).items()), tuple(raw.get("order", ())), lengths, frozenset(vocabulary))

    def need_of(self, kind: str) -> str:
        """Return the need that a kind of danger gives."""
        return dict(self.needs).get(kind, kind)

    @cached_property
    def by_first_word(self) -> tuple[dict[str, tuple[int, ...]], ...]:
        """Return, for each sign, which of its rows may begin with a word."""
        tables = []
        for sign in self.signs:
            table: dict[str, list[int]] = {}
            for number, row in enumerate(sign.says):
                for words in row.steps[0]:
                    rows = table.setdefault(words[0].strip("^$"), [])
                    if number not in rows:
                        rows.append(number)
            tables.append({word: tuple(numbers) for word, numbers in table.items()})
        return tuple(tables)


NO_SIGNS = DangerSigns()


@dataclass(frozen=True, slots=True)
class Danger:
    """A sign that was found, and where it stands."""

    kind: str
    start: int
    end: int


# --- the notation of danger.toml ------------------------------------------------------------------


def _names(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the named groups of words: 「相手 = 夫/妻」; a later one may use an earlier one."""
    names: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, given, words = line.partition(" = ")
        if given:
            names[name] = tuple(w for word in words.split("/") for w in _spelled_out(word, names))
    return names


def _spelled_out(word: str, names: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield a word with every {name} in it replaced by each of its words."""
    pieces = re.split(r"\{(.+?)\}", word)
    choices = [names[piece] if at % 2 else (piece,) for at, piece in enumerate(pieces)]
    return ("".join(chosen) for chosen in product(*choices))


def _rows(lines: Iterable[str], names: Mapping[str, tuple[str, ...]]) -> tuple[Row, ...]:
    return tuple(Row(tuple(_step(step, names) for step in line.split("…"))) for line in lines if " = " not in line)


def _step(step: str, names: Mapping[str, tuple[str, ...]]) -> Step:
    spelled = (w for word in step.split("/") if word for w in _spelled_out(word, names))
    pieces = (tuple(_one_spelling(piece) for piece in word.split("〜") if piece) for word in spelled)
    return tuple(dict.fromkeys(words for words in pieces if all(word.strip("^$") for word in words)))


@cache
def _one_spelling(word: str) -> str:
    bare = word.strip("^$")
    return ("^" if word.startswith("^") else "") + spell(bare).text + ("$" if word.endswith("$") else "")


# --- finding --------------------------------------------------------------------------------------


class _Sentence:
    """A sentence, where every word of the signs stands in it, and the rows found so far."""

    def __init__(self, text: str, signs: DangerSigns, hidden: tuple[Stretch, ...] = (), places: Places | None = None) -> None:
        self.text = text
        self.places = _places(text, signs) if places is None else {
            word: left for word, at in places.items()
            if (left := [i for i in at if not any(start <= i and i + len(word) <= end for start, end in hidden)])}

    def stretches(self, row: Row) -> list[Stretch]:
        """Return where a row stands, one for each place it can end."""
        found: list[Stretch] = []
        for number, step in enumerate(row.steps):
            here = [stretch for words in step if words[0].strip("^$") in self.places for stretch in self._word(words)]
            found = _joined(found, here, _GAP) if number else here
            if not found:
                return []
        return found

    def any_of(self, rows: tuple[Row, ...]) -> bool:
        """Tell whether one of the rows stands in the sentence."""
        return any(self.stretches(row) for row in rows)

    def _word(self, words: Words) -> list[Stretch]:
        found: list[Stretch] = []
        for number, word in enumerate(words):
            bare = word.strip("^$")
            here = [(at, at + len(bare)) for at in self.places.get(bare, ())]
            if word.startswith("^"):
                here = [one for one in here if one[0] == 0]
            if word.endswith("$"):
                here = [one for one in here if one[1] == len(self.text)]
            found = _joined(found, here, _INNER_GAP) if number else here
            if not found:
                return []
        return found


def _places(text: str, signs: DangerSigns) -> Places:
    places: Places = {}
    for at, first in enumerate(text):
        for length in signs.longest.get(first, ()):
            word = text[at : at + length]
            if word in signs.vocabulary and len(word) == length:
                places.setdefault(word, []).append(at)
    return places


def _joined(before: list[Stretch], after: list[Stretch], gap: int) -> list[Stretch]:
    """Return the stretches of `after` that begin within a gap behind one of `before`, from its beginning."""
    ends = sorted((end, start) for start, end in before)
    only_ends = [end for end, _ in ends]
    joined = []
    for start, end in after:
        last = bisect_right(only_ends, start) - 1
        if last >= bisect_left(only_ends, start - gap):
            joined.append((ends[last][1], end))
    return joined


def _parts(reading: Reading, across: bool) -> tuple[Part, ...]:
    """Return the sentences, and every two that follow each other: 「高2です。妊娠したかも」."""
    pairs = tuple(Part(one.start, other.end) for one, other in pairwise(reading.sentences)) if across else ()
    return (*reading.sentences, *pairs)


def _mended(text: str) -> str:
    """Return the text with letters left by a slip of the keyboard read as kana, each in its place."""
    if text.isascii() or not _STRAY.search(text):
        return text
    return _STRAY.sub(lambda m: _ROMAN.get(m[0], "").rjust(len(m[0]), "\0"), text)


def find_danger(reading: Reading, signs: DangerSigns) -> tuple[Danger, ...]:
    """Return the signs of danger, the most urgent kind first, one of each kind."""
    found: dict[str, Danger] = {}
    read: dict[str, _Sentence] = {}
    for sign, rows in zip(signs.signs, signs.by_first_word, strict=True):
        if sign.kind in found:
            continue
        for part in _parts(reading, sign.across):
            text = reading.text[part.start : part.end]
            if text not in read:
                read[text] = _Sentence(text, signs)
            stretch = _found(sign, rows, read[text], signs)
            if stretch:
                found[sign.kind] = Danger(sign.kind, part.start + stretch[0], part.start + stretch[1])
                break
    rank = {kind: place for place, kind in enumerate(signs.order)}
    return tuple(sorted(found.values(), key=lambda d: rank.get(d.kind, len(rank))))


def _found(sign: Sign, rows: Mapping[str, tuple[int, ...]], sentence: _Sentence, signs: DangerSigns) -> Stretch | None:
    """Return where a sign stands in a sentence and is neither denied nor made harmless."""
    numbers = sorted({number for word in sentence.places if word in rows for number in rows[word]})
    if not numbers or not any(sentence.stretches(sign.says[number]) for number in numbers):
        return None
    hidden = tuple(stretch for row in sign.harmless for stretch in sentence.stretches(row))
    seen = _Sentence(sentence.text, signs, hidden, sentence.places) if hidden else sentence
    for number in numbers:
        for start, end in seen.stretches(sign.says[number]):
            if sign.deniable and _DENIED.match(sentence.text, end):
                continue
            return None if sentence.any_of(sign.unless) else (start, end)
    return None
