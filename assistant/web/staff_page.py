"""What stands at the head of every staff page: where one is, what waits there, who is signed in."""

from dataclasses import dataclass
from typing import Literal

from assistant.web.staff import DESK, INBOX, Staff

Place = Literal["inbox", "desk"]


@dataclass(frozen=True, slots=True)
class Tab:
    """`waiting`: cases that nobody has, or versions to review. `pressing`: some of them are urgent."""

    name: str
    address: str
    waiting: int
    pressing: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Heading:
    tabs: tuple[Tab, ...]
    team: str


async def heading(staff: Staff, place: Place) -> Heading:
    tabs = []
    if staff.role in INBOX:
        waiting = (await staff.services.cases.counts(staff.id)).unclaimed
        tabs.append(Tab("Inbox", "/inbox", waiting, pressing=True, here=place == "inbox"))
    if staff.role in DESK:
        reviews = sum(version.status == "review" for version in await staff.services.versions.pending())
        tabs.append(Tab("Desk", "/desk", reviews, pressing=False, here=place == "desk"))
    return Heading(tuple(tabs), "Care team" if place == "inbox" else "Content desk")
