"""Coded concepts: names, LOINC and SNOMED CT codes."""

import re

from assistant.chart.fhir.node import Node, child, children, text

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"

# SNOMED CT's semantic tag at the end of a fully specified name; it says nothing to a patient.
_TAG = re.compile(r"\s*\((?:disorder|finding|situation|procedure|regime/therapy|substance|product)\)$")


def codes(concept: Node, system: str = "") -> tuple[str, ...]:
    """Codes of one system (all systems without one), in the order given."""
    found = [
        text(coding, "code") for coding in children(concept, "coding") if not system or text(coding, "system") == system
    ]
    return tuple(code for code in found if code)


def name(concept: Node) -> str:
    """What the sender calls it: its text, else the first display, else the first code."""
    displays = [text(coding, "display") for coding in children(concept, "coding")]
    candidates = (text(concept, "text"), *displays, *codes(concept))
    return _TAG.sub("", next((each for each in candidates if each), ""))


def status(resource: Node, key: str) -> str:
    """The first code of a status that FHIR holds as a concept (`clinicalStatus`, `verificationStatus`)."""
    return next(iter(codes(child(resource, key))), "")


def categories(resource: Node) -> frozenset[str]:
    return frozenset(code for concept in children(resource, "category") for code in codes(concept))


def preferred(concept: Node) -> str:
    """A SNOMED CT code where there is one, else the first code."""
    return next(iter((*codes(concept, SNOMED), *codes(concept))), "")
