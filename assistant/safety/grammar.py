"""The phrase language of editors' files, compiled to regular expressions that cannot run away.

`word`, `stem*` (any ending), `word?` (may be missing), `(one|two words|three)` (alternatives, may be nested),
`<list>` (a named list of the same file), `..` (up to three other words of the same sentence), `..6` (up to six),
`_` (any one word), `*'s` (somebody's), `<number>`, `^` (the start of a sentence). Case, accents and
punctuation between words do not matter. Every repetition has a small upper bound.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.safety.fold import fold

WordLists = Mapping[str, Sequence[str]]
KEY = 4

_SEPARATOR = r"[^\w']{1,4}"
_ENDING = r"[\w']{0,12}"
_ANY_WORD = r"[\w']{1,30}"
_GAP_WORD = rf"[^\w'.?!\n]{{1,4}}{_ANY_WORD}"
_START = r"(?:(?<=[.?!\n:;])\s{0,3}|\A\W{0,3})"
_NUMBER = r"\d{1,9}(?:[.,]\d{1,6})?"
_SPECIAL = {
    "_": _ANY_WORD,
    "*'s": r"(?!(?:what|that|it|he|she|let|today|doctor|dr|hospital|clinic|pharmacy|nurse|office)'s)\w{1,30}'s",
}
_TOKEN = re.compile(r"\(|\||\)\??|<\w+>\??|\.\.\d?|[^\s()|<>]+")
_WIDEST_GAP = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a phrase. `keys` are the word beginnings one of which must occur (empty: unknown).

    A glued item brings its own separators (gaps, sentence starts).
    """

    regex: str
    keys: frozenset[str] = frozenset()
    optional: bool = False
    glued: bool = False


class Grammar:
    """Parses phrases that may name the given word lists."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def parse(self, phrase: str) -> Item:
        """Raises `ValueError` on an unknown list, a wide gap or a bracket without its partner."""
        tokens = _TOKEN.findall(phrase.replace('"', " "))[::-1]
        item = self._sequence(tokens)
        if tokens:
            raise ValueError(f"stray {tokens[-1]} in phrase: {phrase}")
        if item.optional:
            raise ValueError(f"every word may be missing: {phrase}")
        return item

    def _sequence(self, tokens: list[str]) -> Item:
        items: list[Item] = []
        while tokens and tokens[-1] != "|" and not tokens[-1].startswith(")"):
            items.append(self._item(tokens))
        return _joined(items)

    def _item(self, tokens: list[str]) -> Item:
        head = tokens.pop()
        if head == "(":
            return self._group(tokens)
        if head.startswith(".."):
            return _gap(int(head[2:] or 3))
        if head == "^":
            return Item(_START, glued=True)
        optional = head.endswith("?")
        body = head.removesuffix("?")
        found = self._list(body.strip("<>")) if body.startswith("<") else _word(body)
        return replace(found, optional=optional)

    def _group(self, tokens: list[str]) -> Item:
        choices = [self._sequence(tokens)]
        while tokens and tokens[-1] == "|":
            tokens.pop()
            choices.append(self._sequence(tokens))
        if not tokens:
            raise ValueError("a bracket is not closed")
        optional = tokens.pop().endswith("?")
        return replace(_either(choices), optional=optional)

    def _list(self, name: str) -> Item:
        if name == "number":
            return Item(_NUMBER)
        if name not in self._lists:
            raise ValueError(f"unknown word list {name}")
        return _either([self.parse(entry) for entry in self._lists[name]])


def _gap(width: int) -> Item:
    if width > _WIDEST_GAP:
        raise ValueError(f"gap wider than {_WIDEST_GAP} words")
    return Item(f"(?:{_GAP_WORD}){{0,{width}}}?", glued=True)


def _word(raw: str) -> Item:
    if raw in _SPECIAL:
        return Item(_SPECIAL[raw])
    word = fold(raw).strip()
    if not word.endswith("*"):
        return Item(re.escape(word), frozenset({word[:KEY]}))
    stem = word.removesuffix("*")
    if not stem:
        raise ValueError("a star needs a word before it")
    return Item(re.escape(stem) + _ENDING, frozenset({stem[:KEY]} if len(stem) >= KEY else ()))


def _either(choices: Sequence[Item]) -> Item:
    if any(choice.optional or not choice.regex for choice in choices):
        raise ValueError("an alternative may not be empty")
    regex = "|".join(choice.regex for choice in choices)
    known = all(choice.keys for choice in choices)
    return Item(f"(?:{regex})", frozenset().union(*(choice.keys for choice in choices)) if known else frozenset())


def _joined(items: Sequence[Item]) -> Item:
    """Items in a row; an optional item carries its own separator, and the rarest fixed word gives the keys."""
    parts: list[str] = []
    started = False
    for item in items:
        parts.append(_placed(item, started=started))
        started = started or not (item.glued or item.optional)
    fixed = [item for item in items if item.keys and not item.optional]
    keys = max(fixed, key=_rarity).keys if fixed else frozenset()
    return Item("".join(parts), keys, optional=all(item.optional for item in items))


def _placed(item: Item, *, started: bool) -> str:
    if item.glued:
        return item.regex
    if not item.optional:
        return _SEPARATOR + item.regex if started else item.regex
    return f"(?:{_SEPARATOR}{item.regex})?" if started else f"(?:{item.regex}{_SEPARATOR})?"


def _rarity(item: Item) -> tuple[int, int]:
    return min(len(key) for key in item.keys), -len(item.keys)
