"""Which lab tests a message names: by name or lay name, longest first, forgiving typos."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

_WORD = re.compile(r"\w+", re.UNICODE)
_NUMBER = re.compile(r"(?<![\w.,/])(\d{1,4}(?:[.,]\d{1,2})?)(?![\w/]|[.,]\d)")
_LONGEST = 6
_TYPO_LENGTH = 6
_TYPO_SCORE = 88


def fold(text: str) -> str:
    """Lower case without diacritics, so that "glucosa en ayunas" and "Glucósa" meet."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in spread if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@dataclass(frozen=True, slots=True)
class Mention:
    """A test named in a message and the number beside it, if the patient quoted one."""

    lab: str
    said: float | None


class LabFinder:
    """`names` pairs every alias with the id of its test."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._ids = {" ".join(words_of(alias)): lab for alias, lab in names if words_of(alias)}
        self._long = [alias for alias in self._ids if len(alias) >= _TYPO_LENGTH]

    def find(self, text: str) -> tuple[Mention, ...]:
        """Tests in the order in which they are named, each once."""
        words = words_of(text)
        found: dict[str, Mention] = {}
        at = 0
        while at < len(words):
            size, lab = self._match(words, at)
            if lab and lab not in found:
                found[lab] = Mention(lab, None)
            at += size
        return self._with_numbers(text, tuple(found.values()))

    def _match(self, words: list[str], at: int) -> tuple[int, str | None]:
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            if phrase in self._ids:
                return size, self._ids[phrase]
        return 1, self._typo(words[at])

    def _typo(self, word: str) -> str | None:
        if len(word) < _TYPO_LENGTH or word.isdigit():
            return None
        best = process.extractOne(word, self._long, scorer=fuzz.ratio, score_cutoff=_TYPO_SCORE)
        return self._ids[best[0]] if best else None

    def _with_numbers(self, text: str, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """A single quoted number belongs to a single named test; anything else is left alone."""
        numbers = _NUMBER.findall(text)
        if len(found) != 1 or len(numbers) != 1:
            return found
        return (Mention(found[0].lab, float(numbers[0].replace(",", "."))),)
