"""How often one address may ask: counted for a minute, in memory or in Redis, under a hash that nobody can turn back.

An address is neither written down nor kept.  What is kept is `hmac(key, minute + address)`, cut to
sixteen bytes, for at most two minutes; the key is made from the secret of the deployment, and the
minute in it makes the same address another hash a minute later (docs/decisions/0016-watching.md).
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import time
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from finder.settings import Settings

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger(__name__)
MINUTE = 60
# Of some forms, a minute and address; behind sign-ins stands the accounts' own lock.
FEWER = {"admin.sign_in": 30, "counter.sign_in": 30, "resident.send_report": 30}
MOST_ADDRESSES = 200_000  # hashes in memory; when more ask within a minute, counting begins anew
AGAIN_AFTER = 10.0        # seconds without Redis before it is asked again
PATIENCE = .25            # seconds that a request waits for Redis
NOT_COUNTED = ("static", "health")       # endpoints or blueprints that cost next to nothing


class Rates:
    """The counts of the minute that runs: in Redis when there is one and it answers, else in this process."""

    def __init__(self, where: str, secret: str) -> None:
        self._key = hashlib.sha256(b"rates:" + secret.encode()).digest()
        self._redis: Redis | None = None
        if where.startswith(("redis", "unix")):
            from redis import Redis  # only a deployment that names it needs it
            self._redis = Redis.from_url(where, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._lock, self._minute, self._counted, self._redis_from = Lock(), 0, Counter[str](), 0.0
        self._gone = False

    def asked(self, what: str, address: str, now: float) -> int:
        """Count one request; returns how many `address` has made in the minute of `now`, in seconds since 1970."""
        minute = int(now // MINUTE)
        told = f"{minute} {what} {_neighbourhood(address)}".encode()
        name = hmac.digest(self._key, told, "sha256")[:16].hex()
        if self._redis is not None and time.monotonic() >= self._redis_from:
            counted = self._in_redis(name)
            if counted is not None:
                return counted
        with self._lock:
            if minute != self._minute or len(self._counted) >= MOST_ADDRESSES:
                self._minute, self._counted = minute, Counter()
            self._counted[name] += 1
            return self._counted[name]

    def _in_redis(self, name: str) -> int | None:
        from redis import RedisError
        assert self._redis is not None
        try:
            asking = self._redis.pipeline(transaction=False)
            asking.incr(f"finder:{name}")
            asking.expire(f"finder:{name}", 2 * MINUTE)
            counted = int(asking.execute()[0])
        except RedisError as error:
            if not self._gone:
                log.warning("Redis does not answer (%s): requests are counted in this process", type(error).__name__)
            self._gone, self._redis_from = True, time.monotonic() + AGAIN_AFTER
            return None
        if self._gone:
            self._gone = False
            log.warning("Redis answers again: requests are counted there")
        return counted


def set_up(app: Flask, settings: Settings) -> None:
    """Refuse, kindly and for the rest of the minute, an address that asks too often."""
    if settings.limits == "off":
        return
    rates = Rates(settings.limits, settings.secret)

    def look() -> None:
        address = request.remote_addr or ""
        if request.blueprint in NOT_COUNTED or request.endpoint in NOT_COUNTED or _here(address):
            return
        now = time.time()
        endpoint = request.endpoint or ""
        fewer = FEWER.get(endpoint) if request.method == "POST" else None
        if (rates.asked("all", address, now) > settings.per_minute
                or (fewer is not None and rates.asked(endpoint, address, now) > fewer)):
            raise TooManyRequests(retry_after=MINUTE - int(now) % MINUTE)
    app.before_request(look)


def _here(address: str) -> bool:
    """Tell whether a request comes from this machine: a kiosk's own browser, or a relay that FINDER_PROXIES does not name.

    Without that setting every visitor would share the relay's address, and one of them could shut out all.
    """
    return address in ("127.0.0.1", "::1", "")


def _neighbourhood(address: str) -> str:
    """Return an IPv4 address as it is and an IPv6 address as the network that one household gets (/64)."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, 64), strict=False))
