"""Words: one spelling, words with their places, and the terms of the search."""

import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, strategies as st

from finder.words import _PLAIN_RUN, _keep, fold, fold_with_places, terms, words


@pytest.mark.parametrize(("typed", "folded"), [
    ("ﾌｧﾐﾘ―ｻﾎﾟ―ﾄ", "ファミリーサポート"),
    ("ファミリ‐・サポ−ト", "ファミリー・サポート"),
    ("サポ-ト", "サポート"),
    ("２−３歳", "2−3歳"),
    ("小２\x00\u200bの子", "小2の子"),
    ("ｶﾞｯｺｳ", "ガッコウ"),
    ("\ud800", ""),
])
def test_text_is_folded_into_one_spelling(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_characters_that_are_not_looked_at_would_stay_as_they_are() -> None:
    plain = [c for c in map(chr, range(sys.maxunicode + 1)) if _PLAIN_RUN.fullmatch(c)]
    assert len(plain) > 20_000
    assert [c for c in plain if unicodedata.normalize("NFKC", c) != c or unicodedata.combining(c) or not _keep(c)] == []


def test_every_folded_character_knows_where_it_was_typed() -> None:
    folded = fold_with_places("ｶﾞ㌔1")
    assert folded.text == "ガキロ1"
    assert folded.places == (0, 2, 2, 3, 4)


def test_words_carry_lemma_kind_and_place() -> None:
    found = words("保育園に入りたい")
    assert [w.surface for w in found] == ["保育", "園", "に", "入り", "たい"]
    assert found[3].lemma in ("入る", "這入る")
    assert all("保育園に入りたい"[w.start:w.end] == w.surface for w in found)


def test_three_spellings_of_a_child_share_their_terms() -> None:
    assert terms("子ども") == terms("こども") == terms("子供")
    assert terms("障がい") == terms("障害") == terms("障碍")


def test_terms_join_what_two_names_of_a_nursery_share() -> None:
    assert set(terms("保育所")) & set(terms("入所")) == set()
    assert "保育" in terms("保育所に入りたい") and "育所" in terms("保育所")


def test_general_words_are_no_terms() -> None:
    assert terms("相談したいことがある") == ("相談", "相談")


def test_threads_share_one_tagger() -> None:
    texts = [f"{n}歳の子どもを預けたい" for n in range(40)]
    alone = [words(t) for t in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(words, texts)) == alone


@given(st.text())
def test_any_text_is_cut_into_words(text: str) -> None:
    terms(text)
    folded = fold_with_places(text)
    assert len(folded.places) == len(folded.text) + 1
