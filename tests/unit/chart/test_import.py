"""Which resources come in, which are left out, and that the report never repeats a patient's value."""

import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from assistant.chart.fhir_import import import_bundle
from assistant.chart.store import load_chart_bundle
from tests.support.chart import ME, bundle, concept, observation, patient, quantity

SECRET = "Secret-Value-4711"


def condition(**extra: Any) -> dict[str, Any]:
    return {"resourceType": "Condition", "id": "c1", "subject": ME, "code": concept("44054006"), **extra}


def nested(levels: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(levels):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        (observation(valueQuantity=quantity("abc")), "valueQuantity.value: has a value that FHIR R4 does not allow"),
        (observation(valueQuantity=quantity("7.8")), "valueQuantity.value: is not a number"),
        (observation(valueQuantity=quantity(1e999)), "valueQuantity.value: "),
        (observation(valueQuantity=quantity(4.4, comparator="~")), "valueQuantity.comparator: is not one of"),
        (observation(valueQuantity=quantity(4.4), valueString=SECRET), "breaks a rule of FHIR R4"),
        (observation(status="bogus"), "status: is not one of FHIR R4's codes"),
        (observation(status=None), "status: "),
        (observation(effectiveDateTime=f"yesterday {SECRET}"), "effectiveDateTime: has a value that FHIR R4"),
        (observation(effectiveDateTime="2026-13-41"), "effectiveDateTime: has a value that FHIR R4"),
        ({k: v for k, v in observation().items() if k != "effectiveDateTime"}, "effective: has no date"),
        ({k: v for k, v in observation().items() if k != "code"}, "code: is missing"),
        (observation(code={"coding": [{"system": "http://loinc.org"}]}), "code: names no test"),
        (observation(component=[{"code": {"text": "x"}, "valueQuantity": {"value": "9"}}]), "component.valueQuantity"),
        ({**observation(), SECRET: 1}, "has an element that FHIR R4 does not know"),
        (observation(note={"text": SECRET}), "note: has a value that FHIR R4 does not allow"),
        (observation(f"bad id {SECRET}"), "id: is not a FHIR id"),
        (condition(clinicalStatus=SECRET), "clinicalStatus: has a value that FHIR R4 does not allow"),
        ({"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "subject": ME},
         "breaks a rule of FHIR R4"),
        ({"resourceType": "Goal", "id": "g", "lifecycleStatus": SECRET, "description": {"text": "x"}, "subject": ME},
         "lifecycleStatus: is not one of"),
        ({"resourceType": "Claim", "id": "x", "patient": ME, "note": SECRET}, "this type of resource is not used"),
        ({"resourceType": "Unheard", "id": "x", "note": SECRET}, "this type of resource is not used"),
        (observation(note=[{"text": "\ud800"}]), "it holds text that is not Unicode"),
        (observation(issued=date(2026, 11, 3)), "it holds values that JSON does not have"),
        (observation(extension=nested(600)), "it is nested too deeply"),
        (observation(subject={"reference": "Patient/p2"}), "it is another patient's"),
        (observation(subject={"display": SECRET}), "it does not say whose it is"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_and_the_rest_comes_in(resource: dict[str, Any], reason: str) -> None:
    good = observation("good", valueQuantity=quantity(4.4))
    imported = import_bundle(bundle(patient(), resource, good))
    assert {each["id"] for each in imported.resources} == {"p1", "good"}
    (skipped,) = imported.skipped
    assert reason in skipped.reason
    assert SECRET not in skipped.reason


def test_a_broken_patient_still_lets_the_results_in() -> None:
    imported = import_bundle(bundle(patient(birthDate="long ago"), observation(valueQuantity=quantity(4.4))))
    assert imported.counts == {"Observation": 1}
    assert imported.person.age is None
    assert imported.skipped[0].ref == "Patient/p1"


def test_a_broken_narrative_costs_no_result_and_is_not_kept() -> None:
    imported = import_bundle(bundle(patient(), observation(valueQuantity=quantity(4.4), text={"status": "generated"})))
    assert not imported.skipped
    assert "text" not in imported.resources[1]


def test_reports_are_counted_and_not_read() -> None:
    report = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "subject": ME, "code": {"text": "CBC"}}
    assert import_bundle(bundle(patient(), report)).counts["DiagnosticReport"] == 1


def test_of_two_copies_the_one_updated_last_stays_and_the_other_is_named() -> None:
    newer = observation(valueQuantity=quantity(4.4), meta={"lastUpdated": "2026-11-04T10:00:00Z"})
    older = observation(valueQuantity=quantity(4.9), meta={"lastUpdated": "2026-11-03T10:00:00Z"})
    imported = import_bundle(bundle(patient(), newer, older))
    assert imported.resources[1]["valueQuantity"]["value"] == 4.4
    assert imported.skipped[0].reason == "the source holds a newer copy of it"


def test_references_by_temporary_address_are_resolved() -> None:
    entries = [
        {"fullUrl": "urn:uuid:1", "resource": patient()},
        {"fullUrl": "urn:uuid:2", "resource": {
            "resourceType": "Goal", "id": "g7", "lifecycleStatus": "active", "description": {"text": "Walk daily"},
            "subject": {"reference": "urn:uuid:1"},
        }},
        {"fullUrl": "urn:uuid:3", "resource": {
            "resourceType": "CarePlan", "id": "k1", "status": "active", "intent": "plan", "title": "Plan",
            "subject": {"reference": "urn:uuid:1"}, "goal": [{"reference": "urn:uuid:2"}],
        }},
    ]  # fmt: skip
    chart = load_chart_bundle({"resourceType": "Bundle", "type": "transaction", "entry": entries})
    assert [(plan.title, [each.text for each in plan.activities]) for plan in chart.plans] == [("Plan", ["Walk daily"])]


@pytest.mark.parametrize("reference", ["Patient/p1", "https://ehr.example/fhir/Patient/p1", "Patient/p1/_history/3"])
def test_a_subject_is_known_by_every_form_of_its_reference(reference: str) -> None:
    imported = import_bundle(bundle(patient(), observation(subject={"reference": reference})))
    assert not imported.skipped


def test_loading_the_chart_code_does_not_load_the_fhir_models() -> None:
    """They cost 0.4 s and are only needed for an import."""
    code = "import sys, assistant.chart.store; sys.exit(any(name.startswith('fhir.') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
