"""What has happened to a case: every event, who was paged when, and who has seen it. Events only grow."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.care.kinds import SYSTEM, Happened
from assistant.store.tables import Case, CaseEvent
from assistant.web.staff_clock import Local
from assistant.web.staff_words import OUTCOMES

_SAID = {
    Happened.OPENED: "Case opened",
    Happened.VIEWED: "Seen",
    Happened.CLAIMED: "Claimed",
    Happened.ACKNOWLEDGED: "Acknowledged",
    Happened.REPLIED: "Replied",
    Happened.RELEASED: "Released",
    Happened.NOTE: "Note",
    Happened.CLOSED: "Closed",
    Happened.PATIENT_WROTE: "The patient wrote again",
}
_PAGED = {"on_call": "On-call was paged", "supervisor": "The supervisor was paged"}
_SILENT = frozenset({Happened.PATIENT_WROTE, Happened.REPLIED})
"""Their words stand in the chat already."""


@dataclass(frozen=True, slots=True)
class Line:
    """`who` is empty for what no member of staff did."""

    time: str
    what: str
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class History:
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    paged: str
    seen_by: tuple[tuple[str, str], ...]


def history_of(case: Case, events: Sequence[CaseEvent], names: dict[str, str], local: Local) -> History:
    lines = tuple(_line(case, event, names, local) for event in events)
    seen = [event for event in events if event.kind == Happened.VIEWED]
    return History(
        lines=lines,
        notes=tuple(line for line, event in zip(lines, events, strict=True) if event.kind == Happened.NOTE),
        paged=_paged(events, local),
        seen_by=tuple((names[event.actor], local.time(event.at)) for event in seen),
    )


def _line(case: Case, event: CaseEvent, names: dict[str, str], local: Local) -> Line:
    kind = Happened(event.kind)
    by_staff = event.actor not in {SYSTEM, case.account_id}
    return Line(
        time=local.time(event.at),
        what=_PAGED[event.note] if kind is Happened.PAGED else _SAID[kind],
        who=names[event.actor] if by_staff else "",
        note=_note(kind, event.note),
    )


def _note(kind: Happened, note: str) -> str:
    if kind is Happened.CLOSED:
        return OUTCOMES.get(note, note)
    return "" if kind in _SILENT or kind is Happened.PAGED else note


def _paged(events: Sequence[CaseEvent], local: Local) -> str:
    """`on-call 10:39, 10:41 · supervisor 10:44`."""
    by_target: dict[str, list[str]] = {}
    for event in events:
        if event.kind == Happened.PAGED:
            by_target.setdefault(event.note.replace("_", "-"), []).append(local.time(event.at))
    return " · ".join(f"{target} {', '.join(times)}" for target, times in by_target.items())
