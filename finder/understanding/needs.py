"""What is asked for: the needs of API.md, from the words of everyday life."""

from __future__ import annotations

import re
from dataclasses import dataclass

from finder.understanding.asked_for import ASKED_FOR, Words, pattern
from finder.understanding.grammar import Reading, of_a_friend
from finder.understanding.topics import topics


@dataclass(frozen=True, slots=True)
class Need:
    """A need, and where it stands."""

    name: str
    start: int
    end: int


_CARES = re.compile(r"ヤングケアラー|young carer")
_CARE = re.compile(
    r"(?:弟|妹|兄弟|お母さん|母|お父さん|父|祖母|祖父|家族|親|下の子|兄|姉|ママ|パパ)(?:たち)?(?:と[弟妹兄姉])?(?:の|を|"
    r"に)?(?:ために)?(?:お?世話|介護|面倒|看病|ご飯|食事|通訳|トイレ|お風呂|送り|身の回り|見な)|(?:家事|料理|ご飯|洗濯|買い物|介護|"
    r"世話|家のこと)(?:を|は|も|と[^。、]{0,6}を?)?(?:全部|ぜんぶ|毎日|いつも|ひとりで|私が|僕が|俺が)?(?:して|やって|作って|"
    r"つくって|担って|させられ|しなきゃ|しなければ|任され|手伝わされ|やら)|(?:私|僕|俺)が(?:[^。、]{0,10})(?:世話|介護|家事|ご飯|"
    r"料理|通訳|看病|面倒)"
)
_ILL = re.compile(
    r"(?:お母さん|母|母親|お父さん|父|父親|祖母|祖父|親|ママ|パパ|弟|妹|兄|姉|家族)[^。]{0,14}(?:病気|病|うつ|障害|動け|寝たきり|"
    r"認知症|入院|体が|倒れ|働け|酒|介護|世話|面倒|精神|小さい|日本語)"
)
_YOUNG = re.compile(
    r"小学生|中学生|高校生|[小中高][1-6]|[1-6]年生|(?<![0-9])1[0-7]歳|[6-9]歳|僕|俺|(?:弟|妹|孫|甥|姪|息子|娘|生徒|児童|"
    r"クラスの子)(?:が|は)|学校"
)

_REQUEST = re.compile(
    r"たい(?!へん|した|てい)|たか(?=です|ばい|っちゃ|と)|ほし|欲し|困|悩|心配|不安|教え|おしえ|知り|ありま(?:す|せん)か|"
    r"あります(?:か|でしょ)|ある(?:の|か|？|\?|と|$|。|かな)|ない(?:です)?か|ないの|使え|助け|たすけ|探|さが|どこ|どう|もらえ|"
    r"受けられ|(?<!特別)支援(?!学)|制度|サポート|お願い|ください|でき(?:ます|る|ん|ない)|でしょうか|ますか|です[かね]?[？?]|か[？?]|"
    r"[？?]$|について|のこと|方法|利用|申し?込|申請|希望|求め|頼|いくら|いつ|無料|何か|なにか|払え|足り|限界|大変|厳し|高(?:い|く|"
    r"すぎ)|辛|つら|しんど|疲れ|want|need|help|how|where|looking|can i|can you|any |please|とか|行け|よか(?:と|です)"
)
_NOT_NEEDED = re.compile(
    r"(?:の(?:話|相談|こと|心配|支援|必要))?(?:では|じゃ|は|に(?:は)?|が|も|の|を|で|と)?(?:特に|別に|もう|そんなに|あまり|全然|"
    r"まったく|今のところ|まだ)?(?:困って(?:い)?(?:ない|ません|な)|困らな|悩んで(?:い)?(?:ない|ません)|心配(?:は|"
    r"して)?(?:い)?(?:ない|ません|いらな)|必要(?:が|は|では|も)?(?:な|あ(?:りま|ら))|いらな|いりませ|要らな|要りませ|不要|大丈夫|"
    r"間に合|足りて|問題(?:は|ありま|な)|結構です|のことでは|払えて(?:い)?(?:ます|る)|(?:では|じゃ)(?:な(?:く|い(?!か))|あり)|"
    r"ではな(?:く|い)|じゃな(?:く|い)|興味(?:は|が)な|望んで(?:い)?(?:な|ませ))"
)
_SETTLED = re.compile(
    r"(?:に|は|が|も|へ|を|で|の(?:先生|友達|帰り|行事|お友達|送迎|運動会|給食|参観|遠足))?(?:もう|すでに|今は|今|現在|無事(?:に)?|"
    r"毎日|普段|元気に|楽しく)?(?:決ま(?:っ|り)|通って(?!い?な|い?ませ|み)|通い(?!た)|通う|行って(?:い)?(?:ます|る|て|お)|行っとる|"
    r"行きゆう|行く(?:よう|の(?:は|が)楽)|入って(?:い)?(?:ます|る|て)|入りました|入れました|使って(?:い)?(?:ます|る|て)|"
    r"利用して(?:い)?(?:ます|る|て)|見つか(?:り|った|って)|もらって(?:い)?(?:ます|る|て)|受けて(?:い)?(?:ます|る|て)|始め(?:まし|た)|"
    r"預けて(?:い|る)|申請しました|済|終わ(?:り|っ)|先生|運動会|お友達|での?出来|で(?:熱|けが|怪我|友達|お友達|先生|叩|噛|泣))"
)


def needs(reading: Reading, minor: bool, school_age: bool, in_danger: bool) -> tuple[Need, ...]:
    """Return what is asked for, in the order in which it is said.

    `minor` tells whether the text tells of a child who may care for others; `school_age`
    whether all children told of go to school: a place for them in the holidays is `after_school`;
    `in_danger` that the worry has a graver name.
    """
    found: dict[str, Need] = {}
    for name, how in ASKED_FOR.items():
        need = _asked(reading, name, how)
        if need is not None:
            found[name] = need
    text = reading.text
    _add_topics(reading, found)
    if (care := _CARES.search(text)) or (
        minor
        and (care := _CARE.search(text))
        and _YOUNG.search(text)
        and (_ILL.search(text) or re.match(r"[弟妹兄姉下]", care[0]) or re.search(r"世話|介護|看病|面倒|通訳", care[0]))
        and not _BY_PARENT.search(text)
    ):
        found["young_carer"] = Need("young_carer", *care.span())
    if "young_carer" in found and "通訳" in text and "日本語" not in text:
        found.pop("foreign_language", None)
    _settle(reading, found, school_age)
    if (
        in_danger
        and "consult_parenting" in found
        and not re.match(r"相談|話|聞い|イライラ|子育て|育児|(?:誰|だれ)|暴れ|泣き[や止]", text[found["consult_parenting"].start :])
    ):
        del found["consult_parenting"]
    if not in_danger and (talk := _talk(reading, found)):
        found.setdefault("consult_parenting", talk)
    return tuple(sorted(found.values(), key=lambda n: n.start))


_BY_PARENT = re.compile(
    r"面倒を?(?:見て|みて)(?:くれ|もら|ほし)|(?:私|夫|妻)(?:は|が)(?:[^。]{0,10})(?:介護|世話)(?:で|を)(?:[^。]{0,20})(?:子ども|息子|"
    r"娘|[0-9]歳の)|子どもの(?:世話|面倒)|(?:子ども|息子|娘|孫|甥|姪|赤ちゃん)の(?:お?世話|面倒)"
)


def _add_topics(reading: Reading, found: dict[str, Need]) -> None:
    """Add the needs told by a topic and what is said of it; a trouble only when nothing else is asked for."""
    text = reading.text
    told = [
        Need(name, start, end)
        for name, start, end in topics(reading)
        if not (_NOT_NEEDED.match(text, end) or of_a_friend(reading, start) or _refused(reading, name, end))
    ]
    for need in told:
        if need.name != "consult_parenting":
            found.setdefault(need.name, need)
    for need in told:
        if need.name == "consult_parenting" and not found:
            found[need.name] = need


def _refused(reading: Reading, name: str, end: int) -> bool:
    clause = reading.clause(end - 1)
    if re.search(r"(?:の話|の相談|こと)(?:では|じゃ)な|足りて(?:い)?(?:ます|る)|間に合って", reading.text[end : clause.end]):
        return True
    return name != "consult_parenting" and bool(_SETTLED.match(reading.text, end)) and not re.search(
        r"たい|困|欲し|ほし|費|お金|不安|[?]", reading.text[end : clause.end])


def _asked(reading: Reading, name: str, how: Words) -> Need | None:
    text = reading.text
    for match in how.asks.finditer(text):
        if not match[0] or _NOT_NEEDED.match(text, match.end()) or (_NOT_NEEDED.match(text, match.start() + 2) and name == "money"):
            continue
        if of_a_friend(reading, match.start()) or (
            name != "consult_parenting" and _SETTLED.match(text, match.end()) and not _still_asked(reading, match)
        ):
            continue
        if _UNLESS.get(name) and _UNLESS[name].search(text, reading.sentence(match.start()).start, reading.sentence(match.start()).end):
            continue
        return Need(name, match.start(), match.end())
    if how.beside is None:
        return None
    for match in how.beside.finditer(text):
        sentence = reading.sentence(match.start())
        whole = text[sentence.start : sentence.end]
        if not _REQUEST.search(whole) and not _BARE.fullmatch(text, match.end(), sentence.end):
            continue
        if (
            _NOT_NEEDED.match(text, match.end())
            or _SETTLED.match(text, match.end())
            or of_a_friend(reading, match.start())
            or (_UNLESS.get(name) and _UNLESS[name].search(whole))
        ):
            continue
        bare = len(whole) <= 12 and _BARE.fullmatch(text, match.end(), sentence.end) is not None
        if name in _BESIDE_ONLY and not bare and not _BESIDE_ONLY[name].search(whole):
            continue
        return Need(name, match.start(), match.end())
    return None


_BARE = re.compile(r"[一-龥ァ-ヺー]{0,6}(?:について|のこと|の件|は|を|とか|など)?")

# Requests that are close enough to the word to be about it.
_BESIDE_ONLY = {
    "consult_parenting": pattern(
        r"相談(?:した|し(?:て(?:み)?たい|よう|ても)|でき|に(?:乗|のっ|行|来|つい|伺|上)|する|先|相手|窓口|員|所|を(?:し|お|受|希)|"
        r"です|があ|が(?:した|でき)|させ|ある|事|は(?:どこ|でき)|ごと|、|$|。|のって|を|が|は)|孤独|うつ|不安定|(?:子育て|"
        r"育児)(?:[^。]{0,10})(?:不安|心配|困|悩|大変|助け)"
    ),
    "development": pattern(r"相談|支援|サポート|サービス|困|悩|どう|どこ|療|不安|心配|教え|探|仕事|使え|助け"),
    "work": pattern(r"働(?:くため|く(?:に(?!あ)|のが)|ける|きに|き方)|ニート|資格|求職|失業|リストラ"),
    "study": pattern(r"不安|心配|支援|助|費|お金|どう|諦|相談|させたい|したい|困"),
    "marriage": pattern(r"支援|補助|もらえ|使え|ありますか|助成|ある|給付|制度"),
    "childcare": pattern(r"必要な子の|たい|ほし|欲し|困|探|ありま|ある|どこ|どう|入れ|使え|教え|でき|もらえ|利用|申|ない|いつ|空き|預|待"),
    "money": pattern(r"たい|ほし|困|ありま|ある|もらえ|使え|教え|でき|不安|心配|足り|払え|支援|制度|受け|申請|いくら|ない|出|高|大変|厳|助"),
}
_UNLESS = {
    "food": pattern(r"好き嫌い|アレルギ|偏食|離乳食|食べ物を(?:投|こぼ)|ダイエット|おいし|美味し|おすすめ|レシピ|ランチ|レストラン"),
    "housing": pattern(r"住宅ローン(?:は|も)ない|保育園の住所"),
    "development": pattern(
        r"(?:私|夫|妻|主人|旦那|母|父)(?:が|は|も|に)[^、。]{0,8}(?:adhd|障害|発達|うつ|自閉|asd)|真っ青|意識|ではないと(?:言|診)"
    ),
    "emergency_medical": pattern(r"(?:去年|以前|昔|先月|この前)[^。]{0,12}(?:救急|入院)|救急車の?おもちゃ"),
    "sick_child": pattern(r"(?:夫|主人|旦那|妻|私|母|父|お母さん|お父さん)(?:が|は|も)?(?:[^。、]{0,6})病気"),
    "childcare": pattern(r"(?:宿題|勉強)を?見て"),
    "friends": pattern(r"ハローワーク|友達に(?:聞|勧|教|紹介)|相手の居場所|夫の居場所|居場所を(?:知られ|隠)"),
    "consult_parenting": pattern(r"^相談(?:できる(?:人|相手)は(?:いま|い)す)$"),
    "work": pattern(r"(?:夫|主人|旦那|パパ)(?:の|が|は)(?:[^。、]{0,6})(?:転職|就職)(?:し|が決)"),
}


def _still_asked(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether the clause after a settled thing still asks: 「学童に通っていますが足りません」."""
    clause = reading.clause(match.start())
    return bool(re.search(r"たい|困|欲し|ほし|費|お金|いじめ|行きたが|不安", reading.text[match.end() : clause.end]))


# 「ベビーシッターの補助」 asks for the sitter, and for money only in passing.
_WEAK_MONEY = r"補助|助成|支給|給付|費用|支払い|払えな|割引|助成金|補助金|支援金|手当"


def _settle(reading: Reading, found: dict[str, Need], school_age: bool) -> None:
    """Let the better name stand where two needs share the same words."""
    text = reading.text
    if "sick_child" in found and "childcare" in found and not re.search(r"普段|いつも|ふだん|毎日", text):
        del found["childcare"]
    if (
        school_age
        and "childcare" in found
        and "after_school" not in found
        and re.search(r"(?:夏|冬|春|長期)休み|放課後|学校(?:が|から|の(?:後|あと))", text)
    ):
        found["after_school"] = Need("after_school", found["childcare"].start, found["childcare"].end)
    if (
        "after_school" in found
        and "childcare" in found
        and not re.search(r"保育園|保育所|幼稚園|ファミサポ|送迎|迎え|一時|年[少中長]|[0-5]歳|ショート|シッター", text)
    ):
        del found["childcare"]
    if (
        "friends" in found
        and "居場所" in text[found["friends"].start : found["friends"].end]
        and {"after_school", "school_refusal"} & set(found)
    ):
        del found["friends"]
    if (
        "development" in found
        and len(found) > 1
        and re.fullmatch(
            r"発達障害|自閉|adhd|ダウン症|障害|医療的ケア|特別支援", text[found["development"].start : found["development"].end]
        )
    ):
        del found["development"]
    if "money" in found:
        said = text[found["money"].start : found["money"].end]
        named = {
            "study": r"学費|給食|授業料|奨学|塾|習い事|学校|入学|教材|進学|制服|修学|部活|大学|高校|就学援助|教育",
            "medical_cost": r"医療|病院|健診|治療|薬|接種|入院|出産|分娩|歯|検査",
            "housing": r"家賃|引っ?越し|住|アパート",
            "food": r"食費|食べ|米",
        }
        clause = reading.sentence(found["money"].start)
        around = text[clause.start : clause.end]
        weak = re.fullmatch(_WEAK_MONEY, said) is not None and any(
            clause.start <= n.start < clause.end for n in found.values() if n.name not in ("money", "consult_parenting")
        )
        if (
            weak
            or (
                any(name in found and re.search(pattern, around) for name, pattern in named.items())
                and not re.search(
                    r"生活(?:が|費|に|も|苦)|家計|手当|お金(?:が|も|は)?(?:全然|ぜんぜん)?(?:な|足|たり|あり)|給付金", around)
            )
            or (re.search(r"手当", said) and said == "手当" and "住宅" in around)
        ):
            del found["money"]


_TOPIC = re.compile(
    r"(?:お金|生活費|仕事|就職|就労|住まい|家賃|引っ?越し|学費|勉強|進学|奨学金|発達|ことば|障害|療育|不登校|日本語|離婚|養育費|手当|"
    r"保育園|学童|手帳|結婚|家計|健診|予防接種|転職|進路|入園|預け先|税|住宅|相続|年金)(?:の|について|に関する|に関して|のこと(?:で|"
    r"を|について)?|面の|面で)?(?:[^。、]{0,6})?相談"
)
_WORRY = re.compile(
    r"不安(?!定な家)|心配(?!かけ|いら|ない|して(?:い)?(?:ま|な))|困って|困り|困る|困った|こまって|悩ん|悩み|どうしたら|どうすれば|"
    r"どうしよう|"
    r"ショック|こもっ|ケンカ|けんか|落ち込|くたくた|どうすべき|遊べ(?:な|ま)|きらい|助けて|たすけて|泣(?:く。|くので|くと|いてば|"
    r"かれ)|叩かれ|コツ|教えたらいい|"
    r"限界|つらい|辛い|しんど|疲れ(?!て寝)|もう無理|もうだめ|大変です|help me|i don't know what to do"
)


def _talk(reading: Reading, found: dict[str, Need]) -> Need | None:
    """Return the wish to talk, or the worry that has no better name."""
    text = reading.text
    if "consult_parenting" in found:
        one = found["consult_parenting"]
        sentence = reading.sentence(one.start)
        if set(found) - {"consult_parenting"} and "相談" in text[one.start : one.end] and _TOPIC.search(text, sentence.start, sentence.end):
            del found["consult_parenting"]
        return None
    if found:
        return None
    match = _WORRY.search(text)
    if (
        match
        and not of_a_friend(reading, match.start())
        and not re.match(r"(?:い)?(?:ない|ません|なく)|では?(?:ない|ありません)|は(?:ない|ありません|ございません)", text[match.end() :])
    ):
        return Need("consult_parenting", match.start(), match.end())
    return None
