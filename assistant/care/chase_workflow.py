"""The durable part of a chase: DBOS notes every finished step, so that a restart goes on where it stopped.

Everything that it stores is an id or a number. The database of cases is asked before every page and is the only truth
about whether somebody has answered; a message to the workflow merely wakes it.
"""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final

from dbos import DBOS, WorkflowSerializationFormat

from assistant.care.kinds import Target
from assistant.care.timing import Timing

TOPIC: Final = "answered"
_RETRY_SECONDS: Final = 15.0

PageStep = Callable[[str, int, int, Target], Awaitable[str]]
"""Case, generation, step and target → a `Paged` value."""


class Paged(StrEnum):
    PAGED = "paged"
    ANSWERED = "answered"
    UNAVAILABLE = "unavailable"


class Hand:
    """What the steps of this process page with; DBOS itself is one a process, too."""

    page: PageStep | None = None


async def _page(case: str, generation: int, step: int, target: Target) -> str:
    if Hand.page is None:
        return Paged.UNAVAILABLE.value
    return await Hand.page(case, generation, step, target)


async def _chase(case: str, generation: int, step: int, waits: list[float], on_call: int) -> None:
    timing = Timing(tuple(waits), on_call)
    while True:
        result = await _page_step(case, generation, step, timing.target(step))
        if result == Paged.ANSWERED:
            return
        paged = result == Paged.PAGED
        await DBOS.recv_async(TOPIC, timeout_seconds=timing.wait_after(step) if paged else _RETRY_SECONDS)
        step += paged


_page_step: PageStep = DBOS.step(name="page")(_page)
chase: Callable[[str, int, int, list[float], int], Awaitable[None]] = DBOS.workflow(
    name="chase", max_recovery_attempts=None, serialization_type=WorkflowSerializationFormat.PORTABLE
)(_chase)
