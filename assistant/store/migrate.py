"""Brings a database to the newest schema when the assistant starts."""

import logging
import os
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel

from assistant.errors import StoreUnavailable
from assistant.store import append_only as _guards  # noqa: F401 (registers the tables and their triggers)

_FOLDER = Path(__file__).parent / "migrations"
# Any constant will do: it only has to differ from other advisory locks of the same database.
_LOCK = 0x5A11_0001


def upgrade(url: str) -> None:
    """Runs every missing migration in one transaction; two processes starting at once take turns.

    An SQLite file is made with mode 0600. Blocks (tens of milliseconds); raises `StoreUnavailable`.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        engine = _engine(url)
        with engine.begin() as connection:
            _take_turns(connection)
            command.upgrade(_config(connection), "head")
        engine.dispose()
    except (DBAPIError, OSError) as error:
        raise StoreUnavailable(type(error).__name__) from error


def differences(url: str) -> list[Any]:
    """What the models have and the database has not, or the other way round (Alembic's own description)."""
    engine = _engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = list(compare_metadata(context, SQLModel.metadata))
    engine.dispose()
    return found


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return create_engine(parsed)
    if parsed.database:
        _private_file(Path(parsed.database))
    engine = create_engine(parsed.set(drivername="sqlite"))
    event.listen(engine, "connect", _without_driver_transactions)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _private_file(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _without_driver_transactions(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver commits before DDL; without its help a migration is all or nothing.
    connection.isolation_level = None


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
