"""Comparisons that numbers decide: higher than, fewer than, risen, above the range, the lowest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.safety.claims_dates import PartDate
from assistant.safety.claims_evidence import Cell
from assistant.safety.claims_text import Statement
from assistant.safety.claims_units import UNITS

_EXTREME = re.compile(r"\b(?:ever|any earlier|any other|all earlier|highest|lowest|earliest|never been)\b")
_RANGE = re.compile(r"range (?P<low>-?[\d.]+) to (?P<high>-?[\d.]+)")
_FROM_TO = re.compile(r"\bfrom (?P<start>-?\d+(?:\.\d+)?)\b.{0,24}? to (?P<end>-?\d+(?:\.\d+)?)")
_ORDER_WORDS = frozenset({"d:up", "d:down", "d:worse", "d:better"})


@dataclass(frozen=True, slots=True)
class Point:
    order: tuple[int, int, int]
    dates: tuple[PartDate, ...]
    says: frozenset[str]
    value: float


def direction_of(claim: Statement) -> str | None:
    return next((m.word for m in claim.meanings if m.word in _ORDER_WORDS), None)


def is_comparison(claim: Statement) -> bool:
    """Two sides are weighed: "than", two dates with a direction, or a superlative."""
    return (
        "than" in claim.words
        or bool(_EXTREME.search(claim.text))
        or (direction_of(claim) is not None and len(claim.dates) > 1)
    )


def change_is_true(claim: Statement) -> bool:
    """ "fell from 160 to 120" must fall."""
    found = _FROM_TO.search(claim.text)
    wanted = direction_of(claim)
    if found is None or wanted not in ("d:up", "d:down"):
        return True
    return _sign(float(found["end"]), float(found["start"])) == wanted


def comparison_holds(claim: Statement, cells: Sequence[Cell]) -> bool | None:
    """True or False where numbers decide, None where the evidence has none to weigh."""
    wanted = direction_of(claim)
    series = _series(claim, cells)
    if wanted not in ("up", "down", "d:up", "d:down") or len(series) < 2:
        return None
    pair = _pair(claim, series)
    if pair is None:
        return None
    subject, others = pair
    actual = {_sign(subject.value, other.value) for other in others}
    return actual == {wanted}


def _sign(value: float, other: float) -> str:
    return "d:up" if value > other else "d:down" if value < other else "same"


def _series(claim: Statement, cells: Sequence[Cell]) -> list[Point]:
    """The numbers of the kind that most of the fitting cells carry, oldest first."""
    fitting = [cell for cell in cells if cell.says & claim.says and len(cell.statement.quantities) == 1]
    kinds: dict[str, list[Point]] = {}
    for cell in fitting:
        quantity = cell.statement.quantities[0]
        kind, size = UNITS.get(quantity.unit, (quantity.unit, 1.0))
        order = max((part.order for part in cell.dates), default=(0, 0, 0))
        kinds.setdefault(kind, []).append(Point(order, cell.dates, cell.says, quantity.value * size))
    best = max(kinds.values(), key=len, default=[])
    return sorted(best, key=lambda point: point.order)


def _pair(claim: Statement, series: Sequence[Point]) -> tuple[Point, list[Point]] | None:
    if _EXTREME.search(claim.text):
        return series[-1], list(series[:-1])
    dated = [_at(part, series) for part in claim.dates]
    if len(dated) == 2:
        return (dated[0], [dated[1]]) if dated[0] and dated[1] else None
    if "than" in claim.words:
        return _by_words(claim, series)
    if dated and dated[0] and dated[0] is not series[-1]:
        return series[-1], [dated[0]]
    return (series[-1], [series[0]]) if series[0].order != series[-1].order else None


def _at(part: PartDate, series: Sequence[Point]) -> Point | None:
    found = [point for point in series if any(part.is_within(theirs) for theirs in point.dates)]
    return found[0] if len(found) == 1 else None


def _by_words(claim: Statement, series: Sequence[Point]) -> tuple[Point, list[Point]] | None:
    """ "higher at night than in the morning": the side of "than" on which a number's own words stand."""
    names = [meaning.word for meaning in claim.meanings]
    common = frozenset.intersection(*(point.says for point in series))
    places = [(min((names.index(w) for w in point.says - common if w in names), default=-1), point) for point in series]
    known = sorted(((place, point) for place, point in places if place >= 0), key=lambda pair: pair[0])
    return (known[0][1], [known[1][1]]) if len(known) == 2 else None


def flag_of(text: str, value: float) -> str | None:
    """Where `value` stands against the range that the same text gives: "d:up", "d:down", "d:normal"."""
    found = _RANGE.search(text)
    if found is None:
        return None
    low, high = float(found["low"].rstrip(".")), float(found["high"].rstrip("."))
    return "d:down" if value < low else "d:up" if value > high else "d:normal"
