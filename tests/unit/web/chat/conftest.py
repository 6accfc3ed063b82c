"""The running site around a scripted engine, and open pages without a browser."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
import pytest_asyncio

from tests.support.chat_client import ChatClient
from tests.support.chat_site import Site, serve

OpenPage = Callable[..., Awaitable[ChatClient]]


@pytest_asyncio.fixture(scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with serve(tmp_path_factory.mktemp("chat-site")) as running:
        yield running


@pytest_asyncio.fixture
async def browser_as(site: Site) -> AsyncIterator[Callable[[str | None], httpx.AsyncClient]]:
    """`browser_as(token)`: plain HTTP with that session's cookie, from the site's own origin."""
    clients: list[httpx.AsyncClient] = []

    def make(token: str | None) -> httpx.AsyncClient:
        cookies = {"session": token} if token else {}
        clients.append(httpx.AsyncClient(base_url=site.url, cookies=cookies, headers={"origin": site.url}))
        return clients[-1]

    yield make
    for client in clients:
        await client.aclose()
