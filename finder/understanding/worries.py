"""The wish to talk, and worries about raising a child that have no better name."""

from __future__ import annotations

import re

from finder.understanding.facts import Need
from finder.understanding.grammar import Reading, of_a_friend
from finder.understanding.patterns import pattern

# A child who does not do what one hopes for, at the end of a clause or before the child's age.
_CHILD_DOES_NOT = pattern(
    r"(?:聞き|飲み|言い|やり|遊び|話し|座り|入り|洗い|磨き|守り|帰り|笑い|触り|くれ|食べ|飲ま|寝|起き|聞か|言わ|やら|遊ば|遊べ|話さ|なつか|"
    r"懐か|慣れ|なじま|取れ|離れ|続か|いられ|治ら|直ら|やめ|片付け|着替え|"
    r"笑わ|触ら|入ら|"
    r"洗わ|磨か|出てこ|帰らな|守ら|覚え|(?:落ち着き|興味|やる気|元気|自信)(?:が|は|も)?(?:あり)?)(?:ない|ません|ん)(?:の|ん)?(?:です)?"
    r"(?=。|$|[小中高][1-6]|[0-9]{1,2}(?:歳|か月)|年[少中長])|(?:子|娘|息子|孫)のことで[^。]{0,8}もめ|様子がおかし|"
    r"(?:てしま|ちゃ)(?:う|って)(?=。|$|[小中高][1-6]|[0-9]{1,2}(?:歳|か月)|年[少中長])"
)
_NO_TROUBLE = pattern(
    r"健診|手帳|障害|診断|アレルギ|喘息|病|受け|通っ|妊娠|離婚|夫(?!婦)|妻|旦那|主人|届|もら|使え|わかりません|知りません|[?]|笑|かわい|"
    r"可愛|薬|熱|"
    r"お腹(?:す|が空)|問題|すみません|かもしれ|困って(?:い)?(?:ない|ません)|間違|遅れ|しか(?:い|お)|ゲーム(?:で|に)殺|叩|殴|死|産"
)
_A_CHILD = re.compile(r"子(?!なし)|娘|息子|孫|[長次三][男女]|[小中高][1-6]|(?<![0-9])1?[0-9]歳|[0-9]か月|年[少中長]")
_TOPIC = pattern(
    r"(?:お金|生活費|仕事|就職|就労|住まい|家賃|引っ?越し|学費|勉強|進学|奨学金|発達|ことば|障害|療育|不登校|日本語|離婚|養育費|手当|"
    r"保育園|学童|手帳|結婚|家計|健診|予防接種|転職|進路|入園|預け先|税|住宅|相続|年金)(?:の|について|に関する|に関して|のこと(?:で|"
    r"を|について)?|面の|面で)?(?:[^。、]{0,6})?相談"
)
_WORRY = pattern(
    r"不安(?!定な家)|ご飯を残(?:します|す)|休ませ(?:て|た方が|たほうが)いいのか|心配(?!かけ|いら|ない|して(?:い)?(?:ま|な))|困って|困り|困る|困った|こまって|悩ん|悩み|悩む|どうしたら|どうすれば|"
    r"どうしよう|"
    r"ショック|こもっ|ケンカ|けんか|落ち込|くたくた|どうすべき|遊べ(?:な|ま)|きらい|助けて|たすけて|泣(?:く。|くので|くと|いてば|"
    r"かれ)|叩かれ|(?<!ポン)コツ|教えたらいい|"
    r"^(?:とても|すごく)?(?:こわい|怖い|もういい|どなられる|怒鳴られる|むしされる|無視される|いやなことをされた|嫌なことをされた|痴漢にあった)(?:です)?[。!]*$|"
    r"限界|つらい|辛い|しんど|疲れ(?!て寝)|もう無理|もうむり|もうだめ|大変です|help me|i don't know what to do"
)

# 「健診はどうすれば」 asks the way, it is no worry
_PAPERS = re.compile(r"(?:健診|届|手続き?|申請|申し?込み?|接種|予約|証|手帳|書類|予診票)(?:は|を|って|の[^。、]{0,4}は)[^。、]{0,6}$")


def talk(reading: Reading, found: dict[str, Need]) -> Need | None:
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
    match = _WORRY.search(text) or (
        None if _NO_TROUBLE.search(text) or not _A_CHILD.search(text) else _CHILD_DOES_NOT.search(text))
    if (
        match
        and not of_a_friend(reading, match.start())
        and not (match[0].startswith("どう") and _PAPERS.search(text[max(0, match.start() - 16) : match.start()]))
        and not re.match(r"(?:ごと|こと)(?:は|も|が)?(?:特に)?(?:な[いし]|ありません|ございません)|(?:い)?(?:ない|ません|なく)|"
            r"では?(?:ない|ありません)|は(?:ない|ありません|ございません)", text[match.end() :])
    ):
        return Need("consult_parenting", match.start(), match.end())
    return None
