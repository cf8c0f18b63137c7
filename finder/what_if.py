"""「もし〜なら」: what another answer, or another day, would change in a list of programs."""

from __future__ import annotations

from dataclasses import dataclass

from finder.dialogue import Turn
from finder.ranking import Ranked


@dataclass(frozen=True, slots=True)
class Difference:
    """What comes in, what goes (as it would then stand, with the reason), and what changes its standing: (now, then)."""

    appears: tuple[Ranked, ...]
    goes: tuple[Ranked, ...]
    changes: tuple[tuple[Ranked, Ranked], ...]

    def __bool__(self) -> bool:
        return bool(self.appears or self.goes or self.changes)


def difference(now: Turn, then: Turn) -> Difference:
    """Return what two turns of one catalog tell apart; what appears stands in the order of `then`, the rest of `now`."""
    before, after = _by_id(now.programs), _by_id(then.programs)
    unlikely = _by_id(then.unlikely)
    return Difference(
        appears=tuple(r for i, r in after.items() if i not in before),
        goes=tuple(unlikely[i] for i in before if i in unlikely),
        changes=tuple((r, after[i]) for i, r in before.items()
                      if i in after and after[i].assessment.result != r.assessment.result))


def _by_id(ranked: tuple[Ranked, ...]) -> dict[str, Ranked]:
    return {r.assessment.program.id: r for r in ranked}
