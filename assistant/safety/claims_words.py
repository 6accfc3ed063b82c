"""From a word to its meaning, in one language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import snowballstemmer

from assistant.safety import claims_lexicon as english
from assistant.safety import claims_spanish as spanish
from assistant.safety.claims_synonyms import SAME

_REWRITES = (
    (re.compile(english.EMPTY_ENTRY), r"\g<what> not found"),
    (re.compile(english.OUT_OF_RANGE), " out_of_range "),
    (re.compile(english.IN_RANGE), " in_range "),
)
_ARTICLES = frozenset({"a", "an", "the", "any"})


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`stems` maps a stem (or a phrase joined by _) to its meaning; `rich` says that reasoning is allowed."""

    name: str
    stems: dict[str, str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    light: frozenset[str]
    negation: frozenset[str]
    noun_negation: frozenset[str]
    trailing: tuple[str, ...]
    hedges: dict[int, frozenset[str]]
    quantifiers: dict[str, frozenset[str]]
    rich: bool

    def join_phrases(self, text: str) -> str:
        """Lower-case text in which every fixed phrase is one word."""
        for pattern, replacement in _REWRITES if self.rich else ():
            text = pattern.sub(replacement, text)
        for pattern, joined in self.phrases:
            text = pattern.sub(joined, text)
        return text

    def denies_all(self, clause: str) -> bool:
        return any(clause.strip(" .").endswith(ending) for ending in self.trailing)

    def denial_after(self, word: str, denial: str, *, is_light: bool) -> str:
        """How far a denial reaches once `word` is read: over the clause, a list, a noun, or "" for none."""
        if denial == "clause":
            return denial
        if word in self.noun_negation:
            return "noun"
        if word in self.negation or word.endswith("n't"):
            return "clause"
        if word in english.AVOIDANCE:
            return "list"
        over = word in english.AVOIDANCE_ENDS if denial == "list" else is_light and word not in _ARTICLES
        return "" if over else denial

    def meaning(self, word: str) -> str | None:
        """None for a word that says nothing of its own."""
        if word in self.stems:
            return self.stems[word]
        if word in self.light or word.isdigit():
            return None
        stem = stem_of(word, self.name)
        return self.stems.get(stem, stem)

    def level(self, words: Iterable[str]) -> int:
        """3 for a fact, 2 for likely or usual, 1 for possible."""
        said = set(words)
        return min((level for level, hedges in self.hedges.items() if said & hedges), default=3)

    def quantity_words(self, words: Iterable[str]) -> frozenset[str]:
        said = set(words)
        return frozenset(kind for kind, members in self.quantifiers.items() if said & members)


@cache
def stem_of(word: str, language: str) -> str:
    return str(snowballstemmer.stemmer(language).stemWord(word))


def vocabulary_for(text: str) -> Vocabulary:
    """Spanish where Spanish function words outnumber the English ones, else English."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return SPANISH if sum(w in spanish.MARKERS for w in words) > sum(w in english.LIGHT for w in words) else ENGLISH


def _english() -> Vocabulary:
    stems: dict[str, str] = {}
    groups = [list(group) for group in SAME]
    groups += [[f"d:{name}", *members.split()] for name, members in english.DIRECTIONS.items()]
    groups += [["d:normal", *english.NORMAL.split()], ["d:outside", *english.OUTSIDE.split()]]
    for name, *members in groups:
        for member in (name, *members):
            stems.setdefault(member, name)
            if "_" not in member and member not in english.LIGHT:
                stems.setdefault(stem_of(member, "english"), name)
    every = [w for words in english.HEDGES.values() for w in words.split()] + list(english.CAUSES)
    return Vocabulary(
        "english",
        stems,
        _phrases([*stems, *every, *english.CURRENT]),
        english.LIGHT | _said_elsewhere(),
        english.NEGATION,
        english.NOUN_NEGATION,
        english.TRAILING_NEGATION,
        {level: frozenset(words.split()) for level, words in english.HEDGES.items()},
        {kind: frozenset(words.split()) for kind, words in english.QUANTIFIERS.items()},
        rich=True,
    )


def _said_elsewhere() -> frozenset[str]:
    """Words that have a check of their own, so that no source need hold them word for word."""
    groups = [*english.HEDGES.values(), *english.QUANTIFIERS.values()]
    links = {cause for cause in english.CAUSES if "_" in cause} | {"because", "reason"}
    return frozenset(word for group in groups for word in group.split()) | links - {"first", "second", "third"}


def _spanish() -> Vocabulary:
    return Vocabulary(
        "spanish",
        {},
        (),
        spanish.LIGHT | spanish.MARKERS,
        spanish.NEGATION,
        spanish.NOUN_NEGATION,
        spanish.TRAILING_NEGATION,
        spanish.HEDGES,
        spanish.QUANTIFIERS,
        rich=False,
    )


def _phrases(words: Iterable[str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    joined = sorted({word for word in words if "_" in word}, key=len, reverse=True)
    return tuple((re.compile(rf"\b{re.escape(word.replace('_', ' '))}\b"), word) for word in joined)


ENGLISH = _english()
SPANISH = _spanish()
