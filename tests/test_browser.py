"""What people see: the whole way in a real browser, with and without JavaScript, by thumb and by keyboard.

Pictures of every page are left in artefacts/, to be looked at.
"""

import pytest
from conftest import PICTURES, faint_words, fits

pytestmark = pytest.mark.browser

def test_the_whole_way(page):
    page.goto("/")
    page.picture("1-home")
    page.get_by_role("link", name="久留米市").click()
    page.picture("2-start")
    fits(page)
    page.get_by_role("link", name="書かずに、えらんで答える").click()
    page.get_by_label("お金・生活費").check()
    page.picture("3-needs")
    fits(page)
    page.get_by_role("button", name="つぎへ").click()
    page.select_option("#p0-age", "age_years:3")
    page.get_by_role("button", name="お子さんをもう一人入れる").click()
    page.select_option("#p1-age", "grade:小2")
    page.picture("4-children")
    fits(page)
    page.get_by_role("button", name="つぎへ").click()
    page.picture("5-question")
    fits(page)
    page.goto("/kurume/ask/single_parent?back=results")
    page.picture("6-single-parent")
    page.get_by_role("button", name="はい").click()
    page.picture("7-results")
    fits(page)
    assert page.locator(".card h3").first.is_visible()
    page.locator("#jido-fuyo-teate summary").click()
    assert page.locator("#jido-fuyo-teate blockquote").is_visible()
    page.picture("8-open-card")
    fits(page)
    page.go_back()
    page.go_forward()
    page.reload()
    assert page.locator("#jido-fuyo-teate").count() == 1
    page.goto("/kurume/answers")
    page.picture("9-answers")
    page.goto("/kurume/sheet")
    page.picture("10-sheet")
    page.goto("/kurume/contacts")
    page.picture("11-contacts")
    fits(page)
    page.goto("/kurume/programs/jido-fuyo-teate")
    page.picture("12-program")
    page.get_by_role("button", name="消して終わる").click()
    page.picture("13-ended")
    page.goto("/kurume/answers")
    assert page.get_by_text("まだ答えていません").count() >= 5


def test_danger_is_on_the_first_screen(page):
    page.goto("/kurume/")
    page.fill("#said", "夫に殴られています。3歳の子がいます")
    page.get_by_role("button", name="さがす").click()
    page.picture("14-danger")
    top = page.locator(".danger").bounding_box()["y"]
    assert top < page.viewport_size["height"] / 3
    assert page.locator(".danger a[href^='tel:']").count() >= 1
    fits(page)


def test_a_sentence_that_is_not_for_us_gets_the_way_on(page):
    page.goto("/kurume/")
    page.fill("#said", "ごみの日を教えて")
    page.get_by_role("button", name="さがす").click()
    page.picture("15-out-of-scope")
    assert page.get_by_text("案内できません").is_visible()


def test_the_first_result_is_on_a_phones_first_screen(browser, live):
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live, locale="ja-JP")
    page = context.new_page()
    page.goto("/kurume/")
    page.fill("#said", "小2の子のシングルマザーです。お金が心配")
    page.get_by_role("button", name="さがす").click()
    box = page.locator(".card h3").first.bounding_box()
    assert box["y"] + box["height"] < 740
    context.close()


def test_the_keyboard_alone_is_enough(browser, live):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=live, locale="ja-JP")
    page = context.new_page()
    page.goto("/kurume/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "said":
            break
    page.keyboard.type("3歳の子 一時預かり")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat#now")
    assert page.locator("#reply").inner_text().startswith("まず見てほしい支援")
    context.close()


def test_the_sheet_prints_on_a4(browser, live, tmp_path):
    context = browser.new_context(base_url=live, locale="ja-JP")
    page = context.new_page()
    page.goto("/kurume/")
    page.fill("#said", "小2の子のシングルマザーです")
    page.get_by_role("button", name="さがす").click()
    page.get_by_role("link", name="くわしい理由を見る").click()
    page.get_by_role("link", name="印刷する一覧").click()
    page.emulate_media(media="print")
    page.screenshot(path=PICTURES / "print-sheet.png", full_page=True)
    page.pdf(path=PICTURES / "print-sheet.pdf", prefer_css_page_size=True)
    assert (PICTURES / "print-sheet.pdf").stat().st_size > 5000
    assert not page.locator(".top").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser, live, scheme):
    """Contrast of every visible text is at least 4.5:1 (JIS X 8341-3 / WCAG AA)."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live, locale="ja-JP", color_scheme=scheme)
    page = context.new_page()
    page.goto("/kurume/")
    page.fill("#said", "死にたい。小2の子のシングルマザーです")
    page.get_by_role("button", name="さがす").click()
    page.screenshot(path=PICTURES / f"phone-{scheme}-results.png", full_page=True)
    assert faint_words(page) == []
    context.close()


def test_a_pressed_number_is_counted_and_no_cookie_goes_along(browser, live):
    context = browser.new_context(base_url=live, locale="ja-JP")
    page = context.new_page()
    page.goto("/kurume/")
    page.fill("#said", "小2の子のシングルマザーです")
    page.get_by_role("button", name="さがす").click()
    page.goto("/kurume/programs/jido-fuyo-teate")
    assert context.cookies()
    with page.expect_request("**/kurume/called") as sent:
        page.locator("main a.call").first.click()
    assert sent.value.post_data == "jido-fuyo-teate"
    assert not {"cookie", "referer"} & set(sent.value.all_headers())
    assert sent.value.response().status == 204
    context.close()
