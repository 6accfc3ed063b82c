"""Names on staff pages: who of the staff did something, and whom a case is about."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlmodel import col, select

from assistant.care.kinds import SYSTEM
from assistant.chart.record import Person
from assistant.store.ids import PatientId
from assistant.store.tables import Account, Case

if TYPE_CHECKING:
    from assistant.web.services import Services

NOBODY_KNOWN = "Name not on file"


async def names_of(services: "Services", accounts: Iterable[str | None]) -> dict[str, str]:
    """Names by account id; the assistant itself and accounts that are gone keep a word of their own."""
    wanted = {account for account in accounts if account}
    query = select(Account.id, Account.name).where(col(Account.id).in_(wanted))
    async with services.database.read() as session:
        known = {row.id: row.name for row in await session.execute(query)}
    return {account: known.get(account, account if account == SYSTEM else "former account") for account in wanted}


async def persons_of(services: "Services", cases: Iterable[Case]) -> dict[str, Person]:
    """Whom each case is about, by case id.

    Name, age and language only: whoever answers a case must know whom. The record itself needs `scope_through_case`.
    """
    found: dict[str, Person] = {}
    for case in cases:
        if case.patient_id:
            found[case.id] = (await services.charts.of(PatientId(case.patient_id))).person
    return found
