"""Counting without watching: plain totals, small ones withheld, words only when many days had them."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from threading import Thread

import pytest
from hypothesis import given, strategies as st

from finder.plots import plot
from finder.store import Counts, count_rows, countable_words, open_store, totals
from finder.words import plain_nouns

TODAY = date(2026, 11, 22)
WEEK = TODAY - timedelta(days=6)


@pytest.fixture
def path(tmp_path):
    """A store's place."""
    with closing(open_store(tmp_path / "finder.db")):
        return tmp_path / "finder.db"


def found(path, since=WEEK, municipality=""):
    with closing(open_store(path)) as store:
        return totals(store, since, TODAY, municipality)


def count(path, times, what="opened", of="jido-teate", day=TODAY, municipality="kurume"):
    counts = Counts(path)
    for _ in range(times):
        counts.add(day, "resident", municipality, what, [of])
    assert counts.write(0, at_once=True)


def test_totals_are_summed_over_writers(path):
    count(path, 3)
    count(path, 4)
    [total] = found(path)
    assert (total.day, total.face, total.municipality, total.what, total.of, total.number) == (
        "2026-11-22", "resident", "kurume", "opened", "jido-teate", 7)


@pytest.mark.parametrize(("times", "shown"), [(1, None), (4, None), (5, 5), (6, 6)])
def test_a_small_number_is_withheld(path, times, shown):
    count(path, times)
    assert [c.number for c in found(path)] == [shown]
    assert count_rows(found(path))[1][-1] == ("5未満" if shown is None else str(shown))


@pytest.mark.parametrize(("days", "shown"), [(4, 0), (5, 1)])
def test_a_word_is_shown_only_when_enough_days_had_it(path, days, shown):
    for day in range(days):
        count(path, 3, "word", "病児保育", WEEK + timedelta(days=day))
    words = [c for c in found(path) if c.what == "word"]
    assert len(words) == shown
    assert all(c.day == "" for c in words), "a word is never told with a day"


def test_a_word_is_nowhere_in_the_store_before_the_fifth_day(path):
    for day in range(4):
        count(path, 3, "word", "病児保育", TODAY + timedelta(days=day))
        count(path, 1, "word", "給食", TODAY + timedelta(days=day))
    with closing(open_store(path)) as store:
        everything = str([list(store[t].rows) for t in store.table_names()])
        assert "病児保育" not in everything
        assert "給食" not in everything
        assert [set(r) for r in store["unfound"].rows] == [{"municipality", "mark", "days", "last_day", "number", "word"}] * 2
    count(path, 1, "word", "病児保育", TODAY + timedelta(days=4))
    with closing(open_store(path)) as store:
        assert [r["word"] for r in store["unfound"].rows] == ["病児保育", ""]
    assert b"\xe7\xb5\xa6\xe9\xa3\x9f" not in b"".join(p.read_bytes() for p in path.parent.glob("finder.db*"))


def test_a_mark_is_nothing_without_the_key(path):
    marks = set()
    for secret in ("one", "two"):
        counts = Counts(path, secret=secret)
        counts.add(TODAY, "resident", "kurume", "word", ["病児保育"])
        counts.write(0, at_once=True)
        with closing(open_store(path)) as store:
            marks |= {r["mark"] for r in store["unfound"].rows}
    assert len(marks) == 2


def test_a_word_of_long_ago_is_forgotten(path):
    count(path, 1, "word", "病児保育", TODAY - timedelta(days=91))
    count(path, 1, "word", "給食")
    with closing(open_store(path)) as store:
        assert store["unfound"].count == 1


def test_a_municipality_and_a_span_of_days_are_chosen(path):
    count(path, 9)
    count(path, 9, municipality="ogori")
    count(path, 9, day=WEEK - timedelta(days=1))
    assert len(found(path)) == 2
    assert [c.municipality for c in found(path, municipality="ogori")] == ["ogori"]


def test_what_is_not_in_the_list_is_never_counted(path):
    with pytest.raises(ValueError, match="sentence"):
        Counts(path).add(TODAY, "resident", "kurume", "sentence", ["x"])


def test_counting_can_be_switched_off(path):
    counts = Counts(path, on=False)
    counts.add(TODAY, "resident", "kurume", "opened", ["x"])
    assert not counts.write(0, at_once=True)
    assert found(path) == []


def test_counts_wait_for_their_time_and_are_kept_when_the_store_fails(path):
    counts = Counts(path)
    counts.add(TODAY, "resident", "kurume", "opened", ["x"] * 5)
    assert not counts.write(1.0)
    path.rename(path.with_name("gone"))
    assert not counts.write(30.0)
    path.with_name("gone").rename(path)
    assert counts.write(60.0)
    assert found(path)[0].number == 5


def test_counts_of_many_threads_are_all_there(path):
    counts = Counts(path)

    def work():
        for number in range(200):
            counts.add(TODAY, "api", "kurume", "shown", ["a", "b"])
            counts.write(float(number), at_once=number % 50 == 0)
    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts.write(0, at_once=True)
    assert {c.of: c.number for c in found(path)} == {"a": 1200, "b": 1200}


@pytest.mark.parametrize(("words", "counted"), [
    (["病児保育", "病児保育"], ["病児保育"]), (["0942309000"], []), (["3歳"], []), (["a@example.com"], []), (["あ"], []),
    (["とても長い言葉でだれかの文のようなもの"], []), (["Kurume"], []),
])
def test_only_plain_words_without_digits_are_countable(words, counted):
    assert countable_words(words) == counted


@pytest.mark.parametrize(("said", "nouns"), [
    ("山田花子です。給食の食器を洗うボランティアを探しています", ["給食", "食器", "ボランティア"]),
    ("高知市の佐藤健太の家の電話は090-1234-5678", ["電話"]),
    ("さくらちゃんの給食", ["給食"]), ("名前はひかりです。電話がほしい", ["名前", "電話"]), ("はなくんとさくらさん", []),
    ("", []),
])
def test_names_of_people_and_places_are_no_plain_nouns(said, nouns):
    assert countable_words(plain_nouns(said)) == nouns


def test_pages_are_counted_but_not_what_was_typed(app, client):
    counts = app.extensions["counts"]
    counts.write(0, at_once=True)
    before = number_of(app)
    client.post("/kurume/say", data={"said": "小2の子の医療費。連絡は山田まで090-1234-5678"})
    client.get("/kurume/results")
    client.get("/kurume/sheet")
    client.get("/kurume/programs/jido-teate")
    client.post("/kurume/ask/low_income", data={"choice": "2"})
    client.post("/api/v1/municipalities/kurume/turn", json={})
    for program in ("jido-teate", "nothing", "<script>", "x" * 9000, ""):
        assert client.post("/kurume/called", data=program, content_type="text/plain").status_code == 204
    client.get("/kiosk/kurume/")
    client.get("/kurume/programs/jido-teate")
    counts.write(0, at_once=True)
    after = number_of(app)
    for key in (("resident", "opened", "jido-teate"), ("resident", "printed", "kodomo-iryohi"), ("api", "shown", "jido-teate"),
                ("resident", "called", "jido-teate"), ("resident", "skipped", "low_income"), ("kiosk", "opened", "jido-teate")):
        assert after.get(key, 0) == before.get(key, 0) + 1, key
    assert any(k[:2] == ("resident", "shown") for k in after)
    assert not any("山田" in k[2] or "090" in k[2] or "医療費" in k[2] for k in after)


def number_of(app):
    """Every total of one city in the application's store, small ones too."""
    with closing(open_store(app.extensions["settings"].store)) as store:
        return {(r["face"], r["what"], r["of"]): r["number"] for r in store["counts"].rows_where("municipality = 'kurume'")}


@given(st.dictionaries(st.dates(WEEK, TODAY), st.integers(0, 10**6)), st.integers(0, 400))
def test_every_bar_stands_inside_its_drawing_and_says_its_number(numbers, more):
    drawn = plot(numbers, WEEK - timedelta(days=more), TODAY)
    assert len(drawn.bars) == sum(1 for n in numbers.values() if n)
    for bar in drawn.bars:
        assert drawn.left <= bar.x <= bar.x + bar.width <= drawn.width + 1
        assert 0 <= bar.y <= bar.y + bar.height <= drawn.ground + .02
    assert sorted(int(b.words.split("：")[1]) for b in drawn.bars) == sorted(n for n in numbers.values() if n)
    assert max((b.height for b in drawn.bars), default=0) == (drawn.ground - 16 if drawn.bars else 0)


@given(st.lists(st.text()))
def test_no_digit_is_ever_counted(words):
    assert not any((c.isnumeric() and c not in "一二三四五六七八九十百千万億兆〇零") or c.isspace() for w in countable_words(words) for c in w)
