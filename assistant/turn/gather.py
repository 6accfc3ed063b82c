"""Step 6. Collect the evidence: own results, own plan, approved passages. None: say so and offer a human."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from assistant.chart.record import Chart, Condition, Medicine
from assistant.library.files import Versioned
from assistant.library.schema import Article
from assistant.turn.deps import Deps
from assistant.turn.evidence import Evidence, MedicineList, PlanAnswer, ResultList, TextAnswer, VisitAnswer
from assistant.turn.find_labs import fold, words_of
from assistant.turn.gather_labs import all_labs, gather_labs
from assistant.turn.state import Outcome, Stop, Turn

NO_SOURCE = Stop(Outcome.NO_SOURCE, "no_source")


def query_of(turn: Turn) -> str:
    return turn.masked or turn.pivot or turn.text


async def _explain_lab(turn: Turn, deps: Deps) -> Evidence | Stop:
    return gather_labs(turn, deps)


async def _from_library(turn: Turn, deps: Deps, kinds: frozenset[str]) -> Evidence | Stop:
    """The best approved article of these kinds (any kind when none fits), in the patient's language."""
    hits = deps.brain.now.search[turn.lang].search(query_of(turn), k=8)
    articles = [(hit, hit.article) for hit in hits if isinstance(hit.article.item, Article)]
    fitting = [found for found in articles if found[0].kind in kinds] or articles
    if fitting:
        hit, item = fitting[0]
        return _text(item, hit.passage.id, turn.chart)
    if hits and "condition" in kinds:
        return gather_labs(turn, deps, lab=hits[0].lab)
    return NO_SOURCE


def _text(item: Versioned[Article], hit: str, chart: Chart | None) -> TextAnswer:
    article = item.item
    return TextAnswer(
        item,
        _passages_for(hit, tuple(p.id for p in article.passages)),
        conditions=_own_conditions(chart, article.codes),
        medicines=_own_medicines(chart, article.drugs),
    )


def _passages_for(hit: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The first passage and the one that was found; a short article is shown whole."""
    if len(ids) <= 3:
        return ids
    warn = next((p for p in ids if p in {"team", "serious"}), ids[-1])
    return tuple(p for p in ids if p in {ids[0], hit, warn})


def _own_conditions(chart: Chart | None, codes: tuple[str, ...]) -> tuple[Condition, ...]:
    return tuple(c for c in chart.conditions if c.active and c.code in codes) if chart else ()


def _own_medicines(chart: Chart | None, drugs: tuple[str, ...]) -> tuple[Medicine, ...]:
    named = [fold(d) for d in drugs]
    return tuple(m for m in chart.medicines if m.active and any(d in fold(m.name) for d in named)) if chart else ()


async def _condition(turn: Turn, deps: Deps) -> Evidence | Stop:
    return await _from_library(turn, deps, frozenset({"condition"}))


async def _medicine(turn: Turn, deps: Deps) -> Evidence | Stop:
    words = set(words_of(query_of(turn)))
    for item in deps.content.medicines(turn.lang):
        if any(words.issuperset(words_of(name)) for name in item.item.drugs):
            ids = tuple(p.id for p in item.item.passages)
            return TextAnswer(item, ids, medicines=_own_medicines(turn.chart, item.item.drugs))
    if turn.chart and words & _MY_MEDICINES:
        return MedicineList(tuple(m for m in turn.chart.medicines if m.active))
    return await _from_library(turn, deps, frozenset({"medicine", "using_medicines"}))


_MY_MEDICINES = frozenset({"medicines", "meds", "medications", "tablets", "pills", "medicinas", "pastillas"})


async def _plan(turn: Turn, deps: Deps) -> Evidence | Stop:
    if turn.chart and turn.chart.plans:
        hits = deps.brain.now.search[turn.lang].search(query_of(turn), k=1)
        if not hits or (words_of(query_of(turn)) and {"plan", "care", "cuidados"} & set(words_of(query_of(turn)))):
            return PlanAnswer(turn.chart.plans, turn.chart.visits)
    return await _from_library(turn, deps, frozenset({"self_care", "condition"}))


async def _visit(turn: Turn, deps: Deps) -> Evidence | Stop:
    words = set(words_of(query_of(turn)))
    sets = deps.content.question_sets(turn.lang, "visit")
    own = {c.code for c in turn.chart.conditions if c.active} if turn.chart else set()
    named = (s for s in sets if any(words.issuperset(words_of(a)) for a in s.item.aliases))
    fits = (s for s in sets if own.intersection(s.item.codes))
    general = (s for s in sets if s.item.id == "general_visit")
    chosen = next(named, None) or next(fits, None) or next(general, None)
    if chosen is None:
        return NO_SOURCE
    visits = tuple(v for v in turn.chart.visits if v.at >= turn.at.date()) if turn.chart else ()
    return VisitAnswer(chosen, visits)


async def _preventive(turn: Turn, deps: Deps) -> Evidence | Stop:
    return await _from_library(turn, deps, frozenset({"prevention"}))


async def _test_prep(turn: Turn, deps: Deps) -> Evidence | Stop:
    return await _from_library(turn, deps, frozenset({"test_prep", "procedure"}))


async def _symptom(turn: Turn, deps: Deps) -> Evidence | Stop:
    """No rule saw danger: general self-care if it is approved, and always how to reach a nurse."""
    return Stop(Outcome.INFORMED, "routine_symptom")


_GATHER: dict[str, Callable[[Turn, Deps], Awaitable[Evidence | Stop]]] = {
    "explain_lab": _explain_lab,
    "explain_condition": _condition,
    "medication_info": _medicine,
    "care_plan": _plan,
    "visit_prep": _visit,
    "preventive_care": _preventive,
    "test_prep": _test_prep,
    "symptom_report": _symptom,
}


async def gather(turn: Turn, deps: Deps) -> Turn | Stop:
    intent = turn.pick.intent if turn.pick else ""
    found = await _GATHER.get(intent, _condition)(turn, deps)
    if isinstance(found, Stop):
        return found
    if isinstance(found, ResultList) and not found.labs:
        found = ResultList(all_labs(turn, deps), only_outside=found.only_outside)
    return replace(turn, evidence=found)
