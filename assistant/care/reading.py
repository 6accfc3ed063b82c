"""What the inbox shows: lists, counts, one case's history, and the milestones that its patient may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.care.kinds import ANSWERED, Happened, Status, View
from assistant.store.ids import AccountId, CaseId
from assistant.store.tables import Case, CaseEvent

SEARCHED = 500
"""A search decrypts at most so many cases of a view: its own order, first ones first."""

Milestone = tuple[Literal["sent", "seen", "replied"], datetime]

_REACHED_BY: tuple[tuple[Literal["sent", "seen", "replied"], frozenset[Happened]], ...] = (
    ("sent", frozenset({Happened.OPENED})),
    ("seen", frozenset({Happened.VIEWED, Happened.CLAIMED})),
    ("replied", frozenset({Happened.REPLIED})),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """`open`: not closed; `unclaimed`: nobody has them; `overdue`: unanswered past their time."""

    open: int
    mine: int
    closed: int
    unclaimed: int
    overdue: int


async def list_cases(
    session: AsyncSession, view: View, *, by: AccountId | None, search: str, limit: int
) -> tuple[Case, ...]:
    """Most urgent first, then the one due soonest; closed ones newest first. `search`: words that must all occur."""
    order = (col(Case.created_at).desc(),) if view == "closed" else (col(Case.rank).desc(), col(Case.due_at))
    query = select(Case).where(*_in_view(view, by)).order_by(*order, col(Case.id))
    found = (await session.execute(query.limit(SEARCHED if search else limit))).scalars()
    wanted = search.casefold().split()
    return tuple(case for case in found if _matches(case, wanted))[:limit]


async def count_cases(session: AsyncSession, by: AccountId | None, now: datetime) -> Counts:
    late = (col(Case.status).not_in(ANSWERED), col(Case.due_at) < now)
    return Counts(
        open=await _count(session, *_in_view("open", by)),
        mine=await _count(session, *_in_view("mine", by)),
        closed=await _count(session, *_in_view("closed", by)),
        unclaimed=await _count(session, col(Case.status) == Status.OPEN),
        overdue=await _count(session, *late),
    )


async def events_of(session: AsyncSession, case_id: CaseId) -> tuple[CaseEvent, ...]:
    query = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(col(CaseEvent.seq))
    return tuple((await session.execute(query)).scalars())


def milestones(events: Iterable[CaseEvent]) -> tuple[Milestone, ...]:
    """When the case was sent, first seen by a nurse, and first answered; only what has happened. Names nobody."""
    first: dict[str, datetime] = {}
    for event in events:
        first.setdefault(event.kind, event.at)
    reached = ((name, [first[kind] for kind in kinds if kind in first]) for name, kinds in _REACHED_BY)
    return tuple((name, min(times)) for name, times in reached if times)


def _in_view(view: View, by: AccountId | None) -> tuple[ColumnElement[bool], ...]:
    not_closed = col(Case.status) != Status.CLOSED
    match view:
        case "open":
            return (not_closed,)
        case "mine":
            return not_closed, col(Case.assignee_id) == (by or "")
        case "closed":
            return (col(Case.status) == Status.CLOSED,)


def _matches(case: Case, wanted: list[str]) -> bool:
    text = " ".join((case.words, case.translation or "", case.category, case.urgency, case.id)).casefold()
    return all(word in text for word in wanted)


async def _count(session: AsyncSession, *conditions: ColumnElement[bool]) -> int:
    return (await session.execute(select(func.count()).select_from(Case).where(*conditions))).scalar_one()
