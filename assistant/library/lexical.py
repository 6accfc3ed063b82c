"""Matching by words: BM25, how much of the query a passage covers, and names that stand in the query whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from assistant.library.analysis import Analyser, fold
from assistant.library.documents import Document

Scores = NDArray[np.float32]

_LONGEST_NAME = 6
_SPELLING = 0.82
_SPELLING_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Looked:
    """One number a document. `names`: words of the longest name found in the query, 0 for none."""

    bm25: Scores
    coverage: Scores
    names: Scores


class Lexical:
    """Over at least one document."""

    def __init__(self, documents: Sequence[Document], lang: str) -> None:
        self._size = len(documents)
        self._analyser = Analyser(lang)
        written = self._analyser.words([document.words for document in documents])
        self._known = {fold(word): self._analyser.stem(word) for row in written for word in row}
        words = [[self._known[fold(word)] for word in row] for row in written]
        self._bm25 = bm25s.BM25()
        self._bm25.index(words, show_progress=False)
        self._vocabulary = {word: at for at, word in enumerate(sorted({w for row in words for w in row}))}
        self._presence = self._presence_of(words)
        self._weights, self._unknown = _weights(self._presence)
        self._names = self._names_of(documents)

    def look(self, query: str) -> Looked:
        words = [self._understood(word) for word in self._analyser.words([query])[0]]
        known = [self._vocabulary[word] for word in dict.fromkeys(words) if word in self._vocabulary]
        if not known:
            return Looked(*(np.zeros(self._size, dtype=np.float32) for _ in range(3)))
        unknown = sum(self._unknown for word in set(words) if word not in self._vocabulary)
        covered = self._presence[:, known] @ self._weights[known]
        bm25 = self._bm25.get_scores([word for word in words if word in self._vocabulary])
        return Looked(bm25, covered / (self._weights[known].sum() + unknown), self._names_in(words))

    def _presence_of(self, words: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
        presence = np.zeros((len(words), len(self._vocabulary)), dtype=np.bool_)
        for row, found in enumerate(words):
            presence[row, [self._vocabulary[word] for word in found]] = True
        return presence

    def _names_of(self, documents: Sequence[Document]) -> dict[tuple[str, ...], list[int]]:
        names = list(dict.fromkeys(name for document in documents for name in document.names))
        stems = {
            name: tuple(map(self._understood, row))
            for name, row in zip(names, self._analyser.words(names), strict=True)
        }
        found: dict[tuple[str, ...], list[int]] = {}
        for row, document in enumerate(documents):
            for stem in {stems[name] for name in document.names if stems[name]}:
                found.setdefault(stem, []).append(row)
        return found

    def _names_in(self, words: Sequence[str]) -> Scores:
        lengths = np.zeros(self._size, dtype=np.float32)
        for run in _runs(words):
            if rows := self._names.get(run):
                lengths[rows] = np.maximum(lengths[rows], len(run))
        return lengths

    def _understood(self, word: str) -> str:
        """The stem of a word; for one that nobody has written, that of the nearest, if it is near enough for a slip."""
        plain = fold(word)
        if plain in self._known:
            return self._known[plain]
        stem = self._analyser.stem(word)
        if stem in self._vocabulary or len(word) < _SPELLING_LENGTH:
            return stem
        nearest = process.extractOne(
            plain, self._known.keys(), scorer=Levenshtein.normalized_similarity, score_cutoff=_SPELLING
        )
        return self._known[nearest[0]] if nearest else stem


def _weights(presence: NDArray[np.bool_]) -> tuple[Scores, float]:
    """Inverse document frequency of every known word, and that of an unknown one."""
    size = len(presence)
    having = presence.sum(axis=0)
    weights = np.log1p((size - having + 0.5) / (having + 0.5)).astype(np.float32)
    return weights, float(np.log1p((size + 0.5) / 0.5))


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
            yield tuple(words[start:end])
