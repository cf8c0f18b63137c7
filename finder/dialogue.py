"""The one door: take_turn(catalog, answers, said, today) -> Turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice

from finder.answers import Answers, with_young_speaker
from finder.catalog import Catalog, Hotline
from finder.eligibility import Assessment, Finding, assess
from finder.interview import Asked, next_question, put
from finder.ranking import Ranked, index_of, rank
from finder.search import search as by_words
from finder.ternary import NO
from finder.understanding import corrected, merge, understand

NEAR_MISSES = 6
WORD_MATCHES = 4
OF_EACH_DANGER = 2
MUCH_OF_THE_WORDS = 0.5   # of the best match: what a program must share to be shown for its words alone


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that one exchange gives; nothing of it is kept on the server.

    `programs` fit or may fit; `near_misses` have one requirement in the way; `word_matches` are
    near to what was said, but their requirements do not fit; `unlikely` is all that is left.
    What is `out_of_scope` may be a `greeting`: "hello", "thanks", "bye" or "unsure" (what to write).
    """

    answers: Answers
    understood: tuple[tuple[str, str], ...]
    danger: str | None
    hotlines: tuple[Hotline, ...]
    out_of_scope: bool
    greeting: str
    programs: tuple[Ranked, ...]
    near_misses: tuple[Ranked, ...]
    word_matches: tuple[Ranked, ...]
    unlikely: tuple[Ranked, ...]
    next_question: Asked | None


def take_turn(catalog: Catalog, answers: Answers, said: str, today: date, words: str = "") -> Turn:
    """Take one turn: understand what was said, assess every program, rank, and choose what to ask.

    `words` is what was said in earlier turns: it still orders the list, and is not read again
    for answers, so that what someone took back stays taken back.
    """
    found = understand(said, today, catalog.signs) if said else None
    if found and not found.out_of_scope:
        answers = merge(corrected(answers, found.answers, found.takes_back), found.answers)
    people = with_young_speaker(answers, today)
    assessments = assess_all(catalog, people, today)
    ranked = rank(catalog, assessments, answers, "。".join(filter(None, (words, said))), today)
    fitting = [r for r in ranked if r.assessment.result != NO]
    rest = [r for r in ranked if r.assessment.result == NO]
    near = list(islice((r for r in rest if _nearly(r)), NEAR_MISSES))
    by_words = [r for r in rest if r.words >= MUCH_OF_THE_WORDS and r not in near][:WORD_MATCHES]
    danger = found.danger if found else None
    return Turn(
        answers=answers,
        understood=found.spans if found else (),
        danger=danger,
        hotlines=hotlines_for(catalog, danger) if danger else (),
        out_of_scope=bool(found and found.out_of_scope),
        greeting=found.greeting if found else "",
        programs=tuple(fitting), near_misses=tuple(near), word_matches=tuple(by_words),
        unlikely=tuple(rest),
        next_question=next_question(catalog, assessments, people, today),
    )


def assess_all(catalog: Catalog, answers: Answers, today: date) -> list[Assessment]:
    """Return the standing of every program that residents can use."""
    found: dict[int, Finding] = {}
    return [assess(p, answers, today, found) for p in catalog.programs if p.for_residents]


def ask(catalog: Catalog, question_id: str, answers: Answers, today: date) -> Asked | None:
    """Return one question, chosen by the resident, as it would be put."""
    people = with_young_speaker(answers, today)
    return put(catalog, question_id, assess_all(catalog, people, today), people, today)


def search(catalog: Catalog, sought: str, answers: Answers, today: date) -> tuple[Ranked, ...]:
    """Return every program that words stand for, nearest first, or all of them in the catalog's order; for staff.

    Also what residents cannot apply for (`for_residents` is false): its standing means nothing.
    """
    people = with_young_speaker(answers, today)
    found: dict[int, Finding] = {}
    programs = by_words(catalog, sought) if sought else catalog.programs
    return tuple(Ranked(assess(p, people, today, found), 0.0, 0.0) for p in programs)


def hotlines_for(catalog: Catalog, *dangers: str) -> tuple[Hotline, ...]:
    """Return the places to call for dangers, most urgent first as the file has them; of several, the first two of each come first."""
    each = [[h for h in catalog.hotlines if danger in h.dangers] for danger in dangers]
    return tuple(dict.fromkeys([h for of in each for h in of[:OF_EACH_DANGER]] + [h for of in each for h in of]))


def dangers_of(catalog: Catalog, needs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the dangers that needs speak of, in their order; "food" alone is a need of every day."""
    kinds = {need: kind for kind, need in catalog.signs.needs if need != "food"}
    return tuple(kinds[need] for need in needs if need in kinds)


def warm(catalog: Catalog) -> None:
    """Make what the first turn of a catalog would otherwise have to wait for."""
    index_of(catalog)


def _nearly(ranked: Ranked) -> bool:
    """One thing stands in the way, and it is worth saying: something else is met, or the words ask for it."""
    assessment = ranked.assessment
    if assessment.in_the_way is None:
        return False
    return len(assessment.findings) > 1 or ranked.words >= MUCH_OF_THE_WORDS
