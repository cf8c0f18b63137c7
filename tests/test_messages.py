"""Every language says everything: no message missing, no placeholder lost, no Japanese left over on a page."""

import ast
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from finder.catalog import Texts
from finder.languages import LANGUAGES
from finder.messages import catalog_of, said
from finder.requirement_words import PATTERNS

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = [one for one in LANGUAGES if one != "ja"]
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-龥々]")
KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
CITY = "/kurume"

each_language = pytest.mark.parametrize("language", FOREIGN)


def shape(text):
    """What a translation must keep: the values put in, and the tags (but for `lang`, which it may add)."""
    tags = re.findall(r"</?\w+[^>]*>", re.sub(r'<span lang="ja">(.*?)</span>', r"\1", text))
    return sorted(re.findall(r"%\(\w+\)s", text)), sorted(tags)


@pytest.fixture(scope="module")
def now():
    """Everything that is said now."""
    return {m.id for m in said() if m.id}


@each_language
def test_no_message_is_missing_unsure_or_left_over(language, now):
    catalog = {m.id: m for m in catalog_of(language) if m.id}
    assert [i for i in now if i not in catalog or not catalog[i].string] == [], "make messages で足して、訳を書いてください"
    assert [i for i, m in catalog.items() if m.fuzzy] == []
    assert [i for i in catalog if i not in now] == [], "make messages で消してください"


@each_language
def test_a_translation_keeps_values_and_tags(language):
    for m in catalog_of(language):
        if m.id:
            assert shape(m.string) == shape(m.id), m.id
            m.string % dict.fromkeys(re.findall(r"%\((\w+)\)s", m.id), "1")


@pytest.mark.parametrize("changed", [
    "%(m)s件", "件", "%(n)s %(n)s", "<b>%(n)s</b>件", "%(n)s<strong>件",
])
def test_a_lost_value_or_tag_is_seen(changed):
    assert shape(changed) != shape("%(n)s件")


@pytest.mark.parametrize(("language", "place"), [("easy", 0), ("en", 1)])
def test_pages_and_api_say_requirements_alike(language, place):
    catalog = {m.id: m.string for m in catalog_of(language)}
    assert {ja: catalog[ja] for ja in PATTERNS} == {ja: words[place] for ja, words in PATTERNS.items()}


# --- nothing is said outside the catalogs ---------------------------------------------------------

def unsaid(template):
    """The lines of a template that hold Japanese outside `_("…")`."""
    bare = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    bare = re.sub(r'\b_\("[^"]*"', "_(", bare)
    return [line.strip() for line in bare.splitlines() if JAPANESE.search(line)]


# What staff and users of the open files see stays in Japanese.
STAFF = ("templates/admin/", "templates/counter/", "templates/staff/", "templates/open_data.html", "templates/guidebook/")


def for_residents(path):
    return not path.relative_to(ROOT).as_posix().startswith(STAFF)


@pytest.mark.parametrize("path", sorted(filter(for_residents, (ROOT / "templates").rglob("*.html"))),
                         ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_template_says_everything_through_the_catalogs(path):
    assert unsaid(path.read_text(encoding="utf-8")) == []


# kana.js is a keyboard of Japanese letters, for writing Japanese; counter.js is for staff.
@pytest.mark.parametrize("path", sorted(p for p in (ROOT / "static").glob("*.js") if p.name not in ("kana.js", "counter.js")),
                         ids=lambda p: p.name)
def test_a_script_takes_its_words_from_the_page(path):
    code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [line for line in code.splitlines() if JAPANESE.search(line)] == []


def unsaid_in(source):
    """Japanese strings of a face that do not go through `say` or `message`; docstrings are none."""
    tree = ast.parse(source)
    through = {id(arg) for call in ast.walk(tree) if isinstance(call, ast.Call)
               for arg in call.args[:1] if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("say", "message")}
    explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and JAPANESE.search(node.value) and id(node) not in through | explains]


@pytest.mark.parametrize("path", sorted((ROOT / "finder" / "faces" / "resident").rglob("*.py")), ids=lambda p: p.name)
def test_the_residents_face_says_everything_through_the_catalogs(path):
    assert unsaid_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("template", [
    "<p>ここで聞けます</p>", '<a aria-label="消す">', "{{ _('消す') }}", '{% set x = "消す" %}', '<p>{{ _("消す") }}：全部</p>',
])
def test_words_outside_the_catalogs_are_seen(template):
    assert unsaid(template)


@pytest.mark.parametrize(("source", "found"), [
    ('page("消しました")', ["消しました"]), ('language.say("消しました")', []), ('message("消しました")', []),
    ('say("消しました", what="答え")', ["答え"]), ('"""消す。"""', []), ('x = f"{n}件"', ["件"]),
])
def test_words_of_a_face_outside_the_catalogs_are_seen(source, found):
    assert unsaid_in(source) == found


# --- data/ ----------------------------------------------------------------------------------------

def texts_in(table, at=""):
    """Every text of a table of data/, with its place."""
    if isinstance(table, dict) and {"ja", "easy", "en"} <= set(table):
        yield at, table
    elif isinstance(table, dict | list):
        for key, inside in table.items() if isinstance(table, dict) else enumerate(table):
            yield from texts_in(inside, f"{at}.{key}")


EVERY_LANGUAGE = ["questions.toml", "needs.toml", "hotlines.toml",
                  *(f"{p.parent.name}/municipality.toml" for p in sorted((ROOT / "data").glob("[1-9]*/municipality.toml")))]


@pytest.mark.parametrize("name", EVERY_LANGUAGE)
def test_questions_needs_hotlines_and_cities_have_every_language(name):
    found = dict(texts_in(tomllib.loads((ROOT / "data" / name).read_text(encoding="utf-8"))))
    assert found
    assert {at: set(LANGUAGES) - set(t) for at, t in found.items() if set(LANGUAGES) - set(t)} == {}


@pytest.mark.parametrize(("texts", "language", "written_in"), [
    (Texts("日", "やさ", "E", (("vi", "V"),)), "vi", "vi"),
    (Texts("日", "やさ", "E"), "vi", "easy"),
    (Texts("日", "やさ", "E"), "ne", "en"),
    (Texts("日", "", ""), "vi", "ja"),
    (Texts("日", "", ""), "easy", "ja"),
    (Texts("日", "やさ", "E"), "ja", "ja"),
])
def test_a_text_says_in_which_language_it_is_given(texts, language, written_in):
    assert texts.written_in(language) == written_in
    assert texts.in_language(language) == {"ja": "日", "easy": "やさ", "vi": "V", "en": "E"}[written_in]


# --- pages ----------------------------------------------------------------------------------------

class Spoken(HTMLParser):
    """The words of a page with the language that each is marked with; the switch of languages apart."""

    def __init__(self):
        super().__init__()
        self.open, self.words = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in ("meta", "link", "br", "input", "img", "hr"):
            return
        before = self.open[-1] if self.open else ("", "", False)
        self.open.append((tag, attrs.get("lang", before[1]), before[2] or attrs.get("class", "").startswith("languages")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open and data.strip() and not self.open[-1][2]:
            self.words.append((self.open[-1][1], data.strip()))


def spoken(response):
    assert response.status_code in (200, 400, 404)
    page = Spoken()
    page.feed(response.get_data(as_text=True))
    return page.words


def mostly(letters, words):
    """Tell whether a third of the words is in these letters: a name in brackets may stay as it is."""
    return len(letters.findall(words)) * 3 > sum(map(str.isalpha, words))


PAGES = ["/", "/about", "/calendar", "/nothing/", *(f"{CITY}/{p}" for p in (
    "", "chat", "ask/needs", "ask/children", "ask/pregnant", "ask/single_parent", "ask/disability", "ask/low_income", "ask/self",
    "ask/child_birth", "answers", "results", "timeline", "sheet", "programs", "contacts", "programs/jido-fuyo-teate",
    "accuracy", "report", "report/thanks",
    "report?program=jido-fuyo-teate"))]


@pytest.mark.parametrize("language", [one for one in FOREIGN if one != "easy"])
def test_japanese_on_a_page_in_another_language_is_marked_as_japanese(client, language):
    client.get(f"{CITY}/?lang={language}")
    client.post(f"{CITY}/ask/needs", data={"need": ["money", "dv"]})
    client.post(f"{CITY}/ask/children", data={"p0-age": "age_years:3", "p0-disability": "yes", "p1-age": "grade:小2", "go": "next"})
    client.post(f"{CITY}/ask/single_parent", data={"choice": "0"})
    pages = [*map(client.get, PAGES), client.post(f"{CITY}/ask/children", data={"go": "next"}), client.post(f"{CITY}/end")]
    foreign = KANA if language == "zh-Hans" else JAPANESE
    for page in pages:
        assert [w for tag, w in spoken(page) if tag != "ja" and mostly(foreign, w)] == [], page.request.path
        assert {tag for tag, _ in spoken(page)} <= {LANGUAGES[language].tag, "ja", "en"}


@pytest.mark.parametrize(("language", "bracket"), [("en", "("), ("vi", "("), ("ko", "("), ("zh-Hans", "（"), ("easy", "（")])
def test_notes_stand_in_the_brackets_of_the_language(client, language, bracket):
    client.get(f"{CITY}/?lang={language}")
    client.post(f"{CITY}/ask/single_parent", data={"choice": "0"})
    for path in ("results", "programs/jido-fuyo-teate", "sheet"):
        words = " ".join(w for tag, w in spoken(client.get(f"{CITY}/{path}")) if tag == LANGUAGES[language].tag)
        assert bracket in words
        assert language == "easy" or ("（" in words) is (bracket == "（"), path


@each_language
def test_a_program_has_its_japanese_name_beside_it(client, language):
    client.get(f"{CITY}/?lang={language}")
    client.post(f"{CITY}/ask/single_parent", data={"choice": "0"})
    for path in ("results", "programs", "programs/jido-fuyo-teate", "sheet"):
        assert "児童扶養手当の支給" in client.get(f"{CITY}/{path}").get_data(as_text=True)


@each_language
def test_the_list_is_the_same_in_every_language(client, language):
    client.post(f"{CITY}/ask/children", data={"p0-age": "grade:小2", "go": "next"})
    japanese = re.findall(r'<li class="card" id="([^"]+)"', client.get(f"{CITY}/results").get_data(as_text=True))
    client.get(f"{CITY}/?lang={language}")
    assert re.findall(r'<li class="card" id="([^"]+)"', client.get(f"{CITY}/results").get_data(as_text=True)) == japanese
