"""Our rows in the shapes that Chainlit's page understands."""

from datetime import UTC, datetime
from typing import Any

from assistant.care.cases import CARE_TEAM
from assistant.store.tables import Element, Feedback, Message, Thread
from assistant.web.body import escape

Wire = dict[str, Any]
"""What goes over Chainlit's socket: JSON of its own making."""

ASSISTANT = "assistant"


def iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def step(row: Message, feedback: Feedback | None = None, *, team: str = "") -> Wire:
    """`team`: how the page calls the care team, above what one of them wrote."""
    at, by_team = iso(row.created_at), row.author == CARE_TEAM
    wire: Wire = {
        "id": row.id,
        "threadId": row.thread_id,
        "parentId": None,
        "type": row.kind,
        "name": row.author or ASSISTANT,
        "output": f"**{escape(team)}**\n\n{escape(row.body)}" if by_team else row.body,
        "input": "",
        "isError": row.is_error,
        "metadata": {"icon": "stethoscope"} if by_team else {},
        "createdAt": at,
        "start": at,
        "end": at,
        "streaming": False,
        "waitForAnswer": False,
    }
    if feedback is not None:
        wire["feedback"] = {"forId": row.id, "id": feedback.id, "value": feedback.value, "comment": None}
    return wire


def element(row: Element) -> Wire:
    return {
        "id": row.id,
        "threadId": row.thread_id,
        "forId": row.message_id,
        "type": row.kind,
        "name": row.name,
        "display": row.display,
        "props": row.props,
        "mime": "application/json",
        "url": None,
        "chainlitKey": None,
    }


def thread(row: Thread, steps: list[Wire], elements: list[Wire]) -> Wire:
    return {
        "id": row.id,
        "createdAt": iso(row.updated_at),
        "name": row.title,
        "userId": row.account_id,
        "userIdentifier": row.account_id,
        "tags": [],
        "metadata": {},
        "steps": steps,
        "elements": elements,
    }
