"""Words that nobody listed, read as the listed word that they most likely are: drawn-out letters, digits, typos."""

import re
from collections.abc import Iterable
from typing import Final

_DRAWN: Final = re.compile(r"(.)\1{2,}")
_DOUBLE: Final = re.compile(r"(.)\1+")
_DIGITS: Final = str.maketrans("013457", "oieast")
MIN_TYPO: Final = 6
"""Shorter words have too many neighbours that mean something else."""

MIN_SOUND: Final = 8
_ALIKE: Final = tuple(map(frozenset, ("aeiouy", "csz", "bv", "ckq", "gj", "mn", "pb")))


def _shorter(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(1, len(word))}


class Spelling:
    """Immutable. Finds one edit after the first letter: a letter more, less, swapped, or alike in sound."""

    def __init__(self, words: Iterable[str], keep: Iterable[str] = ()) -> None:
        self._known = frozenset(words)
        self._keep = frozenset(keep)
        near: dict[str, str] = {}
        for word in sorted(self._known):
            if len(word) >= MIN_TYPO and word.isalpha():
                for piece in _shorter(word):
                    near.setdefault(piece, word)
        self._near = near

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def fix(self, word: str) -> str:
        """The listed word for this one, or the word itself."""
        if word in self._known or word in self._keep or len(word) > 40:
            return word
        for guess in self._plain_guesses(word):
            if guess in self._known:
                return guess
        return self._typo(word)

    def _plain_guesses(self, word: str) -> Iterable[str]:
        if _DRAWN.search(word):
            yield _DRAWN.sub(r"\1\1", word)
            yield _DRAWN.sub(r"\1", word)
            yield _DOUBLE.sub(r"\1", word)
        if not word.isalpha():
            yield word.translate(_DIGITS)

    def _typo(self, word: str) -> str:
        if len(word) < MIN_TYPO or not word.isalpha():
            return word
        found = self._near.get(word)
        if found is not None:
            return found
        for piece in sorted(_shorter(word)):
            if piece in self._known and len(piece) >= MIN_TYPO:
                return piece
            near = self._near.get(piece)
            if near is not None and _one_edit(word, near):
                return near
        return word


def _one_edit(word: str, other: str) -> bool:
    """Same length: two neighbours swapped, or one letter written as it sounds (other words differ by a letter too)."""
    if len(word) != len(other):
        return False
    apart = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    if len(apart) == 1:
        return any({word[apart[0]], other[apart[0]]} <= sounds for sounds in _ALIKE) and len(word) >= MIN_SOUND
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and word[apart[0]] == other[apart[1]]
        and (word[apart[1]] == other[apart[0]])
    )
