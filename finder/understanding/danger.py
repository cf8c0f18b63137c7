"""Signs of danger: patterns handed in from data/danger.toml, so that a city can read and correct them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from finder.understanding.grammar import Part, Reading
from finder.understanding.spelling import spell

_GAP = "[^\n]{0,16}?"
_INNER_GAP = "[^\n]{0,8}?"
# 打ち消しは言い切りだけ。「死にたいわけじゃない」は見落とさないほうをとる。
_DENIED = re.compile(
    r"(?<=[てで])(?:は|も)?い?(?:ない(?!か|と|方|ほう)|ません(?!か))|(?=は|も|では|じゃ|など|なんて|なんか|とか|という|こと|つもり|"
    r"と(?:は|思|まで)|され|受け|を?し(?:て|ま|な)|が(?:な|あ|一|全))(?:の?よう)?(?:な(?:ど|んて|んか)|とか|という|って|的)?(?:こと|"
    r"事実|もの|心配|恐れ|様子|つもり|気持ち|ほど)?(?:では|じゃ|は|も|が|と(?:は|まで)?|とは|など|なんて)?(?:全く|一切|一度も|特に|"
    r"まだ|もう|別に|思って)?(?:も|は)?"
    r"(?:ありません(?!か)|ない(?!か|と|と思|方|ほう|ので|から|よ(?:う)?に|で|し|。?た|ん|す)(?:です)?(?=。|、|が|けど|$|！|!)|"
    r"なかった|なく(?=、)|(?:し|受け|され|思)(?:て|って)(?:は)?い(?:ません|ない)|しません|しないよう|(?:い|し)なくて|(?:思|"
    r"考え)(?:って|て)(?:い)?(?:ない|ません)|思いません|違います|ちがいます|無縁|されていません|ゼロ)"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One way to tell of a danger, and what makes the same words harmless."""

    kind: str
    says: re.Pattern[str]
    across: bool
    deniable: bool
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class DangerSigns:
    """All signs, the need that each kind gives, and the order of urgency."""

    signs: tuple[Sign, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()

    @classmethod
    def from_toml(cls, raw: Mapping[str, Any]) -> DangerSigns:
        """Build the signs from the plain dict of danger.toml."""
        signs = tuple(
            Sign(
                sign["kind"],
                _compiled(sign["says"]),
                bool(sign.get("across")),
                bool(sign.get("deniable", True)),
                _compiled(sign.get("unless", ())) if sign.get("unless") else None,
            )
            for sign in raw.get("sign", ())
        )
        return cls(signs, tuple(raw.get("needs", {}).items()), tuple(raw.get("order", ())))

    def need_of(self, kind: str) -> str:
        """Return the need that a kind of danger gives."""
        return dict(self.needs).get(kind, kind)


NO_SIGNS = DangerSigns()


@dataclass(frozen=True, slots=True)
class Danger:
    """A sign that was found, and where it stands."""

    kind: str
    start: int
    end: int


def _spelled(word: str) -> str:
    return _INNER_GAP.join(re.escape(spell(part).text) for part in word.split("〜"))


def _step(step: str) -> str:
    return "(?:" + "|".join(dict.fromkeys(_spelled(word) for word in step.split("/") if word)) + ")"


def _pattern(line: str) -> str:
    return _GAP.join(_step(step) for step in line.split("…"))


def _compiled(lines: Any) -> re.Pattern[str]:
    return re.compile("|".join(_pattern(line) for line in lines))


def _pairs(reading: Reading) -> tuple[Part, ...]:
    """Return every two sentences that follow each other: 「高2です。妊娠したかも」."""
    return tuple(Part(one.start, other.end) for one, other in pairwise(reading.sentences))


def find_danger(reading: Reading, signs: DangerSigns) -> tuple[Danger, ...]:
    """Return the signs of danger, the most urgent kind first, one of each kind."""
    found: dict[str, Danger] = {}
    for sign in signs.signs:
        parts = (*reading.sentences, *_pairs(reading)) if sign.across else reading.sentences
        for sentence in parts:
            if sign.kind in found:
                break
            match = sign.says.search(reading.text, sentence.start, sentence.end)
            if match is None or (sign.unless and sign.unless.search(reading.text, sentence.start, sentence.end)):
                continue
            if sign.deniable and _DENIED.match(reading.text, match.end(), sentence.end):
                continue
            found[sign.kind] = Danger(sign.kind, match.start(), match.end())
    rank = {kind: place for place, kind in enumerate(signs.order)}
    return tuple(sorted(found.values(), key=lambda d: rank.get(d.kind, len(rank))))
