"""One file at the desk: as patients read it now, in which languages it exists, and every version it ever had."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fastapi import HTTPException

from assistant.errors import ContentInvalid
from assistant.library.kinds import place_of
from assistant.library.rows import SEED_AUTHOR
from assistant.store.tables import ContentVersion
from assistant.web.desk_preview import Preview, preview
from assistant.web.desk_shelf import Translation, look, translations
from assistant.web.desk_titles import group_title, key_of, title_of
from assistant.web.staff_clock import Local
from assistant.web.staff_people import names_of

if TYPE_CHECKING:
    from assistant.web.staff import Staff


@dataclass(frozen=True, slots=True)
class Past:
    """One version of the file."""

    version: ContentVersion
    author: str
    decided: str
    day: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    path: str
    title: str
    group: str
    folder: str
    living: ContentVersion | None
    status: str
    review_by: date | None
    expired: bool
    text: Preview | None
    files: tuple[Translation, ...]
    history: tuple[Past, ...]


def known_path(path: str) -> str:
    """Raises 404 for a path that no content file can have."""
    try:
        return place_of(PurePosixPath(path)).path
    except ContentInvalid:
        raise HTTPException(404) from None


async def item_of(staff: "Staff", path: str) -> ItemPage:
    services, shown = staff.services, await look(staff.services)
    versions = await services.versions.history(known_path(path))
    living, entry = shown.living.get(path), shown.catalogue.entries.get(path)
    text = preview(path, living.body, services.settings.site) if living else None
    every = {*shown.living, *(version.path for version in shown.pending)}
    siblings = [each for each in every if key_of(each) == key_of(path)]
    review_by = getattr(text.item, "review_by", None) if text else None
    return ItemPage(
        path=path,
        title=title_of(path, text.item if text else None),
        group=group_title(path),
        folder=path.split("/", 1)[0],
        living=living,
        status=entry.status if entry else "not in use",
        review_by=review_by,
        expired=review_by is not None and review_by < shown.today,
        text=text,
        files=translations(shown, siblings, services.settings.languages),
        history=await _history(staff, versions),
    )


async def _history(staff: "Staff", versions: tuple[ContentVersion, ...]) -> tuple[Past, ...]:
    services = staff.services
    people = [version.author for version in versions] + [version.approver for version in versions]
    names = await names_of(services, [person for person in people if person and len(person) == _ID])
    local = Local.of(services.settings.site.timezone, services.clock.now())
    return tuple(
        Past(
            version=version,
            author="the shipped sample" if version.author == SEED_AUTHOR else names.get(version.author, version.author),
            decided=names.get(version.approver or "", version.approver or ""),
            day=local.time(version.decided_at or version.created_at),
        )
        for version in versions
    )


_ID = 36
"""The length of an account's id; a seed's author and approver are words."""
