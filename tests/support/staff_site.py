"""The staff's pages over real services and the shipped content; no model, and an engine that only names its parts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import uvicorn
from fastapi import FastAPI

from assistant.app import create_app
from assistant.care.broker import Broker
from assistant.care.cases import Cases
from assistant.chart.fhir_import import import_bundle
from assistant.chart.store import Charts
from assistant.language.words import Words
from assistant.library.danger import danger_check
from assistant.library.shelf import Shelf
from assistant.library.versions import Versions
from assistant.people.accounts import Accounts
from assistant.people.roles import Role
from assistant.people.sign_ins import SignIns
from assistant.safety.verdict import Urgency
from assistant.settings import Settings
from assistant.store.clock import FixedClock
from assistant.store.columns import Cipher
from assistant.store.ids import AccountId, PatientId, ThreadId, new_id
from assistant.store.keys import load_keys, parse_keys
from assistant.store.tables import Account, Case
from assistant.turn.engine import Engine
from assistant.web.pages import install
from assistant.web.services import Services
from assistant.web.transcript import save_user_message
from tests.support.cases import new_case
from tests.support.databases import sqlite_url, with_tables
from tests.support.keys import TEST_MASTER
from tests.support.ports import free_port

NOW = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)
PASSWORD = "a password of enough length"
ROSA = PatientId("rosa_alvarez")


@dataclass(frozen=True, slots=True)
class StaffSite:
    services: Services
    app: FastAPI
    clock: FixedClock

    async def account(self, role: Role, name: str = "Nina Brooks", lang: str = "en") -> Account:
        patient = ROSA if role is Role.PATIENT else None
        return await self.services.accounts.create(new_id(), PASSWORD, name=name, role=role, lang=lang, patient=patient)

    async def browser(self, who: Role | Account | None = None, name: str = "Nina Brooks") -> "Browser":
        """Somebody's browser: signed in as a new account of a role, as an account, or not at all."""
        account = await self.account(who, name) if isinstance(who, Role) else who
        token = await self.services.sign_ins.start(account) if account else ""
        signed = await self.services.sign_ins.lookup(token) if token else None
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url="http://127.0.0.1:8000",
            cookies={"session": token} if token else {},
            headers={"accept": "text/html"},
        )
        return Browser(client, account, signed.csrf if signed else "", token)

    async def case(self, urgency: Urgency = Urgency.EMERGENCY, **changes: Any) -> Case:
        """A case of Rosa's, with the message that opened it in her chat."""
        patient = await self.account(Role.PATIENT, "Rosa Alvarez", "es")
        its = {"account_id": AccountId(patient.id), "patient_id": ROSA, "thread_id": ThreadId(new_id())}
        new = new_case(urgency, **(its | changes))
        await save_user_message(
            self.services,
            thread=new.thread_id,
            account=AccountId(patient.id),
            lang=new.lang,
            message=new.turn_id,
            text=new.words,
        )
        async with self.services.database.write() as session:
            return await self.services.cases.open(session, new)


@dataclass(frozen=True, slots=True)
class Browser:
    client: httpx.AsyncClient
    account: Account | None
    csrf: str
    token: str

    @property
    def id(self) -> AccountId:
        assert self.account is not None
        return AccountId(self.account.id)

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.client.get(path, **more)

    async def post(self, path: str, *, partial: bool = True, **fields: Any) -> httpx.Response:
        """As htmx sends a form, or with `partial=False` as a browser without scripts does."""
        headers = {"hx-request": "true", "hx-request-type": "partial", "hx-current-url": "http://127.0.0.1:8000/inbox"}
        return await self.client.post(path, data={"csrf": self.csrf} | fields, headers=headers if partial else {})


@asynccontextmanager
async def staff_site(folder: Path, **changes: Any) -> AsyncIterator[StaffSite]:
    settings = Settings(data_dir=folder).model_copy(update=changes)
    Cipher.use(*parse_keys(TEST_MASTER).columns)
    database = await with_tables(sqlite_url(folder))
    clock, broker = FixedClock(NOW), Broker()
    versions = Versions(database, clock, checks=(lambda catalogue: danger_check(catalogue.raw("danger")),))
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
        charts=Charts(database, clock),
        engine=cast(Engine, SimpleNamespace(deps=SimpleNamespace(embedder=None))),
        words=Words(settings.locales_dir),
    )
    await services.charts.save(import_bundle(settings.demo_dir / "patients" / f"{ROSA}.json"))
    app = create_app(services)
    install(app)
    try:
        yield StaffSite(services, app, clock)
    finally:
        await database.close()


@asynccontextmanager
async def served_staff_site(folder: Path) -> AsyncIterator[tuple[StaffSite, str]]:
    """The same on a free port, for a real browser; its address comes with it."""
    port = free_port()
    async with staff_site(folder, port=port) as site:
        server = uvicorn.Server(uvicorn.Config(site.app, host="127.0.0.1", port=port, log_level="warning"))
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 (uvicorn offers no event)
            await asyncio.sleep(0.02)
        yield site, f"http://127.0.0.1:{port}"
        server.should_exit = True
        await serving
