"""An answer leaves the server in one piece: head and body in one write."""

from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http import wsgi

from finder.in_one_piece import InOnePiece


class Connection:
    """Keeps each piece that is written to it."""

    def __init__(self):
        self.pieces = []

    def sendall(self, piece):
        self.pieces.append(piece)


def answered(kind, status, headers, body, method="GET"):
    connection = Connection()
    request = SimpleNamespace(method=method, version=(1, 1), should_close=lambda: False)
    answer = kind(request, connection, Config())
    answer.start_response(status, headers)
    for piece in body:
        answer.write(piece)
    answer.close()
    return connection.pieces


LENGTH = ("Content-Length", "5")


@pytest.mark.parametrize(("status", "headers", "body", "method", "pieces"), [
    ("200 OK", [LENGTH], [b"hello"], "GET", 1), ("200 OK", [LENGTH], [b"he", b"llo"], "GET", 2),
    ("200 OK", [LENGTH], [b"hello", b"!"], "GET", 1),
    ("304 NOT MODIFIED", [], [], "GET", 1), ("204 NO CONTENT", [], [], "GET", 1), ("200 OK", [("Content-Length", "0")], [b""], "GET", 1),
    ("200 OK", [LENGTH], [b"hello"], "HEAD", 1), ("303 SEE OTHER", [LENGTH, ("Location", "/")], [b"there"], "POST", 1),
    ("200 OK", [], [b"hello"], "GET", 3), ("200 OK", [], [], "GET", 2)])
def test_the_head_leaves_with_the_body_and_nothing_else_changes(status, headers, body, method, pieces):
    ours, theirs = (answered(kind, status, headers, body, method) for kind in (InOnePiece, wsgi.Response))
    assert len(ours) == pieces
    without_date = [[line for line in b"".join(parts).split(b"\r\n") if not line.startswith(b"Date:")] for parts in (ours, theirs)]
    assert without_date[0] == without_date[1]


def test_a_file_follows_its_head(tmp_path):
    (tmp_path / "file").write_bytes(b"hello")
    connection = Connection()
    connection.sendfile = lambda file, offset, count: connection.pieces.append(file.read(count))
    answer = InOnePiece(SimpleNamespace(method="GET", version=(1, 1), should_close=lambda: False), connection, Config())
    answer.start_response("200 OK", [LENGTH])
    with (tmp_path / "file").open("rb") as file:
        answer.write_file(SimpleNamespace(filelike=file))
    answer.close()
    assert [connection.pieces[0].endswith(b"\r\n\r\n"), *connection.pieces[1:]] == [True, b"hello"]


def test_of_an_answer_that_cannot_be_sent_the_error_is_told():
    class Gone(Connection):
        def sendall(self, piece):
            raise BrokenPipeError

    answer = InOnePiece(SimpleNamespace(method="GET", version=(1, 1), should_close=lambda: False), Gone(), Config())
    answer.start_response("200 OK", [LENGTH])
    with pytest.raises(BrokenPipeError):
        answer.write(b"hello")
