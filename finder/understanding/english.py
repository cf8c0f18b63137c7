"""Ages told in simple English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from finder.understanding.patterns import pattern
from finder.understanding.turning import Found, month_away

_LETTER = re.compile("[a-z]")
_ENGLISH_YEARS = re.compile(
    r"(?<![\d.])(?P<years>\d{1,2})(?:[ -]?(?:years?|yrs?|y)(?:[ -]?olds?|[ -]?of[ -]age)?(?![a-z])(?! ago)|[ -]?yo(?![a-z])|[ -]?y/o(?![a-z]))"
)
# 「1y6mの娘」「4y, 2y」「6m男児」
_NOTED = re.compile(r"(?<![\da-z.])(?P<years>\d{1,2})y(?:(?P<months>\d{1,2})m)?(?![a-z])|"
    r"(?<![\da-z.])(?P<only>\d{1,2})m(?=(?<=赤ちゃん\dm)(?![a-z])|の?(?:男児|"
    r"女児|赤|娘|息子|子)|児|健診)")
_ENGLISH_MONTHS = re.compile(
    r"(?<![\d.])(?P<months>\d{1,2})[ -]?(?:months?|mos?)[ -]?olds?(?![a-z])|(?:(?<=baby)|(?<=my son)|(?<=daughter)|"
    r"(?<=(?<![a-z])child))[^a-z0-9。]{0,4}(?:is )?(?P<also>\d{1,2}) ?months?(?! (?:pregnant|ago))|"
    r"(?<![\d.])(?P<weeks>\d{1,2})[ -]?weeks?[ -]?olds?(?![a-z])"
)
_ENGLISH_LIST = pattern(
    r"(?:(?<![a-z])|(?<= he')|(?<=she'))(?:(?<=he')s|aged?|ages|are|is|turned|kids?|children|sons?|daughters?|boys?|girls?|child|"
    r"old)[:,]? ?(?:\(|are |is |"
    r"aged? )*(?P<list>\d{1,2}(?:(?:, ?| and | & |, and )\d{1,2})*)(?!\d|%|:|\.\d)(?! ?(?:months?|weeks?|days?|hours?|kids?|child|"
    r"years? ago|people|sons|daughters|boys|girls|yen|weeks))"
)
_ENGLISH_GRADE = pattern(
    r"(?<![a-z])(?:(?P<n>[1-6])(?:st|nd|rd|th)|(?P<w>first|second|third|fourth|fifth|sixth))[ -]grad(?:e|er)s?(?![a-z])|"
    r"(?<![a-z])grade (?P<g>[1-6])(?![a-z])"
)
_ENGLISH_GRADES = re.compile(
    r"(?<![\d.])(?P<first>[1-6])(?:st|nd|rd|th)(?=(?:,| and| &) [1-6](?:st|nd|rd|th) grade)|(?<=grade )[1-6](?:,| and| &) (?P<then>[1-6])(?!\d)")
_ORDINALS = {w: i for i, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth"], 1)}


def english_found(text: str, today: date) -> Iterator[Found]:
    """Yield ages told in English."""
    if not _LETTER.search(text):
        return
    for match in _ENGLISH_YEARS.finditer(text):
        if not re.match(r" (?:pregnant|married|divorced|experience)", text[match.end() :]) and (
            "old" in match[0]
            or "yo" in match[0]
            or "y/o" in match[0]
            or re.search(r"(?:is|am|are|i'm|son|daughter|baby|child|,|and) ?$", text[: match.start()])
        ):
            yield Found(match.start(), match.end(), (("age_years", int(match["years"])),))
    for match in _NOTED.finditer(text):
        if match["years"] and not match["months"]:
            yield Found(match.start(), match.end(), (("age_years", int(match["years"])),))
        else:
            months = int(match["only"]) if match["only"] else int(match["years"]) * 12 + int(match["months"])
            yield Found(match.start(), match.end(), (("age_months", months),))
    for match in _ENGLISH_MONTHS.finditer(text):
        told = match["months"] or match["also"]
        months = int(told) if told else int(match["weeks"]) * 7 // 31
        yield Found(match.start(), match.end(), (("age_months", months),))
    for match in _ENGLISH_LIST.finditer(text):
        for number in re.finditer(r"\d+", match["list"]):
            start = match.start("list") + number.start()
            yield Found(start, start + len(number[0]), (("age_years", int(number[0])),))
    for match in re.finditer(r"(?<![\d.])(?P<n>\d{1,2})(?=(?:, | and |, and | & )\d{1,2}[ -]?(?:years?|yo|yrs?)(?![a-z]))", text):
        yield Found(match.start(), match.end(), (("age_years", int(match["n"])),))
    for match in re.finditer(r"(?<![a-z])(?:i'm|i am) (?P<n>[1-9]\d)(?=,|\.| and(?![a-z])| with(?![a-z])| now(?![a-z])|$)", text):
        yield Found(match.start("n"), match.end("n"), (("age_years", int(match["n"])),))
    for match in _ENGLISH_GRADES.finditer(text):
        for name in ("first", "then"):
            if told := match[name]:
                yield Found(match.start(name), match.end(name), (("grade", f"小{told}"),))
    for match in _ENGLISH_GRADE.finditer(text):
        number_told = match["n"] or match["g"]
        grade = int(number_told) if number_told else _ORDINALS[match["w"]]
        yield Found(match.start(), match.end(), (("grade", f"小{grade}"),))
    for match in re.finditer(r"(?<![a-z])newborn(?![a-z])|(?<![a-z])(?:gave birth|baby was born) (?:last week|yesterday|just)", text):
        yield Found(match.start(), match.end(), (("age_months", 0),))
    for match in re.finditer(r"(?<![a-z])(?:gave birth|(?:was )?born) (?P<n>\d{1,2}) (?P<unit>week|month)s? ago", text):
        yield Found(match.start(), match.end(), (("age_months", int(match["n"]) if match["unit"] == "month" else int(match["n"]) * 7 // 31),))
    for match in re.finditer(r"(?<![a-z])(?:gave birth|(?:was )?born) last month", text):
        month = month_away(today, -1)
        yield Found(match.start(), match.end(), (("birth_month", f"{month.year:04}-{month.month:02}"),))
