"""Own laboratory results as evidence."""

from assistant.chart import derived
from assistant.chart.ranges import judge
from assistant.chart.trend import change
from assistant.library.catalogue import Lab
from assistant.turn.deps import Deps
from assistant.turn.evidence import Evidence, LabAnswer, LabEvidence, ResultList
from assistant.turn.find_labs import words_of
from assistant.turn.state import Outcome, Stop, Turn

MOST_AT_ONCE = 3
_ALL = frozenset({"all", "everything", "results", "labs", "bloods", "todos", "todas", "resultados", "analisis"})
_OUTSIDE = frozenset(
    {"abnormal", "outside", "wrong", "off", "flagged", "fuera", "anormal", "anormales", "mal", "alterado"}
)


def evidence_of(lab: Lab, turn: Turn, said: float | None = None) -> LabEvidence:
    recorded = turn.chart.series(lab.facts.loinc) if turn.chart else ()
    series = tuple(result for result in recorded if result.value is not None or result.words)
    latest = series[-1] if series else None
    return LabEvidence(
        lab=lab,
        series=series,
        judged=judge(latest, lab.facts, turn.person) if latest else None,
        change=change(series, lab.facts) if len(series) > 1 else None,
        derived=derived.for_result(lab.facts.id, latest, lab.facts) if latest else (),
        said=said,
    )


def all_labs(turn: Turn, deps: Deps) -> tuple[LabEvidence, ...]:
    found = (evidence_of(lab, turn) for lab in deps.content.labs)
    return tuple(e for e in found if e.latest is not None)


def gather_labs(turn: Turn, deps: Deps, lab: str | None = None) -> Evidence | Stop:
    """Named tests first; then a group ("my cholesterol"), all results, what is outside, or the last topic."""
    text = turn.pivot or turn.text
    mentions = deps.brain.now.labs.find(text)
    if mentions:
        named = [(deps.content.lab(m.lab), m.said) for m in mentions[:MOST_AT_ONCE]]
        return LabAnswer(tuple(evidence_of(found, turn, said) for found, said in named if found))
    words = set(words_of(text))
    if words & _OUTSIDE:
        return ResultList((), only_outside=True)
    group = _group(words, turn, deps)
    if group:
        return ResultList(group, only_outside=False)
    if words & _ALL:
        return ResultList((), only_outside=False)
    wanted = [lab] if lab else list(turn.memory.focus)
    known = [found for found in map(deps.content.lab, wanted) if found]
    if not known:
        return Stop(Outcome.CLARIFY, "clarify_lab")
    return LabAnswer(tuple(evidence_of(found, turn) for found in known))


def _group(words: set[str], turn: Turn, deps: Deps) -> tuple[LabEvidence, ...]:
    frames = deps.content.frames(turn.lang)
    groups = {lab.facts.group for lab in deps.content.labs}
    named = {g for g in groups if words.issuperset(words_of(frames.fill(f"group_{g}")))}
    return tuple(e for e in all_labs(turn, deps) if e.lab.facts.group in named)
