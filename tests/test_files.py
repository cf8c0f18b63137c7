"""files.py: a data folder is read whole, or every problem in it is told: file, place, what to do.

The municipality 見本市 is made up here; needs, questions, words and hotlines are the real ones.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from finder.building import build_catalog
from finder.checking import Problem
from finder.files import folder_hash, read_folder

DATA = Path(__file__).resolve().parent.parent / "data"
CITY = "99999-mihon"

NATION = """
id = "japan"
code = "00000"
prefecture = ""
name = { ja = "全国", easy = "日本（にほん）の どこでも", en = "All of Japan" }
"""
MUNICIPALITY = """
id = "mihon"
code = "99999"
prefecture = "見本県"
name = { ja = "見本市", easy = "見本市（みほんし）", en = "Mihon City" }

[plan]
id = "mihon-plan"
title = "見本市こども計画"
"""
DEPARTMENTS = """\
id,name,division,aliases,phone,extension,place,hours,url,source,checked_on,status,topics,note
kodomo,子ども課,,子育て課／児童課,0942-30-9227,,,,,,2026-11-22,plan,児童手当 保育,
"""
PLAN = """
見本市こども計画

児童手当の支給\t中学校卒業までの児童を養育する保護者に手当を支給する。
子育て相談\t小学生までの子育ての相談に応じる。
"""
ALLOWANCE = """
name = "児童手当の支給"
kind = "cash"
needs = ["money"]
for_residents = true
departments = ["kodomo"]
extends = "jido-teate"
title = { ja = "児童手当", easy = "子どもの ための お金（児童手当）", en = "Child allowance" }
text = { ja = "子どもを育てる家庭に手当が出ます。", easy = "お金が もらえます。", en = "A payment for families with children." }

[source]
document = "mihon-plan"
sections = ["1-1"]
lines = [4]
quote = "中学校卒業までの児童を養育する保護者に手当を支給する。"
checked_on = 2026-11-22

[contact]
confidence = "plan"

[[eligible]]
child = { from = "1歳", until = "中3" }

[[case]]
name = "小学2年生"
today = 2026-11-22
answers = { children = ["小2"] }
expect = "likely"

[[case]]
name = "高校1年生"
today = 2026-11-22
answers = { children = ["高1"] }
expect = "unlikely"
"""
ADVICE = """
name = "子育て相談"
kind = "consultation"
needs = ["consult_parenting"]
for_residents = true
title = { ja = "子育ての相談", easy = "子どもの ことを 話（はな）す", en = "Parenting advice" }
text = { ja = "子育ての相談ができます。", easy = "相談（そうだん）が できます。", en = "Talk about parenting." }

[source]
document = "mihon-plan"
lines = [5]
quote = "小学生までの子育ての相談に応じる。"
checked_on = 2026-11-22

[contact]
confidence = "unknown"

[[case]]
name = "だれでも"
today = 2026-11-22
answers = {}
expect = "likely"

[[case]]
name = "子どもがいない人も"
today = 2026-11-22
answers = { children = [] }
expect = "likely"
"""
NATIONAL = """
name = "児童手当"
kind = "cash"
needs = ["money"]
for_residents = true
title = { ja = "児童手当", easy = "子どもの ための お金", en = "Child allowance" }
text = { ja = "全国の手当です。", easy = "日本の どこでも もらえます。", en = "A national payment." }
source = { document = "page", status = "official", checked_on = 2026-11-22, url = "https://example.jp/" }
contact = { confidence = "unknown" }

[[eligible]]
child = { until = "18歳年度末" }

[[fact]]
kind = "amount"
text = "月1万円"
source = "https://example.jp/"
date = "2024-10"

[[case]]
name = "小学2年生"
today = 2026-11-22
answers = { children = ["小2"] }
expect = "likely"

[[case]]
name = "大人"
today = 2026-11-22
answers = { children = ["25歳"] }
expect = "unlikely"
"""
ALLOWANCE_FILE, ADVICE_FILE = f"{CITY}/programs/jido-teate.toml", f"{CITY}/programs/sodan.toml"
NATIONAL_FILE = "00-japan/programs/jido-teate.toml"
DEPARTMENT_FILE = f"{CITY}/departments.csv"
FILES = {
    f"{CITY}/municipality.toml": MUNICIPALITY, DEPARTMENT_FILE: DEPARTMENTS, f"{CITY}/plan.txt": PLAN,
    ALLOWANCE_FILE: ALLOWANCE, ADVICE_FILE: ADVICE, "00-japan/municipality.toml": NATION, NATIONAL_FILE: NATIONAL,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "data")


def a_folder(root: Path) -> Path:
    """A data folder with the made-up city."""
    for file, text in FILES.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    for shared in (*DATA.glob("*.toml"), *DATA.glob("*.csv")):
        shutil.copy(shared, root / shared.name)
    return root


def edit(root: Path, file: str, *changes: tuple[str, str]) -> None:
    text = (root / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"この試験が古い: {file} に {old!r} がない"
        text = text.replace(old, new, 1)
    (root / file).write_text(text, encoding="utf-8")


def told(root: Path) -> str:
    return "\n".join(str(p) for p in read_folder(root).problems)


# --- a folder in order ---------------------------------------------------------------------------

def test_a_folder_in_order_has_no_problems(folder):
    assert told(folder) == ""


def test_a_folder_in_order_becomes_a_catalog_with_the_national_facts_joined_in(folder):
    catalog = build_catalog(read_folder(folder).raw, CITY)
    allowance = catalog.program("jido-teate")
    assert allowance and allowance.name == "児童手当の支給"
    assert [f.text.ja for f in allowance.facts] == ["月1万円"]
    assert [p.id for p in catalog.programs] == ["jido-teate", "sodan"]
    assert catalog.departments["kodomo"].aliases == ("子育て課", "児童課")


def test_a_national_program_that_nothing_extends_is_listed_with_the_citys_own(folder):
    edit(folder, ALLOWANCE_FILE, ('extends = "jido-teate"', 'extends = ""'))
    shutil.move(folder / NATIONAL_FILE, folder / "00-japan/programs/kokuteate.toml")
    catalog = build_catalog(read_folder(folder).raw, CITY)
    assert [p.id for p in catalog.programs] == ["jido-teate", "kokuteate", "sodan"]


def test_a_file_may_begin_with_the_mark_that_spreadsheets_write(folder):
    (folder / DEPARTMENT_FILE).write_text(DEPARTMENTS, encoding="utf-8-sig")
    assert told(folder) == ""


def test_the_version_of_a_folder_changes_with_any_file_and_with_nothing_else(folder):
    before = folder_hash(folder)
    assert folder_hash(folder) == before
    (folder / CITY / "memo.txt").write_text("メモ", encoding="utf-8")
    assert folder_hash(folder) == before
    seen = {before}
    for file in (ADVICE_FILE, DEPARTMENT_FILE, "needs.toml"):
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write("\n")
        seen.add(folder_hash(folder))
    shutil.move(folder / ADVICE_FILE, folder / CITY / "programs/soudan.toml")
    seen.add(folder_hash(folder))
    assert len(seen) == 5


# --- one thing wrong -----------------------------------------------------------------------------

def rewrite(file: str, *changes: tuple[str, str]) -> Callable[[Path], None]:
    return lambda root: edit(root, file, *changes)


def bytes_of(file: str, encoding: str) -> Callable[[Path], None]:
    return lambda root: (root / file).write_bytes((root / file).read_text(encoding="utf-8").encode(encoding)) and None


def without(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


def in_allowance(old: str, new: str) -> Callable[[Path], None]:
    return rewrite(ALLOWANCE_FILE, (old, new))


def in_advice(old: str, new: str) -> Callable[[Path], None]:
    return rewrite(ADVICE_FILE, (old, new))


CHILD = 'child = { from = "1歳", until = "中3" }'
PLACE = "eligible[1].child"
BROKEN = {
    # files
    "a quotation mark is missing": (in_advice('name = "子育て相談"', 'name = "子育て相談'), ADVICE_FILE, "", "TOML として読めません"),
    "a program in Shift_JIS": (bytes_of(ADVICE_FILE, "cp932"), ADVICE_FILE, "", "UTF-8 で保存してください"),
    "departments in Shift_JIS": (bytes_of(DEPARTMENT_FILE, "cp932"), DEPARTMENT_FILE, "", "UTF-8 で保存してください"),
    "the plan in Shift_JIS": (bytes_of(f"{CITY}/plan.txt", "cp932"), f"{CITY}/plan.txt", "", "UTF-8 で保存してください"),
    "no departments": (without(DEPARTMENT_FILE), DEPARTMENT_FILE, "", "ファイルがありません"),
    "no questions": (without("questions.toml"), "questions.toml", "", "ファイルがありません"),
    "questions that are no tables": (lambda r: (r / "questions.toml").write_text("question = 3") and None,
                                     "questions.toml", "question", "書いてください"),
    # keys and values
    "a missing key": (in_advice('kind = "consultation"\n', ""), ADVICE_FILE, "kind", "必要な項目がありません"),
    "a missing table": (in_advice("[contact]\nconfidence", "[contakt]\nconfidence"), ADVICE_FILE, "contact",
                        "必要な項目がありません"),
    "an unknown key": (in_advice("[contact]", 'kubun = "1"\n[contact]'), ADVICE_FILE, "source.kubun", "知らない項目です"),
    "an unknown kind": (in_advice('kind = "consultation"', 'kind = "soudan"'), ADVICE_FILE, "kind",
                        "「soudan」は使えません。使える値"),
    "an unknown need": (in_advice('["consult_parenting"]', '["consult"]'), ADVICE_FILE, "needs[1]",
                        "「consult」は使えません。使える値"),
    "a need for residents is missing": (in_advice('["consult_parenting"]', "[]"), ADVICE_FILE, "needs", "一つ以上書いてください"),
    "words instead of yes or no": (in_advice("for_residents = true", 'for_residents = "はい"'), ADVICE_FILE,
                                   "for_residents", "true か false"),
    "a word instead of a list": (in_advice('["consult_parenting"]', '"consult_parenting"'), ADVICE_FILE, "needs", "[ … ]"),
    "a line written as text": (in_advice("lines = [5]", 'lines = ["5"]'), ADVICE_FILE, "source.lines[1]", "整数で"),
    "a date in quotation marks": (in_advice("checked_on = 2026-11-22", 'checked_on = "2026-11-22"'), ADVICE_FILE,
                                  "source.checked_on", "引用符を付けずに"),
    "an empty text": (in_advice('ja = "子育ての相談ができます。"', 'ja = ""'), ADVICE_FILE, "text.ja", "空です"),
    "a text that is far too long": (in_advice("子育ての相談ができます。", "長い文。" * 200), ADVICE_FILE, "text.ja", "文字までに"),
    "a word where a table must be": (in_advice('text = { ja = "子育ての相談ができます。", easy = "相談（そうだん）が できます。", '
                                               'en = "Talk about parenting." }', 'text = "相談"'),
                                     ADVICE_FILE, "text", "書いてください"),
    "only one case": (lambda r: (r / ADVICE_FILE).write_text(ADVICE[:ADVICE.rindex("[[case]]")], encoding="utf-8") and None,
                      ADVICE_FILE, "case", "2つ以上"),
    "only cases that fit": (rewrite(ALLOWANCE_FILE, ('answers = { children = ["高1"] }', 'answers = { children = ["中1"] }'),
                                    ('expect = "unlikely"', 'expect = "likely"')),
                            ALLOWANCE_FILE, "case", "両方を書いてください"),
    # ages
    "ages turned round": (in_allowance(CHILD, 'child = { from = "中3", until = "小1" }'), ALLOWANCE_FILE, PLACE,
                          "逆になっていないか"),
    "ages turned round with under": (in_allowance(CHILD, 'child = { from = "18歳", under = "3歳" }'), ALLOWANCE_FILE, PLACE,
                                     "逆になっていないか"),
    "an age in other words": (in_allowance(CHILD, 'child = { until = "3才" }'), ALLOWANCE_FILE, PLACE, "「3才」は使えません"),
    "until and under at once": (in_allowance(CHILD, 'child = { until = "3歳", under = "4歳" }'), ALLOWANCE_FILE, PLACE,
                                "どちらか一つ"),
    "a fiscal year end that begins": (in_allowance(CHILD, 'child = { from = "18歳年度末" }'), ALLOWANCE_FILE, PLACE,
                                      "until にだけ使えます"),
    "a time since the birth as until": (in_allowance(CHILD, 'child = { until = "産後1年" }'), ALLOWANCE_FILE, PLACE,
                                        "until には使えません"),
    "points beside limits": (in_allowance(CHILD, 'child = { at = ["4か月"], from = "1歳" }'), ALLOWANCE_FILE, PLACE,
                             "一緒には使えません"),
    "a school year as a point": (in_allowance(CHILD, 'child = { at = ["小1"] }'), ALLOWANCE_FILE, PLACE, "at には使えません"),
    # departments
    "the same id twice": (rewrite(DEPARTMENT_FILE, ("kodomo,", "kodomo,二つ目,,,,,,,,,,,,\nkodomo,")), DEPARTMENT_FILE, "kodomo",
                          "同じ id が二つあります"),
    "a column is missing": (rewrite(DEPARTMENT_FILE, ("id,name,division,", "id,name,")), DEPARTMENT_FILE, "1行目",
                            "見出しは id,name,division"),
    "a row with a comma too many": (rewrite(DEPARTMENT_FILE, ("kodomo,子ども課,", "kodomo,子ども課,子ども,部,")),
                                    DEPARTMENT_FILE, "2行目", "列の数が見出しと違います"),
    "an unknown department": (in_allowance('["kodomo"]', '["kodomo", "kosodate"]'), ALLOWANCE_FILE, "departments",
                              "担当課「kosodate」は departments.csv にありません"),
    "an unknown office that is named": (in_advice("[contact]", '[contact]\nphone = "0942-30-9227"'), ADVICE_FILE,
                                        "contact.confidence", "不明（unknown）なのに"),
    "an address of a page that would be run": (rewrite(DEPARTMENT_FILE, ("kodomo,", "hoka,ほか課,,,,,,,javascript:alert(1),,,,,\nkodomo,")),
                                               DEPARTMENT_FILE, "hoka", "https:// か http:// で始めて"),
    "a source that would be run": (in_advice("[source]", '[source]\nurl = "javascript:alert(1)"'), ADVICE_FILE, "source.url",
                                   "https:// か http:// で始めて"),
    # the plan
    "a quotation that is not in the plan": (in_advice("相談に応じる。", "相談に応じます。"), ADVICE_FILE, "source.quote",
                                            "計画の5行目にこの文がありません"),
    "a quotation from another line": (in_advice("lines = [5]", "lines = [4]"), ADVICE_FILE, "source.quote",
                                      "計画の4行目にこの文がありません"),
    "a line that the plan does not have": (in_advice("lines = [5]", "lines = [999]"), ADVICE_FILE, "source.quote", "999行目"),
    "no quotation": (in_advice('quote = "小学生までの子育ての相談に応じる。"\n', ""), ADVICE_FILE, "source.quote", "写してください"),
    "a variant that is not there": (in_advice("[contact]", '[[source.variants]]\nline = 4\nquote = "ない文"\n[contact]'),
                                    ADVICE_FILE, "source.quote", "計画の4行目"),
    # cases
    "a case that fails": (in_allowance('expect = "unlikely"', 'expect = "check"'), ALLOWANCE_FILE, "case「高校1年生」",
                          "要確認 のはずが 対象外の見込み になります"),
    "a case with an unknown answer": (in_advice("answers = {}", "answers = { kodomo = 1 }"), ADVICE_FILE, "case「だれでも」",
                                      "kodomo はありません"),
    "a case with a child that cannot be read": (in_advice("answers = {}", 'answers = { children = ["小9"] }'), ADVICE_FILE,
                                                "case「だれでも」", "children[0]"),
    "a case with a number for a child": (in_advice("answers = {}", "answers = { children = [3] }"), ADVICE_FILE,
                                         "case「だれでも」", "children[0]"),
    "a case with a list for a child": (in_advice("answers = {}", 'answers = { children = [["小2"]] }'), ADVICE_FILE,
                                       "case「だれでも」", "children[0]"),
    "a case with a number for a birth": (in_advice("answers = {}", "answers = { children = [{ born = 3 }] }"), ADVICE_FILE,
                                         "case「だれでも」", "children[0]"),
    "an unknown standing": (in_advice('expect = "likely"', 'expect = "yes"'), ADVICE_FILE, "case[1].expect", "「yes」は使えません"),
    # extends
    "an unknown national program": (in_allowance('extends = "jido-teate"', 'extends = "kodomo-teate"'), ALLOWANCE_FILE,
                                    "extends", "全国の制度「kodomo-teate」がありません"),
    "a national program that extends itself": (rewrite(NATIONAL_FILE, ('kind = "cash"', 'kind = "cash"\nextends = "jido-teate"')),
                                               NATIONAL_FILE, "extends", "全国の制度"),
    "the city's own program extended": (in_advice('kind = "consultation"', 'kind = "consultation"\nextends = "sodan"'),
                                        ADVICE_FILE, "extends", "全国の制度「sodan」がありません"),
    "a name of two lines": (in_advice('name = "子育て相談', 'name = "二行\\n子育て相談'), ADVICE_FILE, "name", "改行"),
    "a name that turns around": (in_advice('name = "子育て相談', 'name = "\\u202e子育て相談'), ADVICE_FILE, "name", "目に見えない文字"),
    # what is shared
    "a need without words": (rewrite("needs.toml", ("[money]", "[okane]")), "needs.toml", "money", "書き足してください"),
    "words without a heading": (rewrite("words.csv", ("said,", "言葉,")), "words.csv", "1行目", "見出しは said"),
    "a reading in katakana": (rewrite("readings.csv", ("久留米,くるめ", "久留米,クルメ")), "readings.csv", "久留米", "ひらがなで"),
    "a reading twice": (rewrite("readings.csv", ("小郡,おごおり", "久留米,おごおり")), "readings.csv", "久留米", "二行あります"),
    "an unknown danger": (lambda r: (r / "hotlines.toml").write_text(HOTLINE, encoding="utf-8") and None,
                          "hotlines.toml", "dangers[1]", "「kaji」は使えません"),
    "a municipality with a code of letters": (rewrite(f"{CITY}/municipality.toml", ('"99999"', '"mihon"')),
                                              f"{CITY}/municipality.toml", "code", "形が違います"),
}
HOTLINE = """
[[hotline]]
id = "kaji"
name = "見本"
phone = "119"
hours = ""
source = "見本"
checked_on = "2026-11-22"
status = "official"
dangers = ["kaji"]
text = { ja = "見本", easy = "みほん", en = "Example" }
"""


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_in_a_file_is_told_with_its_place(folder, name):
    spoil, file, place, what = BROKEN[name]
    spoil(folder)
    problems = read_folder(folder).problems
    fitting = [p for p in problems if p.file == file and place in f"{p.place} {p.what}" and what in p.what]
    assert fitting, f"「{file}: {place}: {what}」のはずが:\n" + ("\n".join(map(str, problems)) or "(問題なし)")


DO = re.compile(r"ください|使える値|使えます|必要です|してください")


@pytest.mark.parametrize("name", BROKEN)
def test_every_problem_is_told_in_japanese_and_says_what_to_do(folder, name):
    BROKEN[name][0](folder)
    problems = read_folder(folder).problems
    assert problems
    for problem in problems:
        assert problem.file and str(problem).startswith(problem.file)
        assert re.search(r"[ぁ-ん]", problem.what), f"日本語ではない: {problem}"
        assert DO.search(problem.what), f"どうすればよいかがない: {problem}"
        assert "Input should" not in problem.what, f"英語のまま: {problem}"


# --- many things wrong ---------------------------------------------------------------------------

def test_all_problems_are_told_at_once(folder):
    """Also those that only the second look finds: a case fails beside a file that cannot be read."""
    (folder / CITY / "programs/kowareta.toml").write_text("name = ", encoding="utf-8")
    BROKEN["a quotation that is not in the plan"][0](folder)
    BROKEN["an unknown kind"][0](folder)
    BROKEN["a column is missing"][0](folder)
    BROKEN["a need without words"][0](folder)
    BROKEN["a case that fails"][0](folder)
    text = told(folder)
    for part in ("programs/kowareta.toml: TOML として", "計画の5行目に", "「soudan」は使えません", "見出しは id,name", "needs.toml: money",
                 "要確認 のはずが 対象外の見込み"):
        assert part in text, f"「{part}」がない:\n{text}"


@pytest.mark.parametrize("broken", ["a missing key", "a quotation that is not in the plan", "an unknown need"])
def test_a_broken_program_hides_no_failing_case_of_another(folder, broken):
    BROKEN[broken][0](folder)
    BROKEN["a case that fails"][0](folder)
    assert "要確認 のはずが 対象外の見込み" in told(folder)


def test_two_problems_of_one_file_are_both_told(folder):
    edit(folder, ADVICE_FILE, ('kind = "consultation"', 'kind = "soudan"'), ("for_residents = true\n", ""))
    text = told(folder)
    assert "kind: 「soudan」" in text and "for_residents: 必要な項目" in text


def test_a_file_that_cannot_be_read_is_one_problem_and_not_ten(folder):
    """What stands in it is unknown, so nothing in it is missing."""
    BROKEN["a quotation mark is missing"][0](folder)
    assert [p.file for p in read_folder(folder).problems] == [ADVICE_FILE]


def test_a_broken_municipality_does_not_hide_another(folder):
    shutil.copytree(folder / CITY, folder / "99998-tonari")
    edit(folder, "99998-tonari/programs/jido-teate.toml", ('expect = "unlikely"', 'expect = "check"'))
    BROKEN["a quotation mark is missing"][0](folder)
    text = told(folder)
    assert "99998-tonari/programs/jido-teate.toml: case「高校1年生」" in text
    assert f"{ADVICE_FILE}: TOML" in text


def test_an_empty_folder_says_what_is_missing(tmp_path):
    text = told(tmp_path)
    assert "自治体のフォルダがありません" in text
    for file in ("needs.toml", "questions.toml", "hotlines.toml", "words.csv", "readings.csv"):
        assert file in text


def test_a_municipality_without_programs_or_plan_is_in_order(folder):
    """A city begins with its departments."""
    shutil.rmtree(folder / CITY / "programs")
    (folder / CITY / "plan.txt").unlink()
    assert told(folder) == ""


# --- nothing that stands in a file raises --------------------------------------------------------

@pytest.mark.parametrize(("old", "new"), [
    ('[source]\ndocument = "mihon-plan"\nlines = [5]\nquote = "小学生までの子育ての相談に応じる。"\nchecked_on = 2026-11-22\n',
     'source = "mihon-plan"\n'),
    ("lines = [5]", 'lines = ["5"]'),
    ("lines = [5]", "lines = 5"),
    ("lines = [5]", "lines = [[5]]"),
    ("lines = [5]", "lines = []"),
    ("lines = [5]", "lines = [-1]"),
    ("lines = [5]", "lines = [5.5]"),
    ('quote = "小学生までの子育ての相談に応じる。"', "quote = 5"),
    ('quote = "小学生までの子育ての相談に応じる。"', 'quote = ["小学生"]'),
    ("[contact]", 'variants = ["x"]\n[contact]'),
    ("[contact]", "[[source.variants]]\nline = 5\n[contact]"),
    ('[contact]\nconfidence = "unknown"', 'contact = "unknown"'),
    ('[contact]\nconfidence = "unknown"', '[contact]\nconfidence = "unknown"\nhours = 08:30:00'),
    ('[contact]\nconfidence = "unknown"', '[contact]\nconfidence = "unknown"\nhours = nan'),
    ("[[case]]", 'eligible = "だれでも"\n[[case]]'),
    ("[[case]]", "[[eligible]]\nchild = 3\n[[case]]"),
    ("[[case]]", "[[eligible]]\nchild = { from = 3 }\n[[case]]"),
    ("[[case]]", '[[eligible]]\nchild = { under = "就学" }\n[[case]]'),
    ("[[case]]", '[[eligible]]\nchild = { at = ["小1"] }\n[[case]]'),
    ("[[case]]", '[[eligible]]\nchild = { until = "999歳" }\n[[case]]'),
    ("[[case]]", '[[eligible]]\nself = { from = "999歳" }\n[[case]]'),
    ("[[case]]", '[[eligible]]\nconfirm = "聞く"\n[[case]]'),
    ("today = 2026-11-22", 'today = "きょう"'),
    ("today = 2026-11-22", "today = 2026-11-22T10:00:00"),
    ("today = 2026-11-22", "today = 9999-12-31"),
    ("answers = {}", "answers = []"),
    ("answers = {}", "answers = { children = 3 }"),
    ("answers = {}", "answers = { children = [3] }"),
    ("answers = {}", "answers = { children = [[]] }"),
    ("answers = {}", "answers = { children = [{ born = 3 }] }"),
    ("answers = {}", "answers = { children = [2020-05-01] }"),
    ("answers = {}", "answers = { children = [{ born = 2020-05-01 }] }"),
    ("answers = {}", "answers = { children = [{ born = 08:30:00 }] }"),
    ("answers = {}", "answers = { self = 39 }"),
    ("answers = {}", "answers = { pregnant = 1 }"),
    ("answers = {}", 'answers = { needs = "money" }'),
    ('kind = "consultation"', 'kind = ["consultation"]'),
    ('needs = ["consult_parenting"]', 'needs = [["money"]]'),
    ('kind = "consultation"', 'kind = "consultation"\nextends = 3'),
    ('kind = "consultation"', 'kind = "consultation"\ndepartments = "kodomo"'),
    ('kind = "consultation"', 'kind = "consultation"\nkeywords = 3'),
    ('kind = "consultation"', 'kind = "consultation"\nfact = "月1万円"'),
])
def test_whatever_stands_in_a_program_is_a_problem_or_nothing_but_never_an_error(folder, old, new):
    edit(folder, ADVICE_FILE, (old, new))
    problems = read_folder(folder).problems
    assert all(isinstance(p, Problem) for p in problems)
    assert problems or build_catalog(read_folder(folder).raw, CITY)


@pytest.mark.parametrize("file", ["needs.toml", "questions.toml", "hotlines.toml", f"{CITY}/municipality.toml"])
@pytest.mark.parametrize("text", ["", "money = 3", "question = 3\nhotline = 3", "question = [3]\nhotline = [3]",
                                  'id = 3\nname = "見本"\nplan = "計画"', "x = 08:30:00", "\x00"])
def test_whatever_stands_in_a_shared_file_is_a_problem_and_never_an_error(folder, file, text):
    (folder / file).write_text(text, encoding="utf-8")
    assert all(isinstance(p, Problem) for p in read_folder(folder).problems)


@pytest.mark.parametrize("text", ["", "\n", "id\n", '"', "id,name\n1,2\n", DEPARTMENTS + '"終わらない引用', DEPARTMENTS + ",,,,,,,,,,,,,\n"])
def test_whatever_stands_in_departments_is_a_problem_or_nothing_but_never_an_error(folder, text):
    (folder / DEPARTMENT_FILE).write_text(text, encoding="utf-8")
    assert all(isinstance(p, Problem) for p in read_folder(folder).problems)


def test_a_problem_reads_as_file_place_and_what():
    assert str(Problem("a.toml", "kind", "消してください")) == "a.toml: kind: 消してください"
    assert str(Problem("a.toml", "", "消してください")) == "a.toml: 消してください"
