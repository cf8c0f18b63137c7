"""The command line: `turn`, `understand` (JSON in, JSON out), `catalog …`, `staff …`, `guidebook` and `messages`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NoReturn

from finder import exchange, messages
from finder.answers import BadAnswer
from finder.command_line.catalog import add_catalog, run_catalog
from finder.command_line.guidebook import add_guidebook, run_guidebook
from finder.command_line.staff import add_staff, run_staff
from finder.settings import JAPAN, WrongSetting, read_settings
from finder.store import Library, NoCatalog, NoStore, open_library

WRONG_REQUEST, WRONG_DATA = 2, 1


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, 1 for wrong data or settings, 2 for a wrong request."""
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.verb == "messages":
            return _messages()
        settings = read_settings()
        if chosen.verb == "catalog":
            return run_catalog(chosen, settings, settings.today or _now())
        if chosen.verb == "staff":
            return run_staff(chosen, settings.store)
        library = open_library(settings.store, settings.data)
    except (WrongSetting, NoCatalog, NoStore) as error:
        print(error, file=sys.stderr)
        return WRONG_DATA
    today = chosen.as_of or settings.today or _now()
    if chosen.verb == "guidebook":
        return run_guidebook(chosen, library, today)
    work = _work(chosen, library, today)
    if work is None:
        known = "、".join(library.municipalities)
        _write(_error("unknown_municipality", f"この自治体はありません。使える id: {known}", "municipality"))
        return WRONG_REQUEST
    sent = sys.stdin.buffer        # bytes: a line that is no UTF-8 does not stop the rest
    requests = (line for line in sent if line.strip()) if chosen.lines else iter([sent.read()])
    try:
        return WRONG_REQUEST if sum(_one(request, work) for request in requests) else 0
    except BrokenPipeError:        # whoever reads the answers has read enough: `… | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Parser(argparse.ArgumentParser):
    """Says in Japanese what argparse says in English: that a command is not written as it should be."""

    def error(self, message: str) -> NoReturn:
        """Say how the command is written, and end with 2."""
        self.exit(WRONG_REQUEST, f"命令の書き方が違います: {message}\n{self.format_usage().replace('usage:', '書き方:')}"
                                 f"くわしくは {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m finder", description="支援ファインダー")
    verbs = parser.add_subparsers(dest="verb", required=True)
    turn = verbs.add_parser("turn", help="a turn: request on standard input, response on standard output")
    turn.add_argument("municipality")
    understand = verbs.add_parser("understand", help="what a sentence gives")
    for verb in (turn, understand, add_guidebook(verbs)):
        verb.add_argument("--as-of", type=_day, help="2026-11-22")
    for verb in (turn, understand):
        verb.add_argument("--lines", action="store_true", help="one request per line in, one response per line out")
    add_catalog(verbs)
    add_staff(verbs)
    verbs.add_parser("messages", help="bring data/translations/ up to what the pages say; name what is missing")
    return parser


def _day(text: str) -> date:
    try:
        return exchange.read_day(text)
    except BadAnswer as wrong:
        raise argparse.ArgumentTypeError(wrong.message) from None


def _now() -> date:
    return datetime.now(JAPAN).date()


def _work(chosen: argparse.Namespace, library: Library, today: date) -> Callable[[Any], dict[str, Any]] | None:
    if chosen.verb == "understand":
        first = library.catalog(next(iter(library.municipalities)))
        return (lambda request: exchange.understanding(first, request, today)) if first else None
    catalog = library.catalog(chosen.municipality)
    return (lambda request: exchange.turn(catalog, request, today)) if catalog else None


def _one(sent: bytes, work: Callable[[Any], dict[str, Any]]) -> bool:
    """Answer one request; tells whether it was asked wrongly."""
    try:
        answer = work(exchange.read_request(sent if sent.strip() else b"{}"))
    except BadAnswer as wrong:
        _write(_error(wrong.code, wrong.message, wrong.field or None))
        return True
    _write(answer)
    return False


def _error(code: str, message: str, field: str | None) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "field": field}}


def _write(answer: dict[str, Any]) -> None:
    written = json.dumps(answer, ensure_ascii=False)
    try:
        written.encode(sys.stdout.encoding)
    except UnicodeEncodeError:      # half a character, which somebody sent as an escape, or an output that is no UTF-8
        written = json.dumps(answer)
    print(written, flush=True)


def _messages() -> int:
    missing = dict(messages.update())
    for language, count in missing.items():
        print(f"{language}: " + (f"訳のない文 {count}" if count else "すべて訳があります"))
    return WRONG_DATA if any(missing.values()) else 0
