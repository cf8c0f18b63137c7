"""`python -m finder catalog …`: what each verb says, what it changes, and its exit code."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import closing

import openpyxl
import pytest

from finder.command_line import main
from finder.files import read_folder
from finder.folder_text import program_text
from finder.settings import ROOT
from finder.store import open_store
from finder.store.accounts import audit

KOMAE = "13219-komae"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder with one municipality, and the settings that point to it."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("40203-*", "40216-*", "39201-*", "33208-*", "translations"))
    monkeypatch.setenv("FINDER_DATA", str(folder))
    monkeypatch.setenv("FINDER_STORE", str(tmp_path / "instance" / "finder.db"))
    monkeypatch.setenv("FINDER_TODAY", "2026-11-22")
    return folder


@pytest.fixture
def run(data, capsys):
    """Run a verb: its exit code, what it says, what it says is wrong."""
    def run(*arguments):
        code = main(["catalog", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err
    return run


def edit(data, program="yurikago-komae", old='name = "', new='name = "新'):
    path = data / KOMAE / "programs" / f"{program}.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_publish_then_diff_then_publish_then_history(run, data):
    code, out, _ = run("publish", "--who", "山", "--note", "はじめ")
    assert (code, "版1を公開しました" in out) == (0, True)
    assert run("diff")[:2] == (0, "ちがいはありません\n")
    edit(data)
    code, out, _ = run("diff")
    assert code == 3
    assert "名前が変わります" in out
    assert "1件のちがい" in out
    code, out, _ = run("publish", "--who", "川")
    assert code == 0
    assert "版2を公開しました（1件の変更）" in out
    code, out, _ = run("history")
    assert [line.split("  ")[0] for line in out.splitlines()] == ["版2", "版1"]
    assert "山  はじめ" in out
    assert run("diff", 1, 2)[0] == run("diff", 1)[0] == 3


def test_nothing_is_published_while_anything_is_wrong(run, data):
    run("publish")
    edit(data, old="name = ", new="nane = ")
    code, _, err = run("publish")
    assert code == 1
    assert f"{KOMAE}/programs/yurikago-komae.toml: name: 必要な項目がありません" in err
    assert "公開しません" in err
    assert run("history")[1].count("版") == 1


def test_rollback_brings_the_contents_back(run, data):
    run("publish")
    edit(data)
    run("publish")
    code, out, _ = run("rollback", 1, "--who", "山", "--note", "まちがえた")
    assert (code, "版3として公開しました" in out) == (0, True)
    assert run("diff", 1, 3)[0] == 0


@pytest.mark.parametrize("arguments", [("rollback", 9), ("diff", 9), ("export", "x.json", "--version", "9", "--municipality", "komae")])
def test_a_version_that_never_was_is_told(run, arguments):
    run("publish")
    code, _, err = run(*arguments)
    assert code == 1
    assert "版9はありません" in err


@pytest.mark.parametrize("arguments", [("diff",), ("export", "x")])
def test_before_anything_is_published_that_is_said(run, arguments):
    code, _, err = run(*arguments)
    assert code == 1
    assert "catalog publish" in err


def test_three_versions_are_not_compared(run):
    assert run("diff", 1, 2, 3)[0] == 2


def test_the_exported_folder_is_the_same_catalog(run, data, tmp_path):
    run("publish")
    assert run("export", tmp_path / "out")[0] == 0
    assert read_folder(tmp_path / "out").raw == read_folder(data).raw
    code, _, err = run("export", tmp_path / "out")
    assert code == 1
    assert "空のフォルダではありません" in err


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_what_was_exported_and_imported_again_changes_nothing(run, tmp_path, name):
    run("publish")
    assert run("export", tmp_path / name, "--municipality", "komae", "--layout", "own")[0] == 0
    code, out, _ = run("import", tmp_path / name, "--municipality", "komae", "--yes")
    assert code == 0
    assert "変わるところはありません" in out


def test_json_and_the_registry_are_exported(run, tmp_path):
    run("publish")
    run("export", tmp_path / "x.json", "--municipality", "komae")
    given = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert (given["format"], given["licence"], len(given["programs"])) == ("shien-finder/1", None, 36)
    assert given["published_on"].startswith("20")
    run("export", tmp_path / "r.json", "--municipality", "komae", "--layout", "registry")
    first = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))[0]
    assert first["area"]["areaCode"] == "132195;狛江市"
    assert run("import", tmp_path / "r.json", "--municipality", "komae")[1].endswith("変わるところはありません\n")


def test_the_default_csv_is_the_national_layout_with_bom(run, tmp_path):
    run("publish")
    run("export", tmp_path / "x.csv", "--municipality", "komae")
    assert (tmp_path / "x.csv").read_bytes().startswith("\ufeff制度所管組織,タイトル（制度名）".encode())


def test_a_table_of_no_municipality_is_asked_for(run, tmp_path):
    run("publish")
    code, _, err = run("export", tmp_path / "x.csv")
    assert code == 2
    assert "komae" in err


def workbook(path, rows, **other):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, more in other.items():
        page = book.create_sheet(title)
        for row in more:
            page.append(row)
    book.save(path)
    return path


def test_an_import_is_shown_first_and_written_when_confirmed(run, data, tmp_path):
    before = read_folder(data).raw
    sheet = workbook(tmp_path / "表.xlsx", [["事業名", "電話番号", "へんな列"], ["ゆりかご狛江", "０３－３４３０－１１１１", "x"]])
    code, out, _ = run("import", sheet, "--municipality", "komae")
    assert code == 0
    assert "事業名 → 制度名" in out
    assert "へんな列 → 取りこみません" in out
    assert "電話番号が加わります: 「03-3430-1111」" in out
    assert "--yes" in out
    assert read_folder(data).raw == before
    assert run("import", sheet, "--municipality", "komae", "--yes")[0] == 0
    after = read_folder(data)
    assert after.problems == []
    assert after.raw["municipalities"][KOMAE]["programs"]["yurikago-komae"]["contact"]["phone"] == "03-3430-1111"


def test_a_confirmed_heading_is_remembered_for_the_next_time(run, tmp_path):
    sheet = workbook(tmp_path / "表.xlsx", [["うちの名", "でんわ"], ["ゆりかご狛江", "03-3430-1111"]])
    code, _, err = run("import", sheet, "--municipality", "komae")
    assert code == 1
    assert "制度の表が見つかりません" in err
    assert run("import", sheet, "--municipality", "komae", "--column", "うちの名=制度名", "--column", "でんわ=電話", "--yes")[0] == 0
    sheet = workbook(tmp_path / "表.xlsx", [["うちの名", "でんわ"], ["ゆりかご狛江", "03-3430-2222"]])
    assert "03-3430-2222" in run("import", sheet, "--municipality", "komae")[1]


def test_a_wrong_table_changes_nothing_and_everything_wrong_is_told(run, data, tmp_path):
    before = read_folder(data).raw
    sheet = workbook(tmp_path / "表.xlsx", [["制度名", "電話", "確認日"], ["ゆりかご狛江", "334301111", "きのう"],
                                                ["ヤングケアラーへの支援", "ない", ""]])
    code, out, err = run("import", sheet, "--municipality", "komae", "--yes")
    assert code == 1
    assert "3件の間違い" in out
    assert "表.xlsx Sheet 2行目 「電話」: 「334301111」は 0 で始まっていません" in err
    assert read_folder(data).raw == before


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("nothing.xlsx", "--municipality", "komae"), 1, "読めません"), (("x", "--municipality", "atlantis"), 2, "フォルダがありません"),
    (("x", "--municipality", "komae", "--column", "なし"), 2, "表の見出し=列の名前"),
])
def test_what_cannot_be_imported_is_told(run, arguments, code, said):
    got, _, err = run("import", *arguments)
    assert got == code
    assert said in err


def test_a_file_that_somebody_left_broken_is_not_written_over(run, data, tmp_path):
    edit(data, old='name = "ゆりかご狛江"', new='name = "ゆりかご')
    before = (data / KOMAE / "programs" / "yurikago-komae.toml").read_bytes()
    sheet = workbook(tmp_path / "表.xlsx", [["制度id", "制度名", "電話"], ["yurikago-komae", "ゆりかご狛江", "03-3430-1111"]])
    code, _, err = run("import", sheet, "--municipality", "komae", "--yes")
    assert code == 1
    assert "TOML として読めません" in err
    assert (data / KOMAE / "programs" / "yurikago-komae.toml").read_bytes() == before


def test_a_new_municipality_from_nothing(run, data, tmp_path):
    """見本市 is made up. A folder, departments and programs from a workbook; the check says what is missing; it is published."""
    assert run("new", "mihon", "99999", "見本市", "見本県", "--en", "Mihon City")[0] == 0
    assert run("new", "mihon", "99999", "見本市", "見本県")[0] == 1
    assert run("new", "Mihon", "9", "見本市", "見本県")[0] == 2
    sheet = workbook(tmp_path / "見本市.xlsx", [["事業名", "概要", "担当課"], ["見本の相談", "何でも相談できます。", "子ども課"]],
                     担当課=[["担当課id", "担当課名", "電話番号"], ["kodomo", "子ども課", "000-000-0000"]])
    code, out, err = run("import", sheet, "--municipality", "mihon", "--yes")
    assert code == 3
    assert "書き足すところがあります" in out
    for missing, place in (("種類", "kind"), ("困りごと", "needs"), ("やさしい日本語の名前", "title.easy"), ("英語の説明", "text.en"),
                           ("例", "case")):
        assert re.search(rf"「見本の相談」の{missing}: 必要な項目がありません.*（99999-mihon/programs/\S+ {place}）", err), missing
    assert run("publish")[0] == 1
    rest = workbook(tmp_path / "続き.xlsx", [
        ["制度名", "種類", "困りごと", "やさしい名前", "英語の名前", "やさしい説明", "英語の説明", "対象要件", "例", "出典の種類"],
        ["見本の相談", "相談", "子育ての悩み・相談", "見本の 相談", "Sample advice", "相談できます。", "Ask anything.", "小6までの子",
         "小2｜2026-11-22｜children = [\"小2\"]｜対象の見込み\n中1｜2026-11-22｜children = [\"中1\"]｜対象外の見込み", "公式ページ"]])
    code, _, err = run("import", rest, "--municipality", "mihon", "--yes")
    assert (code, err) == (0, "")
    code, out, _ = run("publish")
    assert (code, "版1" in out) == (0, True)
    raw = read_folder(data).raw["municipalities"]["99999-mihon"]
    [program] = raw["programs"].values()
    assert program["departments"] == ["kodomo"]
    assert "小6" in program_text(program)


def test_back_up_and_restore_are_one_command_each(run, data, tmp_path):
    run("publish")
    assert run("backup", tmp_path / "copy.db")[0] == 0
    edit(data)
    run("publish")
    code, out, _ = run("restore", tmp_path / "copy.db")
    assert code == 0
    assert "before-restore" in out
    assert run("history")[1].count("版") == 1
    code, _, err = run("restore", tmp_path / "nothing.db")
    assert code == 1
    assert "控えのファイル" in err
    store = tmp_path / "instance" / "finder.db"
    for gone in store.parent.glob("finder.db*"):
        gone.unlink()
    store.write_bytes(b"no store " * 999)      # the day on which a copy is needed
    code, out, _ = run("restore", tmp_path / "copy.db")
    assert (code, "finder.db.broken" in out) == (0, True)
    assert run("history")[1].count("版") == 1


def test_a_copy_of_nothing_is_not_made_and_one_that_cannot_be_written_is_said(run, tmp_path):
    code, _, err = run("backup", tmp_path / "copy.db")
    assert (code, "ストアがありません" in err) == (1, True)
    assert not (tmp_path / "instance" / "finder.db").exists()
    run("publish")
    code, _, err = run("backup", tmp_path / "nowhere" / "copy.db")
    assert (code, "読み書きできません" in err) == (1, True)


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("check", "yurikago"), 0, "問題はありません"), (("check", "yurikaga"), 2, "「yurikaga」を名前に含むファイルは"),
    (("history",), 0, "公開した版がまだありません"), (("carry", "there"), 1, "公開した版がまだありません"),
])
def test_what_is_not_there_is_said(run, arguments, code, said):
    found, out, err = run(*arguments)
    assert (found, said in out + err) == (code, True)


def test_a_kind_of_file_that_nobody_writes_is_refused(run, tmp_path):
    run("publish")
    code, _, err = run("export", tmp_path / "komae.pdf", "--municipality", "komae")
    assert (code, "には書けません" in err, (tmp_path / "komae.pdf").exists()) == (2, True, False)


def test_a_command_that_is_not_written_as_it_should_be_is_told_in_japanese(run, capsys):
    with pytest.raises(SystemExit) as ended:
        run("diff", "x")
    assert (ended.value.code, "命令の書き方が違います" in capsys.readouterr().err) == (2, True)


def test_what_commands_published_stands_in_the_audit_too(run, tmp_path):
    run("publish", "--who", "山")
    run("rollback", 1, "--who", "川")
    with closing(open_store(tmp_path / "instance" / "finder.db")) as store:
        assert [(line.who, line.did, line.what) for line in audit(store)] == [
            ("命令", "版を戻す", "版1の内容を版2に（川）"), ("命令", "公開", "版1（山）")]
