"""The departments in a cell: one or several, wrapped anywhere; 「保育所・幼稚園課」 is one office."""

from __future__ import annotations

import re

from finder.plans.lines import plain

_END = (r"(?:課|室|局|部|係|署|班|園|館|所|校|センター|委員会|協議会|病院|事務所|機構|担当|グループ|チーム|公社|"
        r"財団)(?:[(（][^()（）]{1,20}[)）])?")
_OFFICE = re.compile(rf".*{_END}")
_BETWEEN = re.compile(r"[\s、,，/／;；]+")
_DOT = re.compile(r"(?<=[課室局係])[・･](?=.*(?:課|室|局|係|センター)$)")
_DIVISION, _SMALLER = re.compile(r".*[部局]$"), re.compile(r".*(?:課|室|係|センター|担当)$")


def offices_in(cell: str) -> tuple[tuple[str, ...], str]:
    """Return the offices that a cell names, in its order, and what is doubtful of them ("" for nothing)."""
    words = plain(cell).strip(" ・-－―—")
    if not words:
        return (), ""
    found: list[str] = []
    part = ""
    for piece in (p for whole in _BETWEEN.split(words) for p in _DOT.split(whole) if p):
        part += piece.strip()
        if _OFFICE.fullmatch(part) and not part.endswith("・"):
            found.append(part)
            part = ""
    doubt = f"担当課の欄の「{part}」が、課の名前か分かりません" if part else ""
    offices: list[str] = []
    for office in found:
        if offices and _DIVISION.fullmatch(offices[-1]) and _SMALLER.fullmatch(office):
            offices[-1] = office            # 「福祉部 子ども課」 is the 子ども課
        else:
            offices.append(office)
    return tuple(dict.fromkeys(offices)), doubt
