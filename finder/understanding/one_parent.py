"""One parent: by every name and way that leads there, and the states before a divorce."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.ternary import NO, YES, Ternary
from finder.understanding.facts import Fact, said_of_our_home
from finder.understanding.grammar import Reading, denied, doubted, hypothetical
from finder.understanding.one_parent_words import ALONE, BREAKING, DIVORCED, FORMER, NAMED, TOGETHER, UNMARRIED, WIDOWED
from finder.understanding.patterns import pattern

# 「ひとり親の支援」は制度の名前であって、自分がそうだと言っていない
_BY_NAME = re.compile(
    r"(?:家庭|世帯|の?方|の人)?(?:等|など)?(?:の|向け(?:の)?|用(?:の)?|に対する|への|が(?:使|もら|受け)|(?:が|"
    r"に)?対象)?[一-龥ァ-ヺー]{0,4}?(?:医療|支援|補助|家賃|減免|割引|優遇|加算|住宅|住まい|部屋|アパート|仕事|求人|イベント|サークル|食堂|集い|手当|制度|サービス|給付|助成|自立|福祉資金|貸付|サポート|相談(?:窓口|員|所)|会|集まり|って何|とは|家庭って|について(?!悩))"
)

_FROM_NOW = re.compile("(?:これから|今後|この先|いずれ)(?:は|も)?、?$")      # 「調停中です。これから一人で育てる」
_OUR_MOTHER = re.compile(r"(?:私|僕|俺|自分)の(?:母|父|親|母親|父親)(?:は|も|が)$")
_AT_HER_PARENTS = re.compile(r"産(?!業|地|物)|妊娠|帰省|お盆|正月|連休|介護|看病|法事|葬|手術|入院")      # 「産後で実家に帰っています」
_OF_A_YOUNG_LOVE = re.compile(r"(?:娘|息子|孫|生徒|[小中高][1-6])(?:さん)?(?:が|は|も|、)[^。、]{0,6}$")
_NOT_HOME_YET = re.compile("(?:昨日|きのう|昨夜|昨晩|夕べ|今日|今朝|夜|毎晩|まだ|なかなか|いつも)[^。]*帰")       # that is no parting
_NEW_PARTNER = re.compile(r"再婚|復縁|籍を入れ直|また、?結婚|"
    r"(?:子ども|この子|子|娘|息子)の[父母]親?と(?:も)?[^。、]{0,8}暮らして(?:い)?(?:る|ます)|"
    r"よりを戻|(?:今|いま)の(?:夫|妻|旦那|嫁|主人)|同棲(?:中|し(?!て(?:い)?た)|です|。|$|、)|(?:彼|彼氏|彼女|"
    r"パートナー)(?:も)?と(?:、)?(?:(?:[0-9]{1,2}(?:歳|か月)の?)?(?:子ども|娘|息子|赤ちゃん)(?:と|の[2-5]人で))?(?:一緒に)?(?:同棲(?:中|"
    r"して(?:い)?[るま]|です)|(?:暮らし|住ん)[てで](?:い)?(?:る|ます))")
_TOGETHER_AGAIN = re.compile("復縁|よりを戻|籍を入れ直")
_PARTED_AGAIN = re.compile("再婚[^。]*?(?:また|再び|2度目|2回目|その後|それも|結局)[^。]*?(?:離婚|別れ)")
_AT_WORK = pattern(
    r"単身赴任|出張|海外赴任|転勤|船に|遠洋|自衛|夜勤|激務|(?:帰り|帰宅)が(?:遅|深)|忙し|仕事で(?:ほとんど|ずっと|毎日)|"
    r"育児に(?:協力|参加)|手伝って(?:くれ)|何もし(?:な|て)|入院|平日は"
)
_HAS_SPOUSE = pattern(r"(?<!元)(?<!別れた)(?<!の)(?:夫|旦那|主人|妻|嫁)(?:さん)?(?:は|が|も|の(?:帰|仕事|収入|転勤|協力|実家))")
_A_SPOUSE = re.compile(r"(?<!元)(?<!別れた)(?:夫|旦那|主人|妻|嫁)")
# 「夫がバツイチです」「バツイチの彼」
_OF_A_PARTNER = re.compile(r"(?:夫|主人|旦那|妻|嫁|彼|彼女|パートナー|相手|[父母]親?)(?:さん)?(?:は|が|も)[^、。]{0,4}$")
_A_PARTNER_WHO = re.compile("(?:の|同士|どうし)(?:[^、。]{0,4}(?:彼|夫|旦那|男|妻|嫁|パートナー|相手|人)|、|で|の|$|。)")
_STOPPED = re.compile(r"(?:に育てられ|で育(?:っ|ち)|だった(?:母|父|親)|でした(?:が|けど)|だった(?:けど|が|時|頃|、)|の(?:頃|とき|時)は)")
_BECOMING = re.compile(
    r"(?:家庭)?に(?:なる(?:予定|かも|つもり|と思|の(?:で|が)|ん|ことに|か|。|$)|なろう|なりそう|なりたい|なりま(?!し))")


_ASKS_WHETHER = re.compile("(?:家庭)?に(?:なりますか|なるの(?:か|でしょう)|なるんで)")


# 「お母さんと二人暮らし」, said by a child
_CHILDS_HOME = pattern(r"(?:お母さん|お父さん)(?:は|が)?(?:おらん|おれへん|おらへん)(?=。|、|$)|(?:お父さん|お母さん|パパ|"
    r"ママ)はい(?:ない|ません)(?=。|、|$|よ|の)|(?:お母さん|お父さん|(?<![祖義])[母父]|ママ|"
    r"パパ)しかい(?:な[いく]|ません)|(?:うち|我が家)(?:は|には?|"
    r"も)?、?(?:お母さん|"
    r"お父さん|母|父|ママ|パパ)(?:が|は)?"
    r"(?:い(?:な[いく]|ません)|おらん|おらへん|おれへん|いてへん)|(?:お母さん|お父さん|(?<![祖義])[母父]親?|ママ|パパ)と(?:私|僕|俺)?(?:の|と)?(?:2人|二人|ふたり)(?:で暮|暮|ぐら|だけ|きり|"
    r"で住|の生活|家族)")
_WITH_ONE_OF_THEM = re.compile(r"(?:離婚|別れ)[^。]*(?:お母さん|お父さん|母|父)(?:の(?:家|ところ)で|と)(?:だけ)?(?:一緒に)?(?:住|暮ら)")
_PARENTS_PARTED = re.compile("(?:両?親|父母|お父さんとお母さん|お母さんとお父さん|パパとママ|ママとパパ|父と母)(?:が|"
    "は)[^。、]{0,8}(?:離婚(?:し(?:て|た(?![らい])|まし)|で)|別れ(?:て|た|まし))")
_PARENT_DIED = re.compile(
    "(?<![祖義一-龥])(?:お母さん|お父さん|[母父]|ママ|パパ)(?:は|が|を)[^。、]{0,12}(?:亡くな(?:っ|り)|亡くし|他界|死に(?:まし|別れ)|死んで(?!ほし|くれ|欲し)|死んじゃ)")
_CHILD_SPEAKS = pattern(
    r"(?:[小中高](?:学|校)?[1-6]年?生?|(?<![0-9])1[0-7]歳|小学生|中学生|高校生|[1-6]年生)(?:の(?:男子|女子|男|女))?(?:です|だ|の女|の男|や(?!っ)|じゃ|ばい|"
    r"ですが)|僕|(?:^|。|、)(?:私は?|うち|俺は?)?、?(?:[6-9]|1[0-7])歳(?:。|$|です|だよ)|俺(?:は|、)?(?:[6-9]|1[0-7])歳|(?:^|。)[小中高][1-6](?:。|$)|[小中高][1-6](?:男子|女子)|(?:^|。)私1[0-7](?:。|です|で、)"
)


def one_parent(reading: Reading, family: bool) -> tuple[Fact | None, Fact | None]:
    """Return what was said of raising children alone, and of a divorce ahead (API.md: that stays open).

    `family` tells whether a child or a pregnancy was told: 「独身」 alone makes no parent.
    """
    text = reading.text
    breaking = _first(reading, BREAKING, strict=False)
    if breaking and (_NOT_HOME_YET.search(text, breaking.start, breaking.end) or _is_a_visit(reading, breaking)):
        breaking = None
    no = _denied_name(reading)
    yes = next(_alone(reading, family), None)
    becoming = next((m for m in NAMED.finditer(text) if _BECOMING.match(text, m.end()) and "未婚" not in m[0]), None)
    if becoming and breaking is None:
        breaking = Fact(YES, becoming.start(), becoming.end())
    together = _first(reading, TOGETHER)
    if together and becoming and _ASKS_WHETHER.match(text, becoming.end()):
        return replace_value(together, NO), None
    again = together and (_NEW_PARTNER.match(text, together.start) or _TOGETHER_AGAIN.search(text, together.start, together.end))
    if together and again and not (yes and _PARTED_AGAIN.search(text, together.start)):
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


_NOTHING_OF_IT = re.compile("(?:家庭)?でも?(?:何|なん)でも")


def _denied_name(reading: Reading) -> Fact | None:
    for match in NAMED.finditer(reading.text):
        if (denied(reading.text, match.end()) or _NOTHING_OF_IT.match(reading.text, match.end())) and said_of_our_home(reading, match):
            return Fact(NO, match.start(), match.end())
    return None


def _alone(reading: Reading, family: bool) -> Iterator[Fact]:
    text = reading.text
    for match in NAMED.finditer(text):
        after = text[match.end() : match.end() + 20]
        if (
            not said_of_our_home(reading, match)
            or denied(text, match.end())
            or _NOTHING_OF_IT.match(text, match.end())
            or hypothetical(text, match.end())
            or _BY_NAME.match(after)
            or _BECOMING.match(after)
            or _STOPPED.match(after)
            or (re.match("でした|"
                "だった", after) and text.endswith(("母は", "父は", "母が", "父が", "親は", "親が", "母も", "父も"), 0, match.start()))
            or _OUR_MOTHER.search(text, 0, match.start())
            or (re.match("でした|だった|で(?:苦労|大変)[^。]{0,6}た", after)
                and re.search(r"(?:昔|以前|かつて|前)(?:は)?[^。]{0,8}$", text[: match.start()]))
            or re.match(
                r"(?:家庭|世帯)?(?:状態|みたい|同然|同様|のよう|予備軍|並み|か(?:どうか|って)|っぽ|さん(?:が|は|って)|なら|扱い|"
                r"だと|と同じ)",
                after,
            )
            or re.search(r"(?:実質|ほぼ|まるで|擬似|疑似|元|プチ|ほとんど|みたいな|not a )$", text[: match.start()])
        ):
            continue
        yield Fact(YES, match.start(), match.end())
    for told in (DIVORCED, WIDOWED):
        for match in told.finditer(text):
            if (
                said_of_our_home(reading, match)
                and not (match[0].startswith("彼") and _OF_A_YOUNG_LOVE.search(text[: match.start()]))
                and not (match[0][0] in "バば×" and (_OF_A_PARTNER.search(text, 0, match.start()) or _A_PARTNER_WHO.match(text, match.end())))
                and not re.match(r"[^。、]{0,6}と(?:言|書)(?:い|っ|き)(?:まし)?た(?:が|けど|の)", text[match.end() :])
                and not hypothetical(text, match.end())
                and not _of_our_parents(text, match.start())
                and not (denied(text, match.end()) and not re.match(r"(?:から|[0-9]|、|て)", text[match.end() :]))
                and not doubted(text, match.end())
            ):
                yield Fact(YES, match.start(), match.end())
    spouse_here = _AT_WORK.search(text) and _A_SPOUSE.search(text)
    for match in ALONE.finditer(text):
        if (
            said_of_our_home(reading, match)
            and not hypothetical(text, match.end())
            and not spouse_here
            and not (BREAKING.search(text) and _FROM_NOW.search(text, 0, match.start()))
            and not _HAS_SPOUSE.search(text)
            and not re.search(r"(?:パートナー|彼氏|彼女|夫|妻|主人|旦那|両親)と[^。]{0,10}$", text[: match.start() + 2])
        ):
            yield Fact(YES, match.start(), match.end())
    if (home := _CHILDS_HOME.search(text) or _WITH_ONE_OF_THEM.search(text)) and _CHILD_SPEAKS.search(text) and said_of_our_home(reading, home):
        yield Fact(YES, home.start(), home.end())
    if (parted := _PARENTS_PARTED.search(text) or _PARENT_DIED.search(text)) and _CHILD_SPEAKS.search(text):
        yield Fact(YES, parted.start(), parted.end())
    if family:
        for match in UNMARRIED.finditer(text):
            if match[0] == "独身" and re.search("甥|姪", text):
                continue
            away = spouse_here and _A_SPOUSE.match(text, match.start())
            if said_of_our_home(reading, match) and not away and not re.search(
                r"(?:息子|娘|孫|兄|弟|妹|姉)(?:は|が|も)?[^、。]{0,6}$", text[: match.start()]):
                yield Fact(YES, match.start(), match.end())
    for match in FORMER.finditer(text):
        if said_of_our_home(reading, match):
            yield Fact(YES, match.start(), match.end())
