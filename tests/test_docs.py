"""The docs hold: links lead somewhere, what they name is there, their commands run, and words on a screen are those on the screen."""

from __future__ import annotations

import importlib.util
import re
import shlex
from contextlib import suppress

import pytest
from test_easy import wrong_with
from werkzeug.exceptions import MethodNotAllowed

from bench.accuracy import in_readme
from finder.command_line import _parser, main
from finder.measured import accuracy
from finder.messages import catalog_of
from finder.settings import ROOT

DOCS = {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))}
each_document = pytest.mark.parametrize("name", DOCS)
RUN = [name for name, text in DOCS.items() if "試験で動かす命令" in text and name != "docs/operating.md"]     # that one: tests/test_operating.py
CODES = {"diff": {3}, "new": {0}, "check mihon": {0, 1}, "import": {0, 3}}


def anchors(text):
    """The places in a document that a link may name, as they are made from its headings."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@each_document
def test_every_link_leads_somewhere(name):
    here = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)\s]+)\)", DOCS[name]):
        if re.match(r"https?:", target):
            continue
        file, _, place = target.partition("#")
        aim = (here / file).resolve() if file else ROOT / name
        assert aim.exists(), target
        assert not place or place in anchors(aim.read_text(encoding="utf-8")), target


@each_document
def test_everything_that_it_names_is_there(name):
    text = re.sub(r"```.*?```", "", DOCS[name], flags=re.DOTALL)
    said = re.findall(r"`([^`\n]+)`", text)
    files = [one for one in said if re.fullmatch(r"(?:finder|tests|data|bench|deploy|static|docs)/[\w./-]*\w", one)]
    assert [one for one in files if not (ROOT / one).exists() and "99999" not in one] == []
    known = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert [one for one in re.findall(r"FINDER_\w+", text) if one not in known] == []
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [one for one in re.findall(r"\bmake ([a-z]+)", " ".join(said)) if one not in targets] == []
    sets = (ROOT / "bench" / "__main__.py").read_text(encoding="utf-8")
    assert [one for one in re.findall(r"python -m bench[ .](\w+)", " ".join(said))
            if not importlib.util.find_spec(f"bench.{one}") and f'"{one}"' not in sets] == []


def test_the_readme_says_what_was_measured():
    assert in_readme(accuracy(ROOT / "data")) in DOCS["README.md"]


@each_document
def test_every_address_that_it_names_is_one(app, name):
    routes = app.url_map.bind("localhost")
    for way in re.findall(r"`(/(?:自治体|kurume)?/?[A-Za-z./-]*)`", DOCS[name]):
        if way == "/" or way.startswith(("/etc", "/var")):
            continue
        with suppress(MethodNotAllowed):
            assert routes.match(way.replace("自治体", "kurume")), way


def commands(text):
    """Every line of a block of commands that calls ours, without `python -m` and what follows a slash or a comment."""
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if found := re.match(r"(?:python -m finder|finder) (.+)", line):
                yield shlex.split(found[1].partition(" / ")[0], comments=True)


@each_document
def test_every_command_that_it_shows_is_one(name):
    parser = _parser()
    for arguments in commands(DOCS[name]):
        try:
            parser.parse_args(arguments)
        except SystemExit:
            pytest.fail(f"{name}: finder {shlex.join(arguments)}")


@pytest.mark.parametrize("name", RUN)
def test_commands_that_are_said_to_run_here_do(name, two_versions, capsys):
    blocks = re.findall(r"試験で動かす命令:\n\n(```sh\n.*?```)", DOCS[name], re.DOTALL)
    for arguments in commands("\n".join(blocks)):
        capsys.readouterr()
        code = main(arguments)
        told = capsys.readouterr()
        allowed = next((codes for key, codes in CODES.items() if " ".join(arguments).startswith(f"catalog {key}")), {0})
        assert code in allowed, (arguments, told.err)
        assert told.out, arguments


# --- words on the screen --------------------------------------------------------------------------

def test_the_sheet_for_the_counter_lists_the_keys_of_the_screen():
    screen = (ROOT / "templates" / "counter" / "screen.html").read_text(encoding="utf-8")
    keys = re.findall(r'\("([^"]+)", "([^"]+)"\)', screen[screen.index("for key, what in ["):screen.index("] %}\n    <div><dt>")])
    rows = re.findall(r"^\| (`.+?`) \| (.+?) \| (.*?) \| (.*?) \|$", DOCS["docs/counter.md"], re.MULTILINE)     # two keys side by side
    listed = [*(row[:2] for row in rows), *(row[2:] for row in rows if row[3])]
    assert [(re.findall(r"`([^`]+)`", key), what) for key, what in listed] == [(key.split(), what) for key, what in keys]


def test_the_page_for_residents_is_easy_and_names_the_buttons_as_they_are():
    text = DOCS["docs/residents.md"]
    assert wrong_with(re.sub(r"^[#\d.\- ]+", "", text, flags=re.MULTILINE)) == []
    shown = {m.string for m in catalog_of("easy") if m.id}
    assert [one for one in re.findall(r"「([^」]+)」", text) if one not in shown] == []


@pytest.mark.parametrize("name", ["docs/department.md", "docs/counter.md"])
def test_the_pages_for_staff_name_what_stands_on_the_screen(name):
    places = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "finder").rglob("*.py")]
    shown = "".join(p.read_text(encoding="utf-8") for p in places)
    assert [one for one in re.findall(r"「([^」]+)」", DOCS[name]) if one not in shown] == []
