"""Observation → results: one for its own value and one for each component (a panel's members come on their own)."""

import re
from dataclasses import dataclass, replace
from typing import Literal, cast

from assistant.chart import units
from assistant.chart.fhir import times
from assistant.chart.fhir.codes import LOINC, categories, codes, name
from assistant.chart.fhir.given_range import bounds_for
from assistant.chart.fhir.node import Node, child, children, number, text
from assistant.chart.record import Comparator, LabResult, Person, ResultStatus
from assistant.store.ids import ObservationId

DATES = ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")

Family = Literal["laboratory", "vital", "other"]

_STATUSES: dict[str, ResultStatus] = {
    "final": "final", "preliminary": "preliminary", "registered": "preliminary", "amended": "corrected",
    "corrected": "corrected", "cancelled": "cancelled", "entered-in-error": "cancelled",
}  # fmt: skip
# FHIR's vital signs profile, https://hl7.org/fhir/R4/observation-vitalsigns.html, and pulse oximetry.
_VITALS = frozenset((
    "85353-1", "9279-1", "8867-4", "2708-6", "59408-5", "8310-5", "8302-2", "9843-4", "29463-7", "39156-5", "85354-9",
    "8480-6", "8462-4", "8478-0",
))  # fmt: skip
_COMPARATORS = ("<", "<=", ">", ">=")
_WRITTEN_NUMBER = re.compile(r"^\s*(<=|>=|<|>)?\s*(\d+(?:\.\d+)?)\s*$")


@dataclass(frozen=True, slots=True)
class Value:
    number: float | None = None
    unit: str = ""
    comparator: Comparator = ""
    words: str = ""


def family(observation: Node) -> Family:
    """What kind of finding this is. Without a category only known vital signs are told from laboratory results."""
    found = categories(observation)
    if not found and _VITALS.intersection(codes(child(observation, "code"), LOINC)):
        return "vital"
    if "laboratory" in found or not found:
        return "laboratory"
    return "vital" if "vital-signs" in found else "other"


def results_of(observation: Node, person: Person) -> tuple[LabResult, ...]:
    """Empty for a panel that only points at its members and for an observation without a date."""
    whole = _result(observation, observation, text(observation, "id"), person)
    if whole is None:
        return ()
    parts = tuple(
        part
        for position, component in enumerate(children(observation, "component"))
        if (part := _result(observation, component, _part_id(observation, component, position), person))
    )
    return (*((whole,) if _says_something(whole, observation) else ()), *parts)


def _part_id(observation: Node, component: Node, position: int) -> str:
    code = next(iter(codes(child(component, "code"), LOINC)), str(position + 1))
    return f"{text(observation, 'id')}#{code}"


def _says_something(result: LabResult, observation: Node) -> bool:
    if result.value is not None or result.words:
        return True
    return not children(observation, "component") and not children(observation, "hasMember")


def _result(observation: Node, part: Node, ref: str, person: Person) -> LabResult | None:
    at = times.day(times.written(observation, *DATES))
    if at is None:
        return None
    value = value_of(part)
    result = LabResult(
        id=ObservationId(ref),
        loincs=codes(child(part, "code"), LOINC),
        name=name(child(part, "code")),
        at=at,
        value=value.number,
        unit=value.unit,
        comparator=value.comparator,
        words=value.words,
        range=bounds_for(part, person.on(at), value.unit),
        flag=_flag(part),
        status=_STATUSES.get(text(observation, "status"), "unknown"),
        absent=next(iter(codes(child(part, "dataAbsentReason"))), ""),
    )
    return replace(result, comment=_comment(observation))


def _flag(part: Node) -> str:
    return next((code for concept in children(part, "interpretation") for code in codes(concept)), "")


def _comment(observation: Node) -> str:
    return " ".join(found for note in children(observation, "note") if (found := text(note, "text")))


def value_of(part: Node) -> Value:
    """The value in whichever of FHIR's shapes it came; a text that is nothing but a number counts as one."""
    quantity = child(part, "valueQuantity")
    if quantity:
        return _quantity(quantity)
    if isinstance(count := part.get("valueInteger"), int) and not isinstance(count, bool):
        return Value(float(count))
    if isinstance(truth := part.get("valueBoolean"), bool):
        return Value(words=str(truth).lower())
    written = text(part, "valueString")
    if found := _WRITTEN_NUMBER.match(written):
        return Value(float(found[2]), comparator=cast(Comparator, found[1] or ""))
    return Value(words=written or name(child(part, "valueCodeableConcept")) or _other(part))


def _quantity(quantity: Node) -> Value:
    written = text(quantity, "code") or text(quantity, "unit")
    found = text(quantity, "comparator")
    comparator = cast(Comparator, found) if found in _COMPARATORS else ""
    return Value(number(quantity, "value"), units.normalise(written) or written, comparator)


def _other(part: Node) -> str:
    """Ratios (titres), ranges, dates and times, as they would be written."""
    ratio, span = child(part, "valueRatio"), child(part, "valueRange")
    if ratio:
        return ":".join(_written(child(ratio, end)) for end in ("numerator", "denominator"))
    if span:
        return f"{_written(child(span, 'low'))}–{_written(child(span, 'high'))}"
    return text(part, "valueDateTime") or text(part, "valueTime")


def _written(quantity: Node) -> str:
    value = number(quantity, "value")
    return f"{'' if value is None else f'{value:g}'} {text(quantity, 'unit')}".strip()
