"""Classes of words: which numbers (symbols) the words at a place of a text can stand for."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.safety.pattern import OneOf, PatternInvalid, words_of

NUMBER, DECIMAL = "#", "#."
MIN_STEM = 2
_DEEPEST = 6

Classes = Mapping[str, Mapping[str, Sequence[str]]]


class _Step:
    """One word into a phrase: what may come next, and the symbols of phrases that end here."""

    __slots__ = ("ending", "stems", "symbols", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Step] = {}
        self.stems: dict[str, _Step] = {}
        self.symbols: set[int] = set()
        self.ending: frozenset[int] = frozenset()


class Phrases:
    """Sets of phrases, each set one symbol, found by one trie of words."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._ids: dict[frozenset[tuple[str, ...]], int] = {}
        self._root = _Step()
        self._steps = [self._root]
        self._longest_stem = 0
        self.vocabulary: set[str] = set()

    def symbol(self, part: OneOf, lang: str) -> int:
        """The symbol of this set of phrases. Raises `PatternInvalid` for a class that is not there."""
        ways = frozenset(flat for way in part.ways for flat in self._expand(way, lang, 0))
        if ways not in self._ids:
            self._ids[ways] = len(self._ids)
            for way in ways:
                self._enter(way, self._ids[ways])
        return self._ids[ways]

    def freeze(self) -> None:
        for step in self._steps:
            step.ending = frozenset(step.symbols)

    def at(self, words: Sequence[tuple[str, ...]], start: int, end: int) -> Iterator[tuple[int, frozenset[int]]]:
        """(position after, symbols) of every phrase that starts at `start` and is over by `end`.

        A word comes with the signs that it may stand for, if it is a number.
        """
        steps = [self._root]
        for at in range(start, end):
            steps = [after for step in steps for after in self._after(step, words[at])]
            if not steps:
                return
            ending = frozenset().union(*(step.ending for step in steps))
            if ending:
                yield at + 1, ending

    def _after(self, step: _Step, signs: tuple[str, ...]) -> Iterator[_Step]:
        yield from (step.words[sign] for sign in signs if sign in step.words)
        if step.stems:
            word = signs[0]
            for size in range(MIN_STEM, min(len(word), self._longest_stem) + 1):
                if word[:size] in step.stems:
                    yield step.stems[word[:size]]

    def _expand(self, way: tuple[str, ...], lang: str, depth: int) -> list[tuple[str, ...]]:
        if depth > _DEEPEST:
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
        return [way for line in found for way in words_of(line)]

    def _enter(self, way: tuple[str, ...], symbol: int) -> None:
        step = self._root
        for word in way:
            step = self._next(step, word)
        step.symbols.add(symbol)

    def _next(self, step: _Step, word: str) -> _Step:
        found = step.words
        if word.endswith("*"):
            found, word = step.stems, word[:-1]
            if len(word) < MIN_STEM:
                raise PatternInvalid(f"{word}* is too short for *")
            self._longest_stem = max(self._longest_stem, len(word))
        elif word not in {NUMBER, DECIMAL}:
            self.vocabulary.add(word)
        if word not in found:
            found[word] = _Step()
            self._steps.append(found[word])
        return found[word]
