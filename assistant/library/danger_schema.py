"""The shapes of the danger files (content/danger/README.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, StringConstraints, ValidationError

from assistant.errors import ContentInvalid
from assistant.library.parts import HttpsUrl, Line, Slug, Strict
from assistant.safety.context import Status
from assistant.safety.text import plain_spelling
from assistant.safety.verdict import Urgency


def _lines(value: object) -> object:
    return (
        tuple(plain_spelling(line.strip()) for line in value.splitlines() if line.strip())
        if isinstance(value, str)
        else value
    )


def _choices(value: object) -> object:
    return tuple(plain_spelling(part.strip()) for part in value.split("|")) if isinstance(value, str) else value


def _all_named(value: tuple[str, ...]) -> tuple[str, ...]:
    if not all(value):
        raise ValueError("an empty line or choice")
    return value


Lines = Annotated[tuple[str, ...], BeforeValidator(_lines), AfterValidator(_all_named)]
"""A block of text, one pattern a line."""

Choices = Annotated[tuple[str, ...], BeforeValidator(_choices), AfterValidator(_all_named)]
"""`this | that | those`."""

RuleName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z0-9_]+$")]


class RegistryFile(Strict):
    """findings.yaml: every finding id there is, and what kind it is."""

    symptoms: tuple[str, ...]
    signs: tuple[str, ...]
    background: tuple[str, ...]
    survives: Mapping[Status, tuple[str, ...]]
    groups: Mapping[str, Choices]


class WordsFile(Strict):
    """words/<lang>.yaml: classes of words, number words, and words that are never taken for a misspelling."""

    classes: Mapping[str, Choices]
    numbers: Mapping[str, float]
    keep: Lines = ()


class FindingsFile(Strict):
    """findings/<lang>/<name>.yaml: the ways in which patients say a finding."""

    findings: Mapping[str, Lines]


Place = Literal["before", "after", "around", "message", "over"]


class ContextFile(Strict):
    """context/<lang>.yaml: cues by kind and place, and the words that end or extend their reach."""

    cues: Mapping[Status, Mapping[Place, Lines]]
    stop: Lines
    list_and: Lines
    list_or: Lines
    recent: Lines
    personal: Lines
    pseudo: Lines


class ScaleRow(Strict):
    value: str
    quantity: str
    least: float
    most: float
    factor: float = 1.0
    offset: float = 0.0
    part: Literal[0, 1] | None = None
    spelled: bool = False


class BoundRow(Strict):
    quantity: str
    at_least: float | None = None
    below: float | None = None


class PublicSource(Strict):
    """A page of a public body that a rule or a bound was written from."""

    title: Line
    url: HttpsUrl


class ValuesFile(Strict):
    """values.yaml: how written numbers become quantities, and quantities findings."""

    scales: tuple[ScaleRow, ...]
    bounds: Mapping[str, BoundRow]
    other_units: tuple[str, ...]
    sources: tuple[PublicSource, ...]


class ReadingsFile(Strict):
    """values/<lang>.yaml: the ways in which patients write a quantity."""

    values: Mapping[str, Lines]


class RuleRow(Strict):
    """One rule; `check` in place of a script where the verdict is not confident."""

    id: RuleName
    urgency: Urgency
    all: tuple[Choices, ...]
    none: Choices = ()
    several: int = 1
    sex: Literal["f", "m"] | None = None
    check: Slug | None = None
    script: Slug | None = None
    reason: Line
    source: Slug


class RulesFile(Strict):
    """rules/<category>.yaml: which findings together mean how much urgency."""

    category: Slug
    check: Slug
    sources: Mapping[str, PublicSource]
    rules: tuple[RuleRow, ...]


@dataclass(frozen=True)
class DangerFiles:
    """Every danger file, valid in itself. `findings`: (path, language, file); `rules`: (path, file)."""

    registry: RegistryFile
    values: ValuesFile
    words: Mapping[str, WordsFile]
    context: Mapping[str, ContextFile]
    readings: Mapping[str, ReadingsFile]
    findings: Sequence[tuple[str, str, FindingsFile]]
    rules: Sequence[tuple[str, RulesFile]]


_Shape = TypeVar("_Shape", bound=BaseModel)


def _read(shape: type[_Shape], path: str, data: object) -> _Shape:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ContentInvalid(f"{path}: {where}: {first['msg']}") from None


def read_files(documents: Sequence[tuple[str, object]]) -> DangerFiles:
    """(path from content/ on, parsed YAML) → files. Raises `ContentInvalid` for an unknown shape or path."""
    files = {PurePosixPath(path).parts[1:]: (path, data) for path, data in documents}
    for parts, (path, _) in files.items():
        if parts[0] not in {"findings.yaml", "values.yaml", "words", "context", "values", "findings", "rules"}:
            raise ContentInvalid(f"{path}: no danger file has this path")
    findings = [(path, parts[1], data) for parts, (path, data) in files.items() if parts[0] == "findings"]
    rules = [(path, data) for parts, (path, data) in files.items() if parts[0] == "rules"]
    return DangerFiles(
        registry=_only(files, "findings.yaml", RegistryFile),
        values=_only(files, "values.yaml", ValuesFile),
        words=_by_language(files, "words", WordsFile),
        context=_by_language(files, "context", ContextFile),
        readings=_by_language(files, "values", ReadingsFile),
        findings=[(path, lang, _read(FindingsFile, path, data)) for path, lang, data in findings],
        rules=[(path, _read(RulesFile, path, data)) for path, data in rules],
    )


_Files = Mapping[tuple[str, ...], tuple[str, object]]


def _only(files: _Files, name: str, shape: type[_Shape]) -> _Shape:
    if (name,) not in files:
        raise ContentInvalid(f"danger/{name}: the file is missing")
    return _read(shape, *files[(name,)])


def _by_language(files: _Files, folder: str, shape: type[_Shape]) -> dict[str, _Shape]:
    return {
        PurePosixPath(parts[1]).stem: _read(shape, path, data)
        for parts, (path, data) in files.items()
        if parts[0] == folder and len(parts) == 2
    }
