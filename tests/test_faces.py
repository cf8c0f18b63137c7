"""The same answers give the same programs in the same order on every face, in every language, and in the API."""

import re

import pytest
from conftest import TODAY

from app import create_app
from finder.settings import Settings

CITIES = ["kurume", "ogori", "kochi", "soja", "komae"]
# What a resident presses or types; what staff press at the counter; the same as a request.
VISITS = [
    ([("ask/children", {"p0-age": "grade:小2", "go": "next"}), ("ask/single_parent", {"choice": "0"})],
     [{"children": "小2"}, {"do": "answer:single_parent:0"}],
     {"answers": {"children": [{"grade": "小2"}], "single_parent": True}}),
    ([("ask/needs", {"need": "money"}), ("ask/children", {"p0-age": "age_years:3", "go": "next"})],
     [{"do": "need:money"}, {"children": "3"}],
     {"answers": {"children": [{"age_years": 3}], "needs": ["money"]}}),
    ([("ask/children", {"choice": "1"}), ("ask/pregnant", {"choice": "0"})],
     [{"children": "なし"}, {"do": "answer:pregnant:0"}],
     {"answers": {"children": [], "pregnant": True}}),
    ([("say", {"said": "5歳の子の発達が心配"})],
     None,                                             # staff ask and press; no sentence is typed at the counter
     {"said": "5歳の子の発達が心配"}),
]


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory):
    """The application with the counter open beside the resident's pages and the kiosk."""
    folder = tmp_path_factory.mktemp("faces")
    return create_app(Settings(store=folder / "finder.db", secret="a secret of more than 32 letters!", today=TODAY, counter="network"))


def cards(html):
    """The ids of what may fit, in order: without near misses and what is only near in words."""
    fitting = re.split(r"<h2[^>]*>(?:ここで聞けます|あと一つで対象になりそうな支援|言葉が近い制度)", html)[0]
    return re.findall(r'<li class="card" id="([^"]+)"', fitting)


def on_pages(app, city, forms, begin="", language=""):
    """The list of a resident's browser that began at an address, and the beginning of it in the talk."""
    client = app.test_client()
    client.get(begin or f"/{city}/")
    if language:
        client.get(f"/{city}/?lang={language}")
    for path, form in forms:
        client.post(f"/{city}/{path}", data=form)
    if language:
        client.get(f"/{city}/?lang=ja")               # so that the headings can be told
    return (cards(client.get(f"/{city}/results").get_data(as_text=True)),
            cards(client.get(f"/{city}/chat").get_data(as_text=True)))


def at_the_counter(app, city, presses):
    client = app.test_client()
    for typed in presses:
        html = client.post(f"/{city}/counter", data={"do": "take", **typed}, follow_redirects=True).get_data(as_text=True)
    rows = html[html.index('id="rows"'):html.index('id="program"')]
    return re.findall(r'value="open:([^"]+)"', rows.split('<h3 class="group-title">')[0])


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize(("forms", "presses", "asked"), VISITS)
def test_every_face_shows_what_the_api_gives(everywhere, city, forms, presses, asked):
    given = everywhere.test_client().post(f"/api/v1/municipalities/{city}/turn", json={"as_of": TODAY.isoformat(), **asked}).get_json()
    expected = [p["id"] for p in given["programs"]]
    assert len(expected) > 3
    phone, talk = on_pages(everywhere, city, forms)
    assert phone == expected
    assert talk == expected[:len(talk)] and talk
    assert on_pages(everywhere, city, forms, begin=f"/kiosk/{city}/") == (phone, talk)
    assert on_pages(everywhere, city, forms, language="vi") == (phone, talk)
    if presses:
        assert at_the_counter(everywhere, city, presses) == expected
