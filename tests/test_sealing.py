"""What is sealed: it comes back whole and in time, and nothing else does; what earlier versions sealed is still read."""

import base64
import hashlib
import json
import zlib
from contextlib import closing
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, strategies as st
from pyotp import TOTP

from finder import sealing
from finder.sealing import close, open_sealed, seal_for
from finder.store import open_store
from finder.store.accounts import add_account
from finder.store.second_factor import keep_second_factor, make_key, use_code
from finder.visit import opened, sealed

SECRET = "a secret of more than 32 letters!"
SEAL = seal_for(SECRET, "visit")
VISIT = {"m": "kurume", "a": {"children": [{"grade": "小2"}], "single_parent": True}, "t": [["小2の子がいます", "", "子ども 小2", 12]],
         "d": None}


def as_before(kept, purpose="visit"):
    """What the versions up to 2026-11 sealed."""
    key = base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{SECRET}".encode()).digest())
    return Fernet(key).encrypt(kept).decode()


@given(st.binary(max_size=300))
def test_whatever_is_sealed_comes_back_and_no_two_seals_are_alike(kept):
    token = close(kept, SEAL)
    assert open_sealed(token, SEAL, 60) == kept
    assert token != close(kept, SEAL)
    assert token.isascii() and not set(token) & set('=;," \\')      # as it is, in a cookie


@given(st.data())
def test_a_seal_that_was_changed_anywhere_or_cut_is_none(data):
    whole = base64.urlsafe_b64decode(close(b"told", SEAL) + "=")
    assert len(whole) == 12 + 4 + 4 + 16
    at, flip = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(1, 255))
    changed = bytearray(whole)
    changed[at] ^= flip
    for wrong in (bytes(changed), whole[:at], whole + b"x"):
        assert open_sealed(base64.urlsafe_b64encode(wrong).decode(), SEAL) is None


@pytest.mark.parametrize("other", [seal_for(SECRET, "counter"), seal_for(SECRET[::-1], "visit"),
                                   sealing.Seal(b"counter", SEAL.aead, SEAL.before)], ids=["purpose", "secret", "name of the purpose alone"])
def test_another_purpose_or_secret_opens_nothing(other):
    assert open_sealed(close(b"told", SEAL), other) is None


@pytest.mark.parametrize("make", [lambda: close(b"told", SEAL), lambda: as_before(b"told")], ids=["now", "before"])
@pytest.mark.parametrize(("later", "lifetime", "kept"), [
    (29 * 60, 1800, True), (31 * 60, 1800, False), (-50, 1800, True), (-120, 1800, False), (400 * 86400, None, True)])
def test_it_is_opened_within_its_time_alone(monkeypatch, make, later, lifetime, kept):
    token, real = make(), sealing.time.time
    monkeypatch.setattr(sealing.time, "time", lambda: real() + later)
    assert (open_sealed(token, SEAL, lifetime) == b"told") is kept


def test_a_visit_sealed_before_an_update_goes_on_and_what_is_made_now_is_smaller():
    before = as_before(zlib.compress(json.dumps(VISIT, ensure_ascii=False).encode()))
    assert opened(before, SEAL) == VISIT
    assert opened(sealed(VISIT, SEAL), SEAL) == VISIT
    assert len(sealed(VISIT, SEAL)) <= len(before) - 40
    assert opened(as_before(b"x", "counter"), SEAL) == {}


def test_the_key_of_a_second_factor_sealed_before_is_taken_and_sealed_anew(tmp_path):
    seal, key, now = seal_for(SECRET, "second factor"), make_key(), datetime(2026, 11, 22, tzinfo=UTC)
    with closing(open_store(tmp_path / "finder.db")) as store:
        add_account(store, "編集者", "editor", "a long enough 合言葉")
        keep_second_factor(store, "編集者", key, 0, seal, now)
        store.execute("update second_factors set key = ?", [as_before(json.dumps(["編集者", key]).encode(), "second factor")])
        assert use_code(store, "編集者", TOTP(key).at(now), seal, now)
        row = next(store.query("select key from second_factors"))
        assert not row["key"].startswith("gAAAAA") and open_sealed(row["key"], seal) == json.dumps(["編集者", key]).encode()
