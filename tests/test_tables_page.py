"""A table sent in on the page: read, confirmed, told what is wrong, drafted, handed in together, published by somebody else."""

from __future__ import annotations

import html
import io
import re
from contextlib import closing

import openpyxl
import pytest
from desks import FOLDER, PROGRAM, Desk, office, published, quick

from finder.sheets import csv_bytes, xlsx_bytes
from finder.store import history, open_store, remembered_columns

__all__ = ["office", "quick"]       # fixtures
AT = "/admin/komae/tables"


def send(desk, name, content):
    token = re.search(r'name="token" value="(\w+)"', desk.text(AT))[1]
    answer = desk.client.post(AT, data={"token": token, "table": (io.BytesIO(content), name)}, follow_redirects=True)
    return answer, html.unescape(answer.get_data(as_text=True))


def columns(desk, number=1, go="read", **chosen):
    """Send the form of a file's columns, as it is shown but for the headings named."""
    page = html.unescape(desk.client.get(f"{AT}/{number}").get_data(as_text=True))
    form = {"token": re.search(r'name="token" value="(\w+)"', page)[1], "go": go}
    for heading, name, options in re.findall(r'id="t[\d-]+">(.*?)</th>\s*<td><select name="(h[\d-]+)"[^>]*>(.*?)</select>', page, re.S):
        now = re.findall(r"<option selected>(.*?)</option>", options)
        form[name] = chosen.get(heading, now[0] if now else "")
    form |= dict.fromkeys(re.findall(r'type="hidden" name="(h[\d-]+)"', page), "")
    return html.unescape(desk.client.post(f"{AT}/{number}", data=form, follow_redirects=True).get_data(as_text=True))


def test_the_template_comes_back_corrected_and_is_published_by_a_second_person(office):
    editor, publisher = Desk(office, "書く人"), Desk(office, "公開する人")
    address = re.search(r'href="([^"]+programs.xlsx)"', editor.text(AT))[1]
    book = openpyxl.load_workbook(io.BytesIO(editor.get(address).data))
    sheet = book["制度"]
    at = {c.value: c.column for c in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        if row[at["制度id"] - 1].value in (PROGRAM, "mimamori-taku"):
            sheet.cell(row[0].row, at["電話"]).value = "０３－３４３０－１１１１"
            sheet.cell(row[0].row, at["確認日"]).value = "令和8年11月20日"
    book["担当課"].cell(2, [c.value for c in book["担当課"][1]].index("時間") + 1).value = "月〜金 9:00〜17:00"
    out = io.BytesIO()
    book.save(out)
    before = published(office)
    _, page = send(editor, "ひな形.xlsx", out.getvalue())
    assert "まだ何も変えていません" in page
    assert before[PROGRAM]["name"] in page
    page = columns(editor, go="draft")
    assert "件の下書きを作りました" in page
    assert "電話番号が加わります: 「03-3430-1111」" in page
    assert published(office) == before
    assert "出しました" in editor.press("/admin/komae/drafts", "hand-in").get_data(as_text=True)
    page = publisher.text("/admin/komae/drafts")
    form = {"token": re.search(r'name="token" value="(\w+)"', page)[1], "number": re.findall(r'name="number" value="(\d+)"', page)}
    form |= dict(re.findall(r'name="(seen-\d+)" value="([^"]+)"', page))
    assert len(form["number"]) >= 2
    answer = publisher.client.post("/admin/komae/drafts/publish", data=form, follow_redirects=True)
    assert "版2として公開しました" in answer.get_data(as_text=True)
    assert published(office)[PROGRAM]["contact"]["phone"] == "03-3430-1111"
    assert published(office)[PROGRAM]["source"]["checked_on"] == "2026-11-20"
    with closing(open_store(office.extensions["settings"].store)) as store:
        assert (history(store)[0].who, history(store)[0].note) == ("書く人、公開する人", "「ひな形.xlsx」から")
    assert "下書きはありません" in editor.text("/admin/komae/drafts")


def test_nobody_publishes_their_own_drafts_together(office):
    desk = Desk(office, "公開する人")
    send(desk, "x.csv", csv_bytes([["制度名", "電話"], [published(office)[PROGRAM]["name"], "03-3430-1111"]]))
    columns(desk, go="draft")
    desk.press("/admin/komae/drafts", "hand-in")
    page = desk.text("/admin/komae/drafts")
    assert "確かめたので公開する" not in page
    token = re.search(r'name="token" value="(\w+)"', page)[1]
    answer = desk.client.post("/admin/komae/drafts/publish", data={"token": token, "number": ["1"]}, follow_redirects=True)
    assert "自分の下書きは公開できません" in answer.get_data(as_text=True)
    assert "phone" not in published(office)[PROGRAM]["contact"]


def test_a_citys_own_headings_are_chosen_once_and_remembered(office):
    desk, name = Desk(office, "書く人"), published(office)[PROGRAM]["name"]
    rows = [["令和8年度の一覧", "", ""], ["うちの名", "れんらくさき", "ひみつ"], [name, "０３－３４３０－１１１１", "職員のメモ"]]
    _, page = send(desk, "うちの表.csv", "\r\n".join(",".join(r) for r in rows).encode("cp932"))
    assert "制度の表が見つかりません" in page
    assert "見出しは2行目です" in page
    page = columns(desk, うちの名="制度名", れんらくさき="電話")
    assert f"変わるもの 1件：{name}" in page
    columns(desk, go="draft")
    assert "電話番号が加わります" in desk.text("/admin/komae/drafts")
    with closing(open_store(office.extensions["settings"].store)) as store:
        assert remembered_columns(store, FOLDER) == {"うちの名": "制度名", "れんらくさき": "電話", "ひみつ": "取りこみません"}
        assert not any("職員のメモ" in str(row) or name in str(row) for row in store["columns"].rows)
        assert store["uploads"].count == 0
    desk.press("/admin/komae/drafts/1", "drop")
    _, page = send(desk, "うちの表.csv", "\r\n".join(",".join(r) for r in rows).encode("cp932"))
    assert f"変わるもの 1件：{name}" in page


def test_a_column_changed_with_the_last_press_is_shown_again_first(office):
    desk, name = Desk(office, "書く人"), published(office)[PROGRAM]["name"]
    send(desk, "x.csv", csv_bytes([["制度名", "電話", "メモ"], [name, "03-3430-1111", "03-3430-2222"]]))
    assert "もう一度見てください" in columns(desk, go="draft", 電話="")
    assert "下書きはありません" in desk.text("/admin/komae/drafts")


def test_everything_wrong_is_told_with_sheet_row_and_column_and_nothing_becomes_a_draft(office):
    desk, name = Desk(office, "書く人"), published(office)[PROGRAM]["name"]
    before = published(office)
    book = xlsx_bytes({"手当": [["制度名", "対象要件", "担当課", "確認日"], [name, "小1から3歳までの子", "ない課", "2026-02-30"]],
                       "相談": [["制度名", "説明"], ["新しい相談", "一"], ["新しい相談", "二"]]})
    _, page = send(desk, "一覧.xlsx", book)
    for cells in (("手当", "2", "対象要件"), ("手当", "2", "担当課"), ("手当", "2", "確認日"), ("相談", "3", "制度名")):
        assert "<tr>" + "".join(f"<td>{c}</td>" for c in cells) in page, cells
    assert "下書きにする" not in page
    assert "何も変えていません" in columns(desk, go="draft")
    assert "下書きはありません" in desk.text("/admin/komae/drafts")
    assert published(office) == before


def test_a_draft_begun_before_is_not_written_over(office):
    desk, name = Desk(office, "書く人"), published(office)[PROGRAM]["name"]
    desk.save(f"/admin/komae/programs/{PROGRAM}", 説明="書きかけの説明です。")
    _, page = send(desk, "x.csv", csv_bytes([["制度名", "電話"], [name, "03-3430-1111"]]))
    assert f"あなたの下書きが、もうあるもの：{name}" in page
    columns(desk, go="draft")
    assert "書きかけの説明です。" in desk.text(f"/admin/komae/programs/{PROGRAM}")


@pytest.mark.parametrize(("name", "content", "said"), [
    ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "パスワード"), ("x.pdf", b"%PDF-1.7", "PDF は表として読めません"),
    ("x.xlsx", b"PK\x03\x04", "途中で切れています"), ("x.csv", "制度名,説明\nあ,\"閉じない".encode(), "引用符"), ("", b"", "えらんでください"),
    ("../<b>x</b>.csv", b"\x81\xff\xfe\x80", "文字コード"), ("x.json", b'[{"a": ', "途中で切れていないか"),
])
def test_a_file_that_cannot_be_read_is_told_and_not_kept(office, name, content, said):
    desk = Desk(office, "書く人")
    answer, page = send(desk, name, content)
    assert answer.status_code == 400
    assert said in page
    assert "<b>x</b>" not in answer.get_data(as_text=True)
    with closing(open_store(office.extensions["settings"].store)) as store:
        assert store["uploads"].count == 0


class Endless(io.RawIOBase):
    """A body of zeros that is never in memory as a whole."""

    def __init__(self, size):
        self.left = size

    def read(self, size=-1):
        piece = min(self.left, size if size >= 0 else self.left, 1024 * 1024)
        self.left -= piece
        return b"0" * piece


def test_a_table_of_200_megabytes_is_told_without_being_read(office):
    desk, body = Desk(office, "書く人"), Endless(200 * 1024 * 1024)
    answer = desk.client.post(AT, content_type="multipart/form-data; boundary=x",
                              environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": str(body.left)})
    assert answer.status_code == 303
    assert body.left == 0
    assert "ファイルが大きすぎます" in desk.text(AT)


@pytest.mark.parametrize(("name", "code"), [("見る人", 413), ("書く人", 303)])
def test_large_files_are_taken_from_those_who_may_edit_only(office, name, code):
    desk = Desk(office, name)
    token = re.search(r'name="token" value="(\w+)"', desk.text("/admin/"))[1]
    rows = csv_bytes([["制度名", "説明"], *([f"制度{n}", "あ" * 200] for n in range(600))])
    assert len(rows) > 256 * 1024
    assert desk.client.post(AT, data={"token": token, "table": (io.BytesIO(rows), "x.csv")}).status_code == code


def test_headings_without_a_row_are_no_table_without_changes(office):
    _, page = send(Desk(office, "書く人"), "x.csv", csv_bytes([["制度名", "説明"]]))
    assert "見出しの下に、制度の行がありません" in page


def test_somebody_elses_file_is_not_there(office):
    send(Desk(office, "書く人"), "x.csv", csv_bytes([["制度名", "説明"], ["新しい相談", "一"]]))
    assert Desk(office, "もう一人").get(f"{AT}/1").status_code == 404
    assert "捨てました" in Desk(office, "書く人").press(f"{AT}/1", "drop").get_data(as_text=True)
