"""A case from the patient's message to the nurse's last word."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

import pytest
from sqlmodel import select

from assistant.care.broker import Broker, Notice
from assistant.care.cases import Cases
from assistant.care.kinds import View
from assistant.errors import CaseConflict
from assistant.safety.verdict import Urgency
from assistant.settings import Site
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.ids import CaseId, ThreadId, TurnId
from assistant.store.tables import AuditRow, Case, Message, Page, Thread
from assistant.trail.audit import verify
from tests.support.cases import NINA, SAM, WORDS, new_case


@pytest.fixture
def broker() -> Broker:
    return Broker()


@pytest.fixture
def cases(database: Database, clock: FixedClock, broker: Broker) -> Cases:
    return Cases(database, clock, Site(), broker)


async def _open(database: Database, cases: Cases, urgency: Urgency = Urgency.EMERGENCY, **changes: object) -> CaseId:
    async with database.write() as session:
        return CaseId((await cases.open(session, new_case(urgency, **changes))).id)


async def _kinds(cases: Cases, case: CaseId) -> list[str]:
    return [event.kind for event in await cases.events(case)]


async def _version(cases: Cases, case: CaseId) -> int:
    found = await cases.get(case)
    assert found is not None
    return found.version


@pytest.mark.parametrize(
    ("urgency", "minutes"),
    [(Urgency.EMERGENCY, 5), (Urgency.CRISIS, 5), (Urgency.URGENT, 60), (Urgency.ROUTINE, 1440)],
)
async def test_the_due_time_is_the_institutions(
    database: Database, cases: Cases, clock: FixedClock, urgency: Urgency, minutes: int
) -> None:
    case = await cases.get(await _open(database, cases, urgency))
    assert case is not None
    assert (case.due_at, case.rank) == (clock.now() + timedelta(minutes=minutes), urgency.rank)


async def test_opening_writes_case_event_page_and_audit_together(database: Database, cases: Cases) -> None:
    case = await _open(database, cases)
    assert await _kinds(cases, case) == ["opened", "paged"]
    async with database.read() as session:
        page = (await session.execute(select(Page))).scalar_one()
        entry = (await session.execute(select(AuditRow))).scalar_one()
    assert (page.case_id, page.target, entry.action, entry.subject) == (case, "on_call", "case.opened", case)


async def test_a_turn_that_fails_after_opening_leaves_no_case(database: Database, cases: Cases) -> None:
    async def fails() -> None:
        async with database.write() as session:
            await cases.open(session, new_case())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    async with database.read() as session:
        for table in (Case, Page, AuditRow):
            assert (await session.execute(select(table))).all() == []


async def test_a_turn_has_one_case_however_often_it_is_written(database: Database, cases: Cases) -> None:
    turn = TurnId("turn-1")
    ids = await asyncio.gather(*(_open(database, cases, turn_id=turn) for _ in range(5)))
    assert len(set(ids)) == 1
    assert await _kinds(cases, ids[0]) == ["opened", "paged"]


async def test_pages_hear_of_a_case_only_once_it_is_committed(database: Database, cases: Cases, broker: Broker) -> None:
    async with broker.subscribe() as queue:
        async with database.write() as session:
            case = await cases.open(session, new_case())
            await session.flush()
            assert queue.empty()
        assert queue.get_nowait() == Notice("case", case.id)


async def test_the_way_of_a_case(database: Database, cases: Cases, clock: FixedClock) -> None:
    case = await _open(database, cases)
    for step in (cases.claim(case, NINA, 1), cases.acknowledge(case, NINA, 2), cases.reply(case, NINA, 3, "Call us.")):
        clock.move(timedelta(minutes=1))
        await step
    closed = await cases.close(case, NINA, 4, "called, went to the hospital")
    assert (closed.status, closed.version, closed.assignee_id) == ("closed", 5, NINA)
    assert await _kinds(cases, case) == ["opened", "paged", "claimed", "acknowledged", "replied", "closed"]
    async with database.read() as session:
        assert await verify(session) is None
        actions = (await session.execute(select(AuditRow.action).order_by(AuditRow.seq))).scalars()  # type: ignore[arg-type]
        assert list(actions) == [f"case.{verb}" for verb in ("opened", "claimed", "acknowledged", "replied", "closed")]


async def test_of_two_nurses_one_wins(database: Database, cases: Cases) -> None:
    case = await _open(database, cases)
    results = await asyncio.gather(cases.claim(case, NINA, 1), cases.claim(case, SAM, 1), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Case", "CaseConflict"]
    assert (await _kinds(cases, case)).count("claimed") == 1


async def test_a_stale_page_changes_nothing(database: Database, cases: Cases) -> None:
    case = await _open(database, cases)
    await cases.claim(case, NINA, 1)
    with pytest.raises(CaseConflict):
        await cases.acknowledge(case, NINA, 1)
    assert await _version(cases, case) == 2


async def test_only_the_nurse_who_has_the_case_answers_it(database: Database, cases: Cases) -> None:
    case = await _open(database, cases)
    await cases.claim(case, NINA, 1)
    attempts: list[Awaitable[object]] = [
        cases.acknowledge(case, SAM, 2), cases.reply(case, SAM, 2, "x"), cases.close(case, SAM, 2, "x"),
    ]  # fmt: skip
    for attempt in attempts:
        with pytest.raises(CaseConflict):
            await attempt


async def test_nobody_answers_a_case_that_nobody_has(database: Database, cases: Cases) -> None:
    case = await _open(database, cases)
    for attempt in (cases.acknowledge(case, NINA, 1), cases.close(case, NINA, 1, "x"), cases.release(case, NINA, 1)):
        with pytest.raises(CaseConflict):
            await attempt


async def test_a_reply_is_in_the_chat_and_on_the_case_or_nowhere(
    database: Database, cases: Cases, broker: Broker
) -> None:
    case = await _open(database, cases)
    await cases.claim(case, NINA, 1)
    with pytest.raises(CaseConflict):
        await cases.reply(case, NINA, 1, "too late")
    async with broker.subscribe() as queue:
        message = await cases.reply(case, NINA, 2, "Please call 911.")
        notices = {queue.get_nowait(), queue.get_nowait()}
    assert notices == {Notice("message", message.id), Notice("case", case)}
    async with database.read() as session:
        found = (await session.execute(select(Message))).scalar_one()
    assert (found.body, found.thread_id, found.kind, found.author) == (
        "Please call 911.", "thread-1", "assistant_message", "care_team",
    )  # fmt: skip
    assert found.meta == {"from": "care_team", "case": case, "by": NINA}


async def test_a_reply_or_an_end_right_after_claiming_also_acknowledges(database: Database, cases: Cases) -> None:
    first, second = await _open(database, cases), await _open(database, cases)
    for case in (first, second):
        await cases.claim(case, NINA, 1)
    await cases.reply(first, NINA, 2, "Hello")
    await cases.close(second, NINA, 2, "a test")
    assert (await _kinds(cases, first))[-2:] == ["acknowledged", "replied"]
    assert (await _kinds(cases, second))[-2:] == ["acknowledged", "closed"]


async def test_a_released_case_is_open_again_and_paged_again(database: Database, cases: Cases) -> None:
    case = await _open(database, cases)
    await cases.claim(case, NINA, 1)
    released = await cases.release(case, SAM, 2, "Nina has gone home")
    assert (released.status, released.assignee_id) == ("open", None)
    assert (await _kinds(cases, case))[-2:] == ["released", "paged"]
    await cases.claim(case, SAM, 3)


@pytest.mark.parametrize("text", ["", "  \n"])
async def test_empty_words_are_not_sent(database: Database, cases: Cases, text: str) -> None:
    case = await _open(database, cases)
    await cases.claim(case, NINA, 1)
    for attempt in (cases.reply(case, NINA, 2, text), cases.close(case, NINA, 2, text), cases.note(case, NINA, text)):
        with pytest.raises(ValueError, match="words"):
            await attempt


async def test_a_closed_case_stays_closed(database: Database, cases: Cases) -> None:
    case = await _open(database, cases)
    await cases.claim(case, NINA, 1)
    await cases.close(case, NINA, 2, "done")
    for attempt in (cases.claim(case, SAM, 3), cases.reply(case, NINA, 3, "x"), cases.note(case, NINA, "x")):
        with pytest.raises(CaseConflict):
            await attempt


async def test_views_and_notes_are_kept_without_getting_in_anybodys_way(database: Database, cases: Cases) -> None:
    case = await _open(database, cases)
    for nurse in (NINA, NINA, SAM):
        await cases.viewed(case, nurse)
    await cases.note(case, SAM, "tried to phone")
    assert await _kinds(cases, case) == ["opened", "paged", "viewed", "viewed", "note"]
    assert await _version(cases, case) == 1


async def test_a_further_message_shows_on_every_unclosed_case_of_the_chat(
    database: Database, cases: Cases, broker: Broker
) -> None:
    case = await _open(database, cases)
    other = await _open(database, cases, thread_id=ThreadId("thread-2"))
    closed = await _open(database, cases)
    await cases.claim(closed, NINA, 1)
    await cases.close(closed, NINA, 2, "done")
    async with broker.subscribe() as queue:
        async with database.write() as session:
            assert await cases.patient_wrote(session, ThreadId("thread-1"), "it is worse") == (case,)
        assert queue.get_nowait() == Notice("case", case)
    last = (await cases.events(case))[-1]
    assert (last.kind, last.note) == ("patient_wrote", "it is worse")
    assert (await _kinds(cases, other))[-1] == "paged"


async def test_the_most_urgent_is_first_then_the_one_due_soonest(
    database: Database, cases: Cases, clock: FixedClock
) -> None:
    names = {}
    for urgency in (Urgency.ROUTINE, Urgency.URGENT, Urgency.EMERGENCY, Urgency.URGENT, Urgency.CRISIS):
        clock.move(timedelta(seconds=10))
        names[await _open(database, cases, urgency)] = f"{urgency}@{clock.now():%S}"
    listed = [names[CaseId(case.id)] for case in await cases.list_open()]
    assert listed == ["emergency@30", "crisis@50", "urgent@20", "urgent@40", "routine@10"]


async def test_views_of_the_inbox(database: Database, cases: Cases) -> None:
    untouched, hers, done = [await _open(database, cases) for _ in range(3)]
    for case in (hers, done):
        await cases.claim(case, NINA, 1)
    await cases.close(done, NINA, 2, "done")
    views: dict[View, set[str]] = {"open": {untouched, hers}, "mine": {hers}, "closed": {done}}
    for view, expected in views.items():
        assert {case.id for case in await cases.list_open(view, by=NINA)} == expected
    assert await cases.list_open("mine", by=SAM) == ()
    assert await cases.list_open("mine") == ()


async def test_a_search_looks_into_decrypted_words(database: Database, cases: Cases) -> None:
    spanish = await _open(database, cases, words="Me duele el pecho", translation="My chest hurts")
    other = await _open(database, cases, category="stroke", words="my face droops")
    for search, expected in (("PECHO", [spanish]), ("chest hurts", [spanish]), ("stroke", [other]), ("knee", [])):
        assert [case.id for case in await cases.list_open(search=search)] == expected


async def test_counts(database: Database, cases: Cases, clock: FixedClock) -> None:
    await _open(database, cases)
    hers, done = await _open(database, cases, Urgency.ROUTINE), await _open(database, cases)
    for case in (hers, done):
        await cases.claim(case, NINA, 1)
    await cases.close(done, NINA, 2, "done")
    clock.move(timedelta(minutes=6))
    found = await cases.counts(NINA)
    assert (found.open, found.mine, found.closed, found.unclaimed, found.overdue) == (2, 1, 1, 1, 1)


async def test_the_patient_sees_milestones_and_no_names(database: Database, cases: Cases, clock: FixedClock) -> None:
    case, start = await _open(database, cases), clock.now()
    assert await cases.milestones(case) == (("sent", start),)
    clock.move(timedelta(minutes=1))
    await cases.viewed(case, NINA)
    clock.move(timedelta(minutes=1))
    await cases.claim(case, NINA, 1)
    await cases.reply(case, NINA, 2, "Hello")
    minute = timedelta(minutes=1)
    assert await cases.milestones(case) == (("sent", start), ("seen", start + minute), ("replied", start + 2 * minute))


async def test_turn_and_case_commit_in_one_transaction_with_a_thread(database: Database, cases: Cases) -> None:
    async with database.write() as session:
        session.add(Thread(id="thread-1"))
        case = await cases.open(session, new_case())
    found = await cases.of_thread(ThreadId("thread-1"))
    assert [(one.id, one.words) for one in found] == [(case.id, WORDS)]
