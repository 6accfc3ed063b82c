"""Accounts: who may sign in, and the check of a password that tells an attacker nothing."""

import asyncio
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.errors import LoginTaken, SignInRefused
from assistant.people.roles import Role
from assistant.store.clock import Clock
from assistant.store.db import Database
from assistant.store.ids import AccountId, PatientId
from assistant.store.tables import Account, SignIn
from assistant.trail.audit import append

FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
NOBODY = "nobody"


class Accounts:
    """Five wrong passwords lock an account for 15 minutes. Passwords are kept as Argon2id hashes only."""

    def __init__(self, database: Database, clock: Clock, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        self._decoy = self._hasher.hash("no account has this password")

    async def create(
        self,
        login: str,
        password: str,
        *,
        name: str,
        role: Role,
        lang: str = "en",
        patient: PatientId | None = None,
        by: str = "system",
    ) -> Account:
        """Raises `LoginTaken` when the login is taken and `ValueError` when a patient lacks a record."""
        if (role is Role.PATIENT) != (patient is not None):
            raise ValueError("a patient, and nobody else, belongs to a patient record")
        account = Account(
            login=_login(login),
            name=name,
            role=role.value,
            password_hash=await self._hash(password),
            lang=lang,
            patient_id=patient,
            created_at=self._clock.now(),
        )
        async with self._database.write() as session:
            session.add(account)
            try:
                await session.flush()
            except IntegrityError as error:
                raise LoginTaken(account.login) from error
            await self._audit(session, by, "account.created", account.id, role=role.value)
        return account

    async def authenticate(self, login: str, password: str) -> Account:
        """The account, or `SignInRefused` without a reason, after the same work whether the login exists or not."""
        account = await self._begin_attempt(_login(login))
        right = await self._verify(account.password_hash if account else self._decoy, password)
        if account is None or not right:
            raise SignInRefused
        return await self._succeeded(AccountId(account.id), password)

    async def get(self, account_id: AccountId) -> Account | None:
        async with self._database.read() as session:
            return await session.get(Account, account_id)

    async def by_login(self, login: str) -> Account | None:
        async with self._database.read() as session:
            return (await session.execute(select(Account).where(Account.login == _login(login)))).scalar_one_or_none()

    async def set_language(self, account_id: AccountId, lang: str) -> None:
        """The language that the person chose; it wins over what the record or a message suggests."""
        await self._change(account_id, lang=lang, lang_chosen=True)

    async def set_active(self, account_id: AccountId, active: bool, *, by: str) -> None:
        """Switching an account off also ends its sign-ins."""
        async with self._database.write() as session:
            await _set(session, account_id, active=active)
            if not active:
                await self._end_sign_ins(session, account_id)
            await self._audit(session, by, "account.switched", account_id, active=active)

    async def set_password(self, account_id: AccountId, password: str, *, by: str) -> None:
        """Also ends every sign-in of the account and unlocks it."""
        hashed = await self._hash(password)
        async with self._database.write() as session:
            await _set(session, account_id, password_hash=hashed, failed=0, locked_until=None)
            await self._end_sign_ins(session, account_id)
            await self._audit(session, by, "account.password_set", account_id)

    async def _begin_attempt(self, login: str) -> Account | None:
        """Counts the attempt as failed before the password is checked, so that parallel guesses cannot outrun it.

        Every attempt costs one audited write; a login that nobody has is not written down (it may be a password).
        """
        now = self._clock.now()
        async with self._database.write() as session:
            query = select(Account).where(Account.login == login).with_for_update()
            account = (await session.execute(query)).scalar_one_or_none()
            usable = account is not None and account.active and not _locked(account, now)
            if account and usable:
                account.failed = 1 if account.locked_until else account.failed + 1
                account.locked_until = now + LOCKED_FOR if account.failed >= FAILURES else None
            await self._audit(session, account.id if account else NOBODY, "sign_in.attempted", "sign_in", usable=usable)
        return account if usable else None

    async def _succeeded(self, account_id: AccountId, password: str) -> Account:
        async with self._database.write() as session:
            account = await session.get_one(Account, account_id)
            account.failed, account.locked_until = 0, None
            if self._hasher.check_needs_rehash(account.password_hash):
                account.password_hash = await self._hash(password)
            await self._audit(session, account_id, "sign_in.accepted", "sign_in")
        return account

    async def _change(self, account_id: AccountId, **values: object) -> None:
        async with self._database.write() as session:
            await _set(session, account_id, **values)

    async def _end_sign_ins(self, session: AsyncSession, account_id: AccountId) -> None:
        open_ones = update(SignIn).where(col(SignIn.account_id) == account_id, col(SignIn.revoked_at).is_(None))
        await session.execute(open_ones.values(revoked_at=self._clock.now()))

    async def _audit(self, session: AsyncSession, actor: str, action: str, subject: str, **detail: str | bool) -> None:
        await append(session, at=self._clock.now(), actor=actor, action=action, subject=subject, detail=detail)

    async def _hash(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise ValueError(f"a password needs at least {SHORTEST_PASSWORD} characters")
        return await asyncio.to_thread(self._hasher.hash, _bytes(password))

    async def _verify(self, hashed: str, password: str) -> bool:
        # Argon2 takes tens of milliseconds and 64 MiB: away from the event loop.
        try:
            return await asyncio.to_thread(self._hasher.verify, hashed, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False


async def _set(session: AsyncSession, account_id: AccountId, **values: object) -> None:
    await session.execute(update(Account).where(col(Account.id) == account_id).values(**values))


def _login(typed: str) -> str:
    """Without what a database would choke on: an attacker's NUL is a wrong login, not an error."""
    return typed.encode(errors="replace").decode().replace("\0", "").strip().casefold()


def _bytes(password: str) -> bytes:
    return password.encode(errors="surrogatepass")


def _locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and account.locked_until > now
