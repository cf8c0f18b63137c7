"""One parent: by every name and way that leads there, and the states before a divorce."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.ternary import NO, YES, Ternary
from finder.understanding.facts import Fact, said_of_our_home
from finder.understanding.grammar import Reading, denied, doubted, hypothetical
from finder.understanding.patterns import pattern

# 「ひとり親の支援」は制度の名前であって、自分がそうだと言っていない
_BY_NAME = re.compile(
    r"(?:家庭|世帯|の?方|の人)?(?:等|など)?(?:の|向け(?:の)?|用(?:の)?|に対する|への|が(?:使|もら|受け)|(?:が|"
    r"に)?対象)?[一-龥ァ-ヺー]{0,4}?(?:医療|支援|補助|家賃|減免|割引|優遇|加算|住宅|住まい|部屋|アパート|仕事|求人|イベント|サークル|食堂|集い|手当|制度|サービス|給付|助成|自立|福祉資金|貸付|サポート|相談(?:窓口|員|所)|会|集まり|って何|とは|家庭って|について(?!悩))"
)

_SPOUSE = (
    r"(?:夫(?!婦)|旦那(?:さん)?|主人|女房|亭主|かみさん|妻|嫁(?:さん)?|家内|奥さん|配偶者|連れ合い|パートナー|相方|(?:子ども|この子|娘|息子|"
    r"子)の(?:父親?|母親?|お父さん|お母さん)|パパ|ママ)"
)
_NAMED = pattern(
    r"ひとり親|シングルマザー|シングルファーザー|(?<![ァ-ヺー])シングル(?=です|で(?!き)|じゃ|なの|なん|、|。|$|の(?:母|父|方|人)|家庭|歴|にな[っる]|だ|"
    r"やけん|やき)|母子家庭|父子家庭|母子世帯|父子世帯|母子(?=、|。|$|です|2人|ふたり|で暮|だけ|3人|4人)|父子(?=です|[2-5]人|で暮|、|だけ|$)|父親?の(?:い|お)ない子"
    r"|未亡人|後家|寡婦(?!控|福)|やもめ|未婚の(?:母|父|ママ)|(?<![a-z])single (?:mothers?|moms?|mums?|fathers?|dads?|parents?)(?![a-z])|"
    r"(?<![a-z])widow(?:ed|er)?(?![a-z])|(?<!getting )(?<!get )(?<!not )(?<![a-z])divorced(?![a-z])"
)
_DIVORCED = pattern(
    r"出戻り|父親の(?:名前|欄)(?:は|が)[^。]{0,8}(?:ありません|な[いく]|空白)|離婚(?=、(?:子|娘|息子|[長次][男女]))|親権は(?:私|僕|俺|こちら)(?:です|に|が(?:取|と)(?:り(?!た)|っ))|親権を(?:取り|とり)ました|(?:また|再び|2度目の|2回目の|二度目の)離婚(?!した[くい]|を考|危機|しそう)|(?:去年|昨年|一昨年|先月|先々月|[0-9]+年前|今年|この春)の?(?:[春夏秋冬末]|[0-9]{1,2}月)?(?:に|、)?別れ(?:て|た|まし)|(?:事実婚|同棲|内縁|婚約|婚姻)(?:関係)?を?(?:解消|破棄)|離婚(?:し(?:まして|、|よっ(?:た|て)|た(?!い|のは(?:姉|妹|兄|弟|友|娘|息子|"
    r"両親|親)|ら|く|とき|場合|ほう|方が|"
    r"が[らっ])|て(?!も(?!う[てた]|た)|ほし|欲し|くれ|い?な|い?ませ|おら|しま(?!い|っ)|もら|ください|"
    r"いいか|ないの)|ました|とる|ちゅう|とり|ちょる)|(?:が|も)?でき(?:まし|た(?!ら|い))|された(?!い)|されて(?!い?な)|され?まし|なさ(?:った(?!ら)|って|いまし)|が(?:やっと|正式に|先月|無事)?(?:成立|決まっ|でき|"
    r"済)|成立|済|後(?!悔)|"
    r"届(?:を|は|も)?、?(?:先週|先月|昨日|今日|やっと)?に?(?:出し|提出し)(?:た|て(?!い?な|い?ませ)|まし)|歴|経験者|母子|になりました|となりました)"
    r"|籍[をも]抜きまし|バツ(?:イチ|ニ|1|2|一|二|いち)|ばつ(?:いち|イチ)|×[12]"
    r"|(?:籍を抜い|籍も抜い)(?:た|て(?!い?な))|(?:夫|旦那|主人|妻|嫁)の[^、。]{1,8}(?:で|原因で)別れ(?:た(?![いら])|て|まし)|(?<![ァ-ヺ])(?:夫|旦那|主人|妻|嫁|"
    r"彼(?:氏)?)と(?:は)?(?:[^。、]{0,6})?別れ(?:た(?!い|ら)|て(?!も|ほし)|まし)"
)
_WIDOWED = pattern(
    rf"死別|死に別れ|先立たれ|{_SPOUSE}(?:が|は|を|も|に)(?:[^。]{{0,14}}?)(?:亡くな(?:り|っ|られ)|亡くし|亡くされ|他界|逝(?:き|っ|去)|死にました|死んだ|死んじゃ|死なれ|自死|"
    rf"死んで(?!ほし|くれ|欲し)|死亡|病死|急死|事故死|急逝|先立)|{_SPOUSE}の(?:一周忌|1周忌|三回忌|3回忌|七回忌|四十九日|49日|命日|葬儀|"
    rf"葬式)|(?:春|夏|秋|冬|年|月|病気|がん|病|先日)(?:に|で|、)*{_SPOUSE}を(?:見送り(?:まし)?|看取)|{_SPOUSE}(?:は|が)[^。、]{{0,10}}(?:天国|お?空|お?星)(?:に|の上|へ)|{_SPOUSE}を見送って(?=から|[0-9]|もう)|{_SPOUSE}(?:は|が)[^。]{{0,14}}帰らぬ人|{_SPOUSE}の死(?:後|去|で|から|を機)|"
    rf"亡き{_SPOUSE}|亡くなった{_SPOUSE}|my (?:husband|wife) (?:died|"
    rf"passed away)"
)
_ALONE = pattern(
    r"(?:お母さん|お父さん|母親?|父親?|私|ママ|パパ)(?:だけ|お?1人|お?一人|お?ひとり)で(?:[^、。]{0,10})(?:育て|養育|みておられ|見ておられ)|(?:父親?|彼)と(?:は)?[^。、]{0,6}籍を入れ(?:て(?:い)?(?:ない|ません)|ず)|[父母](?:1人|ひとり|一人)子(?:1人|ひとり|一人|2人|二人)|"
    r"女手(?:一|ひと|1)つ|男手(?:一|ひと|1)つ|ひとりで(?:子ども(?:たち)?を?|"
    r"[0-9]人(?:の子ども?)?を?|育児を?|娘を?|息子を?)?(?:[^。、]{0,8}?)(?:育て|子育て)|(?:子ども|子|娘|息子|長男|長女|赤ちゃん|"
    r"[0-9]歳児?|[小中高][0-9])(?:たち)?(?:[0-9]人)?(?:と(?:私の|の)?|の(?=(?:2人|二人|ふたり)(?:家族|暮|で暮)))(?:[2-5]人|ふたり|二人|"
    r"私の[2-5]人)(?:で|だけ|きり|っきり)?(?:暮|"
    r"の(?:生活|家族|暮)|家族|で(?:す|生)|住|生活|に(?:なり|なっ))|(?:子|[0-9]歳|[小中高][0-9])の[2-5]人で暮ら|"
    r"(?:(?:結婚|入籍)(?:しないで|せずに?|"
    r"しないまま|はせず|もせず|しなかった)|未婚で|籍[をも]入れず(?:に)?)(?:[^。]{0,10}?)(?:産|出産|育て|生|母)|認知(?:だけ|は|も)?(?:して|され)|父親(?:は|が)(?:いません|"
    r"いない|おらん|わから)"
    r"|(?:(?<!特別)児童扶養手当|ひとり親医療)(?:を|は|も)?(?:今)?(?:もらって|受けて|受給)(?!い?な|い?ませ|もいいか)"
)
_UNMARRIED = pattern(
    r"未婚|未入籍|独身(?!の(?:友|息子|娘|兄|弟|妹|姉|孫)|時代)|(?:夫|妻|旦那|主人|父親|母親)は(?:もう)?(?:いません|いない|おりません|おらん)(?=。|$|です|けど|が、)|結婚(?:は)?(?:して(?:い)?(?:ない|ません|なく)|せず)|入籍(?:は)?(?:して(?:い)?(?:ない|ません))|unmarried|"
    r"not married"
)
_FORMER = pattern(r"(?<!の)元(?:夫|妻|旦那|嫁|主人|奥さん|配偶者)|(?<!の)前の(?:夫|妻|旦那|嫁|主人)|別れた(?:夫|旦那|妻|主人|嫁)|"
    r"(?<![a-z])ex-?(?:husband|wife)(?![a-z])")
_TOGETHER = pattern(
    r"(?<![姉兄妹弟義娘])(?<!息子)夫婦(?!が(?:亡|離婚|別れ|死|事故)|を亡|喧嘩|げんか|ゲンカ|別|関係|仲(?!良)|の(?:仲|問題)|じゃな|ではな|間|カウン)|"
    r"共働き|共ばたらき|ともばたらき|"
    r"(?:2人|ふたり|二人)親|ダブルインカム|パワーカップル|(?:今|いま)の(?:夫|妻|旦那|嫁|主人)(?=が|は|と|も)|再婚(?:し(?!た(?:い|く|ら|が|とき|場合)|よう|な|て(?:い)?(?:な|ませ)|ませ)|同士|"
    r"家庭|相手(?:と|に(?!暴|"
    r"な)|は|"
    r"の子|も一緒|が優し))|ステップファミリー|連れ子(?!と)|事実婚(?!を?解消)|内縁(?!関係を?解消)|同棲(?:中|し|です)|"
    r"(?<!相手は)(?<!相手が)(?<!彼は)既婚|新婚|"
    r"結婚して(?:い(?:る|ま)|ます|[0-9]+年|る)|結婚[0-9]+年目?(?=で(?!離婚|別れ|破)|、|。|$|です|の(?:夫|妻|主婦))|"
    r"入籍し(?:ま|た(?!い|ら)|て(?!い?な|い?ませ))|(?:パパとママ|父と母|お父さんとお母さん|両親(?!と))(?:と|そろ|揃|がい|、)"
    r"|(?:夫|主人|旦那(?:さん)?|妻|嫁(?:さん)?|パートナー|彼氏|彼女|家内|奥さん|"
    r"彼)(?:も)?(?:と(?:も)?)(?:、)?(?:(?:私|僕|俺)(?:と|、))?(?:(?:子ども|息子|娘|赤ちゃん|[0-9]歳|[小中高][0-9]|"
    r"年[少中長]|私)[^。]{0,24}?(?:暮ら(?:して|す)|[2-9]人(?:で)?暮|[2-9]人(?:家族|で|です)|(?<=[^。、]{3})(?:住|生活|育て))|一緒に(?:暮|"
    r"住|育|生活)|同居|同棲|"
    r"2人で(?:育|暮|子|働|頑|協|生)|[2-9]人(?:暮|家族|で)|(?:[0-9]{1,2}(?:歳|か月)|[小中高][1-6]|年[少中長])の(?:子(?:ども)?|息子|娘|"
    r"男の子|女の子)(?:が|と)(?:い|お|暮)|二人暮|ふたり暮|暮らし|住んで|力を合わせ|協力して|"
    r"仲良く|円満|子育て)|(?:夫|主人|旦那|妻|嫁|彼氏|パートナー)(?:も|と|が|"
    r"は)(?:[^。、]{0,6})?(?:同居(?!して(?:い)?な)|一緒に(?:暮らし|住)|(?:いる|い)て(?:4|5|3)人家族)"
    r"|(?:夫|旦那|主人|妻|パートナー)と(?:の)?(?:二人|2人)(?:三|3)脚|(?:夫|旦那|主人|妻)とは(?:今も)?(?:円満|仲良し|仲良く|仲がいい|仲が良)|(?:夫|旦那|主人|妻|嫁|パートナー)も(?:ちゃんと)?い(?:ます|る)(?=。|$|し|が|けど)|離婚(?:は|を)?(?:しません(?!でした)|しないことに|せずに(?:すみ|済|や))|よりを戻(?:し(?:た(?!い)|て|まし))|"
    r"(?:夫|主人|旦那|妻|嫁|パートナー)とは[^。]{0,10}一緒に(?:暮ら|住)"
    r"|my (?:husband|wife) and (?:i|me)|with my (?:husband|wife|partner|boyfriend)|i(?:'m| am) married|"
    r"(?<![a-z])married (?:with|and|couple)|remarried"
)
_BREAKING = pattern(
    r"(?:夫|旦那|主人|妻|嫁)(?:さん)?と(?:は)?(?:今|まだ|ずっと)?話し合い(?:中|の|を(?:し|続)|が)|"
    r"(?:夫|旦那|主人|妻|嫁|彼)と(?:は)?(?:もう)?別れ(?:た(?:い|く)|よう|るつもり|る予定)|(?:夫|旦那|主人|妻|嫁)(?:と|"
    r"を)[^。、]{0,8}置いて(?:家を)?出|離婚(?:が決まりそう|して(?:くれ|ほしい|欲しい)と|し(?:たい|ようか|よう|たく|たか|ます(?=。|$|。|ので|が|けど))|を(?:考|検討|決|迷|"
    r"切り出|希望|求|迫|"
    r"したい|視野|望|進|言|突|悩|するか)|する(?:つもり|予定|か|こと|かも|ため|前|べき|と思|ん|って|に(?:は|あた))|の(?:話|予定|相談|準備|"
    r"危機|手続|協議|こと|裁判|調停|仕方|最中|意思)|に(?:向け|ついて|応じ|踏み切|同意|なりそう|む)|協議|調停|裁判|前|予定|"
    r"届(?:を)?(?:渡|突き|つき|書|もら|用意|取|まだ|出そう|は(?:まだ|出し))|届に(?:は)?(?:判|印|サイン|署名|記入|名前)|は(?:まだ|成立して|でき|考え)|"
    r"して(?:くれ(?:な|ま)|もらえ|も(?!う[てた]|た))|"
    r"まだ(?:して)?(?:い)?(?:ない|ません)|でき(?:な|ま(?!し)|ず)|寸前|訴訟|も(?:考|視野|まだ|頭)|かも|話し合い|が(?:決まらな|"
    r"成立して(?:い)?(?:な|ませ)|まだ|でき(?:な|ま)|進ま)|か(?:、|修復)|した方が|したほうが|しそう|したら|した場合|した(?:とき|後の)|"
    r"すべき|すると|中(?!断)|危機|準備中|を前提)|調停(?:中|を|が|し(?:て|ま)|離|に|の(?!末))|"
    r"(?<!親と)(?<!両親とは)(?<!親とは)(?<!母と)(?<!父と)(?<!両親と)別居(?:中|し(?!た(?:い|こと)|ていた|よう)|です|生活|状態|婚|の|"
    r"が|、|で|を(?:始|し)|[0-9])"
    rf"|{_SPOUSE}(?:が|は|に|も)(?:[^。]{{0,12}}?)(?:出て行(?:っ|き)|出ていっ|出て[い行]か(?!な)|出て(?:い)?き|家を出(?!ようと|る)|"
    rf"実家に帰った(?:まま|き)|実家に帰って(?:しま|い[るま])|いなくな|行方不明|行方が|帰って(?:こ|き)(?:な|ませ)|戻って(?:こ|き)(?:な|"
    rf"ませ)|帰らな|失踪|蒸発|音信不通|"
    rf"逃げ(?:まし|た|て|られ)|連絡が(?:つか|取れ|とれ))|(?:夫|妻|旦那|主人)と離れて暮らし始め|籍は(?:まだ|入った|抜いて)|まだ籍(?!(?:は|を|も)?入れ)|別々に(?:暮|住)|"
    rf"(?<![a-z])(?:husband|wife|partner) (?:has )?left (?:us|me|home)|getting (?:a )?divorced?|thinking (?:of|about) (?:a )?divorc|"
    rf"liv(?:e|ing) apart|not divorced|want (?:a|"
    rf"to) divorce|separated"
)
_AT_HER_PARENTS = re.compile(r"産(?!業|地|物)|妊娠|帰省|お盆|正月|連休|介護|看病|法事|葬|手術|入院")      # 「産後で実家に帰っています」
_OF_A_YOUNG_LOVE = re.compile(r"(?:娘|息子|孫|生徒|[小中高][1-6])(?:さん)?(?:が|は|も)$")
_NOT_HOME_YET = re.compile("(?:昨日|きのう|昨夜|昨晩|夕べ|今日|今朝|夜|毎晩|まだ|なかなか|いつも)[^。]*帰")       # that is no parting
_NEW_PARTNER = re.compile(r"再婚|(?:今|いま)の(?:夫|妻|旦那|嫁|主人)|同棲(?:中|し(?!て(?:い)?た)|です)|(?:彼|彼氏|彼女|"
    r"パートナー)(?:も)?と(?:、)?(?:一緒に)?(?:同棲(?:中|"
    r"して(?:い)?[るま]|です)|(?:暮らし|住ん)[てで](?:い)?(?:る|ます))")
_PARTED_AGAIN = re.compile("再婚[^。]*?(?:また|再び|2度目|2回目|その後|それも|結局)[^。]*?(?:離婚|別れ)")
_AT_WORK = pattern(
    r"単身赴任|出張|海外赴任|転勤|船に|遠洋|自衛|夜勤|激務|(?:帰り|帰宅)が(?:遅|深)|忙し|仕事で(?:ほとんど|ずっと|毎日)|"
    r"育児に(?:協力|参加)|手伝って(?:くれ)|何もし(?:な|て)|入院|平日は"
)
_HAS_SPOUSE = pattern(r"(?<!元)(?<!別れた)(?<!の)(?:夫|旦那|主人|妻|嫁)(?:さん)?(?:は|が|も|の(?:帰|仕事|収入|転勤|協力|実家))")
_A_SPOUSE = re.compile(r"(?<!元)(?<!別れた)(?:夫|旦那|主人|妻|嫁)")
_STOPPED = re.compile(r"(?:で育(?:っ|ち)|だった(?:母|父|親)|でした(?:が|けど)|だった(?:けど|が|時|頃|、)|の(?:頃|とき|時)は)")
_BECOMING = re.compile(
    r"(?:家庭)?に(?:なる(?:予定|かも|つもり|と思|の(?:で|が)|ん|ことに|か|。|$)|なろう|なりそう|なりたい|なりま(?!し))")


# 「お母さんと二人暮らし」, said by a child
_CHILDS_HOME = pattern(r"(?:お母さん|お父さん|(?<![祖義])[母父]|ママ|パパ)しかい(?:な[いく]|ません)|(?:うち|我が家)(?:は|には?|"
    r"も)?、?(?:お母さん|"
    r"お父さん|母|父|ママ|パパ)(?:が|は)?"
    r"い(?:な[いく]|ません)|(?:お母さん|お父さん|(?<![祖義])[母父]親?|ママ|パパ)と(?:私|僕|俺)?(?:の|と)?(?:2人|二人|ふたり)(?:で暮|暮|だけ|きり|"
    r"で住|の生活|家族)")
_WITH_ONE_OF_THEM = re.compile(r"(?:離婚|別れ)[^。]*(?:お母さん|お父さん|母|父)(?:の(?:家|ところ)で|と)(?:だけ)?(?:一緒に)?(?:住|暮ら)")
_PARENTS_PARTED = re.compile("(?:両?親|父母|お父さんとお母さん|お母さんとお父さん|パパとママ|ママとパパ|父と母)(?:が|"
    "は)[^。、]{0,8}(?:離婚(?:し(?:て|た(?![らい])|まし)|で)|別れ(?:て|た|まし))")
_PARENT_DIED = re.compile(
    "(?<![祖義一-龥])(?:お母さん|お父さん|[母父]|ママ|パパ)(?:は|が|を)[^。、]{0,12}(?:亡くな(?:っ|り)|亡くし|他界|死に(?:まし|別れ)|死んで(?!ほし|くれ|欲し)|死んじゃ)")
_CHILD_SPEAKS = pattern(
    r"(?:[小中高](?:学|校)?[1-6]年?生?|(?<![0-9])1[0-7]歳|小学生|中学生|高校生|[1-6]年生)(?:の(?:男子|女子|男|女))?(?:です|だ|の女|の男|"
    r"ですが|やけど)|僕|(?:^|。)[小中高][1-6](?:。|$)|[小中高][1-6](?:男子|女子)|(?:^|。)私1[0-7](?:。|です|で、)"
)


def one_parent(reading: Reading, family: bool) -> tuple[Fact | None, Fact | None]:
    """Return what was said of raising children alone, and of a divorce ahead (API.md: that stays open).

    `family` tells whether a child or a pregnancy was told: 「独身」 alone makes no parent.
    """
    text = reading.text
    breaking = _first(reading, _BREAKING, strict=False)
    if breaking and (_NOT_HOME_YET.search(text, breaking.start, breaking.end) or _is_a_visit(reading, breaking)):
        breaking = None
    no = _denied_name(reading)
    yes = next(_alone(reading, family), None)
    becoming = next((m for m in _NAMED.finditer(text) if _BECOMING.match(text, m.end()) and "未婚" not in m[0]), None)
    if becoming and breaking is None:
        breaking = Fact(YES, becoming.start(), becoming.end())
    together = _first(reading, _TOGETHER)
    if together and _NEW_PARTNER.match(text, together.start) and not (yes and _PARTED_AGAIN.search(text, together.start)):
        return replace_value(together, NO), None
    if yes:
        return yes, None
    if breaking:
        return None, replace_value(breaking, YES)
    if together:
        return replace_value(together, NO), None
    if no:
        return no, None
    return None, None


def _is_a_visit(reading: Reading, breaking: Fact) -> bool:
    """Tell whether a spouse is at her parents' for a birth, a feast or an illness."""
    sentence = reading.sentence(breaking.start)
    return "実家に帰って" in reading.text[breaking.start : breaking.end] and bool(
        _AT_HER_PARENTS.search(reading.text, sentence.start, sentence.end))


def replace_value(fact: Fact, value: Ternary) -> Fact:
    """Return the same place with another value."""
    return Fact(value, fact.start, fact.end)


def _of_our_parents(text: str, at: int) -> bool:
    """Tell whether what stands there is said of the speaker's own parents: 「両親が離婚した」."""
    return text.endswith(("親が", "親は", "親の", "父母が", "父母は", "父母の"), 0, at)


def _first(reading: Reading, pattern: re.Pattern[str], strict: bool = True) -> Fact | None:
    for match in pattern.finditer(reading.text):
        if not said_of_our_home(reading, match) or _of_our_parents(reading.text, match.start()):
            continue
        if strict and (denied(reading.text, match.end()) or hypothetical(reading.text, match.end())):
            continue
        if (
            not strict
            and re.match(
                r"(?:つもり|予定|気|意思|考え)?(?:は|も|など|とか)?(?:全く|まったく)?(?:ありません|ない(?!です?か)|考えて(?:い)?(?:ない|"
                r"ません)|して(?:い)?ません。)",
                reading.text[match.end() :],
            )
            and "離婚" in match[0]
            and re.search(
                r"(?:の(?:話|予定|こと|危機)|する(?:つもり|予定)|を(?:考|したい|する)|は考え|も考)$|離婚(?:は|の予定)", match[0])
        ):
            continue
        return Fact(YES, match.start(), match.end())
    return None


def _denied_name(reading: Reading) -> Fact | None:
    for match in _NAMED.finditer(reading.text):
        if denied(reading.text, match.end()) and said_of_our_home(reading, match):
            return Fact(NO, match.start(), match.end())
    return None


def _alone(reading: Reading, family: bool) -> Iterator[Fact]:
    text = reading.text
    for match in _NAMED.finditer(text):
        after = text[match.end() : match.end() + 20]
        if (
            not said_of_our_home(reading, match)
            or denied(text, match.end())
            or hypothetical(text, match.end())
            or _BY_NAME.match(after)
            or _BECOMING.match(after)
            or _STOPPED.match(after)
            or (re.match("でした|"
                "だった", after) and text.endswith(("母は", "父は", "母が", "父が", "親は", "親が", "母も", "父も"), 0, match.start()))
            or (re.match("でした|だった", after) and re.search(r"(?:昔|以前|かつて|前)(?:は)?[^。]{0,8}$", text[: match.start()]))
            or re.match(
                r"(?:家庭|世帯)?(?:状態|みたい|同然|同様|のよう|予備軍|並み|か(?:どうか|って)|っぽ|さん(?:が|は|って)|なら|扱い|"
                r"だと|と同じ)",
                after,
            )
            or re.search(r"(?:実質|ほぼ|まるで|擬似|疑似|元|プチ|ほとんど|みたいな|not a )$", text[: match.start()])
        ):
            continue
        yield Fact(YES, match.start(), match.end())
    for told in (_DIVORCED, _WIDOWED):
        for match in told.finditer(text):
            if (
                said_of_our_home(reading, match)
                and not (match[0].startswith("彼") and _OF_A_YOUNG_LOVE.search(text[: match.start()]))
                and not re.match(r"[^。、]{0,6}と(?:言|書)(?:い|っ|き)(?:まし)?た(?:が|けど|の)", text[match.end() :])
                and not hypothetical(text, match.end())
                and not _of_our_parents(text, match.start())
                and not (denied(text, match.end()) and not re.match(r"(?:から|[0-9]|、|て)", text[match.end() :]))
                and not doubted(text, match.end())
            ):
                yield Fact(YES, match.start(), match.end())
    spouse_here = _AT_WORK.search(text) and _A_SPOUSE.search(text)
    for match in _ALONE.finditer(text):
        if (
            said_of_our_home(reading, match)
            and not hypothetical(text, match.end())
            and not spouse_here
            and not _HAS_SPOUSE.search(text)
            and not re.search(r"(?:パートナー|彼氏|彼女|夫|妻|主人|旦那|両親)と[^。]{0,10}$", text[: match.start() + 2])
        ):
            yield Fact(YES, match.start(), match.end())
    if (home := _CHILDS_HOME.search(text) or _WITH_ONE_OF_THEM.search(text)) and _CHILD_SPEAKS.search(text) and said_of_our_home(reading, home):
        yield Fact(YES, home.start(), home.end())
    if (parted := _PARENTS_PARTED.search(text) or _PARENT_DIED.search(text)) and _CHILD_SPEAKS.search(text):
        yield Fact(YES, parted.start(), parted.end())
    if family:
        for match in _UNMARRIED.finditer(text):
            if said_of_our_home(reading, match) and not re.search(
                r"(?:息子|娘|孫|兄|弟|妹|姉)(?:は|が|も)?[^、。]{0,6}$", text[: match.start()]):
                yield Fact(YES, match.start(), match.end())
    for match in _FORMER.finditer(text):
        if said_of_our_home(reading, match):
            yield Fact(YES, match.start(), match.end())
