"""What is wrong with a content file: where, why, and whether it may be served all the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.errors import ContentInvalid

Severity = Literal["error", "gap"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """An `error` keeps content from being served; a `gap` (a missing translation) only makes it incomplete."""

    path: str
    line: int
    reason: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class ProblemsFound(ContentInvalid):
    """A content file cannot be used: file, line and reason follow."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse(problems: Iterable[Problem]) -> None:
    """Raises `ProblemsFound` when there is an error among `problems`; gaps pass."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ProblemsFound(errors)
