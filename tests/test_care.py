"""What needs care today: every kind is found where it is, and not where it is not."""

from __future__ import annotations

from datetime import date

import pytest

from finder.care import KINDS, care_of, lagging

TODAY = date(2026, 11, 22)
FACT = {"kind": "apply", "text": "窓口で", "easy": "まどぐちで", "en": "At the counter", "source": "市のページ", "date": "2026-10-01"}
OFFICE = {"id": "kodomo", "name": "子ども課", "phone": "0942-30-9000", "checked_on": "2026-10"}
PROGRAM = {"name": "手当", "for_residents": True, "departments": ["kodomo"], "contact": {}, "fact": [FACT]}


def found(program=None, office=None, gone=None, earlier=()):
    raw = {"municipalities": {"x": {"programs": {"teate": {**PROGRAM, **(program or {})}}, "departments": [{**OFFICE, **(office or {})}]}}}
    return [(c.kind, c.place, c.words) for c in care_of(raw, "x", TODAY, gone, earlier)]


def test_what_is_in_order_needs_no_care():
    assert found() == []


@pytest.mark.parametrize(("program", "office", "care"), [
    ({"availability": {"ends": "2026-11-21"}}, {}, ("deadline", "teate", "受付は 2026-11-21 まででした")),
    ({"fact": [{**FACT, "kind": "deadline", "text": "令和8年9月30日まで"}]}, {}, ("deadline", "teate", "令和8年9月30日まで")),
    ({"fact": [{**FACT, "kind": "amount", "text": "月1万円", "date": "2026-03-31"}]}, {}, ("amount", "teate", "月1万円（2026-03-31）")),
    ({"fact": [{**FACT, "kind": "income_limit", "text": "所得", "date": "2025"}]}, {}, ("amount", "teate", "所得（2025）")),
    ({"departments": []}, {}, ("contact", "teate", "")),
    ({}, {"phone": ""}, ("phone", "teate", "")),
    ({}, {"phone": ""}, ("phone", "kodomo", "")),
    ({"fact": [{**FACT, "date": "2025-11-20"}]}, {}, ("old", "teate", "窓口で（2025-11-20）")),
    ({}, {"checked_on": "2020"}, ("old", "kodomo", "0942-30-9000（2020）")),
    ({"fact": [{**FACT, "date": ""}]}, {}, ("undated", "teate", "窓口で")),
    ({"fact": [{**FACT, "date": "2026-13"}]}, {}, ("undated", "teate", "窓口で")),
    ({}, {"checked_on": ""}, ("undated", "kodomo", "0942-30-9000")),
    ({"fact": [{**FACT, "status": "second-hand"}]}, {}, ("second-hand", "teate", "窓口で")),
    ({"fact": [{**FACT, "easy": ""}]}, {}, ("translation", "teate", "窓口で")),
])
def test_each_kind_of_care_is_told_with_its_place(program, office, care):
    assert care in found(program, office)
    assert care[0] in KINDS


@pytest.mark.parametrize("program", [
    {"availability": {"ends": "2026-11-22"}}, {"fact": [{**FACT, "kind": "deadline", "text": "令和8年11月22日まで"}]},
    {"fact": [{**FACT, "kind": "deadline", "text": "2026年10月1日から2027年2月26日まで"}]},
    {"fact": [{**FACT, "kind": "deadline", "text": "生まれた日から15日以内"}]},
    {"fact": [{**FACT, "kind": "amount", "text": "月1万円", "date": "2026-04-01"}]}, {"departments": [], "contact": {"phone": "0942-30-9000"}},
    {"for_residents": False, "departments": []}, {"fact": [{**FACT, "date": "2025-11-21"}]},
])
def test_what_is_not_yet_past_or_not_missing_is_left_alone(program):
    assert found(program) == []


def test_a_dead_page_is_told_with_everything_that_points_to_it():
    assert found(gone={"https://example.com/a": ("teate", "kodomo")}) == [
        ("link", "kodomo", "https://example.com/a"), ("link", "teate", "https://example.com/a")]


def edition(ja="前", easy="まえ", en="before", fact=FACT):
    return {"teate": {**PROGRAM, "text": {"ja": ja, "easy": easy, "en": en}, "fact": [fact]}}


@pytest.mark.parametrize(("editions", "behind"), [
    ([edition()], []),
    ([edition(), edition(ja="今")], ["説明（やさしい日本語）：まえ", "説明（英語）：before"]),
    ([edition(), edition(ja="今", easy="いま")], ["説明（英語）：before"]),
    ([edition(), edition(ja="今"), edition(ja="今", easy="いま", en="now")], []),
    ([edition(), edition(ja="今", en="")], ["説明（やさしい日本語）：まえ"]),
    ([edition(), edition(fact={**FACT, "text": "電子申請で"})], ["事実：電子申請で"]),
    ([edition(), edition(fact={**FACT, "text": "電子申請で"}), edition(fact={**FACT, "text": "電子申請で", "en": "Online"})], []),
    ([{}, edition(ja="今")], []),
    ([edition(), {}], []),
])
def test_a_translation_lags_from_when_the_japanese_changed_until_it_changes_too(editions, behind):
    assert [words for _, words in lagging(editions)] == behind
