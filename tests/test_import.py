"""Bringing tables in: as cities really have them, all that is wrong told at once, nothing lost."""

from __future__ import annotations

import io
import json
import re
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import example, given, strategies as st

from finder.building import build_program
from finder.layouts.columns import at
from finder.layouts.intake import take_file
from finder.layouts.matching import match
from finder.layouts.own import OWN
from finder.layouts.registry import REGISTRY, registry_json, registry_rows
from finder.layouts.standard import TOKYO
from finder.layouts.taking_in import take_in
from finder.layouts.values import BadCell, read_date, read_phone, read_record, write_record
from finder.layouts.writing_out import LAYOUTS, about, table
from finder.requirement_rows import BadRow, read_row, write_row
from finder.sheets import BadSheet, csv_bytes, read_sheets, xlsx_bytes
from finder.sheets.reading import fused
from finder.sheets.writing import defused

TODAY = date(2026, 11, 22)
CITIES = ("13219-komae", "33208-soja", "39201-kochi", "40203-kurume", "40216-ogori")
CITY = "40203-kurume"
ALL = tuple(LAYOUTS.values())


@pytest.fixture
def raw(real_folder):
    """The real contents, to change."""
    return json.loads(json.dumps(real_folder.raw))


def taken(raw, rows, folder=CITY, layouts=ALL, remembered=None):
    """Take rows in, with the layout found by their headings."""
    matched = match(rows, layouts, remembered or {})
    assert matched, "no layout was recognised"
    return take_in(raw["municipalities"][folder]["programs"], rows, matched, about(raw, folder, TODAY, "表.xlsx"), "シート1"), matched


# --- there and back ----------------------------------------------------------------------------------

@pytest.mark.parametrize("folder", CITIES)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_what_was_written_out_changes_nothing_when_taken_in(real_folder, folder, layout):
    rows = table(real_folder.raw, folder, layout, TODAY)
    if layout is REGISTRY:
        rows = registry_rows(registry_json(rows).encode())
    for content, name in ((csv_bytes(rows), "x.csv"), (xlsx_bytes({"制度": rows}), "x.xlsx")):
        [sheet] = read_sheets(name, content)
        found, matched = taken(real_folder.raw, sheet.rows, folder)
        assert matched.layout is layout
        assert (found.problems, found.changed, found.new, matched.unknown) == ([], [], [], ())
        assert found.programs == real_folder.raw["municipalities"][folder]["programs"]


@pytest.mark.parametrize("folder", CITIES)
@pytest.mark.parametrize("write", [lambda rows: ("x.csv", csv_bytes(rows)), lambda rows: ("x.xlsx", xlsx_bytes({"a": rows}))])
def test_our_own_table_makes_the_same_catalog_from_nothing(raw, folder, write):
    before = raw["municipalities"][folder]["programs"]
    [sheet] = read_sheets(*write(table(raw, folder, OWN, TODAY)))
    raw["municipalities"][folder]["programs"] = {}
    found, _ = taken(raw, sheet.rows, folder)
    assert found.problems == []
    assert {i: build_program(i, p) for i, p in found.programs.items()} == {i: build_program(i, p) for i, p in before.items()}


ages = st.sampled_from(["0歳", "3歳", "1歳6か月", "生後57日", "年長", "小1", "18歳年度末", "中学校卒業後"])
person = st.fixed_dictionaries({}, optional={"from": ages, "until": ages}) | st.fixed_dictionaries(
    {"at": st.lists(st.sampled_from(["4か月", "1歳6か月", "3歳"]), min_size=1, max_size=3)}) | st.fixed_dictionaries({"under": ages})
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
alternatives = st.fixed_dictionaries({}, optional={
    "pregnant": st.just(True), "single_parent": st.sampled_from([True, False, "usually"]), "divorcing": st.just(True),
    "widow": st.just(True), "disability": st.just(True), "low_income": st.sampled_from([True, "usually"]),
    "child": st.tuples(person, st.booleans()).map(lambda t: {**t[0], **({"disability": True} if t[1] else {})}), "self": person,
    "confirm": st.fixed_dictionaries({"text": words, "easy": words, "en": words})}).filter(bool)


@given(alternatives)
def test_a_condition_is_read_as_it_was_written(alternative):
    assert read_row(write_row(alternative)) == alternative


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])).map(lambda s: s.strip(" ")), min_size=1, max_size=5))
def test_a_record_is_read_as_it_was_written(fields):
    assert "\n" not in write_record(fields)
    assert read_record(write_record(fields), 5, "x")[:len(fields)] == fields


@given(st.text())
def test_a_defused_cell_is_no_formula_and_comes_back(text):
    assert fused(defused(text)) == text
    assert defused(text)[:1] not in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@pytest.mark.parametrize("formula", ["=1+1", "+81", "-2", "@SUM(A1)", "＝HYPERLINK(\"x\")"])
def test_a_formula_is_written_as_text(formula):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes({"a": [["制度名"], [formula]]})))
    assert (book["a"]["A2"].value, book["a"]["A2"].data_type) == (formula, "s")
    assert csv_bytes([[formula]]).decode("utf-8-sig").lstrip('"').startswith("'")


# --- cells as people write them ------------------------------------------------------------------

@pytest.mark.parametrize(("said", "read"), [
    ("令和8年11月22日", "2026-11-22"), ("令和元年5月1日", "2019-05-01"), ("R8.11.22", "2026-11-22"), ("平成３１年４月３０日", "2019-04-30"),
    ("H31/4/30", "2019-04-30"), ("昭和64年1月7日", "1989-01-07"), ("２０２６／１１／２２", "2026-11-22"), ("2026-11-22 00:00:00", "2026-11-22"),
    ("20261122", "2026-11-22"), ("2026年11月22日(日)", "2026-11-22"), (" 2026 年 4 月 1 日 ", "2026-04-01"),
])
def test_a_date_is_read_however_it_is_written(said, read):
    assert read_date(said) == read


@pytest.mark.parametrize("said", ["きのう", "2026-02-30", "令和8年13月1日", "11/22", "2026", "46000", "平成99年1月1日", "S65.1.1"])
def test_what_is_no_date_is_told(said):
    with pytest.raises(BadCell, match="の形で書いてください"):
        read_date(said)


@pytest.mark.parametrize(("said", "read"), [
    ("０９４２－３０－９０００", "0942-30-9000"), ("0942(30)9000", "0942-30-9000"), ("0942ー30ー9000", "0942-30-9000"), ("#8000", "#8000"),
    ("189", "189"), ("", ""),
])
def test_a_phone_is_read_however_it_is_written(said, read):
    assert read_phone(said) == read


@pytest.mark.parametrize("said", ["942309000", "市役所", "0942-30-9000、0942-30-9001"])
def test_what_is_no_phone_is_told(said):
    with pytest.raises(BadCell):
        read_phone(said)


@pytest.mark.parametrize(("row", "said"), [
    ("", "空です"), ("ひとりおや", "条件として読めません"), ("ひとり親 かつ ひとり親", "二つあります"),
    ("窓口で確認〔a〕 かつ ひとり親", "最後に"), ("障害のある本人", "条件として読めません"),
])
def test_a_condition_that_cannot_be_read_is_told(row, said):
    with pytest.raises(BadRow, match=said):
        read_row(row)


def test_wide_digits_of_a_condition_are_narrow_ones():
    assert read_row("ひとり親 かつ １８歳年度末までの子 かつ 窓口で確認〔１回〕") == {
        **read_row("ひとり親 かつ 18歳年度末までの子"), "confirm": {"text": "１回", "easy": "", "en": ""}}


# --- tables as cities have them --------------------------------------------------------------------

def test_a_citys_own_order_headings_above_and_wrapped_cells(raw):
    rows = [["令和8年度 子育て支援事業一覧", "", ""], ["", "", ""], ["担当\n部署", "※ 事業名", "電話番号"],
            ["家庭子ども相談課", "児童扶養\n手当の支給", "０９４２－３０－９０６３"], ["", "", ""]]
    found, matched = taken(raw, rows)
    assert matched.heading_row == 2
    assert found.problems == []
    assert found.changed == ["jido-fuyo-teate"]
    assert at(found.programs["jido-fuyo-teate"], "contact.phone") == "0942-30-9063"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_usual_encoding_is_read(encoding):
    assert read_sheets("x.csv", "制度名,説明\r\n髙橋①〜,\"a\nb\"\r\n".replace("〜", "～").encode(encoding))[0].rows == (
        ("制度名", "説明"), ("髙橋①～", "a\nb"))


@pytest.mark.parametrize("text", [
    "制度名;説明;確認日\n手当;月に1,000円、物価で変わる;2026-11-22\n",
    "令和8年度 一覧\n制度名;説明;確認日\r\n手当;\"月に1,000円、物価で変わる\";2026-11-22\n",
    "制度名,説明,確認日\n手当,\"月に1,000円、物価で変わる\",2026-11-22\n",
    "制度名\t説明\t確認日\n手当\t月に1,000円、物価で変わる\t2026-11-22\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_commas_tabs_and_semicolons_stand_between_cells(text, encoding):
    [sheet] = read_sheets("表.csv", text.encode(encoding))
    assert sheet.rows[-2:] == (("制度名", "説明", "確認日"), ("手当", "月に1,000円、物価で変わる", "2026-11-22"))


def test_merged_cells_dates_numbers_and_codes_of_a_workbook():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["担当課", "制度名", "確認日", "番号", "コード", "印"])
    page.append(["子育て課", "あ", datetime(2026, 11, 22), 163.0, 94, True])
    page.append([None, "い", date(2026, 11, 22), 1.5, 7, None])
    page.merge_cells("A2:A3")
    for row in (2, 3):
        page.cell(row, 5).number_format = "0000"
    book.create_sheet("かくれ").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    [sheet] = read_sheets("x.xlsx", out.getvalue())
    assert sheet.rows[1:] == (("子育て課", "あ", "2026-11-22", "163", "0094", "はい"), ("子育て課", "い", "2026-11-22", "1.5", "0007", ""))


def test_headings_of_tokyos_85_columns_are_found_by_a_part_of_them(raw):
    rows = [["地方公共団体の名称（必須項目）", "制度のタイトル（制度名）です", "支援制度の制度概要", "給付金額（円）", "知らない列"],
            ["狛江市", "あたらしい給付", "こういう給付です", "五万円", "x"]]
    found, matched = taken(raw, rows, "13219-komae", (TOKYO,))
    [new] = found.new
    assert found.programs[new]["text"]["ja"] == "こういう給付です"
    assert found.programs[new]["fact"][0]["kind"] == "amount"
    assert matched.unknown == ("知らない列",)


def test_a_confirmed_heading_is_remembered(raw):
    rows = [["うちの名前", "制度名", "たんとう"], ["x", "児童扶養手当の支給", "こども未来課"]]
    _, matched = taken(raw, rows, remembered={"うちの名前": "ふだんの名前"})
    assert [c.name for c in matched.columns.values()] == ["ふだんの名前", "制度名"]
    assert matched.unknown == ("たんとう",)


def test_the_registry_of_tokyo_is_read_with_its_ages():
    records = [{"institutionName": {"canonicalName": "乳幼児の手当", "shortName": "あかちゃん手当"}, "summary": "手当です",
                "area": {"areaCode": "132195;狛江市"}, "updateDate": "2025/08/20", "relatedLink": "https://example.com/a",
                "target": {"greaterThanOrEqualTo": {"targetAge": 1, "targetAgeOfMonths": 6}, "lessThan": {"targetAge": "3"}}},
               {"institutionName": {"canonicalName": "よその手当"}, "area": {"areaCode": "132101;小金井市"}}]
    raw = {"municipalities": {"x": {"municipality": {"code": "13219"}, "departments": [], "programs": {}}}, "needs": {}}
    found, _ = taken(raw, registry_rows(json.dumps(records).encode(), "13219"), "x")
    [program] = found.programs.values()
    assert found.problems == []
    assert program["name"] == "乳幼児の手当"
    assert program["eligible"] == [{"child": {"from": "1歳6か月", "under": "3歳"}}]
    assert program["source"]["checked_on"] == "2025-08-20"


def test_a_row_without_a_program_makes_a_new_one_and_the_rest_stays(raw):
    found, _ = taken(raw, [["制度名", "説明", "担当課"], ["新しい制度", "こういう制度です", "katei-kodomo-sodan"]])
    [new] = found.new
    assert found.programs[new]["departments"] == ["katei-kodomo-sodan"]
    assert len(found.programs) == len(raw["municipalities"][CITY]["programs"]) + 1


def test_an_empty_cell_clears_in_our_table_only(raw):
    ours, _ = taken(raw, [["制度id", "制度名", "検索の言葉"], ["jido-fuyo-teate", "児童扶養手当の支給", ""]])
    assert ours.programs["jido-fuyo-teate"]["keywords"] == []
    theirs, _ = taken(raw, [["タイトル（制度名）", "キーワード", "概要", "お困りごと"], ["児童扶養手当の支給", "", "", ""]])
    assert theirs.changed == []


def test_a_department_that_a_plan_only_names_is_the_one_of_that_name(raw):
    name = "家庭子ども相談課"
    book = {"下書き": [["読みましたか", "制度名", "担当課"], ["はい", "新しい相談", name]],
            "担当課": [["担当課id", "担当課名", "出典", "確かさ"], ["d-1", name, "計画", "plan"], ["d-2", "新しい課", "計画", "plan"]]}
    found = take_file(raw, CITY, read_sheets("表.xlsx", xlsx_bytes(book)), list(LAYOUTS.values()), {}, "表.xlsx", TODAY)
    assert found.problems == []
    assert [d["name"] for d in found.departments] == [*(d["name"] for d in raw["municipalities"][CITY]["departments"]), "新しい課"]
    assert [p["departments"] for p in found.programs.values() if p["name"] == "新しい相談"] == [["katei-kodomo-sodan"]]


def test_what_a_plan_does_not_tell_stays_as_it_is(raw):
    found, _ = taken(raw, [["読みましたか", "制度名", "説明", "電話", "検索の言葉"], ["はい", "児童扶養手当の支給", "", "0942-30-9999", ""],
                           ["いいえ", "児童手当の支給", "別の説明", "", ""]])
    before = raw["municipalities"][CITY]["programs"]["jido-fuyo-teate"]
    assert found.changed == ["jido-fuyo-teate"]
    assert found.programs["jido-fuyo-teate"] == {**before, "contact": {**before["contact"], "phone": "0942-30-9999"}}


# --- what is wrong with a table --------------------------------------------------------------------

def test_everything_wrong_is_told_at_once_with_row_and_column(raw):
    found, _ = taken(raw, [["制度名", "種類", "担当課", "対象要件", "確認日", "困りごと", "例", "全国の制度"],
                           ["児童扶養手当の支給", "手当", "ない課", "小1から", "あした", "お金", "例だけ", "nai"],
                           ["", "サービス", "", "", "", "", "", ""],
                           ["児童手当の支給", *[""] * 7], ["児童手当の支給", *[""] * 7]])
    said = [str(p) for p in found.problems]
    for row, column, what in (("2行目", "種類", "使える値"), ("2行目", "担当課", "departments.csv"),
                              ("2行目", "対象要件", "条件として読めません"),
                              ("2行目", "確認日", "日付"), ("2行目", "全国の制度", "「nai」はありません。00-japan の id"),
                              ("2行目", "困りごと", "使える値"), ("2行目", "例", "見込み"),
                              ("3行目", "制度名", "名前がありません"), ("5行目", "制度名", "2つあります（4、5行目）")):
        assert any(f"表.xlsx シート1 {row} 「{column}」" in s and what in s for s in said), (row, column)


@pytest.mark.parametrize(("below", "new"), [
    (["合計", "2件"], 0), (["", "小計", "3"], 0), (["※この表は内部資料です", ""], 0), (["※内部資料", "※内部資料"], 0),
    (["", "※新しい手当", "説明"], 1),
    (["", "合計特殊出生率の相談", ""], 1)])
def test_a_total_or_a_remark_below_the_table_is_no_program(raw, below, new):
    found, _ = taken(raw, [["制度id", "制度名", "説明"], ["jido-fuyo-teate", "", "手当が出ます。"], below])
    assert (found.problems, found.changed, len(found.new)) == ([], ["jido-fuyo-teate"], new)


def test_what_slipped_to_the_right_and_a_formula_gone_wrong_are_told(raw):
    found, _ = taken(raw, [["制度名", "電話", "場所"], ["児童手当の支給", "", "本庁舎", "1階"], ["児童扶養手当の支給", "", "#REF!"]])
    assert [(p.row, p.column, p.what[:12]) for p in found.problems] == [(2, "", "ます目が見出しより多く、"), (3, "場所", "「#REF!」は、式のま")]


def test_rows_known_by_their_id_alone_are_read_and_an_unknown_id_is_told(raw):
    found, _ = taken(raw, [["制度id", "電話"], ["jido-fuyo-teate", "0942-30-9999"], ["jido-fuyo", "0942-30-9999"]])
    assert found.changed == ["jido-fuyo-teate"]
    assert [str(p) for p in found.problems] == ["表.xlsx シート1 3行目 「制度id」: 「jido-fuyo」という制度はありません。"
                                                "つづりを直すか、新しい制度なら制度名を書き足してください"]


def test_one_program_on_two_sheets_is_told_on_the_second(raw):
    book = {sheet: [["制度名", "説明"], ["児童手当の支給", sheet]] for sheet in ("手当", "相談")}
    sheets = read_sheets("表.xlsx", xlsx_bytes(book))
    found = take_file(raw, CITY, sheets, list(LAYOUTS.values()), {}, "表.xlsx", TODAY)
    assert [str(p) for p in found.problems] == ["表.xlsx 相談 2行目 「制度名」: 「児童手当の支給」の行が、シート「手当」にもあります。"
                                                "一つにまとめるか、名前を変えてください"]


@pytest.mark.parametrize("row", ["小1から3歳までの子", "18歳から3歳までの子", "3歳から1歳6か月未満の子", "ひとり親 かつ 中3から小1までの子"])
def test_a_rule_that_nobody_can_meet_is_told_in_its_cell(raw, row):
    found, _ = taken(raw, [["制度名", "対象要件"], ["児童扶養手当の支給", row]])
    [problem] = map(str, found.problems)
    assert problem.startswith(f"表.xlsx シート1 2行目 「対象要件」: 「{row}」: だれも当てはまらない年齢です。")
    assert "逆になっていないか" in problem
    assert found.changed == []


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 80 * 1024 * 1024)
    return out.getvalue()


def with_sheet(change):
    """A small workbook whose one sheet is changed by hand."""
    source = io.BytesIO(xlsx_bytes({"a": [["制度名"], ["x"]]}))
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            text = old.read(entry)
            new.writestr(entry, change(text) if entry.endswith("sheet1.xml") else text)
    return out.getvalue()


def many_cells():
    return with_sheet(lambda text: text.replace(b"<sheetData>", b"<sheetData><row>" + b"<c><v>1</v></c>" * 200_000 + b"</row>"))


def merged_wide():
    wide = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return with_sheet(lambda text: text.replace(b"</sheetData>", wide))


def uncomputed():
    return with_sheet(lambda text: text.replace(b"<sheetData>", b'<sheetData><row><c r="D2"><f>1+1</f><v/></c></row>'))


def test_a_formula_may_be_worked_out_and_be_an_empty_text():
    rows = b'<sheetData><row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c></row></sheetData>'
    [sheet] = read_sheets("x.xlsx", with_sheet(lambda text: re.sub(rb"<sheetData>.*</sheetData>", lambda _: rows, text)))
    assert sheet.rows == (("", "2"),)


def with_entities():
    return with_sheet(lambda text: b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + text.split(b"?>")[-1])


def under_another_name(content):
    """The same workbook, whose sheet is called what no workbook calls one: the book itself says where it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in book.namelist():
            new.writestr(entry.replace("sheet1.xml", "picture.png"), book.read(entry).replace(b"sheet1.xml", b"picture.png"))
    return out.getvalue()


def in_the_book(change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes({"a": [["制度名"]]}))) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in book.namelist():
            new.writestr(entry, change(book.read(entry)) if entry == "xl/workbook.xml" else book.read(entry))
    return out.getvalue()


def book_with_entities():
    ten = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"x" * 10) for n in range(9))
    return in_the_book(lambda text: b"<!DOCTYPE x [" + ten + b"]>" + text.split(b"?>")[-1].replace(b'name="a"', b'name="&e8;"'))


@pytest.mark.parametrize(("name", "content", "said"), [
    ("x.xlsx", lambda: under_another_name(many_cells()), "大きくなりすぎる"),
    ("x.xlsx", lambda: under_another_name(merged_wide()), "大きくなりすぎる"),
    ("x.xlsx", book_with_entities, "危険な仕掛け"),
    ("x.xlsx", lambda: in_the_book(lambda text: text[:-9]), "Excel のファイルとして読めません"),
    ("x.csv", lambda: b"a" * 21 * 1024 * 1024, "大きすぎます"),
    ("x.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "パスワード"),
    ("x.xlsx", lambda: xlsx_bytes({"a": [["制度名"]] * 50})[:900], "途中で切れています"),
    ("x.xlsx", lambda: b"", "x.xlsx: 中身のないファイルです。もとの"),
    ("x.xlsx", bomb, "大きくなりすぎる"),
    ("x.xlsx", many_cells, "大きくなりすぎる"),
    ("x.xlsx", merged_wide, "大きくなりすぎる"),
    ("x.xlsx", uncomputed, "D2: 式だけがあり"),
    ("x.pdf", lambda: b"%PDF-1.7", "PDF は表として読めません.*計画の文書を読む"),
    ("x.docx", lambda: b"PK\x03\x04word/", "Excel のファイルではありません"),
    ("x.xlsx", with_entities, "危険な仕掛け"),
    ("x.zip", lambda: b"PK\x05\x06" + b"\x00" * 18, "壊れているか"),
    ("x.csv", lambda: b"\x89PNG\r\n\x1a\n\x00\x00", "読めません|表のファイルではありません|文字コード"),
    ("x.csv", lambda: "制度名,説明\nあ,\"閉じない".encode(), "引用符"),
    ("x.csv", lambda: b"a\n" * 20_001, "表が大きすぎます"),
    ("x.csv", lambda: b"\x81\xff\xfe\x80", "文字コード"),
])
def test_a_file_that_cannot_be_read_is_told(name, content, said):
    with pytest.raises(BadSheet, match=said):
        read_sheets(name, content())


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_are_told(content):
    for name in ("x.csv", "x.xlsx"):
        try:
            read_sheets(name, content)
        except BadSheet as error:
            assert str(error).startswith(name)


WORKBOOK = xlsx_bytes({"a": [["制度名", "説明"], ["一時預かり", "子どもを預かります"]]})
DIRECTORY = WORKBOOK.index(b"PK\1\2")       # where the archive lists its parts


@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1) | st.integers(DIRECTORY, len(WORKBOOK) - 1), st.integers(0, 255)), min_size=1))
@example([(DIRECTORY + 6, 235)])        # a version of the archive that is not known
@example([(DIRECTORY + 8, 1)])          # behind a password
@example([(DIRECTORY + 10, 14)])        # packed in another way
def test_bytes_changed_anywhere_in_a_workbook_are_told_or_read(changes):
    content = bytearray(WORKBOOK)
    for place, byte in changes:
        content[place] = byte
    with suppress(BadSheet):
        read_sheets("x.xlsx", bytes(content))


@pytest.mark.parametrize("content", [b"", b"[1, 2]", b"{}", b'[{"a": ', b"[" * 5000])
def test_a_registry_that_is_none_is_told(content):
    with pytest.raises(BadCell):
        registry_rows(content)
