"""What the chat keeps for its next message. Blocked turns leave no words behind."""

from dataclasses import replace

from assistant.safety.verdict import Urgency
from assistant.turn.state import Memory, Outcome, Turn

MESSAGES_KEPT = 12

_FORGOTTEN = frozenset(
    {Outcome.REFUSED_INJECTION, Outcome.REFUSED_HARM, Outcome.REFUSED_INPUT, Outcome.DUPLICATE, Outcome.FAILED}
)


def remember(turn: Turn) -> Memory:
    memory = turn.memory
    kept = memory.messages if turn.outcome in _FORGOTTEN else (*memory.messages, turn.text)[-MESSAGES_KEPT:]
    standing = max((memory.standing, turn.verdict.urgency.value), key=lambda u: Urgency(u).rank)
    return replace(
        memory,
        messages=kept,
        focus=turn.focus or memory.focus,
        intent=turn.pick.intent if turn.pick else memory.intent,
        standing=standing,
        standing_rule=turn.verdict.rule or memory.standing_rule,
        check=(turn.stop.check or "") if turn.stop else "",
        last_hash=turn.digest or memory.last_hash,
        last_at=turn.at.isoformat(),
        lang=turn.lang,
    )
