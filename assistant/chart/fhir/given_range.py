"""The reference range that the laboratory gave for *this* person, out of those that it printed."""

from assistant.chart import units
from assistant.chart.fhir.codes import codes
from assistant.chart.fhir.node import EMPTY, Node, child, children, number, text
from assistant.chart.record import Bounds, Person, Sex

_SEX_CODES: dict[str, Sex] = {
    "248152002": "f", "248153007": "m", "female": "f", "male": "m", "F": "f", "M": "m",
}  # fmt: skip
_PREGNANT = "77386006"
_YEARS = {"a": 1.0, "mo": 1 / 12, "wk": 7 / 365.25, "d": 1 / 365.25}


def bounds_for(observation: Node, person: Person, unit: str) -> Bounds | None:
    """The one range that applies; None where there is none or where several still could be meant."""
    usual = [each for each in children(observation, "referenceRange") if _is_usual(each) and _applies(each, person)]
    found = {bounds for each in usual if (bounds := _bounds(each, unit))}
    return found.pop() if len(found) == 1 else None


def _is_usual(given: Node) -> bool:
    return set(codes(child(given, "type"))) <= {"normal"}


def _applies(given: Node, person: Person) -> bool:
    groups = {code for concept in children(given, "appliesTo") for code in codes(concept)}
    sexes = {_SEX_CODES[code] for code in groups if code in _SEX_CODES}
    if sexes and person.sex not in sexes:
        return False
    if _PREGNANT in groups and not person.pregnant:
        return False
    return _of_age(child(given, "age"), person.age)


def _of_age(limits: Node, age: float | None) -> bool:
    low, high = (_years(child(limits, end)) for end in ("low", "high"))
    if low is None and high is None:
        return True
    return age is not None and (low is None or age >= low) and (high is None or age <= high)


def _years(quantity: Node) -> float | None:
    value = number(quantity, "value")
    return None if value is None else value * _YEARS.get(text(quantity, "code") or "a", 1.0)


def _bounds(given: Node, unit: str) -> Bounds | None:
    low, high = child(given, "low"), child(given, "high")
    wording = text(given, "text")
    if any(_other_unit(end, unit) for end in (low, high)):
        return Bounds(text=wording or _wording(low, high))
    found = Bounds(number(low, "value"), number(high, "value"), wording)
    return None if found == Bounds() else found


def _other_unit(end: Node, unit: str) -> bool:
    written = text(end, "code") or text(end, "unit")
    return bool(end is not EMPTY and written and not units.same(written, unit))


def _wording(low: Node, high: Node) -> str:
    unit = text(high, "unit") or text(low, "unit") or text(high, "code") or text(low, "code")
    ends = [f"{value:g}" if (value := number(end, "value")) is not None else "" for end in (low, high)]
    return f"{'–'.join(ends)} {unit}".strip()
