"""Who may read which record."""

import pytest
from sqlmodel import select

from assistant.care.cases import Cases
from assistant.errors import ScopeRefused
from assistant.people.roles import Role
from assistant.people.scope import scope_of, scope_through_case
from assistant.settings import Site
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.ids import CaseId, PatientId
from assistant.store.tables import Account, AuditRow
from tests.support.cases import new_case

ROSA, MEI = PatientId("rosa_alvarez"), PatientId("mei_lin")


def _account(role: Role, patient: str | None = None, *, active: bool = True) -> Account:
    return Account(id="me", login="me", name="Me", role=role, password_hash="x", patient_id=patient, active=active)


def test_a_patient_reads_the_own_record_and_no_other() -> None:
    scope = scope_of(_account(Role.PATIENT, ROSA))
    assert scope.record == scope.require(ROSA) == ROSA
    assert not scope.may_read(MEI)
    with pytest.raises(ScopeRefused):
        scope.require(MEI)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PATIENT])
def test_nobody_else_reads_a_record_without_a_case(role: Role) -> None:
    scope = scope_of(_account(role, ROSA))
    assert not scope.may_read(ROSA)
    with pytest.raises(ScopeRefused):
        _ = scope.record


async def _case(database: Database, clock: FixedClock) -> CaseId:
    async with database.write() as session:
        return CaseId((await Cases(database, clock, Site()).open(session, new_case())).id)


async def test_a_nurse_reads_the_record_of_a_case_and_that_is_audited(database: Database, clock: FixedClock) -> None:
    case = await _case(database, clock)
    async with database.write() as session:
        scope = await scope_through_case(session, _account(Role.NURSE), case, clock.now())
    assert scope.record == ROSA
    async with database.read() as session:
        row = (await session.execute(select(AuditRow).where(AuditRow.action == "record.read"))).scalar_one()
    assert (row.actor, row.subject, row.detail) == ("me", ROSA, {"case": case})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NURSE])
async def test_a_case_opens_the_record_to_nurses_only(database: Database, clock: FixedClock, role: Role) -> None:
    case = await _case(database, clock)
    with pytest.raises(ScopeRefused):
        async with database.write() as session:
            await scope_through_case(session, _account(role), case, clock.now())


async def test_an_unknown_case_or_a_nurse_who_left_opens_nothing(database: Database, clock: FixedClock) -> None:
    case = await _case(database, clock)
    for account, asked in ((_account(Role.NURSE), CaseId("none")), (_account(Role.NURSE, active=False), case)):
        with pytest.raises(ScopeRefused):
            async with database.write() as session:
                await scope_through_case(session, account, asked, clock.now())
