"""The command line gives the same JSON as the API."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from finder.command_line import main

ROOT = Path(__file__).resolve().parent.parent
REQUEST = {"answers": {"children": [{"grade": "小2"}], "single_parent": True}, "limit": 5}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("instance") / "finder.db"


@pytest.fixture
def run(monkeypatch, capsys, store):
    monkeypatch.setenv("FINDER_STORE", str(store))

    def run(given, *arguments):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given if isinstance(given, bytes) else given.encode())))
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


@pytest.mark.parametrize(("line", "code"), [
    (b"{", "bad_json"), (b"\xff\xfe", "bad_json"), (b'{"said": "\xff"}', "bad_json"), (b"[" * 50_000, "bad_json"),
    (b'{"limit": NaN}', "bad_json"), (b'{"limit": ' + b"9" * 5_000 + b"}", "bad_json"), (b'{"limit": 1e999}', "bad_limit"),
    (b"null", "not_an_object"), (b'{"x": 1}', "unknown_field"),
    (rb'{"answers": {"asked": ["\ud800"]}, "limit": 0}', None), (rb'{"said": "\ud800", "limit": 0}', None)])
def test_a_broken_line_in_the_middle_gets_what_it_gets_over_http_and_the_rest_their_answers(run, client, line, code):
    _, answers = run(b'{"limit": 1}\n' + line + b'\n{"limit": 1}\n', "turn", "kurume", "--as-of", "2026-11-22", "--lines")
    over_http = client.post("/api/v1/municipalities/kurume/turn", data=line, content_type="application/json").get_json()
    assert [a.get("error", {}).get("code") for a in answers] == [None, code, None]
    assert {**answers[1], "as_of": ""} == {**over_http, "as_of": ""}


@pytest.mark.parametrize("day", ["2026-W40-1", "20261122", "0001-01-01", "9999-12-31", "2026-02-29", "きょう", ""])
def test_the_day_of_a_command_is_read_as_that_of_a_request(run, day, capsys):
    with pytest.raises(SystemExit) as ended:
        run("{}", "turn", "kurume", "--as-of", day)
    assert ended.value.code == 2
    assert "日付" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["", "\n", "  \r\n"])
def test_nothing_sent_is_nothing_said(run, given):
    code, [answer] = run(given, "turn", "kurume")
    assert (code, answer["answers"]) == (0, {})


def test_whoever_has_read_enough_gets_no_stack_trace(store):
    with subprocess.Popen([sys.executable, "-m", "finder", "understand", "--lines"], cwd=ROOT, env={**os.environ, "FINDER_STORE": str(store)},
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        command.stdout.close()
        told = command.communicate(b"{}\n" * 5)[1]
    assert (command.returncode, b"Traceback" in told, b"Broken" in told) == (0, False, False), told


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
