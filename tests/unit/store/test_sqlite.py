"""Quick calls run where they are made; what may wait never holds up the event loop."""

import asyncio
import sqlite3
import threading
from pathlib import Path
from time import perf_counter

import aiosqlite
import pytest

from assistant.store.sqlite import near


async def test_a_statement_runs_on_the_calling_thread_and_a_commit_does_not(tmp_path: Path) -> None:
    async with near(tmp_path / "x.sqlite") as connection:
        threads: dict[str, int] = {}

        def commit() -> None:
            threads["commit"] = threading.get_ident()

        def fetchall() -> None:
            threads["fetchall"] = threading.get_ident()

        await connection._execute(fetchall)  # type: ignore[no-untyped-call]
        await connection._execute(commit)  # type: ignore[no-untyped-call]
    assert threads["fetchall"] == threading.get_ident() != threads["commit"]


async def test_waiting_for_another_processs_lock_leaves_the_loop_free(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with near(tmp_path / "x.sqlite") as connection:
        await connection.execute("PRAGMA busy_timeout=600")
        waiting = asyncio.create_task(_begin(connection))
        started = perf_counter()
        await asyncio.sleep(0.05)
        assert perf_counter() - started < 0.4
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await waiting
    other.close()


async def test_a_cancelled_wait_ends_only_when_the_connection_is_free_again(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with near(tmp_path / "x.sqlite") as connection:
        await connection.execute("PRAGMA busy_timeout=300")
        waiting = asyncio.create_task(_begin(connection))
        await asyncio.sleep(0.05)
        started = perf_counter()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert perf_counter() - started > 0.1
        assert not connection.in_transaction
    other.close()


async def _begin(connection: aiosqlite.Connection) -> None:
    await connection.execute("BEGIN IMMEDIATE")
