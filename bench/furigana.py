"""Furigana: how many readings are right, with and without the exceptions, and how long a page's texts take.

Right is what a person checked: the phrases of tests/readings.toml, and the readings that people
wrote into the やさしい日本語 texts of data/, each compared with what would stand there without them.
"""

from __future__ import annotations

import re
import time
import tomllib

from finder.building import NATION, build_catalog
from finder.catalog import Catalog
from finder.files import read_folder
from finder.furigana import NO_READINGS, Readings, build_readings, in_kana, segments
from finder.settings import ROOT

PHRASES = ROOT / "tests" / "readings.toml"
WRITTEN = re.compile(r"([一-鿿々]+)（([ぁ-ん]+)）")


def main() -> None:
    """Print accuracy by sample, agreement with written readings, and time for all texts of a city."""
    raw = read_folder(ROOT / "data").raw
    readings = build_readings(raw["readings"])
    print(f"{len(raw['readings'])} exceptions")
    for drawn, phrases in tomllib.loads(PHRASES.read_text(encoding="utf-8")).items():
        for name, with_ in (("dictionary alone", NO_READINGS), ("with exceptions", readings)):
            right, all_, whole = score(phrases, with_)
            print(f"{drawn:14} {name:16} {right}/{all_} readings ({right / all_:.2%}), {whole}/{len(phrases)} phrases")
    catalogs = [build_catalog(raw, f) for f in raw["municipalities"] if f != NATION]
    easy = list(dict.fromkeys(t for c in catalogs for t in texts(c, "easy")))
    for name, with_ in (("dictionary alone", NO_READINGS), ("with exceptions", readings)):
        same, all_ = agreement(easy, with_)
        print(f"{'written in data':14} {name:16} {same}/{all_} ({same / all_:.2%})")
    kurume = build_catalog(raw, "40203-kurume")
    for language in ("ja", "easy"):
        wanted, fresh = texts(kurume, language), Readings(readings.exceptions)
        begin = time.perf_counter()
        for text in wanted:
            segments(text, fresh)
        first = time.perf_counter() - begin
        begin = time.perf_counter()
        for text in wanted:
            segments(text, fresh)
        print(f"久留米 {len(wanted)} texts ({language}): first {first * 1000:.0f} ms, then {(time.perf_counter() - begin) * 1000:.2f} ms")


def score(phrases: list[str], readings: Readings) -> tuple[int, int, int]:
    """Return right readings, all readings, and phrases without a mistake: by place, so that 市 is one and 市(し) one."""
    right = all_ = whole = 0
    for phrase in phrases:
        wanted = _over(re.split("《(.*?)》", phrase))
        got = dict(_places(re.sub("《.*?》", "", phrase), readings))
        hits = sum(got.get(place) == reading for place, reading in wanted.items())
        right, all_, whole = right + hits, all_ + len(wanted), whole + (got == wanted)
    return right, all_, whole


def _over(parts: list[str]) -> dict[int, str]:
    """Return readings by the place where what they stand over ends."""
    out, at = {}, 0
    for text, reading in zip(parts[::2], [*parts[1::2], ""], strict=True):
        at += len(text)
        if reading:
            out[at] = reading
    return out


def _places(text: str, readings: Readings) -> list[tuple[int, str]]:
    out, at = [], 0
    for s in segments(text, readings):
        at += len(s.text)
        if s.reading:
            out.append((at, s.reading))
    return out


def agreement(wanted: list[str], readings: Readings) -> tuple[int, int]:
    """Return how many readings written over kanji alone are those that would stand there unasked."""
    same = all_ = 0
    for text in wanted:
        unasked = re.sub("（[ぁ-んー ]+）", "", text)
        spoken = in_kana(unasked, readings)
        for kanji, reading in WRITTEN.findall(text):
            if kanji in unasked:
                all_ += 1
                same += reading in spoken
    return same, all_


def texts(catalog: Catalog, language: str) -> list[str]:
    """Return what a city's pages and guidebook say of its programs."""
    return [t for p in catalog.programs for t in (
        p.title.in_language(language), p.text.in_language(language), *(c.in_language(language) for c in p.confirm),
        *(f.text.in_language(language) for f in p.facts))]
