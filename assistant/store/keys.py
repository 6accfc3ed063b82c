"""The installation's master keys, and the keys derived from them for each purpose.

Lose the master key and nothing that is encrypted can ever be read again: back it up apart from the database.
"""

import base64
import binascii
import os
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import select

from assistant.errors import ConfigInvalid, RecordInvalid
from assistant.settings import Settings
from assistant.store.db import Database
from assistant.store.tables import Account

_KEY_BYTES = 32


@dataclass(frozen=True)
class Keyring:
    """Master keys (32 bytes each), newest first: the newest encrypts, every one of them decrypts."""

    masters: tuple[bytes, ...] = field(repr=False)

    def derive(self, purpose: str) -> tuple[bytes, ...]:
        """32 bytes a master key, independent of every other purpose's (HKDF-SHA-256, RFC 5869)."""
        return tuple(_hkdf(master, purpose) for master in self.masters)

    @cached_property
    def columns(self) -> tuple[bytes, ...]:
        """Fernet keys for `Cipher.use(*keyring.columns)`."""
        return tuple(base64.urlsafe_b64encode(key) for key in self.derive("columns"))

    @cached_property
    def checkpoints(self) -> bytes:
        """The AES-256 key (32 bytes) for LangGraph's checkpoints."""
        return self.derive("checkpoints")[0]

    @cached_property
    def journal(self) -> tuple[bytes, ...]:
        """Fernet keys for the journal of cases that the database would not take."""
        return tuple(base64.urlsafe_b64encode(key) for key in self.derive("journal"))

    @cached_property
    def chainlit(self) -> str:
        """The secret (64 hex digits) that signs Chainlit's short-lived tokens."""
        return self.derive("chainlit")[0].hex()


def load_keys(settings: Settings) -> Keyring:
    """From `secret_key` (Fernet keys, newest first, parted by spaces or commas), else from `keys/master.key` in the
    data folder, which is made with mode 0600 at the first start. Raises `ConfigInvalid`."""
    if settings.secret_key is not None:
        return parse_keys(settings.secret_key.get_secret_value())
    return _from_file(settings.data_dir / "keys" / "master.key")


def parse_keys(text: str) -> Keyring:
    masters = tuple(_decoded(word) for word in text.replace(",", " ").split())
    if not masters:
        raise ConfigInvalid("the secret key is empty")
    return Keyring(masters)


async def check_fits(database: Database) -> None:
    """Raises `ConfigInvalid` when the database was written with another key: better now than at a patient's message."""
    async with database.read() as session:
        try:
            await session.execute(select(Account.name).limit(1))
        except RecordInvalid as error:
            raise ConfigInvalid("the secret key is not the one that the database was written with") from error


def _from_file(path: Path) -> Keyring:
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ConfigInvalid(f"{path} must be readable by its owner alone (chmod 600)")
    return parse_keys(path.read_text("ascii"))


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _decoded(word: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(word.encode())
    except (binascii.Error, ValueError) as error:
        raise ConfigInvalid("a secret key is not base64") from error
    if len(key) != _KEY_BYTES:
        raise ConfigInvalid("a secret key must hold 32 bytes")
    return key


def _hkdf(master: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"patient-education-assistant/{purpose}".encode()).derive(master)
