"""What changed between two texts: whole lines in place, and in a changed line the words that came and went."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_AROUND = 1
_ALIKE = 0.35
"""Two lines that share less than this are shown as one gone and one new, not as a patchwork of words."""


@dataclass(frozen=True, slots=True)
class Run:
    """`same`, `gone` or `new` words of one line."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class DiffLine:
    """`number` is the line's in the new text (0: it is gone); no `runs`: lines that stayed were left out here."""

    number: int
    runs: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        return any(run.kind != "same" for run in self.runs)


GAP = DiffLine(0, ())


def diff(before: str, after: str) -> tuple[DiffLine, ...]:
    """Every change with a line around it; nothing for equal texts."""
    old, new = before.splitlines(), after.splitlines()
    lines = tuple(_lines(old, new))
    near = {at + step for at, line in enumerate(lines) if line.changed for step in range(-_AROUND, _AROUND + 1)}
    found: list[DiffLine] = []
    for at, line in enumerate(lines):
        if at in near:
            found.append(line)
        elif found and found[-1] is not GAP:
            found.append(GAP)
    return tuple(found[:-1] if found and found[-1] is GAP else found)


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffLine]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (DiffLine(at + 1, (Run("same", new[at]),)) for at in range(c, d))
        else:
            yield from _replaced(old[a:b], new[c:d], c)


def _replaced(old: Sequence[str], new: Sequence[str], first: int) -> Iterator[DiffLine]:
    """Lines of a changed block in pairs, as far as they are alike; the others whole."""
    rest = list(old)
    for at, line in enumerate(new):
        number = first + at + 1
        if rest and _alike(rest[0], line):
            yield DiffLine(number, words(rest.pop(0), line))
        elif len(rest) > len(new) - at:
            yield DiffLine(0, (Run("gone", rest.pop(0)),))
            yield DiffLine(number, (Run("new", line),))
        else:
            yield DiffLine(number, (Run("new", line),))
    yield from (DiffLine(0, (Run("gone", line),)) for line in rest)


def _alike(before: str, after: str) -> bool:
    return SequenceMatcher(None, _WORD.findall(before), _WORD.findall(after), autojunk=False).ratio() >= _ALIKE


def words(before: str, after: str) -> tuple[Run, ...]:
    """Word by word; what was replaced stands before what came in its place."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Run] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Run("same", "".join(new[c:d])))
            continue
        found += [Run("gone", "".join(old[a:b]))] * (a < b) + [Run("new", "".join(new[c:d]))] * (c < d)
    return tuple(found)
