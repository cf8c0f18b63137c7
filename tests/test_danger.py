"""Danger comes first: sentences from life, half of them never looked at while the signs were written.

The aim: every danger found, fewer than 1 alarm in 100 ordinary sentences.  What was written after
the signs were, and measured once before anything was mended, is the honest figure: third (hard)
60 % found and 5 % of the calm alarmed, fourth (as indirect as possible) 33 % and 3 %, fifth (as
people write) 88 % and 5 %, sixth (a new writer) 61 % (146 of 240), 1 of 150 ordinary sentences and
7 of 75 that look like danger, kept2 (the same writer) 64 % (154 of 240), 0 and 5.  ninth (near to danger, near to calm) 95 %
(76 of 80) and 36 of 270, tenth 90 % (81 of 90) and 34 of 138,
eleventh (may be pregnant, glad or in need) 100 % (18 of 18) and 13 of 41, twelfth 96 % (44 of 46) and
14 of 164 that look like danger, thirteenth 88 % (65 of 74) and 1 of 30, fourteenth (only calm, made to
look like danger) 15 of 68.  fifteenth to eighteenth and twentieth (a stranger, one calm sentence in three
ordinary, the others near to danger): 47 of 48 and 12 of 100, 45 and 10, 43 and 10, 43 and 8, 45 and 10; with
the first four learned from, the last was 47 and 10.  nineteenth was written to learn from, not to measure.
twentyfirst to twentyfourth (another stranger, of pregnancy alone: expected, none, unexpected): 22 of 24 and 4 of 47,
23 of 24 and 7 of 47, 22 of 24 and 8 of 45, 20 of 25 and 5 of 45; with the first three learned from, the last was
21 and 4 (limits .24 and .03).  twentyfifth was written to learn from.  twentysixth (another stranger, quiet and
ambiguous): 213 of 226, 0 of 199 ordinary sentences and 44 of 306 that look like danger.
All but the kept ones are tuned to and learned from since then; kept2 is now at 94 % (225 of 240), 0 and 3.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings, strategies as st

from bench.accuracy import danger_of
from bench.danger_weights import FILE, digest
from bench.understanding import read_signs
from finder import measured
from finder.understanding import understand
from finder.understanding.danger import DangerSigns, find_danger
from finder.understanding.grammar import read
from finder.understanding.likeness import Weights, pieces_of, places_of
from finder.understanding.spelling import spell

HERE = Path(__file__).resolve().parent
TODAY = date(2026, 11, 22)
SIGNS = read_signs()
PHRASES: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "phrases_danger.toml").read_text(encoding="utf-8"))
KINDS = ("suicide", "medical", "abuse", "dv", "unexpected_pregnancy", "hunger")
TUNED = ("tune", "third", "fourth", "fifth")
# Parts that were learned from, and the alarms that are left among their calm sentences, which look like danger in the last two.
LEARNED = {"sixth": .005, "seventh": .01, "eighth": .005, "ninth": .03, "tenth": .07, "eleventh": .025,
           "twelfth": .05, "thirteenth": .05, "fourteenth": .2, "fifteenth": .05, "sixteenth": .03, "seventeenth": .03,
           "eighteenth": .03, "nineteenth": .03, "twentieth": .06, "twentyfirst": .1, "twentysecond": .1, "twentythird": .1,
           "twentyfourth": .1, "twentyfifth": .03, "twentysixth": .04}
MISSED = {"twentyfourth": 1}      # of 24, so that one is more than one in forty
ORDINARY = 150      # so many of the calm sentences of kept2 are ordinary; the others look like danger
# A graver kind than the one that was meant; its hotlines stand first, and someone answers.
OTHER_KIND = {"主人の足音がすると体が震えます", "孫がごはん食べさせてもらいよらんごたる、やせてしもうて"}


def danger(said: str) -> str | None:
    return understand(said, TODAY, SIGNS).danger


@pytest.mark.parametrize(("kind", "said"), [(k, s) for part in TUNED for k in KINDS for s in PHRASES[part][k]])
def test_someone_in_danger_is_found(kind: str, said: str) -> None:
    assert danger(said) is not None if said in OTHER_KIND else danger(said) == kind


@pytest.mark.parametrize("said", [s for part in TUNED for s in PHRASES[part]["calm"]])
def test_a_calm_sentence_raises_no_alarm(said: str) -> None:
    assert danger(said) is None


def test_sentences_nobody_tuned_to_are_found_as_well() -> None:
    told = [(kind, danger(said)) for kind in KINDS for said in PHRASES["kept"][kind]]
    assert sum(found is not None for _, found in told) / len(told) >= .985
    assert sum(found == kind for kind, found in told) / len(told) >= .96


def test_calm_sentences_nobody_tuned_to_seldom_raise_an_alarm() -> None:
    calm = PHRASES["kept"]["calm"]
    assert sum(danger(said) is not None for said in calm) / len(calm) <= .095


@pytest.mark.parametrize("part", LEARNED)
def test_what_was_learned_from_is_known(part: str) -> None:
    told = [(kind, danger(said)) for kind in KINDS for said in PHRASES[part].get(kind, ())]
    assert sum(found is not None for _, found in told) >= .975 * len(told) - MISSED.get(part, 0)
    assert sum(found == kind for kind, found in told) >= .83 * len(told)
    assert sum(danger(said) is not None for said in PHRASES[part]["calm"]) / len(PHRASES[part]["calm"]) <= LEARNED[part]


def test_a_writer_nobody_looked_at_is_found() -> None:
    told = [(kind, danger(said)) for kind in KINDS for said in PHRASES["kept2"][kind]]
    assert sum(found is not None for _, found in told) / len(told) >= .93
    assert sum(found == kind for kind, found in told) / len(told) >= .78
    calm = [danger(said) is not None for said in PHRASES["kept2"]["calm"]]
    assert sum(calm[:ORDINARY]) / ORDINARY < .01
    assert sum(calm[ORDINARY:]) / len(calm[ORDINARY:]) <= .07
    record = measured.accuracy(HERE.parent / "data")
    now = danger_of(PHRASES["kept2"], SIGNS)
    assert record is not None
    assert record.danger == now, "python -m bench accuracy"


def test_the_weights_are_made_from_the_sentences_of_danger_as_they_are() -> None:
    assert f"（{digest()}）" in FILE.read_text(encoding="utf-8").partition("\n")[0], "make them anew: python -m bench.danger_weights"


def test_the_signs_work_without_weights() -> None:
    rows = DangerSigns.from_toml(tomllib.loads((HERE.parent / "data" / "danger.toml").read_text(encoding="utf-8")))
    assert understand("もう死にたい", TODAY, rows).danger == "suicide"


@pytest.mark.parametrize(("said", "found"), [
    ("し に た い", "suicide"), ("死、に、た、い", "suicide"),
    ("死 に た い で す", "suicide"), ("しにたぃ😭😭", "suicide"), ("ぱぱがままをける", "dv"), ("ｼﾆﾀｲ", "suicide"),
    ("保育園の申し込みを知りたいです。夫に殴られています。暴力のことは内緒にしています。必要な書類は何ですか。", "dv"),
    ("虐待はしていません。でも、もう死にたいです。", "suicide"), ("こどもにけがはありません。きのうから なにも たべていません", "hunger"),
])
def test_danger_survives_the_way_it_is_typed(said: str, found: str) -> None:
    assert danger(said) == found


def test_there_are_enough_sentences_of_every_kind() -> None:
    for kind in KINDS:
        assert len(PHRASES["tune"][kind]) + len(PHRASES["kept"][kind]) >= 60
    assert len(PHRASES["tune"]["calm"]) + len(PHRASES["kept"]["calm"]) >= 360


@pytest.mark.parametrize(("said", "found"), [
    ("死ぬほど忙しい", None), ("死ぬほど忙しい。もう死にたい", "suicide"),
    ("子どもを叩いたことはありません", None), ("子どもを叩かずにいられません", "abuse"),
    ("手をあげません", None), ("子どもに手をあげてしまいました", "abuse"),
    ("生きる意味がありません", "suicide"), ("暴力はありません", None), ("夫から逃げ場はありません。殴られます", "dv"),
    ("高校生の娘がいて3人目を妊娠中です", None), ("高校生です。妊娠しました。誰にも言えません", "unexpected_pregnancy"),
    ("久留米のご飯屋さん、ないですか", None), ("殺される", "dv"), ("ゲームで殺される", None), ("蚊に殺されそう", None), ("誤飲", "medical"),
    ("じさつ", "suicide"), ("od", "suicide"), ("かくまって", "dv"), ("きゅうきゅうしゃ", "medical"), ("頭うった", "medical"),
    ("あざだらけの子", "abuse"), ("ひとりで赤ちゃんを産みそうです", "medical"), ("子どもが学校で友達にけがをさせてしまいました", None),
    ("生まれたら保育園に預けたい", None), ("夫が自殺しました。子どもは5歳と2歳", None), ("子育てがつらいです。誰にも言えません", None),
])
def test_only_the_words_that_are_harmless_or_denied_are_passed_over(said: str, found: str | None) -> None:
    assert danger(said) == found


@pytest.mark.parametrize(("said", "found"), [
    ("虐待されていません", None), ("虐待はされていません。", None), ("虐待ではありません", None), ("虐待じゃないです", None),
    ("親に虐待されていない", None), ("虐待されたことはない", None), ("性的虐待は受けていません", None), ("夫に殴られていません", None),
    ("殴られてません", None), ("ＤＶではありません", None), ("だれにも殴られていないです", None), ("夫から暴力を受けたことはありません", None),
    ("My husband does not hit me.", None), ("He has never hit me", None), ("I am not hit by my husband", None),
    ("My husband hits me", "dv"), ("My husband does not hit me but he locks me in and I am scared of him", "dv"),
    ("虐待されていませんか", "abuse"), ("虐待されているかもしれません", "abuse"), ("夫に殴られていないけど怒鳴られる", "dv"),
    ("虐待じゃないです。夫に殴られます", "dv"), ("夫に殴られています", "dv"), ("虐待されています", "abuse"), ("何も食べていません", "hunger"),
])
def test_violence_that_is_denied_and_nothing_else_is_no_danger(said: str, found: str | None) -> None:
    assert danger(said) == found


@pytest.mark.parametrize(("said", "kinds"), [
    ("死にたい。夫に殴られる", ["suicide", "dv"]), ("家に食べ物がない。夫がお金を渡してくれず殴る", ["dv", "hunger"]),
    ("赤ちゃんが息をしていない。夫が殴った", ["medical", "abuse", "dv"]), ("消えたい。夫に毎日怒鳴られる", ["suicide", "dv"]),
])
def test_dangers_told_together_are_all_found_the_most_urgent_first(said: str, kinds: list[str]) -> None:
    assert [one.kind for one in find_danger(read(spell(said).text), SIGNS)] == kinds


def test_a_slip_of_the_keyboard_is_read_and_the_typed_words_are_shown() -> None:
    got = understand("もう死にtaiです", TODAY, SIGNS)
    assert got.danger == "suicide"
    assert any(words and words in "もう死にtaiです" for words, gives in got.spans if gives == "needs=self_harm")


def test_weights_without_a_beginning_begin_at_nothing() -> None:
    assert Weights.from_csv("ことば,dv,abuse\n殴,100,-20\n").start == (0, 0)
    assert Weights.from_csv("ことば,dv,abuse\n,-700,-650\n殴,100,-20\n").start == (-700, -650)


def test_two_words_near_each_other_are_a_piece() -> None:
    assert places_of("夫に何度も蹴られ")["夫…蹴"] == (0, 6)
    assert "夫…蹴" not in pieces_of("蹴り上手な夫")
    assert "夫…蹴" not in pieces_of("夫と一二三四五六七八九十蹴")


@pytest.mark.parametrize("said", ["", "夫", "夫に何度も蹴られ", "My husband hits me, 3 times", "死にたい。消えたい。2歳と5歳がいます"])
def test_every_piece_has_a_place(said: str) -> None:
    assert places_of(said).keys() == pieces_of(said)


@pytest.mark.parametrize("said", ["夫が会社を辞めさせられた", "再婚して、夫の連れ子とうまくいきません", "手をあげられたりは一切ありません"])
def test_words_that_only_look_like_a_sign_are_passed_over(said: str) -> None:
    assert danger(said) is None


def test_signs_need_no_order_and_no_words() -> None:
    assert DangerSigns.from_toml({}).signs == ()
    assert DangerSigns.from_toml({"words": ["名のない組"]}).vocabulary == DangerSigns.from_toml({}).vocabulary
    assert understand("死にたい", TODAY, DangerSigns.from_toml({})).danger is None


PIECES = sorted({said for part in TUNED for kind in KINDS for said in PHRASES[part][kind][::3]})


@given(st.lists(st.sampled_from([*PIECES, "、", "。", "a", "od", "子", "夫に", "…", "\n", "^", "$", "/"]), max_size=8))
@settings(deadline=None, max_examples=150)
def test_any_mixture_is_read(pieces: list[str]) -> None:
    understand("".join(pieces), TODAY, SIGNS)


@pytest.mark.parametrize("piece", ["夫に", "薬を", "子を叩", "お腹", "死", "ない", "ご飯がない", "、", "a", "od", "娘に妊娠。",
                                   "夫が私を", "叩かれ。", "。死"])
def test_no_expression_runs_away_on_an_odd_long_text(piece: str) -> None:
    begun = process_time()
    understand((piece * 1_000)[:1_000], TODAY, SIGNS)
    assert process_time() - begun < 5       # one that runs away takes minutes; how fast it is, `python -m bench understanding` tells
