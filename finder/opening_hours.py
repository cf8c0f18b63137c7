"""Open now or closed: hours as people write them, read by a strict grammar, or not at all.

「平日 8時30分〜17時15分（木曜は19時まで、祝日は休み）」 is read whole, or nothing is said of it: one word that
is not understood (「第1・3月曜日」, 「※相談窓口の時間」) may change everything.  Whether an office is
closed on holidays counts only where its hours say so.  平日 leaves out Saturdays, Sundays and 祝日 (国民の祝日に
関する法律), as the word does, and 毎日 none; of 12月29日〜1月3日 neither says anything, which each city rules for
itself (地方自治法4条の2).  `now` is handed in, Japan's time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import jpholiday

from finder.languages import JAPANESE, Language, message
from finder.words import fold

Spans = tuple[tuple[time, time], ...]

_WEEK = "月火水木金土日"
_DAY = r"[月火水木金土日](?:曜日|曜)?"
_TO = r"(?:から|[〜~\-–])"
_TIME = r"(?:\d{1,2}:\d{2}|\d{1,2}時(?:\d{1,2}分)?)"
_DAYS = re.compile(rf"(平日|毎日|{_DAY}(?:{_TO}{_DAY})?(?:[・、]{_DAY}(?:{_TO}{_DAY})?)*)の? ?")
_SPANS = re.compile(rf"({_TIME}{_TO}{_TIME}(?:、{_TIME}{_TO}{_TIME})*)")
_LATER = re.compile(rf"({_DAY})(?:のみ|は|だけ)({_TIME})まで")
_NEW_YEAR = rf"(?:年末年始(?:\(12月29日{_TO}1月3日\))?|12月29日{_TO}1月3日)"
_DAY_OFF = rf"(?:{_NEW_YEAR}|祝日|祝|{_DAY})"
_CLOSED = re.compile(rf"({_DAY_OFF}(?:[・、と]?{_DAY_OFF})*)は?(?:お?休み|休)")
_ON_HOLIDAYS = re.compile(r"祝日も(?:開所|開館|開いています)")
_BETWEEN = re.compile(r"[、。・() ]*")
_LOOKS_AHEAD = 21      # days
_WEEKDAYS = (message("月曜日"), message("火曜日"), message("水曜日"), message("木曜日"), message("金曜日"), message("土曜日"),
             message("日曜日"))


@dataclass(frozen=True)
class Hours:
    """The spans in which a place is open by weekday (0 is Monday), and on 祝日 and 12/29–1/3: None where this is not said."""

    week: Mapping[int, Spans]
    on_holidays: bool | None = None
    at_new_year: bool | None = None

    def on(self, day: date) -> Spans | None:
        """Return when it is open on a day; None when it may be closed on that day, and nobody says."""
        spans = self.week.get(day.weekday(), ())
        for falls, opens in ((_at_new_year(day), self.at_new_year), (_is_holiday(day), self.on_holidays)):
            if falls and spans and opens is not True:
                return None if opens is None else ()
        return spans


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a place is open now: until when, or else from when; `open` is None when it may be closed for a holiday."""

    open: bool | None
    until: time | None = None
    opens: datetime | None = None


@lru_cache(maxsize=2048)
def read_hours(text: str) -> Hours | None:
    """Return what hours say, or None when any of it is not understood: `read_hours("平日 9時〜17時")`."""
    folded, at = fold(text), 0
    week: dict[int, Spans] = {}
    later: list[tuple[str, str]] = []
    said: dict[str, bool | None] = {"祝": None, "年": None}
    if days := _DAYS.match(folded):
        said["祝"] = {"平日": False, "毎日": True}.get(days[1])
    while at < len(folded):
        if (days := _DAYS.match(folded, at)) and (spans := _SPANS.match(folded, days.end())):
            week |= dict.fromkeys(_weekdays(days[1]), _spans(spans[1]))
            at = spans.end()
        elif week and (found := _LATER.match(folded, at)):
            later.append((found[1], found[2]))
            at = found.end()
        elif week and (found := _CLOSED.match(folded, at)):
            for off in re.findall(_DAY_OFF, found[1]):
                if off[0] in _WEEK:
                    week[_WEEK.index(off[0])] = ()
                else:
                    said["年" if off.startswith(("年", "12")) else "祝"] = False
            at = found.end()
        elif week and (found := _ON_HOLIDAYS.match(folded, at)):
            said["祝"] = True
            at = found.end()
        else:
            return None
        between = _BETWEEN.match(folded, at)
        at = between.end() if between else at
    for day, until in later:
        spans_of = week.get(_WEEK.index(day[0]), ())
        if not spans_of or _time(until) <= spans_of[-1][0]:
            return None
        week[_WEEK.index(day[0])] = (*spans_of[:-1], (spans_of[-1][0], _time(until)))
    right = week and all(begin < end for spans in week.values() for begin, end in spans)
    return Hours(week, said["祝"], said["年"]) if right else None


def opening(hours: Hours, now: datetime) -> Opening:
    """Return whether it is open at a time in Japan; a day on which it may be closed is passed over for the next sure one."""
    today, at = hours.on(now.date()), now.time()
    for begin, end in hours.week.get(now.weekday(), ()) if today is None else today:
        if begin <= at < end:
            return Opening(None if today is None else True, until=end)
    for ahead in range(_LOOKS_AHEAD):
        day = now.date() + timedelta(days=ahead)
        for begin, _ in hours.on(day) or ():
            if datetime.combine(day, begin) > now.replace(tzinfo=None):
                return Opening(False, opens=datetime.combine(day, begin))
    return Opening(False)


def opening_words(found: Opening, today: date, language: Language = JAPANESE) -> str:
    """Return an opening in words: 「17:15まで受付」, 「いまは閉まっています。月曜日 8:30から」."""
    if found.open is None:
        return language.say("祝日や年末年始は、閉まっていることがあります。")
    if found.until is not None:
        return language.say("%(time)sまで受付", time=_clock(found.until))
    if found.opens is None:
        return language.say("いまは閉まっています。")
    when, at = found.opens.date(), _clock(found.opens.time())
    if when == today:
        return language.say("いまは閉まっています。今日 %(time)sから", time=at)
    if (when - today).days < len(_WEEK):
        return language.say("いまは閉まっています。%(day)s %(time)sから", day=language.say(_WEEKDAYS[when.weekday()]), time=at)
    day = language.say("%(month)s月%(day)s日", month=when.month, day=when.day)
    return language.say("いまは閉まっています。%(day)s %(time)sから", day=day, time=at)


@lru_cache(maxsize=256)
def _is_holiday(day: date) -> bool:
    return bool(jpholiday.is_holiday(day))


def _at_new_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


def _weekdays(text: str) -> list[int]:
    """Return the weekdays of 「月〜金曜日」, 「火・木」, 「日〜木曜日」."""
    if text in ("平日", "毎日"):
        return list(range(5 if text == "平日" else 7))
    found: list[int] = []
    for part in re.findall(rf"{_DAY}(?:{_TO}{_DAY})?", text):
        days = [_WEEK.index(one[0]) for one in re.findall(_DAY, part)]
        found += [(days[0] + n) % 7 for n in range((days[-1] - days[0]) % 7 + 1)]
    return found


def _spans(text: str) -> Spans:
    times = [_time(one) for one in re.findall(_TIME, text)]
    return tuple(zip(times[::2], times[1::2], strict=True))


def _time(text: str) -> time:
    hour, minute = [int(n) for n in (*re.findall(r"\d+", text), "0")][:2]
    return time(hour, minute) if hour < 24 and minute < 60 else time.min


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
