"""What the rest of the house asks of models."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Sentence vectors. `digest` names the exact weights, so that cached vectors are never mixed."""

    @property
    def digest(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit-length rows, one a text (shape: len(texts), dim). Safe to call from several threads."""
        ...


@dataclass(frozen=True, slots=True)
class ChatMessage:
    role: str
    content: str


class Generator(Protocol):
    """A language model on a short lead."""

    @property
    def name(self) -> str: ...

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int, seconds: float) -> AsyncIterator[str]:
        """Pieces of text as they come; ends at the model's end, the token limit or the deadline.

        Raises `ModelBusy` when the queue is full and `ModelInvalid` when the engine broke.
        """
        ...

    async def close(self) -> None: ...
