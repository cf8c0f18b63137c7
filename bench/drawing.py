"""Plots as SVG: lines over two axes, each plain or logarithmic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BELOW = 720, 360, 70, 190, 40, 50
COLORS = ("#00538a", "#c2410c", "#15803d", "#7e22ce", "#525252", "#b91c1c")
DASHES = ("", "7 4", "2 3", "9 3 2 3", "4 2", "12 4")      # also told apart without colour

Points = Sequence[tuple[float, float]]


class Axis(NamedTuple):
    """What an axis tells, in what unit, and whether each step is ten times the one before."""

    name: str
    tenfold: bool = False


def lines(title: str, series: Mapping[str, Points], across: Axis, up: Axis) -> str:
    """Return a plot with a line for each series."""
    left, right, marks_across = _scale([x for points in series.values() for x, _ in points], across.tenfold)
    low, high, marks_up = _scale([y for points in series.values() for _, y in points], up.tenfold)

    def x(value: float) -> float:
        return round(LEFT + _share(value, left, right, across.tenfold) * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BELOW - _share(value, low, high, up.tenfold) * (HEIGHT - BELOW - TOP), 1)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13" role="img">',
             f"<title>{escape(title)}</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
             f'<text x="{LEFT}" y="22" font-size="15">{escape(title)}</text>']
    for mark in marks_up:
        parts.append(f'<path d="M{LEFT} {y(mark)}H{WIDTH - RIGHT}" stroke="#ddd"/>'
                     f'<text x="{LEFT - 6}" y="{y(mark) + 4}" text-anchor="end">{_told(mark)}</text>')
    for mark in marks_across:
        parts.append(f'<path d="M{x(mark)} {HEIGHT - BELOW}v5" stroke="#333"/>'
                     f'<text x="{x(mark)}" y="{HEIGHT - BELOW + 19}" text-anchor="middle">{_told(mark)}</text>')
    parts.append(f'<path d="M{LEFT} {TOP}V{HEIGHT - BELOW}H{WIDTH - RIGHT}" fill="none" stroke="#333"/>'
                 f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{escape(across.name)}</text>'
                 f'<text transform="translate(16 {(TOP + HEIGHT - BELOW) / 2}) rotate(-90)" text-anchor="middle">{escape(up.name)}</text>')
    for n, (name, points) in enumerate(series.items()):
        color, dash, key = COLORS[n % len(COLORS)], DASHES[n % len(DASHES)], TOP + 10 + 22 * n
        parts.append(f'<path d="M{"L".join(f"{x(a)} {y(b)}" for a, b in points)}" fill="none" stroke="{color}" stroke-width="2" '
                     f'stroke-dasharray="{dash}"/>')
        if len(points) < 20:
            parts += [f'<circle cx="{x(a)}" cy="{y(b)}" r="3" fill="{color}"/>' for a, b in points]
        parts.append(f'<path d="M{WIDTH - RIGHT + 12} {key}h24" stroke="{color}" stroke-width="2" stroke-dasharray="{dash}"/>'
                     f'<text x="{WIDTH - RIGHT + 42}" y="{key + 4}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _scale(values: Sequence[float], tenfold: bool) -> tuple[float, float, list[float]]:
    """Return where an axis begins and ends, and its marks."""
    if tenfold:
        first = math.floor(math.log10(max(min(values), 1e-6)))
        last = max(first + 1, math.ceil(math.log10(max(values))))
        return 10.0 ** first, 10.0 ** last, [10.0 ** n for n in range(first, last + 1)]
    most = max(values) or 1.0
    step = 10.0 ** math.floor(math.log10(most))
    step = next(s for s in (step / 5, step / 2, step, step * 2) if most / s <= 6)
    count = math.ceil(most / step)
    return 0.0, count * step, [n * step for n in range(count + 1)]


def _share(value: float, low: float, high: float, tenfold: bool) -> float:
    return math.log(max(value, low) / low) / math.log(high / low) if tenfold else (value - low) / (high - low)


def _told(mark: float) -> str:
    return f"{mark:,.0f}" if mark >= 1 else f"{mark:g}"
