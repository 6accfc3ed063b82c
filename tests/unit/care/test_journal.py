"""A case that the database would not take waits on disk, encrypted, until it will."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func
from sqlmodel import select

from assistant.care import journal as journal_module
from assistant.care.cases import Cases
from assistant.care.journal import Journal
from assistant.errors import StoreUnavailable
from assistant.safety.verdict import Urgency
from assistant.settings import Site
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.disk import write_durably
from assistant.store.ids import TurnId
from assistant.store.tables import Case, TurnRow
from tests.support.cases import WORDS, new_case
from tests.support.keys import TEST_KEY


@pytest.fixture
def journal(tmp_path: Path, clock: FixedClock) -> Journal:
    return Journal(tmp_path / "journal", (TEST_KEY,), clock)


@pytest.fixture
def cases(database: Database, clock: FixedClock) -> Cases:
    return Cases(database, clock, Site())


def _turn(turn: TurnId) -> TurnRow:
    return TurnRow(
        id=turn, thread_id="thread-1", outcome="escalated/emergency", urgency="emergency", lang="en",
        text=WORDS, reply="call", lineage={"rule": "r"}, total_ms=1.5,
    )  # fmt: skip


async def _count(database: Database, table: type[Case] | type[TurnRow]) -> int:
    async with database.read() as session:
        return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def test_a_kept_case_is_on_disk_encrypted_and_private(journal: Journal) -> None:
    await journal.keep(new_case())
    (path,) = journal.waiting()
    assert b"zebra" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


async def test_replaying_makes_the_case_as_it_was(
    database: Database, cases: Cases, journal: Journal, clock: FixedClock
) -> None:
    written_at, new = clock.now(), new_case(Urgency.URGENT, translation="pivot", lang="es")
    kept = await journal.keep(new, _turn(new.turn_id))
    clock.move(timedelta(hours=2))
    assert await journal.replay(database, cases) == (kept,)
    case = await cases.get(kept)
    assert case is not None
    assert (case.words, case.translation, case.lang, case.evidence) == (
        WORDS,
        "pivot",
        "es",
        {"rule": "chest_tightness"},
    )
    assert (case.created_at, case.due_at) == (written_at, written_at + timedelta(hours=1))
    async with database.read() as session:
        turn = await session.get_one(TurnRow, new.turn_id)
    assert (turn.text, turn.lineage) == (WORDS, {"rule": "r"})
    assert journal.waiting() == ()


async def test_a_crash_between_writing_and_removing_doubles_nothing(
    database: Database, cases: Cases, journal: Journal, tmp_path: Path
) -> None:
    new = new_case()
    await journal.keep(new, _turn(new.turn_id))
    shutil.copytree(tmp_path / "journal", tmp_path / "copy")
    await journal.replay(database, cases)
    shutil.copytree(tmp_path / "copy", tmp_path / "journal", dirs_exist_ok=True)
    assert await journal.replay(database, cases) == (new.id,)
    assert (await _count(database, Case), await _count(database, TurnRow)) == (1, 1)
    assert [event.kind for event in await cases.events(new.id)] == ["opened", "paged"]


async def test_a_case_that_reached_the_database_after_all_is_not_doubled(
    database: Database, cases: Cases, journal: Journal
) -> None:
    new = new_case()
    async with database.write() as session:
        await cases.open(session, new)
    await journal.keep(new)
    await journal.replay(database, cases)
    assert await _count(database, Case) == 1


async def test_while_the_database_refuses_everything_waits_in_order(
    clock: FixedClock, journal: Journal, tmp_path: Path
) -> None:
    for _ in range(3):
        await journal.keep(new_case())
        clock.move(timedelta(seconds=1))
    before = journal.waiting()
    nowhere = Database(f"sqlite+aiosqlite:///{tmp_path}/no/such/folder/x.sqlite")
    assert await journal.replay(nowhere, Cases(nowhere, clock, Site())) == ()
    assert journal.waiting() == before
    await nowhere.close()


async def test_a_file_of_another_key_stays_and_holds_nobody_up(
    database: Database, cases: Cases, clock: FixedClock, tmp_path: Path
) -> None:
    folder = tmp_path / "journal"
    await Journal(folder, (Fernet.generate_key(),), clock).keep(new_case())
    clock.move(timedelta(seconds=1))
    journal = Journal(folder, (TEST_KEY,), clock)
    readable = await journal.keep(new_case())
    assert await journal.replay(database, cases) == (readable,)
    assert len(journal.waiting()) == 1


async def test_after_a_rotation_older_files_are_still_read(
    database: Database, cases: Cases, clock: FixedClock, tmp_path: Path
) -> None:
    kept = await Journal(tmp_path / "journal", (TEST_KEY,), clock).keep(new_case())
    rotated = Journal(tmp_path / "journal", (Fernet.generate_key(), TEST_KEY), clock)
    assert await rotated.replay(database, cases) == (kept,)


async def test_on_a_full_disk_the_reserve_makes_room(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve = tmp_path / "journal" / "reserve"
    assert reserve.stat().st_size == 1 << 20

    def full_while_reserved(path: Path, data: bytes) -> None:
        if reserve.exists():
            raise OSError(28, "No space left on device")
        write_durably(path, data)

    monkeypatch.setattr(journal_module, "write_durably", full_while_reserved)
    await journal.keep(new_case())
    assert len(journal.waiting()) == 1


async def test_when_not_even_the_journal_can_be_written_it_says_so(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal_module, "write_durably", full)
    with pytest.raises(StoreUnavailable):
        await journal.keep(new_case())


def test_a_write_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    with pytest.raises(OSError, match="target"):
        write_durably(tmp_path / "target", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["target"]
