"""Whose age it is: a child's, the speaker's own, a partner's, or somebody else's."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum

from finder.understanding.ages import Age
from finder.understanding.grammar import Reading, of_a_friend
from finder.understanding.patterns import pattern


class Role(Enum):
    """Whom an age is told of."""

    CHILD = "child"
    MYSELF = "self"
    OTHER = "other"
    FRIEND = "friend"


@dataclass(frozen=True, slots=True)
class Person:
    """A word for a person, and where it stands."""

    role: Role
    word: str
    start: int
    end: int


CHILD_WORD = (
    r"子どもたち|子ども|うちの子|この子|あの子|男の子|女の子|上の子|下の子|真ん中の子|真ん中|一番上|一番下|[1-5]人目(?:の子)?|"
    r"第[1-5]子"
    r"|長男|長女|次男|次女|三男|三女|四男|四女|末っ子|末娘|末の子|息子|娘|双子|三つ子|赤ちゃん|乳児|幼児|お兄ちゃん|"
    r"お姉ちゃん|兄ちゃん|姉ちゃん|兄弟|姉妹"
    r"|孫|甥っ子|姪っ子|甥|姪|継子|連れ子|里子|うちのは|うちん子|坊主|ちび|チビ|上(?=[がは]|の(?:娘|息))|下(?=[がは]|"
    r"の(?:娘|息))|子(?=[がはもをとに、。で]|$|\d)|男児|女児|生徒|児童(?!手|相|扶|館|福|発|虐|ク)"
    r"|(?<![a-z])(?:son|daughter|child|children|kids?|baby|boy|girl|boys|girls|twins|sons|daughters|nephew|niece|grandson|"
    r"granddaughter|grandchild)(?![a-z])"
)
_PERSON = pattern(
    rf"(?P<friend>(?:友達|友人|知人|知り合い|同僚|ママ友|パパ友|近所|隣|となり|クラス|よそ|ほか|後輩|先輩|上司|親友)(?:の(?:人|方|家|"
    rf"お宅|奥さん|ママ))?(?:たち)?(?:の(?:うち|家)?の?(?:{CHILD_WORD}|子)|(?=[はも])|(?=が(?!多|少|欲し|ほし|い(?:な|ま|る)|でき|おら))|"
    rf"(?=に[^。]{{0,14}}(?:がい|が生|ができ))))"
    r"|(?P<ours>うち(?:は(?!\d{2}歳)|では|も|の)|我が家|わが家)"
    r"|(?P<visitor>お客(?:様|さん|さま)|来庁者|来所者|相談者|窓口の方|来られた方|住民の方|利用者)"
    r"|(?P<pet>担任|先生|講師|保育士|園長|校長|店員|いとこ|従兄|大家|同居人|犬|猫|ペット|うさぎ|ハムスター|愛犬|愛猫|わんこ|にゃんこ|ワンコ|ニャンコ|築)"
    r"|(?P<partner>夫(?!婦)|旦那(?:さん)?|主人|妻|嫁(?!い)(?:さん)?|家内|奥さん|彼氏|彼女|彼(?=[はがもと])|パートナー|元夫|元妻|"
    r"元旦那|元嫁|配偶者|婚約者|相方|相手|姑|舅|husband|wife|boyfriend|partner)"
    rf"|(?P<child>{CHILD_WORD})"
    r"|(?P<grown>妹|弟)"
    r"|(?P<parent>(?:義理?の?)?(?:祖母|祖父|義母|義父|実母|実父|両親|お母さん|お父さん|母親|父親|母|父|ママ|パパ|"
    r"親)(?=(?:さん)?(?:が|は|も|の(?!子|3|娘)|と|に|を|、|\d|\())|(?<![お])[兄姉](?!弟|妹|ち)|おじ|おば|叔父|叔母|mother|father|mom|"
    r"dad)"
    r"|(?P<myself>未婚の[母父]|独身の[叔伯][父母]|私|僕|俺|自分|当方|本人|わし|うち(?=は\d)|シングルマザー|シングルファーザー|主婦|母親|父親|母|父|ママ|パパ|独身|"
    r"妊婦|会社員|(?<![a-z'])(?:i'm|i am|myself|i)(?![a-z']))"
)
_TO_NOUN = (
    r"(?:児)?(?:くらい|ぐらい|過ぎ|ちょっと|前後|半ば|程度)?\)?(?:になる|になった|になりました|になったばかり|になりたて|になります|"
    r"になりたての|に入った|に上がった|ばかり)?(?:ばかり)?(?:の|で|、|に通う|に通っている)?"
    r"(?:(?:発達|自閉|知的|身体|重度|軽度|軽い|ダウン|ADHD|不登校|多動|障害|医療的ケア|喘息|アレルギー|人見知り|やんちゃ|"
    r"かわいい|元気|可愛い|うち|思春期|反抗期|引きこもり|ひきこもり|夜泣き|わがまま|イヤイヤ期|双子|障害のある|手のかかる|"
    r"働いている|働いてる|無職|二人|2人|3人|ふたり)[^、。\d]{0,10}?(?:の|な|ある|ない|で|がある)?)?"
)
_NOUN_AFTER = re.compile(_TO_NOUN + rf"(?P<noun>{CHILD_WORD}|子|男(?!性)|女(?!性)|児(?!童)|妹|弟|兄(?!弟|妹|ち)|姉(?!妹|ち)|男子|女子|"
    rf"(?:の|で)?(?:園児))")
_ADULT_AFTER = re.compile(
    r"(?:代)?(?:の|、|で)?(?:専業|兼業|パート|無職の?|独身の?|初産の?|フリーター|未婚の?)?(?P<myself>私(?=ひとり|1人|一人|で)|シングルマザー|"
    r"シングルファーザー|主婦|主夫|ママ(?!友)|パパ(?!友)|母子|会社員|妊婦|無職|独身|フリーター|サラリーマン|パート|新婚|新米|女性|"
    r"男性|女です|男です|引きこもり|ひきこもり|ニート|ひとり親|母(?=です|。|で、|、|$|親です)|父(?=です|。|で、|、|$|親です)|母親|"
    r"父親|祖母(?=です|で、)|祖父(?=です|で、))"
)
_PARENT_AFTER = re.compile(
    r"(?:児|さん|生)?(?:と[^、。]{0,6})?(?:の)?(?:子ども|子|息子|娘|男の子|女の子|双子)?(?:の|を持つ|をもつ|がいる|を育てる|"
    r"のいる)?(?:母|父|ママ(?!友)|パパ(?!友)|親|保護者|祖母|祖父|シングル|ひとり親|主婦)"
)
_OTHER_AFTER = re.compile(
    r"(?:の)?(?:(?P<grown>[母父]親?(?=を|に|と|が(?:倒|入院|認知|寝|病|要介護)|の(?:介護|入院|世話|認知|通院|面倒))|両親|夫|妻|主人|旦那|嫁(?!い)|彼氏|彼女|義母|義父|祖母(?!です|で、)|祖父(?!です|で、)|姑|舅|元夫|元妻|恋人|叔父|叔母|おじ|"
    r"おば)|(?<=の)[^、。0-9子娘息孫]{0,5}?(?:犬|猫)|[ァ-ヺー]{0,6}(?:プードル|ダックス|チワワ|レトリバー|コーギー|インコ|ハムスター)|ペット|担任|クラス担当|先生|上司|友達|友人|同僚|いとこ)"
)
_LOOKED_AFTER = re.compile(r"の(?:面倒|お?世話|お?迎え|送り|相手|お風呂|育児|寝かし)|を(?:預|連れ|抱え|育て)")
_BORN_ONE = re.compile(rf"(?:{CHILD_WORD})(?:が|を|も)")     # 「双子を産んだ」
_ADULT, _YOUNG = 18, 25
_IS_ONE = re.compile("[がはもをにのと、。で]|です|$")         # not 「20歳の子持ち」
_JOINED = re.compile(
    r"(?:さん|の子|の子ども|の娘|の息子|の男の子|の女の子|生|児|歳|くらい|女|男|男子|女子|\))?(?:と、?|、|・|や|&|,|に|,? and |"
    r"そして、?|それから、?|, ?)*(?:の)?(?:今)?"
)

# 「2歳の娘と暮らす35歳です」
_WITH_A_CHILD = re.compile(r"(?:[2-5]人)?(?:がい|を(?:育て|持)|と(?:[2-5]人で)?(?:暮ら|住))(?:る|す|む|つ|してる|している|てる|ている|"
    r"んでる|んでいる)")
# 「兄は18歳、妹は小6」 are told of as children
_PAIRED = {"兄": ("弟", "妹"), "姉": ("弟", "妹"), "弟": ("兄", "姉"), "妹": ("兄", "姉")}
# 「猫が3匹いて、いちばん下が2歳です」
_OF_A_PET = re.compile(r"(?:犬|猫|うさぎ|ハムスター|インコ|ペット)(?:が|の|は|も)(?:(?!子|娘|息子|孫|私|夫|妻)[^。])*$")


def people(text: str) -> tuple[Person, ...]:
    """Return every word for a person, in the order of the text."""
    roles = {
        "ours": Role.CHILD,
        "friend": Role.FRIEND,
        "visitor": Role.MYSELF,
        "partner": Role.OTHER,
        "child": Role.CHILD,
        "pet": Role.OTHER,
        "grown": Role.OTHER,
        "parent": Role.OTHER,
        "myself": Role.MYSELF,
    }
    return tuple(Person(roles[m.lastgroup or ""], m[0], m.start(), m.end()) for m in _PERSON.finditer(text))

# 「20歳の大学生と高3」: nobody but a child is told of in one breath with a pupil
_ELDEST_OF_PUPILS = re.compile(r"の?(?:大学生|大学[1-4]年生?|専門学?生|短大生|社会人|浪人生?|フリーター)(?:と|、)(?=[小中高][1-6])")


def _grown(age: Age) -> bool:
    return (age.years or 0) >= _ADULT


def _own_words(reading: Reading, age: Age, named: tuple[Person, ...]) -> tuple[Role, Person | None] | None:
    """Return the role that the words right beside an age give it."""
    text = reading.text
    if (_BORN_ONE.match(text, age.start, age.end) or _ELDEST_OF_PUPILS.match(text, age.end)
            or text.startswith(("産後", "出産後"), age.start)):
        return Role.CHILD, None
    if _PARENT_AFTER.match(text, age.end) and not _grown(age):
        return Role.CHILD, None
    if _LOOKED_AFTER.match(text, age.end):
        return Role.CHILD, None
    if (other := _OTHER_AFTER.match(text, age.end)) and (_grown(age) or not other["grown"]):
        return Role.OTHER, None
    if (match := _NOUN_AFTER.match(text, age.end)) and not _told_before(text, age, match, named) and not (
        text.startswith(("で", "、"), age.end) and _of_a_grown_one(text, age, named)
    ):
        if "、" in text[age.end : match.start("noun")] and re.match(r"(?:が|は|も|の|、|\()?[0-9小中高年]", text[match.end("noun") :]):
            before = _named_before(reading, age, named)
            return (Role.MYSELF, None) if _grown(age) and (before is None or before.role is not Role.OTHER) else None
        if match["noun"] in ("妹", "弟", "兄", "姉"):
            return (Role.OTHER if _grown(age) else Role.CHILD), Person(Role.CHILD, match["noun"], match.start("noun"), match.end("noun"))
        a_young_one = match["noun"] == "子" and (age.years or 0) <= _YOUNG and _IS_ONE.match(text, match.end())
        if a_young_one or not (_grown(age) and match["noun"] in ("男", "女", "男子", "女子", "子")):
            if not a_young_one and (
                match["noun"] in ("子", "子ども", "赤ちゃん", "双子")
                and _grown(age)
                and age.years
                and age.years < 60
                and "、" in text[age.end : match.start("noun")]
            ):
                return None
            return Role.CHILD, Person(Role.CHILD, match["noun"], match.start("noun"), match.end("noun"))
    if _grown(age) and _ADULT_AFTER.match(text, age.end):
        return Role.MYSELF, None
    return None


def _of_a_grown_one(text: str, age: Age, named: tuple[Person, ...]) -> bool:
    """Tell whether a grown age is told right after a grown one: 「私は25で娘は5つ」."""
    beside = _one_before(named, age.start)
    return _grown(age) and beside is not None and beside.role in (Role.MYSELF, Role.OTHER) and _joined_to(text, beside, age)


def _told_before(text: str, age: Age, after: re.Match[str], named: tuple[Person, ...]) -> bool:
    """Tell whether an age is told of the child named right before it, not of the next one: 「下の子が3歳、上の子は」."""
    beside = _one_before(named, age.start)
    return (
        "、" in text[age.end : after.start("noun")] and beside is not None and beside.role is Role.CHILD and _joined_to(text, beside, age)
    )


def _joined_to(text: str, person: Person, age: Age) -> bool:
    return person.end == age.start - 1 and text[person.end] in "はがも"


def _one_before(named: tuple[Person, ...], at: int) -> Person | None:
    """Return the last person named before a place; those named stand in the order of the text."""
    place = bisect_right(named, at, key=lambda person: person.end)
    return named[place - 1] if place else None


def _named_before(reading: Reading, age: Age, named: tuple[Person, ...]) -> Person | None:
    """Return the last person named before an age in its sentence, or a child named in the one before."""
    here = reading.sentence(age.start)
    last = _one_before(named, age.start)
    if last and here.start <= last.start:
        return last
    place = bisect_right(named, here.start, key=lambda person: person.end)
    for earlier in reversed(named[max(0, place - 40) : place]):
        if earlier.role is Role.CHILD and here.start - earlier.end <= 40:
            return earlier
    last = named[place - 1] if place else None
    if last and last.role is Role.FRIEND and reading.text[last.end : last.end + 1] in "はがも":
        return last
    return None


def _role(reading: Reading, age: Age, named: tuple[Person, ...]) -> tuple[Role | None, Person | None]:
    text = reading.text
    own = _own_words(reading, age, named)
    if own and own[1] and text.startswith(("の子が", "の子は", "の子に", "の娘", "の息子"), age.end):
        return own
    if age.forms[0][0] != "grade" and _OF_A_PET.search(text, max(0, age.start - 24), age.start):
        return Role.OTHER, None
    if own is not None:
        return own
    person = _named_before(reading, age, named)
    if person is None:
        return None, None
    if person.word in ("妹", "弟", "兄", "姉"):
        of_ours = not _grown(age) or ((age.years or 0) <= _YOUNG and any(p.word in _PAIRED[person.word] for p in named))
        return (Role.CHILD if of_ours else Role.OTHER), person
    between = text[person.end : age.start]
    if person.role is Role.MYSELF:
        return (Role.MYSELF if _grown(age) else Role.CHILD), None
    if person.role is Role.OTHER:
        # 「夫は45歳」 is his; 「夫と離婚して、5歳と3歳がいます」 is not
        told = re.fullmatch(r"(?:さん)?(?:は|が|も|の(?:年齢|歳)は|、|\(|is |: ?| )?(?:今年|今|もう|現在|まだ|約|年齢)?(?:で)?", between)
        if told or (_grown(age) and len(between) <= 12):
            return Role.OTHER, person
        return None, None
    if person.role is Role.CHILD and _grown(age):
        if _WITH_A_CHILD.fullmatch(between):
            return Role.MYSELF, None
        close = re.search(r"[、。]", between) is None or len(between) <= 12
        mine = re.search(r"(?:離婚|妊娠|結婚|います|いません|いない|妊活|いる|のことで|育て)[^。]*[、。]", between) is not None
        return (Role.CHILD if close and not mine else None), person
    return person.role, person


def roles(reading: Reading, told: tuple[Age, ...], named: tuple[Person, ...]) -> tuple[tuple[Role, Person | None], ...]:
    """Return whose each age is, and the word that says so; what is joined by 「と」 shares its role."""
    first = [_role(reading, age, named) for age in told]
    out: list[tuple[Role, Person | None]] = []
    for place, (role, person) in enumerate(first):
        age = told[place]
        if role is None:
            role = _from_neighbours(reading.text, told, first, place)
        if role is None:
            role = Role.MYSELF if _grown(age) else Role.CHILD
        if role is Role.CHILD and of_a_friend(reading, age.start):
            role = Role.FRIEND
        out.append((role, person))
    return tuple(out)


def _from_neighbours(text: str, told: tuple[Age, ...], first: list[tuple[Role | None, Person | None]], place: int) -> Role | None:
    for other, left, right in ((place + 1, place, place + 1), (place - 1, place - 1, place)):
        if 0 <= other < len(told) and first[other][0] is not None and _JOINED.fullmatch(text[told[left].end : told[right].start]):
            role = first[other][0]
            if role is Role.CHILD and _grown(told[place]) and "、" in text[told[left].end : told[right].start]:
                return None
            return role
    return None
