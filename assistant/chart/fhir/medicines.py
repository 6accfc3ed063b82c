"""MedicationRequest and MedicationStatement → medicines, the newest entry of each."""

from collections.abc import Iterable, Mapping

from assistant.chart.fhir import times
from assistant.chart.fhir.codes import name
from assistant.chart.fhir.node import EMPTY, Node, child, children, flag, target, text
from assistant.chart.record import Medicine

KINDS = frozenset({"MedicationRequest", "MedicationStatement"})

_WITHDRAWN = frozenset({"entered-in-error", "cancelled", "draft", "not-taken"})
_NOT_PRESCRIBED = frozenset({"proposal", "option"})


def medicine_of(resource: Node, drugs: Mapping[str, Node]) -> Medicine | None:
    """`drugs` are the Medication resources on file by `Medication/id`."""
    withdrawn = text(resource, "status") in _WITHDRAWN or text(resource, "intent") in _NOT_PRESCRIBED
    if withdrawn or flag(resource, "doNotPerform"):
        return None
    return Medicine(
        id=text(resource, "id"),
        name=_drug(resource, drugs),
        dose=_dose(resource),
        active=text(resource, "status") == "active",
        since=times.began(resource, "authoredOn", "effectiveDateTime", "effectivePeriod", "dateAsserted"),
    )


def _drug(resource: Node, drugs: Mapping[str, Node]) -> str:
    coded = name(child(resource, "medicationCodeableConcept"))
    if coded:
        return coded
    pointer = target(resource, "medicationReference")
    inside = {f"#{text(each, 'id')}": each for each in children(resource, "contained")}
    found = drugs.get(pointer) or inside.get(pointer) or EMPTY
    return name(child(found, "code")) or text(child(resource, "medicationReference"), "display")


def _dose(resource: Node) -> str:
    """The prescriber's own words; coded timings and amounts are not turned into sentences."""
    lines = (*children(resource, "dosageInstruction"), *children(resource, "dosage"))
    return "; ".join(said for each in lines if (said := text(each, "text") or text(each, "patientInstruction")))


def newest(found: Iterable[Medicine]) -> tuple[Medicine, ...]:
    """Refills of one medicine and dose count once; active ones come first, then by name."""
    kept: dict[tuple[str, str, bool], Medicine] = {}
    for each in sorted(found, key=lambda one: str(one.since or "")):
        kept[each.name.casefold(), each.dose.casefold(), each.active] = each
    return tuple(sorted(kept.values(), key=lambda one: (not one.active, one.name.casefold())))
