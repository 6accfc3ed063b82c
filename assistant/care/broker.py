"""Tells open pages of this process that something changed. Notices carry ids only; what changed is read again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

Topic = Literal["case", "message", "content", "resync"]

_ROOM = 256


@dataclass(frozen=True, slots=True)
class Notice:
    """`id`: the case's, the chat message's or the content path. `resync` (no id): some were missed, read all again."""

    topic: Topic
    id: str


RESYNC = Notice("resync", "")


class Broker:
    """Publishing never waits: a subscriber that falls `room` notices behind loses them and is told so by `resync`."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._subscribers: set[asyncio.Queue[Notice]] = set()

    def publish(self, topic: Topic, id: str) -> None:  # noqa: A002 (the word that callers use)
        for queue in self._subscribers:
            _offer(queue, Notice(topic, id))

    @asynccontextmanager
    async def subscribe(self) -> AsyncIterator[asyncio.Queue[Notice]]:
        queue: asyncio.Queue[Notice] = asyncio.Queue(self._room)
        self._subscribers.add(queue)
        try:
            yield queue
        finally:
            self._subscribers.discard(queue)

    @property
    def subscribers(self) -> int:
        return len(self._subscribers)


def _offer(queue: asyncio.Queue[Notice], notice: Notice) -> None:
    if not queue.full():
        queue.put_nowait(notice)
        return
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(RESYNC)
