"""Understanding, seen with fresh eyes: a second table of phrases, and a third of them kept as a floor."""

from pathlib import Path

import pytest

from bench.understanding import Phrase, Score, faults, measure, read_phrases, read_signs
from finder.understanding import understand

HERE = Path(__file__).parent
SIGNS = read_signs()
PHRASES = read_phrases(HERE / "phrases_fresh.toml")


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.said)
def test_a_phrase_gives_what_it_says_and_nothing_else(phrase: Phrase) -> None:
    assert list(faults(phrase, understand(phrase.said, phrase.day, SIGNS), Score())) == []


def test_phrases_nobody_looked_at_are_understood() -> None:
    score = measure(read_phrases(HERE / "phrases_fresh_kept.toml"), SIGNS)
    assert score.right / score.meant >= 0.90
    assert score.invented / score.given <= 0.06


def test_there_are_enough_phrases() -> None:
    assert len(PHRASES) >= 400
    assert len(read_phrases(HERE / "phrases_fresh_kept.toml")) >= 200
