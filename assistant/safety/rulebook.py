"""One rail or one kind of forbidden claim: phrases of an editor's file, ready to be looked for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.safety.disguise import is_scaffold, is_stutter, undisguised, visible
from assistant.safety.fold import fold
from assistant.safety.wording import Hit, Phrases, keys_of

Document = Mapping[str, object]

_SENTENCE_END = re.compile(r"[.?!]+(?=\s|\"|$)|\n")
_STRUCTURES: dict[str, Callable[[str], bool]] = {"scaffold": is_scaffold, "stutter": is_stutter}
_ANY_LANGUAGE = "any"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is searched: folded, with the beginnings of its words."""

    text: str
    folded: str
    keys: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Reading":
        folded = fold(text)
        return cls(text, folded, keys_of(folded))


@dataclass(frozen=True, slots=True)
class Rule:
    """`phrases` by language; an `unless` phrase in the same sentence lifts a hit.

    `family` is what a refusal is chosen by; `allowed` are contacts that every reply may name.
    """

    id: str
    direction: str
    family: str
    phrases: Mapping[str, Phrases]
    unless: Phrases
    fragments: tuple[str, ...] = ()
    structures: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    blocks: tuple[str, ...] = field(default=(), repr=False)
    allows: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def from_document(cls, document: Document) -> "Rule":
        """Raises `ValueError` naming the phrase or the key that cannot be used."""
        lists = {name: _texts(words) for name, words in _mapping(document, "lists").items()}
        phrases = {lang: Phrases(_texts(lines), lists) for lang, lines in _mapping(document, "phrases").items()}
        unless = [line for lines in _mapping(document, "unless").values() for line in _texts(lines)]
        structures = _texts(document.get("structures", ()))
        if unknown := set(structures) - _STRUCTURES.keys():
            raise ValueError(f"unknown structure {min(unknown)}")
        return cls(
            id=_word(document, "id"),
            direction=_word(document, "direction"),
            family=_word(document, "family"),
            phrases=phrases,
            unless=Phrases(unless, lists),
            fragments=tuple(fold(fragment) for fragment in _texts(document.get("fragments", ()))),
            structures=structures,
            allowed=_texts(document.get("allowed", ())),
            blocks=_texts(document.get("blocks", ())),
            allows=_texts(document.get("allows", ())),
        )

    def hits(self, reading: Reading, langs: Sequence[str] = ()) -> Iterator[Hit]:
        """Hits that no `unless` phrase lifts, in the given languages (none given: in all)."""
        for lang, phrases in self.phrases.items():
            if not langs or lang in langs or lang == _ANY_LANGUAGE:
                for hit in phrases.hits(reading.folded, reading.keys):
                    if not self._lifted(hit, reading.folded):
                        yield hit
        for fragment in self.fragments:
            if (at := reading.folded.find(fragment)) >= 0:
                yield Hit(fragment, (at, at + len(fragment)))

    def structure(self, text: str) -> str | None:
        """The name of the first forbidden structure of the text."""
        return next((name for name in self.structures if _STRUCTURES[name](text)), None)

    def _lifted(self, hit: Hit, folded: str) -> bool:
        start, end = sentence_around(folded, hit.span[0])
        return next(self.unless.hits(folded[start : max(end, hit.span[1])]), None) is not None


def readings(text: str) -> tuple[Reading, ...]:
    """The text as everyone sees it, then every disguise undone."""
    return (Reading.of(visible(text)), *(Reading.of(other) for other in undisguised(text)))


def broken_rule(rule: Rule, found: Sequence[Reading]) -> str | None:
    """The phrase or structure that breaks an input rule, in any language and any reading of the text."""
    if structure := rule.structure(found[0].text):
        return structure
    return next((hit.phrase for reading in found for hit in rule.hits(reading)), None)


def sentence_around(text: str, at: int, reach: int = 400) -> tuple[int, int]:
    """Offsets of the sentence that contains `at`, at most `reach` characters to each side."""
    low, high = max(0, at - reach), min(len(text), at + reach)
    before = [found.end() for found in _SENTENCE_END.finditer(text, low, at)]
    after = _SENTENCE_END.search(text, at, high)
    return (before[-1] if before else low), (after.end() if after else high)


def _mapping(document: Document, key: str) -> Mapping[str, object]:
    found = document.get(key) or {}
    if not isinstance(found, Mapping):
        raise ValueError(f"{key} must be a mapping")
    return found


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list | tuple):
        raise ValueError("a list of texts was expected")
    return tuple(str(text) for text in found)


def _word(document: Document, key: str) -> str:
    found = document.get(key)
    if not isinstance(found, str) or not found:
        raise ValueError(f"{key} is missing")
    return found
