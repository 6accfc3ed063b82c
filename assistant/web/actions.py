"""Buttons on the chat's cards: the answers to a safety check, and thumbs."""

from typing import Any

from chainlit.types import Feedback as Rating

from assistant.errors import RecordInvalid
from assistant.store.ids import ThreadId, new_id
from assistant.store.tables import Element
from assistant.web import live, rows
from assistant.web.datalayer import ChatData
from assistant.web.intake import Said
from assistant.web.transcript import change_props, require_owner
from assistant.web.visit import Visit


async def checked(visit: Visit, thread: str, payload: dict[str, Any]) -> Said:
    """The answers as the patient's next message. Raises `RecordInvalid` for a card answered before.

    A yes is sent at once, so later questions may have no answer (None); to the engine they are no.
    """
    card = await _card(visit, thread, "SafetyCheck", payload)
    questions: list[str] = card.props["questions"]
    given = [one if isinstance(one, bool) else None for one in payload.get("answers", ())]
    answers = tuple(one is True for one in given)
    if card.props["answers"] is not None or len(answers) != len(questions):
        raise RecordInvalid("a safety check is answered once, every question of it")
    shown = await change_props(visit.services, card, answers=given)
    await live.tell(thread, "element", rows.element(shown))
    return Said(ThreadId(thread), _in_words(card, answers), new_id(), check=(card.props["check"], answers))


def _in_words(card: Element, answers: tuple[bool, ...]) -> str:
    """What the chat shows as the patient's own line."""
    yes: str = card.props["yes"]
    agreed = [f"{question} {yes}." for question, answer in zip(card.props["questions"], answers, strict=True) if answer]
    return "\n".join(agreed) or str(card.props["none"])


async def rated(visit: Visit, thread: str, payload: dict[str, Any]) -> None:
    """Keeps a thumb (1 up, 0 down) and shows it on the card."""
    card = await _card(visit, thread, "ReplyFoot", payload)
    value = 1 if payload.get("value") else 0
    await ChatData().upsert_feedback(Rating(forId=str(card.message_id), value=value))
    shown = await change_props(visit.services, card, rated=value)
    await live.tell(thread, "element", rows.element(shown))


async def _card(visit: Visit, thread: str, name: str, payload: dict[str, Any]) -> Element:
    """A card of this patient's chat. Raises `ScopeRefused` or `RecordInvalid`."""
    async with visit.services.database.read() as session:
        await require_owner(session, ThreadId(thread), visit.account_id)
        card = await session.get(Element, str(payload.get("card")))
    if card is None or card.thread_id != thread or card.name != name:
        raise RecordInvalid("this chat has no such card")
    return card
