"""Step 4. NeMo's input rails: injection, other people's records, harm. Secrets are masked before any model reads."""

from dataclasses import replace

from assistant.turn.deps import Deps
from assistant.turn.state import Outcome, Stop, Turn

_REFUSALS: dict[str, tuple[Outcome, str]] = {
    "injection": (Outcome.REFUSED_INJECTION, "refused_injection"),
    "prompt_extraction": (Outcome.REFUSED_INJECTION, "refused_injection"),
    "other_person": (Outcome.REFUSED_OTHER_PERSON, "refused_other_person"),
    "harm": (Outcome.REFUSED_HARM, "refused_harm"),
}


async def screen_input(turn: Turn, deps: Deps) -> Turn | Stop:
    for text in filter(None, (turn.text, turn.pivot)):
        screened = await deps.rails.screen_input(text)
        if screened.blocked:
            outcome, script = _REFUSALS.get(screened.rail or "", (Outcome.REFUSED_SCOPE, "refused_scope"))
            return Stop(outcome, script)
        turn = replace(turn, masked=screened.text)
    return turn
