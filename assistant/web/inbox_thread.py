"""The chat that a case came from, as the nurse reads it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup
from sqlmodel import col, select

from assistant.care.cases import CARE_TEAM
from assistant.store.tables import Case, Element, Message
from assistant.web.staff_clock import Local
from assistant.web.staff_markdown import as_html, first_line
from assistant.web.staff_words import humanise

if TYPE_CHECKING:
    from assistant.web.services import Services

_NEWEST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """`line` is the whole text of a person; of the assistant it is the first line, and `html` the rest."""

    by: Literal["patient", "team", "assistant", "script"]
    time: str
    line: str
    html: Markup | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said before the message that opened the case, and after it; that message itself stands apart."""

    earlier: tuple[Entry, ...]
    later: tuple[Entry, ...]


async def talk_of(services: "Services", case: Case, local: Local) -> Talk:
    newest = select(Message).where(Message.thread_id == case.thread_id).order_by(col(Message.created_at).desc())
    cards = select(Element).where(Element.thread_id == case.thread_id, Element.name == "EmergencyCard")
    async with services.database.read() as session:
        said = list((await session.execute(newest.limit(_NEWEST))).scalars())[::-1]
        scripts = {card.message_id: card for card in (await session.execute(cards)).scalars()}
    opening = next((at for at, message in enumerate(said) if message.id == case.turn_id), None)
    if opening is None:
        before = [message for message in said if message.created_at < case.created_at]
        opening, after = len(before), said[len(before) :]
    else:
        after = said[opening + 1 :]
    return Talk(
        earlier=tuple(_entry(message, scripts.get(message.id), local) for message in said[:opening]),
        later=tuple(_entry(message, scripts.get(message.id), local) for message in after),
    )


def _entry(message: Message, script: Element | None, local: Local) -> Entry:
    time = local.time(message.created_at)
    if message.kind == "user_message":
        return Entry("patient", time, message.body)
    if message.author == CARE_TEAM:
        return Entry("team", time, message.body)
    if script is not None:
        shown = f"{humanise(str(script.props.get('script', '')))} script shown ({script.props.get('lang', '')})"
        return Entry("script", time, f"{shown}: {first_line(message.body)}", as_html(message.body))
    return Entry("assistant", time, first_line(message.body), as_html(message.body))
