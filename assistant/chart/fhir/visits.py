"""Appointment → visits."""

from assistant.chart.fhir import times
from assistant.chart.fhir.codes import name
from assistant.chart.fhir.node import Node, child, children, target, text
from assistant.chart.record import Visit

_OFF = frozenset({"cancelled", "noshow", "entered-in-error"})


def visit_of(resource: Node) -> Visit | None:
    start = text(resource, "start")
    at = times.day(start)
    if at is None or text(resource, "status") in _OFF:
        return None
    return Visit(
        text(resource, "id"), at, _title(resource), text(resource, "status"), times.clock(start), _place(resource)
    )


def _title(resource: Node) -> str:
    kinds = (name(concept) for concept in children(resource, "serviceType"))
    candidates = (text(resource, "description"), *kinds, name(child(resource, "appointmentType")))
    return next((each for each in candidates if each), "")


def _place(resource: Node) -> str:
    actors = (each for each in children(resource, "participant") if target(each, "actor").startswith("Location/"))
    return next((text(child(each, "actor"), "display") for each in actors), "")
