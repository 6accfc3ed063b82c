"""The staff's pages without a server: one site for all tests, every test with people and cases of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.staff_site import StaffSite, staff_site


@pytest_asyncio.fixture(scope="session")
async def staff(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[StaffSite]:
    async with staff_site(tmp_path_factory.mktemp("staff-site")) as site:
        yield site
