"""What staff do with a case, and what they are told about it. Responsibility for a patient is a nurse's alone."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Literal

from fastapi import HTTPException

from assistant.care.kinds import Status
from assistant.errors import CaseConflict
from assistant.store.ids import CaseId
from assistant.store.tables import Case
from assistant.web.live import staff_reply
from assistant.web.staff import Staff
from assistant.web.staff_people import names_of
from assistant.web.staff_words import OUTCOMES, STATUS


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says after an act. `sent`: the draft of the reply may be forgotten."""

    tone: Literal["done", "lost", "wrong"]
    text: str
    sent: bool = False

    @property
    def status(self) -> int:
        return {"done": 200, "lost": 409, "wrong": 422}[self.tone]


def _require_nurse(staff: Staff) -> None:
    if not staff.is_nurse:
        raise HTTPException(403)


async def claim(staff: Staff, case: CaseId, version: int) -> Told:
    _require_nurse(staff)
    await staff.services.cases.claim(case, staff.id, version)
    return Told("done", "The case is yours.")


async def acknowledge(staff: Staff, case: CaseId, version: int) -> Told:
    _require_nurse(staff)
    await staff.services.cases.acknowledge(case, staff.id, version)
    return Told("done", "Acknowledged. Nobody is paged any longer.")


async def reply(staff: Staff, case: Case, version: int, text: str) -> Told:
    """A case that nobody has is claimed with the reply: whoever answers is responsible."""
    _require_nurse(staff)
    if not text.strip():
        return Told("wrong", "Write something before you send it.")
    if case.status == Status.OPEN:
        version = (await staff.services.cases.claim(CaseId(case.id), staff.id, version)).version
    reached = await staff_reply(staff.services, CaseId(case.id), staff.id, version, text.strip())
    if reached:
        return Told("done", "Delivered to the open chat.", sent=True)
    return Told("done", "Sent. The chat is not open now: it will be seen at the next visit.", sent=True)


async def note(staff: Staff, case: CaseId, text: str) -> Told:
    if not text.strip():
        return Told("wrong", "Write something before you keep it.")
    await staff.services.cases.note(case, staff.id, text.strip())
    return Told("done", "Note kept. The patient never sees it.")


async def release(staff: Staff, case: CaseId, version: int) -> Told:
    await staff.services.cases.release(case, staff.id, version)
    return Told("done", "Released. On-call is paged again.")


async def close(staff: Staff, case: CaseId, version: int, outcome: str) -> Told:
    _require_nurse(staff)
    if outcome not in OUTCOMES:
        return Told("wrong", "Choose how the case ended.")
    await staff.services.cases.close(case, staff.id, version, outcome)
    return Told("done", f"Closed: {OUTCOMES[outcome].lower()}.")


async def tried(staff: Staff, case_id: CaseId, act: Awaitable[Told]) -> Told:
    """The act, or who was first. Raises 404 for a case that does not exist."""
    try:
        return await act
    except CaseConflict:
        case = await staff.services.cases.get(case_id)
        if case is None:
            raise HTTPException(404) from None
        return Told("lost", await _who_has_it(staff, case))


async def _who_has_it(staff: Staff, case: Case) -> str:
    holder = case.assignee_id
    if holder is None:
        return "This case was changed while you had it open. Nothing of yours was kept; it is open for everybody."
    if holder == staff.id:
        return f"This was done already: the case is yours and {STATUS[Status(case.status)]}."
    name = (await names_of(staff.services, [holder]))[holder]
    return f"{name} was first and has this case. Nothing of yours was sent or changed."
