"""Two versions compared in words: what changes, and for whom."""

from __future__ import annotations

import json
from datetime import date

import pytest

from finder.differences import differences

TODAY = date(2026, 11, 22)
CITY = "40203-kurume"


@pytest.fixture
def compare(real_folder):
    """The differences that a change of one program or of the contents makes, in words."""
    def compare(change, program="jido-fuyo-teate"):
        new = json.loads(json.dumps(real_folder.raw))
        change(new["municipalities"][CITY]["programs"][program] if program else new)
        return [str(d) for d in differences(real_folder.raw, new, TODAY)]
    return compare


def put(path, value):
    """A change that puts a value at a path."""
    def change(raw):
        *way, last = path
        for step in way:
            raw = raw[step]
        raw[last] = value
    return change


AT = "40203-kurume: 「児童扶養手当の支給」(jido-fuyo-teate): "


def test_nothing_changed_is_no_difference(compare):
    assert compare(lambda raw: None) == []


@pytest.mark.parametrize(("path", "value", "words"), [
    (("contact", "phone"), "0942-30-9063", "電話番号が加わります: 「0942-30-9063」"),
    (("source", "checked_on"), "2026-12-01", "確認日が変わります: 「2026-11-22」 → 「2026-12-01」"),
    (("needs",), ["money", "food"], "困りごとが変わります: 「お金・生活費」 → 「お金・生活費、食べもの」"),
    (("kind",), "loan", "種類が変わります: 「手当・給付金」 → 「貸付」"),
    (("departments",), ["seishonen-ikusei", "nowhere"], "担当課が変わります: 「家庭子ども相談課」 → 「青少年育成課、nowhere」"),
    (("for_residents",), False, "住民向けかどうかが変わります: はい → いいえ"),
    (("keywords",), [], "検索の言葉がなくなります: 「母子手当、シングルマザーの手当」"),
    (("confirm",), [{"text": "所得の制限があります", "easy": "", "en": ""}], "窓口で確認することが加わります: 「所得の制限があります」"),
    (("case", 0, "name"), "別の例", "例がなくなります: 「ひとり親、高校3年生、3月31日」"),
    (("case", 0, "today"), "2026-03-30", "例の中身か順番が変わります"),
    (("fact",), [{"kind": "amount", "text": "1万円", "source": "x"}], "事実が加わります: 「金額 1万円」"),
    (("new_field",), "x", "new_fieldが加わります: 「x」"),
])
def test_a_changed_field_is_named_with_old_and_new(compare, path, value, words):
    assert AT + words in compare(put(path, value))


def test_a_wider_age_is_shown_with_households_that_newly_fit(compare):
    found = compare(put(("eligible", 0, "child", "until"), "20歳"))
    assert AT + "対象要件が変わります: 「ひとり親 かつ 18歳年度末までの子」 → 「ひとり親 かつ 20歳までの子」" in found
    assert AT + "対象が広がります: 新しく当てはまる例: 19歳の子、ひとり親、20歳の子、ひとり親" in found


def test_a_narrower_age_is_shown_with_households_that_no_longer_fit(compare):
    found = compare(put(("eligible", 0, "child", "until"), "12歳"))
    assert any(w.startswith(AT + "対象がせまくなります: 当てはまらなくなる例: 13歳の子、ひとり親") and "ほか" in w for w in found)


def test_programs_departments_and_cities_come_and_go(compare):
    assert compare(lambda raw: raw["municipalities"][CITY]["programs"].pop("jido-teate"), None) == [
        "40203-kurume: 「児童手当の支給」(jido-teate): なくなります"]
    [office] = compare(lambda raw: raw["municipalities"][CITY]["departments"][0].update(phone="1"), None)
    assert "電話番号が" in office
    assert compare(lambda raw: raw["municipalities"].pop("13219-komae"), None) == ["13219-komae: 自治体: なくなります"]
    assert compare(lambda raw: raw["plans"].pop(CITY), None) == ["40203-kurume: 計画: 計画の本文が変わります"]
    assert compare(put(("hotlines",), []), None) == ["緊急の相談先: 緊急の相談先が変わります"]


def test_half_a_program_is_compared_too(compare):
    assert compare(lambda program: program.pop("contact"))
