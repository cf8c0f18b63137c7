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


_WELL = pattern(
    r"助かって(?:い)?(?:ます|る)|助かりました|順調|楽しみ|楽しく|元気(?:です|に(?:通|遊|登|育|走|して))|褒められ|ほめられ|好き嫌い(?:が|は|も)?な|"
    r"何でも食べ(?:ます|る|て)|よく(?:眠|寝|食べ)(?!な|ま?せ)|問題(?:は|が|も)?(?:ありません|ない|なかった|なし)|異常(?:は|が)?(?:ありません|ない|なかった|なし)|"
    r"得意|ぺらぺら|ペラペラ|安心(?:です|して(?:い)?ます)|頑張って(?:い)?(?:ます|る)|うまくいって(?:い)?(?:ます|る)|喜んで|満足|"
    r"困って(?:い)?(?:ません|ない)|心配(?:は)?(?:ありません|ない|していません)|治って|できました|卒業(?:です|しました)|暮らしです|習っています|習って(?:い)?る(?:小|中|高|年)|"
    r"行ってくれて(?:い)?ます|行かせていません|入れました|(?:見て|みて|手伝って|送って)くれ(?:ます|て(?:い)?ます)(?:。|$)|"
    r"もらって(?:い)?ます(?:。|$)|通って(?:い)?ます(?:。|$)|ちゃんと[^。]{0,6}払って|おいし(?:い|そう)|おさま(?:って|り)|"
    r"(?:眠る|寝る|食べる|話す|しゃべる|歩ける|できる|行ける|通える|言える|落ち着く)ようになりました|決まりました|(?:とれ|取れ|届き|行ってき|(?:泣か|噛ま|叩か|出さ)なくなり)ました|"
    r"ボランティア|を手伝って(?:い)?ます|の帰りです|早くて、"
)
_TROUBLE = pattern(
    r"たい(?!へん)|困(?!って(?:い)?(?:ません|ない))|欲し|ほし|心配(?!は?(?:あり|ない|して(?:い)?ま))|不安|悩|[?？]|教え|高[いくす]|つら|辛い|しんど|疲れ|大変|限界|"
    r"助け|探し|どう|どこ|知り|お願い|くださ|ますか|ですか|のに|けど|ですが|ますが|なのですが|必要|申請|足り|払え|まだ|だけ|ずっと|ばかり|いくら|あります|補助|使え|が、"
)


def going_well(reading: Reading, start: int) -> bool:
    """Tell whether a sentence only tells that something goes well: 「学校に楽しく行っています」「夫が家事をしてくれるので助かっています」."""
    sentence = reading.sentence(start)
    return (_WELL.search(reading.text, sentence.start, sentence.end) is not None
            and _TROUBLE.search(reading.text, sentence.start, sentence.end) is None)
