"""The editors' pattern language, one line a pattern (content/danger/README.md explains it with examples).

`word`, `word~` (also with -s), `word*` (any ending), `<class>`, `(this|that one|the (first|last) one)`, `?` after any
of them (may be missing), `..` (up to 5 words between, no comma), `...` (up to 9), `a & b` (either order, up to 5
between), `#` (a number), `#.` (with a decimal point), `^` (sentence start), `$` (sentence or phrase end).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations, product
from typing import Final

_LEXEME: Final = re.compile(r"\)\??|[(|&^$]|\.{2,3}|(?:<[a-z_0-9]+>|[^\W_]\w*(?:/\d+)?[*~]?|#\.?)\??|(?P<bad>\S+)")
MOST_VARIANTS: Final = 400


class PatternInvalid(ValueError):
    """A pattern cannot be read."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `width` words between two parts; `crosses` a comma or not."""

    width: int
    crosses: bool


SHORT, LONG, AND = Gap(5, False), Gap(9, True), Gap(5, False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of these: each a tuple of words, of which a class is written `<name>`, a number `#`."""

    ways: tuple[tuple[str, ...], ...]


Part = OneOf | Gap
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading of a pattern: parts in order, and whether it must start a sentence or end a phrase."""

    parts: Parts
    starts: bool = False
    ends: bool = False


def parse_pattern(line: str) -> tuple[Variant, ...]:
    """Every reading of one line. Raises `PatternInvalid` with the reason."""
    lexemes = [_readable(found) for found in _LEXEME.finditer(line)]
    starts, ends = "^" in lexemes, "$" in lexemes
    pieces = _pieces([lexeme for lexeme in lexemes if lexeme not in {"^", "$"}])
    found: dict[Variant, None] = {}
    for order in permutations(pieces):
        for flat in product(*(_read(piece) for piece in order)):
            found[Variant(_tidy(_joined(flat)), starts, ends)] = None
            if len(found) > MOST_VARIANTS:
                raise PatternInvalid("too many variants: split it")
    return tuple(found)


def _readable(found: re.Match[str]) -> str:
    if found.group("bad"):
        raise PatternInvalid(f"cannot read {found.group()!r}")
    return found.group()


def _pieces(lexemes: list[str]) -> list[list[str]]:
    """What stands between the `&` of the line."""
    pieces: list[list[str]] = [[]]
    for lexeme in lexemes:
        if lexeme == "&":
            pieces.append([])
        else:
            pieces[-1].append(lexeme)
    if not all(pieces) or len(pieces) > 3:
        raise PatternInvalid("a pattern needs words, and at most two &")
    return pieces


def _joined(flat: Iterable[Parts]) -> Parts:
    joined: list[Part] = []
    for parts in flat:
        joined += [AND, *parts] if joined else parts
    return tuple(joined)


def _tidy(parts: Parts) -> Parts:
    """Gaps at the ends and beside other gaps, left by optional parts, go."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Gap) and (not kept or isinstance(kept[-1], Gap)):
            continue
        kept.append(part)
    if kept and isinstance(kept[-1], Gap):
        kept.pop()
    if not kept:
        raise PatternInvalid("nothing in it must be there")
    return tuple(kept)


def _read(lexemes: list[str]) -> list[Parts]:
    rest = iter(lexemes)
    options, end = _alternatives(rest)
    if end is not None or len(options) != 1:
        raise PatternInvalid("a ) or | without its (")
    return options[0]


def _alternatives(lexemes: Iterator[str]) -> tuple[list[list[Parts]], str | None]:
    """The readings of each alternative up to the closing `)` (returned) or the end (None)."""
    options: list[list[Parts]] = []
    current: list[Parts] = [()]
    for lexeme in lexemes:
        if lexeme.startswith(")"):
            return [*options, current], lexeme
        if lexeme == "|":
            options.append(current)
            current = [()]
        else:
            tails = _item(lexeme, lexemes)
            current = [head + tail for head in current for tail in tails]
    return [*options, current], None


def _item(lexeme: str, lexemes: Iterator[str]) -> list[Parts]:
    if lexeme in {"..", "..."}:
        return [(SHORT if lexeme == ".." else LONG,)]
    if lexeme != "(":
        return [(_word(lexeme.rstrip("?")),)] + ([()] if lexeme.endswith("?") else [])
    options, end = _alternatives(lexemes)
    if end is None:
        raise PatternInvalid("a ( without its )")
    return _grouped([parts for option in options for parts in option]) + ([()] if end == ")?" else [])


def _grouped(readings: list[Parts]) -> list[Parts]:
    """Alternatives of plain words become one part; those with gaps stay readings of their own."""
    plain = [parts for parts in readings if parts and all(isinstance(part, OneOf) for part in parts)]
    ways = tuple(way for parts in plain for way in _spread(part for part in parts if isinstance(part, OneOf)))
    rest = [parts for parts in readings if parts not in plain]
    return ([(OneOf(ways),)] if ways else []) + rest


def _spread(parts: Iterable[OneOf]) -> list[tuple[str, ...]]:
    ways: list[tuple[str, ...]] = [()]
    for part in parts:
        ways = [head + way for head in ways for way in part.ways]
    return ways


def _word(word: str) -> OneOf:
    return OneOf(((word[:-1],), (word[:-1] + "s",)) if word.endswith("~") else ((word,),))


def words_of(line: str) -> list[tuple[str, ...]]:
    """The phrases of a member of a word class, in which nothing may be open. Raises `PatternInvalid`."""
    found: list[tuple[str, ...]] = []
    for variant in parse_pattern(line):
        fixed = [part for part in variant.parts if isinstance(part, OneOf)]
        if len(fixed) != len(variant.parts) or variant != replace(variant, starts=False, ends=False):
            raise PatternInvalid(f"a class may hold words only, not {line!r}")
        found += _spread(fixed)
    return found
