"""What reaches an open chat by itself: replies, a nurse's words, and how far a case has come."""

from typing import TYPE_CHECKING, Protocol

import structlog
from sqlmodel import select

from assistant.care.broker import Notice
from assistant.errors import AssistantError
from assistant.store.ids import AccountId, CaseId
from assistant.store.tables import Account, Case, Element, Message, Thread
from assistant.web import rows
from assistant.web.languages import interface_language
from assistant.web.transcript import Saved, change_props

if TYPE_CHECKING:
    from assistant.web.services import Services

log = structlog.get_logger(__name__)

_FRAMES = {"sent": "milestone_sent", "seen": "milestone_opened", "replied": "milestone_replied"}
"""How far a case has come → the approved sentence that says so to the patient."""


class OpenChat(Protocol):
    """One open page, as Chainlit keeps it."""

    thread_id: str
    socket_id: str

    async def emit(self, event: str, data: object) -> None: ...


def open_chats(thread: str | None = None) -> list[OpenChat]:
    """Pages that show this chat (or any), those included that lost their connection a moment ago."""
    from chainlit.session import ws_sessions_id

    return [chat for chat in ws_sessions_id.values() if chat.user and thread in {None, chat.thread_id}]


def is_connected(chat: OpenChat) -> bool:
    from chainlit.server import sio

    return bool(sio.manager.is_connected(chat.socket_id, "/"))


async def tell(thread: str, event: str, data: object) -> int:
    """Sends one event of Chainlit's to every open page of a chat; how many pages were connected."""
    chats = open_chats(thread)
    for chat in chats:
        await chat.emit(event, data)
    return sum(map(is_connected, chats))


async def show(saved: Saved, team: str = "") -> int:
    """Shows a message and its cards; showing it twice changes nothing, because the page keeps one of each id."""
    reached = await tell(saved.message.thread_id, "new_message", rows.step(saved.message, team=team))
    for element in saved.elements:
        await tell(element.thread_id, "element", rows.element(element))
    return reached


async def deliver(services: "Services", message: Message) -> int:
    """A message that is on disk already, into every open page of its chat. 0: it is read at the next visit."""
    return await show(Saved(message), team=await _team_words(services, message.thread_id))


async def staff_reply(services: "Services", case: CaseId, account: AccountId, version: int, text: str) -> int:
    """A nurse's answer: on disk first, then into the open chat; how many open pages it reached.

    Raises `CaseConflict` when somebody else changed the case first.
    """
    return await deliver(services, await services.cases.reply(case, account, version, text))


async def show_progress(services: "Services", case_id: CaseId) -> None:
    """Brings the patient's card of a case up to date: sent, opened by a nurse, answered."""
    async with services.database.read() as session:
        case = await session.get(Case, case_id)
        if case is None:
            return
        drawn = (await session.execute(select(Element).where(Element.thread_id == case.thread_id))).scalars()
        card = next((one for one in drawn if one.props.get("case") == case_id), None)
    if card is None:
        return
    lines = await _milestones(services, case_id, card)
    if lines != card.props.get("status"):
        await tell(case.thread_id, "element", rows.element(await change_props(services, card, status=lines)))


async def _milestones(services: "Services", case_id: CaseId, card: Element) -> list[str]:
    """One line for each that was reached; that it was sent is left out where the card says so itself."""
    lang, zone = str(card.props.get("lang", "")), services.settings.site.timezone
    frames, known = services.shelf.current.frames(lang), {"sent"} if card.props.get("told") else set()
    return [
        frames.fill(_FRAMES[name], time=services.words.time(lang, at, zone))
        for name, at in await services.cases.milestones(case_id)
        if name not in known
    ]


async def _team_words(services: "Services", thread: str) -> str:
    """ "Your care team" in the language of whose chat it is."""
    async with services.database.read() as session:
        chat = await session.get(Thread, thread)
        account = await session.get(Account, chat.account_id) if chat and chat.account_id else None
    lang = interface_language(account.lang if account else "", services.settings.languages)
    return services.words.t(lang, "chat", "care_team")


async def follow(services: "Services") -> None:
    """Runs as long as the app: each change of a case and each reply of staff reaches the patient's open page."""
    async with services.broker.subscribe() as queue:
        while True:
            notice = await queue.get()
            try:
                await _pass_on(services, notice)
            except AssistantError as error:
                log.warning("not shown in the open chat", topic=notice.topic, about=notice.id, error=str(error))


async def _pass_on(services: "Services", notice: Notice) -> None:
    match notice.topic:
        case "case":
            await show_progress(services, CaseId(notice.id))
        case "message":
            await _deliver_by_id(services, notice.id)
        case "resync":
            for thread in {chat.thread_id for chat in open_chats()}:
                await show_thread(services, thread)
        case "content":
            pass


async def _deliver_by_id(services: "Services", message: str) -> None:
    async with services.database.read() as session:
        found = await session.get(Message, message)
    if found is not None:
        await deliver(services, found)


async def show_thread(services: "Services", thread: str) -> None:
    """Everything of a chat once more, for a page that may have missed some of it."""
    team = await _team_words(services, thread)
    async with services.database.read() as session:
        said = select(Message).where(Message.thread_id == thread)
        messages = sorted((await session.execute(said)).scalars(), key=lambda one: (one.created_at, one.id))
        drawn = list((await session.execute(select(Element).where(Element.thread_id == thread))).scalars())
    for message in messages:
        below = [one for one in drawn if one.message_id == message.id]
        ordered = sorted(below, key=lambda one: int(one.props.get("place", 0)))
        await show(Saved(message, tuple(ordered)), team=team)
