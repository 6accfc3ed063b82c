"""Search over approved passages: by words (BM25), by names, and by meaning (vectors), fused by reciprocal rank."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.library.catalogue import Catalogue
from assistant.library.documents import Document, documents
from assistant.library.files import Versioned
from assistant.library.lexical import Lexical, Looked, Scores
from assistant.library.schema import Article, LabWords, Passage
from assistant.library.vectors import VectorCache, embed_all
from assistant.model.ports import Embedder, Vectors

_RRF = 60  # the constant of Cormack, Clarke & Büttcher, SIGIR 2009
_NAME_WEIGHT = 1.5
_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class Floor:
    """Cosines from which a passage is relevant: `near` by itself, `far` when it has most of the query's words."""

    near: float
    far: float


# Measured with MiniLM, whose base is English, over 42 short passages. English: 24 off-topic messages reached 0.37 at
# most, 19 of 20 questions reached 0.39. Spanish vectors lie close together (off-topic up to 0.67); less their mean,
# off-topic messages reach 0.40, and 5 of 10 questions more: there vectors rank passages but admit few.
_ENGLISH = Floor(near=0.38, far=0.20)
_CENTRED = Floor(near=0.45, far=0.10)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer. `score`: fused rank; `cosine`: -1 to 1, None without an embedder (less the mean of all
    passages outside English); `coverage`: the share (0 to 1) of the query's words, by weight, that the passage has."""

    passage: Passage
    article: Versioned[Article] | Versioned[LabWords]
    score: float
    cosine: float | None
    coverage: float

    @property
    def kind(self) -> str:
        """The article's kind, or `lab`."""
        return self.article.item.kind if isinstance(self.article.item, Article) else "lab"

    @property
    def lab(self) -> str:
        """The id of the laboratory test that the passage is about, else empty."""
        return self.article.item.id if isinstance(self.article.item, LabWords) else ""

    @property
    def item(self) -> str:
        """What the passage belongs to: `education/type_2_diabetes`."""
        return self.passage.ref.partition("#")[0]

    @property
    def passage_key(self) -> str:
        return self.passage.id


@dataclass(frozen=True, slots=True)
class _Chunks:
    """Unit vectors of all chunks (one a row); those of document n start at `starts[n]`. `centre` is taken off both
    sides, which pulls apart the texts of a language that the model hardly knows."""

    vectors: Vectors
    starts: Sequence[int]
    centre: Vectors
    floor: Floor

    def cosines(self, query: Vectors) -> Scores:
        """The best chunk of each document."""
        return np.maximum.reduceat(self.vectors @ _unit(query - self.centre), self.starts)


def _chunks(vectors: Vectors, starts: Sequence[int], lang: str) -> _Chunks:
    if lang == "en" or len(vectors) < 2:
        return _Chunks(vectors, starts, np.zeros(vectors.shape[1], dtype=np.float32), _ENGLISH)
    centre: Vectors = vectors.mean(axis=0)
    return _Chunks(_unit(vectors - centre), starts, centre, _CENTRED)


def _unit(rows: Vectors) -> Vectors:
    found: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return found


class SearchIndex:
    """One language of one catalogue; immutable. Without an embedder it searches by words alone."""

    def __init__(
        self, held: tuple[Document, ...], lang: str, embedder: Embedder | None, chunks: _Chunks | None
    ) -> None:
        self._documents = held
        self._lexical = Lexical(held, lang) if held else None
        self._embedder = embedder
        self._chunks = chunks

    @classmethod
    async def build(
        cls, catalogue: Catalogue, lang: str, embedder: Embedder | None, cache: VectorCache | None = None
    ) -> Self:
        """Embeds what `cache` does not know yet; off the event loop."""
        held = documents(catalogue, lang)
        chunks = await _embedded(held, lang, embedder, cache) if embedder and held else None
        return await asyncio.to_thread(cls, held, lang, embedder, chunks)

    def search(self, query: str, k: int = 5) -> tuple[Hit, ...]:
        """At most `k` passages that are relevant, best first; none for a query that nothing approved is about."""
        if self._lexical is None or not query.strip():
            return ()
        looked = self._lexical.look(query)
        cosines = self._cosines(query)
        scores = _fused(looked, cosines)
        relevant = _relevant(looked, cosines, self._chunks.floor if self._chunks else None)
        best = [int(at) for at in np.argsort(-scores, kind="stable") if relevant[at]][:k]
        return tuple(self._hit(at, scores, cosines, looked) for at in best)

    def _cosines(self, query: str) -> Scores | None:
        if self._embedder is None or self._chunks is None:
            return None
        return self._chunks.cosines(self._embedder.embed([query])[0])

    def _hit(self, at: int, scores: Scores, cosines: Scores | None, looked: Looked) -> Hit:
        document = self._documents[at]
        cosine = None if cosines is None else float(cosines[at])
        return Hit(document.passage, document.article, float(scores[at]), cosine, float(looked.coverage[at]))


async def _embedded(held: tuple[Document, ...], lang: str, embedder: Embedder, cache: VectorCache | None) -> _Chunks:
    chunks = [document.chunks for document in held]
    starts = list(accumulate((len(found) for found in chunks[:-1]), initial=0))
    texts = [text for found in chunks for text in found]
    if cache is not None:
        return _chunks(await cache.vectors(embedder, texts), starts, lang)
    return _chunks(await asyncio.to_thread(embed_all, embedder, texts), starts, lang)


def _relevant(looked: Looked, cosines: Scores | None, floor: Floor | None) -> NDArray[np.bool_]:
    """Named, mostly covered and not far in meaning, or near in meaning."""
    named, covered = looked.names > 0, looked.coverage >= _COVERED
    if cosines is None or floor is None:
        return named | covered
    return named | (covered & (cosines >= floor.far)) | (cosines >= floor.near)


def _fused(looked: Looked, cosines: Scores | None) -> Scores:
    top = max(float(looked.bm25.max()), 1e-6)
    named = np.where(looked.names > 0, looked.names + looked.bm25 / (2 * top), 0)
    fused = _reciprocal(looked.bm25) + _NAME_WEIGHT * _reciprocal(named) + looked.coverage / _RRF
    total = fused if cosines is None else fused + _reciprocal(cosines)
    return total.astype(np.float32)


def _reciprocal(scores: Scores) -> Scores:
    """1 / (60 + rank) where the score is positive, else 0."""
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1, dtype=np.float32)
    return np.where(scores > 0, 1 / (_RRF + ranks), 0).astype(np.float32)
