"""How right a catalog is, as far as it can be counted: what was compared, what rules decide, what is known, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from finder.cards import past_fiscal_year
from finder.catalog import Catalog, Program
from finder.languages import message
from finder.offices import age_of

# What no count shows, as it was on that day.
KNOWN_ON = date(2026, 11, 23)
MISSING = (
    message("市の担当課が一つずつ確かめたという記録は、まだありません。"),
    message("計画にない制度や、計画のあとで始まった制度は、載っていないことがあります。"),
    message("所得の額や税の計算はしません。窓口で確かめてください。"),
    message("書いた文を読みとれるのは、日本語と英語だけです。"),
    message("訳は、その言葉を母語とする人が、まだ確かめていません。"),
    message("住民の方に使ってもらった試験の記録は、まだありません。"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many: `have` of `all`."""

    all: int
    have: int

    @property
    def percent(self) -> int:
        """Return the share in percent: 100 only when it is all of them, 0 only when it is none."""
        if self.have in (0, self.all):
            return 100 if self.all and self.have else 0
        return min(99, max(1, round(100 * self.have / self.all)))


@dataclass(frozen=True, slots=True)
class Counted:
    """What can be counted of the programs that residents see.

    `plan`, `official` and `second_hand` say where a program stands; `first` and `last` when that was looked at.
    `rules` and `left` are conditions: those that answers settle, those that only the counter can.
    """

    programs: int
    plan: Share
    official: Share
    second_hand: Share
    first: date | None
    last: date | None
    rules: Share
    left: Share
    department: Share
    inferred: Share
    phone: Share
    dated_source: Share
    dated_facts: Share
    old_amounts: int


def counted(catalog: Catalog, today: date) -> Counted:
    """Return the counts of a catalog as it is, on a day."""
    programs = [p for p in catalog.programs if p.for_residents]
    requirements = [r for p in programs for a in p.alternatives for r in a.requirements]
    left = sum(r.kind == "confirm" for r in requirements) + sum(len(p.confirm) for p in programs)
    conditions = len(requirements) + sum(len(p.confirm) for p in programs)
    facts = [f for p in programs for f in p.facts]
    days = [p.source.checked_on for p in programs if p.source.checked_on]

    def share(which: list[bool]) -> Share:
        return Share(len(which), sum(which))
    return Counted(
        programs=len(programs),
        plan=share([p.source.status == "plan" for p in programs]),
        official=share([p.source.status == "official" for p in programs]),
        second_hand=share([p.source.status == "second-hand" for p in programs]),
        first=min(days, default=None), last=max(days, default=None),
        rules=Share(conditions, conditions - left), left=Share(conditions, left),
        department=share([bool(p.departments) for p in programs]),
        inferred=share([p.contact.confidence == "inferred" for p in programs if p.departments]),
        phone=share([has_phone(p, catalog) for p in programs]),
        dated_source=share([p.source.checked_on is not None and bool(p.source.quote or p.source.url) for p in programs]),
        dated_facts=share([age_of(f.found_on, today) is not None for f in facts]),
        old_amounts=sum(f.kind == "amount" and past_fiscal_year(f.found_on, today) for f in facts),
    )


def has_phone(program: Program, catalog: Catalog) -> bool:
    """Tell whether a number of the program itself or of its department is known, not only one to ask at."""
    return bool(program.contact.phone) or any(catalog.departments[d].phone for d in program.departments)
