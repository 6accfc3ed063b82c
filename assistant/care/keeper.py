"""Looks after cases while the assistant runs: replays the journal, and keeps every chase in line with its case."""

import asyncio
import logging

from assistant.care.broker import Broker, Notice
from assistant.care.cases import Cases
from assistant.care.chase import Chase
from assistant.care.journal import Journal
from assistant.store.db import Database
from assistant.store.ids import CaseId

_log = logging.getLogger(__name__)

_MOMENT = 0.2
"""Beginning a chase costs 30 ms of the processor. The first page is committed with its case, so whoever writes in the
meantime has the processor first."""


class Keeper:
    """A round every `seconds`, and a look at each case that changes. Belongs to the app's lifespan."""

    def __init__(
        self, database: Database, cases: Cases, journal: Journal, chase: Chase, broker: Broker, seconds: float = 30
    ) -> None:
        self._database = database
        self._cases = cases
        self._journal = journal
        self._chase = chase
        self._broker = broker
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """After `chase.start()`."""
        await self.round()
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Before `chase.stop()`."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def round(self) -> None:
        await self._journal.replay(self._database, self._cases)
        await self._chase.sweep()

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        async with self._broker.subscribe() as queue:
            next_round = loop.time() + self._seconds
            while True:
                notice = await _next(queue, next_round - loop.time())
                if notice is None:
                    next_round = loop.time() + self._seconds
                else:
                    await asyncio.sleep(_MOMENT)
                await self._attend(notice)

    async def _attend(self, notice: Notice | None) -> None:
        try:
            if notice is None or notice.topic == "resync":
                await self.round()
            elif notice.topic == "case":
                await self._chase.follow(CaseId(notice.id))
        except Exception as error:
            # Nobody else would begin the chases: the next round tries again.
            _log.error("looking after the cases failed: %s", type(error).__name__)


async def _next(queue: asyncio.Queue[Notice], seconds: float) -> Notice | None:
    """The next notice, or None when it is time for a round."""
    try:
        return await asyncio.wait_for(queue.get(), max(seconds, 0))
    except TimeoutError:
        return None
