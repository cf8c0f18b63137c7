"""Signs of danger: ways of speaking handed in from data/danger.toml, so that a city can read and correct them.

What no sign holds is judged by how much it is like the sentences in which someone was in danger; where all around a sign
is like calm, the sign is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from finder.understanding.grammar import Part, Reading, read as cut
from finder.understanding.kana import in_kanji, mended
from finder.understanding.likeness import Weights, likenesses
from finder.understanding.need_likeness import NeedWeights
from finder.understanding.rows import ByStep, Row, Sentence, Stretch, Told, Vocabulary, by_step, in_one_spelling, read_names, read_rows

# 打ち消しは言い切りだけ。「死にたいわけじゃない」は見落とさないほうをとる。
_DENIED = re.compile(
    # 「自殺願望はありません」
    r"(?:は|など|なんて|なんか|を)?(?:一切|絶対に|全く)?(?:振る|ふる)(?:い(?:は|も)?しません|いません(?!か)|わない(?!で|か))|"
    r"(?:願望|気持ち|気|つもり|家庭|癖|傾向|行為|様子|素振り|考え)?(?:は|も|など|なんて|とかでは?)(?:一切|全く|特に|もう)?"
    r"(?:ありません(?!か)|ない(?:です|の?で)?(?=。|、|$|けど|が)|なく(?=、|自|円|過|暮|て安))|"
    # 「手をあげません」「叩かずに育て」「叩いてなんかいません」「叩きたくない」
    r"(?<=[叩殴蹴げね])[いきりから]?(?:ません(?!か|で)|ない(?:です$|で育|育児|子育て|主義)|ずに(?:育|済|し))|"
    r"(?<=[叩殴蹴げね])[いっき]?(?:て(?:なんか|など)(?:い)?(?:ません|ない)|て(?:い)?る(?:わけ|訳)(?:では|じゃ)(?:ない|ありません)|たくない)|"
    # 「叩いたことはありません」「叩いたりはしません」「手をあげられたりは一切ありません」
    r"[いっしりれかきげくすうつむるん]{0,3}(?:[ただ]こと|こと)(?:は|も|が)?(?:一度も|全く|まだ|今まで)?(?:ありません|ない(?!か)|なし|"
    r"なか(?:っ|です))|"
    r"[いっしりん]{0,2}[ただ]り(?:は|も|とか|なんて)?(?:一切|全く|一度も)?(?:し(?:ません|ない|て(?:い)?(?:ません|ない)|ておりません)|"
    r"ありません(?!か)|ない(?!か))|"
    # 「虐待ではありません」「暴力は受けていない」
    r"(?<=[てで])(?:は|も)?い?(?:ない(?!か|と|方|ほう|て)|ません(?!か))|(?=は|も|では|じゃ|など|なんて|なんか|とか|という|こと|つもり|"
    r"と(?:は|思|まで)|され|受け|を?し(?:て|ま|な)|が(?:な|あ|一|全))(?:の?よう)?(?:な(?:ど|んて|んか)|とか|という|って|的)?(?:こと|"
    r"事実|もの|心配|恐れ|様子|つもり|気持ち|ほど)?(?:では|じゃ|は|も|が|と(?:は|まで)?|とは|など|なんて)?(?:全く|一切|一度も|特に|"
    r"まだ|もう|別に|思って)?(?:も|は)?"
    r"(?:ありません(?!か)|ない(?!か|と|と思|方|ほう|ので|から|よ(?:う)?に|で|し|。?た|ん|す)(?:です)?(?=。|、|が|けど|$|！|!)|"
    r"なかった|なく(?=、)|(?:し|受け|され|思)(?:て|って)(?:は)?い(?:ません|ない)|しません|しないよう|(?:い|し)なくて|(?:思|"
    r"考え)(?:って|て)(?:い)?(?:ない|ません)|思いません|違います|ちがいます|無縁|されていません|ゼロ)"
)
_ENDING = re.compile("[いきくけかしりるれらっ]{0,2}[たてで]?")
# 「虐待されていません」「夫から暴力を受けたことはありません」のほかに何も言わない文。「殴られていないけど」「されていませんか」はちがう。
_ONLY_DENIED = re.compile(
    r"(?:[^。、虐暴殴蹴叩死殺]{1,6}(?:から|に)(?:は|も)?)?"
    r"(?:(?:(?:身体的|性的|心理的)?(?:虐待|暴力|dv)[はを]?(?:され|受け)|[殴蹴]られ|叩かれ)"
    r"(?:ては?い?(?:ません|ない(?:です)?)|たことは(?:ありません|ない(?:です)?))|"
    r"(?:虐待|暴力|dv)(?:では|じゃ|は)(?:ありません|ない(?:です)?))[。!]?|"
    r"(?:no, )?(?:(?:my [a-z]+|he|she) (?:(?:does not|doesn't|did not|didn't|never) (?:hit|beat|hurt|abuse)|"
    r"(?:has )?never (?:hit|beaten|hurt|abused)) me|"
    r"i (?:am|was|have) (?:not|never) (?:been |being )?(?:hit|beaten|hurt|abused)(?: by my [a-z]+)?)[.!]?")


@dataclass(frozen=True, slots=True)
class Sign:
    """One way to tell of a danger, and what makes the same words harmless.

    Each row is words that follow each other, its steps by their numbers in the `Vocabulary`.
    """

    kind: str
    says: tuple[Row, ...]
    across: bool = False
    deniable: bool = True
    unless: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class DangerSigns:
    """All signs, the need that each kind gives, the order of urgency, and the words of a kind that are harmless.

    `calm` are, by kind, the words beside which a sign must be more like danger to count; `need_weights` what speaks for needs
    without danger, which the same data hold.
    Dangers that `can_wait` leave the numbers of another that was told before them.
    `rows` are what the signs say, each with the number of its sign, by the step that is met least.
    """

    signs: tuple[Sign, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    harmless: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    rows: ByStep = field(default_factory=ByStep)
    weights: Weights = field(default_factory=Weights)
    calm: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    need_weights: NeedWeights = field(default_factory=NeedWeights)
    can_wait: frozenset[str] = frozenset()

    @classmethod
    def from_toml(cls, raw: Mapping[str, Any]) -> DangerSigns:
        """Build the signs from the plain dict of danger.toml, with the texts of two more files.

        danger_weights.csv stands under "weights", need_weights.csv under "need_weights".
        """
        groups = raw.get("words", ())
        lines = [*groups, *(line for sign in raw.get("sign", ()) for line in (*sign["says"], *sign.get("unless", ())))]
        spelled = in_one_spelling(lines)
        one = dict(zip(spelled, in_kanji("\n".join(spelled.values())).split("\n"), strict=True)) if spelled else {}
        names = read_names(one[line] for line in groups)
        vocabulary = Vocabulary()
        signs = tuple(
            Sign(
                sign["kind"],
                read_rows([one[line] for line in sign["says"]], names, vocabulary),
                bool(sign.get("across")),
                bool(sign.get("deniable", True)),
                read_rows([one[line] for line in sign.get("unless", ()) if not line.startswith("=")], names, vocabulary),
            )
            for sign in raw.get("sign", ())
        )
        harmless = {kind: read_rows([one[line][1:] for sign in raw["sign"] if sign["kind"] == kind for line in sign.get("unless", ())
                                 if line.startswith("=")], names, vocabulary) for kind in {sign.kind for sign in signs}}
        return cls(signs, tuple(raw.get("needs", {}).items()), tuple(raw.get("order", ())), harmless, vocabulary,
                   by_step([(number, row) for number, sign in enumerate(signs) for row in sign.says], vocabulary),
                   Weights.from_csv(raw.get("weights", "")),
                   dict.fromkeys({sign.kind for sign in signs} - {*raw.get("calm_not_for", ())}, tuple(map(in_kanji, raw.get("calm", ())))),
                   NeedWeights.from_csv(raw.get("need_weights", "")), frozenset(raw.get("can_wait", ())))

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


def _parts(reading: Reading, across: bool) -> tuple[Part, ...]:
    """Return the sentences, and every two and three that follow each other: 「高2です。妊娠したかも。親に言えない」."""
    one = reading.sentences
    runs = [zip(one, one[more:], strict=False) for more in (1, 2)] if across else []
    return (*one, *(Part(first.start, last.end) for run in runs for first, last in run))


def find_danger(reading: Reading, signs: DangerSigns) -> tuple[Danger, ...]:
    """Return the signs of danger, the most urgent kind first, one of each kind."""
    text, typed = mended(reading.text)
    if _ONLY_DENIED.fullmatch(text):
        return ()
    reading = cut(text) if text != reading.text else reading
    stood: dict[str, Stretch] = {}
    alone, together = ({text[part.start : part.end]: part.start for part in _parts(reading, across)} for across in (False, True))
    told = Told(text, signs.vocabulary, signs.rows)
    read = {said: one for said, at in together.items() if (one := _read(told, signs, at, said, said not in alone))}
    like = likenesses(reading, signs.weights)
    for number in sorted({number for _, rows in read.values() for number in rows}):
        sign = signs.signs[number]
        for said, (sentence, rows) in () if sign.kind in stood else read.items():
            if number in rows and (sign.across or said in alone):
                stretch, at = _found(sign, rows[number], sentence, signs.harmless[sign.kind]), together[said]
                calm = any(word in said for word in signs.calm.get(sign.kind, ()))
                if stretch and not like.speak_against(at + stretch[0], at + stretch[1], calm):
                    stood[sign.kind] = at + stretch[0], at + stretch[1]
                    break
    named = [(like.rather(kind, *stretch, stood), *stretch) for kind, stretch in stood.items()]
    if not named and (likely := like.likely(bool(read))):
        named = [likely]
    found: dict[str, Danger] = {}
    for kind, start, end in named:
        found.setdefault(kind, Danger(kind, typed[start], typed[end]))
    rank = {kind: place for place, kind in enumerate(signs.order)}
    return tuple(sorted(found.values(), key=lambda d: rank.get(d.kind, len(rank))))


def _read(told: Told, signs: DangerSigns, start: int, said: str, several: bool) -> tuple[Sentence, dict[int, list[Row]]] | None:
    """Return a sentence with the rows that stand in it, by the number of their sign; of several sentences, of the signs that reach across."""
    near = [(number, row) for number, row, _ in told.rows_within(start, start + len(said)) if signs.signs[number].across or not several]
    if not near:
        return None
    sentence = told.sentence(start, start + len(said))
    rows: dict[int, list[Row]] = {}
    for number, row in near:
        if sentence.stretches(row):
            rows.setdefault(number, []).append(row)
    return (sentence, rows) if rows else None


def _found(sign: Sign, rows: list[Row], sentence: Sentence, harmless: tuple[Row, ...]) -> Stretch | None:
    """Return where a row of a sign stands in a sentence and is neither denied nor made harmless."""
    if any(sentence.stretches(row) for row in sign.unless):
        return None
    seen = sentence.without(sign.kind, harmless)
    for row in rows:
        for start, end in seen.stretches(row):
            if not (sign.deniable and _denied(sentence.text, end)):
                return start, end
    return None


def _denied(text: str, end: int) -> bool:
    """Tell whether what ends there is denied, also behind the ending of a verb: 「叩い|たことはない」."""
    return any(_DENIED.match(text, at) for at in range(end, _ENDING.match(text, end).end() + 1))  # type: ignore[union-attr]
