"""One version of one content file, and what it becomes: a checked item with its provenance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from assistant.library.parse import parse
from assistant.library.parts import DRAFTED, SAMPLE
from assistant.library.problems import Problem, ProblemsFound, refuse
from assistant.library.schema import Item

SEED_APPROVER = "project sample (not clinically reviewed)"
_NOT_CONTENT = frozenset({"demo"})

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class ContentFile:
    """`status` is what may be said to a patient about its review; a sample has no review date."""

    path: str
    body: str
    version: int = 1
    reviewer: str = SEED_APPROVER
    reviewed: date | None = None
    status: str = SAMPLE


@dataclass(frozen=True, slots=True)
class Versioned(Generic[T]):
    """An approved item with the version, the reviewer and the day of its review."""

    item: T
    path: str
    version: int
    reviewer: str
    reviewed: date | None
    status: str
    review_by: date | None

    @property
    def lang(self) -> str:
        """The language of the words; empty where they are the same in every language."""
        return str(getattr(self.item, "lang", ""))


def versioned(file: ContentFile, item: Item) -> Versioned[Item]:
    review_by: date | None = getattr(item, "review_by", None)
    drafted = file.status == SAMPLE and getattr(item, "status", SAMPLE) == DRAFTED
    status = DRAFTED if drafted else file.status
    return Versioned(item, file.path, file.version, file.reviewer, file.reviewed, status, review_by)


def read_folder(folder: Path) -> tuple[ContentFile, ...]:
    """Every content file below `folder`, byte for byte. Raises `ProblemsFound` for what is not UTF-8."""
    files, problems = scan_folder(folder)
    refuse(problems)
    return files


def scan_folder(folder: Path) -> tuple[tuple[ContentFile, ...], tuple[Problem, ...]]:
    """Every file that can be decoded, and a problem for each that cannot."""
    files: list[ContentFile] = []
    problems: list[Problem] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        if not _is_content(inside):
            continue
        raw = path.read_bytes()
        try:
            files.append(ContentFile(str(inside), raw.decode("utf-8")))
        except UnicodeDecodeError as error:
            problems.append(Problem(str(inside), raw[: error.start].count(b"\n") + 1, "not UTF-8"))
    return tuple(files), tuple(problems)


def parse_all(files: Iterable[ContentFile]) -> tuple[tuple[Versioned[Item], ...], tuple[Problem, ...]]:
    """What could be read, and every problem of what could not."""
    read: list[Versioned[Item]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            read.append(versioned(file, _parsed(file.path, file.body)))
        except ProblemsFound as error:
            problems += error.problems
    return tuple(read), tuple(problems)


@lru_cache(maxsize=4096)
def _parsed(path: str, body: str) -> Item:
    """Items are immutable, so a reload or an approval parses only what is new."""
    return parse(PurePosixPath(path), body)


def _is_content(path: PurePosixPath) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.parts[0] not in _NOT_CONTENT and path.stem.upper() != "README"
