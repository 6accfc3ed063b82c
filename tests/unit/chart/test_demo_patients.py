"""The six invented patients: valid, coherent, and odd where real records are odd."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assistant.chart.fhir_import import import_bundle
from assistant.chart.ranges import judge
from assistant.chart.record import Chart, LabResult
from assistant.chart.store import load_chart_bundle
from assistant.settings import ROOT

FOLDER = ROOT / "content" / "demo" / "patients"
NAMES = ("amir_haddad", "daniel_price", "grace_thompson", "hodan_warsame", "mei_lin", "rosa_alvarez")
TODAY = date(2026, 11, 20)

TESTS = """4548-4 1558-6 2345-7 2160-0 98979-8 33914-3 3094-0 2951-2 2823-3 2075-0 2028-9 17861-6 1742-6 1920-8 6768-6
1975-2 1751-7 2093-3 13457-7 18262-6 2085-9 2571-8 718-7 4544-3 6690-2 777-3 787-2 3016-3 3024-7 2276-4 1989-3 2132-9
1988-5 6301-6 2857-1 9318-7"""


@cache
def chart(name: str) -> Chart:
    return load_chart_bundle(json.loads((FOLDER / f"{name}.json").read_text()), TODAY)


def every_lab() -> list[LabResult]:
    return [lab for name in NAMES for lab in chart(name).labs]


def newest(name: str, loinc: str) -> LabResult:
    found = chart(name).latest((loinc,))
    assert found is not None
    return found


def test_there_are_exactly_these_files() -> None:
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.json"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_valid_and_holds_the_patient_of_its_name(name: str) -> None:
    imported = import_bundle(Path(FOLDER / f"{name}.json"), today=TODAY)
    assert (imported.patient, imported.skipped) == (name, ())


@pytest.mark.parametrize(
    ("name", "age", "sex", "lang", "interpreter"),
    [
        ("rosa_alvarez", 58, "f", "es", True), ("daniel_price", 24, "m", "en", False),
        ("hodan_warsame", 71, "f", "so", True), ("mei_lin", 34, "f", "zh", False),
        ("amir_haddad", 45, "m", "ar", False), ("grace_thompson", 67, "f", "en", False),
    ],
)  # fmt: skip
def test_who_they_are(name: str, age: int, sex: str, lang: str, interpreter: bool) -> None:
    person = chart(name).person
    assert (person.age, person.sex, person.lang, person.interpreter) == (age, sex, lang, interpreter)
    assert person.name.casefold().replace(" ", "_") == name
    assert person.pregnant is (name == "mei_lin")


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_whole_record(name: str) -> None:
    found = chart(name)
    assert found.conditions
    assert all(each.dose for each in found.medicines)
    assert found.plans[0].activities
    assert any(visit.at > TODAY for visit in found.visits)
    assert found.labs[-1].at <= TODAY
    assert (found.labs[-1].at - found.labs[0].at).days > 700


def test_between_them_they_have_all_tests_of_the_first_content() -> None:
    assert set(TESTS.split()) <= {code for lab in every_lab() for code in lab.loincs}


def test_rosas_hba1c_rises_over_the_laboratorys_range() -> None:
    series = chart("rosa_alvarez").series(("4548-4",))
    assert [lab.value for lab in series] == [7.1, 7.2, 7.5, 7.8]
    assert series[-1].at == date(2026, 11, 3)
    assert series[-1].range is not None
    assert (series[-1].range.high, series[-1].range.text) == (5.7, "<5.7")
    assert newest("rosa_alvarez", "98979-8").value == 38


def test_hodans_potassium_is_critical_and_was_phoned() -> None:
    found = newest("hodan_warsame", "2823-3")
    assert (found.value, found.at, found.flag) == (6.3, date(2026, 11, 18), "HH")
    assert "phoned" in found.comment
    assert any("Spironolactone" in name for name in chart("hodan_warsame").person.medicines)


def test_meis_blood_count_is_held_against_the_range_for_pregnancy() -> None:
    found = newest("mei_lin", "718-7")
    assert found.range is not None
    assert (found.value, found.range.low) == (10.1, 11.0)


def test_amirs_serology_is_text_and_his_ruled_out_diagnosis_is_not_told() -> None:
    assert newest("amir_haddad", "5195-3").words == "Non-reactive"
    assert all("ruled out" not in each.name for each in chart("amir_haddad").conditions)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("preliminary", lambda lab: lab.status == "preliminary"), ("corrected", lambda lab: lab.status == "corrected"),
        ("cancelled", lambda lab: lab.status == "cancelled"), ("comparator", lambda lab: lab.comparator != ""),
        ("comment", lambda lab: lab.comment != ""), ("text", lambda lab: lab.words != ""),
    ],
)  # fmt: skip
def test_real_records_oddities_are_in_them(what: str, found: Callable[[LabResult], bool]) -> None:
    assert any(found(lab) for lab in every_lab()), what


@pytest.mark.parametrize("name", NAMES)
def test_the_laboratorys_flags_agree_with_its_ranges(name: str) -> None:
    sides = {"H": "high", "HH": "critical_high", "L": "low", "N": "in_range"}
    for lab in chart(name).labs:
        if lab.flag and lab.status != "cancelled":
            assert judge(lab, None, chart(name).person).flag == sides[lab.flag], lab.id
