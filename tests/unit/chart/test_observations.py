"""Every shape in which a result may come."""

from datetime import date
from typing import Any

import pytest

from assistant.chart.fhir.observations import results_of
from assistant.chart.record import Bounds, LabResult, Person
from assistant.chart.store import load_chart_bundle
from tests.support.chart import bundle, concept, observation, patient, quantity

WOMAN = Person(age=58, sex="f")


def only(**extra: Any) -> LabResult:
    (found,) = results_of(observation(**extra), WOMAN)
    return found


@pytest.mark.parametrize(
    ("shape", "value", "unit", "comparator", "words"),
    [
        ({"valueQuantity": quantity(4.4)}, 4.4, "mmol/L", "", ""),
        ({"valueQuantity": quantity(7, "MG/DL")}, 7.0, "mg/dL", "", ""),
        ({"valueQuantity": quantity(5, "x10e3/uL", code="10*3/uL")}, 5.0, "10*3/uL", "", ""),
        ({"valueQuantity": quantity(3, "widgets")}, 3.0, "widgets", "", ""),
        ({"valueQuantity": {"value": 3}}, 3.0, "", "", ""),
        ({"valueQuantity": quantity(0.01, comparator="<")}, 0.01, "mmol/L", "<", ""),
        ({"valueQuantity": {"unit": "mmol/L"}}, None, "mmol/L", "", ""),
        ({"valueInteger": 3}, 3.0, "", "", ""),
        ({"valueString": "<0.01"}, 0.01, "", "<", ""),
        ({"valueString": "7.8"}, 7.8, "", "", ""),
        ({"valueString": "7,8"}, None, "", "", "7,8"),
        ({"valueString": "Non-reactive"}, None, "", "", "Non-reactive"),
        ({"valueCodeableConcept": concept("260385009", "Negative")}, None, "", "", "Negative"),
        ({"valueBoolean": True}, None, "", "", "true"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 40}}}, None, "", "", "1:40"),
        ({"valueRange": {"low": quantity(1, "/HPF"), "high": quantity(3, "/HPF")}}, None, "", "", "1 /HPF–3 /HPF"),
        ({"valueDateTime": "2026-11-03"}, None, "", "", "2026-11-03"),
    ],
)
def test_a_value_is_read_in_every_shape(
    shape: dict[str, Any], value: float | None, unit: str, comparator: str, words: str
) -> None:
    found = only(**shape)
    assert (found.value, found.unit, found.comparator, found.words) == (value, unit, comparator, words)


def test_why_a_value_is_absent_is_kept() -> None:
    found = only(dataAbsentReason=concept("not-performed"))
    assert (found.value, found.words, found.absent) == (None, "", "not-performed")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("final", "final"), ("preliminary", "preliminary"), ("registered", "preliminary"), ("amended", "corrected"),
        ("corrected", "corrected"), ("cancelled", "cancelled"), ("entered-in-error", "cancelled"),
        ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_every_status_of_r4_has_a_meaning(written: str, meant: str) -> None:
    assert only(status=written).status == meant


def test_components_become_results_of_their_own() -> None:
    parts = [
        {"code": concept("8480-6", system="http://loinc.org"), "valueQuantity": quantity(142, "mmHg")},
        {"code": concept("8462-4", system="http://loinc.org"), "dataAbsentReason": concept("unknown")},
    ]
    found = results_of(observation("bp", "85354-9", component=parts), WOMAN)
    assert [(each.id, each.value, each.unit, each.absent) for each in found] == [
        ("bp#8480-6", 142.0, "mm[Hg]", ""),
        ("bp#8462-4", None, "", "unknown"),
    ]


def test_a_panel_that_only_names_its_members_is_no_result() -> None:
    assert results_of(observation(hasMember=[{"reference": "Observation/o2"}]), WOMAN) == ()


def test_the_laboratorys_flag_and_comment_are_kept() -> None:
    found = only(interpretation=[concept("HH")], note=[{"text": "Phoned."}, {"text": "Read back."}])
    assert (found.flag, found.comment) == ("HH", "Phoned. Read back.")


LOW_HIGH = {"low": quantity(3.5), "high": quantity(5.1)}


@pytest.mark.parametrize(
    ("ranges", "bounds"),
    [
        ([LOW_HIGH], Bounds(3.5, 5.1)),
        ([{"high": quantity(5.1), "text": "<5.1"}], Bounds(None, 5.1, "<5.1")),
        ([{"text": "see report"}], Bounds(text="see report")),
        ([], None),
        ([{}], None),
        ([{"low": quantity(3.5, "mg/dL"), "high": quantity(5.1, "mg/dL")}], Bounds(text="3.5–5.1 mg/dL")),
        ([{**LOW_HIGH, "type": concept("therapeutic")}], None),
        ([{**LOW_HIGH, "type": concept("normal")},
        {"high": quantity(9), "type": concept("critical")}], Bounds(3.5, 5.1)),
        ([{**LOW_HIGH, "appliesTo": [concept("248153007")]}], None),
        ([{**LOW_HIGH, "appliesTo": [concept("248152002")]},
        {"high": quantity(9), "appliesTo": [concept("248153007")]}],
         Bounds(3.5, 5.1)),
        ([{**LOW_HIGH, "appliesTo": [concept("77386006")]}], None),
        ([{**LOW_HIGH, "age": {"high": quantity(17, "a")}}, {"high": quantity(9), "age": {"low": quantity(18, "a")}}],
         Bounds(None, 9)),
        ([LOW_HIGH, {"high": quantity(9)}], None),
    ],
)  # fmt: skip
def test_of_the_printed_ranges_only_the_one_that_applies_counts(ranges: list[Any], bounds: Bounds | None) -> None:
    assert only(valueQuantity=quantity(4.4), referenceRange=ranges).range == bounds


@pytest.mark.parametrize(
    ("dates", "at"),
    [
        ({"effectiveDateTime": "2026"}, date(2026, 1, 1)),
        ({"effectiveDateTime": "2026-05"}, date(2026, 5, 1)),
        ({"effectiveDateTime": "2026-11-03T23:30:00-06:00"}, date(2026, 11, 3)),
        (
            {"effectiveDateTime": None, "effectivePeriod": {"start": "2026-11-01", "end": "2026-11-02"}},
            date(2026, 11, 2),
        ),
        ({"effectiveDateTime": None, "issued": "2026-11-04T08:00:00Z"}, date(2026, 11, 4)),
    ],
)
def test_the_day_is_the_one_that_the_sender_wrote(dates: dict[str, Any], at: date) -> None:
    assert only(**dates).at == at


def test_labs_are_oldest_first_and_vital_signs_stand_apart() -> None:
    late = observation("late", effectiveDateTime="2026-11-03T18:00:00Z", valueQuantity=quantity(4.9))
    early = observation("early", effectiveDateTime="2026-11-03T08:00:00Z", valueQuantity=quantity(4.4))
    pulse = observation("pulse", "8867-4", category=[concept("vital-signs")], valueQuantity=quantity(70, "/min"))
    bare = {key: value for key, value in observation("weight", "29463-7").items() if key != "category"}
    survey = observation("survey", category=[concept("survey")])
    chart = load_chart_bundle(bundle(patient(), late, pulse, bare, survey, early))
    assert [lab.id for lab in chart.labs] == ["early", "late"]
    assert [vital.id for vital in chart.vitals] == ["pulse", "weight"]
