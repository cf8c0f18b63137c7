"""Readings over kanji: Japanese text into `<ruby>`, with the exceptions of data/readings.csv.

A reading comes from the first of these that knows it: the text itself, where someone wrote it in
brackets behind the kanji 漢字（かんじ）; the exceptions; the dictionary behind `words`.  It stands
over kanji only, and okurigana stay bare: 「受ける」 is 受(う)ける.

Whoever copies gets the text once, and whoever listens hears it once: `rt` carries aria-hidden, and
the style sheets forbid its selection.  A voice reads the kanji itself, in the flow of the sentence.
`rp` is for browsers that know no ruby: they show brackets.

What was made of a text is kept, so these functions are for fixed texts; for others there is `ruby(…, keep=False)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import jaconv
from markupsafe import Markup, escape

from finder.words import fold, fold_with_places, words

_KANJI = "㐀-䶿一-鿿豈-﫿々〆ヶヵ"
_KANA = "ぁ-ゖァ-ヺー"
_HAS_KANJI = re.compile(f"[{_KANJI}]")
_KANJI_BEFORE = re.compile(f"[{_KANJI}]+$")
_PARTS = re.compile(f"[{_KANA}]+|[^{_KANA}]+")
_BRACKET = re.compile(rf"(?<=[{_KANJI}ぁ-ゖ])\(([ぁ-ゖー][ぁ-ゖー ]*)\)")     # as folded: （ is ( there
_LONGEST_OF_ONE_KANJI = 5                               # うけたまわ(る)
_SURELY_OF_ONE_KANJI = 2                                # 開（あ）く
_MOST_KEPT = 20_000                                     # texts; all cities together have fewer than 6,000

Runs = dict[int, tuple[int, str]]                       # where kanji begin -> where they end, their reading


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and the hiragana over it; kana, digits and signs have none."""

    text: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A word that the dictionary reads wrongly, and what stands right before and after it when it is so read.

    Without a reading nothing is shown over it: rather none than a wrong one.
    """

    word: str
    reading: str
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def stands(self, text: str, at: int) -> bool:
        """Tell whether the word stands at that place of the text, between what it asks for."""
        return (text.startswith(self.word, at)
                and not (self.word[0].isdigit() and text[at - 1:at].isdigit())
                and (not self.after or text[:at].rstrip().endswith(self.after))
                and (not self.before or text[at + len(self.word):].lstrip().startswith(self.before)))


@dataclass(frozen=True, eq=False)
class Readings:
    """The exceptions by their first character, those that ask for most first; and what was made with them."""

    exceptions: Mapping[str, tuple[Exceptional, ...]] = field(default_factory=dict)
    kept: dict[str, tuple[Segment, ...]] = field(default_factory=dict)


NO_READINGS = Readings()


def build_readings(rows: Iterable[Mapping[str, str]]) -> Readings:
    """Return the exceptions of readings.csv: word, reading, after, before (alternatives apart by spaces)."""
    found: dict[str, list[Exceptional]] = {}
    for row in filter(lambda r: r["word"], rows):
        one = Exceptional(fold(row["word"]), row["reading"], tuple(fold(row["after"]).split()),
                          tuple(fold(row["before"]).split()))
        found.setdefault(one.word[0], []).append(one)
    return Readings({first: tuple(sorted(those, key=lambda e: (-len(e.word), -bool(e.after) - bool(e.before))))
                     for first, those in found.items()})


_BASE, _OVER, _END = "<ruby>", '<rp>（</rp><rt aria-hidden="true">', "</rt><rp>）</rp></ruby>"
_OVER_ON_PAPER, _END_ON_PAPER = '<rt aria-hidden="true">', "</rt></ruby>"
_AFTER_NUMBER = re.compile(r"(?<=[0-9])<ruby>")


def has_kanji(text: str) -> bool:
    """Tell whether there is anything in the text over which a reading could stand."""
    return _HAS_KANJI.search(text) is not None


def ruby(text: str, readings: Readings, on_paper: bool = False, keep: bool = True) -> Markup:
    """Return the text as HTML, escaped, with its readings: `<ruby>受<rp>（</rp><rt…>う</rt><rp>）</rp></ruby>ける`.

    `on_paper` leaves out the brackets for browsers without ruby: we know what prints; and a number
    stays on the line of what it counts.  Of what is not to `keep`, single words of the dictionary are all that stays.
    """
    over, end = (_OVER_ON_PAPER, _END_ON_PAPER) if on_paper else (_OVER, _END)
    pieces = segments(text, readings) if keep else _segments(text, readings)
    made = [f"{_BASE}{escape(s.text)}{over}{escape(s.reading)}{end}" if s.reading else str(escape(s.text)) for s in pieces]
    joined = "".join(made)
    return Markup(_AFTER_NUMBER.sub("&#8288;<ruby>", joined) if on_paper else joined)      # noqa: S704  every piece is escaped


def without_readings(text: str, readings: Readings) -> str:
    """Return the text without the readings that stand in it: 「お金（かね）が いる」 is 「お金が いる」."""
    return "".join(s.text for s in segments(text, readings))


def in_kana(text: str, readings: Readings) -> str:
    """Return the text as it is read, in hiragana; digits and Latin letters stay: 「子育て支援」 is 「こそだてしえん」."""
    return jaconv.kata2hira("".join(s.reading or fold(s.text) for s in segments(text, readings)))


def segments(text: str, readings: Readings) -> tuple[Segment, ...]:
    """Return the text in pieces, each with its reading; joined they are the text, without given readings."""
    if text not in readings.kept:
        if len(readings.kept) >= _MOST_KEPT:
            readings.kept.clear()
        readings.kept[text] = _segments(text, readings)
    return readings.kept[text]


def _segments(text: str, readings: Readings) -> tuple[Segment, ...]:
    folded = fold_with_places(text)
    brackets = list(_BRACKET.finditer(folded.text))
    inside = {i for b in brackets for i in range(b.start(), b.end())}
    stays = [i for i in range(len(folded.text)) if i not in inside]
    spoken = "".join(folded.text[i] for i in stays)
    if fold(spoken) != spoken:
        return (Segment(text),)
    runs = _by_dictionary(spoken, readings)
    dropped, floor = [], 0
    for bracket in brackets:
        place = stays.index(bracket.start() - 1) + 1
        if _put_given(runs, spoken, floor, place, bracket[1].replace(" ", "")):
            dropped.append(bracket)
        floor = place
    cuts = [(stays[start], stays[end - 1] + 1, reading) for start, (end, reading) in runs.items()]
    places = (0, *folded.places[1:])
    pieces: list[Segment] = []
    at = 0
    for start, end, reading in sorted([*cuts, *((b.start(), b.end(), "") for b in dropped)]):
        pieces.append(Segment(text[places[at]:places[start]]))
        if reading:
            pieces.append(Segment(text[places[start]:places[end]], reading))
        at = end
    pieces.append(Segment(text[places[at]:]))
    return _joined(pieces)


def _joined(pieces: list[Segment]) -> tuple[Segment, ...]:
    """Return the pieces without empty ones, neighbours without a reading as one."""
    out: list[Segment] = []
    for piece in pieces:
        if out and not piece.reading and not out[-1].reading:
            out[-1] = Segment(out[-1].text + piece.text)
        elif piece.text:
            out.append(piece)
    return tuple(out)


# --- the dictionary and its exceptions -------------------------------------------------------------

def _by_dictionary(text: str, readings: Readings) -> Runs:
    """Return every run of kanji with its reading; exceptions count where they begin and end with a word."""
    found = words(text)
    begins, ends = {w.start for w in found}, {w.end for w in found}
    runs: Runs = {}
    for word in found:
        _put(runs, text, word.start, word.end, jaconv.kata2hira(word.kana))
    at = 0
    while at < len(text):
        one = next((e for e in readings.exceptions.get(text[at], ())
                    if e.stands(text, at) and at in begins and at + len(e.word) in ends), None)
        if one:
            _put(runs, text, at, at + len(one.word), one.reading)
        at += len(one.word) if one else 1
    return runs


def _put(runs: Runs, text: str, start: int, end: int, reading: str) -> None:
    """Lay a word's reading over its kanji, in the place of what lay there; 子（こ）育て leaves 育 its そだ."""
    for at, (till, known) in [(at, run) for at, run in runs.items() if at < end and start < run[0]]:
        del runs[at]
        if at == start and till > end and known.startswith(reading) and known != reading:
            runs[end] = (till, known.removeprefix(reading))
    for one in aligned(text[start:end], reading):
        if one.reading:
            runs[start] = (start + len(one.text), one.reading)
        start += len(one.text)


@lru_cache(maxsize=8192)
def aligned(word: str, reading: str) -> tuple[Segment, ...]:
    """Return a word in pieces so that its reading stands over what is not kana: 申(もう)し込(こ)む."""
    if not reading or not _HAS_KANJI.search(word):
        return (Segment(word),)
    parts: list[str] = _PARTS.findall(word)
    pattern = "".join(re.escape(jaconv.kata2hira(p)) if _kana(p) else "(.+?)" for p in parts)
    match = re.fullmatch(pattern, reading)
    if not match:
        return (Segment(word, reading),)
    over = iter(match.groups())
    return tuple(Segment(p) if _kana(p) else Segment(p, next(over)) for p in parts)


def _kana(part: str) -> bool:
    return re.match(f"[{_KANA}]", part) is not None


# --- readings written in the text itself -----------------------------------------------------------

def _put_given(runs: Runs, text: str, floor: int, end: int, reading: str) -> bool:
    """Lay a reading in brackets over the kanji before it, from `floor` on; tells whether it was one, and not a remark.

    It is one when the dictionary reads the words before so; when it shares a sound with how it reads
    the kanji before, 病（びょう）児; when it is short, over one kanji, 開（あ）く; and over a word
    that ends in kana when these are in it, 行き帰り（いきかえり）.
    """
    starts = sorted(at for at, (till, _) in runs.items() if floor <= at and till <= end)
    for start in reversed(starts):
        if _spoken(runs, text, start, end) == reading:
            return True
    kanji = _KANJI_BEFORE.search(text, floor, end)
    if kanji:
        known = _spoken(runs, text, kanji.start(), end)
        short = len(kanji[0]) == 1 and len(reading) <= _SURELY_OF_ONE_KANJI
        start = kanji.start() if len(reading) <= _LONGEST_OF_ONE_KANJI * len(kanji[0]) and (
            short or set(known) & set(reading) or _HAS_KANJI.search(known)) else end
    else:
        start = next((s for s in starts if len(aligned(text[s:end], reading)) > 1), end)
    if start < end:
        _put(runs, text, start, end, reading)
    return start < end


def _spoken(runs: Runs, text: str, start: int, end: int) -> str:
    """Return a part of the text in hiragana as far as its readings are known."""
    out, at = "", start
    for begin, (till, reading) in sorted(runs.items()):
        if start <= begin and till <= end:
            out += text[at:begin] + reading
            at = till
    return jaconv.kata2hira(out + text[at:end])
