"""The page that says how right the service is: its figures are those of the catalog and of the tests; and reports of what is wrong."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date, timedelta

import pytest
from conftest import DATA, TODAY
from desks import AT, PROGRAM, Desk, office, quick
from test_resident import sound, text

from app import create_app
from bench.accuracy import written
from finder import measured
from finder.accuracy import Share, counted
from finder.faces.resident import accuracy as pages
from finder.reports import REASONS, read_report, report_of
from finder.settings import Settings
from finder.store import Counts, open_store, reports_since

__all__ = ["office", "quick"]       # fixtures
CITIES = {"kurume": "40203-kurume", "ogori": "40216-ogori", "kochi": "39201-kochi", "soja": "33208-soja", "komae": "13219-komae"}
GIVEN = "jido-teate"


@pytest.mark.parametrize(("of", "have", "percent"), [
    (0, 0, 0), (10, 0, 0), (10, 10, 100), (1000, 999, 99), (1000, 1, 1), (3, 2, 67), (3, 1, 33), (200, 1, 1), (8, 1, 12)])
def test_a_share_is_whole_only_when_it_is(of, have, percent):
    assert Share(of, have).percent == percent


@pytest.mark.parametrize("city", CITIES)
def test_the_counts_are_those_of_the_published_programs(client, real_catalogs, city):
    told = [p for p in client.get(f"/api/v1/municipalities/{city}/programs").get_json() if p["for_residents"]]
    found = counted(real_catalogs[CITIES[city]], TODAY)
    assert found.programs == len(told) == found.plan.have + found.official.have + found.second_hand.have
    assert found.department == Share(len(told), sum(bool(p["departments"]) for p in told))
    assert found.rules.have + found.left.have == found.rules.all == found.left.all
    page = client.get(f"/{city}/accuracy")
    sound(page.get_data(as_text=True))
    shown = re.sub(r"\s", "", text(page))
    record = measured.accuracy(DATA)
    hits = record.hits[city]
    for share in (found.plan, found.rules, found.left, found.department, found.phone, found.dated_source, Share(hits.musts, hits.found),
                  Share(record.danger.sentences, record.danger.found)):
        assert f"{share.all}のうち{share.have}（{share.percent}%）" in shown
    assert f"家族のようす{hits.households}とおり" in shown


def test_amounts_of_an_earlier_year_are_said(real_catalogs):
    catalog = real_catalogs["40203-kurume"]
    amounts = sum(f.kind == "amount" for p in catalog.programs if p.for_residents for f in p.facts)
    assert counted(catalog, date(2040, 4, 1)).old_amounts == amounts
    assert counted(catalog, TODAY).old_amounts < amounts


def test_what_was_not_measured_is_said_so(client, monkeypatch):
    monkeypatch.setattr(pages.measured, "accuracy", lambda data: None)
    page = text(client.get("/kurume/accuracy"))
    assert "この自治体では、まだ測っていません" in page
    assert "ふりがな" not in page.partition("足りないと分かっていること")[0].partition("合う制度")[2]


def test_the_record_is_read_as_it_is_written(tmp_path):
    found = measured.accuracy(DATA)
    (tmp_path / "measured").mkdir()
    (tmp_path / measured.ACCURACY).write_text(written(found), encoding="utf-8")
    assert measured.accuracy(tmp_path) == found
    assert measured.accuracy(tmp_path / "nowhere") is None


# --- what somebody reports -------------------------------------------------------------------------

def reports(app, city="kurume"):
    app.extensions["counts"].write(0, at_once=True)
    with closing(open_store(app.extensions["settings"].store)) as store:
        return {(r["face"], r["of"]): r["number"] for r in store["counts"].rows_where("what = 'reported' and municipality = ?", [city])}


def test_every_program_leads_to_its_report_and_a_report_leads_on(app, client):
    way = re.search(r'href="(/kurume/report\?[^"]+)"', client.get(f"/kurume/programs/{GIVEN}").get_data(as_text=True))[1]
    form = client.get(way)
    sound(form.get_data(as_text=True))
    assert all(words in text(form) for words in REASONS.values())
    before = reports(app)
    sent = client.post("/kurume/report", data={"program": GIVEN, "reason": "amount", "words": "山田 090-1234-5678"})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/kurume/report/thanks?program={GIVEN}")
    assert "Set-Cookie" not in sent.headers
    key = ("resident", f"{GIVEN}/amount")
    assert reports(app) == {**before, key: before.get(key, 0) + 1}
    thanks = client.get(sent.headers["Location"]).get_data(as_text=True)
    sound(thanks)
    assert f'href="/kurume/programs/{GIVEN}"' in thanks
    client.get("/kiosk/kurume/")
    client.post("/kurume/report", data={"program": GIVEN, "reason": "amount"})
    assert reports(app)["kiosk", f"{GIVEN}/amount"] >= 1


@pytest.mark.parametrize(("form", "headers", "code"), [
    ({"program": "", "reason": "amount"}, {}, 400), ({"program": "nothing", "reason": "amount"}, {}, 400),
    ({"program": GIVEN, "reason": "なぐられた"}, {}, 400), ({"program": GIVEN}, {}, 400), ({}, {}, 400),
    ({"program": "kodomo-shien-guidebook/x", "reason": "phone"}, {}, 400),
    ({"program": GIVEN, "reason": "phone"}, {"Sec-Fetch-Site": "cross-site"}, 403),
    ({"program": GIVEN, "reason": "phone"}, {"Origin": "https://evil.example"}, 403),
    ({"program": GIVEN, "reason": "phone"}, {"Origin": "null"}, 403),
])
def test_what_no_page_of_ours_sends_is_counted_nowhere(app, client, form, headers, code):
    before = reports(app)
    assert client.post("/kurume/report", data=form, headers=headers).status_code == code
    assert reports(app) == before
    assert client.get("/kurume/report").headers["Referrer-Policy"] == "same-origin"


def test_a_report_without_a_program_says_kindly_what_to_do(client):
    page = client.post("/kurume/report", data={"reason": "amount"})
    assert "制度をえらんでから、おしてください" in text(page)
    assert 'aria-invalid="true" aria-describedby="wrong"' in page.get_data(as_text=True)


@pytest.mark.parametrize("program", ["nothing", "", "<script>"])
def test_an_unknown_program_is_chosen_anew(client, program):
    page = client.get("/kurume/report", query_string={"program": program})
    assert '<select id="program"' in page.get_data(as_text=True)
    assert client.get("/kurume/report/thanks", query_string={"program": program}).status_code == 200


def test_where_nothing_is_counted_the_office_is_named_instead(app):
    client = create_app(Settings(store=app.extensions["settings"].store, secret="a secret of more than 32 letters!", counts=False)).test_client()
    page = client.get(f"/kurume/report?program={GIVEN}").get_data(as_text=True)
    assert "<button class=\"choice\"" not in page
    assert "くわしく伝えたいとき" in page
    assert client.post("/kurume/report", data={"program": GIVEN, "reason": "phone"}).status_code == 404


def test_one_address_reports_thirty_times_a_minute_at_most(app, monkeypatch):
    monkeypatch.setattr("finder.rates.time.time", lambda: 30.0)
    client = create_app(Settings(store=app.extensions["settings"].store, secret="a secret of more than 32 letters!")).test_client()
    codes = [client.post("/kurume/report", data={}, environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code for _ in range(31)]
    assert codes == [400] * 30 + [429]


def test_a_report_is_told_in_words():
    assert read_report(report_of(GIVEN, "ended")) == (GIVEN, "もう終わっている")


# --- what staff see of it ----------------------------------------------------------------------------

def report(office, times, reason="amount", day=TODAY, city="komae"):
    counts = Counts(office.extensions["settings"].store)
    for _ in range(times):
        counts.add(day, "resident", city, "reported", [report_of(PROGRAM, reason)])
    assert counts.write(0, at_once=True)


def test_staff_see_on_the_first_page_what_was_reported(office):
    report(office, 6, day=TODAY - timedelta(days=40))
    report(office, 1, "phone")
    report(office, 9, "phone", city="kurume")
    report(office, 9, "other", day=TODAY - timedelta(days=100))
    page = Desk(office, "見る人").text("/admin/komae/")
    assert page.index("「違う」という知らせがあります（2）") < page.index("担当課も電話も分かっていません")
    assert "金額が違う（6）" in page
    assert "電話番号が違う（5未満）" in page
    assert "その他（" not in page
    assert "金額が違う" in Desk(office, "見る人").text("/admin/komae/counts?days=90")


def test_what_was_reported_before_its_program_changed_is_taken_as_mended(office):
    editor, publisher = Desk(office, "書く人"), Desk(office, "公開する人")
    editor.save(AT, 説明="新しい説明です。")
    editor.press("/admin/komae/drafts/1", "hand-in")
    publisher.press("/admin/komae/drafts/1", "publish")
    report(office, 7)                                        # the fixed day of these pages is before today, on which it was published
    report(office, 8, "link", day=date(2040, 1, 1))
    with closing(open_store(office.extensions["settings"].store)) as store:
        assert reports_since(store, TODAY, "komae", "13219-komae") == {report_of(PROGRAM, "link"): 8}
