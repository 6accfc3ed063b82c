"""A test over time: only what is a plain number in a known unit; a "<0.01" has no place on a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.chart.facts import Facts
from assistant.chart.record import LabResult
from assistant.chart.units import same, scaling

MOST_POINTS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """`value` is in the unit of the newest result."""

    at: date
    value: float
    result: LabResult


@dataclass(frozen=True, slots=True)
class Change:
    """From `previous` to `latest`: `by` in the latest's unit, `days` between them.

    `within_rounding` (direction "same"): smaller than the last digit that is shown.
    """

    previous: LabResult
    latest: LabResult
    by: float
    days: int
    direction: Literal["up", "down", "same"]
    within_rounding: bool


@dataclass(frozen=True, slots=True)
class Extremes:
    lowest: Point
    highest: Point


def points(series: Sequence[LabResult], facts: Facts, most: int = MOST_POINTS) -> tuple[Point, ...]:
    """The newest points of a series (oldest first), all in the unit of its newest number."""
    return tuple(_points(series, facts))[-most:]


def change(series: Sequence[LabResult], facts: Facts) -> Change | None:
    """What happened since the result before; None when the newest is no plain number or there is none before."""
    found = tuple(_points(series, facts))
    if len(found) < 2 or found[-1].result is not series[-1]:
        return None
    before, now = found[-2:]
    by = round(now.value - before.value, facts.decimals + 2)
    rounding = _is_rounding(by, now.result, facts)
    direction: Literal["up", "down", "same"] = "same" if rounding else "up" if by > 0 else "down"
    return Change(before.result, now.result, by, (now.at - before.at).days, direction, rounding)


def extremes(series: Sequence[LabResult], facts: Facts) -> Extremes | None:
    """Lowest and highest of the whole series; the earliest where several are equal."""
    found = tuple(_points(series, facts))
    if not found:
        return None
    return Extremes(min(found, key=lambda point: point.value), max(found, key=lambda point: point.value))


def _is_rounding(by: float, latest: LabResult, facts: Facts) -> bool:
    factor = (scaling(latest.unit, facts) or (1.0, 0.0))[0]
    return bool(round(abs(by * factor), facts.decimals + 2) < 10.0**-facts.decimals)


def _points(series: Sequence[LabResult], facts: Facts) -> Iterator[Point]:
    plain = [each for each in series if _is_plain(each, facts)]
    for each in plain:
        value = _in_unit_of(each, plain[-1], facts)
        if value is not None:
            yield Point(each.at, value, each)


def _is_plain(result: LabResult, facts: Facts) -> bool:
    if result.value is None or result.comparator or result.status == "cancelled":
        return False
    scale = scaling(result.unit, facts)
    low, high = facts.plausible
    return scale is None or low <= result.value * scale[0] + scale[1] <= high


def _in_unit_of(result: LabResult, newest: LabResult, facts: Facts) -> float | None:
    if result.value is None or same(result.unit, newest.unit):
        return result.value
    own, goal = scaling(result.unit, facts), scaling(newest.unit, facts)
    if own is None or goal is None:
        return None
    return round((result.value * own[0] + own[1] - goal[1]) / goal[0], facts.decimals + 2)
