"""Disabilities of children: told, denied, or only feared; never a parent's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.ternary import NO, YES
from finder.understanding.facts import Fact
from finder.understanding.grammar import Reading, doubted, hypothetical, of_a_friend
from finder.understanding.patterns import pattern

_DIAGNOSES = (
    r"発達障害|精神(?:発達)?遅滞|(?:重度)?心身障害|知的障害|身体障害(?!者手帳を(?:取|申))|自閉症?(?:スペクトラム症?|スペクトラム障害)?|自閉|ＡＤＨＤ|adhd|"
    r"(?<![a-z])asd(?![a-z])|(?<![a-z])ld(?![a-z])|ＬＤ|注意欠[陥如]多動(?:症|性障害)?|注意欠[陥如]|アスペルガー(?:症候群)?|"
    r"広汎性発達障害|学習障害|ダウン症(?:候群)?|脳性(?:麻痺|まひ|マヒ)|肢体不自由|聴覚障害|視覚障害|難聴|ろう(?:者|児)|全盲|弱視|"
    r"二分脊椎|筋ジストロフィー|重症心身障害|重度心身障害|重心(?=児|の子)|精神障害|医療的ケア(?:児)?|人工呼吸器|胃ろう|胃瘻|経管栄養|医ケア児?|特児(?=(?:を|は|も)?(?:今)?(?:もらって|受けて|受給))|ディスレクシア|読み書き障害|"
    r"気管切開|(?:たん|痰)の?吸引|在宅酸素|酸素(?:吸入|を(?:持ち歩|つけ(?:て|た)|吸入))|導尿|障害児(?=です|では|じゃ|の(?:母|父|親|子|息|"
    r"娘)|を|が(?!通|使|利|対|い(?:る|て)?か))|"
    r"(?:最?重|中|軽)度障害|(?:特別児童扶養手当|障害児福祉手当)(?=(?:を|は|も)?(?:今)?(?:もらって|受けて|受給して)(?!い?な|い?ませ|"
    r"もいいか))|障害者?手帳|療育手帳|愛の手帳|身障手帳|精神の?手帳|身体障害者手帳|手帳(?=(?:の等級)?(?:は|の)?(?:[A-Da-d][12]?|[1-6]級))|"
    r"手帳(?=の等級が|は(?:療育|身体|身障|精神)の)|身障[1-6]級|療育の?[ab][12]?(?![a-z0-9])|(?<=[判級度]の)手帳(?=をも(?:ら[いっ]|つ|っ)|を持|があ)|(?<=判定の)手帳(?=をもら(?:い|っ)|を持|があ)|知的な?遅れ(?=が?(?:ある|あり)[^。、]{0,4}診断)|"
    r"特別支援学校|"
    r"養護学校|支援学校|盲学校|ろう学校|聾学校|障害(?=(?:が|の|も)(?:あ(?:る|り|っ)|重)|を(?:持|抱|もっ)|と診断|です|がござ)|"
    r"耳が(?:聞こえ|きこえ)(?:な|ま)|目が見え(?:な|ま)|(?<![a-z])autis(?:m|tic)(?![a-z])|(?<![a-z])(?:down syndrome|cerebral palsy)(?![a-z])|"
    r"(?<![a-z])disab(?:led|ility)(?![a-z])|special needs"
)
_DISABILITY = pattern(_DIAGNOSES)
_CERTIFICATE_TAIL = re.compile(
    r"の等級が[下上変]|は(?:療育|身体|身障|精神)の(?:手帳|[a-d][12]?|[1-6]級)|(?:の(?:等級|判定|程度)は)?(?:の)?(?:[A-Da-d][12]?|[1-6]級|[軽中重]度|[1-4]度)?(?:の?判定)?(?:を|は|が|も)?(?:もう|まだ)?(?:持|も[っつ]|"
    r"もら(?:っ|い(?:まし|、))|あり|ある|"
    r"取得し(?:て|た|ま)|取り(?:まし)|取っ|取れ|交付|所持|出(?:て|まし)|$|です|の|、|。|で|[A-Da-d][12]|[1-6]級)"
)
_ONLY_SUSPECTED = re.compile(
    r"[？?]|(?:の|が|を|で|と|は|も|に|じゃ|では)?(?:ない)?(?:か|かも|の?(?:疑|うたが|可能性|傾向|グレー|特性|気質|検査)|っぽ|ぽい|"
    r"らしき|気味|みたい|予備軍|じゃないか|ではないか|かな|かしら|かどうか|なのか|でしょうか|を疑|と(?:いう)?(?:診断|"
    r"言)(?:されるかも|されたら)|を?心配|が?不安|なんじゃ|について|とは|って(?:何|なに|なん|どう)|に(?:詳し|強い|理解)|"
    r"の(?:相談(?!支援)|検査|本|講座|セミナー|勉強|こと(?:が|を)|手続|申請|取り方|取得|更新))"
)
_WISHED_CERTIFICATE = re.compile(
    r"(?:を|は|が|の)?(?:取(?:りた|ろう|るか|った方|れ(?:ます|る)か|得(?:した|を検|し(?:よう|たい)))|申請|検討|もらえ(?:ます|る)か|"
    r"勧め|すすめ|もらいたい|必要(?:です|でしょ)?か|ほし|欲し|って|とは|持って(?:い)?(?:ない|ません)|も?(?:ありません|ない|なし|なく|"
    r"持たな)|まだ|ないと)"
)
_GROWN_ONE = re.compile(
    r"(?:私|僕|俺|自分|夫|旦那|主人|妻|嫁|パートナー|母|父|母親|父親|お母さん|お父さん|祖母|祖父|義母|義父|兄|姉|親|彼|彼氏|ママ|"
    r"パパ|当方|本人|両親|わし|i|my husband|my wife)(?:自身)?(?:は|が|も|の|に(?:は|も)?|、| am| have|'m| is| has)(?!(?:子|息子|娘|"
    r"孫|長|次|[0-9]|[小中高][0-9]|上の|下の|弟|妹|年))"
)
_ITS_CHILD = re.compile(
    r"子(?!宮)|息子|娘|[長次三][男女]|孫|甥|姪|[小中高][1-6](?!級)|[0-9]{1,2}(?:歳|か月)|年[少中長]|双子|弟|妹|(?<![a-z])son(?![a-z])|"
    r"(?<![a-z])daughter(?![a-z])|"
    r"(?<![a-z])child(?![a-z])|(?<![a-z])kids?(?![a-z])|(?<![a-z])baby(?![a-z])|赤ちゃん|上(?=の|が|は)|下(?=の|が|は)"
)
_DENIED_HERE = re.compile(
    r"(?:の)?(?:診断)?(?:では|じゃ|で|は|が|も)(?:全く|特に|まったく)?(?:な(?:い(?!か)|く|か(?:っ|です))|ありません|あらへん|"
    r"ないと(?:言|診断|の)|ないことが)|なし|は(?:ありません|ない(?!と思))|ではないと"
)


def disability(reading: Reading) -> Iterator[Fact]:
    """Yield each place where a disability of a child is told (YES) or denied (NO)."""
    text = reading.text
    for match in _DISABILITY.finditer(text):
        after = text[match.end() : match.end() + 24]
        if of_a_friend(reading, match.start()) or _of_a_grown_one(reading, match) or hypothetical(text, match.end()):
            continue
        name = match[0]
        if re.search(r"もしかして|ひょっとして|もしや", text[max(0, match.start() - 16) : match.start()]):
            continue
        if name == "障害" and re.match(
            r"が(?:ある|あり)(?:の)?(?:かも|か(?!ら)|のではない|ん(?:じゃ|です)か|と(?:思|したら)|ようで|よう|みたい|っぽ|"
            r"って言われ(?:る|そう))",
            after,
        ):
            continue
        if _ONLY_SUSPECTED.match(after) or (doubted(text, match.end()) and "診断" not in after):
            continue
        if re.match(r"の?診断(?:は|が|も)?(?:まだ)?(?:出|つ[いか]|受け|おり|され)(?:て(?:い)?|ら)?(?:な|ま(?:せ|だ))", after):
            continue
        if "手帳" in name:
            if _WISHED_CERTIFICATE.match(re.sub(r"^(?:の)?(?:[a-d][12]?|[1-6]級)", "", after)) or not _CERTIFICATE_TAIL.match(after):
                continue
        elif _DENIED_HERE.match(after):
            yield Fact(NO, match.start(), match.end())
            continue
        elif re.match(
            r"(?:児|者)?(?:の|向け|に対する|へ)?(?:手当|支援(?!学)|年金|福祉|サービス|デイ|者?(?:施設|支援)|児支援|児福祉|保育|医療)", after
        ) and not re.match(r"の?支援(?:が(?:必|要)|学)", after):
            if "医療的ケア" not in name:
                continue
        elif (
            (
                "学校" in name
                and re.search(
                    r"(?:に|へ|を|の)?(?:行(?:くべ|った方|かせ|ける)|見学|進[む学]|検討|考|迷|すすめ|勧め|入れ(?:たい|るか|ます?か)|とは|"
                    r"って|どう|か(?:普通|支援)|と(?:普通|支援|通常))",
                    after[:12],
                )
            )
            or ("吸引" in name and not re.match(r"(?:が|を|も|など|と)", after))
            or re.match(r"(?:だ|なのだ)?と(?:は)?(?:診断|言わ)(?:は)?(?:されて|れて)?(?:い)?(?:な(?:い|く)|ませ)", after)
            or re.search(
                r"(?:診断(?:は|も)?(?:まだ|され(?:て(?:い)?な|ませ)|つか|おりて|受けて(?:い)?な|出て(?:い)?な|ない|ありません|"
                r"待ち))",
                text[match.end() : reading.sentence(match.start()).end][:28],
            )
            or re.match(r"と言われ(?:るかも|そう|たら)", after)
        ):
            continue
        yield Fact(YES, match.start(), match.end())
    for match in _TYPICAL.finditer(text):
        if not of_a_friend(reading, match.start()):
            yield Fact(NO, match.start(), match.end())
    if denial := re.search(
        r"(?:子ども|子|娘|息子|[0-9]人とも|どの子|みんな|全員)?(?:に|は|にも|には)?(?:特に|、)?障害(?:は|など|も|では(?=あり)|"
        r"とか)?(?:は)?(?:特に)?(?:ありません|ない(?!か|と(?:思|夫|妻|旦那))|なし|ございません)",
        text,
    ):
        yield Fact(NO, denial.start(), denial.end())


_TYPICAL = re.compile("(?:定型(?:発達)?|健常)児?(?=です|で(?=[、小中高0-9年])|だ|。|、|$|の(?:子|息子|娘|[上下兄姉弟妹長次三末][男女の子]|"
    "[0-9小中高年]))")
_OF_SCHOOL_AGE = re.compile(r"[^。、]{0,6}(?:[小中高][1-6]|(?<!\d)1?[0-9]歳)")


def _of_a_grown_one(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether the disability is a parent's: the nearest person named before it is grown."""
    text, sentence = reading.text, reading.sentence(match.start())
    grown = _last(_GROWN_ONE, text, sentence.start, match.start())
    child = _last(_ITS_CHILD, text, sentence.start, match.start())
    if re.match(r"(?:者?手帳)?(?:[1-6]級)?(?:(?:を持(?:つ|って(?:い)?る))?の?は(?=私|夫|妻|旦那|主人|母|父)|の(?:ある)?|"
        r"が(?:ある|あり)、?|を[持も](?:つ|って(?:い)?る)(?:のは)?|があるのは)?(?:私|夫|妻|旦那|主人|"
        r"シングル(?:マザー|ファーザー)|ひとり親|主婦|お母さん|お父さん|保護者|祖母|祖父|母です|父です|父親|パパです|"
        r"母親|ママです|[母父](?=、|。|$)|(?<=は)[母父]|親(?=です|の子育て|への|、|。|$))", text[match.end() :]):
        return True
    if grown is None:
        # 「母親の私がうつ病です。手帳は3級」
        return child is None and "手帳" in match[0] and _told_of_a_grown_one_before(reading, sentence.start)
    # 「兄が知的障害で高2、妹が小6」: a brother of school age is a child
    if grown[0][0] in "兄姉" and _OF_SCHOOL_AGE.match(text, match.end()):
        return False
    if child is None or child.start() < grown.start():
        return not _ITS_CHILD.match(text, match.end() + 1) if "の" in text[match.end() : match.end() + 1] else True
    return False


def _told_of_a_grown_one_before(reading: Reading, at: int) -> bool:
    """Tell whether the sentence before is of a grown one and names no child."""
    text, before = reading.text, reading.sentence(max(0, at - 2))
    return _last(_GROWN_ONE, text, before.start, before.end) is not None and _last(_ITS_CHILD, text, before.start, before.end) is None


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return next(reversed([*pattern.finditer(text, start, end)]), None)
