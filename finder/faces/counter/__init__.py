"""The counter: staff with a visitor, everything on one wide screen, by keyboard alone."""

from __future__ import annotations

from finder.faces.counter import paper, screen, sign_in, timetable
from finder.faces.counter.page import counter

__all__ = ["counter", "paper", "screen", "sign_in", "timetable"]
