"""Step 3. Which language is it, and what does it say in English? The danger check runs again on the English."""

from dataclasses import replace

from assistant.safety.verdict import more_urgent
from assistant.turn.check_danger import end_for, look
from assistant.turn.deps import Deps
from assistant.turn.state import Outcome, Stop, Turn

READS_DANGER_IN = frozenset({"en", "es"})
"""Languages with danger rules of their own. A text in any other must be read by a person or by its translation."""


async def translate_in(turn: Turn, deps: Deps) -> Turn | Stop:
    seen = deps.detector.detect(turn.text, turn.lang)
    if seen.action == "unsupported":
        return _needs_person(turn, seen.lang, "language_unsupported", deps)
    turn = replace(turn, written_in=seen.lang)
    if seen.lang == "en":
        return turn
    pivot = await deps.translator.translate(turn.text, seen.lang, "en")
    if pivot is None:
        return turn if seen.lang in READS_DANGER_IN else _needs_person(turn, seen.lang, "handover_interpreter", deps)
    verdict = more_urgent(turn.verdict, look(turn, pivot, deps).seen_on("pivot"))
    stop = end_for(verdict)
    return replace(stop, verdict=verdict) if stop else replace(turn, pivot=pivot, verdict=verdict)


def _needs_person(turn: Turn, lang: str, script: str, deps: Deps) -> Stop:
    """Nobody here can tell whether this is dangerous, so a person reads it today."""
    values = {"language": deps.words.language_name(lang, turn.lang)}
    return Stop(Outcome.INTERPRETER, script, values=values, case="urgent", lang=lang)
