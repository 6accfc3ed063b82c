"""Condition, AllergyIntolerance → what the person has. Doubtful and withdrawn entries are never told as facts."""

from assistant.chart.fhir import times
from assistant.chart.fhir.codes import codes, name, preferred, status
from assistant.chart.fhir.node import Node, child, children, text
from assistant.chart.record import Allergy, Condition

_ACTIVE = frozenset({"active", "recurrence", "relapse"})
_DOUBTED = frozenset({"unconfirmed", "provisional", "differential", "refuted", "entered-in-error"})
_ENDINGS = ("abatementDateTime", "abatementPeriod", "abatementString", "abatementAge", "abatementRange")

# SNOMED CT: no known allergy, no known drug allergy, no known food allergy, no known environmental allergy.
_NO_ALLERGIES = frozenset({"716186003", "409137002", "429625007", "428607008"})


def condition_of(resource: Node) -> Condition | None:
    if status(resource, "verificationStatus") in _DOUBTED:
        return None
    concept = child(resource, "code")
    return Condition(
        id=text(resource, "id"),
        code=preferred(concept),
        name=name(concept),
        active=_is_active(resource),
        since=times.began(resource, "onsetDateTime", "onsetPeriod", "recordedDate"),
    )


def _is_active(resource: Node) -> bool:
    said = status(resource, "clinicalStatus")
    return said in _ACTIVE if said else not any(ending in resource for ending in _ENDINGS)


def allergy_of(resource: Node) -> Allergy | None:
    concept = child(resource, "code")
    doubted = status(resource, "verificationStatus") in {"refuted", "entered-in-error"}
    over = status(resource, "clinicalStatus") in {"inactive", "resolved"}
    if doubted or over or _NO_ALLERGIES.intersection(codes(concept)):
        return None
    signs = [name(sign) for reaction in children(resource, "reaction") for sign in children(reaction, "manifestation")]
    return Allergy(text(resource, "id"), name(concept), ", ".join(dict.fromkeys(signs)))
