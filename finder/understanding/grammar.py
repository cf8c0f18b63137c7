"""The small grammar that turns a keyword round: negation, doubt, supposition, other people."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from finder.understanding.patterns import pattern

_COPULA = (
    r"(?:の)?(?:子|世帯|家庭|状態|方|人|者)?(?:という?|とか|なん(?:て|か)|って)?(?:わけ|こと|訳|つもり|予定|問題)?"
    r"(?:では|じゃ|で|や|には|に|は|が|も|を|とは|と)?(?:は|も)?(?:特に|別に|全く|まったく|一度も|全然|まだ|もう|今のところ|"
    r"今は|何も|困って)?"
    r"(?:を|は|が|も)?"
)
_NEGATION = (
    r"(?:し|され|なっ|受け|持っ|取っ|とっ|使っ|もらっ|い|お|あ|通っ|感じ|考え|望ん|思っ|振るわれ|ふるわれ|でき|困っ|出|やっ)?(?:て|"
    r"で|た|だ)?"
    r"(?:い|お|は|も)?(?:(?<!少)ない(?!か[なも]|かと|でしょうか|かしら)|なかった|なく(?!らい|て(?:困|つら|辛|悩|不安|心配|"
    r"苦|大変|どう|死|生))"
    r"|なくて大丈夫|なし(?!で)|(?:は|も)?ありません|ません|あらへん|なか(?=です|ばい|けん|と|。|$)|ねえ|ねー|へん|とらん|"
    r"ちょらん|おらん|らん(?=。|$|けど|です|ばい|けん|き)"
    r"|せん(?=。|、|$|ばい|けん|けど)|ず(?=に|、)|しませんでした|違う|違います|ちがう|ちがいます|うそ|嘘|大丈夫です|不要|"
    r"いらない|要りません|いりません)"
)
_DENIED = re.compile(_COPULA + _NEGATION)
_DOUBTED = re.compile(
    r"(?:の)?(?:子|傾向|気味)?(?:なん|だっ|し|され)?(?:た|て(?:い)?る|る)?(?:の)?(?:では(?:ない)?か|じゃ(?:ない|ね[えー])か|かも|"
    r"か(?:な|も|と|どうか|しら|？|\?)|"
    r"(?:の|が)?(?:疑い|うたがい|疑われ|疑って|可能性|恐れ|おそれ|グレー|傾向|気味|予備軍|心配|不安)|っぽ|ぽい|らしい|みたい|"
    r"じゃろうか|やろうか|だろうか|でしょうか|と思わ|を疑)"
)
_HYPOTHETICAL = re.compile(
    r"(?:に|で|と|を|が|し|だっ|じゃ|になっ|でき|した|する|の)?(?:て|た)?(?:いる|いた)?(?:たら|なら(?![なれ])|れば|場合|すると|とき(?:は|"
    r"に|の)|時(?:は|に|の|間)|と(?:どう|何か|なにか|もらえ|使え))"
)
# A child of people we are not asked about.
_FRIEND = (
    r"(?:(?:友達|友人|知人|知り合い|同僚|ママ友|パパ友|後輩|先輩|上司|有名人|芸能人|親友)|(?:近所|隣|となり|クラス|よそ|他|ほか|職場)"
    r"(?=の(?:人|家|子|祖母|祖父|おば|おじ|お年寄り|方|奥|お宅|ママ|親|家族|夫婦|同僚|シングル|若い|女|男|母|お母|お父|学生|棟|階|席|アパート|マンション|[0-9]|赤|[小中高][1-6]|年[少中長])))"
)
FRIENDS = pattern(
    r"(?:テレビ|ニュース|ドラマ|新聞)(?:で|の(?!配達))|"
    + _FRIEND + r"(?:の(?:人|方|奥さん|夫婦|ママ|子|お宅|家))?(?:たち|達|さん)?(?:の(?!子と同じ|(?:家|うち|お?家|ところ)(?:に|で|へ|から|"
        r"まで|を))|が(?!多|少|欲し|ほし|い(?:な|ま|る)|"
    r"でき|おら)|は|も|、|に(?=[^。]{0,14}(?:がい|が生|ができ)))"
    # 「姉の子が4年生で学童に入っているそうです。うちは1年生」
    r"|(?<!お)(?:いとこ|義?[兄姉弟妹](?:夫婦)?)の(?:ところの|とこの|家の)?(?:子(?:ども)?|娘|息子|[長次][男女])(?:が|は|も)(?=.{0,40}?(?<![ぁ-ん])(?:うち|我が家|わが家)(?:は|の|も))")
_OURS = re.compile(r"(?:うち|私|我が家|わが家|自分|僕|俺|こちら|こっち)(?:の|は|も|が|に)")
_FOR_A_FRIEND = pattern(
    r"教えてあげ|伝えて|伝えた|(?:の)?代わり(?:に|で)|頼まれ|助けてあげ|力になり|相談され|相談を受け|紹介して(?:あげ)?|勧めて|"
    r"すすめて|助けた|支えた"
    r"|(?:友達|親友)(?:が|は)[^。]{0,8}妊娠[^。]*(?:。[^。]*){0,3}どう(?:すれば|したら)"
    r"|(?:友達|友人|知人|ママ友|同僚)(?:が|は)?(?:とても)?困って"
)
_BOUNDARY = re.compile(r"[。！？!?…\n]+|\.(?= [a-z]|$)")
_CLAUSE = re.compile(
    r"[、,。！？!?…（）()「」『』\n]+|(?:けれども|けれど|けど|だけど|ですが|ますが|たが|だが|ので|のに)(?=[^ぁ-ん]|[、,])")


def denied(text: str, end: int) -> bool:
    """Tell whether what ends there is denied: 「…ではありません」「…は受けていない」."""
    return _DENIED.match(text, end, end + 40) is not None


def doubted(text: str, end: int) -> bool:
    """Tell whether what ends there is only feared or supposed: 「…かもしれない」「…の疑い」."""
    return _DOUBTED.match(text, end, end + 30) is not None


def hypothetical(text: str, end: int) -> bool:
    """Tell whether what ends there is only thought of: 「…したら」「…の場合」."""
    return _HYPOTHETICAL.match(text, end, end + 20) is not None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text, without the marks around it."""

    start: int
    end: int


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[Part, ...]:
    parts: list[Part] = []
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            parts.append(Part(at, match.start()))
        at = match.end()
    if at < len(text):
        parts.append(Part(at, len(text)))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was said in one spelling, cut into sentences, and into clauses at commas and 「けど」, and the friends it names."""

    text: str
    sentences: tuple[Part, ...]
    clauses: tuple[Part, ...]
    friends: tuple[Part, ...]

    def sentence(self, at: int) -> Part:
        """Return the sentence that holds a place."""
        return part_around(self.sentences, at)

    def clause(self, at: int) -> Part:
        """Return the clause that holds a place."""
        return part_around(self.clauses, at)


def read(text: str) -> Reading:
    """Cut a text into its sentences and clauses."""
    friends = tuple(Part(m.start(), m.end()) for m in FRIENDS.finditer(text))
    return Reading(text, _cut(text, _BOUNDARY), _cut(text, _CLAUSE), friends)


def part_around(parts: tuple[Part, ...], at: int) -> Part:
    """Return the part that holds a place, or an empty one."""
    place = bisect_right(parts, at, key=lambda part: part.start) - 1
    return parts[place] if place >= 0 and at < parts[place].end else Part(at, at)


def for_a_friend(text: str) -> bool:
    """Tell whether help is asked for someone else's family."""
    return _FOR_A_FRIEND.search(text) is not None


def of_a_friend(reading: Reading, at: int) -> bool:
    """Tell whether what stands there is said of a friend's family that no help is asked for."""
    text, sentence = reading.text, reading.sentence(at)
    last = next((friend for friend in reversed(reading.friends) if friend.end <= at), None)
    if last is None or last.start < sentence.start or for_a_friend(text):
        return False
    return _OURS.search(text, last.end, at) is None
