"""A real chromium and the real page; skipped, with the reason, where the machine has no chromium."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from assistant.people.roles import Role
from tests.support.chat_site import Site, serve

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
_INSTALLED = CHROMIUM.exists()
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

OpenPage = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not _INSTALLED:
        pytest.skip(f"no {CHROMIUM}: apt-get install chromium")
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=_ARGUMENTS)
        yield found
        await found.close()


@pytest_asyncio.fixture(scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with serve(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest_asyncio.fixture
async def open_chat(browser: Browser, site: Site) -> AsyncIterator[OpenPage]:
    """`await open_chat(width=390, lang="es")`: a signed-in patient's page; whatever it asks of other hosts fails."""
    contexts: list[BrowserContext] = []

    async def open_page(width: int = 1280, height: int = 900, lang: str = "en", **more: object) -> Page:
        context = await browser.new_context(viewport={"width": width, "height": height}, **more)  # type: ignore[arg-type]
        contexts.append(context)
        token = await site.signed_in(Role.PATIENT, lang)
        await context.add_cookies([{"name": "session", "value": token, "url": site.url}])
        page = await context.new_page()
        await page.goto(f"{site.url}/chat/")
        await page.wait_for_selector("#chat-input")
        return page

    yield open_page
    for context in contexts:
        await context.close()


async def say(page: Page, text: str) -> None:
    """Types as a person does: the box ignores values that are only set. It sends once the page is connected."""
    await page.click("#chat-input")
    await page.keyboard.type(text)
    await page.wait_for_selector("#chat-submit:enabled")
    await page.keyboard.press("Enter")
