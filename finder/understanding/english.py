"""Ages told in simple English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from finder.births import GRADES
from finder.understanding.patterns import pattern
from finder.understanding.turning import Forms, Found, month_away

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
# 「a baby of 7 months」「a boy of 8」「a son aged 10 months」
_ENGLISH_OF = pattern(
    r"(?<![a-z])(?:bab(?:y|ies)|infants?|twins|sons?|daughters?|boys?|girls?|child(?:ren)?|kids?|toddler)(?: (?:who|that) (?:is|are))?,? "
    r"(?:of|aged?|aged about) (?P<n>\d{1,2})(?: (?P<unit>months?|weeks?|years?)(?: old)?(?![a-z])|(?= (?:and|&|who|with)(?![a-z])|[.,)。、]|$))"
)
_ENGLISH_LIST = pattern(
    r"(?:(?<![a-z])|(?<= he')|(?<=she'))(?:(?:mom|mum|mother|dad|father|parent) of (?:two|three|four|five|[2-6])(?=:|,)|"
    r"(?<=he')s|aged?|ages|are|is|turned|kids?|children|sons?|daughters?|boys?|girls?|child|"
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
_CHILD = r"(?<![a-z])(?:sons?|daughters?|child(?:ren)?|kids?|bab(?:y|ies)|boys?|girls?|twins|he|she|they|one|(?:old|young)est)"
# 「He is in junior high, 2nd year」「third year of high school」「8th grade」
_ENGLISH_UPPER = pattern(
    r"(?<![a-z])(?P<school>junior high|middle school|high school|elementary)(?: school)?,? (?:in )?(?:his |her |"
    r"the )?(?:(?P<n>[1-6])(?:st|nd|rd|th)|"
    r"(?P<w>first|second|third|fourth|fifth|sixth)) (?:year|grade)(?! old)|(?<![a-z])(?:(?P<n2>[1-6])(?:st|nd|rd|th)|"
    r"(?P<w2>first|second|third))[ -]year "
    r"(?:of |in |at |student in |student at )?(?P<school2>junior high|middle school|high school|elementary)|(?<!\d)(?P<above>7|"
    r"8|9|10|11|12)th[ -]grade"
)
_ENTERS_SCHOOL = pattern("(?:start|enter|begin)(?:s|ing)? (?:elementary|primary) school (?:next (?:april|spring)|"
    "this coming april|in april)(?![a-z])")
# 「my son turns 3 next month」「she will be 1 next week」
_ENGLISH_TURNS = pattern(
    r"(?<![a-z])(?:turns|turning|will be|will turn|is going to be) (?P<years>\d{1,2})(?: years old)?,? (?P<when>soon|tomorrow|"
    r"next week|next month|this month|in (?:a|\d{1,2}) "
    r"(?:days?|weeks?))(?![a-z])"
)
_ENGLISH_BIRTH = pattern(
    _CHILD + r"(?: was| were)? born (?:in|on) (?:(?P<first>\d{1,2})(?:st|nd|rd|th)? )?(?:(?P<month>jan|feb|mar|apr|may|june?|"
    r"july?|aug|sept?|oct|nov|dec)[a-z]*\.?,? "
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,? )?)?(?P<year>20\d\d|19\d\d)(?!\d)"
)
_MONTHS = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}


def _born_in(match: re.Match[str]) -> Forms:
    if not match["month"]:
        return (("birth_year", int(match["year"])),)
    month = f"{match['year']}-{_MONTHS[match['month'][:3]]:02}"
    day = match["day"] or match["first"]
    return (("birth_date", f"{month}-{int(day):02}"),) if day else (("birth_month", month),)


def _upper_grade(match: re.Match[str]) -> str:
    """Return the school year of one at a school above the primary one, as far as there is one; else nothing."""
    if match["above"]:
        return GRADES[GRADES.index("小6") + int(match["above"]) - 6]
    told, school = match["n"] or match["w"] or match["n2"] or match["w2"], match["school"] or match["school2"]
    grade = f"{'小' if school == 'elementary' else '高' if school == 'high school' else '中'}{_ORDINALS.get(told) or told}"
    return grade if grade in GRADES else ""


def _turning_forms(match: re.Match[str], today: date) -> Forms:
    """Return the birth month of one who turns an age next month or this one, else the age of now."""
    if match["when"].endswith("month"):
        month = month_away(today, int(match["when"] == "next month"))
        return (("birth_month", f"{month.year - int(match['years']):04}-{month.month:02}"),)
    return (("age_years", max(0, int(match["years"]) - 1)),)


def _told_in(unit: str, number: int) -> Forms:
    """Return an age told in years, months or weeks."""
    if unit == "year":
        return (("age_years", number),)
    return (("age_months", number if unit == "month" else number * 7 // 31),)


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
    for match in _ENGLISH_TURNS.finditer(text):
        yield Found(match.start(), match.end(), _turning_forms(match, today))
    for match in _ENGLISH_BIRTH.finditer(text):
        yield Found(match.start(), match.end(), _born_in(match))
    for match in _ENGLISH_UPPER.finditer(text):
        if upper := _upper_grade(match):
            yield Found(match.start(), match.end(), (("grade", upper),))
    for match in _ENTERS_SCHOOL.finditer(text):
        yield Found(match.start(), match.end(), (("grade", "年長"),))
    for match in _ENGLISH_OF.finditer(text):
        yield Found(match.start("n"), match.end(), _told_in((match["unit"] or "year").rstrip("s"), int(match["n"])))
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
        yield Found(match.start(), match.end(), _told_in(match["unit"], int(match["n"])))
    for match in re.finditer(r"(?<![a-z])(?:gave birth|(?:was )?born) last month", text):
        month = month_away(today, -1)
        yield Found(match.start(), match.end(), (("birth_month", f"{month.year:04}-{month.month:02}"),))
