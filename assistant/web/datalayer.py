"""Chainlit's view of our chats. It reads for the patient who asks; what it wants to write is mostly written already."""

from chainlit.data.base import BaseDataLayer
from chainlit.element import Element as ChainlitElement
from chainlit.step import StepDict
from chainlit.types import Feedback as Rating
from chainlit.types import PageInfo, PaginatedResponse, Pagination, ThreadFilter
from chainlit.user import PersistedUser, User
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.errors import ScopeRefused
from assistant.store.ids import AccountId, ThreadId
from assistant.store.tables import Account, Element, Feedback, Message, Thread
from assistant.web import rows
from assistant.web.transcript import require_owner
from assistant.web.visit import current_visit

MOST_THREADS = 200


class ChatData(BaseDataLayer):  # type: ignore[misc]  # Chainlit has no types that mypy could read
    """Messages are written by `transcript` and awaited; Chainlit's own late writes are left out on purpose."""

    async def get_user(self, identifier: str) -> PersistedUser | None:
        async with current_visit().services.database.read() as session:
            account = await session.get(Account, identifier)
        if account is None:
            return None
        return PersistedUser(id=account.id, identifier=account.id, createdAt=rows.iso(account.created_at))

    async def create_user(self, user: User) -> PersistedUser | None:
        """Nobody gets an account by opening the chat."""
        return await self.get_user(user.identifier)

    async def get_thread_author(self, thread_id: str) -> str:
        async with current_visit().services.database.read() as session:
            chat = await session.get(Thread, thread_id)
        return "" if chat is None or chat.deleted_at or chat.account_id is None else chat.account_id

    async def get_thread(self, thread_id: str) -> rows.Wire | None:
        """A chat with its words. Of somebody else's or a deleted one only the owner, so that Chainlit refuses it."""
        visit = current_visit()
        async with visit.services.database.read() as session:
            chat = await session.get(Thread, thread_id)
            if chat is None:
                return None
            if chat.account_id != visit.account_id or chat.deleted_at is not None:
                return rows.thread(Thread(id=chat.id, account_id="", updated_at=chat.updated_at), [], [])
            return await _whole(session, chat)

    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> PaginatedResponse[rows.Wire]:
        chats = await my_threads(MOST_THREADS)
        start = next((i + 1 for i, chat in enumerate(chats) if chat.id == pagination.cursor), 0)
        page = chats[start : start + pagination.first]
        more = len(chats) > start + len(page)
        first, last = (page[0].id, page[-1].id) if page else (None, None)
        info = PageInfo(hasNextPage=more, startCursor=first, endCursor=last)
        return PaginatedResponse(data=[rows.thread(chat, [], []) for chat in page], pageInfo=info)

    async def delete_thread(self, thread_id: str) -> None:
        """Hides a chat from the patient; the clinical record of it stays."""
        visit = current_visit()
        async with visit.services.database.write() as session:
            chat = await require_owner(session, ThreadId(thread_id), visit.account_id)
            chat.deleted_at = visit.services.clock.now()

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, object] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Chainlit would put the patient's first words into the title: the title is ours and does not change."""

    async def upsert_feedback(self, feedback: Rating) -> str:
        """Raises `ScopeRefused` for a message of somebody else's chat."""
        visit = current_visit()
        async with visit.services.database.write() as session:
            await _own_message(session, feedback.forId, visit.account_id)
            kept = await _feedback_on(session, feedback.forId) or Feedback(message_id=feedback.forId, value=0)
            kept.value, kept.comment, kept.account_id = int(feedback.value), feedback.comment, visit.account_id
            session.add(kept)
        return kept.id

    async def delete_feedback(self, feedback_id: str) -> bool:
        visit = current_visit()
        mine = (col(Feedback.id) == feedback_id) & (col(Feedback.account_id) == visit.account_id)
        async with visit.services.database.write() as session:
            found = await session.execute(delete(Feedback).where(mine).returning(col(Feedback.id)))
            return found.first() is not None

    async def get_element(self, thread_id: str, element_id: str) -> rows.Wire | None:
        visit = current_visit()
        async with visit.services.database.read() as session:
            await require_owner(session, ThreadId(thread_id), visit.account_id)
            found = await session.get(Element, element_id)
        return rows.element(found) if found and found.thread_id == thread_id else None

    async def create_step(self, step_dict: StepDict) -> None:
        """Already on disk."""

    async def update_step(self, step_dict: StepDict) -> None:
        """Already on disk."""

    async def delete_step(self, step_id: str) -> None:
        """What was said stays said."""

    async def create_element(self, element: ChainlitElement) -> None:
        """Already on disk."""

    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """What was shown stays shown."""

    async def get_favorite_steps(self, user_id: str) -> list[StepDict]:
        return []

    async def build_debug_url(self) -> str:
        return ""

    async def close(self) -> None:
        """The database is closed by who opened it."""


async def my_threads(most: int) -> list[Thread]:
    """The visiting patient's chats, newest first, without those they deleted."""
    visit = current_visit()
    query = select(Thread).where(Thread.account_id == visit.account_id, col(Thread.deleted_at).is_(None))
    newest = query.order_by(col(Thread.updated_at).desc(), col(Thread.id)).limit(most)
    async with visit.services.database.read() as session:
        return list((await session.execute(newest)).scalars())


async def _whole(session: AsyncSession, chat: Thread) -> rows.Wire:
    said = select(Message, Feedback).join(Feedback, col(Feedback.message_id) == col(Message.id), isouter=True)
    said = said.where(Message.thread_id == chat.id).order_by(col(Message.created_at), col(Message.id))
    team = current_visit().word("care_team")
    steps = [rows.step(message, feedback, team=team) for message, feedback in (await session.execute(said)).all()]
    drawn = (await session.execute(select(Element).where(Element.thread_id == chat.id))).scalars()
    ordered = sorted(drawn, key=lambda one: int(one.props.get("place", 0)))
    return rows.thread(chat, steps, [rows.element(one) for one in ordered])


async def _own_message(session: AsyncSession, message_id: str, account: AccountId) -> Message:
    message = await session.get(Message, message_id)
    if message is None:
        raise ScopeRefused("message")
    await require_owner(session, ThreadId(message.thread_id), account)
    return message


async def _feedback_on(session: AsyncSession, message_id: str) -> Feedback | None:
    query = select(Feedback).where(Feedback.message_id == message_id)
    return (await session.execute(query)).scalar_one_or_none()
