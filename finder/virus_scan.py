"""The virus scanner of a deployment (ClamAV's clamd), through which every file that staff send goes before anything else reads it."""

from __future__ import annotations

import logging
import re
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from clamdpy import ClamdNetworkSocket

log = logging.getLogger(__name__)
PATIENCE = 20.0           # seconds for each answer to a file; nginx waits 30 for ours
AT_ONCE = 1.0             # seconds to say that it is there
PIECE = 64 * 1024         # bytes sent at a time


class NoAnswer(Exception):
    """The scanner is not there, does not take the file, or says what is no answer: nothing is known of the file."""


def virus_in(content: IO[bytes], scanner: str) -> str:
    """Return what the scanner calls the virus that it found, "" for none; raises NoAnswer. The file is then at its beginning again."""
    from clamdpy.exceptions import ClamdException  # only a deployment that names a scanner needs it
    try:
        said = _clamd(scanner, PATIENCE).instream(content)
    except (ClamdException, OSError, ValueError) as error:
        log.error("the virus scanner does not take a file: %s", type(error).__name__)
        raise NoAnswer from None
    content.seek(0)
    if said.status == "OK":
        return ""
    if said.status != "FOUND":
        log.error("the virus scanner could not look through a file")
        raise NoAnswer
    return re.sub(r"[^\w.()-]", "", said.reason or "")[:100] or "?"


def scanner_answers(scanner: str) -> bool:
    """Tell whether the scanner is there."""
    from clamdpy.exceptions import ClamdException
    try:
        return _clamd(scanner, AT_ONCE).ping() == "PONG"
    except (ClamdException, OSError, ValueError):
        return False


def _clamd(scanner: str, patience: float) -> ClamdNetworkSocket:
    """Return the way to a clamd, told as FINDER_VIRUS_SCAN has it: `clamd:` and a socket's path, or a machine and port."""
    from clamdpy import ClamdNetworkSocket, ClamdUnixSocket
    place = scanner.removeprefix("clamd:")
    if place.startswith("/"):
        return ClamdUnixSocket(place, timeout=patience, max_chunk_size=PIECE)
    host, _, port = place.rpartition(":")
    return ClamdNetworkSocket(host, int(port), timeout=patience, max_chunk_size=PIECE)
