"""The same answers give the same programs in the same order on every face."""

import re

import pytest

VISITS = [
    ([("ask/children", {"p0-age": "grade:小2", "go": "next"}), ("ask/single_parent", {"choice": "0"})],
     {"answers": {"children": [{"grade": "小2"}], "single_parent": True}}),
    ([("ask/needs", {"need": "money"}), ("ask/children", {"p0-age": "age_years:3", "go": "next"})],
     {"answers": {"children": [{"age_years": 3}], "needs": ["money"]}}),
    ([("ask/children", {"choice": "1"}), ("ask/pregnant", {"choice": "0"})],
     {"answers": {"children": [], "pregnant": True}}),
    ([("say", {"said": "5歳の子の発達が心配"})], {"said": "5歳の子の発達が心配"}),
]


@pytest.mark.parametrize("city", ["kurume", "ogori", "kochi", "soja", "komae"])
@pytest.mark.parametrize(("forms", "request_"), VISITS)
def test_page_and_api_agree(client, city, forms, request_):
    for path, form in forms:
        client.post(f"/{city}/{path}", data=form)
    html = client.get(f"/{city}/results").get_data(as_text=True)
    listed = html[:html.index("<h2>ここで聞けます")]
    for heading in ("あと一つで対象になりそうな支援", "言葉が近い制度"):
        listed = listed.split(f"<h2>{heading}")[0]
    on_page = re.findall(r'<li class="card" id="([^"]+)"', listed)
    in_api = client.post(f"/api/v1/municipalities/{city}/turn", json={"as_of": "2026-11-22", **request_}).get_json()
    assert on_page == [p["id"] for p in in_api["programs"]]
    assert len(on_page) > 3
