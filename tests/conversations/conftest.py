"""One house for all conversations: each row writes into a chat of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from assistant.web.services import Services
from tests.support.house import house


@pytest_asyncio.fixture(scope="session")
async def open_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    async with house(tmp_path_factory.mktemp("house")) as services:
        yield services
