"""How a patient can be called, read from the record as it was imported."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from assistant.store.ids import PatientId
from assistant.store.tables import Resource

_BEST_FIRST = ("mobile", "home", "work")


async def phone_of(session: AsyncSession, patient: PatientId) -> str:
    """The number that the record prefers, exactly as written; empty where there is none."""
    query = select(Resource.body).where(Resource.patient_id == patient, Resource.kind == "Patient")
    bodies = (await session.execute(query)).scalars()
    phones = [each for body in bodies for each in body.get("telecom", ()) if each.get("system") == "phone"]
    usable = [each for each in phones if each.get("use") != "old" and each.get("value")]
    ranked = sorted(usable, key=lambda each: _rank(each.get("use")))
    return str(ranked[0]["value"]) if ranked else ""


def _rank(use: object) -> int:
    return _BEST_FIRST.index(use) if use in _BEST_FIRST else len(_BEST_FIRST)
