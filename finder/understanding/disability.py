"""Whose disability it is: a child's, when it is said whose, else somebody's among the children."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from finder.ternary import NO, YES, Ternary
from finder.understanding.children import Household, Told
from finder.understanding.diagnoses import disability
from finder.understanding.facts import Fact
from finder.understanding.grammar import Reading

_ALL = re.compile(r"(?:[2-5]人|どちら|両方|全員|みんな|二人)とも|どちらも|両方|全員|みんな")
_ONE_OF_THEM = re.compile(r"(?:1人|一人|ひとり|片方|どちらか|うち1人)(?:の子|の方|のほう)?(?:だけ)?(?:に|が|は|も)[^、。]{0,4}$")
_WORDS = re.compile(
    r"[長次三四][男女]|上の子|下の子|真ん中の子|真ん中|一番上|一番下|末っ子|お兄ちゃん|お姉ちゃん|息子|娘|上|下|弟|妹|[1-5]人目"
)

_IN_ORDER = {"上": "上の子", "下": "下の子", "一番上": "上の子", "一番下": "下の子", "": None}
_OF_THE_NEXT = re.compile(rf"(?:の(?:ある)?|がある|を持つ)(?:{_WORDS.pattern}|[0-9小中高])")
# 「障害のある妹の世話をしています」
_AN_ELDERS = re.compile("の(?:ある)?(?:兄|姉)(?!弟|妹|ち)の")      # 「障害のある兄のこと」
_A_SIBLING = re.compile(r"(?:の(?:ある)?|が(?:ある|あり、?)|を持つ|で、?)(?P<who>弟|妹|兄(?!弟)|姉(?!妹))")


@dataclass(frozen=True, slots=True)
class Given:
    """The children with what was said of each, what was said of no one in particular, and where."""

    children: tuple[Told, ...]
    anyone: Fact | None = None
    places: dict[int, tuple[int, int]] = field(default_factory=dict)


def given_to(reading: Reading, home: Household) -> Given:
    """Give each disability to the child it is said of."""
    children = list(home.children)
    anyone: Fact | None = None
    places: dict[int, tuple[int, int]] = {}
    for fact in disability(reading):
        whose = _whose(reading, children, fact)
        if not whose:
            if not children and _AN_ELDERS.match(reading.text, fact.end):
                continue
            if anyone is None or fact.value is YES:
                anyone = fact
            continue
        for index in whose:
            if children[index].child.disability is not YES:
                children[index] = _with(children[index], fact.value)
                places[index] = (fact.start, fact.end)
    return Given(tuple(children), anyone, places)


def _with(told: Told, value: Ternary) -> Told:
    return replace(told, child=replace(told.child, disability=value))


def _whose(reading: Reading, children: list[Told], fact: Fact) -> tuple[int, ...]:
    if not children:
        return ()
    sentence = reading.sentence(fact.start)
    if len(children) == 1:
        # 「下の子が3歳、上の子に障害」 names another child than the one whose age is told
        word = _last_word(reading, sentence.start, fact.start)
        if beside := _A_SIBLING.match(reading.text, fact.end):
            word = beside["who"]
        own = children[0].called
        word, own = _IN_ORDER.get(word or "", word), _IN_ORDER.get(own or "", own)
        if word in ("弟", "妹", "兄", "姉") and own != word:
            return ()
        if (
            word
            and own
            and own != word
            and {word, own} & {"上の子", "下の子", "長男", "長女", "次男", "次女"}
            and len({word, own} & {"息子", "娘"}) == 0
            and not (word in own or own in word)
        ):
            return ()
        return (0,)
    around = reading.text[max(sentence.start, fact.start - 24) : fact.start]
    if _ALL.search(around) or (fact.value is NO and not _last_word(reading, sentence.start, fact.start)):
        return tuple(range(len(children)))
    if _ONE_OF_THEM.search(around):
        return ()
    near = _beside(reading, children, fact)
    if near is not None:
        return (near,)
    word = _last_word(reading, sentence.start, fact.start)
    if word:
        named = [
            i for i, c in enumerate(children) if c.called and (c.called == word or c.called.startswith(word) or word.startswith(c.called))
        ]
        return (named[0],) if len(named) == 1 else ()
    return ()


def _last_word(reading: Reading, start: int, end: int) -> str | None:
    found = _WORDS.findall(reading.text, start, end)
    return found[-1] if found else None


def _beside(reading: Reading, children: list[Told], fact: Fact) -> int | None:
    """Return the child told of nearest in the same sentence, the same clause above all."""
    text, sentence = reading.text, reading.sentence(fact.start)
    best: tuple[int, int] | None = None
    names_next = _OF_THE_NEXT.match(text, fact.end) is not None
    for index, child in enumerate(children):
        for start, end in child.stretches:
            if not sentence.start <= start < sentence.end:
                continue
            if end <= fact.start:
                between, far = text[end : fact.start], fact.start - end
                if _WORDS.search(between) and not _same_word(between, child):
                    far += 40
                # 「長男(11歳)と自閉症の次男(7歳)」
                if names_next and between[-1:] in ("と", "、"):
                    far += 20
            else:
                between, far = text[fact.end : start], start - fact.end
                if not re.match(r"(?:[^、。]{0,8})?(?:の|がある|を持つ|で|、|と)", between) or "、" in between:
                    far += 15
            far += 12 * len(re.findall(r"[、]|が(?=[^、]{2})|けど|で、", between))
            if best is None or far < best[0]:
                best = (far, index)
    return best[1] if best and best[0] < 40 else None


def _same_word(between: str, child: Told) -> bool:
    found = _WORDS.findall(between)
    return bool(child.called and found and found[-1] in child.called)
