"""What reaches an open chat by itself."""

from assistant.people.roles import Role
from assistant.store.ids import AccountId, CaseId
from assistant.web import live
from tests.support.chat_client import ChatClient
from tests.support.chat_site import Site


async def claimed_case(site: Site, page: ChatClient) -> tuple[CaseId, AccountId, int]:
    """An emergency of this page's patient that a nurse has taken."""
    await page.say("a weight on my chest")
    card = next(card for card in page.cards() if card["name"] == "EmergencyCard")
    nurse = AccountId((await site.account(Role.NURSE)).id)
    case_id = CaseId(card["props"]["case"])
    case = await site.services.cases.claim(case_id, nurse, 1)
    return case_id, nurse, case.version


def status(page: ChatClient) -> list[str]:
    cards = [card for card in page.cards() if card["name"] == "EmergencyCard"]
    found: list[str] = cards[-1]["props"]["status"]
    return found


async def test_a_nurses_answer_appears_in_the_open_chat(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        case, nurse, version = await claimed_case(site, page)
        assert await live.staff_reply(site.services, case, nurse, version, "Please *sit* down.") == 1
        await page.until(lambda: "Please" in page.said()[-1]["output"])
    assert page.said()[-1]["output"] == "**Your care team**\n\nPlease \\*sit\\* down."


async def test_an_answer_given_at_the_desk_reaches_the_chat_through_the_broker(site: Site) -> None:
    async with ChatClient(site, await site.signed_in(lang="es")) as page:
        case, nurse, version = await claimed_case(site, page)
        await site.services.cases.reply(case, nurse, version, "Siéntese.")
        await page.until(lambda: "Siéntese" in page.said()[-1]["output"])
    assert page.said()[-1]["output"].startswith("**Su equipo de salud**")


async def test_the_patient_sees_how_far_their_case_has_come(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        case, nurse, version = await claimed_case(site, page)
        await page.until(lambda: len(status(page)) == 1)
        assert status(page)[0].startswith("Opened by a nurse ")
        await site.services.cases.reply(case, nurse, version, "Please sit down.")
        await page.until(lambda: len(status(page)) == 2)
        assert status(page)[1].startswith("Answered ")


async def test_an_answer_to_a_closed_page_is_there_at_the_next_visit(site: Site) -> None:
    token = await site.signed_in()
    async with ChatClient(site, token) as page:
        case, nurse, version = await claimed_case(site, page)
    assert await live.staff_reply(site.services, case, nurse, version, "Please call us.") == 0
    async with ChatClient(site, token, thread=page.thread) as again:
        await again.until(lambda: any(event == "resume_thread" for event, _ in again.events))
        chat = next(data for event, data in again.events if event == "resume_thread")
    assert "Please call us." in chat["steps"][-1]["output"]


async def test_other_patients_see_nothing_of_it(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page, ChatClient(site, await site.signed_in()) as other:
        await other.say("hba1c")
        before = len(other.events)
        case, nurse, version = await claimed_case(site, page)
        await live.staff_reply(site.services, case, nurse, version, "For one person only.")
        assert other.events[before:] == []
