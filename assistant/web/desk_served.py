"""How often a text was part of an answer lately, counted from the lineage that every turn keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sqlmodel import col, select

from assistant.library.kinds import place_of
from assistant.store.tables import ContentVersion, TurnRow

if TYPE_CHECKING:
    from assistant.web.services import Services

WINDOW = timedelta(days=30)
_MOST = 5000
"""Lineage is encrypted row by row: counting stops at so many of the newest answers, and says so."""


@dataclass(frozen=True, slots=True)
class Served:
    """`turns` answers to `patients` people since `since`; `all_read`: no answer of the window was left out."""

    turns: int
    patients: int
    since: datetime
    all_read: bool


async def served(services: "Services", version: ContentVersion) -> Served:
    since = services.clock.now() - WINDOW
    wanted, lang = _reference(version.path), place_of(PurePosixPath(version.path)).lang
    query = select(TurnRow).where(col(TurnRow.created_at) >= since).order_by(col(TurnRow.created_at).desc())
    if lang is not None:
        query = query.where(TurnRow.lang == lang)
    async with services.database.read() as session:
        rows = list((await session.execute(query.limit(_MOST))).scalars())
    hits = [row for row in rows if _names(wanted, row.lineage.get("sources", ()))]
    return Served(len(hits), len({row.patient_id for row in hits}), since, len(rows) < _MOST)


def _reference(path: str) -> str:
    """How sources name a file: `education/type_2_diabetes`, whatever its language."""
    place = place_of(PurePosixPath(path))
    return f"{place.folder}/{place.id}"


def _names(wanted: str, references: Iterable[object]) -> bool:
    return any(str(each).partition("@")[0].partition("#")[0] == wanted for each in references)
