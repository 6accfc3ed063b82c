"""Step 1. A message arrives: clean it, find out whose it is, load their record."""

import hashlib
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.care.kinds import Status
from assistant.safety.verdict import Urgency
from assistant.turn.deps import Deps
from assistant.turn.state import Outcome, Stop, Turn

HARD_LIMIT = 100_000
"""Characters looked at, in any case: the danger check reads all of them before a long message is refused."""

_AGAIN = timedelta(seconds=4)
_KEPT_CONTROLS = "\n\t"


def clean(text: str) -> str:
    """Without NUL, other control characters and bidi overrides, which hide words from a reader."""
    kept = (c for c in text[:HARD_LIMIT] if c in _KEPT_CONTROLS or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(c for c in kept if c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069").strip()


def _same_again(turn: Turn, digest: str) -> bool:
    """The same words within seconds: a double tap, not a second question."""
    if digest != turn.memory.last_hash or not turn.memory.last_at:
        return False
    return turn.at - datetime.fromisoformat(turn.memory.last_at) < _AGAIN


async def _closed_by_a_nurse(turn: Turn, deps: Deps) -> Turn:
    """Danger stands until a nurse has closed every case of the chat; only then are the old words laid aside."""
    if not Urgency(turn.memory.standing).is_danger:
        return turn
    cases = await deps.cases.of_thread(turn.thread)
    if not cases or any(case.status != Status.CLOSED for case in cases):
        return turn
    return replace(turn, memory=replace(turn.memory, messages=(), standing=Urgency.NONE, standing_rule=""))


async def receive(turn: Turn, deps: Deps) -> Turn | Stop:
    text = clean(turn.text)
    if not text and turn.answers is None:
        return Stop(Outcome.REFUSED_INPUT, "refused_empty")
    digest = hashlib.sha256(text.encode()).hexdigest()
    chart = await deps.charts.of(turn.patient) if turn.patient else turn.chart
    turn = await _closed_by_a_nurse(turn, deps)
    notes = turn.notes
    if len(text) > deps.settings.message_limit:
        notes = (*notes, "too_long")
    if _same_again(turn, digest):
        notes = (*notes, "duplicate")
    return replace(
        turn,
        text=text,
        digest=digest,
        chart=chart,
        person=chart.person if chart else turn.person,
        notes=notes,
    )
