"""assess: the standing of a program for a household, with one finding per requirement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from finder.answers import Answers, Child
from finder.births import ANY_AGE, Ages, age_standing
from finder.catalog import Program, Requirement
from finder.ternary import NO, OPEN, YES, Ternary, all_of, any_of

LIKELY, CHECK, UNLIKELY = "likely", "check", "unlikely"
STANDING = {YES: LIKELY, OPEN: CHECK, NO: UNLIKELY}
_UNDER_20 = Ages(under="20歳")
RESULT = {YES: "met", OPEN: "open", NO: "unmet"}


# Named tuples here: a hundred findings and assessments are made in every turn, and a frozen
# dataclass takes four times as long to make.

class Finding(NamedTuple):
    """What became of one requirement; an open one names the question that settles it, if any.

    `children` are the places, in the answers, of the children who meet it or still may.
    """

    requirement: Requirement
    result: Ternary
    settled_by: str | None = None
    children: tuple[int, ...] = ()


class Assessment(NamedTuple):
    """A program's standing, the findings of the alternative that fits best, and of the others."""

    program: Program
    result: Ternary
    findings: tuple[Finding, ...]
    others: tuple[tuple[Finding, ...], ...] = ()

    @property
    def standing(self) -> str:
        """Return likely, check or unlikely."""
        return STANDING[self.result]

    @property
    def children(self) -> tuple[int, ...]:
        """Return the places of the children whom the program is for."""
        return tuple(sorted({i for f in self.findings for i in f.children}))

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Return the questions that would settle what is open, without repeats."""
        return tuple(dict.fromkeys(f.settled_by for f in self.findings if f.settled_by))

    @property
    def in_the_way(self) -> Finding | None:
        """Return the one requirement in the way, when all the others are met."""
        unmet = [f for f in self.findings if f.result == NO]
        met = [f for f in self.findings if f.result == YES or f.requirement.kind == "confirm"]
        return unmet[0] if len(unmet) == 1 and len(met) == len(self.findings) - 1 else None


def assess(program: Program, answers: Answers, today: date,
           found: dict[int, Finding] | None = None) -> Assessment:
    """Return what a household's answers say of a program on a day; open is never a no.

    `found` carries findings from program to program within one turn: many programs share a
    requirement (the same object, see `building`), and it is asked of the household once.
    """
    found = {} if found is None else found
    each = [_findings(a.requirements, answers, today, found) for a in program.alternatives]
    if len(each) == 1:
        return Assessment(program, all_of([f.result for f in each[0]]), each[0])
    best = max(range(len(each)), key=lambda i: _closeness(each[i]))
    others = tuple([findings for i, findings in enumerate(each) if i != best])
    return Assessment(program, all_of([f.result for f in each[best]]), each[best], others)


def possible(program: Program, answers: Answers, today: date, found: dict[int, Finding]) -> bool:
    """Tell whether nothing contradicts some alternative of a program: its result would not be NO."""
    return any(NO not in [f.result for f in _findings(a.requirements, answers, today, found)] for a in program.alternatives)


def _findings(requirements: Sequence[Requirement], answers: Answers, today: date,
              found: dict[int, Finding]) -> tuple[Finding, ...]:
    findings = []
    for requirement in requirements:
        if (finding := found.get(id(requirement))) is None:
            finding = found[id(requirement)] = find(requirement, answers, today)
        findings.append(finding)
    return tuple(findings)


def _closeness(findings: tuple[Finding, ...]) -> tuple[Ternary, int, int, int]:
    """Prefer the best result, then fewest unmet, then fewest open, then the most said; of equals, the first."""
    results = [f.result for f in findings]
    return all_of(results), -results.count(NO), -results.count(OPEN), results.count(YES)


def find(requirement: Requirement, answers: Answers, today: date) -> Finding:
    """Return what the answers say of one requirement."""
    if requirement.kind == "confirm":
        return Finding(requirement, OPEN)
    if requirement.kind == "fact":
        return _fact(requirement, answers, today)
    if requirement.kind == "self":
        return _myself(requirement, answers, today)
    return _child(requirement, answers, today)


def _fact(requirement: Requirement, answers: Answers, today: date) -> Finding:
    if requirement.fact == "disability":
        value = _someone_disabled(answers)
    elif requirement.fact == "widow":
        value = _widow(answers, today)
    else:
        value = answers.fact(requirement.fact)
    if not requirement.wanted:
        value = Ternary(YES - value)
    if value == NO and requirement.usual:
        return Finding(requirement, OPEN)
    return Finding(requirement, value, _question_of(requirement.fact, answers) if value == OPEN else None)


def _someone_disabled(answers: Answers) -> Ternary:
    """Someone among the children: what is said of each child counts before what is said of all."""
    said = [c.disability for c in answers.children or ()]
    if any(d == YES for d in said):
        return YES
    if answers.children is not None and all(d == NO for d in said):
        return NO
    return answers.disability


def _widow(answers: Answers, today: date) -> Ternary:
    """寡婦 were single parents of children now grown: no one is, with a partner and a child under 20."""
    if answers.widow == OPEN and answers.single_parent == NO and any(
            c.born and age_standing(c.born, _UNDER_20, today) == YES for c in answers.children or ()):
        return NO
    return answers.widow


def _question_of(fact: str, answers: Answers) -> str | None:
    """Return the question that settles a fact: divorce and 寡婦 are answers to "single parent?"."""
    if fact not in ("divorcing", "widow"):
        return fact
    return None if answers.settled("single_parent") else "single_parent"


def _myself(requirement: Requirement, answers: Answers, today: date) -> Finding:
    if answers.myself is None or answers.myself.born is None:
        return Finding(requirement, OPEN, "self")
    result = age_standing(answers.myself.born, requirement.ages, today)
    return Finding(requirement, result, "self" if result == OPEN else None)


def _child(requirement: Requirement, answers: Answers, today: date) -> Finding:
    """Both facts, age and disability, are asked of the same child."""
    if answers.children is None:
        if requirement.disability and answers.disability == NO:
            return Finding(requirement, NO)
        return Finding(requirement, OPEN, "children")
    ages = [_age(c, requirement, today) for c in answers.children]
    disabled = [disability_of(c, answers) if requirement.disability else YES for c in answers.children]
    results = [min(pair) for pair in zip(ages, disabled, strict=True)] if requirement.disability else ages
    result = closest = any_of(results)
    if result == OPEN and requirement.disability and answers.disability == YES:
        # Someone among them has a disability: certain when whoever it may be has the age.
        may_be = [age for age, d in zip(ages, disabled, strict=True) if d != NO]
        result = all_of(may_be)
        if result == NO:
            result = OPEN
    places = tuple([i for i, r in enumerate(results) if r == closest]) if closest != NO else ()
    if result != OPEN:
        return Finding(requirement, result, None, places)
    return Finding(requirement, OPEN, _what_settles(results, ages, disabled, answers), places)


def _age(child: Child, requirement: Requirement, today: date) -> Ternary:
    if requirement.ages == ANY_AGE:
        return YES
    if child.born is None:
        return OPEN
    return age_standing(child.born, requirement.ages, today)


def disability_of(child: Child, answers: Answers) -> Ternary:
    """Return whether one child has a disability, by what is said of it, of the others and of all."""
    if child.disability != OPEN:
        return child.disability
    others = [c.disability for c in answers.children or () if c is not child]
    if answers.disability == NO:
        return NO
    if answers.disability == YES and all(d == NO for d in others):
        return YES
    return OPEN


def _what_settles(results: list[Ternary], ages: list[Ternary], disabled: list[Ternary],
                  answers: Answers) -> str | None:
    places = [i for i, r in enumerate(results) if r == OPEN]
    if any(disabled[i] == OPEN for i in places):
        return "disability"
    children = answers.children or ()
    if any(not (b := children[i].born) or not b.exact for i in places if ages[i] == OPEN):
        return "child_birth"
    return None
