"""Everyday words typed in kana or in dialect, in the spelling that the words of needs are written in.

Only needs are read this way: for ages, households and danger other words are told apart.
"""

from __future__ import annotations

from finder.understanding.grammar import Reading, read
from finder.understanding.patterns import Many, pattern
from finder.understanding.spelling import Spelled, respelled

_AFTER = "(?<![ぁ-ん])|(?<=[がをにはもの、])"
_EVERYDAY = (
    ("まいにち", "毎日"),
    ("まいあさ", "毎朝"),
    ("まいばん", "毎晩"),
    (f"(?:{_AFTER})あるき(?=ま|は|た)", "歩き"),
    (f"(?:{_AFTER})あるか(?=な|ず)", "歩か"),
    ("しりあい", "知り合い"),
    ("おなか", "お腹"),
    ("そうじ(?=[がをもとや、])", "掃除"),
    ("(?<=[腹頭歯足腰胸手]が)いた(?=い|く|む)", "痛"),
    ("(?<=を)やす(?=[むみまん])", "休"),
    (f"(?:{_AFTER})かえり(?=が|は|の)", "帰り"),
    ("(?<=りが)はや(?=い|く)|(?<=朝が)はや(?=い|く)", "早"),
    ("(?<=[がもは])ひとり(?=にな|で|に)", "一人"),
    (f"(?:{_AFTER})こし(?=が|を)", "腰"),
    ("だんち", "団地"),
    ("(?<=[園所童地校に])、?はいれ(?=ま|な|る|ず)", "入れ"),
    ("(?<=[園所童])に?、?おち(?=た|ま|て)", "落ち"),
    ("(?<=[がは])たり(?=ま|な|ん)", "足り"),
    ("なきや(?=み|ま)", "泣きや"),
    (f"(?:{_AFTER})なき(?=ます|ま。|ながら)", "泣き"),
    ("(?<=[がはも、])ね(?=ない|ません|られ)", "寝"),
    ("(?<=[をが])のま(?=な|ず)", "飲ま"),
    ("いやが(?=る|り|っ)", "嫌が"),
    (f"(?:{_AFTER})こわ(?=い|が)", "怖"),
    (f"(?:{_AFTER})かよ(?=[わいうえ])", "通"),
    (f"(?:{_AFTER})かんじ(?=[がをはも、])", "漢字"),
    ("お?いしゃ(?:さん)?(?=[にがのへ])", "医者"),
    (f"(?:{_AFTER})ねつ(?=の|が|で|を|です)", "熱"),
    ("せま(?=い|く)", "狭"),
    ("(?<=[が])ひろ(?=い|く)", "広"),
    (f"(?:{_AFTER})めんせつ", "面接"),
    (f"(?:{_AFTER})しかく(?=[をがも])", "資格"),
    ("お?よめさん", "嫁さん"),
    (f"(?:{_AFTER})であい(?=が|の|を)", "出会い"),
    ("おべんとう", "お弁当"),
    (f"(?:{_AFTER})やさい", "野菜"),
    (f"(?:{_AFTER})こめ(?=[がをもは])", "米"),
    ("おさがり", "お下がり"),
    ("(?:国立|市立)?大学(?:の?[附付]属)?(?:の)?病院", "病院"),     # no wish to study
    (f"(?:{_AFTER})くつ(?=[がをも、])", "靴"),
    ("(?<=[がをもらさ])かえ(?=ない|ません|ん)", "買え"),
    ("(?<=[をがもは])つかえ(?=る|ま)", "使え"),
    ("びょうごじ", "病後児"),
    (f"(?:{_AFTER})つく(?=れ[なまん])", "作"),
    ("じゅく(?=[にのへを])", "塾"),
    ("こうこう", "高校"),
    ("だいがく", "大学"),
    ("(?<=[をが])なら(?=[いうわえ])", "習"),
    ("(?<=[はがも])いけ(?=な|ま)", "行け"),
    ("(?<=[にへ])いか(?=な|ず)", "行か"),
    ("(?<=[にへ])いき(?=ま|た)", "行き"),
    (f"(?:{_AFTER})つかれ", "疲れ"),
    ("(?<=の)めんどう(?=[をばもが見みで])", "面倒"),
    ("がまん", "我慢"),
    ("おくりむかえ|送りむかえ", "送り迎え"),
    ("(?<=[のが])きょうしつ", "教室"),
    ("あつまり", "集まり"),
    ("ひろば", "広場"),
    # 方言
    ("んごと(?=な[っる])", "なく"),
    ("(?<=[しき])よる(?=[。、け]|$)", "てる"),
    ("行きよら(?=ん)", "行か"),
    ("(?<=し)よらん", "ない"),
    ("(?<=っ)とる(?=[。、けがと]|$)", "てる"),
    ("(?<=[家])におる(?=[。、け]|$)", "にいる"),
    ("(?<=[っい])ち(?=言|いう|聞)", "と"),
    ("くるる(?=とこ|ところ|人)", "くれる"),
    ("(?<=[がは])なかろうか", "ないですか"),
    ("ほしか(?!っ)", "欲しい"),
    ("よかと(?=[。?？]|$)", "いいですか"),
    ("どげん|どない", "どう"),
    ("(?<=[くしたか])らん(?=と[?？])", "ない"),
)
_WORDS = tuple((pattern(typed), one) for typed, one in _EVERYDAY)
_TYPED = Many(typed for typed, _ in _EVERYDAY)


def in_plain_words(reading: Reading) -> tuple[Reading, tuple[int, ...] | None]:
    """Return a text with its everyday words in one spelling, and where each character stood before; None where nothing changed."""
    spelled = respelled(Spelled(reading.text, tuple(range(len(reading.text) + 1)), reading.text), _WORDS, _TYPED)
    if spelled.text == reading.text:
        return reading, None
    return read(spelled.text), spelled.places
