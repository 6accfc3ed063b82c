"""Where a result lies, and every honest "unknown"."""

from datetime import date
from typing import Any

import pytest

from assistant.chart.interval import Interval, of_bounds
from assistant.chart.ranges import judge, range_for
from assistant.chart.record import Bounds, Comparator, LabResult, Person
from tests.support.chart import facts, potassium, result

ANY = Person()
K_LAB = Bounds(3.5, 5.1)


def k(value: float | None, unit: str = "mmol/L", **extra: Any) -> LabResult:
    return result(value, unit, **extra)


@pytest.mark.parametrize(
    ("given", "flag", "source", "reason"),
    [
        # The laboratory's own range wins over the content's (3.5 to 5.0).
        (k(4.4, range=K_LAB), "in_range", "lab", ""),
        (k(5.1, range=K_LAB), "in_range", "lab", ""),
        (k(5.2, range=K_LAB), "high", "lab", ""),
        (k(3.4, range=K_LAB), "low", "lab", ""),
        # Without one the content's.
        (k(5.1), "high", "content", ""),
        (k(5.0), "in_range", "content", ""),
        (k(3.0), "low", "content", ""),
        (k(5.1, "mEq/L"), "high", "content", ""),
        (k(5.1, range=Bounds(text="see report")), "high", "content", ""),
        # Critical counts on either range; the bound itself is critical.
        (k(6.3, range=K_LAB), "critical_high", "lab", ""),
        (k(6.0), "critical_high", "content", ""),
        (k(2.5), "critical_low", "content", ""),
        (k(6.3, range=Bounds(3.5, 7.0)), "critical_high", "lab", ""),
        (k(5.9, range=K_LAB, flag="HH"), "critical_high", "lab", ""),
        (k(3.4, range=K_LAB, flag="AA"), "critical_low", "lab", ""),
        # Never interpreted.
        (k(62, range=K_LAB), "unknown", "lab", "implausible"),
        (k(62, range=K_LAB, flag="HH"), "unknown", "lab", "implausible"),
        (k(4.4, range=K_LAB, status="cancelled"), "unknown", "lab", "cancelled"),
        (k(None, "", words="Hemolyzed"), "unknown", "none", "text_result"),
        (k(None, "", absent="not-performed"), "unknown", "none", "no_value"),
        # Units that are not known: the laboratory's range still holds, the content's cannot.
        (k(4.4, "widgets"), "unknown", "none", "unit_unknown"),
        (k(4.4, ""), "unknown", "none", "unit_missing"),
        (k(5.5, "widgets", range=K_LAB), "high", "lab", "unit_unknown"),
        (k(5.5, "", range=K_LAB), "high", "lab", "unit_missing"),
        # Comparators.
        (k(3.0, comparator="<"), "low", "content", ""),
        (k(4.0, comparator="<"), "unknown", "content", "comparator"),
        (k(5.0, comparator=">"), "high", "content", ""),
        (k(6.5, comparator=">"), "critical_high", "content", ""),
        (k(6.5, comparator="<"), "unknown", "content", "comparator"),
        (k(2.0, comparator="<"), "critical_low", "content", ""),
        # The laboratory's own flag is never told as "in range".
        (k(4.4, range=K_LAB, flag="H"), "unknown", "lab", "lab_disagrees"),
        (k(4.4, range=K_LAB, flag="A"), "unknown", "lab", "lab_disagrees"),
        (k(4.4, flag="H"), "high", "none", ""),
        (k(4.4, flag="A"), "unknown", "content", "lab_disagrees"),
        (k(4.4, range=K_LAB, flag="N"), "in_range", "lab", ""),
        (k(5.2, range=K_LAB, flag="N"), "high", "lab", ""),
        # Preliminary and corrected results are judged like others; their status is said elsewhere.
        (k(5.2, range=K_LAB, status="preliminary"), "high", "lab", ""),
    ],
)
def test_potassium_is_judged(given: LabResult, flag: str, source: str, reason: str) -> None:
    judged = judge(given, potassium(), ANY)
    assert (judged.flag, judged.source, judged.reason) == (flag, source, reason)


def test_the_laboratorys_wording_is_kept() -> None:
    judged = judge(result(5.7, range=Bounds(None, 5.7, "<5.7")), facts(), ANY)
    assert (judged.flag, judged.low, judged.high, judged.text) == ("high", None, 5.7, "<5.7")


def test_a_range_in_words_is_shown_and_not_interpreted() -> None:
    judged = judge(result(5.5, "widgets", range=Bounds(text="see report")), facts(), ANY)
    assert (judged.flag, judged.text, judged.reason) == ("unknown", "see report", "unit_unknown")


def test_the_contents_range_is_told_in_the_recorded_unit_with_its_source() -> None:
    judged = judge(result(62, "mmol/mol"), facts(), ANY)
    assert (judged.flag, judged.high, judged.cited) == ("high", 37.69, "s1")


@pytest.mark.parametrize(("value", "flag"), [(37, "in_range"), (38, "in_range"), (39, "high")])
def test_the_conversion_itself_moves_nobody_over_the_line(value: float, flag: str) -> None:
    """38 mmol/mol is 5.6 % on the laboratory's own double report; 39 is 5.7 %."""
    assert judge(result(value, "mmol/mol"), facts(), ANY).flag == flag


def test_without_content_only_the_laboratorys_range_counts() -> None:
    assert judge(result(5.8, range=Bounds(None, 5.7)), None, ANY).flag == "high"
    assert judge(result(5.8), None, ANY).reason == "no_range"


RANGES = [
    {"low": 11.0, "high": 15.0, "sex": "f", "pregnant": True, "source": "s1"},
    {"low": 11.5, "high": 15.5, "age_max": 18, "source": "s1"},
    {"low": 12.0, "high": 15.5, "sex": "f", "age_min": 18, "source": "s1"},
    {"low": 13.5, "high": 17.5, "sex": "m", "age_min": 18, "source": "s1"},
]


@pytest.mark.parametrize(
    ("person", "low"),
    [
        (Person(age=34, sex="f", pregnant=True), 11.0), (Person(age=34, sex="f"), 12.0),
        (Person(age=18, sex="m"), 13.5),
        (Person(age=17.9, sex="m"), 11.5), (Person(age=34), None), (Person(sex="f"), None),
        (Person(age=34, sex="x"), None),
    ],
)  # fmt: skip
def test_the_contents_first_range_that_fits_the_person_counts(person: Person, low: float | None) -> None:
    found = range_for(facts(ranges=RANGES), person)
    assert (found.low if found else None) == low


def test_a_person_is_judged_as_on_the_day_of_the_result() -> None:
    person = Person(age=34, sex="f", born=date(1992, 5, 21), pregnant=True, pregnant_since=date(2026, 5, 8))
    hb = facts(unit="g/dL", units={}, ranges=RANGES, critical={})
    assert judge(result(11.5, "g/dL", at=date(2026, 11, 17)), hb, person).flag == "in_range"
    assert judge(result(11.5, "g/dL", at=date(2024, 2, 20)), hb, person).flag == "low"


@pytest.mark.parametrize(
    ("wording", "unit", "interval"),
    [
        ("<5.7", "%", Interval(None, 5.7, high_open=True)), ("< 5.7 %", "%", Interval(None, 5.7, high_open=True)),
        ("<=5.7", "%", Interval(None, 5.7)), ("≤ 5.7", "%", Interval(None, 5.7)), ("> OR = 60", "", Interval(60.0)),
        (">60", "", Interval(60.0, low_open=True)), ("4.0-5.6", "%", Interval(4.0, 5.6)),
        ("4.0 – 5.6 %", "%", Interval(4.0, 5.6)), ("4.0 to 5.6", "%", Interval(4.0, 5.6)),
        ("up to 8", "", Interval(None, 8.0)),
        ("3.5-5.1 mg/dL", "mmol/L", None), ("5.6-4.0", "%", None), ("<5.7 (adults)", "%", None), ("negative", "", None),
        ("", "%", None),
    ],
)  # fmt: skip
def test_a_worded_range_is_read_only_when_it_is_plain(wording: str, unit: str, interval: Interval | None) -> None:
    assert of_bounds(Bounds(text=wording), unit) == interval


@pytest.mark.parametrize(
    ("interval", "value", "comparator", "side"),
    [
        (Interval(0, 10), 5, "<", "in_range"), (Interval(None, 10), 10, "<", "in_range"),
        (Interval(None, 10), 11, "<", None),
        (Interval(4, 10), 4, "<", "low"), (Interval(4, 10), 4, "<=", None), (Interval(60), 60, ">", "in_range"),
        (Interval(60), 60, ">=", "in_range"), (Interval(60), 59, ">", None), (Interval(4, 10), 10, ">", "high"),
        (Interval(4, 10), 10, ">=", None), (Interval(4, 10), 5, ">", None),
        (Interval(None, 10, high_open=True), 10, "", "high"),
        (Interval(60, low_open=True), 60, "", "low"), (Interval(None, 10, high_open=True), 10, "<", "in_range"),
        (Interval(None, 10, high_open=True), 10, ">=", "high"), (Interval(60, low_open=True), 60, "<=", "low"),
        (Interval(60, low_open=True), 60, ">", "in_range"), (Interval(60, low_open=True), 60, ">=", None),
    ],
)  # fmt: skip
def test_a_comparator_decides_only_what_is_certain(
    interval: Interval, value: float, comparator: Comparator, side: str | None
) -> None:
    assert interval.side(value, comparator) == side
