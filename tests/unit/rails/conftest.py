"""One real engine for all tests of this folder: NeMo works in one event loop only."""

from collections.abc import AsyncIterator

import pytest_asyncio

from assistant.rails import Rails
from tests.support.rail_files import RAILS, documents

SITE_PHONE = "+1 612 555 0100"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def rails() -> AsyncIterator[Rails]:
    made = Rails(RAILS, documents(), contacts=(SITE_PHONE,))
    await made.start()
    yield made
    await made.stop()
