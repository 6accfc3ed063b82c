"""Whether a resource is FHIR R4. Reasons name elements and never repeat what stands in them.

The models are `fhir.resources`' R4B ones: for the kinds used here R4B and R4 have the same elements. They are loaded on
first use (0.4 s), so that the app's start does not wait for them. They check shapes but not the required value sets
and take numbers written as text, so those are checked here.
"""

import importlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from pydantic import BaseModel, ValidationError

from assistant.chart.fhir import times
from assistant.chart.fhir.node import Node, child, children, number, text
from assistant.chart.fhir.observations import DATES, family

# FHIR allows letters, digits, "-" and "." up to 64; "_" is common in the wild and harmless.
ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")

_STATUSES = {
    "Observation": "registered preliminary final amended corrected cancelled entered-in-error unknown",
    "DiagnosticReport": "registered partial preliminary final amended corrected appended cancelled entered-in-error "
    "unknown",
    "MedicationRequest": "active on-hold cancelled completed entered-in-error stopped draft unknown",
    "MedicationStatement": "active completed entered-in-error intended stopped on-hold unknown not-taken",
    "CarePlan": "draft active on-hold revoked completed entered-in-error unknown",
    "Appointment": "proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist",
    "Goal": "proposed planned accepted active on-hold completed cancelled entered-in-error rejected",
}
_STATUS_ELEMENT = {"Goal": "lifecycleStatus"}

# Elements that are not read: an `id` has its own rule above, and a broken narrative must not cost a result.
_UNREAD = frozenset({"id", "text"})

KINDS = frozenset(_STATUSES) | {"Patient", "Condition", "AllergyIntolerance", "Medication"}

_WORDS = {
    "missing": "is missing",
    "model_field_validation.missing": "is missing",
    "extra_forbidden": "has an element that FHIR R4 does not know",
}


def fault(resource: Mapping[str, object]) -> str | None:
    """The first reason why a resource of one of `KINDS` cannot be used, or None."""
    return _text_fault(resource) or _id_fault(resource) or _model_fault(resource) or next(_our_faults(resource), None)


def _text_fault(resource: Mapping[str, object]) -> str | None:
    try:
        json.dumps(resource, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "it holds text that is not Unicode"
    except TypeError:
        return "it holds values that JSON does not have"
    return None


def _id_fault(resource: Node) -> str | None:
    return None if ID.match(text(resource, "id")) else "id: is not a FHIR id"


@cache
def _model(kind: str) -> type[BaseModel]:
    module = importlib.import_module(f"fhir.resources.R4B.{kind.lower()}")
    model: type[BaseModel] = getattr(module, kind)
    return model


def _model_fault(resource: Node) -> str | None:
    body = {key: value for key, value in resource.items() if key not in _UNREAD}
    try:
        _model(text(resource, "resourceType")).model_validate(body)
    except ValidationError as error:
        return _reason(error)
    except (TypeError, AttributeError, KeyError, ValueError, RecursionError):
        return "its shape cannot be checked"
    return None


def _reason(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    unknown = first["type"] == "extra_forbidden"
    path = ".".join(str(step) for step in (first["loc"][:-1] if unknown else first["loc"]))
    words = _WORDS.get(first["type"], "has a value that FHIR R4 does not allow" if path else "breaks a rule of FHIR R4")
    return f"{path}: {words}" if path else words


def _our_faults(resource: Node) -> Iterator[str]:
    kind = text(resource, "resourceType")
    element = _STATUS_ELEMENT.get(kind, "status")
    if kind in _STATUSES and text(resource, element) not in _STATUSES[kind].split():
        yield f"{element}: is not one of FHIR R4's codes"
    if kind == "Observation":
        yield from _observation_faults(resource)


def _observation_faults(resource: Node) -> Iterator[str]:
    for path, part in (("", resource), *(("component.", each) for each in children(resource, "component"))):
        yield from _quantity_faults(f"{path}valueQuantity", child(part, "valueQuantity"))
    if family(resource) != "other" and not times.written(resource, *DATES):
        yield "effective: has no date, so the result cannot be placed in time"
    if not _is_named(child(resource, "code")):
        yield "code: names no test"


def _is_named(concept: Node) -> bool:
    named = (text(coding, key) for coding in children(concept, "coding") for key in ("code", "display"))
    return bool(text(concept, "text")) or any(named)


def _quantity_faults(path: str, quantity: Node) -> Iterator[str]:
    if "value" in quantity and number(quantity, "value") is None:
        yield f"{path}.value: is not a number"
    if text(quantity, "comparator") not in ("", "<", "<=", ">=", ">"):
        yield f"{path}.comparator: is not one of FHIR R4's codes"
