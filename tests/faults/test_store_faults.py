"""When the database is locked, full or gone, `write()` says so, leaves nothing half-written, and recovers."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, text
from sqlmodel import SQLModel, select

from assistant.care.cases import Cases
from assistant.care.journal import Journal
from assistant.errors import StoreUnavailable
from assistant.settings import Site
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.tables import AuditRow, Case, CaseEvent, Page, Thread
from assistant.trail.audit import verify
from tests.support.cases import new_case
from tests.support.databases import sqlite_url, with_tables
from tests.support.keys import TEST_KEY


@pytest_asyncio.fixture
async def hasty(tmp_path: Path) -> AsyncIterator[Database]:
    """SQLite that gives up on a lock after a tenth of a second."""
    await (await with_tables(sqlite_url(tmp_path))).close()
    made = Database(sqlite_url(tmp_path), busy_ms=100)
    yield made
    await made.close()


async def _rows(database: Database, *tables: type[SQLModel]) -> list[int]:
    async with database.read() as session:
        return [(await session.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]


async def _open(database: Database, cases: Cases) -> None:
    async with database.write() as session:
        await cases.open(session, new_case())


async def test_a_locked_database_is_unavailable_and_recovers(
    hasty: Database, clock: FixedClock, tmp_path: Path
) -> None:
    cases = Cases(hasty, clock, Site())
    other = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        await _open(hasty, cases)
    assert await _rows(hasty, Case, AuditRow) == [0, 0]
    other.execute("ROLLBACK")
    other.close()
    await _open(hasty, cases)
    assert await _rows(hasty, Case, AuditRow) == [1, 1]


async def test_a_full_disk_leaves_whole_cases_only_and_recovers(hasty: Database, clock: FixedClock) -> None:
    cases = Cases(hasty, clock, Site())
    await _limit_pages(hasty, extra=12)

    async def fill() -> None:
        for _ in range(500):
            await _open(hasty, cases)

    with pytest.raises(StoreUnavailable):
        await fill()
    opened, events, pages, entries = await _rows(hasty, Case, CaseEvent, Page, AuditRow)
    assert opened > 0
    assert (events, pages, entries) == (2 * opened, opened, opened)
    async with hasty.read() as session:
        assert await verify(session) is None
    await _limit_pages(hasty, extra=10_000)
    await _open(hasty, cases)
    assert await _rows(hasty, Case) == [opened + 1]


async def _limit_pages(database: Database, *, extra: int) -> None:
    """SQLite's own way to a full disk: the file may not grow past so many pages."""
    async with database.write() as session:
        used = (await session.execute(text("PRAGMA page_count"))).scalar_one()
        await session.execute(text(f"PRAGMA max_page_count={used + extra}"))


async def test_a_case_outlives_a_database_that_is_down(hasty: Database, clock: FixedClock, tmp_path: Path) -> None:
    cases, journal = Cases(hasty, clock, Site()), Journal(tmp_path / "journal", (TEST_KEY,), clock)
    other = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    kept = await journal.keep(new_case())
    assert await journal.replay(hasty, cases) == ()
    other.execute("ROLLBACK")
    other.close()
    assert await journal.replay(hasty, cases) == (kept,)


async def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "test.sqlite").write_bytes(b"not a database" * 1000)
    database = Database(sqlite_url(tmp_path))
    with pytest.raises(StoreUnavailable):
        await _rows(database, Thread)
    await database.close()


async def test_a_server_that_is_down_is_unavailable() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(StoreUnavailable):
        await _rows(database, Thread)
    await database.close()
