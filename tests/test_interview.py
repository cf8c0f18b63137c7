"""The interview: what is asked, in which order, what stands beside the choices, and when it ends."""

import statistics
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.interview import NEVER, Household, Walk, read_households, standings, truthful, walk
from finder.answers import NEEDS, Answers, change, read_answers
from finder.births import Span
from finder.catalog import Catalog
from finder.dialogue import Turn, ask, take_turn
from finder.interview import ORDER, next_question
from tests.conftest import TODAY

HOUSEHOLDS = read_households()
SAMPLE = HOUSEHOLDS[::7]
PARTS = 12
CITIES = ("kurume", "ogori", "kochi", "soja", "komae")


@pytest.fixture(scope="module")
def catalogs(real_catalogs) -> dict[str, Catalog]:
    return {c.municipality.id: c for c in real_catalogs.values()}


@pytest.fixture(scope="module")
def walks(catalogs) -> list[Walk]:
    return [walk(catalogs[h.city], h) for h in HOUSEHOLDS]


def turn_of(catalog: Catalog, given: dict | Answers) -> Turn:
    answers = given if isinstance(given, Answers) else read_answers(given, TODAY)
    return take_turn(catalog, answers, "", TODAY)


def asked_of(catalog: Catalog, given: dict | Answers) -> str | None:
    asked = turn_of(catalog, given).next_question
    return asked.question.id if asked else None


def way(catalog: Catalog, household: Household) -> Iterator[tuple[Answers, Turn]]:
    """Every turn of a household that answers truthfully, without its sentence."""
    answers = read_answers({"needs": list(household.needs)}, TODAY)
    while True:
        turn = turn_of(catalog, answers)
        yield answers, turn
        if turn.next_question is None:
            return
        answers = change(answers, truthful(household, turn.next_question.question.id, answers), TODAY)


def possible_answers(catalog: Catalog, question: str, answers: Answers) -> list[dict]:
    """Answers to a question: its choices, and some ages or months where these are asked for."""
    out = [dict(c.sets) for c in catalog.question(question).choices if c.sets]
    if question == "children":
        out += [{"children": [{"grade": g}]} for g in ("年少", "小4", "高2")]
    if question == "self":
        out += [{"self": {"age_years": n}} for n in (19, 25, 37, 39, 40, 41, 60)]
    if question == "child_birth":
        out += [{"children": [{**dict(c.said), "birth_month": month_in(c.born, part)} for c in answers.children]}
                for part in range(PARTS + 1)]
    return out


def month_in(born: Span, part: int) -> str:
    """A month within the span, from the first (part 0) to the last (part PARTS)."""
    return (born.earliest + (born.latest - born.earliest) * part / PARTS).strftime("%Y-%m")


# --- the aim ---------------------------------------------------------------------------------------

def test_the_households_are_many_and_from_every_city():
    assert len(HOUSEHOLDS) >= 200
    assert {h.city for h in HOUSEHOLDS} == set(CITIES)
    assert 0.4 <= sum(bool(h.said) for h in HOUSEHOLDS) / len(HOUSEHOLDS) <= 0.6
    assert 0.4 <= sum(h.city == "kurume" for h in HOUSEHOLDS) / len(HOUSEHOLDS) <= 0.6


def test_the_list_is_that_of_full_answers_after_4_questions_in_the_median_and_7_at_most(walks):
    assert statistics.median(w.whole for w in walks) <= 4
    assert max(w.looser for w in walks) <= 7, "the first ten"
    late = [w for w in walks if w.whole > 7]
    # A couple (夫婦, 共働き) told by a sentence leaves open whether they think of a divorce; nobody asks them.
    assert len(late) <= len(walks) * 0.02, [(w.household, w.left) for w in late]


def test_after_a_first_sentence_less_is_asked(walks):
    told = [w.whole for w in walks if w.household.said]
    silent = [w.whole for w in walks if not w.household.said]
    assert statistics.median(told) < statistics.median(silent)


def test_before_the_list_is_seen_fewer_questions_are_worth_asking(walks):
    before = [len(w.asked) - len(w.waiting) for w in walks]
    assert statistics.median(before) <= 4
    assert max(before) <= 6


def test_an_open_answer_never_takes_a_program_away(catalogs):
    for household in SAMPLE:
        *before, (_, last) = way(catalogs[household.city], household)
        for _, turn in before:
            assert standings(turn).keys() >= standings(last).keys()


# --- what holds for every interview ------------------------------------------------------------------

def test_no_question_is_put_twice_and_every_interview_ends(walks):
    for one in walks:
        assert len(one.asked) == len(set(one.asked)) <= len(ORDER)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("answer", ["unknown", "first choice"])
def test_it_ends_whatever_is_answered(catalogs, city, answer):
    for need in (*NEEDS, None):
        answers, put = read_answers({"needs": [need] if need else []}, TODAY), []
        while asked := turn_of(catalogs[city], answers).next_question:
            put.append(asked.question.id)
            sets = [c.sets for c in asked.question.choices if c.sets]
            answers = change(answers, sets[-1 if answer == "unknown" else 0], TODAY)
        assert len(put) == len(set(put)) <= len(ORDER)


def test_a_question_is_put_only_if_some_answer_changes_the_list(catalogs):
    for household in SAMPLE:
        catalog = catalogs[household.city]
        for answers, turn in way(catalog, household):
            if turn.next_question:
                question = turn.next_question.question.id
                assert any(standings(turn_of(catalog, change(answers, sets, TODAY))) != standings(turn)
                           for sets in possible_answers(catalog, question, answers)), (household, question)


def test_when_nothing_more_is_asked_no_answer_changes_the_list(catalogs):
    for household in SAMPLE:
        catalog = catalogs[household.city]
        *_, (answers, last) = way(catalog, household)
        for question in ORDER:
            if not answers.settled(question) and question != "child_birth":
                for sets in possible_answers(catalog, question, answers):
                    after = turn_of(catalog, change(answers, sets, TODAY))
                    assert {**standings(after)} == {**standings(last)}, (household, question, sets)


def test_the_count_beside_a_choice_is_what_the_list_would_have(catalogs):
    for household in SAMPLE:
        catalog = catalogs[household.city]
        for answers, turn in way(catalog, household):
            for choice, programs in turn.next_question.choices if turn.next_question else ():
                if choice.sets:
                    assert programs == len(turn_of(catalog, change(answers, choice.sets, TODAY)).programs), (household, choice)
                else:
                    assert programs is None


def test_the_same_answers_give_the_same_question(catalogs):
    for household in SAMPLE:
        first, second = (list(way(catalogs[household.city], household)) for _ in range(2))
        assert [t.next_question for _, t in first] == [t.next_question for _, t in second]


def test_a_fact_that_hardly_anything_needs_is_not_asked_before_the_list_is_seen(catalogs):
    for household in SAMPLE:
        for answers, turn in way(catalogs[household.city], household):
            asked = turn.next_question
            if asked and asked.settles < 2 and not asked.can_wait:
                serving = [r.assessment.program for r in turn.programs if r.assessment.open_questions
                           and set(answers.needs) & set(r.assessment.program.needs)]
                assert serving or asked.question.id == "self", (household, asked.question.id)


# --- what is asked, example by example --------------------------------------------------------------

SMALL = {"birth_month": "2023-06"}
TOLD = {"pregnant": False, "single_parent": False, "divorcing": False, "widow": False, "disability": False, "low_income": False}
TABLE = [
    ("nothing said: the children settle most", {}, "children"),
    ("a need alone: the children settle most", {"needs": ["money"]}, "children"),
    ("work: the single parents' programs come first", {"needs": ["work"], "children": [SMALL]}, "single_parent"),
    ("development: the disability comes first", {"needs": ["development"], "children": [SMALL]}, "disability"),
    ("study, and nobody is pregnant: the income", {"needs": ["study"], "children": [{"grade": "中3"}], "pregnant": False,
                                                   "disability": False, "single_parent": False}, "low_income"),
    ("0 years old: what follows a birth is open", {**TOLD, "needs": ["consult_parenting"], "children": [{"age_years": 0}]}, "child_birth"),
    ("what was asked and left open is not asked again", {"children": "unknown", "pregnant": "unknown", "single_parent": "unknown",
     "disability": "unknown", "low_income": "unknown", "self": "unknown"}, None),
    ("no children, a marriage: one's own age", {**TOLD, "children": [], "needs": ["marriage"]}, "self"),
    ("11 months old: no month settles what ends at the first birthday", {**TOLD, "needs": ["friends"], "self": {"age_years": 30},
                                                                         "children": [{"age_months": 11}]}, None),
    ("only that there is a child: the month settles everything", {**TOLD, "children": [{}]}, "child_birth"),
    ("everything is known", {**TOLD, "children": [SMALL], "self": {"age_years": 36}}, None),
    ("the birth month is known: nothing finer is asked", {**TOLD, "children": [{"birth_month": "2025-05"}], "self": {"age_years": 36}}, None),
]


@pytest.mark.parametrize(("given", "question"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_is_asked_next(catalogs, given, question):
    assert asked_of(catalogs["kurume"], given) == question


def test_a_mothers_own_age_waits_until_the_list_is_seen_and_a_young_persons_does_not(catalogs):
    mother = turn_of(catalogs["kurume"], {**TOLD, "needs": ["childcare"], "children": [SMALL]}).next_question
    young = turn_of(catalogs["kurume"], {**TOLD, "needs": ["work"], "children": []}).next_question
    assert (mother.question.id, mother.can_wait) == ("self", True)
    assert (young.question.id, young.can_wait) == ("self", False)


def test_the_child_whose_month_settles_most_is_named(catalogs):
    asked = turn_of(catalogs["kurume"], {**TOLD, "needs": ["medical_cost"], "self": {"age_years": 30},
                                         "children": [{"birth_month": "2016-05"}, {"age_years": 0}]}).next_question
    assert (asked.question.id, asked.child) == ("child_birth", 1)


def test_a_question_that_a_person_goes_back_to_says_when_it_changes_nothing(catalogs):
    answers = read_answers({**TOLD, "children": [SMALL]}, TODAY)
    assert ask(catalogs["kurume"], "pregnant", answers, TODAY).settles == 0
    assert ask(catalogs["kurume"], "child_birth", answers, TODAY).child is None


def test_a_young_speaker_stays_counted_beside_the_choices(catalogs):
    answers = read_answers({"self": {"grade": "高2"}, "needs": ["young_carer"]}, TODAY)
    for choice, programs in ask(catalogs["kurume"], "children", answers, TODAY).choices:
        if choice.sets:
            assert programs == len(turn_of(catalogs["kurume"], change(answers, choice.sets, TODAY)).programs)


def test_a_question_that_a_city_does_not_have_is_not_put(catalogs):
    mute = replace(catalogs["kurume"], questions=())
    assert ask(mute, "pregnant", Answers(), TODAY) is None
    assert next_question(mute, [], Answers(), TODAY) is None
    assert turn_of(mute, {}).next_question is None


def test_a_walk_says_when_the_list_was_never_whole(catalogs):
    mute = replace(catalogs["kurume"], questions=())
    done = walk(mute, HOUSEHOLDS[0])
    assert done.whole == NEVER
    assert done.left
