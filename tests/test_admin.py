"""The admin's pages: in and out, a draft's way to publication by a second person, conflicts, what needs care."""

from __future__ import annotations

import ast
import html
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from desks import AT, PROGRAM, WORD, Desk, office, published, quick

from finder import staff
from finder.requirement_rows import write_row
from finder.settings import ROOT
from finder.store import history, open_store
from finder.store.accounts import audit, note

__all__ = ["office", "quick"]       # fixtures

# --- in and out --------------------------------------------------------------------------------------

@pytest.mark.parametrize("address", ["/admin/", "/admin/komae/", "/admin/komae/programs", AT, "/admin/versions", "/admin/audit",
                                     "/admin/komae/counts", "/admin/komae/drafts/1"])
def test_nobody_sees_anything_before_signing_in(office, address):
    answer = office.test_client().get(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/sign-in" + (f"?to={address}" if address != "/admin/" else ""))


@pytest.mark.parametrize(("to", "leads"), [
    ("/admin/komae/drafts", "/admin/komae/drafts"), ("/admin/sign-in", "/admin/"), ("/komae/", "/admin/"), ("//evil.example/", "/admin/"),
    ("https://evil.example/admin/", "/admin/"), ("/admin/komae/new", "/admin/"), ("/nowhere", "/admin/"),
])
def test_signing_in_leads_back_to_one_of_these_pages_and_nowhere_else(office, to, leads):
    answer = office.test_client().post("/admin/sign-in", data={"name": "書く人", "password": WORD, "to": to})
    assert (answer.status_code, answer.headers["Location"]) == (303, leads)


def test_signing_in_and_out(office):
    desk = Desk(office, "書く人")
    assert desk.entered.status_code == 303
    cookie = next(c for c in desk.entered.headers.getlist("Set-Cookie") if c.startswith("staff="))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/admin" in cookie
    assert "書く人さん" in desk.text("/admin/")
    desk.press("/admin/", "/admin/sign-out")
    assert desk.get("/admin/").status_code == 303


@pytest.mark.parametrize(("name", "password"), [("書く人", "wrong"), ("だれか", WORD), ("", ""), ("書く人", WORD + "x" * 9000)])
def test_a_wrong_sign_in_says_not_which_was_wrong(office, name, password):
    entered = Desk(office, name, password).entered
    assert entered.status_code == 401
    assert "名前かパスワードが違います" in entered.get_data(as_text=True)


def test_five_failures_close_the_account_for_a_quarter_of_an_hour(office, monkeypatch):
    assert [Desk(office, "書く人", "wrong").entered.status_code for _ in range(5)] == [401] * 5
    assert Desk(office, "書く人").entered.status_code == 429
    assert Desk(office, "公開する人").entered.status_code == 303
    monkeypatch.setattr(staff, "now_here", lambda: datetime.now(UTC) + timedelta(minutes=16))
    assert Desk(office, "書く人").entered.status_code == 303


@pytest.mark.parametrize(("minutes", "code"), [(29, 200), (31, 303)])
def test_a_session_ends_when_nobody_works(office, monkeypatch, minutes, code):
    desk = Desk(office, "書く人")
    monkeypatch.setattr(staff, "now_here", lambda: datetime.now(UTC) + timedelta(minutes=minutes))
    assert desk.get("/admin/").status_code == code


def ended(desk, monkeypatch, address, **typed):
    """Send a form that was typed while nobody was looking: 31 minutes, then the button."""
    form = desk.form(AT)
    for label, value in typed.items():
        form[desk.key(AT, label)] = [value]
    monkeypatch.setattr(staff, "now_here", lambda: datetime.now(UTC) + timedelta(minutes=31))
    answer = desk.client.post(address, data=form, headers={"Sec-Fetch-Site": "same-origin"})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "書いたものは残っています" in page) == (401, True)
    return {name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


@pytest.mark.parametrize("address", [AT, f"{AT}/preview"])
def test_a_session_that_ends_while_somebody_types_loses_nothing_and_keeps_nothing_unasked(office, monkeypatch, address):
    desk, before = Desk(office, "書く人"), published(office)
    held = ended(desk, monkeypatch, address, 説明="31分かけて\n書いた<文>。", 確認日="あした")
    assert "token" not in held["typed"]
    wrong = desk.client.post("/admin/sign-in", data={**held, "name": "書く人", "password": "wrong"})
    assert (wrong.status_code, html.escape(held["typed"], quote=False)[:40] in html.unescape(wrong.get_data(as_text=True))) == (401, True)
    answer = desk.client.post("/admin/sign-in", data={**held, "name": "書く人", "password": WORD})
    page = html.unescape(answer.get_data(as_text=True))
    assert ">\n31分かけて\n書いた<文>。</textarea>" in page
    assert "「あした」は日付として読めません" in page
    assert "まだ下書きには残していません" in page
    assert "下書きはありません" in desk.text("/admin/komae/drafts")
    form = {"token": re.search(r'name="token" value="(\w+)"', page)[1], "number": re.search(r'name="number" value="(\d+)"', page)[1],
            desk.key(AT, "説明"): "31分かけて書いた文。"}
    assert desk.client.post(AT, data=form).status_code == 303
    assert "31分かけて書いた文。" in desk.text(AT)
    assert published(office) == before


def test_what_was_typed_comes_back_to_nobody_who_may_not_write_it_and_from_no_other_site(office, monkeypatch):
    desk = Desk(office, "書く人")
    held = ended(desk, monkeypatch, AT, 説明="書いた文。")
    for name, said in (("見る人", "このアカウントでは書けません"), ("よその人", "ほかの自治体のもの")):
        answer = desk.client.post("/admin/sign-in", data={**held, "name": name, "password": WORD})
        page = html.unescape(answer.get_data(as_text=True))
        assert (answer.status_code, said in page, "書いた文。" in page) == (403, True, True)
        assert "Set-Cookie" not in answer.headers
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert desk.client.post(AT, data=held, headers=cross).status_code == 403
    assert desk.client.post("/admin/sign-in", data={**held, "name": "書く人", "password": WORD}, headers=cross).status_code == 403
    for typed in ("[", "[1]", '{"number": 7}', '{"number": ["x"]}'):
        answer = desk.client.post("/admin/sign-in", data={"to": AT, "typed": typed, "name": "書く人", "password": WORD})
        assert answer.status_code in (303, 400), typed


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page_and_does_nothing(office, monkeypatch):
    desk = Desk(office, "書く人")
    desk.save(AT, 説明="新しい説明です。")
    form = {"token": desk.form(AT)["token"]}
    monkeypatch.setattr(staff, "now_here", lambda: datetime.now(UTC) + timedelta(minutes=31))
    answer = desk.client.post("/admin/komae/drafts/1/drop", data=form, headers={"Referer": "http://localhost/admin/komae/drafts/1"})
    assert answer.headers["Location"] == "/admin/sign-in?to=/admin/komae/drafts/1"
    answer = desk.client.post("/admin/sign-in", data={"name": "書く人", "password": WORD, "to": "/admin/komae/drafts/1"}, follow_redirects=True)
    assert "新しい説明です。" in answer.get_data(as_text=True)


def test_a_session_ends_after_a_working_day_however_busy(office, monkeypatch):
    desk, later = Desk(office, "書く人"), timedelta()
    monkeypatch.setattr(staff, "now_here", lambda: datetime.now(UTC) + later)
    codes = []
    for _ in range(28):
        later += timedelta(minutes=20)
        codes.append(desk.get("/admin/").status_code)
    assert codes[:26] == [200] * 26
    assert codes[27] == 303


def test_a_form_without_its_token_or_from_elsewhere_is_refused(office):
    desk = Desk(office, "書く人")
    form = desk.form(AT)
    assert desk.client.post(AT, data={**form, "token": "x"}).status_code == 403
    assert desk.client.post(AT, data={k: v for k, v in form.items() if k != "token"}).status_code == 403
    assert desk.client.post(AT, data=form, headers={"Origin": "https://evil.example"}).status_code == 403
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}):
        assert desk.client.post("/admin/sign-in", data={}, headers=headers).status_code == 403
    for headers in ({"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}):
        assert desk.client.post(AT, data=form, headers=headers).status_code == 303
    assert desk.get(AT).headers["Referrer-Policy"] == "same-origin"


def test_a_form_opened_before_signing_in_anew_comes_back_with_what_was_typed_and_keeps_nothing(office):
    desk = Desk(office, "書く人")
    form = {**desk.form(AT), desk.key(AT, "説明"): ["31分かけて書いた文。"], "token": ["x"]}
    answer = desk.client.post(AT, data=form)
    page = html.unescape(answer.get_data(as_text=True))
    assert (answer.status_code, ">\n31分かけて書いた文。</textarea>" in page, "まだ下書きには残していません" in page) == (403, True, True)
    assert "下書きはありません" in desk.text("/admin/komae/drafts")


@pytest.mark.parametrize(("name", "address", "token", "said"), [
    ("見る人", "/admin/komae/new", None, ("「編集する」か「公開する」の人だけ", "役割は「見る」", "情報システムの担当", "何も変えていません")),
    ("書く人", "/admin/versions/1/roll-back", None, ("「公開する」の人だけ", "役割は「編集する」")),
    ("よその人", "/admin/versions/1/roll-back", None, ("すべての自治体を受けもつ",)),
    ("公開する人", "/admin/komae/drafts/1/drop", None, ("書いた人だけ",)),
    ("書く人", "/admin/komae/drafts/1/hand-in", "x", ("入りなおす前",)),
])
def test_a_refusal_tells_staff_what_happened_and_leads_back(office, name, address, token, said):
    Desk(office, "書く人").save(AT, 説明="新しい説明です。")
    desk = Desk(office, name)
    token = token or re.search(r'name="token" value="(\w+)"', desk.text("/admin/"))[1]
    answer = desk.client.post(address, data={"token": token}, headers={"Referer": "http://localhost/admin/versions"})
    page = html.unescape(answer.get_data(as_text=True))
    assert (answer.status_code, [words for words in said if words not in page]) == (403, [])
    assert '<a class="button main" href="/admin/versions">前の画面にもどる' in page


def test_what_is_not_there_or_comes_from_elsewhere_is_told_in_the_look_of_staff(office):
    gone = "アドレスがちがうか"
    for answer, code, said, leads in (
        (Desk(office, "書く人").get("/admin/komae/programs/nowhere/at/all"), 404, gone, "/admin/sign-in"),
        (Desk(office, "見る人").get("/admin/komae/programs/nowhere"), 404, gone, "/admin/komae/"),
        (office.test_client().post("/admin/sign-in", headers={"Sec-Fetch-Site": "cross-site"}), 403, "ほかのサイト", "/admin/sign-in"),
    ):
        page = answer.get_data(as_text=True)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (code, "no-store")
        assert [words for words in (said, f'<a class="button main" href="{leads}"', "制度の管理") if words not in page] == []


@pytest.mark.parametrize(("name", "address", "code"), [
    ("見る人", AT, 403), ("見る人", "/admin/komae/new", 403), ("書く人", "/admin/versions/1/roll-back", 403),
    ("よその人", AT, 404), ("よその人", "/admin/versions/1/roll-back", 403), ("書く人", "/admin/komae/drafts/1/publish", 403),
])
def test_each_role_may_do_its_own(office, name, address, code):
    desk = Desk(office, name)
    token = re.search(r'name="token" value="(\w+)"', desk.text("/admin/"))[1]
    assert desk.client.post(address, data={"token": token}).status_code == code


def test_whoever_works_for_one_city_sees_no_other(office):
    desk = Desk(office, "よその人")
    assert "狛江市" not in desk.text("/admin/")
    assert desk.get("/admin/komae/").status_code == 404
    with closing(open_store(office.extensions["settings"].store)) as store:
        for who, did, what in (("書く人", "下書き", "13219-komae/x"), ("よその人", "表を送る", "x"), ("書く人", "サインイン", ""),
                               ("公開する人", "公開", "版2 40203-kurume/y"), ("公開する人", "版を戻す", "版1の内容を版3に")):
            note(store, who, did, what, datetime.now(UTC))
    shown = desk.text("/admin/audit")
    assert all(what in shown for what in ("版2 40203-kurume/y", "表を送る", "版1の内容を版3に"))
    assert "komae" not in shown and "書く人" not in shown
    assert "13219-komae/x" in Desk(office, "公開する人").text("/admin/audit")


# --- a draft's way ----------------------------------------------------------------------------------

def test_a_program_is_found_by_its_words(office):
    desk = Desk(office, "書く人")
    name = published(office)[PROGRAM]["name"]
    for sought, there in ((name, True), (f"{name[:2]} ＹＵＲＩＫＡＧＯ", True), ("ない言葉", False)):
        page = desk.text(f"/admin/komae/programs?q={sought}")
        assert (f"/programs/{PROGRAM}" in page) == there, sought
    assert "「ない言葉」のある制度：0" in page


def test_the_form_holds_the_whole_program_and_saving_it_unchanged_changes_nothing(office):
    desk = Desk(office, "書く人")
    for program_id, program in list(published(office).items())[::3]:
        assert desk.client.post(f"/admin/komae/programs/{program_id}", data=desk.form(f"/admin/komae/programs/{program_id}")
                                ).status_code == 303
        assert "公開している内容と同じです" in desk.text(f"/admin/komae/programs/{program_id}"), program["name"]


def test_a_draft_is_previewed_handed_in_and_published_by_somebody_else(office):
    editor, publisher = Desk(office, "書く人"), Desk(office, "公開する人")
    assert editor.save(AT, 電話="０３－３４３０－１１１１", 対象要件="小1からの子").status_code == 303
    page = editor.text(AT)
    assert "電話番号が加わります: 「03-3430-1111」" in page
    assert "当てはまらなくなる例" in page
    assert "新しく当てはまる例" in page
    assert "住民にはこう見えます" in page
    # Its cases no longer hold: they say so, and handing in is refused until they do.
    assert "✕" in page
    assert "まだ間違いがあります" in editor.press("/admin/komae/drafts/1", "hand-in").get_data(as_text=True)
    assert "確かめたので公開する" not in publisher.text("/admin/komae/drafts/1")
    editor.save(AT, 対象要件="\n".join(editor_rows(office)))
    assert "出しました" in editor.press("/admin/komae/drafts/1", "hand-in").get_data(as_text=True)
    assert "版2として公開しました" in publisher.press("/admin/komae/drafts/1", "publish").get_data(as_text=True)
    assert published(office)[PROGRAM]["contact"]["phone"] == "03-3430-1111"
    assert "03-3430-1111" in office.test_client().get(f"/komae/programs/{PROGRAM}").get_data(as_text=True)
    with closing(open_store(office.extensions["settings"].store)) as store:
        assert history(store)[0].who == "書く人、公開する人"
        assert [line.did for line in audit(store)][:2] == ["公開", "出す"]


def test_a_preview_shows_what_was_typed_and_keeps_nothing(office):
    desk = Desk(office, "書く人")
    form = desk.form(AT)
    form[desk.key(AT, "対象要件")], form[desk.key(AT, "確認日")] = ["小1からの子"], ["あした"]
    page = html.unescape(desk.client.post(f"{AT}/preview", data=form).get_data(as_text=True))
    shown = page[page.index('id="preview"'):]
    assert "「あした」は日付として読めません" in shown
    assert "当てはまらなくなる例" in shown
    assert re.search('class="bad".*のはずが', shown)
    assert not re.search("likely|check", re.sub("<[^>]+>", "", shown)), "standings are told in words"
    assert ">\n小1からの子</textarea>" in page
    assert "下書きはありません" in desk.text("/admin/komae/drafts")


def test_a_form_sent_again_after_a_mistake_still_knows_what_it_was_opened_with(office):
    first, second, publisher = Desk(office, "書く人"), Desk(office, "もう一人"), Desk(office, "公開する人")
    form = second.form(AT)
    form[second.key(AT, "説明")], form[second.key(AT, "確認日")] = ["二人目の説明です。"], ["あした"]
    first.save(AT, 説明="一人目の説明です。")
    first.press("/admin/komae/drafts/1", "hand-in")
    publisher.press("/admin/komae/drafts/1", "publish")
    page = second.client.post(AT, data=form).get_data(as_text=True)
    form["number"], form[second.key(AT, "確認日")] = re.search(r'name="number" value="(\d+)"', page)[1], ["2026-11-21"]
    second.client.post(AT, data=form)
    page = second.text("/admin/komae/drafts/2")
    assert "二人が同じところを変えました" in page
    assert "一人目の説明です。" in page


def editor_rows(office):
    return [write_row(a) for a in published(office)[PROGRAM].get("eligible", [])]


def test_nobody_publishes_their_own_draft(office):
    desk = Desk(office, "公開する人")
    desk.save(AT, 電話="03-3430-1111")
    desk.press("/admin/komae/drafts/1", "hand-in")
    assert "確かめたので公開する" not in desk.text("/admin/komae/drafts/1")
    token = desk.form(AT)["token"]
    answer = desk.client.post("/admin/komae/drafts/1/publish", data={"token": token}, follow_redirects=True)
    assert "自分の下書きは公開できません" in answer.get_data(as_text=True)


def test_what_cannot_be_read_is_told_beside_the_field_and_nothing_typed_is_lost(office):
    desk = Desk(office, "書く人")
    answer = desk.save(AT, 対象要件="ひとりおや", 説明="新しい説明です。")
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert "「ひとりおや」は条件として読めません" in page
    assert ">\nひとりおや</textarea>" in page
    assert ">\n新しい説明です。</textarea>" in page


def test_two_people_change_different_things_and_both_are_kept(office):
    first, second, publisher = Desk(office, "書く人"), Desk(office, "もう一人"), Desk(office, "公開する人")
    first.save(AT, 電話="03-3430-1111")
    second.save(AT, 説明="二人目の説明です。")
    assert "書く人さんも、この下書きを書いています" in second.text(AT)
    for desk, number in ((first, 1), (second, 2)):
        desk.press(f"/admin/komae/drafts/{number}", "hand-in")
        publisher.press(f"/admin/komae/drafts/{number}", "publish")
    after = published(office)[PROGRAM]
    assert (after["contact"]["phone"], after["text"]["ja"]) == ("03-3430-1111", "二人目の説明です。")


def test_two_people_change_the_same_the_second_sees_it_and_loses_nothing(office):
    first, second, publisher = Desk(office, "書く人"), Desk(office, "もう一人"), Desk(office, "公開する人")
    first.save(AT, 説明="一人目の説明です。")
    second.save(AT, 説明="二人目の説明です。", 電話="03-3430-1111")
    first.press("/admin/komae/drafts/1", "hand-in")
    publisher.press("/admin/komae/drafts/1", "publish")
    page = second.text("/admin/komae/drafts/2")
    assert "二人が同じところを変えました" in page
    assert "一人目の説明です。" in page
    assert "二人目の説明です。" in page
    assert "ぶつかっています" in second.press("/admin/komae/drafts/2", "hand-in").get_data(as_text=True)
    second.press("/admin/komae/drafts/2", "join")
    second.press("/admin/komae/drafts/2", "hand-in")
    publisher.press("/admin/komae/drafts/2", "publish")
    after = published(office)[PROGRAM]
    assert (after["text"]["ja"], after["contact"]["phone"]) == ("二人目の説明です。", "03-3430-1111")


def test_a_draft_that_changed_while_it_was_looked_at_is_not_published(office):
    editor, publisher = Desk(office, "書く人"), Desk(office, "公開する人")
    editor.save(AT, 電話="03-3430-1111")
    editor.press("/admin/komae/drafts/1", "hand-in")
    token = publisher.form(AT)["token"]
    answer = publisher.client.post("/admin/komae/drafts/1/publish", data={"token": token, "seen": "before"}, follow_redirects=True)
    assert "下書きが変わりました" in answer.get_data(as_text=True)
    assert "phone" not in published(office)[PROGRAM]["contact"]


def test_a_new_program_says_what_is_missing_and_a_removed_one_goes(office):
    editor, publisher = Desk(office, "書く人"), Desk(office, "公開する人")
    editor.save("/admin/komae/programs/atarashii", 制度名="新しい制度")
    assert "必要な項目がありません" in editor.text("/admin/komae/programs/atarashii")
    editor.press(AT, "remove")
    editor.press("/admin/komae/drafts/2", "hand-in")
    publisher.press("/admin/komae/drafts/2", "publish")
    assert PROGRAM not in published(office)
    assert office.test_client().get(f"/komae/programs/{PROGRAM}").status_code == 404


def test_a_department_goes_the_same_way(office):
    editor, publisher, at = Desk(office, "書く人"), Desk(office, "公開する人"), "/admin/komae/departments/tanpopo-hiroba"
    editor.save(at, 電話番号="3-5438-6605")
    editor.save(at, 電話番号="354386605")
    assert "0 で始まっていません" in editor.text(at)
    assert "まだ間違いがあります" in editor.press("/admin/komae/drafts/1", "hand-in").get_data(as_text=True)
    editor.save(at, 電話番号="03-5438-9999", 時間="月〜金 9:00〜17:00", 確認日="2026-11-22")
    page = editor.text(at)
    assert "電話番号が変わります: 「03-5438-6605」 → 「03-5438-9999」" in page
    editor.press("/admin/komae/drafts/1", "hand-in")
    assert "版2として公開しました" in publisher.press("/admin/komae/drafts/1", "publish").get_data(as_text=True)
    assert "03-5438-9999" in office.test_client().get("/komae/contacts").get_data(as_text=True)
    editor.press(at, "remove")
    assert "の担当課です。先に、その制度の担当課を変えてください" in editor.text("/admin/komae/drafts/2")
    assert "まだ間違いがあります" in editor.press("/admin/komae/drafts/2", "hand-in").get_data(as_text=True)


def test_one_click_goes_back_to_an_earlier_version(office):
    editor, publisher = Desk(office, "書く人"), Desk(office, "公開する人")
    before = published(office)
    editor.save(AT, 電話="03-3430-1111")
    editor.press("/admin/komae/drafts/1", "hand-in")
    publisher.press("/admin/komae/drafts/1", "publish")
    assert "電話番号がなくなります" in publisher.text("/admin/versions/1")
    assert "版3として公開しました" in publisher.press("/admin/versions/1", "roll-back").get_data(as_text=True)
    assert published(office) == before


def test_the_start_page_says_what_needs_care(office):
    page = Desk(office, "見る人").text("/admin/komae/")
    assert "担当課も電話も分かっていません" in page
    assert "日付のない事実です" in page
    assert "見つからなかった言葉" in page


def test_the_start_page_says_whose_translation_fell_behind(office):
    editor, publisher = Desk(office, "書く人"), Desk(office, "公開する人")
    editor.save(AT, 説明="日本語だけ新しくしました。")
    editor.press("/admin/komae/drafts/1", "hand-in")
    publisher.press("/admin/komae/drafts/1", "publish")
    assert "日本語だけが変わり、訳が前のままです（2）" in editor.text("/admin/komae/")


def test_the_counts_are_plots_with_tables_beside_them_and_csv(office):
    desk, counts, day = Desk(office, "見る人"), office.extensions["counts"], datetime(2026, 11, 20).date()
    for _ in range(7):
        counts.add(day, "resident", "komae", "opened", [PROGRAM])
    counts.add(day, "kiosk", "komae", "opened", [PROGRAM])
    counts.add(day, "resident", "komae", "empty")
    counts.add(day, "resident", "komae", "skipped", ["low_income"] * 6)
    counts.write(0, at_once=True)
    page = desk.text("/admin/komae/counts?days=7")
    assert "<title>11月20日：7</title>" in page
    assert '<th scope="row">住民のページ</th><td>7</td>' in page
    assert '<th scope="row">キオスク</th><td>5未満</td>' in page
    assert f'<th scope="row">{published(office)[PROGRAM]["name"]}</th><td>7</td>' in page
    assert "low_income" not in page, "a question is named by its words"
    rows = desk.get("/admin/komae/counts?days=7&as=csv").data.decode("utf-8-sig").splitlines()
    assert f"2026-11-20,resident,komae,くわしく開いた,{PROGRAM},7" in rows
    assert "2026-11-20,resident,komae,一覧が空だった,,5未満" in rows


def test_whatever_changes_something_writes_an_audit_line():
    """Read in the sources: a view that is posted to writes a line itself, or a function that it calls does."""
    calls, posted = {}, set()
    for path in (ROOT / "finder" / "faces" / "admin").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                calls[node.name] = {c.func.id for c in ast.walk(node) if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)}
                if any(isinstance(d, ast.Call) and ast.unparse(d).startswith("admin.post") for d in node.decorator_list):
                    posted.add(node.name)

    def writes(name, seen=frozenset()):
        return name in ("write_audit", "note") or (name not in seen and any(writes(c, seen | {name}) for c in calls.get(name, ())))
    assert {name for name in posted if not writes(name)} == {"new", "sign_out"}, "which change nothing that is kept true"
    assert len(posted) > 15


def test_every_page_has_a_title_one_heading_and_labelled_fields(office):
    desk = Desk(office, "公開する人")
    desk.save(AT, 電話="03-3430-1111")
    for address in ("/admin/sign-in", "/admin/", "/admin/komae/", "/admin/komae/programs", AT, "/admin/komae/drafts/1",
                    "/admin/komae/departments", "/admin/komae/departments/tanpopo-hiroba", "/admin/versions", "/admin/versions/1",
                    "/admin/audit", "/admin/komae/counts", "/admin/komae/tables", "/admin/komae/plans",
                    "/admin/komae/drafts"):
        page = desk.text(address)
        assert len(re.findall("<h1", page)) == 1, address
        assert re.search("<title>[^｜]+｜", page), address
        labelled = set(re.findall(r'<label for="(\w+)"', page))
        fields = set(re.findall(r'<(?:input|textarea|select) id="(\w+)"', page))
        assert fields <= labelled, address
        assert "style=" not in page
        assert [s.partition('?')[0] for s in re.findall('<script.*?>', page)] in ([], ['<script src="/static/admin.js']), address
