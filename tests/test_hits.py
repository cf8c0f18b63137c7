"""The hit table: households in their own words, the programs they must see, and those they must not."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import DATA

from bench.accuracy import hits_of
from finder import measured
from finder.answers import read_answers
from finder.catalog import Catalog
from finder.dialogue import Turn, take_turn

FIRST = 10
SHARE = 0.95          # of all musts, in the first ten
TODAY = date(2026, 11, 22)
FOLDERS = {"kurume": "40203-kurume", "ogori": "40216-ogori", "kochi": "39201-kochi",
           "soja": "33208-soja", "komae": "13219-komae"}
HITS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "hits.toml").read_text(encoding="utf-8"))["hit"]
MUST_NOTS = [(i, program) for i, hit in enumerate(HITS) for program in hit.get("must_nots", ())]
SHUFFLES = 3

Catalogs = dict[str, Catalog]


def turn_of(hit: dict[str, Any], catalog: Catalog) -> Turn:
    """Take the one turn that a row of the table describes."""
    today = hit.get("as_of", TODAY)
    return take_turn(catalog, read_answers(hit["answers"], today), hit.get("said", ""), today)


def offered(hit: dict[str, Any], catalog: Catalog) -> list[str]:
    """Return the ids of the programs offered to the row's household, in their order."""
    return [r.assessment.program.id for r in turn_of(hit, catalog).programs]


@pytest.fixture(scope="module")
def lists(real_catalogs: Catalogs) -> list[list[str]]:
    """What every row is offered, in the order of the table."""
    return [offered(hit, real_catalogs[FOLDERS[hit["city"]]]) for hit in HITS]


def test_the_table_is_large_and_covers_every_city() -> None:
    assert len(HITS) >= 170
    assert len(MUST_NOTS) >= 100
    assert {hit["city"] for hit in HITS} == set(FOLDERS)
    assert len({(hit["city"], hit["name"]) for hit in HITS}) == len(HITS)


def test_the_table_names_only_programs_that_are_there(real_catalogs: Catalogs) -> None:
    unknown = [f"{hit['city']} {hit['name']}: {program}" for hit in HITS
               for program in (*hit["musts"], *hit.get("must_nots", ()))
               if program not in real_catalogs[FOLDERS[hit["city"]]].by_id]
    assert not unknown, "data/ にない制度が表にあります:\n  " + "\n  ".join(unknown)


def test_at_least_95_percent_of_the_musts_are_in_the_first_ten(lists: list[list[str]]) -> None:
    misses: list[tuple[str, str, str, str]] = []
    musts = 0
    for hit, ids in zip(HITS, lists, strict=True):
        for program in hit["musts"]:
            musts += 1
            if program not in ids[:FIRST]:
                place = str(ids.index(program) + 1) if program in ids else "-"
                misses.append((place, hit["city"], program, f"{hit['name']}「{hit.get('said', '')}」"))
    found = musts - len(misses)
    table = "\n".join(f"  {place:>4}  {city:<7} {program:<32} {row}" for place, city, program, row in misses)
    assert found >= SHARE * musts, (
        f"はじめの{FIRST}件に {found}/{musts} ({found / musts:.1%})。順位（- は一覧にない）と制度:\n{table}")


def test_the_public_page_says_what_the_table_gives(lists: list[list[str]]) -> None:
    record = measured.accuracy(DATA)
    assert record is not None
    assert record.hits == hits_of(HITS, lists), "python -m bench accuracy"


@pytest.mark.parametrize(("row", "program"), MUST_NOTS,
                         ids=[f"{HITS[i]['city']}-{i:03}-{program}" for i, program in MUST_NOTS])
def test_a_program_that_the_plan_excludes_is_not_offered(row: int, program: str,
                                                         lists: list[list[str]]) -> None:
    hit = HITS[row]
    assert program not in lists[row], f"{hit['name']}「{hit.get('said', '')}」に {program} が出ています"


def test_no_program_that_is_not_for_residents_is_offered(real_catalogs: Catalogs,
                                                         lists: list[list[str]]) -> None:
    for hit, ids in zip(HITS, lists, strict=True):
        catalog = real_catalogs[FOLDERS[hit["city"]]]
        assert [i for i in ids if not catalog.by_id[i].for_residents] == [], hit["name"]


def test_the_same_row_twice_gives_the_same_list(real_catalogs: Catalogs, lists: list[list[str]]) -> None:
    for hit, ids in zip(HITS, lists, strict=True):
        assert offered(hit, real_catalogs[FOLDERS[hit["city"]]]) == ids, hit["name"]


def test_the_order_of_the_files_does_not_change_the_order_of_the_list(real_catalogs: Catalogs,
                                                                      lists: list[list[str]]) -> None:
    for seed in range(SHUFFLES):
        shuffled = {city: shuffle(real_catalogs[folder], seed) for city, folder in FOLDERS.items()}
        for hit, ids in zip(HITS, lists, strict=True):
            assert offered(hit, shuffled[hit["city"]]) == ids, hit["name"]


def shuffle(catalog: Catalog, seed: int) -> Catalog:
    """Return the catalog with its programs in another order."""
    programs = list(catalog.programs)
    random.Random(seed).shuffle(programs)
    return replace(catalog, programs=tuple(programs))


@pytest.mark.parametrize("city", FOLDERS)
@pytest.mark.parametrize("said", ["10歳と3歳です。お金が心配", "中2の娘が学校に行けていません", "夫が急に亡くなりました。小1と4歳がいます"])
def test_who_tells_of_children_and_no_pregnancy_is_not_led_to_what_is_for_one(city: str, said: str, real_catalogs: Catalogs) -> None:
    first = take_turn(real_catalogs[FOLDERS[city]], read_answers({}, TODAY), said, TODAY).programs[:3]
    assert not [r.assessment.program.id for r in first for f in r.assessment.findings if f.requirement.fact == "pregnant"]
