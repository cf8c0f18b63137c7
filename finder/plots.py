"""Bars of a plot, one for each day: where each stands in a drawing of a fixed size, and the table beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT, LEFT, BELOW = 720, 160, 44, 24        # the drawing, and the room for numbers and days
MARKS = 5                                            # days written below


@dataclass(frozen=True, slots=True)
class Bar:
    """One day's bar: its corner, its size, and what it says."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of `width` × `height`: bars, the days written below (place, words), and the highest number."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...]
    most: int
    left: int = LEFT
    ground: int = HEIGHT


def plot(numbers: Mapping[date, int], since: date, until: date) -> Plot:
    """Return a bar for each day from `since` to `until`; a day without a number has none."""
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    most = max(numbers.values(), default=0) or 1
    step = (WIDTH - LEFT) / len(days)
    bars = tuple(Bar(round(LEFT + at * step, 2), round(HEIGHT - (tall := numbers[day] / most * (HEIGHT - 16)), 2), round(max(step * .8, .5), 2),
                     round(tall, 2), f"{day.month}月{day.day}日：{numbers[day]}") for at, day in enumerate(days) if numbers.get(day))
    every = max(1, -(-len(days) // MARKS))
    marks = tuple((round(LEFT + at * step, 2), f"{day.month}/{day.day}") for at, day in enumerate(days) if at % every == 0)
    return Plot(WIDTH, HEIGHT + BELOW, bars, marks, most)


def by_day(counts: Iterable[tuple[str, int]]) -> dict[date, int]:
    """Return the sum of each day (ISO)."""
    found: dict[date, int] = {}
    for day, number in counts:
        found[date.fromisoformat(day)] = found.get(date.fromisoformat(day), 0) + number
    return found
