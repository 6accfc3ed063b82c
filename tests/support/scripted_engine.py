"""A stand-in for the engine where only the page is tested: fixed replies by key word, real cases on disk."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace

from assistant.care.opening import NewCase
from assistant.chart.record import Person
from assistant.safety.verdict import Urgency
from assistant.store.ids import CaseId, TurnId, new_id
from assistant.turn.engine import Incoming
from assistant.turn.reply import Reply
from assistant.turn.state import CaseUrgency, Outcome, Turn
from assistant.web.services import Services
from tests.support import replies

_BY_WORD: dict[str, tuple[Reply, Outcome, CaseUrgency | None]] = {
    "hba1c": (replies.EXPLAINED, Outcome.EXPLAINED, None),
    "chest": (Reply("en", (replies.EMERGENCY,)), Outcome.EMERGENCY, "emergency"),
    "alone": (Reply("en", (replies.CRISIS,)), Outcome.CRISIS, "crisis"),
    "dizzy": (Reply("en", (replies.CHECK,)), Outcome.SAFETY_CHECK, None),
    "outside": (replies.HEADED, Outcome.RECORD, None),
}
_ANYTHING = (Reply("en", (replies.PLAIN,)), Outcome.SMALLTALK, None)


@dataclass
class ScriptedEngine:
    """`slow` takes two seconds, `boom` breaks; everything heard is kept in `heard`."""

    heard: list[Incoming] = field(default_factory=list)
    services: Services | None = None

    @property
    def deps(self) -> SimpleNamespace:
        """As much of the engine's parts as the page's approved failure words need."""
        services = self.running
        return SimpleNamespace(settings=services.settings, content=services.shelf.current)

    @property
    def running(self) -> Services:
        assert self.services is not None
        return self.services

    async def play(self, incoming: Incoming) -> Turn:
        self.heard.append(incoming)
        if "slow" in incoming.text:
            await asyncio.sleep(2)
        if "boom" in incoming.text:
            raise RuntimeError("secret words of a patient")
        reply, outcome, urgency = self._pick(incoming)
        return Turn(
            id=incoming.turn or TurnId(new_id()),
            thread=incoming.thread,
            patient=None,
            account=incoming.account,
            person=Person(),
            text=incoming.text,
            at=self.running.clock.now(),
            lang=incoming.lang,
            reply=reply,
            outcome=outcome,
            case=await self._open(incoming, urgency) if urgency else None,
        )

    def _pick(self, incoming: Incoming) -> tuple[Reply, Outcome, CaseUrgency | None]:
        if incoming.check is not None:
            return _BY_WORD["chest"] if any(incoming.check[1]) else _ANYTHING
        return next((_BY_WORD[word] for word in _BY_WORD if word in incoming.text.lower()), _ANYTHING)

    async def _open(self, incoming: Incoming, urgency: CaseUrgency) -> CaseId:
        services = self.running
        new = NewCase(
            turn_id=incoming.turn or TurnId(new_id()),
            thread_id=incoming.thread,
            patient_id=None,
            account_id=incoming.account,
            urgency=Urgency(urgency),
            category="cardiac",
            rule="test",
            source="",
            lang=incoming.lang,
            words=incoming.text,
            translation=None,
            evidence={},
            at=services.clock.now(),
        )
        async with services.database.write() as session:
            case = await services.cases.open(session, new)
        return CaseId(case.id)
