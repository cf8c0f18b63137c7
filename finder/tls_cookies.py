"""Over TLS a cookie's name binds it to this host: `__Host-` before it, or `__Secure-` where its path is narrower than the site.

A browser takes such a name only over TLS, with `Secure`, and `__Host-` only for the host that sets it:
neither a page of another host of the city nor somebody on an unprotected line can put a cookie of
their own in its place.  This stands around the application, which knows the short names alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

NARROW = ("counter", "counter_keys", "staff", "told")      # sent to the pages of staff alone: their path is not "/"
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


def long_name(name: str) -> str:
    """Return a cookie's name as it goes over TLS."""
    return f"__Secure-{name}" if name in NARROW else f"__Host-{name}"


def with_long_names(application: Application) -> Application:
    """Return the application with long cookie names for whoever comes over TLS; without TLS nothing changes."""
    def named(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ.get("wsgi.url_scheme") != "https":
            return application(environ, start)
        if "HTTP_COOKIE" in environ:
            environ = {**environ, "HTTP_COOKIE": _short(environ["HTTP_COOKIE"])}

        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [(k, _long(v) if k.lower() == "set-cookie" else v) for k, v in headers], *more)
        return application(environ, begin)
    return named


def _short(cookies: str) -> str:
    """Return a request's cookies by their short names; one that came under another name is not ours."""
    told = (cookie.strip().partition("=") for cookie in cookies.split(";"))
    named = ((name.removeprefix("__Host-").removeprefix("__Secure-"), name, value) for name, _, value in told)
    return "; ".join(f"{short}={value}" for short, name, value in named if short and name == long_name(short))


def _long(cookie: str) -> str:
    name, _, rest = cookie.partition("=")
    secure = any(part.strip().lower() == "secure" for part in rest.split(";")[1:])
    return f"{long_name(name)}={rest}" + ("" if secure else "; Secure")
