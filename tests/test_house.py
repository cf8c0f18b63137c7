"""The walls of docs/DESIGN: who may import what, how long a room may be, what must be explained.

Nothing is run here: the sources are read with `ast`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FINDER = ROOT / "finder"
LONGEST = 300

# Every room is pure but these.  A new one belongs here only when it really does IO or HTTP.
NOT_PURE = {
    "files": "reads data/", "store": "the SQLite file", "settings": "the environment",
    "command_line": "arguments and standard output", "printing": "the browser that prints, and templates", "__main__": "starts the command line",
    "visit": "the cookie", "sealing": "chance, and the clock", "staff": "the session in the cookie", "signing_in": "the form",
    "own_account": "the session in the cookie",
    "offers": "a new key", "serving": "the application",
    "measured": "the records of the tests", "speaking": "the request and the cookie", "once": "the request", "static_addresses": "static/",
    "ruby_pages": "the finished page", "compression": "the request", "messages": "data/translations/",
    "sheets": "spreadsheet files", "documents": "plan documents", "links": "the pages it points to", "faces": "HTTP",
    "plan_files": "a process of its own",
    "virus_scan": "the scanner",
    "rates": "the request, Redis", "watching": "the request", "log_lines": "the server's logs", "other_sites": "the request",
    "ways": "the request", "json_answers": "the response", "in_one_piece": "the connection", "refused_early": "the connection",
}
PURE_BY_DESIGN = {"ternary", "births", "answers", "catalog", "requirement_words", "eligibility", "words",
                  "understanding", "ranking", "dialogue", "timeline", "building", "furigana", "guidebook", "plans"}
NOT_FOR_PURE_ROOMS = {
    "IO": {"os", "sys", "io", "pathlib", "shutil", "tempfile", "glob", "fileinput", "subprocess", "socket", "http",
           "urllib", "requests", "httpx", "logging", "sqlite3", "sqlite_utils", "importlib"},
    "HTTP": {"flask", "werkzeug", "jinja2", "gunicorn"},
    "clock": {"time", "zoneinfo"},
    "chance": {"random", "secrets", "uuid"},
}
CALLS_NOT_FOR_PURE_ROOMS = {"open": "IO", "print": "IO", "input": "IO", "breakpoint": "IO"}
METHODS_NOT_FOR_PURE_ROOMS = {"now": "clock", "today": "clock", "utcnow": "clock", "fromtimestamp": "clock"}
ONLY_IN = {"openpyxl": "sheets", "defusedxml": "sheets", "fugashi": "words", "unidic_lite": "words", "sqlite3": "store",
           "sqlite_utils": "store", "segno": "codes", "pyotp": "store", "pdfplumber": "documents", "pdfminer": "documents", "docx": "documents",
           "lxml": "documents"}
RULES = {"births", "eligibility", "ranking", "interview", "search", "understanding"}     # behind the one door
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s.+\sSET|CREATE\s+TABLE|DROP\s+TABLE"
                 r"|PRAGMA)\b", re.DOTALL)


def room_of(path: Path) -> str:
    """finder/births.py and finder/births/limits.py are both of the room `births`."""
    return path.relative_to(FINDER).parts[0].removesuffix(".py")


def face_of(path: Path) -> str | None:
    parts = path.relative_to(FINDER).with_suffix("").parts
    return parts[1] if parts[0] == "faces" and parts[1:] != ("__init__",) else None


def imported(tree: ast.AST, package: str) -> Iterator[tuple[str, str]]:
    """Every import as (module, name taken from it), relative ones spelt out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[:len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield (f"{module}.{alias.name}", "") if module in ("finder", "finder.faces") else (module, alias.name)


def crossings(path: Path, source: str) -> list[str]:
    """Every wall that a source file crosses."""
    tree, room, face = ast.parse(source), room_of(path), face_of(path)
    package = ".".join(("finder", *path.relative_to(FINDER).parts[:-1]))
    found = []
    for module, name in imported(tree, package):
        top, *inner = module.split(".")
        if top == "finder" and inner:
            if room not in NOT_PURE and inner[0] in NOT_PURE:
                found.append(f"a pure room takes {module}, which is not pure ({NOT_PURE[inner[0]]})")
            if face and inner[0] in RULES and not name.isupper():
                found.append(f"a face takes {name or 'everything'} from {module}: rules are behind finder.dialogue")
            if face and inner[0] == "faces" and inner[1:2] not in ([], [face]):
                found.append(f"the face {face} takes {module}: faces never import each other")
            if room != "faces" and inner[0] == "faces":
                found.append(f"{module}: only app.py knows the faces")
        if room not in NOT_PURE:
            found += [f"a pure room imports {module} ({what})" for what, tops in NOT_FOR_PURE_ROOMS.items() if top in tops]
        if ONLY_IN.get(top, room) != room:
            found.append(f"imports {module}: only the room {ONLY_IN[top]} may")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and room not in NOT_PURE:
            if isinstance(node.func, ast.Name) and node.func.id in CALLS_NOT_FOR_PURE_ROOMS:
                found.append(f"line {node.lineno}: {node.func.id}() in a pure room")
            if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS_NOT_FOR_PURE_ROOMS:
                found.append(f"line {node.lineno}: .{node.func.attr}() in a pure room: `today` is handed in")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and room != "store" and SQL.search(node.value):
            found.append(f"line {node.lineno}: SQL outside the room store")
    return found


def unexplained(tree: ast.AST, inside: str = "") -> Iterator[str]:
    """Public functions, methods and classes without a docstring."""
    for node in getattr(tree, "body", []):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield f"{inside}{node.name}"
            if isinstance(node, ast.ClassDef):
                yield from unexplained(node, f"{node.name}.")


ABOUT_A_PERSON = {"Answers", "Assessment", "Child", "Finding", "Reading", "Span", "Understood", "Visit"}


def remembered(tree: ast.AST) -> Iterator[str]:
    """Functions that remember what they gave for a person's answers or births."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(one) for one in node.decorator_list):
            types = {name.id for one in node.args.args if one.annotation for name in ast.walk(one.annotation) if isinstance(name, ast.Name)}
            if types & ABOUT_A_PERSON:
                yield node.name


SOURCES = sorted(p for p in FINDER.rglob("*.py"))
each_source = pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())


@each_source
def test_no_wall_of_the_house_is_crossed(path):
    found = crossings(path, path.read_text(encoding="utf-8"))
    assert not found, "\n  ".join(["", *found])


@each_source
def test_a_room_is_at_most_300_lines(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{lines} 行: 名詞で分けて、同じ名前のフォルダにする"


@each_source
def test_everything_public_has_a_docstring(path):
    assert list(unexplained(ast.parse(path.read_text(encoding="utf-8")))) == []


@each_source
def test_nothing_about_a_person_is_remembered_between_visits(path):
    assert list(remembered(ast.parse(path.read_text(encoding="utf-8")))) == []


@each_source
def test_every_room_says_what_it_is(path):
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_the_rooms_that_are_pure_by_design_are_held_to_it():
    assert not PURE_BY_DESIGN & set(NOT_PURE)


def test_app_only_puts_the_house_together():
    source = (ROOT / "app.py").read_text(encoding="utf-8")
    taken = {m.split(".")[1] for m, _ in imported(ast.parse(source), "") if m.startswith("finder.")}
    assert not taken & {"births", "eligibility", "ranking", "interview"}
    assert len(source.splitlines()) <= LONGEST


# --- that a crossed wall is seen -----------------------------------------------------------------

@pytest.mark.parametrize(("file", "source"), [
    ("births.py", "import os"),
    ("births.py", "from os import environ"),
    ("births.py", "import os.path as p"),
    ("catalog.py", "from pathlib import Path"),
    ("eligibility.py", "import sqlite3"),
    ("ranking.py", "from flask import request"),
    ("dialogue.py", "import time"),
    ("ranking.py", "import random"),
    ("ranking.py", "def f():\n    import random"),
    ("understanding/ages.py", "import os"),
    ("timeline.py", "from datetime import date\nx = date.today()"),
    ("timeline.py", "import datetime\nx = datetime.datetime.now()"),
    ("words.py", "x = open('words.csv')"),
    ("building.py", "print('x')"),
    ("dialogue.py", "from finder.store import Library"),
    ("dialogue.py", "from finder import files"),
    ("understanding/ages.py", "from ..store import Library"),
    ("dialogue.py", "from finder.faces import api"),
    ("ranking.py", "import fugashi"),
    ("faces/api.py", "from fugashi import Tagger"),
    ("files.py", "import sqlite_utils"),
    ("faces/admin.py", "import sqlite3"),
    ("command_line.py", 'x = "SELECT id FROM programs"'),
    ("faces/admin.py", 'x = f"DELETE FROM {1}"'),
    ("faces/api.py", "from finder.eligibility import assess"),
    ("faces/api.py", "from finder import ranking"),
    ("faces/api.py", "from finder.births import age_standing"),
    ("faces/api.py", "import finder.births"),
    ("faces/api.py", "from ..eligibility import assess"),
    ("faces/api.py", "from finder.faces import resident"),
    ("faces/api.py", "from finder.faces.resident import page"),
    ("faces/api.py", "from . import resident"),
    ("faces/api.py", "from .resident import page"),
    ("faces/api/openapi.py", "from finder.faces.kiosk import page"),
    ("visit.py", "from finder.faces.api import api"),
])
def test_a_crossed_wall_is_seen(file, source):
    assert crossings(FINDER / file, source)


@pytest.mark.parametrize(("file", "source"), [
    ("births.py", "from datetime import date, timedelta\nimport re"),
    ("births.py", "def f(today):\n    return today"),
    ("words.py", "from fugashi import Tagger\nfrom threading import Lock"),
    ("words/tagger.py", "from fugashi import Tagger"),
    ("store.py", "import sqlite3\nfrom pathlib import Path\nx = 'SELECT id FROM programs'"),
    ("files.py", "from pathlib import Path\nx = Path('x').open()"),
    ("faces/api.py", "from flask import request\nfrom finder.dialogue import take_turn\nfrom finder import dialogue"),
    ("faces/api.py", "from finder.births import GRADES"),
    ("faces/api/openapi.py", "from finder.faces.api import fields\nfrom . import fields"),
    ("understanding/ages.py", "from finder.births import span_of_age\nfrom .grammar import Reading"),
    ("eligibility.py", '"""選ぶ人 who select from a list."""'),
])
def test_what_stays_inside_the_walls_is_let_be(file, source):
    assert crossings(FINDER / file, source) == []


def test_what_remembers_a_person_is_seen():
    source = "@lru_cache(maxsize=9)\ndef old(born: Span | None): ...\n@cache\ndef word(w: str): ...\ndef new(born: Span): ..."
    assert list(remembered(ast.parse(source))) == ["old"]


@pytest.mark.parametrize(("source", "names"), [
    ("def f():\n    pass", ["f"]),
    ("def _f():\n    pass", []),
    ('def f():\n    """Say."""\n    def g():\n        pass', []),
    ('class C:\n    """Say."""\n    def m(self):\n        pass\n    def __init__(self):\n        pass', ["C.m"]),
    ("class C:\n    pass", ["C"]),
    ("async def f():\n    pass", ["f"]),
])
def test_what_is_not_explained_is_seen(source, names):
    assert list(unexplained(ast.parse(source))) == names
