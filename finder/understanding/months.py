"""Ages in years and months: 「3歳」「1歳半」「生後3か月」「3と5歳」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from finder.understanding.patterns import pattern
from finder.understanding.pregnancy_words import CARRYING
from finder.understanding.turning import NEARLY, PAST_TAIL, Forms, Found, turning

_YEARS = re.compile(
    r"(?:満)?(?P<years>\d{1,3})歳(?:(?:になって(?:から)?、?(?:はや|もう|早くも|ちょうど)?|と、?(?=\d{1,2}か月(?:に?な[りるっ]|です|だ|。|$)))?(?P<months>\d{1,2})か月|(?P<half>半))?"
    r"|(?<![\d.a-z])(?P<also>\d{1,2})(?:歳)?(?=(?:(?:と|・|&|や|、)\d{1,2})*(?P<by>と|・|&|や|、)(?P<next>\d{1,2})歳)"
)
_MONTHS = pattern(
    r"(?:(?P<since>生後|産後|出産後|うまれて|生まれて(?:から)?|産んで(?:から)?|出産して(?:から)?|出産から|生まれてまだ)、?)?(?:まだ|もう|約|ちょうど、?|今日で|"
    r"今)?"
    r"(?:(?P<months>\d{1,3})か月(?:半)?|(?P<half>半年)|(?P<weeks>\d{1,2})週(?:間|目)?|(?P<days>\d{1,3})日(?:目)?|"
    r"(?P<years>\d)年(?!生|前))"
)
_MONTHS_ALONE = re.compile(
    r"(?:くらい|ぐらい|ほど)?(?:の(?!妊|初マタ|プレマ|とき|時|頃|ころ|間|あいだ|家賃|滞納|契約|休)|児|です|にな|で(?!や|辞|退|入|出|引|離|別|終)|と|"
    r"、|。|$|男|女|\)|\(|が(?:い|お|寝|泣|起|熱|夜|ミルク|飲|食|吐)|な(?:のに|ので|ん)|!|や(?:けん|き)|から(?!ず)|だ|・|赤ちゃん|娘|息子|ベ|ば|じゃ|たい|よ(?:。|$))"
)
_NOT_A_CHILDS = re.compile(
    r"(?:妊娠|妊婦|結婚|離婚|別居|無職|入院|休職|引っ?越し|失業|退職|家賃|滞納|同居|交際|付き合っ|調停|産休|育休|転入|待機|つわり|"
    r"独身|再婚|勤務|入社|今(?![月週年度])|約|シングルマザー|シングルファーザー|ひとり親|[母父]子家庭)[^、。0-9]{0,6}$|(?:最初の|少なくとも|まで)$|[てんっ][てで]から$|(?:戻っ|帰っ|"
    r"越し|始め|働い|出)て$|妊婦(?:さん)?[、。]$"
)
# 「保育園の待機、もう8か月です」
_LASTS = re.compile(r"(?:無職|休職|失業|退職|滞納|別居|離婚|調停|待機|待ち|不登校|引きこもり|ひきこもり|休み)(?:です|で|が|は|"
    r"して)?[、。](?:もう|かれこれ|これで|はや|早くも)$")
# 「今2か月です、おなかの子」
# 「夫が帰ってきません。もう3か月」
_STATE_BEFORE = re.compile(
    "(?:帰って|出てい|連絡|払|仕事|無職|登校|学校|通え|入れ|待|休ん|眠れ)[^。]{0,10}(?:ません|ない|ず|です|ました|ている|てる|います|てます)。もう$")
# 「産後ぼろぼろ、まだ3週間」
_AFTER_BIRTH = re.compile(r"(?:産みました|生まれました|出産しました|産んだ|生まれた)(?:ばかり|よ)?。(?:今|もう|まだ)?$|産後(?!うつ|鬱|"
    r"ケア|パパ|休|ヘルパ|ドゥ)[^。0-9]{1,8}、$")
_UNBORN_AFTER = re.compile(r"(?:です|だ|で|に(?:なり|入り)ました)?[、。]?(?:おなか|お腹)の")
_UNBORN_BEFORE = re.compile("(?:お腹|おなか)(?:の中)?に(?:は)?、?$")
_OF_A_CHILD = re.compile(r"の(?:子(?!宮)|赤|息子|娘|男の子|女の子|双子|孫)")
_NOT_MONTHS = re.compile(
    r"(?:前|後(?!半)|間|分|待|滞納|ぶり|以上|以内|以降|目(?!です)|経|たち|過ぎ|連続|ごと|に\d|近く|くらい前|ほど前|も(?:待|払|経|会)|"
    r"児?の?健診|まで|から(?:預|入|使|利用|離乳))"
)


_COUNTS = {"ひと": 1, "ふた": 2, "みっ": 3, "みつ": 3, "よっ": 4, "いつ": 5, "むっ": 6, "なな": 7, "やっ": 8, "ここの": 9}
_COUNTED = pattern(
    r"(?P<n>[1-9１-９]|[一二三四五六七八九]|ひと|ふた|みっ|よっ|いつ|むっ|なな|やっ|ここの)つ"
    r"(?:(?=(?:と[1-9]つ)?の(?:姉妹|兄弟|兄妹|男の子|女の子|男|女|子(?!ども?[をが]?[2-9])|娘|息子|孫|坊主))|(?=に(?:なる|なった|なり|なって))|"
    r"(?<=(?P<after>.))(?=[、。]|$|です|で、|だ|と(?!も)|、|やけん|ばい|たい|ば(?:っ|か)|なが|じゃ|やき|やけど|ぜよ))"
)
_A_CHILD_IS = re.compile(
    r"(?:子|息子|娘|孫|甥|姪|[長次三][男女]|上|下|うちの|男の子|女の子|弟|妹|末っ子|[0-9]つ[、とで]|上から[^。]{0,14})[^、。0-9]{0,3}(?:は|が|も|、|で)?"
    r"(?:女の子で|男の子で|今|もう|まだ|やっと|今年|、)*$|[つ歳]と$|(?:来月|再来月|来週|もうすぐ|もうじき)(?:で|には?)?$"
)


# 「3つの娘」「今年7つになる子」
_OF_THE_ONE_AFTER = re.compile("(?:と[1-9]つ)?の|になる(?:子|娘|息子|孫|男の子|女の子|[長次三][男女])")
_ALONE = re.compile("(?:です|だ|なが(?:よ|です)?|じゃ|やき|やけど|ばい|たい|ぜよ|に(?:なり(?:ます|まし)|なる(?:け|の|に)|"
    "なった))?(?:[、。]|け|の|に|ばか|$)")
# 「ちび三人、2つと4つと6つ」
_CHAIN = re.compile("(?:[1-9]つ(?:と|、|・)){0,5}[1-9]つ(?!(?:ください|ほし|欲し|買|も|ずつ|の(?!子)))")
_OF_CHILDREN = re.compile("ちび|三?兄弟|ひまご|ひ孫|預|子|娘|息子|孫|保育|ことば|遊|喋|しゃべ")


def _is_said_alone(text: str, match: re.Match[str]) -> bool:
    """Tell whether nothing else is in the sentence: 「仕事ば休まれん。4つ」, said where children are spoken of."""
    follows = text[match.start() - 2 : match.start()] in ("つと", "つ、", "つ・")
    if (chain := _CHAIN.match(text, match.start())) and (chain.end() > match.end() or follows):
        return _OF_CHILDREN.search(text) is not None
    return text[: match.start()][-1:] in ("", "。", "、") and bool(_ALONE.match(text, match.end()) and _OF_CHILDREN.search(text))


def counted_found(text: str, today: date) -> Iterator[Found]:
    """Yield ages told in 「つ」: 「3つの娘」「上は八つ、下は五つ」."""
    for match in _COUNTED.finditer(text):
        number = _COUNTS.get(match["n"]) or "〇一二三四五六七八九".find(match["n"])
        number = int(match["n"]) if number < 0 else number
        before = text[max(0, match.start() - 14) : match.start()]
        beside = _OF_THE_ONE_AFTER.match(text, match.end()) is not None or _is_said_alone(text, match)
        if not beside and not _A_CHILD_IS.search(before):
            continue
        forms = turning(text, match.start(), match.end(), number, today)
        yield Found(match.start(), match.end(), forms or (("age_years", number),))


# 「1歳の誕生日まであと10日」
_UNTIL_BIRTHDAY = re.compile(r"の?お?誕生日を(?:来週|来月|再来月|明日|目前|間近|[0-9]{1,2}(?:日|週間|か月)後)に?(?:に控え|控え)|"
    r"(?:に?なる|の)お?誕生日(?:が|は)(?:来週|再来週|来月|もうすぐ|明日|今週|まだ)|"
    r"(?:の)?(?:お?誕生日)?まで(?:は|に)?、?(?:あと|もう少し|もうすぐ|残り)")


_NOT_YET_SO_OLD = re.compile("にも?(?:まだ)?(?:なりませ|ならな|なって(?:い)?(?:な|ませ))")


def years_found(text: str, today: date) -> Iterator[Found]:
    """Yield ages told in years."""
    for match in _YEARS.finditer(text):
        if match["also"]:
            also, following = int(match["also"]), int(match["next"])
            # 「3、4歳」 is about one child, 「3と5歳」 about two
            alone = match["by"] == "、" and match.end() == match.start("by") and text[match.start() - 1 : match.start()] != "、"
            if alone and abs(also - following) == 1:
                continue
            yield Found(match.start(), match.end(), (("age_years", also),))
            continue
        years = int(match["years"])
        if years and (until := _UNTIL_BIRTHDAY.match(text, match.end()) or _NOT_YET_SO_OLD.match(text, match.end())):
            yield Found(match.start(), until.end(), (("age_years", years - 1),))
            continue
        if match["half"] or match["months"]:
            months = years * 12 + (6 if match["half"] else int(match["months"]))
            months -= NEARLY.search(text[max(0, match.start() - 24) : match.start()]) is not None and not PAST_TAIL.match(text, match.end())
            yield Found(match.start(), match.end(), (("age_months", months),))
            continue
        forms = turning(text, match.start(), match.end(), years, today)
        if forms is None and re.match(r"(?:の|になる)?(?:手前|目前|直前|間近|前(?:の|です|で|、|"
            r"。))", text[match.end() : match.end() + 5]) and years:
            forms = (("age_years", years - 1),)
        yield Found(match.start(), match.end(), forms or (("age_years", years),))


# 「離職して3か月」 is how long it lasts; 「娘がいて3か月です」 is an age
_FOR_SO_LONG = re.compile(r"(?<![がもはといて]い)(?<!お[っり])て(?:から)?(?:もう|まだ|約|今)?$")
_STILL_AHEAD = re.compile("(?:まで|あと|残り)(?:あと|もう|残り)?$")
_PREGNANT_BEFORE = re.compile(r"妊娠\d{1,2}か月(?:か$|と|って|じゃ|では|、|。|で)[^。]{0,14}$")
_HAVE_PASSED = re.compile("(?:が)?(?:たち(?:まし|、)|たっ|経[ちっ]|過ぎ(?:まし|た))")
_HOW_FAR = re.compile("(?:です|たい|ばい|や|じゃ|だ|やき|やけん)?(?:。|$)|で?(?:す。|、|に(?:なり|なった|なる|入))")
_A_CHILD_TOO = re.compile("赤ちゃん(?!を産ん)|生まれ(?!てくる)|(?<!お腹)の子|(?<!ん)子は|娘(?![^。]{0,10}里帰り)|息子")


def months_found(text: str, today: date) -> Iterator[Found]:
    """Yield ages told in months, weeks and days since the birth."""
    for match in _MONTHS.finditer(text):
        if text[match.start() - 1 : match.start()] not in ("歳", "月", "年", "第") and _is_age(text, match):
            yield Found(match.start(), match.end(), _months_forms(match, text, today))


def _is_age(text: str, match: re.Match[str]) -> bool:
    """Tell whether months, weeks or days are how old somebody is, not how long something lasts or how far a pregnancy is."""
    if _NOT_MONTHS.match(text, match.end()):
        return match["since"] is not None and _HAVE_PASSED.match(text, match.end()) is not None
    if match["since"] or _AFTER_BIRTH.search(text, max(0, match.start() - 18), match.start()):
        return True
    before = text[max(0, match.start() - 24) : match.start()]
    if _PREGNANT_BEFORE.search(before):
        return False
    before = before[-14:]
    if not match["months"] or not _MONTHS_ALONE.match(text, match.end()) or _FOR_SO_LONG.search(before) or _STILL_AHEAD.search(before):
        return False
    if match["months"] and _STATE_BEFORE.search(text[max(0, match.start() - 24) : match.start("months")]):
        return False
    if match["months"] and _LASTS.search(text[max(0, match.start() - 14) : match.start("months")]):
        return False
    if _UNBORN_AFTER.match(text, match.end()) or _UNBORN_BEFORE.search(before):
        return False
    if _HOW_FAR.match(text, match.end()) and CARRYING.search(text) and not _A_CHILD_TOO.search(text):
        return False
    return not _NOT_A_CHILDS.search(before) or _OF_A_CHILD.match(text, match.end()) is not None


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
