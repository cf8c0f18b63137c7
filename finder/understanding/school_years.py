"""School years: 「小2」「年長」「3年生」, and those that come next April."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from finder.births import GRADES, fiscal_year
from finder.understanding.patterns import pattern
from finder.understanding.turning import PAST_TAIL, Forms, Found

_MOST = {"小": 6, "中": 3, "高": 3}
_SCHOOL = (
    r"(?P<school>小学校?|小学部|中学校?|中等部|中学部|高校|高等学校|高等部|(?:(?<![一-龥])|"
    r"(?<=[新女男子娘息弟妹兄姉孫甥姪今在私僕俺上下])|(?<=真ん中)|(?<=年度)|(?<=今年)|(?<=来年))[小中高](?!学|校))"
)
_NOT_A_GRADE = r"(?!\d|歳|人|か月|か所|時(?!短)|回|つ|冊|倍|円|%|ヶ|度(?!目)|学期|日|月|名|枚|本|番|校|園|件|組)"
_GRADE = pattern(
    rf"(?P<new>新)?{_SCHOOL}(?:の|生の|に通う|、)?(?P<number>[1-6])(?:年生|年(?![前後間少中]|長(?![男女]))|(?=生))?生?{_NOT_A_GRADE}"
)
_BARE_GRADE = re.compile(r"(?P<new>新)?(?<!\d)(?<!令和)(?<!平成)(?<!ザー)(?<!パパ)(?<!ママ)(?<!主婦)(?<!社会人)(?<![母父]親)"
    r"(?P<number>[1-6])年(?:生|(?<=新[1-6]年)(?![度中間生])|(?=[1-9]組)|(?=坊主)|(?=の(?:男の|"
    r"女の)?(?:子(?!育て)|孫|娘|息子|男子|女子|[長次三][男女]))|"
    r"(?:(?<=[子娘孫男女][1-6]年)|(?<=[子娘孫男女][はがも、][1-6]年))(?=。|、|$|です|で、|ばい|や(?:けん|で)))")
# 「きょうだいで1年と3年」, 「担任が代わった。6年です」
_OF_BROTHERS = re.compile(r"(?:兄弟|姉妹|子ども|息子|娘)(?:たち)?(?:2人|3人)?(?:は|が|で|、)?(?P<number>[1-6])年(?=(?:と|、|"
    r"・)[1-6]年(?:です|だ|。|、|$|生))")
_PUPIL_SAYS = re.compile(r"(?:(?<=。)(?<!ません。)(?<!ない。)|(?<=うちは)|(?<=今は))(?P<number>[1-6])年(?:です|だ|やけん|じゃ|"
    r"(?<=今は[1-6]年))(?=。|$)")
# 「今年度から6年です」
_FROM_SPRING = pattern(r"(?:今年度|来年度|新年度|4月|春)(?:から|は|に|で)(?:もう|いよいよ)?(?P<number>[1-6])年(?=です|に|だ|。|、)")
_NEW_PUPIL = pattern(r"(?P<school>小学|中学|高校)校?の新入生|新入生(?:です)?、(?P<later>小学|中学|高校)")
_AT_SCHOOL = pattern("[小中高][1-6]|担任|学校|授業|クラス|小学|中学|高校|登校|宿題|教室|部活|給食")
_BEFORE_A_GRADE = re.compile(r"(?<![\d小中高])(?P<number>[1-6])(?=(?:と|・|、)[1-6]年生)")
_LISTED = re.compile(rf"(?:と|・|、|&|や)(?P<number>[1-6])(?:年生?(?![前後間])|(?=[とで、。のが・やに]|です|$)){_NOT_A_GRADE}")
_NURSERY = pattern(
    r"(?P<new>新)?(?<![一1最])(?P<grade>年少|(?<![今去昨本毎来])年中|年長)(?![者無行休夢々]|の差|忙|遅|ずっと|お金)(?=さん|組|児|クラ|ママ|パパ|,|の|で|と|、|。|が|"
    r"は|に|から|か|だ|\(|\)|も|・|&|や|"
    r"$|[小中高娘息男女生子の!?たばけっよねやな]|い(?:ま|る)|さ|ち|じゃ|を|\d|新|年)"
)
_BANDS = {
    "小学校": "小1",
    "小学": "小1",
    "小学生": "小1",
    "就学": "小1",
    "一年生": "小1",
    "中学": "中1",
    "中学校": "中1",
    "中学生": "中1",
    "高校": "高1",
    "高校生": "高1",
    "大学": "大1",
    "大学生": "大1",
}
_BAND = pattern(
    r"(?P<band>小学校|小学生|小学(?!\d|[一二三四五六])|中学生|中学校|中学(?!\d)|高校生|高校|大学生|大学|就学(?!援|支|相|前|奨))"
    r"(?P<goes>(?:に|へ)(?=来年|来春|この春|次の春|[34]月に|もうすぐ)|(?:に|へ|を)?(?:入学|上が|あが|入る|入り|入っ|進学|なる|なり|なっ|"
    r"卒業)|です|だ|なん(?:で|だ)|なの|の|、|。|$|で|や)"
)
_GOES_SOON = re.compile(
    r"(?:に|へ|を)?(?:入学|進学|卒業|上が|あが)(?:する|しま|を?(?:控え|予定|準備|目前)|予定|前(?!の?(?:健|説))|り?ます|る(?!前|まで|"
    r"と))"
)
_NEXT_APRIL = re.compile(
    r"(?:来年度|来年の?(?:4月|春)|来春|次の春|今度の(?:春|4月)|この春|春|4月|次|今度|進級して|新年度|新学期)(?:から|に|には|で|は|より|が|も)?、?(?:の|は|もう|いよいよ|よいよ|ぴかぴかの|ピカピカの|新|うちの子が?|子どもが?|娘が?|息子が?|上の子が?|下の子が?|長男が?|長女が?|次男が?|"
    r"次女が?|保育園の|幼稚園の|こども園の|園の|市内の|地元の|公立の|私立の|近くの)*$"
    r"|(?:来年度|来年の?(?:4月|春)|来春|次の春|今度の(?:春|4月)|この春|春|4月)(?:から|に|には|は)?、?(?:(?:[上下]の子|[長次三][男女]|娘|息子)(?:は|が)(?:高校|中学|小学校|大学)(?:生|校)?(?:で|に|へ)?、)?"
    r"(?:[上下]の子|[長次三][男女]|娘|息子|末っ子)(?:は|も)、?$"
)
_IN_YEAR = re.compile(
    r"(?P<year>再来年度?|来年|今年|ことし)(?:の)?(?P<april>4月|春)?(?:から|に|には|で|は|より|が|も)?、?(?:もう|いよいよ|ぴかぴかの|ピカピカの|うちの子が?|"
    r"子どもが?|娘が?|息子が?|上の子が?|下の子が?|長男が?|長女が?|次男が?|次女が?|(?:[上下]の子|[長次三][男女]|末っ子)(?:は|も)、?)*$"
)
_THIS_YEAR = re.compile(r"今年度(?:から|に|は|、)?$")
_ON_A_DAY = re.compile(r"(?P<when>今日|本日|明日|明後日|あさって|来週|来月)(?:から|に|で|には|は|、)?(?:もう|いよいよ)?$")


# 「4月から小4と年中になる」: what moves the first moves the second
_JOINED_BEFORE = re.compile(r"(?:(?:新)?(?:[小中高][1-6]|年[少中長]|[1-6]年)(?:年?生|さん)?(?:と|・|や|&)|(?:高校生|中学生|小学生|"
    r"年[少中長](?:組|さん|児)?|"
    r"[小中高][1-6])になる(?:娘|息子|子|[長次][男女])と、?|(?:の)?(?:入学|進学|入園)(?:は|、|"
    r"で))+$")
_YEAR_OF_PUPIL = pattern(
    r"(?P<school>小学|中学|高校)校?生?(?:の|に通う)?(?:子ども|子|息子|娘|孫|兄|姉|弟|妹|男の子|女の子|[長次三][男女])?(?:が|は|で(?:す。)?|、|。|\(|の)*(?:[2-5]人)?(?:い(?:て|ます)|おり(?:まして|ます))?(?:が|は|で(?:す。)?|、|。|\(|の)+(?:上から|今|同じく)?"
    r"(?P<number>[1-6])年生?(?!前|間|後|生まれ|ぶり|目|連続|保育|以)"
)


# 「高校2年。ちがった、今3年」
_MENDED = pattern(r"(?:ちが(?:った|う|い)|違(?:った|う|い)|いや|訂正|間違え|じゃなくて?|ではなくて?)[^0-9]{0,8}(?P<number>[1-6])年(?=。|"
    r"、|$|です|だ|に|生|や|じゃ)")


# 「年長組に春から上がる子」
_GOES_LATER = re.compile("(?:組|さん|クラス|生)?(?:に|へ)、?(?:来年度?|来春|春|4月|次の春)(?:から|に|の春に)?、?(?:上が|あが|進|なる|なり|"
    "入る|入り)")


def _shift(text: str, start: int, end: int, new: bool, today: date) -> int | None:
    """Return in how many school years a grade will be reached; None when nothing moves it."""
    before = _JOINED_BEFORE.sub("", text[max(0, start - 24) : start])
    past = PAST_TAIL.match(text, end) is not None
    year = fiscal_year(today)
    if match := _IN_YEAR.search(before):
        if match["year"] in ("今年", "ことし"):
            return 0 if past else max(0, today.year - year)
        return 2 if match["year"] == "再来年度" else today.year + {"来年": 1, "再来年": 2}[match["year"]] - year
    if re.search(r"来年度(?:から|に|は|、|の|で|が|も)?(?:もう)?$", before):
        return 1
    if _THIS_YEAR.search(before):
        return 0
    if match := _ON_A_DAY.search(before):
        away = {"今日": 0, "本日": 0, "明日": 1, "来週": 7, "来月": 28}.get(match["when"], 2)
        return fiscal_year(today + timedelta(days=away)) - year
    if match := _GOES_LATER.match(text, end):
        if "来年" in match[0] and "来年度" not in match[0]:
            return today.year + 1 - year
        return 0 if 4 <= today.month <= 7 and "来" not in match[0] else 1
    if new or (not past and _NEXT_APRIL.search(before)):
        return 0 if 4 <= today.month <= (8 if new else 7) else 1
    return None


def _grade_forms(grade: str, shift: int) -> Forms | None:
    ladder = (*GRADES, "大1")
    place = ladder.index(grade) - shift
    return (("grade", GRADES[place]),) if 0 <= place < len(GRADES) else None


def grades_found(text: str, today: date) -> Iterator[Found]:
    """Yield school years told by their names."""
    for match in _GRADE.finditer(text):
        yield from _one_grade(text, match, match["school"][0], today)
        yield from _listed(text, match.end(), match["school"][0])
    for match in _BARE_GRADE.finditer(text):
        yield from _one_grade(text, match, _with_so_many(_school_before(text, match.start()), match), today)
    for match in _OF_BROTHERS.finditer(text):
        yield from _numbered(match, _school_before(text, match.start()))
        yield from _listed(text, match.end(), _school_before(text, match.start()))
    for match in _FROM_SPRING.finditer(text):
        grade = f"{_school_before(text, match.start())}{match['number']}"
        if grade in GRADES and (forms := _grade_forms(grade, _shift(text, match.start("number"), match.end(), False, today) or 0)):
            yield Found(match.start("number"), match.end(), forms)
    for match in _NEW_PUPIL.finditer(text):
        if 4 <= today.month <= 8:
            yield Found(match.start(), match.end(), (("grade", f"{(match['school'] or match['later'])[0]}1"),))
    for match in _PUPIL_SAYS.finditer(text):
        if _AT_SCHOOL.search(text):
            yield from _numbered(match, _school_before(text, match.start()))
    for match in _YEAR_OF_PUPIL.finditer(text):
        yield from _numbered(match, match["school"][0])
        yield from _listed(text, match.end(), match["school"][0])
    for match in _MENDED.finditer(text):
        yield from _numbered(match, _school_before(text, match.start(), ""))
    for match in _BEFORE_A_GRADE.finditer(text):
        yield from _numbered(match, _school_before(text, match.start()))
    for match in _NURSERY.finditer(text):
        yield from _moved(text, match, match["grade"], today)


def _listed(text: str, at: int, school: str) -> Iterator[Found]:
    """Yield what follows in the same school: 「小6と4年」「6年、3年、1年」."""
    while listed := _LISTED.match(text, at):
        yield from _numbered(listed, _with_so_many(school, listed))
        at = listed.end()


def _with_so_many(school: str, match: re.Match[str]) -> str:
    """Return the school, or the primary school when only that has so many years: 「中1と5年生」."""
    return "小" if int(match["number"]) > _MOST.get(school, 6) else school


def _numbered(match: re.Match[str], school: str) -> Iterator[Found]:
    """Yield a numbered year of a school, when the school has so many."""
    if int(match["number"]) <= _MOST.get(school, 0):
        yield Found(match.start("number"), match.end(), (("grade", f"{school}{match['number']}"),))


def _one_grade(text: str, match: re.Match[str], school: str, today: date) -> Iterator[Found]:
    if int(match["number"]) <= _MOST.get(school, 0):
        yield from _moved(text, match, f"{school}{match['number']}", today)


def _moved(text: str, match: re.Match[str], grade: str, today: date) -> Iterator[Found]:
    """Yield a school year as it is today, when it may be one that is only to come."""
    shift = _shift(text, match.start(), match.end(), bool(match["new"]), today)
    forms = _grade_forms(grade, shift or 0)
    if forms:
        yield Found(match.start(), match.end(), forms)


def _school_before(text: str, at: int, unnamed: str = "小") -> str:
    """Return the school that a bare 「2年生」 belongs to: the one named just before, else primary."""
    before = text[max(0, at - 14) : at]
    named = re.findall(r"大学|専門|短大|高専|小学|中学|高校|高等|(?<![一-龥])[小中高](?=\d)", before)
    return str(named[-1][0]) if named else unnamed


_THIS_SPRING = re.compile(r"(?<![年の])(?<!年の)(?:この|今年の?)?(?:春|4月)(?:に|から|、|の)?$")
LEFT_THIS_SPRING = re.compile(r"(?:先月|今月|3月|この春|今春|この3月|先週|先日|昨日|今日|ついこの前|この前)(?:に|で|、|の?\d+日に?)?$")
_LAST, _FOLLOWING = {"小1": "小6", "中1": "中3", "高1": "高3"}, {"小1": "中1", "中1": "高1"}


_VERY_SOON = re.compile("(?:もうすぐ|まもなく|いよいよ)(?:で|、)?$")
_JUST_IN = re.compile("(?:に|へ|を)?(?:(?:入学し|入っ|上がっ|あがっ|進学し|なっ)?たばかり|(?:なり|入り|上がり|入学し|進学し)ました)")
_LONG_SINCE = re.compile("(?:去年|昨年|一昨年|[0-9]年前)[^。]{0,12}$")


def _this_spring(before: str, today: date) -> bool:
    """Tell whether the words before say that it was this April."""
    return bool(_THIS_SPRING.search(before) or (today.month in (4, 5) and LEFT_THIS_SPRING.search(before)))


def _just_left(text: str, match: re.Match[str], first: str, today: date) -> str | None:
    """Return the school year of one who left a school this spring: the last one until 31 March, then the next school's first."""
    if today.month not in (3, 4) or not LEFT_THIS_SPRING.search(text[max(0, match.start() - 10) : match.start()]):
        return None
    if not re.match(r"(?:を)?卒業し(?:た|て|まし)", text[match.end("band") :]):
        return None
    return (_LAST if today.month == 3 else _FOLLOWING).get(first)


def bands_found(text: str, today: date) -> Iterator[Found]:
    """Find 「来年度から高校生」「4月に小学校」「小学校入学を控え」."""
    for match in _BAND.finditer(text):
        first = _BANDS[match["band"]]
        leaves = "卒業" in match["goes"] or text.startswith("を卒業", match.end("band"))
        if leaves and (grade := _just_left(text, match, first, today)):
            yield Found(match.start(), match.end(), (("grade", grade),))
            continue
        past = PAST_TAIL.match(text, match.end("band")) is not None
        shift = _shift(text, match.start(), match.end("band"), False, today)
        soon = _GOES_SOON.match(text, match.end("band")) is not None
        if (
            shift is None
            and re.match(
                r"(?:に|へ|を)?(?:来年|来春|この春|次の春|4月に|3月に|もうすぐ)", text[match.end("band") : match.end("band") + 6])
        ):
            shift = 1
        if shift is None and soon and not past and re.search(r"(?:もうすぐ|まもなく|いよいよ|控え|[をの])?$", text[: match.start()]):
            shift = 0 if leaves else 1
            if today.month in (4, 5, 6):
                continue
        if shift is None and past and not leaves and _this_spring(text[max(0, match.start() - 16) : match.start()], today):
            shift = 0
        if shift is None and not leaves and today.month in (4, 5) and _JUST_IN.match(text, match.end("band")):
            shift = None if _LONG_SINCE.search(text, 0, match.start()) else 0
        if shift is None and not past and not leaves and not 4 <= today.month <= 8 and _VERY_SOON.search(text, 0, match.start()):
            shift = 1
        if shift is None:
            continue
        if leaves:
            if past or re.match(r"(?:を)?卒業し(?:た|て|まし)", text[match.end("band") :]):
                continue
            last = _LAST.get(first)
            if last:
                yield Found(match.start(), match.end(), (("grade", last),))
            continue
        forms = _grade_forms(first, shift)
        if forms and not (first == "大1" and shift == 0):
            yield Found(match.start(), match.end("band"), forms)
