"""Facts of a family that are yes or no: pregnancy, one parent, disability, low income."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from finder.answers import Child
from finder.births import DAY
from finder.ternary import NO, OPEN, YES, Ternary
from finder.understanding.grammar import Reading, denied, doubted, for_a_friend, hypothetical, of_a_friend, wished


@dataclass(frozen=True, slots=True)
class Fact:
    """What was understood of one fact, and where it stands."""

    value: Ternary
    start: int
    end: int


def _said_of_us(reading: Reading, match: re.Match[str]) -> bool:
    return not of_a_friend(reading, match.start()) and not _OTHERS_AFTER.match(reading.text, match.end())


_OTHERS_AFTER = re.compile(r"(?:した|して(?:い)?る|中)?(?:の|した)?(?:友達|友人|知人|知り合い|同僚|ママ友|芸能人|人(?:が|は|を|の話|も)|先輩|後輩|方の)")
# 「ひとり親の支援」は制度の名前であって、自分がそうだと言っていない
_BY_NAME = re.compile(r"(?:家庭|世帯|の?方|の人|等|など)?(?:の|向け(?:の)?|用(?:の)?|に対する|への|が(?:使|もら|受け)|(?:が|に)?対象)?(?:医療|支援|手当|制度|サービス|給付|助成|自立|福祉資金|貸付|サポート|相談(?:窓口|員|所)|会|集まり|って何|とは|家庭って|について(?!悩))")


# --- pregnancy -----------------------------------------------------------------------------------

_PREGNANT = re.compile(
    r"妊娠(?:[0-9]{1,2}(?:週|か月|w)|中(?!毒|絶)|初期|中期|後期|し(?:てい?|とり|ちょ|ちゅ)(?!な|ませ|く)|して(?!い?な|い?ませ|な)|しました|した(?!い|ら|く|か|が[っら])|が(?:わか|判|発覚|分か|分)(?:っ|り(?!たい))|です|判明|発覚|に気(?:づ|付)|期|しとう|(?=[0-9]{1,2}))"
    r"|妊婦(?!健|さん(?:向け|の|に)|の(?:ため|健|方)|向け|給付|教室|歯科)|臨月|つわり|悪阻|身ごも|みごもっ|懐妊|(?:お腹|おなか)(?:の中)?に(?:は)?(?:[^。、]{0,8})?(?:赤ちゃん|子ども|子|命|[0-9]人目|双子)|(?:お腹|おなか)の(?:赤ちゃん|子)|(?:赤ちゃん|子ども)が(?:、)?(?:お腹|おなか)に|(?:お腹|おなか)に(?:は)?(?:もう)?(?:1人|一人|ひとり|2人)|生まれそう|(?:お腹|おなか)が大き[いく]"
    r"|(?:出産|分娩)?予定日(?:は|が|まで|を|[、。0-9]|です|近)|出産(?:の)?(?:予定(?!はな|もな)|を(?:控え|迎え)|(?:する|します)(?!か)|準備|間近|まで(?:あと|に)|前(?:に|の(?:準|不|今))|が(?:近|怖|不安|こわ|心配))|初産(?:です|で)"
    r"|(?:もうすぐ|来月|再来月|来週|来年|来春|[0-9]{1,2}月(?:[0-9]{1,2}日|上旬|中旬|下旬|頃|ごろ|末)?|年明け|年末|春|夏|秋|冬|今月|まもなく|もうじき|今度|近々|年内|週末)(?:に|には|は|の|、|頃|ごろ)*(?:[0-9一二三四五]人目(?:の子)?(?:が|を|も)?|赤ちゃん(?:が|を|も)?|子ども(?:が|を)|下の子が|双子(?:が|を)|第[0-9二三]子(?:が|を)?|兄弟が|弟が|妹が|初めての子が|男の子が|女の子が|初孫が|孫が)?(?:生まれ(?:ます|る(?!た)|てくる|てき|予定)|誕生(?:予定|し?ます)|出産(?:予定|です|の予定|し?ます|する)|産み?ます|産まれます|産む(?:予定|ん|つもり)|出産$)"
    r"|赤ちゃん(?:が|を)(?:[^、。]{0,8})?(?:でき(?:た|まし)|授か|生まれ(?:ます|る)|産みます|宿)|(?:子ども|子|[0-9]人目|双子|命)(?:が|を)(?:でき(?:た(?!ら)|まし)|授か(?:り|っ))|おめでた|妊娠検査薬で(?:は)?陽性|検査薬(?:で|が|は)(?:[^、。]{0,6})?陽性|陽性(?:反応)?(?:が出|でし)|産休(?:に入(?:り|る|った)|前)|(?:今|現在|もう)[0-9]{1,2}週(?:目|です|で|に)?|^[0-9]{1,2}週(?:目)?(?:です|に)|(?<=[、。])[0-9]{1,2}週(?:目)?(?:です|に入)|[0-9]{1,2}週(?:目)?の?妊(?:婦|娠)|[0-9]人目(?:を|の?)?妊娠|安定期|里帰り出産|胎動|逆子|切迫早産|切迫流産"
    r"|\bpregnant\b|\bexpecting (?:a|my|our|twins)|\bdue (?:in|date|on)\b|\bbaby is (?:due|coming)")
_NOT_PREGNANT = re.compile(r"妊活|不妊|妊娠(?:を)?(?:希望|望ん|待ち|したい|でき(?:な|ま|ず|にく|れば|るよう)|しにくい|しない|しません|しよう|し(?:て)?(?:い)?(?:ない(?!か)|ません|なかった)|は?し(?:て)?(?:い|おり)?(?:ない(?!か)|ません)|では(?:な|あ)|じゃ(?:な|あ)|していなく|も(?:して|し)(?:い)?(?:ない|ません)|なし|しとらん|しちゃあせん|したく(?!な)|に向け)"
                           r"|(?:子ども|赤ちゃん|[2-5]人目|二人目|三人目|(?<!様)子|第[2-5二三]子)(?:が|を|も)?(?:欲し|ほし|望ん|希望|授かりた|授からな|授かりませ|なかなか授|恵まれ(?:な|ま)|でき(?:な|ま(?!し)|ず)|作ろう|考え)|妊婦(?:では|じゃ)(?:な|あ)|ベビ待ち|体外受精|人工授精|not pregnant|trying (?:for|to (?:get|have|conceive))")
_PAST_PREGNANCY = re.compile(r"(?:中|期間?)?(?:に|は|の|から|には|も|で)?(?:[^。、]{0,14}?)(?:お世話になり|でした|だった|[たっ]て(?:から)?出産|のとき|の頃|ときは|頃は|ころは|時は)|(?:中|初期|後期)?(?:の)?(?:頃|ころ|とき|時)(?:は|に|から)")
_PAST_BEFORE = re.compile(r"(?:上の子|前|前回|以前|昔|去年|[0-9]年前|長男|長女|当時|1人目|最初|この子|息子|娘|次男|次女|下の子)(?:の|を)[^、。]{0,4}$")
_ASKS = re.compile(r"(?:の|に関する)?(?:って言った|と言ったけ|こと|知識|相談窓口|とは|したら|した(?:とき|場合|ら)|すると|について|かも|届|検査薬を)")
_DOUBT_PREGNANT = re.compile(r"(?:し(?:て(?:い)?る|た)|中)?(?:の|ん)?(?:かも|か(?:な|どうか|もし|わから|しら|、|。|不安|心配|怖|調)|可能性|疑|っぽ|じゃない[かの]|では(?:ない)?か|と思(?!って(?:いな|なか))|気が|みたい|らしい)")


def pregnancy(reading: Reading, children: tuple[Child, ...], today: date) -> Fact | None:
    """Return whether the person the help is for expects a child; None when it is not said."""
    text = reading.text
    no: Fact | None = None
    baby = any(c.born is not None and c.born.latest > today - 365 * DAY for c in children)
    refused = [m.span() for m in _NOT_PREGNANT.finditer(text)]
    for match in _PREGNANT.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in refused):
            continue
        after = text[match.end():match.end() + 30]
        if not _said_of_us(reading, match) or hypothetical(text, match.end()):
            continue
        if _DOUBT_PREGNANT.match(after) or _DOUBT_PREGNANT.match(text, match.start() + 2) or _ASKS.match(after):
            continue
        if denied(text, match.end()) and not re.match(r"(?:[0-9]|で|、)", after):
            no = Fact(NO, match.start(), match.end())
            continue
        before = text[max(0, match.start() - 14):match.start()]
        if "妊娠" in match[0] and (_PAST_PREGNANCY.match(after) or _PAST_BEFORE.search(before)) and "今" not in before:
            continue
        if baby and "妊娠中" in match[0] and re.match(r"に[^。]{0,20}(?:まし)?た", after):
            continue
        return Fact(YES, match.start(), match.end())
    for match in _NOT_PREGNANT.finditer(text):
        if _said_of_us(reading, match) and not re.match(r"(?:らし|わけじゃな)", text[match.end():]):
            return Fact(NO, match.start(), match.end())
    return no


# --- one parent ----------------------------------------------------------------------------------

_SPOUSE = r"(?:夫(?!婦)|旦那(?:さん)?|主人|妻|嫁(?:さん)?|家内|奥さん|配偶者|連れ合い|パートナー|相方|(?:子ども|この子|娘|息子|子)の(?:父親?|母親?|お父さん|お母さん)|パパ|ママ)"
_NAMED = re.compile(r"ひとり親|シングルマザー|シングルファーザー|(?<![ァ-ヺー])シングル(?=です|で(?!き)|なの|なん|、|。|$|の(?:母|父)|家庭|になっ|だ|やけん|やき)|母子家庭|父子家庭|母子世帯|父子世帯|母子(?=です|2人|ふたり|で暮|だけ|3人|4人)|父子(?=です|2人|で暮)"
                    r"|未亡人|寡婦(?!控|福)|やもめ|未婚の(?:母|父|ママ)|\bsingle (?:mothers?|moms?|mums?|fathers?|dads?|parents?)\b|\bwidow(?:ed|er)?\b|(?<!getting )(?<!get )\bdivorced\b")
_DIVORCED = re.compile(r"離婚(?:し(?:た(?!い|ら|く|とき|場合|ほう|方が|が[らっ])|て(?!も|ほし|欲し|くれ|い?な|い?ませ|おら|しま(?!い|っ)|もら|ください|いいか|ないの)|ました|とる|ちゅう|とり|ちょる)|が(?:やっと|正式に|先月|無事)?(?:成立|決まっ|でき|済)|成立|済|後(?!悔)|届(?:を)?(?:は)?(?:出し|提出し)(?:た|て|まし)|歴|経験者|母子|になりました|となりました)"
                       r"|バツ(?:イチ|ニ|1|2|一|二|いち)|ばつ(?:いち|イチ)|×1"
                       r"|(?:籍を抜い|籍も抜い)(?:た|て(?!い?な))|(?<![ァ-ヺ])(?:夫|旦那|主人|妻|嫁|彼(?:氏)?)と(?:は)?(?:[^。、]{0,6})?別れ(?:た(?!い|ら)|て(?!も|ほし)|まし)")
_WIDOWED = re.compile(rf"死別|死に別れ|先立たれ|{_SPOUSE}(?:が|は|を|も|に)(?:[^。]{{0,14}}?)(?:亡くな(?:り|っ)|亡くし|他界|死にました|死んだ|死んで(?!ほし|くれ|欲し)|死亡|病死|急死|事故死|急逝|先立)|亡き{_SPOUSE}|亡くなった{_SPOUSE}|my (?:husband|wife) (?:died|passed away)")
_ALONE = re.compile(r"[父母](?:1人|ひとり|一人)子(?:1人|ひとり|一人|2人|二人)|女手(?:一|ひと|1)つ|男手(?:一|ひと|1)つ|ひとりで(?:子ども(?:たち)?を?|[0-9]人(?:の子ども?)?を?|育児を?|娘を?|息子を?)?(?:[^。、]{0,8}?)(?:育て|子育て)|(?:子ども|子|娘|息子|長男|長女|赤ちゃん|[0-9]歳児?|[小中高][0-9])(?:たち)?(?:[0-9]人)?と(?:の)?(?:[2-5]人|ふたり|二人|私の[2-5]人)(?:で|だけ|きり|っきり)?(?:暮|の(?:生活|家族|暮)|で(?:す|生)|き|住|生活|だけ)|(?:子|[0-9]歳|[小中高][0-9])の[2-5]人で暮ら|(?:結婚(?:しないで|せずに|しないまま|はせず)|未婚で|籍を入れず(?:に)?)(?:[^。]{0,10}?)(?:産|出産|育て|生|母)|認知(?:して|され)|父親(?:は|が)(?:いません|いない|おらん|わから)"
                    r"|(?:児童扶養手当|ひとり親医療)(?:を|は|も)?(?:今)?(?:もらって|受けて|受給)(?!い?な|い?ませ|もいいか)")
_UNMARRIED = re.compile(r"未婚|独身(?!の友|時代)|結婚(?:は)?(?:して(?:い)?(?:ない|ません|なく)|せず)|入籍(?:は)?(?:して(?:い)?(?:ない|ません))|unmarried|not married")
_FORMER = re.compile(r"(?<!の)元(?:夫|妻|旦那|嫁|主人|奥さん|配偶者)|別れた(?:夫|旦那|妻|主人|嫁)|\bex-?(?:husband|wife)\b")
_TOGETHER = re.compile(r"夫婦(?!喧嘩|げんか|ゲンカ|別|関係|仲(?!良)|の(?:仲|問題)|じゃな|ではな|間|カウン)|共働き|共ばたらき|ともばたらき|ダブルインカム|パワーカップル|再婚(?:し(?!た(?:い|く|ら|が|とき|場合)|よう|な|て(?:い)?(?:な|ませ)|ませ)|同士|家庭|相手(?:と|の子|も一緒|が優し))|ステップファミリー|事実婚|内縁|同棲(?:中|し|です)|既婚|新婚|結婚して(?:い(?:る|ま)|ます|[0-9]+年|る)|入籍し(?:ま|た(?!い|ら)|て(?!い?な|い?ませ))|(?:パパとママ|父と母|お父さんとお母さん|両親)(?:と|そろ|揃|がい|、)"
                       r"|(?:夫|主人|旦那(?:さん)?|妻|嫁(?:さん)?|パートナー|彼氏|彼女|家内|奥さん|彼)(?:も)?(?:と(?:も)?)(?:、)?(?:(?:私|僕|俺)(?:と|、))?(?:(?:子ども|息子|娘|赤ちゃん|[0-9]歳|[小中高][0-9]|年[少中長]|私)[^。、]{0,12}(?:暮|住|[2-9]人(?:家族|で|です)|生活|育て)|一緒に(?:暮|住|育|生活)|同居|同棲|2人で(?:育|暮|子|働|頑|協|生)|[2-9]人(?:暮|家族|で)|二人暮|ふたり暮|暮らし|住んで|力を合わせ|協力して|仲良く|円満|子育て)|(?:夫|主人|旦那|妻|嫁|彼氏|パートナー)(?:も|と|が|は)(?:[^。、]{0,6})?(?:同居(?!して(?:い)?な)|一緒に(?:暮らし|住)|(?:いる|い)て(?:4|5|3)人家族)"
                       r"|my (?:husband|wife) and (?:i|me)|with my (?:husband|wife|partner|boyfriend)|i(?:'m| am) married|\bmarried (?:with|and|couple)|remarried")
_BREAKING = re.compile(r"(?:夫|旦那|主人|妻|嫁|彼)と(?:は)?(?:もう)?別れ(?:た(?:い|く)|よう|るつもり|る予定)|(?:夫|旦那|主人|妻|嫁)(?:と|を)[^。、]{0,8}置いて(?:家を)?出|離婚(?:が決まりそう|し(?:たい|ようか|よう|たく|たか)|を(?:考|検討|決|迷|切り出|希望|求|迫|したい|視野|望|進|言|突|悩|するか)|する(?:つもり|予定|か|こと|かも|ため|前|べき|と思|ん|って|に(?:は|あた))|の(?:話|相談|準備|危機|手続|協議|こと|裁判|調停|仕方|最中|意思)|に(?:向け|ついて|応じ|踏み切|同意|なりそう|む)|協議|調停|裁判|前|予定|届(?:を)?(?:書|もら|用意|取|まだ|出そう|は(?:まだ|出し))|は(?:まだ|成立して|でき|考え)|して(?:くれ(?:な|ま)|もらえ|も)|まだ(?:して)?(?:い)?(?:ない|ません)|でき(?:な|ま(?!し)|ず)|寸前|訴訟|も(?:考|視野|まだ)|かも|話し合い|が(?:決まらな|成立して(?:い)?(?:な|ませ)|まだ|でき(?:な|ま)|進ま)|か(?:、|修復)|した方が|したほうが|しそう|したら|した場合|した(?:とき|後の)|すべき|すると|中(?!断)|危機|準備中|を前提)|調停(?:中|を|が|し(?:て|ま)|離|に|の(?!末))|(?<!親と)(?<!両親とは)(?<!親とは)(?<!母と)(?<!父と)(?<!両親と)別居(?:中|し(?!た(?:い|こと)|ていた|よう)|です|生活|状態|婚|の|が|、|で|を(?:始|し))"
                       rf"|{_SPOUSE}(?:が|は|に|も)(?:[^。]{{0,12}}?)(?:出て行(?:っ|き)|出ていっ|出て(?:い)?き|家を出(?!ようと|る)|いなくな|行方不明|行方が|帰って(?:こ|き)(?:な|ま)|戻って(?:こ|き)(?:な|ま)|帰らな|失踪|蒸発|音信不通|逃げ(?:まし|た|て|られ)|連絡が(?:つか|取れ|とれ))|籍は(?:まだ|入った|抜いて)|まだ籍|別々に(?:暮|住)|getting (?:a )?divorced?|thinking (?:of|about) (?:a )?divorc|want (?:a|to) divorce|separated")
_AT_WORK = re.compile(r"単身赴任|出張|海外赴任|転勤|船に|遠洋|自衛|夜勤|激務|(?:帰り|帰宅)が(?:遅|深)|忙し|仕事で(?:ほとんど|ずっと|毎日)|育児に(?:協力|参加)|手伝って(?:くれ)|何もし(?:な|て)|入院|平日は")
_HAS_SPOUSE = re.compile(r"(?<!元)(?<!別れた)(?<!の)(?:夫|旦那|主人|妻|嫁)(?:さん)?(?:は|が|も|の(?:帰|仕事|収入|転勤|協力|実家))")
_STOPPED = re.compile(r"(?:でした(?:が|けど)|だった(?:けど|が|時|頃|、)|の(?:頃|とき|時)は)")
_BECOMING = re.compile(r"(?:家庭)?に(?:なる(?:予定|かも|つもり|と思|の(?:で|が)|ん|ことに|か|。|$)|なろう|なりそう|なりたい|なりま(?!し))")


def one_parent(reading: Reading, family: bool) -> tuple[Fact | None, Fact | None]:
    """Return what was said of raising children alone, and of a divorce ahead (API.md: that stays open).

    `family` tells whether a child or a pregnancy was told: 「独身」 alone makes no parent.
    """
    text = reading.text
    breaking = _first(reading, _BREAKING, strict=False)
    no = _denied_name(reading)
    yes = next(_alone(reading, family), None)
    becoming = next((m for m in _NAMED.finditer(text) if _BECOMING.match(text, m.end())), None)
    if becoming and breaking is None:
        breaking = Fact(YES, becoming.start(), becoming.end())
    together = _first(reading, _TOGETHER)
    if together and "再婚" in text[together.start:together.end]:
        return replace_value(together, NO), None
    if yes:
        return yes, None
    if breaking and not (together and "再婚" in text[together.start:together.end]):
        return None, replace_value(breaking, YES)
    if together:
        return replace_value(together, NO), None
    if no:
        return no, None
    return None, None


def replace_value(fact: Fact, value: Ternary) -> Fact:
    """Return the same place with another value."""
    return Fact(value, fact.start, fact.end)


def _first(reading: Reading, pattern: re.Pattern[str], strict: bool = True) -> Fact | None:
    for match in pattern.finditer(reading.text):
        if not _said_of_us(reading, match) or re.search(r"(?:両親|親|父母)(?:が|は|の)$", reading.text[:match.start()]):
            continue
        if strict and (denied(reading.text, match.end()) or hypothetical(reading.text, match.end())):
            continue
        if not strict and re.match(r"(?:つもり|予定|気|意思|考え)?(?:は|も|など|とか)?(?:全く|まったく)?(?:ありません|ない(?!です?か)|考えて(?:い)?(?:ない|ません)|して(?:い)?ません。)", reading.text[match.end():]) \
                and "離婚" in match[0] and re.search(r"(?:の(?:話|予定|こと|危機)|する(?:つもり|予定)|を(?:考|したい|する)|は考え|も考)$|離婚(?:は|の予定)", match[0]):
            continue
        return Fact(YES, match.start(), match.end())
    return None


def _denied_name(reading: Reading) -> Fact | None:
    for match in _NAMED.finditer(reading.text):
        if denied(reading.text, match.end()) and _said_of_us(reading, match):
            return Fact(NO, match.start(), match.end())
    return None


def _alone(reading: Reading, family: bool) -> Iterator[Fact]:
    text = reading.text
    for match in _NAMED.finditer(text):
        after = text[match.end():match.end() + 20]
        if (not _said_of_us(reading, match) or denied(text, match.end()) or hypothetical(text, match.end())
                or _BY_NAME.match(after) or _BECOMING.match(after) or _STOPPED.match(after)
                or re.match(r"(?:家庭|世帯)?(?:状態|みたい|同然|同様|のよう|予備軍|並み|か(?:どうか|って)|っぽ|さん(?:が|は|って)|なら|扱い|だと|と同じ)", after)
                or re.search(r"(?:実質|ほぼ|まるで|擬似|疑似|元|プチ|ほとんど|みたいな|not a )$", text[:match.start()])):
            continue
        yield Fact(YES, match.start(), match.end())
    for pattern in (_DIVORCED, _WIDOWED):
        for match in pattern.finditer(text):
            if (_said_of_us(reading, match) and not hypothetical(text, match.end()) and not re.search(r"(?:両親|親|父母)(?:が|は|の)$", text[:match.start()])
                    and not (denied(text, match.end()) and not re.match(r"(?:から|[0-9]|、|て)", text[match.end():]))
                    and not doubted(text, match.end())):
                yield Fact(YES, match.start(), match.end())
    spouse_here = _AT_WORK.search(text) and _HAS_SPOUSE.search(text)
    for match in _ALONE.finditer(text):
        if _said_of_us(reading, match) and not hypothetical(text, match.end()) and not spouse_here and not _HAS_SPOUSE.search(text) and not re.search(r"(?:パートナー|彼氏|彼女|夫|妻|主人|旦那|両親)と[^。]{0,10}$", text[:match.start() + 2]):
            yield Fact(YES, match.start(), match.end())
    if family:
        for match in _UNMARRIED.finditer(text):
            if _said_of_us(reading, match) and not re.search(r"(?:息子|娘|孫|兄|弟|妹|姉)(?:は|が|も)?[^、。]{0,6}$", text[:match.start()]):
                yield Fact(YES, match.start(), match.end())
    for match in _FORMER.finditer(text):
        if _said_of_us(reading, match) and not re.search(r"(?:夫|妻|旦那|主人|娘|妹|姉|息子)の$", text[:match.start()]):
            yield Fact(YES, match.start(), match.end())


# --- disability ----------------------------------------------------------------------------------

_DIAGNOSES = (r"発達障害|知的障害|身体障害(?!者手帳を(?:取|申))|自閉症?(?:スペクトラム症?|スペクトラム障害)?|自閉|ＡＤＨＤ|adhd|(?<![a-z])asd(?![a-z])|(?<![a-z])ld(?![a-z])|ＬＤ|注意欠[陥如]多動(?:症|性障害)?|注意欠[陥如]|アスペルガー(?:症候群)?|広汎性発達障害|学習障害|ダウン症(?:候群)?|脳性(?:麻痺|まひ|マヒ)|肢体不自由|聴覚障害|視覚障害|難聴|ろう(?:者|児)|全盲|弱視|二分脊椎|筋ジストロフィー|重症心身障害|重度心身障害|重心(?=児|の子)|精神障害|医療的ケア(?:児)?|人工呼吸器|胃ろう|胃瘻|経管栄養|気管切開|(?:たん|痰)の?吸引|在宅酸素|導尿|障害児(?=です|の(?:母|父|親|子|息|娘)|を|が(?!通|使|利|対|い(?:る|て)?か))|障害者?手帳|療育手帳|愛の手帳|身障手帳|精神手帳|身体障害者手帳|手帳(?=(?:は|の)?(?:[A-Da-d][12]?|[1-6]級))|特別支援学校|養護学校|支援学校|盲学校|ろう学校|聾学校|障害(?=(?:が|の|も)(?:あ(?:る|り|っ)|重)|を(?:持|抱|もっ)|と診断|です|がござ)|耳が(?:聞こえ|きこえ)(?:な|ま)|目が見え(?:な|ま)|\bautis(?:m|tic)\b|\bdown syndrome\b|\bdisab(?:led|ility)\b|special needs")
_DISABILITY = re.compile(_DIAGNOSES)
_CERTIFICATE_TAIL = re.compile(r"(?:の)?(?:[A-Da-d][12]?|[1-6]級|[軽中重]度|[1-4]度)?(?:の?判定)?(?:を|は|が|も)?(?:もう|まだ)?(?:持|もっ|もらっ|あり|ある|取得し(?:て|た|ま)|取り(?:まし)|取っ|取れ|交付|所持|出(?:て|まし)|$|です|の|、|。|で|[A-Da-d][12]|[1-6]級)")
_ONLY_SUSPECTED = re.compile(r"[？?]|(?:の|が|を|で|と|は|も|に|じゃ|では)?(?:ない)?(?:か|かも|の?(?:疑|うたが|可能性|傾向|グレー|特性|気質|検査)|っぽ|ぽい|らしき|気味|みたい|予備軍|じゃないか|ではないか|かな|かしら|かどうか|なのか|でしょうか|を疑|と(?:いう)?(?:診断|言)(?:されるかも|されたら)|を?心配|が?不安|なんじゃ|について|とは|って(?:何|なに|なん|どう)|に(?:詳し|強い|理解)|の(?:相談(?!支援)|検査|本|講座|セミナー|勉強|こと(?:が|を)|手続|申請|取り方|取得|更新))")
_WISHED_CERTIFICATE = re.compile(r"(?:を|は|が|の)?(?:取(?:りた|ろう|るか|った方|れ(?:ます|る)か|得(?:した|を検|し(?:よう|たい)))|申請|検討|もらえ(?:ます|る)か|勧め|すすめ|もらいたい|必要(?:です|でしょ)?か|ほし|欲し|って|とは|持って(?:い)?(?:ない|ません)|も?(?:ありません|ない|なし|なく|持たな)|まだ|ないと)")
_GROWN_ONE = re.compile(r"(?:私|僕|俺|自分|夫|旦那|主人|妻|嫁|パートナー|母|父|母親|父親|お母さん|お父さん|祖母|祖父|義母|義父|兄|姉|親|彼|彼氏|ママ|パパ|当方|本人|両親|わし|i|my husband|my wife)(?:自身)?(?:は|が|も|の|に(?:は|も)?|、| am| have|'m| is| has)(?!(?:子|息子|娘|孫|長|次|[0-9]|[小中高][0-9]|上の|下の|弟|妹|年))")
_ITS_CHILD = re.compile(r"子(?!宮)|息子|娘|[長次三][男女]|孫|甥|姪|[小中高][1-6](?!級)|[0-9]{1,2}(?:歳|か月)|年[少中長]|双子|弟|妹|\bson\b|\bdaughter\b|\bchild\b|\bkids?\b|\bbaby\b|赤ちゃん|上(?=の|が|は)|下(?=の|が|は)")
_DENIED_HERE = re.compile(r"(?:の)?(?:診断)?(?:では|じゃ|で|は|が|も)(?:全く|特に|まったく)?(?:な(?:い(?!か)|く|か(?:っ|です))|ありません|あらへん|ないと(?:言|診断|の)|ないことが)|なし|は(?:ありません|ない)|ではないと")


def disability(reading: Reading) -> Iterator[Fact]:
    """Yield each place where a disability of a child is told (YES) or denied (NO)."""
    text = reading.text
    for match in _DISABILITY.finditer(text):
        after = text[match.end():match.end() + 24]
        if of_a_friend(reading, match.start()) or _of_a_grown_one(reading, match) or hypothetical(text, match.end()):
            continue
        name = match[0]
        if re.search(r"もしかして|ひょっとして|もしや", text[max(0, match.start() - 16):match.start()]):
            continue
        if name == "障害" and re.match(r"が(?:ある|あり)(?:の)?(?:かも|か(?!ら)|のではない|ん(?:じゃ|です)か|と(?:思|したら)|ようで|よう|みたい|っぽ|って言われ(?:る|そう))", after):
            continue
        if _ONLY_SUSPECTED.match(after) or (doubted(text, match.end()) and "診断" not in after):
            continue
        if "手帳" in name:
            if _WISHED_CERTIFICATE.match(re.sub(r"^(?:の)?(?:[a-d][12]?|[1-6]級)", "", after)) or not _CERTIFICATE_TAIL.match(after):
                continue
        elif _DENIED_HERE.match(after):
            yield Fact(NO, match.start(), match.end())
            continue
        elif re.match(r"(?:児|者)?(?:の|向け|に対する|へ)?(?:手当|支援(?!学)|年金|福祉|サービス|デイ|者?(?:施設|支援)|児支援|児福祉|保育|医療)", after) and not re.match(r"の?支援(?:が(?:必|要)|学)", after):
            if "医療的ケア" not in name:
                continue
        elif ("学校" in name and re.search(r"(?:に|へ|を|の)?(?:行(?:くべ|った方|かせ|ける)|見学|進[む学]|検討|考|迷|すすめ|勧め|入れ(?:たい|るか|ます?か)|とは|って|どう|か(?:普通|支援)|と(?:普通|支援|通常))", after[:12])) or ("吸引" in name and not re.match(r"(?:が|を|も|など|と)", after)) or re.match(r"(?:だ|なのだ)?と(?:は)?(?:診断|言わ)(?:は)?(?:されて|れて)?(?:い)?(?:な(?:い|く)|ませ)", after) or re.search(r"(?:診断(?:は|も)?(?:まだ|され(?:て(?:い)?な|ませ)|つか|おりて|受けて(?:い)?な|出て(?:い)?な|ない|ありません|待ち))", text[match.end():reading.sentence(match.start()).end][:28]) or re.match(r"と言われ(?:るかも|そう|たら)", after):
            continue
        yield Fact(YES, match.start(), match.end())
    if denial := re.search(r"(?:子ども|子|娘|息子|[0-9]人とも|どの子|みんな|全員)?(?:に|は|にも|には)?(?:特に|、)?障害(?:は|など|も|とか)?(?:は)?(?:特に)?(?:ありません|ない(?!か)|なし|ございません)", text):
        yield Fact(NO, denial.start(), denial.end())


def _of_a_grown_one(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether the disability is a parent's: the nearest person named before it is grown."""
    text, sentence = reading.text, reading.sentence(match.start())
    grown = child = None
    for grown in _GROWN_ONE.finditer(text, sentence.start, match.start()):
        pass
    for child in _ITS_CHILD.finditer(text, sentence.start, match.start()):
        pass
    if re.match(r"(?:の|が(?:ある|あり)、?|を持つ)?(?:私|夫|妻|旦那|主人|母です|父です|母親です|ママです)", text[match.end():]):
        return True
    if grown is None:
        return False
    if child is None or child.start() < grown.start():
        return not _ITS_CHILD.match(text, match.end() + 1) if "の" in text[match.end():match.end() + 1] else True
    return False


# --- income --------------------------------------------------------------------------------------

_LOW_INCOME = re.compile(r"生活保護(?=を?(?:受け|受給|もら|利用|い?ただ)|世帯|家庭|です|中|で(?:す|生活|暮))|非課税(?:世帯|家庭)?(?!の(?:人|方|場|給|世帯(?:の人|の方|が))|向け|とは|限度|証|に(?:なる|な(?:れ|り))|か(?!ら)|って)|就学援助(?=(?:を|は|も)?(?:受け|もら|利用|受給|使っ|認定)(?:て|し|さ|ち|と))|低所得(?!者?(?:向け|の方|世帯(?:の方|向け)))|所得(?:が|は|も)(?:かなり|とても|すごく)?(?:低|少な)|収入(?:が|は|も)(?:とても|かなり|ほとんど|全く|まったく|すごく|ぜんぜん|全然)?(?:低|少な(?!くな)|ない|なく(?!な)|ゼロ|0|ありません)|無収入|年収(?:は|が)?(?:約)?(?:1?[0-9]{2}|200)万(?!円?以上)|\bon welfare\b|low[- ]income")
_LOW_WISHED = re.compile(r"(?:を|は|が|も)?(?:受け|申請し|もら(?:い|え|う)|利用し|受給し|でき)?(?:たい|たく|られ(?:ます|る|ない)|よう|る(?:か|に|方|こと|には|と|べ)|ば|ます(?:か|でしょう)|え(?:ます|る)か|(?:た|でき)(?:方|ほう|ら)|れば|るの|なきゃ|ないと|ず|て(?:い)?(?:ない|ません|なく|おりません)|てもいい|て良い|わせて|ません|なければ|る前)")


def low_income(reading: Reading) -> Fact | None:
    """Return a low income when it is said: 生活保護, 非課税, 就学援助を受けている."""
    text = reading.text
    for match in _LOW_INCOME.finditer(text):
        if not _said_of_us(reading, match) or hypothetical(text, match.end()):
            continue
        if match[0] in ("生活保護", "就学援助") and (_LOW_WISHED.match(text, match.end()) or re.match(r"を?(?:考|検討|勧|すすめ|断)", text[match.end():])):
            continue
        if "非課税" in match[0] or match[0] == "低所得":
            if re.match(r"(?:では|じゃ)(?:な|あ)", text[match.end():]):
                return Fact(NO, match.start(), match.end())
            if re.match(r"(?:の|者)?(?:人|方)?(?:の|向けの|への)?(?:給付|支援|制度|手当|対象)|か(?:どう|わか|も)|なら|だと|でないと|じゃないと|に限", text[match.end():]):
                continue
        return Fact(YES, match.start(), match.end())
    return None


__all__ = ("OPEN", "Fact", "disability", "for_a_friend", "low_income", "one_parent", "pregnancy", "wished")
