"""Requirements in words that a resident understands, in every language.

Japanese, やさしい日本語 and English stand here, because the API carries them with every
requirement; the other languages say the same patterns from their catalogs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from finder.births import Ages
from finder.catalog import Requirement, Texts
from finder.languages import JAPANESE, LANGUAGES, Language, message

FACT_WORDS = {
    "pregnant": Texts(message("妊娠中"), "おなかに 赤ちゃんが います", "Pregnant"),
    "single_parent": Texts(message("ひとり親家庭"), "お父さんか お母さんが ひとりで 子どもを 育てています", "Single-parent family"),
    "divorcing": Texts(message("離婚を考えている・話し合っている"), "離婚（りこん）を 考えています",
                       "Thinking about or going through a divorce"),
    "widow": Texts(message("寡婦（以前ひとり親で、お子さんが20歳以上になった方）"),
                   "前に ひとり親でした。子どもは 20歳（さい）以上です", "Formerly a single parent; children now 20 or over"),
    "low_income": Texts(message("家計が苦しい（生活保護、住民税非課税、就学援助など）"),
                        "お金が 足りません（生活保護、住民税非課税など）",
                        "Low income (public assistance, tax-exempt, school aid, …)"),
    "disability": Texts(message("障害のあるお子さんがいる"), "障害の ある 子どもが います", "A child with a disability"),
}
_GRADES = {"小": message("小学%(n)s年生"), "中": message("中学%(n)s年生"), "高": message("高校%(n)s年生")}
_NURSERY = {"年少": message("年少（園）"), "年中": message("年中（園）"), "年長": message("年長（園）")}

# Each pattern in Japanese, with the same in やさしい日本語 and English; a test holds the catalogs to it.
PATTERNS = {
    "小学%(n)s年生": ("小学校%(n)s年生", "elementary school year %(n)s"),
    "中学%(n)s年生": ("中学校%(n)s年生", "junior high year %(n)s"),
    "高校%(n)s年生": ("高校%(n)s年生", "high school year %(n)s"),
    "年少（園）": ("3歳の クラス", "the kindergarten class of age 3"),
    "年中（園）": ("4歳の クラス", "the kindergarten class of age 4"),
    "年長（園）": ("5歳の クラス", "the kindergarten class of age 5"),
    "%(years)s歳": ("%(years)s歳", "age %(years)s"),
    "%(months)sか月": ("%(months)sか月", "%(months)s month(s)"),
    "%(years)s歳%(months)sか月": ("%(years)s歳%(months)sか月", "age %(years)s and %(months)s month(s)"),
    "生後%(days)s日": ("生まれて %(days)s日", "%(days)s days after birth"),
    "産後%(years)s年": ("生まれて %(years)s年", "%(years)s year(s) after birth"),
    "産後%(months)sか月": ("生まれて %(months)sか月", "%(months)s month(s) after birth"),
    "%(years)s歳になったあとの最初の3月31日まで": ("%(years)s歳（さい）に なった あとの 3月31日まで",
                                 "until 31 March after turning %(years)s"),
    "小学校に入る前": ("小学校に 入る 前", "before starting elementary school"),
    "中学校を卒業してから": ("中学校を 卒業（そつぎょう）した あとから", "after leaving junior high school"),
    "%(point)sから": ("%(point)sから", "from %(point)s"),
    "%(point)sまで": ("%(point)sまで", "up to %(point)s"),
    "%(point)s未満": ("%(point)sまで", "less than %(point)s"),
    "%(point)sになる前": ("%(point)sに なる 前", "under %(point)s"),
    "%(start)s%(end)s": ("%(start)s %(end)s", "%(start)s, %(end)s"),
    "%(points)sのころ": ("%(points)sの ころ", "around %(points)s"),
    "・": ("・", ", "),
    "お子さん": ("子ども", "A child"),
    "障害のあるお子さん": ("障害の ある 子ども", "A child with a disability"),
    "%(ages)sのお子さん": ("%(ages)sの 子ども", "A child, %(ages)s"),
    "%(ages)sの障害のあるお子さん": ("%(ages)sの 障害の ある 子ども", "A child with a disability, %(ages)s"),
    "ご本人が%(ages)s": ("あなたが %(ages)s", "You are %(ages)s"),
    "「%(condition)s」ではない": ("「%(condition)s」では ない", "Not: %(condition)s"),
}
_EASY = replace(LANGUAGES["easy"], translate=lambda pattern: PATTERNS[pattern][0])
_ENGLISH = replace(LANGUAGES["en"], translate=lambda pattern: PATTERNS[pattern][1])


def fact_words(fact: str, wanted: bool) -> Texts:
    """Return the words of a requirement on a fact of the household."""
    words = FACT_WORDS[fact]
    return words if wanted else _texts(lambda one: _not(words.in_language(one.id), one))


def child_words(ages: Ages, disability: bool) -> Texts:
    """Return the words of a requirement on one child: age and disability together."""
    return _texts(lambda one: _child(ages, disability, one))


def self_words(ages: Ages) -> Texts:
    """Return the words of a requirement on the age of the person asking."""
    return _texts(lambda one: _myself(ages, one))


def requirement_words(requirement: Requirement, language: Language) -> str:
    """Return a requirement in a language; what only the plan says may be in the one that stands in for it."""
    if language.id in ("ja", "easy", "en") or requirement.kind == "confirm":
        return requirement.text.in_language(language.id)
    if requirement.kind == "fact":
        words = language.say(FACT_WORDS[requirement.fact].ja)
        return words if requirement.wanted else _not(words, language)
    if requirement.kind == "self":
        return _myself(requirement.ages, language)
    return _child(requirement.ages, requirement.disability, language)


def grade_words(grade: str, language: Language) -> str:
    """Return a school year in full: 「小学2年生」「年長（園）」."""
    return language.say(_GRADES[grade[0]], n=grade[1]) if grade[0] in _GRADES else language.say(_NURSERY[grade])


def age_words(ages: Ages, language: Language) -> str:
    """Return an age condition in words: 「6か月から小学6年生まで」."""
    if ages.at:
        return language.say("%(points)sのころ", points=language.say("・").join(point_words(p, language) for p in ages.at))
    if ages.start and ages.start == ages.until:
        return point_words(ages.start, language)
    end = _until(ages.until, language) if ages.until else _under(ages.under, language) if ages.under else ""
    start = _start(ages.start, language) if ages.start else ""
    return language.say("%(start)s%(end)s", start=start, end=end) if start and end else start or end


def _texts(words: Callable[[Language], str]) -> Texts:
    return Texts(words(JAPANESE), words(_EASY), words(_ENGLISH))


def _child(ages: Ages, disability: bool, language: Language) -> str:
    if words := age_words(ages, language):
        return language.say("%(ages)sの障害のあるお子さん", ages=words) if disability else language.say("%(ages)sのお子さん", ages=words)
    return language.say("障害のあるお子さん") if disability else language.say("お子さん")


def _myself(ages: Ages, language: Language) -> str:
    return language.say("ご本人が%(ages)s", ages=age_words(ages, language))


def _not(words: str, language: Language) -> str:
    return language.say("「%(condition)s」ではない", condition=words)


def point_words(limit: str, language: Language) -> str:
    """Return a point in a life: 「小学2年生」「1歳6か月」「産後1年」."""
    if limit[0] in _GRADES or limit in _NURSERY:
        return grade_words(limit, language)
    if match := re.fullmatch(r"生後(\d+)日", limit):
        return language.say("生後%(days)s日", days=match[1])
    if match := re.fullmatch(r"産後(?:(\d)年|(\d+)か月)", limit):
        return language.say("産後%(years)s年", years=match[1]) if match[1] else language.say("産後%(months)sか月", months=match[2])
    match = re.fullmatch(r"(?:(\d+)歳)?(?:(\d+)か月)?", limit)
    assert match
    if match[1] and match[2]:
        return language.say("%(years)s歳%(months)sか月", years=match[1], months=match[2])
    return language.say("%(years)s歳", years=match[1]) if match[1] else language.say("%(months)sか月", months=match[2])


def _start(limit: str, language: Language) -> str:
    if limit == "中学校卒業後":
        return language.say("中学校を卒業してから")
    return language.say("%(point)sから", point=point_words("小1" if limit == "就学" else limit, language))


def _until(limit: str, language: Language) -> str:
    if match := re.fullmatch(r"(\d+)歳年度末", limit):
        return language.say("%(years)s歳になったあとの最初の3月31日まで", years=match[1])
    return language.say("小学校に入る前") if limit == "就学前" else language.say("%(point)sまで", point=point_words(limit, language))


def _under(limit: str, language: Language) -> str:
    point = point_words(limit, language)
    return language.say("%(point)s未満", point=point) if limit.startswith("産後") else language.say("%(point)sになる前", point=point)
