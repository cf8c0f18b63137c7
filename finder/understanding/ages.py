"""Every way to tell an age: years, months, school years, dates, and what just happened or comes soon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from finder import births
from finder.answers import BadAnswer, span_of_form
from finder.births import DAY, GRADES, Span, fiscal_year

Forms = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Age:
    """An age that was told: where it stands, its forms as the API names them, and its births."""

    start: int
    end: int
    forms: Forms
    born: Span

    @property
    def years(self) -> int | None:
        """Return the whole years, when the age was told in years."""
        return next((v for f, v in self.forms if f == "age_years"), None)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    forms: Forms


# --- when: words that move an age along the calendar -------------------------------------------

_PAST_TAIL = re.compile(r"(?:歳|か月|年生?)?(?:の)?(?:子|息子|娘)?(?:に|へ|と|を)?(?:も)?(?:なっ[たて]|なりました|上がっ[たて]|あがっ[たて]|入学し[たま](?!す)|入っ[たて]|進[学級]し[たて]|"
                        r"通って|通い始め|始まっ|迎え(?:た|まし)|です。?もう|ています|始め)")
_LEADING = (r"(?:に|で|には|から|は|も|の(?:はじめ|始め|終わり|末|頭|誕生日|{d}日)?(?:に|で|から|は|には)?|末(?:に|で)?|頃(?:に|には)?|、|と|って)?"
            r"(?:この子が|子どもが|上の子が|下の子が|娘が|息子が|長男が|長女が|次男が|次女が|うちの子が|に)?(?:満|やっと|ようやく|ちょうど|いよいよ|めでたく|新(?:しく)?)?").replace("{d}", r"\d{1,2}")
_SOON = re.compile(r"(?:もうすぐ|もうちょっとで|もう少しで|まもなく|間もなく|あと少しで|あとちょっとで|そろそろ|近々|再?来週|今週|今度(?:の誕生日)?|次(?:の誕生日)?|"
                   r"あと\d{1,3}(?:日|週間?|か月)|\d{1,3}(?:日|週間?|か月)後|年明け|年末|週末|月末|日曜|土曜|月曜|火曜|水曜|木曜|金曜|誕生日)" + _LEADING + "$")
_DATED = re.compile(r"(?P<when>今日|本日|昨日|おととい|一昨日|明日|明後日|あさって|先月|先々月|今月|来月|再来月|今年|ことし|去年|昨年|来年|再来年|先週"
                    r"|(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)" + _LEADING + "$")
_TURNS = re.compile(r"(?:歳|か月)?(?:半)?(?:の)?(?:お?誕生日|バースデー)?(?:に|を|へ)?(?:も)?(?:なる|なり|なっ|です|迎え|の誕生日|誕生日|だ|やき|やけん|で|、|。|!|$|の(?!とき|時|頃|ころ|健|壁))")
_DAYS_AWAY = {"今日": 0, "本日": 0, "昨日": -1, "おととい": -2, "一昨日": -2, "明日": 1, "明後日": 2, "あさって": 2}
_MONTHS_AWAY = {"先月": -1, "先々月": -2, "今月": 0, "来月": 1, "再来月": 2}
_YEARS_AWAY = {"今年": 0, "ことし": 0, "去年": -1, "昨年": -1, "来年": 1, "再来年": 2}


def _month_away(today: date, months: int) -> date:
    year, month = divmod(today.month - 1 + months, 12)
    return date(today.year + year, month + 1, 1)


def _same_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_told(month: int, past: bool, today: date) -> date | None:
    """Return the first day of the last or next time that month comes round."""
    if not 1 <= month <= 12:
        return None
    first = date(today.year, month, 1)
    if past and first > today:
        return first.replace(year=today.year - 1)
    if not past and (today.year, today.month) > (first.year, first.month):
        return first.replace(year=today.year + 1)
    return first


def _turning(text: str, start: int, end: int, years: int, today: date) -> Forms | None:
    """Return the forms of 「来月3歳」「昨日で10歳」「もうすぐ3歳」; None when the age is plainly told."""
    before = text[max(0, start - 24):start]
    past = _PAST_TAIL.match(text, end) is not None
    if not past and _SOON.search(before) and years >= 1 and _TURNS.match(text, end):
        return (("age_years", years - 1),)
    match = _DATED.search(before)
    if not match or not _TURNS.match(text, end):
        return None
    when = match["when"]
    if when in _DAYS_AWAY:
        born = today + timedelta(days=_DAYS_AWAY[when])
        day = _same_day(born.year - years, born.month, born.day)
        if _DAYS_AWAY[when] > 0 and past:
            return None
        return (("birth_date", day.isoformat()),) if day else (("age_years", years - (when in ("明日", "明後日"))),)
    if when in _MONTHS_AWAY:
        month: date | None = _month_away(today, _MONTHS_AWAY[when])
    elif when in _YEARS_AWAY:
        return (("birth_year", today.year + _YEARS_AWAY[when] - years),)
    elif match["month"]:
        month = _month_told(int(match["month"]), past, today)
        if month and match["day"]:
            day = _same_day(month.year - years, month.month, int(match["day"]))
            return (("birth_date", day.isoformat()),) if day else None
    else:
        return None     # 「先週3歳になった」 is plainly 3
    return (("birth_month", f"{month.year - years:04}-{month.month:02}"),) if month else None


# --- years and months --------------------------------------------------------------------------

_YEARS = re.compile(r"(?:満)?(?P<years>\d{1,3})歳(?:(?:と|と、)?(?P<months>\d{1,2})か月|(?P<half>半))?"
                    r"|(?<![\d.])(?P<also>\d{1,2})(?:歳)?(?=(?:と|・|&|や|、)(?P<next>\d{1,2})歳)")
_MONTHS = re.compile(r"(?P<since>生後|産後|出産後|うまれて|生まれて(?:から)?|産んで(?:から)?|出産して(?:から)?|出産から|生まれてまだ)?(?:まだ|もう|約|今)?"
                     r"(?:(?P<months>\d{1,3})か月(?:半)?|(?P<half>半年)|(?P<weeks>\d{1,2})週(?:間|目)?|(?P<days>\d{1,3})日(?:目)?|(?P<years>\d)年(?!生|前))")
_MONTHS_ALONE = re.compile(r"(?:くらい|ぐらい|ほど)?(?:の(?!とき|時|頃|ころ|間|あいだ|家賃|滞納|契約|休)|児|です|にな|で(?!や|辞|退|入|出|引|離|別|終)|と|、|。|$|男|女|\)|）|!|や(?:けん|き)|から(?!ず)|だ|・|赤ちゃん|娘|息子|ベ|ば|じゃ)")
_NOT_A_CHILDS = re.compile(r"(?:妊娠|妊婦|結婚|離婚|別居|無職|入院|休職|引っ?越し|失業|退職|家賃|滞納|同居|交際|付き合っ|調停|産休|育休|転入|待機|つわり|独身|再婚|勤務|入社|今|約)[^、。0-9]{0,6}$")
_NOT_MONTHS = re.compile(r"(?:前|後(?!半)|間|分|待|滞納|ぶり|以上|以内|以降|目(?!です)|経|たち|過ぎ|連続|ごと|に\d|近く|くらい前|ほど前|も(?:待|払|経|会)|児?の?健診|まで|から(?:預|入|使|利用|離乳))")


def _years_found(text: str, today: date) -> Iterator[_Found]:
    for match in _YEARS.finditer(text):
        if match["also"]:
            also, following = int(match["also"]), int(match["next"])
            # 「3、4歳」 is about one child, 「3と5歳」 about two
            if "、" in text[match.end():match.end() + 1] and abs(also - following) == 1:
                continue
            yield _Found(match.start(), match.end(), (("age_years", also),))
            continue
        years = int(match["years"])
        if match["half"] or match["months"]:
            months = years * 12 + (6 if match["half"] else int(match["months"]))
            yield _Found(match.start(), match.end(), (("age_months", months),))
            continue
        forms = _turning(text, match.start(), match.end(), years, today)
        if forms is None and re.match(r"(?:の)?(?:手前|目前|直前|間近|前(?:の|です|で))", text[match.end():match.end() + 5]) and years:
            forms = (("age_years", years - 1),)
        yield _Found(match.start(), match.end(), forms or (("age_years", years),))


def _months_found(text: str, today: date) -> Iterator[_Found]:
    for match in _MONTHS.finditer(text):
        before, since = text[max(0, match.start() - 14):match.start()], match["since"]
        if _NOT_MONTHS.match(text, match.end()) or text[match.start() - 1:match.start()] in ("歳", "月", "年", "第"):
            continue
        if not since and (not match["months"] or _NOT_A_CHILDS.search(before)
                          or not _MONTHS_ALONE.match(text, match.end())):
            continue
        if since and re.search(r"(?:結婚|離婚|妊娠)[^、。]{0,3}$", before):
            continue
        yield _Found(match.start(), match.end(), _months_forms(match, text, today))


def _months_forms(match: re.Match[str], text: str, today: date) -> Forms:
    if match["days"]:
        return (("birth_date", (today - timedelta(days=int(match["days"]))).isoformat()),)
    if match["weeks"]:
        return (("age_months", int(match["weeks"]) * 7 // 31),)
    if match["years"]:
        return (("age_years", int(match["years"])),)
    months = 6 if match["half"] else int(match["months"])
    soon = _SOON.search(text[max(0, match.start() - 24):match.start()])
    if soon and months and not _PAST_TAIL.match(text, match.end()):
        months -= 1
    return (("age_months", months),)


# --- school years ------------------------------------------------------------------------------

_SCHOOLS = {"小": "小", "中": "中", "高": "高"}
_MOST = {"小": 6, "中": 3, "高": 3}
_SCHOOL = r"(?P<school>小学校?|小学部|中学校?|中等部|中学部|高校|高等学校|高等部|(?:(?<![一-龥])|(?<=[新女男子娘息弟妹兄姉孫甥姪今在]))[小中高](?!学|校))"
_NOT_A_GRADE = r"(?!\d|歳|人|か月|か所|時(?!短)|回|つ|冊|倍|円|%|ヶ|度(?!目)|学期|日|月|名|枚|本|番)"
_GRADE = re.compile(rf"(?P<new>新)?{_SCHOOL}(?:の|生の|に通う|、)?(?P<number>[1-6])(?:年生|年(?![前後間])|(?=生))?生?{_NOT_A_GRADE}")
_BARE_GRADE = re.compile(r"(?P<new>新)?(?<![\d])(?P<number>[1-6])年生")
_LISTED = re.compile(rf"(?:と|・|、|&|や)(?P<number>[1-6])(?:年生?(?![前後間])|(?=[とで、。のが・やに]|です|$)){_NOT_A_GRADE}")
_NURSERY = re.compile(r"(?P<new>新)?(?<![一1最])(?P<grade>年少|年中|年長)(?![者無行休夢々]|の差|忙|遅|ずっと|お金)(?=さん|組|児|クラ|の|で|と|、|。|が|は|に|から|か|だ|\(|\)|も|・|&|や|"
                      r"$|[小中高娘息男女生子の!?たばけっよねや]|い(?:ま|る)|さ|ち|じゃ|を|\d|新|年)")
_BANDS = {"小学校": "小1", "小学": "小1", "小学生": "小1", "就学": "小1", "一年生": "小1", "中学": "中1", "中学校": "中1", "中学生": "中1", "高校": "高1",
          "高校生": "高1", "大学": "大1", "大学生": "大1"}
_BAND = re.compile(r"(?P<band>小学校|小学生|小学(?!\d|[一二三四五六])|中学生|中学校|中学(?!\d)|高校生|高校|大学生|大学|就学(?!援|支|相|前|奨))"
                   r"(?P<goes>(?:に|へ|を)?(?:入学|上が|あが|入る|入り|入っ|進学|なる|なり|なっ|卒業)|です|だ|の|、|。|$|で|や)")
_GOES_SOON = re.compile(r"(?:に|へ|を)?(?:入学|進学|卒業|上が|あが)(?:する|しま|を?(?:控え|予定|準備|目前)|予定|前(?!の?(?:健|説))|り?ます|る(?!前|まで|と))")
_NEXT_APRIL = re.compile(r"(?:来年度|来年の?(?:4月|春)|来春|次の春|今度の(?:春|4月)|この春|春|4月|次|今度|進級して|新年度|新学期)(?:から|に|には|で|は|より|、)?(?:の|は|もう|いよいよ|よいよ|新|うちの子が?|子どもが?|娘が?|息子が?|上の子が?|下の子が?|長男が?|長女が?|次男が?|次女が?|市内の|地元の|公立の|私立の|近くの)*$")
_IN_YEAR = re.compile(r"(?P<year>再来年|来年|今年|ことし)(?:の)?(?P<april>4月|春)?(?:から|に|には|で|は|より|、)?(?:もう|いよいよ|うちの子が?|子どもが?|娘が?|息子が?|上の子が?|下の子が?|長男が?|長女が?|次男が?|次女が?)*$")
_THIS_YEAR = re.compile(r"今年度(?:から|に|は|、)?$")
_ON_A_DAY = re.compile(r"(?P<when>今日|本日|明日|明後日|あさって|来週|来月)(?:から|に|で|には|は|、)?(?:もう|いよいよ)?$")


def _shift(text: str, start: int, end: int, new: bool, today: date) -> int | None:
    """Return in how many school years a grade will be reached; None when nothing moves it."""
    before = text[max(0, start - 24):start]
    past = _PAST_TAIL.match(text, end) is not None
    year = fiscal_year(today)
    if match := _IN_YEAR.search(before):
        if match["year"] in ("今年", "ことし"):
            return 0 if past else max(0, today.year - year)
        return today.year + {"来年": 1, "再来年": 2}[match["year"]] - year
    if re.search(r"来年度(?:から|に|は|、|の|で)?(?:もう)?$", before):
        return 1
    if _THIS_YEAR.search(before):
        return 0
    if match := _ON_A_DAY.search(before):
        away = {"今日": 0, "本日": 0, "明日": 1, "来週": 7, "来月": 28}.get(match["when"], 2)
        return fiscal_year(today + timedelta(days=away)) - year
    if new or (not past and _NEXT_APRIL.search(before)):
        return 0 if 4 <= today.month <= (8 if new else 7) else 1
    return None


def _grade_forms(grade: str, shift: int) -> Forms | None:
    ladder = (*GRADES, "大1")
    place = ladder.index(grade) - shift
    return (("grade", GRADES[place]),) if 0 <= place < len(GRADES) else None


def _grades_found(text: str, today: date) -> Iterator[_Found]:
    for match in _GRADE.finditer(text):
        school = match["school"][0]
        if match["school"] == "小学部":
            school = "小"
        yield from _one_grade(text, match, school, today)
        at = match.end()
        while listed := _LISTED.match(text, at):
            if int(listed["number"]) <= _MOST[school]:
                yield _Found(at + 1, listed.end(), (("grade", f"{school}{listed['number']}"),))
            at = listed.end()
    for match in _BARE_GRADE.finditer(text):
        school = _school_before(text, match.start())
        if school:
            yield from _one_grade(text, match, school, today)
    for match in re.finditer(r"(?<!\d)(?P<number>[1-6])(?=(?:と|・|、)(?P<next>[1-6])年生)", text):
        school = _school_before(text, match.start())
        if school and int(match["number"]) <= _MOST[school] and text[match.start() - 1:match.start()] not in "小中高":
            yield _Found(match.start(), match.end(), (("grade", f"{school}{match['number']}"),))
    for match in _NURSERY.finditer(text):
        shift = _shift(text, match.start(), match.end(), bool(match["new"]), today)
        forms = _grade_forms(match["grade"], shift or 0)
        if forms:
            yield _Found(match.start(), match.end(), forms)


def _one_grade(text: str, match: re.Match[str], school: str, today: date) -> Iterator[_Found]:
    if int(match["number"]) > _MOST[school]:
        return
    shift = _shift(text, match.start(), match.end(), bool(match["new"]), today)
    forms = _grade_forms(f"{school}{match['number']}", shift or 0)
    if forms:
        yield _Found(match.start(), match.end(), forms)


def _school_before(text: str, at: int) -> str | None:
    """Return the school that a bare 「2年生」 belongs to: the one named just before, else primary."""
    before = text[max(0, at - 14):at]
    named = re.findall(r"大学|専門|短大|高専|小学|中学|高校|高等|(?<![一-龥])[小中高](?=\d)", before)
    if not named:
        return "小"
    return _SCHOOLS.get(named[-1][0])


def _bands_found(text: str, today: date) -> Iterator[_Found]:
    """Find 「来年度から高校生」「4月に小学校」「小学校入学を控え」."""
    for match in _BAND.finditer(text):
        first = _BANDS[match["band"]]
        leaves = "卒業" in match["goes"] or text.startswith("を卒業", match.end("band"))
        past = _PAST_TAIL.match(text, match.end("band")) is not None
        shift = _shift(text, match.start(), match.end("band"), False, today)
        soon = _GOES_SOON.match(text, match.end("band")) is not None
        if shift is None and match.end("band") and re.match(r"(?:に|へ|を)?(?:来年|来春|この春|次の春|4月に|3月に|もうすぐ)", text[match.end("band"):match.end("band") + 6]):
            shift = 1
        if shift is None and soon and not past and re.search(r"(?:もうすぐ|まもなく|いよいよ|控え|[をの])?$", text[:match.start()]):
            shift = 0 if leaves else 1
            if today.month in (4, 5, 6):
                continue
        if shift is None:
            continue
        if leaves:
            if past or re.match(r"(?:を)?卒業し(?:た|て|まし)", text[match.end("band"):]):
                continue
            last = {"小1": "小6", "中1": "中3", "高1": "高3"}.get(first)
            if last:
                yield _Found(match.start(), match.end(), (("grade", last),))
            continue
        forms = _grade_forms(first, shift)
        if forms and not (first == "大1" and shift == 0):
            yield _Found(match.start(), match.end("band"), forms)


# --- birth dates -------------------------------------------------------------------------------

_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_BORN_AFTER = re.compile(r"(?:に|の)?(?:生まれ|生ま|生(?=[。、]|$|の|です)|出産|産ん|産み|誕生|出生|生れ)")
_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)|(?P<era>令和|平成|昭和|(?<![a-z])[rhs])\.?(?P<of>\d{1,2})|(?P<two>(?<![\d.])\d\d))"
                   r"(?:年度?の?|[./-])?(?:(?<=[年の./-])(?P<month>\d{1,2})(?:月の?|[./-])?(?:(?<=[月の./-])(?P<day>\d{1,2})日?)?)?(?!\d)")
_RELATIVE_BIRTH = re.compile(r"(?P<when>先月|先々月|今月|先週|今週|昨日|おととい|一昨日|今日|本日|今朝|先日|最近|この前|この間|こないだ|つい最近|去年|昨年|一昨年|おととし|今年)"
                             r"の?(?:(?P<part>春|夏|秋|冬|末|初め|はじめ)|(?P<month>\d{1,2})月(?:の)?)?(?P<day>\d{1,2}日)?(?:に|、|は|の)?(?:やっと|無事(?:に)?|[0-9一二三四五六]人目(?:の子)?(?:を|が)|第[0-9一二三]子(?:を|が)|赤ちゃん(?:が|を)|子ども(?:が|を)|長男(?:が|を)|長女(?:が|を)|次男(?:が|を)|次女(?:が|を)|娘(?:が|を)|息子(?:が|を)|男の子(?:が|を)|女の子(?:が|を)|孫が|双子(?:が|を)|帝王切開で|初めて|初産で|はじめて)*"
                             r"(?:生まれ(?!る|て(?:くる|来る)|ます|予定)|出産し(?!ます)|出産(?=です|。|$|後|を終え|、)|産み(?!ます|たい)|産んだ|産んで|うんだ|誕生し(?!ます))")
_AGO_BIRTH = re.compile(r"(?P<number>\d{1,3}|半)(?P<unit>日|週間?|か月|年)(?:ほど|くらい|ちょっと|半)?前に?(?:[^、。]{0,8}?)(?:出産し(?!ます)|出産、|産み|産んだ|生まれ(?!る)|生まれた)")
_MONTH_BIRTH = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?:に)?(?:[^、。0-9]{0,8}?)(?:を|が)?(?:生まれ(?:まし|た)|出産しました|出産した(?!い)|産みました|産んだ|誕生しました)")
_JUST_BORN = re.compile(r"(?:生まれ|産|出産し|うまれ)(?:た|んだ)(?:ばかり|ばっか|て)|産まれたて|生まれたて|出産直後|産後すぐ|新生児(?!聴|訪|健|ス|集)|出産を終え|(?:昨日|先日|無事(?:に)?)(?:出産|退院)し(?:た|まし)")


def _year_told(match: re.Match[str], today: date) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["era"]:
        return _ERAS[match["era"]] + int(match["of"])
    two = int(match["two"])
    return 2000 + two if two <= today.year % 100 else 1988 + two if two <= 31 else None


def _dates_found(text: str, today: date) -> Iterator[_Found]:
    for match in _DATE.finditer(text):
        born = _BORN_AFTER.match(text, match.end())
        before = text[max(0, match.start() - 16):match.start()]
        told = born or re.search(r"(?:生年月日|誕生日|生まれ)(?:は|が|:|、|=)?[^。0-9]{0,4}$", before)
        if match["two"] and not (born and text[match.end("two"):match.end("two") + 1] in ("年", ".", "/")):
            continue
        if not told and not (match["day"] and re.search(r"(?:子|息子|娘|[長次三][男女]|[上下])(?:は|が|も|、|:|\()$", before)):
            continue
        if match["year"] and not match["month"] and not told:
            continue
        if re.search(r"予定", text[match.end():match.end() + 10]) or "予定" in before[-5:]:
            continue
        year = _year_told(match, today)
        if year is None:
            continue
        yield _Found(match.start(), born.end() if born else match.end(), _date_forms(match, year))


def _date_forms(match: re.Match[str], year: int) -> Forms:
    if match["day"]:
        return (("birth_date", f"{year:04}-{int(match['month']):02}-{int(match['day']):02}"),)
    if match["month"]:
        return (("birth_month", f"{year:04}-{int(match['month']):02}"),)
    return (("birth_year", year),)


def _births_found(text: str, today: date) -> Iterator[_Found]:
    for match in _RELATIVE_BIRTH.finditer(text):
        yield _Found(match.start(), match.end(), _relative_forms(match, today))
    for match in _AGO_BIRTH.finditer(text):
        number = 6 if match["number"] == "半" else int(match["number"])
        forms: Forms = {"日": (("birth_date", (today - timedelta(days=number)).isoformat()),),
                        "週": (("age_months", number * 7 // 31),), "か月": (("age_months", number),),
                        "年": (("age_months", 6),) if match["number"] == "半" else (("age_years", number),),
                        }[match["unit"].removesuffix("間")]
        yield _Found(match.start(), match.end(), forms)
    for match in _MONTH_BIRTH.finditer(text):
        month = _month_told(int(match["month"]), True, today)
        if month and not re.search(r"年の?$", text[:match.start()]):
            day = _same_day(month.year, month.month, int(match["day"])) if match["day"] else None
            yield _Found(match.start(), match.end(), (("birth_date", day.isoformat()),) if day
                         else (("birth_month", f"{month.year:04}-{month.month:02}"),))
    for match in _JUST_BORN.finditer(text):
        yield _Found(match.start(), match.end(), (("age_months", 0),))


def _relative_forms(match: re.Match[str], today: date) -> Forms:
    when = match["when"]
    if when in ("去年", "昨年", "一昨年", "おととし", "今年"):
        year = today.year - {"今年": 0, "一昨年": 2, "おととし": 2}.get(when, 1)
        if match["month"]:
            return (("birth_month", f"{year:04}-{int(match['month']):02}"),)
        return (("birth_year", year),)
    if when in _MONTHS_AWAY:
        month = _month_away(today, _MONTHS_AWAY[when])
        return (("birth_month", f"{month.year:04}-{month.month:02}"),)
    if when == "先週" and (today - timedelta(days=13)).month == today.month:
        return (("birth_month", f"{today.year:04}-{today.month:02}"),)
    if when in _DAYS_AWAY or when == "今朝":
        return (("birth_date", (today + timedelta(days=_DAYS_AWAY.get(when, 0))).isoformat()),)
    return (("age_months", 0),)


# --- English -----------------------------------------------------------------------------------

_ENGLISH_YEARS = re.compile(r"(?<![\d.])(?P<years>\d{1,2})(?:[ -]?(?:years?|yrs?|y)(?:[ -]?olds?|[ -]?of[ -]age)?\b(?! ago)|[ -]?yo\b|[ -]?y/o\b)")
_ENGLISH_MONTHS = re.compile(r"(?<![\d.])(?P<months>\d{1,2})[ -]?(?:months?|mos?)[ -]?olds?\b|(?<![\d.])(?P<weeks>\d{1,2})[ -]?weeks?[ -]?olds?\b")
_ENGLISH_LIST = re.compile(r"\b(?:aged?|ages|are|is|turned|kids?|children|sons?|daughters?|boys?|girls?|child|old)[:,]? ?(?:\(|are |is |aged? )*(?P<list>\d{1,2}(?:(?:, ?| and | & |, and )\d{1,2})*)(?!\d|%|:|\.\d)(?! ?(?:months?|weeks?|days?|hours?|kids?|child|years? ago|people|sons|daughters|boys|girls|yen|weeks))")
_ENGLISH_GRADE = re.compile(r"\b(?:(?P<n>[1-6])(?:st|nd|rd|th)|(?P<w>first|second|third|fourth|fifth|sixth))[ -]grad(?:e|er)s?\b|\bgrade (?P<g>[1-6])\b")
_ORDINALS = {w: i for i, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth"], 1)}


def _english_found(text: str, today: date) -> Iterator[_Found]:
    for match in _ENGLISH_YEARS.finditer(text):
        if not re.match(r" (?:pregnant|married|divorced|experience)", text[match.end():]) and (
                "old" in match[0] or "yo" in match[0] or "y/o" in match[0] or re.search(r"(?:is|am|are|i'm|son|daughter|baby|child|,|and) ?$", text[:match.start()])):
            yield _Found(match.start(), match.end(), (("age_years", int(match["years"])),))
    for match in _ENGLISH_MONTHS.finditer(text):
        months = int(match["months"]) if match["months"] else int(match["weeks"]) * 7 // 31
        yield _Found(match.start(), match.end(), (("age_months", months),))
    for match in _ENGLISH_LIST.finditer(text):
        for number in re.finditer(r"\d+", match["list"]):
            start = match.start("list") + number.start()
            yield _Found(start, start + len(number[0]), (("age_years", int(number[0])),))
    for match in re.finditer(r"(?<![\d.])(?P<n>\d{1,2})(?=(?:, | and |, and | & )\d{1,2}[ -]?(?:years?|yo|yrs?)\b)", text):
        yield _Found(match.start(), match.end(), (("age_years", int(match["n"])),))
    for match in _ENGLISH_GRADE.finditer(text):
        number_told = match["n"] or match["g"]
        grade = int(number_told) if number_told else _ORDINALS[match["w"]]
        yield _Found(match.start(), match.end(), (("grade", f"小{grade}"),))
    for match in re.finditer(r"\bnewborn\b|\b(?:gave birth|baby was born) (?:last week|yesterday|just)", text):
        yield _Found(match.start(), match.end(), (("age_months", 0),))
    for match in re.finditer(r"\b(?:gave birth|(?:was )?born) last month", text):
        month = _month_away(today, -1)
        yield _Found(match.start(), match.end(), (("birth_month", f"{month.year:04}-{month.month:02}"),))


# --- numbers beside a person: 「長男(5)」「息子12 娘9」 -------------------------------------------

_BESIDE = re.compile(r"(?:[長次三四][男女]|息子|娘|子ども|末っ子|孫|男の子|女の子|[上下](?:の子)?|真ん中(?:の子)?|第[1-5一二三四]子|[1-5]人目|甥|姪|甥っ子|姪っ子|私|僕|俺|夫|妻|旦那|主人|本人|ママ|パパ)"
                     r"(?:\(|は|が|も|、|の方が|のほうが)?(?P<years>\d{1,2})(?=\)|、|。|と|で|です|$|息子|娘|[長次三][男女]|下|上|や|!|夫|妻)")
_BESIDE_LIST = re.compile(r"(?:子ども|兄弟|姉妹|娘|息子)(?:たち)?[(は、](?P<list>\d{1,2}(?:[、,・と]\d{1,2})+)(?=\)|、|。|$|で|の|歳)")


def _beside_found(text: str, today: date) -> Iterator[_Found]:
    for match in _BESIDE.finditer(text):
        yield _Found(match.start("years"), match.end("years"), (("age_years", int(match["years"])),))
    for match in _BESIDE_LIST.finditer(text):
        for number in re.finditer(r"\d+", match["list"]):
            start = match.start("list") + number.start()
            yield _Found(start, start + len(number[0]), (("age_years", int(number[0])),))


# --- what looks like an age and is none -----------------------------------------------------------

_LIMIT_AFTER = re.compile(
    r"(?:児)?(?:健診|の?健診|神話|差|違い|ちがい|離れ|(?:年)?上の(?:兄|姉|夫|妻|人)|年上|年下|以上|以下|未満|以降|まで(?!、|$)|までに|くらいまで|"
    r"から(?!の?(?:娘|息子|幼|の子)|$)|で(?:産ん|出産し|結婚し|離婚し|妊娠し(?:た|まし)|初産|死別|亡く|上京)|児クラス|"
    r"(?:くらい|ぐらい)?の(?:とき|時(?!期)|頃|ころ|壁|春|夏|秋|冬|[123]学期|(?:\d{1,2})月|終わり|はじめ|初め|途中|誕生日(?:まで|から|に生))|頃(?!の子)|ころ|ごろ(?!の子)|(?:くらい)?だった(?:頃|ころ|とき|時|の[にが])|"
    r"(?:に|と)なったら|になれば|になっても|になるまで|になると(?!、?.{0,8}娘)|になるとき|過ぎたら|を過ぎたら|ぶり|若い|若く|目(?!の)|しか離|になる前|のうち|も離れ|下の(?:夫|妻|彼))")
_PAST_BEFORE = re.compile(r"(?:去年|昨年|一昨年|昔|以前|前は|当時|昨日まで|この前まで|先月まで|春まで|3月まで|\d年前|(?:当時|そのとき|その頃)(?:は|、)?)[^、。]{0,6}$|(?:のとき|の時|の頃|のころ)(?:は|には|に)?$")
_PAST_AFTER = re.compile(r"(?:さん|組|生)?(?:だった(?!の[でか]|わ|よ|ね|です|み|$|。|！|!|かな|かも)|のときに|でなくなった|で亡く)")
_NO_AGE_BEFORE = re.compile(r"(?:定員|対象(?:は|が|年齢)?|一歩|月齢|合計|全部で|約?\d+人中|no|第|築|築年数|差(?:は|が|も)?|電話|tel|〒|品番)$")

_FINDERS: tuple[Callable[[str, date], Iterator[_Found]], ...] = (
    _dates_found, _births_found, _years_found, _months_found, _grades_found, _bands_found, _english_found, _beside_found)


def _is_limit(text: str, found: _Found) -> bool:
    """Tell whether an age is a limit of a program, a time gone by or a distance, nobody's age now."""
    form = found.forms[0][0]
    if form in ("birth_date", "birth_month", "birth_year"):
        return False
    past = _PAST_BEFORE.search(text[max(0, found.start - 16):found.start])
    moved = "ばかり" in text[found.end:found.end + 8]
    return bool(_LIMIT_AFTER.match(text, found.end) or _PAST_AFTER.match(text, found.end)
                or (past and not moved) or _NO_AGE_BEFORE.search(text[max(0, found.start - 8):found.start]))


def _span(forms: Forms, today: date) -> Span | None:
    span: Span | None = None
    for form, value in forms:
        try:
            told = span_of_form(form, value, today, "said")
        except BadAnswer:
            return None
        span = told if span is None else span.overlap(told)
        if span is None:
            return None
    if span is None or span.earliest > today + 31 * DAY:
        return None
    return span


def ages(text: str, today: date) -> tuple[Age, ...]:
    """Return every age that was told, in the order of the text, each place read once."""
    found = [f for finder in _FINDERS for f in finder(text, today)]
    found.sort(key=lambda f: (f.start, -(f.end - f.start)))
    kept: list[Age] = []
    reached = -1
    for one in found:
        if one.start < reached:
            continue
        reached = one.end
        if _is_limit(text, one):
            continue
        born = _span(one.forms, today)
        if born is not None:
            kept.append(Age(one.start, one.end, one.forms, born))
    return tuple(kept)


def same_births(one: Span, other: Span) -> bool:
    """Tell whether two spans may be of one person."""
    return one.overlap(other) is not None


def both(one: Age, other: Age) -> tuple[Forms, Span] | None:
    """Return the forms and births of one person of whom two ages were told."""
    span = one.born.overlap(other.born)
    if span is None:
        return None
    forms = dict(other.forms) | dict(one.forms)
    return tuple(forms.items()), span


__all__ = ("Age", "Forms", "ages", "births", "both", "same_births")
