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
    `spelled`: a count, which may be a word (two).
    """

    value: str
    quantity: str
    least: float
    most: float
    factor: float = 1.0
    offset: float = 0.0
    part: int | None = None
    spelled: bool = False


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
    """Immutable: which written numbers mean which quantity, and which findings follow.

    A number before one of `other_units` (hours, %) is no measurement.
    """

    def __init__(self, scales: Sequence[Scale], bounds: Sequence[Bound], other_units: Iterable[str] = ()) -> None:
        self._other_units = frozenset(other_units)
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
            for at in range(match.first, match.last)
            if (number := self._written(tokens, at, scale, matcher)) is not None
        ]

    def _written(self, tokens: Sequence[Token], at: int, scale: Scale, matcher: Matcher) -> float | None:
        """The number at a token, if it is written as this scale wants it and is within its ends."""
        if not scale.spelled and at + 1 < len(tokens) and tokens[at + 1].word in self._other_units:
            return None
        number = matcher.value(tokens[at]) if scale.spelled else tokens[at].number
        if scale.spelled and number is not None and not number.is_integer():
            return None
        if scale.part is not None:
            sides = tokens[at].word.split("/")
            number = float(sides[scale.part]) if len(sides) == 2 and all(side.isdigit() for side in sides) else None
        return number if number is not None and scale.least <= number <= scale.most else None

    def findings(self, quantity: str, value: float) -> tuple[str, ...]:
        return tuple(b.finding for b in self._bounds.get(quantity, ()) if b.holds(value))
