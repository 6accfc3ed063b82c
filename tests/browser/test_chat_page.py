"""The chat as a patient sees it, in a real browser that reaches nothing but the site."""

import re

import pytest
from playwright.async_api import Page, expect

from assistant.people.roles import Role
from assistant.store.ids import AccountId
from tests.browser.conftest import AXE, OpenPage, say
from tests.support.chat_site import Site

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)], ids=["desk", "phone"])


async def serious(page: Page) -> list[str]:
    """What axe-core finds critical or serious."""
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate("axe.run()")
    bad = [rule for rule in found["violations"] if rule["impact"] in {"critical", "serious"}]
    return [f"{rule['id']}: {node['target']}" for rule in bad for node in rule["nodes"]]


async def ask_everything(page: Page) -> None:
    """One of each card on one page."""
    await say(page, "what does my hba1c mean")
    await page.wait_for_selector(".result .trend circle")
    await say(page, "a weight on my chest")
    await page.wait_for_selector(".script .call")
    await say(page, "dizzy")
    await page.wait_for_selector(".check")
    await say(page, "i feel alone")
    await page.wait_for_selector("[data-tone=crisis]")
    await expect(page.locator("[data-drawn]")).to_have_count(4)


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_it(open_chat: OpenPage, width: int, height: int, scheme: str) -> None:
    page = await open_chat(width, height, color_scheme=scheme)
    await page.wait_for_selector(".welcome-words")
    assert await serious(page) == []
    await ask_everything(page)
    assert await serious(page) == []
    await page.locator(".answer .pill").nth(2).click()
    await page.wait_for_selector("#source[open]")
    assert await serious(page) == []


@SIZES
async def test_nothing_is_wider_than_the_page(open_chat: OpenPage, width: int, height: int) -> None:
    page = await open_chat(width, height)
    await ask_everything(page)
    assert await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    for card in await page.locator("[data-part]").all():
        box = await card.bounding_box()
        assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= width and box["width"] <= 680)


async def test_the_page_asks_no_other_host_and_breaks_nowhere(open_chat: OpenPage, site: Site) -> None:
    page = await open_chat()
    asked: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    await page.reload()
    await page.wait_for_selector("#chat-input")
    await ask_everything(page)
    own = (site.url, site.url.replace("http", "ws", 1), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert broken == []


async def test_the_plain_text_gives_way_to_the_cards(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "what does my hba1c mean")
    await expect(page.locator(".answer")).to_be_visible()
    await expect(page.locator("[data-step-type=assistant_message] .prose")).to_be_hidden()


async def test_without_cards_the_emergency_is_still_there_with_a_number_to_dial(open_chat: OpenPage) -> None:
    page = await open_chat()
    await page.route("**/elements/*.jsx", lambda route: route.abort())
    await say(page, "a weight on my chest")
    text = page.locator("[data-step-type=assistant_message] .prose")
    await expect(text).to_be_visible()
    await expect(text).to_contain_text("Do not drive yourself.")
    await expect(text.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")


async def test_the_emergency_numbers_are_on_the_page_before_any_script(open_chat: OpenPage) -> None:
    page = await open_chat(java_script_enabled=True)
    await expect(page.locator(".always a").first).to_have_attribute("href", "tel:911")
    await expect(page.locator(".always")).to_be_in_viewport()


async def test_a_source_opens_with_passage_version_reviewer_and_link(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "what does my hba1c mean")
    await page.get_by_role("button", name="Source: 1: HbA1c").first.click()
    panel = page.locator("#source")
    for words in (
        "about three months",
        "Version 3",
        "Reviewed by R. Viewer",
        "12 August 2026",
        "not clinically reviewed",
    ):
        await expect(panel).to_contain_text(
            re.compile(words.replace("12 August 2026", "August 12, 2026|12 August 2026"))
        )
    await expect(panel.get_by_role("link")).to_have_attribute("href", "https://example.org/hba1c")
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_a_safety_check_works_with_the_keyboard_alone(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "dizzy")
    await page.get_by_role("group", name="Did it begin suddenly?").get_by_role("button", name="Yes").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".script .call")).to_be_visible()
    await expect(page.locator(".check fieldset button:enabled")).to_have_count(0)
    await expect(page.locator(".check [aria-pressed=true]")).to_have_count(1)


async def test_a_suggestion_is_said_as_the_patients_own_words(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "what does my hba1c mean")
    await page.get_by_role("button", name="Explain it more simply").click()
    await expect(page.locator("[data-step-type=user_message]").last).to_contain_text("simpler please")


async def test_a_starter_opens_the_chat(open_chat: OpenPage) -> None:
    page = await open_chat()
    await page.get_by_role("button", name="Show what is outside the range").click()
    await expect(page.locator(".answer")).to_contain_text("Your HbA1c was 7.8 %.")


async def test_a_person_is_asked_for_from_the_header(open_chat: OpenPage) -> None:
    page = await open_chat()
    await page.get_by_role("button", name="Talk to a person").click()
    await expect(page.locator("[data-step-type=user_message]")).to_contain_text("I want to talk to a person.")
    await expect(page.locator("[data-step-type=assistant_message]")).to_be_visible()


async def test_a_change_of_language_keeps_the_chat(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "what does my hba1c mean")
    await page.wait_for_url("**/chat/thread/*")
    await page.get_by_role("button", name="Continue in Español").click()
    await expect(page.locator("#person")).to_have_text("Hablar con una persona")
    await expect(page.locator(".result")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "es")


async def test_the_thumb_stays_after_a_reload(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "what does my hba1c mean")
    await page.wait_for_url("**/chat/thread/*")
    async with page.expect_response("**/project/action"):
        await page.get_by_role("button", name="Not helpful").click()
    await page.reload()
    await expect(page.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")


async def test_earlier_chats_are_listed_by_date(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "what does my hba1c mean")
    await page.wait_for_selector(".foot")
    await page.click(".more summary")
    await expect(page.locator("#earlier a")).to_contain_text("Chat on ")


async def test_a_nurse_answers_while_the_page_is_open(open_chat: OpenPage, site: Site) -> None:
    page = await open_chat()
    await say(page, "a weight on my chest")
    await page.wait_for_selector(".script")
    case = (await site.services.cases.of_thread(page.url.rsplit("/", 1)[1]))[0]  # type: ignore[arg-type]
    nurse = AccountId((await site.account(Role.NURSE)).id)
    claimed = await site.services.cases.claim(case.id, nurse, case.version)  # type: ignore[arg-type]
    await expect(page.locator(".script .status")).to_contain_text("Opened by a nurse")
    await site.services.cases.reply(claimed.id, nurse, claimed.version, "Help is on its way.")  # type: ignore[arg-type]
    await expect(page.locator(".step").last).to_contain_text("Help is on its way.")
    await expect(page.locator(".step").last).to_contain_text("Your care team")


async def test_screen_readers_are_told_new_answers_once(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "which are outside the range")
    await expect(page.locator("#said p")).to_have_count(1)
    await expect(page.locator("#said p")).to_contain_text("Your HbA1c was 7.8 %.")


async def test_chainlits_own_furniture_is_gone(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "what does my hba1c mean")
    await page.wait_for_selector(".foot")
    for furniture in ("#header", ".watermark", "#upload-button", "#readme-button", ".ai-message img", "#theme-toggle"):
        await expect(page.locator(furniture).locator("visible=true")).to_have_count(0)


async def test_the_words_for_waiting_come_and_go(open_chat: OpenPage) -> None:
    page = await open_chat()
    await say(page, "slow")
    waiting = page.locator(".step").get_by_text("Reading your results…")
    await expect(waiting).to_be_visible()
    await expect(page.locator(".script")).to_contain_text("You can ask about your own results.")
    await expect(waiting).to_have_count(0)
