"""Entering and leaving a school, without a year being named: 「来年入学」「小学校最後の年」「この春に卒園します」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from finder.births import GRADES, fiscal_year
from finder.understanding.patterns import pattern
from finder.understanding.school_years import LEFT_THIS_SPRING
from finder.understanding.turning import PAST_TAIL, Found

_ANY = re.compile("入学|就学|ったば|一年生|ランドセル|最後の|卒園|卒業|年学校|[らはに春]学校|まで(?:園|年|[小中高])|年目|[園学校][にへ](?:入|上|"
    "あが|進|な)|[学校]生[にへ]")
# 「来年入学」「春に入学する娘」「来春ランドセルです」: without a school named, it is the primary school
_ENTERS = pattern(
    r"(?P<year>再来年|来年)?度?の?(?:来春|(?:この|次の|今度の)?春|4月|(?<=来年)|(?<=年度))(?:に|から|は|、|の|で)*(?:いよいよ|やっと|もう)?"
    r"(?P<what>入学|就学|一年生|ランドセル|学校(?=ぜよ|です|だ|や|じゃ|。|$|に(?:あが|上が)))(?=ぜよ|に|の(?:子|息子|娘|孫|男|女)|し(?!か)|する|です|予定|を控|前|なの|だ|で、|、|。|$|や(?:けん|き|で)|じゃ|(?<=セル)[をがの])"
)
_ANOTHER_SCHOOL_AFTER = re.compile("(?:で|は|です)?、?(?:中学|高校|大学|専門|短大|高専)")
_ANOTHER_SCHOOL = re.compile(r"(?:中学|高校|高等|大学|専門|短大|高専|幼稚園|園)[^、。と]{0,6}$")
# 「今年入学したばかり」, and the last year of nursery
_ENTERED = pattern(r"(?:今年|ことし|今年度|この春|今春|4月)(?:の(?:春|4月))?(?:に|、)?入学(?=し(?:た|て|まし)|で(?:す|し))")
_LAST_OF_SCHOOL = pattern(
    "(?P<school>幼稚園|保育園|こども園|園|小学校?|中学校?|高校)(?:生活)?(?:の|は今年が?|も)?、?最後の(?:年(?!度?末)|1年|一年|学年|[春夏秋冬]|運動会|大会)")
_LAST_YEARS = {"小": "小6", "中": "中3", "高": "高3"}
_LEAVES_NURSERY = re.compile("卒園(?:し?ます|する(?!まで)|予定|を控|間近|まであと|式が(?:近|ある|もう))")
_SOON_LEAVES = re.compile("(?:この|来|次の|今度の)春|来年|3月|もうすぐ|まもなく|あと[0-9]")
_LEFT_NURSERY = re.compile("卒園(?:し(?:て|た|まし)|式|です)")

# 「小学校に入ったばかり」
_JUST_BEGAN = pattern("(?P<school>小学|中学|高校)(?:校|生)?(?:に|へ)?(?:入学し|入っ|上がっ|あがっ|進学し|なっ)た(?:ばかり|ばっか)"
                      "(?!の(?:頃|ころ|時|とき)|でした|だった)")
# 「この春に保育園を卒園した息子」「去年小学校に入学した娘」: the year of then tells the school year of now
_WHEN = (
    r"(?:(?P<when>(?:この|今年?の?|昨年?の?|去年の?|(?:一昨年|おととし)の?)?(?:春|(?<!\d)[34]月)|今年|ことし|去年|昨年|一昨年|おととし|先月|(?P<ago>[1-9])年前)(?:の(?:春|[34]月|年度末))?"
    r"(?:に|で|、|は|の)*)"
)
_A_CHILD = r"(?:(?:うちの|上の|下の)?(?:子ども|子|娘|息子|孫|[長次三][男女])(?:が|は|も)、?)?(?:無事に?|やっと)?"
_LEFT = pattern(
    _WHEN + _A_CHILD + r"(?:[^、。0-9]{0,4}?(?P<school>保育園|幼稚園|こども園|保育所|園|小学校?|中学校?)(?:を|は|も)?、?(?:無事に?|"
    r"やっと)?(?:卒園|卒業)|"
    r"(?P<nursery>卒園))し(?:た(?!ら|い|[保幼こ園学校先])|て(?!い?な)|まし)"
)
_BEGAN = pattern(
    _WHEN + _A_CHILD + r"[^、。0-9]{0,4}?(?P<school>小学校?|中学校?|高校)生?(?:に|へ)(?:入学し|入っ|入り|上がっ|上がり|あがっ|あがり|"
    r"進学し|進み|進ん|なり|なっ)"
    r"(?:まし)?[ただ](?!ら|い|とき|時|頃|ころ)"
)
_UNTIL_SPRING = pattern(
    r"(?:この|今年の?)?(?:春|(?<!\d)3月)まで(?:は|、)?(?:[^、。0-9]{0,4}?(?P<school>園児|小学生|中学生)|(?P<grade>年[少中長]|[小中高][1-6])(?:年生|生|さん)?)"
    r"(?=だった|でした|やった)"
)
_YEAR_OF_SCHOOL = pattern(r"(?P<school>小学|中学|高校)校?(?:に(?:入|上が|あが)(?:学し|っ)て(?:から)?|生活(?:も|は)?)、?(?P<year>[1-6])年目")
_AFTER_SCHOOL = {"小": "中1", "中": "高1"}
_FIRST_YEARS = {"小": "小1", "中": "中1", "高": "高1"}


def _spring_of(match: re.Match[str], today: date) -> int | None:
    """Return the calendar year of the spring that was told; None when it cannot have been yet."""
    if match["ago"]:
        return today.year - int(match["ago"])
    when = match["when"]
    away = 2 if when.startswith(("一昨年", "おと")) else 1 if when.startswith(("去年", "昨")) else 0
    if when == "先月" and today.month not in (4, 5):
        return None
    if away or today.month >= 3:
        return today.year - away
    return None if when.startswith(("今", "こ")) else today.year - 1


def _years_since(match: re.Match[str], first: str, today: date) -> Iterator[Found]:
    """Yield the school year of now of one who came to a first year in April of the spring that was told."""
    if (spring := _spring_of(match, today)) is not None:
        place = GRADES.index(first) + fiscal_year(today) - spring
        # who left the middle school long ago may do anything since
        if place < len(GRADES) and (match["school"] != "中学" or match.re is not _LEFT or place <= GRADES.index("高1")):
            yield Found(match.start(), match.end(), (("grade", GRADES[place]),))


def _long_ago_found(text: str, today: date) -> Iterator[Found]:
    for match in _LEFT.finditer(text):
        yield from _years_since(match, "小1" if match["nursery"] else _AFTER_SCHOOL.get(match["school"][0], "小1"), today)
    for match in _BEGAN.finditer(text):
        yield from _years_since(match, _FIRST_YEARS[match["school"][0]], today)
    for match in _UNTIL_SPRING.finditer(text):
        place = GRADES.index(match["grade"]) + 1 if match["grade"] in GRADES else 0
        next_one = GRADES[place] if 0 < place < len(GRADES) else _AFTER_SCHOOL.get((match["school"] or "大")[0], "小1")
        if today.month >= 4 and (match["school"] or next_one != "小1" or match["grade"] == "年長"):
            yield Found(match.start(), match.end() + 3, (("grade", next_one),))
    for match in _YEAR_OF_SCHOOL.finditer(text):
        if (grade := f"{match['school'][0]}{match['year']}") in GRADES:
            yield Found(match.start(), match.end(), (("grade", grade),))


def entries_found(text: str, today: date) -> Iterator[Found]:
    """Yield school years of those who enter or leave a school."""
    if not _ANY.search(text):
        return
    yield from _long_ago_found(text, today)
    for match in _ENTERS.finditer(text):
        gone = PAST_TAIL.match(text, match.end()) or re.match("し(?:た|まし)", text[match.end() :])
        begun = match["year"] is None and match[0][0] in "4春" and 4 <= today.month <= 6
        another = _ANOTHER_SCHOOL.search(text[max(0, match.start() - 10) : match.start()]) or _ANOTHER_SCHOOL_AFTER.match(text, match.end())
        if not gone and not begun and not another:
            yield Found(match.start(), match.end(), (("grade", "年中" if match["year"] == "再来年" else "年長"),))
    for match in _JUST_BEGAN.finditer(text) if today.month >= 4 else ():
        yield Found(match.start(), match.end(), (("grade", _FIRST_YEARS[match["school"][0]]),))
    for match in _ENTERED.finditer(text):
        if today.month >= 4 and not _ANOTHER_SCHOOL.search(text[max(0, match.start() - 10) : match.start()]):
            yield Found(match.start(), match.end(), (("grade", "小1"),))
    for match in _LAST_OF_SCHOOL.finditer(text):
        yield Found(match.start(), match.end(), (("grade", _LAST_YEARS.get(match["school"][0], "年長")),))
    for match in _LEAVES_NURSERY.finditer(text):
        if today.month < 4 or _SOON_LEAVES.search(text, max(0, match.start() - 16), match.start()):
            yield Found(match.start(), match.end(), (("grade", "年長"),))
    for match in _LEFT_NURSERY.finditer(text):
        if today.month in (3, 4) and LEFT_THIS_SPRING.search(re.sub("(?:で|に)?(?:保育園|幼稚園|こども園|園)を?$", "", text[: match.start()])):
            yield Found(match.start(), match.end(), (("grade", "年長" if today.month == 3 else "小1"),))
