"""Step 5. What is asked for? One of a closed set of intents; when unsure the assistant asks, it never guesses."""

import asyncio
from dataclasses import replace

from assistant.safety.verdict import Urgency
from assistant.turn.deps import Deps
from assistant.turn.state import Outcome, Pick, Stop, Turn

SURE = 0.4
"""Smallest share of the best intent that is acted on."""

_SURER = {"smalltalk": 0.6}
"""Words that mean nothing look most like smalltalk, so more is asked of it."""

_NAMES_A_TEST = 0.25
_REPORTS_SYMPTOM = 0.3

_ENDS: dict[str, tuple[Outcome, str]] = {
    "medication_change": (Outcome.REFUSED_DOSE, "refused_dose"),
    "diagnosis_request": (Outcome.REFUSED_DIAGNOSIS, "refused_diagnosis"),
    "other_person_record": (Outcome.REFUSED_OTHER_PERSON, "refused_other_person"),
    "out_of_scope": (Outcome.REFUSED_SCOPE, "refused_scope"),
    "human_handoff": (Outcome.HANDED_OVER, "handover_person"),
    "appointment": (Outcome.HANDED_OVER, "appointment_request"),
    "admin": (Outcome.INFORMED, "admin_help"),
    "privacy_request": (Outcome.INFORMED, "privacy_info"),
    "feedback": (Outcome.SMALLTALK, "feedback_thanks"),
    "smalltalk": (Outcome.SMALLTALK, "greeting"),
}
_OPENS_CASE = frozenset({"human_handoff", "appointment"})


async def pick(turn: Turn, deps: Deps) -> Pick:
    """The intents of a message, best first. A named lab test and a reported symptom speak for their intents."""
    brain = deps.brain.now
    text, lang = (turn.pivot, "en") if turn.pivot else (turn.text, turn.written_in or turn.lang)
    # In a thread: the embedder leaves the interpreter free, and other chats go on meanwhile.
    shares = dict(await asyncio.to_thread(brain.intents.classify, text, lang))
    if brain.labs.find(text):
        shares["explain_lab"] = shares.get("explain_lab", 0.0) + _NAMES_A_TEST
    if turn.verdict.symptom or turn.verdict.urgency is not Urgency.NONE:
        shares["symptom_report"] = shares.get("symptom_report", 0.0) + _REPORTS_SYMPTOM
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    best, share = ranked[0]
    return Pick(best, min(share, 1.0), tuple(ranked[1:4]))


async def classify(turn: Turn, deps: Deps) -> Turn | Stop:
    chosen = await pick(turn, deps)
    turn = replace(turn, pick=chosen)
    if chosen.confidence < _SURER.get(chosen.intent, SURE):
        return Stop(Outcome.CLARIFY, "clarify", pick=chosen)
    if chosen.intent in _ENDS:
        outcome, script = _ENDS[chosen.intent]
        return Stop(outcome, script, case="routine" if chosen.intent in _OPENS_CASE else None, pick=chosen)
    return turn
