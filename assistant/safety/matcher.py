"""Every pattern of every language in one trie, matched in one walk over the tokens.

Words are first marked with the classes they belong to, so the trie branches on classes, not on words, and a text
costs what its own words can start: adding rules does not make other texts slower.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.safety.pattern import Gap, OneOf, PatternInvalid, parse_pattern
from assistant.safety.spelling import Spelling
from assistant.safety.text import SENTENCE, Token, number_of

Kind = Literal["finding", "cue", "value"]
NUMBER = "#"
MIN_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What a pattern stands for. `name` is a finding id, `<context kind>.<place>` or a value id."""

    kind: Kind
    name: str
    lang: str
    starts: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """`first` and `last` are token positions, `last` exclusive."""

    label: Label
    first: int
    last: int


class _Node:
    __slots__ = ("edges", "gaps", "labels")

    def __init__(self) -> None:
        self.edges: dict[int, _Node] = {}
        self.gaps: dict[Gap, _Node] = {}
        self.labels: list[Label] = []


class _Symbols:
    """Sets of phrases as numbers; a word knows the numbers that it can stand for."""

    def __init__(self, classes: Mapping[str, Mapping[str, Sequence[str]]], numbers: Mapping[str, float]) -> None:
        self._classes = classes
        self.ids: dict[frozenset[tuple[str, ...]], int] = {}
        self.words: dict[str, set[int]] = {}
        self.stems: dict[str, set[int]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self.vocabulary: set[str] = set(numbers)

    def of(self, part: OneOf, lang: str) -> int:
        ways = frozenset(flat for way in part.ways for flat in self._expand(way, lang, 0))
        if ways not in self.ids:
            self.ids[ways] = len(self.ids)
            for way in ways:
                self._enter(way, self.ids[ways])
        return self.ids[ways]

    def _expand(self, way: tuple[str, ...], lang: str, depth: int) -> list[tuple[str, ...]]:
        if depth > 6:
            raise PatternInvalid("classes refer to each other in a circle")
        flats: list[tuple[str, ...]] = [()]
        for word in way:
            options: list[tuple[str, ...]] = [(word,)]
            if word.startswith("<"):
                members = self._members(word[1:-1], lang)
                options = [flat for member in members for flat in self._expand(member, lang, depth + 1)]
            flats = [head + tail for head in flats for tail in options]
        return flats

    def _members(self, name: str, lang: str) -> list[tuple[str, ...]]:
        found = self._classes.get(lang, {}).get(name)
        if found is None:
            raise PatternInvalid(f"unknown class <{name}>")
        out: list[tuple[str, ...]] = []
        for line in found:
            for reading in parse_pattern(line):
                if len(reading.parts) != 1 and not all(isinstance(p, OneOf) for p in reading.parts):
                    raise PatternInvalid(f"class <{name}> may hold words only, not {line!r}")
                out += _spread([p for p in reading.parts if isinstance(p, OneOf)])
        return out

    def _enter(self, way: tuple[str, ...], symbol: int) -> None:
        for word in way:
            if word != NUMBER and not word.endswith("*"):
                self.vocabulary.add(word)
        if len(way) > 1:
            self.phrases.setdefault(way[0], []).append((way[1:], symbol))
        elif way[0].endswith("*"):
            self.stems.setdefault(_stem(way[0]), set()).add(symbol)
        else:
            self.words.setdefault(way[0], set()).add(symbol)


def _stem(word: str) -> str:
    stem = word[:-1]
    if len(stem) < MIN_PREFIX:
        raise PatternInvalid(f"{word!r} is too short for *")
    return stem


def _spread(parts: Sequence[OneOf]) -> list[tuple[str, ...]]:
    out: list[tuple[str, ...]] = [()]
    for part in parts:
        out = [head + way for head in out for way in part.ways]
    return out


_NOTHING: frozenset[int] = frozenset()


class Matcher:
    """Built line by line, then `done`; from then on it does not change and may be shared."""

    def __init__(
        self, classes: Mapping[str, Mapping[str, Sequence[str]]], numbers: Mapping[str, float], keep: Iterable[str] = ()
    ) -> None:
        self._root = _Node()
        self._symbols = _Symbols(classes, numbers)
        self._numbers = dict(numbers)
        self._keep = frozenset(keep)

    def done(self) -> "Matcher":
        """Freezes the words of every pattern so far."""
        symbols = self._symbols
        self._words = {word: frozenset(ids) for word, ids in symbols.words.items()}
        self._stems = {stem: frozenset(ids) for stem, ids in symbols.stems.items()}
        self._phrases = {word: tuple(rest) for word, rest in symbols.phrases.items()}
        self._spelling = Spelling(symbols.vocabulary, self._keep)
        self._longest_stem = max(map(len, self._stems), default=0)
        return self

    def add(self, label: Label, line: str) -> None:
        """Raises `PatternInvalid` for a line or a class that cannot be read."""
        for variant in parse_pattern(line):
            node = self._root
            for part in variant.parts:
                if isinstance(part, Gap):
                    node = node.gaps.setdefault(part, _Node())
                else:
                    node = node.edges.setdefault(self._symbols.of(part, label.lang), _Node())
            end = Label(label.kind, label.name, label.lang, variant.starts, variant.ends)
            if end not in node.labels:
                node.labels.append(end)

    def spelled(self, tokens: Sequence[Token]) -> list[str]:
        """The tokens' words as the lexicon spells them."""
        return [t.word if t.number is not None else self._spelling.fix(t.word) for t in tokens]

    def value(self, token: Token) -> float | None:
        """A number written in digits or as a word."""
        return token.number if token.number is not None else self._numbers.get(token.word)

    def match(self, tokens: Sequence[Token]) -> list[Match]:
        """Every match; overlapping ones too."""
        words = self.spelled(tokens)
        walk = _Walk(self._root, tokens)
        for at, token in enumerate(tokens):
            walk.step(at, self._single(words[at], token), self._longer(words, at, tokens))
        return walk.found

    def _single(self, word: str, token: Token) -> frozenset[int]:
        found = self._words.get(word, _NOTHING)
        for size in range(MIN_PREFIX, min(len(word), self._longest_stem) + 1):
            more = self._stems.get(word[:size])
            if more:
                found |= more
        if self.value(token) is not None:
            found |= self._words.get(NUMBER, _NOTHING)
        return found

    def _longer(self, words: Sequence[str], at: int, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        found = []
        for rest, symbol in self._phrases.get(words[at], ()):
            end = at + 1 + len(rest)
            if end > len(words) or any(tokens[i].gap == SENTENCE for i in range(at + 1, end)):
                continue
            if all(_same(word, wanted) for word, wanted in zip(words[at + 1 : end], rest, strict=True)):
                found.append((symbol, end))
        return found


def _same(word: str, wanted: str) -> bool:
    if wanted == NUMBER:
        return number_of(word) is not None
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


class _Walk:
    """The states that are alive at each position; of two ways to one state the tighter is kept."""

    def __init__(self, root: _Node, tokens: Sequence[Token]) -> None:
        self._root = root
        self._tokens = tokens
        self._alive: list[dict[_Node, int]] = [{} for _ in range(len(tokens) + 1)]
        self.found: list[Match] = []

    def step(self, at: int, single: frozenset[int], longer: Sequence[tuple[int, int]]) -> None:
        if not single and not longer:
            return
        states = self._alive[at]
        states[self._root] = at
        for node, first in states.items():
            edges = node.edges
            for symbol in edges.keys() & single:
                self._reach(edges[symbol], first, at + 1)
            for symbol, end in longer:
                if symbol in edges:
                    self._reach(edges[symbol], first, end)

    def _reach(self, node: _Node, first: int, end: int) -> None:
        for label in node.labels:
            if self._holds(label, first, end):
                self.found.append(Match(label, first, end))
        parted = end == len(self._tokens) or self._tokens[end].gap == SENTENCE
        if parted:
            return
        if node.edges:
            self._keep(node, first, end)
        for gap, after in node.gaps.items():
            self._skip(gap, after, first, end)

    def _skip(self, gap: Gap, node: _Node, first: int, end: int) -> None:
        limit = SENTENCE if gap.crosses else 1
        for at in range(end, min(end + gap.width + 1, len(self._tokens))):
            if self._tokens[at].gap >= limit:
                return
            self._keep(node, first, at)

    def _keep(self, node: _Node, first: int, at: int) -> None:
        states = self._alive[at]
        if states.get(node, -1) < first:
            states[node] = first

    def _holds(self, label: Label, first: int, end: int) -> bool:
        if label.starts and self._tokens[first].gap != SENTENCE:
            return False
        return not label.ends or end == len(self._tokens) or self._tokens[end].gap > 0
