"""Real-world shaped FHIR R4 (Synthea, US Core): everything is either used or named."""

import json
from pathlib import Path

import pytest

from assistant.chart.fhir.validate import KINDS
from assistant.chart.fhir_import import import_bundle
from assistant.chart.store import load_chart_bundle

SAMPLES = Path("/work/shared/data/fhir")
FILES = sorted(SAMPLES.glob("*/*.json"))

pytestmark = pytest.mark.skipif(not FILES, reason="the development samples are not on this machine")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:24])
def test_every_resource_is_used_or_named(path: Path) -> None:
    document = json.loads(path.read_text())
    resources = [entry["resource"] for entry in document.get("entry", [{"resource": document}])]
    imported = import_bundle(path)
    assert len(imported.resources) + len(imported.skipped) == len(resources)
    usable = {f"{each['resourceType']}/{each['id']}" for each in resources if each["resourceType"] in KINDS}
    assert {f"{each['resourceType']}/{each['id']}" for each in imported.resources} == usable
    assert {skipped.reason for skipped in imported.skipped} <= {"this type of resource is not used"}


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name == "synthea"], ids=lambda p: p.stem[:16])
def test_a_whole_synthetic_record_becomes_a_chart(path: Path) -> None:
    chart = load_chart_bundle(json.loads(path.read_text()))
    assert chart.person.name
    assert chart.person.age
    assert chart.labs
    assert chart.vitals
    assert all(lab.unit and lab.loincs for lab in chart.labs if lab.value is not None)
    assert list(chart.labs) == sorted(chart.labs, key=lambda lab: lab.at)


def test_a_blood_pressure_with_one_half_missing_says_so() -> None:
    chart = load_chart_bundle(json.loads((SAMPLES / "us_core" / "bp-data-absent.json").read_text()))
    assert [(each.value, each.absent) for each in chart.vitals] == [(109.0, ""), (None, "unknown")]
