"""The main job in a real browser on the real house: a patient asks, danger is seen, a nurse answers."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import AXE, say
from tests.support.served import Served


async def serious(page: Page) -> list[str]:
    """What axe-core finds critical or serious."""
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate("axe.run()")
    return [rule["id"] for rule in found["violations"] if rule["impact"] in {"critical", "serious"}]


class Door:
    """Signs in through the page, as a person does."""

    def __init__(self, browser: Browser, running: Served) -> None:
        self._browser = browser
        self._running = running
        self.contexts: list[BrowserContext] = []
        self.elsewhere: list[str] = []

    async def open(self, login: str, width: int = 1280) -> Page:
        context = await self._browser.new_context(viewport={"width": width, "height": 900})
        self.contexts.append(context)
        page = await context.new_page()
        page.on("request", lambda request: self._note(request.url))
        await page.goto(f"{self._running.url}/sign-in")
        await page.fill("input[name=login]", login)
        await page.fill("input[name=password]", self._running.password)
        await page.click("main form button[type=submit]")
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self._running.url, "data:", "blob:", self._running.url.replace("http", "ws"))):
            self.elsewhere.append(url)


@pytest_asyncio.fixture
async def door(browser: Browser, running: Served) -> AsyncIterator[Door]:
    made = Door(browser, running)
    yield made
    for context in made.contexts:
        await context.close()


async def test_own_result_is_explained_with_card_trend_and_sources(door: Door) -> None:
    page = await door.open("grace")
    await page.wait_for_selector("#chat-input")
    await say(page, "What does my HbA1c mean, and how does my average blood sugar compare?")
    await expect(page.locator(".result")).to_contain_text("6.1")
    await expect(page.locator(".result .trend")).to_be_visible()
    await expect(page.locator("body")).to_contain_text("average blood sugar of about 128 mg/dL")
    assert await serious(page) == []
    assert door.elsewhere == []


async def test_the_chat_starts_in_the_language_of_the_record(door: Door) -> None:
    page = await door.open("rosa", width=390)
    await page.wait_for_selector("#chat-input")
    await expect(page.locator("html")).to_have_attribute("lang", re.compile("^es"))
    await say(page, "¿Qué significa mi hemoglobina glicosilada?")
    await expect(page.locator(".result")).to_contain_text("por encima del rango del laboratorio")
    assert await serious(page) == []


async def test_a_nurse_has_the_case_and_her_answer_reaches_the_open_chat(door: Door) -> None:
    patient = await door.open("daniel")
    await patient.wait_for_selector("#chat-input")
    await say(patient, "crushing pressure in my chest and my arm is numb")
    await expect(patient.locator(".script .call")).to_have_attribute("href", "tel:911")
    await expect(patient.locator(".script")).to_contain_text("We told your care team at")
    nurse = await door.open("nina")
    await nurse.wait_for_selector(".cases .case")
    await nurse.click(".cases .case:has-text('Daniel Price') a")
    await expect(nurse.locator("mark").first).to_be_visible()
    await nurse.click("button:has-text('Claim')")
    await nurse.fill("textarea[name=text]", "Nina here. Please call 911 now.")
    await nurse.click("button:has-text('Send reply')")
    await expect(patient.locator("body")).to_contain_text("Nina here. Please call 911 now.")
    assert await serious(nurse) == []
    assert door.elsewhere == []
