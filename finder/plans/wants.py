"""Which needs a program meets, by the words of its name (sure) and of its text (likely)."""

from __future__ import annotations

import re

from finder.plans.guesses import Guess
from finder.plans.lines import folded

# What a need is called in plans: sure when the name holds it, or, for the second, whatever else is said.
_NEEDS = (
    ("medical_cost", r"医療費|健康診査.*(?:助成|費)|(?:検査|治療|医療)(?:給付)?費|養育医療|育成医療|がん患者"),
    ("money", r"手当|給付金|貸付|養育費|経済的(?:支援|負担)|減免|無償化|補足給付|生活困窮|補助金"),
    ("childcare", r"保育(?!士|所|園|一貫|教育|・教育)|保育所等?(?:への?|の)?(?:利用|入所)|預かり|ショートステイ|短期支援|"
                  r"ファミリー・サポート|通園|待機児童"),
    ("sick_child", r"(?<!疾)病児|病後児"),
    ("after_school", r"学童保育|放課後|学童クラブ|児童クラブ"),
    ("consult_parenting", r"(?:育児|子育て|妊娠|発達|妊産婦|保健)(?:(?!仕事|就)\w){0,8}相談|保健指導|訪問指導|伴走型|包括支援|"
                          r"産後ケア|育児不安|"
                          r"乳幼児健康診査|母子保健"),
    ("housework_help", r"家事|ヘルパー|日常生活支援|産後ケア"),
    ("friends", r"サークル|サロン|交流|広場|ひろば|(?<!放課後の)(?<!放課後などの)(?<!放課後等の)居場所|つどい|ふれあい|拠点|"
                r"読み聞かせ|ブックスタート|遊び場"),
    ("development", r"障害児|障害の?ある|障害福祉|発達|療育|放課後等デイ|医療的ケア|特別児童|特別支援"),
    ("school_refusal", r"不登校|スクール(?:ソーシャル|カウンセ)"),
    ("study", r"就学援助|奨学金|学習(?:支援|・生活)|学用品"),
    ("work", r"就労(?:支援|相談)|就業|職業訓練|しごと|仕事(?!を失|などで|で)|資格"),
    ("housing", r"住居|家賃|母子生活支援施設|住まい"),
    ("abuse", r"虐待"),
    ("dv", r"DV|配偶者.*暴力"),
    ("food", r"食堂|食事の提供|食材|フード"),
    ("marriage", r"結婚|出会い|婚活"),
    ("foreign_language", r"外国人|外国語|多文化|日本語教室"),
    ("young_carer", r"ヤングケアラー"),
    ("self_harm", r"自殺|SOSの出し方|自死"),
    ("unexpected_pregnancy", r"予期(?:し|せ)ない妊娠|予期せぬ妊娠|思いがけない妊娠"),
    ("emergency_medical", r"救急|急病|夜間診療"),
)
_PATTERNS = tuple((need, re.compile(p)) for need, p in _NEEDS)


def needs_of(name: str, text: str, kind: str | None) -> list[Guess]:
    """Return the needs that a program's words name, most telling first."""
    called, said = folded(name), folded(text)
    found = []
    for need, pattern in _PATTERNS:
        if match := pattern.search(called):
            found.append(Guess("needs", need, match[0], True))
        elif match := pattern.search(said):
            found.append(Guess("needs", need, match[0], False, "名前にはなく、文にだけあります"))
    if kind == "cash" and not any(g.value == "money" for g in found):
        found.append(Guess("needs", "money", "（種類が手当・給付金）", True))
    return sorted(found, key=lambda g: not g.sure)
