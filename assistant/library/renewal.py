"""Approved text expires by the calendar: the shelf is read anew when a day has passed."""

import asyncio
from contextlib import suppress

import structlog

from assistant.errors import AssistantError
from assistant.library.shelf import Shelf
from assistant.store.clock import Clock

log = structlog.get_logger(__name__)


class Renewal:
    """Looks every `seconds` whether the date changed; a reload that fails is tried again at the next look."""

    def __init__(self, shelf: Shelf, clock: Clock, seconds: float = 600) -> None:
        self._shelf = shelf
        self._clock = clock
        self._seconds = seconds
        self._day = clock.now().date()
        self._task: asyncio.Task[None] | None = None

    async def look(self) -> bool:
        """True when a new day began and the shelf was read anew."""
        today = self._clock.now().date()
        if today == self._day:
            return False
        await self._shelf.reload()
        self._day = today
        return True

    def start(self) -> None:
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            try:
                await self.look()
            except AssistantError as error:
                log.error("approved content could not be read anew", error=type(error).__name__)
