"""Texts in progress, and which of their tokens go into the next decoding pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.model.batch import BATCH_TOKENS, Entry
from assistant.model.request import Request, Spelling


@dataclass(slots=True, eq=False)
class Slot:
    """A request that is being written. `fed` counts the tokens the model has seen; `at` is where the last batch holds
    the token whose successor is wanted (-1: none yet)."""

    sequence: int
    request: Request
    fed: int = 0
    written: int = 0
    last: int = -1
    at: int = -1
    spelling: Spelling = field(default_factory=Spelling)

    @property
    def is_reading(self) -> bool:
        """The prompt is not all fed yet."""
        return self.fed < len(self.request.prompt)


def plan(slots: Sequence[Slot]) -> list[Entry]:
    """One token for each text that is being written, so that none waits; what room is left goes to prompts in order."""
    entries: list[Entry] = []
    for slot in sorted(slots, key=lambda slot: slot.is_reading):
        share = _prompt_part(slot, BATCH_TOKENS - len(entries)) if slot.is_reading else _next(slot)
        entries.extend(share)
        slot.at = len(entries) - 1 if entries and entries[-1].wanted and not slot.is_reading else -1
    return entries


def _next(slot: Slot) -> Iterator[Entry]:
    yield Entry(slot.last, slot.fed, slot.sequence, wanted=True)
    slot.fed += 1


def _prompt_part(slot: Slot, room: int) -> Iterator[Entry]:
    prompt = slot.request.prompt
    for position in range(slot.fed, min(len(prompt), slot.fed + room)):
        yield Entry(prompt[position], position, slot.sequence, wanted=position == len(prompt) - 1)
        slot.fed += 1
