"""Words as search sees them: lower case, without stop words, stemmed, without accents."""

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import bm25s
import snowballstemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS, STOPWORDS_SPANISH

_STEMMERS = {"en": "english", "es": "spanish"}
# Single letters tell vitamins and hormones apart (vitamin D); bm25s drops them as remains of contractions.
_STOPWORDS = {"en": frozenset(STOPWORDS_EN_PLUS) - {"d"}, "es": frozenset(STOPWORDS_SPANISH) - {"e"}}
_APOSTROPHE = re.compile(r"['’]")
_ANY_WORD = r"(?u)\b\w+\b"


def fold(text: str) -> str:
    """Without accents and other marks: patients often leave them out."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class Analyser:
    """One language's words. Safe to call from several threads; the stemmer itself is not."""

    def __init__(self, lang: str) -> None:
        given = _STOPWORDS.get(lang, frozenset())
        self._stopwords = sorted(given | {fold(word) for word in given})
        self._stem = lru_cache(maxsize=20_000)(_stemmer(lang))
        self._lock = threading.Lock()

    def words(self, texts: list[str]) -> list[list[str]]:
        """The words of each text that carry meaning, in reading order, lower case, with their accents."""
        found: list[list[str]] = bm25s.tokenize(
            [_APOSTROPHE.sub("", text) for text in texts],
            stopwords=self._stopwords,
            token_pattern=_ANY_WORD,
            return_ids=False,
            show_progress=False,
        )
        return found

    def stem(self, word: str) -> str:
        """The part of a word that its forms share, without accents."""
        with self._lock:
            return fold(self._stem(word))


def _stemmer(lang: str) -> Callable[[str], str]:
    if lang not in _STEMMERS:
        return str
    stem: Callable[[str], str] = snowballstemmer.stemmer(_STEMMERS[lang]).stemWord
    return stem
