"""The pages and states that are looked at for accessibility, and what is looked for in each.

`walk_everywhere` goes through every page of every face once; `Walk.look` runs axe-core and our own
checks on the page as it stands, and remembers what it found.  Nothing is left out of what axe-core finds.
"""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pyotp
from conftest import faint_words
from flask import Flask
from werkzeug.exceptions import HTTPException

from finder.faces import kiosk
from finder.languages import LANGUAGES
from finder.store import open_store
from finder.store.accounts import add_account
from finder.store.sessions import begin_session

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK, SCREEN = (360, 740), (1280, 800), (1080, 1920)
MANY = ("ja", "easy", "en", "ne", "zh-Hans")       # in which the main pages are walked; one page is, in all nine
WORD = "a long enough 合言葉"

# One h1, one main, words in the right language, errors tied to their fields: what axe-core does not ask for.
OURS = """() => {
  const wrong = [], seen = e => e.checkVisibility({ visibilityProperty: true });
  const count = (s) => [...document.querySelectorAll(s)].filter(seen).length;
  if (count('h1') !== 1) wrong.push(`${count('h1')} h1`);
  if (count('main') !== 1) wrong.push(`${count('main')} main`);
  if (!document.title.trim()) wrong.push('no title');
  const here = document.documentElement.lang, letters = { ja: /[\\u3041-\\u30fa]/, ko: /[\\uac00-\\ud7a3]/, ne: /[\\u0904-\\u0939]/ };
  // A Japanese name inside an English sentence needs no mark of its own (WCAG 3.1.2).
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const at = words.currentNode.parentElement, said = words.currentNode.data.trim();
    if (!said || !seen(at) || at.closest('script, [data-plain], textarea')) continue;
    const lang = at.closest('[lang]').lang;
    for (const [tag, own] of Object.entries(letters))
      if (own.test(said) && !lang.startsWith(tag) && !/([A-Za-z]+[ ,.]+){3}/.test(said))
        wrong.push(`${tag} words marked ${lang}: ${said.slice(0, 30)}`);
    if (here === 'ja' && lang === 'ja' && /[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}/.test(said) && !/[\\u3041-\\u9fff]/.test(said))
      wrong.push(`English words marked ja: ${said.slice(0, 30)}`);
  }
  for (const e of document.querySelectorAll('[aria-invalid=true]')) {
    const of = (e.getAttribute('aria-describedby') || '').split(' ').map(id => document.getElementById(id));
    if (!of.some(one => one && seen(one) && one.textContent.trim())) wrong.push(`an error that is not tied: ${e.id}`);
  }
  if (count('p.wrong, #wrong') && !document.querySelector('[aria-invalid=true]')) wrong.push('an error without its field');
  return wrong }"""

# WCAG 1.4.12, as a reader's own style sheet would set it; and what then is cut off.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
CUT = """() => {
  const wrong = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility({ visibilityProperty: true }) || e.closest('.hidden-words, svg, rt')
      || e.matches('select, input, textarea, option')) continue;
    const how = getComputedStyle(e);
    if (e.matches('.entry .about')) continue;      // a row of the counter's list tells the rest when it is opened, beside it
    if (how.overflowX !== 'visible' && !/auto|scroll/.test(how.overflowX) && e.scrollWidth > e.clientWidth + 1)
      wrong.push('cut at the side: ' + e.className);
    if (how.overflowY !== 'visible' && !/auto|scroll/.test(how.overflowY) && e.scrollHeight > e.clientHeight + 1)
      wrong.push('cut below: ' + e.className);
    if (e.matches('button, .button, .choice, .tile, .chip, .badge, .call, .press')
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2))
      wrong.push(`words stand out of ${e.className}: ${e.textContent.trim().slice(0, 20)}`);
  }
  return [...new Set(wrong)] }"""
# WCAG 1.4.10: at 400 % a screen of 1280×1024 is 320×256; only tables may be wider.
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [`scrolls sideways: ${document.documentElement.scrollWidth}`,
  ...[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
  .slice(-3).map(e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 20)}`)]"""

# What a thumb touches on a phone; links inside a sentence are as high as its line, which axe-core looks at.
SMALL = """() => [...document.querySelectorAll(`main :is(button, select, textarea, summary, .button, .choice, .tile, .call, .chip > a),
  .top :is(button, summary, .furigana)`)]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().height < 43.5)
  .map(e => `${Math.round(e.getBoundingClientRect().height)} px: ${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 20)}`)"""


@dataclass
class Walk:
    """One browser page on its way through the application, and what was found on it."""

    page: Any
    app: Flask
    axe: str
    states: list[str] = field(default_factory=list)
    titles: dict[str, set[str]] = field(default_factory=dict)      # of each face in Japanese: title -> the addresses that have it
    routes: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)      # what axe-core could not decide
    ours: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    engine: str = ""
    rules: int = 0

    def go(self, path: str, name: str = "") -> None:
        """Open an address and look at it; the state is named after the address where it has no name."""
        self.page.goto(path)
        self.look(name or path)

    def look(self, name: str) -> None:
        """Check the page as it stands now."""
        assert name not in self.states, name
        page = self.page
        page.wait_for_load_state()       # a click ends when the answer begins to come
        self.states.append(name)
        self.routes.add(self.rule())
        size = page.viewport_size
        # The bars at the lower edge stand at the end of the page meanwhile: what they hide while one scrolls is the keyboard test's to see.
        bars = page.add_style_tag(content=".write, .tools { position: static !important; }")
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(self.axe)
        found = page.evaluate("""async tags => {
          const found = await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'] });
          const brief = list => list.flatMap(r => r.nodes.map(n =>
            [r.id, n.target.join(' '), n.html.slice(0, 160), n.failureSummary.slice(0, 300)]));
          return { violations: brief(found.violations), incomplete: brief(found.incomplete), engine: found.testEngine.version,
            rules: axe.getRules(tags).length, title: document.title, lang: document.documentElement.lang } }""", TAGS)
        self.engine, self.rules = found["engine"], found["rules"]
        self.violations += [f"{name}: {' | '.join(one)}" for one in found["violations"]]
        # Contrast that axe-core could not settle (a lone sign, furigana, a bar above) is settled by our own reckoning.
        self.unsure += [f"{name}: {' | '.join(one)}" for one in found["incomplete"] if one[0] != "color-contrast"]
        self.ours += [f"{name}: faint: {one}" for one in faint_words(page)]
        if found["lang"] == "ja":
            self.titles.setdefault(found["title"], set()).add(urlsplit(page.url).path)
        self.ours += [f"{name}: {one}" for one in page.evaluate(OURS)]
        bars.evaluate("e => e.remove()")
        if (size["width"], size["height"]) == PHONE:
            self.small += [f"{name}: {one}" for one in page.evaluate(SMALL)]
        sheet = page.add_style_tag(content=SPACED)
        self.cut += [f"{name}: {one}" for one in page.evaluate(CUT)]
        sheet.evaluate("e => e.remove()")
        page.set_viewport_size({"width": 320, "height": 256})
        self.sideways += [f"{name}: {one}" for one in page.evaluate(SIDEWAYS)]
        page.set_viewport_size(size)

    def rule(self) -> str:
        """Return the route of the page that is shown, as it stands in the map of routes."""
        adapter = self.app.url_map.bind("localhost")
        for method in ("GET", "POST"):
            try:
                return str(adapter.match(urlsplit(self.page.url).path, method=method, return_rule=True)[0].rule)
            except HTTPException:
                pass
        return "(no route)"

    def size(self, size: tuple[int, int]) -> None:
        """Give the screen another size."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def speak(self, language: str, **more: str) -> None:
        """Forget all cookies and begin in a language."""
        context = self.page.context
        context.clear_cookies()
        context.add_cookies([{"name": k, "value": v, "url": context.base} for k, v in {"language": language, **more}.items()])

    def say(self, words: str) -> None:
        """Write a sentence on the first page and send it."""
        self.page.goto("/kurume/")
        self.page.fill("#said", words)
        self.page.locator("form:has(#said) button").first.click()
        self.page.wait_for_url("**/chat*")


def walk_everywhere(walk: Walk) -> None:
    """Go through every face."""
    walk.size(PHONE)
    walk_resident(walk)
    walk_languages(walk)
    walk_kiosk(walk)
    walk_counter(walk)
    walk_admin(walk)


def family(page: Any) -> None:
    """Tell of a child and of being alone with it, by choosing."""
    page.goto("/kurume/ask/children")
    page.select_option("#p0-age", "grade:小2")
    page.locator("button[value=next]").click()
    page.goto("/kurume/ask/single_parent")
    page.locator("button.choice").first.click()


def unfold(page: Any, most: int = 3) -> None:
    """Unfold the first of what is folded."""
    page.evaluate("most => [...document.querySelectorAll('main details')].slice(0, most).forEach(e => { e.open = true })", most)


def walk_resident(walk: Walk) -> None:
    page = walk.page
    walk.speak("ja")
    for path in ("/", "/about", "/accessibility", "/calendar", "/kurume/", "/kurume/chat", "/kurume/results", "/kurume/programs",
                 "/kurume/contacts", "/kurume/accuracy", "/kurume/report", "/kurume/report?program=jido-fuyo-teate",
                 "/kurume/report/thanks?program=jido-fuyo-teate", "/kurume/answers", "/kurume/sheet", "/kurume/mylist", "/kurume/timeline",
                 "/kurume/open-data/",
                 "/kurume/offline",
                 "/kurume/needs/money", "/kurume/departments/kodomo-seisaku", "/kurume/ask/needs",
                 "/kurume/ask/children", "/kurume/ask/self", "/kurume/ask/single_parent", "/kurume/programs/jido-fuyo-teate"):
        walk.go(path)
    page.goto("/kurume/report")
    page.locator("#program").evaluate("e => { e.required = false }")
    page.locator("button.choice").first.click()
    walk.look("a report without its program")
    walk.go("/nowhere/", "an address that is not there")
    page.goto("/kurume/")
    page.locator(".languages summary").click()
    walk.look("the languages unfolded")
    wrong_children(walk, "ja")
    walk.say("ごみの日を教えて")
    walk.look("a sentence that is not for us")
    walk.say("小2の子のシングルマザーです。お金が心配")
    walk.look("the talk with programs")
    family(page)
    walk.go("/kurume/results", "results of a family")
    unfold(page)
    walk.look("results of a family, unfolded")
    walk.go("/kurume/timeline", "timetable of a family")
    unfold(page, 99)
    walk.look("timetable of a family, all unfolded")
    page.evaluate("document.querySelectorAll('[name=program]').forEach(e => { e.checked = false })")
    page.locator("form[action$='timeline.ics'] .button.main").click()
    walk.look("timetable, a file of nothing")
    walk.go("/kurume/timeline?paper=postcard", "timetable as a postcard")
    walk.go("/kurume/answers", "answers of a family")
    walk.go("/kurume/sheet", "sheet of a family")
    walk.go("/kurume/at-counter", "a code for the counter")
    page.locator("[name=answers]").check()
    page.locator("form[action$='at-counter'] .button.main").click()
    walk.look("a code for the counter with answers")
    walk.go("/kurume/programs/jido-fuyo-teate", "a program for a family")
    walk.go("/kurume/mylist#p=jido-fuyo-teate,jido-teate,no-such-program", "a list with programs")
    page.locator("#counter").click()
    walk.look("a list as a code for the counter")
    page.locator("#clear").click()
    walk.look("a list made empty")
    page.goto("/kurume/ask/children")
    page.context.set_offline(True)
    page.locator("form:has(#p0-age) .button.main").click()
    walk.look("a form without a line")
    page.context.set_offline(False)
    walk.say("夫に殴られています。死にたい")
    unfold(page)
    walk.look("danger")
    walk.go("/kurume/results", "results in danger")
    page.emulate_media(color_scheme="dark")
    for path in ("/kurume/chat", "/kurume/results", "/kurume/", "/kurume/ask/needs", "/kurume/timeline", "/kurume/contacts",
                 "/kurume/programs/jido-fuyo-teate"):
        walk.go(path, f"{path} at night")
    page.emulate_media(color_scheme="light", forced_colors="active")
    walk.go("/kurume/results", "results in the reader's own colours")
    page.emulate_media(forced_colors="none")
    walk.speak("ja", furigana="on")
    walk.go("/kurume/", "start with furigana")
    family(page)
    for path in ("/kurume/results", "/kurume/timeline", "/kurume/ask/needs", "/kurume/chat"):
        walk.go(path, f"{path} with furigana")
    page.locator(".end").click()
    walk.look("everything cleared")


def wrong_children(walk: Walk, language: str) -> None:
    """Send a form that cannot be read."""
    page = walk.page
    page.goto("/kurume/ask/children")
    page.locator("details:not(.languages) summary").first.click()
    page.select_option("#p0-month", "5")
    page.locator("button[value=next]").click()
    walk.look(f"a wrong form in {language}")


def walk_languages(walk: Walk) -> None:
    page = walk.page
    for language in LANGUAGES:
        walk.speak(language)
        walk.go("/kurume/", f"start in {language}")
        if language not in MANY or language == "ja":
            continue
        more = ("/about", "/kurume/programs", "/kurume/sheet", "/kurume/answers") if language == "en" else ()
        for path in ("/accessibility", "/kurume/accuracy", "/kurume/report?program=jido-fuyo-teate", "/kurume/chat", "/kurume/ask/children",
                     "/kurume/ask/needs", "/kurume/contacts"):
            walk.go(path, f"{path} in {language}")
        family(page)
        for path in ("/kurume/results", "/kurume/timeline", "/kurume/programs/jido-fuyo-teate", *more):
            page.goto(path)
            unfold(page)
            walk.look(f"{path} in {language}")
        page.goto("/kurume/ask/needs")
        page.locator("[value=dv]").check()
        page.locator("main form button.main").click()
        walk.go("/kurume/results", f"danger in {language}")
    walk.speak("en")
    walk.go("/kurume/mylist#p=jido-fuyo-teate", "a list in English")
    wrong_children(walk, "en")


def walk_kiosk(walk: Walk) -> None:
    page = walk.page
    walk.size(SCREEN)
    walk.speak("ja")
    page.route("**/kiosk/health", lambda route: route.abort())
    page.goto(f"data:text/html,<a href='{page.context.base}/kiosk/kurume/'>x</a>")
    page.locator("a").click()
    walk.look("kiosk, opened by a link of another site")
    walk.go("/kiosk/kurume/away", "kiosk, when the server is away")
    walk.go("/kiosk/kurume/", "kiosk, its beginning")
    for path in ("/kurume/", "/kurume/ask/needs", "/kurume/ask/children", "/kurume/contacts"):
        walk.go(path, f"kiosk, {path}")
    page.goto("/kurume/")
    page.locator("#said").click()
    walk.look("kiosk, the kana")
    family(page)
    for path in ("/kurume/chat", "/kurume/timeline", "/about", "/accessibility", "/kurume/accuracy", "/kurume/report",
                 "/kurume/programs/jido-fuyo-teate"):
        walk.go(path, f"kiosk, {path}")
    page.goto("/kurume/results")
    unfold(page)
    walk.look("kiosk, results unfolded")
    page.locator("#contrast").click()
    walk.look("kiosk, results in strong colours")
    page.locator("#size").click()
    page.locator("#size").click()
    walk.look("kiosk, results in the largest letters")
    kept = kiosk.IDLE, kiosk.COUNTDOWN
    kiosk.IDLE, kiosk.COUNTDOWN = 0, 600
    page.goto("/kurume/results")
    page.locator("#still-there").wait_for()
    kiosk.IDLE, kiosk.COUNTDOWN = kept
    walk.look("kiosk, is someone still there?")


def walk_counter(walk: Walk) -> None:
    page = walk.page
    walk.size(DESK)
    walk.speak("ja")

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_selector("#desk:not([aria-busy])")

    walk.go("/kurume/counter", "counter, empty")
    press("c")
    page.keyboard.type("3 小2 太郎 ")
    page.wait_for_selector("#children-read .unread")
    walk.look("counter, children that cannot be read")
    page.fill("#children", "3 小2")
    press("Enter", "y", "ArrowDown", "x", "t")
    walk.look("counter, a family")
    press("k", "s", "Escape", "m")
    walk.look("counter, what if")
    page.emulate_media(color_scheme="dark")
    walk.look("counter at night")
    page.emulate_media(color_scheme="light")
    press("m", "b")
    walk.look("counter, by department")
    press("b", "i")
    walk.look("counter, what comes")
    page.keyboard.press("?")
    walk.look("counter, its keys")
    walk.go("/kurume/counter/timeline", "counter, the paper of what comes")
    walk.go("/kurume/counter/paper", "counter, the paper")
    walk.go("/kurume/counter/paper?form=receipt", "counter, the receipt")
    settings = walk.app.extensions["settings"]
    walk.app.extensions["settings"] = replace(settings, counter="accounts")
    walk.go("/kurume/counter/sign-in", "counter, signing in")
    page.fill("[name=name]", "aoki")
    page.fill("[name=password]", "a wrong password")
    page.keyboard.press("Enter")
    page.locator("[aria-invalid=true]").first.wait_for()
    walk.look("counter, not let in")
    come_in_for_the_first_time(walk, "counter, the first time", "/kurume/counter/sign-in", "初めての窓口の人")
    walk.app.extensions["settings"] = settings


def come_in_for_the_first_time(walk: Walk, name: str, door: str, who: str) -> None:
    """Sign in where a second factor is required, with a password that somebody else chose; look at each question, and at a wrong answer."""
    page, settings = walk.page, walk.app.extensions["settings"]
    walk.app.extensions["settings"] = replace(settings, second_factor="required")
    with closing(open_store(settings.store)) as store:
        add_account(store, who, "viewer", WORD, handed_out=True)
    page.goto(door)
    page.fill("#name", who)
    page.fill("#password", WORD)
    page.locator("main form button").first.click()
    page.locator("#new").wait_for()
    walk.look(f"{name}: a password of one's own")
    for new, again in (("short", "short"), ("another long 合言葉です",) * 2):
        page.fill("#new", new)
        page.fill("#again", again)
        page.locator("main form button").first.click()
        page.locator("#new[aria-invalid=true], .key").wait_for()
        walk.look(f"{name}: {'a key' if new == again != 'short' else 'a password that is not taken'}")
    key = "".join(page.locator(".key code").inner_text().split())
    page.fill("#code", "12")
    page.locator("main form button").first.click()
    page.locator("#code[aria-invalid=true]").wait_for()
    walk.look(f"{name}: a wrong code of a key")
    page.fill("#code", pyotp.TOTP(key).now())
    page.locator("main form button").first.click()
    page.locator(".codes").wait_for()
    walk.look(f"{name}: recovery codes")
    recovery = page.locator(".codes code").first.inner_text()
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("(?<!sign-in)$"))
    walk.app.extensions["settings"] = settings
    page.context.clear_cookies()
    page.goto(door)
    page.fill("#name", who)
    page.fill("#password", "another long 合言葉です")
    page.locator("main form button").first.click()
    page.locator("#code").wait_for()
    walk.look(f"{name}: a code")
    page.locator("main summary").click()
    page.fill("#recovery", "AAAAA-AAAAA")
    page.locator("main details button").click()
    page.locator("#recovery[aria-invalid=true]").wait_for()
    walk.look(f"{name}: a wrong recovery code")
    page.fill("#recovery", recovery)
    page.locator("main details button").click()
    page.wait_for_url(re.compile("(?<!sign-in)$"))


def walk_admin(walk: Walk) -> None:
    page, app = walk.page, walk.app
    with closing(open_store(app.extensions["settings"].store)) as store:
        for name, role in (("書く人", "editor"), ("公開する人", "publisher")):
            add_account(store, name, role, WORD)
    walk.speak("ja")

    def sign_in(name: str, word: str = WORD) -> None:
        page.goto("/admin/sign-in")
        page.fill("#name", name)
        page.fill("#password", word)
        page.locator("main form button").click()

    come_in_for_the_first_time(walk, "admin, the first time", "/admin/sign-in", "初めての人")
    walk.speak("ja")
    walk.go("/admin/sign-in", "admin, signing in")
    sign_in("書く人", "wrong")
    walk.look("admin, not let in")
    sign_in("公開する人")
    for path in ("/admin/", "/admin/kurume/", "/admin/kurume/programs", "/admin/kurume/departments", "/admin/kurume/drafts",
                 "/admin/kurume/counts", "/admin/account", "/admin/password", "/admin/second-factor",
                 "/admin/versions",
                 "/admin/versions/1", "/admin/audit"):
        walk.go(path)
    page.goto("/admin/password")
    for of, told in (("#now", "wrong"), ("#new", "a new long password"), ("#again", "another long password")):
        page.fill(of, told)
    page.locator("main form button").click()
    walk.look("admin, a password that is not changed")
    page.goto("/admin/second-factor")
    page.fill("#code", "12")
    page.fill("#now", WORD)
    page.locator("main form button").click()
    walk.look("admin, a second factor with a wrong code")
    page.fill("#code", pyotp.TOTP("".join(page.locator(".key code").inner_text().split())).now())
    page.fill("#now", WORD)
    page.locator("main form button").click()
    page.locator(".codes").wait_for()
    walk.look("admin, recovery codes")
    walk.go("/admin/second-factor", "admin, a second factor that is there")
    with closing(open_store(app.extensions["settings"].store)) as store:
        begin_session(store, "公開する人", "/kurume/counter", datetime.now(UTC))
    page.goto("/admin/account")
    page.fill("#now", WORD)
    page.locator("main button").first.click()
    page.locator("[aria-invalid=true]").first.wait_for()
    walk.look("admin, sessions of which none was chosen")
    walk.go("/admin/kurume/tables", "admin, a table to send")
    for name, told in (("table", "制度名,説明,電話番号\n児童扶養手当の支給,ためしの説明です。,0942-30-9999"), ("no table", "品名,数\nりんご,3"),
                       ("no file", "")):
        page.goto("/admin/kurume/tables")
        page.set_input_files("#table", {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": told.encode()})
        page.locator("form:has(#table) button.main").click()
        walk.look(f"admin, {name}")
    walk.go("/admin/kurume/plans", "admin, a plan to send")
    plan = "事業名\t内容\t担当課\n見本相談\t子育ての相談に応じる。\t子ども課\n\n表2\n\n年度\t人数"
    for name, told in (("plan", plan), ("no plan", "文です。")):
        page.goto("/admin/kurume/plans")
        page.set_input_files("#plan", {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": told.encode()})
        page.locator("form:has(#plan) button.main").click()
        page.locator("main .notice").wait_for()
        walk.look(f"admin, {name}")
    page.goto("/admin/kurume/departments")
    page.locator("main a[href*='/departments/']").first.click()
    walk.look("admin, a department")
    walk.go("/admin/kurume/programs/aya-gan-zaitaku-ryoyo", "admin, a program with long addresses")
    walk.go("/admin/kurume/programs/jido-fuyo-teate", "admin, a program")
    page.emulate_media(color_scheme="dark")
    walk.look("admin, a program at night")
    page.emulate_media(color_scheme="light")
    by_label = page.get_by_label("電話", exact=True)
    by_label.fill("not a number")
    page.locator(".admin-form button.main").first.click()
    walk.look("admin, a program with a fault")
    page.goto("/admin/kurume/programs/jido-fuyo-teate")
    by_label.fill("0942-30-9999")
    page.locator(".admin-form button.main").first.click()
    walk.look("admin, a program with a draft")
    page.goto("/admin/kurume/")
    walk.look("admin, what needs care, with a draft")
    page.locator("a[href*='/drafts/']").first.click()
    walk.look("admin, a draft")
    walk.speak("ja")
    sign_in("書く人")
    walk.go("/admin/audit", "admin, what one's role may not do")


def record(walk: Walk, on: str) -> str:
    """Return what was measured, as data/measured/accessibility.toml holds it."""
    wrong = sum(map(len, (walk.violations, walk.ours, walk.cut, walk.sideways, walk.small)))
    lines = ["# What the browser tests found; written anew by `python -m bench accessibility`, never by hand.",
             f"on = {on}", f"engine = {json.dumps(f'axe-core {walk.engine}')}", f"rules = {walk.rules}",
             f"routes = {len(walk.routes - {'(no route)'})}",
             f"states = {len(walk.states)}", f"languages = {len(LANGUAGES)}", f"violations = {wrong}",
             f"unsure = {len(walk.unsure)}"]
    return "\n".join(lines) + "\n"


def rules_of(app: Flask) -> set[str]:
    """Return every route that answers GET."""
    return {str(rule.rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def short(found: list[str]) -> str:
    """Return what was found, each sort once, for a person who mends it."""
    sorts: dict[str, list[str]] = {}
    for one in found:
        state, _, what = one.partition(": ")
        sorts.setdefault(re.sub(r"\d+", "0", what), []).append(state)
    return "\n".join(f"[{len(states)}× {states[0]}] {what}" for what, states in sorts.items())
