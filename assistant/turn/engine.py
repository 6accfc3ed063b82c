"""Plays a message through the path: one at a time in a chat, any number of chats at once."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakValueDictionary

from assistant.chart.record import Chart, Person
from assistant.store.ids import AccountId, PatientId, ThreadId, TurnId, new_id
from assistant.turn.deps import Deps
from assistant.turn.pipeline import Graph
from assistant.turn.state import Turn


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as it arrives. `check` answers a safety check: its id and one yes or no a question.

    `chart` and `person` describe the patient where there is no patient on file (replay); `at` fixes the clock.
    """

    thread: ThreadId
    text: str
    lang: str
    account: AccountId | None = None
    patient: PatientId | None = None
    person: Person | None = None
    chart: Chart | None = None
    at: datetime | None = None
    check: tuple[str, tuple[bool, ...]] | None = None
    turn: TurnId | None = None


class Engine:
    def __init__(self, graph: Graph, deps: Deps) -> None:
        self._graph = graph
        self.deps = deps
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def play(self, incoming: Incoming) -> Turn:
        """The finished turn; its `reply` and `outcome` are always set."""
        lock = self._locks.setdefault(incoming.thread, asyncio.Lock())
        async with lock:
            state = await self._graph.ainvoke(
                {"turn": self._turn(incoming)},
                {"configurable": {"thread_id": incoming.thread}},
                durability="exit",
            )
        turn: Turn = state["turn"]
        return turn

    def _turn(self, incoming: Incoming) -> Turn:
        return Turn(
            id=incoming.turn or TurnId(new_id()),
            thread=incoming.thread,
            patient=incoming.patient,
            account=incoming.account,
            person=incoming.person or Person(),
            chart=incoming.chart,
            text=incoming.text,
            answers=incoming.check,
            at=incoming.at or self.deps.clock.now(),
            lang=incoming.lang,
        )
