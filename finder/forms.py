"""Answers on pages: form fields read into answers, answers shown as chips and lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from finder.answers import FACTS, NEEDS, Answers, BadAnswer, Child, change, write_answers, write_child
from finder.births import GRADES
from finder.cards import child_name
from finder.catalog import Catalog, Question
from finder.interview import Asked
from finder.languages import JAPANESE, Language, message
from finder.requirement_words import grade_words
from finder.ternary import NO, OPEN, YES

LONGEST_SAID = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the form: what was told, as the form's fields hold it."""

    place: int
    age: str              # "grade:小2", "age_years:3", "kept:…" or ""
    kept: str             # how it was told, when the select cannot say it
    year: str
    month: str
    disability: str


@dataclass(frozen=True, slots=True)
class Chip:
    """An answer as it is shown on the list: its words, where to change it, how to take it back."""

    text: str
    question: str
    what: str


def ages(adults: bool, language: Language = JAPANESE) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the choices of an age, in groups: (group, [(value, words)])."""
    if adults:
        return [(language.say("年齢"), _years_old(12, 100, language))]
    babies = [(f"age_months:{n}", language.say("%(months)sか月", months=n)) for n in range(12)]
    school = [(f"grade:{g}", grade_words(g, language)) for g in GRADES]
    return [(language.say("赤ちゃん"), babies), (language.say("年齢"), _years_old(1, 7, language)),
            (language.say("園・学校の学年"), school), (language.say("15歳から"), _years_old(15, 31, language))]


def _years_old(first: int, end: int, language: Language) -> list[tuple[str, str]]:
    return [(f"age_years:{n}", language.say("%(years)s歳", years=n)) for n in range(first, end)]


def years(today: date) -> range:
    """Return the years in which a child may have been born, latest first."""
    return range(today.year, today.year - 31, -1)


def rows(people: Sequence[Child], one_more: bool, language: Language = JAPANESE) -> list[Row]:
    """Return the form's rows for the people told so far, and an empty one when wished."""
    out = [_row(i, person, language) for i, person in enumerate(people)]
    if one_more:
        out.append(Row(len(out), "", "", "", "", ""))
    return out


def _row(place: int, person: Child, language: Language) -> Row:
    said = dict(person.said)
    disability = {YES: "yes", NO: "no", OPEN: ""}[person.disability]
    year, month = said.pop("birth_month", "-").split("-")
    born = (year, month.lstrip("0"), disability)
    offered = {value for _, group in (*ages(False), *ages(True)) for value, _ in group}
    for form, value in said.items():
        if f"{form}:{value}" in offered:
            return Row(place, f"{form}:{value}", "", *born)
    return Row(place, f"kept:{place}", child_name(person, language), *born) if said else Row(place, "", "", *born)


def given(question_id: str, form: Mapping[str, str], question: Question | None, answers: Answers) -> dict[str, Any]:
    """Return what a posted form answers, in the JSON form; raises BadAnswer."""
    if question_id == "needs":
        chosen = form.getlist("need") if hasattr(form, "getlist") else []
        return {"needs": [n for n in chosen if n in NEEDS] or None,
                "asked": [] if chosen else ["needs"]}
    assert question
    if (choice := form.get("choice")) is not None:
        for place, offered in enumerate(question.choices):
            if choice == str(place) and offered.sets:
                return {**_cleared(question_id), **offered.sets}
        raise BadAnswer("unknown_choice", message("選択肢から選んでください。"), question_id)
    if question_id == "self":
        people = _people(form, (answers.myself,) if answers.myself else ())
        return {"self": people[0] if people else "unknown"}
    people = _people(form, answers.children or ())
    if "remove" in form:
        return {"children": [p for i, p in enumerate(people) if str(i) != form["remove"]] or None}
    if not people and form.get("go") != "more":
        raise BadAnswer("nothing_chosen",
                        message("年齢か学年を選んでください。言いたくないときは「答えたくない」を押してください。"), question_id)
    return {"children": people or None,
            "asked": ["child_birth"] if question_id == "child_birth" else []}


def _cleared(question_id: str) -> dict[str, None]:
    return {"divorcing": None, "widow": None} if question_id == "single_parent" else {}


def _people(form: Mapping[str, str], before: Sequence[Child]) -> list[dict[str, Any]]:
    """Read the rows of the form; a row left empty is no one."""
    people = []
    for place in range(40):
        if f"p{place}-age" not in form and f"p{place}-year" not in form:
            break
        person = _person(form, place, before)
        if person:
            people.append(person)
    return people


def _person(form: Mapping[str, str], place: int, before: Sequence[Child]) -> dict[str, Any]:
    age, year = form.get(f"p{place}-age", ""), form.get(f"p{place}-year", "")
    month = form.get(f"p{place}-month", "")
    person: dict[str, Any] = {}
    if age.startswith("kept:") and age[5:].isdigit() and int(age[5:]) < len(before):
        person = {k: v for k, v in write_child(before[int(age[5:])]).items() if k not in ("born", "birth_month")}
    elif ":" in age:
        form_name, value = age.split(":", 1)
        person = {form_name: int(value) if form_name != "grade" and value.isdigit() else value}
    if year:
        if not re.fullmatch(r"\d{4}", year) or not re.fullmatch(r"\d{0,2}", month):
            raise BadAnswer("bad_birth_month", message("生まれた年と月を選んでください。"), "children")
        person |= {"birth_month": f"{year}-{int(month):02d}"} if month else {"birth_year": int(year)}
    disability = form.get(f"p{place}-disability", "")
    if person and disability in ("yes", "no"):
        person["disability"] = disability == "yes"
    elif person:
        person.pop("disability", None)
    return person


def chosen(question: Question, answers: Answers) -> int | None:
    """Return the place of the choice that was made before, if any."""
    now = write_answers(answers)
    made = [i for i, c in enumerate(question.choices)
            if c.sets and all(now.get(k) == v for k, v in c.sets.items() if k != "asked")]
    return max(made, key=lambda i: len(question.choices[i].sets)) if made else None


def without(answers: Answers, what: str, today: date) -> Answers:
    """Return the answers with one of them taken back: "needs:money", "children:0", "pregnant"."""
    name, _, which = what.partition(":")
    if name == "needs":
        return change(answers, {"needs": [n for n in answers.needs if n != which] or None}, today)
    if name == "children" and which.isdigit():
        people = [{k: v for k, v in write_child(c).items() if k != "born"}
                  for i, c in enumerate(answers.children or ()) if i != int(which)]
        return change(answers, {"children": people or None}, today)
    if name in (*FACTS, "self", "children"):
        return change(answers, {name: None}, today)
    return answers


_FACT_CHIPS = {
    ("pregnant", YES): message("妊娠中"), ("pregnant", NO): message("妊娠していない"),
    ("single_parent", YES): message("ひとり親"), ("single_parent", NO): message("ひとり親ではない"),
    ("divorcing", YES): message("離婚を考えている・話し合い中"), ("widow", YES): message("以前ひとり親だった"),
    ("disability", YES): message("障害のあるお子さんがいる"), ("disability", NO): message("障害のあるお子さんはいない"),
    ("low_income", YES): message("家計が苦しい"), ("low_income", NO): message("家計は苦しくない"),
}


def chips(catalog: Catalog, answers: Answers, language: Language = JAPANESE) -> list[Chip]:
    """Return everything known so far, each piece changeable and removable."""
    out = []
    for place, child in enumerate(answers.children or ()):
        name = child_name(child, language)
        shown = language.say("%(child)s・障害あり", child=name) if child.disability == YES else name
        out.append(Chip(shown, "children", f"children:{place}"))
    if answers.children == ():
        out.append(Chip(language.say("子どもはいない"), "children", "children"))
    for fact in FACTS:
        if words_of := _FACT_CHIPS.get((fact, answers.fact(fact))):
            question = "single_parent" if fact in ("divorcing", "widow") else fact
            out.append(Chip(language.say(words_of), question, fact))
    if answers.myself:
        out.append(Chip(language.say("ご本人 %(age)s", age=child_name(answers.myself, language)), "self", "self"))
    out += [Chip(catalog.needs[n].in_language(language.id), "needs", f"needs:{n}") for n in answers.needs]
    return out


_TYPED = (
    (True, re.compile(r"はい|うん|ええ|そう(?:です|だよ)?|い(?:る|ます)|あ(?:る|ります)|して(?:いる|います|ます)|yes|yep|y", re.I)),
    (False, re.compile(r"いいえ|いえ|ううん|ちが(?:う|います)|違(?:う|います)|な(?:い|し)(?:です)?|ありません|いま(?:せん)|いない(?:です)?|"
                       r"して(?:いない|いません|ません)|no|nope|n", re.I)),
    ("unknown", re.compile(r"わか(?:らない|りません|らん)(?:です)?|不明|(?:答え|言い)たくない(?:です)?|ひみつ|秘密|パス|skip", re.I)),
)


def typed_choice(question: Question, said: str) -> str | None:
    """Return the place of the choice that a short typed answer means, as a form sends it: 「はい」「いいえ」「わからない」; else None."""
    bare = said.strip(" 　。、!！.")
    value = next((value for value, words in _TYPED if words.fullmatch(bare)), None)
    return next((str(place) for place, choice in enumerate(question.choices)
                 if value is not None and choice.sets and choice.value == value and type(choice.value) is type(value)), None)


def new_chips(catalog: Catalog, before: Answers, now: Answers, language: Language = JAPANESE) -> list[str]:
    """Return in words what the answers hold now and did not hold before."""
    known = Counter(c.text for c in chips(catalog, before, language))
    return list((Counter(c.text for c in chips(catalog, now, language)) - known).elements())


def told(catalog: Catalog, question_id: str, form: Mapping[str, str], answers: Answers,
         language: Language = JAPANESE) -> str:
    """Return in words what was pressed in answer to a question."""
    question = catalog.question(question_id)
    if question and form.get("choice", "").isdigit():
        return question.choices[int(form["choice"])].label.in_language(language.id)
    said = [c.text for c in chips(catalog, answers, language) if c.question == ("children" if question_id == "child_birth" else question_id)]
    return language.say("、").join(said) or language.say("答えない")


def statement(question: Question, language: Language = JAPANESE) -> str:
    """Return a yes-or-no question in few words, as what a yes says: 「妊娠中」."""
    return language.say(_FACT_CHIPS.get((question.id, YES), question.text.in_language(language.id)))


def fact_words(fact: str) -> str:
    """Return what a yes to a fact says, in few words, to be said in a language: 「妊娠中」."""
    return _FACT_CHIPS[fact, YES]


def question_text(catalog: Catalog, question_id: str, language: Language = JAPANESE) -> str:
    """Return the words of a question."""
    question = catalog.question(question_id)
    return question.text.in_language(language.id) if question else language.say("どんなことで困っていますか")


def lines(catalog: Catalog, answers: Answers, questions: Sequence[str],
          language: Language = JAPANESE) -> list[tuple[str, str, str]]:
    """Return (question id, question, answer) for the page of answers."""
    every = chips(catalog, answers, language)
    out = []
    for question_id in questions:
        said = [c.text for c in every if c.question == question_id]
        asked = language.say("わからない・答えたくない") if question_id in answers.asked else language.say("まだ答えていません")
        out.append((question_id, question_text(catalog, question_id, language), language.say("、").join(said) or asked))
    return out


def short_question(asked: Asked | None, language: Language = JAPANESE) -> str:
    """Return what an answer would bring: 「7件の支援の対象かどうかが分かります」."""
    return language.say("%(count)s件の支援の対象かどうかが分かります", count=asked.settles) if asked else ""
