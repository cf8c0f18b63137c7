"""Japanese text into normalised words: the only room that knows fugashi.

What people type and what plans print is folded first (NFKC, dashes inside katakana words,
control characters), then cut into words.  Search uses `terms`: lemmas of content words and
bigrams over runs of kanji and katakana, which together found most in our measurements.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from fugashi import Tagger

_DASHES = "―‐−–—─‑"
_KATAKANA = "ァ-ヺー"
_KATAKANA_DASH = re.compile(f"(?<=[{_KATAKANA}])[{_DASHES}]|(?<=[{_KATAKANA}])-(?=[{_KATAKANA}])")
_VOICING = "ﾞﾟ゙゚"
# What most sentences are made of and folding leaves as it is, up to where a mark may follow.
_PLAIN = "\n\t -~ぁ-ゖァ-ヺー一-龥々、。「」・"
_PLAIN_RUN = re.compile(f"(?:[{_PLAIN}](?![^{_PLAIN}]))+")

# Three spellings of one word would otherwise share no bigram and no lemma.
_ONE_SPELLING = (
    (re.compile("子ども|こども|子共"), "子供"),
    (re.compile("障がい|障碍|しょうがい"), "障害"),
    (re.compile("[ヶケヵカ箇](?=月)"), "か"),
)
_CONTENT = frozenset(("名詞", "動詞", "形容詞", "形状詞", "接尾辞"))
_RUN = re.compile("[一-龥々ァ-ヺー]{2,}")

# General words that say nothing of a program.  所, 方 and 物 stay out: they would cut 保育所.
_STOP = frozenset((
    "為る", "居る", "有る", "成る", "出来る", "言う", "思う", "行う", "御座る", "下さる", "呉れる", "頂く", "貰う",
    "見る", "来る", "行く", "置く", "仕舞う", "掛かる", "因る", "於く", "付く", "関する", "対する", "知る", "教える",
    "事", "為", "等", "様", "的", "其れ", "此れ", "何", "何れ", "無い", "良い", "欲しい", "どう", "内", "中",
    "時", "今", "私", "達", "さん", "場合", "たい", "為さる", "れる", "られる"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, its dictionary form, its kind, where it stands in the folded text, and its kana.

    `kana` is how the word is written in katakana (テアテ, トウキョウ), not how it sounds (トーキョー);
    empty when the dictionary does not know.
    """

    surface: str
    lemma: str
    pos: str
    start: int
    end: int
    kana: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and for each of its characters (and its end) the place in what was typed."""

    text: str
    places: tuple[int, ...]


def _keep(character: str) -> bool:
    """Tell whether a character is text: no control, format, private or broken one."""
    return character in "\n\t" or (unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
                                   and not 0xFE00 <= ord(character) <= 0xFE0F)


def fold_with_places(text: str) -> Folded:
    """Fold text and remember where each character came from."""
    characters: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        if plain := _PLAIN_RUN.match(text, at):
            characters.append(plain[0])
            places.extend(range(at, plain.end()))
            at = plain.end()
            continue
        end = at + 1
        while end < len(text) and end - at < 8 and (text[end] in _VOICING or unicodedata.combining(text[end])):
            end += 1
        folded = _folded(text[at:end])
        characters.append(folded)
        places.extend([at] * len(folded))
        at = end
    return Folded(_KATAKANA_DASH.sub("ー", "".join(characters)), (*places, len(text)))


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    """Fold one character with the marks that follow it."""
    return "".join(filter(_keep, unicodedata.normalize("NFKC", character)))


def fold(text: str) -> str:
    """Return the text in one spelling of its characters: `ﾌｧﾐﾘ―` → `ファミリー`."""
    return fold_with_places(text).text


@lru_cache(maxsize=1)
def _tagger() -> Tagger:
    return Tagger()


_LEMMA, _KANA = 7, 17       # their fields in a UniDic entry
_ONE_AT_A_TIME = Lock()     # MeCab's tagger keeps its lattice between calls


@lru_cache(maxsize=8192)
def _of_entry(entry: str) -> tuple[str, str, str]:
    """Return lemma, kind and kana of a dictionary entry; an unknown word has neither lemma nor kana."""
    fields = next(csv.reader([entry]))
    known = len(fields) > _KANA
    return fields[_LEMMA] if known else "", fields[0], fields[_KANA].strip("*") if known else ""


def _cut(folded: str) -> list[tuple[str, str, str, str]]:
    """Cut folded text into words: surface, lemma, kind, kana."""
    with _ONE_AT_A_TIME:
        nodes = [(node.surface, node.feature_raw) for node in _tagger()(folded)]
    found = []
    for surface, entry in nodes:
        lemma, kind, kana = _of_entry(entry)
        found.append((surface, (lemma or surface).split("-", 1)[0] or surface, kind, kana))
    return found


def words(text: str) -> tuple[Word, ...]:
    """Cut text into words, folded first: `words("小学生の子")`."""
    folded = fold(text)
    found: list[Word] = []
    at = 0
    for surface, lemma, kind, kana in _cut(folded):
        start = folded.find(surface, at)
        start = at if start < 0 else start
        at = start + len(surface)
        found.append(Word(surface, lemma, kind, start, at, kana))
    return tuple(found)


def terms(text: str) -> tuple[str, ...]:
    """Return what search compares: lemmas of content words, then bigrams of kanji and katakana."""
    spelled = fold(text)
    for pattern, one in _ONE_SPELLING:
        spelled = pattern.sub(one, spelled)
    lemmas = [lemma for _, lemma, kind, _ in _cut(fold(spelled)) if kind in _CONTENT and lemma not in _STOP]
    bigrams = [run[i:i + 2] for run in _RUN.findall(spelled) for i in range(len(run) - 1)]
    return (*lemmas, *bigrams)


_CALLED = {"さん", "ちゃん", "くん", "君", "様", "さま", "氏"}     # what follows is somebody's name: さくらちゃん
_NAMING = ("名前", "なまえ", "氏名")


def plain_nouns(text: str) -> tuple[str, ...]:
    """Return the ordinary nouns of a text, as written: no names of people or places, no numbers, no unknown words.

    A noun that is used as a name (さくらちゃん, 名前はひかり) is none.
    """
    with _ONE_AT_A_TIME:
        entries = [(node.surface, node.feature_raw.split(",")) for node in _tagger()(fold(text))]
    said = [surface for surface, _ in entries]
    return tuple(surface for at, (surface, entry) in enumerate(entries)
                 if len(entry) > _LEMMA and entry[:2] == ["名詞", "普通名詞"] and said[at + 1:at + 2] not in [[c] for c in _CALLED]
                 and not (at > 1 and said[at - 2] in _NAMING and said[at - 1] == "は"))
