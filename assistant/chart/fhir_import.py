"""FHIR R4 in: a bundle, a single resource or NDJSON → one patient's resources, with everything left out named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.chart.assemble import chart_of
from assistant.chart.fhir import owner, validate
from assistant.chart.fhir.node import text
from assistant.chart.fhir.source import Entry, Json, Skipped, entries_of
from assistant.chart.record import Chart, Person
from assistant.store.ids import PatientId

__all__ = ["Imported", "Skipped", "import_bundle", "load_chart_bundle"]


@dataclass(frozen=True, slots=True)
class Imported:
    """One patient's usable resources, in the source's order, and what was left out."""

    patient: PatientId
    person: Person
    resources: tuple[Json, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many resources of each kind; reports count though their content is not used."""
        kinds = [str(each["resourceType"]) for each in self.resources]
        return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def import_bundle(
    source: Path | str | bytes | Mapping[str, Any],
    *,
    patient: PatientId | None = None,
    lines: bool = False,
    today: date | None = None,
) -> Imported:
    """Reads a path, a file's bytes (`lines`: NDJSON) or a parsed bundle.

    `patient` picks one where the source holds several. `today` is the day for the person's age. Raises
    `RecordInvalid` when the source is not FHIR JSON, names no patient, or names several and none was picked.
    """
    found = entries_of(source, lines=lines)
    skipped = [each for each in found if isinstance(each, Skipped)]
    entries = owner.resolve(each for each in found if isinstance(each, Entry))
    whose = owner.owner_of(entries, patient)
    kept = _newest(_usable(entries, whose, skipped), skipped)
    resources = tuple(_without_narrative(each.resource) for each in kept)
    person = chart_of(whose, resources, today or datetime.now(UTC).date()).person
    return Imported(whose, person, resources, tuple(skipped))


def load_chart_bundle(data: Mapping[str, Any], today: date | None = None) -> Chart:
    """A chart straight from a parsed bundle, without a database. Raises `RecordInvalid` as the import does."""
    day = today or datetime.now(UTC).date()
    imported = import_bundle(data, today=day)
    return chart_of(imported.patient, imported.resources, day)


def _usable(entries: Iterable[Entry], patient: PatientId, skipped: list[Skipped]) -> list[Entry]:
    kept = []
    for entry in entries:
        reason = _reason(entry.resource, patient)
        if reason:
            skipped.append(Skipped(entry.ref, reason))
        else:
            kept.append(entry)
    return kept


def _reason(resource: Json, patient: PatientId) -> str | None:
    if text(resource, "resourceType") not in validate.KINDS:
        return "this type of resource is not used"
    return owner.stranger(resource, patient) or validate.fault(resource)


def _newest(entries: Iterable[Entry], skipped: list[Skipped]) -> list[Entry]:
    """One copy of each resource: the one updated last, else the last in the source."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        before = kept.get(entry.ref)
        newer, older = (entry, before)
        if before and owner.version(before.resource) > owner.version(entry.resource):
            newer, older = before, entry
        kept[entry.ref] = newer
        if older:
            skipped.append(Skipped(entry.ref, "the source holds a newer copy of it"))
    return list(kept.values())


def _without_narrative(resource: Json) -> Json:
    """The HTML narrative repeats the data and is never shown."""
    return {key: value for key, value in resource.items() if key != "text"}
