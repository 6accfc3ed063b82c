"""The desk's list: every piece of content with its languages, its status, and when it must be looked at again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from assistant.library.catalogue import Catalogue
from assistant.library.files import Versioned
from assistant.library.kinds import place_of
from assistant.library.parts import SAMPLE
from assistant.library.rows import SEED_AUTHOR, living
from assistant.library.schema import Item
from assistant.store.tables import ContentVersion
from assistant.web.desk_titles import GROUPS, folder_of, key_of, title_of

if TYPE_CHECKING:
    from assistant.web.services import Services

State = Literal["current", "stale", "review", "draft", "missing"]

_ONE_SEEDING = timedelta(minutes=10)
"""Files that came in with one seeding carry slightly different times."""
_SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Translation:
    """One file: a language of a text, or the facts of a test (`lang` empty). `current` for the English one too."""

    lang: str
    path: str
    number: int
    state: State


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of the list. `sample`: no clinician of this institution has reviewed it."""

    key: str
    title: str
    path: str
    files: tuple[Translation, ...]
    status: str
    sample: bool
    review_by: date | None
    expired: bool
    soon: bool

    @property
    def states(self) -> frozenset[str]:
        marks = {"expired"} if self.expired else set[str]()
        return frozenset({file.state for file in self.files} | marks | ({"sample"} if self.sample else set()))


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that lives, and what waits to become living."""

    living: Mapping[str, ContentVersion]
    pending: tuple[ContentVersion, ...]
    catalogue: Catalogue
    today: date


async def look(services: "Services") -> Shown:
    async with services.database.read() as session:
        alive = await living(session)
    pending = await services.versions.pending()
    return Shown(alive, pending, services.shelf.current, services.clock.now().date())


def pieces(shown: Shown, folder: str, languages: tuple[str, ...]) -> tuple[Piece, ...]:
    """The rows of one folder, by title."""
    by_key: dict[str, list[str]] = {}
    paths = {*shown.living, *(version.path for version in shown.pending)}
    for path in sorted(path for path in paths if folder_of(path) == folder):
        by_key.setdefault(key_of(path), []).append(path)
    found = (_piece(shown, key, files, languages) for key, files in by_key.items())
    return tuple(sorted(found, key=lambda piece: piece.title.casefold()))


def _piece(shown: Shown, key: str, paths: list[str], languages: tuple[str, ...]) -> Piece:
    files = translations(shown, paths, languages)
    main = next((file.path for file in files if file.lang == "en" and file.number), paths[0])
    held = [entry for path in paths if (entry := shown.catalogue.entries.get(path))]
    days = [entry.review_by for entry in held if entry.review_by]
    days += [expired.review_by for expired in shown.catalogue.expired if expired.path in paths]
    first = min(days, default=None)
    return Piece(
        key=key,
        title=title_of(main, _item(shown, main)),
        path=main,
        files=files,
        status=_status(held),
        sample=any(entry.status == SAMPLE for entry in held),
        review_by=first,
        expired=first is not None and first < shown.today,
        soon=first is not None and shown.today <= first < shown.today + _SOON,
    )


def _item(shown: Shown, path: str) -> Item | None:
    entry = shown.catalogue.entries.get(path)
    return entry.item if entry else None


def _status(held: Iterable[Versioned[Item]]) -> str:
    """What may honestly be said of all its files; the least reviewed of them speaks for all."""
    said = sorted({entry.status for entry in held}, key=lambda status: status == "approved")
    return said[0] if said else "not in use"


def translations(shown: Shown, paths: Iterable[str], languages: tuple[str, ...]) -> tuple[Translation, ...]:
    """The files of one piece, and languages of the site that it lacks."""
    held = sorted(paths)
    english = next((path for path in held if place_of(PurePosixPath(path)).lang == "en"), None)
    found = [_translation(shown, path, english) for path in held]
    known = {file.lang for file in found}
    lacking = [lang for lang in languages if english and lang not in known]
    made = found + [Translation(lang, english.replace("/en", f"/{lang}"), 0, "missing") for lang in lacking if english]
    return tuple(sorted(made, key=lambda file: (file.lang != "", file.lang != "en", file.lang)))


def _translation(shown: Shown, path: str, english: str | None) -> Translation:
    waiting = next((version.status for version in shown.pending if version.path == path), None)
    row = shown.living.get(path)
    lang = place_of(PurePosixPath(path)).lang or ""
    state: State = "current"
    if waiting:
        state = "review" if waiting == "review" else "draft"
    elif english and lang not in {"", "en"} and _stale(row, shown.living.get(english)):
        state = "stale"
    return Translation(lang, path, row.number if row else 0, state)


def _stale(row: ContentVersion | None, english: ContentVersion | None) -> bool:
    """Whether the English text was changed after this one was approved."""
    if row is None or english is None or row.decided_at is None or english.decided_at is None:
        return False
    seeded = row.author == english.author == SEED_AUTHOR
    return english.decided_at - row.decided_at > (_ONE_SEEDING if seeded else timedelta())


def counted(shown: Shown) -> dict[str, int]:
    """How many pieces each folder has."""
    keys = {key_of(path) for path in shown.living}
    return {folder: sum(key.split("/", 1)[0] == folder for key in keys) for folder in GROUPS}
