"""The JSON contract: a turn, what bad input gets, and that nothing said comes back in an error."""

import io
import json

import pytest
from gunicorn.http.errors import ChunkMissingTerminator, InvalidChunkSize

TURN = "/api/v1/municipalities/kurume/turn"


def turn(client, **request):
    response = client.post(TURN, json={"as_of": "2026-11-22", **request})
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def test_an_answer_is_sorted_utf_8_and_half_a_character_comes_back_as_it_came(client):
    def sent(said):
        return client.post(TURN, data=f'{{"said": "{said}", "limit": 2}}', content_type="application/json")
    plain, half = sent("子どもが3歳です"), sent(r"子どもが3歳です。\ud83d年中")
    assert "児童手当" in plain.data.decode()
    assert list(plain.json) == sorted(plain.json)
    assert half.status_code == 200
    assert [one["id"] for one in half.json["programs"]] == [one["id"] for one in plain.json["programs"]]


def test_municipalities_are_the_five(client):
    found = {m["id"]: m["code"] for m in client.get("/api/v1/municipalities").get_json()}
    assert found == {"kurume": "40203", "ogori": "40216", "kochi": "39201", "soja": "33208", "komae": "13219"}


@pytest.mark.parametrize("city", ["kurume", "ogori", "kochi", "soja", "komae"])
def test_every_program_can_be_fetched_alone(client, city):
    programs = client.get(f"/api/v1/municipalities/{city}/programs").get_json()
    assert len(programs) > 15
    for listed in programs:
        alone = client.get(f"/api/v1/municipalities/{city}/programs/{listed['id']}").get_json()
        assert alone == listed


def test_where_to_ask_is_said_once(client):
    for city in client.get("/api/v1/municipalities").get_json():
        phones = [place["phone"] for place in city["ask"]]
        assert phones
        assert len(set(phones)) == len(phones), city["id"]


def test_departments_carry_their_source_and_date(client):
    offices = client.get("/api/v1/municipalities/kurume/departments").get_json()
    assert {"id", "name", "phone", "place", "hours", "url", "source", "checked_on"} <= set(offices[0])


def test_a_turn_has_every_field_of_the_contract(client):
    answer = turn(client, answers={"children": [{"grade": "小2"}], "single_parent": True, "needs": ["money"]})
    assert {"answers", "understood", "danger", "out_of_scope", "programs", "next_question"} <= set(answer)
    program = next(p for p in answer["programs"] if p["id"] == "jido-fuyo-teate")
    assert program["standing"] == "likely"
    assert program["children"] == [0]
    assert all(f["result"] == "met" for f in program["findings"])
    assert program["departments"][0]["phone"] == "0942-30-9063"
    assert program["source"]["quote"].startswith("ひとり親家庭等で18歳に達する日以後")
    assert answer["answers"]["children"] == [{"grade": "小2", "born": ["2018-04-02", "2019-04-01"]}]


def test_a_program_of_a_turn_says_when_it_can_be_applied_for(client):
    alone = {p["id"]: p["availability"] for p in client.get("/api/v1/municipalities/kurume/programs").get_json()}
    assert all(p["availability"] == alone[p["id"]] for p in turn(client, answers={"children": [{"grade": "小2"}]})["programs"])


def test_what_is_absent_was_not_said(client):
    answer = turn(client)
    assert answer["answers"] == {}
    assert answer["next_question"]["id"] == "children"
    assert not [p for p in answer["programs"] if p["standing"] == "unlikely"]


def test_no_children_is_not_the_same_as_nothing_said(client):
    none = {p["id"] for p in turn(client, answers={"children": []})["programs"]}
    unsaid = {p["id"] for p in turn(client)["programs"]}
    assert "jido-teate" in unsaid
    assert "jido-teate" not in none


def test_unlikely_ones_come_only_when_asked_for(client):
    answer = turn(client, answers={"children": [{"grade": "小2"}], "single_parent": False}, include=["unlikely"])
    found = next(p for p in answer["programs"] if p["id"] == "jido-fuyo-teate")
    assert found["standing"] == "unlikely"
    assert [f["requirement"] for f in found["findings"] if f["result"] == "unmet"] == ["single_parent"]


def test_an_open_finding_names_the_question_that_settles_it(client):
    answer = turn(client, answers={"children": [{"grade": "小2"}]})
    found = next(p for p in answer["programs"] if p["id"] == "jido-fuyo-teate")
    assert found["standing"] == "check"
    assert [f["settled_by"] for f in found["findings"] if f["result"] == "open"] == ["single_parent"]


def test_the_day_can_be_moved(client):
    born = {"children": [{"birth_date": "2008-04-01"}]}
    before = {p["id"] for p in turn(client, answers=born, as_of="2026-03-31")["programs"]}
    after = {p["id"] for p in turn(client, answers=born, as_of="2026-04-01")["programs"]}
    assert "jido-teate" in before
    assert "jido-teate" not in after


def test_limit_cuts_the_list_and_not_its_order(client):
    whole = [p["id"] for p in turn(client, answers={"needs": ["money"]})["programs"]]
    assert [p["id"] for p in turn(client, answers={"needs": ["money"]}, limit=5)["programs"]] == whole[:5]


def test_the_answers_can_be_sent_back_as_they_came(client):
    first = turn(client, answers={"children": [{"age_years": 3, "disability": True}, {"birth_month": "2019-11"}],
                                  "pregnant": "unknown", "single_parent": True, "self": {"age_years": 39}})
    second = turn(client, answers=first["answers"])
    assert second["answers"] == first["answers"]
    assert [p["id"] for p in second["programs"]] == [p["id"] for p in first["programs"]]


def test_every_choice_of_a_question_can_be_sent_as_an_answer(client):
    answers = {"children": [{"grade": "小2"}]}
    for _ in range(12):
        asked = turn(client, answers=answers)["next_question"]
        if asked is None:
            break
        for choice in asked["choices"]:
            turn(client, answers={**answers, asked["id"]: choice["value"]})
        answers[asked["id"]] = "unknown"
    else:
        pytest.fail("the questions never end")


BAD = [
    ({"answers": {"children": [{"grade": "小9"}]}}, "answers.children[0].grade"),
    ({"answers": {"children": [{"age_years": -1}]}}, "answers.children[0].age_years"),
    ({"answers": {"children": [{"age_years": 3.5}]}}, "answers.children[0].age_years"),
    ({"answers": {"children": [{"birth_date": "1899-12-31"}]}}, "answers.children[0].birth_date"),
    ({"answers": {"children": [{"birth_date": "2031-01-01"}]}}, "answers.children[0].birth_date"),
    ({"answers": {"children": [{"birth_date": "2023-02-30"}]}}, "answers.children[0].birth_date"),
    ({"answers": {"children": [{"birth_month": "2023-13"}]}}, "answers.children[0].birth_month"),
    ({"answers": {"children": [{"birth_month": "２０２３-０５"}]}}, "answers.children[0].birth_month"),
    ({"answers": {"children": [{"grade": "小2", "age_years": 3}]}}, "answers.children[0]"),
    ({"answers": {"children": [{"age_years": 3}] * 30}}, "answers.children"),
    ({"answers": {"children": [{"名前": "花子"}]}}, "answers.children[0]"),
    ({"answers": {"children": "三人"}}, "answers.children"),
    ({"answers": {"single_parent": "はい"}}, "answers.single_parent"),
    ({"answers": {"needs": ["お金"]}}, "answers.needs[0]"),
    ({"answers": {"self": {"age_years": 200}}}, "answers.self.age_years"),
    ({"answers": []}, "answers"),
    ({"said": 3}, "said"),
    ({"said": "あ" * 10_001}, "said"),
    ({"as_of": "きょう"}, "as_of"),
    ({"as_of": "0001-01-01"}, "as_of"),
    ({"as_of": "2026-W40-1"}, "as_of"),
    ({"limit": -1}, "limit"),
    ({"limit": True}, "limit"),
    ({"include": ["all"]}, "include"),
]


@pytest.mark.parametrize(("request_", "field"), BAD)
def test_what_was_asked_wrongly_is_said_with_its_place(client, request_, field):
    response = client.post(TURN, json=request_)
    assert response.status_code == 400
    error = response.get_json()["error"]
    assert error["field"] == field
    assert error["code"]
    assert error["message"]


SECRET = "ひみつの言葉7391"


@pytest.mark.parametrize("body", [
    {"said": SECRET + "あ" * 20_000}, {"answers": {SECRET: True}}, {"answers": {"needs": [SECRET]}},
    {"answers": {"children": [{"grade": SECRET}]}}, {SECRET: 1}, {"as_of": SECRET}])
def test_an_error_never_repeats_what_was_said(client, body):
    response = client.post(TURN, json=body)
    assert response.status_code == 400
    assert SECRET not in response.get_data(as_text=True)


@pytest.mark.parametrize(("data", "kind", "status"), [
    ("{", "application/json", 400), ("", "application/json", 400), ("[]", "application/json", 400),
    ('{"limit": NaN}', "application/json", 400), ("[" * 50_000, "application/json", 400),
    (b"\xff\xfe", "application/json", 400), ("said=a", "application/x-www-form-urlencoded", 415),
    ('{"said": "' + "あ" * 100_000 + '"}', "application/json", 413)])
def test_a_body_that_cannot_be_read_gets_the_contracts_error(client, data, kind, status):
    response = client.post(TURN, data=data, content_type=kind)
    assert response.status_code == status
    assert set(response.get_json()["error"]) == {"code", "message", "field"}


class InChunks(io.BytesIO):
    """A body as gunicorn gives it when no length was told; one whose chunks are broken raises when it is read."""

    def __init__(self, sent, broken=None):
        super().__init__(sent)
        self.broken = broken

    def readinto(self, into):
        if self.broken:
            raise self.broken
        return super().readinto(into)

    def read(self, size=-1):
        if self.broken:
            raise self.broken
        return super().read(size)


@pytest.mark.parametrize(("body", "status", "code"), [
    (InChunks(b'{"limit": 0}'), 200, None), (InChunks(b'{"limit": 0}' + b" " * 130_000), 200, None),
    (InChunks(b'{"limit": 0}' + b" " * 140_000), 413, "too_large"), (InChunks(b'{"limit": 0}' + b" " * 300_000), 413, "too_large"),
    (InChunks(b"", InvalidChunkSize(b"x7391")), 400, "bad_request"), (InChunks(b"", ChunkMissingTerminator(b"x7391")), 400, "bad_request")])
def test_a_body_in_chunks_is_read_or_refused_as_any_other(client, caplog, body, status, code):
    response = client.post(TURN, input_stream=body, content_type="application/json", environ_overrides={"wsgi.input_terminated": True})
    assert response.status_code == status
    assert response.get_json().get("error", {}).get("code") == code
    assert "7391" not in response.text + caplog.text


def test_a_form_in_broken_chunks_is_refused_as_a_page(client):
    broken = InChunks(b"", InvalidChunkSize(b"x7391"))
    response = client.post("/kurume/say", input_stream=broken, content_type="application/x-www-form-urlencoded",
                           environ_overrides={"wsgi.input_terminated": True})
    assert (response.status_code, "7391" in response.text) == (400, False)


@pytest.mark.parametrize(("path", "status"), [
    ("/api/v1/municipalities/atlantis/programs", 404), ("/api/v1/municipalities/kurume/programs/none", 404),
    ("/api/v1/nothing", 404), ("/api/v1/understand", 405)])
def test_every_error_has_one_shape(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert set(response.get_json()["error"]) == {"code", "message", "field"}


ODD = ["\x00\x01\x1b[31m", "👨‍👩‍👧‍👦💦", "ｼﾝｸﾞﾙﾏｻﾞｰ ｺﾄﾞﾓ ｻﾝｻｲ", "'; DROP TABLE versions; --", "<script>alert(1)</script>",
       "\u202e逆さ", "\ud7ff", "％" * 500, "０歳", "\n" * 300, "ﾞ" * 200]


@pytest.mark.parametrize("said", ODD)
def test_odd_text_is_only_text(client, said):
    answer = turn(client, said=said)
    assert isinstance(answer["programs"], list)


def test_understand_gives_what_a_sentence_says(client):
    found = client.post("/api/v1/understand", json={
        "said": "小2の子がいるシングルマザーです。お金が心配", "as_of": "2026-11-22"}).get_json()
    assert found["answers"]["children"] == [{"grade": "小2", "born": ["2018-04-02", "2019-04-01"]}]
    assert found["answers"]["single_parent"] is True
    assert found["needs"] == ["money"]
    assert found["danger"] is None
    assert found["out_of_scope"] is False
    assert all(set(s) == {"text", "gave"} for s in found["spans"])


def test_danger_brings_its_hotlines_first(client):
    answer = turn(client, said="夫に殴られています。3歳の子がいます")
    assert answer["danger"]["kind"] == "dv"
    assert "0120-279-889" in [h["phone"] for h in answer["danger"]["hotlines"]]
    assert answer["programs"]


def test_answers_of_the_api_are_not_kept_by_caches(client):
    response = client.post(TURN, json={})
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_the_same_request_gives_the_same_bytes(client):
    body = {"as_of": "2026-11-22", "answers": {"needs": ["money"], "children": [{"age_years": 3}]}, "said": "家賃"}
    first, second = (client.post(TURN, data=json.dumps(body), content_type="application/json").data for _ in "ab")
    assert first == second
