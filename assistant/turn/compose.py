"""Step 7. From evidence to a draft: approved sentences chosen and ordered; an installed model may rephrase them."""

from dataclasses import replace

from assistant.turn.compose_labs import lab_answer, result_list
from assistant.turn.compose_record import medicine_list, plan_answer, visit_answer
from assistant.turn.compose_text import text_answer
from assistant.turn.deps import Deps
from assistant.turn.evidence import Evidence, LabAnswer, MedicineList, PlanAnswer, ResultList, TextAnswer, VisitAnswer
from assistant.turn.rephrase import rephrased
from assistant.turn.reply import Part, Reply
from assistant.turn.sources import numbered
from assistant.turn.state import Outcome, Stop, Turn
from assistant.turn.suggest import suggestions
from assistant.turn.voice import Voice


def draft(evidence: Evidence, voice: Voice) -> tuple[tuple[Part, ...], Outcome]:
    match evidence:
        case LabAnswer():
            return lab_answer(evidence, voice), Outcome.EXPLAINED
        case ResultList():
            return result_list(evidence, voice), Outcome.RECORD
        case TextAnswer():
            return text_answer(evidence, voice), Outcome.INFORMED
        case PlanAnswer():
            return plan_answer(evidence, voice), Outcome.RECORD
        case VisitAnswer():
            return visit_answer(evidence, voice), Outcome.INFORMED
        case MedicineList():
            return medicine_list(evidence, voice), Outcome.RECORD


async def compose(turn: Turn, deps: Deps) -> Turn | Stop:
    evidence = turn.evidence
    if evidence is None:
        return Stop(Outcome.NO_SOURCE, "no_source")
    voice = Voice(turn.lang, deps.content.frames(turn.lang), deps.words)
    parts, outcome = draft(evidence, voice)
    if not parts:
        return Stop(Outcome.NO_SOURCE, "no_source")
    parts, model = await rephrased(parts, turn, deps)
    reply = Reply(
        lang=turn.lang,
        parts=numbered(parts),
        suggestions=suggestions(turn, evidence, voice, deps),
        footer=_footer(parts, voice),
    )
    return replace(
        turn,
        reply=reply,
        outcome=outcome,
        model=model,
        focus=_focus(evidence),
        labs_used=tuple(s.ref for s in reply.sources if s.ref.startswith("Observation/")),
    )


def _focus(evidence: Evidence) -> tuple[str, ...]:
    return tuple(e.lab.facts.id for e in evidence.labs) if isinstance(evidence, LabAnswer) else ()


def _footer(parts: tuple[Part, ...], voice: Voice) -> str:
    """What text this is, its version and its honest status."""
    reply = Reply(lang=voice.lang, parts=parts)
    titles = dict.fromkeys(voice.versioned(s.title, s.version) for s in reply.sources if s.kind == "content")
    return voice.say("footer", titles=", ".join(titles)) if titles else voice.say("footer_record")
