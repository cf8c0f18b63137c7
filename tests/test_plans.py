"""The five plans, read a second time and without looking at the data: nothing in them may be lost.

The readers here are made for these five texts and their traps (page breaks, false separators,
blank cells that inherit, one list in two spellings); they share nothing with what wrote data/.
"""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"
KNOWN_PHONES = Path(__file__).resolve().parent / "known_phones.txt"
FOLDERS = {"kurume": "40203-kurume", "ogori": "40216-ogori", "kochi": "39201-kochi", "soja": "33208-soja",
           "komae": "13219-komae"}


def fold(text: str) -> str:
    """Spellings that vary inside one document, brought together for comparing."""
    text = re.sub(r"[\s「」『』（）()・*^{}_]", "", unicodedata.normalize("NFKC", text))
    for one, other in (("こども", "子ども"), ("障がい", "障害"), ("ヶ月", "か月"), ("健診", "健康診査"), ("の", "")):
        text = text.replace(one, other)
    return text


@cache
def plan(city: str) -> list[str]:
    """The lines of a plan; plan(city)[1] is line 1."""
    return ["", *(DATA / FOLDERS[city] / "plan.txt").read_text(encoding="utf-8").split("\n")]


@cache
def programs(city: str) -> dict[str, dict[str, Any]]:
    """The program files of a folder, as they stand."""
    folder = FOLDERS.get(city, city)
    return {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted((DATA / folder).glob("programs/*.toml"))}


@cache
def all_programs() -> dict[str, dict[str, Any]]:
    return {f"{folder}/{i}": p for folder in (*FOLDERS.values(), "00-japan") for i, p in programs(folder).items()}


def lines_of(program: dict[str, Any]) -> set[int]:
    return set(program["source"].get("lines", ()))


def citing(city: str) -> dict[int, list[str]]:
    """Which programs cite a line."""
    cited = defaultdict(list)
    for i, program in programs(city).items():
        for line in lines_of(program):
            cited[line].append(i)
    return cited


def from_plan(program: dict[str, Any]) -> bool:
    """What is only known from a page is no program of the plan."""
    return program["source"].get("status", "plan") == "plan"


def named_inside(program: dict[str, Any]) -> bool:
    """A service that another program's text names, and no program that the plan lists."""
    return program["source"].get("program") is not None


def listed(city: str) -> dict[str, dict[str, Any]]:
    """The programs that the plan lists by their own name."""
    return {i: p for i, p in programs(city).items() if from_plan(p) and not named_inside(p)}


def lost(rows: dict[int, str], city: str) -> list[str]:
    cited = citing(city)
    return [f"{city} L{line}: {what}" for line, what in rows.items() if not cited[line]]


def failing(found: list[str]) -> str:
    return "\n  ".join(["", *found[:40], *([f"… ほか {len(found) - 40} 件"] if len(found) > 40 else [])])


# --- the texts themselves ------------------------------------------------------------------------

@pytest.mark.parametrize(("city", "sha256"), [
    ("kurume", "37f0855b435eef13f3d45d787e50a1630883de4ad225ea80943daea1096d61ef"),
    ("ogori", "01547327add9140f1777fb572e4108020a2d68fb0ceb746e115af4ff6445e927"),
    ("kochi", "b5ec0e6c4b6f6749efc22a84197726efeb60e6d3426009701f85f1c813c5e584"),
    ("soja", "d6b5d42a6ad525727d3e271d8130efc78a96ada29b5c733eef0b5c90c3606779"),
    ("komae", "aa5f3fa8fd97ce14904da8bc77917e4f3ab6e36bddfeb940449705cbadc569d8"),
])
def test_a_plan_stands_as_it_came_with_its_errors(city, sha256):
    assert hashlib.sha256((DATA / FOLDERS[city] / "plan.txt").read_bytes()).hexdigest() == sha256


# --- 久留米市: 126 rows, 107 programs ------------------------------------------------------------

class Row(NamedTuple):
    section: str
    title: str
    text: str


@cache
def kurume_rows() -> dict[int, Row]:
    """Rows of two cells after the table of contents; a repeated ★ heading changes no section."""
    rows, goal, number = {}, "", ""
    for n, line in enumerate(plan("kurume")):
        if n < 38:
            continue
        if match := re.match(r"★基本目標(\d)", line):
            goal, number = match[1], number if goal == match[1] else ""
        elif match := re.match(r"\((\d)\) ", line):
            number = match[1]
        elif "\t" in line:
            title, text = line.split("\t")
            if title != "施策・事業名" and not re.fullmatch("-+", title):
                rows[n] = Row(f"{goal}-{number}", title, text)
    return rows


@cache
def kurume_titles() -> dict[str, list[int]]:
    titles = defaultdict(list)
    for n, row in kurume_rows().items():
        titles[fold(row.title)].append(n)
    return titles


def test_kurume_has_126_rows_of_107_programs_and_17_stand_more_than_once():
    assert len(kurume_rows()) == 126
    assert len(kurume_titles()) == 107
    repeated = [lines for lines in kurume_titles().values() if len(lines) > 1]
    assert (len(repeated), sum(map(len, repeated))) == (17, 36)


def test_the_24_rows_after_a_page_break_belong_to_the_section_before_it():
    sections = [row.section for row in kurume_rows().values()]
    assert all(re.fullmatch(r"[1-5]-[1-4]", s) for s in sections)
    assert [kurume_rows()[n].section for n in (125, 150, 178, 207, 235, 290)] == ["3-2", "3-3", "3-4", "4-1", "4-3", "5-3"]


def test_every_row_of_kurume_has_a_program():
    found = lost({n: row.title for n, row in kurume_rows().items()}, "kurume")
    assert not found, failing(found)


def test_every_program_of_kurume_is_one_file_that_cites_all_its_rows():
    of_title = defaultdict(list)
    for i, program in listed("kurume").items():
        of_title[fold(program["name"])].append(i)
    found = [f"「{title}」L{lines}: {of_title[title] or 'ない'}" for title, lines in kurume_titles().items()
             if len(of_title[title]) != 1]
    found += [f"{ids}: 計画にない名前「{title}」" for title, ids in of_title.items() if title not in kurume_titles()]
    for title, lines in kurume_titles().items():
        for i in of_title[title]:
            if lines_of(programs("kurume")[i]) != set(lines):
                found.append(f"{i}: lines は {lines} のはず")
    assert not found, failing(found)


def test_every_program_of_kurume_stands_in_the_sections_of_its_rows():
    found = []
    for i, program in programs("kurume").items():
        sections = {kurume_rows()[n].section for n in lines_of(program) if n in kurume_rows()}
        if set(program["source"].get("sections", ())) != sections:
            found.append(f"{i}: sections は {sorted(sections)} のはず")
    assert not found, failing(found)


@pytest.mark.parametrize(("first", "other"), [(129, 172), (200, 201), (135, 136), (215, 216), (66, 276)])
def test_titles_that_are_nearly_the_same_are_different_programs(first, other):
    cited = citing("kurume")
    assert cited[first] and cited[other]
    assert not set(cited[first]) & set(cited[other])


@pytest.mark.parametrize("lines", [(65, 73, 244), (83, 217, 275), (125, 272), (151, 197)])
def test_a_program_that_stands_in_two_wordings_keeps_both(lines):
    """Quoted from its first line, and a variant for each line that says it differently."""
    own = [p for p in listed("kurume").values() if lines[0] in lines_of(p)]
    assert len(own) == 1, f"L{lines[0]} の制度: {[p['name'] for p in own]}"
    source = own[0]["source"]
    variants = {v["line"]: v["quote"] for v in source.get("variants", ())}
    for line in lines:
        text = kurume_rows()[line].text
        assert source["quote"] in text or variants.get(line, "無") in text, f"L{line} の言い方がない"


# --- 小郡市: 20 programs in 48 rows, and the services inside -------------------------------------

class Report(NamedTuple):
    section: int
    number: str
    program: str
    office: str
    cells: str


@cache
def ogori_rows() -> dict[int, Report]:
    """Rows of eight cells; No. and 事業名 are inherited, across page breaks too; No. restarts with a heading."""
    rows, section, number, program = {}, 0, "", ""
    for n, line in enumerate(plan("ogori")):
        cells = line.split("\t")
        if len(cells) == 1:
            if match := re.match(r"(?:### )?\((\d)\)", line):
                section, number, program = int(match[1]), "", ""
        elif cells[0] != "No.":
            assert len(cells) == 8, f"小郡 L{n} は {len(cells)} 列"
            number, program = cells[0] or number, cells[1] or program
            rows[n] = Report(section, number, program, cells[2], "\t".join(cells[3:]))
    return rows


def test_ogori_has_20_programs_in_48_rows():
    rows = ogori_rows()
    assert len(rows) == 48
    assert len({(r.section, r.number) for r in rows.values()}) == 20
    assert len({r.program for r in rows.values()}) == 20
    assert {(r.section, r.number) for n, r in rows.items() if n in (12, 13)} == {(1, "3")}
    assert all(r.office for r in rows.values())


def test_every_row_of_ogori_has_a_program():
    found = lost({n: f"{r.program} / {r.office}" for n, r in ogori_rows().items()}, "ogori")
    assert not found, failing(found)


def test_each_of_the_20_programs_of_ogori_is_one_file_that_cites_all_its_rows():
    of_title = defaultdict(list)
    for i, program in listed("ogori").items():
        of_title[fold(program["name"])].append(i)
    rows_of = defaultdict(set)
    for n, row in ogori_rows().items():
        rows_of[fold(row.program)].add(n)
    found = []
    for title, lines in rows_of.items():
        if len(of_title[title]) != 1:
            found.append(f"「{title}」: {of_title[title] or 'ない'}")
        elif missing := lines - lines_of(programs("ogori")[of_title[title][0]]):
            found.append(f"{of_title[title][0]}: lines に {sorted(missing)} がない")
    assert not found, failing(found)


def test_a_service_of_ogori_names_the_program_in_whose_text_it_stands():
    rows, found = ogori_rows(), []
    for i, program in programs("ogori").items():
        lines = program["source"].get("lines", [])
        if named_inside(program) and lines:
            if any(n not in rows for n in lines):
                found.append(f"{i}: 表の行でない行 {[n for n in lines if n not in rows]}")
            elif fold(rows[lines[0]].program) != fold(program["source"]["program"]):
                found.append(f"{i}: L{lines[0]} の事業名は「{rows[lines[0]].program}」")
    assert not found, failing(found)


# Read from the plan by hand: line, the service as it is called there, the 担当課 that reports on it
# ("" where the service is only mentioned beside another and needs no file of its own).
OGORI_SERVICES = [
    (8, "子育て支援センター", "子育て支援課"), (8, "託児ボランティア", ""),
    (11, "つどいの広場", "保育所・幼稚園課"),
    (12, "ようこそ赤ちゃん教室", "子ども育成課"), (12, "家庭教育学級", "子ども育成課"),
    (13, "おはなし会", "図書課"), (13, "子どもと絵本講座", ""),
    (14, "児童手当", "子ども育成課"), (14, "子どもの医療費", "子ども育成課"),
    (16, "幼児教育・保育の無償化", "保育所・幼稚園課"),
    (17, "就学援助", "教育総務課"), (17, "特別支援教育就学奨励費", "教育総務課"), (17, "オンライン学習通信費", ""),
    (19, "コミュニティバス", ""),
    (30, "遊び場", ""),
    (31, "アンビシャス広場", "子ども育成課"),
    (34, "放課後児童クラブ", "子ども育成課"), (34, "学童保育所", "子ども育成課"), (34, "放課後等デイサービス", "福祉課"),
    (37, "ちくご子どもキャンパス", "子ども育成課"), (37, "ふれあいボランティアパスポート", ""),
    (39, "子ども向け講座", "コミュニティ推進課"), (40, "ボランティアの派遣", ""),
    (50, "交通安全教室", ""), (51, "青パト", ""), (51, "防犯教室", ""), (51, "防犯灯設置補助金", ""),
    (53, "こども110番の家", "子ども育成課"),
    (62, "母子・父子自立支援員", "子育て支援課"), (62, "ひとり親サポートセンター", ""),
    (63, "児童扶養手当", "子ども育成課"), (63, "ひとり親家庭等医療費", "子ども育成課"),
    (64, "児童発達支", "福祉課"), (64, "親の会", ""),
    (65, "重度障がい者医療費", "国保年金課"),
    (69, "乳幼児健診", "健康課"), (69, "育児発達相談", "健康課"), (69, "親子あそび教室", "健康課"), (69, "巡回相談", ""),
    (70, "こぐま相談会", "子育て支援課"), (71, "子育て支援コンシェルジュ", "保育所・幼稚園課"),
    (72, "日本語教室", "総務広報課"), (72, "出張相談会", ""), (72, "外国人のみなさんへ", ""),
    (73, "児童虐待", ""),
    (75, "自立相談支援事業", "福祉課"), (75, "家計改善支援事業", "福祉課"),
    (76, "スクールソーシャルワーカー", "学校教育課"), (77, "奨学金", "教育総務課"),
]


def names_in(program: dict[str, Any], *, quoted: bool) -> str:
    """Where a service may be named: the name, other names, contacts, and (if asked) the quotation."""
    source = program["source"]
    quotes = [source.get("quote", ""), *(v["quote"] for v in source.get("variants", ()))] if quoted else []
    parts = [program["name"], program["title"]["ja"], *program.get("named_contacts", ()), *program.get("keywords", ()), *quotes]
    return "\n".join(map(fold, parts))


@pytest.mark.parametrize(("line", "service", "office"), OGORI_SERVICES)
def test_the_list_of_services_of_ogori_was_read_from_the_plan(line, service, office):
    row = ogori_rows()[line]
    assert fold(service) in fold(row.cells)
    assert not office or office in {r.office for r in ogori_rows().values() if r.program == row.program}


@pytest.mark.parametrize(("line", "service"), [(line, service) for line, service, _ in OGORI_SERVICES])
def test_every_service_named_in_ogoris_plan_is_found(line, service):
    found = [i for i, p in programs("ogori").items() if fold(service) in names_in(p, quoted=True)]
    assert found, f"小郡 L{line} の「{service}」が、name・named_contacts・keywords・quote のどこにもない"


@cache
def offices(city: str) -> dict[str, str]:
    """Each department's id with all its names."""
    with (DATA / FOLDERS[city] / "departments.csv").open(encoding="utf-8-sig", newline="") as opened:
        return {row["id"]: f"{row['name']}／{row['aliases']}" for row in csv.DictReader(opened)}


@pytest.mark.parametrize(("service", "office"), [(service, office) for _, service, office in OGORI_SERVICES if office])
def test_a_service_of_ogori_is_a_program_of_its_own_at_the_office_that_reports_on_it(service, office):
    own = {i: p for i, p in programs("ogori").items() if named_inside(p) and fold(service) in names_in(p, quoted=False)}
    assert own, f"「{service}」という制度がない（20の事業の文の中にあるだけ）"
    at = {i: [offices("ogori").get(d, d) for d in p.get("departments", ())] for i, p in own.items()}
    assert any(fold(office) in fold(name) for names in at.values() for name in names), f"「{service}」は{office}のはず: {at}"


@pytest.mark.parametrize("ended", ["まごころ", "デマンドタクシー", "臨時特別給付金"])
def test_what_has_ended_is_not_offered(ended):
    offered = [i for i, p in programs("ogori").items()
               if p["for_residents"] and fold(ended) in fold(p["name"] + "／" + p["title"]["ja"])]
    assert offered == []


def test_what_staff_wrote_of_the_covid_years_is_not_said_to_residents():
    said = [i for i, p in programs("ogori").items() if re.search("コロナ|延べ|三密", str(p["title"]) + str(p["text"]))]
    assert said == []


# --- 高知市: ten programs, in lists ---------------------------------------------------------------

@cache
def kochi_items() -> dict[tuple[int, str], str]:
    """(line, folded name) of every list item; a ・ inside a name begins no item."""
    items = {}
    for n, line in enumerate(plan("kochi")):
        if line.startswith("- ・"):                                      # the old plan
            names = [line[3:]]
        elif "<ul" in line:                                              # the new one: three cells
            names = re.split(r"(?:^|\s)・", re.sub("<[^>]+>", "", line.split("\t")[1]))[1:]
        else:
            continue
        for name in names:
            name = re.sub(r"（再掲）|\^\{\*\d+\}", "", name).strip()
            items[n, re.sub("^子育てパートナー(支援)?(事業)?$", "子育てパートナー支援事業", fold(name))] = name
    return items


def test_kochi_has_nine_items_before_and_fifteen_now_of_ten_programs():
    before = {(n, name) for n, name in kochi_items() if n < 48}
    now = set(kochi_items()) - before
    assert (len(before), len(now)) == (9, 15)
    names_before, names_now = {name for _, name in before}, {name for _, name in now}
    assert len(names_before | names_now) == 10
    assert [kochi_items()[n, name] for n, name in before if name not in names_now] == ["産前・産後サポート事業"]
    assert [kochi_items()[n, name] for n, name in now if name not in names_before] == ["多胎家庭支援事業"]


def test_every_list_item_of_both_plans_of_kochi_has_a_program():
    found = []
    for (line, folded), name in kochi_items().items():
        base = folded.removesuffix("支援事業").removesuffix("事業")
        if not any(line in lines_of(p) and base in fold(p["name"]) for p in programs("kochi").values()):
            found.append(f"高知 L{line}: {name}")
    assert not found, failing(found)


def test_the_programs_of_kochi_are_the_ten_of_the_lists():
    bases = {folded.removesuffix("支援事業").removesuffix("事業") for _, folded in kochi_items()}
    item_lines = {n for n, _ in kochi_items()}
    names = [p["name"] for p in listed("kochi").values() if lines_of(p) & item_lines]
    assert len(names) == len(set(names)) == len(bases), names
    assert not [name for name in names if "再掲" in name or "^{" in name]


def test_the_departments_of_kochi_are_those_of_todays_rows():
    """A row's 関係課 belong to all of it: each program has at least one of them."""
    found = []
    for i, program in programs("kochi").items():
        of_rows = {o for n in lines_of(program) if n in range(65, 69) for o in plan("kochi")[n].split("\t")[2].split()}
        names = [offices("kochi").get(d, d) for d in program.get("departments", ())]
        if of_rows and not any(o in name for o in of_rows for name in names):
            found.append(f"{i}: {sorted(of_rows)} のどれかのはず: {names}")
    assert not found, failing(found)


# --- 総社市: 21 items, one of them lost ----------------------------------------------------------

LOST_TEXT = 51


@cache
def soja_items() -> dict[int, str]:
    """Line of the heading of each item; its text is the next line."""
    return {n: m[1] for n, line in enumerate(plan("soja")) if (m := re.match(r"\(\d\) (.+)$", line))}


def test_soja_has_21_items_in_seven_projects():
    assert len(soja_items()) == 21
    assert [m[1] for line in plan("soja") if (m := re.fullmatch(r"PROJECT(\d)", line))] == ["2", "3", "4", "1", "5", "6", "7"]
    assert plan("soja")[LOST_TEXT] == plan("soja")[38]
    assert all(plan("soja")[n + 1] for n in soja_items())


def test_every_item_of_soja_has_a_program_of_its_name():
    found = [f"総社 L{n}: {title}" for n, title in soja_items().items()
             if not any({n, n + 1} & lines_of(p) and fold(p["name"]) == fold(title) for p in programs("soja").values())]
    assert not found, failing(found)


def test_the_lost_text_of_soja_is_neither_quoted_nor_indexed():
    about_workers = fold("スクールソーシャルワーカー")
    for i, program in programs("soja").items():
        assert LOST_TEXT not in lines_of(program), f"{i}: L51 は別の項目の文（L38）の写し"
        assert LOST_TEXT not in [v["line"] for v in program["source"].get("variants", ())], i
        if 50 in lines_of(program):
            written = [names_in(program, quoted=True), *program["text"].values(), *program["title"].values()]
            assert not any(about_workers in fold(w) for w in written), f"{i}: 失われた文の代わりに L38 の内容がある"


def test_the_age_of_sojas_plan_is_shown_with_it():
    about = tomllib.loads((DATA / FOLDERS["soja"] / "municipality.toml").read_text(encoding="utf-8"))
    shown = f"{about['plan'].get('period', '')} {about['plan'].get('notice', {}).get('ja', '')}"
    assert re.search("平成22|2010", shown) and about["plan"].get("notice")


# --- 狛江市: twelve areas, and the services that their prose names -------------------------------

@cache
def komae_areas() -> dict[int, str]:
    """Rows of three cells; a blank first cell is the same goal, a blank line a page break."""
    rows = {n: line.split("\t") for n, line in enumerate(plan("komae")) if "\t" in line}
    return {n: re.sub(r"^\d ", "", cells[1]) for n, cells in rows.items() if cells[1] != "基本施策"}


def test_komae_has_twelve_areas():
    assert len(komae_areas()) == 12


def test_every_area_of_komae_has_a_program_of_its_name():
    found = [f"狛江 L{n}: {title}" for n, title in komae_areas().items()
             if not any(n in lines_of(p) and fold(p["name"]) == fold(title) for p in programs("komae").values())]
    assert not found, failing(found)


# Read from the prose by hand; True: a service or a place that a family can go to, with a file of its own.
KOMAE_SERVICES = [
    (4, "居場所", False), (5, "ヤングケアラー", False), (5, "いじめ", False), (5, "児童虐待", False),
    (6, "体験活動", False), (7, "児童発達支援センター", True), (9, "父親", False), (10, "母子保健事業", False),
    (10, "こども家庭センター", True), (10, "子育て・教育支援複合施設", True), (12, "学童クラブ", True),
    (12, "放課後子ども教室", True), (12, "KoKoA", True), (14, "アウトリーチ", False), (14, "ワーク・ライフ・バランス", False),
    (15, "就労支援", False), (16, "見守り活動", False), (16, "公園", False), (17, "子育てグループやサークル", False),
]


@pytest.mark.parametrize(("line", "service", "own"), KOMAE_SERVICES)
def test_every_service_named_in_komaes_prose_is_found(line, service, own):
    assert fold(service) in fold(plan("komae")[line]), "この表が計画と合っていない"
    found = [i for i, p in programs("komae").items()
             if fold(service) in names_in(p, quoted=not own) and (not own or named_inside(p))]
    assert found, f"狛江 L{line} の「{service}」{'の制度がない' if own else 'がどこにもない'}"


# --- every program -------------------------------------------------------------------------------

def test_there_are_programs_of_all_five_cities():
    empty = [city for city in FOLDERS if not programs(city)]
    assert not empty


def test_every_quotation_stands_word_for_word_on_its_line():
    found = []
    for city in FOLDERS:
        for i, program in programs(city).items():
            source = program["source"]
            if not from_plan(program):
                continue
            quoted = [(source.get("lines", [0])[:1] or [0], source.get("quote", "")),
                      *(([v["line"]], v["quote"]) for v in source.get("variants", ()))]
            for (line,), quote in quoted:
                if not quote or quote not in (plan(city)[line] if 0 < line < len(plan(city)) else ""):
                    found.append(f"{city}/{i}: L{line}「{quote[:40]}」")
    assert not found, failing(found)


def test_every_program_of_a_city_cites_rows_and_nothing_else():
    """Never a heading, a false separator (久留米 L179, L291) or a blank line."""
    rows = {"kurume": set(kurume_rows()), "ogori": set(ogori_rows()), "komae": set(komae_areas()),
            "soja": ({*soja_items(), *(n + 1 for n in soja_items())} - {LOST_TEXT})}
    found = [f"{city}/{i}: {sorted(lines_of(p) - allowed)}" for city, allowed in rows.items()
             for i, p in programs(city).items() if lines_of(p) - allowed]
    found += [f"kochi/{i}: L{n}" for i, p in programs("kochi").items() for n in lines_of(p)
              if not (0 < n < len(plan("kochi")) and plan("kochi")[n].strip())]
    assert not found, failing(found)


KANA, LETTERS = re.compile("[ぁ-ん]"), re.compile("[A-Za-zāēīōūĀĒĪŌŪ]")


def is_english(text: str) -> bool:
    """A name may stand in Japanese inside, in brackets."""
    return len(LETTERS.findall(text)) > len(text) / 2


def test_every_program_for_residents_has_its_title_and_text_in_three_languages():
    found = []
    for i, program in all_programs().items():
        if program["for_residents"]:
            for what in ("title", "text"):
                words = program.get(what, {})
                if not (words.get("ja") and not is_english(words["ja"]) and KANA.search(words.get("easy", ""))
                        and is_english(words.get("en", ""))):
                    found.append(f"{i}: {what} {words}")
    assert not found, failing(found)


def test_our_own_words_are_not_those_of_the_plan():
    """「計画の文を写さない」: the plan's sentence stands in the quotation."""
    found = [i for i, p in all_programs().items()
             if len(p["source"].get("quote", "")) > 20 and fold(p["source"]["quote"]) in fold(p["text"]["ja"])]
    assert not found, failing(found)


# --- やさしい日本語 -------------------------------------------------------------------------------

LONGEST_EASY = 35
DOUBLE_NEGATIVE = re.compile(
    r"な(い|く)(わけ|こと|はず)(で)?(は|も)(ない|ありません)|なく(は|も)(ない|ありません)|ないで(は|も)(ない|ありません|いられ)"
    r"|ないとは(限|言|いえ)|ずには(い|お)|ざるを(え|得)|ないもの(は|が)(ない|ありません)|ない(人|ひと|方|かた|子ども)(は|が)いません")


def sentences(text: str) -> Iterator[str]:
    """Sentences without their spaces and without the （よみ） of a word."""
    bare = re.sub(r"\s|（[ぁ-んァ-ヶー・\s]+）|\([ぁ-んァ-ヶー・\s]+\)", "", text)
    yield from (s for s in re.split("[。！？]", bare) if s)


def easy_texts(table: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every `easy` text in a file, but names and labels, which are no sentences."""
    if isinstance(table, list):
        for i, one in enumerate(table):
            yield from easy_texts(one, f"{place}[{i + 1}]")
    elif isinstance(table, dict):
        for key, value in table.items():
            if key == "easy" and isinstance(value, str):
                yield place, value
            elif key not in ("title", "name", "label"):
                yield from easy_texts(value, f"{place}.{key}")


@cache
def all_easy_texts() -> list[tuple[str, str]]:
    return [found for path in sorted(DATA.rglob("*.toml"))
            for found in easy_texts(tomllib.loads(path.read_text(encoding="utf-8")), path.relative_to(DATA).as_posix())]


@pytest.mark.parametrize(("text", "lengths"), [
    ("お金（かね）が もらえます。", [8]), ("一。二三。", [1, 2]), ("おわりの まるが ない", [9]),
    ("手当（児童扶養手当）が 出ます。", [14]), ("いつですか？ 来（き）て ください。", [5, 6])])
def test_a_sentence_is_counted_without_spaces_and_readings(text, lengths):
    assert [len(s) for s in sentences(text)] == lengths


@pytest.mark.parametrize(("text", "is_one"), [
    ("使えないわけではありません。", True), ("もらえないことはない。", True), ("行けなくはありません。", True),
    ("お金は いりません。", False), ("知らない 人にも 話せます。", False), ("子どもが いない 人も 使えます。", False)])
def test_a_double_negative_is_seen(text, is_one):
    assert bool(DOUBLE_NEGATIVE.search(re.sub(r"\s", "", text))) == is_one


def test_every_easy_sentence_has_at_most_35_characters():
    found = [f"{place}: {len(s)}字「{s}」" for place, text in all_easy_texts() for s in sentences(text) if len(s) > LONGEST_EASY]
    assert not found, failing(found)


def test_no_easy_sentence_says_no_twice():
    found = [f"{place}:「{s}」" for place, text in all_easy_texts() for s in sentences(text) if DOUBLE_NEGATIVE.search(s)]
    assert not found, failing(found)


# --- numbers: nothing invented -------------------------------------------------------------------

PHONE = re.compile(r"(?<![\d-])(?:0\d{1,4}(?:-\d{1,6}){1,2}|0\d{1,4}\(\d{1,4}\)\d{4}|0\d{9,10})(?![\d-])")


def digits(phone: str) -> str:
    return re.sub(r"[^\d#]", "", phone)


@cache
def known_phones() -> set[str]:
    rows = [line.split("  #")[0] for line in KNOWN_PHONES.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    return {digits(row) for row in rows if row.strip()}


def phones_in(text: str) -> list[str]:
    """Phone numbers in a text, however wide its digits, but not in the addresses of pages."""
    text = re.sub(r"[‐‑–—−ー－](?=\d)", "-", unicodedata.normalize("NFKC", text))
    text = re.sub(r"https?://\S+", "", text)
    return [m[0] for m in PHONE.finditer(text) if len(digits(m[0])) >= 9]


@pytest.mark.parametrize(("text", "phones"), [
    ('phone = "0942-30-9227"', ["0942-30-9227"]), ("電話０９４２－３０－９２２７", ["0942-30-9227"]),
    ("0120-369656（専用）", ["0120-369656"]), ("0120-0-78310", ["0120-0-78310"]), ("0942(30)9227", ["0942(30)9227"]),
    ("0942309227", ["0942309227"]), ("2026-11-22", []), ("https://a.jp/0942-30-9000.html", []), ("0-2歳、09-17時", [])])
def test_a_phone_number_is_seen(text, phones):
    assert phones_in(text) == phones


def test_the_known_phones_are_read():
    assert {"0942309227", "189", "#8000", "0120078310"} <= known_phones()
    assert "0942309000" not in known_phones()


def data_files() -> list[Path]:
    return sorted([*DATA.rglob("*.toml"), *DATA.rglob("*.csv")])


def test_every_phone_number_in_data_is_known():
    found = [f"{path.relative_to(DATA).as_posix()}: {phone}" for path in data_files()
             for phone in phones_in(path.read_text(encoding="utf-8")) if digits(phone) not in known_phones()]
    assert not found, "tests/known_phones.txt にない番号:" + failing(found)


def hotlines() -> list[dict[str, Any]]:
    return tomllib.loads((DATA / "hotlines.toml").read_text(encoding="utf-8")).get("hotline", [])


def test_every_hotline_has_a_known_number():
    assert hotlines()
    found = [f"{h['id']}: {part}" for h in hotlines() for part in re.split(r"[・／/、,\s]+", unicodedata.normalize("NFKC", h["phone"]))
             if digits(part) and digits(part) not in known_phones()]
    assert not found, failing(found)


# --- what is only remembered ([M] in JAPAN.md) is not told ---------------------------------------

def test_the_main_number_of_kurume_that_is_only_remembered_appears_nowhere():
    found = [path.relative_to(DATA).as_posix() for path in (*data_files(), DATA / "README.md")
             if "0942309000" in re.sub(r"[-‐−－()（）\s]", "", unicodedata.normalize("NFKC", path.read_text(encoding="utf-8")))]
    assert found == []


A_PAGE = re.compile(r"https?://[^/\s]+\.[^/\s]+")


@pytest.mark.parametrize("number", ["0570-064-556", "110", "119"])
def test_hours_and_cost_that_were_only_remembered_are_told_with_the_page_that_confirms_them(number):
    """[M]: こころの健康相談統一ダイヤル's hours and cost, and those of 110 and 119."""
    told = [h for h in hotlines() if digits(h["phone"]) == digits(number) and (h["hours"] or h.get("cost"))]
    assert [h["id"] for h in told if not A_PAGE.match(h["source"]) or not h["checked_on"]] == []


def test_the_change_of_the_high_school_grant_is_told_with_the_page_that_confirms_it():
    """[M]: 高等学校等就学支援金, the change of FY2026 was not verified."""
    told = [(i, f) for i, p in all_programs().items() for f in p.get("fact", ())
            if "就学支援金" in f"{p['name']}{f['text']}" and re.search("2026|令和8", unicodedata.normalize("NFKC", f["text"]))]
    assert [(i, f["text"]) for i, f in told if not A_PAGE.match(f["source"]) or not f.get("date")] == []
