"""Parts of a page that are made once for everyone: nothing of a visitor's may stand in one."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import nodes

from finder import once

# the same for all who read in one language, at one place
FREE = {"_", "lang", "lang_of", "logo_address", "qr", "url_for", "words"}
WHOLE = {"municipality"}     # of data/, and compared by what it holds: with it stands all of it in the call
Macros = dict[str, nodes.Macro]


def told(node: nodes.Node, macros: Macros) -> Iterator[str]:
    """Every name in a template's part, with what is taken of it (`card.title`); of a macro, what it takes besides its own."""
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        yield f"{node.node.name}.{node.attr}"
    elif isinstance(node, nodes.Name) and node.name in macros:
        body = macros[node.name].body
        mine = {one.name for one in macros[node.name].args} | own(body)
        yield from (name for part in body for name in told(part, macros) if name.split(".")[0] not in mine)
    elif isinstance(node, nodes.Name):
        yield node.name
    else:
        for child in node.iter_child_nodes():
            yield from told(child, macros)


def own(nodes_: list[nodes.Node]) -> set[str]:
    """The names that a part gives itself: of its loops and its `set`."""
    return {one.name for node in nodes_ for one in node.find_all(nodes.Name) if one.ctx == "store"} | {"loop"}


def unkept(app: Flask, source: str) -> list[str]:
    """What a part shows that is not in its call."""
    found, tree = [], app.jinja_env.parse(source)
    macros = {one.name: one for one in tree.find_all(nodes.Macro)}
    for block in tree.find_all(nodes.CallBlock):
        assert isinstance(block.call.node, nodes.Name)
        if block.call.node.name == "once":
            shown = {name for part in block.call.args for name in told(part, macros)} | FREE
        elif block.call.node.name == "once_each":      # a part of a list sees the fields that are named, and what else is in the call
            of, one = [field for part in block.call.args[1:3] for field in part.as_const()], block.args[0].name
            shown = {name for part in block.call.args[3:] for name in told(part, macros)} | {f"{one}.{field}" for field in of} | FREE
        else:
            continue
        found += [name for node in block.body for name in told(node, macros)
                  if name not in shown and name.split(".")[0] not in own(block.body) | shown & WHOLE]
    return found


def test_a_part_shows_only_what_stands_in_its_call(app: Flask) -> None:
    sources = {name: app.jinja_env.loader.get_source(app.jinja_env, name)[0] for name in app.jinja_env.list_templates()}
    assert any("{% call once(" in source for source in sources.values())
    assert {name: found for name, source in sources.items() if (found := unkept(app, source))} == {}


@pytest.mark.parametrize(("source", "found"), [
    ('{% call once("x", card.id) %}{{ card.id }}{{ _("電話") }}{% endcall %}', []),
    ('{% call once("x", card.id) %}{{ card.for_whom }}{% endcall %}', ["card.for_whom"]),
    ('{% call once("x") %}{% for one in chips %}{{ one }}{% endfor %}{% endcall %}', ["chips"]),
    ('{% call once("x") %}{% if on_kiosk() %}1{% endif %}{% endcall %}', ["on_kiosk"]),
    ('{% call once("x", on_kiosk() != "") %}{% if on_kiosk() %}1{% endif %}{% endcall %}', []),
    ('{% macro m(a) %}{{ a.b }}{% endmacro %}{% call once("x", card.id) %}{{ m(card.id) }}{% endcall %}', []),
    ('{% macro m(a) %}{{ on_kiosk() }}{% endmacro %}{% call once("x", card.id) %}{{ m(card.id) }}{% endcall %}', ["on_kiosk"]),
    ('{% macro m(a) %}{{ a }}{% endmacro %}{% call once("x") %}{{ m(card.id) }}{% endcall %}', ["card.id"]),
    ('{% call once("x", municipality) %}{{ municipality.name }}{{ words(municipality.look.alt) }}{% endcall %}', []),
    ('{% call once("x", card) %}{{ card.for_whom }}{% endcall %}', ["card.for_whom"]),
    ('{% call(it) once_each(them, ["id"], ["soon"], "x") %}{{ it.id }}{{ it.soon }}{{ _("電話") }}{% endcall %}', []),
    ('{% call(it) once_each(them, ["id"], ["soon"], "x") %}{{ it.for_whom }}{% endcall %}', ["it.for_whom"]),
    ('{% call(it) once_each(them, ["id"], ["soon"], "x") %}{{ them }}{{ city }}{% endcall %}', ["them", "city"]),
    ('{% call(it) once_each(them, ["id"], ["soon"], "x", city) %}{{ city }}{% endcall %}', []),
    ('{% call other("x") %}{{ visit.words }}{% endcall %}', []),
])
def test_a_part_that_shows_more_is_seen(app: Flask, source: str, found: list[str]) -> None:
    assert unkept(app, source) == found


def results(client: FlaskClient, children: str) -> str:
    client.post("/kurume/ask/children", data={"p0-age": children, "go": "next"})
    return client.get("/kurume/results").text


def test_a_page_is_the_same_after_others_were_shown(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "_KEPT", {})
    monkeypatch.setattr(once, "_IN_PIECES", {})
    first = results(app.test_client(), "grade:小5")
    other = results(app.test_client(), "age_years:0")
    assert first != other
    assert results(app.test_client(), "grade:小5") == first
    monkeypatch.setattr(once, "_KEPT", {})
    monkeypatch.setattr(once, "_IN_PIECES", {})
    monkeypatch.setattr(once, "MOST_KEPT", 3)
    assert results(app.test_client(), "age_years:0") == other
    assert 0 < len(once._KEPT) <= 3 and 0 < len(once._IN_PIECES) <= 3


def test_a_part_is_made_for_each_language_and_place(app: Flask) -> None:
    made = []
    for language in ("ja", "en", "ja"):
        for root in ("", "/support", ""):
            with app.test_request_context(headers={"Cookie": f"language={language}"}, environ_overrides={"SCRIPT_NAME": root}):
                once.once("test", 1, caller=lambda key=(language, root): made.append(key) or "part")
    assert made == [("ja", ""), ("ja", "/support"), ("en", ""), ("en", "/support")]


def test_what_is_told_is_put_into_a_part_and_never_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "_IN_PIECES", {})
    made = []
    page = app.jinja_env.from_string("{% call(it) once_each(them, ['id'], ['whom', 'soon'], 'x') %}{{ made(it) }}"
                                     "<b>{{ it.id }}</b>{% if it.whom %}<i>{{ it.whom }}</i>{% endif %}{{ it.soon }}.{% endcall %}")

    def shown(*them: tuple[str, str, str]) -> str:
        with app.test_request_context():
            return page.render(them=[SimpleNamespace(id=i, whom=w, soon=s) for i, w, s in them], made=lambda it: made.append(it.id) or "")

    assert shown(("&", "<小2>", ""), ("b", "", "3月")) == "<b>&amp;</b><i>&lt;小2&gt;</i>.<b>b</b>3月."
    assert shown(("&", "3歳", ""), ("b", "", "4月"), ("b", "小5", "")) == "<b>&amp;</b><i>3歳</i>.<b>b</b>4月.<b>b</b><i>小5</i>."
    assert made == ["&", "b", "b"]
    assert not any(word in str(once._IN_PIECES) for word in ("小2", "3歳", "小5", "3月", "4月"))
