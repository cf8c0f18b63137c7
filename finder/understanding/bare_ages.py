"""Ages told by a number alone, beside the person they are of: 「長男16、次男13」「18の娘」「上から17、14、9」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from finder.understanding.patterns import pattern
from finder.understanding.turning import Found, month_told, same_day, turning

_OLDEST = 25
_CHILD = (
    r"[長次三四][男女]|うちの子|この子|息子|娘|子ども|末っ子|孫|男の子|女の子|[上下](?:の子)?|真ん中(?:の子)?|第[1-5一二三四五]子|[1-5]人目|"
    r"(?<![一-龥])子(?=[はがも])|[二三2-5]番目|甥っ子|姪っ子|甥|姪"
)
_NOW = r"(?:もう|まだ|やっと|今年|今)?"
# Most texts have none: then nothing else needs to be looked for.
_A_BARE_NUMBER = re.compile(r"(?<![\d小中高])\d{1,2}(?![\d歳年か月日週人回時分円つ組])")
_BESIDE = pattern(
    rf"(?:{_CHILD}|(?<=\d、)次|私|僕|俺|当方|夫|妻|旦那|主人|本人|ママ|パパ)"
    rf"(?:\(|は、?|が、?|も、?|、|の方が|のほうが)?{_NOW}(?P<years>\d{{1,2}})(?=\)|、(?!\d+(?:回|日|個|人|時|月|年|週|分))|。|と|で|です|$|息子|娘|[長次三][男女]|"
    rf"下|上|や|!|夫|妻|ばい|たい。|だ|じゃ|の(?:浪人|高校|大学|中学|専門|学生|社会人|フリーター|ニート|無職))"
    r"|[弟妹兄姉](?:\(|は|が)(?P<sibling>\d{1,2})(?=\)|です|。|、(?!\d)|で(?:す|、)|$)"
)
_LIST = re.compile(
    r"(?:(?:子(?:ども)?|兄弟|姉妹|娘|息子|上から|[男女]ばかり|うちは)(?:たち|順に)?(?:[、はが]?[2-6]人)?[(は、で]?|(?<!\d)[2-6]人\()(?P<list>\d{1,2}(?:[、,・と](?:そして)?\d{1,2}(?!つ))+)"
    r"(?=\)|、|。|$|で|の|歳|に)"
)
# 「子を3人育てています。17、14、10」
_LIST_AFTER = re.compile(r"(?:子|娘|息子|孫|兄弟|姉妹)[^。]{0,12}[2-6]人[^。]*。(?P<list>\d{1,2}(?:[、・と]\d{1,2}){1,5})(?=。|$|です|歳)")
# 「16の子」「18の娘」, not 「小4の子」「B2の子」「4/1の子」
_OF_ONE = pattern(r"(?<![\d一-龥a-z./#-])(?<!は)(?P<years>\d{1,2})(?P<turned>の|に(?:なる|なった|なったばかりの|なりたての))(?=子(?!宮)|"
    r"娘|息子|孫|男の子|女の子|[長次三][男女]|坊主|双子)")
_GROWN_CHILD = re.compile("娘|息子|[長次三][男女]")
# 「娘は今度の3月で18になります」
_TURNS = pattern(
    rf"(?:{_CHILD}|うちの)(?:は|が|も)(?:今度|次|先月|先週|昨日|この前|この間|もうすぐ|やっと|今年|来年|今月|来月|誕生日|今|もう|まだ|\d{{1,2}}月|\d{{1,2}}日|の|で|に|から|、)*"
    r"(?P<years>\d{1,2})(?=に(?:なり|なる|なった|なって))"
)
# 「孫が高校をやめてしもうた。16ぞ」
_A_SENTENCE = pattern(r"(?<=。)(?:今は?|もう|まだ|やっと)?(?P<years>\d{1,2})(?:です|だ|ぞ|じゃ|ばい|たい|よ|や|"
    r"になり(?:まし[たて])?(?=、)|(?<=。1[2-9])(?=。?$))(?=。|$|(?<=り)、|(?<=し[たて])、)")
# 「今11です、うちの子」
_THEN_ITS_CHILD = pattern(r"(?<![\d一-龥ァ-ヶーa-z.×])(?P<years>\d{1,2})(?:です|だ|や|じゃ)(?:よ|ね)?[、。](?=うちの(?:子|娘|息子|孫|"
    r"[長次三末上下])|娘(?:は|が|"
    r"です)|息子(?:は|が|です))|(?<=今)(?P<sibling>\d{1,2})です、(?=うちの)")
_OF_A_CHILD = pattern(rf"{_CHILD}|うちの")
# 「誕生日が12月1日で、そしたら15になる」
_ON_A_BIRTHDAY = re.compile(r"誕生日(?:が|は)(?P<month>\d{1,2})月(?P<day>\d{1,2})日で[^。0-9]{0,10}(?P<years>\d{1,2})歳?(?=に(?:なる|なり))")
# A young person who begins with nothing but a number: 「17です。高校をやめたい」
_ALONE = re.compile(
    r"^(?:私|僕|俺|うち)?(?:は|、)?(?P<years>1[2-9])(?=です(?!け?ど?か)|だ(?!け)|で(?:す|、|高|中|学|[1一]人暮)|、(?!\d)|。|の(?:女|男|高校|学生))"
    r"|^(?P<expects>1[2-9])で(?=妊娠し)"
)
_OF_THE_SPEAKER = pattern(
    r"(?P<sibling>(?<!\d)[3-9]\d(?=の(?:祖父|祖母|主婦|母親?|父親?)(?:です|で、))|(?<=まだ)1[1-7](?=なの|だし|です|だよ|で、|やのに)|(?<!\d)[2-4]\d(?=にして(?:初|はじ)))|(?<![\d小中高年月第a-z.])(?P<years>1[2-7])の(?=(?:うち|私|僕|俺)(?:が|は|も|に|一人))"
)


def bare_found(text: str, today: date) -> Iterator[Found]:
    """Yield bare numbers beside a person."""
    if not _A_BARE_NUMBER.search(text):
        return
    for match in _BESIDE.finditer(text):
        yield _years(match)
    for match in (*_LIST.finditer(text), *_LIST_AFTER.finditer(text)):
        for number in re.finditer(r"\d+", match["list"]):
            start = match.start("list") + number.start()
            yield Found(start, start + len(number[0]), (("age_years", int(number[0])),))
    for match in _OF_ONE.finditer(text):
        a_fever = text[match.start() - 1 : match.start()] in ("が", "は")
        if int(match["years"]) <= (_OLDEST if a_fever or (match["turned"] == "の" and not _GROWN_CHILD.match(text, match.end())) else 60):
            moved = turning(text, match.start("years"), match.end("years"), int(match["years"]), today)
            yield Found(match.start("years"), match.end("years"), moved) if moved else _years(match)
    for match in _THEN_ITS_CHILD.finditer(text):
        yield _years(match)
    for match in _A_SENTENCE.finditer(text):
        years = int(match["years"])
        if 12 <= years <= 17 or (years <= _OLDEST and _OF_A_CHILD.search(text, 0, match.start())):
            yield _years(match)
    for match in _ON_A_BIRTHDAY.finditer(text):
        first = month_told(int(match["month"]), False, today)
        if first and (born := same_day(first.year - int(match["years"]), first.month, int(match["day"]))):
            yield Found(match.start("month"), match.end(), (("birth_date", born.isoformat()),))
    for match in _TURNS.finditer(text):
        if int(match["years"]) <= _OLDEST:
            moved = turning(text, match.start("years"), match.end("years"), int(match["years"]), today)
            yield Found(match.start("years"), match.end("years"), moved) if moved else _years(match)
    for match in _OF_THE_SPEAKER.finditer(text):
        yield _years(match)
    if alone := _ALONE.match(text):
        yield Found(alone.start(), alone.end(), (("age_years", int(alone["years"] or alone["expects"])),))


def _years(match: re.Match[str]) -> Found:
    name = "years" if match["years"] else "sibling"
    return Found(match.start(name), match.end(name), (("age_years", int(match[name])),))
