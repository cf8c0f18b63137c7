"""People typed on one line at the counter: 「3 小2 H30.5 8か月」 → their ages, each in the form of an answer.

Exact, unlike `understanding`: every word of the line is one person or is given back with what is
wrong with it.  Nothing is guessed, nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from finder.answers import MOST_AGE, MOST_CHILDREN, BadAnswer, Child, read_child
from finder.births import GRADES, span_of_grade
from finder.ternary import NO, OPEN, YES

NO_ONE = frozenset(("なし", "いない", "0人"))
NOT_KNOWN = frozenset(("不明", "?", "わからない"))
NO_AGE = "年齢不明"
NOT_READ = "年齢「3」、学年「小2」、月齢「8か月」、生まれた年月「H30.5」「2018.5.10」の形で書いてください。"

_SEPARATORS = re.compile(r"[\s、,;・]+|(?<=[歳\d年月日生])と(?=\S)")
_KANJI = str.maketrans("一二三四五六七八九", "123456789")
_TWINS = re.compile(r"(.+)[x×]([2-4])")
_MARK = re.compile(r"(.+?)\(?(障(?:害|がい)?(?P<none>なし|無し?)?(?:あり|有り?)?|\*)\)?")
_FORMS = re.compile(r"([^()]+)((?:\([^()]+\))+)")
_YEARS = re.compile(r"(\d{1,3})(?:歳|才|さい|y)?")
_MONTHS = re.compile(r"(?:(\d{1,2})(?:歳|才|さい|y))?(?:生後)?(\d{1,3})(?:[かカヵヶケ箇]月|m)")
_HALF = re.compile(r"(\d{1,2})(?:歳|才|さい)半")
_GRADE = re.compile(r"(小学?校?|中学?校?|高校?|しょう|ちゅう|こう|shou?|chuu?|kou?)(\d)(?:年生?)?")
_BEFORE_SCHOOL = {"年少": "年少", "ねんしょう": "年少", "nensho": "年少", "nenshou": "年少",
                  "年中": "年中", "ねんちゅう": "年中", "nenchu": "年中", "nenchuu": "年中",
                  "年長": "年長", "ねんちょう": "年長", "nencho": "年長", "nenchou": "年長"}
_SCHOOL = {"小": "小", "し": "小", "s": "小", "中": "中", "ち": "中", "c": "中", "高": "高", "こ": "高", "k": "高"}
_ERAS = {"r": ("令和", 2018, 99), "h": ("平成", 1988, 31), "s": ("昭和", 1925, 64)}
_ERA = re.compile(r"(令和|平成|昭和|[rhs])\.?(\d{1,2}|元)(?:[年./-](?:(\d{1,2})(?:[月./-](?:(\d{1,2})日?)?)?)?)?(?:生まれ)?")
_WESTERN = re.compile(r"((?:19|20)\d\d)(?:[年./-](?:(\d{1,2})(?:[月./-](?:(\d{1,2})日?)?)?)?)?(?:生まれ)?")
_DIGITS = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)?")
_NO_ERA = re.compile(r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Unread:
    """A word of the line that could not be read, and what to write instead."""

    text: str
    why: str
    last: bool = False        # it ends the line: it may still be in the typing


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: people in the JSON form of an answer, or that there is no one, or that it is not known."""

    people: tuple[dict[str, Any], ...] = ()
    no_one: bool = False
    not_known: bool = False
    unread: tuple[Unread, ...] = ()


def read_line(text: str, today: date) -> Line:
    """Read a line of people; what cannot be read comes back in `unread`, and the others count all the same."""
    tokens = [t for t in _SEPARATORS.split(unicodedata.normalize("NFKC", text).strip()) if t]
    if tokens and all(t in NO_ONE for t in tokens):
        return Line(no_one=True)
    if tokens and all(t in NOT_KNOWN for t in tokens):
        return Line(not_known=True)
    people: list[dict[str, Any]] = []
    unread = []
    for place, token in enumerate(tokens):
        last = place == len(tokens) - 1 and not text[-1:].isspace()
        try:
            found = _people(token, today)
            if len(people) + len(found) > MOST_CHILDREN:
                raise _NotRead(f"一度に入れられるのは{MOST_CHILDREN}人までです。")
            people += found
        except _NotRead as wrong:
            unread.append(Unread(token, wrong.why, last))
    return Line(tuple(people), unread=tuple(unread))


def write_line(people: Iterable[Child]) -> str:
    """Return people as `read_line` reads them: every form of an age, the first one outside the brackets."""
    return " ".join(_written(person) for person in people)


def _written(person: Child) -> str:
    first, *others = [_written_form(form, value) for form, value in person.said] or [NO_AGE]
    return first + "".join(f"({one})" for one in others) + {YES: "障", NO: "障なし", OPEN: ""}[person.disability]


def _written_form(form: str, value: Any) -> str:
    if form == "age_months":
        return f"{value}か月"
    if form in ("birth_date", "birth_month"):
        return ".".join(str(int(part)) for part in value.split("-"))
    return str(value)


def age_now(child: Child, today: date) -> str:
    """Return what else is certain of someone's birth: 「いま小3」; "" when it is not, or was said so.

    At the counter it shows at once whether a date was typed right.
    """
    if child.born is None or "grade" in dict(child.said):
        return ""
    return next((f"いま{grade}" for grade in GRADES if child.born.within(span_of_grade(grade, today))), "")


class _NotRead(Exception):
    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _people(token: str, today: date) -> list[dict[str, Any]]:
    if twins := _TWINS.fullmatch(token):
        return _people(twins[1], today) * int(twins[2])
    person: dict[str, Any] = {}
    said = token.lower()
    if mark := _MARK.fullmatch(said):
        said, person["disability"] = mark[1], not mark["none"]
    several = _FORMS.fullmatch(said)
    for form in (several[1], *several[2][1:-1].split(")(")) if several else (said,):
        person |= _form(form)
    try:
        born = read_child(person, today, "").born
    except BadAnswer as wrong:
        raise _NotRead(wrong.message) from None
    if born and born.earliest > today:
        raise _NotRead("これから先の日付です。お腹の赤ちゃんは、妊娠の「はい」で入れます。")
    return [person]


def _form(said: str) -> dict[str, Any]:
    """Return one form of an age; raises _NotRead."""
    if said == NO_AGE:
        return {}
    if said in _BEFORE_SCHOOL:
        return {"grade": _BEFORE_SCHOOL[said]}
    if match := _GRADE.fullmatch(said.translate(_KANJI)):
        grade = f"{_SCHOOL[match[1][0]]}{match[2]}"
        if grade not in GRADES:
            raise _NotRead("小学校は1〜6年、中学校と高校は1〜3年です。")
        return {"grade": grade}
    if match := _HALF.fullmatch(said.translate(_KANJI)):
        return {"age_months": int(match[1]) * 12 + 6}
    if match := _MONTHS.fullmatch(said):
        return {"age_months": int(match[1] or 0) * 12 + int(match[2])}
    if match := _YEARS.fullmatch(said.translate(_KANJI)):
        if int(match[1]) > MOST_AGE:
            raise _NotRead(f"年齢は{MOST_AGE}歳までです。生まれた年は4けたで書いてください。")
        return {"age_years": int(match[1])}
    if match := _ERA.fullmatch(said):
        era, before, most = next(e for letter, e in _ERAS.items() if match[1] in (letter, e[0]))
        of = 1 if match[2] == "元" else int(match[2])
        if not 1 <= of <= most:
            raise _NotRead(f"{era}は{most}年までです。" if of else f"{era}0年はありません。")
        return _born(before + of, match[3], match[4])
    if match := _WESTERN.fullmatch(said) or _DIGITS.fullmatch(said):
        return _born(int(match[1]), match[2], match[3])
    if _NO_ERA.fullmatch(said):
        raise _NotRead(f"年の前に R・H・S をつけてください（H{said} など）。西暦は4けたです。")
    raise _NotRead(NOT_READ)


def _born(year: int, month: str | None, day: str | None) -> dict[str, Any]:
    """Return a birth as far as it was told; raises _NotRead for a day that is not in the calendar."""
    if month is None:
        return {"birth_year": year}
    try:
        told = date(year, int(month), int(day or 1))
    except ValueError:
        raise _NotRead(f"{year}年{int(month)}月{f'{int(day)}日' if day else ''}は、暦にない日付です。") from None
    return {"birth_date": told.isoformat()} if day else {"birth_month": f"{told.year}-{told.month:02d}"}
