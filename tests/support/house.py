"""The whole house as it runs, in a folder of its own: real database, rules, rails, search, embedder."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from assistant.bootstrap import minilm_path, open_services
from assistant.evaluation.run import link_models
from assistant.installation import prepare
from assistant.people.demo import DEMO_ACCOUNTS
from assistant.settings import Settings
from assistant.store.clock import FixedClock
from assistant.store.ids import AccountId, PatientId, ThreadId, new_id
from assistant.turn.engine import Incoming
from assistant.web.services import Services
from tests.support.keys import TEST_MASTER

NOW = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)


def house_settings(folder: Path, **changes: Any) -> Settings:
    """Settings of an installation below `folder`; the embedding model of this checkout is used where it lies."""
    settings = Settings(data_dir=folder / "var", secret_key=SecretStr(TEST_MASTER), **changes)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    models = minilm_path(Settings()).parent
    if not (settings.data_dir / "models").exists():
        link_models(models, settings.data_dir / "models")
    return settings


@asynccontextmanager
async def house(folder: Path, *, batch: bool = True, at: datetime = NOW, **changes: Any) -> AsyncIterator[Services]:
    settings = house_settings(folder, **changes)
    await prepare(settings, quiet=True)
    async with open_services(settings, clock=FixedClock(at), batch=batch) as services:
        yield services


async def incoming(services: Services, login: str, text: str, lang: str, thread: str = "") -> Incoming:
    """A message of one of the demo patients."""
    account = await services.accounts.by_login(login)
    assert account is not None
    assert any(demo.login == login for demo in DEMO_ACCOUNTS)
    return Incoming(
        thread=ThreadId(thread or new_id()),
        text=text,
        lang=lang,
        account=AccountId(account.id),
        patient=PatientId(account.patient_id) if account.patient_id else None,
    )
