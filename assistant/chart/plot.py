"""A small trend as inline SVG for the staff's record panel: values on the points, the range as a band, words for all.

Colours are LOOK.md's tokens as plain attributes with a class each, so that a style sheet (dark theme) can override them
and a strict content security policy holds (no inline styles).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Protocol

INK, SOFT_INK, LINE, ACTION, GOOD = "#212b32", "#4c6272", "#d8dde0", "#005eb8", "#00703c"
_MARGIN_X, _TOP, _BOTTOM = 28.0, 20.0, 20.0


class Labelled(Protocol):
    """A point with the text beside it, as the reader's language writes the number."""

    @property
    def at(self) -> date: ...

    @property
    def value(self) -> float: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where days and values lie on the drawing."""

    first: int
    days: int
    lowest: float
    span: float
    width: int
    height: int

    def x(self, at: date) -> float:
        share = (at.toordinal() - self.first) / self.days if self.days else 0.5
        return round(_MARGIN_X + share * (self.width - 2 * _MARGIN_X), 1)

    def y(self, value: float) -> float:
        share = (value - self.lowest) / self.span
        return round(self.height - _BOTTOM - share * (self.height - _TOP - _BOTTOM), 1)


def svg_trend(
    points: Sequence[Labelled], low: float | None, high: float | None, alt: str, width: int = 320, height: int = 120
) -> str:
    """One `<svg role="img">` of `points` (oldest first) over the band `low`–`high` (None: open end); `""` for none.

    All are in one unit. `alt` says the trend in words and becomes the title.
    """
    if not points:
        return ""
    frame = _frame(points, low, high, width, height)
    inside = (*_band(frame, low, high), _path(frame, points), *_marks(frame, points), *_dates(frame, points))
    return (
        f'<svg class="trend" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-size="11"><title>{escape(alt)}</title>{"".join(inside)}</svg>'
    )


def _frame(points: Sequence[Labelled], low: float | None, high: float | None, width: int, height: int) -> _Frame:
    values = [point.value for point in points] + [end for end in (low, high) if end is not None]
    lowest, highest = min(values), max(values)
    air = (highest - lowest) * 0.1 or abs(highest) * 0.1 or 1.0
    days = [point.at.toordinal() for point in points]
    return _Frame(min(days), max(days) - min(days), lowest - air, highest - lowest + 2 * air, width, height)


def _band(frame: _Frame, low: float | None, high: float | None) -> tuple[str, ...]:
    if low is None and high is None:
        return ()
    top = _TOP if high is None else frame.y(high)
    bottom = frame.height - _BOTTOM if low is None else frame.y(low)
    ends = [frame.y(end) for end in (low, high) if end is not None]
    fill = (
        f'<rect class="trend-band" x="0" y="{top}" width="{frame.width}" height="{round(bottom - top, 1)}"'
        f' fill="{GOOD}" fill-opacity="0.12"/>'
    )
    edges = (f'<line class="trend-edge" x1="0" x2="{frame.width}" y1="{y}" y2="{y}" stroke="{GOOD}"/>' for y in ends)
    return (fill, *edges)


def _path(frame: _Frame, points: Sequence[Labelled]) -> str:
    corners = " ".join(f"{frame.x(point.at)},{frame.y(point.value)}" for point in points)
    return f'<polyline class="trend-line" points="{corners}" fill="none" stroke="{ACTION}" stroke-width="2"/>'


def _marks(frame: _Frame, points: Sequence[Labelled]) -> tuple[str, ...]:
    return tuple(
        f'<circle class="trend-point" cx="{frame.x(point.at)}" cy="{frame.y(point.value)}" r="3.5" fill="{ACTION}"/>'
        + _text("trend-value", frame.x(point.at), frame.y(point.value) - 7, point.text, INK)
        for point in points
    )


def _dates(frame: _Frame, points: Sequence[Labelled]) -> tuple[str, ...]:
    ends = {points[0].at, points[-1].at}
    line = frame.height - _BOTTOM + 2
    axis = f'<line class="trend-axis" x1="0" x2="{frame.width}" y1="{line}" y2="{line}" stroke="{LINE}"/>'
    days = (_text("trend-date", frame.x(at), frame.height - 5, at.isoformat(), SOFT_INK) for at in sorted(ends))
    return (axis, *days)


def _text(kind: str, x: float, y: float, words: str, colour: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{round(y, 1)}" text-anchor="middle" fill="{colour}">{escape(words)}</text>'
