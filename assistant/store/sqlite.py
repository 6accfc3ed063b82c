"""SQLite from an event loop, without a thread for what takes microseconds.

aiosqlite hands every call to a thread: four hand-overs a statement, each longer than the statement itself, and up to
5 ms where another thread holds the interpreter. Here only what may wait has that thread: taking the write lock, the
commit with its fsync and checkpoint, opening and closing. A reader never waits in WAL mode, and once a transaction
has the write lock its statements wait for nobody.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TypeVar

import aiosqlite

T = TypeVar("T")

_MAY_WAIT = frozenset({"commit", "close", "executescript"})
_TAKES_THE_LOCK = "BEGIN IMMEDIATE"
_CHUNK = 64


class NearConnection(aiosqlite.Connection):
    """An aiosqlite connection whose quick calls run where they are made. For one task at a time, as any other."""

    async def _execute(self, fn: Callable[..., T], *args: object, **kwargs: object) -> T:
        if fn.__name__ in _MAY_WAIT or args[:1] == (_TAKES_THE_LOCK,):
            call: Coroutine[object, object, T] = super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
            return await _to_its_end(call)
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")
        return fn(*args, **kwargs)


def near(path: str | Path) -> NearConnection:
    """A connection to a file, opened when it is awaited. Raises `sqlite3.Error` then."""
    connection = NearConnection(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=_CHUNK)
    connection._thread.daemon = True
    return connection


async def _to_its_end(call: Coroutine[object, object, T]) -> T:
    """Whoever is cancelled meanwhile learns of it after the call: nothing may touch the connection before."""
    running = asyncio.ensure_future(call)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
