"""Small FHIR resources and test facts for chart tests."""

from datetime import date
from typing import Any

from assistant.chart.record import Bounds, Comparator, LabResult
from assistant.library.labs import LabFacts
from assistant.store.ids import ObservationId

Json = dict[str, Any]

ME = {"reference": "Patient/p1"}


def patient(**extra: Any) -> Json:
    return {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1968-03-14", **extra}


def observation(ref: str = "o1", loinc: str = "2823-3", **extra: Any) -> Json:
    """A final potassium without a value unless `extra` says otherwise."""
    return {
        "resourceType": "Observation", "id": ref, "status": "final", "subject": ME,
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": loinc}], "text": "Potassium"},
        "effectiveDateTime": "2026-11-03", **extra,
    }  # fmt: skip


def quantity(value: Any, unit: str = "mmol/L", **extra: Any) -> Json:
    return {"value": value, "unit": unit, **extra}


def concept(code: str, text: str = "", system: str = "http://snomed.info/sct") -> Json:
    return {"coding": [{"system": system, "code": code}], **({"text": text} if text else {})}


def bundle(*resources: Json, kind: str = "collection") -> Json:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": each} for each in resources]}


def facts(**extra: Any) -> LabFacts:
    """HbA1c as in docs/content.md; `extra` replaces parts."""
    plain: Json = {
        "id": "hba1c", "loinc": ["4548-4"], "group": "sugar", "unit": "%",
        "units": {"mmol/mol": {"factor": 0.09148, "offset": 2.152}}, "decimals": 1, "plausible": [2, 25],
        "ranges": [{"high": 5.6, "source": "s1"}], "critical": {"high": 15, "category": "diabetic"},
        "sources": [{"id": "s1", "title": "T", "publisher": "P", "url": "https://medlineplus.gov/lab-tests/"}],
        "status": "sample, not clinically reviewed", "review_by": "2027-11-01", **extra,
    }  # fmt: skip
    return LabFacts.model_validate(plain)


def potassium(**extra: Any) -> LabFacts:
    plain: Json = {
        "id": "potassium", "loinc": ["2823-3"], "group": "electrolytes", "unit": "mmol/L",
        "units": {"meq/L": {"factor": 1}}, "plausible": [1, 12], "ranges": [{"low": 3.5, "high": 5.0, "source": "s1"}],
        "critical": {"low": 2.5, "high": 6.0},
    }  # fmt: skip
    return facts(**{**plain, **extra})


def result(
    value: float | None,
    unit: str = "%",
    *,
    at: date = date(2026, 11, 3),
    range: Bounds | None = None,  # noqa: A002 (the record's own name)
    comparator: Comparator = "",
    **extra: Any,
) -> LabResult:
    plain: Json = {"id": ObservationId(f"o-{at}"), "loincs": ("4548-4",), "name": "HbA1c", **extra}
    return LabResult(at=at, value=value, unit=unit, range=range, comparator=comparator, **plain)
