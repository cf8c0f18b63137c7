"""Ages in years and months: 「3歳」「1歳半」「生後3か月」「3と5歳」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from finder.understanding.patterns import pattern
from finder.understanding.turning import NEARLY, PAST_TAIL, Forms, Found, turning

_YEARS = re.compile(
    r"(?:満)?(?P<years>\d{1,3})歳(?:(?:と、?(?=\d{1,2}か月(?:に?な[りるっ]|です|だ|。|$)))?(?P<months>\d{1,2})か月|(?P<half>半))?"
    r"|(?<![\d.a-z])(?P<also>\d{1,2})(?:歳)?(?=(?:と|・|&|や|、)(?P<next>\d{1,2})歳)"
)
_MONTHS = pattern(
    r"(?P<since>生後|産後|出産後|うまれて|生まれて(?:から)?|産んで(?:から)?|出産して(?:から)?|出産から|生まれてまだ)?(?:まだ|もう|約|"
    r"今)?"
    r"(?:(?P<months>\d{1,3})か月(?:半)?|(?P<half>半年)|(?P<weeks>\d{1,2})週(?:間|目)?|(?P<days>\d{1,3})日(?:目)?|"
    r"(?P<years>\d)年(?!生|前))"
)
_MONTHS_ALONE = re.compile(
    r"(?:くらい|ぐらい|ほど)?(?:の(?!とき|時|頃|ころ|間|あいだ|家賃|滞納|契約|休)|児|です|にな|で(?!や|辞|退|入|出|引|離|別|終)|と|"
    r"、|。|$|男|女|\)|）|!|や(?:けん|き)|から(?!ず)|だ|・|赤ちゃん|娘|息子|ベ|ば|じゃ)"
)
_NOT_A_CHILDS = re.compile(
    r"(?:妊娠|妊婦|結婚|離婚|別居|無職|入院|休職|引っ?越し|失業|退職|家賃|滞納|同居|交際|付き合っ|調停|産休|育休|転入|待機|つわり|"
    r"独身|再婚|勤務|入社|今|約|シングルマザー|シングルファーザー|ひとり親|[母父]子家庭)[^、。0-9]{0,6}$|[てんっ][てで]から$|(?:戻っ|帰っ|越し|始め|働い|出)て$"
)
_OF_A_CHILD = re.compile(r"の(?:子(?!宮)|赤|息子|娘|男の子|女の子|双子|孫)")
_NOT_MONTHS = re.compile(
    r"(?:前|後(?!半)|間|分|待|滞納|ぶり|以上|以内|以降|目(?!です)|経|たち|過ぎ|連続|ごと|に\d|近く|くらい前|ほど前|も(?:待|払|経|会)|"
    r"児?の?健診|まで|から(?:預|入|使|利用|離乳))"
)


_COUNTS = {"ひと": 1, "ふた": 2, "みっ": 3, "みつ": 3, "よっ": 4, "いつ": 5, "むっ": 6, "なな": 7, "やっ": 8, "ここの": 9}
_COUNTED = pattern(
    r"(?P<n>[1-9１-９]|[一二三四五六七八九]|ひと|ふた|みっ|よっ|いつ|むっ|なな|やっ|ここの)つ"
    r"(?:(?=(?:と[1-9]つ)?の(?:姉妹|兄弟|兄妹|男の子|女の子|男|女|子(?!ども?[をが]?[2-9])|娘|息子|孫|坊主))|(?=に(?:なる|なった|なり|なって))|"
    r"(?<=(?P<after>.))(?=[、。]|$|です|で、|だ|と(?!も)|、|やけん|ばい|たい|ば(?:っ|か)))"
)
_A_CHILD_IS = re.compile(
    r"(?:子|息子|娘|孫|甥|姪|[長次三][男女]|上|下|うちの|男の子|女の子|弟|妹|末っ子|[0-9]つ[、とで])[^、。0-9]{0,3}(?:は|が|も|、|で)"
    r"(?:女の子で|男の子で|今|もう|まだ|やっと|今年|、)*$|[つ歳]と$"
)


def counted_found(text: str, today: date) -> Iterator[Found]:
    """Yield ages told in 「つ」: 「3つの娘」「上は八つ、下は五つ」."""
    for match in _COUNTED.finditer(text):
        number = _COUNTS.get(match["n"]) or "〇一二三四五六七八九".find(match["n"])
        number = int(match["n"]) if number < 0 else number
        before = text[max(0, match.start() - 14) : match.start()]
        beside = re.match("(?:と[1-9]つ)?の", text[match.end() :]) is not None
        if not beside and not _A_CHILD_IS.search(before):
            continue
        forms = turning(text, match.start(), match.end(), number, today)
        yield Found(match.start(), match.end(), forms or (("age_years", number),))


# 「1歳の誕生日まであと10日」
_UNTIL_BIRTHDAY = re.compile(r"(?:の)?(?:お?誕生日)?まで(?:は|に)?、?(?:あと|もう少し|もうすぐ|残り)")


def years_found(text: str, today: date) -> Iterator[Found]:
    """Yield ages told in years."""
    for match in _YEARS.finditer(text):
        if match["also"]:
            also, following = int(match["also"]), int(match["next"])
            # 「3、4歳」 is about one child, 「3と5歳」 about two
            if "、" in text[match.end() : match.end() + 1] and abs(also - following) == 1:
                continue
            yield Found(match.start(), match.end(), (("age_years", also),))
            continue
        years = int(match["years"])
        if years and (until := _UNTIL_BIRTHDAY.match(text, match.end())):
            yield Found(match.start(), until.end(), (("age_years", years - 1),))
            continue
        if match["half"] or match["months"]:
            months = years * 12 + (6 if match["half"] else int(match["months"]))
            months -= NEARLY.search(text[max(0, match.start() - 24) : match.start()]) is not None and not PAST_TAIL.match(text, match.end())
            yield Found(match.start(), match.end(), (("age_months", months),))
            continue
        forms = turning(text, match.start(), match.end(), years, today)
        if forms is None and re.match(r"(?:の)?(?:手前|目前|直前|間近|前(?:の|です|で))", text[match.end() : match.end() + 5]) and years:
            forms = (("age_years", years - 1),)
        yield Found(match.start(), match.end(), forms or (("age_years", years),))


def months_found(text: str, today: date) -> Iterator[Found]:
    """Yield ages told in months, weeks and days since the birth."""
    for match in _MONTHS.finditer(text):
        before, since = text[max(0, match.start() - 14) : match.start()], match["since"]
        if _NOT_MONTHS.match(text, match.end()) or text[match.start() - 1 : match.start()] in ("歳", "月", "年", "第"):
            continue
        if not since and not (match["months"] and _MONTHS_ALONE.match(text, match.end())):
            continue
        if not since and _NOT_A_CHILDS.search(before) and not _OF_A_CHILD.match(text, match.end()):
            continue
        yield Found(match.start(), match.end(), _months_forms(match, text, today))


def _months_forms(match: re.Match[str], text: str, today: date) -> Forms:
    if match["days"]:
        return (("birth_date", (today - timedelta(days=int(match["days"]))).isoformat()),)
    if match["weeks"]:
        return (("age_months", int(match["weeks"]) * 7 // 31),)
    if match["years"]:
        return (("age_years", int(match["years"])),)
    months = 6 if match["half"] else int(match["months"])
    soon = NEARLY.search(text[max(0, match.start() - 24) : match.start()])
    if soon and months and not PAST_TAIL.match(text, match.end()):
        months -= 1
    return (("age_months", months),)
