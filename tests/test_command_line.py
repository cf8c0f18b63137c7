"""The command line gives the same JSON as the API."""

import io
import json
import sys

import pytest

from finder.command_line import main

REQUEST = {"answers": {"children": [{"grade": "小2"}], "single_parent": True}, "limit": 5}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("instance") / "finder.db"


@pytest.fixture
def run(monkeypatch, capsys, store):
    monkeypatch.setenv("FINDER_STORE", str(store))

    def run(given, *arguments):
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        code = main(list(arguments))
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return run


def test_a_turn_is_the_same_as_over_http(run, client):
    code, [answer] = run(json.dumps(REQUEST), "turn", "kurume", "--as-of", "2026-11-22")
    assert code == 0
    assert answer == client.post("/api/v1/municipalities/kurume/turn",
                                 json={**REQUEST, "as_of": "2026-11-22"}).get_json()


def test_many_requests_one_per_line_and_a_wrong_one_does_not_stop_the_rest(run):
    lines = "\n".join([json.dumps(REQUEST), '{"answers": {"children": [{"grade": "小9"}]}}', "{", "", json.dumps(REQUEST)])
    code, answers = run(lines, "turn", "kurume", "--as-of", "2026-11-22", "--lines")
    assert code == 2
    assert [("error" in a) for a in answers] == [False, True, True, False]
    assert answers[1]["error"]["field"] == "answers.children[0].grade"
    assert answers[0] == answers[3]


def test_understand_on_the_command_line(run):
    code, [answer] = run('{"said": "3歳の双子がいます"}', "understand", "--as-of", "2026-11-22")
    assert code == 0
    assert len(answer["answers"]["children"]) == 2


def test_an_unknown_municipality_is_named(run):
    code, [answer] = run("{}", "turn", "atlantis")
    assert code == 2
    assert "kurume" in answer["error"]["message"]


def test_a_wrong_setting_is_one_sentence(run, monkeypatch, capsys):
    monkeypatch.setenv("FINDER_DATA", "/no/such/folder")
    code, _ = run("{}", "turn", "kurume")
    assert code == 1


def test_the_data_check_counts_and_finds_nothing_wrong(capsys):
    assert main(["catalog", "check"]) == 0
    assert "40203-kurume" in capsys.readouterr().out


def test_the_data_check_names_file_and_remedy(tmp_path, capsys):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "municipality.toml").write_text("id = 3", encoding="utf-8")
    assert main(["catalog", "check", "--folder", str(tmp_path)]) == 1
    problems = capsys.readouterr().err
    assert "x/municipality.toml" in problems
    assert "必要な項目がありません" in problems
