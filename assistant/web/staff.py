"""Who of the staff asks for a page, and whether they may: the role, the origin, the secret of the sign-in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import HTTPException, Request

from assistant.people.roles import Role
from assistant.people.sign_ins import Signed
from assistant.store.ids import AccountId
from assistant.web.bridge import origin_allowed
from assistant.web.cookies import session_token
from assistant.web.csrf import csrf_matches

if TYPE_CHECKING:
    from assistant.web.services import Services

INBOX = frozenset({Role.NURSE, Role.ADMIN})
DESK = frozenset({Role.EDITOR, Role.APPROVER, Role.ADMIN, Role.AUDITOR})
_READS = frozenset({"GET", "HEAD"})


class NotSignedIn(Exception):
    """Nobody is signed in; the page leads to sign-in."""


@dataclass(frozen=True, slots=True)
class Staff:
    """One signed-in member of staff on one request."""

    services: "Services"
    signed: Signed
    request: Request

    @property
    def id(self) -> AccountId:
        return AccountId(self.signed.account.id)

    @property
    def name(self) -> str:
        return self.signed.account.name

    @property
    def role(self) -> Role:
        return Role(self.signed.account.role)

    @property
    def is_nurse(self) -> bool:
        """Only a nurse takes responsibility for a patient and reads a record."""
        return self.role is Role.NURSE

    @property
    def edits(self) -> bool:
        return self.role in {Role.EDITOR, Role.ADMIN}

    @property
    def approves(self) -> bool:
        return self.role in {Role.APPROVER, Role.ADMIN}


def services_of(request: Request) -> "Services":
    services: Services = request.app.state.services
    return services


async def signed_in(request: Request) -> Signed | None:
    services = services_of(request)
    token = session_token(request, services.settings)
    return await services.sign_ins.lookup(token) if token else None


def require_origin(request: Request) -> None:
    """Raises 403 for a change that another site asks for."""
    if not origin_allowed(request, services_of(request).settings.allowed_origins):
        raise HTTPException(403)


async def require_csrf(request: Request, signed: Signed) -> None:
    """Raises 403 unless the header `x-csrf` or the form's field `csrf` holds the secret of this sign-in."""
    given = request.headers.get("x-csrf")
    if given is None:
        field = (await request.form()).get("csrf")
        given = field if isinstance(field, str) else None
    if not csrf_matches(signed.csrf, given):
        raise HTTPException(403)


def staff_with(roles: frozenset[Role]) -> Callable[[Request], Awaitable[Staff]]:
    """The dependency of a page for these roles. Raises `NotSignedIn`, or 403."""

    async def found(request: Request) -> Staff:
        signed = await signed_in(request)
        if signed is None:
            raise NotSignedIn
        if Role(signed.account.role) not in roles:
            raise HTTPException(403)
        if request.method not in _READS:
            require_origin(request)
            await require_csrf(request, signed)
        return Staff(services_of(request), signed, request)

    return found
