"""Which question to put next: the one whose answer settles most for this person.

A question is open while some answer to it changes the standing of some program.  The questions
that matter for the stated needs, or for an allowance, come first; a fact that only one rarely used
program needs can wait until the list has been seen (`Asked.can_wait`).
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from finder.answers import Answers, change, with_young_speaker
from finder.births import DAY, Ages, Span, age_standing
from finder.catalog import Catalog, Choice, Program, Question, Requirement
from finder.eligibility import Assessment, Finding, possible
from finder.ternary import NO, OPEN, YES, Ternary, all_of, any_of

ORDER = ("children", "pregnant", "single_parent", "disability", "low_income", "child_birth", "self")
# What a program counts: it serves a stated need, it is an allowance that anyone may miss, or neither.
FOR_THE_NEED, ALLOWANCE, BESIDE_THE_NEED = 1.0, 0.5, 0.2
FEW = 2                   # fewer programs than this do not earn a question before the list is seen
MONEY_KINDS = frozenset({"cash", "subsidy", "loan"})
MONEY_NEEDS = frozenset({"money", "medical_cost"})

Settled = tuple[Program, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to put: how many programs it settles, and how many each choice leaves possible.

    `child` is the place of the child whose birth month is asked for.  One that `can_wait` is not
    worth asking before the list is shown.
    """

    question: Question
    settles: int
    choices: tuple[tuple[Choice, int | None], ...]
    child: int | None = None
    can_wait: bool = False


def next_question(catalog: Catalog, assessments: Sequence[Assessment], answers: Answers,
                  today: date) -> Asked | None:
    """Return the question that settles most, weighted by the needs; None when none would change the list."""
    settled = _settled_by_each(assessments, answers, today)
    open_questions = [q for q in ORDER if q in settled and catalog.question(q) and not answers.settled(q)]
    if not open_questions:
        return None
    best = min(open_questions, key=lambda q: (_can_wait(q, settled[q], answers), -_worth(settled[q], answers)))
    return put(catalog, best, assessments, answers, today, settled[best])


def put(catalog: Catalog, question_id: str, assessments: Sequence[Assessment], answers: Answers,
        today: date, settled: Sequence[Settled] | None = None) -> Asked | None:
    """Return one question with the number of programs that each of its choices leaves possible."""
    question = catalog.question(question_id)
    if question is None:
        return None
    if settled is None:
        settled = _settled_by_each(assessments, answers, today).get(question_id, [])
    touching = catalog.once(("touching", question_id), lambda: frozenset(p.id for p in catalog.programs if _touches(p, question_id)))
    touched = [a for a in assessments if a.program.id in touching]
    rest = sum(a.result != NO for a in assessments) - sum(a.result != NO for a in touched)
    kept = {id(f.requirement): f for a in touched for f in _all_findings(a) if not _about(f.requirement, question_id)}
    choices = tuple((c, rest + _possible(c.sets, touched, answers, today, dict(kept)) if c.sets else None)
                    for c in question.choices)
    return Asked(question, len(settled), choices,
                 _child_to_ask(assessments, _Months(answers, today)) if question_id == "child_birth" else None,
                 _can_wait(question_id, settled, answers))


# --- what an answer would change -------------------------------------------------------------------

def _settled_by_each(assessments: Sequence[Assessment], answers: Answers, today: date) -> dict[str, list[Settled]]:
    """Return, by question, the programs whose standing it changes, with how many of yes and no do so."""
    settled: defaultdict[str, list[Settled]] = defaultdict(list)
    months = _Months(answers, today)
    for assessment in assessments:
        if assessment.result == OPEN:
            for question in {f.settled_by for f in _all_findings(assessment) if f.settled_by}:
                times = sum(_would_be(assessment, question, a, months) != OPEN for a in (YES, NO))
                if times:
                    settled[question].append((assessment.program, times))
    return settled


def _all_findings(assessment: Assessment) -> list[Finding]:
    return [f for findings in (assessment.findings, *assessment.others) for f in findings]


def _would_be(assessment: Assessment, question: str, answer: Ternary, months: _Months) -> Ternary:
    """Return the standing if all that waits for the question turned out so."""
    return any_of([all_of([answer if f.settled_by == question and _can_be(f, answer, months) else f.result
                           for f in findings]) for findings in (assessment.findings, *assessment.others)])


def _can_be(finding: Finding, answer: Ternary, months: _Months) -> bool:
    """Tell whether an answer can settle the finding so: a `usual` fact never excludes, a month may not be enough."""
    if finding.settled_by != "child_birth":
        return answer == YES or not finding.requirement.usual
    each = [answer in months.once_told(i, finding.requirement.ages) for i in finding.children]
    return any(each) if answer == YES else all(each)


class _Months:
    """What ages may come to once a child's month of birth is told: worked out once in a turn, and gone with it."""

    def __init__(self, answers: Answers, today: date) -> None:
        self.children, self.today = answers.children or (), today
        self.known: dict[tuple[int, Ages], frozenset[Ternary]] = {}

    def once_told(self, child: int, ages: Ages) -> frozenset[Ternary]:
        """Return the standings that the months in which a child may have been born give."""
        if (child, ages) not in self.known:
            born = self.children[child].born
            self.known[child, ages] = frozenset(age_standing(m, ages, self.today) for m in _months(born)) if born else frozenset((YES, NO))
        return self.known[child, ages]


def _months(born: Span) -> Iterator[Span]:
    first = born.earliest
    while first <= born.latest:
        last = min(date(first.year, first.month, monthrange(first.year, first.month)[1]), born.latest)
        yield Span(first, last)
        first = last + DAY


def _child_to_ask(assessments: Sequence[Assessment], months: _Months) -> int | None:
    """Return the child whose birth month settles most."""
    places = Counter(i for a in assessments for f in _all_findings(a) if f.settled_by == "child_birth" for i in f.children
                     if months.once_told(i, f.requirement.ages) != {OPEN})
    return min(places, key=lambda i: (-places[i], i)) if places else None


# --- how much it matters -----------------------------------------------------------------------------

def _worth(settled: Sequence[Settled], answers: Answers) -> float:
    return sum(times * (FOR_THE_NEED if not answers.needs or _serves(p, answers)
                        else ALLOWANCE if _allowance(p) else BESIDE_THE_NEED) for p, times in settled)


def _can_wait(question: str, settled: Sequence[Settled], answers: Answers) -> bool:
    """Tell whether the list may be shown before: nothing asked for in money depends on it, and little else.

    Who has no children asks for themself: their own age then never waits.
    """
    if question == "self" and answers.children == ():
        return False
    matter = [p for p, _ in settled if _serves(p, answers) or _allowance(p)]
    return len(matter) < FEW and not any(_serves(p, answers) and _allowance(p) for p in matter)


def _serves(program: Program, answers: Answers) -> bool:
    return not set(answers.needs).isdisjoint(program.needs)


def _allowance(program: Program) -> bool:
    """Money is what the program is for, not what it also eases: one of its first two needs."""
    return program.kind in MONEY_KINDS and not MONEY_NEEDS.isdisjoint(program.needs[:2])


# --- what each choice leaves -------------------------------------------------------------------------

# Divorce and 寡婦 are answers to "single parent?"; a household without children has none with a disability.
_FACTS = {"single_parent": ("single_parent", "divorcing", "widow"), "children": ("disability", "widow")}
_KINDS = {"children": "child", "child_birth": "child", "self": "self"}


def _touches(program: Program, question: str) -> bool:
    """Tell whether an answer to the question can change anything about the program."""
    return any(_about(r, question) for a in program.alternatives for r in a.requirements)


def _about(requirement: Requirement, question: str) -> bool:
    """Tell whether an answer to the question can change what is found of the requirement."""
    return (requirement.kind == _KINDS.get(question) or requirement.fact in _FACTS.get(question, (question,))
            or (question == "disability" and requirement.disability))


def _possible(sets: Mapping[str, Any], touched: Sequence[Assessment], answers: Answers, today: date,
              found: dict[int, Finding]) -> int:
    """Return how many of the programs stay possible; `found` has what the choice cannot change."""
    then = with_young_speaker(change(answers, sets, today), today)
    return sum([possible(a.program, then, today, found) for a in touched])
