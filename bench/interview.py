"""The interview on households from life: after how many questions the list is what full answers would give.

    python -m bench.interview [--left]

Every household of tests/households.toml starts from its needs and its first sentence, sees what was
understood and corrects it (each correction counts as a question), and then answers truthfully
what is asked, as the pages let it: ages as people tell them, and the birth month only when asked.
"""

from __future__ import annotations

import statistics
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from finder.answers import NOTHING_SAID, Answers, change, read_answers, span_of_form
from finder.births import GRADES, Span, span_of_grade
from finder.building import build_catalog
from finder.catalog import Catalog
from finder.dialogue import Turn, take_turn
from finder.files import read_folder
from finder.settings import ROOT
from finder.ternary import OPEN

HOUSEHOLDS = ROOT / "tests" / "households.toml"
FOLDERS = {"kurume": "40203-kurume", "ogori": "40216-ogori", "kochi": "39201-kochi",
           "soja": "33208-soja", "komae": "13219-komae"}
FIRST = 10                # the first of the list, whose standings must be right too
YES_OR_NO = ("pregnant", "single_parent", "disability", "low_income")
NEVER = 99


@dataclass(frozen=True, slots=True)
class Household:
    """A family as it is (`truth`, in the API's form), what it needs, and the first sentence, if any."""

    city: str
    truth: Mapping[str, Any]
    needs: tuple[str, ...]
    said: str
    today: date


@dataclass
class Walk:
    """What was asked of one household, and after how many questions the list was settled.

    `whole`: the offered programs, and the standings of the first ten, are those of full answers.
    `looser`: the first ten of full answers have their standings; `stricter`: all have, in the same order.
    """

    household: Household
    asked: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)       # asked, but only when the list has been seen
    corrected: list[str] = field(default_factory=list)
    whole: int = NEVER
    looser: int = NEVER
    stricter: int = NEVER
    left: tuple[str, ...] = ()


# --- households ------------------------------------------------------------------------------------

def read_households(path: Path = HOUSEHOLDS) -> tuple[Household, ...]:
    """Read the file of households."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Household(city["id"], h["answers"], tuple(h["needs"]), h.get("said", ""), raw["day"])
                 for city in raw["city"] for h in city["households"])


def read_catalogs() -> dict[str, Catalog]:
    """Read data/ for the five cities."""
    raw = read_folder(ROOT / "data").raw
    return {city: build_catalog(raw, folder) for city, folder in FOLDERS.items()}


def told(birth_date: str, today: date) -> dict[str, Any]:
    """Return an age as people tell it: 8か月, 2歳, 年中 or 4歳, 小5, 19歳."""
    born = date.fromisoformat(birth_date)
    for months in range(12):
        if _in(span_of_form("age_months", months, today, ""), born):
            return {"age_months": months}
    grade = next((g for g in GRADES if _in(span_of_grade(g, today), born)), None)
    years = next(n for n in range(121) if _in(span_of_form("age_years", n, today, ""), born))
    small = grade is None or grade.startswith("年")
    return {"age_years": years} if grade is None or (small and born.day % 2) else {"grade": grade}


def _in(span: Span, day: date) -> bool:
    return span.earliest <= day <= span.latest


def truthful(household: Household, question: str, answers: Answers = NOTHING_SAID) -> dict[str, Any]:
    """Return what the household answers to a question, in the JSON form; what it said of ages still holds."""
    truth = household.truth
    if question == "children":
        return {"children": [told(c["birth_date"], household.today) for c in truth["children"]]}
    if question == "child_birth":
        return {"children": [{**_said_of(c["birth_date"], household.today, answers), "birth_month": c["birth_date"][:7]}
                             for c in truth["children"]], "asked": ["child_birth"]}
    if question == "self":
        return {"self": truth["self"]}
    if question == "disability":
        return {"disability": truth.get("disability", any(c.get("disability") for c in truth["children"]))}
    if question == "single_parent" and truth.get("single_parent", False) is False:
        return {"single_parent": False, "divorcing": False, "widow": False}
    return {question: truth.get(question, False)}


def _said_of(birth_date: str, today: date, answers: Answers) -> dict[str, Any]:
    born = date.fromisoformat(birth_date)
    said = next((c.said for c in answers.children or () if c.born and _in(c.born, born)), ())
    return dict(said) or told(birth_date, today)


def full_answers(household: Household, answers: Answers) -> Answers:
    """Return the answers to every question there is, beside what was said."""
    truth, unsure = household.truth, household.truth.get("disability") == "unknown"
    births = truthful(household, "child_birth", answers)["children"]
    children = [{**born, **({} if unsure else {"disability": child.get("disability", False)})}
                for born, child in zip(births, truth["children"], strict=True)]
    facts = {k: v for q in YES_OR_NO for k, v in truthful(household, q).items()}
    return read_answers({**facts, "self": truth["self"], "children": children, "needs": list(answers.needs),
                         "asked": ["child_birth"]}, household.today)


# --- one household -----------------------------------------------------------------------------------

def walk(catalog: Catalog, household: Household) -> Walk:
    """Ask one household until nothing more is asked."""
    today, done = household.today, Walk(household)
    answers = read_answers({"needs": list(household.needs)}, today)
    if household.said:
        answers = take_turn(catalog, answers, household.said, today).answers
        answers = corrected(answers, household, done)
    turn = take_turn(catalog, answers, "", today, household.said)
    goal = take_turn(catalog, full_answers(household, answers), "", today, household.said)
    put = 0
    while True:
        count(done, turn, goal, put + len(done.corrected))
        if turn.next_question is None:
            break
        question = turn.next_question.question.id
        done.asked.append(question)
        if turn.next_question.can_wait:
            done.waiting.append(question)
        put += 1
        answers = change(answers, truthful(household, question, answers), today)
        turn = take_turn(catalog, answers, "", today, household.said)
    offered, wanted = standings(turn), standings(goal)
    done.left = tuple(sorted(i for i in offered.keys() | wanted.keys() if offered.get(i) != wanted.get(i)))
    return done


def corrected(answers: Answers, household: Household, done: Walk) -> Answers:
    """Return the answers with what was understood wrongly put right, as with one tap on what is shown."""
    full, today = full_answers(household, NOTHING_SAID), household.today
    for fact in (*YES_OR_NO, "divorcing", "widow"):
        if answers.fact(fact) != OPEN and answers.fact(fact) != full.fact(fact):
            done.corrected.append(fact)
            question = "single_parent" if fact in ("divorcing", "widow") else fact
            answers = change(answers, truthful(household, question), today)
    if answers.children is not None and not _same_children(answers, full):
        done.corrected.append("children")
        answers = change(answers, {"children": None}, today)
        answers = change(answers, truthful(household, "children"), today)
    if answers.myself and answers.myself.born and full.myself and full.myself.born and not (
            answers.myself.born.overlap(full.myself.born)):
        done.corrected.append("self")
        answers = change(answers, truthful(household, "self"), today)
    return answers


def _same_children(answers: Answers, full: Answers) -> bool:
    """Every child was told once, and its birth lies in what was understood."""
    left = [c.born for c in full.children or () if c.born]
    for child in answers.children or ():
        match = next((b for b in left if child.born is None or child.born.overlap(b)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def standings(turn: Turn) -> dict[str, str]:
    """Return the offered programs in order, each with its standing."""
    return {r.assessment.program.id: r.assessment.standing for r in turn.programs}


def count(done: Walk, turn: Turn, goal: Turn, questions: int) -> None:
    """Note the first number of questions at which the list is that of full answers."""
    now, then = standings(turn), standings(goal)
    first = all(now.get(i) == then[i] for i in list(then)[:FIRST])
    done.looser = min(done.looser, questions) if first else NEVER
    done.whole = min(done.whole, questions) if first and now.keys() == then.keys() else NEVER
    done.stricter = min(done.stricter, questions) if list(now.items()) == list(then.items()) else NEVER


# --- all of them -------------------------------------------------------------------------------------

def walks(catalogs: Mapping[str, Catalog]) -> Iterator[Walk]:
    """Walk with every household."""
    for household in read_households():
        yield walk(catalogs[household.city], household)


def main() -> None:
    """Print after how many questions the list is settled, and what is asked when."""
    done = list(walks(read_catalogs()))
    print(f"{len(done)} households, {sum(bool(w.household.said) for w in done)} with a first sentence")
    for name, part in (("all", done), ("with a sentence", [w for w in done if w.household.said]),
                       ("without", [w for w in done if not w.household.said])):
        print(f"-- {name}")
        for measure in ("whole", "looser", "stricter"):
            line(f"  {measure} list settled", [getattr(w, measure) for w in part])
        line("  asked before the list", [len(w.asked) - len(w.waiting) for w in part])
        line("  asked until the end", [len(w.asked) for w in part])
    for place in (0, 1, 2):
        order = Counter(w.asked[place] if len(w.asked) > place else "—" for w in done)
        print(f"question {place + 1}: " + "  ".join(f"{q} {n}" for q, n in order.most_common()))
    print("asked at all: " + "  ".join(f"{q} {n}" for q, n in Counter(q for w in done for q in w.asked).most_common()))
    print("can wait: " + "  ".join(f"{q} {n}" for q, n in Counter(q for w in done for q in w.waiting).most_common()))
    print("corrected: " + "  ".join(f"{q} {n}" for q, n in Counter(q for w in done for q in w.corrected).most_common()))
    left = Counter(i for w in done if w.whole == NEVER for i in w.left)
    print("never whole, by program: " + "  ".join(f"{i} {n}" for i, n in left.most_common(12)))
    if "--left" in sys.argv:
        for w in done:
            if w.whole == NEVER or w.corrected:
                print(w.household.city, dict(w.household.truth), w.household.needs, w.household.said,
                      "\n    asked", w.asked, "corrected", w.corrected, "left", w.left)


def line(name: str, values: Sequence[int]) -> None:
    """Print median, 90th percentile, largest, and how many at each number."""
    reached = [v for v in values if v != NEVER]
    p90 = statistics.quantiles(values, n=10)[8] if len(values) > 1 else values[0]
    spread = " ".join(f"{n}:{k}" for n, k in sorted(Counter(reached).items()))
    never = len(values) - len(reached)
    print(f"{name:28} median {statistics.median(values):g}  p90 {p90:g}  max {max(reached, default=0)}  ({spread}"
          + (f"; never {never})" if never else ")"))


if __name__ == "__main__":
    main()
