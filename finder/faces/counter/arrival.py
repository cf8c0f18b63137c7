"""A visitor arrives with a phone: what its code holds is laid on the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from finder.answers import Answers
from finder.brought import BadCode, Brought, read_code
from finder.catalog import Catalog
from finder.faces.counter.desk import MOST_CHOSEN, Desk, Told
from finder.one_line import write_line

NO_CODE = "スマートフォンの「窓口で見せる」のコードではありません。"


def arrived(desk: Desk, digits: str, catalog: Catalog, today: date) -> Desk:
    """Return the desk with the list for the sheet, its language, and answers in the place of all that was told before.

    A code that cannot be read changes nothing but what is said of it.
    """
    try:
        brought = read_code(digits, catalog, today)
    except BadCode as bad:
        return replace(desk, arrived=str(bad))
    chosen = tuple(dict.fromkeys((*desk.chosen, *brought.programs)))[:MOST_CHOSEN]
    desk = replace(desk, chosen=chosen, language=brought.language, sought="", by_department=False, timetable=False,
                   arrived=_said(brought, today))
    if brought.answers is None:
        return replace(desk, only_chosen=bool(brought.programs))
    return replace(desk, told=Told(brought.answers, *_lines(brought.answers)), supposed=None, on_paper=(), only_chosen=False)


def _lines(answers: Answers) -> tuple[str, str]:
    """Return the two typed fields as they would have been typed."""
    children = "なし" if answers.children == () else write_line(answers.children or ()) or ("不明" if "children" in answers.asked else "")
    return children, write_line((answers.myself,)) if answers.myself else "不明" if "self" in answers.asked else ""


def _said(brought: Brought, today: date) -> str:
    said = f"スマートフォンから、リスト（{len(brought.programs)}件）を受けとり、紙にのせました。" if brought.programs else ""
    if brought.answers is not None:
        said += "答えも受けとりました。左の答えを、ご本人と確かめてください。"
    elif brought.told_on != today:
        said += "今日のコードではないので、答えは受けとりません。もう一度お聞きください。"
    else:
        said += "答えは入っていません。"
    return said + (f"いまは載っていない制度が{brought.missing}件あります。" if brought.missing else "")
