"""The pages that a catalog points to, and whether they still answer: asked politely, one at a time to a site."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

OK, MOVED, GONE, UNSURE = "ok", "moved", "gone", "unsure"
WORDS = {OK: "見られます", MOVED: "別の場所に移りました", GONE: "見られません", UNSURE: "確かめられませんでした"}
SECONDS, PAUSE = 10.0, 1.0
_ADDRESS = re.compile(r"https?://[^\s、。（）()「」<>\"]+")
_FORBIDDEN = {401, 403, 405, 406, 429}      # the page may well be there for people


@dataclass(frozen=True, slots=True)
class Link:
    """An address and where it stands: the places (program or department) that point to it."""

    url: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for an address: ok, moved, gone or unsure, and more in words."""

    url: str
    status: str
    detail: str = ""


def links_of(raw: Mapping[str, Any], folder: str) -> list[Link]:
    """Return every address in a municipality's contents, with the places that point to it."""
    places: dict[str, list[str]] = {}
    own = raw["municipalities"][folder]
    rows: list[tuple[str, Any]] = [(i, p) for i, p in own["programs"].items()]
    rows += [(d["id"], d) for d in own["departments"]] + [("municipality", own["municipality"])]
    for place, content in rows:
        for url in _addresses(content):
            if place not in places.setdefault(url, []):
                places[url].append(place)
    return [Link(url, tuple(p)) for url, p in sorted(places.items())]


def _addresses(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield from _ADDRESS.findall(content)
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from _addresses(value)
    elif isinstance(content, list):
        for value in content:
            yield from _addresses(value)


def ask_all(urls: Iterable[str], fetch: Callable[[str], Answer], pause: float = PAUSE,
            sleep: Callable[[float], None] = time.sleep) -> Iterator[Answer]:
    """Ask for every address, pausing between two of one site."""
    last = ""
    for url in sorted(urls, key=lambda u: urllib.parse.urlsplit(u).netloc):
        site = urllib.parse.urlsplit(url).netloc
        if site == last:
            sleep(pause)
        last = site
        yield fetch(url)


class _NoFollowing(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def fetch(url: str, seconds: float = SECONDS) -> Answer:
    """Ask for an address; never raises.  Addresses inside our own network are not asked for."""
    parts = urllib.parse.urlsplit(url)
    if not _public(parts.hostname or ""):
        return Answer(url, UNSURE, "外のページではないか、名前が見つかりません")
    opener = urllib.request.build_opener(_NoFollowing())
    asked = urllib.request.Request(_ascii(url), headers={"User-Agent": "shien-finder link check"})      # noqa: S310
    try:
        with opener.open(asked, timeout=seconds) as answer:
            return Answer(url, OK, str(answer.status))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (301, 302, 303, 307, 308):
            return Answer(url, MOVED, error.headers.get("Location", ""))
        return Answer(url, UNSURE if error.code in _FORBIDDEN or error.code >= 500 else GONE, str(error.code))
    except (OSError, http.client.HTTPException, ssl.SSLError, ValueError) as error:
        return Answer(url, UNSURE, type(error).__name__)


def _public(host: str) -> bool:
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found)


def _ascii(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc.encode("idna").decode(), urllib.parse.quote(parts.path, "/%~"),
                                    urllib.parse.quote(parts.query, "=&%+~/:;,?"), ""))
