"""Birth dates in Western and Japanese years, and births that just happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from finder.births import GRADES, fiscal_year
from finder.understanding.patterns import pattern
from finder.understanding.turning import DAYS_AWAY, MONTHS_AWAY, Forms, Found, month_away, month_told, same_day

_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_BORN_AFTER = re.compile(r"(?:(?<=日)、[^、。0-9]{1,8}?)?(?:が[^、。]{0,10}(?:誕生日|生まれた日)|(?:に|の)?(?:早?生まれ|生ま|"
    r"生(?=[。、・/) と]|$|の|です|[rh(0-9])|出産|産ん|産み|誕生|出生|生れ))")
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)|(?P<era>令和|平成|昭和|(?<![a-z])[rhs])\.?(?P<of>\d{1,2})|(?P<two>(?<![\d.])\d\d))"
    r"(?:年度?の?|の|[./-])?(?:(?<=[年の./-])(?P<month>\d{1,2})(?:月の?|"
    r"[./-])?(?:(?<=[月の./-])(?P<day>\d{1,2})日?)?)?(?!\d)"
)
_RELATIVE_BIRTH = pattern(
    r"(?P<when>昨夜|今?さっき|先ほど|先月|先々月|今月|先週|今週|昨日|おととい|一昨日|今日|本日|今朝|先日|最近|この前|この間|こないだ|つい最近|去年|昨年|"
    r"一昨年|おととし|今年)"
    r"の?(?:(?P<part>春|夏|秋|冬|末|初め|はじめ)|(?P<month>\d{1,2})月(?:の)?)?(?P<day>\d{1,2}日)?(?:に|、|"
    r"は|の)?(?:やっと|無事(?:に)?|(?:ひとり|一人|1人)で|[1-3一二三]人(?=生まれ)|[0-9一二三四五六]人目(?:の子)?(?:を|が)|第[0-9一二三]子(?:を|が)|"
    r"赤ちゃん(?:が|を)|子ども(?:が|を)|[長次三四][男女](?:が|を)|娘(?:が|を)|"
    r"息子(?:が|を)|男の子(?:が|を)|女の子(?:が|を)|孫が|双子(?:が|を)|帝王切開で|初めて|初産で|はじめて)*"
    r"(?:生まれ(?!る|て(?:くる|来る)|ます|予定)|出産し(?!ます)|出産(?=です|。|$|後|を終え|、)|産み(?!ます|"
    r"たい)|産んだ|産んで|うんだ|誕生し(?!ます))"
)
_AGO_BIRTH = pattern(
    r"(?P<number>\d{1,3}|半)(?P<unit>日|週間?|か月|年)(?:ほど|くらい|ちょっと|半)?前に?(?:[^、。]{0,8}?)(?:出産し(?!ます)|出産(?=、|です|。|$)|"
    r"産み|産んだ|生まれ(?!る)|生まれた)"
)
_MONTH_BIRTH = pattern(
    r"(?<![\d/.])(?P<month>\d{1,2})(?:月(?:(?P<day>\d{1,2})日)?|/(?P<slashed>\d{1,2}))(?:に)?(?:\d{3,4}(?:g|グラム)で)?(?:[^、。0-9]{0,8}?)(?:を|が)?(?:生まれ(?:まし|た)|出産しました|"
    r"出産した(?!い)|産みました|産んだ|誕生しました)"
    r"|(?:生まれ|産まれ|出産し|誕生し)(?:まし)?た(?:、|。)(?P<later>\d{1,2})月(?:(?P<last>\d{1,2})日)?(?:です|$|。)"
)
_MONTH_OF_A_BABY = re.compile(r"(?<![\d年])(?P<month>\d{1,2})月(?:に)?生まれの(?=赤ちゃん|新生児|乳児|乳飲み子|0歳)")
# 「夏に生まれた8月8日の子」
_DAY_OF_A_BABY = re.compile(r"(?<![\d年/])(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:に出産(?=。|、|$|です)|生まれ(?=、|。|です|$|の))")
_OF_A_BABY = pattern("nicu|早産|赤ちゃん|新生児|退院|帝王|沐浴|授乳|ミルク|母乳|おっぱい|産後|出産")
_DAY_OF_ONE = re.compile(r"(?:生まれ|産まれ|産んだ|出産し)[^。]{0,8}?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日の(?=子|娘|息子|孫|"
    r"[長次三][男女])")
_JUST_BORN = pattern(
    r"(?:生まれ|産|出産し|うまれ)(?:た|んだ)(?:ばかり|ばっか|て)|産まれたて|生まれたて|出産直後|産後すぐ|新生児(?!聴|訪|健|ス|集)|"
    r"(?:昨日|先日|今日|今週|先週)退院し(?:て|まし|た)[^。]{0,4}赤ちゃん|退院し(?:て|た)(?:から)?(?:\d+日目?|\d週間?目?|すぐ)(?=[^。]{0,4}。?[^。]{0,12}(?:おっぱい|母乳|授乳|ミルク|赤ちゃん|助産師))|産院(?:から|を)(?:昨日|今日|さっき|今|やっと)?(?:帰宅|帰っ|戻っ|退院)|出産を終え|出産し(?:て|た)(?:、|あと|後)?退院|無事に?生まれまし|(?:昨日|先日|無事(?:に)?)(?:出産|退院)し(?:た|まし)"
)


_NURSLING = re.compile("乳飲み子")
_A_BABY_TOLD = re.compile(r"(?<!\d)[01]歳|\d(?:か月|週|日)|半年|生まれ|産(?!婦|休|科)|出産")
_HUNDRED_DAYS = re.compile("(?<=[がはで、。もぐ後])百日(?=に(?:なり|なる|なっ)|を(?:迎|過ぎ)|の?お?祝|です)")
_A_BABYS_AGE = re.compile(r"\d{1,2}(?:か月|週)(?!検診|健診|前|後)")
_WAS_BORN = pattern(
    r"(?:双子|三つ子|赤ちゃん|子ども|[長次三四][男女]|娘|息子|孫|男の子|女の子|甥|姪|[1-9二三四五]番目|第[1-9一二三四五]子|[1-9一二三四五]人目(?:の子)?)"
    r"(?:が|を|も)?(?:、|やっと|無事に?|ついに|とうとう|無事|予定(?:日|より)[^、。0-9]{0,6}?|帝王切開で|自然分娩で)*(?:生まれ(?:まし|た(?=[。、!]|$|ばい|と[よこ]|よ|と|け|ん|の?で)|て(?=うれ|嬉|幸|忙|"
    r"大変|、))|出産し(?:まし|た(?=[。、]|$))|"
    r"産みました|産んだ(?=[。、]|$|とよ|ばい|けん)|誕生し(?:まし|た))"
)
# 「双子を産みました。今8か月」
_OLDER_NOW = re.compile("[^。]{0,4}。(?:今|もう|現在)[^。0-9]{0,4}[0-9]+(?:か月|歳)|た?[、。][0-9]{1,2}月(?:[0-9]{1,2}日)?(?:です|。|$)")
_LISTED_YEAR = re.compile(r"(?:年)?(?:(?:と|、|・|や)(?:(?:19|20)\d\d|令和\d+|平成\d+|[rh]\d+)年?(?:\d{1,2}月)?)+(?:に|"
    r"の)?(?:生まれ|産み|産ん|出産|誕生)")

# 「長男H25年6月、次男H28年9月」
_CHILD_BESIDE = re.compile(r"(?:子|息子|娘|[長次三四][男女]|孫|[1-5]人目|[弟妹上下])(?:は|が|も|、|:|\()?$")
# 「令和元年の娘」
_CHILD_AFTER = re.compile(r"(?:娘|息子|[長次三四][男女]|子(?=[がはもで。、]|$))")
# 「子2人(h28.5.1、r2.11.30)」
_LISTED_IN_BRACKETS = re.compile(r"(?:子(?:ども)?|児|孫|兄弟|姉妹)(?:[1-9]人|たち)?、?(?:\(|:)[^)。]{0,40}$")
_ENDS = re.compile(r"(?:\)|、|。|と|・|です|$)")


def _year_told(match: re.Match[str], today: date) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["era"]:
        return _ERAS[match["era"]] + int(match["of"])
    two = int(match["two"])
    return 2000 + two if two <= today.year % 100 else 1988 + two if two <= 31 else None


def dates_found(text: str, today: date) -> Iterator[Found]:
    """Yield birth dates, months and years."""
    for match in _DATE.finditer(text):
        born = _BORN_AFTER.match(text, match.end())
        before = text[max(0, match.start() - 16) : match.start()]
        told = born or _LISTED_YEAR.match(text, match.end()) or re.search(r"(?:生年月日|誕生日|生まれ)(?:は|が|:|、|=)?[^。0-9]{0,4}$", before)
        if match["two"] and not (born and text[match.end("two") : match.end("two") + 1] in ("年", ".", "/")):
            continue
        listed = ((bool(match["era"] or match["year"]) and match["month"] and (
            _CHILD_BESIDE.search(before) or _LISTED_IN_BRACKETS.search(text, 0, match.start())) and _ENDS.match(text, match.end()))
                  or (match["era"] and _CHILD_AFTER.match(text, match.end())))
        if not told and not listed and not (match["day"] and re.search(r"(?:子|息子|娘|[長次三][男女]|[上下])(?:は|が|も|、|:|\()$", before)):
            continue
        if re.search(r"予定", text[match.end() : match.end() + 10]) or "予定" in before[-5:]:
            continue
        year = _year_told(match, today)
        if year is None:
            continue
        forms = _grade_born_in(year, today) if "年度" in match[0] and not match["month"] else None
        yield Found(match.start(), born.end() if born else match.end(), forms or _date_forms(match, year))


def _grade_born_in(year: int, today: date) -> Forms | None:
    """Return the school year of those born in a school year: 「平成28年度生まれ」."""
    place = fiscal_year(today) - year - 4
    return (("grade", GRADES[place]),) if 0 <= place < len(GRADES) else None


def _date_forms(match: re.Match[str], year: int) -> Forms:
    if match["day"]:
        return (("birth_date", f"{year:04}-{int(match['month']):02}-{int(match['day']):02}"),)
    if match["month"]:
        return (("birth_month", f"{year:04}-{int(match['month']):02}"),)
    return (("birth_year", year),)


def births_found(text: str, today: date) -> Iterator[Found]:
    """Yield births told by how long ago they were."""
    for match in _RELATIVE_BIRTH.finditer(text):
        yield Found(match.start(), match.end(), _relative_forms(match, today))
    for match in _AGO_BIRTH.finditer(text):
        number = 6 if match["number"] == "半" else int(match["number"])
        forms: Forms = {
            "日": (("birth_date", (today - timedelta(days=number)).isoformat()),),
            "週": (("age_months", number * 7 // 31),),
            "か月": (("age_months", number),),
            "年": (("age_months", 6),) if match["number"] == "半" else (("age_years", number),),
        }[match["unit"].removesuffix("間")]
        yield Found(match.start(), match.end(), forms)
    for match in _MONTH_BIRTH.finditer(text):
        day_told = match["day"] or match["slashed"] or match["last"]
        month = month_told(int(match["month"] or match["later"]), True, today)
        if month and not re.search(r"年の?$", text[: match.start()]):
            day = same_day(month.year, month.month, int(day_told)) if day_told else None
            yield Found(
                match.start(),
                match.end(),
                (("birth_date", day.isoformat()),) if day else (("birth_month", f"{month.year:04}-{month.month:02}"),),
            )
    for match in _MONTH_OF_A_BABY.finditer(text) if "生まれの" in text else ():
        if first := month_told(int(match["month"]), True, today):
            yield Found(match.start(), match.end(), (("birth_month", f"{first.year:04}-{first.month:02}"),))
    for match in _DAY_OF_A_BABY.finditer(text) if "日" in text and _OF_A_BABY.search(text) else ():
        first = month_told(int(match["month"]), True, today)
        day = same_day(first.year, first.month, int(match["day"])) if first else None
        if day and day <= today < day + timedelta(days=200) and not re.search("年の?$", text[: match.start()]):
            yield Found(match.start(), match.end(), (("birth_date", day.isoformat()),))
    for match in _DAY_OF_ONE.finditer(text) if "日の" in text else ():
        if (first := month_told(int(match["month"]), True, today)) and (day := same_day(first.year, first.month, int(match["day"]))):
            yield Found(match.start("month"), match.end(), (("birth_date", day.isoformat()),))
    for match in _NURSLING.finditer(text) if "乳飲み子" in text else ():
        if not _A_BABY_TOLD.search(text):
            yield Found(match.start(), match.end(), (("age_years", 0),))
    for match in _HUNDRED_DAYS.finditer(text) if "百日" in text else ():
        yield Found(match.start(), match.end(), (("age_months", 3),))
    for match in _JUST_BORN.finditer(text):
        if "退院" in match[0] and _A_BABYS_AGE.search(text):
            continue
        yield Found(match.start(), match.end(), (("age_months", 0),))
    for match in _WAS_BORN.finditer(text):
        if not _OLDER_NOW.match(text, match.end()) and not re.search(r"\d|前に?|とき|昔|以前|"
    r"[年月日週春夏秋冬]に?、?$", text[max(0, match.start() - 8) : match.start()]):
            yield Found(match.start(), match.end(), (("age_months", 0),))


def _relative_forms(match: re.Match[str], today: date) -> Forms:
    when = match["when"]
    if when in ("去年", "昨年", "一昨年", "おととし", "今年"):
        year = today.year - {"今年": 0, "一昨年": 2, "おととし": 2}.get(when, 1)
        if match["month"] and match["day"] and (day := same_day(year, int(match["month"]), int(match["day"].removesuffix("日")))):
            return (("birth_date", day.isoformat()),)
        if match["month"]:
            return (("birth_month", f"{year:04}-{int(match['month']):02}"),)
        return (("birth_year", year),)
    if when in MONTHS_AWAY:
        month = month_away(today, MONTHS_AWAY[when])
        return (("birth_month", f"{month.year:04}-{month.month:02}"),)
    if when == "先週" and (today - timedelta(days=13)).month == today.month:
        return (("birth_month", f"{today.year:04}-{today.month:02}"),)
    if when in DAYS_AWAY or when in ("今朝", "さっき", "今さっき", "先ほど"):
        return (("birth_date", (today + timedelta(days=DAYS_AWAY.get(when, 0))).isoformat()),)
    return (("age_months", 0),)
