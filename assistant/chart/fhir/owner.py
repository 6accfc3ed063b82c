"""Whose record this is, and whether a resource belongs to it. One import is one patient."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.chart.fhir.node import child, children, target, text
from assistant.chart.fhir.source import Entry, Json
from assistant.errors import RecordInvalid
from assistant.store.ids import PatientId

_SHARED = frozenset({"Medication"})


def resolve(entries: Iterable[Entry]) -> list[Entry]:
    """References by `urn:uuid:` or full address become `Type/id`, as a server does with a transaction."""
    entries = list(entries)
    known = {each.url: f"{text(each.resource, 'resourceType')}/{text(each.resource, 'id')}" for each in entries}
    known.pop("", None)
    return [Entry(each.ref, each.url, _rewrite(each.resource, known)) for each in entries]


def _rewrite(resource: Json, known: Mapping[str, str]) -> Json:
    found = _walk(resource, known)
    return found if isinstance(found, dict) else resource


def _walk(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_walk(each, known) for each in value]
    if not isinstance(value, dict):
        return value
    walked = {key: _walk(each, known) for key, each in value.items()}
    if isinstance(reference := walked.get("reference"), str) and reference in known:
        walked["reference"] = known[reference]
    return walked


def owner_of(entries: Iterable[Entry], wanted: PatientId | None) -> PatientId:
    """The patient asked for, else the only one in the source. Raises `RecordInvalid` where that is not one."""
    entries = tuple(entries)
    if wanted is not None:
        return wanted
    found = {text(each.resource, "id") for each in entries if text(each.resource, "resourceType") == "Patient"}
    found = found or {ref.split("/")[1] for each in entries for ref in subjects(each.resource)}
    found.discard("")
    if not found:
        raise RecordInvalid("it names no patient")
    if len(found) > 1:
        raise RecordInvalid("it holds more than one patient; say which one is meant")
    return PatientId(found.pop())


def subjects(resource: Json) -> frozenset[str]:
    """`Patient/id` of everybody whom the resource is about."""
    pointers = [target(resource, key) for key in ("subject", "patient")]
    pointers += [target(each, "actor") for each in children(resource, "participant")]
    return frozenset(pointer for pointer in pointers if pointer.startswith("Patient/"))


def stranger(resource: Json, patient: PatientId) -> str | None:
    """Why a resource is not this patient's; None when it is."""
    kind = text(resource, "resourceType")
    if kind == "Patient":
        return None if text(resource, "id") == patient else "it is another patient's"
    about = subjects(resource)
    if kind in _SHARED or about == {f"Patient/{patient}"}:
        return None
    return "it is another patient's" if about else "it does not say whose it is"


def version(resource: Json) -> str:
    """What orders two copies of one resource."""
    return text(child(resource, "meta"), "lastUpdated")
