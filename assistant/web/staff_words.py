"""Closed words of the care side as staff read them."""

from assistant.care.kinds import Status
from assistant.safety.verdict import Urgency
from assistant.store.tables import Case

URGENCY = {
    Urgency.EMERGENCY: "Emergency",
    Urgency.CRISIS: "Crisis",
    Urgency.URGENT: "Same day",
    Urgency.ROUTINE: "Routine",
}
STATUS = {
    Status.OPEN: "new",
    Status.CLAIMED: "claimed",
    Status.ACKNOWLEDGED: "acknowledged",
    Status.REPLIED: "replied",
    Status.CLOSED: "closed",
}
OUTCOMES = {
    "advised": "Advice given in the chat",
    "spoke": "Spoke with the patient",
    "emergency_services": "Emergency services are with the patient",
    "appointment": "Appointment made",
    "referred": "Passed on to another team",
    "not_reached": "Could not be reached",
    "no_action": "No action needed",
}
"""How a case may end: the code is kept, the words are shown."""

ON = {  # without "typed": the marked words say so themselves
    "history": "found together with earlier messages of this chat",
    "pivot": "found in the English translation",
    "chart": "found in the record",
    "standing": "an earlier danger of this chat still stands",
}
SEX = {"f": "female", "m": "male", "x": "sex: other"}
_ASKED = {
    "handed_over/person": "Wants to talk to a person",
    "handed_over/interpreter": "Needs an interpreter",
    "failed/safe_reply": "The assistant could not answer",
}


def humanise(code: str) -> str:
    """`critical_lab_with_symptom` → `Critical lab with symptom`."""
    return code.replace("_", " ").replace("/", ": ").strip().capitalize()


def why(case: Case) -> str:
    """The reason for a case in one line: the rule's own, or what the patient asked for."""
    evidence = case.evidence
    if reason := str(evidence.get("reason", "")):
        return reason
    asked = _ASKED.get(str(evidence.get("outcome", "")))
    return asked or humanise(str(evidence.get("intent") or case.category))
