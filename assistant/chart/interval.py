"""A stretch of values with open or closed ends, and where a result with `<` or `>` falls on it."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.chart import units
from assistant.chart.record import Bounds, Comparator

Side = Literal["low", "high", "in_range"]

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_BOTH = re.compile(rf"^{_NUMBER}\s*(?:-|–|—|to|\.\.)\s*{_NUMBER}\s*(.*)$")
_ONE = re.compile(rf"^(<=|>=|<|>|≤|≥|up to)\s*{_NUMBER}\s*(.*)$", re.IGNORECASE)
_SPELLED = ((re.compile(r"([<>])\s*(?:or\s*)?=\s*", re.IGNORECASE), r"\1="), (re.compile(r"\s+"), " "))


@dataclass(frozen=True, slots=True)
class Interval:
    """`low_open` and `high_open`: the end itself is outside ("<5.7" leaves 5.7 out)."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    def side(self, value: float, comparator: Comparator = "") -> Side | None:
        """Where the value is for certain; None where a comparator leaves two sides possible."""
        if comparator in ("<", "<="):
            return self._side_up_to(value, reached=comparator == "<=")
        if comparator in (">", ">="):
            return self._side_from(value, reached=comparator == ">=")
        if self._is_below(value):
            return "low"
        return "high" if self._is_above(value) else "in_range"

    def _side_up_to(self, value: float, *, reached: bool) -> Side | None:
        if self.low is not None and self.low > 0:
            return "low" if value < self.low or (value == self.low and (self.low_open or not reached)) else None
        return None if self._is_above(value) and (reached or value != self.high) else "in_range"

    def _side_from(self, value: float, *, reached: bool) -> Side | None:
        if self.high is not None:
            return "high" if value > self.high or (value == self.high and (self.high_open or not reached)) else None
        return None if self._is_below(value) and (reached or value != self.low) else "in_range"

    def _is_below(self, value: float) -> bool:
        return self.low is not None and (value < self.low or (self.low_open and value == self.low))

    def _is_above(self, value: float) -> bool:
        return self.high is not None and (value > self.high or (self.high_open and value == self.high))


def of_bounds(bounds: Bounds | None, unit: str) -> Interval | None:
    """The laboratory's range as numbers: its own, sharpened by its wording ("<5.7"); None when it is words only."""
    if bounds is None:
        return None
    worded = _of_text(bounds.text, unit)
    if bounds.low is None and bounds.high is None:
        return worded
    if worded and (worded.low, worded.high) == (bounds.low, bounds.high):
        return worded
    return Interval(bounds.low, bounds.high)


def _of_text(wording: str, unit: str) -> Interval | None:
    tidy = wording.strip()
    for pattern, better in _SPELLED:
        tidy = pattern.sub(better, tidy)
    if both := _BOTH.match(tidy):
        low, high, rest = float(both[1]), float(both[2]), both[3]
        return Interval(low, high) if low < high and _is_unit(rest, unit) else None
    one = _ONE.match(tidy)
    return _one_end(one[1].lower(), float(one[2])) if one and _is_unit(one[3], unit) else None


def _is_unit(rest: str, unit: str) -> bool:
    return not rest.strip() or units.same(rest, unit)


def _one_end(sign: str, end: float) -> Interval:
    if sign in ("<", "<=", "≤", "up to"):
        return Interval(high=end, high_open=sign == "<")
    return Interval(low=end, low_open=sign == ">")
