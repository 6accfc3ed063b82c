"""What a published formula says about one result, with the formula and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assistant.chart.facts import Facts
from assistant.chart.record import Comparator, LabResult
from assistant.chart.units import to_canonical

GlucoseUnit = Literal["mg/dL", "mmol/L"]
Number = Callable[[float, int], str]

# Nathan DM et al. Translating the A1C assay into estimated average glucose values. Diabetes Care 2008;31:1473–1478.
ADAG_URL = "https://pmc.ncbi.nlm.nih.gov/articles/PMC2742903/"
_ADAG: dict[GlucoseUnit, tuple[float, float, str]] = {
    "mg/dL": (28.7, -46.7, "28.7 × HbA1c (%) − 46.7"),
    "mmol/L": (1.59, -2.59, "1.59 × HbA1c (%) − 2.59"),
}
# Beyond what people live with the line says nothing (and below 1.6 % it is negative).
_ADAG_SPAN = (4.0, 18.0)

# KDIGO 2024 guideline for chronic kidney disease, GFR categories (lower ends, mL/min/1.73 m²).
KDIGO_URL = "https://kdigo.org/guidelines/ckd-evaluation-and-management/"
_STAGES = ((90.0, "G1"), (60.0, "G2"), (45.0, "G3a"), (30.0, "G3b"), (15.0, "G4"), (0.0, "G5"))


@dataclass(frozen=True, slots=True)
class Derived:
    """`name` is the frame that says it; `value` is in `unit` (UCUM); `said` are the numbers that the frame shows.

    `of` is the value that went in; `stage` a category's name (G3b) where the formula gives one.
    """

    name: Literal["eag", "egfr_stage"]
    value: float
    unit: str
    formula: str
    source_url: str
    of: float
    stage: str = ""

    def spoken(self, number: Number) -> dict[str, str]:
        """The frame's places, filled with numbers as the reader's language writes them."""
        if self.name == "egfr_stage":
            return {"value": number(self.of, 0), "stage": self.stage}
        mgdl, mmol = _average(self.of, "mg/dL"), _average(self.of, "mmol/L")
        return {"value": number(self.of, 1), "mgdl": number(mgdl, 0), "mmol": number(mmol, 1)}


def estimated_average_glucose(hba1c_percent: float, unit: GlucoseUnit = "mg/dL") -> Derived | None:
    """Average glucose over about three months; None outside 4–18 %, where the formula has no meaning."""
    if not _ADAG_SPAN[0] <= hba1c_percent <= _ADAG_SPAN[1]:
        return None
    return Derived("eag", _average(hba1c_percent, unit), unit, _ADAG[unit][2], ADAG_URL, hba1c_percent)


def _average(hba1c_percent: float, unit: GlucoseUnit) -> float:
    """Rounded half up as the paper's own table is (6 % is 125.5, printed 126)."""
    factor, offset, _ = _ADAG[unit]
    exact = Decimal(str(factor)) * Decimal(str(hba1c_percent)) + Decimal(str(offset))
    return float(exact.quantize(Decimal(1) if unit == "mg/dL" else Decimal("0.1"), ROUND_HALF_UP))


def egfr_stage(egfr: float, comparator: Comparator = "") -> Derived | None:
    """The GFR category of one value in mL/min/1.73 m². It is no diagnosis: that needs more than three months.

    None where a comparator (">60") leaves several open, and for what is no eGFR.
    """
    if egfr < 0 or not (comparator == "" or (comparator in (">", ">=") and egfr >= _STAGES[0][0])):
        return None
    stage = next(name for low, name in _STAGES if egfr >= low)
    formula = "G1 ≥ 90, G2 60–89, G3a 45–59, G3b 30–44, G4 15–29, G5 < 15"
    return Derived("egfr_stage", egfr, "mL/min/{1.73_m2}", formula, KDIGO_URL, egfr, stage)


def for_result(lab: str, result: LabResult, facts: Facts) -> tuple[Derived, ...]:
    """What can be derived from a result of the content's test `lab`; nothing from implausible or withdrawn ones."""
    value = None if result.value is None else to_canonical(result.value, result.unit, facts)
    if value is None or result.status == "cancelled" or not facts.plausible[0] <= value <= facts.plausible[1]:
        return ()
    found = None
    if lab == "hba1c" and not result.comparator:
        found = estimated_average_glucose(round(value, facts.decimals))
    if lab == "egfr":
        found = egfr_stage(value, result.comparator)
    return (found,) if found else ()
