"""Sentence vectors of approved text, kept in the database so that a restart embeds only what is new."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from assistant.model.ports import Embedder, Vectors
from assistant.store.db import Database
from assistant.store.tables import Embedding

_BATCH = 32


class VectorCache:
    """By the embedder's digest and the text's SHA-256, so that vectors of two models never mix."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, dict[str, Vectors]] = {}
        self._one = asyncio.Lock()

    async def vectors(self, embedder: Embedder, texts: Sequence[str]) -> Vectors:
        """Unit-length rows, one a text (shape: len(texts), embedder.dim)."""
        async with self._one:
            known = await self._load(embedder)
            missing = list(dict.fromkeys(text for text in texts if _key(text) not in known))
            if missing:
                fresh = await asyncio.to_thread(embed_all, embedder, missing)
                found = {_key(text): row for text, row in zip(missing, fresh, strict=True)}
                await self._save(embedder.digest, found)
                known.update(found)
        rows = [known[_key(text)] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, embedder.dim), dtype=np.float32)

    async def _load(self, embedder: Embedder) -> dict[str, Vectors]:
        """Everything known of this model, in one query at the first use."""
        if embedder.digest not in self._known:
            query = select(Embedding.digest, Embedding.vector).where(col(Embedding.model) == embedder.digest)
            async with self._database.read() as session:
                rows = await session.execute(query)
                found = {row[0]: np.frombuffer(row[1], dtype=np.float32) for row in rows}
            self._known[embedder.digest] = found
        return self._known[embedder.digest]

    async def _save(self, model: str, found: Mapping[str, Vectors]) -> None:
        """Another process may have saved the same vector meanwhile; they are equal, so the first stays."""
        dialect = sqlite if self._database.is_sqlite else postgresql
        rows = [{"model": model, "digest": key, "vector": vector.tobytes()} for key, vector in found.items()]
        async with self._database.write() as session:
            await session.execute(dialect.insert(Embedding).on_conflict_do_nothing(), rows)


def embed_all(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """In batches, so that a patient's short query never waits long for the embedder's lock."""
    parts = [embedder.embed(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    return np.concatenate(parts) if parts else np.zeros((0, embedder.dim), dtype=np.float32)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
