"""The resident's pages, used as a browser without JavaScript uses them."""

import re
from html import unescape

import pytest

from app import create_app
from finder.settings import Settings, WrongSetting

CITY = "/kurume"
EMPTY_PAGES = ["/", "/about", *[f"{CITY}/{p}" for p in (
    "", "ask/needs", "ask/children", "ask/pregnant", "ask/single_parent", "ask/disability", "ask/low_income",
    "ask/self", "ask/child_birth", "answers", "chat", "results", "sheet", "programs", "contacts", "mylist",
    "programs/jido-fuyo-teate")]]


def text(response):
    return unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def go(client, path, **form):
    """Post a form and follow to the page that it leads to."""
    return client.post(f"{CITY}/{path}", data=form, follow_redirects=True)


def sound(html):
    """Every page: one h1, a title, a language, labels for all fields, forms with an action."""
    assert html.count("<h1") == 1
    assert re.search(r"<title>[^<]+｜支援ファインダー</title>", html)
    assert '<html lang="ja">' in html
    for field in re.findall(r"<(?:select|textarea)[^>]*id=\"([^\"]+)\"", html):
        assert f'for="{field}"' in html, field
    for form in re.findall(r"<form[^>]*>", html):
        assert 'action="' in form
    assert " style=" not in html
    scripts = re.findall(r"<script ([^>]*)>", html)
    assert all(re.fullmatch(r'src="/static/\w+\.js\?v=[0-9a-f]{8}" defer|type="application/ld\+json"', s) for s in scripts)
    ids = re.findall(r"\bid=\"([^\"]+)\"", html)
    assert len(ids) == len(set(ids)), [i for i in ids if ids.count(i) > 1]


@pytest.mark.parametrize("path", EMPTY_PAGES)
def test_every_page_stands_on_its_own_before_anything_is_answered(client, path):
    response = client.get(path, follow_redirects=True)
    assert response.status_code == 200
    sound(response.get_data(as_text=True))


def test_the_way_from_the_first_question_to_the_list(client):
    page = client.get(f"{CITY}/ask", follow_redirects=True)
    assert "どんなことで困っていますか" in text(page)
    page = go(client, "ask/needs", need="money")
    assert "お子さんの年齢" in text(page)
    page = go(client, "ask/children", **{"p0-age": "age_years:3", "go": "more"})
    assert "2人目のお子さん" in text(page)
    page = go(client, "ask/children", **{"p0-age": "age_years:3", "p1-age": "grade:小2", "go": "next", "back": "results"})
    sound(page.get_data(as_text=True))
    page = go(client, "ask/single_parent", choice="0", back="results")
    html = page.get_data(as_text=True)
    sound(html)
    card = html.index('id="jido-fuyo-teate"')
    assert card < html.index("ほかに合いそうな支援")
    for words in ("対象の見込み", "ひとり親", "所得の制限があります", "ひとり親家庭等で18歳に達する日以後", "0942-30-9063"):
        assert words in html[card:card + 6000], words


@pytest.mark.parametrize(("back", "leads_to"), [("chat", "chat#now"), ("results", "results"), ("answers", "answers"), ("timeline", "timeline"),
                                                ("", "ask"), ("//elsewhere", "ask")])
def test_an_answer_leads_back_to_where_it_was_asked_for(client, back, leads_to):
    sent = client.post("/kurume/ask/single_parent", data={"choice": "0", "back": back})
    assert sent.headers["Location"] == f"/kurume/{leads_to}"


def test_a_choice_can_be_changed_and_taken_back(client):
    go(client, "ask/single_parent", choice="0")
    assert "ひとり親" in text(client.get(f"{CITY}/answers"))
    page = client.get(f"{CITY}/ask/single_parent").get_data(as_text=True)
    assert re.search(r'value="0" aria-current="true"', page)
    go(client, "ask/single_parent", choice="2")
    assert "ひとり親ではない" in text(client.get(f"{CITY}/results"))
    go(client, "take-back", what="single_parent")
    assert "ひとり親ではない" not in text(client.get(f"{CITY}/results"))


def test_a_child_can_be_removed(client):
    go(client, "ask/children", **{"p0-age": "age_years:3", "p1-age": "grade:小2", "go": "next"})
    go(client, "ask/children", **{"p0-age": "age_years:3", "p1-age": "grade:小2", "remove": "0"})
    answers = text(client.get(f"{CITY}/answers"))
    assert "小2" in answers
    assert "3歳" not in answers


def test_a_birth_month_is_kept_and_shown_again(client):
    go(client, "ask/children", **{"p0-age": "", "p0-year": "2023", "p0-month": "5", "p0-disability": "yes", "go": "next"})
    page = client.get(f"{CITY}/ask/children").get_data(as_text=True)
    assert re.search(r'value="2023" selected', page)
    assert re.search(r'value="5" selected', page)
    assert "2023年5月生まれ・障害あり" in text(client.get(f"{CITY}/results"))


def test_answering_a_question_with_dont_know_is_not_asked_again(client):
    asked = set()
    for _ in range(12):
        page = client.get(f"{CITY}/ask", follow_redirects=True)
        if page.request.path.endswith("/results"):
            break
        question = page.request.path.rsplit("/", 1)[-1]
        assert question not in asked
        asked.add(question)
        if question == "needs":
            go(client, "ask/needs")
            continue
        choices = re.findall(r'name="choice" value="(\d+)"', page.get_data(as_text=True))
        go(client, f"ask/{question}", choice=choices[-1])
    else:
        pytest.fail("the questions never end")
    assert "children" in asked


def test_an_empty_form_says_kindly_what_to_do(client):
    response = client.post(f"{CITY}/ask/children", data={"p0-age": "", "go": "next"})
    assert response.status_code == 400
    assert "年齢か学年を選んでください" in text(response)


@pytest.mark.parametrize("form", [
    {"p0-age": "grade:大9", "go": "next"}, {"p0-age": "age_years:９９９", "go": "next"}, {"choice": "99"},
    {"p0-year": "abcd", "p0-age": "", "go": "next"}, {"p0-age": "kept:5", "go": "next"},
    {"p0-age": "birth_date:1000-01-01", "go": "next"}, {"p0-age": ":", "go": "next"}])
def test_a_form_that_no_page_makes_does_no_harm(client, form):
    assert client.post(f"{CITY}/ask/children", data=form).status_code == 400


def test_a_sentence_leads_to_the_list_and_shows_what_was_understood(client):
    page = go(client, "say", said="年中と小5がいて、離婚が成立したばかり。お金が心配")
    shown = text(page)
    for chip in ("年中", "小5", "ひとり親", "お金・生活費"):
        assert chip in shown
    assert 'id="jido-fuyo-teate"' in page.get_data(as_text=True)


def test_what_was_taken_back_stays_taken_back(client):
    go(client, "say", said="小5の子のシングルマザーです")
    go(client, "take-back", what="single_parent")
    page = client.get(f"{CITY}/results").get_data(as_text=True)
    assert ">ひとり親<" not in page


def test_danger_stands_above_everything(client):
    html = go(client, "say", said="夫に殴られています。3歳の子がいます").get_data(as_text=True)
    assert html.index("まず、ここに話してください") < html.index("<h1")
    assert 'href="tel:0120279889"' in html


def test_other_city_business_gets_a_kind_word_and_the_number(client):
    page = go(client, "say", said="ごみの日を教えて")
    assert "案内できません" in text(page)
    assert "0942-30-9227" in text(page)


def test_every_office_of_the_printed_list_has_a_number_to_call(client):
    go(client, "say", said="仕事を失って、家賃が払えません")
    html = client.get(f"{CITY}/sheet").get_data(as_text=True)
    groups = re.findall(r'<section class="group">(.*?)</section>', html, re.DOTALL)
    assert any("久留米市生活自立支援センター" in one and "聞く所" in one for one in groups)
    assert [one for one in groups if "☎ 0" not in one] == []


def test_an_office_without_a_number_says_so_once_and_names_one_to_call(client):
    html = client.get("/kochi/departments/hoiku-yochien?lang=en").get_data(as_text=True)
    assert html.count("The phone number is not known") == 1
    assert "電話番号は分かっていません" not in html
    assert re.search(r'href="tel:088\d+"', html)


@pytest.mark.parametrize(("path", "way_on"), [
    ("/kurume/programs/gone", "/kurume/"), ("/soja/nothing", "/soja/"), ("/nowhere/", "/"), ("/kiosk/nowhere/", "/")])
def test_a_page_that_is_not_there_leads_on_in_its_municipality(client, path, way_on):
    page = client.get(path)
    assert page.status_code == 404
    html = page.get_data(as_text=True)
    assert f'<a class="button main full" href="{way_on}">' in html
    assert (f'<a class="button full" href="{way_on}contacts">' in html) is (way_on != "/")


def test_nobody_is_left_without_a_place_to_ask(client):
    go(client, "ask/children", choice="1")
    for question, choice in (("pregnant", "1"), ("single_parent", "2"), ("disability", "1"), ("low_income", "1")):
        go(client, f"ask/{question}", choice=choice)
    page = text(client.get(f"{CITY}/results"))
    assert "ここで聞けます" in page
    assert "0942-30-9227" in page


def test_an_unknown_department_is_said_and_the_plans_contact_offered(client):
    page = text(client.get(f"{CITY}/programs/kodomo-soudan-madoguchi")) if client.get(
        f"{CITY}/programs/kodomo-soudan-madoguchi").status_code == 200 else ""
    unknown = [p for p in client.get("/api/v1/municipalities/kurume/programs").get_json() if not p["departments"]]
    assert unknown
    page = text(client.get(f"{CITY}/programs/{unknown[0]['id']}"))
    assert "計画に担当課の記載がありません" in page
    assert "0942-30-9227" in page


def test_the_end_clears_everything(client):
    go(client, "ask/single_parent", choice="0")
    response = client.post(f"{CITY}/end")
    assert "消しました" in text(response)
    assert client.get_cookie("visit") is None
    assert "まだ答えていません" in text(client.get(f"{CITY}/answers"))


def test_answers_never_stand_in_an_address(client):
    client.get(f"{CITY}/")
    for path, form in (("ask/single_parent", {"choice": "0"}), ("say", {"said": "3歳の子"}),
                       ("ask/children", {"p0-age": "grade:小2", "go": "next"})):
        response = client.post(f"{CITY}/{path}", data=form)
        assert response.status_code == 303
        assert re.fullmatch(r"/kurume/(ask|results|chat#now)(/\w+)?", response.headers["Location"])


def test_the_cookie_is_short_lived_unreadable_and_out_of_scripts_reach(client):
    response = client.post(f"{CITY}/say", data={"said": "ひみつ7391 小2"})
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=1800" in cookie
    assert "7391" not in cookie


@pytest.mark.parametrize("token", ["", "x", "gAAAAA" + "A" * 200, "あ", "A" * 3900])
def test_a_tampered_cookie_is_an_empty_visit(client, token):
    client.set_cookie("visit", token)
    response = client.get(f"{CITY}/answers")
    assert response.status_code == 200
    assert "まだ答えていません" in text(response)


def test_a_visit_of_one_city_is_not_carried_into_another(client):
    go(client, "ask/single_parent", choice="0")
    assert "まだ答えていません" in text(client.get("/ogori/answers"))


def test_a_very_long_sentence_is_read_as_far_as_it_goes(client):
    page = go(client, "say", said="小2の子がいます。" + "とても困っています。" * 400)
    assert page.status_code == 200
    assert "小2" in text(page)


@pytest.mark.parametrize("said", ["<script>alert(1)</script>小2", "\x00\x1b小2", "'; DROP TABLE versions; -- 小2"])
def test_text_on_a_page_is_only_text(client, said):
    page = go(client, "say", said=said)
    html = client.get(f"{CITY}/answers").get_data(as_text=True)
    assert page.status_code == 200
    assert "<script>alert" not in html


@pytest.mark.parametrize("path", ["/atlantis/", "/kurume/nothing", "/kurume/programs/none", "/kurume/ask/none"])
def test_a_page_that_is_not_there_shows_the_way_on(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "はじめのページへ" in text(response)
    sound(response.get_data(as_text=True))


def test_sending_a_form_twice_changes_nothing_more(client):
    form = {"p0-age": "grade:小2", "go": "next", "back": "results"}
    first = client.post(f"{CITY}/ask/children", data=form, follow_redirects=True).get_data()
    second = client.post(f"{CITY}/ask/children", data=form, follow_redirects=True).get_data()
    assert first == second


def test_every_page_has_the_safe_headers(client):
    for path in ("/", f"{CITY}/results", "/api/v1/municipalities", "/nothing/at/all"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_sheet_groups_by_department_and_holds_no_answer(client):
    go(client, "ask/single_parent", choice="0")
    page = go(client, "ask/children", **{"p0-age": "grade:小2", "go": "next"})
    assert page.status_code == 200
    sheet = text(client.get(f"{CITY}/sheet"))
    assert "家庭子ども相談課" in sheet
    assert "児童扶養手当の支給" in sheet
    assert "小2" not in sheet


def test_nothing_said_goes_back_to_where_one_was(client):
    assert client.post(f"{CITY}/say", data={"said": " "}).headers["Location"] == f"{CITY}/"
    go(client, "ask/single_parent", choice="0")
    assert client.post(f"{CITY}/say", data={"said": ""}).headers["Location"] == f"{CITY}/chat#now"
    assert client.post(f"{CITY}/say", data={"said": "", "back": "results"}).headers["Location"] == f"{CITY}/results"


def test_the_typed_words_can_be_taken_back(client):
    go(client, "say", said="小2の子がいます。もう死にたい")
    assert "まず、ここに話してください" in text(client.get(f"{CITY}/results"))
    go(client, "take-back", what="words")
    go(client, "take-back", what="needs:self_harm")
    page = text(client.get(f"{CITY}/results"))
    assert "まず、ここに話してください" not in page
    assert "入力した文" not in page


def test_an_answer_to_no_question_is_not_there(client):
    assert client.post(f"{CITY}/ask/nothing", data={"choice": "0"}).status_code == 404


def test_a_program_page_shows_what_it_means_for_this_family(client):
    assert "合っています" not in text(client.get(f"{CITY}/programs/jido-fuyo-teate"))
    go(client, "ask/single_parent", choice="0")
    page = text(client.get(f"{CITY}/programs/jido-fuyo-teate"))
    assert "合っています" in page
    assert "要確認" in page


def test_a_program_page_says_for_whom_it_is_once(client):
    at, heading = f"{CITY}/programs/jido-teate", "だれのための制度か"
    assert heading in text(client.get(at))
    go(client, "ask/children", **{"p0-age": "age_years:3", "go": "next"})
    assert heading not in text(client.get(at))
    assert "条件と、いまの答え" in text(client.get(at))


@pytest.mark.parametrize(("program", "quotation", "not_this"), [
    ("kurume/programs/jido-fuyo-teate", "計画の文", "出典の文"), ("kochi/programs/jido-teate", "出典の文", "計画の文")])
def test_a_quotation_is_said_to_be_of_the_plan_only_when_it_is(client, program, quotation, not_this):
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", client.get(f"/{program}").get_data(as_text=True))
    assert quotation in headings
    assert not_this not in headings


def test_facts_of_one_kind_stand_under_one_name(client):
    facts = re.search(r'<dl class="facts">.*?</dl>', client.get("/kochi/programs/jido-teate").get_data(as_text=True), re.DOTALL)[0]
    names = re.findall(r"<dt>([^<]+)</dt>", facts)
    assert len(names) == len(set(names)) < facts.count("<dd>")


def test_a_number_of_programs_is_counted_as_japanese_counts_them(client):
    assert "件の支援の対象かどうかが分かります" in text(client.get(f"{CITY}/ask/children"))
    assert not re.search(r"\d\dつ", text(client.get(f"{CITY}/ask/children")))


def test_a_deployment_can_be_for_one_city_alone(tmp_path):
    settings = Settings(store=tmp_path / "finder.db", secret="a secret of more than 32 letters!", municipality="soja")
    client = create_app(settings).test_client()
    assert client.get("/").headers["Location"] == "/soja/"
    assert client.get("/soja/").status_code == 200
    assert client.get("/kurume/").status_code == 404


def test_a_city_that_is_not_there_stops_the_start_with_one_sentence(tmp_path):
    settings = Settings(store=tmp_path / "finder.db", secret="a secret of more than 32 letters!", municipality="atlantis")
    with pytest.raises(WrongSetting, match="FINDER_MUNICIPALITY"):
        create_app(settings)


def test_behind_a_proxy_the_cookie_is_secure_over_tls(tmp_path):
    settings = Settings(store=tmp_path / "finder.db", secret="a secret of more than 32 letters!", proxies=1)
    client = create_app(settings).test_client()
    response = client.post(f"{CITY}/ask/single_parent", data={"choice": "0"}, headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in response.headers["Set-Cookie"]


def test_the_old_plan_is_shown_with_its_age(client):
    page = text(client.get("/soja/programs/gakko-kaiho"))
    assert "2010" in page


def test_twenty_children_and_a_long_sentence_still_fit_into_the_cookie(client):
    form = {f"p{i}-age": "grade:小2" for i in range(20)} | {f"p{i}-disability": "yes" for i in range(20)}
    go(client, "say", said="お金が心配です。" * 60)
    go(client, "ask/children", go="next", **form)
    assert len(client.get_cookie("visit").value) < 3900
    assert text(client.get(f"{CITY}/results")).count("小2・障害あり") >= 20


def test_a_page_about_violence_at_home_can_be_left_at_once(client):
    page = go(client, "say", said="夫に殴られています").get_data(as_text=True)
    assert "すぐにこのページを閉じる" in page
    left = client.post(f"{CITY}/leave", follow_redirects=True)
    assert left.request.path == "/calendar"
    assert "2026年11月" in text(left)
    assert "支援" not in text(left)
    assert client.get_cookie("visit") is None
    assert "まず、ここに話してください" not in text(client.get(f"{CITY}/results"))


@pytest.mark.parametrize(("need", "phone"), [("emergency_medical", "tel:119"), ("dv", "tel:0120279889"), ("self_harm", "tel:0120061338")])
def test_a_need_that_speaks_of_danger_brings_its_hotlines_first(client, need, phone):
    html = go(client, "ask/needs", need=need, back="results").get_data(as_text=True)
    assert html.index(phone) < html.index("<h1")


def test_who_wishes_to_die_sees_who_listens_and_no_police(client):
    html = go(client, "say", said="もう死にたい").get_data(as_text=True)
    shown = re.search(r'<section class="danger".*?<details', html, re.DOTALL)[0]
    assert re.findall(r'href="tel:(\w+)"', shown) == ["119", "0120061338", "0120279338", "0120078310"]


@pytest.mark.parametrize(("said", "phones", "may_be_left"), [
    ("夫に殴られています。もう死にたい", {"119", "0120061338", "110", "0120279889"}, True),
    ("子どもを叩いてしまう。もう消えたい", {"119", "0120061338", "189"}, True),
    ("もう死にたい", {"119", "0120061338"}, False),
])
def test_of_two_dangers_told_at_once_both_have_their_first_numbers_and_violence_its_exit(client, said, phones, may_be_left):
    for html in (go(client, "say", said=said).get_data(as_text=True), client.get(f"{CITY}/results").get_data(as_text=True)):
        shown = re.search(r'<section class="danger".*?<details', html, re.DOTALL)[0]
        assert phones <= set(re.findall(r'href="tel:(\w+)"', shown))
        assert ("すぐにこのページを閉じる" in shown) is may_be_left


def test_food_alone_is_a_need_of_every_day(client):
    assert "まず、ここに話してください" not in text(go(client, "ask/needs", need="food", back="results"))
