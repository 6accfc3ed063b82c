"""A migrated database is the one that the models describe, on SQLite and on PostgreSQL."""

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, text

from assistant.errors import StoreUnavailable
from assistant.store.db import Database
from assistant.store.migrate import differences, upgrade
from tests.support.databases import sqlite_url, with_tables


async def test_the_migrated_schema_equals_the_models(database_url: str) -> None:
    await asyncio.to_thread(upgrade, database_url)
    assert await asyncio.to_thread(differences, database_url) == []


async def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    for _ in range(2):
        await asyncio.to_thread(upgrade, database_url)
    database = Database(database_url)
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    await database.close()
    assert names == set(SQLModel.metadata.tables) | {"alembic_version"}


async def test_two_processes_may_upgrade_at_the_same_time(database_url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(upgrade, database_url) for _ in range(2)))
    assert await asyncio.to_thread(differences, database_url) == []


@pytest.mark.parametrize("migrated", [True, False], ids=["migrated", "made from the models"])
@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET actor = 'nobody'"])
async def test_the_audit_table_only_grows(database_url: str, migrated: bool, statement: str) -> None:
    if migrated:
        await asyncio.to_thread(upgrade, database_url)
    database = Database(database_url) if migrated else await with_tables(database_url)
    async with database.write() as session:
        await session.execute(_ENTRY)
    with pytest.raises((StoreUnavailable, DBAPIError)):
        async with database.write() as session:
            await session.execute(text(statement))
    await database.close()


_ENTRY = text(
    "INSERT INTO audit (at, actor, action, subject, detail, previous, hash) "
    "VALUES ('2026-11-20 15:00:00', 'a', 'b', 'c', '{}', '', 'h')"
)


async def test_the_database_file_is_its_owners_alone(tmp_path: Path) -> None:
    await asyncio.to_thread(upgrade, sqlite_url(tmp_path / "data"))
    assert stat.S_IMODE((tmp_path / "data" / "test.sqlite").stat().st_mode) == 0o600


async def test_a_database_that_cannot_be_reached_says_so_without_its_password() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        upgrade("postgresql+psycopg://user:secret-word@127.0.0.1:1/none")
    assert "secret-word" not in str(caught.value)
