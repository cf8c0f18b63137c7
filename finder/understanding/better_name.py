"""Which name stands where two needs share the same words."""

from __future__ import annotations

import re

from finder.understanding.facts import Need
from finder.understanding.grammar import Reading

# 「ベビーシッターの補助」 asks for the sitter, and for money only in passing.
_WEAK_MONEY = r"補助|助成|支給|給付|費用|支払い|払えな|割引|助成金|補助金|支援金|手当"


# 「働きに出るので預けたい」 asks for a place, not for work
_AS_A_REASON = re.compile(r"(?:仕事|パート|働[きく])(?:(?!たい|探|見つ|ほし|ない)[^。、]){0,8}?(?:ので|から|ため|けん|やき|き(?=、)|日|間|とき|"
    r"時)(?:に|は|の|、|だけ)")

_ABOUT_LEARNING = re.compile(r"教え|遅れ|費|代|お金|円|高[いくす]|ついてい|わから|塾|続け|勉強")
_OTHER_HOURS = re.compile("夜|朝|残業|病|熱|入院|救急|土曜|日曜|土日|休日|祝日|迎え|送|出張|面会|[0-9](?:時間|日|泊)|泊|赤ちゃん|園")
_SAID_DONE = re.compile(r"宿題(?:を|は|も)?(?:した|やった|終わった|ない)(?:って|と|ち)(?:言|ゆ|嘘|うそ)")


def settle(reading: Reading, found: dict[str, Need], school_age: bool) -> None:
    """Let the better name stand where two needs share the same words."""
    text = reading.text
    if "sick_child" in found and "childcare" in found and not re.search(r"普段|いつも|ふだん|毎日|延長保育|一時(?:預|保育)", text):
        del found["childcare"]
    if (
        school_age
        and "childcare" in found
        and "after_school" not in found
        and re.search(r"(?:夏|冬|春|長期)休み|放課後|学校(?:が|から|の(?:後|あと))", text)
    ):
        found["after_school"] = Need("after_school", found["childcare"].start, found["childcare"].end)
    # 「小1を見る人がいない」 is about the hours after class, when no other hours are told
    if school_age and "after_school" not in found and (at := found.get("childcare")) and re.match(
            "[見みて]+(?:くれ)?る(?:人|ところ|とこ)", text[at.start :]) and not _OTHER_HOURS.search(text):
        found["after_school"] = Need("after_school", at.start, at.end)
    if (
        "after_school" in found
        and "childcare" in found
        and not re.search(r"保育[園所]|幼稚園|nursery|day ?care|ファミサポ|送迎|迎え|一時|延長保育|年[少中長]|[0-5]歳|ショート|シッター|"
                          r"夜にかけて|夜まで|夜間", text)
    ):
        del found["childcare"]
    if (
        "friends" in found
        and "居場所" in text[found["friends"].start : found["friends"].end]
        and {"after_school", "school_refusal"} & set(found)
    ):
        del found["friends"]
    if (
        (at := found.get("development"))
        and re.fullmatch(r"支援学?級|通級", text[at.start : at.end])
        and not re.search(r"迷|入れ|勧|申し?込|見学|考え|すすめ|どう|相談|希望|か[?。]|[?]|不安|心配|たい|悩|必要", text)
    ):
        del found["development"]
    if (
        "development" in found
        and len(found) > 1
        and re.fullmatch(
            r"発達障害|自閉|adhd|ダウン症|障害|医療的ケア|特別支援", text[found["development"].start : found["development"].end]
        )
    ):
        del found["development"]
    if "childcare" in found and "housework_help" in found and text.startswith("買い物", found["housework_help"].start):
        del found["housework_help"]
    if (
        "friends" in found
        and text.startswith("行ける", found["friends"].start)
        and set(found) - {"friends", "money", "consult_parenting"}
        and not re.search(r"親子|連れ|子どもと|子と|遊", text)
    ):
        del found["friends"]
    if "foreign_language" in found and "childcare" in found and re.search(
            r"letters? from|園の(?:面談|手紙|書類|プリント|お知らせ|先生)", text):
        del found["childcare"]
    if "foreign_language" in found and "housework_help" in found and text.startswith("手伝", found["housework_help"].start) and not re.search(
            r"家事|家のこと|ご飯|産後|掃除|洗濯|料理", text):
        del found["housework_help"]
    if "foreign_language" in found and "study" in found and (
        text.startswith("字が読", found["study"].start) or re.search("日本語を$", text[: found["study"].start])):
        del found["study"]
    if "foreign_language" in found and "development" in found and re.search("ことば(?:が|は)(?:わから|わかりま|通じ|難し)", text):
        del found["development"]
    if {"work", "childcare"} <= set(found) and "面接" in text and re.search(r"その(?:間|[一二三四1-4]時間|日)", text):
        del found["work"]
    if "study" in found and "work" in found and re.search(r"卒業の資格|卒業資格|高卒の?資格", text):
        del found["work"]
    if (at := found.get("study")) and "学童の" in text and text.startswith("月謝", at.start):
        del found["study"]
    if {"housing", "after_school"} <= set(found) and text.startswith("追い出", found["housing"].start):
        del found["housing"]
    if (at := found.get("housework_help")) and {"childcare", "housing", "work"} & set(found) and re.match(
            r"頼れ|実家|頼る|助けてくれる|ワンオペ", text[at.start :]):
        del found["housework_help"]
    if (at := found.get("study")) and {"school_refusal", "young_carer"} & set(found) and not _ABOUT_LEARNING.search(text) and re.match(
            r"ランドセル|制服|宿題|授業|部活|単語", text[at.start :]):
        del found["study"]
    if (at := found.get("study")) and text.startswith("宿題", at.start) and (done := _SAID_DONE.search(text)):
        found.setdefault("consult_parenting", Need("consult_parenting", *done.span()))
        del found["study"]
    if (at := found.get("development")) and text.startswith("体重", at.start) and re.search(r"おっぱい|母乳|ミルク|飲み|授乳", text):
        found.setdefault("consult_parenting", Need("consult_parenting", at.start, at.end))
        del found["development"]
    if {"emergency_medical", "medical_cost"} <= set(found) and re.search(
            r"領収書|払って(?:き|し|い)|払いまし|[取と]られた|請求|戻り|返って", text):
        del found["emergency_medical"]
    if "young_carer" in found and re.search("遅刻|休", text):
        found.pop("school_refusal", None)
    if {"friends", "money"} <= set(found) and re.search(r"お金(?:を|の|が)?か(?:け|から)(?:ず|な)", text):
        del found["money"]
    if (at := found.get("consult_parenting")) and len(found) > 1 and text.startswith("人見知り", at.start):
        del found["consult_parenting"]
    if "young_carer" in found and (at := found.get("consult_parenting")) and text.startswith("寝かしつけ", at.start):
        del found["consult_parenting"]
    if "young_carer" in found and "childcare" in found and not re.search("預", text):
        del found["childcare"]
    if {"study", "foreign_language"} <= set(found) and re.search(r"読み書き|よみかき", text):
        del found["study"]
    if (at := found.get("foreign_language")) and "study" in found and text.startswith("漢字", at.start) and re.search(
            r"国語|[0-9一二三四五六七八九]点|テスト", text):
        del found["foreign_language"]
    if "friends" in found and (at := found.get("consult_parenting")) and text.startswith("孤独", at.start) and re.search(
            r"友|仲間|知り合|話す", text):
        del found["consult_parenting"]
    if "friends" in found and "consult_parenting" in found and "同士" in text:
        del found["consult_parenting"]
    if "work" in found and "childcare" in found and _AS_A_REASON.match(text, found["work"].start):
        del found["work"]
    if "study" in found and "childcare" in found and re.match("見て|みて", text[found["childcare"].start :]):
        del found["childcare"]
    if "money" in found:
        said = text[found["money"].start : found["money"].end]
        named = {
            "study": r"学費|給食|授業料|奨学|塾|習い事|学校|入学|教材|進学|制服|修学|部活|大学|高校|就学援助|教育",
            "medical_cost": r"眼鏡|めがね|補聴器|装具|医療|病院|健診|治療|薬|接種|注射|入院|出産|分娩|歯|検査",
            "housing": r"家賃|引っ?越し|住|アパート",
            "food": r"食費|食べ|米",
        }
        clause = reading.sentence(found["money"].start)
        around = text[clause.start : clause.end]
        weak = re.fullmatch(_WEAK_MONEY, said) is not None and ("medical_cost" in found or any(
            clause.start <= n.start < clause.end for n in found.values() if n.name not in ("money", "consult_parenting")
        ))
        if (
            weak
            or (
                any(name in found and re.search(pattern, around) for name, pattern in named.items())
                and not re.search(
                    r"生活(?:が|費|に|も|苦)|家計|手当|赤字|お金(?:が|も|は|の余裕が)?(?:全然|ぜんぜん)?(?:な|足|たり|あり)|"
                    r"お金も[^。、]{1,8}も(?:心配|不安)|給付金|一時金", text)
            )
            or (re.search(r"手当", said) and said == "手当" and "住宅" in around)
        ):
            del found["money"]
    if "after_school" in found and (paid := re.search(r"代(?:が|も|を)?(?:払え|高)|お金が(?:な|払)", text)):
        found.setdefault("money", Need("money", *paid.span()))
