"""A visitor arrives with a phone: from the phone's pages to the counter's, and what stays out of addresses, stores and caches."""

import re
from html import unescape

import pytest
from conftest import TODAY

from app import create_app
from finder.brought import code
from finder.settings import Settings

CITY = "/kurume/counter"
SHOW = "/kurume/at-counter"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("arrival")
    return create_app(Settings(store=folder / "finder.db", secret="a secret of more than 32 letters!", today=TODAY, counter="network"))


@pytest.fixture
def phone(opened):
    return opened.test_client()


@pytest.fixture
def desk(opened):
    return opened.test_client()


@pytest.fixture
def codes(monkeypatch):
    """What was drawn as a QR code, last one last."""
    drawn = []
    monkeypatch.setattr("finder.faces.resident.at_counter.qr_once", lambda text: drawn.append(text) or "a picture")
    return drawn


def text(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def answered(phone, way):
    for path, form in way:
        assert phone.post(f"/kurume/{path}", data=form).status_code == 303


def scan(desk, digits, field="brought", **typed):
    response = desk.post(CITY, data={"do": "take", **typed, field: digits}, follow_redirects=True)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def pressed(html):
    return set(re.findall(r'id="((?:answer|need)-[^"]+)"[^>]*aria-pressed="true"', html))


CHILDREN = ("ask/children", {"p0-age": "grade:小2", "p0-year": "2018", "p0-month": "5", "p0-disability": "yes",
                             "p1-age": "age_years:3", "p1-year": "", "p1-month": "", "p1-disability": "no", "go": "next"})
HOUSEHOLDS = [
    ([CHILDREN, ("ask/single_parent", {"choice": "0"}), ("ask/needs", {"need": ["money", "housing"]})],
     "小2(2018.5)障 3障なし", "", {"answer-single_parent-0", "need-money", "need-housing"}),
    ([("ask/children", {"choice": "1"}), ("ask/pregnant", {"choice": "0"}), ("ask/self", {"p0-age": "age_years:32", "go": "next"})],
     "なし", "32", {"answer-pregnant-0"}),
    ([("ask/children", {"p0-age": "age_months:8", "go": "next"}), ("ask/single_parent", {"choice": "3"}), ("ask/low_income", {"choice": "2"})],
     "8か月", "", {"answer-single_parent-3", "answer-low_income-2"}),
]


@pytest.mark.parametrize(("way", "children", "myself", "answers"), HOUSEHOLDS)
def test_the_counter_has_what_the_phone_had(phone, desk, codes, way, children, myself, answers):
    answered(phone, way)
    assert phone.post(SHOW, data={"answers": "yes"}).status_code == 200
    html = scan(desk, codes[-1] + "\n")
    assert f'name="children" value="{children}"' in html
    assert f'name="self" value="{myself}"' in html
    assert pressed(html) == answers
    assert "読めません" not in text(html)
    on_phone = re.findall(r'<li class="card" id="([^"]+)"', phone.get("/kurume/results").get_data(as_text=True))
    rows = re.findall(r'value="open:([^"]+)"', html[html.index('id="rows"'):html.index('id="program"')])
    assert rows == on_phone[:len(rows)]
    chosen = re.findall(r'id="choose-([^"]+)" aria-pressed="true"', html)
    assert chosen == rows[:len(chosen)]
    assert len(chosen) == min(12, len(rows))


def test_without_the_tick_the_code_holds_the_list_alone(phone, desk, codes):
    answered(phone, HOUSEHOLDS[0][0])
    html = phone.get(SHOW).get_data(as_text=True)
    assert not re.search(r'name="answers"[^>]*checked', html)
    assert "答えは入っていません" in text(html)
    assert phone.post(SHOW).status_code == 200
    assert codes[0] == codes[1]
    shown = scan(desk, codes[0])
    assert 'name="children" value=""' in shown
    assert pressed(shown) == set()
    assert "紙にのせる制度" in shown
    assert "リスト（12件）を受けとり" in shown
    assert re.findall(r'class="tally">(\d+)', shown) == ["12"]


def test_everything_that_will_be_in_it_is_shown_before(phone, codes):
    answered(phone, HOUSEHOLDS[0][0])
    phone.get("/kurume/at-counter?lang=ja")
    shown = text(phone.get(SHOW).get_data(as_text=True))
    for words in ("小2、2018年5月生まれ、障害あり", "3歳、障害なし", "ひとり親", "はい", "お金・生活費"):
        assert words in shown, words


def test_the_phones_language_comes_along_to_the_sheet(phone, desk, codes):
    answered(phone, HOUSEHOLDS[0][0])
    phone.get(f"{SHOW}?lang=ne")
    phone.get(SHOW)
    scan(desk, codes[-1])
    assert "नेपाली" in text(desk.get(f"{CITY}/paper").get_data(as_text=True))


@pytest.mark.parametrize("field", ["brought", "children", "self", "sought"])
def test_a_code_may_be_typed_into_any_field(phone, desk, codes, field):
    answered(phone, HOUSEHOLDS[0][0])
    phone.post(SHOW, data={"answers": "yes"})
    html = scan(desk, codes[-1], field)
    assert 'name="children" value="小2(2018.5)障 3障なし"' in html
    assert codes[-1] not in html


def test_what_was_told_before_gives_way_to_answers_and_not_to_a_list(phone, desk, codes):
    desk.post(CITY, data={"do": "answer:low_income:0", "children": "中1"})
    desk.post(CITY, data={"do": "paper:children:0"})
    answered(phone, HOUSEHOLDS[0][0])
    phone.get(SHOW)
    assert 'name="children" value="中1"' in scan(desk, codes[-1], children="中1")
    phone.post(SHOW, data={"answers": "yes"})
    html = scan(desk, codes[-1], children="中1")
    assert "中1" not in html
    assert "answer-low_income-0" not in pressed(html)


@pytest.mark.parametrize(("digits", "words"), [
    ("1" * 40, "もう一度、読みとってください"), ("https://example.com", "「窓口で見せる」のコードではありません")])
def test_what_cannot_be_read_changes_nothing_and_is_said_once(desk, digits, words):
    before = desk.post(CITY, data={"do": "need:money", "children": "3"}, follow_redirects=True).get_data(as_text=True)
    assert words in text(scan(desk, digits, children="3"))
    assert desk.post(CITY, data={"do": "take", "children": "3"}, follow_redirects=True).get_data(as_text=True) == before


def test_a_code_of_another_day_brings_its_list_alone(desk, opened):
    from datetime import timedelta

    from finder.answers import Answers

    catalog = opened.extensions["library"].catalog("kurume")
    html = scan(desk, code(catalog, ["jido-teate"], Answers(needs=("money",)), "ja", TODAY - timedelta(days=1)))
    assert "今日のコードではないので、答えは受けとりません" in text(html)
    assert pressed(html) == set()
    assert 'class="tally">1' in html


def test_nothing_of_it_is_in_an_address_a_cache_or_the_memory(phone, opened, caplog):
    from finder import codes

    answered(phone, HOUSEHOLDS[0][0])
    kept = codes.qr.cache_info().currsize
    with caplog.at_level("DEBUG"):
        response = phone.post(SHOW, data={"answers": "yes"})
    html = response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"
    assert "<svg" in html
    assert codes.qr.cache_info().currsize == kept
    assert not re.search(r"\d{20}", html + caplog.text)
    for address in re.findall(r'(?:href|action)="([^"]+)"', html):
        assert not re.search(r"\d{8}|answers", address), address


def test_there_is_nothing_to_show_where_no_counter_reads_it(client):
    assert client.get(SHOW).status_code == 404
    assert "at-counter" not in client.get("/kurume/results").get_data(as_text=True)


def test_the_way_there_is_on_the_list_the_answers_and_the_sheet(phone):
    answered(phone, HOUSEHOLDS[0][0])
    for path in ("results", "answers", "sheet"):
        assert f'href="{SHOW}"' in phone.get(f"/kurume/{path}").get_data(as_text=True)
