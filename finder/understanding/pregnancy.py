"""Pregnancy: told with or without the word, hoped for, feared, denied, or already behind."""

from __future__ import annotations

import re
from datetime import date

from finder.answers import Child
from finder.births import DAY
from finder.ternary import NO, YES
from finder.understanding.facts import Fact, said_of_us
from finder.understanding.grammar import Reading, denied, hypothetical
from finder.understanding.pregnancy_words import BIRTH_AHEAD, CARRYING, NOT_PREGNANT, PREGNANT, UNDECIDED

_PAST_PREGNANCY = re.compile(
    r"(?:い)?た(?:頃|ころ|とき|時)|(?:中|期間?)?(?:に|は|の|から|には|も|で)?(?:[^。、]{0,14}?)(?:お世話になり|(?<=から)(?:お世話|通|利用|"
    r"担当)|(?<=で)(?:[^、。]{0,6})?(?:産(?:ん|み)|生まれ(?:た|て(?!く)|まし)|出産し(?:た|て|まし))|でした|だった|[たっ]て(?:から)?出産|のとき|の頃|"
    r"ときは|頃は|ころは|時は)|(?:中|初期|後期)?(?:の)?(?:頃|ころ|とき|時)(?:は|に|から)|(?:中)?は[^。、]{0,10}かった(?:のに|けど|が|です|。)|"
    r"(?:中|中?期)?に[^。]{0,12}[ただ]の[がは][0-9]年前|[0-9]{0,2}週?で(?:お空|天使|流産|死産|亡く|旅立)|(?:中)?に(?:もらっ|買っ|借り|使っ|作っ|出会っ)[たて]"
)
_PAST_BEFORE = re.compile(
    r"(?:上の子|前|前回|以前|昔|去年|[0-9]年前|長男|長女|当時|1人目|最初|この子|息子|娘|次男|次女|下の子)(?:の|を)(?:(?!嫁|妻|奥)[^、。]){0,4}$"
)
_LONG_AGO = re.compile(r"(?:去年|昨年|一昨年|以前|前回|昔|[0-9]年前)(?:は|に|の[^、。]{0,4})?[^、。今]{0,4}$")
# 「予定日を過ぎて生まれた子」
_BORN_SINCE = re.compile(r"(?:でした|だった)(?:が|けど|のに)|[^。]{0,12}?(?:生まれ(?:た|て(?!く)|まし)|出産し(?:た|まし)|産み(?:まし)?た|"
    r"産んだ)")
# 「妊娠中に離婚しました。今9か月です」
_SO_FAR = re.compile("(?:今|現在|もう|まま|あと)?[1-9]か月(?:です|で、|に(?:なり|なる|なった|入)|。|$)")
_A_BABY = re.compile("赤ちゃん(?!を産ん)|生まれ(?!てくる)|産みました|産んだ|(?<!お腹)の子|(?<!つ)娘(?![^。]{0,10}里帰り)|息子|か月の")
# 「つわりがひどかったけど無事生まれて3か月」: what was then
_A_SIGN = re.compile("つわり|悪阻|切迫|妊娠(?:糖|高血|悪)|安定期|里帰り|逆子|胎動|臨月|管理入院|産休|陣痛|お腹が|帝王|ハイリスク|[前低]置")
_BORN = re.compile("(?<!て)産みました|産んだ|(?:生|産)まれ(?:て(?!くる|き)|まし|た(?!ら|とき|後))|出産し(?:た(?!ら|い)|て|まし)")
_JUST_BORN = 100       # days
_AGAIN = re.compile("妊娠中(?:です|の|で、)|(?:妻|嫁|妹|姉|娘|次の子)(?:は|が|も)[^。、]{0,6}妊娠|妊婦")
_BACK_THEN = re.compile("(?:とき|頃|時|妊娠中)(?:は|に)?、?$")
_OF_ANOTHER = re.compile("(?:牛|豚|馬|ヤギ)(?:が|は|の|も)[^。]{0,20}$|(?:犬|猫|うさぎ|ハムスター|ペット|金魚)(?:が(?!い)|は|の|"
    "も)[^。い]{0,16}$|(?:[a-z]さん|先生|同僚|部下|上司|社員|職員|先輩|後輩|担任|店長|保育士)(?:が|は|も)[^。、]{0,6}$")
_OF_AN_ILLNESS = re.compile("コロナ|インフル|溶連菌|アレル|抗体|抗原|結核|ノロ|マイコプラズマ")
_SAID_TO_HIM = re.compile("と(?:言|伝え)っ?たら、?[^。]{0,6}(?:消え|いなく|逃げ|別れ)")
_ASKS = re.compile(
    r"(?:の|に関する)?(?:って言った|と言ったけ|こと|知識|相談窓口|とは|したら|した(?:とき|場合|ら)|すると|について|かも|届|検査薬を)"
)
_DOUBT_PREGNANT = re.compile(
    r"(?:し(?:て(?:い)?る|た)|中)?(?:の|ん)?(?:かも|か(?:な|どうか|もし|わから|しら|、|。|不安|心配|怖|調)|可能性|疑|っぽ|"
    r"じゃない[かの]|では(?:ない)?か|と思(?!って(?:いな|なか))|気が|みたい|らしい)"
)


_A_SISTER = re.compile(r"(?<!お)(?:妹|姉|いとこ|兄嫁|義[妹姉]|[兄弟]の(?:嫁|妻|奥さん))(?:が|は|も)(?:、|今|また|結婚と)?$")
_FOR_HER = re.compile(r"甥|姪|[姉妹嫁妻]の|ために|支援|助け|教え|手当|ありますか|使え|たい|どこ|\?|預|知らな|中学|高校")


def _of_a_sister(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether it is said of a sister or a cousin in passing, and nothing is asked for her."""
    return bool(_A_SISTER.search(reading.text, 0, match.start()) and not _FOR_HER.search(reading.text))


def _is_now(reading: Reading, match: re.Match[str], baby: bool) -> bool:
    """Tell whether it is said of us, of now, and neither denied nor only thought of."""
    text, word = reading.text, match[0]
    after, before = text[match.end() : match.end() + 30], text[max(0, match.start() - 14) : match.start()]
    if not said_of_us(reading, match) or _of_a_sister(reading, match) or hypothetical(text, match.end()):
        return False
    if _DOUBT_PREGNANT.match(after) or _DOUBT_PREGNANT.match(text, match.start() + 2) or _ASKS.match(after) or _SAID_TO_HIM.match(after):
        return False
    if denied(text, match.end()) and not re.match(r"(?:[0-9]|で|、)", after):
        return False
    if _LONG_AGO.search(before) and re.match(r"[^。]{0,16}(?:まし)?た(?:。|$|が|けど)", after):
        return False
    if "妊娠" in word and (_PAST_PREGNANCY.match(after) or _PAST_BEFORE.search(before)) and "今" not in before:
        return False
    if _OF_ANOTHER.search(text, 0, match.start()) or ("予定" in word and _BORN_SINCE.match(after)):
        return False
    if word.startswith("陽性") and _OF_AN_ILLNESS.search(text):
        return False
    if _A_SIGN.match(word) and (_BORN.search(text, match.end()) or _BACK_THEN.search(before)):
        return False
    return not baby or not (word.startswith(("高齢出産", "初産", "産休")) or ("妊娠中" in word and re.match(r"に[^。]{0,20}(?:まし)?た", after)))


def pregnancy(reading: Reading, children: tuple[Child, ...], today: date) -> Fact | None:
    """Return whether the person the help is for expects a child; None when it is not said."""
    text = reading.text
    baby = any(c.born is not None and c.born.latest > today - 365 * DAY for c in children)
    # 「妻が切迫で入院、2週間前に生まれた子はNICU」: what was told before the birth is behind
    behind = not _AGAIN.search(text) and any(c.born is not None and c.born.earliest > today - _JUST_BORN * DAY for c in children)
    refused = [m.span() for m in NOT_PREGNANT.finditer(text)]
    for words in () if behind else (PREGNANT, BIRTH_AHEAD):
        for match in words.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in refused) and _is_now(reading, match, baby):
                return Fact(YES, match.start(), match.end())
    for match in UNDECIDED.finditer(text):
        if said_of_us(reading, match):
            return Fact(YES, match.start(), match.end())
    if not baby and (carried := _SO_FAR.search(text)) and (CARRYING.search(text) and not _A_BABY.search(text)):
        return Fact(YES, carried.start(), carried.end())
    for match in NOT_PREGNANT.finditer(text):
        if said_of_us(reading, match) and not re.match(r"(?:らし|わけじゃな)", text[match.end() :]):
            return Fact(NO, match.start(), match.end())
    return None
