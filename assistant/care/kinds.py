"""The closed vocabulary of cases."""

from enum import StrEnum
from typing import Literal


class Status(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"
    CLOSED = "closed"


class Happened(StrEnum):
    """The kinds of `CaseEvent`."""

    OPENED = "opened"
    PAGED = "paged"
    VIEWED = "viewed"
    CLAIMED = "claimed"
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"
    RELEASED = "released"
    NOTE = "note"
    CLOSED = "closed"
    PATIENT_WROTE = "patient_wrote"


ANSWERED = frozenset({Status.ACKNOWLEDGED, Status.REPLIED, Status.CLOSED})
"""A clinician has taken responsibility: nobody is chased any longer."""

View = Literal["open", "mine", "closed"]
Target = Literal["on_call", "supervisor"]

SYSTEM = "assistant"
"""The actor of what no person did."""
