"""Search over all programs of a catalog by name and words, for whom they may be."""

from __future__ import annotations

from finder.catalog import Catalog, Program
from finder.ranking import nearness
from finder.words import fold

NEAR_ENOUGH = 0.2         # of the nearest: less shares a common word only
BEGINS_THE_NAME, IN_THE_NAME, IN_ANOTHER_NAME, AT_THE_OFFICE, IN_THE_TEXT = 6.0, 4.0, 3.0, 2.0, 1.0


def search(catalog: Catalog, sought: str) -> list[Program]:
    """Return the programs that words stand for, nearest first; ties by id.

    A word that is still being typed finds what holds it; whole words also find what is near to
    them, as in a resident's list.
    """
    parts = fold(sought).lower().split()
    near = nearness(catalog, sought)
    worth = {p.id: _held(parts, p, catalog) + near.get(p.id, 0.0) for p in catalog.programs} if parts else {}
    found = [p for p in catalog.programs if worth.get(p.id, 0.0) >= NEAR_ENOUGH]
    return sorted(found, key=lambda p: (-worth[p.id], p.id))


def _held(parts: list[str], program: Program, catalog: Catalog) -> float:
    """Return where all the parts stand: in the name at best; 0 when one of them stands nowhere."""
    offices = [catalog.departments[d] for d in program.departments]
    places = ((IN_THE_NAME, f"{program.name} {program.title.ja}"),
              (IN_ANOTHER_NAME, " ".join((*program.keywords, *program.named_contacts, program.title.en))),
              (AT_THE_OFFICE, " ".join(" ".join((d.name, *d.aliases)) for d in offices)),
              (IN_THE_TEXT, f"{program.text.ja} {program.source.quote}"))
    folded = [(worth, fold(text).lower()) for worth, text in places]
    if folded[0][1].startswith(parts[0]):
        folded.append((BEGINS_THE_NAME, parts[0]))
    each = [max((worth for worth, text in folded if part in text), default=0.0) for part in parts]
    return sum(each) / len(each) if all(each) else 0.0
