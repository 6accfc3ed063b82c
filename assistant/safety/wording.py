"""Many phrases of editors looked for in a text at once. The phrase language is told in `grammar`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.safety.grammar import KEY, Grammar, WordLists

Span = tuple[int, int]

_BEFORE, _AFTER = r"(?<![\w'])", r"(?![\w'])"
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Hit:
    """`phrase` is the editor's line; `span` are offsets into the text that was searched."""

    phrase: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Matcher:
    phrase: str
    regex: re.Pattern[str]
    keys: frozenset[str]


class Phrases:
    """Many phrases at once: only those whose rarest word occurs in the text are tried."""

    def __init__(self, phrases: Iterable[str], lists: WordLists) -> None:
        """Raises `ValueError` on a phrase that cannot be compiled."""
        self._by_key: dict[str, list[_Matcher]] = {}
        self._always: list[_Matcher] = []
        for phrase in phrases:
            self._add(_compile(phrase, lists))

    def _add(self, matcher: _Matcher) -> None:
        if not matcher.keys:
            self._always.append(matcher)
        for key in matcher.keys:
            self._by_key.setdefault(key, []).append(matcher)

    def hits(self, folded: str, keys: frozenset[str] | None = None) -> Iterator[Hit]:
        """Every phrase that occurs, each at its every place. `keys` are `keys_of(folded)` where known."""
        present = keys_of(folded) if keys is None else keys
        seen: set[int] = set()
        for key in self._by_key.keys() & present:
            for matcher in self._by_key[key]:
                if id(matcher) not in seen:
                    seen.add(id(matcher))
                    yield from _search(matcher, folded)
        for matcher in self._always:
            yield from _search(matcher, folded)


def keys_of(folded: str) -> frozenset[str]:
    """The beginnings of all words: what `Phrases` looks matchers up by."""
    return frozenset(word[:KEY] for word in _WORD.findall(folded))


def _search(matcher: _Matcher, folded: str) -> Iterator[Hit]:
    for found in matcher.regex.finditer(folded):
        yield Hit(matcher.phrase, found.span())


def _compile(phrase: str, lists: WordLists) -> _Matcher:
    item = Grammar(lists).parse(phrase)
    return _Matcher(phrase, re.compile(_BEFORE + item.regex + _AFTER), item.keys)
