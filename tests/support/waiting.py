"""Waiting for something that another thread or process will make true."""

import asyncio
from collections.abc import Awaitable, Callable


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    """Raises `TimeoutError` when it does not come true in time."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 (nobody here could set an event)
            await asyncio.sleep(0.1)
