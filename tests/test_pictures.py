"""Every language on a phone: the first page, a question, the list; nothing wider than the screen."""

import pytest
from conftest import PICTURES

from finder.languages import LANGUAGES

pytestmark = pytest.mark.browser
CITY = "/kurume"


@pytest.fixture
def phone(browser, live):
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP", base_url=live)
    yield context.new_page()
    context.close()


def too_wide(page):
    """What stands out of the screen: long words, buttons, chips."""
    return page.evaluate("""() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.hidden-words')
      && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 40))
      .concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [])""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fits_a_phone(phone, language):
    phone.goto(f"{CITY}/")
    phone.locator(".languages summary").click()
    assert too_wide(phone) == []
    phone.screenshot(path=PICTURES / f"language-{language}-0-switch.png")
    phone.get_by_role("link", name=LANGUAGES[language].name, exact=True).click()
    assert phone.locator("html").get_attribute("lang") == LANGUAGES[language].tag
    for place, path in enumerate(("", "ask/needs", "ask/children", "ask/single_parent", "answers"), 1):
        phone.goto(f"{CITY}/{path}")
        assert too_wide(phone) == []
        phone.screenshot(path=PICTURES / f"language-{language}-{place}.png", full_page=True)
    phone.goto(f"{CITY}/ask/children")
    phone.select_option("#p0-age", "grade:小2")
    phone.locator("button[value=next]").click()
    phone.goto(f"{CITY}/ask/single_parent")
    phone.locator("button.choice").first.click()
    for place, path in enumerate(("results", "chat", "contacts", "programs/jido-fuyo-teate", "about", "sheet"), 6):
        phone.goto(f"{CITY}/{path}" if path != "about" else "/about")
        if path == "results":
            phone.locator(".card summary").first.click()
        assert too_wide(phone) == []
        phone.screenshot(path=PICTURES / f"language-{language}-{place}.png", full_page=True)


@pytest.mark.parametrize(("language", "furigana"), [("easy", "on"), ("vi", "off")])
def test_letters_of_twice_the_size_scroll_no_page_sideways_on_a_phone(phone, live, language, furigana):
    """WCAG 1.4.4: text alone at 200 %, as Android and some browsers enlarge it."""
    phone.context.add_cookies([{"name": n, "value": v, "url": live} for n, v in (("language", language), ("furigana", furigana))])
    wrong = []

    def look(path=""):
        if path:
            phone.goto(path)
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        phone.evaluate("document.querySelectorAll('main details').forEach(e => { e.open = true })")
        wrong.extend(f"{phone.url}: {one}" for one in too_wide(phone))

    for path in ("", "ask/needs", "ask/children", "ask/single_parent", "contacts", "accuracy", "mylist#p=jido-fuyo-teate,jido-teate"):
        look(f"{CITY}/{path}")
    phone.goto(f"{CITY}/ask/children")
    phone.select_option("#p0-age", "grade:小2")
    phone.locator("button[value=next]").click()
    phone.goto(f"{CITY}/")
    phone.fill("#said", "夫に殴られています。お金も心配")
    with phone.expect_navigation():
        phone.locator("form:has(#said) button").first.click()
    look()
    for path in ("results", "programs/jido-fuyo-teate", "timeline", "answers", "sheet"):
        look(f"{CITY}/{path}")
    for path in ("/about", "/calendar"):
        look(path)
    assert wrong == []
