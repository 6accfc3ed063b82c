"""Names for every identity, so that one kind of id can never be passed for another."""

from typing import NewType
from uuid import uuid4

AccountId = NewType("AccountId", str)
PatientId = NewType("PatientId", str)
ThreadId = NewType("ThreadId", str)
TurnId = NewType("TurnId", str)
CaseId = NewType("CaseId", str)
ContentId = NewType("ContentId", str)
ObservationId = NewType("ObservationId", str)
PassageId = NewType("PassageId", str)
RuleId = NewType("RuleId", str)
Lang = NewType("Lang", str)


def new_id() -> str:
    """A random identity (UUID 4, hyphenated)."""
    return str(uuid4())
