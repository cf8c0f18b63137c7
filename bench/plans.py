"""Measure the reading of plan documents against the hand-made data of data/: rows, departments, guesses.

    python -m bench.plans [--missed]

The vocabulary was written with these five plans at hand: other plans will be read less well.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from csv import DictReader
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from finder.building import build_program
from finder.households import standard_households, standings
from finder.plans import Drafted, Plan, read_plan, text_lines
from finder.plans.kinds import kind_of
from finder.plans.lines import folded
from finder.plans.people import eligibility
from finder.plans.wants import needs_of
from finder.requirement_rows import write_row

DATA = Path(__file__).resolve().parents[1] / "data"
FOLDERS = ("40203-kurume", "40216-ogori", "39201-kochi", "33208-soja", "13219-komae")
TODAY = date(2026, 11, 22)
FIELDS = ("offices", "kind", "needs", "eligible", "whole")
Raw = Mapping[str, Any]


@dataclass
class Score:
    """What was right of what was guessed, by field and by how sure it was; and what was found of the rows."""

    right: dict[tuple[str, bool], int] = field(default_factory=lambda: defaultdict(int))
    given: dict[tuple[str, bool], int] = field(default_factory=lambda: defaultdict(int))
    rows: int = 0
    found: int = 0
    extra: int = 0
    narrower: int = 0
    named: int = 0              # candidates for programs that the texts only name
    named_right: int = 0        # of them, those that the hand-made data has as programs or offices
    named_found: int = 0        # hand-made programs of that sort which a candidate names
    named_made: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, what: str, sure: bool, right: bool) -> None:
        """Count a guess."""
        self.given[what, sure] += 1
        self.right[what, sure] += right


def measure(folder: str) -> Score:
    """Return how well the plan of a municipality is read."""
    place = DATA / folder
    plan = read_plan(text_lines((place / "plan.txt").read_text(encoding="utf-8")))
    made = {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(place.glob("programs/*.toml"))}
    nation = {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted((DATA / "00-japan").glob("programs/*.toml"))}
    # Programs that stand in a row of their own; those that a row's text only names are the work of a reader.
    own = [{**p, "eligible": p.get("eligible") or nation.get(p.get("extends", ""), {}).get("eligible", [])} for p in made.values()
           if p["source"].get("lines") and "program" not in p["source"]]
    with (place / "departments.csv").open(encoding="utf-8-sig", newline="") as file:
        offices = {d["id"]: {folded(n) for n in (d["name"], *d["aliases"].split("／")) if n} for d in DictReader(file)}
    score = Score()
    matched = list(_matched(plan, own))
    score.rows = sum(len(p["source"]["lines"]) for p in own if any(p is m for _, m in matched)) + sum(
        len(p["source"]["lines"]) for p in own if not any(p is m for _, m in matched))
    score.found = sum(len(set(d.listed.lines) & set(p["source"]["lines"])) for d, p in matched)
    score.extra = sum(d.listed.name not in {m.listed.name for m, _ in matched} for d in plan.programs)
    _named(plan, [p for p in made.values() if p["source"].get("lines") and "program" in p["source"]], score)
    for drafted, program in matched:
        _compare(drafted, program, offices, score)
    score.faults += [f"行がない: {p['name']} {p['source']['lines']}" for p in own if not any(p is m for _, m in matched)]
    score.faults += [f"多い: {d.listed.name} {d.listed.lines}" for d in plan.programs if not any(d is m for m, _ in matched)]
    return score


def _matched(plan: Plan, own: list[Raw]) -> Iterator[tuple[Drafted, Raw]]:
    for program in own:
        lines = set(program["source"]["lines"])
        same = [d for d in plan.programs if folded(d.listed.name) == folded(program["name"])]
        # A part of the name, on the same lines: one program in two spellings, or a name that the data shortened.
        near = [d for d in plan.programs if lines & set(d.listed.lines) and folded(d.listed.name)[:4] == folded(program["name"])[:4]]
        yield from ((d, program) for d in same or near[:1])


def _named(plan: Plan, made: list[Raw], score: Score) -> None:
    """Count the names found inside texts: the same, or one a part of the other, as a hand-made program or the counter it names."""
    names = [(p["name"], {_bare(n) for n in (p["name"], *p.get("named_contacts", ()))}) for p in made]
    hits = {d.listed.name: {name for name, keys in names if any(_same(_bare(d.listed.name), key) for key in keys)} for d in plan.named}
    found = set().union(*hits.values())
    score.named, score.named_right = len(plan.named), sum(map(bool, hits.values()))
    score.named_found, score.named_made = len(found), len(made)
    score.faults += [f"文の中にあるが見つからない: {name}" for name, _ in names if name not in found]
    score.faults += [f"文の中の名前、手で作ったデータにない: {name}" for name, same in hits.items() if not same]


def _bare(name: str) -> str:
    return folded(re.sub(r"[(（].*", "", name)).replace("の", "")


def _same(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 4 and (one in other or other in one)


def _compare(drafted: Drafted, program: Raw, offices: Mapping[str, set[str]], score: Score) -> None:
    named = [folded(d) for d in drafted.listed.departments]
    if named:
        known = set().union(*(offices.get(o, set()) for o in program.get("departments") or ()))
        for office in named:
            score.add("offices", drafted.listed.offices_sure, office in known)
        score.faults += [f"担当課: {drafted.listed.name}: {n}" for n in named if n not in known]
    _narrower(drafted, program, score)
    for guess in drafted.guesses:
        if guess.field == "kind":
            right = guess.value == program["kind"]
        elif guess.field == "needs":
            right = guess.value in program["needs"]
        else:
            right = _eligible(guess.value, program, guess.sure, score)
        score.add("whole" if guess.field == "eligible" else guess.field, guess.sure, right)
        if not right:
            told = program.get(guess.field)
            shown = (write_row(guess.value), [write_row(a) for a in told]) if guess.field == "eligible" else (guess.value, told)
            how = "確か" if guess.sure else "不確か"
            score.faults.append(f"{how} {guess.field}: {drafted.listed.name}: {shown[0]}（{guess.words}） ≠ {shown[1]}")


def _narrower(drafted: Drafted, program: Raw, score: Score) -> None:
    """Count the standard households whom the sure guesses would shut out, and the hand-made data does not."""
    sure = [g.value for g in drafted.guesses if g.field == "eligible" and g.sure]
    if sure:
        made, draft = (standings(build_program("", {**program, "eligible": e}), standard_households(TODAY), TODAY)
                       for e in (program["eligible"], sure))
        out = [name for name in made if draft[name] == "unlikely" and made[name] == "likely"]
        score.narrower += len(out)
        score.faults += [f"せまい: {drafted.listed.name}: {'、'.join(out[:4])}"] if out else []


def parts(alternative: Raw) -> dict[str, Any]:
    """Return an alternative field by field; 「ふつう」 and what the counter asks are let be."""
    found = {k: True if v == "usually" else v for k, v in alternative.items() if k not in ("child", "self", "confirm")}
    person = alternative.get("child") or alternative.get("self") or {}
    return found | dict(person)


def _eligible(guessed: Raw, program: Raw, sure: bool, score: Score) -> bool:
    """Count each field of an alternative that the hand-made data has too; tells whether one alternative there is the same."""
    made = [parts(a) for a in program["eligible"]]
    for key, value in parts(guessed).items():
        right = any(a.get(key) == value for a in made)
        score.add("eligible", sure, right)
    return any(parts(guessed) == a for a in made)


def other_words() -> Iterator[tuple[str, bool]]:
    """Yield each sure guess from words that are in no plan: programs as our own data tells them, sentences of official pages."""
    for path in sorted(DATA.glob("*/programs/*.toml")):
        program = tomllib.loads(path.read_text(encoding="utf-8"))
        name, text = program["title"]["ja"], program["text"]["ja"]
        kind = kind_of(name, text)
        if kind and kind.sure:
            yield "kind", kind.value == program["kind"]
        yield from (("needs", g.value in program["needs"]) for g in needs_of(name, text, None) if g.sure)
        told = [eligibility(name, text), *(eligibility("", f["text"]) for f in program.get("fact", ()) if f["kind"] == "eligibility")]
        if not program.get("extends"):
            made = [parts(a) for a in program.get("eligible", ())]
            for key, value in (pair for guesses in told for g in guesses if g.sure for pair in parts(g.value).items()):
                yield "eligible", any(a.get(key) == value for a in made)


def main() -> None:
    """Print a table of the five plans, and what differs with --missed."""
    total = Score()
    print(f"{'':14}{'rows':>9} {'apart':>6}  " + "  ".join(f"{f + ' sure':>14} {'unsure':>9}" for f in FIELDS))
    for folder in FOLDERS:
        score = measure(folder)
        _print(folder, score)
        for what in score.given:
            total.given[what] += score.given[what]
            total.right[what] += score.right[what]
        total.narrower += score.narrower
        total.rows, total.found, total.extra = total.rows + score.rows, total.found + score.found, total.extra + score.extra
        if "--missed" in sys.argv:
            print(*(f"    {f}" for f in score.faults), sep="\n")
        total.named, total.named_right = total.named + score.named, total.named_right + score.named_right
        total.named_found, total.named_made = total.named_found + score.named_found, total.named_made + score.named_made
    _print("all", total)
    print(f"named inside texts only: {total.named_found} of {total.named_made} hand-made programs found; "
          f"{total.named_right} of {total.named} candidates are such")
    print(f"standard households that sure guesses shut out and the data does not: {total.narrower}")
    others = list(other_words())
    print("sure guesses from words that are in no plan: " + ", ".join(
        f"{what} {sum(r for w, r in others if w == what)}/{sum(w == what for w, _ in others)}" for what in ("kind", "needs", "eligible")))
    given = sum(total.given[f, True] for f in FIELDS[:4])
    right = sum(total.right[f, True] for f in FIELDS[:4])
    print(f"sure guesses that agree, by field: {right} of {given} ({right / given:.1%})")


def _print(name: str, score: Score) -> None:
    print(f"{re.sub('[0-9]+-', '', name):14}{score.found:>4}/{score.rows:<4} {score.extra:>6}  " + "  ".join(
        f"{score.right[f, True]:>8}/{score.given[f, True]:<5} {score.right[f, False]:>4}/{score.given[f, False]:<4}" for f in FIELDS))


if __name__ == "__main__":
    main()
