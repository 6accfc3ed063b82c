"""Cases: what a human must answer. Every change is one transaction with its event and its audit entry."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.care import reading
from assistant.care.broker import Broker, Topic
from assistant.care.kinds import Happened, Status, View
from assistant.care.opening import NewCase, open_case, patient_wrote
from assistant.care.paging import InboxNotifier, Notifier, PageDue, generation_of, page_once
from assistant.care.transitions import ACKNOWLEDGE, CLAIM, CLOSE, RELEASE, REPLY, Act, Move, audit, make
from assistant.errors import CaseConflict
from assistant.settings import Site
from assistant.store.clock import Clock
from assistant.store.db import Database
from assistant.store.ids import AccountId, CaseId, ThreadId, new_id
from assistant.store.tables import Case, CaseEvent, Message

CARE_TEAM = "care_team"
"""The author of a reply in the chat; the page shows its own words for it."""

_LISTED = 200


class Cases:
    """Publishes `case` and `message` on the broker once a change is committed, never before."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Site,
        broker: Broker | None = None,
        notifier: Notifier | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._broker = broker or Broker()
        self._notifier = notifier or InboxNotifier()

    async def open(self, session: AsyncSession, new: NewCase) -> Case:
        """In the caller's transaction: case, first event, first page and audit entry. Idempotent by turn id."""
        case = await open_case(session, new, now=self._clock.now(), site=self._site, notifier=self._notifier)
        self._tell(session, "case", case.id)
        return case

    async def patient_wrote(self, session: AsyncSession, thread: ThreadId, words: str) -> tuple[CaseId, ...]:
        """In the caller's transaction: a further message on every case of the chat that is not closed; their ids."""
        ids = await patient_wrote(session, thread, words=words, now=self._clock.now())
        for case_id in ids:
            self._tell(session, "case", case_id)
        return ids

    async def list_open(
        self, view: View = "open", *, by: AccountId | None = None, search: str = "", limit: int = _LISTED
    ) -> tuple[Case, ...]:
        async with self._database.read() as session:
            return await reading.list_cases(session, view, by=by, search=search, limit=limit)

    async def counts(self, by: AccountId | None = None) -> reading.Counts:
        async with self._database.read() as session:
            return await reading.count_cases(session, by, self._clock.now())

    async def get(self, case_id: CaseId) -> Case | None:
        async with self._database.read() as session:
            return await session.get(Case, case_id)

    async def of_thread(self, thread: ThreadId) -> tuple[Case, ...]:
        """Every case of a chat, newest first."""
        query = select(Case).where(Case.thread_id == thread).order_by(col(Case.created_at).desc())
        async with self._database.read() as session:
            return tuple((await session.execute(query)).scalars())

    async def events(self, case_id: CaseId) -> tuple[CaseEvent, ...]:
        async with self._database.read() as session:
            return await reading.events_of(session, case_id)

    async def milestones(self, case_id: CaseId) -> tuple[reading.Milestone, ...]:
        """What the patient may see of the case: sent, seen by a nurse, replied, each with its time."""
        return reading.milestones(await self.events(case_id))

    async def claim(self, case_id: CaseId, by: AccountId, version: int) -> Case:
        return await self._move(CLAIM, case_id, by, version)

    async def acknowledge(self, case_id: CaseId, by: AccountId, version: int) -> Case:
        """The nurse takes responsibility: the chase ends."""
        return await self._move(ACKNOWLEDGE, case_id, by, version)

    async def release(self, case_id: CaseId, by: AccountId, version: int, note: str = "") -> Case:
        """Back to everybody; on-call is paged again in the same transaction."""
        async with self._acting(RELEASE, case_id, by, version) as (session, act):
            case = await make(session, RELEASE, act, note)
            generation = await generation_of(session, case_id)
            await page_once(session, self._notifier, PageDue(case_id, generation, 0, "on_call", act.at))
        return case

    async def close(self, case_id: CaseId, by: AccountId, version: int, outcome: str) -> Case:
        return await self._move(CLOSE, case_id, by, version, _required(outcome))

    async def reply(self, case_id: CaseId, by: AccountId, version: int, text: str) -> Message:
        """The patient's chat has the message if and only if the case has the reply."""
        async with self._acting(REPLY, case_id, by, version) as (session, act):
            case = await make(session, REPLY, act, _required(text))
            message = _message(case, act, text)
            session.add(message)
            await session.flush()
            self._tell(session, "message", message.id)
        return message

    async def viewed(self, case_id: CaseId, by: AccountId) -> None:
        """A nurse opened the case; only the first time of each nurse is noted."""
        async with self._database.write() as session:
            events = await reading.events_of(session, case_id)
            if not any(event.kind == Happened.VIEWED and event.actor == by for event in events):
                await self._add(session, case_id, by, Happened.VIEWED)

    async def note(self, case_id: CaseId, by: AccountId, text: str) -> None:
        """A remark between staff; the patient never sees it."""
        async with self._database.write() as session:
            await self._add(session, case_id, by, Happened.NOTE, _required(text))

    async def _add(self, session: AsyncSession, case_id: CaseId, by: AccountId, kind: Happened, note: str = "") -> None:
        case = await session.get(Case, case_id)
        if case is None or (kind is Happened.NOTE and case.status == Status.CLOSED):
            raise CaseConflict(case_id)
        act = Act(case_id, case.version, by, self._clock.now())
        session.add(CaseEvent(case_id=case_id, kind=kind, actor=by, note=note, at=act.at))
        await session.flush()
        await audit(session, act, kind)
        self._tell(session, "case", case_id)

    async def _move(self, move: Move, case_id: CaseId, by: AccountId, version: int, note: str = "") -> Case:
        async with self._acting(move, case_id, by, version) as (session, act):
            return await make(session, move, act, note)

    @asynccontextmanager
    async def _acting(
        self, move: Move, case_id: CaseId, by: AccountId, version: int
    ) -> AsyncIterator[tuple[AsyncSession, Act]]:
        """One transaction around a move; its audit entry comes last, because others wait for it."""
        async with self._database.write() as session:
            act = Act(case_id, version, by, self._clock.now())
            yield session, act
            await audit(session, act, move.happened)
            self._tell(session, "case", case_id)

    def _tell(self, session: AsyncSession, topic: Topic, about: str) -> None:
        def committed(_session: object) -> None:
            self._broker.publish(topic, about)

        event.listen(session.sync_session, "after_commit", committed, once=True)


def _message(case: Case, act: Act, text: str) -> Message:
    return Message(
        id=new_id(),
        thread_id=case.thread_id,
        kind="assistant_message",
        author=CARE_TEAM,
        body=text,
        meta={"from": CARE_TEAM, "case": case.id, "by": act.by},
        created_at=act.at,
    )


def _required(text: str) -> str:
    if not text.strip():
        raise ValueError("words are needed here")
    return text
