"""Whatever a broken sender writes: an import ends in a chart or in `RecordInvalid`, never in another error."""

import copy
import json
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from assistant.chart.assemble import chart_of
from assistant.chart.fhir_import import import_bundle
from assistant.errors import RecordInvalid
from assistant.settings import ROOT
from assistant.store.ids import PatientId

ODD: list[Any] = [
    None, True, 0, -1, 1e308, 10**400, "", "x", "2026-99-99", "\ud800", [], {}, [None], [[]], {"a": 1}, ["x"],
    {"value": "7"}, {"coding": "x"}, {"coding": [None]}, {"reference": 5}, {"reference": "Patient/"},
]  # fmt: skip
TODAY = date(2026, 11, 20)


def sample() -> dict[str, Any]:
    """A few resources of each kind."""
    document = json.loads((ROOT / "content" / "demo" / "patients" / "mei_lin.json").read_text())
    kinds: dict[str, list[Any]] = {}
    for entry in document["entry"]:
        kinds.setdefault(entry["resource"]["resourceType"], []).append(entry)
    return {**document, "entry": [entry for found in kinds.values() for entry in found[:3]]}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield from places(each, (*path, key))


def mutated(seed: int, whole: dict[str, Any], paths: list[tuple[Any, ...]]) -> dict[str, Any]:
    chance = random.Random(seed)
    found = copy.deepcopy(whole)
    *way, last = chance.choice(paths)
    node: Any = found
    for key in way:
        node = node[key]
    node[last] = chance.choice(ODD)
    return found


@pytest.mark.parametrize("start", range(0, 600, 100))
def test_a_broken_element_never_breaks_the_import(start: int) -> None:
    whole = sample()
    paths = list(places(whole))
    for seed in range(start, start + 100):
        broken = mutated(seed, whole, paths)
        try:
            json.dumps(import_bundle(broken, today=TODAY).resources, ensure_ascii=False).encode()
        except RecordInvalid:
            continue
        resources = [entry["resource"] for entry in broken["entry"] if isinstance(entry, dict) and "resource" in entry]
        chart_of(PatientId("mei_lin"), [each for each in resources if isinstance(each, dict)], TODAY)
