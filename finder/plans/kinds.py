"""What kind of program it is, by how its name ends and what its text does; both must say the same to be sure."""

from __future__ import annotations

import re
from collections import Counter

from finder.plans.guesses import Guess
from finder.plans.lines import folded

_TAIL = re.compile(r"(?:の(?:支給|実施|推進|充実|拡充|開催|提供|促進|運営)|事業|等|の)+$")
# Of the name: the kind, and how a name of that kind ends or what it holds.
_NAME = (
    ("institutional", r"施設整備|基盤整備|公園の?整備|職員研修|保育士|人材(?:確保|育成)|表彰|協議会|連携|啓発|情報発信|ネットワーク|"
                      r"まちづくり|体制の(?:構築|整備)|意識の醸成|団体.*(?:支援|育成)|法人の育成|防犯|事故防止|有害環境|"
                      r"ワーク・ライフ・バランス"),
    ("loan", r"貸付|融資"),
    ("cash", r"手当(?!て)|給付金$|奨学金|祝い?金|見舞金|支援金"),
    ("subsidy", r"(?:費|料|費用|利用料)(?:の?一部)?(?:の)?(?:等)?(?:・.{2,6}費)?(?:助成|補助|減免|無料化|無償化)|補助金|助成金|"
                r"補足給付|給付費|就学援助|(?:料|費用)の減免|助成$|減免$|用具給付"),
    ("consultation", r"相談|ダイヤル|ホットライン|窓口|コンシェルジュ"),
    ("class_event", r"教室|講座|セミナー|イベント|サロン|交流会|ワークショップ|学級|研修会|読み聞かせ|ブックスタート|体験(?!の場)|"
                    r"ミーティング|食育"),
    ("place", r"拠点|広場|ひろば|プラザ|居場所|食堂|児童館|児童センター|の開放|の駅|園庭|ふれあいの場|学習室"),
    ("school", r"スクール(?:ソーシャル|カウンセ)|不登校対[応策]|の?SOSの出し方"),
    ("service", r"訪問|派遣|預かり|(?:休日|延長|障害児|病児|夜間|病後児)保育|学童保育|放課後児童|デイサービス|ヘルパー|産後ケア|"
                r"ショートステイ|短期支援|健康診査事業|ファミリー・サポート|日常生活支援|福祉サービス|発達支援(?!センター)|療育|"
                r"ケア児支援"),
)
# Of the text: what is done, at its end.
_TEXT = (
    ("cash", r"(?:手当|給付金|奨学金|支援金)\w{0,4}を(?:支給|給付)|家賃相当分を支給"),
    ("loan", r"貸し付け|貸付け"),
    ("subsidy", r"(?:費|費用|経費|利用料|保証料|学用品費|医療費)(?:等)?(?:の一部|の全部)?(?:を|について\w{0,4})[^。、]{0,8}(?:助成|"
                r"補助|支給|給付|減額|減免)|利用料を減額|(?:医療|費用)の(?:給付|助成)|の一部を(?:助成|補助|支給|給付)|無料化"),
    ("consultation", r"相談(?:支援)?(?:の取組)?(?:に応じ|に対応|を行(?:う|い)|などを行|を実施)|相談会を(?:行|実施)|相談支援"),
    ("class_event", r"(?:教室|講座|セミナー|イベント|交流会|学習会|研修|ワークショップ|講演会|体験)\w{0,6}を(?:実施|開催|行|開)|"
                    r"イベントを開催"),
    ("place", r"居場所(?:となる|の)|場を(?:提供|設け|整)|場所を(?:提供|設)|広場の設置|安全な遊び場"),
    ("service", r"訪問し|派遣(?:する|し)|一時的に預か|預かりを行|預かる|通所により|健康診査を実施|家事援助|ヘルパー|援助を行"),
    ("institutional", r"(?:職員|教職員|従業員|保育士|支援者)(?:等)?を対象|事業所(?:等)?を表彰|事業主を支援|(?:増改築|整備)等?に対し|"
                      r"連携を(?:強化|図|深)|早期発見|啓発(?:を|に)|周知啓発|意識を醸成|整備を(?:行|実施|推進)|維持・整備"),
    ("school", r"(?:小中学校|各学校|全ての\w{0,10}学校|市立\w{0,16})に[^。]{0,20}(?:配置|派遣|導入)|学校給食"),
)
# What is held in schools may be the school's; what tells the public and is for residents may be a service.
_AGAINST = (("class_event", r"学校(?:へ|に|で|における?)", "学校の取組かもしれません"),
            ("institutional", r"(?:情報|冊子)\w{0,6}(?:提供|配布)", "住民への知らせかもしれません"))
_NAMES = tuple((kind, re.compile(p)) for kind, p in _NAME)
_TEXTS = tuple((kind, re.compile(p)) for kind, p in _TEXT)


def kind_of(name: str, text: str) -> Guess | None:
    """Return the kind that a program's name and text let one guess; sure when they agree and nothing speaks against it."""
    called, said = _TAIL.sub("", folded(name)), folded(text)
    votes: Counter[str] = Counter()
    words: dict[str, list[str]] = {}
    for patterns, where, weight in ((_NAMES, called, 3), (_TEXTS, said, 2)):
        for kind, pattern in patterns:
            if match := pattern.search(where):
                votes[kind] += weight
                words.setdefault(kind, []).append(match[0])
    if not votes:
        return None
    (best, most), *others = votes.most_common()
    rest = others[0][1] if others else 0
    named = {kind for kind, pattern in _NAMES if pattern.search(called)}
    sure = most == 5 and rest < 3 and (named == {best}) and not (votes["institutional"] and best != "institutional")
    speaks = next((f"「{match[0]}」とあります。{why}" for kind, pattern, why in _AGAINST
                   if kind == best and (match := re.search(pattern, said))), "")
    if sure and speaks:
        return Guess("kind", best, "・".join(dict.fromkeys(words[best])), False, speaks)
    against = "ほかの種類の言葉もあります: " + "、".join(words[k][0] for k, _ in others) if others else "名前か文の片方だけから読みました"
    return Guess("kind", best, "・".join(dict.fromkeys(words[best])), sure, "" if sure else against)
