"""Fresh databases for tests: an SQLite file, or a database on the PostgreSQL server of `ASSISTANT_TEST_POSTGRES`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from assistant.store import append_only as _guards  # noqa: F401 (registers the tables and their triggers)
from assistant.store.db import Database

POSTGRES = os.environ.get("ASSISTANT_TEST_POSTGRES", "")
BACKENDS = ("sqlite", "postgresql")


def sqlite_url(folder: Path, name: str = "test.sqlite") -> str:
    return f"sqlite+aiosqlite:///{folder / name}"


@asynccontextmanager
async def postgres_url() -> AsyncIterator[str]:
    """The URL of an empty database that is dropped afterwards."""
    name = f"t_{uuid4().hex[:12]}"
    await _on_server(f'CREATE DATABASE "{name}"')
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        await _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _on_server(statement: str) -> None:
    engine = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


@asynccontextmanager
async def empty_url(backend: str, folder: Path) -> AsyncIterator[str]:
    if backend == "sqlite":
        yield sqlite_url(folder)
        return
    async with postgres_url() as url:
        yield url


async def with_tables(url: str) -> Database:
    """A database with every table, made straight from the models (a test proves that migrations give the same)."""
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    return database
