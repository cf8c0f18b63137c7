"""Exporting: the files, the tables and the open formats give the same catalog back."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from finder.checking import check_municipality, check_program
from finder.files import read_folder
from finder.folder_text import folder_texts, program_text
from finder.settings import ROOT
from finder.toml_text import toml_text

CITIES = ("13219-komae", "33208-soja", "39201-kochi", "40203-kurume", "40216-ogori")
each_city = pytest.mark.parametrize("city", CITIES)

plain = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-2**60, 2**60), st.booleans(), st.dates(),
                  st.floats(allow_nan=False))
keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
tables = st.dictionaries(keys, st.recursive(
    plain, lambda inner: st.one_of(st.lists(inner), st.dictionaries(keys, inner)), max_leaves=12))


@given(tables)
def test_any_table_comes_back_from_its_toml(table):
    assert tomllib.loads(toml_text(table)) == table


def written(texts: dict[str, str], root: Path) -> Path:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
    return root


def test_the_files_written_from_the_contents_are_read_as_the_same_contents(real_folder, tmp_path):
    again = read_folder(written(folder_texts(real_folder.raw), tmp_path))
    assert again.problems == []
    assert again.raw == real_folder.raw


def test_a_program_is_laid_out_as_people_write_it():
    path = ROOT / "data" / "40203-kurume" / "programs" / "jido-fuyo-teate.toml"
    text = path.read_text(encoding="utf-8")
    assert program_text(json.loads(json.dumps(tomllib.loads(text), default=str))) == text


@each_city
def test_contents_are_checked_as_their_files_are(real_folder, city):
    assert check_municipality(real_folder.raw, city) == []


@pytest.mark.parametrize(("change", "said"), [
    ({"kind": "money"}, "使えません"), ({"departments": ["nowhere"]}, "departments.csv にありません"),
    ({"extends": "nothing"}, "全国の制度「nothing」がありません"), ({"eligible": [{"pregnant": True}]}, "のはずが"),
    ({"eligible": [{"child": {"from": "小1", "until": "3歳"}}]}, "だれも当てはまらない"),
    ({"source": {"document": "p", "checked_on": "きのう"}}, "日付は 2026-11-22 の形"),
    ({"source": {"document": "p", "checked_on": "2026-11-22", "lines": [1], "quote": "ない文"}}, "計画の1行目にこの文がありません"),
])
def test_what_is_wrong_with_a_changed_program_is_told(real_folder, change, said):
    raw = json.loads(json.dumps(real_folder.raw))
    raw["municipalities"]["40203-kurume"]["programs"]["jido-fuyo-teate"] |= change
    problems = check_program(raw, "40203-kurume", "jido-fuyo-teate")
    assert any(said in p.what for p in problems)
    assert {p.file for p in problems} == {"40203-kurume/programs/jido-fuyo-teate.toml"}
