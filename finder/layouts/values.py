"""What stands in a cell, read as people write it: widths, Japanese years, lists, several records in one cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}      # the year before each began
LAST_YEAR = {"平成": 31, "H": 31, "昭和": 64, "S": 64}
SHEET_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")      # what a spreadsheet shows for a formula gone wrong
_DATE = re.compile(r"(?:(?P<era>令和|平成|昭和|[RHS])\.?(?P<era_year>元|\d{1,2})|(?P<year>\d{4}))"
                   r"[年./-](?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?(?:\([日月火水木金土]\)|[ T]0{1,2}:00(?::00)?)?")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
BETWEEN, LISTS = "｜", "、"
_SPLIT = re.compile(r"[、,;；\n]")
DASHES = str.maketrans(dict.fromkeys("‐‑–—−―ー－", "-"))


class BadCell(ValueError):
    """A cell that cannot be read; its message says what is wrong and what to write."""


def narrow(text: str) -> str:
    """Return text with full-width letters, digits and signs made narrow, and spaces around it gone."""
    return unicodedata.normalize("NFKC", text).strip()


def read_date(text: str) -> str:
    """Return a date as 2026-11-22; 令和8年11月22日, R8.11.22, 2026/11/22 and 20261122 are read too."""
    plain = re.sub(r"\s+(?=\D)|(?<=\D)\s+", "", narrow(text))
    match = _DATE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    try:
        if not match:
            raise ValueError
        found = match.groupdict()
        told, era = int("1" if found.get("era_year") == "元" else found.get("era_year") or found["year"]), found.get("era") or ""
        if told > LAST_YEAR.get(era, told):
            raise BadCell(f"「{text}」という年はありません（{era}は{LAST_YEAR[era]}年まで）。2026-11-22 か 令和8年11月22日 の形で書いてください")
        return date(ERAS.get(era, 0) + told, int(found["month"]), int(found["day"])).isoformat()
    except BadCell:
        raise
    except ValueError:
        raise BadCell(f"「{text}」は日付として読めません。2026-11-22 か 令和8年11月22日 の形で書いてください") from None


def read_phone(text: str) -> str:
    """Return a phone number in narrow digits with hyphens, as it stood: leading zeros are never made up."""
    plain = narrow(text).translate(DASHES).replace("(", "-").replace(")", "-").replace(" ", "").strip("-")
    if plain and not re.fullmatch(r"#?[\d-]{3,15}", plain):
        raise BadCell(f"「{text}」は電話番号として読めません。0942-30-9000 の形で、一つだけ書いてください")
    if plain and plain[0] not in "0#1":
        raise BadCell(f"「{text}」は 0 で始まっていません。表計算が先頭の 0 を消していないか見て、文字として書いてください")
    return re.sub(r"-+", "-", plain)


def read_list(text: str) -> list[str]:
    """Return the entries of a cell that holds several, between 、 , ; or line ends."""
    return [entry.strip() for entry in _SPLIT.split(text) if entry.strip()]


def write_list(entries: Iterable[str]) -> str:
    """Return several entries in one cell; those that hold the separator themselves stand a line each."""
    return LISTS.join(entries)


# --- several records in one cell: a line each, ｜ between the fields ------------------------------

def write_record(fields: Iterable[str]) -> str:
    """Return a record as a line; empty fields at the end are left out."""
    marked = [f.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace(BETWEEN, "\\" + BETWEEN)
              for f in fields]
    while len(marked) > 1 and not marked[-1]:
        marked.pop()
    return BETWEEN.join(marked)


def read_record(line: str, most: int, what: str) -> list[str]:
    """Return a line's fields, `most` of them, empty where they were left out."""
    fields, field, letters = [], "", iter(line)
    for letter in letters:
        if letter == "\\":
            follows = next(letters, "\\")
            field += {"n": "\n", "r": "\r"}.get(follows, follows)
        elif letter == BETWEEN:
            fields.append(field)
            field = ""
        else:
            field += letter
    fields = [f.strip(" ") for f in (*fields, field)]
    if len(fields) > most:
        raise BadCell(f"「{line}」は ｜ で区切った{what}ではありません。項目は{most}個までです")
    return fields + [""] * (most - len(fields))


def read_lines(text: str) -> list[str]:
    """Return a cell's lines that hold something."""
    return [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
