"""CarePlan with its Goals → care plans that are running now."""

from collections.abc import Iterable, Mapping
from itertools import chain

from assistant.chart.fhir import times
from assistant.chart.fhir.codes import name
from assistant.chart.fhir.node import Node, child, children, text
from assistant.chart.record import CareActivity, CarePlan

_RUNNING = frozenset({"active", "on-hold"})
_OPEN_GOALS = frozenset({"planned", "accepted", "active", "on-hold"})
_OVER = frozenset({"completed", "cancelled", "stopped", "entered-in-error"})


def plans_of(resources: Iterable[Node], goals: Mapping[str, Node]) -> tuple[CarePlan, ...]:
    """`goals` by `Goal/id`. Open goals that no plan names follow in a plan without a title."""
    resources = tuple(resources)
    plans = tuple(_plan(each, goals) for each in resources if text(each, "status") in _RUNNING)
    named = set(chain.from_iterable(_goal_refs(each) for each in resources))
    loose = tuple(goal for ref in goals if ref not in named and (goal := _goal(goals[ref])))
    return (*plans, CarePlan("goals", "", loose)) if loose else plans


def _plan(resource: Node, goals: Mapping[str, Node]) -> CarePlan:
    aims = (_goal(goals[ref]) for ref in _goal_refs(resource) if ref in goals)
    steps = (_activity(each, position, resource) for position, each in enumerate(children(resource, "activity")))
    return CarePlan(
        id=text(resource, "id"),
        title=_title(resource),
        activities=tuple(each for each in chain(aims, steps) if each),
        since=times.began(resource, "period", "created"),
    )


def _title(resource: Node) -> str:
    kinds = (name(concept) for concept in children(resource, "category"))
    candidates = (text(resource, "title"), *kinds, text(resource, "description"))
    return next((each for each in candidates if each and each != "assess-plan"), "")


def _goal_refs(resource: Node) -> tuple[str, ...]:
    found = (text(each, "reference").split("/") for each in children(resource, "goal"))
    return tuple("/".join(parts[-2:]) for parts in found)


def _goal(resource: Node) -> CareActivity | None:
    said = name(child(resource, "description"))
    if not said or text(resource, "lifecycleStatus") not in _OPEN_GOALS:
        return None
    due = next((day for each in children(resource, "target") if (day := times.day(text(each, "dueDate")))), None)
    return CareActivity(text(resource, "id"), said, "goal", due)


def _activity(resource: Node, position: int, plan: Node) -> CareActivity | None:
    detail = child(resource, "detail")
    said = text(detail, "description") or name(child(detail, "code"))
    if not said or text(detail, "status") in _OVER:
        return None
    due = times.day(text(child(detail, "scheduledPeriod"), "end"))
    return CareActivity(f"{text(plan, 'id')}#{position + 1}", said, "activity", due)
