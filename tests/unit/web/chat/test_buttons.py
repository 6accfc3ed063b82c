"""Buttons: safety checks, thumbs, "talk to a person", language, earlier chats."""

from collections.abc import Callable
from typing import Any

import httpx
from sqlmodel import select

from assistant.store.tables import Feedback
from tests.support.chat_client import ChatClient
from tests.support.chat_site import Site

BrowserAs = Callable[[str | None], httpx.AsyncClient]


async def press(client: httpx.AsyncClient, page: ChatClient, name: str, payload: dict[str, Any]) -> int:
    action = {"name": name, "payload": payload, "label": "", "id": "a", "forId": ""}
    answer = await client.post("/chat/project/action", json={"sessionId": page.session, "action": action})
    return answer.status_code


def newest(page: ChatClient, name: str) -> dict[str, Any]:
    found: dict[str, Any] = [card for card in page.cards() if card["name"] == name][-1]
    return found


async def test_a_yes_reaches_the_engine_as_an_answer_and_ends_in_the_emergency_card(
    site: Site, browser_as: BrowserAs
) -> None:
    token = await site.signed_in()
    async with ChatClient(site, token) as page:
        await page.say("i am dizzy")
        card = newest(page, "SafetyCheck")
        await press(browser_as(token), page, "safety_check", {"card": card["id"], "answers": [False, True, None]})
        await page.until(lambda: any(one["name"] == "EmergencyCard" for one in page.cards()))
        assert site.engine.heard[-1].check == ("dizziness", (False, True, False))
        assert newest(page, "SafetyCheck")["props"]["answers"] == [False, True, None]
        mine = [data for event, data in page.events if event == "new_message" and data["type"] == "user_message"]
    assert mine[-1]["output"] == "Did it begin suddenly? Yes."


async def test_a_safety_check_is_answered_once(site: Site, browser_as: BrowserAs) -> None:
    token = await site.signed_in()
    async with ChatClient(site, token) as page:
        await page.say("i am dizzy")
        payload = {"card": newest(page, "SafetyCheck")["id"], "answers": [False, False, False]}
        await press(browser_as(token), page, "safety_check", payload)
        heard = len(site.engine.heard)
        await press(browser_as(token), page, "safety_check", payload)
        await press(browser_as(token), page, "safety_check", {**payload, "answers": [True]})
    assert len(site.engine.heard) == heard


async def test_a_card_of_somebody_elses_chat_does_nothing(site: Site, browser_as: BrowserAs) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say("i am dizzy")
        card = newest(page, "SafetyCheck")["id"]
    other = await site.signed_in()
    async with ChatClient(site, other) as theirs:
        await theirs.say("hba1c")
        heard = len(site.engine.heard)
        await press(browser_as(other), theirs, "safety_check", {"card": card, "answers": [True] * 3})
        assert await press(browser_as(other), page, "rate", {"card": card, "value": 1}) in {401, 500}
    assert len(site.engine.heard) == heard


async def test_a_thumb_is_kept_and_can_be_changed(site: Site, browser_as: BrowserAs) -> None:
    token = await site.signed_in()
    async with ChatClient(site, token) as page:
        await page.say("hba1c")
        foot = newest(page, "ReplyFoot")
        for value in (1, 0):
            await press(browser_as(token), page, "rate", {"card": foot["id"], "value": value})
        await page.until(lambda: newest(page, "ReplyFoot")["props"]["rated"] == 0)
    async with site.services.database.read() as session:
        kept = (await session.execute(select(Feedback).where(Feedback.message_id == foot["forId"]))).scalars().all()
    assert [row.value for row in kept] == [0]


async def csrf(site: Site, token: str) -> dict[str, str]:
    signed = await site.services.sign_ins.lookup(token)
    assert signed is not None
    return {"x-csrf": signed.csrf}


async def test_talk_to_a_person_says_so_in_the_open_chat(site: Site, browser_as: BrowserAs) -> None:
    token = await site.signed_in(lang="es")
    async with ChatClient(site, token) as page:
        answer = await browser_as(token).post("/chat-shell/person", json={}, headers=await csrf(site, token))
        assert answer.status_code == 204
        await page.until(lambda: bool(page.feet()))
    assert site.engine.heard[-1].text == "Quiero hablar con una persona."


async def test_without_an_open_page_asking_for_a_person_is_refused_aloud(site: Site, browser_as: BrowserAs) -> None:
    token = await site.signed_in()
    answer = await browser_as(token).post("/chat-shell/person", json={}, headers=await csrf(site, token))
    assert answer.status_code == 409


async def test_a_change_needs_the_secret_of_the_sign_in(site: Site, browser_as: BrowserAs) -> None:
    token = await site.signed_in()
    for headers in ({}, {"x-csrf": "guessed"}):
        answer = await browser_as(token).post("/chat-shell/language", json={"lang": "es"}, headers=headers)
        assert answer.status_code == 403


async def test_a_chosen_language_stays(site: Site, browser_as: BrowserAs) -> None:
    token = await site.signed_in()
    client = browser_as(token)
    headers = await csrf(site, token)
    assert (await client.post("/chat-shell/language", json={"lang": "es"}, headers=headers)).status_code == 204
    assert (await client.post("/chat-shell/language", json={"lang": "xx"}, headers=headers)).status_code == 422
    assert (await client.get("/chat-shell.json")).json()["lang"] == "es"


async def test_earlier_chats_are_ones_own_and_can_be_hidden(site: Site, browser_as: BrowserAs) -> None:
    token = await site.signed_in()
    client = browser_as(token)
    async with ChatClient(site, token) as page:
        await page.say("hba1c")
    shell = (await client.get("/chat-shell.json")).json()
    assert [chat["id"] for chat in shell["chats"]] == [page.thread]
    assert shell["numbers"] == {"emergency": "911", "crisis": "988", "phone": "+1 612 555 0100"}
    other = browser_as(await site.signed_in())
    gone = {"threadId": page.thread}
    assert (await other.request("DELETE", "/chat/project/thread", json=gone)).status_code == 401
    assert (await client.request("DELETE", "/chat/project/thread", json=gone)).status_code == 200
    assert (await client.get("/chat-shell.json")).json()["chats"] == []
    assert (await client.get(f"/chat/project/thread/{page.thread}")).status_code in {401, 404}
