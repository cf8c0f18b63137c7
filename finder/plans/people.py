"""For whom a program is, by its plan: alternatives in the language of our requirements, each with the plan's words.

A mention counts when it stands where plans say for whom: 「…を対象に」「…に対し」「…を養育する」, in the name, or in a column
of its own.  A mention elsewhere only says what the text is about.  ひとり親家庭 is by law one with a child under 20
(母子及び父子並びに寡婦福祉法6条), yet programs set other ages: it is told.  障害児 is under 18 (児童福祉法4条), never sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from finder.plans.ages import Mention, ages_in, outside
from finder.plans.guesses import Guess
from finder.plans.lines import folded

_FACTS = (
    ("single_parent", r"ひとり親(?:家庭|世帯)?等?|母子家庭|父子家庭|母子父子|母子・父子"),
    ("widow", r"寡婦"),
    ("divorcing", r"離婚を(?:考え|検討し|予定し)て|離婚(?:前|協議|調停)中?"),
    ("mothers", r"妊産婦"),
    ("pregnant", r"妊婦(?!健診|健康診査)|妊娠中の(?:方|人|女性)|妊娠して(?:いる)?|妊婦(?=健診|健康診査)|マタニティ|プレママ"),
    ("born", r"産婦|産後の(?:母|女性|方)"),
    ("disability", r"障害児(?:\(者\))?|障害のある(?:子(?:ども)?|児童|生徒|お子|乳幼児)|障害を有する(?:児童|子(?:ども)?)|(?:精神|身体|"
                   r"知的)\w{0,8}障害の状態にある|障害児等|特別児童"),
    ("low_income", r"経済的な?理由|経済的に困難|低所得|生活(?:に)?困窮(?:世帯|家庭|者)?|生活保護(?:受給)?(?:世帯)?|就学援助認定世帯|"
                   r"非課税世帯|要保護(?:者)?世帯"),
)
_FACT_PATTERNS = tuple((fact, re.compile(pattern)) for fact, pattern in _FACTS)
# What may stand between for whom and these words does not end the sentence.
_TARGET = re.compile(r"を対象|(?:が|は)、?対象|のための|に対し|に対する|を養育|に養育され|を抱える(?:家庭|世帯|親)|が(?:、|利用|入所|"
                     r"通所)|を(?:一時的に)?(?:預か|受け入れ)|"
                     r"(?:家庭|世帯|保護者|児童|子ども|生徒|産婦|妊婦)(?:等)?(?:の保護者)?(?:に|へ)|の(?:悩み|相談|生活安定|福祉増進|"
                     r"家庭を)|及びその家族|とその家族|"
                     r"までの子育てに?つ|をともに|を共に")
_NAME_ONLY_ABOUT = re.compile(r"施設整備|研修|確保|啓発|周知")
_OR = re.compile(r"又は|または|及び|並びに|もしくは|若しくは")
_ELSEWHERE = (("pregnant", "妊娠(?:期|中|時|届)|妊婦|妊産婦"), ("産後", "出産後|産後|産前"), ("divorcing", "離婚"), ("widow", "寡婦"))
_EXCEPTION = re.compile(r"\(障害児は(\d+)歳未満\)")
_ROUGHLY = re.compile(r"(?:おおむね|概ね|原則|主に|など|等|程度)$")
LAW_SINGLE = "子どもの年齢が書かれていません（法律では、ひとり親家庭の子は20歳未満）"


@dataclass(frozen=True, slots=True)
class Fact:
    """A household's fact where a text mentions it."""

    fact: str
    words: str
    start: int
    aimed: bool


def eligibility(name: str, text: str, target: str = "", beside: str = "") -> list[Guess]:
    """Return the alternatives that a program's words say, sure ones and likely ones; none when nothing is said.

    `beside` is what its row says elsewhere, of its year's work: whom only that names, no alternative is made of.
    """
    said, called, column = folded(text), folded(name), folded(target)
    ages = [(m, _aimed(said, m.start, m.end)) for m in outside(ages_in(said), said)]
    ages += [(m, True) for m in ages_in(column)]
    ages += [(m, True) for m in ages_in(called) if not any(m.ages == other.ages for other, _ in ages)]
    # 「（障害児は20歳未満）」 says of some children more; it is read by itself.
    facts = [*_facts(called, always=True), *_facts(_EXCEPTION.sub("", said)), *_facts(column, always=True)]
    if not ages and not facts:
        return []
    aimed_ages, aimed_facts = _distinct([m for m, aimed in ages if aimed]), [f for f in facts if f.aimed]
    doubt = _doubt(name, said, ages, aimed_ages)
    used_ages = aimed_ages or _distinct([m for m, _ in ages])
    used_facts = aimed_facts or facts
    doubt = doubt or ("" if aimed_ages or aimed_facts else "だれが対象かを言う所にはありません")
    found = list(_alternatives(said, used_ages, used_facts, doubt))
    # One alternative without the other would shut people out: all are sure, or none.
    doubtful = next((g.doubt for g in found if not g.sure), "") or _also(found, said + folded(beside))
    return [replace(g, sure=False, doubt=g.doubt or doubtful) for g in found] if doubtful else found


def _also(found: list[Guess], said: str) -> str:
    """Say whom a text mentions for whom no alternative was made."""
    made = "".join(str(g.value) for g in found)
    return next((f"「{match[0]}」の人も対象かもしれません" for fact, words in _ELSEWHERE
                 if fact not in made and (match := re.search(words, said))), "")


def _facts(text: str, *, always: bool = False) -> Iterator[Fact]:
    for fact, pattern in _FACT_PATTERNS:
        for match in pattern.finditer(text):
            # 「障害のある子も受け入れます」: they too, not they alone.
            if not (fact == "disability" and re.match(r"(?:さん|たち)?等?(?:も|の?受け?入れ)", text[match.end():])):
                yield Fact(fact, match[0], match.start(), always or _aimed(text, match.start(), match.end()))


def _aimed(text: str, start: int, end: int) -> bool:
    """Tell whether a mention stands where plans say for whom: before such words, in the same sentence."""
    rest = text[end:].split("。")[0]
    rest = re.sub(r"\([^()]*\)", "", rest)
    found = _TARGET.search(rest[:45])
    return bool(found) and text[start - 1:start] != "は"


def _distinct(mentions: list[Mention]) -> list[Mention]:
    return list({str(m.ages): m for m in mentions}.values())


def _doubt(name: str, said: str, ages: list[tuple[Mention, bool]], aimed: list[Mention]) -> str:
    if _NAME_ONLY_ABOUT.search(name):
        return "事業者や職員のための事業かもしれません"
    if len(aimed) > 1:
        return "年齢が二つ以上あります: " + "、".join(m.words for m in aimed)
    if any(not m.sure for m in aimed):
        return "年齢の範囲がはっきりしない言葉です"
    if any(_ROUGHLY.search(said[:m.start]) for m in aimed):
        return "おおよその年齢です"
    if {m.words for m, is_aimed in ages if not is_aimed} - {m.words for m in aimed} and aimed:
        return "ほかの年齢の人も出ます"
    return ""


def _alternatives(said: str, ages: list[Mention], facts: list[Fact], doubt: str) -> Iterator[Guess]:
    by_fact: dict[str, str] = {}
    for fact in facts:
        by_fact.setdefault(fact.fact, fact.words)
    base: dict[str, Any] = {"single_parent": True} if "single_parent" in by_fact else {}
    if "low_income" in by_fact:
        base["low_income"] = "usually"
    common = [by_fact[f] for f in ("single_parent", "low_income") if f in by_fact]
    if "disability" in by_fact and _OR.search(said[:60]) and "障害児(者)" not in said:
        doubt = doubt or "障害のある子だけが対象か、はっきりしません"
    children = []
    for mention in ages:
        child = dict(mention.ages) | ({"disability": True} if "disability" in by_fact and not mention.after_birth else {})
        children.append((child, [*common, *([by_fact["disability"]] if child.get("disability") else []), mention.words]))
    if not children and "disability" in by_fact:
        children.append(({"under": "18歳", "disability": True}, [*common, by_fact["disability"]]))
        doubt = doubt or "何歳までかが書かれていません（児童福祉法の18歳未満を案にしました）"
    mothers = by_fact.get("mothers") or by_fact.get("born")
    if mothers and not any("産後" in str(c) for c, _ in children):
        children.append(({"under": "産後1年"}, [mothers]))
        doubt = doubt or ("産後いつまでかが書かれていません" if "mothers" not in by_fact else "")
    if "pregnant" in by_fact or "mothers" in by_fact:
        yield _guess({"pregnant": True}, [by_fact.get("pregnant") or by_fact["mothers"]], doubt)
    if "single_parent" in by_fact and not children:
        yield replace(_guess(base, common, doubt), note=LAW_SINGLE)
    elif base and not children:
        yield _guess(base, common, doubt or "家計のほかの条件が書かれていません")
    for child, words in children:
        yield _guess({**base, "child": child}, words, doubt)
    if exception := _EXCEPTION.search(said):
        yield _guess({**base, "child": {"under": f"{exception[1]}歳", "disability": True}}, [*common, exception[0]], doubt)
    for alone in ("widow", "divorcing"):
        if alone in by_fact:
            yield _guess({alone: True}, [by_fact[alone]], doubt)


def _guess(alternative: dict[str, Any], words: list[str], doubt: str) -> Guess:
    return Guess("eligible", alternative, "・".join(dict.fromkeys(words)), not doubt, doubt)
