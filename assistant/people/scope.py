"""Which patient records a signed-in account may read. Every read of patient data starts here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant.errors import ScopeRefused
from assistant.people.roles import Role
from assistant.store.ids import AccountId, CaseId, PatientId
from assistant.store.tables import Account, Case
from assistant.trail.audit import append

Reason = Literal["own_record", "case", "none"]


@dataclass(frozen=True, slots=True)
class PatientScope:
    """At most one record at a time: a patient's own, or the one that a nurse's open page is about."""

    account: AccountId
    patient: PatientId | None
    reason: Reason

    def may_read(self, patient: PatientId) -> bool:
        return self.patient is not None and self.patient == patient

    def require(self, patient: PatientId) -> PatientId:
        """The same id, now allowed; `ScopeRefused` otherwise."""
        if not self.may_read(patient):
            raise ScopeRefused(self.reason)
        return patient

    @property
    def record(self) -> PatientId:
        """The one record in scope; `ScopeRefused` when there is none."""
        if self.patient is None:
            raise ScopeRefused(self.reason)
        return self.patient


def scope_of(account: Account) -> PatientScope:
    """What an account may read by itself: a patient the own record, everybody else nothing."""
    if account.role == Role.PATIENT and account.patient_id:
        return PatientScope(AccountId(account.id), PatientId(account.patient_id), "own_record")
    return PatientScope(AccountId(account.id), None, "none")


async def scope_through_case(session: AsyncSession, account: Account, case_id: CaseId, at: datetime) -> PatientScope:
    """A nurse reads the record of the patient whose case it is; the reading is audited in the caller's transaction.

    Raises `ScopeRefused` for every other role and for a case that does not exist.
    """
    case = await session.get(Case, case_id) if account.role == Role.NURSE and account.active else None
    if case is None:
        raise ScopeRefused("case")
    patient = PatientId(case.patient_id) if case.patient_id else None
    if patient is not None:
        detail = {"case": str(case_id)}
        await append(session, at=at, actor=account.id, action="record.read", subject=patient, detail=detail)
    return PatientScope(AccountId(account.id), patient, "case" if patient else "none")
