"""Signing in and out. Accounts decide who comes in; this page only carries words and the cookie."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from assistant.errors import SignInRefused
from assistant.people.demo import DEMO_ACCOUNTS
from assistant.people.roles import Role
from assistant.store.ids import AccountId
from assistant.store.tables import Account
from assistant.web import sheet
from assistant.web.asked import SIGN_IN_LANGUAGES, asked_language
from assistant.web.bridge import SIGN_IN
from assistant.web.cookies import clear_session, session_token, set_session
from assistant.web.harden import kick
from assistant.web.pages import StaffRoute, render
from assistant.web.staff import DESK, INBOX, require_csrf, require_origin, services_of, signed_in

router = APIRouter(route_class=StaffRoute)
router.add_api_route(sheet.ADDRESS, sheet.design_system)

_PLACES = (
    (re.compile(r"/inbox(/[\w-]+)?"), INBOX),
    (re.compile(r"/desk(/[\w./-]+)?"), DESK),
    (re.compile(r"/chat/"), frozenset({Role.PATIENT})),
)
"""Addresses that sign-in may lead back to, and whom: never one of another site."""

Field = Annotated[str, Form()]


def way_on(wish: str, role: Role) -> str:
    """Where somebody goes after signing in: the page they came from if it is theirs, else their home."""
    return wish if any(place.fullmatch(wish) and role in roles for place, roles in _PLACES) else "/"


@router.get(SIGN_IN)
async def sign_in_page(request: Request, lang: str = "", next: str = "") -> Response:  # noqa: A002 (the address' word)
    signed = await signed_in(request)
    if signed is not None:
        return RedirectResponse(way_on(next, Role(signed.account.role)), status_code=303)
    return _page(request, chosen=lang, next=next)


@router.post(SIGN_IN)
async def sign_in(
    request: Request,
    login: Field = "",
    password: Field = "",
    lang: Field = "",
    next: Field = "",  # noqa: A002
) -> Response:
    require_origin(request)
    missing = [name for name, given in (("login", login.strip()), ("password", password)) if not given]
    if missing:
        return _page(request, chosen=lang, next=next, login=login, wrong=missing, status=422)
    try:
        account = await services_of(request).accounts.authenticate(login, password)
    except SignInRefused:
        return _page(request, chosen=lang, next=next, login=login, wrong=["refused"], status=401)
    return await _welcome(request, account, lang, next)


async def _welcome(request: Request, account: Account, lang: str, wish: str) -> Response:
    services = services_of(request)
    if account.role == Role.PATIENT and lang in services.settings.languages:
        await services.accounts.set_language(AccountId(account.id), lang)
    before = session_token(request, services.settings)
    if before:
        await services.sign_ins.revoke(before)
    response = RedirectResponse(way_on(wish, Role(account.role)), status_code=303)
    set_session(response, await services.sign_ins.start(account), services.settings)
    return response


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Ends this sign-in and closes every open chat of the account."""
    services = services_of(request)
    signed, token = await signed_in(request), session_token(request, services.settings)
    if signed is not None and token is not None:
        await require_csrf(request, signed)
        await services.sign_ins.revoke(token)
        await kick(signed.account.id)
    response = RedirectResponse(SIGN_IN, status_code=303)
    clear_session(response, services.settings)
    return response


def _page(
    request: Request,
    *,
    chosen: str,
    next: str,  # noqa: A002
    login: str = "",
    wrong: list[str] | None = None,
    status: int = 200,
) -> Response:
    """`wrong`: the fields that are missing, or `refused`. A password is never sent back."""
    services, known = services_of(request), chosen if chosen in SIGN_IN_LANGUAGES else ""
    lang = known or asked_language(request.headers.get("accept-language", ""))
    words = services.words
    return render(
        request,
        "staff/signin.html",
        status=status,
        say=lambda key, **values: words.t(lang, "signin", key, **values),
        lang=lang,
        chosen=known,
        direction=words.direction(lang),
        languages=[(code, words.language_name(code, code).capitalize()) for code in SIGN_IN_LANGUAGES],
        next=next,
        login=login,
        wrong=wrong or [],
        demo=DEMO_ACCOUNTS if services.settings.demo else (),
    )
