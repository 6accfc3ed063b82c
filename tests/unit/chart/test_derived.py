"""Published formulas, held against the tables that their authors printed."""

from typing import Any

import pytest

from assistant.chart.derived import egfr_stage, estimated_average_glucose, for_result
from assistant.chart.record import Comparator
from tests.support.chart import facts, result


@pytest.mark.parametrize(
    ("hba1c", "mgdl", "mmol"),
    [(5, 97, 5.4), (6, 126, 7.0), (7, 154, 8.6), (8, 183, 10.2), (9, 212, 11.8), (10, 240, 13.4), (12, 298, 16.5)],
)
def test_average_glucose_follows_the_adag_table(hba1c: float, mgdl: float, mmol: float) -> None:
    """As printed in Diabetes Care 2008;31:1473; its mmol/L column is 0.1 off its own rounded formula in places."""
    found, other = estimated_average_glucose(hba1c), estimated_average_glucose(hba1c, "mmol/L")
    assert found is not None
    assert other is not None
    assert (found.value, found.unit) == (mgdl, "mg/dL")
    assert other.value == pytest.approx(mmol, abs=0.101)
    assert found.source_url.startswith("https://pmc.ncbi.nlm.nih.gov/")


@pytest.mark.parametrize("hba1c", [-1, 1.5, 3.9, 18.1, 250])
def test_far_from_what_people_live_with_the_formula_says_nothing(hba1c: float) -> None:
    assert estimated_average_glucose(hba1c) is None


@pytest.mark.parametrize(
    ("egfr", "comparator", "stage"),
    [
        (120, "", "G1"), (90, "", "G1"), (89.9, "", "G2"), (60, "", "G2"), (59, "", "G3a"), (45, "", "G3a"),
        (44, "", "G3b"), (38, "", "G3b"), (30, "", "G3b"), (29, "", "G4"), (15, "", "G4"), (14, "", "G5"),
        (0, "", "G5"),
        (90, ">", "G1"), (60, ">", None), (15, "<", None), (-3, "", None),
    ],
)  # fmt: skip
def test_egfr_falls_in_a_kdigo_group(egfr: float, comparator: Comparator, stage: str | None) -> None:
    found = egfr_stage(egfr, comparator)
    assert (found.stage if found else None) == stage


def _plain(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"


def test_the_frame_gets_both_units_of_the_average() -> None:
    (found,) = for_result("hba1c", result(7.8), facts())
    assert (found.name, found.spoken(_plain)) == ("eag", {"value": "7.8", "mgdl": "177", "mmol": "9.8"})


def test_the_frame_gets_the_stage() -> None:
    egfr = facts(unit="mL/min/{1.73_m2}", units={}, decimals=0, plausible=[0, 200])
    (found,) = for_result("egfr", result(38, "mL/min/1.73 m2"), egfr)
    assert (found.name, found.spoken(_plain)) == ("egfr_stage", {"value": "38", "stage": "G3b"})


@pytest.mark.parametrize(
    ("lab", "value", "unit", "extra"),
    [
        ("hba1c", None, "", {"words": "high"}), ("hba1c", 7.8, "widgets", {}), ("hba1c", 78, "%", {}),
        ("hba1c", 7.8, "%", {"status": "cancelled"}), ("hba1c", 15, "%", {"comparator": ">"}), ("ldl", 7.8, "%", {}),
    ],
)  # fmt: skip
def test_nothing_is_derived_from_what_is_not_a_sound_number(
    lab: str, value: float | None, unit: str, extra: dict[str, Any]
) -> None:
    assert for_result(lab, result(value, unit, **extra), facts()) == ()
