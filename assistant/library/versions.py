"""The living versions of all content: seeding, export, and the four-eyes workflow. No version is ever lost."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.errors import WorkflowRefused
from assistant.library.catalogue import Catalogue
from assistant.library.files import SEED_APPROVER, ContentFile, read_folder
from assistant.library.kinds import place_of
from assistant.library.parse import parse
from assistant.library.rows import (
    SEED_AUTHOR,
    as_file,
    digest,
    last_retired,
    living,
    next_numbers,
    one,
    one_at_a_time,
)
from assistant.store.clock import Clock
from assistant.store.db import Database
from assistant.store.tables import ContentVersion
from assistant.trail import audit

Check = Callable[[Catalogue], object]


@dataclass(frozen=True, slots=True)
class Seeded:
    """Paths by what became of them; `kept`: edited at the desk, so the folder's other text was left aside."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


class Versions:
    """Version ids are `ContentVersion.id`; people are account ids. Raises `WorkflowRefused` and `ContentInvalid`."""

    def __init__(
        self, database: Database, clock: Clock, *, keep_expired: bool = False, checks: Sequence[Check] = ()
    ) -> None:
        """`checks` see every catalogue before it is let in, and raise when it cannot be used."""
        self._database = database
        self._clock = clock
        self._keep_expired = keep_expired
        self._checks = tuple(checks)

    async def seed(self, folder: Path) -> Seeded:
        """Takes the folder in as approved samples. All of it or, with `ContentInvalid`, nothing."""
        files = await asyncio.to_thread(read_folder, folder)
        async with self._database.write() as session:
            await one_at_a_time(session)
            alive = await living(session)
            done = _sort_out(files, alive)
            changed = [file for file in files if file.path in {*done.added, *done.updated}]
            if changed:
                await self._check(alive, changed)
                await self._take_in(session, changed, alive)
                told = {"added": len(done.added), "updated": len(done.updated), "kept": len(done.kept)}
                await self._note(session, "content.seeded", SEED_AUTHOR, "content", told)
        return done

    async def _take_in(
        self, session: AsyncSession, files: Iterable[ContentFile], alive: dict[str, ContentVersion]
    ) -> None:
        numbers = await next_numbers(session, (file.path for file in files))
        for file in files:
            row = self._row(file.path, file.body, numbers[file.path], SEED_AUTHOR, "seed")
            await self._make_living(session, row, alive.get(file.path), SEED_APPROVER)

    async def export(self, folder: Path) -> int:
        """Writes every living version as it was taken in, byte for byte; returns how many."""
        async with self._database.read() as session:
            rows = (await living(session)).values()
        await asyncio.to_thread(_write_all, folder, {row.path: row.body for row in rows})
        return len(rows)

    async def live(self) -> Catalogue:
        """What is approved now, without what has expired."""
        async with self._database.read() as session:
            files = [as_file(row) for row in (await living(session)).values()]
        return await asyncio.to_thread(self._catalogue, files)

    async def history(self, path: str) -> tuple[ContentVersion, ...]:
        """Every version of one file, newest first."""
        query = select(ContentVersion).where(col(ContentVersion.path) == path)
        async with self._database.read() as session:
            found = await session.execute(query.order_by(col(ContentVersion.number).desc()))
            return tuple(found.scalars())

    async def pending(self) -> tuple[ContentVersion, ...]:
        """Drafts and versions in review (see `status`), oldest first."""
        query = select(ContentVersion).where(col(ContentVersion.status).in_(("draft", "review")))
        async with self._database.read() as session:
            found = await session.execute(query.order_by(col(ContentVersion.id)))
            return tuple(found.scalars())

    async def get(self, version_id: int) -> ContentVersion:
        async with self._database.read() as session:
            return await one(session, version_id)

    async def draft(self, path: str, body: str, author: str, reason: str) -> ContentVersion:
        """A new version that nobody sees yet; every save is a version of its own."""
        if not reason.strip() or author == SEED_AUTHOR:
            raise WorkflowRefused("a change needs a reason and a person")
        await asyncio.to_thread(parse, PurePosixPath(path), body)
        async with self._database.write() as session:
            await one_at_a_time(session)
            current = (await living(session)).get(path)
            if current is not None and current.digest == digest(body):
                raise WorkflowRefused("nothing was changed")
            numbers = await next_numbers(session, [path])
            row = self._row(path, body, numbers[path], author, reason)
            session.add(row)
            await self._note(session, "content.drafted", author, version_name(row))
        return row

    async def submit(self, version_id: int, by: str) -> ContentVersion:
        async with self._database.write() as session:
            row = await _standing(session, version_id, "draft")
            row.status = "review"
            await self._note(session, "content.submitted", by, version_name(row))
        return row

    async def approve(self, version_id: int, by: str) -> ContentVersion:
        """Makes the version the living one, if it still fits to everything else that lives."""
        async with self._database.write() as session:
            await one_at_a_time(session)
            row = await _standing(session, version_id, "review")
            alive = await living(session)
            current = alive.get(row.path)
            if by == row.author:
                raise WorkflowRefused("nobody approves a change of their own")
            if current is not None and current.number > row.number:
                raise WorkflowRefused("a newer version is already approved")
            await self._check(alive, [ContentFile(row.path, row.body)])
            await self._make_living(session, row, current, by)
            await self._note(session, "content.approved", by, version_name(row))
        return row

    async def reject(self, version_id: int, by: str, reason: str) -> ContentVersion:
        """The rejection's reason is kept below the author's."""
        if not reason.strip():
            raise WorkflowRefused("a rejection needs a reason")
        async with self._database.write() as session:
            row = await _standing(session, version_id, "review")
            row.status, row.approver, row.decided_at = "rejected", by, self._clock.now()
            row.reason = f"{row.reason}\n{reason}"
            await self._note(session, "content.rejected", by, version_name(row))
        return row

    async def take_back(self, version_id: int, by: str, reason: str) -> ContentVersion:
        """Undoes an approval that could not be put to use: the version that lived before it lives again."""
        async with self._database.write() as session:
            await one_at_a_time(session)
            row = await _standing(session, version_id, "approved")
            row.status, row.reason = "rejected", f"{row.reason}\n{reason}"
            before = await last_retired(session, row.path)
            if before is not None:
                before.status = "approved"
            await self._note(session, "content.taken_back", by, version_name(row))
        return row

    def _row(self, path: str, body: str, number: int, author: str, reason: str) -> ContentVersion:
        place = place_of(PurePosixPath(path))
        return ContentVersion(
            path=path, kind=place.kind, content_id=place.id, lang=place.lang, number=number, body=body,
            digest=digest(body), author=author, reason=reason, created_at=self._clock.now(),
        )  # fmt: skip

    async def _make_living(
        self, session: AsyncSession, row: ContentVersion, current: ContentVersion | None, by: str
    ) -> None:
        if current is not None:
            current.status = "retired"
        row.status, row.approver, row.decided_at = "approved", by, self._clock.now()
        session.add(row)

    async def _check(self, alive: dict[str, ContentVersion], changed: Iterable[ContentFile]) -> None:
        """Raises `ContentInvalid` when the living content would not fit together with `changed` in it."""
        files = {path: as_file(row) for path, row in alive.items()} | {file.path: file for file in changed}
        await asyncio.to_thread(self._try_out, list(files.values()))

    def _try_out(self, files: list[ContentFile]) -> None:
        catalogue = self._catalogue(files)
        for check in self._checks:
            check(catalogue)

    def _catalogue(self, files: list[ContentFile]) -> Catalogue:
        return Catalogue.build(files, self._clock.now().date(), keep_expired=self._keep_expired)

    async def _note(
        self, session: AsyncSession, action: str, by: str, subject: str, detail: audit.Detail | None = None
    ) -> None:
        await audit.append(session, at=self._clock.now(), actor=by, action=action, subject=subject, detail=detail)


async def _standing(session: AsyncSession, version_id: int, status: str) -> ContentVersion:
    """The version, locked against a second decision. Raises `WorkflowRefused` unless it stands at `status`."""
    row = await one(session, version_id)
    await session.refresh(row, with_for_update=True)
    if row.status != status:
        raise WorkflowRefused(f"this version is not in {status} but {row.status}")
    return row


def version_name(row: ContentVersion) -> str:
    """How a version is called in the audit trail and on pages: path@number."""
    return f"{row.path}@{row.number}"


def _sort_out(files: Iterable[ContentFile], alive: dict[str, ContentVersion]) -> Seeded:
    found: dict[str, list[str]] = {"added": [], "updated": [], "kept": []}
    for file in files:
        current = alive.get(file.path)
        if current is None:
            found["added"].append(file.path)
        elif current.digest != digest(file.body):
            found["updated" if current.author == SEED_AUTHOR else "kept"].append(file.path)
    return Seeded(**{name: tuple(paths) for name, paths in found.items()})


def _write_all(folder: Path, bodies: dict[str, str]) -> None:
    for path, body in bodies.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body.encode())
