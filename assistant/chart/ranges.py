"""Where a result lies: the laboratory's own range first, else the content's; never a guess."""

from dataclasses import dataclass, replace
from typing import Literal

from assistant.chart.facts import Facts, RangeFor
from assistant.chart.interval import Interval, Side, of_bounds
from assistant.chart.record import LabResult, Person
from assistant.chart.units import scaling

Flag = Literal["low", "high", "in_range", "critical_low", "critical_high", "unknown"]
Reason = Literal[
    "", "cancelled", "text_result", "no_value", "unit_missing", "unit_unknown", "implausible", "no_range",
    "comparator", "lab_disagrees",
]  # fmt: skip

# HL7 v3 ObservationInterpretation, http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation
_LAB_SIDES: dict[str, Side] = {
    "H": "high", "HU": "high", "HX": "high", ">": "high", "HH": "high",
    "L": "low", "LU": "low", "LX": "low", "<": "low", "LL": "low",
}  # fmt: skip
_LAB_CRITICAL: dict[str, Flag] = {"HH": "critical_high", "LL": "critical_low"}
_ABNORMAL = frozenset({"A", "AA"})
_CRITICAL_OF: dict[Flag, Flag] = {"low": "critical_low", "high": "critical_high"}

# Bounds that were converted into the result's unit are for reading: four digits are plenty.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """`low` and `high` are in the result's own unit, as recorded.

    `text` is the laboratory's wording of its range; `reason` says why a flag is missing, or what could not be
    checked (a unit); `cited` is the id of the content's source when the range is the content's.
    """

    low: float | None
    high: float | None
    source: Literal["lab", "content", "none"]
    flag: Flag
    text: str = ""
    reason: Reason = ""
    cited: str = ""


def judge(result: LabResult, facts: Facts | None, person: Person) -> Judged:
    """Never raises. `person` is taken as on the day of the result. Without `facts` only the laboratory's range counts.

    Critical values (the content's, or the laboratory's own HH and LL) count on either range. A number outside the
    plausible span, a cancelled result and a text are never interpreted.
    """
    base = _given(result)
    if reason := _unreadable(result):
        return replace(base, reason=reason)
    number = _Number.of(result, facts)
    if facts and number.is_outside(*facts.plausible):
        return replace(base, reason="implausible")
    found = _placed(number, base, facts, person)
    return _with_critical(_with_lab_flag(found, result.flag), number, result.flag, facts)


@dataclass(frozen=True, slots=True)
class _Number:
    """A numeric result; `scale` (factor, offset) leads to the content's unit where the unit is known."""

    result: LabResult
    value: float
    scale: tuple[float, float] | None
    decimals: int

    @classmethod
    def of(cls, result: LabResult, facts: Facts | None) -> "_Number":
        scale = scaling(result.unit, facts) if facts else None
        return cls(result, result.value or 0.0, scale, facts.decimals if facts else 0)

    @property
    def canonical(self) -> float | None:
        return None if self.scale is None else round(self.value * self.scale[0] + self.scale[1], 9)

    @property
    def compared(self) -> float | None:
        """A converted value is rounded as the content's ranges are, so that the conversion itself moves nobody."""
        exact = self.canonical
        return exact if exact is None or self.scale == (1.0, 0.0) else round(exact, self.decimals)

    def recorded(self, bound: float | None) -> float | None:
        """A bound of the content in the result's own unit."""
        if bound is None or self.scale is None or self.scale == (1.0, 0.0):
            return bound
        return float(f"{(bound - self.scale[1]) / self.scale[0]:.{_DIGITS}g}")

    def is_outside(self, low: float, high: float) -> bool:
        exact = self.canonical
        return exact is not None and not low <= exact <= high


def _given(result: LabResult) -> Judged:
    own = of_bounds(result.range, result.unit)
    wording = result.range.text if result.range else ""
    if own is None:
        return Judged(None, None, "none", "unknown", wording)
    return Judged(own.low, own.high, "lab", "unknown", wording or _worded(own))


def _worded(own: Interval) -> str:
    if own.low is not None and own.high is not None:
        return f"{own.low:g}–{own.high:g}"
    return f"≤ {own.high:g}" if own.high is not None else f"≥ {own.low:g}"


def _unreadable(result: LabResult) -> Reason:
    if result.status == "cancelled":
        return "cancelled"
    if result.value is None:
        return "text_result" if result.words else "no_value"
    return ""


def _placed(number: _Number, base: Judged, facts: Facts | None, person: Person) -> Judged:
    result = number.result
    if own := of_bounds(result.range, result.unit):
        unit: Reason = _unit_reason(number) if facts else ""
        return _on(base, own.side(number.value, result.comparator), unit)
    if facts is None:
        return replace(base, reason="no_range")
    if number.compared is None:
        return replace(base, reason=_unit_reason(number))
    fitting = range_for(facts, person.on(result.at))
    if fitting is None:
        return replace(base, reason="no_range")
    ends = replace(base, low=number.recorded(fitting.low), high=number.recorded(fitting.high), cited=fitting.source)
    side = Interval(fitting.low, fitting.high).side(number.compared, result.comparator)
    return _on(replace(ends, source="content"), side, "")


def _on(base: Judged, side: Side | None, reason: Reason) -> Judged:
    return replace(base, flag=side, reason=reason) if side else replace(base, reason="comparator")


def _unit_reason(number: _Number) -> Reason:
    if number.scale is not None:
        return ""
    return "unit_unknown" if number.result.unit.strip() else "unit_missing"


def range_for(facts: Facts, person: Person) -> RangeFor | None:
    """The content's first range that fits; one that asks for what is not known does not fit."""
    return next((each for each in facts.ranges if _fits(each, person)), None)


def _fits(given: RangeFor, person: Person) -> bool:
    if given.sex is not None and given.sex != person.sex:
        return False
    if given.pregnant is not None and given.pregnant != person.pregnant:
        return False
    if given.age_min is None and given.age_max is None:
        return True
    age = person.age
    return age is not None and (given.age_min or 0) <= age and (given.age_max is None or age < given.age_max)


def _with_lab_flag(found: Judged, code: str) -> Judged:
    """The laboratory's own "high" or "low" is never told as "in range"."""
    said = _LAB_SIDES.get(code)
    if said is None and code not in _ABNORMAL:
        return found
    if found.flag == said or (said is None and found.flag != "in_range"):
        return found
    if said and found.source != "lab":
        return Judged(None, None, "none", said, found.text, found.reason)
    return replace(found, flag="unknown", reason="lab_disagrees")


def _with_critical(found: Judged, number: _Number, code: str, facts: Facts | None) -> Judged:
    flag: Flag | None = _LAB_CRITICAL.get(code) or (_CRITICAL_OF.get(found.flag) if code == "AA" else None)
    if facts and number.canonical is not None:
        flag = _beyond(number.canonical, number.result.comparator, facts) or flag
    if flag is None:
        return found
    return replace(found, flag=flag, reason="" if found.reason in ("lab_disagrees", "comparator") else found.reason)


def _beyond(value: float, comparator: str, facts: Facts) -> Flag | None:
    """A bound counts as critical itself. "<" can only reach the low one for certain, ">" the high one."""
    low, high = facts.critical.low, facts.critical.high
    if low is not None and value <= low and comparator not in (">", ">="):
        return "critical_low"
    return "critical_high" if high is not None and value >= high and comparator not in ("<", "<=") else None
