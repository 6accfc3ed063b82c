"""One message of a patient, from the page to the engine and back: saved, played, saved, shown. Never cut short."""

import asyncio
from dataclasses import dataclass
from uuid import UUID, uuid4

import structlog
from sqlmodel import select

from assistant.errors import AssistantError, ScopeRefused, StoreUnavailable
from assistant.store.ids import CaseId, ThreadId, TurnId
from assistant.store.tables import TurnRow
from assistant.turn.engine import Incoming
from assistant.turn.state import Outcome
from assistant.web import live, rows
from assistant.web.failure import safe_reply
from assistant.web.transcript import Spoken, save_reply, save_user_message, unsaved_reply
from assistant.web.visit import Visit
from assistant.web.waiting import waiting_words

log = structlog.get_logger(__name__)

LONGEST = 100_000
"""Characters passed on. The danger check reads all of them before a long message is refused in words."""

_running: dict[str, asyncio.Task[None]] = {}


@dataclass(frozen=True, slots=True)
class Said:
    """What a patient sent. `id` comes from the page, so that the same message sent twice is one message."""

    thread: ThreadId
    text: str
    id: str
    check: tuple[str, tuple[bool, ...]] | None = None


def message_id(wish: object) -> str:
    """The page's own id when it is a random UUID, else a new one."""
    try:
        found = UUID(str(wish))
    except ValueError:
        return str(uuid4())
    return str(found) if found.version == 4 else str(uuid4())


async def hear(visit: Visit, said: Said) -> None:
    """Waits until the reply is shown. Whoever cancels the waiting does not cancel the turn: it runs to its end.

    Messages of one chat are answered in the order in which they came; none is dropped.
    """
    if said.id in _running:
        return
    task = asyncio.create_task(_turn(visit, said))
    _running[said.id] = task
    task.add_done_callback(lambda _done: _running.pop(said.id, None))
    await asyncio.shield(task)


async def drain() -> None:
    """Waits for every turn that has begun, so that a shutdown loses none."""
    await asyncio.gather(*_running.values(), return_exceptions=True)


async def _turn(visit: Visit, said: Said) -> None:
    try:
        if await _keep_words(visit, said):
            await _show_reply(visit, said.thread, await _answer(visit, said))
    except ScopeRefused:
        log.warning("message into a chat of somebody else", thread=said.thread, account=visit.account_id)
        refused = Spoken(turn=said.id, reply=safe_reply(visit.services, visit.lang))
        await live.show(unsaved_reply(visit.services, said.thread, refused))


async def _keep_words(visit: Visit, said: Said) -> bool:
    """Saves and shows the patient's words; False when this very message was answered before."""
    try:
        saved = await save_user_message(
            visit.services,
            thread=said.thread,
            account=visit.account_id,
            lang=visit.lang,
            message=said.id,
            text=said.text[:LONGEST],
        )
        answered = await _answered_before(visit, said)
    except StoreUnavailable:
        # The danger check needs no database: what was typed must still be looked at.
        log.error("words of a patient could not be stored", thread=said.thread)
        return True
    await live.tell(said.thread, "new_message", rows.step(saved.message))
    return not answered


async def _answered_before(visit: Visit, said: Said) -> bool:
    async with visit.services.database.read() as session:
        found = await session.execute(select(TurnRow.id).where(TurnRow.id == said.id))
        return found.first() is not None


async def _answer(visit: Visit, said: Said) -> Spoken:
    """The engine's reply; anything that goes wrong on the way becomes approved words."""
    incoming = Incoming(
        thread=said.thread,
        text=said.text[:LONGEST],
        lang=visit.account.lang,
        account=visit.account_id,
        patient=visit.patient,
        check=said.check,
        turn=TurnId(said.id),
    )
    try:
        async with waiting_words(visit, said.thread):
            turn = await visit.services.engine.play(incoming)
        if turn.reply is not None:
            return Spoken(said.id, turn.reply, turn.case)
        log.error("a turn ended without a reply", turn=said.id, outcome=turn.outcome or Outcome.FAILED)
    except Exception as error:
        log.error("a turn broke", turn=said.id, error=type(error).__name__)
    return Spoken(said.id, safe_reply(visit.services, visit.lang))


async def _show_reply(visit: Visit, thread: ThreadId, spoken: Spoken) -> None:
    try:
        saved = await save_reply(visit.services, thread, spoken)
    except AssistantError as error:
        log.error("a reply could not be stored", turn=spoken.turn, error=type(error).__name__)
        saved = unsaved_reply(visit.services, thread, spoken)
    await live.show(saved)
    if spoken.case:
        await live.show_progress(visit.services, CaseId(spoken.case))
