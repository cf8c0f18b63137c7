"""Assessed programs in the order that helps: what was asked for, how specific, how sure; ties by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import add
from typing import Any, NamedTuple

import numpy as np
from rank_bm25 import BM25Plus

from finder.answers import Answers
from finder.births import ANY_AGE, Ages, age_standing, births_that_meet
from finder.catalog import Catalog, Program, Requirement, WordRule
from finder.eligibility import Assessment, Finding
from finder.ternary import NO, OPEN, YES
from finder.words import fold, terms

# What each reason to stand higher is worth.  Asked for first, then fit, then sureness.
WORDS, NEED, STANDING, SPECIFIC, KIND = 6.0, 4.0, 2.0, 1.5, 1.8
CLOSING, SOON = 0.4, timedelta(days=183)    # gently: what fits today, and at no child's age half a year from now
KIND_WORTH = {"cash": 1.0, "subsidy": 0.9, "service": 0.7, "consultation": 0.6, "loan": 0.5,
              "place": 0.4, "school": 0.2, "class_event": 0.2, "institutional": 0.0}
NAME_COUNTS = 3           # a program's name says more of it than its description
EXPANSION = 0.8           # the plan's word for what someone said, beside the word itself
WIDEST_YEARS = 20.0
NARROW_AGES = 0.6         # a narrow age says less of a household than a fact it told
UNSAID = 3.0              # who tells of a child and is expecting another says so: what is only for a pregnancy can wait

_Wanted = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]      # words said, the plans' words for them, needs


class Ranked(NamedTuple):
    """An assessed program with its score, and how much of it the words asked for (0 … 1)."""

    assessment: Assessment
    score: float
    words: float


class Index:
    """BM25 over the names, own texts and quotations of one catalog's programs."""

    def __init__(self, catalog: Catalog) -> None:
        documents = [catalog.documents.get(p.id) or document(p, catalog) for p in catalog.programs]
        self.ids = [p.id for p in catalog.programs]
        # With delta 0 this is Okapi's formula with an idf that is never negative: a program that
        # shares no word scores 0, and a small municipality's only match still counts.
        self.bm25 = BM25Plus(documents, delta=0) if any(documents) else None
        self.parts: dict[str, tuple[Any, Any]] = {}
        self.words = catalog.words
        self.words_from: defaultdict[str, list[int]] = defaultdict(list)
        for place, rule in enumerate(catalog.words):
            self.words_from[rule.said[:2]].append(place)

    def said_in(self, folded: str) -> list[WordRule]:
        """Return what stands in words.csv of a text, in its order; a look at the first two characters spares most of it."""
        here = {*folded, *map(add, folded, folded[1:])}
        begin = [place for first in self.words_from.keys() & here for place in self.words_from[first]]
        return [self.words[place] for place in sorted(begin) if self.words[place].said in folded]

    def scores(self, asked: Sequence[str]) -> Any:
        """Return the score of every program, in the order of `ids`; 0 of one that shares no word."""
        known = [self.parts.get(word) or self._parts_of(word, self.bm25) for word in asked if word in self.bm25.idf] if self.bm25 else []
        if not known:
            return np.zeros(len(self.ids))
        holding, parts = map(np.concatenate, zip(*known, strict=True))
        return np.bincount(holding, parts, len(self.ids))

    def _parts_of(self, word: str, bm25: BM25Plus) -> tuple[Any, Any]:
        """BM25 is a sum over words: what each word gives, and to which programs, is worked out when it is first asked for."""
        holding = [place for place, words in enumerate(bm25.doc_freqs) if word in words]
        self.parts[word] = np.array(holding), np.array(bm25.get_batch_scores([word], holding))
        return self.parts[word]


def index_of(catalog: Catalog) -> Index:
    """Return the catalog's index, made when first asked for and let go with the catalog."""
    return catalog.once("index", lambda: Index(catalog))


def document(program: Program, catalog: Catalog) -> list[str]:
    """Return the words under which a program is found."""
    needs = " ".join(catalog.needs[n].ja for n in program.needs if n in catalog.needs)
    variants = " ".join(q for _, q in program.source.variants)
    return [*list(terms(f"{program.name}。{program.title.ja}")) * NAME_COUNTS,
            *terms("。".join((program.text.ja, program.source.quote, variants, needs))),
            *terms("。".join((*program.keywords, *program.named_contacts))) * 2,
            *terms(program.text.en), *terms(program.title.en)]


def asked_words(said: str, catalog: Catalog) -> _Wanted:
    """Return the words said, the plans' words for them, and the needs they mean."""
    if not said:
        return (), (), ()
    rules = index_of(catalog).said_in(fold(said))
    expands = dict.fromkeys(words for rule in rules for words in rule.expands)
    return terms(said), tuple(t for e in expands for t in _expansion(e)), tuple(dict.fromkeys(n for rule in rules for n in rule.needs))


@lru_cache(maxsize=4096)
def _expansion(words: str) -> tuple[str, ...]:
    """The plan's words come from words.csv again and again."""
    return terms(words)


def nearness(catalog: Catalog, said: str) -> dict[str, float]:
    """Return by id how near programs are to what was said, the nearest 1; a program that shares no word is left out."""
    return _nearness(catalog, asked_words(said, catalog))


def _nearness(catalog: Catalog, asked: _Wanted) -> dict[str, float]:
    index = index_of(catalog)
    scores = index.scores(asked[0]) + EXPANSION * index.scores(asked[1])
    sharing = scores.nonzero()[0]
    best = scores.max(initial=0.0)
    return {index.ids[place]: score for place, score in zip(sharing.tolist(), (scores[sharing] / best).tolist(), strict=True)}


def rank(catalog: Catalog, assessments: Sequence[Assessment], answers: Answers, said: str,
         today: date) -> list[Ranked]:
    """Order assessed programs by how well they help this household now; ties by id."""
    asked = asked_words(said, catalog)
    near = _nearness(catalog, asked)
    needs = frozenset((*answers.needs, *asked[2]))
    household = _Household(answers, today)
    ranked = []
    for assessment in assessments:
        program = assessment.program
        words = near.get(program.id, 0.0)
        score = (WORDS * words + NEED * _need(program.needs, needs) + KIND * KIND_WORTH[program.kind] + household.fit(assessment))
        ranked.append(Ranked(assessment, round(score, 6), words))
    return sorted(ranked, key=lambda r: (-r.score, r.assessment.program.id))


def _need(served: tuple[str, ...], needs: frozenset[str]) -> float:
    """A program's first need is what it is for; the others it also serves."""
    hits = len(needs.intersection(served))
    return (1.0 if served[0] in needs else 0.7) + 0.2 * (hits - 1) if hits else 0.0


class _Household:
    """How well programs fit one household on one day; what many programs share is worked out once."""

    def __init__(self, answers: Answers, today: date) -> None:
        self.children, self.today, self.later = answers.children or (), today, today + SOON
        self.narrow: dict[int, float] = {}       # of a requirement, by its place in memory
        self.past: dict[int, bool] = {}

    def fit(self, assessment: Assessment) -> float:
        """Return what it counts how sure and how specific a program is, whether it will soon be too late, and whether it can wait.

        Each open requirement takes some sureness away.
        """
        specific, waiting, asked, unsaid = 0.0, 0, False, False
        for finding in assessment.findings:
            if finding.result is YES:
                requirement = finding.requirement
                if (narrow := self.narrow.get(id(requirement))) is None:
                    narrow = self.narrow[id(requirement)] = _narrow(requirement, self.today)
                specific += narrow
            elif finding.result is OPEN:
                waiting += 1
                asked = asked or finding.settled_by is not None
                unsaid = unsaid or finding.requirement.fact == "pregnant"
        worth = SPECIFIC * min(specific, 2.0)
        if unsaid and self.children:
            worth -= UNSAID
        if assessment.result is YES:
            return worth + STANDING + CLOSING * any(map(self._past, assessment.findings))
        return worth + STANDING * (0.55 if asked else 0.45) / waiting if assessment.result is OPEN else worth

    def _past(self, finding: Finding) -> bool:
        """Tell whether every child who meets a requirement will soon be past its age."""
        requirement = finding.requirement
        if requirement.ages == ANY_AGE:
            return False
        if (past := self.past.get(id(requirement))) is None:
            born = [child.born for place, child in enumerate(self.children) if place in finding.children]
            past = bool(born) and all(b and age_standing(b, requirement.ages, self.later) == NO for b in born)
            self.past[id(requirement)] = past
        return past


def _narrow(requirement: Requirement, today: date) -> float:
    """How much a requirement that is met is for people in just this situation: facts, narrow ages."""
    if requirement.kind == "fact":
        return 1.0
    return (0.5 if requirement.disability else 0.0) + _narrow_ages(requirement.ages, today)


@lru_cache(maxsize=8192)
def _narrow_ages(ages: Ages, today: date) -> float:
    days = sum((s.latest - s.earliest).days for s in births_that_meet(ages, today))
    return NARROW_AGES * max(0.0, 1.0 - days / (365.25 * WIDEST_YEARS))
