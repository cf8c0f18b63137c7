"""The guidebook: every program once, three ways to find it, nothing that the catalog does not say; and on paper."""

import io
import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from finder import printing
from finder.command_line import main
from finder.furigana import segments
from finder.guidebook import Guidebook, age_bands, guidebook
from finder.guidebook.kana_order import OTHERS, row_of, sort_key
from finder.guidebook.labels import label
from finder.offices import phones
from finder.printing import NOT_YET, CannotPrint, book_html, book_pdf, sheets_html, sheets_pdf
from finder.speaking import spoken

TODAY = date(2026, 11, 22)
KANJI = re.compile("[一-鿿々]")
SMALL = "33208-soja"           # the municipality that is printed here: few programs, quotations, unknown offices


@pytest.fixture(scope="module")
def books(real_catalogs) -> dict[tuple[str, str], Guidebook]:
    return {(folder, language): guidebook(catalog, TODAY, spoken(language))
            for folder, catalog in real_catalogs.items() for language in ("ja", "easy")}


class Page(HTMLParser):
    """What stands on a page: text, ids, links, tags, kanji without a reading."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.ids, self.links, self.tags, self.bare, self.quotes = "", [], [], [], "", []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append((tag, given))
        if tag not in ("meta", "br", "link", "img"):
            self._inside.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "blockquote":
            self.quotes.append("")

    def handle_endtag(self, tag):
        assert self._inside.pop() == tag, "tags are nested"

    def handle_data(self, data):
        data = data.replace("\u2060", "")         # it only keeps a number beside what it counts
        if {"style", "rt", "rp", "title"} & set(self._inside):
            return
        self.text += data
        if "ruby" not in self._inside:
            self.bare += data
        if "blockquote" in self._inside:
            self.quotes[-1] += data


@pytest.fixture(scope="module")
def pages(books, real_catalogs) -> dict[tuple[str, str], Page]:
    return {key: Page(book_html(book, real_catalogs[key[0]].readings)) for key, book in books.items()}


def strings(thing: object):
    """Every string anywhere in a catalog."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for one in fields(thing):
            if one.name not in ("readings", "signs", "documents", "cases"):
                yield from strings(getattr(thing, one.name))
    elif isinstance(thing, dict):
        yield from (s for value in thing.values() for s in strings(value))
    elif isinstance(thing, (list, tuple)):
        yield from (s for value in thing for s in strings(value))


# --- what is in it ---------------------------------------------------------------------------------

def test_every_program_for_residents_stands_in_the_body_once(books, real_catalogs):
    for (folder, _), book in books.items():
        wanted = sorted(p.id for p in real_catalogs[folder].programs if p.for_residents)
        assert sorted(e.card.id for chapter in book.chapters for e in chapter.entries) == wanted


def test_every_program_is_found_by_age_by_department_and_by_its_name(books, real_catalogs):
    for (folder, _), book in books.items():
        wanted = {e.anchor for chapter in book.chapters for e in chapter.entries}
        for groups in (book.by_age, book.by_department):
            assert {e.anchor for group in groups for e in group.entries} == wanted
        named = {(w.word, a) for _, words in book.index for w in words for a in w.anchors}
        for p in real_catalogs[folder].programs:
            if p.for_residents:
                assert (p.name, f"p-{p.id}") in named


@pytest.mark.parametrize(("program", "bands"), [
    ("akachan-fureai-taiken", {"0歳から2歳", "3歳から小学校に入る前", "中学生"}),     # junior high, and before school with a condition
    ("angel-shien-homon", {"妊娠中・出産", "0歳から2歳"}),                             # pregnant; until a year after birth
])
def test_a_program_stands_at_the_ages_that_it_asks_for(program, bands, real_catalogs):
    assert age_bands(real_catalogs["40203-kurume"].by_id[program], TODAY) == bands


def test_what_every_child_can_have_stands_once_by_age(books):
    book = books["40203-kurume", "ja"]
    groups = {g.name: {e.card.id for e in g.entries} for g in book.by_age}
    everyone = groups["0歳から18歳まで、どの年齢の子どもも"]
    assert everyone
    assert not any(everyone & groups[name] for name in ("0歳から2歳", "小学生", "中学生"))


def test_the_index_stands_in_the_order_of_a_japanese_dictionary(books):
    for book in books.values():
        words = [w for _, those in book.index for w in those]
        assert words == sorted(words, key=lambda w: sort_key(w.reading))
        rows = [row for row, _ in book.index]
        assert rows == [row for row in (OTHERS, *"あかさたなはまやらわ") if row in rows]
        assert all(row_of(w.reading) == row for row, those in book.index for w in those)


@pytest.mark.parametrize(("before", "after"), [
    ("あい", "あう"), ("かき", "がき"), ("かぎ", "がき"), ("はは", "はば"), ("はば", "はぱ"), ("きゃく", "きやま"), ("ん", "んあ"),
    ("さーくる", "さいかい"), ("さあくる", "さいかい"), ("せんたー", "せんだい"), ("「あ」い", "あう"),
    ("10まんえん", "あい"), ("AYA", "あい"), ("結", "あい"),
])
def test_readings_are_sorted_as_in_a_japanese_dictionary(before, after):
    assert sort_key(before) < sort_key(after)


@pytest.mark.parametrize(("reading", "row"), [
    ("がっこう", "か"), ("ぱぱ", "は"), ("ゃ", "や"), ("をんな", "わ"), ("ヴぁ", "あ"), ("「ほおっちょけん」", "は"),
    ("018", OTHERS), ("結", OTHERS), ("", OTHERS),
])
def test_a_reading_stands_in_its_row(reading, row):
    assert row_of(reading) == row


def test_hotlines_and_dates_are_all_there(books, pages, real_catalogs):
    for (folder, language), page in pages.items():
        assert books[folder, language].data_until <= TODAY
        assert f"{books[folder, language].data_until.year}年" in page.text
        assert "charset" not in page.text                                   # an empty text has no translation
        for line in real_catalogs[folder].hotlines:
            assert all(f"tel:{phone.dials}" in page.links for phone in phones(line.phone))
            assert "".join(s.text for s in segments(line.name, real_catalogs[folder].readings)) in page.text


def test_no_number_is_in_the_book_that_is_not_in_the_catalog(pages, real_catalogs):
    for (folder, _), page in pages.items():
        known = {phone.shown for text in strings(real_catalogs[folder]) for phone in phones(text)}
        # Only whole numbers: 「110」 may stand as a part of any other figure.
        printed = {p.shown for p in phones(page.text) if len(p.dials) > 5}
        assert printed and printed <= known


def test_quotations_are_the_plans_own_words_and_are_marked(pages, real_catalogs):
    for (folder, language), page in pages.items():
        quotes = {f"「{p.source.quote}」" for p in real_catalogs[folder].programs if p.for_residents and p.source.quote}
        assert set(page.quotes) == (quotes if language == "ja" else set())       # a plan's sentence is not やさしい日本語


def test_what_is_unknown_is_said(pages, books):
    for (folder, language), page in pages.items():
        unknown = [p for p in books[folder, language].places if not p.office.phones]
        if unknown:
            said = label("no_phone", language)
            assert page.text.count(said) >= len(unknown)


# --- as a web book ----------------------------------------------------------------------------------

def test_the_web_book_is_one_file_without_scripts_whose_links_lead_somewhere(pages):
    for key, page in pages.items():
        names = [tag for tag, _ in page.tags]
        assert not {"script", "img", "link", "iframe"} & set(names)
        assert names.count("h1") == 1
        assert (page.tags[0][0], page.tags[0][1]["lang"]) == ("html", "ja")
        assert len(page.ids) == len(set(page.ids)), key
        assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
        assert all(link.startswith(("#", "tel:", "http")) for link in page.links)


def test_every_kanji_of_the_easy_book_has_a_reading_but_those_that_nobody_confirmed(pages, real_folder):
    unread = {c for row in real_folder.raw["readings"] if not row["reading"] for c in row["word"]}
    for (folder, language), page in pages.items():
        if language == "easy":
            assert set(KANJI.findall(re.sub(r"https?://\S+", "", page.bare))) <= unread, folder


def test_text_of_a_catalog_cannot_break_out_of_the_page(real_catalogs, books):
    book = books[SMALL, "ja"]
    city = replace(book.municipality, name=replace(book.municipality.name, ja='</style><script>"\\'))
    html = book_html(replace(book, municipality=city), real_catalogs[SMALL].readings, {})
    assert "<script" not in html and html.count("</style>") == 1


# --- one sheet for each department ----------------------------------------------------------------------

def test_a_sheet_names_everything_that_a_department_is_responsible_for(books, real_catalogs):
    for (folder, language), book in books.items():
        readings = real_catalogs[folder].readings
        for place in book.places:
            text = Page(sheets_html(book, readings, (place,))).text
            here = [p for p in real_catalogs[folder].programs if place.id in p.departments]
            assert place.office.name in text
            for p in here:
                shown = p.title.in_language(language) if p.for_residents else p.name
                assert "".join(s.text for s in segments(shown, readings)) in text
            for one in book.ask if not place.office.phones else ():
                assert one.name in text                                         # no number of its own: whom to ask


# --- on paper ---------------------------------------------------------------------------------------------

def test_a_machine_that_cannot_print_is_told_what_to_do(books, real_catalogs, monkeypatch):
    book, readings = books[SMALL, "ja"], real_catalogs[SMALL].readings
    monkeypatch.setattr(printing.shutil, "which", lambda name: None)
    with pytest.raises(CannotPrint, match=r"Chromium.*apt-get install chromium.*--html"):
        book_pdf(book, readings)
    monkeypatch.setattr(printing.shutil, "which", lambda name: "/bin/true")
    with pytest.raises(CannotPrint, match=r"フォント.*fonts-noto-cjk"):
        book_pdf(book, readings)
    monkeypatch.setattr(printing, "_need_japanese", lambda: None)
    with pytest.raises(CannotPrint, match="PDF を作れませんでした"):
        book_pdf(book, readings)


@pytest.mark.parametrize(("shows", "prints"), [(("", "book"), 2), (("book",), 1)])
def test_a_browser_that_measures_otherwise_prints_once_more_as_it_is(shows, prints, monkeypatch):
    given = []
    monkeypatch.setattr(printing, "_printed", lambda html, draft: given.append(html) or shows[len(given) - 1])
    monkeypatch.setattr(printing, "_shows_something", bool)
    assert printing.pdf("<head></head>") == "book"
    assert ["display: none" in html for html in given] == [True, False][:prints]


def squeezed(text: str) -> str:
    """Text without spaces; pypdf reads glyphs, which ・ and ‧ share (what readers copy is right: it is in the tags)."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("‧", "・")


@pytest.fixture(scope="module")
def printed(books, real_catalogs) -> PdfReader:
    return PdfReader(io.BytesIO(book_pdf(books[SMALL, "ja"], real_catalogs[SMALL].readings)))


@pytest.mark.browser
def test_the_printed_book_says_on_which_page_each_program_stands(printed, books):
    texts = [squeezed(page.extract_text()) for page in printed.pages]
    stands = {name: printed.get_destination_page_number(place) + 1 for name, place in printed.named_destinations.items()}
    contents = "".join(texts[2:stands["/programs"] - 1])
    for entry in (e for chapter in books[SMALL, "ja"].chapters for e in chapter.entries):
        page = stands[f"/{entry.anchor}"]
        title = squeezed(entry.card.title)
        assert title in texts[page - 1]
        assert f"{title}{page}" in contents
    assert NOT_YET not in re.findall(r"\d+", contents)


@pytest.mark.browser
def test_the_printed_book_has_its_date_on_each_page_and_the_hotlines_on_the_back(printed, books):
    texts = [squeezed(page.extract_text()) for page in printed.pages]
    assert len(texts) % 2 == 0
    assert all("2026年11月22日" in text for text in texts)
    for line in books[SMALL, "ja"].hotlines:
        assert squeezed(line.name) in texts[-1]
    assert all(str(number) in text for number, text in enumerate(texts[1:], 2))
    assert printed.outline and printed.trailer["/Root"]["/Lang"] == "ja"
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert printed.metadata.title.startswith("総社市")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ja", "easy"])
def test_all_hotlines_fit_on_the_back(language, books, real_catalogs):
    nothing = dict.fromkeys(("chapters", "by_age", "by_department", "places", "index", "sources"), ())
    fullest = max((f for f, one in books if one == language), key=lambda f: len(real_catalogs[f].hotlines))
    book = replace(books[fullest, language], **nothing)
    reader = PdfReader(io.BytesIO(book_pdf(book, real_catalogs[fullest].readings)))
    back = squeezed(reader.pages[-1].extract_text())
    assert all(squeezed(phone.shown) in back for line in book.hotlines for phone in phones(line.phone))


@pytest.mark.browser
def test_each_department_has_one_sheet_of_paper(books, real_catalogs):
    book = books["40216-ogori", "easy"]                                         # the fullest: 23 programs, with readings
    longest = sorted(book.places, key=lambda p: -len(p.entries))[:2]
    reader = PdfReader(io.BytesIO(sheets_pdf(book, real_catalogs["40216-ogori"].readings, tuple(longest))))
    assert len(reader.pages) == 2


# --- the command -------------------------------------------------------------------------------------------

@pytest.fixture
def written(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("FINDER_STORE", str(tmp_path / "finder.db"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = main(["guidebook", *arguments, "--as-of", "2026-11-22"])
        said = capsys.readouterr()
        return code, said.out + said.err, sorted(p.name for p in tmp_path.glob("*.html"))
    return run


def test_the_command_writes_a_web_book_or_sheets(written, tmp_path):
    assert written("40203-kurume", "--html", "--easy")[::2] == (0, ["guidebook-kurume-easy.html"])
    assert written("kurume", "--html", "--department", "kodomo-hoiku", "--out", "one.html")[::2] == (
        0, ["guidebook-kurume-easy.html", "one.html"])
    assert written("kurume", "--html", "--departments")[2][-1] == "sheets-kurume.html"
    (tmp_path / "books").mkdir()
    assert written("soja", "--html", "--both", "--out", "books")[0] == 0
    assert sorted(p.name for p in tmp_path.glob("books/*")) == ["guidebook-soja-easy.html", "guidebook-soja.html"]


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("atlantis",), 2, "使える id: "),
    (("kurume", "--department", "atlantis"), 2, "kodomo-hoiku"),
    (("kurume", "--html", "--out", "no/such/folder.html"), 1, "--out で書ける場所"),
])
def test_a_wrong_request_is_one_sentence(arguments, code, said, written):
    got, text, files = written(*arguments)
    assert (got, files) == (code, [])
    assert said in text


