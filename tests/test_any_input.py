"""Whatever comes from outside is read or refused with the reader's own word for it: every reader that no other file of tests holds to that.

Forms and addresses: tests/test_any_form.py.  Texts: tests/test_understanding.py, test_words.py, test_furigana.py, test_one_line.py.
Answers, codes: tests/test_answers.py, test_brought.py.  Tables, plan documents: tests/test_import.py, test_plan_documents.py.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import zlib
from contextlib import suppress
from datetime import datetime
from types import SimpleNamespace

import pytest
from conftest import TODAY
from hypothesis import given, settings, strategies as st
from test_answers import ANY_JSON

from finder.checking import check_program
from finder.faces.counter import desk
from finder.languages import language_for
from finder.layouts.registry import registry_rows
from finder.layouts.values import BadCell
from finder.look import colour_problem, logo_problem
from finder.opening_hours import opening, read_hours
from finder.plans import read_plan
from finder.plans.lines import text_lines
from finder.requirement_rows import BadRow, read_row
from finder.sealing import seal_for
from finder.settings import ROOT, WrongSetting, read_settings
from finder.store import NotAStore, open_store, put_back
from finder.store.carrying import CURRENT, SUFFIX, pick_up
from finder.visit import opened, sealed, visit_from

KEY = seal_for("a secret of more than 32 letters!", "visit")
CITY, PROGRAM = "13219-komae", "yurikago-komae"
SETTINGS = re.findall(r"^#?(FINDER_\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
TEXT = st.text(max_size=80)


def made_of(pieces, between=""):
    """Texts that begin as a reader expects, and go on as it does not."""
    return TEXT | st.lists(st.sampled_from(pieces) | TEXT, max_size=10).map(between.join)


HOURS = made_of(["平日", "月〜金", "土", "日", "毎日", "9時", "〜", "17:30", "25時", "休み", "祝日", "、", "月", "まで", "12/29", "年末年始"])
ROWS = made_of(["子ども", "ご本人", "3歳", "から", "まで", "未満", "ひとり親", "障害", "／", "、", "：", "窓口で確認", "18歳年度末", "9" * 5000])
PLANS = made_of(["| 事業名 | 内容 | 担当課 |", "|---|---|---|", "| 一時預かり | 3歳までの子を預かります。 | 保育課 |",
                 "|", "・", "1 基本目標", "（再掲）", "【担当課】", "18歳未満", "9" * 5000], "\n")
SVG = made_of(["<svg>", "</svg>", '<?xml version="1.0" encoding="utf-16"?>', "<!DOCTYPE x>", "<a", ' href="data:x"', ">", "\0", "&x;", "<"])
VALUE = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)

# Of each reader: what comes, how it is read, and how it refuses.
READERS = {
    "a visit's cookie": (TEXT, lambda told: opened(told, KEY), ()),
    "what a visit's cookie holds": (ANY_JSON, lambda told: visit_from({"m": "komae", "a": told, "t": told, "d": None}, "komae", TODAY), ()),
    "a counter's cookie": (ANY_JSON, lambda told: read_desk(told), ()),
    "the languages of a browser": (st.lists(TEXT, max_size=4), language_for, ()),
    "opening hours": (HOURS, lambda told: [opening(hours, datetime(2026, 12, 29, 12)) for hours in (read_hours(told),) if hours], ()),
    "conditions of a table": (ROWS, read_row, (BadRow,)),
    "a registry": (TEXT.map(str.encode) | ANY_JSON.map(lambda told: json.dumps(told).encode()), registry_rows, (BadCell,)),
    "a plan": (PLANS, lambda told: read_plan(text_lines(told)), ()),
    "a colour": (TEXT, colour_problem, ()),
    "a logo": (SVG, lambda told: logo_problem("logo.svg", told) + logo_problem("logo.png", told), ()),
    "settings": (st.dictionaries(st.sampled_from(SETTINGS), VALUE), lambda told: read_settings({"FINDER_SECRET": "x" * 32, **told}),
                 (WrongSetting,)),
}


def read_desk(told):
    """A desk, from a cookie that is sealed rightly and holds anything."""
    cookie = sealed({"m": "komae", "a": told, "t": [], "d": None, "c": told}, KEY)
    return desk.read_desk(SimpleNamespace(cookies={desk.COOKIE: cookie}), KEY, "komae", TODAY, 60)


@pytest.mark.parametrize("reader", READERS)
def test_whatever_comes_is_read_or_refused(reader):
    comes, read, refused = READERS[reader]

    @given(comes)
    @settings(max_examples=60)
    def holds(told):
        with suppress(*refused):
            read(told)
    holds()


def test_a_version_that_is_none_is_never_taken(tmp_path):
    store = tmp_path / "finder.db"
    open_store(store).close()

    @given(st.binary(max_size=60) | ANY_JSON.map(lambda told: zlib.compress(json.dumps(told).encode())))
    @settings(max_examples=30)
    def holds(content):
        (tmp_path / f"abc{SUFFIX}").write_bytes(content)
        for pointer in (f"abc {hashlib.sha256(content).hexdigest()}\n".encode(), content):
            (tmp_path / CURRENT).write_bytes(pointer)
            assert not pick_up(store, tmp_path)
    holds()


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda rest: b"SQLite format 3\0" + rest))
@settings(max_examples=30)
def test_a_copy_that_is_none_is_never_put_back(tmp_path_factory, content):
    copy = tmp_path_factory.mktemp("copy") / "copy.db"
    copy.write_bytes(content)
    with pytest.raises(NotAStore):
        put_back(copy.with_name("finder.db"), copy)
    assert not copy.with_name("finder.db").exists()


@given(st.data(), ANY_JSON)
@settings(max_examples=80)
def test_a_program_with_anything_anywhere_has_problems_or_none(real_folder, data, told):
    programs = dict(real_folder.raw["municipalities"][CITY]["programs"])
    programs[PROGRAM] = whole = copy.deepcopy(programs[PROGRAM])
    place, key = whole, data.draw(st.sampled_from(sorted(whole)))
    while isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
        place = place[key]
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    place[key] = told
    city = {**real_folder.raw["municipalities"][CITY], "programs": programs}
    raw = {**real_folder.raw, "municipalities": {**real_folder.raw["municipalities"], CITY: city}}
    assert all(problem.what for problem in check_program(raw, CITY, PROGRAM))
