"""JSON lines in and out: a line that cannot be read is answered with its error, and the run goes on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from assistant.chart.fhir_import import load_chart_bundle
from assistant.chart.record import Chart, Person, Sex
from assistant.errors import AssistantError, RecordInvalid

_SEX: dict[str, Sex] = {"f": "f", "female": "f", "m": "m", "male": "m"}


@dataclass(frozen=True, slots=True)
class Line:
    """One object of the batch interface (DESIGN, "One batch interface")."""

    id: str
    text: str = ""
    lang: str | None = None
    history: tuple[str, ...] = ()
    at: datetime | None = None
    person: Person = field(default_factory=Person)
    chart: Chart | None = None
    claim: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadLine:
    id: str
    error: str


@dataclass(frozen=True, slots=True)
class _Raw:
    number: int
    data: dict[str, Any] = field(default_factory=dict)
    error: str = ""


def _decode(number: int, raw: bytes) -> _Raw:
    try:
        data = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _Raw(number, error=f"not UTF-8 at byte {error.start}")
    except (json.JSONDecodeError, RecursionError) as error:
        return _Raw(number, error=f"not JSON: {error}")
    return _Raw(number, data) if isinstance(data, dict) else _Raw(number, error="not a JSON object")


def _person(raw: Any) -> Person:
    if raw is None:
        return Person()
    if not isinstance(raw, dict):
        raise RecordInvalid("patient is not an object")
    age = raw.get("age")
    if age is not None and (isinstance(age, bool) or not isinstance(age, int | float)):
        raise RecordInvalid("age is not a number")
    return Person(age=age, sex=_SEX.get(str(raw.get("sex", "")).casefold()), pregnant=bool(raw.get("pregnant")))


def _chart(raw: Any, folder: Path, at: datetime | None) -> Chart | None:
    if not isinstance(raw, dict) or "fhir" not in raw:
        return None
    path = folder / str(raw["fhir"])
    try:
        return load_chart_bundle(json.loads(path.read_text("utf-8")), at.date() if at else None)
    except (OSError, ValueError) as error:
        raise RecordInvalid(f"{raw['fhir']}: {type(error).__name__}") from error


def _words(raw: Any, name: str) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise RecordInvalid(f"{name} is not a list of texts")
    return tuple(raw)


def _text(data: dict[str, Any], name: str) -> str:
    found = data.get(name, "")
    if not isinstance(found, str):
        raise RecordInvalid(f"{name} is not a text")
    return found


def _line(data: dict[str, Any], line_id: str, folder: Path) -> Line:
    said = data.get("now")
    at = datetime.fromisoformat(said) if said else None
    chart = _chart(data.get("patient"), folder, at)
    return Line(
        id=line_id,
        text=_text(data, "text"),
        lang=data.get("lang"),
        history=_words(data.get("history") or [], "history"),
        at=at.astimezone(UTC) if at else None,
        person=chart.person if chart else _person(data.get("patient")),
        chart=chart,
        claim=_text(data, "claim"),
        evidence=_words(data.get("evidence") or [], "evidence"),
    )


def read_lines(stream: BinaryIO, folder: Path) -> Iterator[Line | BadLine]:
    """Every line of the stream in order; paths of FHIR bundles are relative to `folder`."""
    for number, raw in enumerate(stream, start=1):
        if not raw.strip():
            continue
        read = _decode(number, raw)
        line_id = str(read.data.get("id", f"line {number}"))
        if read.error:
            yield BadLine(line_id, f"line {number}: {read.error}")
            continue
        try:
            yield _line(read.data, line_id, folder)
        except (AssistantError, ValueError) as error:
            yield BadLine(line_id, f"line {number}: {error}")
