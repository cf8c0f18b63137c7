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


def ages(adults: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the choices of an age, in groups: (group, [(value, words)])."""
    if adults:
        return [("年齢", [(f"age_years:{n}", f"{n}歳") for n in range(12, 100)])]
    babies = [(f"age_months:{n}", f"{n}か月") for n in range(12)]
    small = [(f"age_years:{n}", f"{n}歳") for n in range(1, 7)]
    school = [(f"grade:{g}", _grade_words(g)) for g in GRADES]
    older = [(f"age_years:{n}", f"{n}歳") for n in range(15, 31)]
    return [("赤ちゃん", babies), ("年齢", small), ("園・学校の学年", school), ("15歳から", older)]


def _grade_words(grade: str) -> str:
    names = {"小": "小学", "中": "中学", "高": "高校"}
    return f"{names[grade[0]]}{grade[1]}年生" if grade[0] in names else f"{grade}（園）"


def years(today: date) -> range:
    """Return the years in which a child may have been born, latest first."""
    return range(today.year, today.year - 31, -1)


def rows(people: Sequence[Child], today: date, one_more: bool) -> list[Row]:
    """Return the form's rows for the people told so far, and an empty one when wished."""
    out = [_row(i, person) for i, person in enumerate(people)]
    if one_more:
        out.append(Row(len(out), "", "", "", "", ""))
    return out


def _row(place: int, person: Child) -> Row:
    said = dict(person.said)
    disability = {YES: "yes", NO: "no", OPEN: ""}[person.disability]
    year, month = said.pop("birth_month", "-").split("-")
    born = (year, month.lstrip("0"), disability)
    offered = {value for _, group in (*ages(False), *ages(True)) for value, _ in group}
    for form, value in said.items():
        if f"{form}:{value}" in offered:
            return Row(place, f"{form}:{value}", "", *born)
    return Row(place, f"kept:{place}", child_name(person), *born) if said else Row(place, "", "", *born)


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
        raise BadAnswer("unknown_choice", "選択肢から選んでください。", question_id)
    if question_id == "self":
        people = _people(form, (answers.myself,) if answers.myself else ())
        return {"self": people[0] if people else "unknown"}
    people = _people(form, answers.children or ())
    if "remove" in form:
        return {"children": [p for i, p in enumerate(people) if str(i) != form["remove"]] or None}
    if not people and form.get("go") != "more":
        raise BadAnswer("nothing_chosen", "年齢か学年を選んでください。言いたくないときは「答えたくない」を押してください。", question_id)
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
            raise BadAnswer("bad_birth_month", "生まれた年と月を選んでください。", "children")
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
    ("pregnant", YES): "妊娠中", ("pregnant", NO): "妊娠していない",
    ("single_parent", YES): "ひとり親", ("single_parent", NO): "ひとり親ではない",
    ("divorcing", YES): "離婚を考えている・話し合い中", ("widow", YES): "以前ひとり親だった",
    ("disability", YES): "障害のあるお子さんがいる", ("disability", NO): "障害のあるお子さんはいない",
    ("low_income", YES): "家計が苦しい", ("low_income", NO): "家計は苦しくない",
}


def chips(catalog: Catalog, answers: Answers) -> list[Chip]:
    """Return everything known so far, each piece changeable and removable."""
    out = []
    for place, child in enumerate(answers.children or ()):
        extra = "・障害あり" if child.disability == YES else ""
        out.append(Chip(child_name(child) + extra, "children", f"children:{place}"))
    if answers.children == ():
        out.append(Chip("子どもはいない", "children", "children"))
    for fact in FACTS:
        if words_of := _FACT_CHIPS.get((fact, answers.fact(fact))):
            question = "single_parent" if fact in ("divorcing", "widow") else fact
            out.append(Chip(words_of, question, fact))
    if answers.myself:
        out.append(Chip(f"ご本人 {child_name(answers.myself)}", "self", "self"))
    out += [Chip(catalog.needs[n].ja, "needs", f"needs:{n}") for n in answers.needs]
    return out


def new_chips(catalog: Catalog, before: Answers, now: Answers) -> list[str]:
    """Return in words what the answers hold now and did not hold before."""
    known = Counter(c.text for c in chips(catalog, before))
    return list((Counter(c.text for c in chips(catalog, now)) - known).elements())


def told(catalog: Catalog, question_id: str, form: Mapping[str, str], answers: Answers) -> str:
    """Return in words what was pressed in answer to a question."""
    question = catalog.question(question_id)
    if question and form.get("choice", "").isdigit():
        return question.choices[int(form["choice"])].label.ja
    said = [c.text for c in chips(catalog, answers) if c.question == ("children" if question_id == "child_birth" else question_id)]
    return "、".join(said) or "答えない"


def question_text(catalog: Catalog, question_id: str) -> str:
    """Return the words of a question."""
    question = catalog.question(question_id)
    return question.text.ja if question else "どんなことで困っていますか"


def lines(catalog: Catalog, answers: Answers, questions: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return (question id, question, answer) for the page of answers."""
    every = chips(catalog, answers)
    out = []
    for question_id in questions:
        said = [c.text for c in every if c.question == question_id]
        asked = "わからない・答えたくない" if question_id in answers.asked else "まだ答えていません"
        out.append((question_id, question_text(catalog, question_id), "、".join(said) or asked))
    return out


def short_question(asked: Asked | None) -> str:
    """Return what an answer would bring: 「7つの支援の対象かどうかが分かります」."""
    return f"{asked.settles}つの支援の対象かどうかが分かります" if asked else ""
