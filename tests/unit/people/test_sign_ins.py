"""A sign-in is a random token that can be taken back; the database cannot give it away."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlmodel import select

from assistant.people.sign_ins import SignIns
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.ids import AccountId
from assistant.store.tables import Account, SignIn


@pytest.fixture
def sign_ins(database: Database, clock: FixedClock) -> SignIns:
    return SignIns(database, clock, hours=8)


@pytest_asyncio.fixture
async def account(database: Database) -> AsyncIterator[Account]:
    row = Account(login="nina", name="Nina", role="nurse", password_hash="x")
    async with database.write() as session:
        session.add(row)
    yield row


async def test_a_token_leads_to_its_account(sign_ins: SignIns, account: Account) -> None:
    token = await sign_ins.start(account)
    signed = await sign_ins.lookup(token)
    assert signed is not None
    assert (signed.account.id, len(token)) == (account.id, 43)
    assert await sign_ins.by_hash(signed.token_hash) == signed


async def test_the_token_is_not_in_the_database(sign_ins: SignIns, account: Account, database: Database) -> None:
    token = await sign_ins.start(account)
    async with database.read() as session:
        row = (await session.execute(select(SignIn))).scalar_one()
    assert token not in repr(row.model_dump())


async def test_every_sign_in_has_its_own_token_and_form_secret(sign_ins: SignIns, account: Account) -> None:
    tokens = [await sign_ins.start(account) for _ in range(3)]
    found = [await sign_ins.lookup(token) for token in tokens]
    assert len(set(tokens)) == 3
    assert len({signed.csrf for signed in found if signed}) == 3


@pytest.mark.parametrize("token", ["", "unknown", "a" * 43])
async def test_an_unknown_token_leads_nowhere(sign_ins: SignIns, account: Account, token: str) -> None:
    await sign_ins.start(account)
    assert await sign_ins.lookup(token) is None


async def test_a_hash_is_not_a_token(sign_ins: SignIns, account: Account) -> None:
    signed = await sign_ins.lookup(await sign_ins.start(account))
    assert signed is not None
    assert await sign_ins.lookup(signed.token_hash) is None


async def test_a_sign_in_ends_after_its_hours(sign_ins: SignIns, account: Account, clock: FixedClock) -> None:
    token = await sign_ins.start(account)
    clock.move(timedelta(hours=8) - timedelta(seconds=1))
    assert await sign_ins.lookup(token) is not None
    clock.move(timedelta(seconds=1))
    assert await sign_ins.lookup(token) is None


async def test_revoking_one_leaves_the_others(sign_ins: SignIns, account: Account) -> None:
    first, second = await sign_ins.start(account), await sign_ins.start(account)
    await sign_ins.revoke(first)
    assert await sign_ins.lookup(first) is None
    assert await sign_ins.lookup(second) is not None


async def test_revoking_all_ends_every_one(sign_ins: SignIns, account: Account) -> None:
    tokens = [await sign_ins.start(account) for _ in range(3)]
    await sign_ins.revoke_all(AccountId(account.id))
    assert [await sign_ins.lookup(token) for token in tokens] == [None] * 3


async def test_expired_rows_are_forgotten(
    sign_ins: SignIns, account: Account, clock: FixedClock, database: Database
) -> None:
    await sign_ins.start(account)
    clock.move(timedelta(hours=9))
    still_good = await sign_ins.start(account)
    await sign_ins.forget_expired()
    async with database.read() as session:
        assert len((await session.execute(select(SignIn))).all()) == 1
    assert await sign_ins.lookup(still_good) is not None
