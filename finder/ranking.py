"""Assessed programs in the order that helps: what was asked for, how specific, how sure; ties by id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from weakref import WeakKeyDictionary

from rank_bm25 import BM25Plus

from finder.answers import Answers
from finder.births import births_that_meet
from finder.catalog import Catalog, Program
from finder.eligibility import Assessment, Finding
from finder.ternary import OPEN, YES
from finder.words import fold, terms

# What each reason to stand higher is worth.  Asked for first, then fit, then sureness.
WORDS, NEED, STANDING, SPECIFIC, KIND = 6.0, 4.0, 2.0, 1.5, 1.8
KIND_WORTH = {"cash": 1.0, "subsidy": 0.9, "service": 0.7, "consultation": 0.6, "loan": 0.5,
              "place": 0.4, "school": 0.2, "class_event": 0.2, "institutional": 0.0}
NAME_COUNTS = 3           # a program's name says more of it than its description
EXPANSION = 0.8           # the plan's word for what someone said, beside the word itself
WIDEST_YEARS = 20.0
NARROW_AGES = 0.6         # a narrow age says less of a household than a fact it told


@dataclass(frozen=True, slots=True)
class Ranked:
    """An assessed program with its score, and how much of it the words asked for (0 … 1)."""

    assessment: Assessment
    score: float
    words: float


class Index:
    """BM25 over the names, own texts and quotations of one catalog's programs."""

    def __init__(self, catalog: Catalog) -> None:
        documents = [catalog.documents.get(p.id) or document(p, catalog) for p in catalog.programs]
        self.vocabularies = [frozenset(d) for d in documents]
        # With delta 0 this is Okapi's formula with an idf that is never negative: a program that
        # shares no word scores 0, and a small municipality's only match still counts.
        self.bm25 = BM25Plus(documents, delta=0) if any(documents) else None
        self.place = {p.id: i for i, p in enumerate(catalog.programs)}

    def scores(self, asked: Sequence[str]) -> list[float]:
        """Return one score per program; exactly 0 where no word is shared."""
        if not asked or self.bm25 is None:
            return [0.0] * len(self.vocabularies)
        found = self.bm25.get_scores(list(asked))
        wanted = frozenset(asked)
        return [float(s) if wanted & v else 0.0
                for s, v in zip(found, self.vocabularies, strict=True)]


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


def asked_words(said: str, catalog: Catalog) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
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


def rank(catalog: Catalog, assessments: Sequence[Assessment], answers: Answers, said: str,
         today: date) -> list[Ranked]:
    """Order assessed programs by how well they help this household now; ties by id."""
    index = index_of(catalog)
    asked, expanded, word_needs = asked_words(said, catalog)
    plain, wide = index.scores(asked), index.scores(expanded)
    together = [p + EXPANSION * w for p, w in zip(plain, wide, strict=True)]
    best = max(together, default=0.0) or 1.0
    needs = tuple(dict.fromkeys((*answers.needs, *word_needs)))
    ranked = []
    for assessment in assessments:
        words = together[index.place[assessment.program.id]] / best
        score = (WORDS * words + NEED * _need(assessment.program, needs)
                 + STANDING * _sureness(assessment) + SPECIFIC * _specific(assessment, today)
                 + KIND * KIND_WORTH[assessment.program.kind])
        ranked.append(Ranked(assessment, round(score, 6), round(words, 6)))
    return sorted(ranked, key=lambda r: (-r.score, r.assessment.program.id))


def _need(program: Program, needs: Sequence[str]) -> float:
    """A program's first need is what it is for; the others it also serves."""
    if not needs or not program.needs:
        return 0.0
    hits = [1.0 if n == program.needs[0] else 0.7 for n in needs if n in program.needs]
    return max(hits, default=0.0) + 0.2 * max(len(hits) - 1, 0)


def _sureness(assessment: Assessment) -> float:
    """A yes stands before an open one; each open requirement takes some away."""
    if assessment.result == YES:
        return 1.0
    opened = [f for f in assessment.findings if f.result == OPEN]
    only_counter = all(f.settled_by is None for f in opened)
    return (0.45 if only_counter else 0.55) / max(len(opened), 1) if assessment.result == OPEN else 0.0


def _specific(assessment: Assessment, today: date) -> float:
    """How much the program is for people in just this situation: met facts, narrow ages."""
    return min(sum(_narrow(f, today) for f in assessment.findings if f.result == YES), 2.0)


def _narrow(finding: Finding, today: date) -> float:
    requirement = finding.requirement
    if requirement.kind == "fact":
        return 1.0
    worth = 0.5 if requirement.disability else 0.0
    spans = births_that_meet(requirement.ages, today)
    days = sum((s.latest - s.earliest).days for s in spans)
    return worth + NARROW_AGES * max(0.0, 1.0 - days / (365.25 * WIDEST_YEARS))
