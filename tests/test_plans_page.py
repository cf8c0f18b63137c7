"""A plan document sent in on the page: a draft comes back, nothing is kept, and no document holds the pages up."""

from __future__ import annotations

import base64
import io
import re
from contextlib import closing

import openpyxl
import pytest
from desks import Desk, office, published, quick
from papers import paper
from test_tables_page import Endless, columns, send

from finder import plan_files
from finder.documents import BadDocument
from finder.store import open_store
from finder.store.accounts import audit

__all__ = ["office", "quick"]       # fixtures
AT = "/admin/komae/plans"
PLAN = "事業名\t内容\t担当課\n見本手当の支給\tひとり親家庭に手当を支給する。\t子ども課\n\n見本相談\n\n年度\t人数\n令和3年\t120".encode()


def bring(desk, name, content):
    token = re.search(r'name="token" value="(\w+)"', desk.text(AT))[1]
    return desk.client.post(AT, data={"token": token, "plan": (io.BytesIO(content), name)}, follow_redirects=True)


def test_a_draft_comes_back_nothing_is_kept_and_its_read_rows_become_drafts(office):
    desk = Desk(office, "書く人")
    before = published(office)
    assert AT in desk.text("/admin/komae/tables")
    answer = bring(desk, "../計画.txt", PLAN)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "1行から1の事業を見つけました" in page, "計画.txt 7行目: " in page) == (200, True, True)
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(re.search(r'sheet;base64,([\w+/=]+)"', page)[1])))
    text = base64.b64decode(re.search(r'utf-8;base64,([\w+/=]+)"', page)[1]).decode()
    assert text.split("\n")[1].startswith("見本手当の支給")
    with closing(open_store(office.extensions["settings"].store)) as store:
        assert store["uploads"].count == store["drafts"].count == 0
        assert next((line.who, line.did, line.what) for line in audit(store)) == ("書く人", "計画を読む", "13219-komae/計画.txt: 1件")
    sheet = book["下書き"]
    sheet.cell(2, 1).value = "はい"
    out = io.BytesIO()
    book.save(out)
    send(desk, "下書き.xlsx", out.getvalue())
    assert "下書きを作りました" in columns(desk, go="draft")
    assert "見本手当の支給" in desk.text("/admin/komae/drafts")
    assert published(office) == before


BAD = [
    ("スキャン.pdf", paper([]), "スキャン.pdf 1〜1ページ: 文字がありません。紙を写した画像の PDF"),
    ("x.txt", "ただの文です。".encode(), "x.txt: 制度の表が見つかりません。見出しの行に"), ("", b"", "ファイルをえらんでください"),
]


def test_what_cannot_be_read_is_told_beside_the_field(office):
    desk = Desk(office, "書く人")
    for name, content, said in BAD:
        answer = bring(desk, name, content)
        page = answer.get_data(as_text=True)
        assert (answer.status_code, said in page, "何も変えていません" in page, "Traceback" in page) == (400, True, True, False), page


def test_only_editors_send_plans_and_no_larger_ones_than_tables(office):
    viewer = Desk(office, "見る人")
    assert 'type="file"' not in viewer.text(AT)
    token = re.search(r'name="token" value="(\w+)"', viewer.text(AT))[1]
    assert viewer.client.post(AT, data={"token": token}).status_code == 403
    desk, body = Desk(office, "書く人"), Endless(200 * 1024 * 1024)
    answer = desk.client.post(AT, content_type="multipart/form-data; boundary=x",
                              environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": str(body.left)})
    assert (answer.status_code, answer.location) == (303, AT)
    assert "ファイルが大きすぎます" in desk.text(AT)


def test_a_document_holds_nothing_up(monkeypatch):
    """It is given up after its time, when its process ends, and while another is read; none of it stays behind."""
    with pytest.raises(BadDocument, match=r"x\.txt: 0秒では読みきれません。要る章だけを別のファイルに"):
        plan_files.read_apart("x.txt", PLAN, "plan", {}, patience=.01)
    with plan_files._one_at_a_time, pytest.raises(BadDocument, match=r"x\.txt: いま、ほかの計画を読んでいます"):
        plan_files.read_apart("x.txt", PLAN, "plan", {})
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(BadDocument, match=r"x\.txt: 読むのに要るメモリーが足りないか、壊れています。要る章だけ"):
        plan_files.read_apart("x.txt", PLAN, "plan", {})
    assert not plan_files._one_at_a_time.locked()
