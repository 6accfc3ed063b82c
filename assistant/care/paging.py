"""Paging somebody about a case: once for each step of the chase, and never with a patient's words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.care.kinds import SYSTEM, Happened, Target
from assistant.store.ids import CaseId
from assistant.store.tables import CaseEvent, Page


@dataclass(frozen=True, slots=True)
class PageDue:
    """One step of a chase. `generation` counts how often the case was released; `step` starts at 0 in each."""

    case: CaseId
    generation: int
    step: int
    target: Target
    at: datetime

    @property
    def key(self) -> str:
        return f"{self.case}:{self.generation}:{self.step}"


class Notifier(Protocol):
    async def notify(self, session: AsyncSession, page: PageDue) -> None:
        """Reaches the target, inside the transaction that records the page.

        If it raises, the page is not recorded and is tried again: a receiver outside the database must drop a
        second page with the same `key`. Only ids may leave.
        """
        ...


class InboxNotifier:
    """The embedded notifier: the page appears in the inbox."""

    async def notify(self, session: AsyncSession, page: PageDue) -> None:
        event = CaseEvent(case_id=page.case, kind=Happened.PAGED, actor=SYSTEM, note=page.target, at=page.at)
        session.add(event)


async def first_page(session: AsyncSession, notifier: Notifier, page: PageDue) -> None:
    """The page that is committed with a new case: nobody can have paged it before."""
    session.add(Page(key=page.key, case_id=page.case, target=page.target, at=page.at))
    await notifier.notify(session, page)


async def page_once(session: AsyncSession, notifier: Notifier, page: PageDue) -> bool:
    """False when this step was paged before. Two racing pages of one step: the second fails on the key."""
    if await session.get(Page, page.key) is not None:
        return False
    session.add(Page(key=page.key, case_id=page.case, target=page.target, at=page.at))
    await session.flush()
    await notifier.notify(session, page)
    return True


async def generation_of(session: AsyncSession, case_id: CaseId) -> int:
    """How often the case was released: each time the chase begins anew."""
    released = select(func.count()).select_from(CaseEvent).where(
        col(CaseEvent.case_id) == case_id, col(CaseEvent.kind) == Happened.RELEASED
    )  # fmt: skip
    return (await session.execute(released)).scalar_one()
