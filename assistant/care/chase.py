"""The chase: for every case somebody is paged, and paged again, until a clinician has taken responsibility."""

import asyncio
import logging

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.care import durable
from assistant.care.broker import Broker
from assistant.care.chase_workflow import Hand, Paged
from assistant.care.kinds import ANSWERED, Target
from assistant.care.paging import Notifier, PageDue, generation_of, page_once
from assistant.care.timing import TimingFor
from assistant.errors import StoreUnavailable
from assistant.safety.verdict import Urgency
from assistant.store.clock import Clock
from assistant.store.db import Database
from assistant.store.ids import CaseId
from assistant.store.tables import Case, Page

_log = logging.getLogger(__name__)


class Chase:
    """`url`: DBOS's own database (`durable.system_url`). One `Chase` a process; one process chases."""

    def __init__(
        self, database: Database, clock: Clock, broker: Broker, notifier: Notifier, timing: TimingFor, url: str
    ) -> None:
        self._database = database
        self._clock = clock
        self._broker = broker
        self._notifier = notifier
        self._timing = timing
        self._url = url
        self._home: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Takes up the chases of the last run, then begins those that are missing."""
        self._home = asyncio.get_running_loop()
        Hand.page = self._page_from_afar
        # In a thread: DBOS then runs workflows on a loop of its own and leaves this one alone.
        await asyncio.to_thread(durable.launch, self._url)
        await self.sweep()

    async def stop(self) -> None:
        await asyncio.to_thread(durable.shut_down)
        Hand.page = None

    async def begin(self, case_id: CaseId, urgency: Urgency) -> None:
        """Does nothing while the case is being chased already."""
        generation, step = await self._position(case_id)
        timing = self._timing(urgency)
        await asyncio.to_thread(durable.ensure_chase, case_id, generation, step, timing.waits, timing.on_call)

    async def acknowledged(self, case_id: CaseId) -> None:
        """Ends the chase at once; without this call it would end at its next look at the case."""
        generation, _step = await self._position(case_id)
        await asyncio.to_thread(durable.wake, case_id, generation)

    async def is_chasing(self, case_id: CaseId) -> bool:
        generation, _step = await self._position(case_id)
        return await asyncio.to_thread(durable.is_running, case_id, generation)

    async def follow(self, case_id: CaseId) -> None:
        """Brings the chase into line with the case as it is now."""
        async with self._database.read() as session:
            case = await session.get(Case, case_id)
        if case is None:
            return
        if case.status in ANSWERED:
            await self.acknowledged(case_id)
        else:
            await self.begin(case_id, Urgency(case.urgency))

    async def sweep(self) -> None:
        """Begins a chase for every unanswered case that has none."""
        query = select(Case.id, Case.urgency).where(col(Case.status).not_in(ANSWERED)).order_by(col(Case.rank).desc())
        async with self._database.read() as session:
            unanswered = (await session.execute(query)).all()
        for case_id, urgency in unanswered:
            await self.begin(CaseId(case_id), Urgency(urgency))

    async def _position(self, case_id: CaseId) -> tuple[int, int]:
        """The generation, and the newest step of it that was paged."""
        async with self._database.read() as session:
            generation = await generation_of(session, case_id)
            pages = select(func.count()).select_from(Page).where(col(Page.key).startswith(f"{case_id}:{generation}:"))
            return generation, max((await session.execute(pages)).scalar_one() - 1, 0)

    async def _page_from_afar(self, case: str, generation: int, step: int, target: Target) -> str:
        """Called on DBOS's loop; the database's connections belong to the home loop."""
        assert self._home is not None
        page = self._page(PageDue(CaseId(case), generation, step, target, self._clock.now()))
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(page, self._home))

    async def _page(self, page: PageDue) -> Paged:
        try:
            async with self._database.write() as session:
                if not await _is_waiting(session, page):
                    return Paged.ANSWERED
                new = await page_once(session, self._notifier, page)
        except StoreUnavailable as error:
            _log.warning("case %s could not be paged: %s", page.case, error.detail)
            return Paged.UNAVAILABLE
        except Exception as error:
            # Whatever the notifier raised: its words are not ours to log, and the chase must go on.
            _log.error("the notifier failed for case %s: %s", page.case, type(error).__name__)
            return Paged.UNAVAILABLE
        if new:
            self._broker.publish("case", page.case)
        return Paged.PAGED


async def _is_waiting(session: AsyncSession, page: PageDue) -> bool:
    case = await session.get(Case, page.case, with_for_update=True)
    if case is None or case.status in ANSWERED:
        return False
    return await generation_of(session, page.case) == page.generation
