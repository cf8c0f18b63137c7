"""Requirements in words that a resident understands, in Japanese, やさしい日本語 and English."""

from __future__ import annotations

import re

from finder.births import Ages
from finder.catalog import Texts

FACT_WORDS = {
    ("pregnant", True): Texts("妊娠中", "おなかに 赤ちゃんが います", "Pregnant"),
    ("single_parent", True): Texts("ひとり親家庭", "お父さんか お母さんが ひとりで 子どもを 育てています",
                                   "Single-parent family"),
    ("divorcing", True): Texts("離婚を考えている・話し合っている", "離婚（りこん）を 考えています",
                               "Thinking about or going through a divorce"),
    ("widow", True): Texts("寡婦（以前ひとり親で、お子さんが20歳以上になった方）",
                           "前に ひとり親でした。子どもは 20歳（さい）以上です",
                           "Formerly a single parent; children now 20 or over"),
    ("low_income", True): Texts("家計が苦しい（生活保護、住民税非課税、就学援助など）",
                                "お金が 足りません（生活保護、住民税非課税など）",
                                "Low income (public assistance, tax-exempt, school aid, …)"),
    ("disability", True): Texts("障害のあるお子さんがいる", "障害の ある 子どもが います",
                                "A child with a disability"),
}

_GRADE_JA = {"小": "小学", "中": "中学", "高": "高校"}
_GRADE_EASY = {"小": "小学校", "中": "中学校", "高": "高校"}
_GRADE_EN = {"小": "elementary school year", "中": "junior high year", "高": "high school year"}
_NURSERY_EN = {"年少": "the class two years below the last kindergarten year",
               "年中": "the middle kindergarten year", "年長": "the last kindergarten year"}


def _point(limit: str, language: str) -> str:
    if match := re.fullmatch(r"([小中高])(\d)", limit):
        words = {"ja": f"{_GRADE_JA[match[1]]}{match[2]}年生",
                 "easy": f"{_GRADE_EASY[match[1]]}{match[2]}年生",
                 "en": f"{_GRADE_EN[match[1]]} {match[2]}"}
        return words[language]
    if language != "en":
        return limit
    if limit in _NURSERY_EN:
        return _NURSERY_EN[limit]
    if match := re.fullmatch(r"生後(\d+)日", limit):
        return f"{match[1]} days old"
    if match := re.fullmatch(r"産後(?:(\d)年|(\d+)か月)", limit):
        return f"{match[1]} years after birth" if match[1] else f"{match[2]} months after birth"
    match = re.fullmatch(r"(?:(\d+)歳)?(?:(\d+)か月)?", limit)
    assert match
    parts = [f"{match[1]} years" if match[1] else "", f"{match[2]} months" if match[2] else ""]
    return " ".join(p for p in parts if p)


def _until(limit: str, language: str) -> str:
    if match := re.fullmatch(r"(\d+)歳年度末", limit):
        return {"ja": f"{match[1]}歳になったあとの最初の3月31日まで",
                "easy": f"{match[1]}歳（さい）に なった あとの 3月31日まで",
                "en": f"until 31 March after turning {match[1]}"}[language]
    if limit == "就学前":
        return {"ja": "小学校に入る前", "easy": "小学校に 入る 前",
                "en": "before starting elementary school"}[language]
    point = _point(limit, language)
    return f"up to {point}" if language == "en" else f"{point}まで"


def _start(limit: str, language: str) -> str:
    if limit in ("就学", "小1"):
        return {"ja": "小学1年生から", "easy": "小学校1年生から",
                "en": "from elementary school year 1"}[language]
    if limit == "中学校卒業後":
        return {"ja": "中学校を卒業してから", "easy": "中学校を 卒業（そつぎょう）した あとから",
                "en": "after leaving junior high school"}[language]
    return f"from {_point(limit, 'en')}" if language == "en" else f"{_point(limit, language)}から"


def age_words(ages: Ages, language: str) -> str:
    """Return an age condition in words: 「6か月から小学6年生まで」."""
    if ages.at:
        points = [_point(p, language) for p in ages.at]
        return ("check-ups at " + ", ".join(points) if language == "en"
                else "・".join(points) + ("ごろ" if language == "easy" else ""))
    parts = []
    if ages.start:
        parts.append(_start(ages.start, language))
    if ages.until:
        parts.append(_until(ages.until, language))
    if ages.under:
        point = _point(ages.under, language)
        since_birth = ages.under.startswith("産後")
        parts.append((f"less than {point}" if since_birth else f"under {point}") if language == "en"
                     else f"{point}{'未満' if since_birth else 'になる前'}")
    return (" " if language != "ja" else "").join(parts)


def child_words(ages: Ages, disability: bool) -> Texts:
    """Return the words of a requirement on one child: age and disability together."""
    words = {language: age_words(ages, language) for language in ("ja", "easy", "en")}
    ja = (f"{words['ja']}の" if words["ja"] else "") + ("障害のある" if disability else "") + "お子さん"
    easy = (f"{words['easy']}の " if words["easy"] else "") + ("障害の ある " if disability else "") + "子ども"
    en = "A child" + (" with a disability" if disability else "") + (f", {words['en']}" if words["en"] else "")
    return Texts(ja, easy, en)


def self_words(ages: Ages) -> Texts:
    """Return the words of a requirement on the age of the person asking."""
    return Texts(f"ご本人が{age_words(ages, 'ja')}", f"あなたが {age_words(ages, 'easy')}",
                 f"You are {age_words(ages, 'en')}")
