"""How long a case still may wait, in words; `static/staff/clock.js` says the same while the page is open."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Pressure = Literal["over", "soon", "calm"]

_SOON = 0.25
"""A case whose last quarter of the time allowed has begun is due soon (a project choice)."""


@dataclass(frozen=True, slots=True)
class Due:
    """`soon_at`: when the last part of the time begins. `words` and `pressure` hold for the moment of reading."""

    at: datetime
    soon_at: datetime
    pressure: Pressure
    words: str


def due(opened: datetime, at: datetime, now: datetime) -> Due:
    soon_at = at - (at - opened) * _SOON
    pressure: Pressure = "over" if now > at else "soon" if now >= soon_at else "calm"
    return Due(at, soon_at, pressure, _words(at - now, pressure))


def _words(left: timedelta, pressure: Pressure) -> str:
    span = _span(abs(int(left.total_seconds())))
    return {"over": f"{span} over", "soon": f"soon: {span}", "calm": f"{span} left"}[pressure]


def _span(seconds: int) -> str:
    minutes, hours = seconds // 60, seconds // 3600
    if minutes < 60:
        return f"{minutes}:{seconds % 60:02}"
    return f"{hours} h {minutes % 60:02}" if hours < 10 else f"{hours} h" if hours < 48 else f"{hours // 24} d"


@dataclass(frozen=True, slots=True)
class Local:
    """Times as the site's own clock shows them to staff."""

    zone: ZoneInfo
    today: date

    @classmethod
    def of(cls, zone: str, now: datetime) -> "Local":
        found = ZoneInfo(zone)
        return cls(found, now.astimezone(found).date())

    def time(self, at: datetime) -> str:
        """`10:39`, with the day before it when that was not today."""
        here = at.astimezone(self.zone)
        return f"{here:%H:%M}" if here.date() == self.today else f"{self.day(here.date())} {here:%H:%M}"

    def day(self, day: date) -> str:
        """`3 Nov`, with the year when it is another one."""
        return f"{day.day} {day:%b}" if day.year == self.today.year else f"{day.day} {day:%b %Y}"
