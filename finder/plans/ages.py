"""Ages as plans write them: 「18歳に達する日以後の最初の3月31日まで」「小学生」「産後1年未満」「4か月児」 -> age limits.

What a word means without a number is the law's: 新生児 is under 28 days, 乳児 under a year, 幼児 until school,
妊産婦 the pregnant and mothers up to a year after the birth (母子保健法6条); 未就学児 until school (学校教育法17条).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Ages = dict[str, Any]
_TO = r"(?:から|[~〜\-–―ー])"
_END = (r"(?:の?年度末|に達する(?:日|年度)?(?:以[後降])?(?:の最初の)?(?:3月31日|年度の?末日?)|(?:に達した|になった)(?:日)?(?:以後|後|"
        r"あと)?の最初の(?:3月31日|年度末))")
_SCHOOL = {"小": 6, "中": 3, "高": 3}
_GRADE = r"(?P<{0}>小|中|高)(?:学校?|等学校|校)?(?P<{1}>[1-6])年生?"


@dataclass(frozen=True, slots=True)
class Mention:
    """An age in a text: where it stands, its words, the limits; `meant` by law, not by a number; `after` a birth."""

    start: int
    end: int
    words: str
    ages: Ages
    sure: bool = True
    after_birth: bool = False


def _grades(match: re.Match[str]) -> Ages:
    first, last = f"{match['a']}{match['an']}", f"{match['b']}{match['bn']}"
    return _upto({"from": first}, last)


def _upto(ages: Ages, grade: str) -> Ages:
    """高3 ends with the fiscal year of 18, whoever is at a school or not."""
    return {**ages, "until": "18歳年度末" if grade == "高3" else grade}


def _until_school(match: re.Match[str]) -> Ages:
    return _upto({}, f"{match['s']}{_SCHOOL[match['s']]}")


def _points(match: re.Match[str]) -> Ages:
    return {"at": [p.replace("ヶ", "か") for p in re.findall(r"(?:\d+歳)?(?:\d+か月)|\d+歳", match[0])]}


def _age_span(match: re.Match[str]) -> Ages:
    first = {} if match["a"] == "0" else {"from": f"{match['a']}歳"}
    return {**first, ("under" if match["e"] == "未満" else "until"): f"{match['b']}歳"}


# The longest and most exact first: what one has taken, no other takes.
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], Ages], bool], ...] = (
    (rf"(?:満)?(?P<n>\d+)歳{_END}(?:まで)?(?:の間)?", lambda m: {"until": f"{m['n']}歳年度末"}, True),
    (r"(?:\d+歳(?:\d+か月)?児?|\d+か月児?)(?:(?:、|・|及び|と)(?:\d+歳(?:\d+か月)?|\d+か月)児)+(?=に|を対象)", _points, True),
    (r"(?:\d+歳\d+か月|\d+か月)児(?:健診|健康診査)?", _points, True),
    (rf"中学(?:校)?卒業後{_TO}(?P<n>\d+)歳まで", lambda m: {"from": "中学校卒業後", "until": f"{m['n']}歳"}, True),
    (rf"{_GRADE.format('a', 'an')}{_TO}{_GRADE.format('b', 'bn')}(?:まで)?", _grades, True),
    (rf"(?P<a>\d+)歳(?:以上|児)?{_TO}?、?(?P<b>\d+)歳(?P<e>未満|以下|児|まで|にな?る?まで)?", _age_span, True),
    (rf"小学生{_TO}中学生(?:まで)?", lambda m: {"from": "小1", "until": "中3"}, True),
    (rf"小学生{_TO}高校生(?:世代|年代|相当)?(?:まで)?", lambda m: {"from": "小1", "until": "18歳年度末"}, True),
    (rf"中学生{_TO}高校生(?:世代|年代|相当)?(?:まで)?", lambda m: {"from": "中1", "until": "18歳年度末"}, True),
    (r"産後(?P<n>\d+)(?P<u>年|か月)(?:未満|以内|まで|を経過しない)", lambda m: {"under": f"産後{m['n']}{m['u']}"}, True),
    (r"(?:生後)?(?P<n>\d+)か月(?:未満|になるまで)(?:の?(?:乳児|児|赤ちゃん))?", lambda m: {"under": f"{m['n']}か月"}, True),
    (r"生後(?P<n>\d+)日(?:未満)", lambda m: {"under": f"生後{m['n']}日"}, True),
    (r"(?:満)?(?P<n>\d+)歳(?:未満|に満たない|になるまで)", lambda m: {"under": f"{m['n']}歳"}, True),
    (r"(?:満)?(?P<n>\d+)歳(?:まで|以下)", lambda m: {"until": f"{m['n']}歳"}, True),
    (r"(?:満)?(?P<n>\d+)歳以上(?:の就学前|の?未就学児)", lambda m: {"from": f"{m['n']}歳", "until": "就学前"}, True),
    (r"(?:満)?(?P<n>\d+)歳以上", lambda m: {"from": f"{m['n']}歳"}, True),
    (rf"{_GRADE.format('s', 'n')}(?:まで|以下|修了(?:前|まで))", lambda m: _upto({}, f"{m['s']}{m['n']}"), True),
    (rf"{_GRADE.format('s', 'n')}以上", lambda m: {"from": f"{m['s']}{m['n']}"}, True),
    (r"(?P<s>小|中|高)(?:学|等学)?校(?:を?卒業|修了)(?:する)?(?:前|まで)", _until_school, True),
    (r"(?P<s>小|中|高)(?:学|校)生(?:世代|年代|相当)?(?:まで|以下)", _until_school, True),
    (r"(?P<s>小|中|高)(?:学|校)生以上", lambda m: {"from": f"{m['s']}1"}, True),
    (r"(?P<n>\d+)歳児", lambda m: {"until": "0歳"} if m["n"] == "0" else {"from": f"{m['n']}歳", "until": f"{m['n']}歳"}, True),
    (r"小[・、]?中学生|小学生[及やと・](?:び)?中学生|児童[・、]?生徒", lambda m: {"from": "小1", "until": "中3"}, False),
    (r"(?P<s>小|中|高)(?:学|校)生から", lambda m: {"from": f"{m['s']}1"}, False),
    (r"小学生", lambda m: {"from": "小1", "until": "小6"}, True),
    (r"中学生", lambda m: {"from": "中1", "until": "中3"}, True),
    (r"高校生(?:世代|年代|相当)?", lambda m: {"from": "高1", "until": "18歳年度末"}, False),
    (r"未就学児?童?|就学前(?:の?(?:お子|子ども|児童|乳幼児|幼児))?|未就園児|小学校(?:就学|入学)前", lambda m: {"until": "就学前"}, True),
    (r"乳幼児(?!健診|健康診査)", lambda m: {"until": "就学前"}, True),
    (r"新生児", lambda m: {"under": "生後28日"}, False),
    (r"乳児", lambda m: {"under": "1歳"}, False),
)
_COMPILED = tuple((re.compile(p), limits, sure) for p, limits, sure in _PATTERNS)


def ages_in(text: str) -> list[Mention]:
    """Return the ages that a folded text mentions, in its order."""
    found: list[Mention] = []
    taken = bytearray(len(text))
    for pattern, limits, sure in _COMPILED:
        for match in pattern.finditer(text):
            if not any(taken[match.start():match.end()]):
                taken[match.start():match.end()] = b"\1" * (match.end() - match.start())
                found.append(Mention(match.start(), match.end(), match[0], limits(match), sure, match[0].startswith("産後")))
    return sorted(found, key=lambda m: m.start)


def outside(mentions: list[Mention], text: str) -> Iterator[Mention]:
    """Yield the mentions that stand outside brackets."""
    for mention in mentions:
        if text.count("(", 0, mention.start) == text.count(")", 0, mention.start):
            yield mention
