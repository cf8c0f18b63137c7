"""Every way to tell an age: years, months, school years, dates, and what just happened or comes soon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from finder.answers import BadAnswer, span_of_form
from finder.births import DAY, Span
from finder.understanding.bare_ages import bare_found
from finder.understanding.birth_dates import births_found, dates_found
from finder.understanding.english import english_found
from finder.understanding.months import counted_found, months_found, years_found
from finder.understanding.school_entries import entries_found
from finder.understanding.school_years import bands_found, grades_found
from finder.understanding.turning import Forms, Found


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


_LIMIT_AFTER = re.compile(
    r"(?:年?生|児)?(?:レベル|並み?|なみ|相当|程度の|の(?:学力|内容|範囲|漢字|教科書|問題|ドリル|体格)|(?:くらい|ぐらい)(?:あり|ある|の(?:体|背|学力|大きさ|知能))|[とって]{1,2}言いたい)|"
    r"(?:さん)?の(?:クラス|組|部屋|教室)(?:に|で|と)(?:混|まざ|まじ|入れてもら|遊)|に(?:なれ(?!ば)|上がれ)|児?(?:向け|むけ|対象)|"
    r"児?(?:の|向けの?|対象の?)(?:集まり|教室|サークル|広場|ひろば|イベント|講座)|"
    r"(?:児)?(?:健診|の?健診|神話|差|違い|ちがい|離れ|(?:年)?上の(?:兄|姉|夫|妻|人)|年上|年下|以上|以下|未満|以降|まで(?!、|$)|で産み(?!た)|"
    r"までに|くらいまで|"
    r"からの幼稚園|から(?!の?(?:娘|息子|幼|の子)|$)|で、?(?:[長次三四][男女]|[上下]の子|子ども|第?[1-5](?:人目|子)|双子)(?:を|も)|の?年度末|で(?:産ん|出産し|結婚し|離婚し|妊娠し(?:た|まし)(?=.*[0-9](?:歳|か月|年生|つ))|初産|死別|亡く|上京|来日|(?:母|父|親|ママ|パパ)に(?:な|慣)|渡日|終わ|日本(?:に|へ)|就職|独立|家を出|引っ?越)|(?:児|(?<=歳))クラス|前に(?:は)?(?:歩|話|しゃべ|立|おむつ)|で(?:もう)?(?:歩(?:き(?:、|まし|出し|始め(?:まし|た))|い(?:た|て)(?!い?な)|けた)|話し(?:まし|、)|しゃべ(?:りまし|った))|"
    r"(?:くらい|ぐらい)?の(?:とき|時(?!期)|頃|ころ|壁|(?:春|夏|秋|冬|[123]学期)(?!です|だ|なのに|真)|(?:\d{1,2})月|終わり|はじめ|初め|途中|誕生日(?:まで|から|"
    r"に生))|頃(?!の子)|ころ|ごろ(?!の子)|(?:くらい)?だった(?:頃|ころ|とき|時|の[にが])|"
    r"(?:に|と)なったら|になれば|になっても|になるまで|になると(?!、?.{0,8}娘|に)|になるとき|過ぎたら|を過ぎたら|ぶり|若い|若く|"
    r"目(?!の)|しか離|になる前|のうち|も離れ|下の(?:夫|妻|彼))"
)
_PAST_BEFORE = re.compile(
    r"(?:本来なら|本当なら)[^、。]{0,8}$|(?:去年|昨年|一昨年|昔|以前|前は|当時|昨日まで|この前まで|先月まで|春まで|3月まで|\d年前(?!に(?:買|建|引|越|結婚|離婚|始|入))|(?:当時|そのとき|その頃)(?:は|"
    r"、)?)[^、。]{0,6}$|(?<![勤事気修張])(?:のとき|の時|の頃|のころ)(?:は|には|に)?$"
)
# 「生後3日で見送りました」: also what else would be a birth
_WOULD_BE = re.compile("(?:生き(?:て(?:い)?|と)(?:っ?たら|れば)|存命なら)、?[^、。]{0,8}$")
_GONE = re.compile("(?:だった|の)(?:娘|息子|子|[長次三][男女]|孫)を(?:[^。0-9]{0,8})?(?:亡くし|失い|失っ|見送り)|で(?:[^、。]{0,6}(?:見送|"
    "旅立|お空|天使に|他界|天国)|(?:突然)?(?:亡く|死))")
_PAST_AFTER = re.compile(r"(?:さん|組|生)?(?:だった(?!の[でか]|わ|よ|ね|です|み|$|。|！|!|かな|かも)|のときに|でなくなった|で亡く)")
_NO_AGE_BEFORE = re.compile(
    r"(?:定員|対象(?:は|が|年齢)?|一歩|月齢|合計|全部で|約?\d+人中|no|第|築|築年数|差(?:は|が|も)?|電話|tel|〒|品番|\d(?:歳|か月)?(?:[〜~ー-]|から)|(?:迎え|なっ|過ぎ)たら、?)$"
)

_FINDERS: tuple[Callable[[str, date], Iterator[Found]], ...] = (
    dates_found,
    births_found,
    years_found,
    counted_found,
    months_found,
    grades_found,
    entries_found,
    bands_found,
    english_found,
    bare_found,
)


def _is_limit(text: str, found: Found) -> bool:
    """Tell whether an age is a limit of a program, a time gone by or a distance, nobody's age now."""
    form = found.forms[0][0]
    if _GONE.match(text, found.end) or _WOULD_BE.search(text, max(0, found.start - 20), found.start):
        return True
    if form in ("birth_date", "birth_month", "birth_year"):
        return False
    past = _PAST_BEFORE.search(text[max(0, found.start - 16) : found.start])
    moved = "ばかり" in text[found.end : found.end + 8]
    return bool(
        _LIMIT_AFTER.match(text, found.end)
        or _PAST_AFTER.match(text, found.end)
        or (past and not moved)
        or _NO_AGE_BEFORE.search(text[max(0, found.start - 8) : found.start])
    )


def _span(forms: Forms, today: date) -> Span | None:
    ((form, value),) = forms
    try:
        span = span_of_form(form, value, today, "said")
    except BadAnswer:
        return None
    return span if span.earliest <= today + 31 * DAY else None


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
