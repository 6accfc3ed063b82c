"""Bytes, files and dictionaries → the resources in them, each with a name for the import report."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.chart.fhir.node import child, text
from assistant.chart.fhir.validate import ID
from assistant.errors import RecordInvalid

MAX_BYTES = 64 * 1024 * 1024

# FHIR resources are a dozen levels deep; what goes further is no record and would only exhaust the stack.
_MAX_DEPTH = 64

_KIND = re.compile(r"^[A-Za-z]{1,64}$")
_BUNDLES = frozenset({"transaction", "collection", "searchset", "batch"})
_LINES = frozenset({".ndjson", ".jsonl"})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A resource that was left out. `ref` is `Type/id` or its place in the file; `reason` holds no patient's value."""

    ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    ref: str
    url: str
    resource: Json


def entries_of(source: Path | str | bytes | Mapping[str, Any], *, lines: bool = False) -> list[Entry | Skipped]:
    """What the source holds, in its order. Raises `RecordInvalid` when it is not FHIR JSON at all.

    A path, the file's bytes, or a parsed bundle; `lines` says that bytes are NDJSON (files say it by their suffix).
    """
    if isinstance(source, Mapping):
        return list(_of_document(dict(source)))
    raw = source if isinstance(source, bytes) else _read(Path(source))
    written = _decode(raw)
    if lines or (not isinstance(source, bytes) and Path(source).suffix.lower() in _LINES):
        return list(_of_lines(written))
    return list(_of_document(_parse(written)))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RecordInvalid("the file is too large")
        return path.read_bytes()
    except OSError as error:
        raise RecordInvalid("the file cannot be opened") from error


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise RecordInvalid("the file is too large")
    try:
        written = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Without the cause: it would carry the whole file.
        raise RecordInvalid("the text is not valid UTF-8") from None
    if not written.strip():
        raise RecordInvalid("the file is empty")
    return written


def _parse(written: str) -> object:
    try:
        return json.loads(written, parse_constant=_not_json)
    except json.JSONDecodeError as error:
        raise RecordInvalid(f"it is not JSON (line {error.lineno}, column {error.colno})") from None
    except (ValueError, RecursionError):
        raise RecordInvalid("it is not JSON that can be read") from None


def _not_json(_constant: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")


def _of_document(document: object) -> Iterator[Entry | Skipped]:
    if not isinstance(document, dict) or not isinstance(document.get("resourceType"), str):
        raise RecordInvalid("it is neither a FHIR bundle nor a FHIR resource")
    if document["resourceType"] != "Bundle":
        yield _entry("entry 1", {"resource": document})
        return
    if text(document, "type") not in _BUNDLES:
        raise RecordInvalid("this type of bundle is not accepted: use transaction, batch, collection or searchset")
    entries = document.get("entry", [])
    if not isinstance(entries, list):
        raise RecordInvalid("the bundle's entries are not a list")
    for position, each in enumerate(entries, start=1):
        yield _entry(f"entry {position}", each)


def _of_lines(written: str) -> Iterator[Entry | Skipped]:
    for position, line in enumerate(written.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _entry(f"line {position}", {"resource": _parse(line)})
        except RecordInvalid:
            yield Skipped(f"line {position}", "it is not JSON")


def _entry(place: str, entry: object) -> Entry | Skipped:
    if not isinstance(entry, dict) or not isinstance(resource := entry.get("resource"), dict):
        return Skipped(place, "it holds no resource")
    kind = text(resource, "resourceType")
    if not _KIND.match(kind):
        return Skipped(place, "it names no type of resource")
    url = text(entry, "fullUrl")
    resource = resource if "id" in resource or not url else {**resource, "id": re.split(r"[/:]", url)[-1]}
    named = text(resource, "id")
    ref = f"{kind}/{named}" if ID.match(named) else f"{kind} ({place})"
    if text(child(entry, "request"), "method") in {"DELETE", "PATCH"}:
        return Skipped(ref, "it asks for a change and is not a record")
    if _is_deeper(resource, _MAX_DEPTH):
        return Skipped(ref, "it is nested too deeply")
    return Entry(ref, url, resource)


def _is_deeper(value: object, most: int) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return most < 0 or any(_is_deeper(each, most - 1) for each in inside)
