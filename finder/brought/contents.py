"""Everything that a code's answers say, in words, so that a visitor sees it before they show it."""

from __future__ import annotations

from collections.abc import Iterator

from finder.answers import FACTS, Answers, Child
from finder.cards import child_name
from finder.catalog import Catalog
from finder.forms import fact_words, question_text
from finder.languages import JAPANESE, Language, message
from finder.ternary import NO, OPEN, YES

_SAID = {YES: message("はい"), NO: message("いいえ")}
_DISABILITY = {YES: message("障害あり"), NO: message("障害なし")}
_LEFT_OPEN = message("わからない・答えたくない")


def contents(catalog: Catalog, answers: Answers, language: Language = JAPANESE) -> Iterator[tuple[str, str]]:
    """Yield (what was asked, what was said) for every answer; nothing that a code carries is left out."""
    for child in answers.children or ():
        yield language.say("お子さん"), _person(child, language)
    if answers.children == ():
        yield language.say("お子さん"), language.say("子どもはいない")
    for fact in FACTS:
        if answers.fact(fact) != OPEN:
            yield language.say(fact_words(fact)), language.say(_SAID[answers.fact(fact)])
    if answers.myself:
        yield language.say("ご本人"), _person(answers.myself, language)
    for need in answers.needs:
        yield language.say("困りごと"), catalog.needs[need].in_language(language.id)
    for name in sorted(answers.asked):
        asked = language.say(fact_words(name)) if name in FACTS else question_text(catalog, name, language)
        yield asked, language.say(_LEFT_OPEN)


def _person(person: Child, language: Language) -> str:
    """Return everything that was said of a person: every form of the age, not the shortest alone."""
    forms = [child_name(Child(said=(one,)), language) for one in person.said] or [language.say("年齢はまだ")]
    if person.disability != OPEN:
        forms.append(language.say(_DISABILITY[person.disability]))
    return language.say("、").join(forms)
