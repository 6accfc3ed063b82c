"""Numbers in a sentence: value, unit, bound and how exact; and when two of them say the same amount."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.safety.claims_units import RATE_DAYS, UNITS, convertible

Bound = Literal["=", ">", ">=", "<", "<="]
Closeness = Literal["exact", "about", "just_under", "just_over"]

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "couple": 2,
    "dozen": 12, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "doce": 12,
}  # fmt: skip
_UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True))
_VALUE = r"(?<![\w.,-])(?P<value>[-+]?\d+(?:[.,]\d+)*|" + "|".join(_WORDS) + r")(?P<half> and a half)?(?![\w]*-?\d)"
_QUANTITY = re.compile(_VALUE + rf"(?:[ -]?(?P<unit>{_UNIT})(?![\w/]))?", re.IGNORECASE)
_PERIOD = r"(?P<period>hour|day|night|week|month|year|día|semana|mes|año)s?"
_TIMES = re.compile(
    r"\b(?:(?P<word>once|twice)|(?P<count>\d+|" + "|".join(_WORDS) + r")(?P<more> or more)? (?:times|x|×|veces)),?"
    r"(?: (?:a|an|per|each|every|in a|al|a la|por) "
    + _PERIOD
    + r"| (?P<adverb>daily|nightly|weekly|monthly|yearly))\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:every|each|cada) (?P<other>other )?(?:(?P<count>\d+|" + "|".join(_WORDS) + r") )?" + _PERIOD + r"\b",
    re.IGNORECASE,
)
_ADVERB = re.compile(r"\b(?P<adverb>hourly|daily|nightly|weekly|monthly|yearly|diario|diaria|semanal)\b", re.IGNORECASE)
_ADVERBS = {"hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month",
            "yearly": "year", "diario": "day", "diaria": "day", "semanal": "week"}  # fmt: skip
_BEFORE: tuple[tuple[str, Bound], ...] = (
    (r"(?:at least|a minimum of|minimum|no less than|no fewer than|al menos|como mínimo)", ">="),
    (r"(?:no more than|not more than|at most|up to|a maximum of|maximum|within|como máximo|hasta)", "<="),
    (r"(?:more than|greater than|higher than|longer than|over|above|beyond|más de|exceeding)", ">"),
    (r"(?:less than|fewer than|lower than|under|below|beneath|menos de|ceiling of)", "<"),
)
_AFTER: tuple[tuple[str, Bound], ...] = ((r" or (?:more|higher|above|over)", ">="), (r" or (?:less|lower|fewer)", "<="))
_UP_TO = r"(?:a |an |the )?(?:(?:upper |lower )?limit of )?$"  # between "above" and its number
_NO_THING = frozenset(
    [
        "on",
        "in",
        "at",
        "and",
        "or",
        "to",
        "for",
        "is",
        "was",
        "with",
        "as",
        "when",
        "after",
        "before",
        "which",
        "but",
        "of",
        "by",
        "during",
        "a",
        "the",
        "this",
        "that",
    ]
)
_NO_THING |= {""}
_THING = re.compile(r"[ -]([a-z]+)", re.IGNORECASE)
_CLOSE: tuple[tuple[str, Closeness], ...] = (
    (r"(?:almost|nearly|just under|a little under|a bit under|slightly under|casi)", "just_under"),
    (r"(?:just over|a little over|a bit over|slightly over|just above|a little more than)", "just_over"),
    (r"(?:about|around|roughly|approximately|approx\.?|close to|some|circa|alrededor de|unos|unas|≈|~)", "about"),
)
_BOUND_BEFORE = re.compile(r"\b(?:" + "|".join(pattern for pattern, _ in _BEFORE) + r") " + _UP_TO, re.IGNORECASE)
_CLOSE_BEFORE = re.compile(r"\b(?:" + "|".join(pattern for pattern, _ in _CLOSE) + r") (?:a |an )?$", re.IGNORECASE)
_BOUND_AFTER = re.compile("^(?:" + "|".join(pattern for pattern, _ in _AFTER) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in `unit` (a key of UNITS, "rate" for times a day, "" for none); `decimals` as it was written.

    `thing` is the word after a number without a unit ("2 tablets").
    """

    value: float
    unit: str = ""
    decimals: int = 0
    bound: Bound = "="
    close: Closeness = "exact"
    thing: str = ""


def read_quantities(text: str) -> tuple[tuple[Quantity, ...], str]:
    """The quantities of a text without its dates, and the text with each one cut out."""
    found: list[Quantity] = []
    for pattern, reader in ((_TIMES, _times), (_EVERY, _every), (_ADVERB, _adverb), (_QUANTITY, _plain)):
        taken = [(_placed(reader(match), text, match), match) for match in pattern.finditer(text)]
        found.extend(quantity for quantity, _ in taken)
        for _, match in reversed(taken):
            text = _without(text, match)
    return tuple(_share_units(found)), text


def _without(text: str, match: re.Match[str]) -> str:
    """The text without a number and without the words that belong to it ("about", "or more")."""
    before, after = text[: match.start()], text[match.end() :]
    return f"{_CLOSE_BEFORE.sub(' ', _BOUND_BEFORE.sub(' ', before))} {_BOUND_AFTER.sub(' ', after)}"


def same_amount(claim: Quantity, source: Quantity, context: str) -> bool:
    """Whether `claim` says what `source` says; `context` names the analyte for molar conversions."""
    if claim.bound != source.bound and not _equal_bounds(claim, source):
        return False
    if claim.unit == source.unit or (not claim.unit and claim.thing in _NO_THING):
        return _close(claim, source.value)
    if not (source.unit and claim.unit):
        return False
    converted = convertible(source.value, source.unit, claim.unit, context)
    return converted is not None and _close_converted(claim, converted)


def _equal_bounds(claim: Quantity, source: Quantity) -> bool:
    """A looser word for the same bound ("from", "within") counts; a bound on one side only does not."""
    pairs = {frozenset(pair) for pair in ((">", ">="), ("<", "<="))}
    return claim.unit == "rate" and frozenset((claim.bound, source.bound)) in pairs


def _close(claim: Quantity, value: float) -> bool:
    if claim.unit == "rate" or claim.close == "exact":
        slack = 1e-6 + (0.01 * abs(value) if claim.unit == "rate" else 0.0)
        return abs(claim.value - value) <= slack
    if claim.close == "just_under":
        return value < claim.value and claim.value - value <= _step(claim) * 0.999
    if claim.close == "just_over":
        return value > claim.value and value - claim.value <= _step(claim) * 0.999
    return abs(claim.value - value) <= _step(claim) / 2 + 1e-9


def _close_converted(claim: Quantity, value: float) -> bool:
    """Factors are rounded, so half a unit of the last written place and half a per cent are allowed."""
    slack: float = max(0.5 * 10.0**-claim.decimals, 0.005 * abs(value))
    if _is_time(claim):
        slack = 1e-6 if claim.close == "exact" else slack
    return abs(claim.value - value) <= slack + 1e-9


def _is_time(quantity: Quantity) -> bool:
    """Hours and days convert exactly: "a day" is 24 hours, not 23.9."""
    return quantity.unit in UNITS and UNITS[quantity.unit][0] == "time"


def _step(quantity: Quantity) -> float:
    """What rounding to the written place can hide: 30 hides up to 1, 500 up to 10, 1200 up to 100."""
    if quantity.decimals:
        return float(10**-quantity.decimals)
    size = abs(quantity.value)
    for step, least in ((100, 1000), (10, 200), (5, 100)):
        if size >= least and size % step == 0:
            return float(step)
    return 1.0


def _number(word: str) -> tuple[float, int]:
    if word.lower() in _WORDS:
        return float(_WORDS[word.lower()]), 0
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", word).replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    return float(plain), len(plain.partition(".")[2])


def _plain(match: re.Match[str]) -> Quantity:
    value, decimals = _number(match["value"])
    unit = (match["unit"] or "").lower()
    half = 0.5 if match["half"] else 0.0
    thing = _THING.match(match.string, match.end())
    return Quantity(
        value + half, unit, decimals + (1 if half else 0), thing=thing[1].lower() if thing and not unit else ""
    )


def _rate(count: float, period: str) -> Quantity:
    return Quantity(count / RATE_DAYS[period.lower()], "rate")


def _times(match: re.Match[str]) -> Quantity:
    count = {"once": 1.0, "twice": 2.0}.get((match["word"] or "").lower()) or _number(match["count"])[0]
    rate = _rate(count, match["period"] or _ADVERBS[match["adverb"].lower()])
    return replace(rate, bound=">=") if match["more"] else rate


def _every(match: re.Match[str]) -> Quantity:
    apart = 2.0 if match["other"] else _number(match["count"])[0] if match["count"] else 1.0
    return _rate(1 / apart, match["period"])


def _adverb(match: re.Match[str]) -> Quantity:
    return _rate(1, _ADVERBS[match["adverb"].lower()])


def _placed(quantity: Quantity, text: str, match: re.Match[str]) -> Quantity:
    """Reads the words around a number that make it a bound or an approximation."""
    before, after = text[max(0, match.start() - 32) : match.start()].lower(), text[match.end() :].lower()
    for pattern, close in _CLOSE:
        if re.search(rf"\b{pattern} (?:a |an )?$|[≈~]\s*$", before):
            return replace(quantity, close=close)
    for pattern, bound in _BEFORE:
        if re.search(rf"\b{pattern} " + _UP_TO, before):
            return replace(quantity, bound=bound)
    for pattern, bound in _AFTER:
        if re.match(pattern + r"\b", after):
            return replace(quantity, bound=bound)
    return quantity


def _share_units(found: list[Quantity]) -> list[Quantity]:
    """ "right 24, left 23 mmHg", "5.6 mmol/L, range 3.5 to 5.1": a bare number takes its neighbour's unit."""
    backward: list[Quantity] = []
    unit = ""
    for quantity in reversed(found):
        backward.append(_with_unit(quantity, unit, ("time", "month", "rate")))
        unit = quantity.unit or unit
    forward: list[Quantity] = []
    unit = ""
    for quantity in reversed(backward):
        forward.append(_with_unit(quantity, unit if "/" in unit else "", ()))
        unit = quantity.unit or unit
    return forward


def _with_unit(quantity: Quantity, unit: str, unless: tuple[str, ...]) -> Quantity:
    if quantity.unit or quantity.thing not in _NO_THING or unit not in UNITS or UNITS[unit][0] in unless:
        return quantity
    return replace(quantity, unit=unit)
