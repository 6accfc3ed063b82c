"""What the danger check says: how urgent, why, and on which words."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

Span = tuple[int, int]


class Urgency(StrEnum):
    """Closed and ordered; `crisis` ranks with `emergency` and has its own scripts."""

    NONE = "none"
    ROUTINE = "routine"
    URGENT = "urgent"
    EMERGENCY = "emergency"
    CRISIS = "crisis"

    @property
    def rank(self) -> int:
        return _RANK[self]

    @property
    def is_danger(self) -> bool:
        return self.rank == _RANK[Urgency.EMERGENCY]


_RANK = {Urgency.NONE: 0, Urgency.ROUTINE: 1, Urgency.URGENT: 2, Urgency.EMERGENCY: 3, Urgency.CRISIS: 3}

Action = Literal["script", "safety_check", "none"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One urgency with its reason.

    `spans` are code point offsets into the text as typed, most telling first. `script` names the approved script;
    `check` names the safety check card for an unsure verdict on a symptom. `reason` and `source` come from the
    rule file and are for staff, never for patients.
    """

    urgency: Urgency
    category: str = "none"
    rule: str | None = None
    spans: tuple[Span, ...] = ()
    reason: str = ""
    source: str = ""
    script: str | None = None
    check: str | None = None
    symptom: bool = False
    on: Literal["typed", "history", "pivot", "chart", "standing"] = "typed"

    @property
    def span(self) -> Span | None:
        return self.spans[0] if self.spans else None

    @property
    def action(self) -> Action:
        """`script` ends the turn with approved words; `safety_check` asks the red-flag card first."""
        if self.script is not None:
            return "script"
        return "safety_check" if self.check is not None else "none"

    def seen_on(self, where: Literal["history", "pivot", "chart", "standing"]) -> "Verdict":
        """The same verdict, found on another text than the one typed: its spans no longer apply."""
        return replace(self, on=where, spans=())


NO_DANGER = Verdict(Urgency.NONE)

_ACTION_RANK: dict[Action, int] = {"none": 0, "safety_check": 1, "script": 2}


def more_urgent(first: Verdict, second: Verdict) -> Verdict:
    """The more urgent of two; on a tie the one that acts more strongly, then the first."""
    key = (second.urgency.rank, _ACTION_RANK[second.action])
    return second if key > (first.urgency.rank, _ACTION_RANK[first.action]) else first
