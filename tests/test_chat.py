"""The talk: a page that grows, with and without JavaScript."""

import re

import pytest
from conftest import PICTURES, TODAY, fits
from test_resident import CITY, go, sound, text

from finder.understanding import understand
from finder.understanding.danger import NO_SIGNS

SAID = "年中と小5がいて、離婚が成立したばかり。お金が心配"


def messages(html):
    return [(who, re.sub(r"<[^>]+>|\s", "", said)) for who, said in re.findall(r'<li class="(ours|yours)"[^>]*><p[^>]*>(.*?)</p></li>', html)]


def test_one_sentence_gives_the_family_the_need_the_programs_and_one_question(client):
    response = go(client, "say", said=SAID)
    assert response.request.path == f"{CITY}/chat"
    html = response.get_data(as_text=True)
    sound(html)
    for known in ("年中", "小5", "ひとり親", "お金・生活費"):
        assert f">{known}<" in html
    assert html.index("児童扶養手当") < html.index('id="next-title"')
    assert html.count('id="next-title"') == 1


def test_messages_stay_as_a_conversation(client):
    go(client, "say", said=SAID)
    page = client.get(f"{CITY}/chat").get_data(as_text=True)
    question = re.search(r'id="next-title">([^<]+)<', page)[1]
    path = re.search(r'action="/kurume/(ask/\w+)"', page)[1]
    html = go(client, path, choice="1", back="chat").get_data(as_text=True)
    greeting, first, reply, asked, last = messages(html)
    assert greeting[0] == "ours"
    assert first == ("yours", "あなた：" + SAID)
    assert reply[0] == "ours"
    assert "分かったこと：年中、小5、ひとり親、お金・生活費。" in reply[1]
    assert asked == ("ours", question)
    assert last == ("yours", "あなた：いいえ")


def test_the_talk_and_the_list_hold_the_same(client):
    go(client, "say", said=SAID)
    shown = re.findall(r'<li class="card" id="([^"]+)"', client.get(f"{CITY}/chat").get_data(as_text=True))
    listed = re.findall(r'<li class="card" id="([^"]+)"', client.get(f"{CITY}/results").get_data(as_text=True))
    asked = client.post("/api/v1/municipalities/kurume/turn", json={"said": SAID}).get_json()["programs"]
    assert shown == listed[:len(shown)] == [p["id"] for p in asked][:len(shown)]
    assert len(shown) == 3


def test_what_is_not_for_us_is_answered_in_the_talk_and_orders_nothing(client):
    html = go(client, "say", said="ごみの日を教えて").get_data(as_text=True)
    assert "案内できません" in html
    go(client, "say", said="3歳の子がいます")
    answers = text(client.get(f"{CITY}/answers"))
    assert "ごみ" not in answers
    assert "3歳の子がいます" in answers


@pytest.mark.parametrize(("said", "kind_word"), [
    ("こんにちは", "よく来てくださいました"), ("ありがとうございました！", "どういたしまして"), ("さようなら", "おつかれさまでした"),
    ("ごめんなさい、何を書けばいいか分かりません", "大丈夫です。下からえらぶだけで、さがせます"),
    ("I don't know what to write", "下からえらぶだけで")])
def test_a_greeting_gets_a_kind_word_and_the_way_on(client, said, kind_word):
    html = go(client, "say", said=said).get_data(as_text=True)
    assert kind_word in html
    assert "案内できません" not in html
    assert "いま困っていることは" in html


@pytest.mark.parametrize(("said", "reply"), [
    ("おはよう", "hello"), ("どうもありがとう", "thanks"), ("おやすみなさい", "bye"), ("Thanks", "thanks"), ("ごみの日は", ""),
    ("何を書けばいいですか", "unsure"), ("なんて書いたらいいのか分からない…", "unsure"),
    ("使い方がわからない", "unsure"), ("どうやって使うの？", "unsure"),
    ("よくわからないです", "unsure"), ("うまく書けません", "unsure"), ("What should I write?", "unsure"), ("どう使えばいいですか", "unsure"),
    ("何を書けばいいか分からない。もう死にたい", ""), ("子どもが字をうまく書けません", ""), ("離乳食の作り方がわからない", ""),
    ("おはようございます、市役所の駐車場の入り口がどこか知りたいのですが", ""), ("ありがとう。3歳の子がいます", "")])
def test_only_what_is_nothing_but_a_greeting_is_one(said, reply):
    assert understand(said, TODAY, NO_SIGNS).greeting == reply


def test_a_program_asked_for_by_name_stands_first_and_before_any_question(client):
    html = go(client, "say", said="産後ケアについて知りたい").get_data(as_text=True)
    first = re.search(r'<li class="card" id="[^"]+"[^>]*>.*?</h3>', html, re.DOTALL)
    assert "産後ケア" in first[0]
    assert first.start() < html.index('id="next-title"')


def test_the_same_message_sent_twice_is_one(client):
    go(client, "say", said=SAID)
    html = go(client, "say", said=SAID).get_data(as_text=True)
    assert [m for m in messages(html) if m[0] == "yours"] == [("yours", "あなた：" + SAID)]


def test_before_anything_is_said_the_needs_are_offered(client):
    html = client.get(f"{CITY}/chat").get_data(as_text=True)
    assert "いま困っていることは" in html
    html = go(client, "ask/needs", need="money", back="chat").get_data(as_text=True)
    assert messages(html)[-1] == ("yours", "あなた：お金・生活費")
    assert "いま困っていることは" not in html


def test_a_question_on_its_own_page_leads_back_to_the_talk(client):
    html = client.get(f"{CITY}/ask/children?back=chat").get_data(as_text=True)
    assert '<input type="hidden" name="back" value="chat">' in html
    more = client.post(f"{CITY}/ask/children", data={"p0-age": "grade:小2", "go": "more", "back": "chat"})
    assert "back=chat" in more.headers["Location"]
    end = client.post(f"{CITY}/ask/children", data={"p0-age": "grade:小2", "go": "next", "back": "chat"})
    assert end.headers["Location"] == f"{CITY}/chat#now"


def test_a_long_talk_drops_its_oldest_messages_and_keeps_every_answer(client):
    go(client, "say", said="小2の子のシングルマザーです")
    for n in range(12):
        go(client, "say", said=f"{n}回目です。" + "".join(chr(0x4E00 + (n * 997 + i * 131) % 20000) for i in range(500)))
    assert len(client.get_cookie("visit").value) < 3900
    html = client.get(f"{CITY}/chat").get_data(as_text=True)
    assert "シングルマザー" not in html
    assert ">小2<" in html
    assert ">ひとり親<" in html


@pytest.mark.browser
def test_a_talk_in_a_browser(page):
    page.goto("/kurume/chat")
    page.picture("20-chat-empty")
    reloads = []
    page.fill("#said", SAID)
    page.get_by_role("button", name="送る").click()
    page.locator("#reply").wait_for()
    page.on("framenavigated", lambda frame: reloads.append(frame.url))
    page.picture("21-chat")
    fits(page)
    assert page.locator(".yours").count() == 1
    page.locator(".next .choice").nth(1).click()
    page.locator(".yours >> nth=1").wait_for()
    page.wait_for_timeout(200)
    now = page.locator("#now").bounding_box()
    assert 0 <= now["y"] < page.viewport_size["height"] / 2
    page.picture("22-chat-answered")
    fits(page)
    script = page.evaluate("typeof fetch") == "function" and page.locator("#heard").inner_text() != ""
    assert (reloads == []) is script
    if script:
        assert page.evaluate("document.activeElement.id") == "reply"
        assert page.locator("#said").input_value() == ""
    page.reload()
    assert page.locator(".yours").count() == 2


@pytest.mark.browser
def test_danger_in_the_talk_is_in_sight_and_in_focus(page):
    page.goto("/kurume/chat")
    page.fill("#said", "3歳の子がいます")
    page.get_by_role("button", name="送る").click()
    page.locator("#reply").wait_for()
    page.fill("#said", "もう死にたい")
    page.get_by_role("button", name="送る").click()
    page.locator(".danger").wait_for()
    page.wait_for_timeout(200)
    assert 0 <= page.locator(".danger").bounding_box()["y"] < page.viewport_size["height"] / 3
    page.picture("23-chat-danger")


@pytest.mark.browser
@pytest.mark.parametrize(("path", "field", "told", "leads_to"), [
    ("chat", "#said", "小2の子がいます", "chat"), ("", "#said", "小2の子がいます", "chat#now"),
    ("ask/children", "#p0-age", "grade:小2", "ask/needs"),
    ("ask/self?back=answers", "#p0-age", "age_years:39", "answers")])
def test_when_the_line_drops_the_words_stay(browser, live, path, field, told, leads_to):
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live, locale="ja-JP")
    page = context.new_page()
    page.goto(f"/kurume/{path}")
    context.set_offline(True)
    if field == "#said":
        page.fill(field, told)
    else:
        page.select_option(field, told)
    page.locator(f"form:has({field}) .button.main").click()
    page.get_by_text("いま、つながりません").wait_for()
    page.screenshot(path=PICTURES / f"phone-24-{path.partition('?')[0].replace('/', '-') or 'start'}-offline.png")
    assert page.locator(field).input_value() == told
    context.set_offline(False)
    page.locator(f"form:has({field}) .button.main").click()
    page.wait_for_url(f"**/kurume/{leads_to}")
    page.locator("[aria-busy=true]").first.wait_for(state="hidden")     # the talk's address stays the same while a turn is on its way
    page.goto("/kurume/chat")
    assert page.locator(".yours").count() == 1
    context.close()


@pytest.mark.browser
def test_on_a_slow_line_the_page_says_that_it_is_at_work_and_a_second_press_sends_nothing_more(browser, live):
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live, locale="ja-JP")
    page = context.new_page()
    page.goto("/kurume/chat")
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375})      # Chromium's slow 4G
    page.fill("#said", "小2の子のシングルマザーです")
    page.get_by_role("button", name="送る").click()
    assert page.locator("#heard").inner_text() == "さがしています"
    page.get_by_role("button", name="送る").click()
    page.locator(".newest .card").first.wait_for()
    assert page.locator("[aria-busy]").count() == 0
    page.get_by_role("link", name="くわしい理由を見る").click()
    page.locator(".card summary").first.click()
    page.goto("/kurume/chat")
    assert page.locator(".yours").count() == 1
    context.close()


@pytest.mark.parametrize(("typed", "fact"), [("はい", "ひとり親"), ("いいえ。", ""), ("わからない", "")])
def test_a_typed_yes_or_no_answers_the_question_of_the_talk(client, typed, fact):
    go(client, "say", said="小2がいます。お金が心配です")
    page = client.get(f"{CITY}/chat").get_data(as_text=True)
    question = re.search(r'id="next-title">([^<]+)<', page)[1]
    html = go(client, "say", said=typed, back="chat").get_data(as_text=True)
    assert ("ours", question) in messages(html) or ("ours", re.sub(r"\s", "", question)) in messages(html)
    assert "案内できません" not in html
    assert question not in re.findall(r'id="next-title">([^<]+)<', html)
    if fact:
        assert f">{fact}<" in html


def test_an_age_corrected_in_the_talk_replaces_the_wrong_one(client):
    go(client, "say", said="3歳の子がいます。お金が心配です")
    html = go(client, "say", said="違います、4歳です", back="chat").get_data(as_text=True)
    assert ">4歳<" in html
    assert ">3歳<" not in html


@pytest.mark.parametrize(("first", "then", "stands"), [
    ("夫に殴られています", "食べるものがない", True), ("夫に殴られています", "小2の子がいます", True),
    ("食べるものがない", "夫に殴られています", True), ("食べるものがない", "小2の子がいます", False)])
def test_the_numbers_against_violence_stay_when_hunger_is_told_after_it(client, first, then, stands):
    go(client, "say", said=first)
    html = go(client, "say", said=then).get_data(as_text=True)
    assert ("DV相談" in html) is stands
