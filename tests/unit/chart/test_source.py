"""What is FHIR JSON at all, and what is refused with which words."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.chart.fhir.source import Entry, Skipped, entries_of
from assistant.chart.fhir_import import import_bundle
from assistant.errors import RecordInvalid
from assistant.store.ids import PatientId
from tests.support.chart import bundle, observation, patient, quantity

SECRET = "Rosa-Secret-Name"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "the file is empty"),
        (b"  \n ", "the file is empty"),
        (b"\xff\xfe{", "not valid UTF-8"),
        (f'{{"name": "{SECRET}"'.encode(), "not JSON (line 1, column"),
        (b'{"resourceType": "Patient", "id": NaN}', "not JSON that can be read"),
        (b"[" * 100_000, "not JSON that can be read"),
        (b"[]", "neither a FHIR bundle nor a FHIR resource"),
        (b'"text"', "neither a FHIR bundle nor a FHIR resource"),
        (b'{"hello": 1}', "neither a FHIR bundle nor a FHIR resource"),
        (b'{"resourceType": 7}', "neither a FHIR bundle nor a FHIR resource"),
        (b'{"resourceType": "Bundle"}', "this type of bundle is not accepted"),
        (b'{"resourceType": "Bundle", "type": []}', "this type of bundle is not accepted"),
        (b'{"resourceType": "Bundle", "type": "message"}', "this type of bundle is not accepted"),
        (b'{"resourceType": "Bundle", "type": "collection", "entry": {}}', "entries are not a list"),
        (b'{"resourceType": "Bundle", "type": "collection"}', "it names no patient"),
    ],
)
def test_what_is_no_record_is_refused_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(RecordInvalid) as refused:
        import_bundle(raw)
    assert reason in str(refused.value)
    assert SECRET not in str(refused.value)


def test_a_file_that_cannot_be_opened_is_refused_without_its_name(tmp_path: Path) -> None:
    with pytest.raises(RecordInvalid, match="cannot be opened") as refused:
        import_bundle(tmp_path / f"{SECRET}.json")
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("entry", "ref", "reason"),
    [
        ("text", "entry 1", "it holds no resource"),
        ({"fullUrl": "urn:uuid:1"}, "entry 1", "it holds no resource"),
        ({"resource": []}, "entry 1", "it holds no resource"),
        ({"resource": {"id": "x"}}, "entry 1", "it names no type of resource"),
        ({"resource": {"resourceType": f"{SECRET} 1"}}, "entry 1", "it names no type of resource"),
        ({"resource": patient(), "request": {"method": "DELETE"}}, "Patient/p1", "it asks for a change"),
    ],
)
def test_an_entry_that_is_no_resource_is_named_by_its_place(entry: Any, ref: str, reason: str) -> None:
    (found,) = entries_of({"resourceType": "Bundle", "type": "batch", "entry": [entry]})
    assert isinstance(found, Skipped)
    assert found.ref == ref
    assert reason in found.reason
    assert SECRET not in found.reason


@pytest.mark.parametrize("kind", ["transaction", "collection", "searchset", "batch"])
def test_every_usual_type_of_bundle_is_read(kind: str) -> None:
    assert import_bundle(bundle(patient(), kind=kind)).counts == {"Patient": 1}


def test_a_byte_order_mark_is_no_fault() -> None:
    assert import_bundle(b"\xef\xbb\xbf" + json.dumps(patient()).encode()).patient == "p1"


def test_a_single_resource_is_read_and_belongs_to_its_subject() -> None:
    imported = import_bundle(observation(valueQuantity=quantity(4.4)))
    assert imported.patient == "p1"
    assert imported.counts == {"Observation": 1}


def test_ndjson_keeps_good_lines_and_names_broken_ones(tmp_path: Path) -> None:
    lines = [json.dumps(patient()), "", "{broken", json.dumps(observation(valueQuantity=quantity(4.4))), "[1]"]
    path = tmp_path / "export.ndjson"
    path.write_text("\n".join(lines))
    imported = import_bundle(path)
    assert imported.counts == {"Observation": 1, "Patient": 1}
    assert [skipped.ref for skipped in imported.skipped] == ["line 3", "line 5"]
    assert import_bundle(path.read_bytes(), lines=True) == imported


def test_a_resource_without_an_id_takes_it_from_its_address() -> None:
    plain = {key: value for key, value in patient().items() if key != "id"}
    (found,) = entries_of(
        {"resourceType": "Bundle", "type": "transaction", "entry": [{"fullUrl": "urn:uuid:a-1", "resource": plain}]}
    )
    assert isinstance(found, Entry)
    assert found.resource["id"] == "a-1"


def test_the_patient_asked_for_is_picked_out_of_several() -> None:
    other = {**patient(), "id": "p2"}
    theirs = {**observation("o2", valueQuantity=quantity(4.4)), "subject": {"reference": "Patient/p2"}}
    both = bundle(patient(), other, observation(valueQuantity=quantity(4.1)), theirs)
    with pytest.raises(RecordInvalid, match="more than one patient"):
        import_bundle(both)
    imported = import_bundle(both, patient=PatientId("p2"))
    assert {each["id"] for each in imported.resources} == {"p2", "o2"}
    assert {skipped.ref for skipped in imported.skipped} == {"Patient/p1", "Observation/o1"}
