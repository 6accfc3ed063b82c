"""The audit trail: a chain in which every entry's hash covers the entry and the hash before it.

Whoever changes or removes an entry breaks every hash after it. Cutting off the end is seen by comparing with a `Head`
that was noted elsewhere. Entries carry ids, never words.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, SessionTransaction
from sqlmodel import col, select

from assistant.store.tables import AuditRow

Detail = Mapping[str, str | int | bool | None]

FIRST = "0" * 64
_LOCK = 0x5A11_0002
_NEWEST = "audit.newest"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: worth noting outside the database, because the chain cannot miss what was cut off its end."""

    seq: int
    hash: str


async def append(
    session: AsyncSession, *, at: datetime, actor: str, action: str, subject: str, detail: Detail | None = None
) -> AuditRow:
    """Adds an entry in the caller's transaction; it exists when that commits.

    On PostgreSQL every writer of the trail waits here for the one before, until that one has committed: append last.
    """
    row = AuditRow(
        at=at, actor=actor, action=action, subject=subject, detail=dict(detail or {}),
        previous=await _newest_hash(session), hash="",
    )  # fmt: skip
    row.hash = entry_hash(row)
    session.add(row)
    session.info[_NEWEST] = row.hash
    return row


async def _newest_hash(session: AsyncSession) -> str:
    """A transaction that has the trail already knows its own last entry, even before that is flushed."""
    known: str | None = session.info.get(_NEWEST)
    if known is not None:
        return known
    event.listen(session.sync_session, "after_transaction_end", _forget)
    await _one_at_a_time(session)
    newest = await head(session)
    return newest.hash if newest else FIRST


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_NEWEST, None)


async def head(session: AsyncSession) -> Head | None:
    query = select(AuditRow.seq, AuditRow.hash).order_by(col(AuditRow.seq).desc()).limit(1)
    found = (await session.execute(query)).one_or_none()
    return Head(found[0], found[1]) if found else None


async def verify(session: AsyncSession, noted: Head | None = None) -> int | None:
    """The `seq` of the first entry that does not fit, or None when the chain is whole.

    With a `noted` head it also fails (at that `seq`) when the entry is gone or is another one.
    """
    previous, after, missing = FIRST, 0, noted
    while rows := await _batch(session, after):
        for row in rows:
            if row.previous != previous or row.hash != entry_hash(row):
                return row.seq
            previous, after = row.hash, row.seq or 0
            missing = None if missing == Head(after, previous) else missing
            session.expunge(row)
    return missing.seq if missing else None


def entry_hash(row: AuditRow) -> str:
    """SHA-256 (hex) over canonical JSON: sorted keys, no spaces, UTF-8, times in UTC with microseconds."""
    entry = {
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": row.actor, "action": row.action, "subject": row.subject,
        "detail": row.detail, "previous": row.previous,
    }  # fmt: skip
    canonical = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


async def _one_at_a_time(session: AsyncSession) -> None:
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        # The next writer waits from here on: whatever can be written before is.
        await session.flush()
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


async def _batch(session: AsyncSession, after: int) -> list[AuditRow]:
    query = select(AuditRow).where(col(AuditRow.seq) > after).order_by(col(AuditRow.seq)).limit(_BATCH)
    return list((await session.execute(query)).scalars())
