"""The rows of one program, joined: it may stand in several sections, spelt in more than one way, with other words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from finder.plans.lines import folded
from finder.plans.rows import Row

_ENDING = re.compile(r"(?:支援|事業|制度|の実施|の推進|等)+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A program as a plan lists it: every row of it in order, its offices, and what is doubtful."""

    name: str
    rows: tuple[Row, ...]
    departments: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def offices_sure(self) -> bool:
        """Tell whether the offices are this program's own, not those of a list of programs."""
        return not self.own.shared

    @property
    def own(self) -> Row:
        """Return the row whose words are the program's own, else the first."""
        told = [r for r in self.rows if r.text and not r.section.old]
        return next((r for r in told if not r.shared), (told or list(self.rows))[0])

    @property
    def text(self) -> str:
        """Return its own words, "" when they are shared with other programs."""
        return "" if self.own.shared else self.own.text

    @property
    def lines(self) -> tuple[int, ...]:
        """Return the lines where it stands, that of its words first."""
        return tuple(dict.fromkeys((self.own.line, *(r.line for r in self.rows))))

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the sections where it stands."""
        return tuple(dict.fromkeys(r.section.number for r in self.rows if r.section.number))

    @property
    def variants(self) -> tuple[tuple[int, str], ...]:
        """Return the lines that say it in other words."""
        own = self.own
        return tuple((r.line, r.quote) for r in self.rows if r.quote and r.line != own.line and not r.shared and r.text != own.text)


def join_rows(rows: Sequence[Row]) -> list[Listed]:
    """Return the programs in the order in which the plan lists them; near names are told, never joined."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_name[folded(row.name)].append(row)
    texts: dict[str, str] = {}
    found = []
    for key, own in by_name.items():
        first = own[0]
        doubts = [d for r in own for d in r.doubts]
        doubts += _place_doubts(own, rows)
        copied = next((r for r in own if r.text and texts.get(r.text, key) != key and not r.shared), None)
        if copied:
            doubts.append(f"「{by_name[texts[copied.text]][0].name}」と同じ文です。写し間違いかもしれないので、この文からは何も読みませんでした")
        texts |= {r.text: key for r in own if r.text and not r.shared and r.text not in texts}
        doubts += [f"名前の近い行があります: {by_name[o][0].name}（同じ事業か見てください）" for o in _near(key, by_name)]
        today = [r for r in own if not r.section.old] or own
        departments = tuple(dict.fromkeys(d for r in today for d in r.departments))
        if copied:
            own = [replace(r, text="", line=r.named_on or r.line, quote=r.name if r.named_on else r.quote) for r in own]
        found.append(Listed(first.name, tuple(own), departments, tuple(dict.fromkeys(doubts))))
    return found


def _place_doubts(own: Sequence[Row], rows: Sequence[Row]) -> Iterable[str]:
    if all(r.section.old for r in own) and any(not r.section.old for r in rows):
        yield "前の計画にだけあります。今もあるか確かめてください"
    if len({folded(r.text) for r in own if r.text}) > 1:
        yield "所によって文が違います: " + "、".join(r.place for r in own)
    offices = {r.departments for r in own if not r.section.old}
    if len({d for o in offices for d in o}) > 1 and any(r.inherited for r in own):
        yield "担当課が二つ以上あります。どの課が窓口か見てください"


def _near(key: str, names: Iterable[str]) -> Iterable[str]:
    for other in names:
        if other != key:
            longer, shorter = (key, other) if len(key) > len(other) else (other, key)
            if longer.startswith(shorter) and _ENDING.fullmatch(longer[len(shorter):]):
                yield other
