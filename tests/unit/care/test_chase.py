"""Somebody is paged until a clinician answers; nobody is paged twice for the same step."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.care.broker import Broker
from assistant.care.cases import Cases
from assistant.care.chase import Chase
from assistant.care.journal import Journal
from assistant.care.keeper import Keeper
from assistant.care.paging import InboxNotifier, PageDue
from assistant.care.timing import Timing, timing_for
from assistant.safety.verdict import Urgency
from assistant.settings import Site
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.ids import CaseId
from tests.support.cases import NINA, SAM, new_case
from tests.support.chasing import NEVER, SOON, chase_of, pages, until_pages
from tests.support.keys import TEST_KEY
from tests.support.waiting import until

THREE = ["0:0 on_call", "0:1 on_call", "0:2 supervisor"]


@asynccontextmanager
async def running(chase: Chase) -> AsyncIterator[Chase]:
    await chase.start()
    try:
        yield chase
    finally:
        await chase.stop()


async def _ended(chase: Chase, case: CaseId) -> None:
    async def over() -> bool:
        return not await chase.is_chasing(case)

    await until(over)


def _dbos_files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("chase*"))


@pytest.fixture
def cases(database: Database, clock: FixedClock) -> Cases:
    return Cases(database, clock, Site())


async def _open(database: Database, cases: Cases, urgency: Urgency = Urgency.EMERGENCY) -> CaseId:
    async with database.write() as session:
        return CaseId((await cases.open(session, new_case(urgency))).id)


async def test_on_call_twice_then_the_supervisor_each_once(database: Database, cases: Cases, tmp_path: Path) -> None:
    case = await _open(database, cases)
    async with running(chase_of(database, tmp_path, SOON)) as chase:
        for _ in range(3):
            await chase.begin(case, Urgency.EMERGENCY)
        assert await until_pages(database, case, 3) == THREE
        assert await chase.is_chasing(case)
    events = [(event.kind, event.note) for event in await cases.events(case)]
    assert events == [("opened", ""), ("paged", "on_call"), ("paged", "on_call"), ("paged", "supervisor")]


async def test_an_acknowledgement_ends_the_chase(database: Database, cases: Cases, tmp_path: Path) -> None:
    case = await _open(database, cases)
    async with running(chase_of(database, tmp_path, NEVER)) as chase:
        await chase.begin(case, Urgency.EMERGENCY)
        assert await chase.is_chasing(case)
        await cases.claim(case, NINA, 1)
        await cases.acknowledge(case, NINA, 2)
        await chase.acknowledged(case)
        await _ended(chase, case)
    assert await pages(database, case) == THREE[:1]


async def test_a_claim_alone_does_not_end_it(database: Database, cases: Cases, tmp_path: Path) -> None:
    case = await _open(database, cases)
    await cases.claim(case, NINA, 1)
    async with running(chase_of(database, tmp_path, SOON)) as chase:
        await chase.follow(case)
        assert await until_pages(database, case, 2) == THREE[:2]


async def test_an_answer_that_nobody_announced_stops_the_next_page(
    database: Database, cases: Cases, tmp_path: Path
) -> None:
    case = await _open(database, cases)
    async with running(chase_of(database, tmp_path, Timing((1.0,)))) as chase:
        await chase.begin(case, Urgency.EMERGENCY)
        await cases.claim(case, NINA, 1)
        await cases.acknowledge(case, NINA, 2)
        await _ended(chase, case)
    assert await pages(database, case) == THREE[:1]


async def test_a_released_case_is_chased_anew(database: Database, cases: Cases, tmp_path: Path) -> None:
    case = await _open(database, cases)
    async with running(chase_of(database, tmp_path, NEVER)) as chase:
        await chase.begin(case, Urgency.EMERGENCY)
        await cases.claim(case, NINA, 1)
        await cases.acknowledge(case, NINA, 2)
        await cases.release(case, SAM, 3)
        await chase.follow(case)
        assert await chase.is_chasing(case)
    assert await pages(database, case) == ["0:0 on_call", "1:0 on_call"]


async def test_starting_begins_the_chases_that_are_missing(database: Database, cases: Cases, tmp_path: Path) -> None:
    waiting, answered = await _open(database, cases), await _open(database, cases)
    await cases.claim(answered, NINA, 1)
    await cases.acknowledge(answered, NINA, 2)
    async with running(chase_of(database, tmp_path, NEVER)) as chase:
        assert await chase.is_chasing(waiting)
        assert not await chase.is_chasing(answered)


async def test_a_restart_goes_on_where_the_last_run_stopped(database: Database, cases: Cases, tmp_path: Path) -> None:
    case = await _open(database, cases)
    async with running(chase_of(database, tmp_path, Timing((0.2, 3.0, 3600.0)))) as chase:
        await chase.begin(case, Urgency.EMERGENCY)
        await until_pages(database, case, 2)
    async with running(chase_of(database, tmp_path, NEVER)):
        assert await until_pages(database, case, 3) == THREE


class _Unreliable(InboxNotifier):
    def __init__(self) -> None:
        self.failures = 1

    async def notify(self, session: AsyncSession, page: PageDue) -> None:
        await super().notify(session, page)
        if self.failures:
            self.failures -= 1
            raise ConnectionError("words that must not be logged")


async def test_a_page_that_fails_is_not_recorded_and_is_tried_again(
    database: Database, cases: Cases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("assistant.care.chase_workflow._RETRY_SECONDS", 1.0)
    case = await _open(database, cases)
    async with running(chase_of(database, tmp_path, Timing((0.2, 3600.0)), _Unreliable())) as chase:
        await chase.begin(case, Urgency.EMERGENCY)
        assert await until_pages(database, case, 2) == THREE[:2]
    assert [event.kind for event in await cases.events(case)].count("paged") == 2
    assert "words that must not be logged" not in caplog.text
    assert "ConnectionError" in caplog.text


async def test_the_keeper_begins_and_ends_chases_as_cases_change(
    database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    broker = Broker()
    cases = Cases(database, clock, Site(), broker)
    chase = chase_of(database, tmp_path, NEVER, broker=broker)
    keeper = Keeper(database, cases, Journal(tmp_path / "journal", (TEST_KEY,), clock), chase, broker, seconds=600)
    await chase.start()
    await keeper.start()
    try:
        case = await _open(database, cases)
        await until(lambda: chase.is_chasing(case))
        await cases.claim(case, NINA, 1)
        await cases.acknowledge(case, NINA, 2)
        await _ended(chase, case)
    finally:
        await keeper.stop()
        await chase.stop()


async def test_dbos_prints_nothing_and_keeps_no_words(
    database: Database,
    cases: Cases,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    case = await _open(database, cases)
    async with running(chase_of(database, tmp_path, SOON)):
        await until_pages(database, case, 3)
    printed = capfd.readouterr()
    assert (printed.out, printed.err, caplog.text) == ("", "", "")
    if database.is_sqlite:
        assert b"zebra" not in _dbos_files(tmp_path)


@pytest.mark.parametrize(
    ("urgency", "waits"),
    [
        (Urgency.EMERGENCY, (120, 180, 300, 300)),
        (Urgency.CRISIS, (120, 180, 300, 300)),
        (Urgency.URGENT, (1440, 2160, 3600, 3600)),
        (Urgency.ROUTINE, (34560, 51840, 86400, 86400)),
    ],
)
def test_the_supervisor_is_paged_when_the_institutions_time_is_up(urgency: Urgency, waits: tuple[float, ...]) -> None:
    timing = timing_for(Site())(urgency)
    assert tuple(timing.wait_after(step) for step in range(4)) == waits
    assert [timing.target(step) for step in range(4)] == ["on_call", "on_call", "supervisor", "supervisor"]
