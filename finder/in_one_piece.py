"""Answers that leave the server in one piece: a worker that is killed has sent all of one or nothing of it.

The server writes head and body one after the other.  Killed between the two, it leaves a head without a body, which nginx
has already begun to pass on; of an answer of which nothing came, nginx asks the next instance.
"""

from __future__ import annotations

from typing import Any

from gunicorn.http import wsgi  # type: ignore[import-untyped]


class _Kept:
    """Takes what is written to a connection, and keeps it."""

    def __init__(self) -> None:
        self.data = b""

    def sendall(self, data: bytes) -> None:
        self.data += data


class InOnePiece(wsgi.Response):  # type: ignore[misc]
    """An answer whose head waits for the first piece of its body."""

    head = b""
    sock: Any

    def send_headers(self) -> None:
        """Keep the head until there is a body, or the end."""
        if not self.headers_sent:
            connection, self.sock = self.sock, _Kept()
            super().send_headers()
            self.head, self.sock = self.sock.data, connection

    def sendfile(self, respiter: Any) -> bool:
        """Send a file after the head, which goes first."""
        self._send_head()
        return bool(super().sendfile(respiter))

    def close(self) -> None:
        """Send the head of an answer that has no body, then end as ever."""
        self._send_head()
        super().close()

    def _emit_body(self, data: bytes) -> None:
        if self.chunked:
            self._send_head()
            super()._emit_body(data)
        else:
            head, self.head = self.head, b""
            super()._emit_body(head + data)

    def _send_head(self) -> None:
        self.send_headers()
        head, self.head = self.head, b""
        if head:
            self.sock.sendall(head)


def send_in_one_piece() -> None:
    """Let the server of this process write its answers so."""
    wsgi.Response = InOnePiece
