"""What is asked for: the needs of API.md, from the words of everyday life."""

from __future__ import annotations

import re
from collections.abc import Collection

from finder.understanding.asked_for import ASKED_FOR, Words
from finder.understanding.better_name import settle
from finder.understanding.facts import Need, told_of_others
from finder.understanding.grammar import Part, Reading, of_a_friend, read
from finder.understanding.letters import only_told
from finder.understanding.need_likeness import NO_WEIGHTS, NeedWeights, weighed
from finder.understanding.patterns import Many, pattern
from finder.understanding.plain_words import in_plain_words
from finder.understanding.rows import Told
from finder.understanding.scenes import scenes, words_of_scenes
from finder.understanding.told_only import going_well, told_only
from finder.understanding.topics import topics
from finder.understanding.worries import talk

_CARES = re.compile(r"(?:世話|介護|看病)を(?:する|している)(?:子ども|小学生|中学生|高校生)|ヤングケアラー|young carer")
_CARE = pattern(
    r"(?:弟|妹|兄弟|お母さん|母|お父さん|父|祖母|祖父|家族|親|下の子|兄|姉|ママ|パパ)(?:たち)?(?:と[弟妹兄姉])?(?:の|を|"
    r"に)?(?:ために)?(?:お?世話|介護|面倒|看病|[晩夕朝昼]?ご飯|食事|通訳|トイレ|お風呂|おむつ|送り|病院に付き添|通院に付き添|身の回り|[見みて]な|(?:見|み|"
    r"看)て(?:い?る|い?ます|る))|[弟妹]を(?:寝か|お風呂)|[弟妹]の(?:(?:保育園|幼稚園|こども園|"
    r"学童)の?)?(?:お?迎え|送)|"
    r"(?:ご飯|料理|洗濯|掃除|家事|世話|寝かしつけ|お風呂|迎え)は(?:全部|ぜんぶ|いつも|毎日)?(?:私|僕|俺|うち)(?:です|の(?:仕事|役|番))|"
    r"ご飯(?:は|も)(?:全部|毎日)?(?:私|僕|俺)が|(?:私|僕|俺)が(?:全部|ぜんぶ|いつも|毎日|代わりに)(?:やっ|し)|家のこと(?:は|を)?(?:全部|ぜんぶ)?(?:私|僕|俺)が|うちが(?:作|つく|し|"
    r"やり|全部)|帰って(?:[^。、]{0,8})(?:面倒|世話|介護|"
    r"ご飯を作|家事)|(?:家事|料理|"
    r"ご飯|洗濯|買い物|介護|"
    r"世話|家のこと)(?:を|は|も|と[^。、]{0,6}を?)?(?:全部|ぜんぶ|毎日|いつも|ひとりで|私が|僕が|俺が)?(?:して|やって|作って|"
    r"つくって|担って|させられ|しなきゃ|しなければ|任され|手伝わされ|やら)|(?:私|僕|俺)が(?:[^。、]{0,10})(?:世話|介護|家事|ご飯|"
    r"料理|通訳|看病|面倒)"
)
_AS_A_TOPIC = re.compile(r"(?:(?:について)?の(?:映画|本|授業|記事|ニュース|番組|ドラマ|講演|研修|会議)|(?:とか)?(?:じゃ|では)な|"
                         r"だった(?:私|僕|俺|自分))")
_ILL = pattern(
    r"(?:お母さん|母|母親|お父さん|父|父親|祖母|祖父|親|ママ|パパ|弟|妹|兄|姉|家族)[^。]{0,14}(?:病気|病|うつ|ずっと寝|寝てばかり|障害|動け|寝たきり|ぼけ|ボケ|"
    r"認知症|入院|体が|倒れ|働け|酒|介護|世話|面倒|精神|小さ|日本語)"
)
_YOUNG = pattern(
    r"小学生|中学生|高校生|[小中高][1-6]|[1-6]年生|(?<![0-9])1[0-7]歳|[6-9]歳|僕|俺|(?:弟|妹|孫|甥|姪|息子|娘|生徒|児童|"
    r"クラスの子)(?:が|は)|学校"
)

_REQUEST = pattern(
    r"たい(?!へん|した|てい)|たか(?=です|ばい|っちゃ|と)|ほし|欲し|困|悩|心配|不安|教え|おしえ|知り|ありま(?:す|せん)か|"
    r"あります(?:か|でしょ)|ある(?:の|か|？|\?|と(?=[?。]|$)|$|。|かな)|ない(?:です)?か|ないの|使え|助け|たすけ|探|さが|どこ|どう|もらえ|"
    r"受けられ|(?<!特別)支援(?!学)|制度|サポート|お願い|ください|でき(?:ます|る|ん|ない)|でしょうか|ますか|です[かね]?[？?]|か[？?]|"
    r"[？?]$|について|のこと|方法|利用|申し?込|申請|希望|求め|頼|いくら|いつ|無料|何か|なにか|払え|足り|限界|大変|厳し|高(?:い|く|"
    r"すぎ)|辛|つら|しんど|疲れ|want|need|help|how|where|looking|can i|can you|any |please|とか|行け|よか(?:と|です)"
)
_NOT_NEEDED = re.compile(
    r"(?:から(?:は)?(?:もう)?(?:回復し|立ち直り|立ち直っ|抜け出し)(?:まし)?た|(?:だった(?:ん)?|だったの|でし)(?:です|た)?。?(?:が|けど|けれど)?、?今は(?!また)[^。]{0,14}(?:大学生|社会人|卒業し|通って(?!いな|いま?せ)|"
    r"通えて(?!いな|いま?せ)|行けて(?!いな|いま?せ)|行って(?!いな|いま?せ)|元気|楽し)|(?:たい|ける|く)?(?:気|つもり|予定)(?:は|"
    r"が)?(?:な[いく]|ありません)|(?:に|が|は)?(?:困っ|悩ん|苦労し)[てで](?:い)?(?:た|ました)(?:けど|が|けれど|のですが)?。?、?今は(?!もっと|さらに)|[っん]?(?:だった|でした|て(?:い)?た|て(?:い)?ました)(?:けど|が|けれど|のですが|んですが|ものの)、?(?:今|いま|"
    r"もう|現在)|(?:たい)?(?:と(?:いう|か)?|って(?:いう)?|な)?わけ(?:では|じゃ)(?:な|あり)|(?:とか|など)(?:では|じゃ)な(?:く|い)|[^、。]{0,3}(?:探し|希望し)て(?:い)?(?:ない|"
    r"ません)|(?:の(?:話|相談|こと|心配|支援|必要))?(?:では|じゃ|は|に(?:は)?|が|も|の|を|で|と)?(?:特に|別に|もう|そんなに|あまり|全然|"
    r"まったく|今のところ|まだ)?(?:困って(?:い)?(?:ない|ません|な|る(?:という)?わけ(?:では|じゃ)(?:な|あり))|困らな|悩んで(?:い)?(?:ない|"
    r"ません)|心配(?:は|も|"
    r"して)?(?:い|あり)?(?:ない|ません|いらな)|必要(?:が|は|では|も)?(?:な|あ(?:りま|ら))|いらな|いりませ|要らな|要りませ|不要|大丈夫|"
    r"間に合(?![わいうえ])|間に合い(?!ませ|そう)|足りて|問題(?:は|ありま|な)|結構です|のことでは|(?:ちゃんと|きちんと|なんとか)?払えて(?:い)?(?:ます|る)|[^。、]{0,10}(?:た|だ)(?:けど|けれど|が|のですが|んですが)、[^。]{0,18}(?:落ち着[いき]|解決し|持ち直し|よくなり)|(?:では|じゃ)(?:な(?:く|い(?!か))|あり)|"
    r"ではな(?:く|い)|じゃな(?:く|い)|興味(?:は|が)な|望んで(?:い)?(?:な|ませ)))"
)
_SETTLED = re.compile(
    r"(?:に|は|が|も|へ|を|で|の(?:先生|友達|帰り|行事|お友達|送迎|運動会|給食|参観|遠足))?(?:もう|すでに|今は|今|現在|無事(?:に)?|"
    r"毎日|普段|元気に|楽しく)?(?:(?:(?<=くれ)|くれ)(?:る|て(?:い)?る)(?:ので|から|し|けん|き|おかげ)|決ま(?:っ(?!て(?:い)?(?:ない|ませ))|り(?!ませ))|通って(?!い?な|い?ませ|み)|通い(?!た)|通う|行って(?:い)?(?:ます|る|て|お)|行っとる|"
    r"行きゆう|入っと(?:り|る)|行く(?:よう|の(?:は|が)楽)|入って(?:い)?(?:ます|る|て)|入りました|入れました|使って(?:い)?(?:ます|る|て)|"
    r"利用して(?:い)?(?:ます|る|て)|見つか(?:り(?!ませ|そうにな)|った|って(?!(?:い)?(?:ない|ませ)))|もらって(?:い)?(?:ます|る|て)|もらっと[りる]|受けて(?:い)?(?:ます|る|て)|始め(?:まし|た)|"
    r"預けて(?:い|る)|申請しました|卒業し(?!た(?:い|ら))|修了|(?:確保|登録|手続き?|契約|支払い?|受給|支給|利用|申請)?済|(?:受給|利用|通園|通所|入所|入園|在籍)中|る(?:つもり|予定)(?:です|だ|。|$)|終わ(?:り|っ)|先生|運動会|お友達|での?出来|の(?:先生|担任)(?:から|に|が|は|と|も)|で(?:熱|けが|怪我|"
    r"友達|お友達|先生|叩|噛|泣))"
)


# 「家賃は払えています。聞きたいのは公園のこと」「塾は結構です。それより晩ご飯を…」: what is asked for stands behind it.
_RATHER = pattern(
    r"(?:聞き|知り|教えて(?:欲し|ほし|もらい)|相談し|お願いし|頼み|欲し|ほし|困っ|悩ん|探し)(?:[てで](?:い)?る|た[いか]|い|か)?(?:った)?(?:と|の|ん|が)?は(?!ない|あり)、?|"
    r"(?:それ|そんなこと|そっち)より(?:も)?、?|ないのは|(?:足り(?:ない|ん)|いる|欲しい)のは|それはよいのです(?:が)?。?|それはいいの(?:です(?:が)?)?。?|そうじゃなくて、?|ではなくて、|じゃなくて、|ではなく、|じゃなく、"
)


_ASKED_FOR = tuple(ASKED_FOR.items())
_WORDS = Many(f"{how.asks.pattern}|{how.beside.pattern}" if how.beside else how.asks.pattern for how in ASKED_FOR.values())


def needs(
    reading: Reading, minor: bool, school_age: bool, in_danger: bool, weights: NeedWeights = NO_WEIGHTS
) -> tuple[Need, ...]:
    """Return what is asked for, in the order in which it is said; what stands behind 「聞きたいのは」 alone, when it asks for anything.

    `minor` tells whether the text tells of a child who may care for others; `school_age`
    whether all children told of go to school: a place for them in the holidays is `after_school`;
    `in_danger` that the worry has a graver name; `weights` leave out what the text speaks against, and add what it speaks for.
    """
    reading, places = in_plain_words(reading)
    found = weighed(_told_behind(reading, minor, school_age, in_danger), reading, weights, in_danger)
    return found if places is None else tuple(Need(n.name, places[n.start], places[n.end]) for n in found)


def _told_behind(reading: Reading, minor: bool, school_age: bool, in_danger: bool) -> tuple[Need, ...]:
    if rather := _RATHER.search(reading.text):
        end = rather.end()
        behind = _needs(read(reading.text[end:]), minor, school_age, in_danger)
        if behind:
            return tuple(Need(n.name, end + n.start, end + n.end) for n in behind)
    return _needs(reading, minor, school_age, in_danger)


def _needs(reading: Reading, minor: bool, school_age: bool, in_danger: bool) -> tuple[Need, ...]:
    found: dict[str, Need] = {}
    text = reading.text
    for name, how in map(_ASKED_FOR.__getitem__, _WORDS.standing(text)):
        need = _asked(reading, name, how)
        if need is not None:
            found[name] = need
    told = _told_by_topic(reading)
    found |= {n.name: n for n in reversed(told) if n.name != "consult_parenting" and n.name not in found}
    words = words_of_scenes(reading)
    told += _told_by_scene(reading, words, minor, found)
    for need in told:
        if need.name != "consult_parenting":
            found.setdefault(need.name, need)
    for need in told:
        if need.name == "consult_parenting" and not found:     # a trouble only when nothing else is asked for
            found[need.name] = need
    if not found and not in_danger:
        found |= {need.name: need for need in _told_by_scene(reading, words, minor, found, alone=True)[:1]}
    if ((care := _CARES.search(text)) and not _AS_A_TOPIC.match(text, care.end())) or (
        minor
        and (care := _CARE.search(text))
        and _YOUNG.search(text)
        and (_ILL.search(text) or re.match(r"[弟妹兄姉下]", care[0]) or re.search(r"世話|介護|看病|面倒|通訳|付き添|おむつ|トイレ|お風呂|"
            r"着替|身の回り|"
            r"家のこと.{0,4}[私僕俺]が|は[私僕俺](?:です|の)", care[0]))
        and not _BY_PARENT.search(text)
        and not going_well(reading, care.start())
    ):
        found["young_carer"] = Need("young_carer", *care.span())
    if "young_carer" in found and not re.search(r"手伝|ヘルパー|頼|してほし|してもら|支援", text):
        found.pop("housework_help", None)
    if "young_carer" in found and not re.search(r"病児|預", text):
        found.pop("sick_child", None)
    if "young_carer" in found and "通訳" in text and "日本語" not in text:
        found.pop("foreign_language", None)
    settle(reading, found, school_age)
    if in_danger and "development" in found and text.startswith(("呼んでも", "意識"), found["development"].start):
        del found["development"]
    if (
        in_danger
        and "consult_parenting" in found
        and not re.match(r"相談|話|聞い|イライラ|子育て|育児|(?:誰|だれ)|暴れ|泣き[や止]", text[found["consult_parenting"].start :])
    ):
        del found["consult_parenting"]
    if not in_danger and (wish := talk(reading, found)):
        found.setdefault("consult_parenting", wish)
    return tuple(sorted(found.values(), key=lambda n: n.start))


_BY_PARENT = pattern(
    r"(?:姉|兄)が[^。]{0,10}(?:弟|妹)の宿題|私には[^。]{0,8}(?:娘|息子)が|面倒を?(?:見て|みて)(?:くれ|もら|ほし)|(?:私|夫|妻)(?:は|が)(?:[^。]{0,10})(?:介護|世話)(?:で|を)(?:[^。]{0,20})(?:子ども|息子|"
    r"娘|[0-9]歳の)|子どもの(?:世話|面倒)|(?:子ども|息子|娘|孫|甥|姪|赤ちゃん)の(?:お?世話|面倒)"
)


def _told_by_topic(reading: Reading) -> list[Need]:
    return [
        Need(name, start, end)
        for name, start, end in topics(reading)
        if not (_in_passing(reading, name, start, end) or _refused(reading, name, end) or told_only(reading, start, end))
    ]


def _told_by_scene(reading: Reading, words: Told, minor: bool, known: Collection[str], alone: bool = False) -> list[Need]:
    text = reading.text
    cares = minor and _YOUNG.search(text) is not None and _BY_PARENT.search(text) is None
    return [
        need for need in scenes(reading, words, known, alone)
        if not (
            _in_passing(reading, need.name, need.start, need.end)
            or _denied(reading, need.end)
            or (need.name == "young_carer" and not cares)
            or (alone and (told_only(reading, need.start, need.end) or _refused(reading, need.name, need.end)))
        )
    ]


def _denied(reading: Reading, end: int) -> bool:
    clause = reading.clause(end - 1)
    return re.search(r"(?:の話|の相談|こと)(?:では|じゃ)な|足りて(?:い)?(?:ます|る)|間に合って", reading.text[end : clause.end]) is not None


def _refused(reading: Reading, name: str, end: int) -> bool:
    if _denied(reading, end):
        return True
    clause = reading.clause(end - 1)
    return name != "consult_parenting" and bool(_SETTLED.match(reading.text, end)) and not re.search(
        r"たい|困|欲し|ほし|費|お金|不安|[?]", reading.text[end : clause.end])


def _in_passing(reading: Reading, name: str, start: int, end: int) -> bool:
    """Tell whether a need is named without being one: denied, a friend's, another matter, or told of in a letter."""
    return bool(
        _NOT_NEEDED.match(reading.text, end)
        or (name != "young_carer" and of_a_friend(reading, start))
        or (name == "consult_parenting" and told_of_others(reading, end))
        or _unless(reading, name, start)
        or going_well(reading, start)
        or only_told(reading, name, start)
    )


def _asked(reading: Reading, name: str, how: Words) -> Need | None:
    text = reading.text
    for match in how.asks.finditer(text):
        if _in_passing(reading, name, *match.span()) or (name == "money" and _NOT_NEEDED.match(text, match.start() + 2)):
            continue
        if name != "consult_parenting" and _SETTLED.match(text, match.end()) and not _still_asked(reading, match):
            continue
        if name not in ("emergency_medical", "young_carer", "school_refusal") and told_only(reading, *match.span()):
            continue
        return Need(name, match.start(), match.end())
    if how.beside is None:
        return None
    requests: dict[Part, bool] = {}
    for match in how.beside.finditer(text):
        sentence = reading.sentence(match.start())
        whole = text[sentence.start : sentence.end]
        if sentence not in requests:
            requests[sentence] = _REQUEST.search(whole) is not None
        if not requests[sentence] and not _BARE.fullmatch(text, match.end(), sentence.end):
            continue
        if _in_passing(reading, name, *match.span()) or _SETTLED.match(text, match.end()):
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
    "development": pattern(r"相談|支援|サポート|サービス|困|悩|どう|どこ|療育|不安|心配|教え|探|仕事|使え|助け"),
    "work": pattern(r"働(?:くため|く(?:に(?!あ)|のが)|ける|きに|き方)|ニート|資格|求職|失業|リストラ"),
    "study": pattern(r"不安|心配|支援|助|費|お金|どう|諦|相談|させたい|したい|困"),
    "marriage": pattern(r"支援|補助|もらえ|使え|ありますか|助成|ある|給付|制度"),
    "childcare": pattern(r"必要な子の|たい|ほし|欲し|困|探|ありま|ある|どこ|どう|入れ|使え|教え|でき|もらえ|利用|申|ない|いつ|空き|預|待"),
    "money": pattern(r"たい|ほし|困|ありま|ある|もらえ|使え|教え|でき|不安|心配|足り|払え|支援|制度|受け|申請|いくら|ない|出|高|大変|厳|助"),
}
_UNLESS = {
    "money": pattern(r"祝い?金?の相場|(?:友人|友達|いとこ|同僚)[^。]{0,14}祝い(?!金)"),
    "after_school": pattern(r"(?:2人|二人)で(?:の)?留守番"),
    "foreign_language": pattern(r"(?:do not|don't) need (?:any )?help|(?:話せ|読め|わかり)ます(?!か|が|けど)"),
    "food": pattern(r"ボランティア|寄付|"
                    r"好き嫌い|アレルギ|偏食|離乳食|食べ物を(?:投|こぼ)|ダイエット|おいし|美味し|おすすめ|レシピ|ランチ|レストラン"),
    "housing": pattern(r"住宅ローン(?:は|も)ない|保育園の住所"),
    "development": pattern(
        r"(?:検査|診断)は(?:もう)?(?:済|終わ)|(?:私|夫|妻|主人|旦那|母|父)(?:が|は|も|に)[^、。]{0,8}(?:adhd|障害|発達|うつ|自閉|asd)|支援の仕事|真っ青|意識|日本語|誰とも|"
        r"ではないと(?:言|診)|こも(?:り|って)|引きこも|口をき|反抗期|思春期|彼氏|検査(?:で|の結果)[^。]{0,6}(?:問題|異常)は?な"
    ),
    "school_refusal": pattern(
        r"学級閉鎖|インフル|コロナで|溶連菌|水ぼうそう|水疱瘡|おたふく|手足口病|(?:風邪|かぜ|(?<!微)熱|発熱)で|病み上がり|出席停止|忌引|旅行で|(?:昔|むかし|かつて)[^。]{0,6}不登校"),
    "emergency_medical": pattern(r"殴られ|叩かれ|蹴られ|(?:去年|以前|昔|先月|この前)[^。]{0,12}(?:救急|入院)|救急車の?おもちゃ"),
    "sick_child": pattern(r"求人|病気で(?:亡|他界)|(?:夫|主人|旦那|妻|私|母|父|お母さん|お父さん)(?:が|は|も)?(?:[^。、]{0,6})病気"),
    "childcare": pattern(r"求人|(?:入園し|園に入っ)たら[^。]{0,8}(?:たい|動)|(?:宿題|勉強)を?見て|園の(?:帰り|近く|隣|そば)"),
    "friends": pattern(r"(?:終わり|卒園|卒業|巣立|最後)[^。]*。?[^。]{0,6}寂し|ハローワーク|友達に(?:聞|勧|教|紹介)|相手の居場所|"
    r"夫の居場所|居場所を(?:知られ|隠)"),
    "consult_parenting": pattern(r"まだ(?:誰にも)?相談して(?:い)?(?:ない|ません)(?=。|$)|"
                                r"不安(?:は|も)?(?:特に)?なし|インボイス|孤独のグルメ|授乳室|スマホの使い方|"
                                r"相談員メモ|^相談(?:できる(?:人|相手)は(?:いま|い)す)$"),
    "study": pattern(r"(?:習い事|塾|部活)(?:へ|に|まで)?の?(?:送迎|送り|お?迎え)"),
    "work": pattern(r"(?:仕事|職場)に?復帰(?:は|が)[^。]{0,12}(?:予定|決ま)|"
                    r"支援(?:の仕事|員|者)を?(?:して|や)|(?:夫|主人|旦那|パパ|息子|娘|子)(?:の|が|は)(?:[^。、]{0,6})(?:転職|"
    r"就職)(?:し(?!たい|たく|ない|ませ|そう)|が決)"),
}


def _unless(reading: Reading, name: str, at: int) -> bool:
    sentence = reading.sentence(at)
    return name in _UNLESS and _UNLESS[name].search(reading.text, sentence.start, sentence.end) is not None


def _still_asked(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether the clause after a settled thing still asks: 「学童に通っていますが足りません」."""
    clause = reading.clause(match.start())
    return bool(re.search(r"たい|困|欲し|ほし|費|お金|いじめ|行きたが|不安", reading.text[match.end() : clause.end]))
