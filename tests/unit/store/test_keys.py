"""The installation's keys: made once, kept private, rotated without losing anything, never printed."""

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import SecretStr
from sqlmodel import select

from assistant.errors import ConfigInvalid
from assistant.settings import Settings
from assistant.store.columns import Cipher
from assistant.store.db import Database
from assistant.store.keys import check_fits, load_keys, parse_keys
from assistant.store.tables import Account


def _settings(folder: Path, key: str | None = None) -> Settings:
    return Settings(data_dir=folder, secret_key=SecretStr(key) if key else None)


def test_the_first_start_makes_a_private_key_and_the_next_one_finds_it(tmp_path: Path) -> None:
    first = load_keys(_settings(tmp_path))
    path = tmp_path / "keys" / "master.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert load_keys(_settings(tmp_path)).columns == first.columns


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load_keys(_settings(tmp_path))
    (tmp_path / "keys" / "master.key").chmod(0o644)
    with pytest.raises(ConfigInvalid, match="chmod 600"):
        load_keys(_settings(tmp_path))


def test_a_key_in_the_settings_makes_no_file(tmp_path: Path) -> None:
    load_keys(_settings(tmp_path, Fernet.generate_key().decode()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "  ", "short", "ZmZm", "not base64 at all!"])
def test_what_is_not_a_key_is_refused(text: str) -> None:
    with pytest.raises(ConfigInvalid):
        parse_keys(text)


def test_every_purpose_has_its_own_key() -> None:
    ring = parse_keys(Fernet.generate_key().decode())
    derived = {ring.derive(purpose)[0] for purpose in ("columns", "checkpoints", "journal", "chainlit")}
    assert len(derived | set(ring.masters)) == 5
    assert (len(ring.checkpoints), len(ring.chainlit)) == (32, 64)


def test_the_keys_are_never_printed() -> None:
    key = Fernet.generate_key().decode()
    assert key not in repr(parse_keys(key))
    assert repr(parse_keys(key)) == "Keyring()"


def test_after_rotation_the_new_key_writes_and_the_old_one_still_reads() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    before, after = parse_keys(old), parse_keys(f"{new}, {old}")
    written = Fernet(before.columns[0]).encrypt(b"words")
    both = MultiFernet([Fernet(key) for key in after.columns])
    assert both.decrypt(written) == b"words"
    written_after = both.encrypt(b"words")
    with pytest.raises(InvalidToken):
        Fernet(before.columns[0]).decrypt(written_after)


async def test_a_database_of_another_key_is_found_at_start(database: Database) -> None:
    await check_fits(database)
    async with database.write() as session:
        session.add(Account(login="rosa", name="Rosa", role="patient", password_hash="x"))
    await check_fits(database)
    Cipher.use(Fernet.generate_key())
    with pytest.raises(ConfigInvalid, match="not the one"):
        await check_fits(database)


async def test_a_column_stays_readable_through_a_rotation(database: Database) -> None:
    old, new = (parse_keys(Fernet.generate_key().decode()) for _ in range(2))
    Cipher.use(*old.columns)
    async with database.write() as session:
        session.add(Account(login="rosa", name="Rosa", role="patient", password_hash="x"))
    Cipher.use(*new.columns, *old.columns)
    async with database.read() as session:
        assert (await session.execute(select(Account.name))).scalar_one() == "Rosa"
