"""Units as laboratories write them."""

import pytest

from assistant.chart.units import normalise, same, to_canonical
from tests.support.chart import facts, potassium


@pytest.mark.parametrize(
    ("written", "ucum"),
    [
        ("mg/dL", "mg/dL"), ("MG/DL", "mg/dL"), ("mg / dl", "mg/dL"), ("mcg/dL", "ug/dL"), ("µg/dL", "ug/dL"),
        ("μmol/L", "umol/L"), ("mmHg", "mm[Hg]"), ("mL/min/1.73m²", "mL/min/{1.73_m2}"),
        ("mL/min/1.73 m2", "mL/min/{1.73_m2}"), ("K/uL", "10*3/uL"), ("10^3/uL", "10*3/uL"), ("x10E3/uL", "10*3/uL"),
        ("10*9/L", "10*9/L"), ("M/uL", "10*6/uL"), ("mIU/L", "m[IU]/L"), ("uIU/mL", "u[IU]/mL"), ("IU/L", "U/L"),
        ("{INR}", "1"), ("INR", "1"), ("mg/g{creat}", "mg/g"), ("mg/g creat", "mg/g"), ("%", "%"), ("", ""),
        ("  ", ""), ("widgets", None), ("G/L", None), ("g/L", "g/L"),
    ],
)  # fmt: skip
def test_spellings_become_ucum_and_unknown_ones_are_said(written: str, ucum: str | None) -> None:
    assert normalise(written) == ucum


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("mg/dL", "MG/DL", True), ("mg/dL", "mmol/L", False), ("widgets", "widgets", True),
        ("widgets", "Widgets", False),
        ("", "mg/dL", False), ("", "", True),
    ],
)  # fmt: skip
def test_two_spellings_are_one_unit_or_not(first: str, second: str, alike: bool) -> None:
    assert same(first, second) is alike


@pytest.mark.parametrize(
    ("value", "unit", "canonical"),
    [(7.8, "%", 7.8), (62, "mmol/mol", 7.82376), (7.8, "", None), (7.8, "widgets", None), (7.8, "mg/dL", None)],
)
def test_hba1c_comes_to_percent_by_the_contents_table(value: float, unit: str, canonical: float | None) -> None:
    assert to_canonical(value, unit, facts()) == (None if canonical is None else pytest.approx(canonical))


@pytest.mark.parametrize(
    ("value", "unit", "goal", "canonical"),
    [
        (120, "g/L", "g/dL", 12.0), (1.2, "mg/dL", "mg/L", 12.0), (250, "10*9/L", "10*3/uL", 250.0),
        (3.4, "uIU/mL", "m[IU]/L", 3.4), (64, "ug/mg{creat}", "mg/g{creat}", 64.0), (300, "pg/mL", "ng/L", 300.0),
        (4.4, "mmol/L", "mg/dL", None), (12, "U/L", "mg/dL", None), (1.1, "", "{INR}", 1.1), (4.4, "", "mmol/L", None),
    ],
)  # fmt: skip
def test_arithmetic_that_holds_for_every_substance_needs_no_table(
    value: float, unit: str, goal: str, canonical: float | None
) -> None:
    found = to_canonical(value, unit, facts(unit=goal, units={}))
    assert found == (None if canonical is None else pytest.approx(canonical))


def test_milliequivalents_are_converted_only_where_the_content_says_so() -> None:
    assert to_canonical(4.4, "mEq/L", potassium()) == 4.4
    assert to_canonical(4.4, "mEq/L", potassium(units={})) is None
