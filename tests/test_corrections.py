"""What a second sentence takes back of the first, in the talk."""

from datetime import date

import pytest

from bench.understanding import read_signs
from finder.answers import Answers, read_answers, write_answers
from finder.understanding import corrected, merge, understand

TODAY = date(2026, 11, 22)
SIGNS = read_signs()


def talk(*said: str) -> Answers:
    """Return what is known after some sentences, one turn each, as it goes to the visitor and comes back."""
    known = Answers()
    for one in said:
        found = understand(one, TODAY, SIGNS)
        if not found.out_of_scope:
            known = merge(corrected(known, found.answers, found.takes_back), found.answers)
        known = read_answers(write_answers(known), TODAY)
    return known


@pytest.mark.parametrize(("said", "children"), [
    (("3歳の子がいます", "違います、4歳です"), [{"age_years": 4}]),
    (("3歳の子がいます", "すみません、3歳じゃなくて4歳でした"), [{"age_years": 4}]),
    (("3歳の子がいます", "実は4歳になりました"), [{"age_years": 4}]),
    (("3歳と5歳の子がいます", "下の子は2歳でした"), [{"age_years": 2}, {"age_years": 5}]),
    (("3歳と5歳の子がいます", "まちがえました。5歳じゃなくて小1です"), [{"age_years": 3}, {"grade": "小1"}]),
    (("3歳と5歳がいます", "違います、4歳と6歳です"), [{"age_years": 4}, {"age_years": 6}]),
    (("子どもはいません", "やっぱりいます、2歳です"), [{"age_years": 2}]),
    (("i have a 3 year old", "sorry, i meant 4 years old"), [{"age_years": 4}]),
    (("小2がいます", "あと、もう一人年少がいます"), [{"grade": "小2"}, {"grade": "年少"}]),
    (("小2の子が学校に行けない", "上の子の話ではなくて、年少の下の子の発達です"), [{"grade": "小2"}, {"grade": "年少"}]),
    (("3歳と5歳の子がいます", "違います、4歳です"), [{"age_years": 3}, {"age_years": 5}, {"age_years": 4}]),    # which of them?
])
def test_an_age_that_is_corrected_stands_in_the_place_of_the_wrong_one(said: tuple[str, ...], children: list[dict[str, object]]) -> None:
    assert [dict(child.said) for child in talk(*said).children or ()] == children


@pytest.mark.parametrize(("said", "needs"), [
    (("お金が心配です", "やっぱりお金はいいです、預け先を探しています"), {"childcare"}),
    (("お金に困っています", "間違えました、お金じゃなくて学童です"), {"after_school"}),
    (("家賃が払えない", "家賃のことはもう大丈夫です。学費のことを教えて"), {"study"}),
    (("5歳がいて、保育園を探しています", "やっぱり保育園はいいです"), set()),
    (("お金の相談です", "あと仕事も探しています", "いいえ、仕事は大丈夫です"), {"money"}),
    (("家賃が払えない", "それと、下の子の発達も心配"), {"housing", "development"}),
    (("夫に殴られました", "違います、お金の相談です"), {"dv", "money"}),      # danger stays until it is taken back by hand
    (("お金が心配です", "夫とは考えが違います。子育ての愚痴を聞いてほしい"), {"money", "consult_parenting"}),
])
def test_a_need_that_is_taken_back_is_gone(said: tuple[str, ...], needs: set[str]) -> None:
    assert set(talk(*said).needs) == needs


@pytest.mark.parametrize(("said", "facts"), [
    (("離婚しました。小2がいます", "やっぱりまだ離婚していません、調停中です"), {"divorcing": True}),
    (("シングルマザーです", "すみません間違いでした。再婚しています"), {"single_parent": False}),
    (("妊娠中です", "間違えました、妊娠はしていません"), {"pregnant": False}),
    (("シングルマザーです", "再婚しています"), {"single_parent": True}),       # typed alone never overrides
])
def test_a_fact_that_is_corrected_is_as_corrected(said: tuple[str, ...], facts: dict[str, bool]) -> None:
    told = write_answers(talk(*said))
    assert {name: told[name] for name in ("pregnant", "single_parent", "divorcing") if name in told} == facts


def test_a_corrected_age_keeps_what_else_is_known_of_the_child() -> None:
    (child,) = talk("自閉症の5歳の子がいます", "ごめんなさい、6歳でした").children or ()
    assert (dict(child.said), child.disability.name) == ({"age_years": 6}, "YES")


def test_a_disability_that_is_taken_back_is_taken_from_the_child_too() -> None:
    told = talk("自閉症の5歳の子がいます", "間違えました、障害はありません")
    assert (told.disability.name, [child.disability.name for child in told.children or ()]) == ("NO", ["OPEN"])


@pytest.mark.parametrize("said", ["違います", "ちがう", "間違えました", "そうじゃない"])
def test_a_plain_no_is_part_of_the_talk(said: str) -> None:
    assert not understand(said, TODAY, SIGNS).out_of_scope
