"""The real site around a scripted engine, served on a free port; and sessions without the sign-in page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import uvicorn

from assistant.app import create_app
from assistant.care.broker import Broker
from assistant.care.cases import Cases
from assistant.chart.store import Charts
from assistant.language.words import Words
from assistant.library.shelf import Shelf
from assistant.library.versions import Versions
from assistant.people.accounts import Accounts
from assistant.people.roles import Role
from assistant.people.sign_ins import SignIns
from assistant.settings import Settings
from assistant.store.clock import SystemClock
from assistant.store.db import Database
from assistant.store.ids import PatientId, new_id
from assistant.store.keys import load_keys
from assistant.store.tables import Account
from assistant.turn.engine import Engine
from assistant.web.services import Services
from tests.support.databases import sqlite_url, with_tables
from tests.support.ports import free_port
from tests.support.scripted_engine import ScriptedEngine

PASSWORD = "a password of enough length"
_FAILURE = """---
id: safe_failure
lang: {lang}
tone: plain
title: Sorry
status: sample, not clinically reviewed
review_by: 2099-01-01
---
{words}
"""
_FRAMES = """lang: {lang}
status: sample, not clinically reviewed
review_by: 2099-01-01
frames:
  milestone_sent: "{sent} {{time}}."
  milestone_opened: "{opened} {{time}}."
  milestone_replied: "{replied} {{time}}."
"""


@dataclass(frozen=True, slots=True)
class Site:
    url: str
    services: Services
    engine: ScriptedEngine

    async def account(self, role: Role = Role.PATIENT, lang: str = "en") -> Account:
        patient = PatientId(new_id()) if role is Role.PATIENT else None
        return await self.services.accounts.create(
            new_id(), PASSWORD, name="Ana Example", role=role, lang=lang, patient=patient
        )

    async def session(self, account: Account) -> str:
        return await self.services.sign_ins.start(account)

    async def signed_in(self, role: Role = Role.PATIENT, lang: str = "en") -> str:
        return await self.session(await self.account(role, lang))


def write_content(folder: Path) -> Path:
    """The least approved text that the page itself needs."""
    texts = {
        "scripts/safe_failure/en.md": _FAILURE.format(lang="en", words="That did not work. Call {phone}."),
        "scripts/safe_failure/es.md": _FAILURE.format(lang="es", words="Eso falló. Llame al {phone}."),
        "frames/en.yaml": _FRAMES.format(lang="en", sent="Sent", opened="Opened by a nurse", replied="Answered"),
        "frames/es.yaml": _FRAMES.format(lang="es", sent="Enviado", opened="Abierto", replied="Contestado"),
    }
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


async def build(settings: Settings, database: Database) -> tuple[Services, ScriptedEngine]:
    clock, broker, engine = SystemClock(), Broker(), ScriptedEngine()
    versions = Versions(database, clock)
    await versions.seed(settings.content_dir)
    shelf = Shelf(versions)
    await shelf.reload()
    services = Services(
        settings=settings,
        keys=load_keys(settings),
        clock=clock,
        database=database,
        accounts=Accounts(database, clock),
        sign_ins=SignIns(database, clock, settings.session_hours),
        cases=Cases(database, clock, settings.site, broker),
        broker=broker,
        shelf=shelf,
        versions=versions,
        charts=Charts(database),
        engine=cast(Engine, engine),
        words=Words(settings.locales_dir),
    )
    engine.services = services
    return services, engine


@asynccontextmanager
async def serve(folder: Path, **changes: object) -> AsyncIterator[Site]:
    """The running site; its data lies in `folder`."""
    port = free_port()
    content = write_content(folder / "content")
    chosen = Settings(data_dir=folder, content_dir=content, host="127.0.0.1", port=port).model_copy(update=changes)
    database = await with_tables(sqlite_url(folder))
    services, engine = await build(chosen, database)
    server = uvicorn.Server(uvicorn.Config(create_app(services), host="127.0.0.1", port=port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn offers no event)
        await asyncio.sleep(0.02)
    try:
        yield Site(f"http://127.0.0.1:{port}", services, engine)
    finally:
        server.should_exit = True
        await serving
        await database.close()
