"""The stream that keeps open staff pages true: ids only, and a heartbeat that proves the line is alive."""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from sse_starlette.event import ServerSentEvent

from assistant.care.broker import Notice
from assistant.store.ids import CaseId
from assistant.store.tables import Message

if TYPE_CHECKING:
    from assistant.web.staff import Staff

BEAT_SECONDS = 15.0
"""Also how soon a page notices that its sign-in has ended."""


async def stream(staff: "Staff", beat: float = BEAT_SECONDS) -> AsyncIterator[ServerSentEvent]:
    """`cases`: read the list again; `case-<id>`: that case has changed; `all`: anything may have; `signed-out`.

    Every connection begins with `all`, so that nothing is missed while a page was cut off.
    """
    async with staff.services.broker.subscribe() as queue:
        yield ServerSentEvent(event="all", data="")
        while True:
            notice = await _next(queue, beat)
            if await staff.services.sign_ins.by_hash(staff.signed.token_hash) is None:
                yield ServerSentEvent(event="signed-out", data="")
                return
            for event in await _events(staff, notice):
                yield ServerSentEvent(event=event, data="")


async def _next(queue: "asyncio.Queue[Notice]", seconds: float) -> Notice | None:
    try:
        return await asyncio.wait_for(queue.get(), seconds)
    except TimeoutError:
        return None


async def _events(staff: "Staff", notice: Notice | None) -> tuple[str, ...]:
    if notice is None:
        return ("beat",)
    match notice.topic:
        case "case":
            return "cases", f"case-{notice.id}"
        case "message":
            return await _cases_of(staff, notice.id)
        case "resync":
            return ("all",)
        case "content":
            return ()


async def _cases_of(staff: "Staff", message: str) -> tuple[str, ...]:
    """A new message shows in every open case of its chat."""
    async with staff.services.database.read() as session:
        found = await session.get(Message, message)
    cases = await staff.services.cases.of_thread(found.thread_id) if found else ()  # type: ignore[arg-type]
    return tuple(f"case-{CaseId(case.id)}" for case in cases)
