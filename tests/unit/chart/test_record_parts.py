"""Conditions, allergies, medicines, care plans and visits: what is told, and what is left untold."""

from datetime import date
from typing import Any

import pytest

from assistant.chart.record import CareActivity, Chart, Visit
from assistant.chart.store import load_chart_bundle
from tests.support.chart import ME, bundle, concept, patient


def chart(*resources: dict[str, Any]) -> Chart:
    return load_chart_bundle(bundle(patient(), *resources), date(2026, 11, 20))


def condition(**extra: Any) -> dict[str, Any]:
    named = concept("44054006", "Diabetes mellitus type 2 (disorder)")
    return {"resourceType": "Condition", "id": "c1", "subject": ME, "code": named, **extra}


@pytest.mark.parametrize(
    ("extra", "active"),
    [
        ({"clinicalStatus": concept("active")}, True),
        ({"clinicalStatus": concept("relapse")}, True),
        ({"clinicalStatus": concept("resolved")}, False),
        ({"clinicalStatus": concept("inactive")}, False),
        ({}, True),
        ({"abatementDateTime": "2020"}, False),
    ],
)
def test_a_condition_is_active_or_over(extra: dict[str, Any], active: bool) -> None:
    found = chart(condition(**extra))
    assert [(each.name, each.code, each.active) for each in found.conditions] == [
        ("Diabetes mellitus type 2", "44054006", active)
    ]
    assert found.person.conditions == (("Diabetes mellitus type 2", "44054006") if active else ())


@pytest.mark.parametrize("doubt", ["unconfirmed", "provisional", "differential", "refuted", "entered-in-error"])
def test_a_doubtful_condition_is_never_told_as_a_fact(doubt: str) -> None:
    assert chart(condition(verificationStatus=concept(doubt))).conditions == ()


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ({"code": concept("91936005", "Penicillin")}, [("Penicillin", "Rash")]),
        ({"code": concept("716186003", "No known allergies")}, []),
        ({"code": concept("1", "Latex"), "clinicalStatus": concept("inactive")}, []),
        ({"code": concept("1", "Latex"), "verificationStatus": concept("refuted")}, []),
    ],
)
def test_only_allergies_that_stand_are_told(extra: dict[str, Any], told: list[Any]) -> None:
    allergy = {
        "resourceType": "AllergyIntolerance", "id": "a", "patient": ME,
        "reaction": [{"manifestation": [concept("271807003", "Rash")]}], **extra,
    }  # fmt: skip
    assert [(each.name, each.reaction) for each in chart(allergy).allergies] == told


def request(ref: str = "m1", **extra: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest", "id": ref, "status": "active", "intent": "order", "subject": ME,
        "medicationCodeableConcept": {"text": "Metformin 500 mg tablet"},
        "dosageInstruction": [{"text": "Take 1 tablet twice a day"}], "authoredOn": "2024-03-12", **extra,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ({}, [("Metformin 500 mg tablet", "Take 1 tablet twice a day", True)]),
        ({"status": "stopped"}, [("Metformin 500 mg tablet", "Take 1 tablet twice a day", False)]),
        ({"status": "on-hold"}, [("Metformin 500 mg tablet", "Take 1 tablet twice a day", False)]),
        ({"status": "entered-in-error"}, []),
        ({"status": "draft"}, []),
        ({"intent": "proposal"}, []),
        ({"doNotPerform": True}, []),
        ({"dosageInstruction": [{"timing": {"code": {"text": "BID"}}}]}, [("Metformin 500 mg tablet", "", True)]),
    ],
)
def test_a_medicine_is_told_with_the_prescribers_own_words(extra: dict[str, Any], told: list[Any]) -> None:
    assert [(each.name, each.dose, each.active) for each in chart(request(**extra)).medicines] == told


def test_refills_count_once_and_the_newest_is_shown() -> None:
    refill = request("m2", authoredOn="2026-03-12")
    found = chart(refill, request())
    assert [(each.id, each.since) for each in found.medicines] == [("m2", date(2026, 3, 12))]
    assert found.person.medicines == ("Metformin 500 mg tablet",)


@pytest.mark.parametrize(
    "pointer",
    [
        {"medicationReference": {"reference": "Medication/d1"}},
        {"medicationReference": {"reference": "#in"}, "contained": [
            {"resourceType": "Medication", "id": "in", "code": {"text": "Aspirin"}}
        ]},
        {"medicationReference": {"display": "Aspirin"}},
    ],
)  # fmt: skip
def test_a_medicine_by_reference_is_found(pointer: dict[str, Any]) -> None:
    by_reference = {key: value for key, value in request(**pointer).items() if key != "medicationCodeableConcept"}
    drug = {"resourceType": "Medication", "id": "d1", "code": {"text": "Aspirin"}}
    assert [each.name for each in chart(by_reference, drug).medicines] == ["Aspirin"]


def test_a_statement_counts_like_a_request() -> None:
    statement = {
        "resourceType": "MedicationStatement", "id": "s", "status": "active", "subject": ME,
        "medicationCodeableConcept": {"text": "Vitamin D3"}, "dosage": [{"text": "Once a day"}],
        "effectivePeriod": {"start": "2025-11-18"},
    }  # fmt: skip
    (found,) = chart(statement).medicines
    assert (found.name, found.dose, found.since) == ("Vitamin D3", "Once a day", date(2025, 11, 18))


def goal(ref: str, **extra: Any) -> dict[str, Any]:
    return {
        "resourceType": "Goal", "id": ref, "lifecycleStatus": "active", "subject": ME,
        "description": {"text": f"Goal {ref}"}, **extra,
    }  # fmt: skip


def test_a_plan_tells_its_open_goals_and_steps() -> None:
    plan = {
        "resourceType": "CarePlan", "id": "k", "status": "active", "intent": "plan", "subject": ME, "title": "Diabetes",
        "goal": [{"reference": "Goal/g1"}, {"reference": "Goal/g2"}, {"reference": "Goal/none"}],
        "activity": [
            {"detail": {"status": "in-progress", "description": "Eye examination",
                        "scheduledPeriod": {"end": "2027-01-31"}}},
            {"detail": {"status": "completed", "description": "Old step"}},
            {"reference": {"reference": "ServiceRequest/1"}},
        ],
    }  # fmt: skip
    found = chart(
        plan, goal("g1", target=[{"dueDate": "2027-04-13"}]), goal("g2", lifecycleStatus="completed"), goal("g3")
    )
    assert [each.title for each in found.plans] == ["Diabetes", ""]
    assert found.plans[0].activities == (
        CareActivity("g1", "Goal g1", "goal", date(2027, 4, 13)),
        CareActivity("k#1", "Eye examination", "activity", date(2027, 1, 31)),
    )
    assert [each.text for each in found.plans[1].activities] == ["Goal g3"]


@pytest.mark.parametrize("status", ["completed", "revoked", "draft", "entered-in-error"])
def test_a_plan_that_does_not_run_is_left_out(status: str) -> None:
    plan = {"resourceType": "CarePlan", "id": "k", "status": status, "intent": "plan", "subject": ME}
    assert chart(plan).plans == ()


def appointment(**extra: Any) -> dict[str, Any]:
    return {
        "resourceType": "Appointment", "id": "v", "status": "booked", "description": "Kidney check",
        "start": "2026-12-08T10:30:00-06:00", "end": "2026-12-08T11:00:00-06:00",
        "participant": [{"actor": ME, "status": "accepted"},
                        {"actor": {"reference": "Location/1", "display": "Room 4"}, "status": "accepted"}], **extra,
    }  # fmt: skip


def test_a_visit_has_day_time_and_place_as_written() -> None:
    assert chart(appointment()).visits == (
        Visit("v", date(2026, 12, 8), "Kidney check", "booked", time="10:30", place="Room 4"),
    )


@pytest.mark.parametrize("status", ["cancelled", "noshow", "entered-in-error"])
def test_a_visit_that_will_not_happen_is_left_out(status: str) -> None:
    assert chart(appointment(status=status)).visits == ()
