"""Column types: UTC times on every backend, and encrypted text for everything that names or describes a patient."""

import json
from datetime import UTC, datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import DateTime, Dialect, LargeBinary, TypeDecorator

from assistant.errors import ConfigInvalid, RecordInvalid


class UtcTime(TypeDecorator[datetime]):
    """Timezone-aware UTC on every backend; SQLite would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone was stored")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Cipher:
    """The key of this process, set once by `bootstrap`. The first key encrypts; all of them decrypt (rotation)."""

    _keys: MultiFernet | None = None

    @classmethod
    def use(cls, *keys: bytes) -> None:
        cls._keys = MultiFernet([Fernet(key) for key in keys])

    @classmethod
    def keys(cls) -> MultiFernet:
        if cls._keys is None:
            raise ConfigInvalid("no encryption key is set")
        return cls._keys


def utf8(text: str) -> bytes:
    """Browsers can send half of a surrogate pair, which UTF-8 has no bytes for: it becomes `?`, the rest is kept."""
    return text.encode(errors="replace")


class EncryptedText(TypeDecorator[str]):
    """Text that is only ever on disk in encrypted form (Fernet: AES-128-CBC with HMAC-SHA-256)."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else Cipher.keys().encrypt(utf8(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        try:
            return Cipher.keys().decrypt(value).decode()
        except InvalidToken as error:
            raise RecordInvalid("it was encrypted with another key") from error


class EncryptedJson(TypeDecorator[Any]):
    """Any JSON value, encrypted as `EncryptedText` is."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else Cipher.keys().encrypt(utf8(json.dumps(value, ensure_ascii=False)))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        try:
            return json.loads(Cipher.keys().decrypt(value))
        except InvalidToken as error:
            raise RecordInvalid("it was encrypted with another key") from error
