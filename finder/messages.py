"""The message catalogs in data/translations/: what the pages have to say, and each language's words for it.

Messages are found in templates (`_("…")`) and in rooms (`say("…")`, `message("…")`), written in
Japanese, and among the hours and costs of the hotlines.  A catalog is a .po file that a translator can open; `update` brings all of them up to
what is said now, and keeps every translation that there is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations, Translations

from finder.languages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "data" / "translations"
_PLACES = {"finder": [("**.py", "python")], "templates": [("**.html", "jinja2")]}
_HOTLINES = "data/hotlines.toml"     # whose hours and costs are few, and the same again and again
_KEYWORDS = {**DEFAULT_KEYWORDS, "say": None, "message": None}
_HEADER = """\
# {name}: a reference translation of what the pages say in Japanese
msgid ""
msgstr ""
"Language: {folder}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def said() -> Catalog:
    """Return everything that templates and rooms say, with the files that say it."""
    found = Catalog()
    for folder, methods in _PLACES.items():
        options = {"**.html": {"encoding": "utf-8", "silent": "false"}, "**.py": {"encoding": "utf-8"}}
        for name, _, text, _, _ in extract_from_dir(ROOT / folder, methods, options, _KEYWORDS):
            found.add(text, locations=[(f"{folder}/{name}", 0)])
    for hotline in tomllib.loads((ROOT / _HOTLINES).read_text(encoding="utf-8"))["hotline"]:
        for text in filter(None, (hotline["hours"], hotline.get("cost"))):
            found.add(text, locations=[(_HOTLINES, 0)])
    return found


def catalog_of(language_id: str) -> Catalog:
    """Return a language's catalog as it stands in its file."""
    with _file(language_id).open("rb") as file:
        return read_po(file)


@cache
def translations(language_id: str) -> NullTranslations:
    """Return a language's words, compiled from its catalog; Japanese needs none."""
    if not LANGUAGES[language_id].folder:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalog_of(language_id))
    compiled.seek(0)
    return Translations(compiled)


@cache
def words_of(language_id: str) -> tuple[str, ...]:
    """Return every message in a language's words, as its catalog has it."""
    if not LANGUAGES[language_id].folder:
        return tuple(str(one.id) for one in catalog_of("easy") if one.id)
    return tuple(str(one.string) for one in catalog_of(language_id) if one.id)


def update() -> Iterator[tuple[str, int]]:
    """Bring every catalog up to what is said now; yield (language id, messages without words)."""
    now = said()
    for one in LANGUAGES.values():
        if not one.folder:
            continue
        path = _file(one.id)
        before = catalog_of(one.id) if path.exists() else Catalog()
        after = Catalog()
        for message in now:
            if message.id:
                known = before.get(message.id)
                after.add(message.id, known.string if known else "", message.locations)
        written = BytesIO()
        write_po(written, after, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_HEADER.format(name=one.name, folder=one.folder) + written.getvalue().decode().strip() + "\n",
                        encoding="utf-8")
        yield one.id, sum(1 for m in after if m.id and not m.string)


def _file(language_id: str) -> Path:
    return TRANSLATIONS / LANGUAGES[language_id].folder / "LC_MESSAGES" / "messages.po"
