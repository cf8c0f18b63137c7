"""What a resident told us: the answers of one household, read from and written to JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from finder import births
from finder.births import Span
from finder.languages import message
from finder.ternary import NO, OPEN, YES, Ternary

FACTS = ("pregnant", "single_parent", "divorcing", "widow", "disability", "low_income")
NEEDS = ("money", "medical_cost", "childcare", "after_school", "consult_parenting",
         "housework_help", "school_refusal", "study", "work", "housing", "abuse", "dv",
         "development", "friends", "food", "marriage", "foreign_language", "young_carer",
         "self_harm", "unexpected_pregnancy", "sick_child", "emergency_medical")
BIRTH_FORMS = ("birth_date", "birth_month", "birth_year", "age_years", "age_months", "grade")
MOST_CHILDREN = 20        # the message for more says so too
MOST_AGE = 120


class BadAnswer(ValueError):
    """An answer that cannot be read: `code`, a message for people, and the field's path."""

    def __init__(self, code: str, message: str, field: str) -> None:
        super().__init__(message)
        self.code, self.message, self.field = code, message, field


@dataclass(frozen=True, slots=True)
class Child:
    """A person for whom help is asked: a span of birth dates, and what was said of them.

    `said` keeps the forms in which the age was told, so that they can be shown again;
    `born` is None when it was only said that there is a child.
    """

    born: Span | None = None
    disability: Ternary = OPEN
    said: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """One household's answers; `children` is None when nothing was said of children.

    `asked` names the questions that were put and left open, so that they are not put again.
    """

    children: tuple[Child, ...] | None = None
    pregnant: Ternary = OPEN
    single_parent: Ternary = OPEN
    divorcing: Ternary = OPEN
    widow: Ternary = OPEN
    disability: Ternary = OPEN
    low_income: Ternary = OPEN
    myself: Child | None = None
    needs: tuple[str, ...] = ()
    asked: frozenset[str] = field(default=frozenset())

    def fact(self, name: str) -> Ternary:
        """Return what was answered to a yes-or-no question."""
        value: Ternary = getattr(self, name)
        return value

    def settled(self, question: str) -> bool:
        """Tell whether a question was answered or put, so that it need not be put again."""
        if question in self.asked:
            return True
        if question == "children":
            return self.children is not None
        if question == "self":
            return self.myself is not None
        if question == "needs":
            return bool(self.needs)
        if question in FACTS:
            if question == "disability" and any(c.disability != OPEN for c in self.children or ()):
                return True
            return self.fact(question) != OPEN
        return False


NOTHING_SAID = Answers()


# --- reading -----------------------------------------------------------------------------------

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def read_answers(given: Mapping[str, Any], today: date, at: str = "answers") -> Answers:
    """Read the JSON form of a household's answers; raises BadAnswer with the field's path."""
    if not isinstance(given, Mapping):
        raise BadAnswer("not_an_object", "answers は {…} の形で送ってください。", at)
    given = _spelled_out(given)
    for key in given:
        if key not in _KNOWN:
            raise BadAnswer("unknown_field", f"この項目はありません。使える項目: {', '.join(sorted(_KNOWN))}", at)
    told: dict[str, Any] = {"needs": _read_needs(given.get("needs", ()), f"{at}.needs")}
    asked = set(_read_names(given.get("asked", ()), f"{at}.asked"))
    told |= {f: _read_ternary(given[f], f"{at}.{f}") for f in FACTS if f in given}
    asked |= {f for f in FACTS if given.get(f) == "unknown"}
    if given.get("child_birth") is not None:
        if given["child_birth"] != "unknown":
            raise BadAnswer("not_a_ternary", 'ここに送れるのは "unknown" だけです。', f"{at}.child_birth")
        asked.add("child_birth")
    if given.get("children") == "unknown":
        asked.add("children")
    elif given.get("children") is not None:
        told["children"] = _read_children(given["children"], today, f"{at}.children")
    if given.get("self") == "unknown":
        asked.add("self")
    elif given.get("self") is not None:
        told["myself"] = read_child(given["self"], today, f"{at}.self")
    return Answers(**told, asked=frozenset(asked))


_KNOWN = {*FACTS, "children", "self", "needs", "asked", "child_birth"}
_UNDER_18 = births.Ages(under="18歳")


def with_young_speaker(answers: Answers, today: date) -> Answers:
    """Return the answers with a speaker under 18 counted, last, among those for whom help is asked, unless they are the most already."""
    speaker, people = answers.myself, answers.children or ()
    if speaker is None or speaker.born is None or len(people) >= MOST_CHILDREN or any(p.said == speaker.said for p in people):
        return answers
    young = births.age_standing(speaker.born, _UNDER_18, today) == YES
    return replace(answers, children=(*people, speaker)) if young else answers


def _spelled_out(given: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the further answers to "single parent?" into the facts they are."""
    out = dict(given)
    if given.get("single_parent") in ("divorcing", "widow"):
        out[given["single_parent"]] = True
        out["single_parent"] = "unknown" if given["single_parent"] == "divorcing" else False
    if given.get("single_parent") == "guardian":      # what is for single parents may be for them: the counter knows
        out["single_parent"] = "unknown"
    return out


def change(answers: Answers, given: Mapping[str, Any], today: date) -> Answers:
    """Return the answers with some of them given anew; None takes an answer away."""
    before = write_answers(answers)
    whole = {**before, **_spelled_out(given)}
    whole["asked"] = sorted({*before.get("asked", ()), *given.get("asked", ())})
    return read_answers({k: v for k, v in whole.items() if v is not None}, today)


def _read_ternary(value: Any, at: str) -> Ternary:
    if value is True:
        return YES
    if value is False:
        return NO
    if value is None or value == "unknown":
        return OPEN
    raise BadAnswer("not_a_ternary", 'true、false、"unknown" のどれかで送ってください。', at)


def _read_needs(value: Any, at: str) -> tuple[str, ...]:
    names = _read_names(value, at)
    for place, name in enumerate(names):
        if name not in NEEDS:
            raise BadAnswer("unknown_need", f"この困りごとはありません。使える値: {', '.join(NEEDS)}", f"{at}[{place}]")
    return tuple(dict.fromkeys(names))


def _read_names(value: Any, at: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
        raise BadAnswer("not_a_list", "文字列のリストで送ってください。", at)
    if len(value) > 60:
        raise BadAnswer("too_many", "多すぎます。", at)
    return tuple(value)


def _read_children(value: Any, today: date, at: str) -> tuple[Child, ...]:
    if not isinstance(value, (list, tuple)):
        raise BadAnswer("not_a_list", "children は [ … ] の形で送ってください。", at)
    if len(value) > MOST_CHILDREN:
        raise BadAnswer("too_many_children", message("お子さんは20人まで入力できます。"), at)
    return tuple(read_child(one, today, f"{at}[{i}]") for i, one in enumerate(value))


def read_child(given: Any, today: date, at: str) -> Child:
    """Read one person: any of the forms of an age, and `disability`."""
    if not isinstance(given, Mapping):
        raise BadAnswer("not_an_object", "一人は {…} の形で送ってください。", at)
    said: list[tuple[str, Any]] = []
    span: Span | None = None
    for key, value in given.items():
        if value is None or (key == "born" and isinstance(value, (list, tuple))):   # from an answer of ours
            continue
        if key in BIRTH_FORMS:
            told = span_of_form(key, value, today, f"{at}.{key}")
            span = told if span is None else span.overlap(told)
            if span is None:
                raise BadAnswer("ages_disagree", message("年齢・学年・生まれた日が合っていません。"), at)
            said.append((key, value))
        elif key != "disability":
            raise BadAnswer("unknown_field", "この項目はありません。使える値: "
                            + ", ".join((*BIRTH_FORMS, "disability")), at)
    return Child(span, _read_ternary(given.get("disability"), f"{at}.disability"), tuple(said))


def span_of_form(form: str, value: Any, today: date, at: str) -> Span:
    """Return the births that one form of an age allows; raises BadAnswer."""
    try:
        span = _span_of(form, value, today)
    except (ValueError, TypeError, OverflowError):
        raise BadAnswer(f"bad_{form}", _FORM_HELP[form], at) from None
    if span.latest < births.EARLIEST_BIRTH:
        raise BadAnswer(f"bad_{form}", "1900年より前の日付は使えません。", at)
    if span.earliest > date(min(today.year + 1, 9999), today.month, min(today.day, 28)):
        raise BadAnswer(f"bad_{form}", message("1年より先の生まれ日は使えません。"), at)
    return span


_FORM_HELP = {
    "birth_date": "生まれた日は 2023-05-10 の形で送ってください。",
    "birth_month": "生まれた月は 2023-05 の形で送ってください。",
    "birth_year": "生まれた年は 2023 の形で送ってください。",
    "age_years": f"年齢は 0 から {MOST_AGE} までの整数で送ってください。",
    "age_months": "月齢は 0 から 240 までの整数で送ってください。",
    "grade": f"学年は {' '.join(births.GRADES)} のどれかで送ってください。",
}


def _whole(value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError
    return value


def _span_of(form: str, value: Any, today: date) -> Span:
    if form == "birth_date":
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        born = date.fromisoformat(value)
        return Span(born, born)
    if form == "birth_month":
        match = _MONTH.fullmatch(value)
        if not match:
            raise ValueError
        return births.span_of_month(int(match[1]), int(match[2]))
    if form == "birth_year":
        return births.span_of_year(_whole(value, 1, 9999))
    if form == "age_years":
        return births.span_of_age(_whole(value, 0, MOST_AGE) * 12, today)
    if form == "age_months":
        return births.span_of_age(_whole(value, 0, 240), today, width=1)
    if value not in births.GRADES:
        raise ValueError
    return births.span_of_grade(value, today)


# --- writing -------------------------------------------------------------------------------------

_WRITTEN = {YES: True, NO: False}


def write_answers(answers: Answers) -> dict[str, Any]:
    """Return the JSON form of the answers; what was not said stays absent."""
    out: dict[str, Any] = {}
    if answers.children is not None:
        out["children"] = [write_child(c) for c in answers.children]
    elif "children" in answers.asked:
        out["children"] = "unknown"
    for fact in FACTS:
        value = answers.fact(fact)
        if value != OPEN:
            out[fact] = _WRITTEN[value]
        elif fact in answers.asked:
            out[fact] = "unknown"
    if answers.myself is not None:
        out["self"] = write_child(answers.myself)
    elif "self" in answers.asked:
        out["self"] = "unknown"
    if answers.needs:
        out["needs"] = list(answers.needs)
    rest = sorted(answers.asked - {*FACTS, "children", "self"})
    if rest:
        out["asked"] = rest
    return out


def write_child(child: Child) -> dict[str, Any]:
    """Return the JSON form of one person, with the span of birth dates that was understood."""
    out: dict[str, Any] = dict(child.said)
    if child.disability != OPEN:
        out["disability"] = _WRITTEN[child.disability]
    if child.born:
        out["born"] = [child.born.earliest.isoformat(), child.born.latest.isoformat()]
    return out
