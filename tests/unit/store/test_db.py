"""One transaction a `write()`, one snapshot a `read()`, and no patient's words in an error."""

import asyncio
import sqlite3
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlmodel import func, select

from assistant.errors import StoreUnavailable
from assistant.store.db import Database
from assistant.store.tables import Account, Message, Thread
from tests.support.cases import WORDS
from tests.support.databases import sqlite_url, with_tables


@pytest_asyncio.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    made = await with_tables(sqlite_url(tmp_path))
    yield made
    await made.close()


def _everything_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def _threads(database: Database) -> int:
    async with database.read() as session:
        return (await session.execute(select(func.count()).select_from(Thread))).scalar_one()


async def test_an_error_inside_write_leaves_nothing_behind(database: Database) -> None:
    async def fails_halfway() -> None:
        async with database.write() as session:
            session.add(Thread(id="t"))
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails_halfway()
    assert await _threads(database) == 0


async def test_a_cancelled_write_leaves_nothing_behind_and_the_next_one_works(database: Database) -> None:
    started = asyncio.Event()

    async def write() -> None:
        async with database.write() as session:
            session.add(Thread(id="t"))
            await session.flush()
            started.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(write())
    await started.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with database.write() as session:
        session.add(Thread(id="other"))
    assert await _threads(database) == 1


async def test_a_read_sees_one_snapshot_while_others_write(database: Database) -> None:
    async with database.read() as session:
        count = select(func.count()).select_from(Thread)
        before = (await session.execute(count)).scalar_one()
        async with database.write() as writing:
            writing.add(Thread(id="t"))
        assert (await session.execute(count)).scalar_one() == before


async def test_a_read_can_change_nothing(database: Database) -> None:
    with pytest.raises(StoreUnavailable):
        async with database.read() as session:
            await session.execute(text("DELETE FROM chat_thread"))


async def test_concurrent_read_modify_write_loses_no_update(database: Database) -> None:
    async with database.write() as session:
        session.add(Thread(id="t", meta={"n": 0}))

    async def count_up() -> None:
        async with database.write() as session:
            thread = await session.get_one(Thread, "t", with_for_update=True)
            thread.meta = {"n": thread.meta["n"] + 1}

    await asyncio.gather(*(count_up() for _ in range(20)))
    async with database.read() as session:
        assert (await session.get_one(Thread, "t")).meta == {"n": 20}


async def test_a_broken_constraint_is_named_and_quotes_no_value(database: Database) -> None:
    twins = [Account(id=id_, login="same", name=WORDS, role="patient", password_hash="x") for id_ in ("a", "b")]
    with pytest.raises(StoreUnavailable) as caught:
        async with database.write() as session:
            session.add_all(twins)
    assert caught.value.detail == "IntegrityError"
    assert WORDS not in "".join(traceback.format_exception(caught.value))


async def test_words_are_on_disk_only_encrypted(sqlite: Database, tmp_path: Path) -> None:
    async with sqlite.write() as session:
        session.add(Message(id="m", thread_id="t", kind="user_message", body=WORDS, meta={"words": WORDS}))
    async with sqlite.read() as session:
        assert (await session.get_one(Message, "m")).body == WORDS
    on_disk = _everything_below(tmp_path)
    assert WORDS.encode() not in on_disk
    assert b"zebra" not in on_disk


async def test_sqlite_is_set_to_survive_a_power_cut(sqlite: Database) -> None:
    async with sqlite.write() as session:
        mode = (await session.execute(text("PRAGMA journal_mode"))).scalar_one()
        synchronous = (await session.execute(text("PRAGMA synchronous"))).scalar_one()
    assert (mode, synchronous) == ("wal", 2)


async def test_a_writer_in_another_process_is_waited_for(sqlite: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.2, other.execute, "COMMIT")
    async with sqlite.write() as session:
        session.add(Thread(id="t"))
    assert await _threads(sqlite) == 1
    other.close()


async def test_half_a_surrogate_pair_does_not_lose_the_message(database: Database) -> None:
    async with database.write() as session:
        session.add(Message(id="m", thread_id="t", kind="user_message", body="help \ud83d me", meta={"w": "\ud83d"}))
    async with database.read() as session:
        found = await session.get_one(Message, "m")
    assert (found.body, found.meta) == ("help ? me", {"w": "?"})
