"""What staff may do with a case. Whoever is first wins; everybody else gets `CaseConflict`, and nothing changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant.care.kinds import Happened, Status
from assistant.errors import CaseConflict
from assistant.store.ids import AccountId, CaseId
from assistant.store.tables import Case, CaseEvent
from assistant.trail.audit import append


@dataclass(frozen=True, slots=True)
class Move:
    """From which statuses a case goes to which one. `owner`: only for the nurse who has the case."""

    happened: Happened
    before: frozenset[Status]
    after: Status
    owner: bool = True


_TAKEN = frozenset({Status.CLAIMED, Status.ACKNOWLEDGED, Status.REPLIED})

CLAIM = Move(Happened.CLAIMED, frozenset({Status.OPEN}), Status.CLAIMED, owner=False)
ACKNOWLEDGE = Move(Happened.ACKNOWLEDGED, frozenset({Status.CLAIMED}), Status.ACKNOWLEDGED)
REPLY = Move(Happened.REPLIED, _TAKEN, Status.REPLIED)
CLOSE = Move(Happened.CLOSED, _TAKEN, Status.CLOSED)
# Anybody of the staff: a case must not stay with a nurse who has gone home.
RELEASE = Move(Happened.RELEASED, _TAKEN, Status.OPEN, owner=False)


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what to the version of a case that they saw, and when."""

    case: CaseId
    version: int
    by: AccountId
    at: datetime


async def make(session: AsyncSession, move: Move, act: Act, note: str = "") -> Case:
    """The changed case, its event and its audit entry, in the caller's transaction.

    Raises `CaseConflict` when the case is not in that version, that status or those hands.
    """
    case = await session.get(Case, act.case, with_for_update=True)
    if case is None or not _allowed(case, move, act):
        raise CaseConflict(act.case)
    unacknowledged = case.status == Status.CLAIMED and move in (REPLY, CLOSE)
    await _changed(session, case, move, act)
    if unacknowledged:
        session.add(CaseEvent(case_id=act.case, kind=Happened.ACKNOWLEDGED, actor=act.by, at=act.at))
        await session.flush()
    session.add(CaseEvent(case_id=act.case, kind=move.happened, actor=act.by, note=note, at=act.at))
    await session.flush()
    await session.refresh(case)
    return case


async def audit(session: AsyncSession, act: Act, happened: Happened) -> None:
    await append(session, at=act.at, actor=act.by, action=f"case.{happened}", subject=act.case)


def _allowed(case: Case, move: Move, act: Act) -> bool:
    theirs = not move.owner or case.assignee_id == act.by
    return case.version == act.version and case.status in move.before and theirs


async def _changed(session: AsyncSession, case: Case, move: Move, act: Act) -> None:
    """The database itself compares the version, so that two processes cannot both win."""
    assignee = {Happened.CLAIMED: act.by, Happened.RELEASED: None}.get(move.happened, case.assignee_id)
    statement = (
        update(Case)
        .where(col(Case.id) == act.case, col(Case.version) == act.version)
        .values(status=move.after, version=act.version + 1, assignee_id=assignee)
        .execution_options(synchronize_session=False)
    )
    result = await session.execute(statement)
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise CaseConflict(act.case)
