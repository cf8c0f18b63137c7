"""What is only told of: settled, given, or gone by, with nothing asked of it."""

from __future__ import annotations

import re

from finder.understanding.grammar import Reading
from finder.understanding.patterns import pattern

_HAPPENED = re.compile(
    r"[^。]{0,14}?(?:ことにな(?:り|っ)|建て(?:まし|た)|買(?:いまし|った|ってい)|終わ(?:り|っ)|受け取(?:った|りまし|って)|もらいまし|もらった|出してくれ|"
    r"(?:して|見て|来て|みて|送って|作って|手伝って)くれ(?:て(?:い)?)?(?:ます(?!か|ん)|る(?:ので|から|し)|ました)|で働いて(?:い|お|る)|に勤め|"
    r"(?<!介護|世話|面倒|育児|家事)を(?:して|やって)(?:い)?(?:ます|る。)|(?:住んで|暮らして)(?:い|お)?(?:まし|た|ます|り)|楽し(?:い|そう|"
    r"んで|み)|得意|"
    r"好き(?:な|で|だ)|元気|大丈夫|下が(?:り|っ)|おかげ)"
)
_PAST = re.compile(r"(?:去年|昨年|おととし|一昨年)(?:まで|は)|までは|以前|昔|前は|当時|かつて|(?:だった|の)(?:頃|ころ)(?:は|に)")
_ENDED = re.compile(r"[^。]{0,12}?(?:でした|ました|だった|かった|て(?:い)?た)")
_STILL = pattern(
    r"たい(?!へん)|困|欲し|ほし|ない(?!よう|ので大丈夫)|ません|なく|費|お金|いじめ|不安|心配|悩|[?]|か$|教え|高[いくす]|つら|辛|しんど|疲|"
    r"大変|落ち|"
    r"だめ|限界|助け|探|どう|どこ|知り|お願い|くださ|ますか|聞き|辞め|やめ|必要|使え|申請"
)


def told_only(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a thing is only told of, as settled, given or gone by, and nothing is asked of it."""
    text, sentence = reading.text, reading.sentence(start)
    clause = reading.clause(start)
    if _STILL.search(text, start, sentence.end):
        return False
    gone = _PAST.search(text, clause.start, end) is not None and _ENDED.match(text, end) is not None
    return gone or _HAPPENED.match(text, end) is not None
