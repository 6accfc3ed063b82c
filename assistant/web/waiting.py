"""Words instead of a spinner once an answer takes longer than a second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from assistant.store.ids import ThreadId
from assistant.web import live, rows
from assistant.web.visit import Visit

WORDS_AFTER = 1.0
"""Seconds."""


@asynccontextmanager
async def waiting_words(visit: Visit, thread: ThreadId) -> AsyncIterator[None]:
    """While the block runs; the words are gone when it ends. They are never kept."""
    note = _note(visit, thread)
    telling = asyncio.create_task(_tell_later(note))
    try:
        yield
    finally:
        telling.cancel()
        await live.tell(thread, "delete_message", note)


async def _tell_later(note: rows.Wire) -> None:
    await asyncio.sleep(WORDS_AFTER)
    await live.tell(note["threadId"], "new_message", note)


def _note(visit: Visit, thread: ThreadId) -> rows.Wire:
    now = rows.iso(visit.services.clock.now())
    return {
        "id": str(uuid4()),
        "threadId": thread,
        "type": "assistant_message",
        "name": rows.ASSISTANT,
        "output": f"_{visit.word('waiting')}_",
        "createdAt": now,
        "start": now,
        "end": now,
        "metadata": {},
    }
