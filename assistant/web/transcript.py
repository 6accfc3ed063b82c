"""What was said, on disk before anybody reads it. Chainlit saves seconds late, so it is never relied upon."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from sqlalchemy import func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col, select

from assistant.errors import ScopeRefused
from assistant.store.ids import AccountId, ThreadId
from assistant.store.tables import Element, Message, Thread
from assistant.turn.reply import Reply
from assistant.web.body import body
from assistant.web.parts import Drawn, draw

if TYPE_CHECKING:
    from assistant.web.services import Services

_OURS = UUID("6f1c1f0e-6e0c-5f9e-9a55-2f3f5d0b7a11")
_STEP = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Saved:
    """A message and what is drawn below it, as it lies on disk."""

    message: Message
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """One reply on its way to the transcript. `turn` makes its ids, so that saving it twice changes nothing."""

    turn: str
    reply: Reply
    case: str | None = None


def insert_once(session: AsyncSession, row: SQLModel) -> Any:
    """`INSERT … ON CONFLICT DO NOTHING` in the dialect of this database."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(type(row)).values(**row.model_dump()).on_conflict_do_nothing(index_elements=["id"])


def neutral_title(services: "Services", lang: str, at: datetime) -> str:
    """A date, never the first words: a list of titles must not tell what somebody is worried about."""
    when = services.words.datetime(lang, at, services.settings.site.timezone)
    return services.words.t(lang, "chat", "chat_title", when=when)


async def save_user_message(
    services: "Services", *, thread: ThreadId, account: AccountId, lang: str, message: str, text: str
) -> Saved:
    """Keeps a patient's words; the first ones open the chat. Raises `ScopeRefused` in a chat of somebody else."""
    now = services.clock.now()
    title = neutral_title(services, lang, now)
    async with services.database.write() as session:
        chat = Thread(id=thread, account_id=account, title=title, created_at=now, updated_at=now)
        await session.execute(insert_once(session, chat))
        await require_owner(session, thread, account)
        row = Message(id=message, thread_id=thread, kind="user_message", author="patient", body=text)
        return await _keep(session, row, (), now)


async def save_reply(services: "Services", thread: ThreadId, spoken: Spoken) -> Saved:
    """Keeps a reply with its cards. The same turn saved again returns the same ids and adds nothing."""
    saved = as_rows(thread, spoken, _say(services, spoken.reply.lang))
    async with services.database.write() as session:
        return await _keep(session, saved.message, saved.elements, services.clock.now())


def unsaved_reply(services: "Services", thread: ThreadId, spoken: Spoken) -> Saved:
    """The same rows where the database refuses: a patient must read the words even then."""
    saved = as_rows(thread, spoken, _say(services, spoken.reply.lang))
    saved.message.created_at = services.clock.now()
    return saved


def as_rows(thread: ThreadId, spoken: Spoken, say: Callable[[str], str]) -> Saved:
    message = str(uuid5(_OURS, spoken.turn))
    row = Message(id=message, thread_id=thread, kind="assistant_message", body=body(spoken.reply))
    drawn = draw(spoken.reply, say, spoken.case)
    elements = (
        _as_element(str(uuid5(_OURS, f"{spoken.turn}/{place}")), row, place, one) for place, one in enumerate(drawn)
    )
    return Saved(row, tuple(elements))


def _as_element(card: str, row: Message, place: int, drawn: Drawn) -> Element:
    """`card` is among what is drawn, because a button of it must be able to say where it was pressed."""
    props = drawn.props | {"place": place, "card": card}
    return Element(
        id=card,
        thread_id=row.thread_id,
        message_id=row.id,
        kind="custom",
        name=drawn.name,
        display="inline",
        props=props,
    )


async def require_owner(session: AsyncSession, thread: ThreadId, account: AccountId) -> Thread:
    """The chat, if it is this account's and was not deleted; `ScopeRefused` otherwise."""
    chat = await session.get(Thread, thread)
    if chat is None or chat.account_id != account or chat.deleted_at is not None:
        raise ScopeRefused("chat")
    return chat


async def change_props(services: "Services", element: Element, **changes: object) -> Element:
    """Keeps what was answered, rated or reported on a card, so that the page shows it again later."""
    async with services.database.write() as session:
        row = await session.get_one(Element, element.id)
        row.props = row.props | changes
        session.add(row)
    return row


async def _keep(session: AsyncSession, row: Message, elements: tuple[Element, ...], now: datetime) -> Saved:
    row.created_at = await _after_the_last(session, row.thread_id, now)
    await session.execute(insert_once(session, row))
    for element in elements:
        await session.execute(insert_once(session, element))
    await session.execute(update(Thread).where(col(Thread.id) == row.thread_id).values(updated_at=now))
    kept = await session.get_one(Message, row.id, populate_existing=True)
    if kept.thread_id != row.thread_id:
        raise ScopeRefused("message")
    return Saved(kept, elements)


async def _after_the_last(session: AsyncSession, thread: str, now: datetime) -> datetime:
    """Two messages within one tick of the clock still have an order."""
    query = select(func.max(col(Message.created_at))).where(Message.thread_id == thread)
    last = (await session.execute(query)).scalar_one_or_none()
    return now if last is None else max(now, last + _STEP)


def _say(services: "Services", lang: str) -> Callable[[str], str]:
    return lambda key: services.words.t(lang, "chat", key)
