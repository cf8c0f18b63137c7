"""Settings: a wrong one is one clear sentence; the secret is made once and kept to ourselves."""

import stat
from datetime import date, time

import pytest

from finder.settings import WrongSetting, read_settings


@pytest.mark.parametrize(("given", "word"), [
    ({"FINDER_DATA": "/no/such/folder"}, "FINDER_DATA"),
    ({"FINDER_SECRET": "short"}, "FINDER_SECRET"),
    ({"FINDER_TODAY": "22.11.2026"}, "FINDER_TODAY"),
    ({"FINDER_TODAY": "2026-11-22T25:00"}, "FINDER_TODAY"),
    ({"FINDER_PROXIES": "many"}, "FINDER_PROXIES"),
    ({"FINDER_COUNTS": "maybe"}, "FINDER_COUNTS"),
    ({"FINDER_PROXIES": "9"}, "FINDER_PROXIES"),
    ({"FINDER_COUNTER": "yes"}, "FINDER_COUNTER"),
    ({"FINDER_PUBLIC_URL": "shien.example.lg.jp"}, "FINDER_PUBLIC_URL"),
    ({"FINDER_PUBLIC_URL": "https://shien.example.lg.jp/finder"}, "FINDER_PUBLIC_URL"),
    ({"FINDER_STORE": "/proc/none/finder.db"}, "FINDER_STORE"),
    ({"FINDER_VERSIONS": "/no/such/folder"}, "FINDER_VERSIONS"),
    ({"FINDER_LIMITS": "http://example.lg.jp"}, "FINDER_LIMITS"),
    ({"FINDER_PER_MINUTE": "0"}, "FINDER_PER_MINUTE"),
    ({"FINDER_PER_MINUTE": "１００"}, "FINDER_PER_MINUTE"),
    ({"FINDER_KEPT": "0"}, "FINDER_KEPT"),
    ({"FINDER_KEPT": "-3"}, "FINDER_KEPT"),
    ({"FINDER_METRICS": "on"}, "FINDER_METRICS"),
    ({"FINDER_LOG_LINES": "yes"}, "FINDER_LOG_LINES"),
    ({"FINDER_SECOND_FACTOR": "on"}, "FINDER_SECOND_FACTOR"),
    ({"FINDER_VIRUS_SCAN": "on"}, "FINDER_VIRUS_SCAN"),
    ({"FINDER_VIRUS_SCAN": "clamd:localhost"}, "FINDER_VIRUS_SCAN"),
    ({"FINDER_KIOSK_PRINTER": "hp"}, "FINDER_KIOSK_PRINTER"),
])
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path, given, word):
    with pytest.raises(WrongSetting) as wrong:
        read_settings({"FINDER_STORE": str(tmp_path / "finder.db"), **given})
    assert word in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_the_secret_is_made_once_and_readable_by_us_alone(tmp_path):
    given = {"FINDER_STORE": str(tmp_path / "finder.db")}
    first, second = read_settings(given), read_settings(given)
    assert first.secret == second.secret
    assert len(first.secret) >= 32
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_systemd_may_hand_the_secret_over_and_then_none_is_made(tmp_path):
    given = {"FINDER_STORE": str(tmp_path / "finder.db"), "CREDENTIALS_DIRECTORY": str(tmp_path / "credentials")}
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "finder-secret").write_text("from a vault, and long enough for it\n")
    assert read_settings(given).secret == "from a vault, and long enough for it"
    assert not (tmp_path / "secret").exists()
    for wrong in (b"short", b"\xff" * 40):
        (tmp_path / "credentials" / "finder-secret").write_bytes(wrong)
        with pytest.raises(WrongSetting):
            read_settings(given)


@pytest.mark.parametrize("found", [b"\xff\xfe", b"", b"half a secret"])
def test_a_secret_that_cannot_be_read_or_was_cut_off_is_said(tmp_path, found):
    (tmp_path / "secret").write_bytes(found)
    with pytest.raises(WrongSetting, match="secret"):
        read_settings({"FINDER_STORE": str(tmp_path / "finder.db")})


def test_a_day_can_be_fixed_for_checking_facts(tmp_path):
    given = {"FINDER_STORE": str(tmp_path / "finder.db"), "FINDER_TODAY": "2027-04-01"}
    assert (read_settings(given).today, read_settings(given).at) == (date(2027, 4, 1), time(10))
    assert read_settings({**given, "FINDER_TODAY": "2027-04-01T17:30"}).at == time(17, 30)


def test_nothing_is_watched_and_requests_are_counted_here_unless_said_otherwise(tmp_path):
    given = {"FINDER_STORE": str(tmp_path / "finder.db")}
    plain = read_settings(given)
    assert (plain.limits, plain.per_minute, plain.metrics, plain.log_lines, plain.versions) == ("memory", 1200, "", False, None)
    assert (plain.kept, read_settings({**given, "FINDER_KEPT": "200"}).kept) == (64, 200)
    chosen = read_settings({**given, "FINDER_LIMITS": "redis://127.0.0.1:6379/0", "FINDER_PER_MINUTE": "60", "FINDER_METRICS": "loopback",
                            "FINDER_LOG_LINES": "json", "FINDER_VERSIONS": str(tmp_path)})
    assert (chosen.limits, chosen.per_minute, chosen.metrics, chosen.log_lines, chosen.versions) == (
        "redis://127.0.0.1:6379/0", 60, "loopback", True, tmp_path)


def test_the_counter_is_closed_unless_it_is_opened(tmp_path):
    given = {"FINDER_STORE": str(tmp_path / "finder.db")}
    assert read_settings(given).counter == ""
    opened = read_settings({**given, "FINDER_COUNTER": "network", "FINDER_PUBLIC_URL": "https://shien.example.lg.jp/"})
    assert (opened.counter, opened.public_url) == ("network", "https://shien.example.lg.jp")


def test_two_that_start_at_once_share_the_secret_that_came_first(tmp_path, monkeypatch):
    path = tmp_path / "secret"

    def comes_too_late(*_, **__):
        path.write_text("the secret of the other one, long enough")
        raise FileExistsError

    monkeypatch.setattr("finder.settings.os.link", comes_too_late)
    assert read_settings({"FINDER_STORE": str(tmp_path / "finder.db")}).secret == "the secret of the other one, long enough"
