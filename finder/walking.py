"""In which order to walk to offices: one building after the other, floor by floor, as far as their places are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from finder.catalog import Municipality
from finder.offices import Office

CITY_HALL, ELSEWHERE, NOT_KNOWN = range(3)

_FLOOR = re.compile(r"(地下|B)?(\d{1,2})(?:階|F)")
_HALL = re.compile("市役所|町役場|村役場|区役所|本庁舎")
_POSTCODE = re.compile(r"〒?\d{3}-\d{4}")
_PREFECTURE = re.compile(r"^(?:北海道|東京都|京都府|大阪府|.{2,3}県)")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


@dataclass(frozen=True, slots=True)
class Stop:
    """Where an office stands: city hall, elsewhere or not known; its floor (1 is the ground floor, -1 below it)."""

    where: int
    building: str = ""
    floor: int | None = None

    @property
    def floor_words(self) -> str:
        """Return the floor as signs have it: 「16階」「地下1階」, or nothing."""
        if self.floor is None:
            return ""
        return f"地下{-self.floor}階" if self.floor < 0 else f"{self.floor}階"


def stop(office: Office, municipality: Municipality) -> Stop:
    """Return where an office stands, read from its place: 「久留米市役所 本庁舎16階」."""
    place = unicodedata.normalize("NFKC", office.place).strip()
    if not place:
        return Stop(NOT_KNOWN)
    found = _FLOOR.search(place)
    floor = int(found[2]) * (-1 if found[1] else 1) if found else None
    hall = _address(municipality.main_place)
    if _HALL.search(place) or (hall and _address(place) == hall):
        return Stop(CITY_HALL, "", floor)
    before = place[:found.start()] if found else place
    return Stop(ELSEWHERE, re.split(r"[(、]", before)[0].strip(), floor)


def in_walking_order(offices: Iterable[Office], municipality: Municipality) -> list[Office]:
    """Return offices in the order of a walk: city hall from the lowest floor up, other buildings, last the unknown.

    Within a building an office whose floor is not known comes after those whose floor is.  Where one
    only asks, because no department is known, comes after all departments.
    """
    def order(office: Office) -> tuple[bool, int, str, bool, int, str]:
        at = stop(office, municipality)
        return (not office.known, at.where, at.building, at.floor is None, at.floor or 0, office.name)

    return sorted(offices, key=order)


def _address(place: str) -> str:
    """Return an address in one spelling: no postcode, 丁目 and 番 as dashes, digits for numerals."""
    plain = re.sub(r"\s", "", _POSTCODE.sub("", unicodedata.normalize("NFKC", place))).translate(_NUMERALS)
    return re.sub("丁目|番地?", "-", _PREFECTURE.sub("", plain)).removesuffix("号").strip("-")
