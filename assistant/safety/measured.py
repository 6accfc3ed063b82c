"""Numbers that patients report, in one unit each, and the findings they amount to.

Units: temperature °C, glucose mg/dL, age years, saturation %, pressures mmHg, rates per minute. Bounds and
conversions are data (content/danger/values.yaml), with their sources.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.safety.matcher import Match, Matcher
from assistant.safety.text import Token


@dataclass(frozen=True, slots=True)
class Scale:
    """A written number `x` with `least <= x <= most` means `quantity` = x * factor + offset.

    `part` picks a side of a pair such as 120/80 (0 or 1); None: a plain number.
    """

    value: str
    quantity: str
    least: float
    most: float
    factor: float = 1.0
    offset: float = 0.0
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """`finding` holds where `quantity` lies in [at_least, below)."""

    finding: str
    quantity: str
    at_least: float | None = None
    below: float | None = None

    def holds(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least) and (self.below is None or value < self.below)


@dataclass(frozen=True, slots=True)
class Measured:
    quantity: str
    value: float
    match: Match


class Scales:
    """Immutable: which written numbers mean which quantity, and which findings follow."""

    def __init__(self, scales: Sequence[Scale], bounds: Sequence[Bound]) -> None:
        self._scales: Mapping[str, tuple[Scale, ...]] = {
            name: tuple(s for s in scales if s.value == name) for name in {s.value for s in scales}
        }
        self._bounds: Mapping[str, tuple[Bound, ...]] = {
            name: tuple(b for b in bounds if b.quantity == name) for name in {b.quantity for b in bounds}
        }

    def read(self, tokens: Sequence[Token], matches: Iterable[Match], matcher: Matcher) -> list[Measured]:
        """Every quantity in the text; a written number counts for the scales that it fits."""
        return [
            Measured(scale.quantity, number * scale.factor + scale.offset, match)
            for match in matches
            for scale in self._scales.get(match.label.name, ())
            for token in tokens[match.first : match.last]
            if (number := _written(token, scale.part, matcher)) is not None and scale.least <= number <= scale.most
        ]

    def findings(self, quantity: str, value: float) -> tuple[str, ...]:
        return tuple(b.finding for b in self._bounds.get(quantity, ()) if b.holds(value))


def _written(token: Token, part: int | None, matcher: Matcher) -> float | None:
    if part is None:
        return matcher.value(token)
    sides = token.word.split("/")
    return float(sides[part]) if len(sides) == 2 and all(s.isdigit() for s in sides) else None
