"""Charts on disk: written whole, read by one patient's id, never mixed, encrypted."""

from datetime import timedelta

from sqlalchemy import text

from assistant.chart.fhir_import import import_bundle
from assistant.chart.store import Charts, load_chart_bundle
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.ids import PatientId
from tests.support.chart import bundle, observation, patient, quantity

ME = PatientId("p1")


def one(value: float, ref: str = "o1") -> dict[str, object]:
    return bundle(patient(name=[{"text": "Ana Ruiz"}]), observation(ref, valueQuantity=quantity(value)))


async def test_what_is_saved_comes_back_as_the_same_chart(database: Database, clock: FixedClock) -> None:
    await Charts(database, clock).save(import_bundle(one(4.4)))
    found = await Charts(database, clock).of(ME)
    assert found == load_chart_bundle(one(4.4), clock.now().date())


async def test_a_second_import_adds_and_replaces_and_counts_up(database: Database, clock: FixedClock) -> None:
    charts = Charts(database, clock)
    assert await charts.save(import_bundle(one(4.4))) == 1
    assert [lab.value for lab in (await charts.of(ME)).labs] == [4.4]
    assert await charts.save(import_bundle(one(4.9))) == 2
    assert await charts.save(import_bundle(one(5.3, "o2"))) == 3
    assert sorted(lab.value or 0 for lab in (await charts.of(ME)).labs) == [4.9, 5.3]


async def test_an_unchanged_record_is_parsed_once(database: Database, clock: FixedClock) -> None:
    charts = Charts(database, clock)
    await charts.save(import_bundle(one(4.4)))
    first, second = await charts.of(ME), await charts.of(ME)
    assert first.labs is second.labs


async def test_the_cache_never_hides_a_write_by_somebody_else(database: Database, clock: FixedClock) -> None:
    reader, writer = Charts(database, clock), Charts(database, clock)
    await writer.save(import_bundle(one(4.4)))
    await reader.of(ME)
    await writer.save(import_bundle(one(4.9)))
    assert [lab.value for lab in (await reader.of(ME)).labs] == [4.9]


async def test_age_grows_while_the_chart_is_cached(database: Database, clock: FixedClock) -> None:
    charts = Charts(database, clock)
    await charts.save(import_bundle(one(4.4)))
    assert (await charts.of(ME)).person.age == 58
    clock.move(timedelta(days=365))
    assert (await charts.of(ME)).person.age == 59


async def test_somebody_without_a_record_has_an_empty_chart(database: Database, clock: FixedClock) -> None:
    found = await Charts(database, clock).of(PatientId("nobody"))
    assert (found.patient, found.labs, found.person.name) == ("nobody", (), "")


async def test_one_patient_never_sees_anothers_results(database: Database, clock: FixedClock) -> None:
    charts = Charts(database, clock)
    theirs = bundle(
        {**patient(), "id": "p2"},
        {**observation(valueQuantity=quantity(6.3)), "subject": {"reference": "Patient/p2"}},
    )
    await charts.save(import_bundle(one(4.4)))
    await charts.save(import_bundle(theirs))
    assert [lab.value for lab in (await charts.of(ME)).labs] == [4.4]
    assert [lab.value for lab in (await charts.of(PatientId("p2"))).labs] == [6.3]


async def test_a_single_result_keeps_the_demographics_on_file(database: Database, clock: FixedClock) -> None:
    charts = Charts(database, clock)
    await charts.save(import_bundle(one(4.4)))
    await charts.save(import_bundle(observation("o9", valueQuantity=quantity(5.0))))
    found = await charts.of(ME)
    assert (found.person.name, len(found.labs)) == ("Ana Ruiz", 2)


async def test_nothing_of_the_record_is_on_disk_in_plain(database: Database, clock: FixedClock) -> None:
    await Charts(database, clock).save(import_bundle(one(4.4)))
    async with database.read() as session:
        stored = [*(await session.execute(text("SELECT demographics FROM patient"))).scalars()]
        stored += (await session.execute(text("SELECT body FROM fhir_resource"))).scalars()
    assert len(stored) == 3
    assert not any(word in bytes(each) for each in stored for word in (b"Ruiz", b"2823-3", b"1968"))
