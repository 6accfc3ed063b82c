"""Patients' words on staff pages: the evidence marked, everything else exactly as it was typed, always escaped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_FIRST = 84
_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text; `marked` when the rule was found on it."""

    text: str
    marked: bool


def spans_of(raw: object, length: int) -> tuple[Span, ...]:
    """The spans of a case's evidence that lie in the text, in order, overlapping ones as one."""
    pairs = raw if isinstance(raw, Sequence) else ()
    found = sorted((int(start), int(end)) for start, end in pairs if 0 <= int(start) < int(end) <= length)
    return tuple(_merged(found))


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    current: Span | None = None
    for start, end in spans:
        if current and start <= current[1]:
            current = (current[0], max(current[1], end))
        else:
            if current:
                yield current
            current = (start, end)
    if current:
        yield current


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at = 0
    for start, end in spans:
        found += (Piece(text[at:start], marked=False), Piece(text[start:end], marked=True))
        at = end
    found.append(Piece(text[at:], marked=False))
    return tuple(piece for piece in found if piece.text)


def first_words(text: str, spans: Sequence[Span]) -> str:
    """A line's worth of the text, from shortly before the first evidence on."""
    line = " ".join(text.split())
    start = text[: spans[0][0]] if spans else ""
    at = max(len(" ".join(start.split())) - _BEFORE, 0)
    at = line.find(" ", at) + 1 if 0 < at < len(line) and " " in line[at:] else 0
    cut = line[at : at + _FIRST]
    whole = at + _FIRST >= len(line)
    return ("…" if at else "") + (cut if whole else cut.rsplit(" ", 1)[0] + "…")
