"""やさしい日本語 by rule: short sentences, no double negatives, no keigo chains, unusual katakana explained.

The rules are those of「在留支援のためのやさしい日本語ガイドライン」(出入国在留管理庁・文化庁, 2020) that a
program can check.  A reading in brackets and a value put in later do not count as letters.
"""

import re
import tomllib
from pathlib import Path

import pytest

from finder.messages import catalog_of
from finder.requirement_words import FACT_WORDS, PATTERNS

DATA = Path(__file__).resolve().parent.parent / "data"
LONGEST = 35        # letters of a sentence

_NOT_READ = re.compile(r"（[ぁ-んー・\s]+）|<[^>]+>|%\(\w+\)s|\s")
_DOUBLE = re.compile(r"な(?:ければ|くては)\s*(?:なり|なら|いけ)|ないと\s*(?:いけ|なり|なら)"
                     r"|ない\s*(?:こと|わけ|もの)(?:は|では|も)\s*(?:ない|ありません)"
                     r"|ずには\s*(?:いられ|おか)|なくは\s*(?:ない|ありません)|ざるを")
_KEIGO = re.compile(r"いただ|頂|ござい|(?<!どう)いたし|致し|申し上げ|参り|まいり|伺|うかが|お越し|おこし|ご覧|なさ[いっるれ]|くださいま|下さ"
                    r"|ご(?:確認|相談|連絡|利用|来庁|持参|記入|提出|不明|注意|自身|家族|案内|本人|住所)")
_KATAKANA = re.compile(r"[ァ-ヺー]{3,}")
# Words that beginners of Japanese learn, and that stand on signs everywhere.
_USUAL = frozenset((
    "センター", "ページ", "サービス", "クラス", "インターネット", "ネット", "リスト", "グループ", "カード",
    "プレゼント", "ミルク", "イベント", "メール", "トイレ", "ベッド", "ノート", "テレビ", "カレンダー",
    "コピー", "タクシー", "スマホ", "ハガキ", "カフェ", "ソフト", "ホームページ", "コーナー"))
# Names of places and programs, which must be said as they are.
_NAMES = frozenset(["ソーレ", "チュッピー", "フラッグ", "サウス", "マリア", "ランド", "アンビシャス", "パートナー", "ファインダー"])


def sentences(text):
    return [s for s in (_NOT_READ.sub("", part) for part in re.split(r"[。！？\n]", text)) if s]


def unexplained(text):
    """Katakana words that are neither usual, nor a name, nor explained in brackets behind or before."""
    inside = "".join(re.findall(r"[（「][^）」]*[）」]", text))
    return [word for word in _KATAKANA.findall(text)
            if word not in _USUAL | _NAMES and word not in inside and not re.search(rf"{word}（[^）]*[^ぁ-んー）][^）]*）", text)]


def wrong_with(text):
    """What makes a text hard to read."""
    return [*(f"長い文（{len(s)}字）: {s}" for s in sentences(text) if len(s) > LONGEST),
            *(f"二重の否定: {m[0]}" for m in _DOUBLE.finditer(text)), *(f"敬語: {m[0]}" for m in _KEIGO.finditer(text)),
            *(f"説明のないカタカナ: {w}" for w in unexplained(text))]


def easy_in(table):
    """Every easy text of a table of data/."""
    if isinstance(table, dict):
        for key, inside in table.items():
            if key == "easy" and isinstance(inside, str):
                yield inside
            else:
                yield from easy_in(inside)
    elif isinstance(table, list):
        for inside in table:
            yield from easy_in(inside)


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda p: p.relative_to(DATA).as_posix())
def test_easy_texts_of_data_are_easy(path):
    texts = easy_in(tomllib.loads(path.read_text(encoding="utf-8")))
    assert {t: wrong for t in texts if (wrong := wrong_with(t))} == {}


def test_easy_words_of_pages_are_easy():
    assert {m.string: wrong for m in catalog_of("easy") if m.id and (wrong := wrong_with(m.string))} == {}


def test_easy_words_of_requirements_are_easy():
    texts = [*(easy for easy, _ in PATTERNS.values()), *(t.easy for t in FACT_WORDS.values())]
    assert {t: wrong for t in texts if (wrong := wrong_with(t))} == {}


@pytest.mark.parametrize(("text", "says"), [
    ("あ" * 36, "長い文"),
    ("書かなければ なりません", "二重の否定"),
    ("行かないと いけません", "二重の否定"),
    ("使えない ことは ありません", "二重の否定"),
    ("窓口で ご確認 ください", "敬語"),
    ("電話を いただきます", "敬語"),
    ("コンシェルジュに 聞きます", "カタカナ"),
    ("コンシェルジュ（こんしぇるじゅ）に 聞きます", "カタカナ"),
])
def test_a_hard_text_is_seen(text, says):
    assert any(says in wrong for wrong in wrong_with(text))


@pytest.mark.parametrize("text", [
    "あ" * 35 + "。" + "い" * 35, "使えない かもしれません", "書かなくて いいです", "どういたしまして", "聞いて ください",
    "コンシェルジュ（案内する 人）に 聞きます", "案内する 人（コンシェルジュ）", "インターネットの ページ",
])
def test_an_easy_text_is_let_be(text):
    assert wrong_with(text) == []
