"""A sentence as the verifier sees it: its meanings, with what is denied, its numbers, its dates and its clauses."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.safety.claims_dates import PartDate, read_dates
from assistant.safety.claims_numbers import Quantity, read_quantities
from assistant.safety.claims_words import Vocabulary

_SPACES = {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u03bc": "µ",
           "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'}  # fmt: skip
_TABLE = str.maketrans(_SPACES)
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[¿¡]*[A-ZÁÉÍÓÚÑ0-9])|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Sr|Sra|vs|e\.g|i\.e|approx|St|No)|\b[ap]\.m)\.$")
_CLAUSE = re.compile(
    r"[,;:()]|\b(?:but|because|although|though|which|who|that|so|as|even|if|when|unless|while|until)\b"
    r"|\band (?=(?:it|its|you|your|they|this|these|there|can|may|is|are|was|were|has|have|take|use|call|see|go)\b)"
    r"|\b(?:pero|porque|aunque|que)\b"
)
_COORDINATION = re.compile(r"(?:,\s*|\s+)(?:and|but|while|whereas)\s+|;\s+", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|may|might|will|should|must|do|does|did|take|takes|need|needs|use|uses)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*(?:_[^\W_]+(?:[-'][^\W_]+)*)*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One content word as its meaning, and whether the sentence denies it."""

    word: str
    denied: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence taken apart. `words` holds every word in order, phrases joined by _, before meanings."""

    text: str
    words: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[PartDate, ...]

    @property
    def says(self) -> frozenset[str]:
        return frozenset(meaning.word for meaning in self.meanings)


def normalise(text: str) -> str:
    text = re.sub(r"\s+", " ", text.translate(_TABLE)).strip()
    text = re.sub(r"(?<=\d)\s*[–—]\s*(?=\d)", " to ", text)
    text = text.replace("–", "-").replace("—", ", ")
    text = re.sub(r"(?<=\d)/(?=\d{2,3}\b)", " / ", text)
    return re.sub(r"(?<=\d)-(?=[a-z])", " ", text)


def split_sentences(text: str) -> tuple[str, ...]:
    """Sentences in order; abbreviations, decimals and clock times do not end one."""
    found: list[str] = []
    for part in (part.strip() for part in _END.split(text)):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return tuple(found)


def split_coordinated(text: str) -> tuple[str, ...]:
    """The halves of "A is high and B is low": only where each has a verb of its own; else nothing."""
    halves = [half.strip() for half in _COORDINATION.split(text) if half.strip()]
    return tuple(halves) if len(halves) > 1 and all(_FINITE.search(half) for half in halves) else ()


def read(text: str, words: Vocabulary) -> Statement:
    return _read(normalise(text), words)


@cache
def _read(text: str, words: Vocabulary) -> Statement:
    dates, undated = read_dates(text)
    quantities, bare = read_quantities(undated)
    clauses = _CLAUSE.split(words.join_phrases(bare.lower()))
    every = tuple(_WORD.findall(words.join_phrases(undated.lower())))
    meanings = tuple(meaning for clause in clauses for meaning in _meanings(clause, words))
    return Statement(text, every, meanings, quantities, dates)


def _meanings(clause: str, words: Vocabulary) -> list[Meaning]:
    """ "not" denies to the end of its clause, "no" the noun after it, a closing "not found" what stands before it."""
    found: list[Meaning] = []
    denial = "clause" if words.denies_all(clause) else ""
    for word in _WORD.findall(clause):
        meaning = words.meaning(word)
        denial = words.denial_after(word, denial, is_light=meaning is None)
        if meaning is not None:
            found.append(Meaning(meaning, bool(denial)))
    return found
