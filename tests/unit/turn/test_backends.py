"""The whole house on each database: the same turn, the same case, no words in plain text."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from assistant.errors import StoreUnavailable
from assistant.turn.state import Outcome
from tests.support.house import house, incoming

CHEST = "crushing pressure in my chest and zanzibar"


async def test_a_turn_and_its_case(backend: str, database_url: str, tmp_path: Path) -> None:
    async with house(tmp_path, batch=False, database_url=database_url) as services:
        ordinary = await services.engine.play(await incoming(services, "rosa", "what does my hba1c mean", "en"))
        danger = await services.engine.play(await incoming(services, "daniel", CHEST, "en", thread="t"))
        await services.engine.play(await incoming(services, "daniel", "and zanzibar again", "en", thread="t"))
    assert (ordinary.outcome, danger.outcome) == (Outcome.EXPLAINED, Outcome.EMERGENCY)
    assert danger.case is not None
    if backend == "postgresql":
        assert "zanzibar" not in _everything(database_url)


def _everything(url: str) -> str:
    """Every row of every table, as PostgreSQL prints it: checkpoints included."""
    plain = make_url(url).set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False)) as connection:
        tables = connection.execute(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables "
            "where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        names = [str(row[0]) for row in tables]
        assert any("checkpoint" in name for name in names)
        found = [connection.execute(f"select t::text from {name} t").fetchall() for name in names]  # noqa: S608
    return "\n".join(str(row[0]) for rows in found for row in rows)


async def test_a_database_that_cannot_be_opened_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable):
        async with house(tmp_path, database_url=f"sqlite+aiosqlite:///{tmp_path}/file/a.sqlite"):
            raise AssertionError("opened")
