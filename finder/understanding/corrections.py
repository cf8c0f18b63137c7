"""What a sentence takes back of what was said before: 「違います、4歳です」「お金じゃなくて学童」「家賃のことはもういいです」.

What is typed never overrides what is known, unless the sentence says that it corrects.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from finder.answers import FACTS, Answers, Child
from finder.ternary import NO, OPEN, YES
from finder.understanding.patterns import pattern

_SORRY = r"(?:^|。)(?:いいえ?|いや|あ|えっと|すみません|すいません|ごめん(?:なさい)?|no|sorry|oh)?[、。, !]*(?:それは|これは|そこは|さっきのは)?"
_WRONG = (r"違い?ます|違う|違った|違いまし|ちがい?ます|ちがう|まちがえ|間違え|間違い|まちがい|訂正|言い直|そうじゃな|そうではな|"
          r"(?:i )?meant|wrong|not that")
_CHANGES_MIND = re.compile(
    _SORRY + rf"(?:{_WRONG}|やっぱ|やはり|実は|actually)|(?:^|。)(?:いいえ|いや|いえ)[、。]|"
    r"(?:違います|間違えました|まちがえました|間違いでした|訂正します)(?:。|$)|"
    r"(?:すみません|すいません|ごめん(?:なさい)?|[上下]の子は|長[男女]は|末っ子は)[^。]{0,12}でした(?:。|$)")
_ANOTHER_MATTER = re.compile(_SORRY + rf"(?:{_WRONG})|(?:では|じゃ)な(?:く(?:て)?|い(?:です|ん)?)、?")
_ALSO = re.compile(r"それと|あと[、は]|加えて|ほかにも|他にも|も(?:知り|聞き|心配|困|教え|あり|欲し)")
# What is taken back stands before these words; they are looked for first, since few sentences hold them.
_NOT = r"(?:では|じゃ)な(?:く(?:て)?|かった)(?!っ)"
_NO_MORE = r"(?:は|なら)、?(?:もう)?(?:いい(?:です|や|わ|$|。|ので)|大丈夫|結構です|いりません|要りません|不要|解決し|やめ)"
_NOT_THIS = pattern(_NOT), re.compile(rf"(?P<this>[^、。]{{1,16}}?)(?:の(?:こと|話|件|相談|ほう))?{_NOT}")
_ENOUGH = pattern(_NO_MORE), re.compile(rf"(?P<this>[^、。]{{1,14}}?)(?:の(?:こと|話|件|ほう))?{_NO_MORE}")
_ELDEST, _YOUNGEST = re.compile("上の子|一番上|長男は|長女は"), re.compile("下の子|一番下|末っ子")
_ASKS = ("について知りたい", "を探しています")
# Whoever was in danger stays so until the answer itself is taken back.
_GRAVE = frozenset({"self_harm", "abuse", "dv", "unexpected_pregnancy", "emergency_medical"})


@dataclass(frozen=True, slots=True)
class Correction:
    """What a sentence takes back: children, needs, and whether what it tells stands in the place of what is known.

    `child` is "eldest", "youngest" or "", the child of whom it is said.
    """

    children: tuple[Child, ...] = ()
    needs: frozenset[str] = frozenset()
    instead: bool = False
    needs_instead: bool = False
    child: str = ""


def correction(text: str, children: Callable[[str], tuple[Child, ...]], needs: Callable[[str], frozenset[str]]) -> Correction | None:
    """Return what a text in the one spelling takes back, or None; `children` and `needs` read what a few words tell of."""
    enough, other = _this(_ENOUGH, text), _this(_NOT_THIS, text)
    instead = _CHANGES_MIND.search(text) is not None
    if not (enough or other or instead):
        return None
    back = frozenset[str]().union(*(needs(f"{one['this']}{asks}") for one in (enough, other) if one for asks in _ASKS))
    return Correction(
        tuple(child for child in children(other["this"]) if child.born) if other else (), back, instead,
        bool(_ANOTHER_MATTER.search(text)) and not _ALSO.search(text),
        "eldest" if _ELDEST.search(text) else "youngest" if _YOUNGEST.search(text) else "",
    )


def takes_back(text: str) -> bool:
    """Tell whether a text in the one spelling says that something is not, or no longer, asked for."""
    return _this(_ENOUGH, text) is not None or _this(_NOT_THIS, text) is not None


def _this(words: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> re.Match[str] | None:
    behind, whole = words
    return whole.search(text) if behind.search(text) else None


def corrected(known: Answers, typed: Answers, takes_back: Correction | None) -> Answers:
    """Return what is known without what a sentence takes back; children whose age it corrects are in their place."""
    if takes_back is None:
        return known
    needs = tuple(n for n in known.needs if n not in takes_back.needs or n in typed.needs)
    if takes_back.needs_instead and typed.needs:
        needs = tuple(n for n in needs if n in _GRAVE or n in typed.needs)
    known = replace(known, needs=needs, children=_children(known.children, typed.children, takes_back))
    if not takes_back.instead:
        return known
    told = {fact for fact in FACTS if typed.fact(fact) is not OPEN}
    if {"single_parent", "divorcing"} & told:
        told |= {"single_parent", "divorcing"}
    if typed.disability is NO and known.children:
        known = replace(known, children=tuple(replace(c, disability=OPEN) if c.disability is YES else c for c in known.children))
    for fact in told:
        known = replace(known, **{fact: OPEN})      # type: ignore[arg-type]
    return replace(known, myself=None if typed.myself else known.myself)


def _children(known: tuple[Child, ...] | None, typed: tuple[Child, ...] | None, takes_back: Correction) -> tuple[Child, ...] | None:
    if not typed or known is None:
        return known
    if not known:
        return None if takes_back.instead else known
    wrong = [at for at, child in enumerate(known) if any(_may_be(child, one) for one in takes_back.children)]
    if not wrong and takes_back.instead and len(known) == len(typed):
        wrong = list(range(len(known)))
    if not wrong and takes_back.instead and takes_back.child and len(typed) == 1 and all(c.born for c in known):
        births = sorted((child.born.earliest, at) for at, child in enumerate(known) if child.born)
        wrong = [births[0][1] if takes_back.child == "eldest" else births[-1][1]]
    if len(wrong) != len(typed):
        return known
    new = dict(zip(wrong, typed, strict=True))
    return tuple(_in_place_of(child, new[at]) if at in new else child for at, child in enumerate(known))


def _in_place_of(old: Child, new: Child) -> Child:
    return replace(new, disability=old.disability) if new.disability is OPEN else new


def _may_be(child: Child, other: Child) -> bool:
    return child.born is None or other.born is None or child.born.overlap(other.born) is not None
