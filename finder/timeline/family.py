"""What the lines of one family say together."""

from __future__ import annotations

from collections.abc import Sequence

from finder.timeline.lines import Entry, Line, known_to_a_month


def to_ask(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """Return what is still to be asked for the whole family, each program once, for whom it ends first."""
    first: dict[str, Entry] = {}
    for entry in (e for line in lines for e in line.asks):
        if entry.program.id not in first or entry.ends.earliest < first[entry.program.id].ends.earliest:
            first[entry.program.id] = entry
    return tuple(first.values())


def coming(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the ids of the programs that begin or end next, each once, the soonest first."""
    nodes = sorted((node for line in lines for node in line.next), key=lambda n: (n.turns.earliest, n.turns.latest))
    return tuple(dict.fromkeys(e.program.id for node in nodes for g in node.groups for e in g.entries))


def unsure(lines: Sequence[Line]) -> bool:
    """Tell whether some date is wide only because a birth date is not known."""
    return any(not n.turns.exact and not known_to_a_month(n.turns) for line in lines for n in (*line.next, *line.later))
