"""Cases for tests. The words are invented and stand for a patient's."""

from typing import Any

from assistant.care.opening import NewCase
from assistant.safety.verdict import Urgency
from assistant.store.ids import AccountId, PatientId, ThreadId, TurnId, new_id

WORDS = "my chest feels tight zebra"
NINA, SAM = AccountId("nina-id"), AccountId("sam-id")


def new_case(urgency: Urgency = Urgency.EMERGENCY, **changes: Any) -> NewCase:
    values: dict[str, Any] = {
        "thread_id": ThreadId("thread-1"),
        "turn_id": TurnId(new_id()),
        "urgency": urgency,
        "category": "cardiac",
        "words": WORDS,
        "patient_id": PatientId("rosa_alvarez"),
        "account_id": AccountId("rosa-id"),
        "evidence": {"rule": "chest_tightness"},
    }
    return NewCase(**values | changes)
