"""Dates in a sentence, whole or in part, and the dates that follow from them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.safety.claims_numbers import Quantity

_MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"),
    ("june", "junio"), ("july", "julio"), ("august", "agosto"), ("september", "septiembre"), ("october", "octubre"),
    ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip
_MONTH = {name: index for index, names in enumerate(_MONTHS, start=1) for name in names}
_NAMES = "|".join(name for name in _MONTH if name != "may") + "|May"
_ISO = re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)(?:-(?P<d>\d\d))?\b")
_MONTH_FIRST = re.compile(
    rf"\b(?P<m>{_NAMES}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>(?:19|20)\d\d))?", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of |de )?(?P<m>{_NAMES})\b(?:,? (?:de )?(?P<y>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(rf"\b(?P<m>{_NAMES})\b(?:,? (?:of |de )?(?P<y>(?:19|20)\d\d))?", re.IGNORECASE)
_YEAR_ONLY = re.compile(r"(?<![\w.,-])(?P<y>(?:19|20)\d\d)(?![\w%]|[.,]\d)")
_PATTERNS = (_ISO, _MONTH_FIRST, _DAY_FIRST, _MONTH_ONLY, _YEAR_ONLY)


@dataclass(frozen=True, slots=True)
class PartDate:
    """Any of year, month and day may be open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def is_within(self, source: "PartDate") -> bool:
        """Nothing is said that `source` does not say."""
        pairs = ((self.year, source.year), (self.month, source.month), (self.day, source.day))
        return all(mine is None or mine == theirs for mine, theirs in pairs)

    @property
    def whole(self) -> date | None:
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.year or 0, self.month or 0, self.day or 0)


def read_dates(text: str) -> tuple[tuple[PartDate, ...], str]:
    """The dates in the order of the text, and the text with each one cut out."""
    found: list[tuple[int, PartDate]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if match["m"] == "may" if "m" in match.groupdict() else False:
                continue
            found.append((match.start(), _date(match)))
            text = text[: match.start()] + "\u0001" * len(match[0]) + text[match.end() :]
    return tuple(part for _, part in sorted(found, key=lambda pair: pair[0])), text.replace("\u0001", " ")


def derived_dates(dates: Iterable[PartDate], spans: Iterable[Quantity]) -> Iterator[PartDate]:
    """Each whole date plus each span of days, weeks, months or years."""
    spans = tuple(spans)
    for start in (part.whole for part in dates):
        for span in spans if start else ():
            later = _plus(start, span)
            if later is not None:
                yield PartDate(later.year, later.month, later.day)


def _date(match: re.Match[str]) -> PartDate:
    parts = match.groupdict()
    month = parts.get("m")
    number = None if month is None else _MONTH.get(month.lower()) or int(month)
    return PartDate(int(parts["y"]) if parts.get("y") else None, number, int(parts["d"]) if parts.get("d") else None)


def _plus(start: date | None, span: Quantity) -> date | None:
    if start is None or span.value != int(span.value):
        return None
    count = int(span.value)
    match span.unit.rstrip("s"):
        case "day":
            return start + timedelta(days=count)
        case "week":
            return start + timedelta(weeks=count)
        case "month":
            return _plus_months(start, count)
        case "year":
            return _plus_months(start, 12 * count)
        case _:
            return None


def _plus_months(start: date, count: int) -> date | None:
    years, month = divmod(start.month - 1 + count, 12)
    try:
        return start.replace(year=start.year + years, month=month + 1)
    except ValueError:
        return None
