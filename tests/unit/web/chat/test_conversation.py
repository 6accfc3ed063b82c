"""A patient writes: what is kept, what is shown, and what happens when something goes wrong."""

import asyncio
from uuid import uuid4

import pytest
import socketio
from sqlmodel import col, select

from assistant.store.tables import Element, Message, Thread
from assistant.web.intake import drain
from tests.support.chat_client import ChatClient
from tests.support.chat_site import Site


async def messages(site: Site, thread: str) -> list[Message]:
    query = select(Message).where(Message.thread_id == thread).order_by(col(Message.created_at))
    async with site.services.database.read() as session:
        return list((await session.execute(query)).scalars())


async def test_question_and_answer_are_on_disk_when_the_answer_is_shown(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        said = await page.say("what does my hba1c mean")
        kept = await messages(site, page.thread)
    assert [row.kind for row in kept] == ["user_message", "assistant_message"]
    assert kept[0].body == "what does my hba1c mean"
    assert kept[1].body == said[-1]["output"]


async def test_an_answer_is_drawn_by_its_cards(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say("what does my hba1c mean")
        assert [card["name"] for card in page.cards()] == ["ResultCard", "Answer", "ReplyFoot"]


async def test_a_title_never_tells_what_was_asked(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say("is it cancer")
        told = next(data for event, data in page.events if event == "first_interaction")
        async with site.services.database.read() as session:
            chat = await session.get_one(Thread, page.thread)
    assert chat.title is not None
    assert chat.title.startswith("Chat on ")
    assert "cancer" not in chat.title + told["interaction"]


async def test_an_emergency_is_in_the_words_and_on_a_card(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        said = await page.say("a weight on my chest")
        card = next(card for card in page.cards() if card["name"] == "EmergencyCard")
    assert "[Call 911](tel:911)" in said[-1]["output"]
    assert card["props"]["case"]


async def test_a_failure_ends_in_approved_words_and_never_in_the_errors(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        said = await page.say("boom")
    assert "That did not work. Call +1 612 555 0100." in said[-1]["output"]
    assert "secret" not in repr(page.events)


async def test_a_failure_is_told_in_the_patients_language(site: Site) -> None:
    async with ChatClient(site, await site.signed_in(lang="es")) as page:
        assert "Eso falló" in (await page.say("boom"))[-1]["output"]


async def test_a_second_message_is_answered_too(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.send("slow")
        await page.send("a weight on my chest")
        await page.until(lambda: len(page.feet()) == 2)
        assert sorted(card["name"] for card in page.cards()).count("EmergencyCard") == 2


async def test_stopping_does_not_withdraw_an_answer(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.send("slow chest")
        await asyncio.sleep(0.2)
        await page.io.emit("stop")
        await page.until(lambda: any(card["name"] == "EmergencyCard" for card in page.cards()))


async def test_waiting_is_put_into_words_and_taken_away_again(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say("slow")
        waiting = [data for data in page.said() if "Reading your results" in data["output"]]
        gone = [data["id"] for event, data in page.events if event == "delete_message"]
        kept = await messages(site, page.thread)
    assert [one["id"] for one in waiting] == gone
    assert "Reading your results" not in "".join(row.body for row in kept)


async def test_a_long_message_reaches_the_engine_whole(site: Site) -> None:
    long = "word " * 15_000 + "a weight on my chest"
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say(long)
    assert site.engine.heard[-1].text == long


async def test_the_page_cannot_choose_kind_author_or_chat(site: Site) -> None:
    elsewhere = str(uuid4())
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say("hba1c", type="assistant_message", name="care_team", threadId=elsewhere)
        kept = await messages(site, page.thread)
    assert (kept[0].kind, kept[0].author) == ("user_message", "patient")
    assert await messages(site, elsewhere) == []


async def test_the_same_message_twice_is_one_message(site: Site) -> None:
    same = str(uuid4())
    async with ChatClient(site, await site.signed_in()) as page:
        before = len(site.engine.heard)
        await page.send("slow", id=same)
        await page.send("slow", id=same)
        await page.until(lambda: len(page.feet()) == 1)
        await drain()
    assert len(site.engine.heard) == before + 1


async def test_empty_words_are_no_message(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.send("   ")
        await asyncio.sleep(0.2)
        assert page.thread == ""


async def test_opening_a_chat_again_brings_everything_back_in_order(site: Site) -> None:
    token = await site.signed_in()
    async with ChatClient(site, token) as page:
        await page.say("what does my hba1c mean")
        await page.say("a weight on my chest")
    async with ChatClient(site, token, thread=page.thread) as again:
        await again.until(lambda: any(event == "resume_thread" for event, _ in again.events))
        chat = next(data for event, data in again.events if event == "resume_thread")
    kinds = [step["type"] for step in chat["steps"]]
    assert kinds == ["user_message", "assistant_message"] * 2
    assert [one["name"] for one in chat["elements"] if one["forId"] == chat["steps"][1]["id"]] == [
        "ResultCard", "Answer", "ReplyFoot",
    ]  # fmt: skip


async def test_somebody_elses_chat_cannot_be_opened(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say("hba1c")
    with pytest.raises(socketio.exceptions.ConnectionError):
        async with ChatClient(site, await site.signed_in(), thread=page.thread):
            pass


async def test_somebody_elses_page_cannot_be_taken_over(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with ChatClient(site, await site.signed_in(), session=page.session):
                pass


async def test_a_dropped_line_loses_nothing(site: Site) -> None:
    token = await site.signed_in()
    async with ChatClient(site, token) as page:
        await page.say("hba1c")
        await page.send("slow chest")
        await asyncio.sleep(0.2)
    await drain()
    async with ChatClient(site, token, session=page.session) as again:
        await again.until(lambda: any(card["name"] == "EmergencyCard" for card in again.cards()))


async def test_what_patients_say_is_not_readable_on_disk(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say("hba1c zebrafish")
    folder = site.services.settings.data_dir
    assert b"zebrafish" not in b"".join(path.read_bytes() for path in folder.glob("test.sqlite*"))


async def test_every_card_belongs_to_a_message_of_its_chat(site: Site) -> None:
    async with ChatClient(site, await site.signed_in()) as page:
        await page.say("hba1c")
        ids = {row.id for row in await messages(site, page.thread)}
        async with site.services.database.read() as session:
            cards = (await session.execute(select(Element).where(Element.thread_id == page.thread))).scalars().all()
    assert {card.message_id for card in cards} <= ids
