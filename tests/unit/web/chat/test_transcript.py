"""The transcript on both databases: written once, in order, by its owner."""

from types import SimpleNamespace
from typing import cast

import pytest
from sqlmodel import col, select

from assistant.errors import ScopeRefused
from assistant.language.words import Words
from assistant.settings import ROOT, Site
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.ids import AccountId, ThreadId, new_id
from assistant.store.tables import Account, Element, Message
from assistant.web.services import Services
from assistant.web.transcript import Spoken, save_reply, save_user_message
from tests.support import replies

THREAD = ThreadId("thread-1")


@pytest.fixture
def services(database: Database, clock: FixedClock) -> Services:
    """The four services that a transcript needs."""
    parts = SimpleNamespace(
        database=database, clock=clock, words=Words(ROOT / "locales"), settings=SimpleNamespace(site=Site())
    )
    return cast(Services, parts)


async def account(database: Database) -> AccountId:
    row = Account(login=new_id(), name="Ana", role="patient", password_hash="")
    async with database.write() as session:
        session.add(row)
    return AccountId(row.id)


async def write(services: Services, by: AccountId, message: str = "m1", text: str = "hello") -> None:
    await save_user_message(services, thread=THREAD, account=by, lang="en", message=message, text=text)


async def kept(services: Services) -> list[str]:
    query = select(Message).order_by(col(Message.created_at))
    async with services.database.read() as session:
        return [row.id for row in (await session.execute(query)).scalars()]


async def test_words_are_kept_once(services: Services) -> None:
    ana = await account(services.database)
    await write(services, ana)
    await write(services, ana)
    assert await kept(services) == ["m1"]


async def test_a_reply_saved_twice_is_one_reply(services: Services) -> None:
    await write(services, await account(services.database))
    first = await save_reply(services, THREAD, Spoken("turn-1", replies.EXPLAINED))
    second = await save_reply(services, THREAD, Spoken("turn-1", replies.EXPLAINED))
    assert first.message.id == second.message.id
    async with services.database.read() as session:
        assert len((await session.execute(select(Element))).scalars().all()) == len(first.elements)


async def test_messages_of_one_tick_keep_their_order(services: Services) -> None:
    ana = await account(services.database)
    await write(services, ana, "z")
    reply = await save_reply(services, THREAD, Spoken("turn-1", replies.EXPLAINED))
    await write(services, ana, "a")
    assert await kept(services) == ["z", reply.message.id, "a"]


async def test_nobody_writes_into_somebody_elses_chat(services: Services) -> None:
    await write(services, await account(services.database))
    with pytest.raises(ScopeRefused):
        await write(services, await account(services.database), "m2")
    assert await kept(services) == ["m1"]


async def test_an_id_of_another_chat_is_refused(services: Services) -> None:
    ana = await account(services.database)
    await write(services, ana)
    with pytest.raises(ScopeRefused):
        await save_user_message(
            services, thread=ThreadId("thread-2"), account=ana, lang="en", message="m1", text="mine"
        )
