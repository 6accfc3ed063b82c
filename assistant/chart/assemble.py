"""Stored FHIR resources → `Chart`, by plain light code: they were validated when they came in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TypeVar

from assistant.chart.fhir import times
from assistant.chart.fhir.codes import codes
from assistant.chart.fhir.history import allergy_of, condition_of
from assistant.chart.fhir.medicines import KINDS as MEDICINE_KINDS
from assistant.chart.fhir.medicines import medicine_of, newest
from assistant.chart.fhir.node import EMPTY, Node, child, text
from assistant.chart.fhir.observations import DATES, Family, family, results_of
from assistant.chart.fhir.people import person_of
from assistant.chart.fhir.plans import plans_of
from assistant.chart.fhir.pregnancy import pregnant_since
from assistant.chart.fhir.visits import visit_of
from assistant.chart.record import Chart, LabResult, Medicine, Person
from assistant.store.ids import PatientId

T = TypeVar("T")


def chart_of(patient: PatientId, resources: Iterable[Mapping[str, object]], today: date) -> Chart:
    """Everything on file as of `today` (which fixes the age and whether a pregnancy still runs)."""
    by_kind: dict[str, list[Node]] = {}
    for resource in resources:
        by_kind.setdefault(text(resource, "resourceType"), []).append(resource)

    def all_of(*kinds: str) -> list[Node]:
        return [resource for kind in kinds for resource in by_kind.get(kind, [])]

    medicines = newest(_each(all_of(*sorted(MEDICINE_KINDS)), _medicines(all_of("Medication"))))
    person = _person(all_of, medicines, today)
    return Chart(
        patient=patient,
        person=person,
        labs=_results(all_of("Observation"), person, "laboratory"),
        vitals=_results(all_of("Observation"), person, "vital"),
        conditions=tuple(_each(all_of("Condition"), condition_of)),
        medicines=medicines,
        plans=plans_of(all_of("CarePlan"), _by_ref(all_of("Goal"))),
        visits=tuple(sorted(_each(all_of("Appointment"), visit_of), key=lambda visit: (visit.at, visit.time))),
        allergies=tuple(_each(all_of("AllergyIntolerance"), allergy_of)),
    )


def _each(resources: Iterable[Node], read: Callable[[Node], T | None]) -> Iterable[T]:
    return (found for each in resources if (found := read(each)) is not None)


def _by_ref(resources: Iterable[Node]) -> dict[str, Node]:
    return {f"{text(each, 'resourceType')}/{text(each, 'id')}": each for each in resources}


def _medicines(drugs: Iterable[Node]) -> Callable[[Node], Medicine | None]:
    known = _by_ref(drugs)
    return lambda resource: medicine_of(resource, known)


def _person(all_of: Callable[..., list[Node]], medicines: Sequence[Medicine], today: date) -> Person:
    patients = all_of("Patient")
    known = person_of(patients[0] if patients else EMPTY, today)
    since = pregnant_since(all_of("Condition"), all_of("Observation"))
    taken = dict.fromkeys(each.name for each in medicines if each.active and each.name)
    return replace(
        known, pregnant_since=since, conditions=_condition_words(all_of("Condition")), medicines=tuple(taken)
    ).on(today)


def _condition_words(resources: Iterable[Node]) -> tuple[str, ...]:
    """Names and codes of what is active, so that content can be found by either."""
    found: dict[str, None] = {}
    for resource in resources:
        condition = condition_of(resource)
        if condition and condition.active:
            found.update(dict.fromkeys((condition.name, *codes(child(resource, "code")))))
    return tuple(word for word in found if word)


def _results(observations: Iterable[Node], person: Person, wanted: Family) -> tuple[LabResult, ...]:
    mine = [each for each in observations if family(each) == wanted]
    mine.sort(key=lambda each: (times.instant(times.written(each, *DATES)), text(each, "issued")))
    return tuple(chain.from_iterable(results_of(each, person) for each in mine))
