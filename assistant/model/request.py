"""One generation on its way between an asyncio task and the thread that owns llama.cpp."""

import asyncio
import codecs
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from assistant.errors import AssistantError

_DONE = None
Event = str | AssistantError | None


@dataclass(slots=True, eq=False)
class Request:
    """`deadline` is on the monotonic clock, in seconds. The asking side reads, the engine's thread writes."""

    prompt: list[int]
    max_tokens: int
    deadline: float
    loop: asyncio.AbstractEventLoop
    events: asyncio.Queue[Event] = field(default_factory=asyncio.Queue)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def room(self) -> int:
        """The most context cells that this request can come to need."""
        return len(self.prompt) + self.max_tokens

    @property
    def is_over(self) -> bool:
        return self.stopped.is_set() or time.monotonic() >= self.deadline

    def send(self, event: Event) -> None:
        """From the engine's thread. An asking side whose loop is gone cannot be told, and is not waited for."""
        try:
            self.loop.call_soon_threadsafe(self.events.put_nowait, event)
        except RuntimeError:
            self.stopped.set()

    def finish(self, error: AssistantError | None = None) -> None:
        self.stopped.set()
        self.send(error if error is not None else _DONE)

    async def read(self) -> AsyncIterator[str]:
        """Pieces until the end; leaving early stops the engine before its next token."""
        try:
            while (event := await self.events.get()) is not _DONE:
                if isinstance(event, AssistantError):
                    raise event
                yield event
        finally:
            self.stopped.set()


class Spelling:
    """Tokens' bytes to text: a character that is spread over several tokens comes out whole."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def add(self, piece: bytes) -> str:
        return self._decoder.decode(piece)

    def rest(self) -> str:
        return self._decoder.decode(b"", final=True)
