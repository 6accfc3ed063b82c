"""Sign-ins that can be taken back: the browser holds a random token, the database only its SHA-256."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select

from assistant.store.clock import Clock
from assistant.store.db import Database
from assistant.store.ids import AccountId
from assistant.store.tables import Account, SignIn

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in. `csrf` must come back with every form of this sign-in."""

    account: Account
    csrf: str
    token_hash: str


class SignIns:
    """`hours`: a sign-in ends that long after it began, however busy it is."""

    def __init__(self, database: Database, clock: Clock, hours: int) -> None:
        self._database = database
        self._clock = clock
        self._lasts = timedelta(hours=hours)

    async def start(self, account: Account) -> str:
        """A new token (256 random bits). It is shown once, here, and cannot be read back from the database."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self._clock.now()
        row = SignIn(
            token_hash=token_hash(token),
            account_id=account.id,
            csrf=secrets.token_urlsafe(_TOKEN_BYTES),
            created_at=now,
            expires_at=now + self._lasts,
        )
        async with self._database.write() as session:
            session.add(row)
        return token

    async def lookup(self, token: str) -> Signed | None:
        """None for a token that is unknown, expired or revoked, or whose account is switched off."""
        return await self.by_hash(token_hash(token))

    async def by_hash(self, hashed: str) -> Signed | None:
        """As `lookup`, for a caller that keeps only the hash (an open socket checking whether it may stay)."""
        query = (
            select(Account, SignIn)
            .join(SignIn, col(SignIn.account_id) == col(Account.id))
            .where(
                SignIn.token_hash == hashed,
                col(SignIn.revoked_at).is_(None),
                SignIn.expires_at > self._clock.now(),
                col(Account.active).is_(True),
            )
        )
        async with self._database.read() as session:
            found = (await session.execute(query)).one_or_none()
        return Signed(found[0], found[1].csrf, hashed) if found else None

    async def revoke(self, token: str) -> None:
        await self._revoke(col(SignIn.token_hash) == token_hash(token))

    async def revoke_all(self, account_id: AccountId) -> None:
        await self._revoke(col(SignIn.account_id) == account_id)

    async def forget_expired(self) -> None:
        """Removes rows that can never be used again."""
        async with self._database.write() as session:
            await session.execute(delete(SignIn).where(col(SignIn.expires_at) <= self._clock.now()))

    async def _revoke(self, which: ColumnElement[bool]) -> None:
        async with self._database.write() as session:
            still_open = update(SignIn).where(which, col(SignIn.revoked_at).is_(None))
            await session.execute(still_open.values(revoked_at=self._clock.now()))


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
