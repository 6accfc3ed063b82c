"""Fixtures that every test may use: a fresh `database`, a `clock` that stands still, and an encryption key."""

import os

os.environ["NEMO_GUARDRAILS_NO_USAGE_STATS"] = "1"

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from assistant.store.clock import FixedClock
from assistant.store.columns import Cipher
from assistant.store.db import Database
from assistant.store.keys import parse_keys
from tests.support.databases import BACKENDS, POSTGRES, empty_url, with_tables
from tests.support.keys import TEST_MASTER
from tests.support.served import Served, served


@pytest.fixture(autouse=True)
def _encryption_key() -> None:
    Cipher.use(*parse_keys(TEST_MASTER).columns)


@pytest_asyncio.fixture(scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """The whole assistant as a program of its own, with the demo patients."""
    async with served(tmp_path_factory.mktemp("running")) as server:
        yield server


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 15, 0, tzinfo=UTC))


@pytest.fixture(params=[pytest.param(name, marks=[pytest.mark.postgres] * (name != "sqlite")) for name in BACKENDS])
def backend(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on; PostgreSQL only where `ASSISTANT_TEST_POSTGRES` holds an URL."""
    name = str(request.param)
    if name == "postgresql" and not POSTGRES:
        pytest.skip("ASSISTANT_TEST_POSTGRES holds no URL")
    return name


@pytest_asyncio.fixture
async def database_url(backend: str, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of an empty database: no tables yet."""
    async with empty_url(backend, tmp_path) as url:
        yield url


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database with every table."""
    made = await with_tables(database_url)
    yield made
    await made.close()
