"""Database engines and sessions. One writer on SQLite: queueing in the pool is fair, polling a lock is not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.errors import StoreUnavailable

_PRAGMAS = ("journal_mode=WAL", "busy_timeout=5000", "foreign_keys=ON", "synchronous=FULL")


def _sqlite_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _engine(url: str, *, size: int) -> AsyncEngine:
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True, pool_size=max(size, 5))
    engine = create_async_engine(url, pool_size=size, max_overflow=0, pool_timeout=30)
    event.listen(engine.sync_engine, "connect", _sqlite_pragmas)
    return engine


class Database:
    """`write()` is one transaction; `read()` sees a consistent snapshot and never waits for a writer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _engine(url, size=1)
        self._readers = _engine(url, size=4) if self.is_sqlite else self.engine
        self._write = async_sessionmaker(self.engine, expire_on_commit=False, class_=AsyncSession)
        self._read = async_sessionmaker(self._readers, expire_on_commit=False, class_=AsyncSession)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Commits at the end of the block; raises `StoreUnavailable` when the database refuses."""
        try:
            async with self._write.begin() as session:
                yield session
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise StoreUnavailable(type(error).__name__) from error

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        try:
            async with self._read() as session:
                yield session
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise StoreUnavailable(type(error).__name__) from error

    async def close(self) -> None:
        await self.engine.dispose()
        if self._readers is not self.engine:
            await self._readers.dispose()
