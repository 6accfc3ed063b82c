"""Who is looking at the chat: set by the bridge for every request and socket, read by everything below Chainlit."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.people.roles import Role
from assistant.people.sign_ins import Signed
from assistant.store.ids import AccountId, PatientId
from assistant.store.tables import Account
from assistant.web.languages import interface_language

if TYPE_CHECKING:
    from assistant.web.services import Services


@dataclass(frozen=True, slots=True)
class Visit:
    """One signed-in patient on one page or socket."""

    services: "Services"
    signed: Signed

    @property
    def account(self) -> Account:
        return self.signed.account

    @property
    def account_id(self) -> AccountId:
        return AccountId(self.signed.account.id)

    @property
    def patient(self) -> PatientId | None:
        found = self.signed.account.patient_id
        return PatientId(found) if found else None

    @property
    def lang(self) -> str:
        """The interface's language: what the person chose, at first the language on their record."""
        return interface_language(self.account.lang, self.services.settings.languages)

    def word(self, key: str, **values: str) -> str:
        """A word of the chat's interface in this person's language."""
        return self.services.words.t(self.lang, "chat", key, **values)


async def again(visit: Visit) -> Visit | None:
    """The same visit as it stands now; None once the session has ended, because a socket outlives its request."""
    signed = await visit.services.sign_ins.by_hash(visit.signed.token_hash)
    return as_patient(visit.services, signed)


def as_patient(services: "Services", signed: Signed | None) -> Visit | None:
    return Visit(services, signed) if signed and signed.account.role == Role.PATIENT else None


_visit: ContextVar[Visit] = ContextVar("visit")


def enter(visit: Visit) -> None:
    """Holds for the rest of the running request or socket and for every task it starts."""
    _visit.set(visit)


def current_visit() -> Visit:
    """Raises `LookupError` outside a request of a signed-in patient."""
    return _visit.get()
