"""The chat's handlers: what the patient's page sends over Chainlit's socket and actions. None of them can raise."""

from collections.abc import Awaitable, Callable
from functools import cache, wraps
from typing import Any

import chainlit as cl
import structlog
from chainlit.config import config
from chainlit.server import sio
from chainlit.session import WebsocketSession
from chainlit.types import ThreadDict

from assistant.errors import AssistantError
from assistant.store.ids import ThreadId
from assistant.web import actions, live
from assistant.web.datalayer import ChatData
from assistant.web.harden import close_events, kick
from assistant.web.intake import Said, hear, message_id
from assistant.web.transcript import neutral_title
from assistant.web.visit import Visit, again, current_visit

log = structlog.get_logger(__name__)

STARTERS = ("explain", "list", "medicines", "prepare")


@cache
def install() -> None:
    """Puts our handlers in the place of Chainlit's. Once a process, after Chainlit's server was imported."""
    close_events(sio)
    config.code.data_layer = ChatData
    config.code.set_starters = starters
    config.code.on_chat_resume = _resumed
    config.code.action_callbacks = {name: _quietly(call) for name, call in _ACTIONS.items()}
    connected = sio.handlers["/"]["connection_successful"]
    sio.on("client_message", _quietly(client_message))
    sio.on("stop", _quietly(stop))
    sio.on("connection_successful", _quietly(_replaying(connected)))


def _quietly(handler: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """A handler's error goes to the log by its name only; Chainlit would send its text to the browser."""

    @wraps(handler)
    async def guarded(*given: Any) -> None:
        try:
            await handler(*given)
        except Exception as error:
            log.error("a chat handler failed", handler=handler.__name__, error=type(error).__name__)

    return guarded


async def client_message(sid: str, payload: dict[str, Any]) -> None:
    """A patient's message. Only its words and id are taken; kind, author, chat and time are ours."""
    session = WebsocketSession.require(sid)
    visit = await _present(session)
    sent = payload.get("message") or {}
    text = str(sent.get("output") or "").strip()
    if visit is None or not text:
        return
    await say(session, visit, Said(ThreadId(session.thread_id), text, message_id(sent.get("id"))))


async def say(session: WebsocketSession, visit: Visit, said: Said) -> None:
    await _first_words(session, visit)
    await hear(visit, said)


async def _present(session: WebsocketSession) -> Visit | None:
    """Who is at the other end now; a page whose session has ended is closed."""
    visit = await again(current_visit())
    if visit is None:
        await kick(session.user.identifier)
    return visit


async def _first_words(session: WebsocketSession, visit: Visit) -> None:
    """The page learns its chat's id and a title that tells nothing."""
    if session.has_first_interaction:
        return
    session.has_first_interaction = True
    title = neutral_title(visit.services, visit.lang, visit.services.clock.now())
    await session.emit("first_interaction", {"interaction": title, "thread_id": session.thread_id})
    await session.emit("window_message", {"assistant": {"thread": session.thread_id}})


async def stop(sid: str) -> None:
    """Frees the page. The turn itself goes on: an answer, and above all a warning, is never withdrawn."""
    await WebsocketSession.require(sid).emit("task_end", {})


def _replaying(connected: Callable[[str], Awaitable[None]]) -> Callable[[str], Awaitable[None]]:
    async def connection_successful(sid: str) -> None:
        """After a dropped line the page gets what it missed; a page that opens a chat gets it from Chainlit."""
        await connected(sid)
        session = WebsocketSession.get(sid)
        if session and session.restored and session.has_first_interaction:
            await live.show_thread(current_visit().services, session.thread_id)

    return connection_successful


async def _resumed(_thread: ThreadDict) -> None:
    """Chainlit shows the chat itself; having this handler is what makes chats resumable."""


async def starters(_user: cl.User | None, _language: str | None) -> list[cl.Starter]:
    """What one can ask, in the patient's language, for an empty chat."""
    visit = current_visit()
    return [
        cl.Starter(label=visit.word(f"starter_{name}"), message=visit.word(f"starter_{name}_say")) for name in STARTERS
    ]


async def answer_check(action: cl.Action) -> None:
    """The patient answered a safety check."""
    session: WebsocketSession = cl.context.session
    visit = await _present(session)
    if visit is None:
        return
    try:
        said = await actions.checked(visit, session.thread_id, action.payload)
    except AssistantError as error:
        log.warning("safety check not taken", thread=session.thread_id, error=str(error))
        return
    await say(session, visit, said)


async def rate(action: cl.Action) -> None:
    """A thumb on an answer."""
    await actions.rated(current_visit(), cl.context.session.thread_id, action.payload)


_ACTIONS = {"safety_check": answer_check, "rate": rate}
