"""What is said of a topic: that it lacks, that it costs, that it is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from finder.understanding.patterns import pattern

LACK = (
    r"な(?:い(?!よう|か(?:ら|も))|く(?!な)|かっ|か(?=ばい|です|けん|と|。|$))|ありませ|ないで|足り|足ら|たり(?:な|ま)|払え|出せ|"
    r"間に合わ|できそうに|できま|追わ|滞|困|苦し|厳し|きつ|つら|辛|大変|心配|不安|ピンチ|限界|圧迫|かさ|かかる|かかり|かかっ|高(?:く|い|"
    r"額|すぎ)|重い|重く|ばか(?:に|ら)|やりくり|どう|のうて|なか(?:け|と|ば)|無理|ヤバ|やば|想像以上"
)
COST = (
    r"how much|(?<![a-z])costs?(?![a-z])|費用|お金|代金|料金|無料|有料|タダ|ただ(?:で|です)|いくら|補助|助成|高(?:く|い|額|すぎ)|払え|"
    r"負担|払い戻し|払戻|還付|請求|金額|値段|減免|免除|自費|"
    r"万円|(?<=[一-龥])代(?=が|は|も|を|の|で|、|。|$)|費(?=が|は|も|を|の|で|、|。|$)"
)
ASK = (
    r"たい(?!へん|てい|した)|たか(?=です|ばい|っちゃ|と)|ほし|欲し|教え|知り|ありま(?:す|せん)か|あります\?|ある(?:\?|か|の|かな)|ないか|"
    r"ないの|ないろう|どこ|どう|もら(?:え|い)|ください|くだちい|くれ|使え|使い|使う|利用|申し?込|申請|方法|探|さが|希望|お願い|頼|紹介|いつ|"
    r"いくら|何時|とは|って何|について|のこと|場所|\?|でき(?:ます|る)|助け|手続|やって(?:る|い)|[かの]$|want|need|where|how|any |looking|"
    r"help|please|can i|is there|are there"
)
AT_ALL = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A need, the words it is about, what must be said of them, and what makes it another matter."""

    need: str
    about: re.Pattern[str]
    said: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    sentence: bool = False


def topic(need: str, about: str, said: str = AT_ALL, unless: str = "", sentence: bool = False) -> Topic:
    """Return a row of the table, ready to search with."""
    return Topic(need, pattern(about), pattern(said), pattern(unless) if unless else None, sentence)
