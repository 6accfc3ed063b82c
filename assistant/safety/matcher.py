"""Every pattern of every language in one trie, matched in one walk over the tokens.

Words are first marked with the classes they belong to, so the trie branches on classes, not on words, and a text
costs what its own words can start: adding rules does not make other texts slower.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.safety.pattern import Gap, parse_pattern
from assistant.safety.phrases import DECIMAL, NUMBER, Classes, Phrases
from assistant.safety.spelling import Spelling
from assistant.safety.text import SENTENCE, Token

Kind = Literal["finding", "cue", "value"]


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


class Matcher:
    """Built line by line, then `done`; from then on it does not change and may be shared."""

    def __init__(self, classes: Classes, numbers: Mapping[str, float], keep: Iterable[str] = ()) -> None:
        self._root = _Node()
        self._phrases = Phrases(classes)
        self._numbers = dict(numbers)
        self._keep = frozenset(keep)
        self._spelling = Spelling(())

    def add(self, label: Label, line: str) -> None:
        """Raises `PatternInvalid` for a line or a class that cannot be read."""
        for variant in parse_pattern(line):
            node = self._root
            for part in variant.parts:
                if isinstance(part, Gap):
                    node = node.gaps.setdefault(part, _Node())
                else:
                    node = node.edges.setdefault(self._phrases.symbol(part, label.lang), _Node())
            end = Label(label.kind, label.name, label.lang, variant.starts, variant.ends)
            if end not in node.labels:
                node.labels.append(end)

    def done(self) -> "Matcher":
        """Freezes the words of every pattern so far."""
        self._phrases.freeze()
        self._spelling = Spelling({*self._phrases.vocabulary, *self._numbers}, self._keep)
        return self

    def spelled(self, tokens: Sequence[Token]) -> list[str]:
        """The tokens' words as the lexicon spells them."""
        return [t.word if t.word[0].isdigit() else self._spelling.fix(t.word) for t in tokens]

    def value(self, token: Token) -> float | None:
        """A number written in digits or as a word."""
        return token.number if token.number is not None else self._numbers.get(token.word)

    def match(self, tokens: Sequence[Token]) -> list[Match]:
        """Every match; overlapping ones too."""
        words = [self._signs(word, token) for word, token in zip(self.spelled(tokens), tokens, strict=True)]
        sentence_ends = _sentence_ends(tokens)
        walk = _Walk(self._root, tokens)
        for at, end in enumerate(sentence_ends):
            walk.step(at, self._phrases.at(words, at, end))
        return walk.found

    def _signs(self, word: str, token: Token) -> tuple[str, ...]:
        """The word, and for a number all that it can be read as."""
        if word[0].isdigit():
            return (word, NUMBER, DECIMAL) if "." in word or "," in word else (word, NUMBER)
        return (word, NUMBER) if word in self._numbers else (word,)


def _sentence_ends(tokens: Sequence[Token]) -> list[int]:
    """For each token the position after its sentence."""
    ends = [len(tokens)] * len(tokens)
    for at in range(len(tokens) - 2, -1, -1):
        ends[at] = at + 1 if tokens[at + 1].gap == SENTENCE else ends[at + 1]
    return ends


class _Walk:
    """The states that are alive at each position; of two ways to one state the tighter is kept."""

    def __init__(self, root: _Node, tokens: Sequence[Token]) -> None:
        self._root = root
        self._tokens = tokens
        self._alive: list[dict[_Node, int]] = [{} for _ in range(len(tokens) + 1)]
        self.found: list[Match] = []

    def step(self, at: int, phrases: Iterable[tuple[int, frozenset[int]]]) -> None:
        states = self._alive[at]
        states[self._root] = at
        for end, symbols in phrases:
            for node, first in states.items():
                edges = node.edges
                for symbol in edges.keys() & symbols:
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
