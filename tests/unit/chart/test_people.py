"""Who the patient is: name, age, sex, language, interpreter, pregnancy."""

from datetime import date
from typing import Any

import pytest

from assistant.chart.fhir.people import person_of
from assistant.chart.record import Person
from assistant.chart.store import load_chart_bundle
from tests.support.chart import ME, bundle, concept, observation, patient

TODAY = date(2026, 11, 20)
BASE = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed"
SEX = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-individual-sex"


def speaks(*codes: str, preferred: int = -1) -> list[dict[str, Any]]:
    return [
        {"language": concept(code, system="urn:ietf:bcp:47"), **({"preferred": True} if place == preferred else {})}
        for place, code in enumerate(codes)
    ]


@pytest.mark.parametrize(
    ("spoken", "lang"),
    [
        (speaks("es"), "es"), (speaks("zh-Hant-TW"), "zh"), (speaks("en_US"), "en"), (speaks("fil"), "tl"),
        (speaks("yue"), "zh"), (speaks("spa"), "es"), (speaks("en", "so", preferred=1), "so"),
        (speaks("en", "so"), "en"),
        ([], ""), (speaks("de"), "de"),
    ],
)  # fmt: skip
def test_the_language_is_the_preferred_one_in_two_letters(spoken: list[Any], lang: str) -> None:
    assert person_of(patient(communication=spoken), TODAY).lang == lang


@pytest.mark.parametrize(
    ("extension", "wanted"),
    [
        ({"url": BASE, "valueBoolean": True}, True),
        ({"url": BASE, "valueBoolean": False}, False),
        ({"url": US_CORE, "valueCoding": {"code": "373066001"}}, True),
        ({"url": US_CORE, "valueCoding": {"code": "373067005"}}, False),
        ({"url": "https://other.example/flag", "valueBoolean": True}, False),
    ],
)
def test_the_wish_for_an_interpreter_is_read_from_both_profiles(extension: dict[str, Any], wanted: bool) -> None:
    assert person_of(patient(extension=[extension]), TODAY).interpreter is wanted


@pytest.mark.parametrize(
    ("said", "sex"),
    [
        ({"gender": "male"}, "m"), ({"gender": "other"}, "x"), ({"gender": "unknown"}, None),
        ({"gender": None, "extension": [{"url": SEX, "valueCoding": {"code": "248152002"}}]}, "f"),
    ],
)  # fmt: skip
def test_sex_comes_from_gender_or_the_extension(said: dict[str, Any], sex: str | None) -> None:
    assert person_of(patient(**said), TODAY).sex == sex


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([{"given": ["Ana", "María"], "family": "Ruiz"}], "Ana María Ruiz"),
        ([{"use": "old", "family": "Before"}, {"use": "official", "text": "Ana Ruiz"}], "Ana Ruiz"),
        ([{"use": "usual", "text": "Annie"}, {"use": "official", "text": "Ana Ruiz"}], "Ana Ruiz"),
        ([{"text": "Former", "period": {"end": "2020-01-01"}}], ""),
        ([], ""),
    ],
)
def test_the_name_is_the_one_in_use(names: list[Any], shown: str) -> None:
    assert person_of(patient(name=names), TODAY).name == shown


@pytest.mark.parametrize(
    ("born", "age"),
    [("1968-11-20", 58.0), ("1968-11-21", 57.0), ("1968", 58.0), ("2026-05-20", 0.5), (None, None)],
)
def test_age_is_in_years_and_in_fractions_for_infants(born: str | None, age: float | None) -> None:
    assert person_of(patient(birthDate=born), TODAY).age == age


def pregnancy(since: str, **extra: Any) -> dict[str, Any]:
    return {
        "resourceType": "Condition", "id": f"c-{since}", "subject": ME, "code": concept("77386006"),
        "clinicalStatus": concept("active"), "onsetDateTime": since, **extra,
    }  # fmt: skip


def status(day: str, code: str) -> dict[str, Any]:
    return observation(
        f"s-{day}", "82810-3", category=[concept("social-history")], effectiveDateTime=day,
        valueCodeableConcept=concept(code),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("resources", "pregnant"),
    [
        ([], False),
        ([pregnancy("2026-05-08")], True),
        ([pregnancy("2026-05-08", code=concept("Z34.03", system="http://hl7.org/fhir/sid/icd-10-cm"))], True),
        ([pregnancy("2026-05-08", clinicalStatus=concept("resolved"))], False),
        ([pregnancy("2026-05-08", verificationStatus=concept("refuted"))], False),
        ([pregnancy("2024-05-08")], False),
        ([status("2026-07-02", "77386006")], True),
        ([pregnancy("2026-05-08"), status("2026-09-01", "60001007")], False),
        ([status("2025-01-01", "60001007"), status("2026-07-02", "77386006")], True),
        ([pregnancy("2023-01-01"), status("2026-07-02", "77386006")], True),
    ],
)
def test_pregnancy_is_what_the_newest_statement_says_and_never_lasts_for_years(
    resources: list[Any], pregnant: bool
) -> None:
    assert load_chart_bundle(bundle(patient(), *resources), TODAY).person.pregnant is pregnant


def test_a_person_can_be_taken_as_on_another_day() -> None:
    person = Person(born=date(1992, 5, 21), pregnant_since=date(2026, 5, 8))
    before, during = person.on(date(2024, 2, 20)), person.on(TODAY)
    assert (before.age, before.pregnant) == (31.0, False)
    assert (during.age, during.pregnant) == (34.0, True)


def test_without_dates_a_person_stays_as_given() -> None:
    assert Person(age=54, pregnant=True).on(TODAY) == Person(age=54, pregnant=True)
