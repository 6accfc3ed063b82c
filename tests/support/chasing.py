"""A real chase on real databases, as fast as a test needs it; also a program of its own that can be killed."""

import asyncio
import sys
from pathlib import Path

from cryptography.fernet import Fernet
from sqlmodel import select

from assistant.care.broker import Broker
from assistant.care.cases import Cases
from assistant.care.chase import Chase
from assistant.care.durable import system_url
from assistant.care.journal import Journal
from assistant.care.keeper import Keeper
from assistant.care.paging import InboxNotifier, Notifier
from assistant.care.timing import Timing
from assistant.safety.verdict import Urgency
from assistant.settings import Site
from assistant.store.clock import SystemClock
from assistant.store.columns import Cipher
from assistant.store.db import Database
from assistant.store.ids import CaseId
from assistant.store.tables import Page
from tests.support.cases import new_case
from tests.support.netguard import record_outbound
from tests.support.waiting import until

SOON = Timing((0.5, 0.5, 3600.0))
NEVER = Timing((3600.0,))


def chase_of(
    database: Database, folder: Path, timing: Timing, notifier: Notifier | None = None, broker: Broker | None = None
) -> Chase:
    url = system_url(database.url, folder)
    return Chase(database, SystemClock(), broker or Broker(), notifier or InboxNotifier(), lambda _urgency: timing, url)


async def pages(database: Database, case: CaseId) -> list[str]:
    """The pages of a case as `generation:step target`, in order."""
    async with database.read() as session:
        found = (await session.execute(select(Page).where(Page.case_id == case))).scalars()
        return sorted(f"{page.key.removeprefix(f'{case}:')} {page.target}" for page in found)


async def until_pages(database: Database, case: CaseId, count: int, seconds: float = 20) -> list[str]:
    async def enough() -> bool:
        return len(await pages(database, case)) >= count

    await until(enough, seconds)
    return await pages(database, case)


async def _main(url: str, folder: Path, key: str, *, open_one: bool) -> None:
    """Prints the id of the case that it opened, when it is on disk, then chases until it is killed."""
    Cipher.use(key.encode())
    database, clock, broker = Database(url), SystemClock(), Broker()
    cases = Cases(database, clock, Site(), broker)
    chase = chase_of(database, folder, Timing((4.0, 0.5, 3600.0)), broker=broker)
    journal = Journal(folder / "journal", (Fernet.generate_key(),), clock)
    await chase.start()
    await Keeper(database, cases, journal, chase, broker, seconds=1).start()
    if open_one:
        async with database.write() as session:
            case = await cases.open(session, new_case(Urgency.EMERGENCY))
        sys.stdout.write(f"{case.id}\n")
        sys.stdout.flush()
    await asyncio.sleep(3600)


if __name__ == "__main__":
    record_outbound(Path(sys.argv[2]) / "outbound")
    asyncio.run(_main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], open_one=sys.argv[4] == "open"))
