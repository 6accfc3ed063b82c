"""FHIR's dates: a year, a month, a day or an instant. A partial one stands for its first day."""

import re
from datetime import UTC, date, datetime

from assistant.chart.fhir.node import Node, child, text

_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$)")
_CLOCK = re.compile(r"T(\d\d:\d\d)")


def day(written: str) -> date | None:
    """The calendar day as written, in the writer's own time zone."""
    found = _DATE.match(written)
    if not found:
        return None
    year, month, of_month = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def clock(written: str) -> str:
    """`HH:MM` as written, or nothing."""
    found = _CLOCK.search(written)
    return found.group(1) if found else ""


def instant(written: str) -> datetime:
    """For putting results of one day in order; a bare date is its first moment, UTC."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        first = day(written) or date.min
        return datetime(first.year, first.month, first.day, tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def written(resource: Node, *keys: str) -> str:
    """The first of these elements that holds a date; a period counts with its end, else its start."""
    for key in keys:
        period = child(resource, key)
        for value in (text(resource, key), text(period, "end"), text(period, "start")):
            if day(value):
                return value
    return ""


def began(resource: Node, *keys: str) -> date | None:
    """The first of these elements that holds a date; a period counts with its start."""
    for key in keys:
        found = day(text(resource, key)) or day(text(child(resource, key), "start"))
        if found:
            return found
    return None
