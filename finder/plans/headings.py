"""What stands above: the headings of a table's columns, and the numbered headings of a plan's sections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from finder.plans.lines import Line, folded, plain

LONGEST_HEADING, LONGEST_TITLE = 24, 60
# What a column holds, the surest first: the first that fits decides.
_COLUMNS = (
    ("number", r"(?:事業|施策|整理|通し|取組)?(?:no\.?|番号|№|項番|連番|#)"),
    ("department", r".*(?:担当|所管|主管|関係課|関係部|部署|課名|部局|実施機関|実施主体).*"),
    ("target", r"(?:利用|主な|支援)?対象(?:者|児童|世帯|年齢|となる方)?"),
    ("text", r".*(?:概要|内容|説明|趣旨).*"),
    ("record", r".*(?:実施状況|実績|評価|進捗|今後の取組|目標値|目標事業量|指標|課題|達成|現状|年度|予算|決算|備考|目標年|見込).*"),
    ("goal", r"(?:基本|施策|重点|個別)?(?:目標|方針|理念)|施策の(?:柱|方向性?|展開)|(?:大|中|小)(?:分類|項目)|分野|区分|体系|ライフステージ"),
    ("name", r".*(?:事業|取組|制度|サービス|施策|メニュー)(?:・?(?:事業|取組|施策|制度))*(?:の?名称?|等)?|名称|.*(?:事業|施策|取組)名.*"),
    ("aim", r".*(?:方向性?|目的|ねらい)"),
)
_SURER_NAME = re.compile(r"名|事業|サービス|制度|取組")
_TOP = re.compile(r"(?:基本|施策|重点)?(?:目標|方針|施策)\s*(?P<goal>\d+)[\s::.「]*(?P<title>.*)|(?:PROJECT|"
                  r"プロジェクト)\s*(?P<project>\d+)(?P<rest>.*)")
_BOTH = re.compile(r"(?P<top>\d+)[-.](?P<sub>\d+)[\s.](?P<title>.+)")
_SUB = re.compile(r"\((?P<sub>\d+)\)\s*(?P<title>.+)")
_PLAIN_TOP = re.compile(r"(?P<top>\d+)[\s.、]\s*(?P<title>[^。]{2,60})")
_OLD, _NEW = re.compile(r"変更前|改[定訂]前|旧計画"), re.compile(r"変更後|改[定訂]後|新計画")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table (from 0) holds what; `width` is the number of its cells.

    `over` is the columns that a heading merged sideways stands over, beside the first.
    """

    width: int
    place: Mapping[str, int]
    over: Mapping[str, tuple[int, ...]]

    def cell(self, line: Line, what: str) -> str:
        """Return a cell of a row, "" when the table has no such column; of more columns all offices, else the longest."""
        at = self.place.get(what, -1)
        cells = [line.cells[n] for n in (at, *self.over.get(what, ())) if 0 <= n < len(line.cells)]
        if what == "department":
            return "\n".join(dict.fromkeys(c for c in cells if c.strip()))
        return max(cells, key=len, default="")

    def others(self, line: Line) -> tuple[str, ...]:
        """Return the cells of a row that hold neither its name, text, office, number nor goal."""
        used = {n for what, at in self.place.items() if what != "record" for n in (at, *self.over.get(what, ()))}
        return tuple(cell for at, cell in enumerate(line.cells) if at not in used and cell.strip())

    def below(self, above: Columns) -> Columns:
        """Return these columns with what only the row of headings right above them tells: 担当課 over 主 and 副."""
        missing = {what: at for what, at in above.place.items() if what not in self.place}
        return Columns(self.width, {**self.place, **missing}, {**self.over, **{w: above.over.get(w, ()) for w in missing}})


def columns_of(line: Line) -> Columns | None:
    """Return the columns when a row is a table's headings: a name, and a text or a department."""
    headings = [re.sub(r"[【】\[\]()]", "", re.sub(r"\(.*?\)", "", folded(cell))).lower() for cell in line.cells]
    if len(headings) < 2 or any(len(h) > LONGEST_HEADING or "。" in h for h in headings):
        return None
    found: dict[str, int] = {}
    names = []
    for place, heading in enumerate(headings):
        what = next((kind for kind, pattern in _COLUMNS if heading and re.fullmatch(pattern, heading)), "")
        if what == "name":
            names.append(place)
        elif what:
            found.setdefault(what, place)
    if not names:
        return None
    found["name"] = max(names, key=lambda place: (bool(re.search("名", headings[place])), bool(_SURER_NAME.search(headings[place])), place))
    if "text" not in found and "aim" in found:
        found["text"] = found["aim"]
    over = {what: tuple(takewhile(lambda n: not headings[n], range(at + 1, len(headings)))) for what, at in found.items()}
    return Columns(len(headings), found, over) if {"text", "department"} & set(found) else None


def is_policy_column(line: Line, columns: Columns) -> bool:
    """Tell whether the names are of policies (基本施策), not of programs."""
    return not _SURER_NAME.search(folded(line.cells[columns.place["name"]]))


@dataclass(frozen=True, slots=True)
class Section:
    """Where in the plan a row stands: the numbers and titles of its headings, and whether the plan before is told."""

    top: str = ""
    top_title: str = ""
    sub: str = ""
    sub_title: str = ""
    old: bool = False

    @property
    def number(self) -> str:
        """Return "3-4" for 基本目標3 (4)."""
        return "-".join(n for n in (self.top, self.sub) if n)

    @property
    def title(self) -> str:
        """Return the words of the headings."""
        return " ".join(t for t in (self.top_title, self.sub_title) if t)


def section_after(section: Section, text: str) -> Section | None:
    """Return the section that a line begins, None when it is no heading; a heading repeated at a page break begins nothing."""
    words = re.sub(r"^[#★☆■□●◆◇▼\s]+", "", plain(text))
    narrow = _narrow(words)
    if not words or len(words) > LONGEST_TITLE or words.startswith(("-", "・", "*")) or "。" in words:
        return None
    if _OLD.search(narrow) or _NEW.search(narrow):
        return Section(old=bool(_OLD.search(narrow)))
    if found := _TOP.match(narrow):
        top = found["goal"] or found["project"]
        return _with_top(section, top, (found["title"] or found["rest"] or "").strip("「」 "))
    if found := _BOTH.fullmatch(narrow):
        return replace(section, top=found["top"], sub=found["sub"], sub_title=found["title"])
    if found := _SUB.fullmatch(narrow):
        return replace(section, sub=found["sub"], sub_title=found["title"])
    if found := _PLAIN_TOP.fullmatch(narrow):
        return _with_top(section, found["top"], found["title"])
    return None


def _with_top(section: Section, top: str, title: str) -> Section:
    same = section.top == top and folded(section.top_title) == folded(title)
    return section if same else Section(top, title, old=section.old)


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
