"""A request that the server itself cannot read gets the API's error shape, and none of its own words back."""

import json
import socket
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http import errors
from gunicorn.workers.base import Worker

from finder import refused_early

SECRET = "himitsu7391"


@pytest.mark.parametrize(("wrong", "status"), [
    (errors.InvalidRequestLine(f"GET /{SECRET}"), 400), (errors.InvalidRequestMethod(SECRET), 400), (errors.InvalidHTTPVersion(SECRET), 400),
    (errors.InvalidHeader(SECRET), 400), (errors.InvalidHeaderName(SECRET), 400), (errors.LimitRequestLine(3541, 2048), 414),
    (errors.LimitRequestHeaders(SECRET), 431), (errors.UnsupportedTransferCoding(SECRET), 501), (errors.InvalidChunkSize(SECRET), 400)])
def test_what_cannot_be_read_is_refused_in_one_shape_without_a_word_of_it(monkeypatch, wrong, status):
    monkeypatch.setattr("gunicorn.util.write_error", None)      # put back after the test
    refused_early.quote_nothing()
    worker = SimpleNamespace(log=SimpleNamespace(warning=lambda *told: None, debug=lambda *told: None), cfg=Config())
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Worker.handle_error(worker, None, ours, ("127.0.0.1", 1), wrong)
        ours.close()
        told = b"".join(iter(lambda: theirs.recv(65536), b""))
    head, _, body = told.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode()), told
    assert f"Content-Length: {len(body)}".encode() in head
    assert json.loads(body)["error"].keys() == {"code", "message", "field"}
    assert SECRET.encode() not in told
