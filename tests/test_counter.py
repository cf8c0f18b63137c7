"""The counter, used as a browser without JavaScript uses it: who may come in, what each press does, what is kept where."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from conftest import TODAY

from app import create_app
from finder import forms
from finder.answers import read_answers
from finder.languages import LANGUAGES
from finder.sealing import seal_for
from finder.settings import Settings
from finder.speaking import spoken
from finder.visit import opened as opened_cookie

CITY = "/kurume/counter"
SECRET = "a secret of more than 32 letters!"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The application with the counter open to whoever reaches it."""
    folder = tmp_path_factory.mktemp("counter")
    return create_app(Settings(store=folder / "finder.db", secret=SECRET, today=TODAY, counter="network",
                               public_url="https://shien.example"))


@pytest.fixture
def desk(opened):
    """A staff member's browser."""
    return opened.test_client()


def press(client, do="take", **typed):
    """Press a button of the one form and see the screen that comes."""
    typed = {"self" if k == "myself" else k: v for k, v in typed.items()}
    response = client.post(CITY, data={"do": do, **typed}, follow_redirects=True)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def text(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def listed(html):
    """The ids on the list, in order, without what is under a heading of its own."""
    rows = html[html.index('id="rows"'):html.index('id="program"')]
    return re.findall(r'value="open:([^"]+)"', rows.split('<h3 class="group-title">')[0])


def standing_of(html, program):
    row = html[html.index(f'value="open:{program}"'):]
    return re.search(r'class="mark (\w+)"', row)[1]


# --- the door --------------------------------------------------------------------------------------

@pytest.mark.parametrize("path", ["", "/paper", "/timeline", "/next", "/keys"])
def test_the_counter_is_not_there_unless_it_was_opened(client, path):
    assert client.get(CITY + path).status_code in (404, 405)
    assert client.post(CITY + path, data={"do": "take"}).status_code in (404, 405)
    assert client.get(CITY).status_code == 404


def test_a_municipality_that_is_not_served_has_no_counter(desk):
    assert desk.get("/nowhere/counter").status_code == 404


def test_a_form_of_another_site_changes_nothing(desk):
    response = desk.post(CITY, data={"do": "need:money"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(("path", "form", "code", "said", "not_said"), [
    ("/nothing", None, 404, "アドレスがちがうか", "何も変えていません"), ("/next", None, 405, "もう一度お試しください", "何も変えていません"),
    ("", {"do": "need:money"}, 403, "ほかのサイトから", "アドレスがちがうか"),
    ("", {"children": "3" * 300_000}, 413, "文を短くして", "ほかのサイト"),
])
def test_what_is_refused_is_told_in_the_words_of_staff_and_leads_back_to_the_desk(desk, path, form, code, said, not_said):
    headers = {"Accept-Language": "vi"} | ({"Sec-Fetch-Site": "cross-site"} if code == 403 else {})
    answer = desk.open(CITY + path, method="POST" if form else "GET", data=form, headers=headers)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (code, "no-store")
    sound(answer.text)
    assert (said in answer.text, not_said in answer.text, f'href="{CITY}"' in answer.text) == (True, False, True)
    assert ("何も変えていません" in answer.text) == (form is not None)


def test_the_counter_speaks_japanese_whatever_the_browser_asks_for(desk):
    html = desk.get(CITY, headers={"Accept-Language": "vi"}).get_data(as_text=True)
    assert '<html lang="ja">' in html
    assert "対象の見込み" in text(html)


# --- pages that are sound ----------------------------------------------------------------------------

def sound(html):
    assert html.count("<h1") == 1
    assert re.search(r"<title>[^<]+｜久留米市｜支援ファインダー</title>", html)
    assert " style=" not in html
    assert re.findall(r"<script(?! src=)", html) == []
    assert not re.search(r"\son\w+=", html)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), [i for i in ids if ids.count(i) > 1]
    for field in re.findall(r"<input(?![^>]*type=\"hidden\")[^>]*\bid=\"([^\"]+)\"", html):
        assert f'for="{field}"' in html, field
    for form in re.findall(r"<form[^>]*>", html):
        assert 'method="post"' in form
        assert 'action="' in form


def test_every_state_of_the_screen_is_sound(desk):
    sound(desk.get(CITY).get_data(as_text=True))
    for do in ("need:dv", "answer:single_parent:0", "open:jido-fuyo-teate", "choose:jido-fuyo-teate", "unlikely", "suppose",
               "answer:single_parent:2", "by-department", "open:hoikushi-kakuho"):
        sound(press(desk, do, children="3 小2 太郎", myself="32 40", sought="", as_of="2027-04-01"))
    sound(press(desk, sought="手当"))
    sound(desk.get(f"{CITY}/paper").get_data(as_text=True))
    sound(desk.get(f"{CITY}/paper?form=receipt").get_data(as_text=True))


# --- answers -----------------------------------------------------------------------------------------

def test_children_typed_on_one_line_are_read_and_nothing_is_lost(desk):
    html = press(desk, children="3 小2 H30.5 太郎 8か月障")
    for words in ("3歳", "小2", "2018年5月生まれ いま小2", "8か月 障害あり", "「太郎」 は読めません"):
        assert words in text(html), words
    assert 'value="3 小2 H30.5 太郎 8か月障"' in html


@pytest.mark.parametrize(("typed", "words"), [
    ({"children": "なし"}, "お子さんはいない"), ({"children": "？"}, "わからない"), ({"myself": "S60.3"}, "1985年3月生まれ"),
    ({"myself": "32 40"}, "ご本人は一人だけです"), ({"children": "30.5"}, "R・H・S をつけて")])
def test_what_was_read_is_said(desk, typed, words):
    assert words in text(press(desk, **typed))


def test_an_answer_is_given_changed_and_taken_back(desk):
    single, couple = "answer:single_parent:0", "answer:single_parent:2"
    assert standing_of(press(desk, children="小2"), "jido-fuyo-teate") == "check"
    html = press(desk, single)
    assert standing_of(html, "jido-fuyo-teate") == "likely"
    assert re.search(f'value="{single}"[^>]*aria-pressed="true"', html)
    assert "jido-fuyo-teate" not in listed(press(desk, couple))
    assert standing_of(press(desk, couple), "jido-fuyo-teate") == "check"


def test_needs_are_pressed_on_and_off(desk):
    first = listed(press(desk, children="3"))
    assert listed(press(desk, "need:childcare")) != first
    assert listed(press(desk, "need:childcare")) == first


@pytest.mark.parametrize("do", ["answer:x:0", "answer:pregnant:9", "answer:children:0", "answer:child_birth:1", "answer:self:1",
                                "answer:pregnant:x", "need:x", "open:x", "choose:x", "paper:x", "language:x", "take-supposed", "", ":", "x"])
def test_a_press_that_means_nothing_changes_nothing(desk, do):
    before = press(desk, children="3", as_of="2027-04-01")
    assert press(desk, do) == before
    assert press(desk, as_of="2027-99-99") == before
    assert press(desk, as_of="9999-01-01") == before


def test_danger_in_a_need_brings_its_hotlines(desk):
    assert "まず話せるところ" in text(press(desk, "need:dv"))
    assert "まず話せるところ" not in text(press(desk, "need:dv"))


# --- the list ------------------------------------------------------------------------------------------

HOUSEHOLDS = [
    ({"children": "小2"}, ["answer:single_parent:0"], [("ask/children", {"p0-age": "grade:小2", "go": "next"}),
                                                       ("ask/single_parent", {"choice": "0"})],
     {"children": [{"grade": "小2"}], "single_parent": True}),
    ({"children": "3"}, ["need:money"], [("ask/needs", {"need": "money"}), ("ask/children", {"p0-age": "age_years:3", "go": "next"})],
     {"children": [{"age_years": 3}], "needs": ["money"]}),
    ({"children": "なし"}, ["answer:pregnant:0"], [("ask/children", {"choice": "1"}), ("ask/pregnant", {"choice": "0"})],
     {"children": [], "pregnant": True}),
    ({"children": "8m 中1", "myself": "32"}, ["answer:low_income:0", "answer:disability:2"],
     [("ask/children", {"p0-age": "age_months:8", "p1-age": "grade:中1", "go": "next"}), ("ask/self", {"p0-age": "age_years:32", "go": "next"}),
      ("ask/low_income", {"choice": "0"}), ("ask/disability", {"choice": "2"})],
     {"children": [{"age_months": 8}, {"grade": "中1"}], "self": {"age_years": 32}, "low_income": True, "disability": "unknown"}),
]


@pytest.mark.parametrize("city", ["kurume", "ogori", "kochi", "soja", "komae"])
@pytest.mark.parametrize(("typed", "presses", "way", "answers"), HOUSEHOLDS)
def test_the_same_list_in_the_same_order_as_the_residents_page_and_the_api(opened, city, typed, presses, way, answers):
    staff, resident = opened.test_client(), opened.test_client()
    staff.post(f"/{city}/counter", data={"do": "take", **{"self" if k == "myself" else k: v for k, v in typed.items()}})
    for do in presses:
        staff.post(f"/{city}/counter", data={"do": do})
    for path, form in way:
        resident.post(f"/{city}/{path}", data=form)
    at_counter = listed(staff.get(f"/{city}/counter").get_data(as_text=True))
    in_api = staff.post(f"/api/v1/municipalities/{city}/turn", json={"as_of": TODAY.isoformat(), "answers": answers}).get_json()
    assert at_counter == [p["id"] for p in in_api["programs"]]
    results = resident.get(f"/{city}/results").get_data(as_text=True)
    on_page = re.findall(r'<li class="card" id="([^"]+)"', results)
    assert at_counter == on_page[:len(at_counter)]


def test_the_unlikely_are_shown_on_a_press_with_the_reason(desk):
    press(desk, "answer:single_parent:2", children="小2")
    html = press(desk, "unlikely")
    row = html[html.index('value="open:jido-fuyo-teate"'):]
    assert standing_of(html, "jido-fuyo-teate") == "unlikely"
    assert re.search(r"対象外 <b>\d+</b>", html)
    assert "合わない条件：ひとり親家庭" in text(row[:1200])
    assert 'value="open:jido-fuyo-teate"' not in press(desk, "unlikely")


def test_search_goes_over_everything_also_what_residents_cannot_apply_for(desk):
    html = press(desk, children="小2", sought="保育士")
    row = html[html.index('value="open:hoikushi-kakuho"'):]
    assert "住民の申し込みはありません" in text(row[:900])
    assert standing_of(html, "hoikushi-kakuho") == "none"
    assert listed(press(desk, sought="")) != []
    assert "見つかりませんでした" in text(press(desk, sought="ぬぬぬぬ"))


def test_by_department_every_program_stands_once_in_walking_order(desk, opened):
    html = press(desk, "by-department", children="小2")
    rows = re.findall(r'value="open:([^"]+)"', html[html.index('id="rows"'):])
    assert sorted(rows) == sorted(p.id for p in opened.extensions["library"].catalog("kurume").programs)
    headings = text(html[html.index('id="rows"'):])
    places = [headings.index(h) for h in ("子ども政策課 15階", "こども子育てサポートセンター 16階", "医療・年金課", "担当課の記載なし")]
    assert places == sorted(places)


# --- the open program ------------------------------------------------------------------------------------

def test_the_open_program_shows_every_finding_its_source_its_cases_and_where_to_go(desk):
    press(desk, children="小2")
    html = press(desk, "open:jido-fuyo-teate")
    shown = text(html[html.index('id="program"'):html.index("<dialog")])
    for words in ("要確認", "？ ひとり親家庭 まだ分かりません（「ひとり親」で決まる）",
                  "✓ 18歳になったあとの最初の3月31日までのお子さん 合っています", "または",
                  "20歳になる前の障害のあるお子さん", "窓口で確認すること", "所得の制限があります", "家庭子ども相談課", "0942-30-9063",
                  "ひとり親家庭等で18歳に達する日以後の最初の3月31日まで", "163行目", "この制度の規則の例",
                  "ひとり親、高校3年生、3月31日 2026-03-31 2007年4月2日生まれ、ひとり親 対象の見込み"):
        assert words in shown, words


def test_a_program_that_is_not_for_residents_opens_too(desk):
    shown = text(press(desk, "open:hoikushi-kakuho"))
    assert "住民の申し込みはありません" in shown


def test_a_floor_stands_beside_the_office(desk):
    assert "こども子育てサポートセンター 16階" in text(press(desk, "open:sango-care"))


# --- もし〜なら, and another day --------------------------------------------------------------------------

def test_one_answer_is_supposed_and_given_up_again(desk):
    press(desk, children="小2")
    before = press(desk, "answer:single_parent:0")
    assert "増えるものと減るものが出ます" in text(press(desk, "suppose"))
    shown = text(press(desk, "answer:single_parent:2"))
    assert "もし「ひとり親ではない」なら" in shown
    assert "減る 10件" in shown
    assert press(desk, "suppose") == before


def test_what_is_supposed_can_become_the_answer(desk):
    press(desk, "suppose", children="小2")
    html = press(desk, "answer:single_parent:0")
    assert "要確認 → 対象の見込み" in text(html)
    html = press(desk, "take-supposed")
    assert standing_of(html, "jido-fuyo-teate") == "likely"
    assert "もし" not in text(html[html.index('id="rows"'):html.index('id="program"')])


def test_children_can_be_supposed_too(desk):
    press(desk, children="5")
    press(desk, "suppose")
    shown = text(press(desk, children="5 0"))
    assert "もし「0歳」なら" in shown
    assert "増える" in shown
    assert 'value="5"' in press(desk, "suppose")


def test_another_day_is_looked_at_under_a_banner_and_ages_stay_those_of_today(desk):
    press(desk, "open:jido-teate", children="2008.4.2")
    html = press(desk, as_of="2027-04-01")
    assert "2027年4月1日 の見込みを見ています。今日ではありません。" in text(html)
    assert "jido-teate" not in listed(html)
    html = press(desk, "today")
    assert "今日ではありません" not in text(html)
    assert "jido-teate" in listed(html)
    press(desk, children="17")
    assert standing_of(press(desk, as_of="2028-05-01", sought="児童手当"), "jido-teate") == "unlikely"


def test_another_day_can_be_supposed(desk):
    press(desk, children="2008.4.2")
    press(desk, "suppose")
    shown = text(press(desk, as_of="2027-04-01"))
    assert "もし2027年4月1日なら" in shown
    assert "減る" in shown


# --- what comes, and when ----------------------------------------------------------------------------------

def lines(html):
    """The words of each person's line, with its folds, in order."""
    return [text(one) for one in re.findall(r'<section class="life".*?</section>', html, re.S)]


@pytest.mark.parametrize("day", ["", "2027-04-01", "2031-03-31"])
@pytest.mark.parametrize(("typed", "presses", "way", "answers"), [*HOUSEHOLDS, (
    {"children": "年中 高3"}, ["need:childcare"], [
        ("ask/needs", {"need": "childcare"}), ("ask/children", {"p0-age": "grade:年中", "p1-age": "grade:高3", "go": "next"})], None)])
def test_the_same_lines_as_on_the_residents_page(opened, typed, presses, way, answers, day):
    """On the screen and on both sheets, today and on a day ahead."""
    for city in ("kurume", "komae"):
        staff, resident = opened.test_client(), opened.test_client()
        staff.post(f"/{city}/counter", data={"do": "take", **{"self" if k == "myself" else k: v for k, v in typed.items()}})
        for do in (*presses, "timetable", *([f"day:{day}"] if day else [])):
            staff.post(f"/{city}/counter", data={"do": do})
        for path, form in way:
            resident.post(f"/{city}/{path}", data=form)
        expected = lines(resident.get(f"/{city}/timeline?on={day}").get_data(as_text=True))
        assert expected
        for at in ("", "/timeline", "/timeline?form=postcard"):
            assert lines(staff.get(f"/{city}/counter{at}").get_data(as_text=True)) == expected, at


def test_a_day_ahead_tells_what_begins_and_what_ends_until_then(desk):
    press(desk, children="年長 高3")
    today = press(desk, "timetable")
    assert "もし日付が〜なら" in text(today) and "までに変わること" not in text(today)
    assert "つぎの4月1日（2027年4月1日）" in text(today)
    then = press(desk, "day:2027-04-01")
    sound(then)
    changed = text(then[then.index('id="when-title"'):then.index('class="lives"')])
    assert "今日から2027年4月1日までに変わること" in changed
    assert re.search(r"増える \d+件.*学童保育.*減る \d+件.*合わない条件", changed)
    assert "2027年4月1日 の見込みを見ています。今日ではありません。" in text(then)
    assert 'value="2027-04-01"' in then and "までに変わること" not in text(press(desk, "today"))
    assert "までに変わること" not in text(press(desk, as_of="2020-04-01"))


def test_a_line_of_what_is_supposed(desk):
    press(desk, "suppose", children="小2")
    assert len(lines(press(desk, "timetable", children="小2 年長"))) == 2
    assert len(lines(press(desk, "suppose"))) == 1


def test_a_program_on_the_line_opens_on_the_right_and_stands_once_for_the_keys(desk):
    html = press(desk, "timetable", children="4m 小5")
    rows = re.findall(r'id="when-(\d+)-([^"]+)"( data-row)?', html)
    assert len({(n, i) for n, i, _ in rows}) == len(rows) > len({i for _, i, _ in rows})
    assert sorted(i for _, i, row in rows if row) == sorted({i for _, i, _ in rows})
    html = press(desk, "open:gakudo-hoiku")
    assert lines(html) and re.search(r'id="program-title">[^<]*学童', html)


@pytest.mark.parametrize("do", ["by-department", "timetable"])
def test_the_timetable_gives_way_to_what_is_asked_for_instead(desk, do):
    press(desk, "timetable", children="小2")
    assert lines(press(desk, do)) == []
    press(desk, "timetable") if do == "timetable" else None
    assert lines(press(desk, sought="手当")) == []


@pytest.mark.parametrize("do", ["day:", "day:tomorrow", "day:1900-01-01", "day:2027-02-30"])
def test_a_day_that_is_none_changes_nothing(desk, do):
    press(desk, children="小2", as_of="2027-04-01")
    assert ("2027年4月1日" in text(press(desk, do))) == (do != "day:")


def test_without_an_age_the_timetable_asks_for_it(desk):
    html = press(desk, "timetable")
    sound(html)
    assert "お子さんの年齢か学年を入れると" in text(html) and lines(html) == []
    empty = desk.get(f"{CITY}/timeline").get_data(as_text=True)
    sound(empty)
    assert "お子さんの年齢か学年を入れると" in text(empty) and "QRコード" not in empty


def test_the_sheet_of_what_comes_has_a_code_of_a_few_ids_and_numbers_to_call(desk, monkeypatch):
    links = []
    monkeypatch.setattr("finder.faces.counter.timetable.qr", lambda link: links.append(link) or "")
    press(desk, "answer:single_parent:0", children="4m 小5")
    html = desk.get(f"{CITY}/timeline").get_data(as_text=True)
    sound(html)
    [link] = links
    assert re.fullmatch(r"https://shien\.example/kurume/mylist#p=[a-z0-9-]+(,[a-z0-9-]+){1,11}", link)
    assert "☎" in text(html) and "ご本人に見せてから" in text(html)
    assert "ひとり親" not in text(html[html.index("<main"):html.index('class="lives"')])


# --- the sheet ---------------------------------------------------------------------------------------------

def sheet(client, form=""):
    return client.get(f"{CITY}/paper{form}").get_data(as_text=True)


def test_the_sheet_has_what_was_chosen_in_walking_order_with_words_to_say(desk):
    press(desk, "answer:single_parent:0", children="小2")
    for program in ("jido-fuyo-teate", "sango-care", "akachan-no-eki", "shugaku-enjo"):
        press(desk, f"choose:{program}")
    press(desk, "choose:sango-care")
    html = sheet(desk)
    shown = text(html)
    assert "「児童扶養手当」の申請をしたいです。" in shown
    assert shown.index("子ども政策課 15階") < shown.index("家庭子ども相談課") < shown.index("担当課は計画に書かれていません")
    assert "産後ケア" not in shown
    assert "持ち物は、分かっていません" in shown
    assert "<svg" in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["", "?form=receipt"])
def test_the_sheet_speaks_the_visitors_language_and_says_no_answer(desk, opened, language, form):
    catalog = opened.extensions["library"].catalog("kurume")
    press(desk, "answer:low_income:0", children="8か月 小2", myself="32")
    press(desk, "answer:pregnant:1")
    press(desk, "choose:jido-teate")
    desk.post(CITY, data={"do": f"language:{language}", "back": "paper"})
    main = sheet(desk, form).split('<main id="main"')[1]
    tag = LANGUAGES[language].tag
    assert (f' lang="{tag}">' in main.partition("\n")[0]) == (tag != "ja")
    assert text(catalog.by_id["jido-teate"].title.in_language(language)) in text(main) or tag == "ja"
    assert "「児童手当」の" in text(main)
    answers = read_answers({"children": [{"age_months": 8}, {"grade": "小2"}], "self": {"age_years": 32},
                            "low_income": True, "pregnant": False}, TODAY)
    words = [c.text for c in forms.chips(catalog, answers, spoken(language))]
    assert len(words) == 5
    assert not [w for w in words if w in text(main)]
    response = desk.post(CITY, data={"do": "paper:children:1", "back": "paper", **({"form": "receipt"} if form else {})})
    assert response.headers["Location"] == f"{CITY}/paper{form}"
    assert [w for w in words if w in text(sheet(desk, form).split('<main id="main"')[1])] == [words[1]]


@pytest.mark.parametrize(("language", "over", "bare"), [("ja", "担当課", "申請"), ("easy", "担当", "申請"), ("zh-Hans", "児童手当", "清单")])
def test_readings_stand_over_japanese_alone_and_only_when_wished(desk, language, over, bare):
    press(desk, "choose:jido-teate", children="小2")
    press(desk, f"language:{language}")
    assert "<ruby>" not in sheet(desk)
    press(desk, "readings")
    main = sheet(desk).split('<main id="main"')[1]
    assert re.search(rf"<ruby>{over[0]}", main)
    assert (f"<ruby>{bare[0]}" in main) == (language != "zh-Hans")
    assert "（しんせい）" not in main
    press(desk, "readings")
    assert "<ruby>" not in sheet(desk)


def test_an_empty_sheet_says_what_to_do(desk):
    html = sheet(desk)
    assert "まだ何もえらんでいません" in text(html)
    assert "<svg" not in html


def test_the_first_six_go_on_the_sheet_with_one_press_and_off_again(desk):
    html = press(desk, "choose-first", children="小2")
    assert len(re.findall(r'id="choose-[^"]+" aria-pressed="true"', html)) == 6
    press(desk, "choose-none")
    assert "まだ何もえらんでいません" in text(sheet(desk))


def test_no_answer_is_on_the_sheet_unless_staff_puts_it_there(desk):
    press(desk, "answer:single_parent:0", children="小2")
    press(desk, "choose:jido-teate")
    main = sheet(desk).split("<main")[1]
    assert "小2" not in main
    assert "ひとり親" not in main
    assert "お話しになったことは、この紙にもQRコードにも書かれていません" in text(main)
    desk.post(CITY, data={"do": "paper:children:0", "back": "paper"})
    main = sheet(desk).split("<main")[1]
    assert "お聞きしたこと：小2" in text(main)
    assert "ひとり親" not in main
    assert "小2" not in text(sheet(desk, "?form=receipt").split("お聞きしたこと")[0].split("<main")[1])


def link_of(desk, opened, monkeypatch):
    links = []
    monkeypatch.setattr("finder.faces.counter.paper.qr", lambda link: links.append(link) or "")
    sheet(desk)
    return links[-1]


def test_the_code_leads_to_the_list_in_the_visitors_language_and_holds_ids_alone(desk, opened, monkeypatch):
    press(desk, "answer:single_parent:0", children="小2", myself="32")
    press(desk, "choose:jido-fuyo-teate")
    press(desk, "choose:jido-teate")
    assert link_of(desk, opened, monkeypatch) == "https://shien.example/kurume/mylist#p=jido-fuyo-teate,jido-teate"
    press(desk, "language:vi")
    assert link_of(desk, opened, monkeypatch) == "https://shien.example/kurume/mylist?lang=vi#p=jido-fuyo-teate,jido-teate"


# --- what is kept, and cleared -------------------------------------------------------------------------------

def test_answers_are_in_the_counters_own_cookie_alone(desk):
    response = desk.post(CITY, data={"do": "answer:single_parent:0", "children": "小2 H30.5"})
    assert response.status_code == 303
    assert response.headers["Location"] == CITY
    [cookie] = response.headers.getlist("Set-Cookie")
    assert cookie.startswith("counter=")
    for part in ("Path=/kurume/counter", "HttpOnly", "SameSite=Strict", "Max-Age=1800"):
        assert part in cookie
    assert "小2" not in unquote(cookie)
    assert "single" not in cookie
    assert "児童扶養" not in text(desk.get("/kurume/answers").get_data(as_text=True))
    assert desk.get("/kurume/answers").get_data(as_text=True).count("まだ答えていません") >= 5


def test_a_residents_visit_is_not_the_counters(desk):
    desk.post("/kurume/ask/single_parent", data={"choice": "0"})
    html = desk.get(CITY).get_data(as_text=True)
    assert 'aria-pressed="true"' not in html[html.index('id="questions"'):html.index('id="needs"')]


def test_a_counters_cookie_under_the_name_of_a_visits_is_none(desk):
    press(desk, children="小2")
    kept = desk.get_cookie("counter", path=CITY).value
    assert opened_cookie(kept, seal_for(SECRET, "counter"))
    desk.set_cookie("visit", kept)
    assert "小2" not in desk.get("/kurume/answers").text
    assert not opened_cookie(kept, seal_for(SECRET, "visit"))


def test_no_page_is_kept_and_no_address_holds_an_answer(desk):
    html = press(desk, "answer:single_parent:0", children="小2", sought="手当")
    for path in ("", "/paper"):
        assert desk.get(CITY + path).headers["Cache-Control"] == "no-store"
    for address in re.findall(r'(?:href|action|formaction|src)="([^"]+)"', html):
        assert not re.search(r"小|single|[?&](?!form=receipt|v=[0-9a-f]{8}$)", unquote(address)) or address.startswith("http"), address


def test_nothing_of_a_visitor_is_in_the_store_or_a_log(opened, desk, caplog):
    with caplog.at_level("DEBUG"):
        press(desk, "need:dv", children="小2 H30.5", myself="S60.3", sought="秘密の言葉")
    assert not any(word in caplog.text for word in ("小2", "H30.5", "S60.3", "秘密"))
    kept = b"".join(p.read_bytes() for p in opened.extensions["settings"].store.parent.iterdir() if p.is_file())
    assert "秘密の言葉".encode() not in kept


def test_the_next_visitor_finds_an_empty_desk(desk):
    empty = desk.get(CITY).get_data(as_text=True)
    for do in ("answer:single_parent:0", "need:money", "open:jido-teate", "choose:jido-teate", "unlikely", "suppose", "language:vi"):
        press(desk, do, children="小2", myself="32", sought="手当", as_of="2027-04-01")
    response = desk.post(f"{CITY}/next", data={"children": "小2", "do": "take"}, follow_redirects=True)
    assert response.get_data(as_text=True) == empty
    assert desk.get_cookie("counter", path=CITY) is None
    assert "まだ何もえらんでいません" in text(sheet(desk))


@pytest.mark.parametrize("spoilt", ["", "x", "gAAAA" + "A" * 200, "A" * 3900])
def test_a_spoilt_cookie_is_an_empty_desk(opened, desk, spoilt):
    desk.set_cookie("counter", spoilt, path=CITY)
    assert desk.get(CITY).get_data(as_text=True) == opened.test_client().get(CITY).get_data(as_text=True)


def test_another_municipalitys_desk_is_not_this_ones(opened, desk):
    press(desk, "answer:single_parent:0", children="小2")
    desk.set_cookie("counter", desk.get_cookie("counter", path=CITY).value, path="/soja/counter")
    assert desk.get("/soja/counter").get_data(as_text=True) == opened.test_client().get("/soja/counter").get_data(as_text=True)


def test_a_full_desk_fits_into_a_cookie(desk, opened):
    every = opened.extensions["library"].catalog("kurume").programs
    press(desk, "suppose", children=" ".join(["2018.5.10"] * 20), myself="S60.3.2")
    for need in opened.extensions["library"].catalog("kurume").needs:
        press(desk, f"need:{need}")
    for program in every[:45]:
        press(desk, f"choose:{program.id}", sought="とても長い言葉" * 30)
    cookie = desk.get_cookie("counter", path=CITY).value
    assert len(cookie) <= 3800
    html = press(desk, sought="")
    assert int(re.search(r'class="tally">(\d+)', html)[1]) >= 20


def test_single_keys_can_be_switched_off_and_on_again(desk):
    assert 'data-keys="on"' in desk.get(CITY).get_data(as_text=True)
    response = desk.post(f"{CITY}/keys", data={"keys": "off"})
    assert response.status_code == 303
    assert 'data-keys="off"' in desk.get(CITY).get_data(as_text=True)
    desk.post(f"{CITY}/next")
    assert 'data-keys="off"' in desk.get(CITY).get_data(as_text=True)
    desk.post(f"{CITY}/keys", data={"keys": "on"})
    assert 'data-keys="on"' in desk.get(CITY).get_data(as_text=True)


# --- わたしのリスト --------------------------------------------------------------------------------------------

@pytest.mark.parametrize("language", ["en", "vi", "ne"])
def test_the_list_opens_in_the_language_of_the_link(client, language):
    response = client.get(f"/kurume/mylist?lang={language}")
    assert response.headers["Location"] == "/kurume/mylist"
    assert f'<html lang="{language}">' in client.get("/kurume/mylist").get_data(as_text=True)


