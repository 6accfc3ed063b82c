"""The editors' pattern language, one line a pattern (content/danger/README.md explains it with examples).

`word`, `word~` (also with -s), `word*` (any ending), `<class>`, `(this|that one)`, `?` after any of them (may be
missing), `..` (up to 3 words between, no comma), `...` (up to 8), `a & b` (either order, up to 4 between),
`#` (a number), `^` (sentence start), `$` (sentence or phrase end).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

_PART: Final = re.compile(r"\((?P<group>[^()]+)\)(?P<go>\??)|(?P<item>\S+)")
_ITEM: Final = re.compile(r"(?:<[a-z_0-9]+>|[^\W_][\w]*[*~]?|#)\??\Z")
MOST_VARIANTS: Final = 256


class PatternInvalid(ValueError):
    """A pattern cannot be read."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `width` words between two parts; `crosses` a comma or not."""

    width: int
    crosses: bool


SHORT, LONG, AND = Gap(3, False), Gap(8, True), Gap(4, False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of these: each a tuple of words, of which a class is written `<name>`, a number `#`."""

    ways: tuple[tuple[str, ...], ...]


Part = OneOf | Gap


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading of a pattern: parts in order, and whether it must start a sentence or end a phrase."""

    parts: tuple[Part, ...]
    starts: bool = False
    ends: bool = False


def _ways(text: str) -> tuple[tuple[str, ...], ...]:
    words = text.split()
    for word in words:
        if not _ITEM.match(word) or word.endswith("?"):
            raise PatternInvalid(f"cannot read {word!r}")
    spread = product(*((w[:-1], w[:-1] + "s") if w.endswith("~") else (w,) for w in words))
    return tuple(spread)


def _elements(line: str) -> Iterator[tuple[Part, bool] | str]:
    for match in _PART.finditer(line):
        group = match.group("group")
        if group is not None:
            options = tuple(way for option in group.split("|") for way in _ways(option.strip()))
            yield OneOf(options), bool(match.group("go"))
            continue
        item = match.group("item")
        if item in {"..", "..."}:
            yield (SHORT if item == ".." else LONG), False
        elif item in {"^", "$", "&"}:
            yield item
        elif _ITEM.match(item):
            yield OneOf(_ways(item.rstrip("?"))), item.endswith("?")
        else:
            raise PatternInvalid(f"cannot read {item!r}")


def _without_optionals(parts: Sequence[tuple[Part, bool]]) -> Iterator[tuple[Part, ...]]:
    choices = [((part,), ()) if optional else ((part,),) for part, optional in parts]
    for choice in product(*choices):
        yield tuple(part for some in choice for part in some)


def parse_pattern(line: str) -> tuple[Variant, ...]:
    """Every reading of one line. Raises `PatternInvalid` with the reason."""
    pieces: list[list[tuple[Part, bool]]] = [[]]
    starts = ends = False
    for element in _elements(line):
        if element == "^":
            starts = True
        elif element == "$":
            ends = True
        elif element == "&":
            pieces.append([])
        elif not isinstance(element, str):
            pieces[-1].append(element)
    if not all(pieces) or len(pieces) > 3:
        raise PatternInvalid("a pattern needs words, and at most two &")
    readings = []
    for order in permutations(pieces):
        for flat in product(*(tuple(_without_optionals(piece)) for piece in order)):
            joined: list[Part] = list(flat[0])
            for more in flat[1:]:
                joined += [AND, *more]
            readings.append(Variant(_checked(tuple(joined)), starts, ends))
    if len(readings) > MOST_VARIANTS:
        raise PatternInvalid(f"{len(readings)} variants: split it")
    return tuple(dict.fromkeys(readings))


def _checked(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    if not parts or isinstance(parts[0], Gap) or isinstance(parts[-1], Gap):
        raise PatternInvalid("a pattern begins and ends with a word that must be there")
    return parts
