"""Words that move an age along the calendar: 「来月3歳」「もうすぐ」「昨日で10歳」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Forms = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Where an age stands, and its forms as the API names them."""

    start: int
    end: int
    forms: Forms


PAST_TAIL = re.compile(
    r"(?:歳|か月|年生?)?(?:の)?(?:子|息子|娘)?(?:に|へ|と|を)?(?:も)?(?:なっ[たて]|なりました|上がっ[たて]|あがっ[たて]|"
    r"入学し[たま](?!す)|入っ[たて]|進[学級]し[たて]|"
    r"通って|通い始め|始まっ|迎え(?:た|まし)|です。?もう|ています|始め)"
)
_LEADING = (
    r"(?:に|で|には|から|は|も|が|の(?:はじめ|始め|終わり|末|頭|誕生日|{d}日)?(?:に|で|から|は|には)?|末(?:に|で)?|頃(?:に|には)?|、|と|"
    r"って)?"
    r"(?:(?:この子|子ども|上の子|下の子|娘|息子|長男|長女|次男|次女|うちの子)(?:が|は|も)、?|に)?(?:満|やっと|ようやく|"
    r"ちょうど|いよいよ|めでたく|新(?:しく)?)?"
).replace("{d}", r"\d{1,2}")
SOON = re.compile(
    r"(?:もうすぐ|もうちょっとで|もう少しで|まもなく|間もなく|あと少しで|あとちょっとで|そろそろ|近々|再?来週|今週|今度(?:の誕生日)?|"
    r"次(?:の誕生日)?|来年の?(?:春|夏|秋|冬|[4-9]月)|来春|来夏|"
    r"あと(?:\d{1,3}(?:日|週間?|か月)|半月|半年|ひと月|数日)|\d{1,3}(?:日|週間?|か月)後|年明け|明け(?:たら|て|れば|ると)|年末|週末|月末|日曜|土曜|月曜|火曜|水曜|木曜|"
    r"金曜|誕生日)" + _LEADING + "$"
)
NEARLY = re.compile(rf"(?:{SOON.pattern}|(?:明日|明後日|あさって|来月){_LEADING}$)")
_DATED = re.compile(
    r"(?P<when>今日|本日|昨日|おととい|一昨日|明日|明後日|あさって|先月|先々月|今月|来月|再来月|今年|ことし|去年|昨年|来年|再来年|"
    r"先週"
    r"|(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)" + _LEADING + "$"
)
_TURNS = re.compile(
    r"(?:歳|か月)?(?:半)?(?:の)?(?:お?誕生日|バースデー)?(?:に|を|へ)?(?:も)?(?:なる|なり|なっ|です|迎え|の誕生日|誕生日|だ|やき|"
    r"やけん|で|、|。|!|$|な(?:の|ん)|や(?![0-9])|の(?!とき|時|頃|ころ|健|壁))"
)
DAYS_AWAY = {"今日": 0, "本日": 0, "昨日": -1, "昨夜": -1, "おととい": -2, "一昨日": -2, "明日": 1, "明後日": 2, "あさって": 2}
MONTHS_AWAY = {"先月": -1, "先々月": -2, "今月": 0, "来月": 1, "再来月": 2}
YEARS_AWAY = {"今年": 0, "ことし": 0, "去年": -1, "昨年": -1, "来年": 1, "再来年": 2}


def month_away(today: date, months: int) -> date:
    """Return the first day of the month that many months from today."""
    year, month = divmod(today.month - 1 + months, 12)
    return date(today.year + year, month + 1, 1)


def same_day(year: int, month: int, day: int) -> date | None:
    """Return a date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_told(month: int, past: bool, today: date) -> date | None:
    """Return the first day of the last or next time that month comes round."""
    if not 1 <= month <= 12:
        return None
    first = date(today.year, month, 1)
    if past and first > today:
        return first.replace(year=today.year - 1)
    if not past and (today.year, today.month) > (first.year, first.month):
        return first.replace(year=today.year + 1)
    return first


def turning(text: str, start: int, end: int, years: int, today: date) -> Forms | None:
    """Return the forms of 「来月3歳」「昨日で10歳」「もうすぐ3歳」; None when the age is plainly told."""
    before = text[max(0, start - 24) : start]
    past = PAST_TAIL.match(text, end) is not None
    if not past and SOON.search(before) and years >= 1 and _TURNS.match(text, end):
        return (("age_years", years - 1),)
    match = _DATED.search(before)
    if not match or not _TURNS.match(text, end):
        return None
    when = match["when"]
    if when in DAYS_AWAY:
        born = today + timedelta(days=DAYS_AWAY[when])
        day = same_day(born.year - years, born.month, born.day)
        if DAYS_AWAY[when] > 0 and past:
            return None
        return (("birth_date", day.isoformat()),) if day else (("age_years", years - (when in ("明日", "明後日"))),)
    if when in MONTHS_AWAY:
        month: date | None = month_away(today, MONTHS_AWAY[when])
    elif when in YEARS_AWAY:
        return (("birth_year", today.year + YEARS_AWAY[when] - years),)
    elif match["month"]:
        month = month_told(int(match["month"]), past, today)
        if month and match["day"]:
            day = same_day(month.year - years, month.month, int(match["day"]))
            return (("birth_date", day.isoformat()),) if day else None
    else:
        return None  # 「先週3歳になった」 is plainly 3
    return (("birth_month", f"{month.year - years:04}-{month.month:02}"),) if month else None
