"""Database engines and sessions. One writer on SQLite: queueing in the pool is fair, polling a lock is not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.errors import StoreUnavailable
from assistant.store.sqlite import near

BUSY_MS = 5000
_READERS = 4
_POOL_SECONDS = 30


class Database:
    """`write()` is one transaction; `read()` sees one snapshot, can change nothing and never waits for a writer.

    `busy_ms`: how long an SQLite writer waits for another process's lock. Errors never quote bound values, which may
    be patients' words.
    """

    def __init__(self, url: str, *, busy_ms: int = BUSY_MS) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite(url, size=1, busy_ms=busy_ms) if self.is_sqlite else _postgres(url)
        self._readers = _readers(url, self.engine, busy_ms)
        self._write = async_sessionmaker(self.engine, expire_on_commit=False, class_=AsyncSession)
        self._read = async_sessionmaker(self._readers, expire_on_commit=False, class_=AsyncSession)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Commits at the end of the block, or leaves nothing behind.

        Raises `StoreUnavailable` when the database refuses, for whatever reason; who expects a broken constraint
        flushes inside the block and catches `IntegrityError` there. A `write()` inside a `write()` waits for
        itself: hand the session on instead.
        """
        async with _refusals_named(), self._write.begin() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with _refusals_named(), self._read() as session:
            yield session

    async def close(self) -> None:
        await self.engine.dispose()
        if self.is_sqlite:
            await self._readers.dispose()


@asynccontextmanager
async def _refusals_named() -> AsyncIterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeout, OSError) as error:
        raise StoreUnavailable(type(error).__name__) from error


def _postgres(url: str) -> AsyncEngine:
    return create_async_engine(url, pool_pre_ping=True, pool_size=5, hide_parameters=True)


def _readers(url: str, writers: AsyncEngine, busy_ms: int) -> AsyncEngine:
    if url.startswith("sqlite"):
        return _sqlite(url, size=_READERS, busy_ms=busy_ms, read_only=True)
    return writers.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite(url: str, *, size: int, busy_ms: int, read_only: bool = False) -> AsyncEngine:
    path = make_url(url).database or ""
    engine = create_async_engine(
        url,
        async_creator=lambda: near(path),
        pool_size=size,
        max_overflow=0,
        pool_timeout=_POOL_SECONDS,
        hide_parameters=True,
    )
    pragmas = ["journal_mode=WAL", f"busy_timeout={busy_ms}", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"]
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver would open a transaction only before the first change, so that what was read before it could be
        # stale; without its help `begun` opens every transaction itself.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in [*pragmas, "query_only=ON"] if read_only else pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
    return engine
