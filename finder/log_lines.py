"""Logs as lines of JSON, and no visitor's address in what the server itself says."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

_TOLD_TOO_MUCH = re.compile(r"^(Invalid request|Error handling request|Ignored premature client disconnection)\b.*", re.DOTALL)
_ASKED_FOR = "%s %s"      # with which gunicorn says, at its most talkative, the method and address of each request


class JsonLine(logging.Formatter):
    """One record as one line: `at`, `level`, `event`, and what the record tells besides."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of an exception only its kind, as its message may hold what somebody typed."""
        line: dict[str, Any] = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                                "level": record.levelname.lower(), "from": record.name, "event": record.getMessage()}
        line.update(getattr(record, "told", {}))
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def without_addresses(record: logging.LogRecord) -> bool:
    """Take the visitor's address, the address asked for and what was sent out of what the server itself says of a request."""
    said = str(record.msg)
    if said == _ASKED_FOR:
        return False
    if found := _TOLD_TOO_MUCH.match(said):
        record.msg, record.args = found[1], ()
        if record.exc_info:
            record.msg, record.exc_info, record.exc_text = f"{found[1]} ({record.exc_info[0].__name__})", None, None  # type: ignore[union-attr]
    return True


def configuration(level: str) -> dict[str, Any]:
    """Return the logging of a server whose lines a program reads: everything to standard error, as JSON."""
    return {
        "version": 1, "disable_existing_loggers": False,
        "formatters": {"json": {"()": "finder.log_lines.JsonLine"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}},
        "root": {"level": level.upper(), "handlers": ["lines"]},
        "loggers": {"finder.requests": {"level": "INFO"},
                    "gunicorn.error": {"level": level.upper(), "handlers": ["lines"], "propagate": False}},
    }
