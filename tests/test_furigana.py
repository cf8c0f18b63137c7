"""Furigana: readings over kanji only, the right ones, once, and never twice for who copies or listens."""

import re
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import assume, given, strategies as st
from markupsafe import Markup

from bench.accuracy import readings_of
from finder import measured
from finder.furigana import NO_READINGS, Readings, build_readings, in_kana, ruby, segments, without_readings
from finder.words import fold

HERE = Path(__file__).resolve().parent
CHECKED = tomllib.loads((HERE / "readings.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def readings(real_folder) -> Readings:
    return build_readings(real_folder.raw["readings"])


def noted(text: str, readings: Readings) -> str:
    """「受《う》ける」."""
    return "".join(f"{s.text}《{s.reading}》" if s.reading else s.text for s in segments(text, readings))


@pytest.mark.parametrize(("text", "shown"), [
    ("申し込む", "申《もう》し込《こ》む"),
    ("受け取り、取り扱い", "受《う》け取《と》り、取《と》り扱《あつか》い"),
    ("東京の手当を", "東京《とうきょう》の手当《てあて》を"),                       # as written, not トーキョー, not オ
    ("子ども達とお母さん", "子《こ》ども達《たち》とお母《かあ》さん"),
    ("1人、11人、一人ひとり、２人目", "1人《ひとり》、11人《にん》、一人《ひとり》ひとり、２人目《ふたりめ》"),
    ("1歳6か月児、6ヶ月", "1歳《さい》6か月《げつ》児《じ》、6ヶ月《かげつ》"),
    ("4月1日、1日500円、31日、2日、20日", "4月《がつ》1日《ついたち》、1日《にち》500円《えん》、31日《にち》、2日《ふつか》、20日《はつか》"),
    ("月5,000円、月〜金曜日", "月《つき》5,000円《えん》、月《げつ》〜金曜《きんよう》日《び》"),
    ("8時30分から15分", "8時《じ》30分《ぷん》から15分《ふん》"),
    ("久留米・小郡・狛江・総社・高知", "久留米《くるめ》・小郡《おごおり》・狛江《こまえ》・総社《そうじゃ》・高知《こうち》"),
    ("「結らいん」と「らるご久留米」と「みらくる」", "「結らいん」と「らるご久留米《くるめ》」と「みらくる」"),    # 結: not known
    ("総所得と所得制限", "総《そう》所得《しょとく》と所得《しょとく》制限《せいげん》"),
    # written in the text itself
    ("お金（かね）が たりない", "お金《かね》が たりない"),
    ("申（もう）し込（こ）み", "申《もう》し込《こ》み"),
    ("子（こ）育て", "子《こ》育《そだ》て"),
    ("久留米市（くるめし）と小郡市（おごおりし）", "久留米《くるめ》市《し》と小郡《おごおり》市《し》"),
    ("行き帰り（いきかえり）", "行《い》き帰《かえ》り"),
    ("健康保険（けんこう ほけん）", "健康《けんこう》保険《ほけん》"),
    ("いつ 開（あ）くか", "いつ 開《あ》くか"),
    # remarks, not readings
    ("お金（しょとく）の きまり", "お金《かね》（しょとく）の きまり"),
    ("幼稚園課（あすてらす）", "幼稚《ようち》園《えん》課《か》（あすてらす）"),
    ("結婚した（する）ふたり", "結婚《けっこん》した（する）ふたり"),
    ("ＡＢＣ ﾌｧﾐﾘｰ 1,000㍉", "ＡＢＣ ﾌｧﾐﾘｰ 1,000㍉"),
    ("", ""),
])
def test_readings_stand_over_kanji_only(text, shown, readings):
    assert noted(text, readings) == shown


@pytest.mark.parametrize("drawn", sorted(CHECKED))
def test_every_phrase_that_a_person_checked_is_read_so(drawn, readings):
    phrases = {re.sub("《.*?》", "", phrase): phrase for phrase in CHECKED[drawn]}
    wrong = [f"{noted(text, readings)} ← {phrase}" for text, phrase in phrases.items() if noted(text, readings) != phrase]
    assert wrong == []


def test_the_public_page_says_how_many_readings_are_right(readings):
    assert measured.accuracy(HERE.parent / "data").furigana == readings_of(CHECKED, readings), "python -m bench accuracy"


def test_without_the_exceptions_some_of_them_would_be_wrong():
    phrases = [phrase for drawn in CHECKED.values() for phrase in drawn]
    assert any(noted(re.sub("《.*?》", "", phrase), NO_READINGS) != phrase for phrase in phrases)


def test_markup_is_escaped_and_marks_the_reading_as_a_repetition(readings):
    shown = ruby("<b>金 & \"銀\"", readings)
    assert isinstance(shown, Markup)
    assert shown == ('&lt;b&gt;<ruby>金<rp>（</rp><rt aria-hidden="true">きん</rt><rp>）</rp></ruby> &amp; &#34;'
                     '<ruby>銀<rp>（</rp><rt aria-hidden="true">ぎん</rt><rp>）</rp></ruby>&#34;')


def test_on_paper_a_number_stays_on_the_line_of_what_it_counts(readings):
    assert ruby("月25,700円と 3か月", readings, on_paper=True).count("&#8288;<ruby>") == 1
    assert "&#8288;<ruby>円<rt" in ruby("月25,700円", readings, on_paper=True)
    assert "&#8288;" not in ruby("月25,700円", readings)


def test_an_exception_asks_for_what_stands_around_it():
    own = build_readings([{"word": "方", "reading": "ほう", "after": "この あの", "before": "が", "note": ""},
                          {"word": "方", "reading": "かた", "after": "", "before": "", "note": ""}])
    assert noted("この 方 が", own) == "この 方《ほう》 が"
    assert noted("この方は", own) == "この方《かた》は"
    assert noted("方法", own) == "方法《ほうほう》"                                     # not a word of its own


def test_text_can_be_had_without_readings_and_in_kana(readings):
    assert without_readings("お金（かね）が いる（1か月）", readings) == "お金が いる（1か月）"
    assert in_kana("ファミリー・サポートの子育て支援 AYA", readings) == "ふぁみりー・さぽーとのこそだてしえん AYA"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("子育て支援を1日3月受け込々ヶ㌔ｶﾞ゙"))))
def test_no_character_of_any_text_is_lost(text):
    assume("(" not in fold(text))
    assert "".join(s.text for s in segments(text, NO_READINGS)) == text


@given(st.lists(st.sampled_from(["子", "育（そだ）つ", "お金（", "（かね）", "ひとり", "親（おや）", "（）", "申（もう）込（こ）み", "x"])))
def test_any_brackets_are_borne(pieces):
    text = "".join(pieces)
    left = iter(text)
    assert all(c in left for c in without_readings(text, NO_READINGS))        # in order, nothing new


def test_threads_get_the_same(readings):
    texts = [f"{n}歳の子どもを預けて、{n}日に受け取る方" for n in range(60)]
    alone = [noted(t, build_readings([])) for t in texts]
    shared = Readings()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda t: noted(t, shared), texts)) == alone


@pytest.mark.browser
@pytest.mark.parametrize("sheet", ["finder.css", "guidebook.css"])
def test_who_copies_or_listens_gets_the_text_once(sheet, readings, browser):
    style = (HERE.parent / "static" / sheet).read_text(encoding="utf-8")
    page = browser.new_page()
    page.set_content(f"<style>{style}</style><main><p>{ruby('児童扶養手当を受ける', readings)}</p></main>")
    assert page.evaluate("getSelection().selectAllChildren(document.body), getSelection().toString().trim()") == "児童扶養手当を受ける"
    tree = page.locator("main").aria_snapshot()
    assert "児童" in tree and "じどう" not in tree
    assert page.locator("rt").first.is_visible()
    page.close()
