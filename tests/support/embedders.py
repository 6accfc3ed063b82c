"""A small deterministic `Embedder`: hashed pieces of words. It passes the contract of the real one."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.model.ports import Vectors

_PIECE = 4


class PieceEmbedder:
    """Texts that share pieces of long words are near; `calls` counts the texts that were embedded."""

    def __init__(self, dim: int = 1024, digest: str = "pieces") -> None:
        self._dim = dim
        self._digest = digest
        self.calls = 0

    @property
    def digest(self) -> str:
        return self._digest

    @property
    def dim(self) -> int:
        return self._dim

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.calls += len(texts)
        rows = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for piece in _pieces(text):
                row[int.from_bytes(hashlib.blake2b(piece.encode(), digest_size=4).digest()) % self._dim] += 1
            row /= np.linalg.norm(row)
        return rows


def _pieces(text: str) -> Iterator[str]:
    """Runs of four letters; a text without a long word still gets one piece, so that every vector has a length."""
    yield text[:1]
    for word in text.casefold().split():
        yield from (word[at : at + _PIECE] for at in range(len(word) - _PIECE + 1))
