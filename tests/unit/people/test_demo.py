"""Demo accounts: the same twelve on every installation, with a password that no other installation has."""

import stat
from pathlib import Path

from argon2 import PasswordHasher
from sqlmodel import select

from assistant.people.accounts import Accounts
from assistant.people.demo import DEMO_ACCOUNTS, ensure_demo
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.tables import Account

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


async def test_twelve_accounts_can_sign_in(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    accounts = Accounts(database, clock, QUICK)
    made = await ensure_demo(accounts, tmp_path)
    found = {wanted.login: await accounts.authenticate(wanted.login, made.password) for wanted in made.logins}
    assert {login: (a.role, a.lang, a.patient_id) for login, a in found.items()} == {
        "rosa": ("patient", "es", "rosa_alvarez"),
        "daniel": ("patient", "en", "daniel_price"),
        "hodan": ("patient", "so", "hodan_warsame"),
        "mei": ("patient", "zh", "mei_lin"),
        "amir": ("patient", "ar", "amir_haddad"),
        "grace": ("patient", "en", "grace_thompson"),
        "nina": ("nurse", "en", None),
        "sam": ("nurse", "en", None),
        "omar": ("editor", "en", None),
        "lena": ("approver", "en", None),
        "ada": ("admin", "en", None),
        "ivo": ("auditor", "en", None),
    }


async def test_a_second_start_changes_nothing(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    accounts = Accounts(database, clock, QUICK)
    first = await ensure_demo(accounts, tmp_path)
    again = await ensure_demo(accounts, tmp_path)
    assert first == again
    async with database.read() as session:
        assert len((await session.execute(select(Account.id))).all()) == len(DEMO_ACCOUNTS)


async def test_the_password_is_random_private_and_not_printed(
    database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    made = await ensure_demo(Accounts(database, clock, QUICK), tmp_path)
    assert stat.S_IMODE((tmp_path / "demo-password").stat().st_mode) == 0o600
    assert len(made.password) >= 16
    assert made.password not in repr(made)


async def test_a_lost_password_file_is_replaced_by_a_new_password(
    database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    accounts = Accounts(database, clock, QUICK)
    first = await ensure_demo(accounts, tmp_path)
    (tmp_path / "demo-password").unlink()
    second = await ensure_demo(accounts, tmp_path)
    assert second.password != first.password
    assert (await accounts.authenticate("nina", second.password)).role == "nurse"
