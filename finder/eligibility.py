"""assess: the standing of a program for a household, with one finding per requirement."""

from __future__ import annotations

import math
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
# Of alternatives, the one with the fewest unmet is closest, then with the fewest open, then the most said; of equals, the first.
_CLOSER = (-10_000, -100, 1)      # of NO, OPEN, YES


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
    each: list[tuple[Finding, ...]] = []
    most, best, result = -math.inf, 0, YES
    for place, alternative in enumerate(program.alternatives):
        findings: list[Finding] = []
        closeness, worst = 0, YES
        for requirement in alternative.requirements:
            if (finding := found.get(id(requirement))) is None:
                finding = found[id(requirement)] = find(requirement, answers, today)
            findings.append(finding)
            closeness += _CLOSER[finding.result]
            if finding.result < worst:
                worst = finding.result
        each.append(tuple(findings))
        if closeness > most:
            most, best, result = closeness, place, worst
    closest = each.pop(best)
    return Assessment(program, result, closest, tuple(each))


def possible(program: Program, answers: Answers, today: date, found: dict[int, Finding]) -> bool:
    """Tell whether nothing contradicts some alternative of a program: its result would not be NO."""
    for alternative in program.alternatives:
        for requirement in alternative.requirements:
            if (finding := found.get(id(requirement))) is None:
                finding = found[id(requirement)] = find(requirement, answers, today)
            if finding.result == NO:
                break
        else:
            return True
    return False


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
    ages = _ages(answers.children, requirement.ages, today)
    disabled = [disability_of(c, answers) for c in answers.children] if requirement.disability else [YES] * len(ages)
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


def _ages(children: Sequence[Child], ages: Ages, today: date) -> list[Ternary]:
    if ages == ANY_AGE:
        return [YES] * len(children)
    return [age_standing(c.born, ages, today) if c.born else OPEN for c in children]


def disability_of(child: Child, answers: Answers) -> Ternary:
    """Return whether one child has a disability, by what is said of it, of the others and of all."""
    if child.disability != OPEN:
        return child.disability
    if answers.disability != YES:
        return answers.disability
    return YES if all(c.disability == NO for c in answers.children or () if c is not child) else OPEN


def _what_settles(results: list[Ternary], ages: list[Ternary], disabled: list[Ternary],
                  answers: Answers) -> str | None:
    places = [i for i, r in enumerate(results) if r == OPEN]
    if any(disabled[i] == OPEN for i in places):
        return "disability"
    children = answers.children or ()
    if any(not (b := children[i].born) or not b.exact for i in places if ages[i] == OPEN):
        return "child_birth"
    return None
