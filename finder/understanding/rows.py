"""Rows of words that stand near each other in a sentence, written as in data/danger.toml.

All words of all rows are looked up in one walk over the sentence, and rows are put together
from the places of their words: the time grows with the length of the text only, whatever is
written in the rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import product, repeat
from operator import add, itemgetter, or_
from typing import NamedTuple

from finder.understanding.patterns import ones
from finder.understanding.spelling import spell

_GAP, _INNER_GAP = 16, 8
_ANY_ORDER = -1
# One word between the marks of the notation; a name and its braces are left alone.
_WORD = re.compile(r"^.+? = |\{.+?\}|[^/…〜＋{}^$=。、]+")

Words = tuple[str, ...]
Row = tuple[int, ...]
Numbered = tuple[int, Row, int]
Places = dict[str, list[int]]
Stretch = tuple[int, int]


class ByStep(NamedTuple):
    """Numbered rows by one of their steps, and these steps, as the bits of a number."""

    steps: int = 0
    rows: Mapping[int, tuple[Numbered, ...]] = {}


@dataclass
class Vocabulary:
    """All steps of all rows, each one of several words or pieces of a word, and where to look for them.

    `begin` tells which words of a step begin with a piece; `lengths` are how long the words are that begin with two characters;
    `words` are the steps that a word begins, as the bits of a number: sets of steps lie far apart in memory, and take twice as long.
    """

    steps: list[tuple[Words, ...]] = field(default_factory=list)
    begin: list[dict[str, list[int]]] = field(default_factory=list)
    numbers: dict[tuple[Words, ...], int] = field(default_factory=dict)
    lengths: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    words: dict[str, int] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)

    def number(self, step: tuple[Words, ...]) -> int:
        """Return the number of a step, taken in when it is new."""
        number = self.numbers.setdefault(step, len(self.steps))
        if number == len(self.steps):
            self.steps.append(step)
            self.begin.append({})
            for place, (first, *others) in enumerate(step):
                self.begin[number].setdefault(first.strip("^$"), []).append(place)
                self._take(first, 1 << number)
                for word in others:
                    self._take(word, 0)
        return number

    def _take(self, word: str, begins: int) -> None:
        bare = word.strip("^$")
        if bare not in self.words and len(bare) > 1:
            self.lengths[bare[:2]].add(len(bare))
        self.words[bare] = self.words.get(bare, 0) | begins

    def begun_by(self, words: Iterable[str]) -> int:
        """Return the steps that some words begin, as the bits of a number."""
        return reduce(or_, map(self.words.get, words, repeat(0)), 0)

    def places(self, text: str) -> Places:
        """Return where every word stands in a text; the empty word is its edges."""
        places: Places = {"": [0, len(text)]}
        pairs = list(map(add, text, f"{text[1:]} "))
        lone, begin = self.words.keys() & set(text), self.lengths.keys() & pairs
        for at, pair in enumerate(pairs):
            if pair[0] in lone:
                places.setdefault(pair[0], []).append(at)
            if pair in begin:
                for length in self.lengths[pair]:
                    word = text[at : at + length]
                    if word in self.words:
                        places.setdefault(word, []).append(at)
        return places


# --- the notation of danger.toml ------------------------------------------------------------------


def read_names(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the named groups of words: 「相手 = 夫/妻」; a later one may use an earlier one."""
    names: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, given, words = line.partition(" = ")
        if given:
            names[name] = tuple(w for word in words.split("/") for w in _spelled_out(word, names))
    return names


def _spelled_out(word: str, names: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Return a word with every {name} in it replaced by each of its words."""
    if "{" not in word:
        return iter((word,))
    pieces = re.split(r"\{(.+?)\}", word)
    choices = [names[piece] if at % 2 else (piece,) for at, piece in enumerate(pieces)]
    return ("".join(chosen) for chosen in product(*choices))


def read_rows(lines: Sequence[str], names: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary) -> tuple[Row, ...]:
    """Return the rows of lines; a line that stands in many signs is read once."""
    for line in lines:
        if line not in vocabulary.rows:
            vocabulary.rows[line] = _row(line, names, vocabulary)
    return tuple(vocabulary.rows[line] for line in lines)


def _row(line: str, names: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary) -> Row:
    """Return the steps of a line; a row whose steps stand in any order, 「a＋b」, begins with a mark."""
    free, steps = ((_ANY_ORDER,), line.split("＋")) if "＋" in line else ((), line.split("…"))
    return (*free, *(vocabulary.number(_step(step, names)) for step in steps))


def _step(step: str, names: Mapping[str, tuple[str, ...]]) -> tuple[Words, ...]:
    words = step.split("/")
    if "{" in step:
        words = [spelled_out for word in words for spelled_out in _spelled_out(word, names)]
    return tuple(dict.fromkeys([row for word in words if (row := tuple(filter(None, word.split("〜"))))]))


def by_step(rows: Iterable[tuple[int, Row]], vocabulary: Vocabulary) -> ByStep:
    """Return numbered rows, each with the bits of all its steps, by the step that is met least: the one of the fewest words."""
    found: dict[int, list[Numbered]] = {}
    for number, row in rows:
        steps = row[row[0] == _ANY_ORDER :]
        found.setdefault(min(steps, key=lambda step: len(vocabulary.steps[step])), []).append((number, row, _bits(steps)))
    return ByStep(_bits(found), {step: tuple(rows) for step, rows in found.items()})


def _bits(steps: Iterable[int]) -> int:
    return reduce(or_, (1 << step for step in steps), 0)


def in_one_spelling(lines: Iterable[str]) -> dict[str, str]:
    """Return each line with its words in the one spelling, found together: one by one they would take seconds."""
    lines = tuple(lines)
    words = list(dict.fromkeys(word for line in lines for word in _WORD.findall(line) if word[-1] not in "} "))
    spelled = dict(zip(words, spell("。".join(words)).text.split("。"), strict=True)) if words else {}
    return {line: _WORD.sub(lambda m: spelled.get(m[0], m[0]), line) for line in lines}


# --- finding --------------------------------------------------------------------------------------


class Told:
    """A text, where every word of the signs stands in it, and those rows that may stand in one of its stretches."""

    def __init__(self, text: str, vocabulary: Vocabulary, by: ByStep) -> None:
        self.text, self.vocabulary = text, vocabulary
        places = vocabulary.places(text)
        steps = vocabulary.begun_by(places)
        self.rows = [one for step in ones(steps & by.steps) for one in by.rows[step] if not one[2] & ~steps]
        # In most texts no row can stand: then nobody asks where the words are.
        self.hits = sorted((at, at + len(word), word) for word, here in places.items() if word for at in here) if self.rows else []
        # Of most words no row is left that could stand here: they need not be looked at again.
        left = reduce(or_, (steps for _, _, steps in self.rows), 0)
        self.everywhere = vocabulary.begun_by(("",)) & left
        self.telling = [(at, end, here) for at, end, word in self.hits if (here := left & vocabulary.words[word])]

    def rows_within(self, start: int, end: int) -> list[Numbered]:
        """Return the rows whose steps all stand in a stretch."""
        first = bisect_left(self.telling, start, key=itemgetter(0))
        last = bisect_left(self.telling, end, key=itemgetter(0))
        steps = reduce(or_, (steps for _, until, steps in self.telling[first:last] if until <= end), self.everywhere)
        return [one for one in self.rows if not one[2] & ~steps]

    def sentence(self, start: int, end: int) -> Sentence:
        """Return a stretch as a sentence of its own."""
        here: Places = {"": [0, end - start]}
        for at, until, word in self.hits[bisect_left(self.hits, (start,)) : bisect_left(self.hits, (end,))]:
            if until <= end:
                here.setdefault(word, []).append(at - start)
        return Sentence(self.text[start:end], self.vocabulary, here)


class Sentence:
    """A sentence, where every word of the signs stands in it, and the steps found so far."""

    def __init__(self, text: str, vocabulary: Vocabulary, places: Places) -> None:
        self.text, self.vocabulary, self.places = text, vocabulary, places
        self.steps = vocabulary.begun_by(places)
        self.found: dict[int, list[Stretch]] = {}
        self.seen: dict[str, Sentence] = {}

    def without(self, kind: str, harmless: tuple[Row, ...]) -> Sentence:
        """Return the sentence as a kind of danger sees it: without the words that end inside something harmless."""
        if kind not in self.seen:
            hidden = [stretch for row in harmless for stretch in self.stretches(row)]
            left = {word: [at for at in here if not any(start < at + len(word) <= end for start, end in hidden)]
                    for word, here in self.places.items()} if hidden else {}
            left = {word: here for word, here in left.items() if here or not word}
            self.seen[kind] = Sentence(self.text, self.vocabulary, left) if hidden else self
        return self.seen[kind]

    def stretches(self, row: Row) -> list[Stretch]:
        """Return where a row stands, one for each place it can end."""
        if row[0] == _ANY_ORDER:
            return self._in_any_order(row[1:])
        if _bits(row) & ~self.steps:
            return []
        found = self._step(row[0])
        for step in row[1:]:
            if not found:
                return []
            found = _joined(found, self._step(step), _GAP)
        return found

    def _in_any_order(self, row: Row) -> list[Stretch]:
        if _bits(row) & ~self.steps:
            return []
        found = [stretches[0] for step in row if (stretches := self._step(step))]
        return [(min(found)[0], max(end for _, end in found))] if len(found) == len(row) else []

    def _step(self, number: int) -> list[Stretch]:
        if number not in self.found:
            words, begin = self.vocabulary.steps[number], self.vocabulary.begin[number]
            here = sorted(place for piece in begin.keys() & self.places.keys() for place in begin[piece])
            self.found[number] = [stretch for place in here for stretch in self._word(words[place])]
        return self.found[number]

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


def _joined(before: list[Stretch], after: list[Stretch], gap: int) -> list[Stretch]:
    """Return the stretches of `after` that begin within a gap behind one of `before`, from its beginning."""
    ends = sorted((end, -start) for start, end in before)
    joined = []
    for start, end in after:
        last = bisect_right(ends, (start, 0)) - 1
        if last >= 0 and ends[last][0] >= start - gap:
            joined.append((-ends[last][1], end))
    return joined
