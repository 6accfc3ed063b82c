"""Whether the record says that the person is pregnant, and since when."""

from collections.abc import Iterable
from datetime import date

from assistant.chart.fhir import times
from assistant.chart.fhir.codes import LOINC, codes
from assistant.chart.fhir.history import condition_of
from assistant.chart.fhir.node import Node, child, text
from assistant.chart.fhir.observations import DATES
from assistant.chart.record import LONGEST_PREGNANCY

# SNOMED CT findings of being pregnant and ICD-10-CM Z33.1, Z34.-, O09.- (supervision of a pregnancy).
_PREGNANT_CODES = frozenset({"77386006", "72892002", "47200007", "127364007", "16356006", "65147003", "Z33.1"})
_PREGNANT_FAMILIES = ("Z34", "O09")

# LOINC 82810-3 "Pregnancy status" with SNOMED CT or LOINC answers.
_STATUS_LOINC = "82810-3"
_YES = frozenset({"77386006", "LA15173-0"})
_NO = frozenset({"60001007", "LA26683-5"})

Said = tuple[date, bool]


def pregnant_since(conditions: Iterable[Node], observations: Iterable[Node]) -> date | None:
    """The day from which the newest statement on file holds; None when that says no, or nothing does."""
    said = sorted((*_by_conditions(conditions), *_by_observations(observations)))
    if not said or not said[-1][1]:
        return None
    after = max((day for day, yes in said if not yes), default=date.min)
    newest = said[-1][0]
    return next(day for day, yes in said if yes and day > after and newest - day <= LONGEST_PREGNANCY)


def _by_conditions(resources: Iterable[Node]) -> Iterable[Said]:
    for resource in resources:
        found = condition_of(resource)
        if found and found.active and found.since and _is_pregnancy(codes(child(resource, "code"))):
            yield found.since, True


def _is_pregnancy(found: tuple[str, ...]) -> bool:
    return any(code in _PREGNANT_CODES or code.startswith(_PREGNANT_FAMILIES) for code in found)


def _by_observations(resources: Iterable[Node]) -> Iterable[Said]:
    for resource in resources:
        if _STATUS_LOINC not in codes(child(resource, "code"), LOINC) or text(resource, "status") == "entered-in-error":
            continue
        day = times.day(times.written(resource, *DATES))
        answer = set(codes(child(resource, "valueCodeableConcept")))
        if day and answer & (_YES | _NO):
            yield day, bool(answer & _YES)
