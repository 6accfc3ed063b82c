"""How a case comes to exist, and what happens when its patient writes again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.care.kinds import SYSTEM, Happened, Status
from assistant.care.paging import Notifier, PageDue, first_page
from assistant.safety.verdict import Urgency
from assistant.settings import Site
from assistant.store.ids import AccountId, CaseId, PatientId, ThreadId, TurnId, new_id
from assistant.store.tables import Case, CaseEvent
from assistant.trail.audit import append


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a turn knows about the case that it opens.

    `words` are the patient's own, `translation` the English pivot of them; `evidence` is what staff see beside them.
    `at`: when the patient wrote; without it, when the case is written.
    """

    thread_id: ThreadId
    turn_id: TurnId
    urgency: Urgency
    category: str
    words: str
    patient_id: PatientId | None = None
    account_id: AccountId | None = None
    rule: str | None = None
    source: str = ""
    lang: str = "en"
    translation: str | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
    id: CaseId = field(default_factory=lambda: CaseId(new_id()))
    at: datetime | None = None


def due_in(urgency: Urgency, site: Site) -> timedelta:
    """How soon the institution wants a case answered (its own figures, in `Site`)."""
    if urgency.is_danger:
        return timedelta(minutes=site.emergency_minutes)
    return timedelta(minutes=site.urgent_minutes if urgency is Urgency.URGENT else site.routine_minutes)


async def open_case(session: AsyncSession, new: NewCase, *, now: datetime, site: Site, notifier: Notifier) -> Case:
    """The case of a turn, with its first event, page and audit entry; a turn has one case however often this runs."""
    found = await _of_turn(session, new.turn_id)
    if found is not None:
        return found
    case = _row(new, new.at or now, site)
    if not await _added(session, case):
        return (await session.execute(select(Case).where(Case.turn_id == new.turn_id))).scalar_one()
    await _begin(session, case, new, now, notifier)
    return case


async def _added(session: AsyncSession, case: Case) -> bool:
    """False when another process wrote the same turn's case between our look and our write.

    SQLite has one writer, and it is us: there nobody can have come between.
    """
    if (await session.connection()).dialect.name == "sqlite":
        session.add(case)
        return True
    try:
        async with session.begin_nested():
            session.add(case)
    except IntegrityError:
        return False
    return True


async def patient_wrote(session: AsyncSession, thread: ThreadId, *, words: str, now: datetime) -> tuple[CaseId, ...]:
    """Notes a further message on every case of the chat that is not closed; their ids."""
    query = select(Case.id).where(Case.thread_id == thread, col(Case.status) != Status.CLOSED)
    ids = tuple(CaseId(found) for found in (await session.execute(query)).scalars())
    for case_id in ids:
        session.add(CaseEvent(case_id=case_id, kind=Happened.PATIENT_WROTE, actor=SYSTEM, note=words, at=now))
    return ids


async def _of_turn(session: AsyncSession, turn: TurnId) -> Case | None:
    return (await session.execute(select(Case).where(Case.turn_id == turn))).scalar_one_or_none()


def _row(new: NewCase, at: datetime, site: Site) -> Case:
    return Case(
        id=new.id,
        thread_id=new.thread_id,
        turn_id=new.turn_id,
        patient_id=new.patient_id,
        account_id=new.account_id,
        urgency=new.urgency.value,
        rank=new.urgency.rank,
        category=new.category,
        rule=new.rule,
        source=new.source,
        lang=new.lang,
        words=new.words,
        translation=new.translation,
        evidence=new.evidence,
        due_at=at + due_in(new.urgency, site),
        created_at=at,
    )


async def _begin(session: AsyncSession, case: Case, new: NewCase, now: datetime, notifier: Notifier) -> None:
    actor = new.account_id or SYSTEM
    session.add(CaseEvent(case_id=case.id, kind=Happened.OPENED, actor=actor, at=case.created_at))
    await first_page(session, notifier, PageDue(CaseId(case.id), 0, 0, "on_call", now))
    detail = {"turn": case.turn_id, "urgency": case.urgency}
    await append(session, at=now, actor=actor, action="case.opened", subject=case.id, detail=detail)
