"""Programs that a plan's texts only name: 「…などにより、児童手当の支給や子どもの医療費の助成を行う」 names two.

A name is a run of nouns that ends as programs are called, or what stands in 「」 and does.  It is a
candidate with the sentence where it stands, nothing more: nobody told what it does, for whom, or whether it goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from finder.plans.lines import folded, plain
from finder.plans.rows import Row
from finder.words import Word, fold, words

# How the last word of a name is written.
_ENDS = re.compile(r"手当|給付金|奨学金|助成金?|補助金|奨励費|就学援助費?|援助費|通信費|無償化|無料化|貸付金?|教室|講座|学級|広場|ひろば|サロン|"
                   r"サークル|クラブ|食堂|カフェ|デイサービス|サービス|審査|診査|健診|コンシェルジュ|ソーシャルワーカー|カウンセラー|相談会|"
                   r"はなし会|パスポート|ヘルパー|ショートステイ|派遣|貸し?出し|スタート|スクール|キャンパス|アカデミー|ダイヤル|ホットライン|"
                   r"プログラム|キャンプ|ミーティング|事業|制度|相談|見守り活動|(?:一時|休日|延長|夜間|病児|病後児)保育|預かり|発達支援|自立支援員|親の会")
# Alone these are no name: 「子どもの医療費の助成」 is, with what stands before 「の」.
_JOINED = re.compile(r"助成|派遣|無償化|無料化|広場|ひろば|貸し?出し|見守り活動|預かり|会")
_WHOLE = re.compile(r"就学援助費?")          # these are, alone
_PLACES = re.compile(r".*(?:子育て|子ども|児童|発達|家庭|母子|療育|若者|青少年|サポート|相談|保健|教育)\w*(?:センター|プラザ|施設)")
# Of everybody's texts, never one program's name; and the words before a name that are no part of it.
_NOBODYS = re.compile(r"(?:本|同|各種?|この|当該|主な|その他|関連|関係|新規|既存|他|重点|実証|都市|公共|地域|特別|経済的?|情報|福祉|行政|支援|"
                      r"子育て支援|子育て|保育|各課|窓口|電話|随時|個別|巡回|利用者|給付型?|助成|独自|種|学習|育児|体験|教育|人材|推進|委託|補助|"
                      r"市|県|国|就労|就業|生活|家事|児童|市内|出前|活動|コミュニティ|講演|サービス|相互|法律|健康|医療|費用|児童福祉|児童関連|"
                      r"子育て支援|子ども・家族|臨時|支援新?|提供)*"
                      r"(?:事業|制度|サービス|相談|派遣|活動|助成|給付金|補助金|講座|施設|サロン|教室|貸付|プログラム)")
_NOT_FIRST = re.compile(r"(?:等|など|ほか|他|各種?|本|同|当該|自ら|及び|並びに|又は|[0-9]+|[年月日回人か所件名歳児]|令和|平成|現在|今後|今年度)")
_AGE = re.compile(r"[0-9]+(?:歳|か月)")
_RUN = frozenset(("名詞", "接頭辞", "接尾辞", "形状詞", "感動詞"))
_QUOTED = re.compile(r"[「『](?P<name>[^「」『』。]{3,25})[」』](?P<after>事業|制度|講座|教室)?")
_BRACKET = re.compile(r"[(（](?P<inside>[^()（）、。0-9０-９]{2,10})[)）]")
_SENTENCE = re.compile(r"[^。]*。?")
LONGEST, SHORTEST = 30, 4
DOUBT = "「{parent}」の文に名前だけが出ます。制度かどうか、今もあるか、何をするかを確かめてください"


def named_in(rows: Sequence[Row]) -> list[Row]:
    """Return a row for each name that the rows' texts hold and no row has for its own, where it first stands."""
    known = {folded(row.name) for row in rows}
    found: dict[str, Row] = {}
    for row in rows:
        if row.section.old:
            continue
        for sentence in _sentences((row.quote, *row.beside)):
            for name in names_in(sentence):
                key = folded(re.sub(r"[(（].*", "", name))
                if key not in found and not any(key in k or k in key for k in known):
                    found[key] = Row(name, "", sentence, row.line, row.place, row.section, row.departments, shared=True, inside=row.name,
                                     doubts=(DOUBT.format(parent=row.name),))
    return list(found.values())


def _sentences(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        yield from (s.strip() for s in _SENTENCE.findall(cell) if s.strip())


def names_in(sentence: str) -> list[str]:
    """Return the names of programs in a sentence, in its order."""
    text = fold(plain(sentence))
    found: dict[int, str] = {}
    for match in _QUOTED.finditer(text):
        if match["after"] or _ends(match["name"]):
            found[match.start()] = f"「{match['name']}」{match['after']}" if match["after"] else match["name"]
    # What stands in 「」 is read as one name, or not at all.
    bare = _QUOTED.sub(lambda m: "。" * len(m[0]), text)
    for start, end in _runs(bare):
        name = bare[start:end]
        if SHORTEST <= len(name) <= LONGEST and not _NOBODYS.fullmatch(name):
            bracket = _BRACKET.match(bare, end)
            found[start] = name + (bracket[0] if bracket else "")
    return [found[place] for place in sorted(found)]


def _ends(name: str) -> bool:
    last = max((m.end() for m in _ENDS.finditer(name)), default=0)
    return last == len(name) or bool(_PLACES.fullmatch(name))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names begin and end: a run of nouns; 「の」 joins what comes before to an end that is no name alone."""
    cut = words(text)
    at = 0
    while at < len(cut):
        end = at
        while end < len(cut) and _is_part(cut, end) and (end == at or cut[end].start == cut[end - 1].end):
            end += 1
        if end == at:
            at += 1
            continue
        first, last = at, end
        while first < last and _NOT_FIRST.fullmatch(cut[first].surface) and not _AGE.match(text, cut[first].start):
            first += 1
        while last > first and not _ends(text[cut[first].start:cut[last - 1].end]):
            last -= 1
        if last > first:
            start = cut[first].start
            bare = not _WHOLE.fullmatch(text, start, cut[last - 1].end) and _ENDS.fullmatch(text, start, cut[last - 1].end)
            if bare and _JOINED.fullmatch(bare[0]) and first > 1 and cut[first - 1].surface == "の" and _is_part(cut, first - 2):
                start, bare = _before(cut, first - 2), None
            if not bare:
                yield start, cut[last - 1].end
        at = end


def _is_part(cut: Sequence[Word], at: int) -> bool:
    word = cut[at]
    dot = (word.surface == "・" and 0 < at < len(cut) - 1 and cut[at - 1].end == word.start
           and cut[at - 1].pos in _RUN and cut[at + 1].pos in _RUN)
    return dot or word.pos in _RUN


def _before(cut: Sequence[Word], at: int) -> int:
    """Return where the nouns begin that end at a word; 「子どもの医療費の助成」 goes back over one more 「の」."""
    first = at
    while first > 0 and _is_part(cut, first - 1):
        first -= 1
    if first > 1 and cut[first - 1].surface == "の" and at - first < 2:
        return _before(cut, first - 2)
    return cut[first].start
