"""The counter: staff with a visitor, everything on one wide screen, by keyboard alone."""

from __future__ import annotations

from finder.faces.counter import paper, refusals, screen, sign_in, timetable
from finder.faces.counter.page import counter
from finder.faces.counter.refusals import http_error

__all__ = ["counter", "http_error", "paper", "refusals", "screen", "sign_in", "timetable"]
