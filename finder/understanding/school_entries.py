"""Entering and leaving a school, without a year being named: 「来年入学」「小学校最後の年」「この春に卒園します」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from finder.understanding.patterns import pattern
from finder.understanding.school_years import LEFT_THIS_SPRING
from finder.understanding.turning import PAST_TAIL, Found

_ANY = re.compile("入学|就学|一年生|ランドセル|最後の|卒園|年学校|[らはに春]学校")
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


def entries_found(text: str, today: date) -> Iterator[Found]:
    """Yield school years of those who enter or leave a school."""
    if not _ANY.search(text):
        return
    for match in _ENTERS.finditer(text):
        gone = PAST_TAIL.match(text, match.end()) or re.match("し(?:た|まし)", text[match.end() :])
        begun = match["year"] is None and match[0][0] in "4春" and 4 <= today.month <= 6
        another = _ANOTHER_SCHOOL.search(text[max(0, match.start() - 10) : match.start()]) or _ANOTHER_SCHOOL_AFTER.match(text, match.end())
        if not gone and not begun and not another:
            yield Found(match.start(), match.end(), (("grade", "年中" if match["year"] == "再来年" else "年長"),))
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
