"""Step 10. Every reply on every route: no diagnosis, dose, reassurance, foreign number or open place gets out."""

from dataclasses import replace

import structlog

from assistant.safety.forbidden import forbidden
from assistant.safety.verdict import Urgency
from assistant.turn.check_danger import STANDING
from assistant.turn.deps import Deps
from assistant.turn.render import part_text
from assistant.turn.reply import CheckCard, Part, ScriptCard
from assistant.turn.scripts import ended, script_card, site_values
from assistant.turn.state import Outcome, Stop, Turn

log = structlog.get_logger(__name__)

_SCRIPT_FAULTS = frozenset({"placeholder", "control"})
"""What is looked for in approved scripts: they may name numbers and say what to take, but nothing may be left open."""


def faults(part: Part, turn: Turn, deps: Deps) -> tuple[str, ...]:
    lang = turn.reply.lang if turn.reply else turn.lang
    known = (*site_values(deps).values(), *(s.url for s in turn.reply.sources if s.url)) if turn.reply else ()
    found = forbidden(part_text(part), lang, deps.rails.claims, allowed=known)
    kinds = tuple(dict.fromkeys(f.kind for f in found))
    if isinstance(part, ScriptCard | CheckCard):
        return tuple(k for k in kinds if k in _SCRIPT_FAULTS)
    return kinds


def _with_standing(turn: Turn, deps: Deps) -> Turn:
    """Every later reply of a chat begins with the danger that nobody has closed yet."""
    if STANDING not in turn.notes or turn.reply is None:
        return turn
    script = "standing_crisis" if turn.verdict.urgency is Urgency.CRISIS else "standing_danger"
    card = script_card(script, turn.lang, deps)
    return replace(turn, reply=turn.reply.with_parts(card, *turn.reply.parts))


async def final_check(turn: Turn, deps: Deps) -> Turn | Stop:
    if turn.reply is None:
        return ended(turn, Stop(Outcome.FAILED, "safe_failure", case="urgent"), deps)
    turn = _with_standing(turn, deps)
    assert turn.reply is not None
    bad = {i: found for i, part in enumerate(turn.reply.parts) if (found := faults(part, turn, deps))}
    if not bad:
        return turn
    log.error("final check replaced text", turn=turn.id, kinds=sorted({k for found in bad.values() for k in found}))
    kept = tuple(part for i, part in enumerate(turn.reply.parts) if i not in bad)
    if not any(part_text(part) for part in kept):
        return ended(turn, Stop(Outcome.FAILED, "safe_failure", case="urgent"), deps)
    return replace(turn, reply=turn.reply.with_parts(*kept))
