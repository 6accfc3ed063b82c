"""A `Generator` that says what a test wrote, and otherwise behaves like the real one: pieces, limits, busy, closed."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence

from assistant.errors import ModelBusy, ModelInvalid
from assistant.model.ports import ChatMessage

Script = Callable[[Sequence[ChatMessage]], str]


class ScriptedGenerator:
    """`script` answers a request with a whole text; it goes out in pieces of `piece` characters ("tokens")."""

    def __init__(
        self, script: Script, *, name: str = "scripted", capacity: int = 36, piece: int = 4, pause: float = 0.0
    ) -> None:
        self._script = script
        self._name = name
        self._capacity = capacity
        self._piece = piece
        self._pause = pause
        self._running = 0
        self._closed = False
        self.seen: list[tuple[ChatMessage, ...]] = []

    @classmethod
    def saying(cls, *answers: str) -> "ScriptedGenerator":
        """The answers in turn, the last one for ever."""
        left = list(answers)
        return cls(lambda _: left.pop(0) if len(left) > 1 else left[0])

    @property
    def name(self) -> str:
        return self._name

    async def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int, seconds: float) -> AsyncIterator[str]:
        deadline = time.monotonic() + seconds
        if self._closed:
            raise ModelInvalid
        if self._running >= self._capacity:
            raise ModelBusy
        self._running += 1
        try:
            self.seen.append(tuple(messages))
            text = self._script(messages)
            for at in range(0, min(len(text), max_tokens * self._piece), self._piece):
                await asyncio.sleep(self._pause)
                if self._closed:
                    raise ModelInvalid
                if time.monotonic() >= deadline:
                    return
                yield text[at : at + self._piece]
        finally:
            self._running -= 1

    async def close(self) -> None:
        self._closed = True
