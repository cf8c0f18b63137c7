"""Needs told by a scene: words of two or three kinds that stand near each other, whatever stands between them.

Where `asked_for` knows turns of phrase and `topics` a noun with its verbs in one clause, a scene
reaches over a short text or two sentences: 「三十八度五分と園から電話。でも今日は抜けられない」.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from finder.understanding.facts import Need
from finder.understanding.grammar import Part, Reading
from finder.understanding.rows import ByStep, Row, Told, Vocabulary, by_step, in_one_spelling, read_names, read_rows
from finder.understanding.scene_words import NAMES, Scene
from finder.understanding.scenes_of_care import CARE
from finder.understanding.scenes_of_costs import COSTS
from finder.understanding.scenes_of_growing import GROWING
from finder.understanding.scenes_told_alone import ALONE

SCENES: tuple[Scene, ...] = (*COSTS, *CARE, *GROWING, *ALONE)
_SHORT = 110    # characters: a text that is read as one breath
_NEAR = 56      # characters from the first to the last word of a scene


@dataclass(frozen=True, slots=True)
class _Table:
    """All rows of all scenes, each with the number of its scene, and what makes each scene another matter."""

    vocabulary: Vocabulary
    rows: ByStep
    unless: tuple[tuple[Row, ...], ...]


def _table() -> _Table:
    lines = [*NAMES, *(line for scene in SCENES for line in (*scene.says, *scene.unless))]
    one = in_one_spelling(lines)
    names = read_names(one[line] for line in NAMES)
    vocabulary = Vocabulary()
    says = [(number, row) for number, scene in enumerate(SCENES)
            for row in read_rows([one[line] for line in scene.says], names, vocabulary)]
    unless = tuple(read_rows([one[line] for line in scene.unless], names, vocabulary) for scene in SCENES)
    return _Table(vocabulary, by_step(says, vocabulary), unless)


_TABLE = _table()


def words_of_scenes(reading: Reading) -> Told:
    """Return where the words of all scenes stand in a text."""
    return Told(reading.text, _TABLE.vocabulary, _TABLE.rows)


def scenes(reading: Reading, told: Told, known: Collection[str], alone: bool = False) -> Iterator[Need]:
    """Yield the need of each scene that is told, at the place of the first word that its row names.

    Scenes of needs that are `known` are passed over, and those that count alone are yielded only when asked for.
    """
    for part in _breaths(reading) if told.rows else ():
        rows = [(number, row) for number, row, _ in told.rows_within(part.start, part.end)
                if SCENES[number].alone == alone and SCENES[number].need not in known]
        sentence = told.sentence(part.start, part.end) if rows else None
        for number, row in rows:
            whole = sentence.stretches(row) if sentence else []
            if sentence and whole and min(end - start for start, end in whole) <= _NEAR and not any(
                    map(sentence.stretches, _TABLE.unless[number])):
                start, end = min(sentence.stretches(row[:1] if row[0] >= 0 else row[1:2]))
                yield Need(SCENES[number].need, part.start + start, part.start + end)


def _breaths(reading: Reading) -> Iterator[Part]:
    """Yield what is read together: a short text, or a sentence and the next of a long one."""
    one = reading.sentences
    if len(reading.text) <= _SHORT or len(one) < 2:
        yield Part(0, len(reading.text))
        return
    for first, second in pairwise(one):
        yield first if second.end - first.start > _SHORT else Part(first.start, second.end)
    yield one[-1]
