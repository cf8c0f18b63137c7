"""Pregnancy: told with or without the word, hoped for, feared, denied, or already behind."""

from __future__ import annotations

import re
from datetime import date

from finder.answers import Child
from finder.births import DAY
from finder.ternary import NO, YES
from finder.understanding.facts import Fact, said_of_us
from finder.understanding.grammar import Reading, denied, hypothetical
from finder.understanding.patterns import pattern

_PREGNANT = pattern(
    r"妊娠(?:[0-9]{1,2}(?:週|か月|w)|中(?!毒|絶)|初期|中期|後期|し(?:てい?|とり|ちょ|ちゅ)(?!な|ませ|く)|して(?!い?な|い?ませ|な)|"
    r"しました|した(?!い|ら|く|か|が[っら])|(?:が|は)(?:[^、。]{0,4})?(?:わか|判|発覚|分か|分)(?:っ|り(?!たい))|です|判明|発覚|に気(?:づ|"
    r"付)|期|しとう|"
    r"(?=[0-9]{1,2}))"
    r"|妊婦(?!健|さん(?:向け|の|に)|の(?:ため|健|方)|向け|給付|教室|歯科)|あと[0-9]{1,2}(?:日|週間?|か月)(?:くらい|ほど)?で、?(?:生まれ(?:る|ます)|出産|会え)|(?<!お)腹に(?:は)?(?:子|赤ちゃん|やや)が|帝王切開(?:の予定|で(?:産みます|出産します|産む予定|出産予定))|(?:初めて|はじめて)の妊娠(?=で(?:す|、|不|心|戸)|。|、|$)|妊娠が発覚|(?:[春夏秋冬]|来月|来年|もうすぐ|まもなく)(?:に|には)?、?お?[兄姉](?:ちゃん|さん)?にな(?:る(?!た)|りま)|赤ちゃんが(?:お腹|おなか)(?:の中)?で|臨月|身重(?!な)|産み月|お腹が張(?:り|る|っ)[^。]{0,16}(?:安静|切迫|早産|産院|産婦)|つわり|悪阻|身ごも|みごもっ|懐妊|(?:お腹|"
    r"おなか)(?:の中)?(?:に(?:は)?|、?(?=赤ちゃんが?い))(?:[^。、]{0,8})?(?:赤ちゃん|子ども|子|命|[0-9]人目|双子)|(?:お腹|"
    r"おなか)の(?:赤ちゃん|子)|"
    r"(?:赤ちゃん|子ども|双子(?:ちゃん)?|三つ子|[0-9]人目|ベビー)が(?:、|今)?(?:お腹|おなか)に|(?:お腹|おなか)に(?:は)?(?:もう)?(?:1人|"
    r"一人|ひとり|2人)|生まれそう|(?:お腹|"
    r"おなか)が大き[いく]|か月で、?(?:お腹|おなか)(?:が|も)?(?:パンパン|ぱんぱん)"
    r"|(?:出産|分娩)?予定日(?:は|が|まで|を|[、。0-9]|です|で(?=[上下今])|近)|出産(?:の)?(?:予定(?!はな|もな)|を(?:控え|迎え)|(?:する|します)(?!か)|"
    r"準備|間近|まで(?:あと|に)|前(?:に|の(?:準|不|今))|が(?:近|怖|不安|こわ|心配))|初産(?:です|で(?!した))"
    r"|(?:もうすぐ|来月|再来月|来週|来年|来春|[0-9]{1,2}月(?:[0-9]{1,2}日|上旬|中旬|下旬|頃|ごろ|末)?|年明け|年末|春|夏|秋|冬|今月|"
    r"まもなく|もうじき|今度|近々|年内|週末)(?:に|には|は|の|、|頃|ごろ)*(?:[0-9一二三四五]人目(?:の子)?(?:が|を|も)?|赤ちゃん(?:が|"
    r"を|も)?|子ども(?:が|を)|下の子が|子を|双子(?:が|を)|第[0-9二三]子(?:が|を)?|兄弟が|弟が|妹が|初めての子が|男の子が|女の子が|初孫が|"
    r"孫が)?(?:生まれ(?:ます|る(?!た)|てくる|てき|予定)|誕生(?:予定|し?ます)|出産(?:予定|です|の予定|し?ます|する)|産み?ます|"
    r"産まれます|産む(?:予定|ん|つもり|と|けん|き|が(?:や|よ|で)|。|$)|出産$)"
    r"|赤ちゃん(?:が|を)?(?:[^、。]{0,8})?(?:でき(?:た|まし)|授か|生まれ(?:ます|る)|産みます|宿)|(?:子ども|子|[0-9]人目|双子|命)(?:が|"
    r"を)(?:でき(?:た(?!ら)|まし)|授か(?:り|っ))|おめでた|妊娠検査薬で(?:は)?陽性|検査薬(?:で|が|は)(?:[^、。]{0,6})?陽性|"
    r"陽性(?:反応)?(?:が出|でし)|産休(?:に入(?:り|る|った)|前)|(?:今|現在|もう)[0-9]{1,2}週(?:目|です|で|に)?|"
    r"^[0-9]{1,2}週(?:目)?(?:です|に)|(?<=[、。])[0-9]{1,2}週(?:目)?(?:です|に入)|[0-9]{1,2}週(?:目)?の?妊(?:婦|娠)|[0-9]人目(?:を|"
    r"の?)?妊娠|安定期|里帰り出産|胎動|逆子|切迫早産|切迫流産"
    r"|高齢出産(?:に|で(?!した)|です)|(?:授かり|でき|おめでた)婚|(?:子ども|赤ちゃん|孫)が生まれ(?:ます|る(?!と|前|た|まで|か))|(?:出産|お産|"
    r"予定日)(?:が|は)(?:来月|来週|再来月|来年|もうすぐ|間近|明日|今月|[0-9]{1,2}月)|産む予定(?!は)"
    r"|(?:もうすぐ|来月|来年|来春|春に?|今度|まもなく|年明けに?|初めて|はじめて|近々|[0-9]{1,2}月に)(?:、|には?|、?初めて)*(?:パパ|ママ|"
    r"お父さん|お母さん|"
    r"父親|母親|祖父|祖母|親)に(?:なり(?!たい|まし)|なる(?!た|と))|プレ(?:ママ|パパ)|(?:初めて|はじめて)の(?:出産|お産)(?:です|を控|が近|"
    r"予定|で(?:不|こわ|怖|心配|緊張)|$|。|、)|"
    r"妊婦健診に[^。、]{0,6}(?:行って|通って)い|妊婦健診で[^、。]{0,8}(?:言われ|指摘|引っかか|ひっかか)|心拍(?:が|も)?(?:確認|見え)|妊娠(?:糖尿|高血圧|悪阻|線)(?!.{0,12}(?:でした|"
    r"だった))"
    r"|(?<![a-z])hav(?:e|ing) (?:a|my|our|another) baby (?:in|next|soon|this)|(?<![a-z])baby on the way(?![a-z])|"
    r"(?<![a-z])pregnant(?![a-z])|(?<![a-z])expecting (?:a|my|our|twins)|"
    r"(?<![a-z])due (?:in|date|on)(?![a-z])|(?<![a-z])baby is (?:due|coming)"
)
_NOT_PREGNANT = pattern(
    r"妊活|タイミング法|妊娠を考え|不妊|妊娠(?:を)?(?:希望|望ん|待ち|したい|でき(?:な|ま|ず|にく|れば|るよう|たら)|しにくい|しない|しません|しよう|"
    r"し(?:て)?(?:い)?(?:ない(?!か)|ません|なかった)|は?し(?:て)?(?:い|おり)?(?:ない(?!か)|ません)|では(?:な|あ)|じゃ(?:な|あ)|"
    r"していなく|中?(?:という|って)(?:いう)?の(?:は|が)(?:間違|うそ|嘘|勘違)|(?:したか|して(?:い)?る)?(?:と|かと|って)[^。]{0,10}(?:けど|"
    r"が|たら)、?(?:違|ちが|勘違い|気のせい|嘘|うそ|して(?:い)?ませんでした|して(?:い)?なかった)|も(?:して|し)(?:い)?(?:ない|ません)|の可能性は(?:あり|な)|なし|"
    r"しとらん|しちゃあせん|したく(?!な)|に向け)"
    r"|(?:子ども|赤ちゃん|[2-5]人目|二人目|三人目|(?<!様)子|第[2-5二三]子)(?:が|を|も)?(?:欲し|ほし|望ん|希望|"
    r"授かりた|授からな|授かりませ|なかなか授|恵まれ(?:な|ま)|でき(?:な|ま(?!し)|ず)|作ろう|考え)|妊婦(?:では|"
    r"じゃ)(?:な|あ)|(?:もう一度|また|いつか)(?:、)?授かりた|ベビ待ち|体外受精|人工授精|not pregnant|trying (?:for|to (?:get|have|conceive))"
)
_PAST_PREGNANCY = re.compile(
    r"(?:い)?た(?:頃|ころ|とき|時)|(?:中|期間?)?(?:に|は|の|から|には|も|で)?(?:[^。、]{0,14}?)(?:お世話になり|(?<=から)(?:お世話|通|利用|"
    r"担当)|でした|だった|[たっ]て(?:から)?出産|のとき|の頃|"
    r"ときは|頃は|ころは|時は)|(?:中|初期|後期)?(?:の)?(?:頃|ころ|とき|時)(?:は|に|から)"
)
_PAST_BEFORE = re.compile(
    r"(?:上の子|前|前回|以前|昔|去年|[0-9]年前|長男|長女|当時|1人目|最初|この子|息子|娘|次男|次女|下の子)(?:の|を)(?:(?!嫁|妻|奥)[^、。]){0,4}$"
)
_LONG_AGO = re.compile(r"(?:去年|昨年|一昨年|以前|前回|昔|[0-9]年前)(?:は|に|の[^、。]{0,4})?[^、。今]{0,4}$")
_ASKS = re.compile(
    r"(?:の|に関する)?(?:って言った|と言ったけ|こと|知識|相談窓口|とは|したら|した(?:とき|場合|ら)|すると|について|かも|届|検査薬を)"
)
_DOUBT_PREGNANT = re.compile(
    r"(?:し(?:て(?:い)?る|た)|中)?(?:の|ん)?(?:かも|か(?:な|どうか|もし|わから|しら|、|。|不安|心配|怖|調)|可能性|疑|っぽ|"
    r"じゃない[かの]|では(?:ない)?か|と思(?!って(?:いな|なか))|気が|みたい|らしい)"
)


_A_SISTER = re.compile(r"(?<!お)(?:妹|姉|いとこ|兄嫁|義[妹姉]|[兄弟]の(?:嫁|妻|奥さん))(?:が|は|も)(?:、|今|また)?$")
_FOR_HER = re.compile(r"甥|姪|[姉妹嫁妻]の|ために|支援|助け|教え|手当|ありますか|使え|たい|どこ|\?|預|知らな|中学|高校")


def _of_a_sister(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether it is said of a sister or a cousin in passing, and nothing is asked for her."""
    return bool(_A_SISTER.search(reading.text, 0, match.start()) and not _FOR_HER.search(reading.text))


def pregnancy(reading: Reading, children: tuple[Child, ...], today: date) -> Fact | None:
    """Return whether the person the help is for expects a child; None when it is not said."""
    text = reading.text
    baby = any(c.born is not None and c.born.latest > today - 365 * DAY for c in children)
    refused = [m.span() for m in _NOT_PREGNANT.finditer(text)]
    for match in _PREGNANT.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in refused):
            continue
        after = text[match.end() : match.end() + 30]
        if not said_of_us(reading, match) or _of_a_sister(reading, match) or hypothetical(text, match.end()):
            continue
        if _DOUBT_PREGNANT.match(after) or _DOUBT_PREGNANT.match(text, match.start() + 2) or _ASKS.match(after):
            continue
        if denied(text, match.end()) and not re.match(r"(?:[0-9]|で|、)", after):
            continue
        before = text[max(0, match.start() - 14) : match.start()]
        if _LONG_AGO.search(before) and re.match(r"[^。]{0,16}(?:まし)?た(?:。|$|が|けど)", after):
            continue
        if "妊娠" in match[0] and (_PAST_PREGNANCY.match(after) or _PAST_BEFORE.search(before)) and "今" not in before:
            continue
        if baby and match[0].startswith(("高齢出産", "初産")):
            continue
        if baby and "妊娠中" in match[0] and re.match(r"に[^。]{0,20}(?:まし)?た", after):
            continue
        return Fact(YES, match.start(), match.end())
    for match in _NOT_PREGNANT.finditer(text):
        if said_of_us(reading, match) and not re.match(r"(?:らし|わけじゃな)", text[match.end() :]):
            return Fact(NO, match.start(), match.end())
    return None
