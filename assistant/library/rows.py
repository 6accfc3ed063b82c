"""Reading the `content_version` table, and what one of its rows may say about itself to a patient."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.errors import WorkflowRefused
from assistant.library.files import SEED_APPROVER, ContentFile
from assistant.library.parts import APPROVED, SAMPLE
from assistant.store.tables import ContentVersion

SEED_AUTHOR = "import"
_LOCK = 0x5A11_0003


def digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


async def one_at_a_time(session: AsyncSession) -> None:
    """Two changes that are right alone can be wrong together. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


async def living(session: AsyncSession) -> dict[str, ContentVersion]:
    """The approved version of every path."""
    query = select(ContentVersion).where(col(ContentVersion.status) == "approved").order_by(col(ContentVersion.path))
    return {row.path: row for row in (await session.execute(query)).scalars()}


async def next_numbers(session: AsyncSession, paths: Iterable[str]) -> dict[str, int]:
    """The number that the next version of each path gets."""
    newest = select(ContentVersion.path, func.max(ContentVersion.number)).group_by(col(ContentVersion.path))
    known: dict[str, int] = {row[0]: row[1] for row in await session.execute(newest)}
    return {path: known.get(path, 0) + 1 for path in paths}


async def last_retired(session: AsyncSession, path: str) -> ContentVersion | None:
    """The version of a file that lived before the one that lives now."""
    query = select(ContentVersion).where(ContentVersion.path == path, ContentVersion.status == "retired")
    newest = query.order_by(col(ContentVersion.decided_at).desc(), col(ContentVersion.number).desc()).limit(1)
    return (await session.execute(newest)).scalar_one_or_none()


async def one(session: AsyncSession, version_id: int) -> ContentVersion:
    """Raises `WorkflowRefused` for a version that does not exist."""
    row = await session.get(ContentVersion, version_id)
    if row is None:
        raise WorkflowRefused("there is no such version")
    return row


def as_file(row: ContentVersion) -> ContentFile:
    """A seed was reviewed by nobody, whatever its file says; a version of the desk was, by its approver."""
    if row.author == SEED_AUTHOR:
        return ContentFile(row.path, row.body, row.number, SEED_APPROVER, None, SAMPLE)
    reviewed = row.decided_at.date() if row.decided_at else None
    return ContentFile(row.path, row.body, row.number, row.approver or "", reviewed, APPROVED)
