"""Which question to put next: the one whose answer settles most for this person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from finder.answers import Answers, change
from finder.catalog import Catalog, Choice, Question
from finder.eligibility import CHECK, Assessment, Finding, assess
from finder.ternary import NO

BESIDE_THE_NEED = 0.2     # what a program counts that does not serve the chosen needs
WORTH_ASKING = 1.0        # one rarely used program alone does not earn a question
ORDER = ("children", "pregnant", "single_parent", "disability", "low_income", "child_birth", "self")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to put: how many programs it settles, and how many each choice leaves possible.

    `child` is the place of the child whose birth month is asked for.
    """

    question: Question
    settles: int
    choices: tuple[tuple[Choice, int | None], ...]
    child: int | None = None


def next_question(catalog: Catalog, assessments: Sequence[Assessment], answers: Answers,
                  today: date) -> Asked | None:
    """Return the question that settles most, weighted by the needs; None when none would matter."""
    worth: defaultdict[str, float] = defaultdict(float)
    settles: Counter[str] = Counter()
    for assessment in assessments:
        if assessment.standing != CHECK:
            continue
        for question in assessment.open_questions:
            if not answers.settled(question):
                settles[question] += 1
                worth[question] += _weight(assessment, answers)
    open_questions = [q for q in ORDER if worth[q] >= WORTH_ASKING and catalog.question(q)]
    if not open_questions:
        return None
    best = max(open_questions, key=lambda q: (worth[q], -ORDER.index(q)))
    return put(catalog, best, assessments, answers, today, settles[best])


def put(catalog: Catalog, question_id: str, assessments: Sequence[Assessment], answers: Answers,
        today: date, settles: int | None = None) -> Asked | None:
    """Return one question with the number of programs that each of its choices leaves possible."""
    question = catalog.question(question_id)
    if question is None:
        return None
    touched = [a for a in assessments if _touches(a, question_id)]
    rest = sum(a.result != NO for a in assessments) - sum(a.result != NO for a in touched)
    if settles is None:
        settles = sum(question_id in a.open_questions for a in assessments)
    choices = tuple((c, _possible(c.sets, touched, answers, today, rest) if c.sets else None)
                    for c in question.choices)
    return Asked(question, settles, choices, _child_to_ask(assessments, answers) if question_id == "child_birth" else None)


def _weight(assessment: Assessment, answers: Answers) -> float:
    serves = not answers.needs or set(answers.needs) & set(assessment.program.needs)
    return (1.0 if serves else BESIDE_THE_NEED) / len(assessment.open_questions)


_TOUCHES = {"children": ("child",), "child_birth": ("child",), "self": ("self",)}


def _touches(assessment: Assessment, question: str) -> bool:
    """Tell whether an answer to the question can change anything about the program."""
    for alternative in assessment.program.alternatives:
        for requirement in alternative.requirements:
            if requirement.kind in _TOUCHES.get(question, ()):
                return True
            if question == "disability" and requirement.disability:
                return True
            if requirement.kind == "fact" and (
                    requirement.fact == question
                    or (question == "single_parent" and requirement.fact in ("divorcing", "widow"))):
                return True
    return False


def _possible(sets: Mapping[str, Any], touched: Sequence[Assessment], answers: Answers, today: date,
              rest: int) -> int:
    then = change(answers, sets, today)
    found: dict[int, Finding] = {}
    return rest + sum(assess(a.program, then, today, found).result != NO for a in touched)


def _child_to_ask(assessments: Sequence[Assessment], answers: Answers) -> int | None:
    """Return the child whose birth month settles most."""
    places = Counter(i for a in assessments for f in a.findings if f.settled_by == "child_birth"
                     for i in f.children)
    return min(places, key=lambda i: (-places[i], i)) if places else None
