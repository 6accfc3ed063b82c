"""The path of a message. This list is the architecture; LangGraph runs it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import perf_counter
from typing import Annotated, Any, Protocol, TypedDict

import structlog
from langgraph.channels import UntrackedValue
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command

from assistant.turn.check_danger import check_danger
from assistant.turn.classify import classify
from assistant.turn.compose import compose
from assistant.turn.deps import Deps
from assistant.turn.final_check import final_check
from assistant.turn.gather import gather
from assistant.turn.receive import receive
from assistant.turn.record import record
from assistant.turn.remember import remember
from assistant.turn.screen_input import screen_input
from assistant.turn.screen_output import screen_output
from assistant.turn.scripts import ended
from assistant.turn.state import Memory, Outcome, Stop, Turn
from assistant.turn.translate_in import translate_in
from assistant.turn.translate_out import translate_out

log = structlog.get_logger(__name__)

Step = Callable[[Turn, Deps], Awaitable[Turn | Stop]]

STEPS: tuple[Step, ...] = (
    receive,
    check_danger,
    translate_in,
    screen_input,
    classify,
    gather,
    compose,
    screen_output,
    translate_out,
    final_check,
    record,
)
ALWAYS: tuple[Step, ...] = (final_check, record)
"""The steps that every turn goes through, however it ended."""


class State(TypedDict, total=False):
    """The turn in flight never reaches a checkpoint; what is remembered does, encrypted, inside a dict."""

    turn: Annotated[Turn, UntrackedValue]
    memory: dict[str, Any]


class Node(Protocol):
    """A step as LangGraph calls it."""

    async def __call__(self, state: State) -> Command[str]: ...


async def run(step: Step, turn: Turn, deps: Deps) -> Turn:
    """One step: times it, and turns an end or a fault into approved words."""
    started = perf_counter()
    try:
        result = await step(turn, deps)
    except Exception as error:
        log.error("step failed", step=name_of(step), turn=turn.id, error=type(error).__name__)
        result = _after_fault(turn)
    done = ended(turn, result, deps) if isinstance(result, Stop) else result
    return replace(done, steps=(*done.steps, (name_of(step), (perf_counter() - started) * 1000)))


def _after_fault(turn: Turn) -> Turn | Stop:
    """A danger script that is already chosen is never replaced by an apology; anything else becomes a safe reply."""
    if turn.stop is not None and turn.verdict.urgency.is_danger:
        return turn
    return Stop(Outcome.FAILED, "safe_failure", case="urgent")


def name_of(step: Step) -> str:
    return step.__name__


def _node(step: Step, deps: Deps) -> Node:
    """The step and where it leads. Commands cost half of what conditional edges do (2.6 against 5.0 ms a turn)."""

    async def node(state: State) -> Command[str]:
        turn = state["turn"]
        if step is STEPS[0]:
            turn = replace(turn, memory=Memory.from_dict(state.get("memory", {})))
        turn = await run(step, turn, deps)
        update: State = {"turn": turn}
        if step is STEPS[-1]:
            update["memory"] = remember(turn).as_dict()
        return Command(update=update, goto=after(step, turn))

    return node


def after(step: Step, turn: Turn) -> str:
    """The next step; a turn that a step has ended goes straight to those that always run."""
    if step is STEPS[-1]:
        return END
    following = STEPS[STEPS.index(step) + 1]
    return name_of(ALWAYS[0] if turn.stop and step not in ALWAYS else following)


Graph = CompiledStateGraph[State, None, State, State]


def build(deps: Deps, checkpointer: BaseCheckpointSaver[Any]) -> Graph:
    """The compiled state machine; `durability="exit"` is asked for with every run."""
    graph = StateGraph(State)
    for step in STEPS:
        graph.add_node(name_of(step), _node(step, deps))
    graph.add_edge(START, name_of(STEPS[0]))
    return graph.compile(checkpointer=checkpointer)
