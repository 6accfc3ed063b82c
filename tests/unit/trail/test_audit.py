"""The audit chain grows under concurrency, and shows every change, removal, insertion and cut."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.trail.audit import FIRST, Head, append, head, verify


async def _add(database: Database, clock: FixedClock, number: int) -> None:
    async with database.write() as session:
        await append(
            session, at=clock.now(), actor="nina", action="case.claimed", subject=f"c{number}", detail={"ñ": number}
        )


async def _filled(database: Database, clock: FixedClock, count: int) -> None:
    for number in range(count):
        await _add(database, clock, number)


async def _tamper(database: Database, *statements: str) -> None:
    """As somebody with the database's own powers, who takes the guards away first."""
    off = (
        ("DROP TRIGGER audit_no_UPDATE", "DROP TRIGGER audit_no_DELETE")
        if database.is_sqlite
        else ("DROP TRIGGER audit_only_grows ON audit",)
    )
    async with database.write() as session:
        for statement in (*off, *statements):
            await session.execute(text(statement))


async def test_an_empty_chain_is_whole(database: Database) -> None:
    async with database.read() as session:
        assert await verify(session) is None
        assert await head(session) is None


async def test_entries_are_chained_from_the_first_one(database: Database, clock: FixedClock) -> None:
    async with database.write() as session:
        first = await append(session, at=clock.now(), actor="a", action="b", subject="c")
        second = await append(session, at=clock.now(), actor="a", action="b", subject="c")
    assert (first.previous, second.previous) == (FIRST, first.hash)
    async with database.read() as session:
        assert await verify(session) is None


async def test_writers_at_the_same_time_make_one_whole_chain(database: Database, clock: FixedClock) -> None:
    await asyncio.gather(*(_add(database, clock, number) for number in range(30)))
    async with database.read() as session:
        assert await verify(session) is None
        newest = await head(session)
    assert newest is not None
    assert newest.seq >= 30


async def test_a_rolled_back_entry_leaves_the_chain_whole(database: Database, clock: FixedClock) -> None:
    await _add(database, clock, 1)

    async def fails() -> None:
        async with database.write() as session:
            await append(session, at=clock.now(), actor="a", action="b", subject="c")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    await _add(database, clock, 2)
    async with database.read() as session:
        assert await verify(session) is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET actor = 'sam' WHERE seq = 3", 3),
        ("UPDATE audit SET at = '2026-11-20 16:00:00+00' WHERE seq = 3", 3),
        ("UPDATE audit SET detail = '{}' WHERE seq = 3", 3),
        ("UPDATE audit SET hash = 'x' WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 3", 4),
        ("DELETE FROM audit WHERE seq = 1", 2),
    ],
)
async def test_tampering_is_found_where_it_happened(
    database: Database, clock: FixedClock, statement: str, broken: int
) -> None:
    await _filled(database, clock, 5)
    await _tamper(database, statement)
    async with database.read() as session:
        assert await verify(session) == broken


async def test_a_cut_end_is_found_with_a_noted_head(database: Database, clock: FixedClock) -> None:
    await _filled(database, clock, 5)
    async with database.read() as session:
        noted = await head(session)
        assert await verify(session, noted) is None
    await _tamper(database, "DELETE FROM audit WHERE seq = 5")
    async with database.read() as session:
        assert await verify(session) is None
        assert await verify(session, noted) == 5


async def test_a_noted_head_must_be_the_same_entry(database: Database, clock: FixedClock) -> None:
    await _filled(database, clock, 3)
    async with database.read() as session:
        assert await verify(session, Head(2, "another hash")) == 2


async def test_a_long_chain_is_verified_in_batches(database: Database) -> None:
    async with database.write() as session:
        for number in range(1100):
            await append(session, at=datetime(2026, 1, 1, tzinfo=UTC), actor="a", action="b", subject=str(number))
    async with database.read() as session:
        assert await verify(session) is None
