"""Whole turns through the real path: danger, ordinary questions, fifty chats at once."""

import asyncio
from time import perf_counter

from assistant.store.ids import AccountId, PatientId, ThreadId, new_id
from assistant.turn.engine import Incoming
from assistant.web.services import Services
from bench.measure import each, row

DANGER = "crushing pressure in my chest and my arm is numb"
ORDINARY = (
    "What does my HbA1c mean, and how does my average blood sugar compare?",
    "what is my kidney number and is it bad",
    "what should I ask at my next visit",
    "is anything abnormal in my labs?",
    "what is metformin for",
    "hello there",
)
CHATS = 50


async def _incoming(services: Services, text: str) -> Incoming:
    account = await services.accounts.by_login("rosa")
    if account is None or account.patient_id is None:
        raise RuntimeError("the demo patients are missing; run `assistant setup`")
    return Incoming(
        ThreadId(new_id()), text, "en", account=AccountId(account.id), patient=PatientId(account.patient_id)
    )


async def danger(services: Services) -> list[str]:
    """Each message opens a case and is paged; beside it the chases of the cases before are begun."""

    async def call(number: int) -> None:
        turn = await services.engine.play(await _incoming(services, f"{DANGER} {number}"))
        if turn.case is None:
            raise RuntimeError("no case was opened")

    return [
        row("emergency → script, case on disk, 0.1 s apart", await each(call, 200, pause=0.1), "target p99 ≤ 25 ms"),
        row("emergency → script, case on disk, back to back", await each(call, 300)),
    ]


async def ordinary(services: Services) -> list[str]:
    async def call(number: int) -> None:
        await services.engine.play(await _incoming(services, f"{ORDINARY[number % len(ORDINARY)]} {number}"))

    return [row("ordinary turn, no generator", await each(call, 300, warm=6), "target p95 ≤ 80 ms")]


async def crowd(services: Services) -> list[str]:
    """Fifty chats write in the same instant; each waits for its own reply."""
    spent: list[float] = []

    async def one(number: int) -> None:
        message = await _incoming(services, f"{ORDINARY[number % len(ORDINARY)]} {number}")
        started = perf_counter()
        await services.engine.play(message)
        spent.append((perf_counter() - started) * 1000)

    for round_number in range(5):
        await asyncio.gather(*(one(round_number * CHATS + n) for n in range(CHATS)))
    return [row(f"{CHATS} chats at once, each chat's wait", spent, "target p95 ≤ 500 ms")]
