"""Step 2. Urgency is decided here, on the patient's own words, before any model runs. Nothing later lowers it."""

from dataclasses import replace
from datetime import timedelta

from assistant.chart.ranges import judge
from assistant.chart.record import Chart
from assistant.library.catalogue import Lab
from assistant.safety.verdict import Urgency, Verdict, more_urgent
from assistant.safety.who import RecentLab, Who
from assistant.turn.deps import Deps
from assistant.turn.state import CaseUrgency, Outcome, Stop, Turn

_RECENT = timedelta(days=30)


def who(turn: Turn) -> Who:
    person = turn.person
    return Who(
        age=person.age,
        sex=person.sex,
        pregnant=person.pregnant,
        conditions=person.conditions,
        medicines=person.medicines,
    )


def recent_labs(turn: Turn, deps: Deps) -> tuple[RecentLab, ...]:
    """The newest result of each test of the last 30 days that is outside its range."""
    if turn.chart is None:
        return ()
    found = (_recent(lab, turn.chart, turn) for lab in deps.content.labs)
    return tuple(lab for lab in found if lab is not None)


def _recent(lab: Lab, chart: Chart, turn: Turn) -> RecentLab | None:
    result = chart.latest(lab.facts.loinc)
    if result is None or turn.at.date() - result.at > _RECENT:
        return None
    flag = judge(result, lab.facts, turn.person).flag
    if flag in {"in_range", "unknown"}:
        return None
    names = tuple(
        alias.casefold() for words in lab.by_lang.values() for alias in (words.item.name, *words.item.aliases)
    )
    return RecentLab(
        names=names,
        flag="critical" if flag.startswith("critical") else "abnormal",
        category=lab.facts.critical.category or "other",
    )


def look(turn: Turn, text: str, deps: Deps) -> Verdict:
    return deps.brain.now.danger.check(
        text, history=turn.memory.messages, person=who(turn), labs=recent_labs(turn, deps)
    )


def end_for(verdict: Verdict) -> Stop | None:
    """How a verdict ends the turn: a script at once, the safety check, or not at all."""
    if verdict.action == "safety_check":
        return Stop(Outcome.SAFETY_CHECK, "check_intro", check=verdict.check)
    if verdict.action == "none":
        return None
    outcome, case = _ENDS[verdict.urgency]
    return Stop(outcome, verdict.script or "other", case=case)


_ENDS: dict[Urgency, tuple[Outcome, CaseUrgency]] = {
    Urgency.EMERGENCY: (Outcome.EMERGENCY, "emergency"),
    Urgency.CRISIS: (Outcome.CRISIS, "crisis"),
    Urgency.URGENT: (Outcome.URGENT, "urgent"),
    Urgency.ROUTINE: (Outcome.URGENT, "routine"),
    Urgency.NONE: (Outcome.URGENT, "routine"),
}


def _answered(turn: Turn, deps: Deps) -> Turn | Stop:
    """The patient answered a safety check: any yes escalates; all no says what to watch for."""
    check, answers = turn.answers or ("", ())
    card = deps.content.questions(check, turn.lang).item
    if any(answers):
        urgency = Urgency.CRISIS if card.category in {"suicide", "self_harm"} else Urgency.EMERGENCY
        category = card.category or "other"
        said = " · ".join(f"{'+' if a else '-'} {q.text}" for q, a in zip(card.questions, answers, strict=False))
        verdict = Verdict(urgency, category, rule=f"safety_check.{check}", script=category, reason=said)
        return replace(turn, verdict=verdict)
    return Stop(Outcome.URGENT, "check_all_no", case="routine")


async def check_danger(turn: Turn, deps: Deps) -> Turn | Stop:
    if turn.answers is not None:
        answered = _answered(turn, deps)
        if isinstance(answered, Stop):
            return answered
        turn = answered
    else:
        turn = replace(turn, verdict=more_urgent(turn.verdict, look(turn, turn.text, deps)))
    return _end(turn, deps)


STANDING = "standing"
"""Noted on a turn in whose chat a danger script was shown before and nobody has closed the case yet."""


def _already_told(turn: Turn) -> bool:
    """Nothing new in this message: what was said before is as urgent as then, and its script has been read."""
    standing = Urgency(turn.memory.standing)
    return turn.verdict.on == "history" and turn.verdict.urgency.rank <= standing.rank


def _standing(turn: Turn, deps: Deps) -> Turn | Stop:
    """The old danger is only recalled; what this message says by itself is judged by itself."""
    notes = (*turn.notes, STANDING) if turn.verdict.urgency.is_danger else turn.notes
    own = end_for(deps.brain.now.danger.check(turn.text, person=who(turn), labs=recent_labs(turn, deps)))
    if own is not None:
        return replace(own, verdict=turn.verdict, notes=notes)
    return replace(turn, notes=notes)


def _end(turn: Turn, deps: Deps) -> Turn | Stop:
    if turn.verdict.urgency is not Urgency.NONE and _already_told(turn):
        return _standing(turn, deps)
    stop = end_for(turn.verdict)
    if stop is not None:
        return replace(stop, verdict=turn.verdict)
    if "too_long" in turn.notes:
        return Stop(Outcome.REFUSED_INPUT, "refused_too_long")
    if "duplicate" in turn.notes:
        return Stop(Outcome.DUPLICATE, "duplicate")
    return turn
