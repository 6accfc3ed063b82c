"""A test over time."""

from datetime import date
from typing import Any

import pytest

from assistant.chart.record import LabResult
from assistant.chart.trend import change, extremes, points
from tests.support.chart import facts, result


def on(day: str, value: float | None, unit: str = "%", **extra: Any) -> LabResult:
    return result(value, unit, at=date.fromisoformat(day), **extra)


ROSA = (on("2025-03-11", 7.1), on("2025-09-16", 7.2), on("2026-04-14", 7.5), on("2026-11-03", 7.8))


def test_the_change_since_the_result_before() -> None:
    found = change(ROSA, facts())
    assert found is not None
    assert (found.previous.value, found.latest.value, found.by, found.days) == (7.5, 7.8, 0.3, 203)
    assert (found.direction, found.within_rounding) == ("up", False)


@pytest.mark.parametrize(
    ("before", "now", "direction", "by"),
    [
        (7.5, 7.6, "up", 0.1), (7.6, 7.5, "down", -0.1), (7.5, 7.5, "same", 0.0), (7.52, 7.59, "same", 0.07),
        (7.52, 7.64, "up", 0.12),
    ],
)  # fmt: skip
def test_less_than_the_last_digit_shown_is_no_change(before: float, now: float, direction: str, by: float) -> None:
    found = change((on("2026-04-14", before), on("2026-11-03", now)), facts())
    assert found is not None
    assert (found.direction, found.by, found.within_rounding) == (direction, by, direction == "same")


@pytest.mark.parametrize(
    "series",
    [
        (), (on("2026-11-03", 7.8),), (on("2026-04-14", None, words="high"), on("2026-11-03", 7.8)),
        (on("2026-04-14", 7.5), on("2026-11-03", None, words="high")), (on("2026-04-14", 7.5), on("2026-11-03", 78)),
        (on("2026-04-14", 7.5), on("2026-11-03", 15, comparator=">")), (on("2026-04-14", 7.5, "widgets"), ROSA[-1]),
        (on("2026-04-14", 7.5, ""), ROSA[-1]),
    ],
)  # fmt: skip
def test_where_two_plain_numbers_in_known_units_are_missing_there_is_no_change(series: tuple[LabResult, ...]) -> None:
    assert change(series, facts()) is None


def test_odd_results_in_between_are_stepped_over() -> None:
    odd = (on("2026-06-01", 78), on("2026-07-01", 4, comparator="<"), on("2026-08-01", None, words="clotted"))
    found = change((ROSA[2], *odd, ROSA[3]), facts())
    assert found is not None
    assert found.previous is ROSA[2]


def test_units_are_brought_to_that_of_the_newest_result() -> None:
    mixed = (on("2026-04-14", 58, "mmol/mol"), on("2026-11-03", 7.8))
    assert [point.value for point in points(mixed, facts())] == [7.458, 7.8]
    turned = (on("2026-04-14", 7.5), on("2026-11-03", 62, "mmol/mol"))
    assert [point.value for point in points(turned, facts())] == [58.461, 62.0]


def test_results_in_one_unknown_unit_still_make_a_line() -> None:
    series = (on("2026-04-14", 3, "widgets"), on("2026-11-03", 4, "widgets"))
    assert [point.value for point in points(series, facts())] == [3.0, 4.0]


def test_only_the_last_eight_points_are_drawn() -> None:
    series = tuple(on(f"{year}-05-01", year - 2010.0) for year in range(2013, 2025))
    assert [point.at.year for point in points(series, facts())] == list(range(2017, 2025))


def test_the_lowest_and_the_highest_are_found() -> None:
    found = extremes((ROSA[1], ROSA[0], ROSA[3]), facts())
    assert found is not None
    assert (found.lowest.value, found.highest.value) == (7.1, 7.8)
    assert extremes((), facts()) is None
