"""What a content file is, told by its path alone."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from assistant.library.problems import Problem, ProblemsFound

Kind = Literal[
    "lab_facts", "lab_words", "article", "medicine", "script", "questions", "intent", "frames", "examples", "raw"
]

_ID = r"(?P<id>[a-z0-9]+(?:_[a-z0-9]+)*)"
_LANG = r"(?P<lang>[a-z]{2,3})"
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("lab_facts", rf"labs/{_ID}\.yaml"),
    ("lab_words", rf"labs/{_LANG}/{_ID}\.yaml"),
    ("article", rf"education/{_LANG}/{_ID}\.md"),
    ("medicine", rf"medicines/{_LANG}/{_ID}\.md"),
    ("script", rf"scripts/{_ID}/{_LANG}\.md"),
    ("questions", rf"questions/{_LANG}/{_ID}\.yaml"),
    ("intent", rf"intents/{_LANG}/{_ID}\.yaml"),
    ("frames", rf"frames/{_LANG}\.yaml"),
    ("examples", rf"danger/examples/{_LANG}\.jsonl"),
    ("raw", r"(?P<id>(?:danger|rails)(?:/[a-z0-9_-]+)+)\.yaml"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands: its kind, its id, and its language where words differ."""

    path: str
    kind: Kind
    id: str
    lang: str | None

    @property
    def folder(self) -> str:
        return self.path.split("/", 1)[0]


def place_of(path: PurePosixPath) -> Place:
    """Raises `ContentInvalid` for a path that is no content file's."""
    for kind, pattern in _COMPILED:
        if found := pattern.fullmatch(str(path)):
            parts = found.groupdict()
            return Place(str(path), kind, parts.get("id") or kind, parts.get("lang"))
    raise ProblemsFound([Problem(str(path), 1, "no content file has this path; see docs/content.md")])
