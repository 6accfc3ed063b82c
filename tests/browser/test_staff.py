"""The staff's pages as staff use them, in a real browser that reaches nothing but the site."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from assistant.people.roles import Role
from assistant.safety.verdict import Urgency
from assistant.store.tables import Account, Case
from tests.browser.conftest import AXE
from tests.support.staff_site import PASSWORD, StaffSite, served_staff_site

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)], ids=["laptop", "phone"])
WORDS = "Buenos días, desde hace una hora siento una presión en el pecho, ¿es por la metformina?"
SCRIPTED: dict[str, Any] = {
    "words": WORDS,
    "lang": "es",
    "translation": "Good morning, for an hour I have felt a pressure in my chest, is it from the metformin?",
    "rule": "cardiac.pressure_with_company",
    "source": "Warning Signs of a Heart Attack https://www.heart.org/en/warning-signs",
    "evidence": {"spans": [[33, 63]], "reason": "Pressure in the chest.", "on": "typed", "script": "cardiac"},
}
SignIn = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[StaffSite, str]]:
    async with served_staff_site(tmp_path_factory.mktemp("staff")) as running:
        yield running


@pytest_asyncio.fixture
async def open_as(browser: Browser, served: tuple[StaffSite, str]) -> AsyncIterator[SignIn]:
    """`await open_as(Role.NURSE, "/inbox", width=390)`: a signed-in page; its console must stay silent."""
    site, url = served
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    async def open_page(
        who: Role | Account, path: str, width: int = 1280, height: int = 800, name: str = "Nina Brooks", **more: object
    ) -> Page:
        context = await browser.new_context(viewport={"width": width, "height": height}, **more)  # type: ignore[arg-type]
        contexts.append(context)
        account = await site.account(who, name) if isinstance(who, Role) else who
        token = await site.services.sign_ins.start(account)
        await context.add_cookies([{"name": "session", "value": token, "url": url}])
        page = await context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda line: broken.append(line.text) if "Content Security" in line.text else None)
        page.on("request", lambda asked: None if asked.url.startswith((url, "data:")) else broken.append(asked.url))
        await page.goto(f"{url}{path}")
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert broken == []


async def serious(page: Page) -> list[str]:
    """What axe-core finds critical or serious."""
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate("axe.run()")
    bad = [rule for rule in found["violations"] if rule["impact"] in {"critical", "serious"}]
    return [f"{rule['id']}: {node['target']}" for rule in bad for node in rule["nodes"]]


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_the_inbox(
    served: tuple[StaffSite, str], open_as: SignIn, width: int, height: int, scheme: str
) -> None:
    case = await served[0].case(**SCRIPTED)
    page = await open_as(Role.NURSE, "/inbox", width, height, color_scheme=scheme)
    assert await serious(page) == []
    assert await fits(page)
    await page.locator(f"#row-{case.id} a").click()
    await page.wait_for_selector("#case")
    assert await serious(page) == []
    assert await fits(page)
    await page.locator("[data-act=claim]").click()
    await page.locator("#closing summary").click()
    assert await serious(page) == []


@SIZES
async def test_everybody_can_use_the_desk(open_as: SignIn, width: int, height: int) -> None:
    page = await open_as(Role.ADMIN, "/desk", width, height)
    assert await serious(page) == []
    for path in ("/desk/item/labs/en/hba1c.yaml", "/desk/edit/scripts/cardiac/en.md"):
        await page.goto(page.url.split("/desk")[0] + path)
        assert await serious(page) == []
        assert await fits(page)


@SIZES
@pytest.mark.parametrize("lang", ["en", "ar"])
async def test_everybody_can_sign_in(
    browser: Browser, served: tuple[StaffSite, str], width: int, height: int, lang: str
) -> None:
    site, url = served
    account = await site.account(Role.NURSE)
    page = await browser.new_page(viewport={"width": width, "height": height})
    await page.goto(f"{url}/sign-in?lang={lang}&next=/inbox")
    assert await serious(page) == []
    await page.locator("form .nhsuk-button[type=submit], form > .nhsuk-button").last.click()
    await page.wait_for_selector(".nhsuk-error-summary")
    assert await serious(page) == []
    assert await fits(page)
    await page.fill("#login", account.login)
    await page.fill("#password", PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{url}/inbox")
    await page.close()


async def test_an_open_case_needs_no_scrolling_on_a_laptop(served: tuple[StaffSite, str], open_as: SignIn) -> None:
    case = await served[0].case(**SCRIPTED)
    page = await open_as(Role.NURSE, f"/inbox/{case.id}")
    for place in ("mark", ".mt", ".why", ".labs", "#reply-text", "#reply ~ .rowb .nhsuk-button", "[data-act=claim]"):
        box = await page.locator(place).first.bounding_box()
        assert box is not None, place
        assert box["y"] >= 0, place
        assert box["y"] + min(box["height"], 60) <= 800, place


async def test_new_cases_and_claims_of_others_appear_by_themselves(
    served: tuple[StaffSite, str], open_as: SignIn
) -> None:
    site, _url = served
    page = await open_as(Role.NURSE, "/inbox")
    await expect(page.locator("#line")).to_have_text("Live")
    case = await site.case(Urgency.CRISIS, words="a new case of this moment")
    row = page.locator(f"#row-{case.id}")
    await expect(row).to_contain_text("a new case of this moment")
    await expect(page.locator("#news")).to_contain_text("New")
    assert (await page.title()).startswith("(")
    sam = await site.account(Role.NURSE, "Sam Okafor")
    await site.services.cases.claim(case.id, sam.id, case.version)  # type: ignore[arg-type]
    await expect(row).to_contain_text("claimed by Sam Okafor")


async def test_a_claim_shows_on_every_open_page(served: tuple[StaffSite, str], open_as: SignIn) -> None:
    site, _url = served
    case = await site.case(**SCRIPTED)
    first = await open_as(Role.NURSE, f"/inbox/{case.id}", name="Nina Brooks")
    await expect(first.locator("#line")).to_have_text("Live")
    second = await open_as(Role.NURSE, f"/inbox/{case.id}", name="Sam Okafor")
    await second.locator("[data-act=claim]").click()
    await expect(second.locator(".taken")).to_contain_text("you")
    await expect(first.locator(".taken")).to_contain_text("Sam Okafor")


async def test_a_draft_outlives_a_reload_and_is_gone_once_sent(served: tuple[StaffSite, str], open_as: SignIn) -> None:
    case = await served[0].case(**SCRIPTED)
    page = await open_as(Role.NURSE, f"/inbox/{case.id}")
    await page.keyboard.press("c")
    await expect(page.locator(".taken")).to_contain_text("you")
    await page.keyboard.press("r")
    await page.keyboard.type("Rosa, soy Nina, enfermera.")
    await page.reload()
    await expect(page.locator("#reply-text")).to_have_value("Rosa, soy Nina, enfermera.")
    await page.get_by_role("button", name="Send reply").click()
    await expect(page.locator("#told")).to_contain_text("seen at the next visit")
    await expect(page.locator("#reply-text")).to_have_value("")
    await expect(page.locator(".m--team")).to_contain_text("soy Nina")
    await page.reload()
    await expect(page.locator("#reply-text")).to_have_value("")


async def test_what_is_being_written_survives_the_patients_next_message(
    served: tuple[StaffSite, str], open_as: SignIn
) -> None:
    site, _url = served
    case = await site.case(**SCRIPTED)
    page = await open_as(Role.NURSE, f"/inbox/{case.id}")
    await expect(page.locator("#line")).to_have_text("Live")
    await page.keyboard.press("r")
    await page.keyboard.type("I am here")
    async with site.services.database.write() as session:
        await site.services.cases.patient_wrote(session, case.thread_id, "they are on their way")  # type: ignore[arg-type]
    await page.locator(".events summary").click()
    await expect(page.locator(".events")).to_contain_text("The patient wrote again")
    await expect(page.locator("#reply-text")).to_have_value("I am here")


async def test_single_keys_move_and_can_be_switched_off(served: tuple[StaffSite, str], open_as: SignIn) -> None:
    cases: list[Case] = [await served[0].case(Urgency.CRISIS, **SCRIPTED) for _ in range(2)]
    page = await open_as(Role.NURSE, "/inbox")
    await page.keyboard.press("j")
    await page.wait_for_selector("#case")
    opened = page.url
    await page.keyboard.press("j")
    await expect(page.locator(".case > a[aria-current]")).to_be_focused()
    await page.wait_for_function("address => location.href !== address", arg=opened)
    await page.keyboard.press("?")
    await expect(page.locator("#help")).to_be_visible()
    await page.locator("#keys-on").uncheck()
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await expect(page.locator("#help")).not_to_be_visible()
    assert len(cases) == 2


async def test_a_change_goes_from_the_editor_to_the_next_answer(served: tuple[StaffSite, str], open_as: SignIn) -> None:
    site, url = served
    path = "/desk/edit/labs/en/potassium.yaml"
    editor = await open_as(Role.EDITOR, path, name="Omar Nasser")
    text = await editor.input_value("#body")
    await editor.fill("#body", text.replace("plain_name:", "plain_nam:", 1))
    await expect(editor.locator("#preview .problems")).to_contain_text("plain_nam")
    await editor.fill("#body", text.replace("questions:", "questions:\n  - {text: Is my salt right?, source: s1}", 1))
    await expect(editor.locator("#preview")).to_contain_text("Is my salt right?")
    await editor.fill("#reason", "People ask about salt")
    await editor.get_by_role("button", name="Hand in for review").click()
    await editor.wait_for_url("**/desk/version/*")
    approver = await open_as(Role.APPROVER, editor.url.removeprefix(url), name="Lena Fischer")
    await expect(approver.get_by_role("button", name="Approve")).to_be_disabled()
    assert await serious(approver) == []
    await approver.get_by_role("button", name="Show what will change").click()
    await expect(approver.locator(".ex ins")).to_contain_text("Is my salt right?")
    assert await serious(approver) == []
    await approver.get_by_role("button", name="Approve").click()
    await expect(approver.locator(".told--done")).to_contain_text("next answer")
    lab = site.services.shelf.current.lab("potassium")
    assert lab is not None
    assert "Is my salt right?" in [question.text for question in lab.words("en").item.questions]
