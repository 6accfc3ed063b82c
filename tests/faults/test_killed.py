"""`kill -9` at the worst moment: the case is kept, the chase goes on, and nothing left the machine."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.care.reading import events_of
from assistant.settings import ROOT
from assistant.store.db import Database
from assistant.store.ids import CaseId
from assistant.store.tables import Case
from assistant.trail.audit import verify
from tests.support.cases import WORDS
from tests.support.chasing import pages, until_pages
from tests.support.keys import TEST_KEY
from tests.support.program import program


@asynccontextmanager
async def _assistant(database: Database, folder: Path, what: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The chasing program, which is killed (SIGKILL) at the end of the block at the latest."""
    arguments = (database.url, str(folder), TEST_KEY.decode(), what)
    process = await asyncio.create_subprocess_exec(
        *program("tests.support.chasing", *arguments), cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _case_of(process: asyncio.subprocess.Process) -> CaseId:
    assert process.stdout is not None
    return CaseId((await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip())


async def test_a_case_survives_a_kill_before_the_reply(database: Database, tmp_path: Path) -> None:
    async with _assistant(database, tmp_path, "open") as process:
        case = await _case_of(process)
        process.kill()
    async with database.read() as session:
        found = await session.get_one(Case, case)
        assert (found.words, found.status) == (WORDS, "open")
        assert [event.kind for event in await events_of(session, case)] == ["opened", "paged"]
        assert await verify(session) is None


async def test_a_chase_goes_on_after_a_kill_and_pages_nobody_twice(database: Database, tmp_path: Path) -> None:
    async with _assistant(database, tmp_path, "open") as process:
        case = await _case_of(process)
        await asyncio.sleep(2)
    assert await pages(database, case) == ["0:0 on_call"]
    async with _assistant(database, tmp_path, "go on"):
        expected = ["0:0 on_call", "0:1 on_call", "0:2 supervisor"]
        assert await until_pages(database, case, 3, seconds=40) == expected
    async with _assistant(database, tmp_path, "go on"):
        await asyncio.sleep(4)
    assert await pages(database, case) == expected
    async with database.read() as session:
        kinds = [event.kind for event in await events_of(session, case)]
        assert len((await session.execute(select(Case.id))).all()) == 1
    assert kinds == ["opened", "paged", "paged", "paged"]
    assert (tmp_path / "outbound").read_text() == ""


def test_the_guard_that_watches_for_connections_would_see_one(tmp_path: Path) -> None:
    command = program("tests.support.netguard", str(tmp_path / "outbound"))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "192.0.2.1" in (tmp_path / "outbound").read_text()


pytestmark = pytest.mark.timeout(120)
