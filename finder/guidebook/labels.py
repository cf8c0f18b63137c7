"""The guidebook's own words, in Japanese and in やさしい日本語."""

from __future__ import annotations

from finder.births import Ages
from finder.catalog import Texts

LABELS = {
    "title": Texts("子ども・子育て 支援ガイドブック", "子育てを たすける 制度の 本"),
    "edition": Texts("", "やさしい日本語"),
    "about": Texts("この本について", "この 本に ついて"),
    "contents": Texts("目次", "目次"),
    "by_need": Texts("困りごとから", "こまって いる ことから"),
    "by_age": Texts("年齢から", "年齢から"),
    "by_department": Texts("担当課・施設から", "課や 施設の 名前から"),
    "departments": Texts("担当課・施設", "課や 施設"),
    "sources": Texts("出典", "どこに 書いて あるか"),
    "index": Texts("索引", "ことばから さがす"),
    "hotlines": Texts("すぐに話したいとき", "すぐに 話したい とき"),
    "hotlines_more": Texts("命が危ないときは 110（警察）か 119（救急車）へ。", "命が 危ない ときは、110（警察）か 119（救急車）に 電話します。"),
    "called": Texts("制度の名前", "日本語の 名前"),
    "who": Texts("だれが", "だれが"),
    "or": Texts("または", "または"),
    "anyone": Texts("年齢や家族のようすの条件は、もとの文に書かれていません。", "年齢や 家族の きまりは、もとの 文に ありません。"),
    "confirm": Texts("窓口で確認", "聞く こと"),
    "where": Texts("窓口", "行く 所"),
    "place": Texts("場所", "場所"),
    "hours": Texts("時間", "時間"),
    "phone": Texts("電話", "電話"),
    "no_phone": Texts("電話番号は確認できていません。", "電話番号は 分かりません。"),
    "instead": Texts("聞ける所：", "ここで 聞きます："),
    "quote": Texts("計画の文", "計画の 文"),
    "quote_elsewhere": Texts("出典の文", "もとの 文"),
    "source": Texts("出典", "もとの 文"),
    "source_number": Texts("出典", "出典"),
    "undated": Texts("日付のない情報", "日付が 分かりません"),
    "topics": Texts("聞けること", "聞ける こと"),
    "programs_here": Texts("この窓口の制度", "この 窓口の 制度"),
    "not_for_residents": Texts("住民の方が申し込むものではない事業", "申し込む ことが できない もの"),
    "no_department": Texts("計画に担当課の記載がないもの", "課の 名前が 分からない もの"),
    "no_programs": Texts("この本の制度で、ここが窓口だと分かっているものはありません。", "この 窓口の 制度は 分かって いません。"),
    "ask_anyway": Texts("どこに聞けばよいか分からないとき", "どこに 聞くか 分からない とき"),
    "why_ask": Texts("ここで聞けます。", "ここで 聞いて ください。"),
    "made_on": Texts("作成", "作った 日"),
    "data_until": Texts("までに確認した情報", "までに 調べました"),
    "programs": Texts("制度の説明", "制度の 説明"),
    "back": Texts("裏表紙", "うしろ"),
    "sources_more": Texts("制度の説明にある〔番号〕の出典です。計画の文の出典は、それぞれの制度に書いてあります。",
                          "〔番号〕は ここに 書いて あります。"),
    "version": Texts("データの版", "データの 番号"),
    "memo": Texts("メモ", "メモ"),
    "sheet": Texts("担当する制度の一覧", "この 課の 制度"),
}

# How children and people are grouped in the contents; a limit is written as in a program's file.
AGE_BANDS: tuple[tuple[Texts, Ages], ...] = (
    (Texts("0歳から2歳", "0歳から 2歳"), Ages(under="3歳")),
    (Texts("3歳から小学校に入る前", "3歳から 小学校に 入る 前"), Ages(start="3歳", until="就学前")),
    (Texts("小学生", "小学生"), Ages(start="小1", until="小6")),
    (Texts("中学生", "中学生"), Ages(start="中1", until="中3")),
    (Texts("高校生の年ごろ", "高校生の 年ごろ"), Ages(start="高1", until="18歳年度末")),
)
GROWN_UP = (Texts("19歳からの若者・おとな", "19歳からの 人"), Ages(start="19歳"))
PREGNANT = Texts("妊娠中・出産", "おなかに 赤ちゃんが いる とき")
EVERY_CHILD = Texts("0歳から18歳まで、どの年齢の子どもも", "0歳から 18歳まで、どの 子どもも")
ANY_AGE = Texts("年齢を問わないもの", "何歳でも いい もの")

# What stands on the page about the book itself, one paragraph each.
ABOUT = (
    Texts("この本は、{plan}と、市や国のページにある制度をまとめたものです。{count}の制度を、困りごとの順にのせています。年齢、担当課、言葉（索引）からもさがせます。",
          "{city}の 計画や、市と 国の ページに ある 制度の 本です。{count}の 制度が あります。"),
    Texts("使えるかどうかを決めるのは、担当課です。「窓口で確認」とあることは、その窓口に聞いてください。",
          "使えるか どうかは、市の 課が 決めます。窓口で 聞いて ください。"),
    Texts("金額や時間には、それが確認できた年月を書きました。古い情報には、そのことを書いています。分からないことは「確認できていません」と書き、推測では書いていません。",
          "お金や 時間は 変わる ことが あります。書いて ある 日より あとに 変わったかも しれません。"),
    Texts("「計画の文」は計画からの、「出典の文」はそのほかの出典からの引用です。そのほかの説明は、わかりやすい言葉に言いかえたものです。「＋」は、その両方にあてはまる人が対象という意味です。〔1〕のような番号は、うしろの「出典」の番号です。",
          "「＋」は 両方です。〔1〕は、うしろの ページ「どこに 書いて あるか」の 番号です。"),
)


def label(name: str, language: str) -> str:
    """Return one of the book's own words."""
    return LABELS[name].in_language(language)
