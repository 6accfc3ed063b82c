"""What a message asks for: one of a closed set of intents, learned at start from the editors' examples."""

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.model.ports import Embedder

Examples = Mapping[str, Mapping[str, Sequence[str]]]
Shares = tuple[tuple[str, float], ...]
Rows = NDArray[np.float32]
Row = NDArray[np.float32]

_BUCKETS = 4096
_GRAMS = (3, 4, 5)
_LONGEST = 600
_BIAS = 0.1
_VECTOR_WEIGHT = 3.0
_NARROWNESS = 1.0
_RIDGE = 1.0
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


class IntentClassifier:
    """Kernel ridge regression; shares by a calibrated softmax.

    The kernel is linear on hashed character n-grams and Gaussian on sentence vectors. All languages are learned
    together: n-grams tell them apart, vectors carry what they share.
    """

    def __init__(self, learned: "Learned", embedder: Embedder | None) -> None:
        self._learned = learned
        self._embedder = embedder

    @classmethod
    def fit(
        cls, examples: Examples, embedder: Embedder | None = None, vectors: Mapping[str, Rows] | None = None
    ) -> "IntentClassifier":
        """`examples` by language and intent; `vectors` are those already known, by text (unit length).

        Raises `ValueError` where there are fewer than two intents.
        """
        texts, labels, intents = _flat(examples)
        made = _vectors(texts, embedder, vectors or {})
        return cls(_learn(texts, made, labels, intents), embedder)

    def classify(self, text: str, lang: str, vector: Rows | None = None) -> Shares:
        """Every intent with its share (they add up to 1), best first. `vector` saves embedding the text again."""
        known = {} if vector is None else {text: vector}
        found = _vectors([text], self._embedder, known)
        shares = self._learned.shares(text, None if found is None else found[0])
        return tuple((self._learned.intents[at], float(shares[at])) for at in np.argsort(-shares, kind="stable"))


@dataclass(frozen=True, slots=True)
class Learned:
    """`gram_weights`: buckets by intents. `vectors` and `dual`: the examples' sentence vectors and their weights."""

    intents: tuple[str, ...]
    idf: Row
    gram_weights: Rows
    bias: Row
    vectors: Rows | None
    dual: Rows
    sharpness: float

    def shares(self, text: str, vector: Row | None) -> Row:
        scores = self.bias + _weighed(_grams(text)[None], self.idf)[0] @ self.gram_weights
        if vector is not None and self.vectors is not None:
            scores = scores + _gaussian(vector[None], self.vectors)[0] @ self.dual
        found: Row = _softmax(scores[None] * self.sharpness)[0]
        return found


def _learn(texts: Sequence[str], vectors: Rows | None, labels: NDArray[np.intp], intents: tuple[str, ...]) -> Learned:
    counts = np.stack([_grams(text) for text in texts])
    idf = _idf(counts)
    grams = _weighed(counts, idf)
    kernel = grams @ grams.T + _BIAS
    if vectors is not None:
        kernel += _gaussian(vectors, vectors)
    target = (labels[:, None] == np.arange(len(intents))).astype(np.float32)
    dual, left_out = _ridge(kernel, target, _balance(labels, len(intents)))
    return Learned(
        intents=intents,
        idf=idf,
        gram_weights=grams.T @ dual,
        bias=_BIAS * dual.sum(axis=0),
        vectors=vectors,
        dual=dual,
        sharpness=_sharpness(left_out, labels),
    )


def _flat(examples: Examples) -> tuple[list[str], NDArray[np.intp], tuple[str, ...]]:
    intents = tuple(sorted({intent for by_intent in examples.values() for intent in by_intent}))
    if len(intents) < 2:
        raise ValueError("two intents at least are needed")
    found = [
        (text, intents.index(intent))
        for _, by_intent in sorted(examples.items())
        for intent, texts in sorted(by_intent.items())
        for text in texts
    ]
    return [text for text, _ in found], np.array([label for _, label in found], dtype=np.intp), intents


def _plain(text: str) -> str:
    """Lower case, no accents, every number alike: what is asked does not depend on the value."""
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", text[:_LONGEST].lower()) if not unicodedata.combining(char)
    )
    return f" {_SPACE.sub(' ', _NUMBER.sub('7', folded)).strip()} "


@lru_cache(maxsize=100_000)
def _bucket(gram: str) -> int:
    return zlib.crc32(gram.encode()) % _BUCKETS


def _grams(text: str) -> Row:
    """How often each hashed n-gram and each word occurs (dampened)."""
    plain = _plain(text)
    found = Counter(_bucket(plain[at : at + size]) for size in _GRAMS for at in range(len(plain) - size + 1))
    found.update(_bucket(f"#{word}") for word in plain.split())
    row = np.zeros(_BUCKETS, dtype=np.float32)
    for bucket, count in found.items():
        row[bucket] = 1.0 + math.log(count)
    return row


def _idf(counts: Rows) -> Row:
    seen = (counts > 0).sum(axis=0)
    return np.asarray(np.log((1.0 + len(counts)) / (1.0 + seen)), dtype=np.float32)


def _vectors(texts: Sequence[str], embedder: Embedder | None, known: Mapping[str, Rows]) -> Rows | None:
    """Rows for all texts, or None without an embedder: then the n-grams stand alone."""
    if embedder is None:
        return None
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    made = dict(zip(missing, embedder.embed(missing), strict=True)) if missing else {}
    return np.stack([known[text] if text in known else made[text] for text in texts])


def _weighed(counts: Rows, idf: Row) -> Rows:
    """Rows of unit length, rare n-grams heavier."""
    weighed = counts * idf
    lengths = np.linalg.norm(weighed, axis=1, keepdims=True)
    return np.asarray(weighed / np.maximum(lengths, 1e-6), dtype=np.float32)


def _gaussian(rows: Rows, others: Rows) -> Rows:
    """For unit vectors the squared distance is 2 − 2·cosine."""
    return np.asarray(_VECTOR_WEIGHT * np.exp(_NARROWNESS * (2 * (rows @ others.T) - 2)), dtype=np.float32)


def _balance(labels: NDArray[np.intp], intents: int) -> Row:
    """Every intent weighs the same, however many examples it has."""
    counts = np.bincount(labels, minlength=intents)
    return np.asarray(len(labels) / (intents * counts[labels]), dtype=np.float32)


def _ridge(kernel: Rows, target: Rows, weight: Row) -> tuple[Rows, Rows]:
    """Dual weights, and what each example scores when it is left out.

    Left-out scores come in closed form from the inverse (PRESS, Allen 1974).
    """
    root = np.sqrt(weight)[:, None]
    scaled = kernel * root * root.T
    inverse = np.linalg.inv(scaled + _RIDGE * np.eye(len(scaled), dtype=np.float32))
    dual = inverse @ (target * root)
    left_out = target - dual / np.diag(inverse)[:, None] / root
    return np.asarray(dual * root, dtype=np.float32), np.asarray(left_out, dtype=np.float32)


def _sharpness(scores: Rows, labels: NDArray[np.intp]) -> float:
    """The factor that makes shares mean what they say: least log loss on left-out scores."""
    tried = np.geomspace(2.0, 40.0, 40)
    losses = [-np.log(_softmax(scores * factor)[np.arange(len(labels)), labels] + 1e-9).mean() for factor in tried]
    return float(tried[int(np.argmin(losses))])


def _softmax(scores: Rows) -> Rows:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
