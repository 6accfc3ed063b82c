"""A nurse's reply in a chat that is open: the patient reads it at once, and the nurse is told so."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from assistant.people.roles import Role
from assistant.store.ids import AccountId
from tests.support.chat_client import ChatClient
from tests.support.chat_site import Site, serve


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with serve(tmp_path_factory.mktemp("live-site")) as running:
        yield running


async def test_a_reply_reaches_the_open_chat(site: Site) -> None:
    patient, nurse = await site.account(), await site.account(Role.NURSE)
    token = await site.session(nurse)
    signed = await site.services.sign_ins.lookup(token)
    assert signed is not None
    async with ChatClient(site, await site.session(patient)) as page:
        await page.say("a weight on my chest")
        case = (await site.services.cases.list_open(by=AccountId(nurse.id)))[0]
        async with httpx.AsyncClient(base_url=site.url, cookies={"session": token}) as client:
            answer = await client.post(
                f"/inbox/{case.id}/reply",
                data={"csrf": signed.csrf, "version": case.version, "text": "I am with you"},
                headers={"hx-request": "true", "hx-request-type": "partial"},
            )
        assert "Delivered to the open chat" in answer.text
        await page.until(lambda: any("I am with you" in said["output"] for said in page.said()))
