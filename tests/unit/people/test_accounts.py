"""Signing in: what is refused, what locks, and what an attacker can learn (nothing)."""

import asyncio
import statistics
import time
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from assistant.errors import LoginTaken, SignInRefused
from assistant.people.accounts import Accounts
from assistant.people.roles import Role
from assistant.people.sign_ins import SignIns
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.ids import AccountId, PatientId
from assistant.store.tables import Account, AuditRow
from assistant.trail.audit import verify

PASSWORD = "correct horse battery"
WRONG = "wrong password"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture
def accounts(database: Database, clock: FixedClock) -> Accounts:
    return Accounts(database, clock, QUICK)


async def _rosa(accounts: Accounts) -> Account:
    return await accounts.create(
        "rosa", PASSWORD, name="Rosa Alvarez", role=Role.PATIENT, lang="es", patient=PatientId("rosa_alvarez")
    )


async def _fails(accounts: Accounts, login: str = "rosa", password: str = WRONG) -> None:
    with pytest.raises(SignInRefused):
        await accounts.authenticate(login, password)


async def test_the_right_password_gives_the_account(accounts: Accounts) -> None:
    made = await _rosa(accounts)
    found = await accounts.authenticate(" Rosa ", PASSWORD)
    assert (found.id, found.patient_id, found.lang) == (made.id, "rosa_alvarez", "es")


@pytest.mark.parametrize(
    ("login", "password"),
    [("rosa", "wrong password"), ("nobody", PASSWORD), ("", ""), ("rosa", ""), ("ro\0sa\ud83d", "\ud83d\0")],
)
async def test_everything_else_is_refused_in_the_same_words(accounts: Accounts, login: str, password: str) -> None:
    await _rosa(accounts)
    with pytest.raises(SignInRefused) as caught:
        await accounts.authenticate(login, password)
    assert str(caught.value) == "The name and the password do not match, or the account is locked."


async def test_five_failures_lock_for_fifteen_minutes(accounts: Accounts, clock: FixedClock) -> None:
    await _rosa(accounts)
    for _ in range(5):
        await _fails(accounts)
    await _fails(accounts, password=PASSWORD)
    clock.move(timedelta(minutes=14, seconds=59))
    await _fails(accounts, password=PASSWORD)
    clock.move(timedelta(seconds=2))
    assert (await accounts.authenticate("rosa", PASSWORD)).failed == 0


async def test_after_the_lock_there_are_five_tries_again(accounts: Accounts, clock: FixedClock) -> None:
    await _rosa(accounts)
    for _ in range(5):
        await _fails(accounts)
    clock.move(timedelta(minutes=16))
    for _ in range(4):
        await _fails(accounts)
    assert (await accounts.authenticate("rosa", PASSWORD)).locked_until is None


async def test_guesses_at_the_same_time_do_not_outrun_the_lock(accounts: Accounts) -> None:
    await _rosa(accounts)
    guesses = [accounts.authenticate("rosa", f"guess {number} of many") for number in range(12)]
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert all(isinstance(result, SignInRefused) for result in results)
    await _fails(accounts, password=PASSWORD)
    rosa = await accounts.by_login("rosa")
    assert rosa is not None
    assert rosa.failed == 5


async def test_a_switched_off_account_cannot_sign_in(accounts: Accounts, database: Database, clock: FixedClock) -> None:
    rosa = await _rosa(accounts)
    sign_ins = SignIns(database, clock, 8)
    token = await sign_ins.start(rosa)
    await accounts.set_active(AccountId(rosa.id), False, by="ada")
    await _fails(accounts, password=PASSWORD)
    assert await sign_ins.lookup(token) is None


async def test_a_new_password_ends_every_sign_in(accounts: Accounts, database: Database, clock: FixedClock) -> None:
    rosa = await _rosa(accounts)
    sign_ins = SignIns(database, clock, 8)
    token = await sign_ins.start(rosa)
    await accounts.set_password(AccountId(rosa.id), "another long password", by="ada")
    assert await sign_ins.lookup(token) is None
    await _fails(accounts, password=PASSWORD)
    await accounts.authenticate("rosa", "another long password")


async def test_an_unknown_login_costs_the_same_time_as_a_wrong_password(database: Database, clock: FixedClock) -> None:
    accounts = Accounts(database, clock, PasswordHasher(time_cost=2, memory_cost=16384, parallelism=1))
    await _rosa(accounts)
    times: dict[str, list[float]] = {"rosa": [], "nobody": []}
    for _ in range(4):
        for login, spent in times.items():
            started = time.perf_counter()
            await _fails(accounts, login)
            spent.append(time.perf_counter() - started)
    wrong, unknown = (statistics.median(spent) for spent in times.values())
    assert 0.4 < unknown / wrong < 2.5


async def test_the_chosen_language_is_remembered(accounts: Accounts) -> None:
    rosa = await _rosa(accounts)
    await accounts.set_language(AccountId(rosa.id), "en")
    found = await accounts.get(AccountId(rosa.id))
    assert found is not None
    assert (found.lang, found.lang_chosen) == ("en", True)


async def test_a_login_is_taken_once_whatever_its_case(accounts: Accounts) -> None:
    await _rosa(accounts)
    with pytest.raises(LoginTaken):
        await accounts.create("ROSA", PASSWORD, name="Other", role=Role.NURSE)


@pytest.mark.parametrize(("role", "patient"), [(Role.PATIENT, None), (Role.NURSE, PatientId("rosa_alvarez"))])
async def test_a_record_belongs_to_patients_only(accounts: Accounts, role: Role, patient: PatientId | None) -> None:
    with pytest.raises(ValueError, match="record"):
        await accounts.create("x", PASSWORD, name="X", role=role, patient=patient)


async def test_a_short_password_is_not_taken(accounts: Accounts) -> None:
    with pytest.raises(ValueError, match="12 characters"):
        await accounts.create("x", "too short", name="X", role=Role.NURSE)


async def test_a_hash_of_weaker_settings_is_renewed_at_the_next_sign_in(database: Database, clock: FixedClock) -> None:
    await _rosa(Accounts(database, clock, QUICK))
    stronger = Accounts(database, clock, PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    assert "t=2" in (await stronger.authenticate("rosa", PASSWORD)).password_hash


async def test_attempts_are_audited_without_the_login_that_was_typed(accounts: Accounts, database: Database) -> None:
    rosa = await _rosa(accounts)
    await _fails(accounts, "typed my password here", "x")
    await accounts.authenticate("rosa", PASSWORD)
    async with database.read() as session:
        rows = list((await session.execute(select(AuditRow))).scalars())
        assert await verify(session) is None
    assert [(row.action, row.actor) for row in rows] == [
        ("account.created", "system"),
        ("sign_in.attempted", "nobody"),
        ("sign_in.attempted", rosa.id),
        ("sign_in.accepted", rosa.id),
    ]
    assert "typed my password here" not in repr(rows)
