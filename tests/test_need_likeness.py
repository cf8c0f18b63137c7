"""Needs told by the pieces of words: what rules find is left out or kept, what they do not hold is added with its words."""

from datetime import date
from pathlib import Path

import pytest

from bench.need_weights import FILE, digest
from bench.understanding import read_signs
from finder.understanding import understand
from finder.understanding.grammar import read
from finder.understanding.need_likeness import NO_WEIGHTS, NeedWeights, weighed
from finder.understanding.pieces import one_of, packed, part, sums

TODAY = date(2026, 11, 22)
SIGNS = read_signs()
WEIGHTS = NeedWeights.from_csv("# 二つの困りごと\nことば,money,food\n,100,-200,-200\n米,P}\n金,}P\n銭,RP\n、,PP\n")


def told(text: str, in_danger: bool = False) -> set[tuple[str, str]]:
    return {(need.name, text[need.start : need.end]) for need in weighed((), read(text), WEIGHTS, in_danger)}


def test_the_weights_are_made_from_the_sentences_of_needs_as_they_are() -> None:
    assert f"（{digest()}）" in FILE.read_text(encoding="utf-8").partition("\n")[0], "make them anew: python -m bench.need_weights"


@pytest.mark.parametrize(("text", "needs"), [
    ("あと米が一合", {("food", "米")}), ("金", {("money", "金")}), ("銭", set()), ("あれこれ", set()), ("", set()),
    ("金が届きました。楽しみです", set()), ("金" + "あ" * 200, set()),
])
def test_a_need_that_the_text_speaks_for_is_added_with_its_words(text: str, needs: set[tuple[str, str]]) -> None:
    assert told(text) == needs


def test_nothing_is_added_to_danger_and_nothing_happens_without_weights() -> None:
    assert told("米", in_danger=True) == set()
    assert weighed((), read("米"), NO_WEIGHTS, False) == ()
    assert understand("お金がない", TODAY, SIGNS).answers.needs == ("money",)


@pytest.mark.parametrize("text", ["ことば,money\n,1", "ことば,money\n,1,2\n米,い", "ことば,money\n,1,2\n米P", "ことば,money\n,x,2"])
def test_weights_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        NeedWeights.from_csv(text)


def test_what_a_rule_finds_is_left_out_where_the_text_speaks_of_something_else() -> None:
    said = "いとこに赤ちゃんできて、出産祝いの相場しりたい"
    assert "money" not in understand(said, TODAY, SIGNS).answers.needs


def test_there_is_a_weight_for_every_need_without_danger() -> None:
    assert len(NeedWeights.from_csv((Path(__file__).parents[1] / "data" / "need_weights.csv").read_text(encoding="utf-8")).needs) == 18


@pytest.mark.parametrize(("numbers", "many"), [(["7", "-3", "0"], 3), (["4095", "-4096"], 2), (["-1"], 1)])
def test_packed_numbers_add_up_each_by_itself(numbers: list[str], many: int) -> None:
    one = packed([part(number) for number in numbers])
    assert sums([one, one, one], many) == tuple(3 * int(number) for number in numbers)
    assert [one_of(one, place) for place in range(many)] == [int(number) for number in numbers]


@pytest.mark.parametrize("number", ["4096", "-4097", "x", ""])
def test_what_is_no_weight_is_not_packed(number: str) -> None:
    with pytest.raises(ValueError):
        part(number)


def test_an_empty_file_weighs_nothing_and_a_cut_off_one_is_told() -> None:
    assert NeedWeights.from_csv("# 何もない\n") == NO_WEIGHTS
    with pytest.raises(ValueError):
        NeedWeights.from_csv("ことば,money,food\n,100,-200\n米,P}\n")
