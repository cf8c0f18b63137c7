"""The rows of a plan's tables and lists: page breaks, repeated headings, blank cells that inherit, lists in cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from finder.plans.headings import Columns, Section, columns_of, is_policy_column, section_after
from finder.plans.lines import Line, is_rule, plain
from finder.plans.offices import offices_in

_BULLET = re.compile(r"(?:^|(?<=\s))[・●○◯■□◆◇▪◦•►▶✓]\s*|(?:^|(?<=\s))[①-⑳]\s*|\n\s*[-*]\s+")
_ITEM = re.compile(r"\s*(?:[-*]\s+[・●○•]?|[・●○•])\s*(?P<name>[^。]{2,60})")
_LABEL = re.compile(r"[\[【<＜〔](?P<words>[^\]】>＞〕]{2,20})[\]】>＞〕]")
_NUMBERED = re.compile(r"[(（](?P<number>\d+|[０-９]+)[)）]\s*(?P<name>[^。]{2,60})")
_REPRINT = re.compile(r"[(（]再掲[)）]|【再掲】|＜再掲＞")
_LEADING = re.compile(r"^(?:\d+|[０-９]+|[①-⑳])[\s.．、）)]\s*")
_SENTENCE = re.compile(r"[。]|(?:する|行う|図る|努める|支援|実施|提供|助成|支給)\.?$")
LONGEST_NAME = 60
MOSTLY = 0.8          # of the texts so far end with a full stop


@dataclass(frozen=True, slots=True)
class Row:
    """A program where it stands once: its words, offices and place, and what is doubtful of it.

    `text` is what may be understood; `quote` is what stands in the line, to the letter.  `shared`: the
    text and the offices are of several programs.  `policy`: the column is of policies.  `inherited`: it has no name of its own.
    """

    name: str
    text: str
    quote: str
    line: int
    place: str
    section: Section
    departments: tuple[str, ...] = ()
    target: str = ""
    doubts: tuple[str, ...] = ()
    shared: bool = False
    policy: bool = False
    inherited: bool = False
    named_on: int = 0           # the line of its name, when its words stand on another
    beside: tuple[str, ...] = ()        # what the row's other columns say: reports, what is planned
    inside: str = ""            # the name of the row whose text names it, when it has no row of its own


@dataclass
class Reading:
    """What was read of a plan so far: the rows, and the places that were not understood."""

    rows: list[Row] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)     # place, why
    section: Section = field(default_factory=Section)
    columns: Columns | None = None
    policy: bool = False
    goal: str = ""
    listing: bool = False
    offices_next: bool = False
    list_began: int = 0
    headed: int = 0                 # the line of the last headings
    page: int = 0                   # of the last row
    broken: bool = False            # words stood between the last row and this one


def read_rows(lines: Sequence[Line]) -> Reading:
    """Return every row of a plan's tables and lists, in order, and every table row that was not understood."""
    reading = Reading()
    for place, row in enumerate(lines):
        if not row.text.strip() or is_rule(row):
            continue
        line = _alone(reading, row)
        if len(line.cells) > 1:
            _table_row(reading, line)
        else:
            _words(reading, line, next((n for n in lines[place + 1:place + 3] if n.text.strip()), None),
                   heading_of=lines[place + 1] if place + 1 < len(lines) else None)
    return reading


# --- tables ------------------------------------------------------------------------------------------

def _table_row(reading: Reading, line: Line) -> None:
    found = columns_of(line)
    if found:
        if reading.columns and reading.headed == line.number - 1 and reading.columns.width == found.width:
            found = found.below(reading.columns)
        reading.columns, reading.policy, reading.goal, reading.broken = found, is_policy_column(line, found), "", False
        reading.listing, reading.headed = False, line.number
        return
    columns = reading.columns
    if columns is None or not 2 <= len(line.cells) <= columns.width:
        reading.unread.append((line.place, "見出しの分からない表です"))
        return
    goal = plain(columns.cell(line, "goal"))
    if goal:
        reading.section = section_after(reading.section, goal) or replace(reading.section, top_title=goal)
    name, text = plain(columns.cell(line, "name")), plain(columns.cell(line, "text"))
    offices = offices_in(columns.cell(line, "department"))
    turned, reading.page = line.page > reading.page > 0, line.page
    if turned and text and _is_cut(reading):
        _joined(reading, name, text)
        reading.broken = False
        return
    if reading.broken and (not name or not _SENTENCE.search(text)) and "text" in columns.place and not (offices and not name):
        reading.unread.append((line.place, "前の表の続きか、別の表か分かりません"))
        return
    reading.broken = False
    if not name:
        _continued(reading, line, text, offices, columns)
        return
    items = [plain(i) for i in _BULLET.split(name) if i.strip()] if _BULLET.search(name) else [name]
    for item in items:
        reading.rows.append(_row(reading, line, columns, item, text, offices, shared=len(items) > 1))


def _alone(reading: Reading, line: Line) -> Line:
    """Return a row of which only the first cell is filled, with a heading over the whole width, as words."""
    first, *others = line.cells or ("",)
    heading = first.strip() and not any(c.strip() for c in others) and (
        reading.columns is None or _LABEL.fullmatch(plain(first)) or section_after(reading.section, first))
    return replace(line, text=first, cells=()) if heading else line


def _row(reading: Reading, line: Line, columns: Columns, name: str, text: str, offices: tuple[tuple[str, ...], str], *, shared: bool) -> Row:
    names, doubt = offices
    doubts = [doubt] if doubt else []
    section = reading.section
    if reading.policy:
        if numbered := re.match(r"(\d+)", name):
            section = replace(section, sub=numbered[1], sub_title=_LEADING.sub("", name))
        doubts.append("施策の名前です。制度（事業）の名前ではないかもしれません")
    if not text and "text" in columns.place:
        doubts.append("説明の文がありません")
    if shared:
        doubts.append("同じ欄のほかの事業と、文と担当課がいっしょです。この事業だけの文ではありません")
    clean = _clean_name(name)
    if len(clean) > LONGEST_NAME or "。" in clean:
        doubts.append("名前が長すぎます。文の一部が混ざっていないか見てください")
    return Row(clean, text, columns.cell(line, "text"), line.number, line.place, section, names,
               plain(columns.cell(line, "target")), tuple(doubts), shared, reading.policy, beside=columns.others(line))


def _clean_name(name: str) -> str:
    name = _LEADING.sub("", _REPRINT.sub("", plain(name)).strip())
    return re.sub(r"(?<![a-zA-Z0-9)）])\s+(?![a-zA-Z0-9(（])|(?<=[a-zA-Z0-9])\s+(?![a-zA-Z0-9(（])", "", name).strip()


def _is_cut(reading: Reading) -> bool:
    """Tell whether the last row's text was cut by the end of its page: it alone has no full stop."""
    texts = [r.text for r in reading.rows if r.text]
    ended = sum(t.rstrip().endswith(("。", "。)", "。）", "」")) for t in texts[:-1])
    return bool(texts) and reading.rows[-1].text == texts[-1] and not texts[-1].rstrip().endswith(("。", "。)", "。）", "」")) \
        and ended >= MOSTLY * len(texts[:-1])


def _joined(reading: Reading, name: str, text: str) -> None:
    """Put what stands at the top of a page behind what its row before had at the foot of the last."""
    line = reading.rows[-1].line
    for place, row in enumerate(reading.rows):
        if row.line == line:
            reading.rows[place] = replace(row, name=row.name + (name if not row.shared else ""), text=row.text + text,
                                          doubts=(*row.doubts, "ページをまたいで続く行をつなぎました。つながりを見てください"))


def _continued(reading: Reading, line: Line, text: str, offices: tuple[tuple[str, ...], str], columns: Columns) -> None:
    """A row without a name goes on with the row before: another office, or the rest of a text cut by a page."""
    if not reading.rows:
        reading.unread.append((line.place, "名前のない行です"))
        return
    before = reading.rows[-1]
    same = [r for r in reading.rows if r.line == before.line]
    if text and not offices[0] and _is_cut(reading):
        _joined(reading, "", text)
        return
    if text and text != before.text:
        reading.rows.append(replace(before, text=text, quote=columns.cell(line, "text"), line=line.number, place=line.place,
                                    departments=offices[0], inherited=True, beside=columns.others(line),
                                    doubts=(*before.doubts, "名前のない行を、上の行の続きとして読みました")))
    elif offices[0] or offices[1]:
        doubts = (offices[1],) if offices[1] else ()
        reading.rows += [replace(row, line=line.number, place=line.place, departments=offices[0], inherited=True,
                                 beside=columns.others(line), doubts=(*row.doubts, *doubts)) for row in same]


# --- words and lists ----------------------------------------------------------------------------------

def _words(reading: Reading, line: Line, following: Line | None, heading_of: Line | None) -> None:
    words = plain(line.text)
    if columns_of(replace(line, cells=tuple(words.split()))):
        reading.unread.append((line.place, "線のない表のようです。ます目が分からないので、読んでいません。"
                               "線のある表か、Word か Excel のファイルなら読めます"))
    label = _LABEL.fullmatch(words)
    if label:
        reading.listing = bool(re.search("事業|取組|施策|制度", label["words"])) and not re.search("課$|部署|担当", label["words"])
        reading.offices_next = bool(re.search("課$|部署|担当|所管", label["words"]))
        reading.list_began = len(reading.rows) if reading.listing else reading.list_began
        return
    if reading.offices_next:
        _offices_of_list(reading, words)
        return
    item = _ITEM.fullmatch(words)
    if item and reading.listing:
        name = _clean_name(item["name"].lstrip("・"))
        reading.rows.append(Row(name, "", line.text, line.number, line.place, reading.section,
                                doubts=("名前だけがあり、説明の文がありません",)))
        return
    if section := section_after(reading.section, line.text):
        if (numbered := _NUMBERED.fullmatch(words)) and following and not following.cells and _is_paragraph(heading_of):
            _headed(reading, section, numbered["name"], line, following)
        if section != reading.section and (section.top, section.top_title) != (reading.section.top, reading.section.top_title):
            reading.listing = False
        reading.section = section
    reading.broken = reading.columns is not None


def _is_paragraph(line: Line | None) -> bool:
    return line is not None and not line.cells and line.text.rstrip().endswith("。")


def _headed(reading: Reading, section: Section, name: str, line: Line, following: Line) -> None:
    """A numbered heading with a paragraph right below it is a program with its text."""
    reading.rows.append(Row(_clean_name(name), plain(following.text), following.text, following.number, line.place, section,
                            named_on=line.number))


def _offices_of_list(reading: Reading, words: str) -> None:
    names, doubt = offices_in(words)
    reading.offices_next = False
    for place in range(reading.list_began, len(reading.rows)):
        row = reading.rows[place]
        doubts = ("担当課は、並んだ事業全体のものです", *((doubt,) if doubt else ()))
        reading.rows[place] = replace(row, departments=names, doubts=(*row.doubts, *doubts), shared=True)


def lines_unread(reading: Reading) -> Iterator[str]:
    """Yield what was not understood, for whoever reads the draft."""
    for place, why in reading.unread:
        yield f"{place}: {why}"
