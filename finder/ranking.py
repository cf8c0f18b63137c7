"""Assessed programs in the order that helps: what was asked for, how specific, how sure; ties by id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from rank_bm25 import BM25Plus

from finder.answers import Answers
from finder.births import ANY_AGE, Ages, age_standing, births_that_meet
from finder.catalog import Catalog, Program
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
        self.parts: dict[str, tuple[tuple[str, float], ...]] = {}

    def scores(self, asked: Sequence[str]) -> dict[str, float]:
        """Return the score of every program that shares a word, by its id."""
        scores: dict[str, float] = {}
        for word in asked:
            for program, part in self._parts_of(word):
                scores[program] = scores.get(program, 0.0) + part
        return scores

    def _parts_of(self, word: str) -> tuple[tuple[str, float], ...]:
        """BM25 is a sum over words: what each word gives is worked out when it is first asked for."""
        if self.bm25 is None or word not in self.bm25.idf:
            return ()
        if word not in self.parts:
            holding = [place for place, words in enumerate(self.bm25.doc_freqs) if word in words]
            self.parts[word] = tuple(zip((self.ids[place] for place in holding),
                                         self.bm25.get_batch_scores([word], holding), strict=True))
        return self.parts[word]


_INDEXES: WeakKeyDictionary[Catalog, Index] = WeakKeyDictionary()


def index_of(catalog: Catalog) -> Index:
    """Return the catalog's index, made when first asked for and let go with the catalog."""
    if (index := _INDEXES.get(catalog)) is None:
        index = _INDEXES[catalog] = Index(catalog)
    return index


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
    folded = fold(said)
    expands: list[str] = []
    needs: list[str] = []
    for rule in catalog.words:
        if rule.said in folded:
            expands += rule.expands
            needs += rule.needs
    return (terms(said), tuple(t for e in dict.fromkeys(expands) for t in _expansion(e)),
            tuple(dict.fromkeys(needs)))


@lru_cache(maxsize=4096)
def _expansion(words: str) -> tuple[str, ...]:
    """The plan's words come from words.csv again and again."""
    return terms(words)


def nearness(catalog: Catalog, said: str) -> dict[str, float]:
    """Return by id how near programs are to what was said, the nearest 1; a program that shares no word is left out."""
    return _nearness(catalog, asked_words(said, catalog))


def _nearness(catalog: Catalog, asked: _Wanted) -> dict[str, float]:
    index = index_of(catalog)
    plain, wide = index.scores(asked[0]), index.scores(asked[1])
    together = {p: plain.get(p, 0.0) + EXPANSION * wide.get(p, 0.0) for p in plain.keys() | wide.keys()}
    best = max(together.values(), default=1.0)
    return {p: score / best for p, score in together.items()}


def rank(catalog: Catalog, assessments: Sequence[Assessment], answers: Answers, said: str,
         today: date) -> list[Ranked]:
    """Order assessed programs by how well they help this household now; ties by id."""
    asked = asked_words(said, catalog)
    near = _nearness(catalog, asked)
    needs = tuple(dict.fromkeys((*answers.needs, *asked[2])))
    later, closing = today + SOON, dict[int, bool]()
    ranked = []
    for assessment in assessments:
        program = assessment.program
        words = near.get(program.id, 0.0)
        score = (WORDS * words + NEED * _need(program.needs, needs)
                 + STANDING * _sureness(assessment) + SPECIFIC * _specific(assessment, today)
                 + KIND * KIND_WORTH[program.kind] + CLOSING * _closing(assessment, answers, later, closing))
        ranked.append(Ranked(assessment, round(score, 6), round(words, 6)))
    return sorted(ranked, key=lambda r: (-r.score, r.assessment.program.id))


@lru_cache(maxsize=8192)
def _need(served: tuple[str, ...], needs: tuple[str, ...]) -> float:
    """A program's first need is what it is for; the others it also serves."""
    hits = [1.0 if n == served[0] else 0.7 for n in needs if n in served]
    return max(hits, default=0.0) + 0.2 * max(len(hits) - 1, 0)


def _sureness(assessment: Assessment) -> float:
    """A yes stands before an open one; each open requirement takes some away."""
    if assessment.result != OPEN:
        return 1.0 if assessment.result == YES else 0.0
    settled_by = [f.settled_by for f in assessment.findings if f.result == OPEN]
    return (0.55 if any(settled_by) else 0.45) / len(settled_by)


def _closing(assessment: Assessment, answers: Answers, later: date, known: dict[int, bool]) -> bool:
    """Tell whether it fits today and every child who makes it fit will soon be past its age; `known` by requirement."""
    if assessment.result != YES:
        return False
    for finding in assessment.findings:
        if finding.children:
            if (past := known.get(id(finding.requirement))) is None:
                past = known[id(finding.requirement)] = _past(finding, answers, later)
            if past:
                return True
    return False


def _past(finding: Finding, answers: Answers, later: date) -> bool:
    born = [c.born for i, c in enumerate(answers.children or ()) if i in finding.children]
    ages = finding.requirement.ages
    return ages != ANY_AGE and bool(born) and all(b and age_standing(b, ages, later) == NO for b in born)


def _specific(assessment: Assessment, today: date) -> float:
    """How much the program is for people in just this situation: met facts, narrow ages."""
    return min(sum([_narrow(f, today) for f in assessment.findings if f.result == YES]), 2.0)


def _narrow(finding: Finding, today: date) -> float:
    requirement = finding.requirement
    if requirement.kind == "fact":
        return 1.0
    return (0.5 if requirement.disability else 0.0) + _narrow_ages(requirement.ages, today)


@lru_cache(maxsize=8192)
def _narrow_ages(ages: Ages, today: date) -> float:
    days = sum((s.latest - s.earliest).days for s in births_that_meet(ages, today))
    return NARROW_AGES * max(0.0, 1.0 - days / (365.25 * WIDEST_YEARS))
