"""The sheet that a visitor takes along: the programs chosen, door by door in walking order, what to say and what to bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from finder.cards import Card, about
from finder.catalog import Catalog, Program
from finder.languages import JAPANESE, Language, message
from finder.offices import Office
from finder.walking import Stop, in_walking_order, stop

# What one says at the door, by the kind of program; words in 「」 are the plan's.
_WISHES = {"cash": message("「%(name)s」の申請をしたいです。"), "subsidy": message("「%(name)s」の手続きをしたいです。"),
           "service": message("「%(name)s」を使いたいです。"), "consultation": message("「%(name)s」のことで相談したいです。"),
           "class_event": message("「%(name)s」に参加したいです。"), "place": message("「%(name)s」を使いたいです。"),
           "loan": message("「%(name)s」の相談をしたいです。")}
_UNSURE = message("「%(name)s」を使えるか、聞きたいです。")
_TO_HEAR = message("「%(name)s」について聞きたいです。")


@dataclass(frozen=True, slots=True)
class Errand:
    """One program at its door: its card, what to say there in Japanese, what that means (nothing to a Japanese reader)."""

    card: Card
    say: str
    means: str


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to bring, and the language in which it is written."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Door:
    """One office with what is to be done there."""

    office: Office
    at: Stop
    errands: tuple[Errand, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet: doors in walking order, and everything to bring, each thing once with the programs that need it."""

    doors: tuple[Door, ...]
    bring: tuple[tuple[Thing, tuple[Card, ...]], ...]
    bring_not_known: bool


def paper(chosen: Iterable[tuple[Program, str]], catalog: Catalog, today: date, language: Language = JAPANESE) -> Paper:
    """Return the sheet for programs and their standings ("" when none was assessed)."""
    errands: dict[tuple[str, str], list[Errand]] = {}
    bring: dict[Thing, list[Card]] = {}
    missing = False
    for program, standing in chosen:
        card = about(program, catalog, today, language)
        needed = [Thing(f.text.in_language(language.id), f.text.written_in(language.id)) for f in program.facts if f.kind == "bring"]
        missing = missing or not needed
        for thing in needed:
            bring.setdefault(thing, []).append(card)
        where = card.offices[0]
        now = "check" if standing and _closed(program, today) else standing
        own = language.tag == JAPANESE.tag
        errands.setdefault((where.name, where.place), []).append(
            Errand(card, what_to_say(program, now, language if own else JAPANESE),
                   "" if own else what_to_say(program, now, language, card.title)))
    offices = {_joined([e.card.offices[0] for e in group]): group for group in errands.values()}
    doors = tuple(Door(one, stop(one, catalog.municipality), tuple(offices[one]))
                  for one in in_walking_order(offices, catalog.municipality))
    return Paper(doors, tuple((thing, tuple(cards)) for thing, cards in bring.items()), missing)


def _joined(same: Sequence[Office]) -> Office:
    """Return one office as several programs tell of it: its usual number, and every note once.

    A program with a number of its own keeps it on its card.
    """
    usual = Counter(one.phones for one in same).most_common(1)[0][0]
    return replace(same[0], phones=usual, notes=tuple(dict.fromkeys(n for one in same for n in one.notes)))


def _closed(program: Program, today: date) -> bool:
    """Tell whether nobody can apply just now: not yet, no longer, or paused."""
    when = program.availability
    return when.paused or (when.begins is not None and today < when.begins) or (when.ends is not None and today > when.ends)


def what_to_say(program: Program, standing: str, language: Language = JAPANESE, title: str = "") -> str:
    """Return one sentence for the desk: 「児童扶養手当」の申請をしたいです。

    In another language it is what that means, with the program's `title` there.  Only what looks
    certain is asked for; what is still open, or not to be had just now, is asked about.
    """
    name = title or program.name.removesuffix("の支給").removesuffix("の実施")
    wish = _WISHES.get(program.kind, _TO_HEAR)
    if standing != "likely":
        wish = _UNSURE if standing == "check" and program.kind in _WISHES else _TO_HEAR
    return language.say(wish, name=name)
