"""The children, and the speaker's own age: every age that was told, given to the person it is told of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from finder.answers import Child
from finder.understanding.ages import Age, ages
from finder.understanding.grammar import Reading, hypothetical
from finder.understanding.patterns import pattern
from finder.understanding.people import CHILD_WORD, Person, Role, people, roles

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One person, the stretches of text that tell of them, and the word they are called by."""

    child: Child
    stretches: tuple[tuple[int, int], ...]
    called: str | None = None
    word_at: int | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """The children and the speaker, as told; `none` when it is said that there are no children."""

    children: tuple[Told, ...] = ()
    myself: Told | None = None
    none: tuple[int, int] | None = None


_CORRECTS = re.compile(
    r"(?:さん|ちょうど|の子|でした|です|歳|じゃ|の|で(?=な))?(?:では|じゃ)?(?:なくて?(?!なっ)|ない(?:や|です)?|ありません)?、?(?:[、。…・!?？]|\.\.\.|に|"
    r"あ|え)*(?:いや|いえ|いいえ|ちが(?:う|った|い)|違(?:う|った|い|え)|間違(?:え|い)|まちが|訂正|もとい|ごめん|すみません|失礼|"
    r"じゃな|ではな|あ、|あっ|は、?間違いで|は、?まちがいで|actually|sorry|no)[^0-9]{0,24}"
    r"|(?:さん|生)?(?:と|って)(?:書|言|打|入力|送)[^0-9。]{0,8}(?:が|けど|のは)、?(?:本当は|実は|正しくは|今は)?"
    r"|(?:で|です|と)?[、。(](?:もう少し)?(?:正確に|厳密に|細かく)(?:は|言うと|いうと|言えば)[^0-9]{0,8}"
)
_DENIED_AGE = re.compile(r"(?:さん|児|生)?(?:では|じゃ|で(?=なく))(?:なくて?|ない|ありません|ねえ)(?!か)")
_LIST_GAP = re.compile(r"(?:さん|生|児|の子|歳|くらい|女|男)?[と、・や&,に]|,? ?and ")
_APPOSITION = re.compile(
    r"(?:さん|の子|児|クラス|生)?(?:の|\(|で|、|=|,|は|も|が|今|もう|、今|、もう|:| ?)*(?:今|現在|もう|満|学年は|年齢は|(?:明日|来週|来月|"
    r"4月|この春|来春|来年度?|新年度)(?:から|に|で|は))?"
)
_BY_BIRTH = ("birth_date", "birth_month", "birth_year")
_TWINS_AFTER = re.compile(
    r"(?:になりました(?:、はい)?、|に(?:なる|なった|なったばかり|なりたて|上がる|入る|入学する|通う))?(?:の)?(?P<word>双子|三つ子|年齢の双子)(?!じゃ|では)|(?:の(?:男の子|女の子|娘|息子|男女))?の?(?P<also>双子|三つ子)(?!じゃ|では)")
_TWINS_BEFORE = re.compile(
    r"(?P<word>双子|三つ子|twins|triplets)(?:ちゃん|たち|が|は|も|の(?:男の子|女の子|娘|息子|子ども|男女|母(?:です)?|親|姉妹|兄弟|"
    r"兄妹)?(?:が|は|も)?|\(|、|。|ママ(?:です)?|です|で|育児(?:中)?|がいて|がいます|を育てて(?:います|いて)|を持つ|年齢は| of| are|"
    r" aged?| \(|,|\.| who| ?){0,4}(?:今|現在|もうすぐ|もう|まだ|来月で?|来週で?|今度|2人とも|どちらも|両方|(?:来年度?|再来年|この春|今春|"
    r"今年|4月|3月|春|来春|来月|次の春|新年度)(?:から|に|で|は|の春に?)*)?$"
)
_PAIR_AFTER = re.compile(r"児?(?:の(?:子|子ども|男の子|女の子|娘|息子|男|女))?(?:が|は)?(?P<count>[23])人(?!目|暮|家|き|の(?:母|父|親)|で)")
_PAIR_BEFORE = re.compile(r"(?P<count>[23])人とも$|(?:どちらも|両方とも|両方|2人の)$")
# 「双子がいて、体力の限界です。10か月」, with no other child named between
_TWINS_ANYWHERE = re.compile(r"(?<!妊娠)双子(?:[がはでを(]|の片方|のうち(?:の)?(?:1人|一人|ひとり|片方)|。|、)(?:(?!妊娠|お腹|身ごも|授か|"
    r"懐妊|予定|産(?:む|み(?!ました))|私|夫|妻|"
    r"子|娘|息子|孫|"
    r"弟|妹|兄|姉|[長次三][男女]|上|"
    r"下)[^0-9]){0,24}$")
_NONE = pattern(
    r"(?:子ども(?:たち)?(?:は|が|も)?(?:まだ|1人も|ひとりも|、)?(?:い(?:ない|ません)|おらん|おりません|いなく|なし|いなくて|"
    r"ありません)|子なし|子無し|こなし(?!す)|ノーキッズ|子どもを持(?:って(?:い)?ない|たない)|no (?:kids|children)|don't have (?:kids|"
    r"children|any children)|childless|子(?:は|も)(?:い(?:ない|ません)|おらん|おりません|なし)|(?:子ども|赤ちゃん)が(?:欲し|"
    r"ほし)[^。]{0,8}まだ(?:い(?:ない|ません)|おらん|でき(?:な|ませ))|(?:子ども|子宝)(?:に|には)(?:まだ|"
    r"なかなか)?恵まれ(?:ない|ません|ず)|独身で(?:、)?子ども?も(?:い(?:ない|ません)|"
    r"おらん))"
    r"(?!間|とき|時|人|家|ところ|と|のに|隙|日|(?:の)?(?:です)?か|ので友|部屋|昼)"
)
_PREGNANT_DAUGHTER = re.compile(r"^[^。]{0,24}?(?:妊娠|妊婦|お産|産む|産みに|出産(?:予定|を控|する|します|で)|身ごも|身重|お腹|おなか|"
    r"臨月|おめでた|つわり)")
_NOT_BORN = re.compile(r"お腹|おなか|腹の|胎児|出産予定(?!で)|予定日(?!で)")


def household(reading: Reading, today: date) -> Household:
    """Return the children and the speaker, as told."""
    text = reading.text
    named = people(text)
    told = _corrected(text, ages(text, today))
    whose = roles(reading, told, named)
    children: list[Told] = []
    myself: Told | None = None
    previous: Age | None = None
    for age, (role, person) in zip(told, whose, strict=True):
        if role is Role.MYSELF and myself is None:
            myself = Told(Child(age.born, said=age.forms), ((age.start, age.end),))
        if role is Role.CHILD and _lives_elsewhere(text, age):
            continue
        if role is not Role.CHILD or _not_this_one(text, age, person):
            previous = age if role is Role.CHILD else previous
            continue
        one = Told(
            Child(age.born, said=age.forms), ((age.start, age.end),), person.word if person else None, person.start if person else None
        )
        same = _same_person(text, children, one, age, previous)
        if same is not None:
            children[same] = _merged(children[same], one)
        else:
            children.extend([one] * _how_many(text, age, told))
        previous = age
    none = _NONE.search(text)
    return Household(
        tuple(children[:MOST_TOLD]), myself, none.span() if none and not children and not hypothetical(text, none.end()) else None
    )


_FORMER = ("(?:元(?:夫|妻|旦那|嫁|主人|奥さん)|前(?:の)?(?:夫|妻|旦那)|(?:子ども|子)の(?:父|母)親?|別れた(?:女房|妻|嫁|夫|旦那|主人|人)|"
    "相手|向こう|あちら)(?:の方|側)?")
_ANOTHER_PARENT = re.compile("元[夫妻旦嫁主奥]|前の?[夫妻旦]|子の[父母]|子どもの[父母]|別れた|相手|向こう|あちら")
_TAKEN_BY = re.compile(rf"{_FORMER}(?:が|に|へ)(?:引き取|育て|連れて(?:行|い)|取られ|渡し)[^、。]{{0,6}}$|{_FORMER}と(?:一緒に)?(?:暮らす|"
    rf"住む|いる|暮らして(?:い)?る|住んで(?:い)?る)[^、。]{{0,4}}(?:は、?|が|も)?(?:もう|今)?$|{_FORMER}の(?:ところ|とこ|家|もと|実家)(?:に|で)[^。私う下上手]{{0,16}}$")
_LIVES_WITH = re.compile(
    rf"[^、。0-9]{{0,8}}(?:は|が|も|を)、?{_FORMER}(?:の(?:家|ところ|とこ|もと|方)(?:に|で|へ)|が(?:引き取|育て|見て|みて)|に引き取られ|と(?:暮ら|住))")


def _lives_elsewhere(text: str, age: Age) -> bool:
    """Tell whether a child lives with the other parent: 「元夫が引き取った小5の長男」."""
    return bool(_ANOTHER_PARENT.search(text) and (_TAKEN_BY.search(text, 0, age.start) or _LIVES_WITH.match(text, age.end)))


def _corrected(text: str, told: tuple[Age, ...]) -> tuple[Age, ...]:
    """Drop what was taken back: 「小2、いや、小3でした」「3歳じゃなくて4歳」."""
    kept: list[Age] = []
    for place, age in enumerate(told):
        following = told[place + 1] if place + 1 < len(told) else None
        if following and _CORRECTS.fullmatch(text[age.end : following.start]) and following.start - age.end <= 30:
            continue
        if _DENIED_AGE.match(text, age.end) and not (following and _LIST_GAP.match(text, age.end)):
            continue
        kept.append(age)
    return tuple(kept)


def _not_this_one(text: str, age: Age, person: Person | None) -> bool:
    """Tell whether an age is of the unborn, of a daughter who expects, or of a child's sister."""
    if person is None:
        return False
    if (person.word in ("娘", "長女", "次女", "三女", "孫", "姪") and (age.years or 0) >= 13) or (
        person.word in ("娘", "長女", "次女", "孫") and age.forms[0][0] == "grade" and str(age.forms[0][1])[0] in "中高"
    ):
        rest, *later = re.split("。", text[age.end :])
        if (age.years or 0) >= 18 and later and re.search(r"^[^。]{0,6}(?:出産|妊娠|予定日)", later[0]):
            return True
        if (
            (expects := _PREGNANT_DAUGHTER.match(rest))
            and not re.search(r"いて|いる|います|いま、", expects[0])
            and not re.search(r"(?:私|妻|嫁|わたし|上司|先生)(?:は|が)", rest[:24])
        ):
            return True
    if "。" in text[person.end : age.start] and age.forms[0][0] != "age_months":
        return False
    before = re.split("[、。]|に(?:いて|おって|いるけど)", text[max(0, person.start - 6) : person.start])[-1]
    return bool(_NOT_BORN.search(before + text[person.start : person.end + 2]))


def _kind(one: Told) -> str:
    form = one.child.said[0][0]
    return "birth" if form in _BY_BIRTH else "grade" if form == "grade" else "age"


def _same_person(text: str, children: list[Told], one: Told, age: Age, previous: Age | None) -> int | None:
    """Return which child the same age, or another age of one child, was told of again."""
    if not children or one.child.born is None:
        return None
    last_gap = text[previous.end : age.start] if previous and previous.end <= age.start else ""
    # 「1歳11か月、もうすぐ2歳」
    if _SOON_AFTER.fullmatch(last_gap) and children[-1].child.born and children[-1].child.born.overlap(one.child.born):
        return len(children) - 1
    listed = bool(_LIST_GAP.match(last_gap)) and len(last_gap) <= 6
    last = children[-1]
    if (
        last.child.born
        and last.child.born.overlap(one.child.born)
        and _kind(last) != _kind(one)
        and _APPOSITION.fullmatch(last_gap)
        and not last_gap.startswith("と")
    ):
        return len(children) - 1
    # 「平成28年度生まれ、今小4」
    if previous and "年度" in text[previous.start : previous.end] and last.child.said == one.child.said:
        return len(children) - 1
    again = _ONE_OF_THOSE.match(text, age.end) is not None
    if listed and not again:
        return None
    for place in range(len(children) - 1, -1, -1):
        other = children[place]
        if other.child.born is None or other.child.born.overlap(one.child.born) is None:
            continue
        if other.called and one.called and other.called != one.called and _distinct(other.called, one.called):
            continue
        told_later = "。" in text[other.stretches[-1][1] : age.start] and _kind(other) != _kind(one)
        if other.child.said == one.child.said or len(children) == 1 or told_later or again:
            return place
    return None


# 「8歳と5歳がいて、小2のほうが」
_ONE_OF_THOSE = re.compile("(?:の子)?の(?:ほう|方)(?:が|は|の|も|を|に|だけ)")
_SOON_AFTER = re.compile(r"(?:です|で|の)?[、。]?(?:もうすぐ|もうじき|まもなく|来月(?:で|には?)?|来週(?:で|には?)?|今度|次(?:で|"
    r"の誕生日で)|再来年度?(?:は|に|から)?|その次の年は?|(?:今|いま|現在)(?:は|が)?)、?")
_ORDERED = re.compile(
    r"^(?:[長次三四][男女]|末|上|下|真ん中|一番|第|[1-5]人目|お兄|お姉|兄ちゃん|姉ちゃん|妹|弟|孫|甥|姪|男の子|女の子|息子|娘|son|"
    r"daughter|boy|girl)"
)


def _distinct(one: str, other: str) -> bool:
    return bool(_ORDERED.match(one) and _ORDERED.match(other))


def _merged(one: Told, other: Told) -> Told:
    """Return one person of whom two ages were told."""
    assert one.child.born is not None and other.child.born is not None
    said = dict(one.child.said) | {form: value for form, value in other.child.said if form not in dict(one.child.said)}
    return Told(
        replace(one.child, said=tuple(said.items()), born=one.child.born.overlap(other.child.born)),
        one.stretches + other.stretches,
        one.called or other.called,
        one.word_at if one.word_at is not None else other.word_at,
    )


def _how_many(text: str, age: Age, told: tuple[Age, ...]) -> int:
    """Return how many children one age tells of: twins are two."""
    before, after = text[max(0, age.start - 30) : age.start], text[age.end : age.end + 24]
    if any(other.forms == age.forms and 0 < max(age.start - other.end, other.start - age.end) <= 3 for other in told):
        return 1      # 「小1と小1の双子」 names each of them
    within = re.search("(?P<word>双子|三つ子)", text[age.start : age.end])
    match = within or _TWINS_AFTER.match(after) or _TWINS_BEFORE.search(before)
    if within or (match and not re.search(r"妊娠|お腹|授か|予定", before[match.end() :] + before[-8:])):
        word = next((g for g in match.groups() if g), "") if match else ""
        return 3 if word in ("三つ子", "triplets") else 2
    if len(told) == 1 and _TWINS_ANYWHERE.search(text[: age.start]):
        return 2
    if pair := (_PAIR_AFTER.match(after) or (not after.startswith(("の息子の", "の娘の", "の子の")) and _PAIR_BEFORE.search(before))):
        chain = any(0 < age.start - other.end <= 3 for other in told)
        if not chain:
            return int(pair.groupdict().get("count") or 2)
    return 1


__all__ = ("CHILD_WORD", "Household", "Told", "household")
