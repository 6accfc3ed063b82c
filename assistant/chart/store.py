"""Charts on disk. Every read starts from one patient's id."""

from collections import OrderedDict
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant.chart.assemble import chart_of
from assistant.chart.fhir_import import Imported, load_chart_bundle
from assistant.chart.record import Chart, Person
from assistant.store.clock import Clock, SystemClock
from assistant.store.db import Database
from assistant.store.ids import PatientId
from assistant.store.tables import Patient, Resource

__all__ = ["Charts", "load_chart_bundle"]

_CACHED = 256


class Charts:
    """`clock` fixes the day for ages and running pregnancies."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()
        self._cache: OrderedDict[PatientId, tuple[tuple[int, date], Chart]] = OrderedDict()

    async def save(self, imported: Imported) -> int:
        """Writes what came in over what is there and returns the record's new revision.

        Resources that the import does not name stay; a source without a Patient keeps the demographics on file.
        """
        async with self._database.write() as session:
            revision = await _save_patient(session, imported, self._clock.now())
            await _save_resources(session, imported)
        return revision

    async def of(self, patient: PatientId) -> Chart:
        """The chart as of now; an empty one for somebody of whom nothing is on file."""
        today = self._clock.now().date()
        async with self._database.read() as session:
            revision = await _revision(session, patient)
            chart = self._recall(patient, (revision, today))
            if chart is None:
                chart = chart_of(patient, await _bodies(session, patient), today)
                chart = replace(chart, person=chart.person.on(today))
                self._remember(patient, (revision, today), chart)
        return chart

    def _recall(self, patient: PatientId, state: tuple[int, date]) -> Chart | None:
        """The chart as it was last read, if neither the record nor the day has changed since."""
        known = self._cache.get(patient)
        if known is None or known[0] != state:
            return None
        self._cache.move_to_end(patient)
        return known[1]

    def _remember(self, patient: PatientId, state: tuple[int, date], chart: Chart) -> None:
        self._cache[patient] = (state, chart)
        self._cache.move_to_end(patient)
        if len(self._cache) > _CACHED:
            self._cache.popitem(last=False)


async def _revision(session: AsyncSession, patient: PatientId) -> int:
    found = await session.scalar(select(Patient.revision).where(Patient.id == patient))
    return found or 0


async def _bodies(session: AsyncSession, patient: PatientId) -> list[dict[str, Any]]:
    found = await session.scalars(
        select(Resource.body).where(Resource.patient_id == patient).order_by(col(Resource.kind), col(Resource.id))
    )
    return list(found)


async def _save_patient(session: AsyncSession, imported: Imported, now: datetime) -> int:
    row = await session.scalar(select(Patient).where(Patient.id == imported.patient).with_for_update())
    has_demographics = any(each["resourceType"] == "Patient" for each in imported.resources)
    if row is None:
        session.add(Patient(id=imported.patient, demographics=_as_json(imported.person), imported_at=now))
        await session.flush()
        return 1
    if has_demographics:
        row.demographics = _as_json(imported.person)
    row.imported_at = now
    row.revision += 1
    return row.revision


async def _save_resources(session: AsyncSession, imported: Imported) -> None:
    found = await session.scalars(select(Resource).where(Resource.patient_id == imported.patient))
    known = {(row.kind, row.id): row for row in found}
    for body in imported.resources:
        key = (str(body["resourceType"]), str(body["id"]))
        if key in known:
            known[key].body = body
        else:
            session.add(Resource(patient_id=imported.patient, kind=key[0], id=key[1], body=body))


def _as_json(person: Person) -> dict[str, Any]:
    plain = asdict(person)
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in plain.items()}
